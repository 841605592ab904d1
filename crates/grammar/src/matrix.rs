//! Products of many rows with one matrix, with AVX-512, AVX2 or NEON where the machine has them.
//!
//! Every sum is taken in the same order, however many rows come at once and whatever the width of the registers, so the
//! same row gives the same bits (machines without fused multiply-add differ in the last one).

use pulp::{Arch, Simd, WithSimd};

/// Columns of a lane group: one AVX-512 register.
const LANES: usize = 16;
/// Lane groups computed side by side: the three pieces of a maxout, or three runs of columns.
const PIECES: usize = 3;
/// Columns of a panel.
const PANEL: usize = LANES * PIECES;

/// A matrix of `K` inputs, packed for [`Matrix::maxout`] and [`Matrix::linear`].
#[derive(Debug)]
pub struct Matrix<const K: usize> {
    /// Panels of 48 columns, each `K` rows long.
    weights: Vec<f32>,
    /// One for each packed column.
    bias: Vec<f32>,
}

impl<const K: usize> Matrix<K> {
    /// Packs a matrix given as rows of `K` weights, one row and one bias for each output.
    pub fn for_linear(rows: &[f32], bias: &[f32]) -> Self {
        Self::pack(rows, bias, bias.len().next_multiple_of(PANEL), |column| column)
    }

    /// Packs a maxout layer, given as three rows for each output.
    pub fn for_maxout(rows: &[f32], bias: &[f32]) -> Self {
        Self::pack(rows, bias, bias.len().next_multiple_of(PANEL), |column| {
            let (panel, piece, lane) = (column / PANEL, column % PANEL / LANES, column % LANES);
            (panel * LANES + lane) * PIECES + piece
        })
    }

    /// `source` says which row a packed column comes from; columns without one are zero.
    fn pack(rows: &[f32], bias: &[f32], columns: usize, source: impl Fn(usize) -> usize) -> Self {
        let mut packed = Self { weights: vec![0.0; columns * K], bias: vec![0.0; columns] };
        for column in 0..columns {
            let Some(row) = rows.chunks_exact(K).nth(source(column)) else { continue };
            packed.bias[column] = bias[source(column)];
            let start = column / PANEL * PANEL * K + column % PANEL;
            for (k, &weight) in row.iter().enumerate() {
                packed.weights[start + k * PANEL] = weight;
            }
        }
        packed
    }

    /// Packed columns: outputs of [`Matrix::linear`], three times those of [`Matrix::maxout`].
    pub fn columns(&self) -> usize {
        self.bias.len()
    }

    /// The outputs of [`Matrix::linear`] for a row of zeros.
    pub fn bias(&self) -> &[f32] {
        &self.bias
    }

    /// For each row of `K` inputs, found every `stride` numbers, all outputs; `out` has [`Matrix::columns`] a row.
    pub fn linear(&self, arch: Arch, input: &[f32], stride: usize, out: &mut [f32]) {
        arch.dispatch(Product::<K, false> { matrix: self, input, stride, out });
    }

    /// The same, with the greatest of the three pieces for each output; `out` has a third of the columns a row.
    pub fn maxout(&self, arch: Arch, input: &[f32], stride: usize, out: &mut [f32]) {
        arch.dispatch(Product::<K, true> { matrix: self, input, stride, out });
    }
}

struct Product<'a, const K: usize, const MAXOUT: bool> {
    matrix: &'a Matrix<K>,
    input: &'a [f32],
    stride: usize,
    out: &'a mut [f32],
}

impl<const K: usize, const MAXOUT: bool> WithSimd for Product<'_, K, MAXOUT> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) {
        let width = self.matrix.columns() / if MAXOUT { PIECES } else { 1 };
        let (mut input, mut out) = (self.input, self.out);
        // As many rows at once as the registers hold sums for.
        if S::F32_LANES == LANES {
            while out.len() >= 8 * width {
                let tile;
                (tile, out) = out.split_at_mut(8 * width);
                tile_of::<S, K, 8, MAXOUT>(simd, self.matrix, input, self.stride, tile);
                input = &input[8 * self.stride..];
            }
        }
        while out.len() >= 4 * width {
            let tile;
            (tile, out) = out.split_at_mut(4 * width);
            tile_of::<S, K, 4, MAXOUT>(simd, self.matrix, input, self.stride, tile);
            input = &input[4 * self.stride..];
        }
        for row in out.chunks_exact_mut(width) {
            tile_of::<S, K, 1, MAXOUT>(simd, self.matrix, input, self.stride, row);
            input = input.get(self.stride..).unwrap_or_default();
        }
    }
}

/// `R` rows of output.
#[inline(always)]
fn tile_of<S: Simd, const K: usize, const R: usize, const MAXOUT: bool>(
    simd: S,
    matrix: &Matrix<K>,
    input: &[f32],
    stride: usize,
    out: &mut [f32],
) {
    let mut rows = [&[0.0; K]; R];
    for (r, row) in rows.iter_mut().enumerate() {
        *row = input[r * stride..].first_chunk().expect("input ends inside a row");
    }
    let width = out.len() / R;
    // Registers that a lane group fills.
    let parts = LANES / S::F32_LANES;
    let panels = matrix.weights.chunks_exact(PANEL * K).zip(matrix.bias.chunks_exact(PANEL)).enumerate();
    for (panel, (weights, bias)) in panels {
        let (weights, _) = S::as_simd_f32s(weights);
        let (bias, _) = S::as_simd_f32s(bias);
        for part in 0..parts {
            let mut sums = [[simd.splat_f32s(0.0); PIECES]; R];
            for (k, column) in (0..K).zip(weights.chunks_exact(PIECES * parts)) {
                let (a, b, c) = (column[part], column[parts + part], column[2 * parts + part]);
                for r in 0..R {
                    let x = simd.splat_f32s(rows[r][k]);
                    sums[r][0] = simd.mul_add_e_f32s(x, a, sums[r][0]);
                    sums[r][1] = simd.mul_add_e_f32s(x, b, sums[r][1]);
                    sums[r][2] = simd.mul_add_e_f32s(x, c, sums[r][2]);
                }
            }
            for r in 0..R {
                let (out, _) = S::as_mut_simd_f32s(&mut out[r * width..(r + 1) * width]);
                let mut pieces = sums[r];
                for (piece, sum) in pieces.iter_mut().enumerate() {
                    *sum = simd.add_f32s(*sum, bias[piece * parts + part]);
                }
                if MAXOUT {
                    let greatest = simd.max_f32s(simd.max_f32s(pieces[0], pieces[1]), pieces[2]);
                    out[panel * parts + part] = greatest;
                } else {
                    for (piece, sum) in pieces.into_iter().enumerate() {
                        out[(panel * PIECES + piece) * parts + part] = sum;
                    }
                }
            }
        }
    }
}

/// Index of the greatest number, the first of equals; zero where there is none.
pub fn greatest(numbers: &[f32]) -> usize {
    // Two passes without a branch in them are faster than one with.
    let greatest = numbers.iter().fold(f32::NEG_INFINITY, |greatest, number| greatest.max(*number));
    numbers.iter().position(|number| *number == greatest).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    const K: usize = 24;

    fn numbers(count: usize) -> Vec<f32> {
        (0..count).map(|i| ((i * 7919 % 1009) as f32 - 504.0) / 504.0).collect()
    }

    fn dot(a: &[f32], b: &[f32]) -> f32 {
        a.iter().zip(b).map(|(x, y)| x * y).sum()
    }

    #[test]
    fn gives_the_sums_of_products() {
        let (rows, bias, input) = (numbers(50 * K), numbers(50), numbers(13 * K));
        let matrix = Matrix::<K>::for_linear(&rows, &bias);
        let mut out = vec![0.0; 13 * matrix.columns()];
        matrix.linear(Arch::new(), &input, K, &mut out);
        for (row, out) in input.chunks_exact(K).zip(out.chunks_exact(matrix.columns())) {
            for (o, weights) in rows.chunks_exact(K).enumerate() {
                assert!((out[o] - dot(row, weights) - bias[o]).abs() < 1e-4);
            }
        }
    }

    #[test]
    fn gives_the_greatest_of_three() {
        let (rows, bias, input) = (numbers(96 * 3 * K), numbers(96 * 3), numbers(5 * 8 + K));
        let matrix = Matrix::<K>::for_maxout(&rows, &bias);
        let mut out = vec![0.0; 6 * 96];
        matrix.maxout(Arch::new(), &input, 8, &mut out);
        for (r, out) in out.chunks_exact(96).enumerate() {
            let row = &input[r * 8..][..K];
            for (o, pieces) in rows.chunks_exact(3 * K).enumerate() {
                let all = pieces.chunks_exact(K).enumerate().map(|(p, w)| dot(row, w) + bias[3 * o + p]);
                assert!((out[o] - all.fold(f32::MIN, f32::max)).abs() < 1e-4);
            }
        }
    }

    /// The same row gives the same bits, alone or among others.
    #[test]
    fn does_not_depend_on_the_rows_beside() {
        let (rows, bias, input) = (numbers(96 * 3 * K), numbers(96 * 3), numbers(15 * K));
        let matrix = Matrix::<K>::for_maxout(&rows, &bias);
        let mut all = vec![0.0; 15 * 96];
        matrix.maxout(Arch::new(), &input, K, &mut all);
        for (row, expected) in input.chunks_exact(K).zip(all.chunks_exact(96)) {
            let mut alone = vec![0.0; 96];
            matrix.maxout(Arch::new(), row, K, &mut alone);
            assert_eq!(alone, expected);
        }
    }
}
