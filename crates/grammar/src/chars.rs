//! What the tokenizer and the features ask about a character, as one table of bits.
//!
//! The bits were found by asking spaCy's own patterns about every character (`models/build/english.py`).

/// White space.
pub const SPACE: u16 = 1;
/// A letter of any script.
pub const ALPHA: u16 = 1 << 1;
/// An upper-case letter.
pub const UPPER: u16 = 1 << 2;
/// A digit of any script.
pub const DIGIT: u16 = 1 << 3;
/// Split off at the start of a string.
pub const PREFIX: u16 = 1 << 4;
/// Split off at the end of a string.
pub const SUFFIX: u16 = 1 << 5;
/// A full stop after it, at the end, is split off.
pub const BEFORE_STOP: u16 = 1 << 6;
/// A full stop after two of them, at the end, is split off.
pub const CAPITAL: u16 = 1 << 7;
/// Split out inside a string: symbols, ellipses.
pub const ICON: u16 = 1 << 8;
/// May stand before a full stop that is split out: "end.Next".
pub const STOP_LEFT: u16 = 1 << 9;
/// May stand after such a full stop.
pub const STOP_RIGHT: u16 = 1 << 10;
/// A letter for the hyphens, commas and slashes that are split out.
pub const LETTER: u16 = 1 << 11;
/// A letter of top-level domains.
pub const TOP_LEVEL: u16 = 1 << 12;

/// The table.
#[derive(Debug)]
pub struct Chars {
    ascii: [u16; 128],
    /// First characters of runs with the same bits, in order, with those bits.
    runs: Vec<(u32, u16)>,
}

impl Chars {
    /// The table of runs sorted by their first code point.
    pub fn new(runs: Vec<(u32, u16)>) -> Self {
        let mut chars = Self { ascii: [0; 128], runs };
        chars.ascii = std::array::from_fn(|code| chars.find(code as u32));
        chars
    }

    /// The bits of a character.
    pub fn of(&self, c: char) -> u16 {
        let code = c as u32;
        match self.ascii.get(code as usize) {
            Some(bits) => *bits,
            None => self.find(code),
        }
    }

    /// True where the character has one of these bits.
    pub fn is(&self, c: char, bits: u16) -> bool {
        self.of(c) & bits != 0
    }

    fn find(&self, code: u32) -> u16 {
        let after = self.runs.partition_point(|run| run.0 <= code);
        after.checked_sub(1).map_or(0, |at| self.runs[at].1)
    }
}
