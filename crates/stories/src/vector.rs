//! Sparse vectors over terms, one weight a field.

use dateline_model::{Term, TermKind};
use serde::{Deserialize, Serialize};

use crate::vocabulary::Vocabulary;

/// Fields that are compared apart from one another.
pub const FIELD_COUNT: usize = 4;
/// Headline and text together.
pub const ALL: usize = 0;
/// Headline.
pub const TITLE: usize = 1;
/// Headline and first words.
pub const LEAD: usize = 2;
/// Names in headline and text.
pub const NAMES: usize = 3;

/// How often a word of the headline counts in the whole: headlines choose their words.
const TITLE_BOOST: f32 = 2.0;

/// Terms kept of an article, the weightiest. On the development sets 256 and all give the same
/// stories (B³ within .003); 60 still do on leads.
pub const ARTICLE_TERMS: usize = 256;

/// One term of a vector.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Entry {
    /// Hash of the stem.
    pub term: u32,
    /// Weight in each field.
    pub weights: [f32; FIELD_COUNT],
}

/// The weighted terms of one article: each field of length 1 (or 0 where the field is empty).
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Vector {
    /// Sorted by term.
    pub entries: Vec<Entry>,
}

impl Vector {
    /// Weighs the terms of an article by (1 + ln tf) · idf.
    pub fn of(terms: &[Term], vocabulary: &Vocabulary) -> Self {
        let mut entries: Vec<Entry> = terms
            .iter()
            .map(|term| {
                let idf = vocabulary.idf(term.hash);
                let weight = |count: f32| if count > 0.0 { (1.0 + count.ln()) * idf } else { 0.0 };
                let (title, lead, body) = (f32::from(term.title), f32::from(term.lead), f32::from(term.body));
                let all = weight(body + TITLE_BOOST * title);
                let names = if term.kind == TermKind::Name { all } else { 0.0 };
                Entry { term: term.hash, weights: [all, weight(title), weight(lead + title), names] }
            })
            .collect();
        keep_weightiest(&mut entries, ARTICLE_TERMS);
        let norms = norms(&entries);
        for entry in &mut entries {
            for (weight, norm) in entry.weights.iter_mut().zip(norms) {
                if norm > 0.0 {
                    *weight /= norm;
                }
            }
        }
        Self { entries }
    }

    /// The entries that weigh most, in order of weight: what a search for similar stories starts from.
    pub fn weightiest(&self, count: usize) -> Vec<Entry> {
        let mut order = Ranks::of(&self.entries);
        order.keep(count);
        order.0.sort_unstable();
        order.entries(&self.entries).collect()
    }

    /// The same entries, in order of term.
    pub fn weightiest_by_term(&self, count: usize) -> Vec<Entry> {
        let mut order = Ranks::of(&self.entries);
        order.keep(count);
        order.0.sort_unstable_by_key(|(_, index)| *index);
        order.entries(&self.entries).collect()
    }
}

/// The order of entries by weight: a number for each that is smaller the earlier it comes, and its place.
///
/// Heaviest first; equal weights by term, so that the order is total. Numbers are sorted instead of
/// entries, which are larger and slower to compare.
struct Ranks(Vec<(u64, u32)>);

impl Ranks {
    fn of(entries: &[Entry]) -> Self {
        let rank = |(index, entry): (usize, &Entry)| {
            let weight = entry.weights[ALL] + entry.weights[TITLE];
            // The bits of a float in the order of `total_cmp`, the greatest first.
            let bits = weight.to_bits();
            let ascending = if bits >> 31 == 0 { bits | 1 << 31 } else { !bits };
            (u64::from(!ascending) << 32 | u64::from(entry.term), index as u32)
        };
        Self(entries.iter().enumerate().map(rank).collect())
    }

    /// Keeps the `count` first, in no order.
    fn keep(&mut self, count: usize) {
        if count < self.0.len() {
            self.0.select_nth_unstable(count);
            self.0.truncate(count);
        }
    }

    fn entries(&self, entries: &[Entry]) -> impl Iterator<Item = Entry> {
        self.0.iter().map(|(_, index)| entries[*index as usize])
    }
}

/// Keeps the `count` weightiest entries, sorted by term.
pub fn keep_weightiest(entries: &mut Vec<Entry>, count: usize) {
    let mut order = Ranks::of(entries);
    order.keep(count);
    let mut by_term: Vec<(u32, u32)> =
        order.0.iter().map(|(_, index)| (entries[*index as usize].term, *index)).collect();
    by_term.sort_unstable();
    *entries = by_term.into_iter().map(|(_, index)| entries[index as usize]).collect();
}

/// Euclidean length of each field.
pub fn norms(entries: &[Entry]) -> [f32; FIELD_COUNT] {
    let mut squares = [0.0f32; FIELD_COUNT];
    for entry in entries {
        for (square, weight) in squares.iter_mut().zip(entry.weights) {
            *square += weight * weight;
        }
    }
    squares.map(f32::sqrt)
}

/// A vector laid out for many look-ups: an open-addressed table that stays in the first-level cache.
///
/// One article is compared with a dozen members of a dozen stories; probing costs a nanosecond a
/// term where merging sorted lists costs three.
pub struct Probe<'v> {
    entries: &'v [Entry],
    slots: Vec<u16>,
    mask: u32,
}

const EMPTY: u16 = u16::MAX;

impl<'v> Probe<'v> {
    /// Lays out a vector of at most [`ARTICLE_TERMS`] entries.
    pub fn new(vector: &'v Vector) -> Self {
        let entries = vector.entries.as_slice();
        // Seven in eight slots are empty, so that a term the vector does not have is nearly always told by the
        // first look: the branch is foreseen.
        let size = (entries.len() * 8).next_power_of_two().max(16);
        let mask = size as u32 - 1;
        let mut slots = vec![EMPTY; size];
        for (index, entry) in entries.iter().enumerate() {
            let mut slot = entry.term & mask;
            while slots[slot as usize] != EMPTY {
                slot = (slot + 1) & mask;
            }
            slots[slot as usize] = index as u16;
        }
        Self { entries, slots, mask }
    }

    /// The weights of a term, where the vector has it.
    #[inline]
    pub fn get(&self, term: u32) -> Option<&'v [f32; FIELD_COUNT]> {
        self.find(term).map(|index| &self.entries[index].weights)
    }

    /// The place of a term among the entries of the vector.
    #[inline]
    pub fn find(&self, term: u32) -> Option<usize> {
        let mut slot = term & self.mask;
        loop {
            let index = self.slots[slot as usize];
            if index == EMPTY {
                return None;
            }
            if self.entries[index as usize].term == term {
                return Some(usize::from(index));
            }
            slot = (slot + 1) & self.mask;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use dateline_model::{Part, Span};
    use proptest::prelude::*;

    fn term(hash: u32, title: u8, body: u16, kind: TermKind) -> Term {
        Term { hash, title, lead: 0, body, kind, first: Span::new(0, 1), part: Part::Text }
    }

    #[test]
    fn fields_have_length_one() {
        let terms = [term(7, 1, 3, TermKind::Name), term(3, 0, 1, TermKind::Word)];
        let mut vocabulary = Vocabulary::default();
        vocabulary.add(&terms);
        vocabulary.add(&[]);
        let vector = Vector::of(&terms, &vocabulary);
        assert_eq!(vector.entries.iter().map(|entry| entry.term).collect::<Vec<_>>(), [3, 7]);
        let [all, title, lead, names] = norms(&vector.entries);
        assert!((all - 1.0).abs() < 1e-6 && (title - 1.0).abs() < 1e-6 && (names - 1.0).abs() < 1e-6);
        assert!((lead - 1.0).abs() < 1e-6, "the headline counts as lead");
    }

    /// The order as it is defined, on entries.
    fn heavier(a: &Entry, b: &Entry) -> std::cmp::Ordering {
        let weight = |entry: &Entry| entry.weights[ALL] + entry.weights[TITLE];
        weight(b).total_cmp(&weight(a)).then(a.term.cmp(&b.term))
    }

    proptest! {
        #[test]
        fn the_weightiest_are_those_of_a_sort(
            weights in proptest::collection::vec((0u8..6, -2i8..3), 0..40),
            count in 0usize..45,
        ) {
            // Few weights, so that many are equal; terms in order, as a vector has them.
            let entry = |(index, (all, title)): (usize, &(u8, i8))| Entry {
                term: 7 * index as u32,
                weights: [f32::from(*all) / 3.0, f32::from(*title), 0.0, 0.0],
            };
            let vector = Vector { entries: weights.iter().enumerate().map(entry).collect() };
            let mut sorted = vector.entries.clone();
            sorted.sort_by(heavier);
            sorted.truncate(count);
            prop_assert_eq!(&vector.weightiest(count), &sorted);
            sorted.sort_by_key(|entry| entry.term);
            prop_assert_eq!(&vector.weightiest_by_term(count), &sorted);
            let mut kept: Vec<Entry> = vector.entries.iter().rev().copied().collect();
            keep_weightiest(&mut kept, count);
            prop_assert_eq!(&kept, &sorted);
        }
    }

    #[test]
    fn probing_finds_all_and_nothing_else() {
        let entries: Vec<Entry> =
            (0..200).map(|i| Entry { term: i * 1024, weights: [i as f32; FIELD_COUNT] }).collect();
        let vector = Vector { entries };
        let probe = Probe::new(&vector);
        for i in 0..200 {
            assert_eq!(probe.get(i * 1024).unwrap()[ALL], i as f32);
        }
        assert_eq!(probe.get(5), None);
        assert_eq!(Probe::new(&Vector::default()).get(5), None);
    }

    #[test]
    fn only_the_weightiest_are_kept() {
        let terms: Vec<Term> = (0..400).map(|i| term(i, 0, 1 + (i % 50) as u16, TermKind::Word)).collect();
        let mut vocabulary = Vocabulary::default();
        vocabulary.add(&terms);
        vocabulary.add(&[]);
        assert_eq!(Vector::of(&terms, &vocabulary).entries.len(), ARTICLE_TERMS);
    }
}
