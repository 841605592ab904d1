//! Eight bytes at a time: which of them are letters and digits of ASCII, by arithmetic on one number.
//!
//! Text is read word by word more than once, and most words are shorter than eight bytes. What a loop
//! over bytes tells with a branch each, which no processor foresees, this tells in some twenty steps.

/// The highest bit of each byte.
const TOPS: u64 = 0x8080_8080_8080_8080;

/// Eight bytes, or fewer and zeros.
#[derive(Debug, Clone, Copy)]
pub struct Eight {
    /// The bytes with ASCII letters in lower case, the first of all the lowest.
    pub folded: u64,
    /// How many of them, from the first on, are letters and digits of ASCII.
    pub length: usize,
    /// The highest bit of each of those that is a capital.
    pub capitals: u64,
    /// The highest bit of each of those that is a digit.
    pub digits: u64,
}

impl Eight {
    /// The first eight bytes.
    #[inline]
    pub fn first(bytes: &[u8]) -> Self {
        match bytes.first_chunk::<8>() {
            Some(chunk) => Self::of(*chunk),
            None => {
                let mut chunk = [0; 8];
                chunk[..bytes.len()].copy_from_slice(bytes);
                Self::of(chunk)
            }
        }
    }

    /// Reads eight bytes.
    #[inline]
    pub fn of(bytes: [u8; 8]) -> Self {
        let bytes = u64::from_le_bytes(bytes);
        let ascii = !bytes & TOPS;
        let capitals = between(bytes, b'A', b'Z') & ascii;
        // The bit that parts upper and lower case lies two places below the highest.
        let folded = bytes | capitals >> 2;
        let digits = between(bytes, b'0', b'9') & ascii;
        let letters = between(folded, b'a', b'z') & ascii;
        let others = !(letters | digits) & TOPS;
        let length = others.trailing_zeros() as usize / 8;
        let word = cut(TOPS, length);
        Self { folded, length, capitals: capitals & word, digits: digits & word }
    }

    /// The first `length` bytes in lower case, and zeros.
    #[inline]
    pub fn cut(self, length: usize) -> u64 {
        cut(self.folded, length)
    }
}

/// The highest bit of each byte whose lower seven bits lie between two characters of ASCII.
#[inline]
fn between(bytes: u64, first: u8, last: u8) -> u64 {
    let each = |byte: u8| u64::from_le_bytes([byte; 8]);
    let low = bytes & !TOPS;
    // Adding lifts into the highest bit what is large enough, and never beyond it.
    let from_first = low + each(0x80 - first);
    let after_last = low + each(0x80 - last - 1);
    from_first & !after_last & TOPS
}

/// The first `length` bytes of a number.
#[inline]
fn cut(bytes: u64, length: usize) -> u64 {
    if length >= 8 { bytes } else { bytes & ((1 << (8 * length)) - 1) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Bytes near the ends of each range, and any other.
    fn byte() -> impl Strategy<Value = u8> {
        prop_oneof![
            proptest::sample::select(b"09/:AZ@[az`{ \x00\x7f\x80\xc1\xe1\xb0\xff".to_vec()),
            any::<u8>()
        ]
    }

    proptest! {
        #[test]
        fn what_is_told_of_eight_is_what_is_told_of_each(bytes in proptest::collection::vec(byte(), 0..12)) {
            let eight = Eight::first(&bytes);
            let seen = &bytes[..bytes.len().min(8)];
            let length = seen.iter().take_while(|byte| byte.is_ascii_alphanumeric()).count();
            prop_assert_eq!(eight.length, length);
            let folded = eight.folded.to_le_bytes();
            prop_assert_eq!(&folded[..seen.len()], &seen.to_ascii_lowercase()[..]);
            for (at, byte) in seen[..length].iter().enumerate() {
                let marked = |marks: u64| marks.to_le_bytes()[at] == 0x80;
                prop_assert_eq!(marked(eight.capitals), byte.is_ascii_uppercase());
                prop_assert_eq!(marked(eight.digits), byte.is_ascii_digit());
            }
            prop_assert_eq!(cut(eight.capitals | eight.digits, length), eight.capitals | eight.digits);
            prop_assert_eq!(&eight.cut(3).to_le_bytes()[3..], &[0; 5]);
        }
    }
}
