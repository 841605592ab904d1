//! Numbers in words: "twenty-five", "vingt et un", "двадцать пять", "مئة".
//!
//! `text2num` knows six of our languages; Russian and Arabic stand here as tables. Articles that are
//! also the number one ("un", "eine") are none here, and neither are vague plurals ("hundreds of").

use std::sync::LazyLock;

use dateline_model::Lang;
use text2num::{Language, get_interpreter_for, text2digits};

use super::number_words::{COLLECTIVES, NO_NUMBERS, arabic, russian};
use super::token::Token;

/// Words in the longest number that is tried: "nine hundred ninety-nine million nine hundred
/// ninety-nine thousand nine hundred ninety-nine" has twelve.
const LONGEST_RUN: usize = 12;

/// A number in words.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Spelled {
    /// What it is worth; the rank of an ordinal.
    pub value: f64,
    /// Tokens it is written with.
    pub len: usize,
    /// True for "fifth".
    pub ordinal: bool,
    /// True for "une centaine": a number that is always meant roughly.
    pub rough: bool,
}

static INTERPRETERS: LazyLock<Vec<(Lang, Language)>> = LazyLock::new(|| {
    [Lang::EN, Lang::FR, Lang::ES, Lang::DE, Lang::PT, Lang::IT]
        .into_iter()
        .filter_map(|lang| Some((lang, get_interpreter_for(lang.code())?)))
        .collect()
});

/// Words that may stand inside a number but never end it.
const LINKS: &[&str] = &["and", "et", "y", "e", "und", "-"];

/// Reads the number in words that begins at the first of `tokens`, the longest there is.
///
/// `linked` is false inside "between … and …", where "and" joins two numbers.
pub fn spelled(tokens: &[Token], lang: Lang, linked: bool) -> Option<Spelled> {
    let first = tokens.first().filter(|token| token.is_word() && !token.lower.is_empty())?;
    if let Some(rough) = collective(&first.lower, lang) {
        return Some(Spelled { value: rough, len: 1, ordinal: false, rough: true });
    }
    match lang {
        Lang::RU => descending(tokens),
        Lang::AR => joined(tokens, linked),
        _ => interpreted(tokens, lang, linked),
    }
}

fn collective(word: &str, lang: Lang) -> Option<f64> {
    let (_, table) = COLLECTIVES.iter().find(|(of, _)| *of == lang)?;
    table.iter().find(|(name, _)| *name == word).map(|(_, value)| *value)
}

fn interpreted(tokens: &[Token], lang: Lang, linked: bool) -> Option<Spelled> {
    let (_, interpreter) = INTERPRETERS.iter().find(|(of, _)| *of == lang)?;
    let refused = NO_NUMBERS.iter().find(|(of, _)| *of == lang).map_or(&[][..], |(_, words)| *words);
    let alone = text2digits(&tokens[0].lower, interpreter).ok();
    alone.as_ref()?;
    let mut run = 1;
    while run < tokens.len().min(LONGEST_RUN) && tokens[run].is_word() && !tokens[run].lower.is_empty() {
        let link = LINKS.contains(&tokens[run].lower.as_str());
        // German writes "fünfundzwanzig" in one; a free "und" joins two numbers.
        if link && (!linked || lang == Lang::DE) {
            break;
        }
        if !link && text2digits(&tokens[run].lower, interpreter).is_err() {
            break;
        }
        run += 1;
    }
    while run > 0 {
        let last = tokens[run - 1].lower.as_str();
        if !LINKS.contains(&last) {
            let words: Vec<&str> = tokens[..run].iter().map(|token| token.lower.as_str()).collect();
            let single = run == 1 && refused.contains(&last);
            if !single && let Ok(found) = text2digits(&words.join(" "), interpreter) {
                let digits: String = found.chars().take_while(char::is_ascii_digit).collect();
                let value = digits.parse::<f64>().ok().filter(|value| value.is_finite())?;
                return Some(Spelled { value, len: run, ordinal: digits.len() < found.len(), rough: false });
            }
        }
        run -= 1;
    }
    None
}

/// Adds up Russian number words, each smaller than the one before: "сто двадцать пять".
fn descending(tokens: &[Token]) -> Option<Spelled> {
    let mut total = russian(&tokens[0].lower)?;
    let mut last = total;
    let mut len = 1;
    while let Some(value) = tokens.get(len).and_then(|token| russian(&token.lower)) {
        if !(last >= 100.0 && value < 100.0 || last >= 20.0 && value < 10.0) {
            break;
        }
        total += value;
        last = value;
        len += 1;
    }
    Some(Spelled { value: total, len, ordinal: false, rough: false })
}

/// Adds up Arabic number words: the unit stands before the ten, "و" joins ("خمسة وعشرون"), the
/// teens have no joiner ("خمسة عشر").
fn joined(tokens: &[Token], linked: bool) -> Option<Spelled> {
    let mut total = arabic(&tokens[0].lower)?;
    let mut last = total;
    let mut len = 1;
    while let Some(token) = tokens.get(len).filter(|token| token.is_word()) {
        let teen = arabic(&token.lower).filter(|value| *value == 10.0 && last < 10.0);
        let next = token.lower.strip_prefix('و').filter(|_| linked).and_then(arabic);
        let next = next
            .filter(|value| (last < 10.0 && (20.0..100.0).contains(value)) || *value < last && last >= 100.0);
        let Some(value) = teen.or(next) else { break };
        total += value;
        last = if last < 10.0 { 10.0 } else { value };
        len += 1;
    }
    Some(Spelled { value: total, len, ordinal: false, rough: false })
}

#[cfg(test)]
mod tests {
    use dateline_model::Span;

    use super::super::token::tokens;
    use super::*;

    fn worth(text: &str, lang: Lang) -> Option<(f64, usize)> {
        let tokens = tokens(text, Span::new(0, text.len()), lang);
        spelled(&tokens, lang, true).filter(|found| !found.ordinal).map(|found| (found.value, found.len))
    }

    #[test]
    fn cardinals_of_eight_languages() {
        for (text, lang, value, len) in [
            ("twenty-five soldiers", Lang::EN, 25.0, 1),
            ("two hundred and fifty people", Lang::EN, 250.0, 4),
            ("vingt et un morts", Lang::FR, 21.0, 3),
            ("treinta y cinco heridos", Lang::ES, 35.0, 3),
            ("fünfundzwanzig Menschen", Lang::DE, 25.0, 1),
            ("vinte e cinco pessoas", Lang::PT, 25.0, 3),
            ("trentacinque feriti", Lang::IT, 35.0, 1),
            ("сто двадцать пять человек", Lang::RU, 125.0, 3),
            ("خمسة وعشرون شخصا", Lang::AR, 25.0, 2),
            ("مئة شخص", Lang::AR, 100.0, 1),
            ("خمسة عشر جنديا", Lang::AR, 15.0, 2),
            ("مئة وخمسين شخصا", Lang::AR, 150.0, 2),
        ] {
            assert_eq!(worth(text, lang), Some((value, len)), "{text}");
        }
    }

    #[test]
    fn articles_and_vague_plurals_are_no_numbers() {
        for (text, lang) in [
            ("hundreds of people", Lang::EN),
            ("tens of thousands", Lang::EN),
            ("un homme", Lang::FR),
            ("una mujer", Lang::ES),
            ("eine Frau", Lang::DE),
            ("um homem", Lang::PT),
            ("sei arrivato", Lang::IT),
            ("fifth floor", Lang::EN),
        ] {
            assert_eq!(worth(text, lang), None, "{text}");
        }
    }

    #[test]
    fn collectives_are_rough() {
        let text = "centaine de personnes";
        let tokens = tokens(text, Span::new(0, text.len()), Lang::FR);
        assert!(spelled(&tokens, Lang::FR, true).is_some_and(|found| found.rough && found.value == 100.0));
    }
}
