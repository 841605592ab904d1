//! Texts as the vocabulary was learned from: SentencePiece's `nmt_nfkc` (Kudo & Richardson, 2018).
//!
//! NFKC with exceptions of its own, compiled into a trie from byte sequences to what replaces them. At each place
//! the longest sequence wins; a character without a rule stays. Then blanks: none at the ends, one
//! between words, one put before the text, each written `▁`.

/// A blank, as pieces write it.
pub const BLANK: char = '▁';

/// The replacements: a double-array trie (of the form darts-clone writes) and the texts it leads to.
pub struct Rules {
    units: Vec<u32>,
    texts: Vec<u8>,
}

impl Rules {
    /// Reads the rules as SentencePiece models carry them: the trie's size in bytes as a little-endian `u32`,
    /// the trie, the texts, each ended by a zero. No bytes at all, or a trie of size 0, is no rules.
    pub fn read(bytes: &[u8]) -> Result<Self, String> {
        let Some((size, rest)) = bytes.split_first_chunk::<4>() else {
            return Ok(Self { units: Vec::new(), texts: Vec::new() });
        };
        let (units, texts) =
            rest.split_at_checked(u32::from_le_bytes(*size) as usize).ok_or("the rules end too early")?;
        let units = units
            .chunks_exact(4)
            .map(|four| u32::from_le_bytes([four[0], four[1], four[2], four[3]]))
            .collect();
        Ok(Self { units, texts: texts.to_vec() })
    }

    /// The text with its rules applied and its blanks in order; empty if nothing but blanks is left.
    ///
    /// Linear in the length of the text.
    pub fn normalise(&self, text: &str) -> String {
        let mut out = String::with_capacity(text.len() + 8);
        let mut rest = text;
        let mut blank_due = true;
        while let Some(first) = rest.chars().next() {
            let (length, replacement) = self.longest(rest.as_bytes());
            // A rule that ends within a character cannot come from a well-formed file.
            let (taken, after) = match rest.split_at_checked(length) {
                Some((taken, after)) if length > 0 => (replacement.unwrap_or(taken), after),
                _ => rest.split_at(first.len_utf8()),
            };
            for character in taken.chars() {
                if character == ' ' {
                    blank_due = true;
                } else {
                    if std::mem::take(&mut blank_due) {
                        out.push(BLANK);
                    }
                    out.push(character);
                }
            }
            rest = after;
        }
        out
    }

    /// The longest sequence at the start of `text` that has a rule: its length, 0 if none, and its replacement.
    fn longest(&self, text: &[u8]) -> (usize, Option<&str>) {
        let mut found = (0, None);
        let Some(root) = self.units.first() else { return found };
        let mut at = offset(*root);
        for (read, byte) in text.iter().enumerate() {
            at ^= usize::from(*byte);
            let Some(unit) = self.units.get(at).filter(|unit| **unit & 0x8000_00ff == u32::from(*byte))
            else {
                break;
            };
            at ^= offset(*unit);
            if unit >> 8 & 1 == 1
                && let Some(leaf) = self.units.get(at)
            {
                found = (read + 1, self.text((leaf & 0x7fff_ffff) as usize));
            }
        }
        found
    }

    fn text(&self, start: usize) -> Option<&str> {
        let text = self.texts.get(start..)?;
        let end = text.iter().position(|byte| *byte == 0)?;
        std::str::from_utf8(&text[..end]).ok()
    }
}

fn offset(unit: u32) -> usize {
    ((unit >> 10) << ((unit & 0x200) >> 6)) as usize
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn none() -> Rules {
        Rules::read(&[]).unwrap()
    }

    #[test]
    fn blanks_are_single_and_one_stands_before_the_text() {
        assert_eq!(none().normalise("  Ferry  sinks "), "▁Ferry▁sinks");
        assert_eq!(none().normalise("Ferry"), "▁Ferry");
        assert_eq!(none().normalise("   "), "");
        assert_eq!(none().normalise(""), "");
    }

    proptest! {
        #[test]
        fn no_rules_and_no_text_panic(rules in proptest::collection::vec(any::<u8>(), 0..400), text: String) {
            // A trie that takes up nearly all bytes.
            let mut bytes = (rules.len() as u32 / 4 * 4).to_le_bytes().to_vec();
            bytes.extend(&rules);
            if let Ok(rules) = Rules::read(&bytes) {
                rules.normalise(&text);
            }
        }
    }
}
