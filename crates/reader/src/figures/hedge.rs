//! Hedges: "at least", "nearly", "up to", before a number or after it.

use dateline_model::Hedge;

use super::token::{Kind, Token};
use crate::pack::{List, Pack};

/// Words in the longest hedge: "ما لا يقل عن".
const LONGEST: usize = 4;

/// The hedge that ends right before token `at`, and its first token.
pub fn before(tokens: &[Token], at: usize, pack: &Pack) -> (Hedge, usize) {
    if at > 0 {
        let sign = match tokens[at - 1].kind {
            Kind::Sign('~' | '≈') => Some(Hedge::About),
            Kind::Sign('>' | '≥') => Some(Hedge::AtLeast),
            Kind::Sign('<' | '≤') => Some(Hedge::AtMost),
            _ => None,
        };
        if let Some(hedge) = sign {
            return (hedge, at - 1);
        }
    }
    for len in (1..=LONGEST.min(at)).rev() {
        let words: Vec<&str> = tokens[at - len..at]
            .iter()
            .filter(|token| !matches!(token.kind, Kind::Sign('\'' | '’' | '.')))
            .map(|token| token.lower.as_str())
            .collect();
        if words.len() < len && !matches!(tokens[at - len].kind, Kind::Word) {
            continue;
        }
        let phrase = words.join(" ");
        for (list, hedge) in
            [(&pack.at_least, Hedge::AtLeast), (&pack.at_most, Hedge::AtMost), (&pack.about, Hedge::About)]
        {
            if list.has(&phrase) {
                return (hedge, at - len);
            }
        }
    }
    (Hedge::Exact, at)
}

/// The token after a lower-bound hedge that begins at `at` ("20 people **or more**"), if there is one.
///
/// A number after it belongs to the next statement: "20 people, at least 5 of them children".
pub fn after(tokens: &[Token], at: usize, pack: &Pack) -> Option<usize> {
    if tokens.get(at).is_some_and(|token| token.is_sign('+') && token.glued) {
        return Some(at + 1);
    }
    let len = phrase(tokens, at, &pack.hedged_after)?;
    let next = tokens.get(at + len);
    let stops = next.is_none_or(|token| matches!(token.kind, Kind::Sign('.' | ',' | ';')));
    stops.then_some(at + len)
}

/// How many tokens from `at` are the longest phrase of a list; `None` where none is.
pub fn phrase(tokens: &[Token], at: usize, list: &List) -> Option<usize> {
    (1..=LONGEST.min(tokens.len().saturating_sub(at))).rev().find(|len| {
        let words: Vec<&str> = tokens[at..at + len].iter().map(|token| token.lower.as_str()).collect();
        list.has(&words.join(" "))
    })
}
