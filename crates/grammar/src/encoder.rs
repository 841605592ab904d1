//! The encoder: from a word's features to a vector that knows its neighbours.
//!
//! Hash embeddings of the features (Serrà and Karatzoglou 2017), mixed by a maxout layer, then four residual
//! convolutions over three words each: spaCy's `MultiHashEmbed` and `MaxoutWindowEncoder`.

use pulp::{Arch, Simd, WithSimd};

use crate::ids::four_hashes;
use crate::matrix::Matrix;
use crate::weights::{ModelError, Tensors};

/// Numbers in a word's vector.
pub const WIDTH: usize = 96;
const WINDOW: usize = 3 * WIDTH;
const DEPTH: usize = 4;
/// Outputs of a maxout layer before the greatest is taken.
const PIECES: usize = 3 * WIDTH;
/// Numbers in a word's parts of the first convolution.
pub const PARTS: usize = 3 * PIECES;
/// Rows of zeros before and after a text that take part in the convolutions.
const PAD: usize = 4;

/// An encoder over `F` features, whose embeddings put together hold `K` = `F` × 96 numbers.
#[derive(Debug)]
pub struct Encoder<const F: usize, const K: usize> {
    embeddings: Vec<Embedding>,
    mix: Layer<K>,
    first: First,
    convolutions: Vec<Layer<WINDOW>>,
}

/// The first convolution. A word's part in it depends on the word alone, so it is computed once for a word, for each of
/// the three places it may take, and added up.
#[derive(Debug)]
struct First {
    /// The bias stands with the word in the middle.
    parts: Matrix<WIDTH>,
    gain: Vec<f32>,
    shift: Vec<f32>,
}

#[derive(Debug)]
struct Embedding {
    seed: u64,
    rows: usize,
    table: Vec<f32>,
}

/// A maxout layer with layer normalisation.
#[derive(Debug)]
struct Layer<const K: usize> {
    maxout: Matrix<K>,
    gain: Vec<f32>,
    shift: Vec<f32>,
}

/// Room for the numbers between the layers.
#[derive(Debug, Default)]
pub struct Scratch {
    input: Vec<f32>,
    output: Vec<f32>,
}

impl<const F: usize, const K: usize> Encoder<F, K> {
    /// The encoder of a name in the model file.
    pub fn new(name: &str, seeds: &[u64], tensors: &mut Tensors) -> Result<Self, ModelError> {
        let mut embeddings = Vec::with_capacity(F);
        for (i, &seed) in seeds.iter().enumerate() {
            let table = tensors.take_rows(&format!("{name}.embed{i}"), WIDTH)?;
            embeddings.push(Embedding { seed, rows: table.len() / WIDTH, table });
        }
        if embeddings.len() != F || F * WIDTH != K {
            return Err(ModelError::Tensor { name: format!("{name}.embed{}", F - 1), size: WIDTH });
        }
        let first = First::new(&format!("{name}.layer1"), tensors)?;
        let convolutions = (2..=DEPTH).map(|i| Layer::new(&format!("{name}.layer{i}"), tensors));
        let convolutions = convolutions.collect::<Result<_, _>>()?;
        Ok(Self { embeddings, mix: Layer::new(&format!("{name}.layer0"), tensors)?, first, convolutions })
    }

    /// The vectors of words alone, 96 numbers each, appended to `out`.
    pub fn mix(
        &self,
        arch: Arch,
        words: impl Iterator<Item = [u64; F]>,
        scratch: &mut Scratch,
        out: &mut Vec<f32>,
    ) {
        scratch.input.clear();
        for features in words {
            for (embedding, id) in self.embeddings.iter().zip(features) {
                let start = scratch.input.len();
                scratch.input.resize(start + WIDTH, 0.0);
                let sum = &mut scratch.input[start..];
                for hash in four_hashes(id, embedding.seed) {
                    let row = &embedding.table[hash as usize % embedding.rows * WIDTH..][..WIDTH];
                    sum.iter_mut().zip(row).for_each(|(sum, x)| *sum += x);
                }
            }
        }
        let start = out.len();
        out.resize(start + scratch.input.len() / K * WIDTH, 0.0);
        self.mix.run(arch, &scratch.input, K, &mut out[start..]);
    }

    /// The parts that words take in the first convolution, from their vectors alone; [`PARTS`] numbers each, appended.
    pub fn parts(&self, arch: Arch, words: &[f32], out: &mut Vec<f32>) {
        let start = out.len();
        out.resize(start + words.len() / WIDTH * PARTS, 0.0);
        self.first.parts.linear(arch, words, WIDTH, &mut out[start..]);
    }

    /// The vectors of words in their places, from those of the words alone and their parts; `out` is overwritten.
    pub fn encode<'a>(
        &self,
        arch: Arch,
        words: impl ExactSizeIterator<Item = (&'a [f32], &'a [f32])> + Clone,
        scratch: &mut Scratch,
        out: &mut Vec<f32>,
    ) {
        let count = words.len();
        // One more row of zeros at both ends than take part, so that every row has neighbours.
        let (first, rows) = (1 + PAD, count + 2 * PAD);
        let x = &mut scratch.input;
        x.clear();
        x.resize(first * WIDTH, 0.0);
        words.clone().for_each(|(word, _)| x.extend_from_slice(word));
        x.resize((rows + 2) * WIDTH, 0.0);
        scratch.output.resize(rows * WIDTH, 0.0);
        let padding = std::iter::repeat_n(self.first.parts.bias(), PAD);
        let parts = padding.clone().chain(words.map(|(_, parts)| parts)).chain(padding);
        arch.dispatch(AddParts { first: &self.first, parts, out: &mut scratch.output });
        x[WIDTH..].iter_mut().zip(&scratch.output).for_each(|(x, y)| *x += y);
        for layer in &self.convolutions {
            layer.run(arch, x, WIDTH, &mut scratch.output);
            x[WIDTH..].iter_mut().zip(&scratch.output).for_each(|(x, y)| *x += y);
        }
        out.clear();
        out.extend_from_slice(&x[first * WIDTH..(first + count) * WIDTH]);
    }
}

impl<const K: usize> Layer<K> {
    fn new(name: &str, tensors: &mut Tensors) -> Result<Self, ModelError> {
        let weights = tensors.take(&format!("{name}.weights"), WIDTH * 3 * K)?;
        let bias = tensors.take(&format!("{name}.bias"), WIDTH * 3)?;
        Ok(Self {
            maxout: Matrix::for_maxout(&weights, &bias),
            gain: tensors.take(&format!("{name}.gain"), WIDTH)?,
            shift: tensors.take(&format!("{name}.shift"), WIDTH)?,
        })
    }

    fn run(&self, arch: Arch, input: &[f32], stride: usize, out: &mut [f32]) {
        self.maxout.maxout(arch, input, stride, out);
        arch.dispatch(Normalise { rows: out, gain: &self.gain, shift: &self.shift });
    }
}

impl First {
    fn new(name: &str, tensors: &mut Tensors) -> Result<Self, ModelError> {
        let weights = tensors.take(&format!("{name}.weights"), PIECES * WINDOW)?;
        let bias = tensors.take(&format!("{name}.bias"), PIECES)?;
        // In the file a row holds the weights of the word before, the word, and the word after.
        let place =
            |place: usize| weights.chunks_exact(WINDOW).flat_map(move |row| &row[place * WIDTH..][..WIDTH]);
        let rows: Vec<f32> = (0..3).flat_map(place).copied().collect();
        Ok(Self {
            parts: Matrix::for_maxout(&rows, &[vec![0.0; PIECES], bias, vec![0.0; PIECES]].concat()),
            gain: tensors.take(&format!("{name}.gain"), WIDTH)?,
            shift: tensors.take(&format!("{name}.shift"), WIDTH)?,
        })
    }
}

/// Adds up the parts of three words for each, takes the greatest piece, and normalises.
struct AddParts<'a, I> {
    first: &'a First,
    parts: I,
    out: &'a mut [f32],
}

impl<'a, I: Iterator<Item = &'a [f32]>> WithSimd for AddParts<'_, I> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) {
        let nothing = self.first.parts.bias();
        let mut parts = self.parts;
        let (mut before, mut here) = (nothing, parts.next().unwrap_or(nothing));
        for row in self.out.chunks_exact_mut(WIDTH) {
            let after = parts.next().unwrap_or(nothing);
            let (a, _) = S::as_simd_f32s(&before[..PIECES]);
            let (b, _) = S::as_simd_f32s(&here[PIECES..2 * PIECES]);
            let (c, _) = S::as_simd_f32s(&after[2 * PIECES..PARTS]);
            let (out, _) = S::as_mut_simd_f32s(row);
            // Columns are packed as sixteen outputs of each piece in turn.
            let registers = 16 / S::F32_LANES;
            for (i, out) in out.iter_mut().enumerate() {
                let at = i / registers * 3 * registers + i % registers;
                let sum = |at: usize| simd.add_f32s(simd.add_f32s(a[at], b[at]), c[at]);
                *out = simd.max_f32s(simd.max_f32s(sum(at), sum(at + registers)), sum(at + 2 * registers));
            }
            (before, here) = (here, after);
        }
        Normalise { rows: self.out, gain: &self.first.gain, shift: &self.first.shift }.with_simd(simd);
    }
}

/// Layer normalisation (Ba et al. 2016) of rows. Sums run in sixteen lanes, so that their order is the same on all machines.
struct Normalise<'a> {
    rows: &'a mut [f32],
    gain: &'a [f32],
    shift: &'a [f32],
}

impl WithSimd for Normalise<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, _: S) {
        for row in self.rows.as_chunks_mut::<WIDTH>().0 {
            let mut sums = [0.0_f32; 16];
            for lanes in row.as_chunks::<16>().0 {
                for (sum, x) in sums.iter_mut().zip(lanes) {
                    *sum += x;
                }
            }
            let mean = sums.iter().sum::<f32>() / WIDTH as f32;
            let mut squares = [0.0_f32; 16];
            for lanes in row.as_chunks::<16>().0 {
                for (sum, x) in squares.iter_mut().zip(lanes) {
                    *sum += (x - mean) * (x - mean);
                }
            }
            let scale = 1.0 / (squares.iter().sum::<f32>() / WIDTH as f32 + 1e-8).sqrt();
            for ((x, gain), shift) in row.iter_mut().zip(self.gain).zip(self.shift) {
                *x = (*x - mean) * scale * gain + shift;
            }
        }
    }
}
