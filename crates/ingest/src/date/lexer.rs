//! Cutting a date into numbers, words and signs.

use super::words::fold;

/// Characters of the longest text that may be a date. The longest sound one, with weekday, zone name
/// in brackets and both in Greek, has under a hundred.
const MAX_TEXT: usize = 160;

/// A piece of a date.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Token {
    /// Digits of any script.
    Number {
        /// Their value.
        value: i64,
        /// How many there are.
        digits: usize,
    },
    /// Letters, folded. A Han character is a word of its own.
    Word(String),
    /// Any other character.
    Sign(char),
    /// White space.
    Space,
    /// A month's name that has been read.
    Month,
}

/// Cuts text into tokens; `None` where it is too long to be a date, or has a number that is.
pub(super) fn lex(text: &str) -> Option<Vec<Token>> {
    let text = text.trim();
    if text.is_empty() || text.len() > 4 * MAX_TEXT || text.chars().count() > MAX_TEXT {
        return None;
    }
    let mut tokens = Vec::new();
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        if let Some(digit) = digit(c) {
            let (mut value, mut digits) = (digit, 1);
            while let Some(digit) = chars.peek().copied().and_then(self::digit) {
                chars.next();
                (value, digits) = (value * 10 + digit, digits + 1);
                if digits > 17 {
                    return None;
                }
            }
            tokens.push(Token::Number { value, digits });
        } else if is_han(c) {
            tokens.push(Token::Word(c.to_string()));
        } else if c.is_alphabetic() {
            let mut word = c.to_string();
            while let Some(next) = chars.peek().copied().filter(|c| continues_word(*c)) {
                chars.next();
                word.push(next);
            }
            tokens.push(Token::Word(fold(&word)));
        } else if matches!(c, '\u{200b}'..='\u{200f}' | '\u{feff}' | '\u{654}') {
            // Marks of direction and the like stand between any two characters and mean nothing.
        } else if c.is_whitespace() {
            if tokens.last() != Some(&Token::Space) {
                tokens.push(Token::Space);
            }
        } else {
            let sign = match c {
                '‐' | '‑' | '‒' | '–' | '−' => '-',
                '：' => ':',
                '，' | '،' | '、' => ',',
                '．' => '.',
                '／' => '/',
                '（' => '(',
                '）' => ')',
                c => c,
            };
            tokens.push(Token::Sign(sign));
        }
    }
    Some(tokens)
}

fn continues_word(c: char) -> bool {
    (c.is_alphabetic() && !is_han(c))
        || matches!(c, '\u{300}'..='\u{36f}' | '\u{64b}'..='\u{655}' | '\u{200c}' | '\u{200d}' | '\'' | '’')
        || is_indic_sign(c)
}

/// Vowel signs of Devanagari and Bengali, which are marks and not letters.
fn is_indic_sign(c: char) -> bool {
    matches!(c, '\u{900}'..='\u{903}' | '\u{93a}'..='\u{94f}' | '\u{981}'..='\u{983}' | '\u{9bc}'..='\u{9cd}')
}

fn is_han(c: char) -> bool {
    matches!(c, '\u{4e00}'..='\u{9fff}' | '\u{3400}'..='\u{4dbf}')
}

/// The value of a decimal digit, in the scripts that news is dated in.
fn digit(c: char) -> Option<i64> {
    let zero = match c {
        '0'..='9' => '0',
        '\u{660}'..='\u{669}' => '\u{660}',    // Arabic
        '\u{6f0}'..='\u{6f9}' => '\u{6f0}',    // Persian, Urdu
        '\u{966}'..='\u{96f}' => '\u{966}',    // Devanagari
        '\u{9e6}'..='\u{9ef}' => '\u{9e6}',    // Bengali
        '\u{e50}'..='\u{e59}' => '\u{e50}',    // Thai
        '\u{ff10}'..='\u{ff19}' => '\u{ff10}', // full width
        _ => return None,
    };
    Some(i64::from(u32::from(c) - u32::from(zero)))
}
