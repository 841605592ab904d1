//! Copies: which earlier articles share their text with an arriving one.

use std::collections::VecDeque;

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

/// Share of the smaller sample that makes a copy. Measured on `neardup_synth`: .5 gives pair F1
/// .996; .3 finds the same copies and merges twice as many look-alikes.
pub const COPY: f32 = 0.5;

/// Sampled shingles two texts must share at least: fewer are a shared quotation or a boilerplate line.
const FEWEST_SHARED: u32 = 3;

/// Earliest holders remembered of one shingle. A wire report that four hundred outlets print is
/// found through its first copies; a newsletter line on every page costs no more than this.
const MOST_HOLDERS: usize = 64;

/// Articles whose shingles are kept, newest first: two weeks of a busy desk, 1 kB each.
const MOST_ARTICLES: usize = 250_000;

/// Number of an article in the order of arrival.
pub type Seq = u32;

/// An earlier article that shares text with the arriving one.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Copy {
    /// The earlier article.
    pub of: Seq,
    /// Share of the smaller sample that both have, 0 to 1.
    pub containment: f32,
    /// Share of the arriving article's sample that the earlier one has.
    pub of_new: f32,
}

/// An inverted index of sampled shingles.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct CopyIndex {
    holders: FxHashMap<u32, Vec<Seq>>,
    shingles: FxHashMap<Seq, Box<[u32]>>,
    order: VecDeque<Seq>,
}

impl CopyIndex {
    /// Earlier articles that share at least `threshold` of the smaller text, most shared first.
    pub fn find(&self, shingles: &[u32], threshold: f32) -> Vec<Copy> {
        let mut shared: FxHashMap<Seq, u32> = FxHashMap::default();
        for shingle in shingles {
            for &holder in self.holders.get(shingle).into_iter().flatten() {
                *shared.entry(holder).or_default() += 1;
            }
        }
        let mut copies: Vec<Copy> = shared
            .into_iter()
            .filter_map(|(of, count)| {
                let smaller = shingles.len().min(self.shingles.get(&of)?.len()).max(1);
                let containment = count as f32 / smaller as f32;
                let enough = count >= FEWEST_SHARED && containment >= threshold;
                enough.then_some(Copy { of, containment, of_new: count as f32 / shingles.len() as f32 })
            })
            .collect();
        copies.sort_unstable_by(|a, b| b.containment.total_cmp(&a.containment).then(a.of.cmp(&b.of)));
        copies
    }

    /// Remembers the shingles of an article.
    pub fn add(&mut self, seq: Seq, shingles: &[u32]) {
        if shingles.is_empty() {
            return;
        }
        for shingle in shingles {
            let holders = self.holders.entry(*shingle).or_default();
            if holders.len() < MOST_HOLDERS {
                holders.push(seq);
            }
        }
        self.shingles.insert(seq, shingles.into());
        self.order.push_back(seq);
        if self.order.len() > MOST_ARTICLES
            && let Some(oldest) = self.order.pop_front()
        {
            self.forget(oldest);
        }
    }

    /// Forgets an article whose story has expired.
    pub fn forget(&mut self, seq: Seq) {
        for shingle in self.shingles.remove(&seq).into_iter().flatten() {
            if let Some(holders) = self.holders.get_mut(&shingle) {
                holders.retain(|holder| *holder != seq);
                if holders.is_empty() {
                    self.holders.remove(&shingle);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cut_copy_is_found_and_a_shared_quotation_is_not() {
        let mut index = CopyIndex::default();
        let wire: Vec<u32> = (0..40).collect();
        index.add(1, &wire);
        let cut = index.find(&wire[..10], COPY);
        assert_eq!(cut.len(), 1);
        assert_eq!((cut[0].of, cut[0].containment, cut[0].of_new), (1, 1.0, 1.0));
        let own: Vec<u32> = (36..90).collect();
        assert!(index.find(&own, COPY).is_empty());
        assert!(index.find(&[0, 1], COPY).is_empty(), "two shingles are no evidence");
    }

    #[test]
    fn a_line_on_every_page_stays_cheap() {
        let mut index = CopyIndex::default();
        for seq in 0..1_000 {
            let own = 10 + seq * 10;
            index.add(seq, &[1, 2, 3, own, own + 1, own + 2, own + 3, own + 4]);
        }
        assert_eq!(index.holders[&1].len(), MOST_HOLDERS);
        assert!(index.find(&[1, 2, 3, 5, 6, 7, 8], COPY).is_empty());
    }
}
