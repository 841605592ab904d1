//! What speaks for an article belonging to a story, as numbers.
//!
//! Each number is one kind of agreement, kept apart from the others; the join model weighs them.
//! Articles are compared with the story as a whole and with its single members, so that a story
//! that has moved on still knows its newest turn, but never along a chain of look-alikes: the
//! whole and the founder are always among what is compared.

use std::cell::Cell;

use dateline_model::DAY;

use crate::live::Live;
use crate::vector::{ALL, FIELD_COUNT, LEAD, NAMES, Probe, TITLE, Vector};
use crate::vocabulary::Vocabulary;

/// How many kinds of evidence there are.
pub const KINDS: usize = 16;

/// The kinds of evidence, in the order the model knows them.
pub const NAMES_OF_KINDS: [&str; KINDS] = [
    "all",
    "title",
    "lead",
    "names",
    "title in story",
    "article in story titles",
    "nearest member",
    "nearest member's names",
    "nearest member's title",
    "days apart",
    "terms in article",
    "rare shared terms",
    "share of terms",
    "terms in members",
    "title in story leads",
    "margin",
];

/// Index of the days between article and story; the only evidence that may be missing (as NaN).
pub const DAYS_APART: usize = 9;
/// Index of the number of terms in the article.
pub const ARTICLE_SIZE: usize = 10;
/// Index of the number of terms in the story's members.
pub const MEMBER_SIZE: usize = 13;
/// Index of the margin over the next best story.
pub const MARGIN: usize = 15;
const NEAREST: usize = 6;

/// Evidence for one article and one story.
pub type Evidence = [f32; KINDS];

/// Dates that differ by less tell nothing: a round-up, a time zone, a page that states only the day.
const SAME_TIME: f32 = 0.5;
/// A term counts as the story's, not one member's, once it weighs this part of a member's share.
const STORY_SHARE: f32 = 8.0;

/// Compares an article with each candidate, and the candidates with one another.
pub fn weigh(
    vector: &Vector,
    terms: usize,
    at: Option<i64>,
    candidates: &[&Live],
    vocabulary: &Vocabulary,
) -> Vec<Evidence> {
    let probe = Probe::new(vector);
    let rarity = Rarity::of(vector, vocabulary);
    let mut all: Vec<Evidence> =
        candidates.iter().map(|live| compare(&probe, &rarity, terms, at, live)).collect();
    let strength: Vec<f32> = all.iter().map(|evidence| evidence[ALL] + evidence[NEAREST]).collect();
    for (index, evidence) in all.iter_mut().enumerate() {
        let others = strength.iter().enumerate().filter(|(other, _)| *other != index);
        let best_other = others.map(|(_, strength)| *strength).fold(0.0f32, f32::max);
        evidence[MARGIN] = strength[index] - best_other;
    }
    all
}

/// How rare each term of the article is, asked once for all candidates that share it.
struct Rarity<'v> {
    vector: &'v Vector,
    vocabulary: &'v Vocabulary,
    known: Vec<Cell<f32>>,
}

impl<'v> Rarity<'v> {
    fn of(vector: &'v Vector, vocabulary: &'v Vocabulary) -> Self {
        Self { vector, vocabulary, known: vec![Cell::new(f32::NAN); vector.entries.len()] }
    }

    /// The inverse document frequency of the term at `index` in the vector.
    fn at(&self, index: usize) -> f32 {
        let known = &self.known[index];
        if known.get().is_nan() {
            known.set(self.vocabulary.idf(self.vector.entries[index].term));
        }
        known.get()
    }
}

fn compare(probe: &Probe<'_>, rarity: &Rarity<'_>, terms: usize, at: Option<i64>, live: &Live) -> Evidence {
    let mut dots = [0.0f32; FIELD_COUNT];
    let (mut title_in_all, mut all_in_title, mut title_in_lead) = (0.0f32, 0.0f32, 0.0f32);
    let (mut rare, mut shared) = (0.0f32, 0.0f32);
    let size = live.size.max(1) as f32;
    for entry in &live.sum {
        let Some(index) = probe.find(entry.term) else { continue };
        let own = &rarity.vector.entries[index].weights;
        for (dot, (a, b)) in dots.iter_mut().zip(own.iter().zip(entry.weights)) {
            *dot += a * b;
        }
        title_in_all += own[TITLE] * entry.weights[ALL];
        all_in_title += own[ALL] * entry.weights[TITLE];
        title_in_lead += own[TITLE] * entry.weights[LEAD];
        rare += rarity.at(index) * (entry.weights[ALL] / size * STORY_SHARE).min(1.0);
        shared += 1.0;
    }
    let cosine = |dot: f32, field: usize| if live.norms[field] > 0.0 { dot / live.norms[field] } else { 0.0 };

    let mut nearest = [0.0f32; 3];
    let mut member_terms = 0.0f32;
    for member in &live.members {
        let mut dots = [0.0f32; 3];
        for (term, weights) in &member.entries {
            if let Some(own) = probe.get(*term) {
                dots[0] += own[ALL] * weights[0];
                dots[1] += own[TITLE] * weights[1];
                dots[2] += own[NAMES] * weights[2];
            }
        }
        for (best, dot) in nearest.iter_mut().zip(dots) {
            *best = best.max(dot);
        }
        member_terms += member.terms as f32;
    }
    let days = at.and_then(|at| live.gap(at)).map_or(f32::NAN, |gap| gap as f32 / DAY as f32);
    [
        cosine(dots[ALL], ALL),
        cosine(dots[TITLE], TITLE),
        cosine(dots[LEAD], LEAD),
        cosine(dots[NAMES], NAMES),
        cosine(title_in_all, ALL),
        cosine(all_in_title, TITLE),
        nearest[0],
        nearest[2],
        nearest[1],
        (days - SAME_TIME).max(if days.is_nan() { f32::NAN } else { 0.0 }).ln_1p(),
        (terms as f32).ln_1p(),
        rare,
        shared / rarity.vector.entries.len().max(1) as f32,
        (member_terms / live.members.len().max(1) as f32).ln_1p(),
        cosine(title_in_lead, LEAD),
        0.0,
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::live::LiveSet;
    use dateline_model::StoryId;

    fn article(title: &str, text: &str, vocabulary: &mut Vocabulary) -> (Vector, usize) {
        let copy =
            dateline_reader::Copy { title, text, lang: Some(dateline_model::Lang::EN), ..Default::default() };
        let reading = dateline_reader::Reader::new(&dateline_model::Registry::default()).read(copy);
        vocabulary.add(&reading.terms);
        (Vector::of(&reading.terms, vocabulary), reading.terms.len())
    }

    #[test]
    fn the_same_event_outweighs_a_look_alike_on_every_count() {
        let mut vocabulary = Vocabulary::default();
        for filler in [
            "rain in spring",
            "a budget vote",
            "cup final tonight",
            "harbour strike ends",
            "new bridge opens",
        ] {
            article(filler, filler, &mut vocabulary);
        }
        let mut live = LiveSet::default();
        let (niamey, _) = article(
            "Russian troops enter base housing U.S. forces in Niger",
            "Russian forces use a separate hangar at Airbase 101 in Niamey, an official said.",
            &mut vocabulary,
        );
        let key = live.found(StoryId([1; 10]), dateline_model::Lang::EN);
        live.absorb(key, &niamey, Some(0));
        let (fire, _) = article(
            "Hangar fire shuts base in Cyprus",
            "A fire in a hangar at a base near Limassol was put out, officials said.",
            &mut vocabulary,
        );
        let other = live.found(StoryId([2; 10]), dateline_model::Lang::EN);
        live.absorb(other, &fire, Some(0));

        let (update, terms) = article(
            "U.S. and Russian forces share Niger base",
            "Washington confirmed Russian forces are at Airbase 101 in Niamey in a separate hangar.",
            &mut vocabulary,
        );
        let stories = [live.get(key).unwrap(), live.get(other).unwrap()];
        let evidence = weigh(&update, terms, Some(2 * DAY), &stories, &vocabulary);
        for kind in [ALL, NAMES, NEAREST, MARGIN, 11] {
            assert!(evidence[0][kind] > evidence[1][kind], "{}", NAMES_OF_KINDS[kind]);
        }
        assert!((evidence[0][DAYS_APART] - 1.5f32.ln_1p()).abs() < 1e-5);
        assert!(weigh(&update, terms, None, &stories, &vocabulary)[0][DAYS_APART].is_nan());
    }
}
