//! The embedder: texts in, directions out.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread;

use dateline_model::{Embedding, Lang};
use rten::{Model, ModelOptions, NodeId, OpRegistry, RunOptions, ThreadPool, op_types};
use rten_tensor::prelude::*;
use rten_tensor::{NdTensor, Tensor};

use crate::error::VectorError;
use crate::means::Means;
use crate::pieces::Pieces;
use crate::within::Within;

/// The files of the model: its layers, its vocabulary, the mean direction of each language, and what reports of one
/// event do not share.
pub const FILES: [&str; 4] = ["e5.onnx", "e5.pieces", "e5.means", "e5.within"];

/// Tokens of a text that are read, the two that mark its ends among them: enough for a headline and its lead.
pub const TOKENS: usize = 64;

/// The folder of the model, as users may name it.
const VARIABLE: &str = "DATELINE_MODELS";

/// What the model was trained to see before a text that is compared with its like.
const PREFIX: &str = "query: ";

/// Tokens that go through the layers together. More would not be faster, and take more memory.
const BATCH_TOKENS: usize = 512;

/// Folders above the program in which `models/` is looked for: `target/release/deps` is three below the checkout.
const ABOVE: usize = 4;

/// Embeds texts.
///
/// A text's embedding does not depend on which other texts are embedded with it, nor on the number of threads. It
/// may differ in the last bits between kinds of processors, as their arithmetic units round differently.
pub struct Embedder {
    model: Model,
    input: NodeId,
    output: NodeId,
    pieces: Pieces,
    means: Means,
    within: Within,
    pools: Vec<Arc<ThreadPool>>,
}

impl Embedder {
    /// Opens the model in a folder that holds all [`FILES`].
    pub fn open(folder: &Path) -> Result<Self, VectorError> {
        let [layers, vocabulary, means, within] = FILES.map(|name| folder.join(name));
        if !holds_model(folder) {
            return Err(VectorError::Missing { looked: vec![folder.to_owned()] });
        }
        let damaged = |path: &Path, why: String| VectorError::Damaged { path: path.to_owned(), why };
        let pieces = Pieces::read(read(&vocabulary)?).map_err(|why| damaged(&vocabulary, why))?;
        if pieces.dimensions() != Embedding::DIMENSIONS {
            return Err(damaged(&vocabulary, format!("it has {} dimensions", pieces.dimensions())));
        }
        let table = String::from_utf8(read(&means)?).map_err(|error| damaged(&means, error.to_string()))?;
        let centre = Means::read(&table).map_err(|why| damaged(&means, why))?;
        let turn = Within::read(&read(&within)?).map_err(|why| damaged(&within, why))?;
        let model = options().load(read(&layers)?).map_err(|error| damaged(&layers, error.to_string()))?;
        let node = |name: &str| model.node_id(name).map_err(|error| damaged(&layers, error.to_string()));
        let (input, output) = (node("embeddings")?, node("vector")?);
        let threads = thread::available_parallelism().map_or(1, usize::from);
        let embedder =
            Self { model, input, output, pieces, means: centre, within: turn, pools: pools(threads) };
        // A first text shows whether the layers fit the vocabulary; texts cannot fail after this one.
        match embedder.vectors(&[""])[0].len() {
            Embedding::DIMENSIONS => Ok(embedder),
            _ => Err(damaged(&layers, "it gives no vector".into())),
        }
    }

    /// Opens the model where it is found first: in the folder that `DATELINE_MODELS` names, else beside the
    /// program, else in `models/` there or in the folders above it.
    ///
    /// A folder named in `DATELINE_MODELS` is the only one looked in.
    pub fn find() -> Result<Self, VectorError> {
        let folders = match std::env::var_os(VARIABLE) {
            Some(folder) => vec![PathBuf::from(folder)],
            None => std::env::current_exe().map(|program| beside(&program)).unwrap_or_default(),
        };
        match folders.iter().find(|folder| holds_model(folder)) {
            Some(folder) => Self::open(folder),
            None => Err(VectorError::Missing { looked: folders }),
        }
    }

    /// With this many threads, at least one, instead of one for each core.
    pub fn with_threads(mut self, threads: usize) -> Self {
        self.pools = pools(threads.max(1));
        self
    }

    /// What each text is about, read to its first [`TOKENS`] tokens (about 250 characters of a European
    /// language): a headline with the first sentence. The language, where it is known, says which mean
    /// to subtract ([`Means`]); then what reports of one event do not share is weighed down ([`Within`]).
    ///
    /// One for each text, in order, also for empty ones, which are about nothing in particular.
    pub fn embed(&self, texts: &[(Lang, &str)]) -> Vec<Embedding> {
        let strings: Vec<&str> = texts.iter().map(|(_, text)| *text).collect();
        let vectors = self.vectors(&strings);
        let centred = texts.iter().zip(&vectors).map(|((lang, _), vector)| self.means.centred(vector, *lang));
        let turned = centred.map(|vector| self.within.turned(&vector));
        // Nothing lies exactly on a mean; if it did, any direction would say as little.
        let embedding = |direction: Vec<f32>| Embedding::new(&direction).unwrap_or_default();
        turned.map(embedding).collect()
    }

    /// The unit vector the model gives each text, before the mean is subtracted.
    pub fn vectors(&self, texts: &[&str]) -> Vec<Vec<f32>> {
        let tokens: Vec<Vec<u32>> = texts.iter().map(|text| self.tokens(text)).collect();
        let batches = batches(&tokens);
        let mut vectors = vec![Vec::new(); texts.len()];
        let share = batches.len().div_ceil(self.pools.len()).max(1);
        let work = |batches: &[Vec<usize>], pool: &Arc<ThreadPool>| -> Vec<(usize, Vec<f32>)> {
            let run = |batch: &Vec<usize>| {
                let rows: Vec<&[u32]> = batch.iter().map(|text| &tokens[*text][..]).collect();
                batch.iter().copied().zip(self.run(&rows, pool)).collect::<Vec<_>>()
            };
            batches.iter().flat_map(run).collect()
        };
        thread::scope(|scope| {
            let workers: Vec<_> = batches
                .chunks(share)
                .zip(&self.pools)
                .map(|(batches, pool)| scope.spawn(move || work(batches, pool)))
                .collect();
            for worker in workers {
                for (text, vector) in worker.join().unwrap_or_default() {
                    vectors[text] = vector;
                }
            }
        });
        vectors
    }

    /// The ids of the pieces a text is read as.
    pub fn tokens(&self, text: &str) -> Vec<u32> {
        self.pieces.tokeniser.tokens(&format!("{PREFIX}{text}"), TOKENS)
    }

    /// Runs texts of the same number of tokens through the layers.
    fn run(&self, texts: &[&[u32]], pool: &Arc<ThreadPool>) -> Vec<Vec<f32>> {
        let length = texts[0].len();
        let mut rows = Vec::with_capacity(texts.len() * length * Embedding::DIMENSIONS);
        for id in texts.iter().copied().flatten() {
            self.pieces.row(*id, &mut rows);
        }
        let input = NdTensor::from_data([texts.len(), length, Embedding::DIMENSIONS], rows);
        let options = RunOptions::default().with_thread_pool(Some(pool.clone()));
        let output = self.model.run(vec![(self.input, input.into())], &[self.output], Some(options));
        let vectors =
            output.ok().and_then(|outputs| Tensor::<f32>::try_from(outputs.into_iter().next()?).ok());
        let vectors = vectors.map(|tensor| tensor.to_vec()).unwrap_or_default();
        vectors.chunks_exact(Embedding::DIMENSIONS).map(unit).collect()
    }
}

/// True if all files of the model are in a folder.
fn holds_model(folder: &Path) -> bool {
    FILES.iter().all(|name| folder.join(name).is_file())
}

fn read(path: &Path) -> Result<Vec<u8>, VectorError> {
    std::fs::read(path).map_err(|source| VectorError::Unreadable { path: path.to_owned(), source })
}

/// The folders beside a program and above it in which the model may be.
fn beside(program: &Path) -> Vec<PathBuf> {
    let above = program.ancestors().skip(1).take(ABOVE);
    let here = above.clone().take(1).map(Path::to_owned);
    here.chain(above.map(|folder| folder.join("models"))).collect()
}

/// The operators the model uses, and no more: the others are left out of the program.
fn options() -> ModelOptions {
    let operators = OpRegistry::with_ops(&[
        &op_types::Add,
        &op_types::Cast,
        &op_types::Gather,
        &op_types::Gelu,
        &op_types::LayerNormalization,
        &op_types::MatMul,
        &op_types::Mul,
        &op_types::ReduceMean,
        &op_types::Reshape,
        &op_types::Shape,
        &op_types::Slice,
        &op_types::Softmax,
        &op_types::Transpose,
    ]);
    let mut options = ModelOptions::with_ops(operators);
    options.prepack_weights(true);
    options
}

/// One thread each, as small products gain more from texts side by side than from threads within.
fn pools(threads: usize) -> Vec<Arc<ThreadPool>> {
    (0..threads).map(|_| Arc::new(ThreadPool::with_num_threads(1))).collect()
}

/// Texts of the same number of tokens in groups of at most [`BATCH_TOKENS`], so that nothing is padded.
fn batches(tokens: &[Vec<u32>]) -> Vec<Vec<usize>> {
    let mut order: Vec<usize> = (0..tokens.len()).collect();
    order.sort_by_key(|text| tokens[*text].len());
    let same_length = order.chunk_by(|a, b| tokens[*a].len() == tokens[*b].len());
    let groups = same_length.flat_map(|group| group.chunks((BATCH_TOKENS / tokens[group[0]].len()).max(1)));
    groups.map(<[usize]>::to_vec).collect()
}

fn unit(vector: &[f32]) -> Vec<f32> {
    let length = vector.iter().map(|part| part * part).sum::<f32>().sqrt();
    vector.iter().map(|part| part / length.max(f32::MIN_POSITIVE)).collect()
}
