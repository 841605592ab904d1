//! Situation: what happened, in three to six sentences (rule H6).

use std::collections::{BTreeMap, BTreeSet};

use dateline_model::{DAY, Sentence};
use dateline_reader::stems::stem;

use super::disputed::content;
use super::draft::{Desk, Place};
use super::eligible::{is_party, is_situation};
use super::sources::Source;
use super::vocabulary::{denies, says_unknown};
use crate::select::{Budget, Candidate, Document, Told, select};

/// Words at most.
pub const WORDS: usize = 250;
/// Sentences.
pub const SENTENCES: std::ops::RangeInclusive<usize> = 3..=6;
/// Articles compared at most, those that may speak first: the text of a story of a thousand articles is
/// in the first few dozen of its origins.
const DOCUMENTS: usize = 120;

/// The situation: the weightiest sentence first, the others in the order in which they were reported.
pub fn situation(desk: &Desk<'_>) -> Vec<Sentence> {
    let outdated = outdated(desk);
    let mut indices: Vec<usize> =
        (0..desk.sources.len()).filter(|at| !desk.sources[*at].is_opinion()).collect();
    indices.sort_by_key(|at| !desk.speaks[*at]);
    indices.truncate(DOCUMENTS);
    indices.sort_unstable();

    // A party speaks in the situation only where nobody tells of it.
    let told_of = desk
        .sources
        .iter()
        .enumerate()
        .any(|(at, source)| desk.speaks[at] && !is_party(source, desk.registry));
    let mut origins: BTreeMap<&str, u32> = BTreeMap::new();
    let documents: Vec<Document<'_>> = indices
        .iter()
        .map(|&index| {
            let source = &desk.sources[index];
            let next = origins.len() as u32;
            let origin = *origins.entry(desk.origin(index)).or_insert(next);
            let sentences = source.pieces.iter().enumerate().map(|(at, piece)| Candidate {
                text: source.text(piece.span),
                eligible: desk.speaks[index]
                    && !(told_of && is_party(source, desk.registry))
                    && source.lang() == desk.lang
                    && is_situation(source, piece)
                    && !desk.is_second_hand((index, at))
                    && !says_unknown(source.text(piece.span), source.lang())
                    && !denies(source.text(piece.span), source.lang())
                    && !outdated.contains(&(index, at)),
            });
            Document { lang: source.lang(), origin, sentences: sentences.collect() }
        })
        .collect();
    let budget = Budget { words: WORDS, sentences: Some(SENTENCES) };
    let query = desk.dossier.head.title.as_str();
    let chosen = select(&documents, Some(query), &Told::default(), &budget);

    let place = |document: usize, sentence: usize| (indices[document], sentence);
    let mut said: Vec<BTreeSet<&str>> = Vec::new();
    let mut drafts: Vec<(Place, Sentence)> = chosen
        .iter()
        .filter_map(|choice| {
            let at = place(choice.document, choice.sentence);
            let words: BTreeSet<&str> = desk.sources[at.0].pieces[at.1].key.split_whitespace().collect();
            if said.iter().any(|said| says_it_again(&words, said)) {
                return None;
            }
            said.push(words);
            let also: Vec<Place> = choice.also.iter().map(|&(d, s)| place(d, s)).collect();
            Some((at, desk.draft(at, &also)?))
        })
        .collect();
    if let Some(rest) = drafts.get_mut(1..) {
        rest.sort_by_key(|((source, at), _)| (desk.time(*source), *source, *at));
    }
    drafts.into_iter().map(|(_, sentence)| sentence).collect()
}

/// True where most words of a sentence stand in one before it: two origins that quote one statement.
fn says_it_again(words: &BTreeSet<&str>, said: &BTreeSet<&str>) -> bool {
    const MOST: f64 = 0.6;
    words.intersection(said).count() as f64 >= MOST * words.len().min(said.len()) as f64
}

/// Sentences with a figure that a later article gives otherwise: an older toll is no present state.
///
/// Two figures are of one thing where what they count has the same last stem and the sentences share
/// a verb's or noun's stem beside it; the later one is at least as late by [`LATER`].
pub fn outdated(desk: &Desk<'_>) -> Vec<Place> {
    /// What is counted, from, to.
    type Counted = (String, f64, f64);
    /// Reports within this many seconds are of one time: a difference between them is a dispute, not a change.
    const LATER: i64 = DAY / 24;
    let counted = |source: &Source<'_>, at: usize| -> Vec<Counted> {
        let figures = source.pieces[at].figures.iter();
        figures.map(|figure| (unit(source, figure.unit), figure.low, figure.high)).collect()
    };
    let all: Vec<(Place, Vec<Counted>)> = desk
        .places(|source, at| !source.pieces[at].figures.is_empty())
        .into_iter()
        .map(|place| (place, counted(&desk.sources[place.0], place.1)))
        .collect();
    all.iter()
        .filter(|((source, at), figures)| {
            figures.iter().any(|(unit, low, high)| {
                all.iter().any(|((later, bt), others)| {
                    desk.time(*later) != i64::MAX
                        && desk.time(*later) > desk.time(*source).saturating_add(LATER)
                        && desk.sources[*later].lang() == desk.sources[*source].lang()
                        && others.iter().any(|(other, l, h)| other == unit && (l, h) != (low, high))
                        && is_of_one_thing(desk, (*source, *at), (*later, *bt))
                        && !others.iter().any(|(other, l, h)| other == unit && (l, h) == (low, high))
                })
            })
        })
        .map(|(place, _)| *place)
        .collect()
}

/// True where two sentences share words beside their numbers: "people" die, are rescued and watch.
fn is_of_one_thing(desk: &Desk<'_>, one: Place, other: Place) -> bool {
    const SHARED: usize = 2;
    const SHARE: f64 = 0.25;
    let (a, b) = (content(&desk.sources[one.0], one.1), content(&desk.sources[other.0], other.1));
    let shared = a.intersection(&b).count();
    shared >= SHARED && shared as f64 >= SHARE * a.len().min(b.len()) as f64
}

/// The stem of the last word of a unit: what is counted.
pub fn unit(source: &Source<'_>, span: dateline_model::Span) -> String {
    let last = source.text(span).split_whitespace().last().unwrap_or_default();
    stem(last.trim_matches(|c: char| !c.is_alphanumeric()), source.lang())
}
