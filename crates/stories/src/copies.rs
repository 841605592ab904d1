//! Copies: which earlier articles share their text with an arriving one.

use std::collections::VecDeque;
use std::collections::hash_map::Entry;

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

/// Articles whose shingles are kept, newest first: six days of a busy desk, 4 kB each. With twice as many the table of
/// shingles, which is kept at most half full, doubles to over 2 GiB in a stream of a million articles.
const MOST_ARTICLES: usize = 60_000;

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
    /// Share of the earlier article's sample that the arriving one has.
    pub of_old: f32,
    /// Sampled shingles that both have.
    pub shared: u32,
}

/// How what two articles share lies in them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Layout {
    /// The most sampled shingles in a row that are the same in both.
    pub run: u32,
    /// How often the earlier article's order goes back in the arriving one.
    pub backs: u32,
}

/// The earliest articles that have a shingle. Nearly all shingles are one article's alone, which needs no
/// list in memory.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(from = "Vec<Seq>", into = "Vec<Seq>")]
enum Holders {
    One(Seq),
    /// None, or two and more.
    Several(Vec<Seq>),
}

impl Holders {
    fn as_slice(&self) -> &[Seq] {
        match self {
            Self::One(seq) => std::slice::from_ref(seq),
            Self::Several(seqs) => seqs,
        }
    }

    fn push(&mut self, seq: Seq) {
        match self {
            Self::One(first) => *self = Self::Several(vec![*first, seq]),
            Self::Several(seqs) if seqs.is_empty() => *self = Self::One(seq),
            Self::Several(seqs) => seqs.push(seq),
        }
    }

    /// Returns true where none is left.
    fn remove(&mut self, seq: Seq) -> bool {
        match self {
            Self::One(only) if *only != seq => return false,
            Self::One(_) => *self = Self::Several(Vec::new()),
            Self::Several(seqs) => {
                seqs.retain(|holder| *holder != seq);
                if let [only] = seqs[..] {
                    *self = Self::One(only);
                }
            }
        }
        self.as_slice().is_empty()
    }
}

impl From<Vec<Seq>> for Holders {
    fn from(seqs: Vec<Seq>) -> Self {
        match seqs[..] {
            [only] => Self::One(only),
            _ => Self::Several(seqs),
        }
    }
}

impl From<Holders> for Vec<Seq> {
    fn from(holders: Holders) -> Self {
        match holders {
            Holders::One(seq) => vec![seq],
            Holders::Several(seqs) => seqs,
        }
    }
}

/// An inverted index of sampled shingles.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct CopyIndex {
    holders: FxHashMap<u32, Holders>,
    shingles: FxHashMap<Seq, Box<[u32]>>,
    order: VecDeque<Seq>,
}

impl CopyIndex {
    /// Earlier articles that share at least `threshold` of the smaller text, most shared first.
    pub fn find(&self, shingles: &[u32], threshold: f32) -> Vec<Copy> {
        self.find_passages(shingles, threshold, u32::MAX)
    }

    /// The same with those that share at least `passages` sampled shingles, however long the texts are.
    pub fn find_passages(&self, shingles: &[u32], threshold: f32, passages: u32) -> Vec<Copy> {
        let mut shared: FxHashMap<Seq, u32> = FxHashMap::default();
        for shingle in shingles {
            for &holder in self.holders.get(shingle).map_or(&[][..], Holders::as_slice) {
                *shared.entry(holder).or_default() += 1;
            }
        }
        let mut copies: Vec<Copy> = shared
            .into_iter()
            .filter_map(|(of, count)| {
                let (new, old) = (shingles.len(), self.shingles.get(&of)?.len());
                let share = |all: usize| count as f32 / all.max(1) as f32;
                let containment = share(new.min(old));
                let enough = count >= FEWEST_SHARED && (containment >= threshold || count >= passages);
                let (of_new, of_old) = (share(new), share(old));
                enough.then_some(Copy { of, containment, of_new, of_old, shared: count })
            })
            .collect();
        copies.sort_unstable_by(|a, b| b.containment.total_cmp(&a.containment).then(a.of.cmp(&b.of)));
        copies
    }

    /// How the text that an article shares with an earlier one lies in both. Linear in the length of both.
    pub fn layout(&self, shingles: &[u32], of: Seq) -> Layout {
        let places: FxHashMap<u32, usize> =
            shingles.iter().enumerate().map(|(at, hash)| (*hash, at)).collect();
        let mut layout = Layout::default();
        let (mut run, mut last) = (0, None);
        let mut in_row = false;
        for hash in self.shingles.get(&of).map_or(&[][..], |shingles| shingles) {
            let Some(&place) = places.get(hash) else {
                in_row = false;
                continue;
            };
            run = if in_row && last.is_some_and(|last| last + 1 == place) { run + 1 } else { 1 };
            layout.run = layout.run.max(run);
            layout.backs += u32::from(last.is_some_and(|last| last > place));
            (in_row, last) = (true, Some(place));
        }
        layout
    }

    /// Remembers the shingles of an article, which stand in the order of its text.
    pub fn add(&mut self, seq: Seq, shingles: &[u32]) {
        if shingles.is_empty() {
            return;
        }
        for shingle in shingles {
            match self.holders.entry(*shingle) {
                Entry::Vacant(holders) => _ = holders.insert(Holders::One(seq)),
                Entry::Occupied(mut holders) if holders.get().as_slice().len() < MOST_HOLDERS => {
                    holders.get_mut().push(seq);
                }
                Entry::Occupied(_) => {}
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
            if self.holders.get_mut(&shingle).is_some_and(|holders| holders.remove(seq)) {
                self.holders.remove(&shingle);
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
    fn passages_of_a_long_report_are_found_and_lie_in_a_row() {
        let mut index = CopyIndex::default();
        index.add(1, &(0..100).collect::<Vec<_>>());
        let own: Vec<u32> = (200..240).chain(30..42).chain(240..270).collect();
        assert!(index.find(&own, COPY).is_empty());
        let found = index.find_passages(&own, COPY, 10);
        assert_eq!((found[0].of, found[0].shared), (1, 12));
        assert_eq!(index.layout(&own, 1), Layout { run: 12, backs: 0 });
        let quoting: Vec<u32> = (10..16).chain(200..220).chain(50..55).chain(2..4).collect();
        assert_eq!(index.layout(&quoting, 1), Layout { run: 6, backs: 1 });
        assert_eq!(index.layout(&own, 7), Layout::default(), "not remembered");
    }

    #[test]
    fn what_is_forgotten_is_found_no_more() {
        let mut index = CopyIndex::default();
        for seq in 1..=3 {
            index.add(seq, &[10, 11, 12, 13]);
        }
        let found = |index: &CopyIndex| -> Vec<Seq> {
            index.find(&[10, 11, 12, 13], COPY).iter().map(|copy| copy.of).collect()
        };
        index.forget(2);
        assert_eq!(found(&index), [1, 3]);
        index.forget(1);
        index.forget(7);
        assert_eq!(found(&index), [3]);
        let stored = postcard::to_stdvec(&index.holders).unwrap();
        let lists: FxHashMap<u32, Vec<Seq>> = postcard::from_bytes(&stored).unwrap();
        assert_eq!(lists[&11], [3], "stored as a list, of one too");
        assert_eq!(postcard::from_bytes::<FxHashMap<u32, Holders>>(&stored).unwrap(), index.holders);
        index.forget(3);
        assert!(index.holders.is_empty());
    }

    #[test]
    fn a_line_on_every_page_stays_cheap() {
        let mut index = CopyIndex::default();
        for seq in 0..1_000 {
            let own = 10 + seq * 10;
            index.add(seq, &[1, 2, 3, own, own + 1, own + 2, own + 3, own + 4]);
        }
        assert_eq!(index.holders[&1].as_slice().len(), MOST_HOLDERS);
        assert!(index.find(&[1, 2, 3, 5, 6, 7, 8], COPY).is_empty());
    }
}
