//! Stems: the part of a word that its inflections share, so that "withdrew troops" meets "withdrawing troops".
//!
//! Snowball stemmers where the language has one; for the inflecting languages without one, the
//! first letters of the word, which serve retrieval nearly as well. Latin accents are dropped after
//! stemming, because headlines, wires and foreign newsrooms write names without them.

use std::cell::RefCell;
use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use dateline_model::Lang;
use rust_stemmers::{Algorithm, Stemmer};
use xxhash_rust::xxh3::xxh3_64;

use crate::words::{Shape, Word, fold};

/// Letters kept of a word in an inflecting language without a stemmer. Six keeps "vojska/vojske" and
/// "ministrstvo/ministrstva" together and most roots apart.
const PREFIX_LETTERS: usize = 6;

/// Stems remembered per language and thread before the memory is emptied: about 12 MB at most.
const REMEMBERED: usize = 1 << 19;

fn algorithm(lang: Lang) -> Option<Algorithm> {
    Some(match lang {
        Lang::AR => Algorithm::Arabic,
        Lang::DA => Algorithm::Danish,
        Lang::DE => Algorithm::German,
        Lang::EL => Algorithm::Greek,
        Lang::EN => Algorithm::English,
        Lang::ES | Lang::CA => Algorithm::Spanish,
        Lang::FI => Algorithm::Finnish,
        Lang::FR => Algorithm::French,
        Lang::HU => Algorithm::Hungarian,
        Lang::IT => Algorithm::Italian,
        Lang::NB => Algorithm::Norwegian,
        Lang::NL => Algorithm::Dutch,
        Lang::PT => Algorithm::Portuguese,
        Lang::RO => Algorithm::Romanian,
        Lang::RU => Algorithm::Russian,
        Lang::SV => Algorithm::Swedish,
        Lang::TR => Algorithm::Turkish,
        _ => return None,
    })
}

fn is_prefix_stemmed(lang: Lang) -> bool {
    matches!(lang, Lang::BG | Lang::CS | Lang::ET | Lang::HR | Lang::PL | Lang::SL | Lang::SR | Lang::UK)
}

/// The stem of a word that stands in a text of language `lang`.
pub fn stem(word: &str, lang: Lang) -> String {
    stem_folded(&fold(word), lang)
}

/// The stem of a folded form.
pub fn stem_folded(folded: &str, lang: Lang) -> String {
    let stemmed = match algorithm(lang) {
        Some(algorithm) => Stemmer::create(algorithm).stem(folded).into_owned(),
        None if is_prefix_stemmed(lang) => folded.chars().take(PREFIX_LETTERS).collect(),
        None => folded.to_owned(),
    };
    if stemmed.is_ascii() { stemmed } else { stemmed.chars().map(without_accent).collect() }
}

/// Hash of a stem: what terms are counted by.
pub fn hash_stem(stem: &str) -> u32 {
    (xxh3_64(stem.as_bytes()) >> 32) as u32
}

#[derive(Default)]
struct AlreadyHashed(u64);

impl Hasher for AlreadyHashed {
    fn finish(&self) -> u64 {
        self.0
    }
    fn write(&mut self, _: &[u8]) {
        unreachable!("only u64 keys are hashed");
    }
    fn write_u64(&mut self, value: u64) {
        self.0 = value;
    }
}

type Memory = HashMap<u64, u32, BuildHasherDefault<AlreadyHashed>>;

thread_local! {
    static MEMORY: RefCell<HashMap<Lang, Memory>> = RefCell::new(HashMap::new());
}

/// Stem hashes for the words of one language; remembers what it has stemmed on this thread.
///
/// Stemming costs ten times as much as looking a word up, and nearly all words of a text have been seen before.
pub struct StemHashes {
    lang: Lang,
    memory: Memory,
}

impl StemHashes {
    /// A stemmer for `lang`, with what this thread remembers.
    pub fn new(lang: Lang) -> Self {
        let memory = MEMORY.with_borrow_mut(|all| all.remove(&lang)).unwrap_or_default();
        Self { lang, memory }
    }

    /// True for a word that is its own stem.
    pub fn keeps(word: Word) -> bool {
        matches!(word.shape, Shape::Pair | Shape::Number)
    }

    /// The hash of the word's stem. Pairs and numbers are their own stems.
    pub fn of(&mut self, word: Word, text: &str) -> u32 {
        if Self::keeps(word) {
            return (word.hash >> 32) as u32;
        }
        if let Some(&hash) = self.memory.get(&word.hash) {
            return hash;
        }
        let hash = hash_stem(&stem(word.span.of(text).unwrap_or_default(), self.lang));
        if self.memory.len() >= REMEMBERED {
            self.memory.clear();
        }
        self.memory.insert(word.hash, hash);
        hash
    }
}

impl Drop for StemHashes {
    fn drop(&mut self) {
        let memory = std::mem::take(&mut self.memory);
        MEMORY.with_borrow_mut(|all| all.insert(self.lang, memory));
    }
}

/// A Latin letter without its accent; other characters as they are.
pub fn without_accent(c: char) -> char {
    match c {
        'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' | 'ā' | 'ă' | 'ą' => 'a',
        'ç' | 'ć' | 'ĉ' | 'ċ' | 'č' => 'c',
        'ď' | 'đ' => 'd',
        'è' | 'é' | 'ê' | 'ë' | 'ē' | 'ĕ' | 'ė' | 'ę' | 'ě' => 'e',
        'ğ' | 'ĝ' | 'ġ' | 'ģ' => 'g',
        'ì' | 'í' | 'î' | 'ï' | 'ĩ' | 'ī' | 'į' | 'ı' => 'i',
        'ł' | 'ľ' | 'ļ' | 'ĺ' => 'l',
        'ñ' | 'ń' | 'ņ' | 'ň' => 'n',
        'ò' | 'ó' | 'ô' | 'õ' | 'ö' | 'ø' | 'ō' | 'ő' => 'o',
        'ŕ' | 'ř' => 'r',
        'ś' | 'ŝ' | 'ş' | 'š' | 'ș' => 's',
        'ţ' | 'ť' | 'ț' => 't',
        'ù' | 'ú' | 'û' | 'ü' | 'ũ' | 'ū' | 'ŭ' | 'ů' | 'ű' | 'ų' => 'u',
        'ý' | 'ÿ' => 'y',
        'ź' | 'ż' | 'ž' => 'z',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::words;

    #[test]
    fn inflections_meet() {
        for (lang, a, b) in [
            (Lang::EN, "withdrawing", "withdrawals"),
            (Lang::FR, "militaires", "militaire"),
            (Lang::DE, "Truppen", "truppe"),
            (Lang::ES, "soldados", "soldado"),
            (Lang::RU, "военные", "военных"),
            (Lang::AR, "القاعدة", "قاعدة"),
            (Lang::SL, "ministrstvo", "ministrstva"),
            (Lang::PT, "México", "Mexico"),
        ] {
            assert_eq!(stem(a, lang), stem(b, lang), "{a} / {b}");
        }
        assert_ne!(stem("hangar", Lang::EN), stem("anger", Lang::EN));
    }

    #[test]
    fn remembered_stems_are_the_same() {
        let text = "Troops withdrew; the troops' withdrawal";
        for _ in 0..2 {
            let mut hashes = StemHashes::new(Lang::EN);
            for word in words(text) {
                let expected = hash_stem(&stem(word.span.of(text).unwrap(), Lang::EN));
                assert_eq!(hashes.of(word, text), expected);
            }
        }
    }
}
