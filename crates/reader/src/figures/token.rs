//! Tokens: a sentence cut so that a number, a word and a sign each stand alone.
//!
//! What is glued matters here as nowhere else: "F-16", "24th", "45-year-old" and "G7" are no counts,
//! "20km", "$3m" and "20-30" are. [`crate::words`] parts words at every hyphen, so it does not serve.

use dateline_model::{Lang, Span};

use super::digits::{Literal, digit, literal};

/// The most tokens of a sentence that are read: ten times the longest sentence in newspapers.
const MOST_TOKENS: usize = 1_000;
/// The longest word that is read whole, in bytes.
const LONGEST_WORD: usize = 96;

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Kind {
    /// Letters, hyphens within.
    Word,
    /// A number in digits.
    Number(Literal),
    /// Digits that are part of something else: "F-16", "24th", "2.5.2020".
    Code,
    /// Any other character.
    Sign(char),
}

/// A token and how it is glued to the one before.
#[derive(Debug, Clone)]
pub struct Token<'t> {
    /// Where it stands in the text.
    pub span: Span,
    /// As printed.
    pub text: &'t str,
    /// In lower case.
    pub lower: String,
    /// What it is.
    pub kind: Kind,
    /// True where nothing stands between it and the token before.
    pub glued: bool,
}

impl Token<'_> {
    /// True for a word.
    pub fn is_word(&self) -> bool {
        self.kind == Kind::Word
    }

    /// True for the sign.
    pub fn is_sign(&self, sign: char) -> bool {
        self.kind == Kind::Sign(sign)
    }

    /// True for a word that begins with a capital letter.
    pub fn is_capitalised(&self) -> bool {
        self.text.starts_with(char::is_uppercase)
    }
}

/// What may stand glued after the digits of a true number, in lower case: units and scales.
const GLUED: &[&str] = &[
    "km", "kg", "m", "mm", "cm", "ha", "mw", "gw", "kw", "kwh", "mph", "kph", "k", "bn", "mn", "mln", "tn",
    "mrd", "mio", "тыс", "млн", "млрд", "км", "кг",
];

/// The tokens of a sentence of `text`; empty where the span does not fit the text.
pub fn tokens(text: &str, sentence: Span, lang: Lang) -> Vec<Token<'_>> {
    let Some(slice) = sentence.of(text) else { return Vec::new() };
    let base = sentence.start as usize;
    let mut found: Vec<Token> = Vec::with_capacity(slice.len() / 5);
    let mut at = 0;
    while let Some(c) = slice[at..].chars().next() {
        if found.len() == MOST_TOKENS {
            break;
        }
        if c.is_whitespace()
            || matches!(c, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
        {
            at += c.len_utf8();
            continue;
        }
        let (kind, len) = token(&slice[at..], c, lang);
        let printed = &slice[at..at + len];
        let span = Span::new(base + at, base + at + len);
        let glued = found.last().is_some_and(|last| last.span.end == span.start);
        let lower = if len > LONGEST_WORD { String::new() } else { printed.to_lowercase() };
        found.push(Token { span, text: printed, lower, kind, glued });
        at += len;
    }
    found
}

fn token(rest: &str, c: char, lang: Lang) -> (Kind, usize) {
    if digit(c).is_some() {
        return number(rest, lang);
    }
    if c.is_alphabetic() {
        let len = abbreviation(rest).unwrap_or_else(|| word(rest));
        let coded = rest[..len].chars().any(|c| c.is_numeric());
        return (if coded { Kind::Code } else { Kind::Word }, len);
    }
    (Kind::Sign(c), c.len_utf8())
}

fn number(rest: &str, lang: Lang) -> (Kind, usize) {
    let (literal, len) = match literal(rest, lang) {
        Some(Ok(literal)) => (Some(literal), literal.len),
        Some(Err(len)) => (None, len),
        None => (None, rest.chars().next().map_or(0, char::len_utf8)),
    };
    let after = &rest[len..];
    let mut next = after.chars();
    let (first, second) = (next.next(), next.next());
    let joined = first.is_some_and(char::is_alphabetic)
        || (first.is_some_and(is_hyphen) && second.is_some_and(char::is_alphabetic))
        || first.is_some_and(|c| matches!(c, 'º' | 'ª' | '°'));
    if joined {
        let hyphen = first.filter(|c| is_hyphen(*c)).map_or(0, char::len_utf8);
        let letters: String = after[hyphen..].chars().take_while(|c| c.is_alphanumeric()).take(16).collect();
        let letters = letters.to_lowercase();
        // "$20-million", "20-billion-dollar" keeps its number where a scale follows.
        let scale = hyphen > 0 && matches!(letters.as_str(), "million" | "billion" | "trillion" | "percent");
        let glued = hyphen == 0 && GLUED.contains(&letters.as_str());
        if !(glued || scale) {
            return (Kind::Code, len + word(after).max(first.map_or(0, char::len_utf8)));
        }
    }
    (literal.map_or(Kind::Code, Kind::Number), len)
}

/// Letters and digits, with hyphens and points of the kind "twenty-five", "a.m." is left to [`abbreviation`].
fn word(rest: &str) -> usize {
    let mut len = 0;
    let mut chars = rest.chars().peekable();
    while let Some(c) = chars.next() {
        let inside = c.is_alphanumeric()
            || is_mark(c)
            || (is_hyphen(c) && chars.peek().is_some_and(|next| next.is_alphanumeric()));
        if !inside {
            break;
        }
        len += c.len_utf8();
    }
    len
}

/// "U.S.", "a.m.", "U.N.": single letters each with a point.
fn abbreviation(rest: &str) -> Option<usize> {
    let mut len = 0;
    let mut letters = 0;
    let mut chars = rest.chars();
    while let (Some(letter), Some('.')) = (chars.next(), chars.next()) {
        if !letter.is_alphabetic() {
            break;
        }
        len += letter.len_utf8() + 1;
        letters += 1;
        if letters == 8 {
            break;
        }
    }
    (letters >= 2).then_some(len)
}

/// Hyphens that join words; dashes part them.
pub fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '\u{2010}' | '\u{2011}')
}

fn is_mark(c: char) -> bool {
    matches!(u32::from(c), 0x0300..=0x036F | 0x0610..=0x061A | 0x0640 | 0x064B..=0x065F | 0x0670 | 0xAD)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(text: &str) -> String {
        let sentence = Span::new(0, text.len());
        let tokens = tokens(text, sentence, Lang::EN);
        let mark = |token: &Token| match token.kind {
            Kind::Word => format!("w:{}", token.text),
            Kind::Number(literal) => format!("n:{}", literal.value),
            Kind::Code => format!("c:{}", token.text),
            Kind::Sign(c) => c.to_string(),
        };
        tokens.iter().map(mark).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn digits_glued_to_words_are_no_numbers() {
        assert_eq!(kinds("The 45-year-old F-16 pilot"), "w:The c:45-year-old c:F-16 w:pilot");
        assert_eq!(kinds("the 24th of the 1990s"), "w:the c:24th w:of w:the c:1990s");
        assert_eq!(kinds("Covid-19 and the G7"), "c:Covid-19 w:and w:the c:G7");
        assert_eq!(kinds("on 2.5.2020"), "w:on c:2.5.2020");
    }

    #[test]
    fn units_glued_to_digits_leave_the_number_alone() {
        assert_eq!(kinds("20km, $3bn"), "n:20 w:km , $ n:3 w:bn");
        assert_eq!(kinds("20-30 U.S. troops"), "n:20 - n:30 w:U.S. w:troops");
        assert_eq!(kinds("twenty-five men"), "w:twenty-five w:men");
    }

    #[test]
    fn a_sentence_without_end_is_read_in_part() {
        let text = "7 men ".repeat(10_000);
        assert_eq!(tokens(&text, Span::new(0, text.len()), Lang::EN).len(), MOST_TOKENS);
    }
}
