//! Scores the moves of a transition system from the words that matter in its state.
//!
//! The hidden layer is linear in each word before its maxout, so every word's share is computed once for each of the
//! `F` places it may take (Chen and Manning 2014), and a state only adds up shares.

use pulp::{Arch, Simd, WithSimd};

use crate::encoder::WIDTH;
use crate::matrix::Matrix;
use crate::weights::{ModelError, Tensors};

const HIDDEN: usize = 64;
/// Both pieces of the maxout, one after the other.
const SHARE: usize = 2 * HIDDEN;

/// Scores of a group: one AVX-512 register.
const LANES: usize = 16;

/// A scorer with `F` places for words and `G` groups of moves.
#[derive(Debug)]
pub struct Scorer<const F: usize, const G: usize> {
    lower: Matrix<WIDTH>,
    shares: Matrix<HIDDEN>,
    bias: [f32; SHARE],
    /// The share of a missing word, for each place.
    missing: Vec<[f32; SHARE]>,
    /// For each hidden number, its weight in every move.
    upper: Vec<[[f32; LANES]; G]>,
    upper_bias: [[f32; LANES]; G],
    /// The kind of every move, one bit.
    kinds: [[u32; LANES]; G],
}

/// The shares of the words of a text.
#[derive(Debug, Default)]
pub struct Shares {
    hidden: Vec<f32>,
    rows: Vec<f32>,
}

impl<const F: usize, const G: usize> Scorer<F, G> {
    /// The scorer of a name in the model file, for moves of these kinds, one bit each.
    pub fn new(name: &str, kinds: &[u32], tensors: &mut Tensors) -> Result<Self, ModelError> {
        let moves = kinds.len();
        if moves > G * LANES {
            return Err(ModelError::Tensor {
                name: format!("{name}.upper.weights"),
                size: G * LANES * HIDDEN,
            });
        }
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
        let (weights, bias) = (take("upper.weights", moves * HIDDEN)?, take("upper.bias", moves)?);
        let mut upper = vec![[[0.0; LANES]; G]; HIDDEN];
        for (m, row) in weights.chunks_exact(HIDDEN).enumerate() {
            row.iter().zip(&mut upper).for_each(|(weight, columns)| columns.as_flattened_mut()[m] = *weight);
        }
        let mut upper_bias = [[0.0; LANES]; G];
        upper_bias.as_flattened_mut()[..moves].copy_from_slice(&bias);
        let mut kinds_of = [[0; LANES]; G];
        kinds_of.as_flattened_mut()[..moves].copy_from_slice(kinds);
        Ok(Self {
            kinds: kinds_of,
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

    /// The best move of the allowed kinds, the first of equals, with the words at the `F` places; `None` where no move
    /// is allowed.
    pub fn best(&self, arch: Arch, shares: &Shares, words: [Option<u32>; F], allowed: u32) -> Option<usize> {
        arch.dispatch(Best { scorer: self, shares, words, allowed })
    }
}

struct Best<'a, const F: usize, const G: usize> {
    scorer: &'a Scorer<F, G>,
    shares: &'a Shares,
    words: [Option<u32>; F],
    allowed: u32,
}

impl<const F: usize, const G: usize> WithSimd for Best<'_, F, G> {
    type Output = Option<usize>;

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) -> Option<usize> {
        let Self { scorer, shares, words, allowed } = self;
        let columns = scorer.shares.columns();
        let mut added = [&scorer.bias; F];
        for place in 0..F {
            added[place] = match words[place] {
                Some(word) => {
                    let start = word as usize * columns + place * SHARE;
                    shares.rows[start..].first_chunk().expect("a share for every place")
                }
                None => &scorer.missing[place],
            };
        }
        let mut hidden = [0.0; HIDDEN];
        let (halves, _) = S::as_mut_simd_f32s(&mut hidden);
        let (bias, _) = S::as_simd_f32s(&scorer.bias);
        let width = HIDDEN / S::F32_LANES;
        for i in 0..width {
            let (mut a, mut b) = (bias[i], bias[width + i]);
            for share in added {
                let (share, _) = S::as_simd_f32s(share);
                a = simd.add_f32s(a, share[i]);
                b = simd.add_f32s(b, share[width + i]);
            }
            halves[i] = simd.max_f32s(a, b);
        }

        let (mut greatest, mut places) = ([0.0; LANES], [0; LANES]);
        // Registers that a group of scores fills.
        let parts = LANES / S::F32_LANES;
        for part in 0..parts {
            let mut scores = [simd.splat_f32s(0.0); G];
            for (score, bias) in scores.iter_mut().zip(&scorer.upper_bias) {
                *score = S::as_simd_f32s(bias).0[part];
            }
            for (hidden, weights) in hidden.iter().zip(&scorer.upper) {
                let hidden = simd.splat_f32s(*hidden);
                for (score, weights) in scores.iter_mut().zip(weights) {
                    let (weights, _) = S::as_simd_f32s(weights);
                    *score = simd.mul_add_e_f32s(hidden, weights[part], *score);
                }
            }
            // In each lane, the first of the greatest.
            let allowed = simd.splat_u32s(allowed);
            let mut top = simd.splat_f32s(f32::NEG_INFINITY);
            let mut at = simd.splat_u32s(u32::MAX);
            for (group, (score, kinds)) in scores.into_iter().zip(&scorer.kinds).enumerate() {
                let (kinds, _) = S::as_simd_u32s(kinds);
                let valid = simd.greater_than_u32s(simd.and_u32s(kinds[part], allowed), simd.splat_u32s(0));
                let better = simd.and_m32s(valid, simd.greater_than_f32s(score, top));
                top = simd.select_f32s(better, score, top);
                at = simd.select_u32s(better, simd.splat_u32s(group as u32), at);
            }
            S::as_mut_simd_f32s(&mut greatest).0[part] = top;
            S::as_mut_simd_u32s(&mut places).0[part] = at;
        }
        let mut best = 0;
        for lane in 1..LANES {
            let first = greatest[lane] == greatest[best] && places[lane] < places[best];
            if greatest[lane] > greatest[best] || first {
                best = lane;
            }
        }
        (places[best] != u32::MAX).then_some(places[best] as usize * LANES + best)
    }
}
