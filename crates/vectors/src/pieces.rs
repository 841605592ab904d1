//! The vocabulary file: pieces of words with their scores, the rules that normalise a text, and each
//! piece's row of numbers.
//!
//! Little-endian, in this order: the eight bytes `dlpieces`; seven `u32` (form, which is 1; number of
//! pieces; dimensions; ids of begin, end and unknown; bytes of rules); the rules; the length of each
//! piece in one byte; the scores as `f32`; the pieces in UTF-8; the rows. A row holds its numbers in
//! blocks of 32: a scale as `f16`, then 16 bytes of two nibbles, the low ones being the first half. A
//! number is (nibble - 8) · scale (the block form Q4_0 of ggml).

use crate::normalise::Rules;
use crate::tokens::Tokeniser;

const MAGIC: &[u8; 8] = b"dlpieces";
const FORM: u32 = 1;
/// Numbers in a block.
const BLOCK: usize = 32;
/// Bytes of a block.
const BLOCK_BYTES: usize = 2 + BLOCK / 2;

/// The vocabulary.
pub struct Pieces {
    /// Cuts texts into pieces.
    pub tokeniser: Tokeniser,
    dimensions: usize,
    rows: Vec<u8>,
}

impl Pieces {
    /// Reads the file; the error says what is wrong with it.
    pub fn read(mut file: Vec<u8>) -> Result<Self, String> {
        let mut rest = Cursor { bytes: &file, at: 0 };
        if rest.take(MAGIC.len())? != MAGIC {
            return Err("it does not begin with dlpieces".into());
        }
        let form = rest.number()?;
        if form != FORM {
            return Err(format!("it has form {form}, this program reads form {FORM}"));
        }
        let (count, dimensions) = (rest.number()? as usize, rest.number()? as usize);
        if dimensions == 0 || !dimensions.is_multiple_of(BLOCK) {
            return Err(format!("{dimensions} dimensions are no multiple of {BLOCK}"));
        }
        let (begin, end, unknown) = (rest.number()?, rest.number()?, rest.number()?);
        if [begin, end, unknown].iter().any(|id| *id as usize >= count) {
            return Err("a special piece is not in the vocabulary".into());
        }
        let size = rest.number()? as usize;
        let rules = Rules::read(rest.take(size)?)?;
        let lengths = rest.take(count)?;
        let scores = rest.take(count.checked_mul(4).ok_or("too many pieces")?)?;
        let scores =
            scores.chunks_exact(4).map(|four| f32::from_le_bytes([four[0], four[1], four[2], four[3]]));
        let mut pieces = Vec::with_capacity(count);
        for (length, score) in lengths.iter().zip(scores) {
            pieces.push((rest.take(usize::from(*length))?, score));
        }
        let specials = begin.max(end).max(unknown);
        let tokeniser = Tokeniser::new(rules, &pieces, begin, end, unknown, specials)?;
        let at = rest.at;
        let size = dimensions / BLOCK * BLOCK_BYTES;
        if (file.len() - at) != count.checked_mul(size).ok_or("too many rows")? {
            return Err("it ends too early or too late".into());
        }
        file.drain(..at);
        Ok(Self { tokeniser, dimensions, rows: file })
    }

    /// Numbers in a row.
    pub fn dimensions(&self) -> usize {
        self.dimensions
    }

    /// Appends the row of a piece; of the first piece where there is none of that id.
    pub fn row(&self, id: u32, out: &mut Vec<f32>) {
        let size = self.dimensions / BLOCK * BLOCK_BYTES;
        let at = id as usize * size;
        let row = self.rows.get(at..at + size).unwrap_or(&self.rows[..size]);
        for block in row.chunks_exact(BLOCK_BYTES) {
            let scale = half(u16::from_le_bytes([block[0], block[1]]));
            let number = |nibble: u8| (f32::from(nibble) - 8.0) * scale;
            out.extend(block[2..].iter().map(|pair| number(pair & 15)));
            out.extend(block[2..].iter().map(|pair| number(pair >> 4)));
        }
    }
}

/// What has not been read yet.
struct Cursor<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Cursor<'a> {
    fn take(&mut self, count: usize) -> Result<&'a [u8], String> {
        let end = self.at.checked_add(count).ok_or("a length is too large")?;
        let taken = self.bytes.get(self.at..end).ok_or("it ends too early")?;
        self.at = end;
        Ok(taken)
    }

    fn number(&mut self) -> Result<u32, String> {
        let four = self.take(4)?;
        Ok(u32::from_le_bytes([four[0], four[1], four[2], four[3]]))
    }
}

/// An IEEE 754 half as a float. Infinities and NaN, which no scale is, become large numbers.
fn half(bits: u16) -> f32 {
    let sign = if bits & 0x8000 == 0 { 1.0 } else { -1.0 };
    let (exponent, fraction) = (i32::from(bits >> 10 & 31), f32::from(bits & 0x3ff) / 1024.0);
    let magnitude =
        if exponent == 0 { fraction * 2f32.powi(-14) } else { (1.0 + fraction) * 2f32.powi(exponent - 15) };
    sign * magnitude
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn halves_are_exact() {
        for (bits, value) in
            [(0x3c00, 1.0), (0xc000, -2.0), (0x3555, 0.333_251_95), (0x0001, 5.960_464_5e-8), (0, 0.0)]
        {
            assert_eq!(half(bits), value);
        }
    }

    /// A vocabulary of four pieces and no rules.
    pub(crate) fn tiny() -> Vec<u8> {
        let mut file = MAGIC.to_vec();
        for number in [FORM, 4, 32, 0, 1, 2, 4] {
            file.extend(number.to_le_bytes());
        }
        file.extend(0u32.to_le_bytes());
        file.extend([3, 4, 5, 3]);
        for score in [0.0f32, 0.0, 0.0, -1.0] {
            file.extend(score.to_le_bytes());
        }
        file.extend("<s></s><unk>▁".bytes());
        for row in 0..4u8 {
            file.extend(0x3c00u16.to_le_bytes());
            file.extend([row << 4 | 9; 16]);
        }
        file
    }

    #[test]
    fn rows_come_out_as_they_were_put_in() {
        let pieces = Pieces::read(tiny()).unwrap();
        let mut row = Vec::new();
        pieces.row(3, &mut row);
        assert_eq!(row[..16], [1.0; 16]);
        assert_eq!(row[16..], [-5.0; 16]);
    }

    #[test]
    fn a_file_cut_short_says_so() {
        let file = tiny();
        for end in 0..file.len() {
            assert!(Pieces::read(file[..end].to_vec()).is_err(), "cut at {end}");
        }
    }

    proptest! {
        #[test]
        fn no_bytes_panic(place in 0usize..500, byte: u8, cut in 0usize..500) {
            let mut file = tiny();
            let length = file.len();
            file[place % length] = byte;
            file.truncate(length - cut % length);
            let _ = Pieces::read(file);
        }
    }
}
