//! How well a clustering agrees with a gold one: B³, pairs, ARI and AMI.
//!
//! B³ after Bagga & Baldwin 1998; adjusted Rand index after Hubert & Arabie 1985; adjusted mutual
//! information after Vinh, Epps & Bailey 2010 with the arithmetic mean, as scikit-learn computes it.

use std::collections::HashMap;
use std::hash::Hash;

/// Precision, recall and their harmonic mean.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Prf {
    /// Precision, 0 to 1.
    pub precision: f64,
    /// Recall, 0 to 1.
    pub recall: f64,
    /// F1, 0 to 1.
    pub f1: f64,
}

impl Prf {
    /// From precision and recall.
    pub fn new(precision: f64, recall: f64) -> Self {
        let sum = precision + recall;
        Self { precision, recall, f1: if sum > 0.0 { 2.0 * precision * recall / sum } else { 0.0 } }
    }
}

/// The agreement of two clusterings of the same things.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Agreement {
    /// Things clustered.
    pub n: usize,
    /// Clusters in the gold.
    pub gold: usize,
    /// Clusters predicted.
    pub predicted: usize,
    /// B³ over things.
    pub b3: Prf,
    /// Over pairs of things.
    pub pairs: Prf,
    /// Adjusted Rand index.
    pub ari: f64,
    /// Adjusted mutual information.
    pub ami: f64,
}

/// Compares the labels of the same things, position by position.
///
/// # Panics
/// Where the two slices differ in length.
pub fn compare<G: Hash + Eq, P: Hash + Eq>(gold: &[G], predicted: &[P]) -> Agreement {
    assert_eq!(gold.len(), predicted.len(), "one label a thing on both sides");
    let (gold, gold_sizes) = number(gold);
    let (predicted, predicted_sizes) = number(predicted);
    let n = gold.len();
    if n == 0 {
        return Agreement::default();
    }
    let mut joint: HashMap<(u32, u32), u64> = HashMap::new();
    for pair in gold.iter().zip(&predicted) {
        *joint.entry((*pair.0, *pair.1)).or_default() += 1;
    }
    // Sums run in a fixed order: floating-point addition is not associative, and a figure that
    // changes in its last digit from run to run is no figure.
    let mut cells: Vec<((u32, u32), u64)> = joint.into_iter().collect();
    cells.sort_unstable();

    let (mut b3_precision, mut b3_recall, mut together, mut information) = (0.0, 0.0, 0.0, 0.0);
    for &((g, p), count) in &cells {
        let (count, g, p) = (count as f64, gold_sizes[g as usize] as f64, predicted_sizes[p as usize] as f64);
        b3_precision += count * count / p;
        b3_recall += count * count / g;
        together += choose_two(count);
        information += count / n as f64 * (n as f64 * count / (g * p)).ln();
    }
    let sum_pairs = |sizes: &[u64]| sizes.iter().map(|size| choose_two(*size as f64)).sum::<f64>();
    let (gold_pairs, predicted_pairs) = (sum_pairs(&gold_sizes), sum_pairs(&predicted_sizes));
    let share = |part: f64, whole: f64| if whole > 0.0 { part / whole } else { 1.0 };

    let all_pairs = choose_two(n as f64);
    let expected = if all_pairs > 0.0 { gold_pairs * predicted_pairs / all_pairs } else { 0.0 };
    let ceiling = (gold_pairs + predicted_pairs) / 2.0;
    let ari = if ceiling == expected { 1.0 } else { (together - expected) / (ceiling - expected) };

    Agreement {
        n,
        gold: gold_sizes.len(),
        predicted: predicted_sizes.len(),
        b3: Prf::new(b3_precision / n as f64, b3_recall / n as f64),
        pairs: Prf::new(share(together, predicted_pairs), share(together, gold_pairs)),
        ari,
        ami: adjust(information.max(0.0), &gold_sizes, &predicted_sizes, n),
    }
}

fn number<T: Hash + Eq>(labels: &[T]) -> (Vec<u32>, Vec<u64>) {
    let mut numbers: HashMap<&T, u32> = HashMap::new();
    let mut sizes = Vec::new();
    let numbered = labels
        .iter()
        .map(|label| {
            let next = numbers.len() as u32;
            let number = *numbers.entry(label).or_insert(next);
            if number == next {
                sizes.push(0);
            }
            sizes[number as usize] += 1;
            number
        })
        .collect();
    (numbered, sizes)
}

fn choose_two(n: f64) -> f64 {
    n * (n - 1.0) / 2.0
}

fn entropy(sizes: &[u64], n: f64) -> f64 {
    sizes.iter().map(|&size| size as f64 / n).map(|share| -share * share.ln()).sum()
}

fn adjust(information: f64, gold: &[u64], predicted: &[u64], n: usize) -> f64 {
    let total = n as f64;
    // One cluster on both sides, or each thing alone on both sides: full agreement by definition.
    if (gold.len() == 1 && predicted.len() == 1) || (gold.len() == n && predicted.len() == n) {
        return 1.0;
    }
    let expected = expected_information(gold, predicted, n);
    let mean = (entropy(gold, total) + entropy(predicted, total)) / 2.0;
    let denominator = mean - expected;
    let denominator =
        if denominator < 0.0 { denominator.min(-f64::EPSILON) } else { denominator.max(f64::EPSILON) };
    (information - expected) / denominator
}

/// The mutual information that two random clusterings with these cluster sizes would have
/// (hypergeometric model). Equal sizes are summed once, so thousands of singletons cost nothing.
fn expected_information(gold: &[u64], predicted: &[u64], n: usize) -> f64 {
    let mut ln_factorial = vec![0.0f64; n + 1];
    for i in 1..=n {
        ln_factorial[i] = ln_factorial[i - 1] + (i as f64).ln();
    }
    let tally = |sizes: &[u64]| {
        let mut counts: HashMap<u64, u64> = HashMap::new();
        for size in sizes {
            *counts.entry(*size).or_default() += 1;
        }
        let mut counts: Vec<_> = counts.into_iter().collect();
        counts.sort_unstable();
        counts
    };
    let total = n as f64;
    let mut expected = 0.0;
    for &(a, times_a) in &tally(gold) {
        for &(b, times_b) in &tally(predicted) {
            let (a, b) = (a as usize, b as usize);
            let mut sum = 0.0;
            for both in (a + b).saturating_sub(n).max(1)..=a.min(b) {
                let value = both as f64 / total * (total * both as f64 / (a as f64 * b as f64)).ln();
                let ln_chance = ln_factorial[a] + ln_factorial[b] + ln_factorial[n - a] + ln_factorial[n - b]
                    - ln_factorial[n]
                    - ln_factorial[both]
                    - ln_factorial[a - both]
                    - ln_factorial[b - both]
                    - ln_factorial[n + both - a - b];
                sum += value * ln_chance.exp();
            }
            expected += sum * (times_a * times_b) as f64;
        }
    }
    expected
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(a: f64, b: f64) {
        assert!((a - b).abs() < 1e-9, "{a} is not {b}");
    }

    #[test]
    fn agrees_with_scikit_learn() {
        // sklearn.metrics.adjusted_mutual_info_score / adjusted_rand_score on the same labels.
        let gold = [0, 0, 0, 1, 1, 2, 2, 2, 2, 3];
        let predicted = [0, 0, 1, 1, 1, 2, 2, 3, 2, 4];
        let agreement = compare(&gold, &predicted);
        close(agreement.ami, AMI);
        close(agreement.ari, ARI);
        close(agreement.b3.precision, 26.0 / 30.0);
        close(agreement.b3.recall, (5.0 / 3.0 + 2.0 + 2.5 + 1.0) / 10.0);
        close(agreement.pairs.precision, 5.0 / 7.0);
        close(agreement.pairs.recall, 5.0 / 10.0);
    }
    const AMI: f64 = 0.567_659_001_803_223_2;
    const ARI: f64 = 0.496;

    #[test]
    fn the_ends_of_the_scale() {
        let gold = ["a", "a", "b", "c"];
        let same = compare(&gold, &[7, 7, 1, 2]);
        close(same.ami, 1.0);
        close(same.ari, 1.0);
        close(same.b3.f1, 1.0);
        let singletons = compare(&gold, &[1, 2, 3, 4]);
        close(singletons.b3.precision, 1.0);
        close(singletons.b3.recall, 0.75);
        assert_eq!(compare::<u8, u8>(&[], &[]).n, 0);
    }
}
