//! The encoder: from a word's features to a vector that knows its neighbours.
//!
//! Hash embeddings of the features (Serrà and Karatzoglou 2017), mixed by a maxout layer, then four residual
//! convolutions over three words each: spaCy's `MultiHashEmbed` and `MaxoutWindowEncoder`.

use pulp::Arch;

use crate::ids::four_hashes;
use crate::matrix::Matrix;
use crate::weights::{ModelError, Tensors};

/// Numbers in a word's vector.
pub const WIDTH: usize = 96;
const WINDOW: usize = 3 * WIDTH;
const DEPTH: usize = 4;
/// Rows of zeros before and after a text that take part in the convolutions.
const PAD: usize = 4;

/// An encoder over `F` features, whose embeddings put together hold `K` = `F` × 96 numbers.
#[derive(Debug)]
pub struct Encoder<const F: usize, const K: usize> {
    embeddings: Vec<Embedding>,
    mix: Layer<K>,
    convolutions: Vec<Layer<WINDOW>>,
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
        let convolutions = (1..=DEPTH).map(|i| Layer::new(&format!("{name}.layer{i}"), tensors));
        let convolutions = convolutions.collect::<Result<_, _>>()?;
        Ok(Self { embeddings, mix: Layer::new(&format!("{name}.layer0"), tensors)?, convolutions })
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

    /// The vectors of words in their places, from those of the words alone; `out` is overwritten.
    pub fn encode<'a>(
        &self,
        arch: Arch,
        words: impl ExactSizeIterator<Item = &'a [f32]>,
        scratch: &mut Scratch,
        out: &mut Vec<f32>,
    ) {
        let count = words.len();
        // One more row of zeros at both ends than take part, so that every row has neighbours.
        let (first, rows) = (1 + PAD, count + 2 * PAD);
        let x = &mut scratch.input;
        x.clear();
        x.resize(first * WIDTH, 0.0);
        words.for_each(|word| x.extend_from_slice(word));
        x.resize((rows + 2) * WIDTH, 0.0);
        scratch.output.resize(rows * WIDTH, 0.0);
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
        arch.dispatch(|| normalise(out, &self.gain, &self.shift));
    }
}

/// Layer normalisation (Ba et al. 2016) of rows. Sums run in sixteen lanes, so that their order is the same on all machines.
#[inline(always)]
fn normalise(rows: &mut [f32], gain: &[f32], shift: &[f32]) {
    for row in rows.as_chunks_mut::<WIDTH>().0 {
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
        for ((x, gain), shift) in row.iter_mut().zip(gain).zip(shift) {
            *x = (*x - mean) * scale * gain + shift;
        }
    }
}
