//! The attributes of a tag, sound or not.

use memchr::memchr;

use crate::references;

/// Quotes looked at for the one that ends a value. Markup in a value has a few attributes of its own.
const MAX_INNER_QUOTES: usize = 16;

/// The attributes of a tag, in order, names as written, values with their references resolved.
/// Values without quotes and names without values are taken, too.
pub(crate) fn attributes(raw: &str) -> impl Iterator<Item = (&str, String)> {
    let mut rest = raw;
    std::iter::from_fn(move || {
        rest = rest.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '/' | '=' | '"' | '\''));
        if rest.is_empty() {
            return None;
        }
        let end = rest.find(|c: char| c.is_whitespace() || matches!(c, '=' | '/')).unwrap_or(rest.len());
        let (name, after) = rest.split_at(end);
        rest = after;
        let Some(value) = after.trim_start().strip_prefix('=').map(str::trim_start) else {
            return Some((name, String::new()));
        };
        let quote = value.bytes().next().filter(|b| matches!(b, b'"' | b'\''));
        let (value, after) = match quote.and_then(|quote| closing_quote(quote, &value[1..])) {
            Some(end) => (&value[1..=end], &value[end + 2..]),
            None => value.split_at(value.find(char::is_whitespace).unwrap_or(value.len())),
        };
        rest = after;
        Some((name, references::decode(value.trim_start_matches(['"', '\'']))))
    })
}

/// Where a value ends: at the first quote after which the tag ends or goes on. Quotes inside markup
/// that somebody wrote into a value end nothing.
fn closing_quote(quote: u8, value: &str) -> Option<usize> {
    let bytes = value.as_bytes();
    let goes_on = |after: &[u8]| match after.first() {
        None | Some(b' ' | b'\t' | b'\r' | b'\n' | b'/' | b'?') => true,
        // `a="1"b="2"`
        _ => {
            let name =
                after.iter().take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b':' | b'-')).count();
            name > 0 && after.get(name) == Some(&b'=') && after.get(name + 1) == Some(&quote)
        }
    };
    let mut quotes = memchr::memchr_iter(quote, bytes).take(MAX_INNER_QUOTES);
    quotes.find(|at| goes_on(&bytes[at + 1..])).or_else(|| memchr(quote, bytes))
}

/// True for a tag's name followed by nothing but `name="value"` pairs.
pub(super) fn well_shaped(inside: &str) -> bool {
    let mut rest =
        inside.trim_start_matches(|c: char| c.is_alphanumeric() || matches!(c, ':' | '-' | '_' | '.'));
    loop {
        let pair = rest.trim_start();
        if pair.is_empty() || pair == "/" {
            return true;
        }
        if pair.len() == rest.len() {
            return false;
        }
        let name =
            pair.bytes().take_while(|b| !matches!(b, b'=' | b'<' | b'>' | b'"' | b'\'' | b' ')).count();
        let value = pair[name..].trim_start().strip_prefix('=').map(str::trim_start);
        let (Some(value), true) = (value, name > 0) else { return false };
        let Some(quote) = value.bytes().next().filter(|b| matches!(b, b'"' | b'\'')) else { return false };
        let Some(end) = memchr(quote, &value.as_bytes()[1..]) else { return false };
        rest = &value[end + 2..];
    }
}
