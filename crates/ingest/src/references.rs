//! Character references: `&amp;`, `&#8217;`, `&eacute;` to the characters they stand for.
//!
//! Feeds and pages use HTML's names in XML, forget the semicolon, leave ampersands bare and number
//! characters by their windows-1252 code. What is no reference stays as it was written.

use memchr::memchr;
use quick_xml::escape::resolve_html5_entity;

/// Bytes the longest reference may have between `&` and `;`. The longest name HTML knows has 31
/// (`CounterClockwiseContourIntegral`), and code points need fewer.
const LONGEST: usize = 32;

/// Names that HTML reads without their semicolon and that are met so in the wild.
const WITHOUT_SEMICOLON: [&str; 6] = ["nbsp", "quot", "amp", "lt", "gt", "copy"];

/// What windows-1252 has at 0x80–0x9F. HTML reads references into that range so, because writers of
/// `&#146;` mean an apostrophe and never the control character of that number.
const WINDOWS_1252_HIGH: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}', '\u{90}',
    '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
];

/// What stands between `&` and `;`, resolved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Resolved {
    /// One character, by number.
    Char(char),
    /// One or two characters, by name.
    Named(&'static str),
    /// A number that names no character a text can have; stands for nothing.
    Nothing,
}

impl Resolved {
    /// Appends the characters.
    pub(crate) fn push_to(self, out: &mut String) {
        match self {
            Self::Char(c) => out.push(c),
            Self::Named(text) => out.push_str(text),
            Self::Nothing => {}
        }
    }
}

/// Resolves the name or number of a reference; `None` where it is neither known nor a number.
pub(crate) fn resolve(name: &str) -> Option<Resolved> {
    match name {
        "amp" => return Some(Resolved::Named("&")),
        "lt" => return Some(Resolved::Named("<")),
        "gt" => return Some(Resolved::Named(">")),
        "quot" => return Some(Resolved::Named("\"")),
        "apos" => return Some(Resolved::Named("'")),
        _ => {}
    }
    let Some(number) = name.strip_prefix('#') else {
        return resolve_html5_entity(name).map(Resolved::Named);
    };
    let point = match number.strip_prefix(['x', 'X']) {
        Some(hex) if is_number(hex, 16) => u32::from_str_radix(hex, 16),
        None if is_number(number, 10) => number.parse(),
        _ => return None,
    };
    Some(character(point.unwrap_or(u32::MAX)))
}

fn is_number(digits: &str, radix: u32) -> bool {
    !digits.is_empty() && digits.chars().all(|c| c.is_digit(radix))
}

/// The character that windows-1252 has at 0x80–0x9F; the one of that number where it has none.
pub(crate) fn windows_1252(point: u32) -> char {
    let listed = point.checked_sub(0x80).and_then(|index| WINDOWS_1252_HIGH.get(index as usize));
    listed.copied().or(char::from_u32(point)).unwrap_or(char::REPLACEMENT_CHARACTER)
}

fn character(point: u32) -> Resolved {
    if (0x80..0xA0).contains(&point) {
        return Resolved::Char(windows_1252(point));
    }
    match char::from_u32(point) {
        Some(c) if !c.is_control() || matches!(c, '\t' | '\n' | '\r') => Resolved::Char(c),
        _ => Resolved::Nothing,
    }
}

/// Reads one reference at the start of `text`, which starts with `&`. Gives what it stands for and
/// its length in bytes; `None` where the ampersand is a bare one.
pub(crate) fn read(text: &str) -> Option<(Resolved, usize)> {
    let bytes = text.as_bytes();
    let window = &bytes[1..bytes.len().min(LONGEST + 2)];
    if let Some(end) = memchr(b';', window)
        && let Some(name) = text.get(1..1 + end)
        && let Some(resolved) = resolve(name)
    {
        return Some((resolved, end + 2));
    }
    let known = WITHOUT_SEMICOLON.iter().find(|name| bytes[1..].starts_with(name.as_bytes()))?;
    // `&copy=1` and `&lttext` are parts of addresses and words.
    let next = bytes.get(1 + known.len());
    let ends = next.is_none_or(|next| !next.is_ascii_alphanumeric() && *next != b'=' && *next != b';');
    ends.then(|| resolve(known)).flatten().map(|resolved| (resolved, 1 + known.len()))
}

/// The text with its references resolved.
pub(crate) fn decode(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = memchr(b'&', rest.as_bytes()) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let used = match read(rest) {
            Some((resolved, used)) => {
                resolved.push_to(&mut out);
                used
            }
            None => {
                out.push('&');
                1
            }
        };
        rest = &rest[used..];
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn references_of_the_wild_are_read() {
        for (given, meant) in [
            ("Niger&#8217;s junta &amp; the US", "Niger’s junta & the US"),
            ("Niger&#146;s junta", "Niger’s junta"),
            ("d&eacute;fense&nbsp;: &#x27;oui&#X27;", "défense\u{a0}: 'oui'"),
            ("AT&T, R&D; a & b &", "AT&T, R&D; a & b &"),
            ("fish &amp chips&lt", "fish & chips<"),
            ("?a=1&copy=2&nbspx", "?a=1&copy=2&nbspx"),
            ("&unknown; &; &#; &#x; &#xD800;|&#0;|&#99999999999;|", "&unknown; &; &#; &#x; |||"),
        ] {
            assert_eq!(decode(given), meant);
        }
    }

    proptest! {
        #[test]
        fn any_text_decodes(text in "[&#;xa-e0-9é ]{0,60}") {
            prop_assert!(decode(&text).len() <= text.len() * 2);
        }

        #[test]
        fn text_without_ampersands_is_untouched(text in "[^&]{0,60}") {
            prop_assert_eq!(decode(&text), text);
        }
    }
}
