//! Into how many pieces a clustering cuts what belongs together.

use std::collections::{HashMap, HashSet};
use std::hash::Hash;

/// How the gold clusters of two things and more are cut.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Pieces {
    /// Gold clusters of two things and more.
    pub clusters: usize,
    /// Share of them that are in more than one piece, 0 to 1.
    pub cut: f64,
    /// Pieces of one, on average.
    pub mean: f64,
}

/// Counts the pieces.
///
/// # Panics
/// Where the two slices differ in length.
pub fn pieces<G: Hash + Eq, P: Hash + Eq>(gold: &[G], predicted: &[P]) -> Pieces {
    assert_eq!(gold.len(), predicted.len(), "one label a thing on both sides");
    let mut clusters: HashMap<&G, (usize, HashSet<&P>)> = HashMap::new();
    for (cluster, piece) in gold.iter().zip(predicted) {
        let (things, pieces) = clusters.entry(cluster).or_default();
        *things += 1;
        pieces.insert(piece);
    }
    let counts: Vec<usize> =
        clusters.values().filter(|(things, _)| *things > 1).map(|(_, pieces)| pieces.len()).collect();
    let share = |part: usize| part as f64 / counts.len().max(1) as f64;
    Pieces {
        clusters: counts.len(),
        cut: share(counts.iter().filter(|count| **count > 1).count()),
        mean: share(counts.iter().sum()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_can_be_cut_counts() {
        let gold = ["ferry", "ferry", "ferry", "flood", "flood", "strike"];
        let found = pieces(&gold, &[1, 2, 3, 3, 3, 4]);
        assert_eq!(found, Pieces { clusters: 2, cut: 0.5, mean: 2.0 });
        assert_eq!(pieces::<&str, u8>(&["strike"], &[1]), Pieces::default());
    }
}
