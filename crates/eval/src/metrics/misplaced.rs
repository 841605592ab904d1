//! Which articles a clustering puts in the wrong place, by the kind of error.
//!
//! F1 tells how much is wrong; an analyst wants to know what. Two events in one story make a brief that
//! mixes them (a wrong merge); one event in two stories makes a brief that lacks half (a wrong split).

use std::collections::HashMap;
use std::hash::Hash;

/// How an article stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Place {
    /// It is in a story most of whose articles are about another event.
    pub merged: bool,
    /// It is outside the story that has most of the articles on its event.
    pub split: bool,
}

/// How each thing stands, position by position. Of equally large parts the one that comes first counts
/// as the largest.
///
/// # Panics
/// Where the two slices differ in length.
pub fn misplaced<G: Hash + Eq, P: Hash + Eq>(gold: &[G], predicted: &[P]) -> Vec<Place> {
    assert_eq!(gold.len(), predicted.len(), "one label a thing on both sides");
    let merged = minority(predicted, gold);
    let split = minority(gold, predicted);
    merged.into_iter().zip(split).map(|(merged, split)| Place { merged, split }).collect()
}

/// For each thing, whether its part is not the one that most of its whole have.
fn minority<W: Hash + Eq, P: Hash + Eq>(wholes: &[W], parts: &[P]) -> Vec<bool> {
    let mut sizes: HashMap<(&W, &P), (usize, usize)> = HashMap::new();
    for (at, pair) in wholes.iter().zip(parts).enumerate() {
        sizes.entry(pair).or_insert((0, at)).0 += 1;
    }
    let mut largest: HashMap<&W, (usize, usize, &P)> = HashMap::new();
    for ((whole, part), (size, first)) in sizes {
        let best = largest.entry(whole).or_insert((size, first, part));
        if size > best.0 || (size == best.0 && first < best.1) {
            *best = (size, first, part);
        }
    }
    wholes.iter().zip(parts).map(|(whole, part)| largest[whole].2 != part).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_are_told_apart() {
        let gold = ["ferry", "ferry", "ferry", "flood", "flood"];
        // The third ferry article went to the flood.
        let places = misplaced(&gold, &[1, 1, 2, 2, 2]);
        assert_eq!(places[2], Place { merged: true, split: true });
        assert!(places.iter().enumerate().all(|(at, place)| at == 2 || *place == Place::default()));
        // The flood in two stories, nothing mixed.
        let places = misplaced(&gold, &[1, 1, 1, 2, 3]);
        assert_eq!(places[4], Place { merged: false, split: true });
        assert_eq!(places.iter().filter(|place| place.merged || place.split).count(), 1);
    }
}
