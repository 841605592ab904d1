//! Headlines in title case, put into the case of a sentence for the grammar, which else takes every word for a name.

use std::borrow::Cow;

use crate::characterise::lexicon::LEXICON;

/// Words of a headline at most.
const LONGEST: usize = 24;
/// Share of its longer words that begin with a capital.
const CAPITALS: f32 = 0.8;

/// The text with the common words of a headline in lower case, byte for byte as long; other text as it is.
///
/// "Former Inspector Claims Mine Skipped Gas Checks": a single line without a stop, of which nearly all longer words begin
/// with a capital. Only words that are known to be no names change.
pub fn sentence_case(text: &str) -> Cow<'_, str> {
    let line = text.trim();
    let words: Vec<&str> = line.split_whitespace().take(LONGEST + 1).collect();
    let long: Vec<&&str> = words.iter().filter(|word| word.len() > 3).collect();
    let capital = |word: &&&str| word.starts_with(|c: char| c.is_ascii_uppercase());
    let capitals = long.iter().filter(|word| capital(word)).count();
    let is_headline = (3..=LONGEST).contains(&words.len())
        && !line.contains('\n')
        && !line.ends_with(['.', '!', '?', '”', '"'])
        && long.len() >= 2
        && capitals as f32 >= CAPITALS * long.len() as f32;
    if !is_headline {
        return Cow::Borrowed(text);
    }
    let mut lowered = text.as_bytes().to_vec();
    let mut start = None;
    let mut runs = Vec::new();
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        match (start, c.is_alphanumeric()) {
            (None, true) => start = Some(at),
            (Some(from), false) => {
                runs.push(from..at);
                start = None;
            }
            _ => {}
        }
    }
    for run in runs {
        let word = &text[run.clone()];
        let shouted = word.len() > 1 && word.bytes().all(|b| b.is_ascii_uppercase());
        if word.is_ascii() && !shouted && LEXICON.is_common(&word.to_ascii_lowercase()) {
            lowered[run].make_ascii_lowercase();
        }
    }
    String::from_utf8(lowered).map_or(Cow::Borrowed(text), Cow::Owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_common_words_of_headlines_change() {
        assert_eq!(
            sentence_case("Former Inspector Claims Brightwater Mine Skipped Checks"),
            "former inspector claims Brightwater mine skipped Checks"
        );
        for text in [
            "NATO officials met their colleagues in Vienna on Friday",
            "Two Officials Confirm It.",
            "Word",
            "",
        ] {
            assert_eq!(sentence_case(text), text);
        }
        let odd = "Çok Yaşa Officials Tell Ünal Reporters";
        assert_eq!(sentence_case(odd).len(), odd.len());
    }
}
