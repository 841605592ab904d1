//! Numbers in digits: what a literal such as "1.000", "2,5" or "١٬٠٠٠" is worth in its language.
//!
//! A point groups thousands in Berlin and parts decimals in Boston. Where a literal can be read both
//! ways by readers of one language ("1,500" in Spanish: Mexico City writes thousands so, Madrid
//! decimals), its value is *unsure* and no figure is made of it: a thousandfold error is the worst
//! a table of numbers can hold.

use dateline_model::Lang;

/// The longest literal that is read, in bytes; the longest number in news, "1,000,000,000,000", has 17.
const LONGEST: usize = 64;

/// Digits more than this are an identifier, not a count; also what an `f64` holds exactly.
const MOST_DIGITS: usize = 15;

/// A number written in digits.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Literal {
    /// What it is worth.
    pub value: f64,
    /// False where readers of the language would differ about it.
    pub sure: bool,
    /// True where it is digits alone, as years are.
    pub plain: bool,
    /// Digits it is written with.
    pub digits: usize,
    /// Length in bytes.
    pub len: usize,
}

/// The value of a decimal digit of the scripts news prints numbers in.
pub fn digit(c: char) -> Option<char> {
    let value = match u32::from(c) {
        code @ 0x30..=0x39 => code - 0x30,
        code @ 0x0660..=0x0669 => code - 0x0660,
        code @ 0x06F0..=0x06F9 => code - 0x06F0,
        _ => return None,
    };
    char::from_digit(value, 10)
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Separator {
    Point,
    Comma,
    Blank,
    Quote,
    ArabicComma,
    ArabicPoint,
}

fn separator(c: char) -> Option<Separator> {
    Some(match c {
        '.' => Separator::Point,
        ',' => Separator::Comma,
        ' ' | '\u{A0}' | '\u{2009}' | '\u{202F}' => Separator::Blank,
        '\'' | '’' => Separator::Quote,
        '٬' => Separator::ArabicComma,
        '٫' => Separator::ArabicPoint,
        _ => return None,
    })
}

/// Reads the number at the start of `text`; `None` where there is none, or only a part of something
/// that is no number: a version, an address, a date ("2.5.2020").
///
/// The length in `Err` is that of the something, to be passed over.
pub fn literal(text: &str, lang: Lang) -> Option<Result<Literal, usize>> {
    let (groups, separators, len) = groups(text, lang)?;
    let digits = groups.iter().map(String::len).sum();
    if digits > MOST_DIGITS || len > LONGEST {
        return Some(Err(len));
    }
    Some(match value(&groups, &separators, lang) {
        Some((value, sure)) => Ok(Literal { value, sure, plain: separators.is_empty(), digits, len }),
        None => Err(len),
    })
}

/// The runs of digits of a literal and what stands between them.
fn groups(text: &str, lang: Lang) -> Option<(Vec<String>, Vec<Separator>, usize)> {
    let mut groups = vec![String::new()];
    let mut separators = Vec::new();
    let mut len = 0;
    let mut rest = text.char_indices().peekable();
    while let Some((at, c)) = rest.next() {
        if let Some(digit) = digit(c) {
            groups.last_mut()?.push(digit);
            len = at + c.len_utf8();
            if len > LONGEST {
                // Take the whole run, so that its tail is not read as a number of its own.
                len +=
                    text[len..].chars().take_while(|c| digit_or_comma(*c)).map(char::len_utf8).sum::<usize>();
                break;
            }
            continue;
        }
        let follows = rest.peek().is_some_and(|(_, next)| digit(*next).is_some());
        let Some(separator) = separator(c).filter(|_| follows) else { break };
        if matches!(separator, Separator::Blank | Separator::Quote) {
            // Blank or apostrophe: exactly three digits must follow, and one to three stand before.
            let three =
                text[at + c.len_utf8()..].chars().take(4).take_while(|c| digit(*c).is_some()).count() == 3;
            let lead = groups.len() > 1 || (1..=3).contains(&groups[0].len());
            let unmixed = separators.iter().all(|earlier| *earlier == separator);
            // A plain blank groups digits only where the language writes so; elsewhere it parts two numbers.
            let written = c != ' ' || matches!(lang, Lang::FR | Lang::RU | Lang::ES | Lang::PT);
            if !(three && lead && unmixed && written) || groups[0] == "0" {
                break;
            }
        }
        separators.push(separator);
        groups.push(String::new());
    }
    (len > 0).then_some((groups, separators, len))
}

fn digit_or_comma(c: char) -> bool {
    digit(c).is_some() || c == ',' || c == '.'
}

fn value(groups: &[String], separators: &[Separator], lang: Lang) -> Option<(f64, bool)> {
    let whole = |groups: &[String]| groups.concat().parse::<f64>().ok();
    let thousands = |groups: &[String]| {
        (1..=3).contains(&groups[0].len())
            && groups[0] != "0"
            && groups[1..].iter().all(|group| group.len() == 3)
    };
    let decimal =
        |groups: &[String], fraction: &String| format!("{}.{fraction}", groups.concat()).parse::<f64>().ok();
    let (last, first) = (groups.last()?, groups.first()?);
    match separators {
        [] => Some((whole(groups)?, true)),
        [Separator::ArabicPoint] => Some((decimal(&groups[..1], last)?, true)),
        [one @ (Separator::Comma | Separator::Point)] => {
            if last.len() != 3 || first.len() > 3 || first == "0" {
                // "2,5" is no number in English, where a list without blanks is likelier.
                let listed = *one == Separator::Comma && lang == Lang::EN;
                return if listed { None } else { Some((decimal(&groups[..1], last)?, true)) };
            }
            match reading(*one, lang) {
                Reading::Thousands => Some((whole(groups)?, true)),
                Reading::Decimal => Some((decimal(&groups[..1], last)?, true)),
                Reading::Either => Some((whole(groups)?, false)),
            }
        }
        _ if separators.iter().all(|separator| *separator == separators[0]) => {
            let south_asian = separators[0] == Separator::Comma
                && last.len() == 3
                && (1..=2).contains(&first.len())
                && groups[1..groups.len() - 1].iter().all(|group| group.len() == 2);
            (thousands(groups) || south_asian).then_some(())?;
            Some((whole(groups)?, true))
        }
        // "1.234,5", "1,234.5", "1 234,5": the last separator parts decimals, the others group.
        [group @ .., Separator::Comma | Separator::Point | Separator::ArabicPoint] => {
            let before = &groups[..groups.len() - 1];
            let uniform = group.iter().all(|one| *one == group[0]) && Some(&group[0]) != separators.last();
            (uniform && thousands(before)).then_some(())?;
            Some((decimal(before, last)?, true))
        }
        _ => None,
    }
}

enum Reading {
    Thousands,
    Decimal,
    Either,
}

/// How a language reads one separator with exactly three digits after it.
fn reading(separator: Separator, lang: Lang) -> Reading {
    match (separator, lang) {
        (Separator::Comma, Lang::EN | Lang::AR)
        | (Separator::Point, Lang::DE | Lang::ES | Lang::IT | Lang::PT) => Reading::Thousands,
        (Separator::Point, Lang::EN)
        | (Separator::Comma, Lang::DE | Lang::FR | Lang::IT | Lang::PT | Lang::RU) => Reading::Decimal,
        _ => Reading::Either,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn worth(text: &str, lang: Lang) -> Option<(f64, bool)> {
        literal(text, lang)?
            .ok()
            .filter(|found| found.len == text.len())
            .map(|found| (found.value, found.sure))
    }

    #[test]
    fn thousands_and_decimals_as_each_language_writes_them() {
        for (text, lang, value) in [
            ("1,000", Lang::EN, 1_000.0),
            ("12,345,678", Lang::EN, 12_345_678.0),
            ("3.5", Lang::EN, 3.5),
            ("1,234.5", Lang::EN, 1_234.5),
            ("1,00,000", Lang::EN, 100_000.0),
            ("1.000", Lang::DE, 1_000.0),
            ("2,5", Lang::DE, 2.5),
            ("1.234,56", Lang::DE, 1_234.56),
            ("1'500", Lang::DE, 1_500.0),
            ("12.500", Lang::ES, 12_500.0),
            ("1 000", Lang::FR, 1_000.0),
            ("1\u{202F}000\u{202F}000", Lang::FR, 1_000_000.0),
            ("1\u{A0}234,5", Lang::RU, 1_234.5),
            ("١٢٠", Lang::AR, 120.0),
            ("١٬٠٠٠", Lang::AR, 1_000.0),
            ("٣٫٥", Lang::AR, 3.5),
            ("1,500", Lang::AR, 1_500.0),
        ] {
            assert_eq!(worth(text, lang), Some((value, true)), "{text} {lang}");
        }
    }

    #[test]
    fn a_separator_read_both_ways_is_unsure() {
        assert_eq!(worth("1,500", Lang::ES), Some((1_500.0, false)));
        assert_eq!(worth("1.500", Lang::RU), Some((1_500.0, false)));
    }

    #[test]
    fn versions_dates_and_addresses_are_no_numbers() {
        for text in ["2.5.2020", "192.168.0.1", "1.2.3", "1234567890123456789"] {
            assert!(literal(text, Lang::DE).unwrap().is_err(), "{text}");
        }
        assert!(literal("9".repeat(1 << 16).as_str(), Lang::EN).unwrap().is_err());
    }

    #[test]
    fn a_plain_blank_parts_two_numbers_in_english() {
        assert_eq!(literal("370 200 people", Lang::EN).unwrap().unwrap().len, 3);
        assert_eq!(literal("2020 300 personnes", Lang::FR).unwrap().unwrap().len, 4, "years are not grouped");
    }
}
