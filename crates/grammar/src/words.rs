//! The features of a word: its norm, first character, last three, shape.

use rustc_hash::FxHashMap;

use crate::chars::{ALPHA, Chars, DIGIT, SPACE, UPPER};
use crate::ids::Symbols;

/// Words of so many characters have no shape of their own.
const LONG: usize = 100;
/// Of a run of the same shape, so many characters are kept.
const RUN: usize = 4;

/// What the models see of a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Features {
    /// Ids of norm, prefix, suffix and shape.
    pub ids: [u64; 4],
    /// White space.
    pub space: bool,
}

/// Computes the features of words.
#[derive(Debug)]
pub struct Words {
    symbols: Symbols,
    /// By id of the word, the norm that replaces its lower case.
    norms: FxHashMap<u64, String>,
}

impl Words {
    /// From the tables of the model file.
    pub fn new(symbols: Symbols, norms: FxHashMap<u64, String>) -> Self {
        Self { symbols, norms }
    }

    /// The features of a word; `norm` is given where a special case sets it.
    pub fn features(&self, word: &str, norm: Option<&str>, chars: &Chars) -> Features {
        let norm = match norm.or_else(|| self.norms.get(&self.symbols.id(word)).map(String::as_str)) {
            Some(norm) => self.symbols.id(norm),
            None => self.symbols.id(&word.to_lowercase()),
        };
        let second = word.chars().next().map_or(0, char::len_utf8);
        let suffix = word.char_indices().rev().nth(2).map_or(0, |(at, _)| at);
        Features {
            ids: [
                norm,
                self.symbols.id(&word[..second]),
                self.symbols.id(&word[suffix..]),
                self.symbols.id(&shape(word, chars)),
            ],
            space: !word.is_empty() && word.chars().all(|c| chars.is(c, SPACE)),
        }
    }
}

/// "Xxxxx" for "Treasury": letters as X or x, digits as d, runs cut at four.
fn shape(word: &str, chars: &Chars) -> String {
    if word.chars().nth(LONG - 1).is_some() {
        return "LONG".to_owned();
    }
    let mut shape = String::with_capacity(word.len());
    let (mut last, mut run) = ('\0', 0);
    for c in word.chars() {
        let bits = chars.of(c);
        let kind = match () {
            () if bits & (ALPHA | UPPER) == ALPHA | UPPER => 'X',
            () if bits & ALPHA != 0 => 'x',
            () if bits & DIGIT != 0 => 'd',
            () => c,
        };
        run = if kind == last { run + 1 } else { 0 };
        last = kind;
        if run < RUN {
            shape.push(kind);
        }
    }
    shape
}
