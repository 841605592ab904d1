//! The worst errors of a clustering: what it holds together and should not, and what it keeps apart.
//!
//! Figures tell whether a change helps, not what to change. The few errors that cost the most pairs do,
//! because whoever reads the headlines side by side sees what the clustering took for the same.

use std::cmp::Reverse;
use std::collections::HashMap;
use std::hash::Hash;

/// A cluster of one clustering that falls into several clusters of the other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Broken {
    /// How many things it holds.
    pub size: usize,
    /// Pairs of its things that the other clustering keeps apart.
    pub pairs: usize,
    /// The positions of its things, one list for each cluster of the other clustering; the largest list
    /// first, equally large ones by their first position. Each list ascends.
    pub parts: Vec<Vec<usize>>,
}

/// The predicted clusters that hold things of more than one gold cluster; those with the most wrong
/// pairs first, equally bad ones by the position of their first thing.
///
/// # Panics
/// Where the two slices differ in length.
pub fn merges<G: Hash + Eq, P: Hash + Eq>(gold: &[G], predicted: &[P]) -> Vec<Broken> {
    broken(predicted, gold)
}

/// The gold clusters whose things lie in more than one predicted cluster; those with the most missing
/// pairs first, equally bad ones by the position of their first thing.
///
/// # Panics
/// Where the two slices differ in length.
pub fn splits<G: Hash + Eq, P: Hash + Eq>(gold: &[G], predicted: &[P]) -> Vec<Broken> {
    broken(gold, predicted)
}

fn broken<W: Hash + Eq, P: Hash + Eq>(wholes: &[W], parts: &[P]) -> Vec<Broken> {
    assert_eq!(wholes.len(), parts.len(), "one label a thing on both sides");
    let mut joint: HashMap<&W, HashMap<&P, Vec<usize>>> = HashMap::new();
    for (at, (whole, part)) in wholes.iter().zip(parts).enumerate() {
        joint.entry(whole).or_default().entry(part).or_default().push(at);
    }
    let mut all: Vec<Broken> = joint
        .into_values()
        .filter(|parts| parts.len() > 1)
        .map(|parts| {
            let mut parts: Vec<Vec<usize>> = parts.into_values().collect();
            // The maps give no order, and positions are unique: sorting by them as well fixes it.
            parts.sort_unstable_by_key(|part| (Reverse(part.len()), part[0]));
            let size = parts.iter().map(Vec::len).sum();
            let right: usize = parts.iter().map(|part| choose_two(part.len())).sum();
            Broken { size, pairs: choose_two(size) - right, parts }
        })
        .collect();
    all.sort_unstable_by_key(|whole| (Reverse(whole.pairs), whole.parts.iter().map(|part| part[0]).min()));
    all
}

fn choose_two(n: usize) -> usize {
    n * n.saturating_sub(1) / 2
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Three events; one story mixes two of them, and one of them is in three stories.
    const GOLD: [&str; 9] =
        ["ferry", "flood", "ferry", "flood", "ferry", "flood", "ferry", "strike", "strike"];
    const STORIES: [u8; 9] = [1, 1, 1, 1, 1, 2, 3, 4, 3];

    #[test]
    fn the_worst_merge_mixes_the_most_pairs() {
        let merges = merges(&GOLD, &STORIES);
        assert_eq!(
            merges,
            [
                Broken { size: 5, pairs: 6, parts: vec![vec![0, 2, 4], vec![1, 3]] },
                Broken { size: 2, pairs: 1, parts: vec![vec![6], vec![8]] },
            ]
        );
    }

    #[test]
    fn the_worst_split_lacks_the_most_pairs() {
        let splits = splits(&GOLD, &STORIES);
        assert_eq!(
            splits,
            [
                Broken { size: 4, pairs: 3, parts: vec![vec![0, 2, 4], vec![6]] },
                Broken { size: 3, pairs: 2, parts: vec![vec![1, 3], vec![5]] },
                Broken { size: 2, pairs: 1, parts: vec![vec![7], vec![8]] },
            ]
        );
    }

    #[test]
    fn pairs_count_and_not_sizes() {
        // Story 1 is larger, with one stray article; story 2 is half and half.
        let gold = ["a", "a", "a", "a", "a", "a", "b", "c", "c", "c", "d", "d", "d"];
        let stories = [1, 1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2];
        let found: Vec<(usize, usize)> =
            merges(&gold, &stories).iter().map(|story| (story.size, story.pairs)).collect();
        assert_eq!(found, [(6, 9), (7, 6)]);
    }

    #[test]
    fn ties_stand_in_the_order_of_the_things_every_time() {
        // Fifty stories, each of two events: all equally bad, and so are the parts of each.
        let gold: Vec<usize> = (0..100).collect();
        let stories: Vec<usize> = (0..100).map(|at| at % 50).collect();
        let expected: Vec<Vec<Vec<usize>>> = (0..50).map(|at| vec![vec![at], vec![at + 50]]).collect();
        for _ in 0..5 {
            let found: Vec<_> = merges(&gold, &stories).into_iter().map(|story| story.parts).collect();
            assert_eq!(found, expected);
            let found: Vec<_> = splits(&stories, &gold).into_iter().map(|event| event.parts).collect();
            assert_eq!(found, expected);
        }
    }

    #[test]
    fn what_agrees_is_not_broken() {
        assert_eq!(merges(&["a", "a", "b"], &[1, 1, 2]), []);
        assert_eq!(splits(&["a", "a", "b"], &[1, 1, 2]), []);
        // Everything in one story splits nothing, each article alone merges nothing.
        assert_eq!(splits(&["a", "a", "b"], &[1, 1, 1]), []);
        assert_eq!(merges(&["a", "a", "b"], &[1, 2, 3]), []);
        assert_eq!(merges::<u8, u8>(&[], &[]), []);
    }
}
