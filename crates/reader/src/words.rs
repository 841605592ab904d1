//! Words: one pass over a text, giving every word with its place, its shape and a hash of its folded form.
//!
//! A word is a run of letters, marks and digits; apostrophes and hyphens part words, except that a
//! trailing English `'s` is dropped. Scripts written without blanks (Han, kana, Thai, Lao, Khmer,
//! Burmese) give overlapping pairs of characters, the usual substitute for segmentation in retrieval.
//! Folding is lower case, Arabic vowel signs and tatweel dropped, alef and yeh forms unified.

use dateline_model::Span;
use xxhash_rust::xxh3::xxh3_64;

use crate::eight::Eight;

/// How a word is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Shape {
    /// `hangar`
    Lower,
    /// `Niamey`
    Capital,
    /// `NATO`; two letters or more.
    Upper,
    /// `McDonald`, `iPhone`
    Mixed,
    /// `101`, `24th`
    Number,
    /// Letters of a script without cases: `قاعدة`
    Caseless,
    /// Two neighbouring characters of a script without blanks.
    Pair,
}

impl Shape {
    /// True where the word begins with a capital letter.
    pub fn is_capitalised(self) -> bool {
        matches!(self, Self::Capital | Self::Upper | Self::Mixed)
    }
}

/// A word of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Word {
    /// Where it stands.
    pub span: Span,
    /// Hash of its folded form.
    pub hash: u64,
    /// How it is written.
    pub shape: Shape,
}

/// The longest word that is hashed whole, in bytes of its folded form; longer runs (base64, URLs
/// without punctuation) are cut here so that no input makes a word of unbounded size.
const LONGEST_WORD: usize = 64;

/// All words of a text in order. Linear in the length of the text.
pub fn words(text: &str) -> Vec<Word> {
    let mut found = Vec::with_capacity(text.len() / 6);
    let mut scan = Scan { text, at: 0 };
    while let Some(word) = scan.next_word(&mut found) {
        found.push(word);
    }
    found
}

struct Scan<'t> {
    text: &'t str,
    at: usize,
}

/// Hash of a form that is already folded; the same as [`Word::hash`] of a word that folds to it.
pub fn hash_folded(folded: &str) -> u64 {
    xxh3_64(folded.as_bytes())
}

impl Scan<'_> {
    /// The next word; pairs of unspaced scripts are pushed to `found` on the way.
    fn next_word(&mut self, found: &mut Vec<Word>) -> Option<Word> {
        let bytes = self.text.as_bytes();
        loop {
            while self.at < bytes.len()
                && bytes[self.at].is_ascii()
                && !bytes[self.at].is_ascii_alphanumeric()
            {
                self.at += 1;
            }
            let start = self.at;
            if start == bytes.len() {
                return None;
            }
            if let Some(chunk) = bytes[start..].first_chunk::<8>() {
                let short = Eight::of(*chunk);
                // A word of up to seven letters of ASCII, with what follows it in sight: most are.
                if (1..8).contains(&short.length) && chunk[short.length].is_ascii() {
                    self.at = start + short.length;
                    self.pass_possessive();
                    let span = Span::new(start, start + short.length);
                    let hash = xxh3_64(&short.folded.to_le_bytes()[..short.length]);
                    return Some(Word { span, hash, shape: shape_of(&short) });
                }
            }
            let mut end = start;
            while end < bytes.len() && bytes[end].is_ascii_alphanumeric() {
                end += 1;
            }
            if end > start && (end == bytes.len() || bytes[end].is_ascii()) {
                self.at = end;
                return Some(self.ascii_word(start, end));
            }
            if let Some(word) = self.unicode_word(start, found) {
                return Some(word);
            }
        }
    }

    /// Moves behind an `'s`, where one stands here.
    fn pass_possessive(&mut self) {
        let rest = &self.text.as_bytes()[self.at..];
        if let [b'\'', b's' | b'S', rest @ ..] = rest
            && !rest.first().is_some_and(u8::is_ascii_alphanumeric)
        {
            self.at += 2;
        }
    }

    fn ascii_word(&mut self, start: usize, end: usize) -> Word {
        let bytes = self.text.as_bytes();
        let word = &bytes[start..end];
        self.pass_possessive();
        let mut folded = [0; LONGEST_WORD];
        let len = word.len().min(LONGEST_WORD);
        let (mut upper, mut digits) = (0, 0);
        for (out, byte) in folded.iter_mut().zip(word) {
            upper += u32::from(byte.is_ascii_uppercase());
            digits += u32::from(byte.is_ascii_digit());
            *out = byte.to_ascii_lowercase();
        }
        let shape = if word[0].is_ascii_digit() || digits as usize == len {
            Shape::Number
        } else {
            match upper {
                0 => Shape::Lower,
                1 if word[0].is_ascii_uppercase() => Shape::Capital,
                n if (n + digits) as usize == len => Shape::Upper,
                _ => Shape::Mixed,
            }
        };
        Word { span: Span::new(start, end), hash: xxh3_64(&folded[..len]), shape }
    }

    /// Reads a word that holds at least one character outside ASCII.
    ///
    /// Returns `None`, having moved on, where there is no word at `start`.
    fn unicode_word(&mut self, start: usize, found: &mut Vec<Word>) -> Option<Word> {
        let mut folded = String::with_capacity(LONGEST_WORD);
        let (mut letters, mut upper, mut digits, mut caseless) = (0u32, 0u32, 0u32, 0u32);
        let mut first_upper = false;
        let mut end = start;
        for c in self.text[start..].chars() {
            if is_unspaced(c) {
                if end == start {
                    self.pairs(start, found);
                    return None;
                }
                break;
            }
            if !(c.is_alphanumeric() || (is_mark(c) && end > start)) {
                if end == start {
                    self.at = start + c.len_utf8();
                    return None;
                }
                break;
            }
            end += c.len_utf8();
            if folded.len() < LONGEST_WORD {
                fold_char(c, &mut folded);
            }
            if c.is_numeric() {
                digits += 1;
            } else if c.is_alphabetic() {
                letters += 1;
                if c.is_uppercase() {
                    first_upper |= letters == 1;
                    upper += 1;
                } else if !c.is_lowercase() {
                    caseless += 1;
                }
            }
        }
        self.at = end;
        let rest = &self.text[end..];
        if let Some(after) = rest.strip_prefix("'s").or_else(|| rest.strip_prefix("’s"))
            && !after.starts_with(char::is_alphanumeric)
        {
            self.at = self.text.len() - after.len();
        }
        let shape = if letters == 0 && digits > 0 {
            Shape::Number
        } else if caseless == letters {
            Shape::Caseless
        } else if upper == 0 {
            Shape::Lower
        } else if upper == 1 && first_upper {
            Shape::Capital
        } else if upper == letters {
            Shape::Upper
        } else {
            Shape::Mixed
        };
        Some(Word { span: Span::new(start, end), hash: xxh3_64(folded.as_bytes()), shape })
    }

    /// Reads a run of an unspaced script from `start`, pushing its overlapping pairs (a lone character as itself).
    fn pairs(&mut self, start: usize, found: &mut Vec<Word>) {
        let run = self.text[start..].chars().take_while(|c| is_unspaced(*c) || is_mark(*c));
        let mut previous: Option<usize> = None;
        let mut at = start;
        let before = found.len();
        for c in run {
            let end = at + c.len_utf8();
            if let Some(previous) = previous {
                let span = Span::new(previous, end);
                found.push(Word {
                    span,
                    hash: xxh3_64(&self.text.as_bytes()[span.range()]),
                    shape: Shape::Pair,
                });
            }
            previous = Some(at);
            at = end;
        }
        if found.len() == before && at > start {
            let span = Span::new(start, at);
            found.push(Word { span, hash: xxh3_64(&self.text.as_bytes()[span.range()]), shape: Shape::Pair });
        }
        self.at = at;
    }
}

/// The shape of a word of ASCII that is shorter than eight bytes.
fn shape_of(word: &Eight) -> Shape {
    let (upper, digits) = (word.capitals.count_ones() as usize, word.digits.count_ones() as usize);
    let first = |marks: u64| marks & 0xFF != 0;
    if first(word.digits) || digits == word.length {
        return Shape::Number;
    }
    match upper {
        0 => Shape::Lower,
        1 if first(word.capitals) => Shape::Capital,
        _ if upper + digits == word.length => Shape::Upper,
        _ => Shape::Mixed,
    }
}

/// The folded form of a word, as it is hashed.
pub fn fold(word: &str) -> String {
    let mut folded = String::with_capacity(word.len());
    for c in word.chars() {
        if folded.len() >= LONGEST_WORD {
            break;
        }
        fold_char(c, &mut folded);
    }
    folded
}

fn fold_char(c: char, folded: &mut String) {
    match c {
        'A'..='Z' => folded.push(c.to_ascii_lowercase()),
        '\u{064B}'..='\u{065F}' | '\u{0670}' | '\u{0640}' => {}
        'أ' | 'إ' | 'آ' | 'ٱ' => folded.push('ا'),
        'ى' | 'ی' => folded.push('ي'),
        'ک' => folded.push('ك'),
        'ё' | 'Ё' => folded.push('е'),
        _ if c.is_ascii() => folded.push(c),
        _ => folded.extend(c.to_lowercase()),
    }
}

/// Combining marks that belong to the word they stand in: they are not letters by themselves.
fn is_mark(c: char) -> bool {
    matches!(u32::from(c),
        0x0300..=0x036F | 0x0591..=0x05BD | 0x0610..=0x061A | 0x0640 | 0x064B..=0x065F | 0x0670
        | 0x0900..=0x0903 | 0x093A..=0x094F | 0x0981..=0x0983 | 0x09BC..=0x09CD | 0x0A01..=0x0A4D
        | 0x0A81..=0x0ACD | 0x0B01..=0x0B4D | 0x0B82..=0x0BCD | 0x0C00..=0x0C4D | 0x0C81..=0x0CCD
        | 0x0D00..=0x0D4D | 0x0E31..=0x0E4E | 0x200C | 0x200D | 0x20D0..=0x20F0 | 0xFE20..=0xFE2F)
}

/// Scripts written without blanks between words.
fn is_unspaced(c: char) -> bool {
    matches!(u32::from(c),
        0x0E01..=0x0E30 | 0x0E32..=0x0E33 | 0x0E40..=0x0E46 | 0x0E81..=0x0EDF | 0x1000..=0x109F
        | 0x1780..=0x17D3 | 0x3005..=0x3007 | 0x3041..=0x30FF | 0x3400..=0x4DBF | 0x4E00..=0x9FFF
        | 0xF900..=0xFAFF | 0x20000..=0x3FFFF)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn texts(text: &str) -> Vec<&str> {
        words(text).iter().map(|word| word.span.of(text).unwrap()).collect()
    }

    #[test]
    fn words_of_many_scripts() {
        assert_eq!(
            texts("Airbase 101, next to Niamey's airport."),
            ["Airbase", "101", "next", "to", "Niamey", "airport"]
        );
        assert_eq!(texts("l’armée russe à Niamey"), ["l", "armée", "russe", "à", "Niamey"]);
        assert_eq!(texts("القاعدة الجوية 101"), ["القاعدة", "الجوية", "101"]);
        assert_eq!(texts("Авиабаза в Ниамее"), ["Авиабаза", "в", "Ниамее"]);
        assert_eq!(texts("美军101基地"), ["美军", "101", "基地"]);
        assert_eq!(texts("中"), ["中"]);
        assert_eq!(texts("— … 🚀 ’"), Vec::<&str>::new());
    }

    #[test]
    fn folding_unites_what_readers_take_for_one_word() {
        let hash = |text| words(text)[0].hash;
        assert_eq!(hash("NIAMEY"), hash("Niamey"));
        assert_eq!(hash("ÉTAT"), hash("état"));
        assert_eq!(hash("قَاعِدَة"), hash("قاعدة"), "with and without vowel signs");
        assert_eq!(hash("أمريكا"), hash("امريكا"));
        assert_eq!(hash("Niamey’s"), hash("niamey"));
        assert_eq!(hash("Zürich"), hash_folded(&fold("ZÜRICH")));
    }

    #[test]
    fn shapes() {
        let shape = |text| words(text)[0].shape;
        assert_eq!(shape("hangar"), Shape::Lower);
        assert_eq!(shape("Niamey"), Shape::Capital);
        assert_eq!(shape("NATO"), Shape::Upper);
        assert_eq!(shape("G7"), Shape::Capital);
        assert_eq!(shape("McDonald"), Shape::Mixed);
        assert_eq!(shape("24th"), Shape::Number);
        assert_eq!(shape("Élysée"), Shape::Capital);
        assert_eq!(shape("قاعدة"), Shape::Caseless);
        assert_eq!(shape("基地"), Shape::Pair);
    }

    #[test]
    fn a_run_without_blanks_stays_bounded() {
        let run = "x".repeat(1 << 20);
        let found = words(&run);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].hash, hash_folded(&run[..LONGEST_WORD]));
    }

    proptest! {
        /// The last word of a text is read byte by byte, others eight bytes at a time.
        #[test]
        fn a_word_is_the_same_wherever_it_stands(word in "[a-cA-C0-2]{1,10}", after in " [a ]{9}|'s [a ]{9}|, [a ]{9}") {
            let (last, first) = (words(&word), words(&format!("{word}{after}")));
            prop_assert_eq!(last.len(), 1);
            prop_assert_eq!(last[0], first[0]);
            prop_assert!(first.iter().all(|word| word.span.start == 0 || word.hash != hash_folded("s")));
        }

        #[test]
        fn words_are_in_order_and_on_character_boundaries(text in "\\PC{0,200}") {
            let mut last = 0;
            for word in words(&text) {
                prop_assert!(word.span.of(&text).is_some());
                prop_assert!(!word.span.is_empty());
                prop_assert!(word.span.start >= last);
                last = word.span.start;
            }
        }
    }
}
