//! Who "he", "the official" or "Varga" is: the passage of the same article that introduces them.
//!
//! Mentions are walked in order. A surname leads to the full name before it, "the official" to the latest person of
//! that word, a pronoun to the nearest speaker or subject that agrees with it in number and gender. Where two fit
//! equally well it is left open: a wrong speaker is worse than none.

use std::ops::Range;

use dateline_model::{Anonymity, SpeakerKind};
use rustc_hash::FxHashMap;

use super::Outlets;
use super::lexicon::{Gender, LEXICON};
use super::slots;
use super::speaker::Speaker;
use super::tree::Tree;

/// Sentences back to which a pronoun looks for somebody who was mentioned.
const NEAR: usize = 3;
/// … and for somebody who spoke: in reports one speaker goes on over several sentences.
const SPOKE: usize = 6;
/// Mentions that are remembered for pronouns.
const RECENT: usize = 16;

/// Somebody or something that speaks or is spoken of.
#[derive(Debug, Clone)]
pub struct Entity {
    /// The phrase that names or describes it most fully.
    pub introduced: Range<usize>,
    /// The head of that phrase.
    pub head: usize,
    /// What it is.
    pub kind: SpeakerKind,
    /// True for a person or persons.
    pub person: bool,
    /// True for several.
    pub plural: bool,
    /// As far as the text tells.
    pub gender: Option<Gender>,
    /// What a named person is.
    pub role: Option<Range<usize>>,
    /// How it is characterised, over all its mentions.
    pub slots: Anonymity,
    /// The group that it is one or some of.
    pub of: Option<usize>,
    /// Words of its name.
    pub name: usize,
}

/// Who a phrase means.
#[derive(Debug, Clone)]
pub struct Mention {
    /// The phrase.
    pub speaker: Speaker,
    /// Whom it means.
    pub entity: usize,
    /// True where another phrase introduces them.
    pub leans: bool,
}

/// A mention that a pronoun may mean.
#[derive(Debug, Clone, Copy)]
struct Near {
    entity: usize,
    at: usize,
    sentence: usize,
    source: bool,
    subject: bool,
}

/// All that was mentioned up to a place in the text.
#[derive(Debug, Default)]
pub struct Mentions {
    /// Everybody.
    pub entities: Vec<Entity>,
    by_name: FxHashMap<String, usize>,
    by_noun: FxHashMap<(String, bool), usize>,
    /// The first of those whom a noun has meant: "the first official", once there is a second.
    first: FxHashMap<(String, bool), usize>,
    near: Vec<Near>,
}

/// A source to be resolved.
#[derive(Debug, Clone)]
pub struct Asked {
    /// What it hangs on.
    pub head: usize,
    /// The source's words.
    pub source: Range<usize>,
    /// What it says, where that stands in the same sentence: those named in it are less likely the speaker.
    pub content: Vec<Range<usize>>,
}

/// Walks the text and tells for each of `asked` (in order of their heads) whom it means; `None` where it is no
/// noun phrase.
pub fn resolve(tree: &Tree<'_>, outlets: &Outlets<'_>, asked: &[Asked]) -> (Mentions, Vec<Option<Mention>>) {
    let mut mentions = Mentions::default();
    let mut answers: Vec<Option<Mention>> = vec![None; asked.len()];
    let mut next = 0;
    for at in 0..tree.len() {
        let from = next;
        while next < asked.len() && asked[next].head == at {
            next += 1;
        }
        if from < next {
            let mention = mentions.mention(tree, outlets, at, Some(&asked[from]));
            for answer in &mut answers[from..next] {
                answer.clone_from(&mention);
            }
        } else if is_mention(tree, at) {
            mentions.mention(tree, outlets, at, None);
        }
    }
    (mentions, answers)
}

/// Noun phrases that may be meant by a later word.
fn is_mention(tree: &Tree<'_>, at: usize) -> bool {
    const PLACES: [&str; 10] =
        ["nsubj", "nsubjpass", "dobj", "pobj", "conj", "ROOT", "attr", "dative", "oprd", "npadvmod"];
    let lexicon = &*LEXICON;
    // "Two of the jurors agreed to speak. Both said …"
    let some = tree.tag(at) == "CD"
        && tree.label(at) == "nsubj"
        && tree.child(at, &["prep"]).is_some_and(|of| tree.lower(of) == "of");
    if some {
        return true;
    }
    if !tree.is_noun(at) || !PLACES.contains(&tree.label(at)) {
        return false;
    }
    let word = tree.lower(at);
    tree.tag(at).starts_with("NNP")
        || lexicon.calls_somebody(word)
        || lexicon.office.contains(word)
        || lexicon.document.contains(word)
}

impl Mentions {
    fn mention(
        &mut self,
        tree: &Tree<'_>,
        outlets: &Outlets<'_>,
        at: usize,
        asked: Option<&Asked>,
    ) -> Option<Mention> {
        let mut speaker = Speaker::read(tree, outlets, at)?;
        let sentence = tree.sentence_of(at);
        self.correct(tree, &mut speaker, asked);
        if let Some(asked) = asked.filter(|_| speaker.kind == SpeakerKind::Unnamed && !speaker.pronoun) {
            speaker.name_behind(tree, asked.source.clone());
        }
        let before = if speaker.pronoun {
            self.pronoun(tree, &speaker, sentence, asked)
        } else {
            self.known(tree, &speaker)
        };
        if before.is_none() && self.is_whoever(tree, &speaker) {
            speaker.kind = SpeakerKind::Unnamed;
        }
        let leans = before.is_some();
        let entity = match before {
            Some(entity) if speaker.partitive => {
                // "one of the officials" is somebody else than the officials: what was told of all of them tells the
                // group, and only what keeps their names back goes for each.
                let whole = &self.entities[entity];
                let part = Entity {
                    kind: if speaker.plural { SpeakerKind::UnnamedGroup } else { SpeakerKind::Unnamed },
                    plural: speaker.plural,
                    slots: Anonymity { reason: whole.slots.reason, ..Anonymity::default() },
                    of: Some(entity),
                    ..whole.clone()
                };
                self.entities.push(part);
                self.entities.len() - 1
            }
            Some(entity) => {
                let known = &mut self.entities[entity];
                // "Obama" of the headline is introduced by "President Barack Obama".
                let name = speaker.name.as_ref().map_or(0, ExactSizeIterator::len);
                if speaker.kind == SpeakerKind::Named && known.kind == SpeakerKind::Named && name > known.name
                {
                    known.introduced = speaker.phrase.clone();
                    known.name = name;
                }
                known.gender = known.gender.or(speaker.gender);
                if speaker.kind == SpeakerKind::Named
                    && known.kind == SpeakerKind::Named
                    && speaker.role.is_some()
                    && known.role.is_none()
                {
                    known.role.clone_from(&speaker.role);
                }
                entity
            }
            None => {
                // A lone name may be a person's only where the text calls somebody by it in full.
                // "Tomas Greve and Anna Lind" introduces Tomas Greve as that.
                let one = speaker.name.clone().filter(|_| speaker.joint);
                self.entities.push(Entity {
                    introduced: one.unwrap_or_else(|| speaker.phrase.clone()),
                    head: speaker.noun,
                    kind: speaker.kind,
                    person: is_person(tree, &speaker),
                    plural: speaker.plural,
                    gender: speaker.gender,
                    role: speaker.role.clone(),
                    slots: Anonymity::default(),
                    of: None,
                    name: speaker.name.as_ref().map_or(0, ExactSizeIterator::len),
                });
                self.entities.len() - 1
            }
        };
        if matches!(speaker.kind, SpeakerKind::Unnamed | SpeakerKind::UnnamedGroup) && !speaker.pronoun {
            let own = slots::of_phrase(tree, &speaker);
            slots::fill(&mut self.entities[entity].slots, &own, speaker.plural);
        }
        if !speaker.pronoun {
            self.remember(tree, &speaker, entity);
        }
        let near = Near {
            entity,
            at,
            sentence,
            source: asked.is_some(),
            subject: matches!(tree.label(at), "nsubj" | "nsubjpass"),
        };
        if self.near.len() == RECENT {
            self.near.remove(0);
        }
        self.near.push(near);
        if leans {
            speaker.gender = self.entities[entity].gender;
        }
        Some(Mention { speaker, entity, leans })
    }

    /// A lone name that looks like an organisation's is a person's where the article has called somebody by it in
    /// full, or where what it says is of "he" or "she": "Varga admitted he had met the lobbyist".
    fn correct(&self, tree: &Tree<'_>, speaker: &mut Speaker, asked: Option<&Asked>) {
        let Some(name) =
            speaker.name.clone().filter(|name| name.len() == 1 && speaker.kind == SpeakerKind::Office)
        else {
            return;
        };
        let article = tree.children(speaker.head).any(|child| tree.label(child) == "det");
        let word = tree.lower(name.start);
        let known =
            self.by_name.get(word).is_some_and(|&entity| self.entities[entity].kind == SpeakerKind::Named);
        let of_himself = || {
            let verb = asked.and_then(|_| tree.head(speaker.head))?;
            let clause = tree.children(verb).find(|&child| child > verb && tree.label(child) == "ccomp")?;
            let subject = tree.child(clause, &["nsubj", "nsubjpass"])?;
            Some(matches!(tree.lower(subject), "he" | "she"))
        };
        let place = LEXICON.countries.contains(word) || LEXICON.capitals.contains(word);
        if !article && !place && (known || of_himself() == Some(true)) {
            speaker.kind = SpeakerKind::Named;
        }
    }

    /// "The minister", "the chairman" where nobody has been named yet: there are many, and nothing tells of what.
    fn is_whoever(&self, tree: &Tree<'_>, speaker: &Speaker) -> bool {
        const ONE_OF_MANY: [&str; 10] = [
            "minister",
            "chairman",
            "chairwoman",
            "prosecutor",
            "commissioner",
            "ambassador",
            "senator",
            "congressman",
            "congresswoman",
            "representative",
        ];
        let told = |child: usize| {
            tree.label(child) != "det"
                && !tree.is_mark(child)
                && !matches!(tree.label(child), "relcl" | "advmod")
        };
        speaker.kind == SpeakerKind::Office
            && speaker.name.is_none()
            && ONE_OF_MANY.contains(&tree.lower(speaker.noun))
            && !tree.children(speaker.noun).any(told)
            && !self
                .entities
                .iter()
                .any(|known| known.kind == SpeakerKind::Named && (known.name > 1 || known.role.is_some()))
    }

    /// Keeps under which words a mention may be meant again.
    fn remember(&mut self, tree: &Tree<'_>, speaker: &Speaker, entity: usize) {
        match (&speaker.name, speaker.kind) {
            // "Greve and Lind both said": neither is introduced by that, and who was before stays so.
            (Some(name), SpeakerKind::Named) if speaker.joint => {
                if name.len() > 1 {
                    self.by_name.entry(tree.lower(name.end - 1).to_owned()).or_insert(entity);
                }
            }
            (Some(name), SpeakerKind::Named) => {
                self.by_name.insert(tree.lower(name.end - 1).to_owned(), entity);
                if name.len() > 1 {
                    // "Maria" of "Maria Oyelaran"; a surname holds over a given name.
                    self.by_name.entry(tree.lower(name.start).to_owned()).or_insert(entity);
                }
            }
            (Some(name), _) => {
                let written = name.clone().map(|at| tree.lower(at)).collect::<Vec<_>>().join(" ");
                self.by_name.entry(written).or_insert(entity);
            }
            _ => {
                let noun = (tree.lower(speaker.noun).to_owned(), speaker.plural);
                self.first.entry(noun.clone()).or_insert(entity);
                // "one of the directors" is "the director" later.
                if let Some(one) = noun.0.strip_suffix('s').filter(|_| speaker.partitive && !speaker.plural) {
                    self.by_noun.insert((one.to_owned(), false), entity);
                }
                self.by_noun.insert(noun, entity);
            }
        }
        // "Foreign Minister Ilse Brandvold" is "the minister" later.
        if let Some(role) = &speaker.role {
            for at in role.clone().filter(|&at| tree.is_noun(at)) {
                self.by_noun.insert((whole(tree.lower(at)).to_owned(), false), entity);
            }
        }
    }

    /// Whom a phrase that is no pronoun means, where another has introduced them.
    fn known(&self, tree: &Tree<'_>, speaker: &Speaker) -> Option<usize> {
        if let (Some(name), SpeakerKind::Named) = (&speaker.name, speaker.kind) {
            // "Greve and Lind" are two, whoever of them has been introduced.
            if speaker.joint {
                return None;
            }
            let entity = *self.by_name.get(tree.lower(name.end - 1))?;
            let known = &self.entities[entity];
            let agrees = known.kind == SpeakerKind::Named && genders_agree(known.gender, speaker.gender);
            // Two given names before one surname are two people.
            let full = name.len() > 1;
            let same = !full || known.introduced.clone().any(|at| tree.lower(at) == tree.lower(name.start));
            return (agrees && same).then_some(entity);
        }
        // "The latter asked not to be named": the last of those who spoke.
        if tree.lower(speaker.head) == "latter" {
            let spoke = self.near.iter().rev().filter(|near| near.source).map(|near| near.entity);
            return spoke.into_iter().find(|&entity| self.entities[entity].person);
        }
        if speaker.name.is_some() || !(speaker.definite || speaker.partitive || self.is_both(tree, speaker)) {
            return None;
        }
        let noun = tree.lower(speaker.noun);
        if speaker.partitive {
            if tree.tag(speaker.noun) == "PRP" {
                return self
                    .near
                    .iter()
                    .rev()
                    .map(|near| near.entity)
                    .find(|&entity| self.entities[entity].plural && self.entities[entity].person);
            }
            return self.by_noun.get(&(noun.to_owned(), true)).copied();
        }
        let first =
            tree.children(speaker.noun).any(|child| child < speaker.noun && tree.lower(child) == "first");
        let known = if first { &self.first } else { &self.by_noun };
        let entity = *known.get(&(noun.to_owned(), speaker.plural))?;
        // "the French official" is not the Chadian one.
        let (own, known) = (slots::of_phrase(tree, speaker), &self.entities[entity]);
        let clash = |a: Option<dateline_model::Span>, b: Option<dateline_model::Span>| match (a, b) {
            (Some(a), Some(b)) => {
                a.of(tree.text).map(str::to_lowercase) != b.of(tree.text).map(str::to_lowercase)
            }
            _ => false,
        };
        let adds = own.country.is_some() && known.slots.country.is_none() && known.kind != SpeakerKind::Named;
        let possessed = tree.children(speaker.noun).any(|child| tree.label(child) == "poss");
        let person = known.person;
        (person && !clash(own.country, known.slots.country) && !adds && !possessed).then_some(entity)
    }

    fn is_both(&self, tree: &Tree<'_>, speaker: &Speaker) -> bool {
        speaker.plural && tree.children(speaker.noun).any(|child| tree.lower(child) == "both")
    }

    /// Whom a pronoun means.
    fn pronoun(
        &self,
        tree: &Tree<'_>,
        speaker: &Speaker,
        sentence: usize,
        asked: Option<&Asked>,
    ) -> Option<usize> {
        let word = tree.lower(speaker.head);
        if matches!(tree.tag(speaker.head), "WP" | "WDT") {
            // "an official who said": whom the clause is about stands right before it.
            return self.near.iter().rev().find(|near| near.sentence == sentence).map(|near| near.entity);
        }
        let fits = |entity: &Entity| match word {
            "he" | "she" | "him" | "her" => {
                entity.person && !entity.plural && genders_agree(entity.gender, speaker.gender)
            }
            "they" | "both" | "them" | "all" | "neither" => {
                entity.plural && entity.person
                    || (word == "they" && entity.kind == SpeakerKind::Office && !entity.person)
            }
            "it" => !entity.person && !entity.plural,
            // "all three", "the two"
            _ if speaker.plural && tree.tag(speaker.head) == "CD" => entity.plural && entity.person,
            _ => false,
        };
        let said = |at: usize| asked.is_some_and(|asked| asked.content.iter().any(|run| run.contains(&at)));
        let score = |near: &Near| {
            let entity = &self.entities[near.entity];
            let distance = sentence - near.sentence.min(sentence);
            if !fits(entity) || distance > if near.source { SPOKE } else { NEAR } {
                return None;
            }
            let mut score = -2 * distance as i32;
            score += if near.source { 4 } else { 0 };
            score += i32::from(near.subject);
            score += i32::from(speaker.gender.is_some() && entity.gender == speaker.gender);
            score += i32::from(word == "they" && entity.person);
            score -= if word != "it" && said(near.at) { 5 } else { 0 };
            Some(score)
        };
        let mut best: Option<(i32, usize)> = None;
        let mut doubtful = false;
        for near in &self.near {
            let Some(score) = score(near) else { continue };
            match best {
                Some((most, entity)) if score == most && entity != near.entity => {
                    // The later of two wins only where a sentence parts them.
                    doubtful = self
                        .near
                        .iter()
                        .any(|other| other.entity == entity && other.sentence == near.sentence);
                    best = Some((score, near.entity));
                }
                Some((most, _)) if score < most => {}
                _ => {
                    doubtful = false;
                    best = Some((score, near.entity));
                }
            }
        }
        best.filter(|_| !doubtful).map(|(_, entity)| entity)
    }
}

/// A title as it is written out: "Gov." is "the governor" later.
fn whole(title: &str) -> &str {
    match title.trim_end_matches('.') {
        "gov" => "governor",
        "sen" => "senator",
        "rep" => "representative",
        "gen" => "general",
        "col" => "colonel",
        "lt" => "lieutenant",
        "capt" => "captain",
        "sgt" => "sergeant",
        "adm" => "admiral",
        "prof" => "professor",
        title => title,
    }
}

fn genders_agree(a: Option<Gender>, b: Option<Gender>) -> bool {
    a.is_none() || b.is_none() || a == b
}

fn is_person(tree: &Tree<'_>, speaker: &Speaker) -> bool {
    let lexicon = &*LEXICON;
    let word = tree.lower(speaker.noun);
    match speaker.kind {
        SpeakerKind::Named | SpeakerKind::Unnamed | SpeakerKind::UnnamedGroup => true,
        SpeakerKind::Office => {
            lexicon.holder.contains(word)
                || lexicon.spokesperson.contains(word)
                || (lexicon.person.contains(word) && !lexicon.office.contains(word))
        }
        _ => false,
    }
}

/// The slots that the phrase on a noun fills by itself.
pub fn own_slots(tree: &Tree<'_>, outlets: &Outlets<'_>, head: usize) -> Anonymity {
    Speaker::read(tree, outlets, head).map(|speaker| slots::of_phrase(tree, &speaker)).unwrap_or_default()
}
