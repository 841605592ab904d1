//! Names: where a text holds one of thousands of names, told at the speed of reading it.
//!
//! What a name is found as is for an automaton to say: of names that overlap, the leftmost counts, and
//! of those the longest. But an automaton over all the names of the registry does not fit into the
//! caches, and nearly every byte of a text costs it a look into memory. So a text is first asked where
//! a whole name stands at the beginning of a word, which a small table answers "nowhere" for nearly
//! all words, and only what lies around those places is given to the automaton.

use std::ops::Range;

use aho_corasick::{AhoCorasick, Input, Match, MatchKind};
use dateline_model::Outlet;
use rustc_hash::FxHashMap;

use crate::eight::Eight;

/// Bytes of a name, or of its first word, that it is looked up by.
const HEAD: usize = 8;
/// Bytes by which a word is looked up that begins with a letter beyond ASCII: two letters of most scripts.
const FOREIGN: usize = 4;
/// Bits in a table: 4 kB, a small part of a first-level cache. The 5,900 names that ship set fewer than one in
/// five of them.
const TABLE: usize = 1 << 15;

/// Finds names in texts, in any ASCII case: of those that overlap the leftmost, and of these the longest.
#[derive(Debug, Clone)]
pub struct Names {
    /// `None` only beyond 2³¹ bytes of names, where none is found.
    automaton: Option<AhoCorasick>,
    /// The names, by their heads in lower case.
    by_head: FxHashMap<u64, Vec<Box<str>>>,
    /// For each head that is shorter than [`HEAD`]: its length, a bit each.
    short: u8,
    /// A bit for each number of bytes by which a first word is looked up that does not begin in ASCII's letters.
    foreign: u8,
    /// A bit for each first word, by its hash.
    first_words: Vec<u64>,
    /// A bit for each head, by its hash.
    heads: Vec<u64>,
    /// A bit for each two bytes that stand side by side in a name, in lower case.
    pairs: Vec<u64>,
    /// For each byte of ASCII that is no letter and no digit: whether a name begins with it.
    marks: [bool; 128],
    /// True where a name has no first byte.
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
            short: 0,
            foreign: 0,
            first_words: vec![0; TABLE / 64],
            heads: vec![0; TABLE / 64],
            pairs: vec![0; (1 << 16) / 64],
            marks: [false; 128],
            everywhere: false,
        };
        for name in names {
            for pair in name.as_bytes().windows(2) {
                set(&mut index.pairs, number_of(pair[0], pair[1]));
            }
            let Some(&first) = name.as_bytes().first() else {
                index.everywhere = true;
                continue;
            };
            if first.is_ascii() && !first.is_ascii_alphanumeric() {
                index.marks[usize::from(first)] = true;
            }
            let head = Eight::first(name.as_bytes());
            let opening = match head.length {
                0 if first.is_ascii() => 1,
                0 => name.len().min(FOREIGN),
                word => word,
            };
            if head.length == 0 {
                index.foreign |= 1 << opening;
            }
            set(&mut index.first_words, place(head.cut(opening)));
            set(&mut index.heads, place(head.cut(name.len())));
            if name.len() < HEAD {
                index.short |= 1 << name.len();
            }
            index.by_head.entry(head.cut(name.len())).or_default().push(name.into());
        }
        index
    }

    /// The names in a range of a text, each with its number: all that begin and end as words of their own
    /// and are [written](Outlet::is_written) as the name is, among others.
    ///
    /// What is written otherwise, or begins or ends within a word, is found only where such a name is near.
    pub fn find(&self, text: &str, range: Range<usize>) -> impl Iterator<Item = Match> {
        let stretches = self.stretches(text, range);
        self.automaton.iter().flat_map(move |automaton| {
            let stretches = stretches.clone();
            stretches.into_iter().flat_map(move |range| automaton.find_iter(Input::new(text).range(range)))
        })
    }

    /// The parts of a range that hold a name. At both ends of each stand two bytes that are side by side in
    /// no name, so that no name reaches across: what the automaton finds in a part is what it finds there in
    /// the whole.
    fn stretches(&self, text: &str, range: Range<usize>) -> Vec<Range<usize>> {
        let mut stretches: Vec<Range<usize>> = Vec::new();
        if self.everywhere {
            stretches.push(range);
            return stretches;
        }
        let bytes = text.as_bytes();
        let mut at = range.start;
        // The range may begin within a word.
        while at > 0 && at < range.end && bytes[at - 1].is_ascii_alphanumeric() {
            at += 1;
        }
        while at < range.end {
            let first = bytes[at];
            if first.is_ascii() && !first.is_ascii_alphanumeric() && !self.marks[usize::from(first)] {
                at += 1;
                continue;
            }
            let head = Eight::first(&bytes[at..range.end]);
            if self.opens(head) && text.is_char_boundary(at) && self.stands_at(text, at, range.end, head) {
                let joined = |at: usize| is_set(&self.pairs, number_of(bytes[at - 1], bytes[at]));
                let from = stretches.last().map_or(range.start, |last| last.end);
                let start = (from + 1..=at).rev().find(|at| !joined(*at)).unwrap_or(from);
                let end = (at + 1..range.end).find(|at| !joined(*at)).unwrap_or(range.end);
                stretches.push(start..end);
                at = end;
                // What is left of a word is no word.
                while at < range.end
                    && bytes[at - 1].is_ascii_alphanumeric()
                    && bytes[at].is_ascii_alphanumeric()
                {
                    at += 1;
                }
                continue;
            }
            // In scripts without ASCII any letter may be the first of a name, behind what is joined to it.
            at += head.length.max(1);
            while head.length == HEAD && at < range.end && bytes[at].is_ascii_alphanumeric() {
                at += 1;
            }
        }
        stretches
    }

    /// True where a name may begin with these bytes.
    #[inline]
    fn opens(&self, head: Eight) -> bool {
        let opens = |opening: usize| is_set(&self.first_words, place(head.cut(opening)));
        match head.length {
            0 => (1..=FOREIGN).any(|opening| self.foreign >> opening & 1 == 1 && opens(opening)),
            word => opens(word),
        }
    }

    /// True where a name stands at `at` from which no letter or digit of ASCII goes on.
    fn stands_at(&self, text: &str, at: usize, end: usize, head: Eight) -> bool {
        let closes = |length: usize| !text.as_bytes().get(at + length).is_some_and(u8::is_ascii_alphanumeric);
        let rest = &text[at..end];
        let named = |length: usize| {
            self.by_head.get(&head.cut(length)).into_iter().flatten().any(|name| {
                let found = rest.get(..name.len());
                found.is_some_and(|found| found.eq_ignore_ascii_case(name) && Outlet::is_written(name, found))
                    && closes(name.len())
            })
        };
        let may_be = |length: usize| is_set(&self.heads, place(head.cut(length)));
        let mut short = usize::from(self.short);
        while short != 0 {
            let length = short.trailing_zeros() as usize;
            short &= short - 1;
            if may_be(length) && closes(length) && named(length) {
                return true;
            }
        }
        may_be(HEAD) && named(HEAD)
    }
}

fn set(bits: &mut [u64], at: usize) {
    bits[at / 64] |= 1 << (at % 64);
}

#[inline]
fn is_set(bits: &[u64], at: usize) -> bool {
    bits[at / 64] >> (at % 64) & 1 == 1
}

/// The number of two bytes side by side, the same in any ASCII case.
fn number_of(left: u8, right: u8) -> usize {
    usize::from(left.to_ascii_lowercase()) << 8 | usize::from(right.to_ascii_lowercase())
}

/// Where bytes stand in a table.
fn place(bytes: u64) -> usize {
    // Fibonacci hashing: the top bits of a product with 2⁶⁴ over the golden ratio.
    (bytes.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> (64 - TABLE.trailing_zeros())) as usize
}

#[cfg(test)]
mod tests {
    use super::*;
    use dateline_model::Registry;
    use proptest::prelude::*;

    /// Finds in a range of a text what begins and ends as words of their own and is written as the name is, and
    /// compares it with what an automaton alone finds in the whole.
    fn check(all: &[&str], index: &Names, text: &str, range: Range<usize>) -> usize {
        let goes_on = |at: Option<&u8>| at.is_some_and(u8::is_ascii_alphanumeric);
        let bytes = text.as_bytes();
        let stands = |found: &Match| {
            !found.start().checked_sub(1).is_some_and(|at| goes_on(bytes.get(at)))
                && !goes_on(bytes.get(found.end()))
                && Outlet::is_written(all[found.pattern().as_usize()], &text[found.range()])
        };
        let found: Vec<Match> = index.find(text, range.clone()).filter(stands).collect();
        let automaton = index.automaton.as_ref().unwrap();
        let alone: Vec<Match> = automaton.find_iter(Input::new(text).range(range)).filter(stands).collect();
        assert_eq!(found, alone, "{text}");
        found.len()
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
        let all = ["Y", "Sahel Courier"];
        assert_eq!(check(&all, &Names::new(all), "the Sahel Courier of Y told y, X", 0..32), 2);
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
        let mut found = 0;
        for (name, next) in all.iter().zip(all.iter().skip(1)) {
            let text = format!(
                "{name}\n({name}) told the {next} and {name}s that x{name} {next}. L'{}-{next}, “{name}”\nو{name}ا \
                 ل{next}/{name}",
                name.to_uppercase()
            );
            found += check(&all, &names, &text, 0..text.len());
        }
        // Fewer only where one name is another in other letters, or a part of it.
        assert!(found > 6 * all.len(), "{found} of {} names", all.len());
    }

    proptest! {
        #[test]
        fn what_is_found_is_what_the_automaton_finds_alone(
            all in proptest::collection::vec("[abAB é.]{1,9}|[ab]{2,3}|رو[اي]{1,3}", 1..8),
            text in "([abABé.رويا \n]|ab|ba|aab |AB ){0,60}",
            ends in (0usize..80, 0usize..80),
        ) {
            let all: Vec<&str> = all.iter().map(String::as_str).collect();
            let names = Names::new(all.iter().copied());
            check(&all, &names, &text, 0..text.len());
            let at = |place: usize| text.char_indices().map(|(at, _)| at).nth(place).unwrap_or(text.len());
            let (start, end) = (at(ends.0.min(ends.1)), at(ends.0.max(ends.1)));
            check(&all, &names, &text, start..end);
        }
    }
}
