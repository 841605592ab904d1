//! Words compared as rules compare them: whatever the typography, the same words are the same.

use std::collections::HashSet;

use dateline_model::Lang;
use dateline_reader::figures::numbers;
use dateline_reader::words::{Word, fold, words};

/// The folded words of some texts.
pub fn folded<'a>(texts: impl IntoIterator<Item = &'a str>) -> HashSet<String> {
    let mut all = HashSet::new();
    for text in texts {
        all.extend(words(text).iter().filter_map(|word| word.span.of(text)).map(fold));
    }
    all
}

/// Letters and digits in order, folded, a blank between words: equal for one wording in two typographies.
pub fn line(text: &str) -> String {
    let words = words(text);
    words.iter().filter_map(|word| word.span.of(text)).map(|word| fold(word) + " ").collect()
}

/// Words written with a capital inside a sentence: names, as far as the alphabet shows them.
pub fn names(sentence: &str, lang: Lang) -> Vec<&str> {
    if lang == Lang::DE {
        // Every German noun has a capital; there the whole wording is compared anyway.
        return Vec::new();
    }
    let all = words(sentence);
    let inside = |(at, word): (usize, &Word)| {
        let before =
            sentence[..word.span.start as usize].trim_end_matches(['"', '“', '«', '„', '(', ' ', '‘', '\'']);
        let opens = at == 0 || before.is_empty() || before.ends_with(['.', '!', '?', ':', '…']);
        (!opens && word.shape.is_capitalised()).then(|| word.span.of(sentence)).flatten()
    };
    all.iter().enumerate().filter_map(inside).collect()
}

/// The numbers of a text, normalised, as bits so that they can be looked up.
pub fn numbers_of(text: &str, lang: Lang) -> HashSet<u64> {
    numbers(text, lang).into_iter().map(|(_, value)| value.to_bits()).collect()
}

/// What stands between quotation marks, marks left out. Marks of all languages; a mark that is not closed
/// encloses the rest.
pub fn quoted(sentence: &str) -> Vec<&str> {
    let mut quoted = Vec::new();
    let mut open: Option<(usize, char)> = None;
    for (at, c) in sentence.char_indices() {
        match open {
            Some((from, closing)) if c == closing || (closing == '“' && c == '”') => {
                quoted.push(&sentence[from..at]);
                open = None;
            }
            Some(_) => {}
            None => {
                let closing = match c {
                    '“' => '”',
                    '«' => '»',
                    '„' => '“',
                    '"' => '"',
                    _ => continue,
                };
                open = Some((at + c.len_utf8(), closing));
            }
        }
    }
    if let Some((from, _)) = open {
        quoted.push(&sentence[from..]);
    }
    quoted
}

/// True where the words of one run stand in another, in order and together.
pub fn stands_in(wording: &str, text: &str) -> bool {
    let (wording, text) = (line(wording), format!(" {}", line(text)));
    wording.trim().is_empty() || text.contains(&format!(" {wording}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn typography_makes_no_difference_and_words_do() {
        assert!(stands_in(
            "“They have\u{a0}their hangar",
            "\"They have their hangar and we have ours,\" he said."
        ));
        assert!(!stands_in("separate hangar", "the same hangar"));
        assert!(!stands_in("hangar", "hangars"));
    }

    #[test]
    fn quotations_of_all_marks() {
        assert_eq!(quoted("He said “yes” and «oui», then „ja“ and \"da\"."), ["yes", "oui", "ja", "da"]);
        assert_eq!(quoted("An “open one"), ["open one"]);
    }

    #[test]
    fn names_are_capitals_inside_a_sentence() {
        let sentence = "Russian troops are in Niamey. The Pentagon said so.";
        assert_eq!(names(sentence, Lang::EN), ["Niamey", "Pentagon"]);
    }
}
