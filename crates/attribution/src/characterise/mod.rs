//! What kind of source an attribution has, and all that the text tells of it.
//!
//! Rules over the tree: the noun a source turns on says what kind of speaker it is, the words before and behind that
//! noun fill the slots of a source without a name, the cue's verb says how strongly it is put, and what hangs on the
//! verb tells to whom, through whom and on what occasion. Word lists stand in `data/`, each with its reason.
//! `dateline eval sources` measures what the rules reach.
//!
//! All of it is linear in the text and costs a few hundredths of the parse it reads.

mod access;
mod chains;
mod channel;
mod cue;
mod kinds;
pub(crate) mod lexicon;
mod mentions;
mod named;
mod names;
mod places;
mod plain;
mod reason;
mod sides;
mod slots;
mod speaker;
mod statement;
mod straighten;
mod tree;
mod verbless;
mod voices;

use std::ops::Range;

use dateline_grammar::Parse;
use dateline_model::{Attribution, DeepAttribution, Registry, Span, SpeakerKind};

use self::chains::Item;
use self::mentions::{Asked, Mention, Mentions};
pub use self::plain::find_plain;
use self::reason::Reason;
pub use self::straighten::straighten;
use self::tree::Tree;
use crate::Found;

/// Which names are newsrooms': those the article credits, and those of the registry that ships.
#[derive(Debug, Clone, Copy)]
pub struct Outlets<'a> {
    credited: &'a [&'a str],
    registry: &'a Registry,
}

impl<'a> Outlets<'a> {
    /// Newsrooms by the names an article credits and by a registry.
    pub fn new(credited: &'a [&'a str], registry: &'a Registry) -> Self {
        Self { credited, registry }
    }

    /// True where a name is a newsroom's. Governments and armies, which the registry has too, speak for themselves.
    fn knows(&self, name: &str) -> bool {
        let name = name.strip_prefix("the ").or_else(|| name.strip_prefix("The ")).unwrap_or(name);
        if name.is_empty() {
            return false;
        }
        let known = |name: &str| {
            self.registry
                .by_name(name)
                .is_some_and(|outlet| outlet.kind != dateline_model::OutletKind::Official)
        };
        self.credited.contains(&name) || known(name) || known(&format!("The {name}"))
    }
}

/// Plain attributions that are not among those found: those to sources without names, which must be flagged and so must
/// not be lost, and those that the tree leaves no doubt about. Inside the words of somebody who was found only those count
/// that are both: "Egyptian mediators have told both sides …, according to two officials". Linear in the text.
pub fn missed(text: &str, parse: &Parse, outlets: &Outlets<'_>, found: &[Found]) -> Vec<Found> {
    let tree = Tree::new(text, parse);
    let (mut cues, mut contents) = (vec![false; tree.len()], vec![false; tree.len()]);
    // What nobody was found to say hides nothing.
    for one in found.iter().filter(|one| !one.source.is_empty()) {
        one.cue.iter().for_each(|span| cues[tree.tokens_in(*span)].fill(true));
        one.content.iter().for_each(|span| contents[tree.tokens_in(*span)].fill(true));
    }
    let counts = |stated: &plain::Stated| {
        let speaker = speaker::Speaker::read(&tree, outlets, stated.source);
        let unnamed =
            |kind| matches!(kind, SpeakerKind::Unnamed | SpeakerKind::UnnamedGroup | SpeakerKind::Outlet);
        let speaker_kind = speaker.as_ref().filter(|speaker| !speaker.pronoun).map(|speaker| speaker.kind);
        let nobody = speaker.is_some_and(|speaker| !speaker.pronoun && unnamed(speaker.kind));
        let inside = stated.cue.clone().any(|at| contents[at]);
        // What a body has told somebody inside another's words is a statement of its own as well.
        let body = speaker_kind == Some(SpeakerKind::Office);
        if inside { (nobody || body) && stated.is_sure(&tree) } else { nobody || stated.is_sure(&tree) }
    };
    let free = |stated: &plain::Stated| !stated.cue.clone().any(|at| cues[at]);
    plain::find(&tree)
        .into_iter()
        .filter(|stated| free(stated) && counts(stated))
        .map(|stated| stated.found(&tree))
        .collect()
}

/// Says of each attribution found who speaks and how.
///
/// `found` may stand in any order; the result is in the order of the cues. Left out is what has no source that is a
/// noun phrase. Linear in the text.
pub fn characterise(text: &str, parse: &Parse, found: &[Found], outlets: &Outlets<'_>) -> Vec<Attribution> {
    let tree = Tree::new(text, parse);
    let reasons = reason::reasons(&tree);
    // "who asked not to be named" is about a source, and no statement.
    let about = |found: &&Found| {
        // "said on the understanding that his name would not appear" says something, too.
        let asks = |cue: &Span| {
            reasons.iter().any(|reason| reason.whole.contains(Span { end: cue.start + 1, ..*cue }))
        };
        !found.cue.first().is_some_and(asks)
    };
    let found: Vec<&Found> = found.iter().filter(about).collect();
    let mut items = chains::items(&tree, outlets, &found);
    items.retain(|item| statement::states(&tree, item, &reasons));
    for item in &mut items {
        item.leave(&tree, &reasons);
        item.leave_out(&reasons);
    }
    let carriers = carriers(&tree, &items, &reasons);
    let mut asked: Vec<(Asked, Role)> = items
        .iter()
        .enumerate()
        .map(|(index, item)| {
            (
                Asked { head: item.head, source: item.source.clone(), content: item.runs(&tree) },
                Role::Speaks(index),
            )
        })
        .collect();
    asked.extend(carriers.iter().map(|&(head, reason)| {
        (Asked { head, source: head..head + 1, content: Vec::new() }, Role::Asks(reason))
    }));
    asked.sort_by_key(|(asked, _)| asked.head);
    let (heads, roles): (Vec<Asked>, Vec<Role>) = asked.into_iter().unzip();
    let (mut mentions, answers) = mentions::resolve(&tree, outlets, &heads);
    let mut who: Vec<Option<Mention>> = vec![None; items.len()];
    let mut asks: Vec<(usize, usize)> = Vec::new();
    for (role, mention) in roles.iter().zip(answers) {
        match (role, mention) {
            (Role::Speaks(index), mention) => who[*index] = mention,
            (Role::Asks(reason), Some(mention)) => asks.push((*reason, mention.entity)),
            (Role::Asks(_), None) => {}
        }
    }
    // What is said of access and anonymity anywhere holds for the source everywhere.
    let mut granted: Vec<Option<Reason>> = vec![None; mentions.entities.len()];
    for (item, mention) in items.iter().zip(&who) {
        let Some(mention) = mention else { continue };
        let known = &mut mentions.entities[mention.entity];
        if known.slots.access.is_none() {
            known.slots.access = access::access(&tree, item.about(&tree, mention));
        }
    }
    for (index, reason) in reasons.iter().enumerate() {
        let entity = nearest(&tree, &items, &who, reason)
            .or_else(|| asks.iter().find(|(asked, _)| *asked == index).map(|(_, entity)| *entity));
        let Some(entity) = entity else { continue };
        let known = &mut mentions.entities[entity];
        if known.kind == SpeakerKind::Named || (known.kind == SpeakerKind::Office && !known.person) {
            continue;
        }
        known.slots.reason = known.slots.reason.or(Some(reason.whole));
        granted[entity] = granted[entity].or(Some(*reason));
        if known.kind == SpeakerKind::Office {
            // A spokesman who asks not to be named speaks for nobody by name.
            known.kind = if known.plural { SpeakerKind::UnnamedGroup } else { SpeakerKind::Unnamed };
            let own = mentions::own_slots(&tree, outlets, known.head);
            slots::fill(&mut known.slots, &own, known.plural);
        }
    }
    let write = |(item, mention): (&Item, &Option<Mention>)| {
        finish(&tree, outlets, &mentions, &granted, item, mention.as_ref()?)
    };
    let mut all: Vec<Attribution> = items.iter().zip(&who).filter_map(write).collect();
    all.sort_by_key(|attribution| (attribution.cue, attribution.source));
    all
}

/// Why a phrase is looked up: it speaks, or it asks not to be named.
#[derive(Debug, Clone, Copy)]
enum Role {
    Speaks(usize),
    Asks(usize),
}

/// Reasons about somebody who does not speak in their sentence: "The official spoke on condition of anonymity." Each
/// with the noun they are about.
fn carriers(tree: &Tree<'_>, items: &[Item], reasons: &[Reason]) -> Vec<(usize, usize)> {
    let mut all = Vec::new();
    for (index, reason) in reasons.iter().enumerate() {
        let sentence = tree.sentence_of(reason.token);
        let speaks = |noun: usize| items.iter().any(|item| item.head == noun || item.source.contains(&noun));
        let noun = match reason.about {
            Some(noun) => Some(noun).filter(|&noun| !speaks(noun)),
            None if items.iter().any(|item| tree.sentence_of(item.head) == sentence) => None,
            None => tree
                .sentence(sentence)
                .find(|&at| matches!(tree.label(at), "nsubj" | "nsubjpass") && at < reason.token),
        };
        all.extend(noun.map(|noun| (noun, index)));
    }
    all
}

/// Whom of the speakers of its sentence a reason is about: the one of its noun; where that is open the nearest before
/// it that has no name, else the first behind it.
fn nearest(tree: &Tree<'_>, items: &[Item], who: &[Option<Mention>], reason: &Reason) -> Option<usize> {
    let sentence = tree.sentence_of(reason.token);
    let here = || {
        let speakers = items.iter().zip(who).filter_map(|(item, mention)| Some((item, mention.as_ref()?)));
        speakers.filter(move |(item, mention)| {
            tree.sentence_of(item.head) == sentence && mention.speaker.kind != SpeakerKind::Named
        })
    };
    if let Some(noun) = reason.about {
        let own = |(item, mention): &(&Item, &Mention)| {
            item.head == noun || mention.speaker.noun == noun || item.source.contains(&noun)
        };
        return here().find(own).map(|(_, mention)| mention.entity);
    }
    let before = here().filter(|(item, _)| item.head < reason.token).max_by_key(|(item, _)| item.head);
    before.or_else(|| here().min_by_key(|(item, _)| item.head)).map(|(_, mention)| mention.entity)
}

fn finish(
    tree: &Tree<'_>,
    outlets: &Outlets<'_>,
    mentions: &Mentions,
    granted: &[Option<Reason>],
    item: &Item,
    mention: &Mention,
) -> Option<Attribution> {
    let speaker = &mention.speaker;
    if statement::is_nobody(tree, speaker.head) {
        return None;
    }
    let known = &mentions.entities[mention.entity];
    let kind = if mention.leans || speaker.kind == SpeakerKind::Office {
        known.kind
    } else {
        item.kind.unwrap_or(known.kind)
    };
    // The tree may turn on another word than the tagger's source, which begins with a name.
    let stated = kind == SpeakerKind::Unnamed && named::stated_name(tree, &item.source).is_some();
    let kind = if stated { SpeakerKind::Named } else { kind };
    let unnamed = matches!(kind, SpeakerKind::Unnamed | SpeakerKind::UnnamedGroup);
    if unnamed && !mention.leans && !voices::can_speak(tree, speaker)
        || kind == SpeakerKind::Office && voices::is_thing(tree, speaker)
        || voices::is_rate(tree, &item.cue, speaker.head)
    {
        return None;
    }
    let put = cue::put(tree, &item.cue);
    let told = put.verb.map(|verb| channel::told(tree, outlets, verb)).unwrap_or_default();
    let source = with_ranks(tree.text, tree.span(plain::trim(tree, item.source.clone())));
    let (content, continued) = item.content_and_rest(tree);
    let words = tree.tokens_in(content);
    let (certainty, negated) = cue::content(tree, words.clone());
    let spoken = words.clone().filter(|&at| !tree.is_mark(at));
    let direct = words.clone().any(|at| !tree.is_mark(at)) && spoken.clone().all(|at| tree.quoted(at));
    let mut chain = item.chain.clone();
    let apart = |span: &Span| !span.overlaps(source);
    let own = told.outlet.filter(apart).or_else(|| {
        let clause = put.verb.map_or(item.source.clone(), |verb| tree.reach(verb));
        let outside = without_content(clause, &words);
        channel::obtained_by(tree, outlets, item.source.clone()).or_else(|| {
            outside.into_iter().find_map(|run| channel::obtained_by(tree, outlets, run)).filter(apart)
        })
    });
    if let Some(own) = own.filter(|own| !chain.is_empty() && !chain.iter().any(|span| span.overlaps(*own))) {
        chain.insert(0, own);
    }
    let via = chain.first().copied().or(own);
    let role = known.role.clone().filter(|_| kind == SpeakerKind::Named).or_else(|| speaker.role.clone());
    let introduced = mention.leans.then(|| with_ranks(tree.text, tree.span(known.introduced.clone())));
    let introduced = introduced.filter(|span| !span.overlaps(source));
    let mut filled = known.slots;
    if let Some(whole) = known.of {
        filled.reason = filled.reason.or(mentions.entities[whole].slots.reason);
    }
    if !known.plural || !unnamed {
        filled.number = None;
    }
    let deep = DeepAttribution {
        introduced,
        role: role.filter(|_| kind == SpeakerKind::Named).map(|run| tree.span(run)),
        class: put.class,
        cue_negated: put.negated,
        certainty,
        negated,
        continued,
        chain,
        addressee: told.addressee.filter(|(noun, _)| !item.source.contains(noun)).map(|(_, span)| span),
        occasion: channel::occasion(tree, put.verb, &told, &item.source),
        slots: unnamed.then_some(filled),
    };
    Some(Attribution {
        sentence: tree.span(tree.sentence(tree.sentence_of(*item.cue.first()?))),
        source,
        speaker: kind,
        cue: item.cue_span(tree),
        content,
        direct,
        via,
        anonymity: granted[mention.entity].filter(|_| unnamed).map(|reason| reason.phrase),
        deep: Some(Box::new(deep)),
    })
}

/// A phrase with the abbreviated ranks right before it: the tokeniser ends a token, and so a phrase, at the stop of
/// "Brig. Gen. Dale Whitcombe".
fn with_ranks(text: &str, span: Span) -> Span {
    const RANKS: [&str; 16] = [
        "Brig.", "Lt.", "Maj.", "Gen.", "Col.", "Capt.", "Sgt.", "Cmdr.", "Adm.", "Rear", "Vice", "Prof.",
        "Dr.", "Rep.", "Sen.", "Gov.",
    ];
    let mut start = span.start;
    // At most a rank of two words before a rank.
    for _ in 0..2 {
        let Some(before) = text.get(..start as usize).and_then(|before| before.strip_suffix(' ')) else {
            break;
        };
        let Some(rank) = RANKS.iter().find(|rank| before.ends_with(*rank)) else { break };
        let at = before.len() - rank.len();
        if text[..at].chars().next_back().is_some_and(char::is_alphanumeric) {
            break;
        }
        start = at as u32;
    }
    Span { start, ..span }
}

/// What is left of a run without the content, in up to two pieces.
fn without_content(run: Range<usize>, content: &Range<usize>) -> Vec<Range<usize>> {
    if content.end <= run.start || content.start >= run.end {
        return vec![run];
    }
    vec![run.start..content.start.max(run.start), content.end.min(run.end)..run.end]
}

#[cfg(test)]
mod tests;
