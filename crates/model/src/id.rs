//! Identifiers: content-derived, so that the same input gives the same id in every folder.
//!
//! An id is the first 80 bits of a SHA-256, written as a letter and sixteen digits of Crockford's
//! base 32. Eighty bits keep the chance of any collision among 10⁹ articles under 10⁻⁶. Derived ids
//! (rather than ULIDs) make `add` idempotent without a look-up table, let two folders that read the
//! same feeds agree on names, and keep briefs byte-identical however the input was batched.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use sha2::{Digest, Sha256};

const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
/// Bytes in an id.
pub const ID_BYTES: usize = 10;
const ID_DIGITS: usize = 16;

/// Why a string is not an id.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "`{given}` is not {expected}: expected `{prefix}` and 16 letters or digits, such as `{prefix}0123456789abcdef`"
)]
pub struct ParseIdError {
    given: String,
    expected: &'static str,
    prefix: char,
}

fn encode(prefix: char, bytes: &[u8; ID_BYTES], out: &mut impl fmt::Write) -> fmt::Result {
    out.write_char(prefix)?;
    for group in bytes.chunks(5) {
        let bits = group.iter().fold(0u64, |acc, byte| acc << 8 | u64::from(*byte));
        for digit in (0..8).rev() {
            out.write_char(char::from(ALPHABET[(bits >> (5 * digit) & 31) as usize]))?;
        }
    }
    Ok(())
}

fn decode(prefix: char, text: &str) -> Option<[u8; ID_BYTES]> {
    let digits = text.strip_prefix(prefix)?.as_bytes();
    if digits.len() != ID_DIGITS {
        return None;
    }
    let mut bytes = [0; ID_BYTES];
    for (group, out) in digits.chunks(8).zip(bytes.chunks_mut(5)) {
        let mut bits = 0u64;
        for digit in group {
            let value = ALPHABET.iter().position(|letter| letter == digit)?;
            bits = bits << 5 | value as u64;
        }
        out.copy_from_slice(&bits.to_be_bytes()[3..]);
    }
    Some(bytes)
}

fn derive(parts: &[&[u8]]) -> [u8; ID_BYTES] {
    let mut hasher = Sha256::new();
    for part in parts {
        hasher.update((part.len() as u64).to_le_bytes());
        hasher.update(part);
    }
    let digest = hasher.finalize();
    let mut bytes = [0; ID_BYTES];
    bytes.copy_from_slice(&digest[..ID_BYTES]);
    bytes
}

macro_rules! id {
    ($(#[$doc:meta])* $name:ident, $prefix:literal, $noun:literal) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub [u8; ID_BYTES]);

        impl $name {
            /// The letter every id of this kind starts with.
            pub const PREFIX: char = $prefix;

            /// Derives an id from the parts that identify the thing; parts are length-delimited.
            pub fn derive(parts: &[&[u8]]) -> Self {
                Self(derive(parts))
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                encode($prefix, &self.0, f)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                encode($prefix, &self.0, f)
            }
        }

        impl FromStr for $name {
            type Err = ParseIdError;
            fn from_str(text: &str) -> Result<Self, ParseIdError> {
                decode($prefix, text).map(Self).ok_or_else(|| ParseIdError {
                    given: text.chars().take(40).collect(),
                    expected: $noun,
                    prefix: $prefix,
                })
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = String::deserialize(deserializer)?;
                text.parse().map_err(serde::de::Error::custom)
            }
        }
    };
}

id!(
    /// Names one article for good: derived from its canonical URL, else from outlet, title and day.
    ArticleId, 'a', "an article id"
);
id!(
    /// Names one story for good: derived from the article that founded it.
    StoryId, 's', "a story id"
);

id!(
    /// Names one storyline for good: by the story that started it.
    StorylineId, 'l', "a storyline id"
);

/// SHA-256 of a text or of the cited part of one, written in lower-case hexadecimal.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Sha(pub [u8; 32]);

impl Sha {
    /// Hashes bytes.
    pub fn of(bytes: impl AsRef<[u8]>) -> Self {
        Self(Sha256::digest(bytes.as_ref()).into())
    }
}

impl fmt::Display for Sha {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for Sha {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Serialize for Sha {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Sha {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let bad = || serde::de::Error::custom("a SHA-256 is 64 hexadecimal digits");
        if text.len() != 64 || !text.is_ascii() {
            return Err(bad());
        }
        let mut bytes = [0; 32];
        for (i, byte) in bytes.iter_mut().enumerate() {
            *byte = u8::from_str_radix(&text[2 * i..2 * i + 2], 16).map_err(|_| bad())?;
        }
        Ok(Self(bytes))
    }
}

impl StoryId {
    /// The id of the story that an article founds.
    pub fn founded_by(article: ArticleId) -> Self {
        Self::derive(&[b"story", &article.0])
    }
}

impl StorylineId {
    /// The id of the storyline that a story starts: the same digits, so that people see which one it was.
    pub fn started_by(story: StoryId) -> Self {
        Self(story.0)
    }

    /// The story that started it, which may have ended by a correction since.
    pub fn first(self) -> StoryId {
        StoryId(self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn ids_are_short_and_tell_their_kind() {
        let id = ArticleId::derive(&[b"https://niamey-post.example/airbase-101"]);
        let text = id.to_string();
        assert_eq!(text.len(), 17);
        assert!(text.starts_with('a'));
        let error = text.parse::<StoryId>().unwrap_err();
        assert!(error.to_string().contains("is not a story id"), "{error}");
    }

    #[test]
    fn parts_are_delimited() {
        assert_ne!(ArticleId::derive(&[b"ab", b"c"]), ArticleId::derive(&[b"a", b"bc"]));
    }

    proptest! {
        #[test]
        fn text_form_round_trips(bytes: [u8; ID_BYTES]) {
            let id = StoryId(bytes);
            prop_assert_eq!(id.to_string().parse::<StoryId>().unwrap(), id);
        }

        #[test]
        fn parsing_never_panics(text in "\\PC{0,24}") {
            let _ = text.parse::<ArticleId>();
        }
    }
}
