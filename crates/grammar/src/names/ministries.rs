//! Ministries: "the Ministry of Trade and Industry", "the Foreign Ministry". The model cuts them short, takes them apart, or
//! tags them as works of art; in the news they speak in every second article.

use super::{is_capitalised, word};
use crate::parse::{Name, NameKind, Parse};

/// Heads of such names.
const HEADS: [&str; 4] = ["Ministry", "Ministries", "Department", "Directorate"];
/// Words before the head at most: "Federal Foreign Ministry".
const MOST_BEFORE: usize = 3;
/// Words after "of" at most.
const MOST_AFTER: usize = 8;

/// All names of ministries and departments.
pub fn find(text: &str, parse: &Parse) -> Vec<Name> {
    let word = |at: usize| word(text, parse, at).unwrap_or_default();
    let mut names = Vec::new();
    for head in (0..parse.tokens.len()).filter(|at| HEADS.contains(&word(*at))) {
        let mut end = head + 1;
        if word(end) == "of" {
            end = after_of(end + 1, &word);
        }
        let mut start = head;
        if end <= head + 2 {
            end = head + 1;
            // The model knows where the name begins if it has one at all: "former Justice Department".
            let known =
                parse.names.iter().any(|name| name.end as usize == end && name.start as usize + 1 < end);
            while !known
                && start > 0
                && head - start < MOST_BEFORE
                && qualifies(start - 1, head, parse, &word)
            {
                start -= 1;
            }
        }
        // "the Ministry" alone names none of them.
        if end - start > 1 {
            names.push(Name { start: start as u32, end: end as u32, kind: NameKind::Organization });
        }
    }
    names
}

/// Where "Trade and Industry" ends: capitalised words, and what joins two of them.
fn after_of<'a>(start: usize, word: &impl Fn(usize) -> &'a str) -> usize {
    let mut end = start;
    let mut at = start;
    while at < start + MOST_AFTER {
        let next = word(at + 1);
        match word(at) {
            capital if is_capitalised(capital) => end = at + 1,
            // What follows belongs to it, unless it is an acronym: another body.
            "and" | "&" if is_capitalised(next) && next.chars().any(char::is_lowercase) => {}
            // "Ministry of Labour, Youth and Sport", but not "Ministry of Health, Anna Reyes said".
            "," if is_capitalised(next) && word(at + 2) == "and" && is_capitalised(word(at + 3)) => {}
            _ => break,
        }
        at += 1;
    }
    end
}

/// "Foreign", "Russian Defense": capitalised words of the same sentence that belong to the head.
fn qualifies<'a>(at: usize, head: usize, parse: &Parse, word: &impl Fn(usize) -> &'a str) -> bool {
    let token = &parse.tokens[at];
    let sentence_start = parse.tokens[at].starts_sentence;
    is_capitalised(word(at))
        && !sentence_start_only(sentence_start, token.tag)
        && matches!(token.tag, "NNP" | "NNPS" | "JJ" | "NN" | "NNS" | "VBG")
        && matches!(token.label, "compound" | "amod" | "nmod" | "conj" | "poss")
        && parse.tokens[at + 1..=head].iter().all(|token| !token.starts_sentence)
}

/// The first word of a sentence is capitalised whatever it is; only a proper noun or adjective counts there.
fn sentence_start_only(starts: bool, tag: &str) -> bool {
    starts && !matches!(tag, "NNP" | "NNPS" | "JJ")
}

#[cfg(test)]
mod tests {
    use crate::names::tests::names_of;

    #[test]
    fn they_are_whole() {
        for (text, name) in [
            ("The Ministry of Trade and Industry denied it.", "ORG Ministry of Trade and Industry"),
            ("Officials at the Foreign Ministry declined to comment.", "ORG Foreign Ministry"),
            ("A spokesman for the Ministry of Health, Anna Reyes, said so.", "ORG Ministry of Health"),
            ("The Ministry of Labour, Youth and Sport closed.", "ORG Ministry of Labour, Youth and Sport"),
        ] {
            let found = names_of(text);
            let whole = found.iter().any(|found| found == name || found == &name.replace("ORG ", "ORG the "));
            assert!(whole || found.contains(&name.replace("ORG ", "ORG The ")), "{name} in {found:?}");
        }
    }

    #[test]
    fn a_ministry_without_a_name_is_none() {
        assert!(
            names_of("The ministry said so. A Ministry was built.")
                .iter()
                .all(|name| !name.contains("inistry"))
        );
    }
}
