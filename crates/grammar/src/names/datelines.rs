//! Datelines in capitals: "KELDA, Norland, Jan. 14 (Northern Wire) --". The model takes capitals for companies or persons.

use super::word;
use crate::parse::{Name, NameKind, Parse};

/// Words from the start of a line to the dash at most.
const LONGEST: usize = 16;
/// Words of one place at most: "SAN JUAN DEL SUR".
const MOST_WORDS: usize = 4;

/// The places of all datelines in capitals.
pub fn find(text: &str, parse: &Parse) -> Vec<Name> {
    let word = |at: usize| word(text, parse, at).unwrap_or_default();
    let starts = (0..parse.tokens.len()).filter(|at| *at == 0 || word(at - 1).contains('\n'));
    let mut names = Vec::new();
    for start in starts {
        let place = (start..start + MOST_WORDS).take_while(|at| is_in_capitals(word(*at))).count();
        let end = start + place;
        let mut line =
            (end..start + LONGEST).map(word).take_while(|word| !word.is_empty() && !word.contains('\n'));
        // Then a comma or a bracket, and a dash before the sentence begins; or the dash itself, but not after the many
        // words of a heading.
        let opens = matches!(word(end), "," | "(") || place <= 2 && matches!(word(end), "--" | "—" | "–");
        if place > 0 && opens && line.any(|word| matches!(word, "--" | "—" | "–")) {
            names.push(Name { start: start as u32, end: end as u32, kind: NameKind::Gpe });
        }
    }
    names
}

fn is_in_capitals(word: &str) -> bool {
    word.chars().nth(1).is_some() && word.chars().all(|c| c.is_uppercase() || matches!(c, '.' | '-' | '\''))
}

#[cfg(test)]
mod tests {
    use crate::names::tests::names_of;

    #[test]
    fn they_open_with_a_place() {
        for (text, name) in [
            ("KELDA, Norland, Jan. 14 (Northern Wire) -- Two ferries collided.", "GPE KELDA"),
            ("Ferries collide\n\nNEW VELDHAVEN (NW) — Two ferries collided.", "GPE NEW VELDHAVEN"),
        ] {
            assert!(names_of(text).contains(&name.to_owned()), "{name} in {:?}", names_of(text));
        }
    }

    #[test]
    fn a_heading_in_capitals_is_none() {
        for text in
            ["UPDATE: Two ferries collided.", "ALL FERRIES STOPPED — Nobody may leave, the port said."]
        {
            assert!(!names_of(text).iter().any(|name| name.starts_with("GPE")), "{:?}", names_of(text));
        }
    }
}
