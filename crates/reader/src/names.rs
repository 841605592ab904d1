//! Names: where a text holds one of thousands of names, told at the speed of reading it.
//!
//! What a name is found as is for an automaton to say: of names that overlap, the leftmost counts, and
//! of those the longest. But an automaton over all the names of the registry does not fit into the
//! caches, and nearly every byte of a text costs it a look into memory. So a text is first asked where
//! a whole name stands at the beginning of a word, which a small table answers "nowhere" for nearly
//! all words, and only what lies around those places is given to the automaton.

use std::ops::Range;

use aho_corasick::{AhoCorasick, Input, Match, MatchKind};
use rustc_hash::FxHashMap;

/// Bytes of a name that it is looked up by.
const HEAD: usize = 8;
/// Bytes of a name that the table tells apart.
const OPENING: usize = 3;
/// Shorter names than this have no opening, and every text is given to the automaton whole.
const SHORTEST: usize = 2;
/// Places in the table: 16 kB, half of a first-level cache. The 5,900 names that ship fill a sixth.
const TABLE: usize = 1 << 14;

/// Finds names in texts, in any ASCII case: of those that overlap the leftmost, and of these the longest.
#[derive(Debug, Clone)]
pub struct Names {
    /// `None` only beyond 2³¹ bytes of names, where none is found.
    automaton: Option<AhoCorasick>,
    /// The names in lower case, by their heads.
    by_head: FxHashMap<u64, Vec<Box<[u8]>>>,
    /// For each byte: whether a name begins with it.
    first: [bool; 256],
    /// For each opening: the lengths of the heads that open so, a bit each.
    lengths: Vec<u8>,
    /// For each byte: whether it stands in no name.
    breaks: [bool; 256],
    /// True where a name is too short for the table.
    everywhere: bool,
}

impl Names {
    /// An index of names, numbered in their order.
    pub fn new<'n>(names: impl IntoIterator<Item = &'n str> + Clone) -> Self {
        let automaton = AhoCorasick::builder()
            .match_kind(MatchKind::LeftmostLongest)
            .ascii_case_insensitive(true)
            .build(names.clone())
            .ok();
        let mut index = Self {
            automaton,
            by_head: FxHashMap::default(),
            first: [false; 256],
            lengths: vec![0; TABLE],
            // Bytes beyond ASCII are parts of characters, and not told apart.
            breaks: std::array::from_fn(|byte| byte < 128),
            everywhere: false,
        };
        for name in names {
            let name = name.to_ascii_lowercase().into_bytes();
            for &byte in &name {
                index.breaks[usize::from(byte)] = false;
                index.breaks[usize::from(byte.to_ascii_uppercase())] = false;
            }
            if name.len() < SHORTEST {
                index.everywhere = true;
                continue;
            }
            index.first[usize::from(name[0])] = true;
            index.first[usize::from(name[0].to_ascii_uppercase())] = true;
            let (head, length) = (head(&name), name.len().min(HEAD));
            // A name of two bytes has any opening that begins with them; it is told by what follows it.
            if length >= OPENING {
                index.lengths[opening(head)] |= 1 << (length - OPENING);
            }
            index.by_head.entry(cut(head, length)).or_default().push(name.into_boxed_slice());
        }
        index
    }

    /// The names in a range of a text, each with its number: all that begin and end as words of their own,
    /// among others.
    ///
    /// What begins or ends within a word is found only where such a name is near.
    pub fn find(&self, text: &str, range: Range<usize>) -> impl Iterator<Item = Match> {
        let stretches = self.stretches(text.as_bytes(), range);
        self.automaton.iter().flat_map(move |automaton| {
            let stretches = stretches.clone();
            stretches.into_iter().flat_map(move |range| automaton.find_iter(Input::new(text).range(range)))
        })
    }

    /// The parts of a range that hold a name, each between two bytes that are in no name: what the
    /// automaton finds in them is what it finds in the whole.
    fn stretches(&self, bytes: &[u8], range: Range<usize>) -> Vec<Range<usize>> {
        let mut stretches: Vec<Range<usize>> = Vec::new();
        if self.everywhere {
            stretches.push(range);
            return stretches;
        }
        let mut at = range.start;
        while at < range.end {
            if !self.stands_at(bytes, at, range.end) {
                at += 1;
                continue;
            }
            let is_break = |byte: &u8| self.breaks[usize::from(*byte)];
            let from = stretches.last().map_or(range.start, |last| last.end);
            let start = bytes[from..at].iter().rposition(is_break).map_or(from, |before| from + before + 1);
            let end = bytes[at..range.end].iter().position(is_break).map_or(range.end, |after| at + after);
            stretches.push(start..end);
            at = end.max(at + 1);
        }
        stretches
    }

    /// True where a name begins at `at`, no word goes on into it, and none goes on from it. Only the
    /// letters and digits of ASCII count as going on, so that in other scripts it says true too often.
    #[inline]
    fn stands_at(&self, bytes: &[u8], at: usize, end: usize) -> bool {
        if !self.first[usize::from(bytes[at])] || (at > 0 && bytes[at - 1].is_ascii_alphanumeric()) {
            return false;
        }
        let rest = &bytes[at..end];
        let head = head(rest);
        let closes = |length: usize| !bytes.get(at + length).is_some_and(u8::is_ascii_alphanumeric);
        let mut lengths = usize::from(self.lengths[opening(head)]) << OPENING;
        lengths |= usize::from(closes(SHORTEST)) << SHORTEST;
        while lengths != 0 {
            let length = lengths.trailing_zeros() as usize;
            lengths &= lengths - 1;
            if length < HEAD && !closes(length) {
                continue;
            }
            let named = self.by_head.get(&cut(head, length)).into_iter().flatten().any(|name| {
                rest.get(..name.len()).is_some_and(|found| found.eq_ignore_ascii_case(name))
                    && closes(name.len())
            });
            if named {
                return true;
            }
        }
        false
    }
}

/// The first bytes in lower case, the first of all the lowest; zeros where there are no more.
#[inline]
fn head(bytes: &[u8]) -> u64 {
    let mut first = [0; HEAD];
    match bytes.first_chunk::<HEAD>() {
        Some(chunk) => first = *chunk,
        None => first[..bytes.len()].copy_from_slice(bytes),
    }
    u64::from_le_bytes(first.map(|byte| byte.to_ascii_lowercase()))
}

/// The first `length` bytes of a head.
fn cut(head: u64, length: usize) -> u64 {
    if length >= HEAD { head } else { head & ((1 << (8 * length)) - 1) }
}

/// Where a head stands in the table.
fn opening(head: u64) -> usize {
    // Fibonacci hashing: the top bits of a product with 2³² over the golden ratio.
    let hash = (cut(head, OPENING) as u32).wrapping_mul(0x9E37_79B9);
    hash as usize >> (32 - TABLE.trailing_zeros())
}

#[cfg(test)]
mod tests {
    use super::*;
    use dateline_model::Registry;
    use proptest::prelude::*;

    /// What the automaton alone finds in the whole, where both ends may be those of a word.
    fn alone(names: &Names, text: &str, range: Range<usize>) -> Vec<(usize, usize, usize)> {
        let automaton = names.automaton.as_ref().unwrap();
        triples(text, automaton.find_iter(Input::new(text).range(range)))
    }

    fn triples(text: &str, found: impl Iterator<Item = Match>) -> Vec<(usize, usize, usize)> {
        let goes_on = |at: Option<&u8>| at.is_some_and(u8::is_ascii_alphanumeric);
        let bytes = text.as_bytes();
        found
            .filter(|found| !found.start().checked_sub(1).is_some_and(|at| goes_on(bytes.get(at))))
            .filter(|found| !goes_on(bytes.get(found.end())))
            .map(|found| (found.pattern().as_usize(), found.start(), found.end()))
            .collect()
    }

    fn check(names: &Names, text: &str, range: Range<usize>) {
        let found = triples(text, names.find(text, range.clone()));
        assert_eq!(found, alone(names, text, range), "{text}");
    }

    #[test]
    fn overlapping_names_are_told_as_in_the_whole() {
        let names = Names::new(["The Sun", "Sunday Courier", "AT", "ATS", "Meridian Wire", "رويترز", "Wire"]);
        let found = |text| names.find(text, 0..text.len()).map(|found| found.pattern().as_usize()).collect();
        let whole: Vec<usize> = found("told Meridian Wire (ATS)");
        assert_eq!(whole, [4, 3]);
        // "The Sun" begins first and takes the letters that the Sunday Courier begins with.
        let taken: Vec<usize> = found("the Sunday Courier");
        assert_eq!(taken, [0]);
        let joined: Vec<usize> = found("قال لرويترز");
        assert_eq!(joined, [5], "Arabic joins a preposition to the name");
        assert_eq!(found("They sat in Matsue and heard of rewiring."), Vec::<usize>::new());
    }

    #[test]
    fn a_name_of_one_letter_is_found_too() {
        let names = Names::new(["Y", "Sahel Courier"]);
        check(&names, "the Sahel Courier of Y told y, X", 0..32);
        assert_eq!(names.find("told Y", 0..6).count(), 1);
    }

    #[test]
    fn nothing_is_found_where_there_are_no_names() {
        let none: [&str; 0] = [];
        assert_eq!(Names::new(none).find("told Meridian Wire", 0..18).count(), 0);
    }

    /// All names that ship, each alone, in a sentence, in capitals, within a word and beside the next.
    #[test]
    fn every_name_that_ships_is_found_as_by_the_automaton_alone() {
        let registry = Registry::builtin();
        let all: Vec<&str> =
            registry.iter().flat_map(|outlet| outlet.credit_names().map(|(name, _)| name)).collect();
        let names = Names::new(all.iter().copied());
        for (name, next) in all.iter().zip(all.iter().skip(1)) {
            let text = format!(
                "{name}\n({name}) told the {next} and {name}s that x{name} {next}. L'{}-{next}, “{name}”\nو{name}ا \
                 ل{next}/{name}",
                name.to_uppercase()
            );
            check(&names, &text, 0..text.len());
            assert!(names.find(&text, 0..text.len()).count() > 4, "{text}");
        }
    }

    proptest! {
        #[test]
        fn what_is_found_is_what_the_automaton_finds_alone(
            names in proptest::collection::vec("[abAB é.]{1,9}|[ab]{2,3}|رو[اي]{1,3}", 1..8),
            text in "([abABé.رويا \n]|ab|ba|aab |AB ){0,60}",
            ends in (0usize..80, 0usize..80),
        ) {
            let names = Names::new(names.iter().map(String::as_str));
            check(&names, &text, 0..text.len());
            let at = |place: usize| text.char_indices().map(|(at, _)| at).nth(place).unwrap_or(text.len());
            let (start, end) = (at(ends.0.min(ends.1)), at(ends.0.max(ends.1)));
            check(&names, &text, start..end);
        }
    }
}
