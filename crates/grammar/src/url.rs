//! Which strings are web addresses, after spaCy's `URL_MATCH`: the whole string, scheme and path optional.

use crate::chars::{Chars, TOP_LEVEL};

/// Users before an "@" are tried at so many places: more than any address has.
const MOST_USERS: usize = 8;

/// True where the whole string is an address of the web.
pub fn is_one(string: &str, chars: &Chars) -> bool {
    // Every host has a full stop inside.
    if !string.contains('.') {
        return false;
    }
    let without_scheme = string.split_once("://").filter(|(scheme, _)| {
        let fits = |c: char| c.is_alphanumeric() || matches!(c, '_' | '+' | '-' | '.');
        scheme.chars().all(fits) && scheme.chars().nth(1).is_some()
    });
    let places = [Some(string), without_scheme.map(|(_, rest)| rest)];
    places.into_iter().flatten().any(|place| {
        let users = place.match_indices('@').filter(|(at, _)| *at > 0).take(MOST_USERS);
        host_and_rest(place, chars) || users.into_iter().any(|(at, _)| host_and_rest(&place[at + 1..], chars))
    })
}

fn host_and_rest(string: &str, chars: &Chars) -> bool {
    let end = string.find([':', '/', '?', '#']).unwrap_or(string.len());
    let (host, rest) = string.split_at(end);
    (is_public_ip(host) || is_domain(host, chars)) && is_port_and_path(rest)
}

fn is_port_and_path(rest: &str) -> bool {
    let path = match rest.strip_prefix(':') {
        Some(rest) => {
            let path = rest.trim_start_matches(|c: char| c.is_ascii_digit());
            if !(2..=5).contains(&(rest.len() - path.len())) {
                return false;
            }
            path
        }
        None => rest,
    };
    path.is_empty() || path.starts_with(['/', '?', '#'])
}

fn is_domain(host: &str, chars: &Chars) -> bool {
    let letter = |c: char| c.is_ascii_alphanumeric() || ('\u{a1}'..='\u{ffff}').contains(&c);
    let Some((labels, top)) = host.rsplit_once('.') else { return false };
    let fits = |label: &str| {
        let inside = label.chars().all(|c| letter(c) || matches!(c, '-' | '_'));
        inside && label.starts_with(letter) && label.ends_with(letter) && label.chars().nth(64).is_none()
    };
    labels.split('.').all(fits)
        && top.chars().all(|c| chars.is(c, TOP_LEVEL))
        && top.chars().nth(1).is_some()
        && top.chars().nth(63).is_none()
}

fn is_public_ip(host: &str) -> bool {
    let mut parts = host.split('.').map(|part| {
        let digits = (1..=3).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
        part.parse::<u16>().ok().filter(|_| digits)
    });
    let (Some(Some(a)), Some(Some(b)), Some(Some(c)), Some(Some(d)), None) =
        (parts.next(), parts.next(), parts.next(), parts.next(), parts.next())
    else {
        return false;
    };
    let private = matches!((a, b), (10 | 127, _) | (169, 254) | (192, 168) | (172, 16..=31));
    (1..=223).contains(&a) && b <= 255 && c <= 255 && (1..=254).contains(&d) && !private
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_addresses() {
        let letters = Chars::new(vec![(0, 0), ('a' as u32, TOP_LEVEL), ('z' as u32 + 1, 0)]);
        for yes in [
            "gazette.example",
            "https://gazette.example/a?b",
            "www.gazette.example:8080",
            "me@gazette.example",
            "8.8.8.8",
        ] {
            assert!(is_one(yes, &letters), "{yes}");
        }
        for no in [
            "3.5",
            "U.S",
            "end.Next",
            "10.0.0.1",
            "192.168.1.7",
            "a..example",
            "-a.example",
            "gazette.example:1",
            "www",
        ] {
            assert!(!is_one(no, &letters), "{no}");
        }
    }
}
