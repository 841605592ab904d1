//! Words met before: how their strings split, what their features are, and the vectors they have alone.
//!
//! Most of a text is words that were met a moment ago, and for those the tokenizer, the features and the first layer of
//! both encoders cost one look-up. The lexicon is emptied when it is full, and never changes what is found.

use pulp::Arch;
use rustc_hash::FxHashMap;

use crate::encoder::{Encoder, PARTS, Scratch, WIDTH};
use crate::tokens::{Piece, Tokenizer};
use crate::words::{Features, Words};

/// Words kept, with some 1 KB of vectors each.
const MOST_WORDS: usize = 16_384;
/// Of so many vectors of words alone, the parts in the first convolution are kept: 3.5 KB each, twice. Words that are met
/// first are mostly the frequent ones.
const MOST_PARTS: usize = 2048;
/// Strings kept.
const MOST_STRINGS: usize = 2 * MOST_WORDS;
/// Longer strings, in bytes, are split anew each time.
const LONGEST: usize = 40;

/// Index of a word in the lexicon, valid until it is emptied.
pub type WordId = u32;

/// A token of a string: its length in bytes, and its word.
#[derive(Debug, Clone, Copy)]
pub struct Token {
    /// Length in bytes.
    pub len: u32,
    /// Its word.
    pub word: WordId,
}

/// What is known of a word.
#[derive(Debug, Clone, Copy)]
pub struct Word {
    /// What the models see of it.
    pub features: Features,
    /// True where a special case may start with it.
    pub may_rejoin: bool,
    /// Rows of the vectors it has alone: without and with a blank after it, for the parser; for the name finder.
    rows: [u32; 3],
}

const UNKNOWN: u32 = u32::MAX;

/// Words and strings met before.
#[derive(Debug, Default)]
pub struct Lexicon {
    strings: FxHashMap<Box<str>, (u32, u32)>,
    tokens: Vec<Token>,
    /// By text and norm.
    ids: FxHashMap<(Box<str>, u32), WordId>,
    words: Vec<Word>,
    context: Vectors,
    names: Vectors,
    pieces: Vec<Piece>,
    missing: Vec<[u64; 6]>,
}

/// Vectors of words alone, row by row, with their parts in the first convolution.
#[derive(Debug, Default)]
struct Vectors {
    alone: Vec<f32>,
    /// Of the first [`MOST_PARTS`] rows.
    kept: Vec<f32>,
    /// Of the other rows of this text.
    passing: Vec<f32>,
    /// Where the parts of a row stand in `passing`.
    places: FxHashMap<u32, u32>,
    gathered: Vec<f32>,
}

impl Lexicon {
    /// Forgets everything if much is known. Ids given out before are void.
    pub fn empty_if_full(&mut self) {
        if self.words.len() >= MOST_WORDS || self.strings.len() >= MOST_STRINGS {
            *self = Self::default();
        }
    }

    /// The tokens of a string without white space, or of white space only; appended to `out`.
    pub fn split(&mut self, string: &str, tokenizer: &Tokenizer, words: &Words, out: &mut Vec<Token>) {
        if let Some((start, end)) = self.strings.get(string) {
            out.extend_from_slice(&self.tokens[*start as usize..*end as usize]);
            return;
        }
        let mut pieces = std::mem::take(&mut self.pieces);
        pieces.clear();
        tokenizer.split(string, &mut pieces);
        let (first, mut at) = (out.len(), 0);
        for piece in &pieces {
            let end = at + piece.len as usize;
            out.push(Token { len: piece.len, word: self.word(&string[at..end], *piece, tokenizer, words) });
            at = end;
        }
        self.pieces = pieces;
        if string.len() <= LONGEST {
            let start = self.tokens.len() as u32;
            self.tokens.extend_from_slice(&out[first..]);
            self.strings.insert(string.into(), (start, self.tokens.len() as u32));
        }
    }

    /// The word of a token.
    pub fn word(&mut self, text: &str, piece: Piece, tokenizer: &Tokenizer, words: &Words) -> WordId {
        let id = self.words.len() as u32;
        if text.len() <= LONGEST {
            let known = *self.ids.entry((text.into(), piece.norm)).or_insert(id);
            if known != id {
                return known;
            }
        }
        self.words.push(Word {
            features: words.features(text, tokenizer.norm(piece), tokenizer.chars()),
            may_rejoin: tokenizer.may_rejoin(text),
            rows: [UNKNOWN; 3],
        });
        id
    }

    /// What is known of a word.
    pub fn get(&self, word: WordId) -> &Word {
        &self.words[word as usize]
    }

    /// Computes the vectors that these words, with or without a blank after them, have alone, with their parts,
    /// as far as they are not known yet.
    pub fn mix(
        &mut self,
        arch: Arch,
        tokens: impl Iterator<Item = (WordId, bool)> + Clone,
        context: &Encoder<6, 576>,
        names: &Encoder<4, 384>,
        scratch: &mut Scratch,
    ) {
        let mut missing = std::mem::take(&mut self.missing);
        missing.clear();
        let next = self.context.rows();
        for (word, blank) in tokens.clone() {
            let word = &mut self.words[word as usize];
            let row = &mut word.rows[usize::from(blank)];
            if *row == UNKNOWN {
                *row = (next + missing.len()) as u32;
                let [norm, prefix, suffix, shape] = word.features.ids;
                missing.push([norm, prefix, suffix, shape, u64::from(blank), u64::from(word.features.space)]);
            }
        }
        context.mix(arch, missing.iter().copied(), scratch, &mut self.context.alone);
        let rows = tokens.clone().map(|(word, blank)| self.words[word as usize].rows[usize::from(blank)]);
        self.context.take_parts(rows, |alone, out| context.parts(arch, alone, out));

        missing.clear();
        let next = self.names.rows();
        for (word, _) in tokens.clone() {
            let word = &mut self.words[word as usize];
            if word.rows[2] == UNKNOWN {
                word.rows[2] = (next + missing.len()) as u32;
                let [norm, prefix, suffix, shape] = word.features.ids;
                missing.push([norm, prefix, suffix, shape, 0, 0]);
            }
        }
        let four = missing.iter().map(|[norm, prefix, suffix, shape, ..]| [*norm, *prefix, *suffix, *shape]);
        names.mix(arch, four, scratch, &mut self.names.alone);
        self.names.take_parts(tokens.map(|(word, _)| self.words[word as usize].rows[2]), |alone, out| {
            names.parts(arch, alone, out);
        });
        self.missing = missing;
    }

    /// The vector of a word alone and its parts, for the parser, after [`Lexicon::mix`].
    pub fn context_row(&self, word: WordId, blank: bool) -> (&[f32], &[f32]) {
        self.context.get(self.words[word as usize].rows[usize::from(blank)])
    }

    /// The same for the name finder.
    pub fn names_row(&self, word: WordId) -> (&[f32], &[f32]) {
        self.names.get(self.words[word as usize].rows[2])
    }
}

impl Vectors {
    fn rows(&self) -> usize {
        self.alone.len() / WIDTH
    }

    /// Computes the parts of these rows as far as they are not kept.
    fn take_parts(&mut self, rows: impl Iterator<Item = u32>, parts: impl Fn(&[f32], &mut Vec<f32>)) {
        let known = self.kept.len() / PARTS;
        let kept = self.rows().min(MOST_PARTS);
        parts(&self.alone[known * WIDTH..kept * WIDTH], &mut self.kept);
        self.places.clear();
        self.gathered.clear();
        for row in rows.filter(|row| *row as usize >= MOST_PARTS) {
            let next = self.places.len() as u32;
            self.places.entry(row).or_insert_with(|| {
                self.gathered.extend_from_slice(&self.alone[row as usize * WIDTH..][..WIDTH]);
                next
            });
        }
        self.passing.clear();
        parts(&self.gathered, &mut self.passing);
    }

    fn get(&self, row: u32) -> (&[f32], &[f32]) {
        let alone = &self.alone[row as usize * WIDTH..][..WIDTH];
        let passing = if (row as usize) < MOST_PARTS { None } else { self.places.get(&row) };
        let (parts, at) = passing.map_or((&self.kept, row), |at| (&self.passing, *at));
        (alone, &parts[at as usize * PARTS..][..PARTS])
    }
}
