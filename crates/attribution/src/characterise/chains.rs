//! Attributions as runs of tokens, with the newsrooms they came through unfolded: "A, citing B, reported that C said".

use std::ops::Range;

use dateline_model::{Span, SpeakerKind};
use rustc_hash::FxHashMap;

use super::Outlets;
use super::lexicon::LEXICON;
use super::mentions::Mention;
use super::plain::{self, Stated};
use super::reason::Reason;
use super::speaker::Speaker;
use super::tree::Tree;
use crate::Found;

/// One attribution.
#[derive(Debug, Clone)]
pub struct Item {
    /// What the source hangs on.
    pub head: usize,
    /// The source's tokens.
    pub source: Range<usize>,
    /// The cue's tokens, in order.
    pub cue: Vec<usize>,
    /// What is said.
    pub content: Vec<Span>,
    /// The newsrooms it came through, the nearest to the source first.
    pub chain: Vec<Span>,
    /// The kind of source where the chain tells it.
    pub kind: Option<SpeakerKind>,
}

impl Item {
    fn of(tree: &Tree<'_>, found: &Found) -> Option<Self> {
        let cue: Vec<usize> = found.cue.iter().flat_map(|span| tree.tokens_in(*span)).collect();
        if cue.is_empty() {
            return None;
        }
        let in_source = |at: usize| found.source.iter().any(|span| span.overlaps(tree.token(at).span));
        let tokens: Vec<usize> = found
            .source
            .iter()
            .flat_map(|span| tree.tokens_in(*span))
            .filter(|&at| !tree.is_mark(at))
            .collect();
        // The token that the others hang on; of several the first that can speak.
        let tops = tokens.iter().copied().filter(|&at| tree.head(at).is_none_or(|head| !in_source(head)));
        let speaks = |at: &usize| {
            tree.is_noun(*at) && !tree.lower(*at).starts_with('\'')
                || matches!(tree.tag(*at), "PRP" | "WP" | "CD")
                || tree.tag(*at) == "DT" && tree.label(*at) != "det"
        };
        // "the other", "the older of the two", "a fourth"
        let stands_for = |at: &usize| {
            matches!(tree.tag(*at), "JJR" | "JJS" | "DT")
                || matches!(tree.lower(*at), "other" | "another" | "latter")
                || LEXICON.number.contains(tree.lower(*at))
                || super::speaker::is_ordinal(tree.lower(*at))
        };
        let tops: Vec<usize> = tops.collect();
        let head = tops
            .iter()
            .copied()
            .find(speaks)
            .or_else(|| tops.iter().copied().find(stands_for))
            .or_else(|| tokens.iter().copied().find(speaks));
        let (head, source) = match head {
            Some(head) => {
                let head = super::verbless::hyphenated(tree, head);
                let source = tokens.first().copied()?..tokens.last().copied()? + 1;
                // A verb of the source's own clause is no source: its subject is.
                (head, source)
            }
            // An implicit source is the subject of the cue's verb, where it has one.
            None => {
                let verb = cue.iter().copied().find(|&at| tree.is_verb(at))?;
                let stated = plain::said(tree, verb)?;
                (stated.source, stated.source_run)
            }
        };
        Some(Self { head, source, cue, content: found.content.clone(), chain: Vec::new(), kind: None })
    }

    fn stated(tree: &Tree<'_>, stated: &Stated) -> Self {
        Self {
            head: stated.source,
            source: stated.source_run.clone(),
            cue: stated.cue.clone().collect(),
            content: plain::spans(tree, stated),
            chain: Vec::new(),
            kind: None,
        }
    }

    /// "A fisherman who gave his name only as Bako said": a source inside the words that withhold its name is whom
    /// they are about.
    pub fn leave(&mut self, tree: &Tree<'_>, reasons: &[Reason]) {
        let head = tree.token(self.head).span;
        let Some(reason) = reasons.iter().find(|reason| reason.whole.overlaps(head)) else { return };
        let sentence = tree.sentence(tree.sentence_of(self.head));
        let person = |at: &usize| {
            tree.is_noun(*at)
                && (LEXICON.person.contains(tree.lower(*at)) || LEXICON.people.contains(tree.lower(*at)))
        };
        if let Some(noun) = (sentence.start..reason.token).rev().find(person) {
            self.head = noun;
            self.source = tree.reach(noun).start..noun + 1;
        }
    }

    /// Why a name is kept back is no part of what is said.
    pub fn leave_out(&mut self, reasons: &[Reason]) {
        let asks = |span: &Span| reasons.iter().any(|reason| reason.whole.contains(*span));
        if self.content.iter().any(|span| !asks(span)) {
            self.content.retain(|span| !asks(span));
        }
    }

    /// The content's runs of tokens.
    pub fn runs(&self, tree: &Tree<'_>) -> Vec<Range<usize>> {
        self.content.iter().map(|span| tree.tokens_in(*span)).collect()
    }

    /// The tokens that may say how the source would know: behind its noun, up to the cue or the end of its phrase.
    pub fn about(&self, tree: &Tree<'_>, mention: &Mention) -> Range<usize> {
        let from = mention.speaker.noun + 1;
        let sentence = tree.sentence(tree.sentence_of(self.head));
        let cue = self.cue.first().copied().unwrap_or(from);
        let mut end = if cue > from && cue < sentence.end {
            cue
        } else {
            tree.reach(mention.speaker.head).end.max(self.source.end).min(sentence.end)
        };
        for run in self.runs(tree) {
            if run.start > self.head && run.start < end {
                end = run.start;
            }
        }
        from..end.max(from)
    }

    /// The cue from its first to its last word.
    pub fn cue_span(&self, tree: &Tree<'_>) -> Span {
        match (self.cue.first(), self.cue.last()) {
            (Some(&first), Some(&last)) => tree.span(first..last + 1),
            _ => Span { start: 0, end: 0 },
        }
    }

    /// The piece of content in the cue's sentence, the longest of several, and the others.
    pub fn content_and_rest(&self, tree: &Tree<'_>) -> (Span, Vec<Span>) {
        let sentence = self.cue.first().map(|&at| tree.span(tree.sentence(tree.sentence_of(at))));
        let here = |span: &Span| sentence.is_some_and(|sentence| sentence.overlaps(*span));
        let main = self
            .content
            .iter()
            .enumerate()
            .max_by_key(|(index, span)| (here(span), span.len(), std::cmp::Reverse(*index)));
        match main {
            Some((main, span)) => {
                let rest = self.content.iter().enumerate().filter(|(index, _)| *index != main);
                (*span, rest.map(|(_, span)| *span).collect())
            }
            None => {
                let end = self.cue_span(tree).end;
                (Span { start: end, end }, Vec::new())
            }
        }
    }

    fn verb(&self, tree: &Tree<'_>) -> Option<usize> {
        self.cue.iter().copied().find(|&at| tree.is_verb(at))
    }
}

/// Verbs by which a newsroom hands on another's words.
const CITES: [&str; 8] = ["citing", "cited", "cites", "quoting", "quoted", "quotes", "cite", "quote"];

/// All attributions of a text with their chains, from what was found in it.
pub fn items(tree: &Tree<'_>, outlets: &Outlets<'_>, found: &[&Found]) -> Vec<Item> {
    let plain: Vec<Item> = found.iter().filter_map(|found| Item::of(tree, found)).collect();
    // Which attribution has its cue at a token.
    let mut at_cue: FxHashMap<usize, usize> = FxHashMap::default();
    for (index, item) in plain.iter().enumerate() {
        for &at in &item.cue {
            at_cue.entry(at).or_insert(index);
        }
    }
    let mut chains: Vec<Vec<Span>> = vec![Vec::new(); plain.len()];
    let mut dropped = vec![false; plain.len()];
    let mut further = Vec::new();
    for (index, item) in plain.iter().enumerate() {
        let Some(speaker) = Speaker::read(tree, outlets, item.head) else { continue };
        let cited = cited(tree, item);
        let outlet = tree.span(name_of(&speaker));
        let newsroom = speaker.kind == SpeakerKind::Outlet;
        let cited_speaker = cited.and_then(|(_, noun)| Speaker::read(tree, outlets, noun));
        // "The Lagos Lantern, citing Meridian Wire": who cites a source is a newsroom, known or not.
        let handed_on = cited_speaker.as_ref().filter(|cited| {
            newsroom
                || ((speaker.kind == SpeakerKind::Office || is_name_only(tree, item, &speaker))
                    && speaker.name.is_some()
                    && matches!(
                        cited.kind,
                        SpeakerKind::Outlet | SpeakerKind::Unnamed | SpeakerKind::UnnamedGroup
                    ))
        });
        if !newsroom && handed_on.is_none() {
            continue;
        }
        let mut chain = vec![outlet];
        if let Some(cited) = handed_on {
            let outlet = super::channel::outlet_at(tree, outlets, cited.head)
                .or_else(|| (cited.kind == SpeakerKind::Outlet).then(|| tree.span(cited.phrase.clone())));
            if let Some(outlet) = outlet {
                chain.insert(0, outlet);
            }
        }
        // What the newsroom hands on may itself be somebody's statement.
        let inner = inner(tree, item);
        let inner = inner.filter(|inner| inner.source != item.head);
        let handed_on = handed_on.filter(|cited| {
            // Where the newsroom hands on somebody's statement, who told it so is a source of its own only if a person.
            inner.is_none() || cited.kind.is_withheld()
        });
        let outer = chain.clone();
        if let Some(inner) = inner {
            let known =
                inner.cue.clone().find_map(|at| at_cue.get(&at).copied()).filter(|&other| other != index);
            match known {
                Some(other) => chains[other] = chain,
                None => further.push(Item { chain, ..Item::stated(tree, &inner) }),
            }
            dropped[index] = true;
        }
        if let (Some(cited), Some((verb, noun))) = (handed_on, cited) {
            let outlet = cited.kind == SpeakerKind::Outlet;
            let reach = tree.reach(noun);
            // Where the citing was found beside the reporting, both are one statement.
            let twin = plain.iter().position(|other| other.head == noun && other.cue.contains(&verb));
            if let Some(twin) = twin.filter(|&twin| twin != index) {
                dropped[twin] = true;
            }
            further.push(Item {
                head: noun,
                source: plain::trim(tree, reach),
                cue: vec![verb],
                content: item.content.iter().map(|span| after(tree, *span, verb, noun)).collect(),
                // A newsroom that is cited is the source itself.
                chain: if outlet { outer[1..].to_vec() } else { outer },
                kind: outlet.then_some(SpeakerKind::Outlet),
            });
            dropped[index] = true;
        }
    }
    let mut all: Vec<Item> = plain
        .into_iter()
        .zip(chains)
        .zip(dropped)
        .filter(|(_, dropped)| !dropped)
        .map(|((item, chain), _)| Item { chain, ..item })
        .collect();
    all.extend(further);
    for item in &mut all {
        quoted_as_saying(tree, outlets, item);
    }
    all.retain(|item| !is_obtaining(tree, item));
    // Citing and reporting may both have been found: one statement, by the longer of its contents.
    let length = |item: &Item| {
        let source = tree.span(item.source.clone());
        item.content.iter().filter(|span| !span.overlaps(source)).map(|span| span.len()).sum::<usize>()
    };
    all.sort_by_key(|item| (item.cue.first().copied(), item.head, std::cmp::Reverse(length(item))));
    all.dedup_by_key(|item| (item.cue.first().copied(), item.head));
    all
}

/// "Citing two officials, Gazeta Lubna reported": a name that looks like a person's, without a given name or a role,
/// which reports what others told it.
fn is_name_only(tree: &Tree<'_>, item: &Item, speaker: &Speaker) -> bool {
    // A person who cites somebody says so, and reports nothing.
    let reports = |at: &usize| matches!(tree.lower(*at), "reported" | "reports");
    let hangs = |at: &usize| reports(at) || tree.head(*at).is_some_and(|head| reports(&head));
    let given = |name: &Range<usize>| LEXICON.forenames.contains_key(tree.lower(name.start));
    speaker.kind == SpeakerKind::Named
        && speaker.role.is_none()
        && speaker.gender.is_none()
        && speaker.name.as_ref().is_some_and(|name| name.len() > 1 && !given(name))
        && item.cue.iter().any(hangs)
}

/// A content without the words before it that say who is cited.
fn after(tree: &Tree<'_>, content: Span, citing: usize, noun: usize) -> Span {
    /// Words of what is told of the source.
    const ABOUT: usize = 12;
    let run = tree.tokens_in(content);
    // "citing two people with knowledge of the matter, that …": what is told of the source is not what it says.
    if run.start == noun + 1 && tree.tag(run.start) == "IN" {
        let comma = run.clone().take(ABOUT).find(|&at| tree.word(at) == ",");
        if let Some(that) = comma.map(|at| at + 1).filter(|&at| at + 1 < run.end && tree.lower(at) == "that")
        {
            return tree.span(that + 1..run.end);
        }
    }
    let end = tree.reach(noun).end;
    if run.contains(&citing) && run.start + 1 >= citing && end < run.end {
        let rest = plain::trim(tree, end..run.end);
        let that = usize::from(!rest.is_empty() && tree.lower(rest.start) == "that");
        return tree.span(rest.start + that..rest.end);
    }
    content
}

/// A newsroom's name, its article apart.
fn name_of(speaker: &Speaker) -> Range<usize> {
    speaker.name.clone().unwrap_or_else(|| speaker.phrase.clone())
}

/// "was seen by Meridian Wire": says how a newsroom got at a document, and states nothing.
fn is_obtaining(tree: &Tree<'_>, item: &Item) -> bool {
    let obtains =
        |at: usize| matches!(tree.lower(at), "seen" | "obtained" | "reviewed" | "viewed" | "examined");
    item.cue.iter().any(|&at| obtains(at) && tree.tag(at) == "VBN")
        && item.cue.iter().all(|&at| !LEXICON.cues.get(tree.lower(at)).is_some_and(|cue| cue.plain))
}

/// Whom the source or its verb cites: the citing word and the noun cited.
fn cited(tree: &Tree<'_>, item: &Item) -> Option<(usize, usize)> {
    let object = |at: usize| {
        tree.child(at, &["dobj"]).filter(|&noun| tree.is_noun(noun) || matches!(tree.tag(noun), "CD" | "DT"))
    };
    let cites = |at: usize| CITES.contains(&tree.lower(at)) && tree.is_verb(at);
    let verb = item.verb(tree);
    let own = verb.filter(|&at| cites(at)).and_then(|at| Some((at, object(at)?)));
    own.or_else(|| {
        // "reported, citing people it did not name, that …": the parser may hang citing on the content's verb.
        let clause = verb.and_then(|at| tree.child(at, &["ccomp"]));
        let around = verb.into_iter().chain([item.head]).chain(clause).flat_map(|at| tree.children(at));
        around.filter(|&at| cites(at)).find_map(|at| Some((at, object(at)?)))
    })
}

/// The statement that an attribution's content is: "reported that **a senior official said the deal was dead**".
fn inner(tree: &Tree<'_>, item: &Item) -> Option<Stated> {
    let runs = item.runs(tree);
    let within = |at: &usize| runs.iter().any(|run| run.contains(at));
    let main = runs.first()?.clone().find(|at| {
        tree.is_verb(*at)
            && tree.head(*at).is_none_or(|head| !within(&head))
            && LEXICON.cues.get(tree.lower(*at)).is_some_and(|cue| cue.plain)
    })?;
    plain::said(tree, main).filter(|stated| within(&stated.source))
}

/// "Der Anzeiger quoted an unnamed prosecutor as saying …": the newsroom whose verb the saying hangs on.
fn quoted_as_saying(tree: &Tree<'_>, outlets: &Outlets<'_>, item: &mut Item) {
    if !item.chain.is_empty() {
        return;
    }
    let label = tree.label(item.head);
    let quotes = |at: &usize| CITES.contains(&tree.lower(*at)) && matches!(label, "dobj" | "nsubjpass");
    let Some(quoting) = tree.head(item.head).filter(quotes) else { return };
    let by = tree.child(quoting, &["agent"]).filter(|_| label == "nsubjpass");
    let subject = by
        .and_then(|by| tree.child(by, &["pobj"]))
        .or_else(|| tree.child(quoting, &["nsubj"]))
        .or_else(|| {
            // "Quoting a military source, RIA said": the subject of the verb that quoting hangs on.
            tree.head(quoting)
                .and_then(|head| if tree.is_noun(head) { Some(head) } else { tree.child(head, &["nsubj"]) })
        });
    let Some(newsroom) = subject.and_then(|at| Speaker::read(tree, outlets, at)) else { return };
    if newsroom.kind == SpeakerKind::Outlet
        || (newsroom.kind == SpeakerKind::Office && newsroom.name.is_some())
    {
        item.chain.push(tree.span(name_of(&newsroom)));
    }
}
