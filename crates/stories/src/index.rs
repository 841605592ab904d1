//! The index of the live stories: which of them have a term, and which share most with an article.
//!
//! Each live story has a *slot*, a small number that is given anew once the story is gone. What a
//! search looks at then lies in flat arrays: most articles share a word with thousands of stories, and
//! a look-up by key in a tree for each of them was an eighth of the light path.

use std::cell::RefCell;
use std::cmp::Ordering;

use rustc_hash::FxHashMap;

use crate::live::{Key, WINDOW};

/// The place of a live story in the arrays of the index.
type Slot = u32;

/// No story.
const NONE: Slot = Slot::MAX;

/// Seconds of the first and last dated article of a story.
pub type Period = (i64, i64);

/// Seconds between a time and the nearer end of a period; 0 inside it.
pub fn gap((first, last): Period, at: i64) -> i64 {
    (first - at).max(at - last).max(0)
}

/// The stories that have one term, by slot, in order.
///
/// Most terms are names, numbers and errors of typing that hardly any other story has: those need no list
/// of their own in memory.
#[derive(Debug, Clone)]
enum Holders {
    Few([Slot; Holders::FEW]),
    Many(Vec<Slot>),
}

impl Holders {
    const FEW: usize = 4;

    fn as_slice(&self) -> &[Slot] {
        match self {
            Self::Few(slots) => {
                let count = slots.iter().position(|slot| *slot == NONE).unwrap_or(Self::FEW);
                &slots[..count]
            }
            Self::Many(slots) => slots,
        }
    }

    fn insert(&mut self, slot: Slot) {
        let held = self.as_slice();
        // New stories have the highest slots as long as none has gone.
        let place = if held.last().is_none_or(|last| *last < slot) {
            held.len()
        } else {
            held.partition_point(|other| *other < slot)
        };
        match self {
            Self::Few(slots) if slots[Self::FEW - 1] == NONE => {
                slots.copy_within(place..Self::FEW - 1, place + 1);
                slots[place] = slot;
            }
            Self::Few(slots) => {
                let mut many = Vec::with_capacity(2 * Self::FEW);
                many.extend_from_slice(slots);
                many.insert(place, slot);
                *self = Self::Many(many);
            }
            Self::Many(slots) => slots.insert(place, slot),
        }
    }

    /// Returns true where no story is left.
    fn remove(&mut self, slot: Slot) -> bool {
        let Ok(place) = self.as_slice().binary_search(&slot) else { return false };
        match self {
            Self::Few(slots) => {
                slots.copy_within(place + 1.., place);
                slots[Self::FEW - 1] = NONE;
                slots[0] == NONE
            }
            Self::Many(slots) => {
                slots.remove(place);
                slots.is_empty()
            }
        }
    }
}

/// Finds live stories by term.
#[derive(Debug, Clone, Default)]
pub struct Index {
    holders: FxHashMap<u32, Holders>,
    slots: FxHashMap<Key, Slot>,
    /// For each slot: its story.
    keys: Vec<Key>,
    /// For each slot: when its story was.
    periods: Vec<Option<Period>>,
    free: Vec<Slot>,
}

/// Says nothing of where a story is kept, as that tells only which stories there were before.
impl PartialEq for Index {
    fn eq(&self, other: &Self) -> bool {
        self.listed() == other.listed()
    }
}

/// Below every score: the story shares no term that was looked for.
const UNSEEN: f32 = -1.0;

thread_local! {
    /// A score for each slot, all [`UNSEEN`] between two searches.
    static SCORES: RefCell<Vec<f32>> = const { RefCell::new(Vec::new()) };
}

impl Index {
    /// Gives a story its slot.
    pub fn open(&mut self, key: Key) {
        let slot = self.free.pop().unwrap_or_else(|| {
            self.keys.push(key);
            self.periods.push(None);
            self.keys.len() as Slot - 1
        });
        self.keys[slot as usize] = key;
        self.periods[slot as usize] = None;
        self.slots.insert(key, slot);
    }

    /// Lets go of a story that has `terms`.
    pub fn close(&mut self, key: Key, terms: impl IntoIterator<Item = u32>) {
        let Some(slot) = self.slots.remove(&key) else { return };
        for term in terms {
            self.unlist(term, slot);
        }
        self.free.push(slot);
    }

    /// Notes what a story is found by now: its period and its terms, where `before` and `now` are those it
    /// had and has, in order.
    pub fn change(
        &mut self,
        key: Key,
        period: Option<Period>,
        before: impl IntoIterator<Item = u32>,
        now: impl IntoIterator<Item = u32>,
    ) {
        let Some(&slot) = self.slots.get(&key) else { return };
        self.periods[slot as usize] = period;
        // One walk along both finds what came and what went.
        let mut before = before.into_iter().peekable();
        for term in now {
            while let Some(gone) = before.next_if(|old| *old < term) {
                self.unlist(gone, slot);
            }
            if before.next_if_eq(&term).is_none() {
                self.holders.entry(term).or_insert(Holders::Few([NONE; Holders::FEW])).insert(slot);
            }
        }
        for gone in before {
            self.unlist(gone, slot);
        }
    }

    fn unlist(&mut self, term: u32, slot: Slot) {
        if self.holders.get_mut(&term).is_some_and(|holders| holders.remove(slot)) {
            self.holders.remove(&term);
        }
    }

    /// The `most` stories that share most with the searched terms, best first: terms with what finding
    /// each adds to a story's score, 0 or more.
    ///
    /// Terms in more than `commonest` stories are passed over, and stories further than [`WINDOW`] from `at`.
    pub fn best(
        &self,
        searched: impl IntoIterator<Item = (u32, f32)>,
        at: Option<i64>,
        commonest: usize,
        most: usize,
    ) -> Vec<Key> {
        let mut scores = SCORES.take();
        if scores.len() < self.keys.len() {
            scores.resize(self.keys.len(), UNSEEN);
        }
        let mut seen: Vec<Slot> = Vec::with_capacity(1024);
        for (term, adds) in searched {
            let Some(holders) = self.holders.get(&term) else { continue };
            let holders = holders.as_slice();
            if holders.len() > commonest {
                continue;
            }
            for &slot in holders {
                let score = &mut scores[slot as usize];
                if *score == UNSEEN {
                    *score = 0.0;
                    seen.push(slot);
                }
                *score += adds;
            }
        }
        let near = |slot: Slot| {
            let apart = at.zip(self.periods[slot as usize]).map(|(at, period)| gap(period, at));
            apart.is_none_or(|apart| apart <= WINDOW)
        };
        let better =
            |a: &(f32, Key), b: &(f32, Key)| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)) == Ordering::Less;
        let mut best: Vec<(f32, Key)> = Vec::with_capacity(most + 1);
        for slot in seen {
            let score = std::mem::replace(&mut scores[slot as usize], UNSEEN);
            // Nearly all are worse than the best so far, which one comparison tells.
            if best.len() == most && best.last().is_none_or(|last| score < last.0) {
                continue;
            }
            let found = (score, self.keys[slot as usize]);
            let place = best.partition_point(|other| better(other, &found));
            if place < most && near(slot) {
                best.insert(place, found);
                best.truncate(most);
            }
        }
        SCORES.set(scores);
        best.into_iter().map(|(_, key)| key).collect()
    }

    /// Each term with its stories, in order.
    fn listed(&self) -> Vec<(u32, Vec<Dated>)> {
        let mut all: Vec<_> = self
            .holders
            .iter()
            .map(|(term, holders)| {
                let story = |slot: &Slot| (self.keys[*slot as usize], self.periods[*slot as usize]);
                let mut stories: Vec<_> = holders.as_slice().iter().map(story).collect();
                stories.sort_unstable();
                (*term, stories)
            })
            .collect();
        all.sort_unstable();
        all
    }
}

/// A story with its period.
type Dated = (Key, Option<Period>);

#[cfg(test)]
mod tests {
    use super::*;
    use dateline_model::DAY;
    use proptest::prelude::*;

    #[test]
    fn stories_that_share_more_come_first_and_far_ones_not_at_all() {
        let mut index = Index::default();
        for (key, day, terms) in [(1, 0, vec![10, 11, 12]), (2, 1, vec![10, 11]), (3, 90, vec![10, 11, 12])] {
            index.open(key);
            index.change(key, Some((day * DAY, day * DAY)), [], terms);
        }
        let searched = [(10, 0.5), (11, 0.5), (12, 0.25)];
        assert_eq!(index.best(searched, Some(2 * DAY), 10, 5), [1, 2]);
        assert_eq!(index.best(searched, None, 10, 5), [1, 3, 2], "an undated article may be anywhere");
        assert_eq!(index.best(searched, Some(2 * DAY), 10, 1), [1]);
        assert!(index.best(searched, Some(2 * DAY), 1, 5).is_empty(), "all terms are too common");
    }

    #[test]
    fn the_slot_of_a_story_that_is_gone_serves_another() {
        let mut index = Index::default();
        index.open(1);
        index.change(1, Some((0, 0)), [], [5, 6]);
        index.close(1, [5, 6]);
        index.open(2);
        index.change(2, None, [], [6]);
        assert_eq!(index.keys.len(), 1);
        assert!(index.best([(5, 1.0)], None, 10, 5).is_empty());
        assert_eq!(index.best([(6, 1.0)], Some(90 * DAY), 10, 5), [2], "its period is its own");
    }

    /// What a story does next: whether it goes on, the day it is reported on, and the terms it has then.
    type Turn = (Key, bool, Option<i64>, std::collections::BTreeSet<u32>);

    fn turns() -> impl Strategy<Value = Vec<Turn>> {
        let terms = proptest::collection::btree_set(0u32..30, 0..12);
        proptest::collection::vec((0u32..12, any::<bool>(), proptest::option::of(0i64..60), terms), 0..60)
    }

    proptest! {
        /// The same as adding up every story's score and sorting them all.
        #[test]
        fn the_best_are_the_best_of_all(turns in turns(), at in proptest::option::of(0i64..60), most in 1usize..6) {
            let mut index = Index::default();
            let mut stories: std::collections::BTreeMap<Key, (Option<Period>, Vec<u32>)> = Default::default();
            for (key, goes_on, day, terms) in turns {
                let period = day.map(|day| (day * DAY, day * DAY));
                if let Some((_, before)) = stories.get(&key).cloned() {
                    if goes_on {
                        index.change(key, period, before, terms.iter().copied());
                    } else {
                        index.close(key, before);
                        stories.remove(&key);
                        continue;
                    }
                } else {
                    index.open(key);
                    index.change(key, period, [], terms.iter().copied());
                }
                stories.insert(key, (period, terms.into_iter().collect()));
            }
            let searched: Vec<(u32, f32)> = (0..20).map(|term| (term, (term % 4) as f32 * 0.25)).collect();
            let commonest = 5;
            let held = |term: u32| stories.values().filter(|(_, terms)| terms.contains(&term)).count();
            let usable: Vec<_> = searched.iter().filter(|(term, _)| held(*term) <= commonest).collect();
            let mut expected: Vec<(f32, Key)> = stories
                .iter()
                .filter(|(_, (period, _))| {
                    at.zip(*period).is_none_or(|(at, period)| gap(period, at * DAY) <= WINDOW)
                })
                .filter(|(_, (_, terms))| usable.iter().any(|(term, _)| terms.contains(term)))
                .map(|(key, (_, terms))| {
                    (usable.iter().filter(|(term, _)| terms.contains(term)).map(|(_, adds)| adds).sum(), *key)
                })
                .collect();
            expected.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
            let expected: Vec<Key> = expected.into_iter().take(most).map(|(_, key)| key).collect();
            prop_assert_eq!(index.best(searched, at.map(|day| day * DAY), commonest, most), expected);
        }
    }
}
