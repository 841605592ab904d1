//! Situation: what happened, in three to six sentences (rule H6).

use std::collections::{BTreeMap, BTreeSet};

use dateline_model::Sentence;

use super::counted::outdated;
use super::draft::{Desk, Place};
use super::eligible::{is_party, is_situation};
use crate::select::{Budget, Candidate, Document, Told, select};
use crate::vocabulary::{denies, says_unknown};

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
