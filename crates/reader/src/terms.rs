//! Terms: the stems an article uses, counted by field, with the names and numbers among them marked.

use std::collections::hash_map::Entry;

use dateline_model::{Lang, Part, Term, TermKind};
use rustc_hash::FxHashMap;

use crate::stems::StemHashes;
use crate::stopwords::stop_words;
use crate::words::{Shape, Word};

/// Words of the text that count as its lead. News states who, what, where and when in its first
/// two sentences; sixty words hold them in nearly all house styles.
pub const LEAD_WORDS: usize = 60;

/// Distinct terms kept of one article. The longest report in eight thousand has 2,100; a 5 MB text
/// would otherwise cost the stories room what a thousand articles cost.
pub const MOST_TERMS: usize = 4_000;

/// Folded words longer than this in bytes are no words (hashes, base64) and are left out.
const LONGEST_TERM: usize = 48;

/// In place of a term: the word makes none.
const LEFT_OUT: u32 = u32::MAX;

#[derive(Default, Clone, Copy)]
struct Capitals {
    /// Occurrences inside a sentence, where a capital means a name.
    inside: u16,
    /// Those of them that are capitalised.
    capital: u16,
}

/// Counts the terms of a headline and a text.
///
/// `title_words` and `text_words` are the words of `title` and `text`.
pub fn terms(title: &str, text: &str, title_words: &[Word], text_words: &[Word], lang: Lang) -> Vec<Term> {
    let stops = stop_words(lang);
    let mut stems = StemHashes::new(lang);
    let room = text_words.len() / 2 + title_words.len();
    let mut slots: FxHashMap<u32, u32> = FxHashMap::with_capacity_and_hasher(room, Default::default());
    // Half of a text's words were in it before: the small map of its own words saves them the two large ones.
    let mut seen: FxHashMap<(u64, bool), u32> = FxHashMap::with_capacity_and_hasher(room, Default::default());
    let mut found: Vec<Term> = Vec::with_capacity(room);
    let mut capitals: Vec<Capitals> = Vec::with_capacity(room);
    // German capitalises every noun, and headlines in title case every word: there capitals mean nothing.
    let cased = lang != Lang::DE;
    let title_cased = cased && !is_title_case(title_words);

    for (part, words, source) in [(Part::Title, title_words, title), (Part::Text, text_words, text)] {
        for (index, &word) in words.iter().enumerate() {
            if word.span.len() > LONGEST_TERM || is_trivial(word) {
                continue;
            }
            let next = found.len() as u32;
            let mut slot_of = || {
                if stops.contains(&word.hash) {
                    return LEFT_OUT;
                }
                let hash = stems.of(word, source);
                match slots.entry(hash) {
                    Entry::Occupied(slot) => *slot.get(),
                    Entry::Vacant(_) if next as usize == MOST_TERMS => LEFT_OUT,
                    Entry::Vacant(slot) => {
                        let kind =
                            if word.shape == Shape::Number { TermKind::Number } else { TermKind::Word };
                        found.push(Term { hash, title: 0, lead: 0, body: 0, kind, first: word.span, part });
                        capitals.push(Capitals::default());
                        *slot.insert(next)
                    }
                }
            };
            // Numbers and pairs are their own stems, whatever else is written with the same letters.
            let slot =
                *seen.entry((word.hash, StemHashes::keeps(word))).or_insert_with(&mut slot_of) as usize;
            if slot == LEFT_OUT as usize {
                continue;
            }
            let term = &mut found[slot];
            match part {
                Part::Text => {
                    term.body = term.body.saturating_add(1);
                    if index < LEAD_WORDS {
                        term.lead = term.lead.saturating_add(1);
                    }
                }
                _ => term.title = term.title.saturating_add(1),
            }
            let means_name = if part == Part::Text { cased } else { title_cased };
            if means_name && !starts_sentence(source, word, index, words) {
                let seen = &mut capitals[slot];
                seen.inside = seen.inside.saturating_add(1);
                seen.capital = seen.capital.saturating_add(u16::from(word.shape.is_capitalised()));
            }
        }
    }
    for (term, seen) in found.iter_mut().zip(&capitals) {
        // Four in five: "Base" in a name now and then does not make "base" a name.
        if term.kind == TermKind::Word && seen.capital > 0 && seen.capital * 5 >= seen.inside * 4 {
            term.kind = TermKind::Name;
        }
    }
    found
}

/// One letter or one digit says nothing.
fn is_trivial(word: Word) -> bool {
    word.span.len() == 1 && word.shape != Shape::Pair
}

/// True where most longer words of a headline are capitalised.
fn is_title_case(words: &[Word]) -> bool {
    let longer = words.iter().filter(|word| word.span.len() >= 4 && word.shape != Shape::Number);
    let (all, capital) = longer
        .fold((0, 0), |(all, capital), word| (all + 1, capital + usize::from(word.shape.is_capitalised())));
    all > 0 && capital * 5 > all * 3
}

/// True where the word opens a sentence or a quotation, so that its capital means nothing.
fn starts_sentence(text: &str, word: Word, index: usize, words: &[Word]) -> bool {
    let Some(previous) = index.checked_sub(1).and_then(|before| words.get(before)) else { return true };
    // Pairs of unspaced scripts overlap, so there may be no gap.
    let gap = text.get(previous.span.end as usize..word.span.start as usize).unwrap_or_default();
    gap != " " && gap.contains(['.', '!', '?', '\n', ':', '"', '“', '«', '„', '(', '؟', '…', '•', '|'])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stems::{hash_stem, stem};
    use crate::words::words;

    fn read(title: &str, text: &str, lang: Lang) -> Vec<Term> {
        terms(title, text, &words(title), &words(text), lang)
    }

    fn find(terms: &[Term], word: &str, lang: Lang) -> Term {
        let hash = hash_stem(&stem(word, lang));
        *terms.iter().find(|term| term.hash == hash).unwrap_or_else(|| panic!("{word} not among the terms"))
    }

    #[test]
    fn fields_names_and_numbers() {
        let title = "Russian Troops Enter Base Housing Americans";
        let text = "Troops from Russia entered an air base in Niamey. Officials said 1,000 soldiers were at \
                    the base. Niamey did not comment.";
        let found = read(title, text, Lang::EN);
        let base = find(&found, "base", Lang::EN);
        assert_eq!((base.title, base.lead, base.body, base.kind), (1, 2, 2, TermKind::Word));
        assert_eq!(find(&found, "Niamey", Lang::EN).kind, TermKind::Name);
        assert_eq!(find(&found, "troops", Lang::EN).kind, TermKind::Word, "title case is no sign of a name");
        assert_eq!(find(&found, "000", Lang::EN).kind, TermKind::Number);
        assert!(found.iter().all(|term| term.hash != hash_stem("the")), "stop words are left out");
    }

    #[test]
    fn a_headline_alone_gives_its_names_where_it_is_in_sentence_case() {
        let found = read("Junta orders troops out of Niger after talks with Washington", "", Lang::EN);
        assert_eq!(find(&found, "Washington", Lang::EN).kind, TermKind::Name);
        assert_eq!(find(&found, "talks", Lang::EN).kind, TermKind::Word);
    }

    #[test]
    fn overlapping_pairs_are_read() {
        assert!(!read("史无前例 “最安静”奥运会真的来了", "", Lang::ZH).is_empty());
    }

    #[test]
    fn a_huge_text_has_bounded_terms() {
        let text: String = (0..20_000).map(|i| format!("word{i}x ")).collect();
        assert_eq!(read("", &text, Lang::EN).len(), MOST_TERMS);
    }
}
