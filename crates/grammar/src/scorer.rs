//! Scores the moves of a transition system from the words that matter in its state.
//!
//! The hidden layer is linear in each word before its maxout, so every word's share is computed once for each of the
//! `F` places it may take (Chen and Manning 2014), and a state only adds up shares.

use pulp::Arch;

use crate::encoder::WIDTH;
use crate::matrix::Matrix;
use crate::weights::{ModelError, Tensors};

const HIDDEN: usize = 64;
/// Both pieces of the maxout, one after the other.
const SHARE: usize = 2 * HIDDEN;

/// A scorer with `F` places for words.
#[derive(Debug)]
pub struct Scorer<const F: usize> {
    lower: Matrix<WIDTH>,
    shares: Matrix<HIDDEN>,
    bias: [f32; SHARE],
    /// The share of a missing word, for each place.
    missing: Vec<[f32; SHARE]>,
    /// For each hidden number, its weight in every move.
    upper: Vec<f32>,
    upper_bias: Vec<f32>,
}

/// The shares of the words of a text.
#[derive(Debug, Default)]
pub struct Shares {
    hidden: Vec<f32>,
    rows: Vec<f32>,
}

impl<const F: usize> Scorer<F> {
    /// The scorer of a name in the model file, for so many moves.
    pub fn new(name: &str, moves: usize, tensors: &mut Tensors) -> Result<Self, ModelError> {
        let mut take = |part: &str, size: usize| tensors.take(&format!("{name}.{part}"), size);
        let lower = Matrix::for_linear(&take("lower.weights", HIDDEN * WIDTH)?, &take("lower.bias", HIDDEN)?);
        // In the file: place, output, piece, input. Pieces are put one after the other.
        let weights = take("features.weights", F * SHARE * HIDDEN)?;
        let mut rows = Vec::with_capacity(weights.len());
        for place in weights.chunks_exact(SHARE * HIDDEN) {
            for piece in 0..2 {
                place
                    .chunks_exact(2 * HIDDEN)
                    .for_each(|both| rows.extend_from_slice(&both[piece * HIDDEN..][..HIDDEN]));
            }
        }
        let pieces_apart = |both: &[f32]| std::array::from_fn(|i| both[i % HIDDEN * 2 + i / HIDDEN]);
        let columns = moves.next_multiple_of(16);
        let (weights, mut upper_bias) = (take("upper.weights", moves * HIDDEN)?, take("upper.bias", moves)?);
        let mut upper = vec![0.0; HIDDEN * columns];
        for (m, row) in weights.chunks_exact(HIDDEN).enumerate() {
            row.iter().enumerate().for_each(|(i, weight)| upper[i * columns + m] = *weight);
        }
        upper_bias.resize(columns, 0.0);
        Ok(Self {
            lower,
            shares: Matrix::for_linear(&rows, &[0.0; SHARE].repeat(F)),
            bias: pieces_apart(&take("features.bias", SHARE)?),
            missing: take("features.pad", F * SHARE)?.chunks_exact(SHARE).map(pieces_apart).collect(),
            upper,
            upper_bias,
        })
    }

    /// Computes the shares of a text's words from their vectors.
    pub fn prepare(&self, arch: Arch, vectors: &[f32], shares: &mut Shares) {
        let count = vectors.len() / WIDTH;
        shares.hidden.resize(count * self.lower.columns(), 0.0);
        self.lower.linear(arch, vectors, WIDTH, &mut shares.hidden);
        shares.rows.resize(count * self.shares.columns(), 0.0);
        self.shares.linear(arch, &shares.hidden, self.lower.columns(), &mut shares.rows);
    }

    /// The scores of all moves, with the words at the `F` places.
    pub fn score(&self, arch: Arch, shares: &Shares, words: [Option<u32>; F], scores: &mut [f32]) {
        arch.dispatch(
            #[inline(always)]
            || {
                let mut sum = self.bias;
                let columns = self.shares.columns();
                for (place, word) in words.iter().enumerate() {
                    let share = match word {
                        Some(word) => &shares.rows[*word as usize * columns + place * SHARE..][..SHARE],
                        None => &self.missing[place][..],
                    };
                    for (sum, x) in sum.iter_mut().zip(share) {
                        *sum += x;
                    }
                }
                scores.copy_from_slice(&self.upper_bias);
                let (first, second) = sum.split_at(HIDDEN);
                for ((&a, &b), weights) in
                    first.iter().zip(second).zip(self.upper.chunks_exact(self.upper_bias.len()))
                {
                    let hidden = a.max(b);
                    for (score, weight) in scores.iter_mut().zip(weights) {
                        *score += hidden * weight;
                    }
                }
            },
        );
    }

    /// How many scores [`Scorer::score`] writes: the moves and some more.
    pub fn scores(&self) -> usize {
        self.upper_bias.len()
    }
}
