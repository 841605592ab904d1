//! The tokenizer: spaCy's rules for English, written out for speed.
//!
//! A text is split at white space. From each string, prefixes and suffixes are taken off one by one until none is left
//! or the rest is a special case ("don't", "U.S.", "Jan."); then web addresses stay whole, and the rest is split at
//! infixes. All rules look at a few characters around one place, so a string of any length takes linear time.

use rustc_hash::FxHashMap;

use crate::chars::{BEFORE_STOP, CAPITAL, Chars, ICON, LETTER, PREFIX, STOP_LEFT, STOP_RIGHT, SUFFIX};
use crate::url;
use crate::weights::SpecialCase;

/// One token of a string.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Piece {
    /// Length in bytes.
    pub len: u32,
    /// The norm a special case gives it, as its number plus one; zero for none.
    pub norm: u32,
}

/// The rules.
#[derive(Debug)]
pub struct Tokenizer {
    chars: Chars,
    /// Units and currencies, split from the number before them.
    after_digits: Vec<String>,
    special: FxHashMap<String, Vec<Piece>>,
    /// Length in bytes of the longest special case.
    longest_special: usize,
    norms: Vec<String>,
    /// Special cases that the rules alone split: by their first token, all tokens, and the special case.
    rejoined: FxHashMap<String, Vec<(Vec<String>, String)>>,
}

/// Tokens as they stand in a text: where they end is where the next begins, but for blanks.
pub trait Text {
    /// How many tokens there are.
    fn len(&self) -> usize;
    /// The text of a token.
    fn token(&self, i: usize) -> &str;
    /// True where a blank follows.
    fn blank_after(&self, i: usize) -> bool;
}

impl Tokenizer {
    /// From the tables of the model file.
    pub fn new(chars: Chars, mut after_digits: Vec<String>, special_cases: Vec<SpecialCase>) -> Self {
        // The longest is found first, as the pattern that starts leftmost wins.
        after_digits.sort_by_key(|unit| std::cmp::Reverse(unit.len()));
        let mut tokenizer = Self {
            chars,
            after_digits,
            special: FxHashMap::default(),
            longest_special: 0,
            norms: Vec::new(),
            rejoined: FxHashMap::default(),
        };
        for SpecialCase(text, pieces, split) in special_cases {
            let pieces = pieces.into_iter().map(|(piece, norm)| {
                let norm = norm.map_or(0, |norm| {
                    tokenizer.norms.push(norm);
                    tokenizer.norms.len() as u32
                });
                Piece { len: piece.len() as u32, norm }
            });
            let pieces: Vec<Piece> = pieces.collect();
            if let Some(split) = split.filter(|split| !split.is_empty()) {
                tokenizer.rejoined.entry(split[0].clone()).or_default().push((split, text.clone()));
            }
            tokenizer.longest_special = tokenizer.longest_special.max(text.len());
            tokenizer.special.insert(text, pieces);
        }
        tokenizer
    }

    /// What the rules know of characters.
    pub fn chars(&self) -> &Chars {
        &self.chars
    }

    /// The norm of a piece.
    pub fn norm(&self, piece: Piece) -> Option<&str> {
        (piece.norm as usize).checked_sub(1).map(|at| self.norms[at].as_str())
    }

    /// True where a special case may start with this token.
    pub fn may_rejoin(&self, token: &str) -> bool {
        self.rejoined.contains_key(token)
    }

    /// Splits a string without white space, or of white space only; tokens are appended to `out`.
    pub fn split(&self, string: &str, out: &mut Vec<Piece>) {
        if let Some(pieces) = self.special_case(string) {
            out.extend_from_slice(pieces);
            return;
        }
        let mut suffixes = Vec::new();
        let rest = self.without_affixes(string, out, &mut suffixes);
        if !rest.is_empty() {
            if let Some(pieces) = self.special_case(rest) {
                out.extend_from_slice(pieces);
            } else if url::is_one(rest, &self.chars) {
                out.push(plain(rest.len()));
            } else {
                self.split_inside(rest, out);
            }
        }
        out.extend(suffixes.into_iter().rev().map(plain));
    }

    fn special_case(&self, string: &str) -> Option<&[Piece]> {
        if string.len() > self.longest_special {
            return None;
        }
        self.special.get(string).map(Vec::as_slice)
    }

    fn without_affixes<'a>(
        &self,
        mut rest: &'a str,
        out: &mut Vec<Piece>,
        suffixes: &mut Vec<usize>,
    ) -> &'a str {
        while !rest.is_empty() && self.special_case(rest).is_none() {
            let prefix = self.prefix(rest);
            let minus_prefix = &rest[prefix..];
            if prefix > 0 && self.special_case(minus_prefix).is_some() {
                out.push(plain(prefix));
                return minus_prefix;
            }
            let suffix = self.suffix(minus_prefix);
            if suffix > 0 {
                let minus_suffix = &rest[..rest.len() - suffix];
                if self.special_case(minus_suffix).is_some() {
                    suffixes.push(suffix);
                    return minus_suffix;
                }
            }
            if prefix == 0 && suffix == 0 {
                return rest;
            }
            if prefix > 0 {
                out.push(plain(prefix));
            }
            if suffix > 0 {
                suffixes.push(suffix);
            }
            rest = &rest[prefix..rest.len() - suffix];
        }
        rest
    }

    /// Length of the prefix to take off; zero for none.
    fn prefix(&self, string: &str) -> usize {
        let mut chars = string.chars();
        let Some(first) = chars.next() else { return 0 };
        match first {
            '.' => Some(run_of_stops(string)).filter(|run| *run > 1).unwrap_or(0),
            '+' if chars.next().is_some_and(|c| c.is_ascii_digit()) => 0,
            '+' => 1,
            'U' | 'C' | 'A' => ["US$", "C$", "A$"]
                .iter()
                .find(|sign| string.starts_with(**sign))
                .map_or(0, |sign| sign.len()),
            _ if self.chars.is(first, PREFIX) => first.len_utf8(),
            _ => 0,
        }
    }

    /// Length of the suffix to take off; zero for none.
    fn suffix(&self, string: &str) -> usize {
        let mut chars = string.chars().rev();
        let Some(last) = chars.next() else { return 0 };
        let before = chars.next();
        match (last, before) {
            ('.', Some('.')) => string.len() - string.trim_end_matches('.').len(),
            ('.', Some(before)) => {
                let bits = self.chars.of(before);
                let (second, degree) = (chars.next(), "FCKfck".contains(before));
                let split = bits & BEFORE_STOP != 0
                    || degree && second == Some('°')
                    || bits & CAPITAL != 0 && second.is_some_and(|c| self.chars.is(c, CAPITAL));
                usize::from(split)
            }
            ('…', Some('…')) => 2 * '…'.len_utf8(),
            ('s' | 'S', Some(quote @ ('\'' | '’'))) => 1 + quote.len_utf8(),
            ('+', Some(before)) if before.is_ascii_digit() => 1,
            _ => {
                let unit = self.after_digits.iter().find(|unit| {
                    let number = string.strip_suffix(unit.as_str());
                    number.is_some_and(|number| number.ends_with(|c: char| c.is_ascii_digit()))
                });
                let single = if self.chars.is(last, SUFFIX) { last.len_utf8() } else { 0 };
                unit.map_or(0, String::len).max(single)
            }
        }
    }

    fn split_inside(&self, string: &str, out: &mut Vec<Piece>) {
        let mut start = 0;
        let mut at = 0;
        let mut before = None;
        while let Some(c) = string[at..].chars().next() {
            let len = self.infix(before, &string[at..]);
            // A match at the very start does not split.
            if len > 0 && at > 0 {
                if at > start {
                    out.push(plain(at - start));
                }
                out.push(plain(len));
                start = at + len;
            }
            let step = len.max(c.len_utf8());
            before = string[at..at + step].chars().next_back();
            at += step;
        }
        if start < string.len() {
            out.push(plain(string.len() - start));
        }
    }

    /// Length of the infix at the start of `rest`, after `before`; zero for none.
    fn infix(&self, before: Option<char>, rest: &str) -> usize {
        let mut chars = rest.chars();
        let Some(c) = chars.next() else { return 0 };
        if c.is_ascii_alphanumeric() {
            return 0;
        }
        let next = chars.next();
        if c == '.' && next == Some('.') {
            return run_of_stops(rest);
        }
        if self.chars.is(c, ICON) {
            return c.len_utf8();
        }
        let Some(before) = before else { return 0 };
        let left = self.chars.of(before);
        let letter_or_digit = left & LETTER != 0 || before.is_ascii_digit();
        let is = |c: Option<char>, bits: u16| c.is_some_and(|c| self.chars.is(c, bits));
        match c {
            '+' | '-' | '*' | '^'
                if before.is_ascii_digit() && next.is_some_and(|c| c.is_ascii_digit() || c == '-') =>
            {
                1
            }
            '.' if left & STOP_LEFT != 0 && is(next, STOP_RIGHT) => 1,
            ',' if left & LETTER != 0 && is(next, LETTER) => 1,
            '-' | '–' | '—' | '~' if letter_or_digit => {
                let dashes = ["-", "–", "—", "--", "---", "——", "~"].iter();
                let mut after = dashes.filter_map(|dash| Some((dash, rest.strip_prefix(dash)?)));
                after.find(|(_, after)| is(after.chars().next(), LETTER)).map_or(0, |(dash, _)| dash.len())
            }
            ':' | '<' | '>' | '=' | '/' if letter_or_digit && is(next, LETTER) => 1,
            _ => 0,
        }
    }

    /// Special cases that the other rules took apart, as in `Jan.'s`: for each, the first token, the token after the
    /// last, and its pieces; in order, without overlap. The longest win.
    pub fn rejoin(
        &self,
        text: &impl Text,
        starts: impl Iterator<Item = usize>,
    ) -> Vec<(usize, usize, &[Piece])> {
        let mut found = Vec::new();
        for start in starts {
            for (tokens, case) in self.rejoined.get(text.token(start)).into_iter().flatten() {
                let fits = start + tokens.len() <= text.len()
                    && tokens.iter().enumerate().all(|(i, token)| text.token(start + i) == token);
                if fits {
                    found.push((start, start + tokens.len(), case));
                }
            }
        }
        found.sort_by_key(|(start, end, _)| (std::cmp::Reverse(end - start), *start));
        let mut seen = rustc_hash::FxHashSet::default();
        found.retain(|(start, end, _)| {
            let free = !seen.contains(start) && !seen.contains(&(end - 1));
            seen.extend(*start..*end);
            free
        });
        // Tokens with a blank between them are no special case, though they keep others from theirs.
        found.retain(|(start, end, _)| (*start..end - 1).all(|i| !text.blank_after(i)));
        found.sort_by_key(|(start, ..)| *start);
        found
            .into_iter()
            .filter_map(|(start, end, case)| Some((start, end, self.special_case(case)?)))
            .collect()
    }
}

fn plain(len: usize) -> Piece {
    Piece { len: len as u32, norm: 0 }
}

fn run_of_stops(string: &str) -> usize {
    string.len() - string.trim_start_matches('.').len()
}
