//! The model file: tables as JSON, then tensors (`models/build/english.py` writes it).

use rustc_hash::FxHashMap;
use serde::Deserialize;

const MAGIC: &[u8] = b"dateline-english 1\n";

/// What can be wrong with a model file.
#[derive(Debug, thiserror::Error)]
pub enum ModelError {
    /// It does not begin as one.
    #[error("this is not an English model of dateline")]
    Foreign,
    /// It ends too early.
    #[error("the model is cut short")]
    Short,
    /// Its tables cannot be read.
    #[error("the model's tables: {0}")]
    Tables(#[from] serde_json::Error),
    /// It lacks a tensor, or has it in another shape.
    #[error("the model has no tensor `{name}` of {size} numbers")]
    Tensor {
        /// The tensor's name.
        name: String,
        /// How many numbers it should hold.
        size: usize,
    },
    /// It uses a tag or label that this version does not know.
    #[error("the model has an unknown {kind} `{name}`")]
    Unknown {
        /// What it is: "tag", "label", "name".
        kind: &'static str,
        /// As it stands in the file.
        name: String,
    },
}

/// The tables of the file, as they stand there.
#[derive(Debug, Deserialize)]
pub struct Tables {
    /// Tags, in the order of the tagger's scores.
    pub tags: Vec<String>,
    /// Moves of the parser: action and label.
    pub parser_moves: Vec<(u8, String)>,
    /// Moves of the name finder: action and kind.
    pub names_moves: Vec<(u8, String)>,
    /// Seeds of the embeddings of the first encoder.
    pub context_seeds: Vec<u64>,
    /// Seeds of the embeddings of the second.
    pub names_seeds: Vec<u64>,
    /// Strings with a number instead of a hash.
    pub symbols: Vec<(String, u64)>,
    /// Ids of strings with the norm they take instead of their lower case.
    pub norms: Vec<(String, String)>,
    /// See [`crate::chars`].
    pub chars: Vec<(u32, u16)>,
    /// Units and currencies split from the number before them.
    pub after_digits: Vec<String>,
    /// Strings with a split of their own.
    pub special_cases: Vec<SpecialCase>,
    tensors: Vec<Header>,
}

/// A string, its pieces (text and norm), and how the other rules alone would split it where they might.
#[derive(Debug, Deserialize)]
pub struct SpecialCase(pub String, pub Vec<(String, Option<String>)>, pub Option<Vec<String>>);

#[derive(Debug, Deserialize)]
struct Header {
    name: String,
    shape: Vec<usize>,
    /// 16-bit integers with a scale a row; plain `f32` otherwise.
    matrix: bool,
}

/// The tensors, by name.
#[derive(Debug, Default)]
pub struct Tensors(FxHashMap<String, Vec<f32>>);

impl Tensors {
    /// Takes the tensor of a name and a size.
    pub fn take(&mut self, name: &str, size: usize) -> Result<Vec<f32>, ModelError> {
        let found = self.0.remove(name).filter(|values| values.len() == size);
        found.ok_or_else(|| ModelError::Tensor { name: name.to_owned(), size })
    }

    /// Takes a matrix of so many columns.
    pub fn take_rows(&mut self, name: &str, columns: usize) -> Result<Vec<f32>, ModelError> {
        let found =
            self.0.remove(name).filter(|values| !values.is_empty() && values.len().is_multiple_of(columns));
        found.ok_or_else(|| ModelError::Tensor { name: name.to_owned(), size: columns })
    }
}

/// Reads a model file.
pub fn read(bytes: &[u8]) -> Result<(Tables, Tensors), ModelError> {
    let bytes = bytes.strip_prefix(MAGIC).ok_or(ModelError::Foreign)?;
    let (length, bytes) = bytes.split_first_chunk::<4>().ok_or(ModelError::Short)?;
    let (tables, mut bytes) =
        bytes.split_at_checked(u32::from_le_bytes(*length) as usize).ok_or(ModelError::Short)?;
    let tables: Tables = serde_json::from_slice(tables)?;

    let mut take = |count: usize| -> Result<&[u8], ModelError> {
        let (taken, rest) = bytes.split_at_checked(count).ok_or(ModelError::Short)?;
        bytes = rest;
        Ok(taken)
    };
    let mut tensors = Tensors::default();
    for header in &tables.tensors {
        let columns = header.shape.last().copied().unwrap_or(0).max(1);
        let size = header
            .shape
            .iter()
            .try_fold(1_usize, |size, &side| size.checked_mul(side))
            .ok_or(ModelError::Short)?;
        let size_in = |width: usize| size.checked_mul(width).ok_or(ModelError::Short);
        let values = if header.matrix {
            let scales = floats(take(size_in(4)? / columns)?);
            let (pairs, _) = take(size_in(2)?)?.as_chunks::<2>();
            let rows = pairs.chunks(columns).zip(scales);
            rows.flat_map(|(row, scale)| {
                row.iter().map(move |&pair| f32::from(i16::from_le_bytes(pair)) * scale)
            })
            .collect()
        } else {
            floats(take(size_in(4)?)?)
        };
        tensors.0.insert(header.name.clone(), values);
    }
    Ok((tables, tensors))
}

fn floats(bytes: &[u8]) -> Vec<f32> {
    bytes.as_chunks::<4>().0.iter().map(|&four| f32::from_le_bytes(four)).collect()
}
