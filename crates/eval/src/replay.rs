//! A long stream made from a short one: its articles again and again, each time a day later and about
//! other things.
//!
//! Every replay puts invented names in the place of all names, and invented words in the place of most
//! words; which ones follows from the word and the number of the replay. Within one replay a word is
//! always put in the same place, so that articles on one event still share their words. Between two
//! replays they do not, so that stories end and new ones begin, as they do in the news.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use dateline_model::{DAY, When};

use crate::stages::stories::Row;

/// When the first replay begins: 1 January 2020, in seconds.
const BEGIN: i64 = 1_577_836_800;
/// Words that stay in every replay, the commonest of the set: with them the text stays in its language, and is as
/// hard to read as it was.
const KEPT: usize = 200;
/// Of 100 other words that are no names, those that a replay changes. At 60 the same article of two replays
/// has less than 1 in 50 of its runs of five words in common.
const CHANGED: u64 = 60;
/// Syllables of invented words. Three of them make 512,000 words: a million articles of the news have some 700,000
/// different words, as the growth over the first eight thousand says (Heaps' law, exponent .48).
const SYLLABLES: usize = 80;
/// Their beginnings and their vowels, in that order.
const ONSETS: [&str; 16] =
    ["b", "br", "d", "dr", "f", "g", "k", "kl", "l", "m", "n", "p", "r", "t", "tr", "v"];
const VOWELS: [&str; 5] = ["a", "e", "i", "o", "u"];
/// Endings that stay with a changed word, the longest first, so that its forms remain forms of one word.
const ENDINGS: [&str; 5] = ["ing", "ed", "es", "ly", "s"];
/// Letters that must be left before an ending for it to be one.
const ROOT: usize = 4;

/// A stream without end, made from a set of articles.
#[derive(Debug, Clone)]
pub struct Replay {
    rows: Vec<Row>,
    /// Words that stand in small letters somewhere: they are no names.
    words: HashSet<String>,
    kept: HashSet<String>,
}

impl Replay {
    /// Takes the articles to replay, in the order of their arrival; `None` where there are none.
    pub fn new(rows: Vec<Row>) -> Option<Self> {
        let mut counts: HashMap<&str, u32> = HashMap::new();
        for row in &rows {
            for (word, is_word) in pieces(&row.title).chain(pieces(&row.text)) {
                if is_word && word.starts_with(char::is_lowercase) {
                    *counts.entry(word).or_default() += 1;
                }
            }
        }
        let mut common: Vec<(&str, u32)> = counts.into_iter().collect();
        // By the word itself where two are equally common: the order of a hash map is no order.
        common.sort_unstable_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
        let kept = common.iter().take(KEPT).map(|(word, _)| (*word).to_owned()).collect();
        let words = common.iter().map(|(word, _)| (*word).to_owned()).collect();
        (!rows.is_empty()).then_some(Self { rows, words, kept })
    }

    /// Articles in one replay.
    pub fn period(&self) -> u64 {
        self.rows.len() as u64
    }

    /// The replay that the article number `at` is in, both from 0.
    pub fn cycle(&self, at: u64) -> u64 {
        at / self.period()
    }

    /// The article number `at` of the stream, from 0. Its gold event is that of the set, within its replay.
    pub fn article(&self, at: u64) -> Row {
        let cycle = self.cycle(at);
        let place = at % self.period();
        let row = &self.rows[place as usize];
        let seconds = BEGIN + cycle as i64 * DAY + (place as i64 * DAY) / self.period() as i64;
        Row {
            id: format!("{cycle}/{}", row.id),
            title: self.rewrite(&row.title, cycle),
            text: self.rewrite(&row.text, cycle),
            date: Some(When::from_seconds(seconds).to_string()),
            lang: row.lang.clone(),
            cluster: format!("{cycle}/{}", row.cluster).into(),
        }
    }

    /// A text as the replay `cycle` has it.
    fn rewrite(&self, text: &str, cycle: u64) -> String {
        let mut out = String::with_capacity(text.len() + text.len() / 8);
        for (piece, is_word) in pieces(text) {
            if is_word { self.replace(piece, cycle, &mut out) } else { out.push_str(piece) }
        }
        out
    }

    /// Writes what stands for a word in the replay `cycle`.
    fn replace(&self, word: &str, cycle: u64, out: &mut String) {
        let capital = word.starts_with(char::is_uppercase);
        let lower = if word.chars().any(char::is_uppercase) {
            Cow::Owned(word.to_lowercase())
        } else {
            Cow::Borrowed(word)
        };
        let is_name = capital && !self.words.contains(&*lower);
        if self.kept.contains(&*lower) {
            return out.push_str(word);
        }
        let ending = ENDINGS
            .into_iter()
            .find(|ending| lower.strip_suffix(ending).is_some_and(|root| root.chars().count() >= ROOT));
        let ending = ending.filter(|_| !is_name).unwrap_or_default();
        let root = &lower[..lower.len() - ending.len()];
        let code = hash(root, cycle);
        if !is_name && code % 100 >= CHANGED {
            return out.push_str(word);
        }
        let mut rest = (code / 100) as usize;
        for syllable in 0..3 {
            let onset = ONSETS[rest % SYLLABLES / VOWELS.len()];
            let mut letters = onset.chars();
            match letters.next() {
                Some(first) if capital && syllable == 0 => out.extend(first.to_uppercase()),
                Some(first) => out.push(first),
                None => {}
            }
            out.push_str(letters.as_str());
            out.push_str(VOWELS[rest % VOWELS.len()]);
            rest /= SYLLABLES;
        }
        out.push_str(ending);
    }
}

/// A text in pieces: words, which are runs of letters, and what stands between them.
fn pieces(text: &str) -> impl Iterator<Item = (&str, bool)> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let is_word = rest.chars().next()?.is_alphabetic();
        let end = rest.find(|c: char| c.is_alphabetic() != is_word).unwrap_or(rest.len());
        let (piece, after) = rest.split_at(end);
        rest = after;
        Some((piece, is_word))
    })
}

/// FNV-1a over the bytes, then the mixing steps of `splitmix64`: the same on every machine, and good in all bits.
fn hash(word: &str, cycle: u64) -> u64 {
    let fnv = word
        .bytes()
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3));
    let mut code = fnv ^ cycle.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    code = (code ^ (code >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    code = (code ^ (code >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    code ^ (code >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stages::stories::predict;

    /// Two reports on each of `events` invented events, and words that all of them share.
    fn rows(events: usize) -> Vec<Row> {
        const PLACES: [&str; 5] = ["Arvenholt", "Besterwick", "Corlundby", "Dravenmoor", "Eskilholm"];
        const EVENTS: [(&str, &str, &str); 5] = [
            (
                "ferry",
                "capsized",
                "The harbour master said the engine had failed before the storm drove the vessel aground.",
            ),
            (
                "dyke",
                "collapsed",
                "Engineers pumped water from flooded meadows while farmers moved their cattle uphill.",
            ),
            (
                "theatre",
                "reopened",
                "Actors rehearsed an old comedy beneath restored ceilings and brightly gilded balconies.",
            ),
            (
                "smelter",
                "closed",
                "Union leaders blamed copper prices and promised severance talks with bankrupt owners.",
            ),
            (
                "telescope",
                "jammed",
                "Astronomers waited for mirrors to cool after gears froze during a lunar eclipse.",
            ),
        ];
        let mut rows = Vec::new();
        for (place, (what, did, more)) in PLACES.into_iter().zip(EVENTS).take(events) {
            for outlet in ["Meridian", "Lantern"] {
                rows.push(Row {
                    id: format!("{place}-{outlet}"),
                    title: format!("{place} {what} {did}, mayor Halvard of {place} says"),
                    text: format!(
                        "The {what} of {place} {did} on the night. {more} It was the {outlet} that was there, \
                         and the {what} is what the people of {place} will talk of, the mayor Halvard said."
                    ),
                    date: None,
                    lang: Some("en".into()),
                    cluster: place.into(),
                });
            }
        }
        rows
    }

    fn replay(events: usize) -> Replay {
        let mut replay = Replay::new(rows(events)).unwrap();
        // So small a set has fewer words than are kept of a real one.
        let stay =
            ["the", "of", "on", "it", "was", "that", "there", "and", "is", "what", "will", "had", "a", "to"];
        replay.kept = stay.map(str::to_owned).into();
        replay
    }

    #[test]
    fn the_same_number_is_the_same_article() {
        for at in [0, 7, 10, 123] {
            let (a, b) = (replay(5).article(at), replay(5).article(at));
            assert_eq!((a.id, a.title, a.text, a.date), (b.id, b.title, b.text, b.date));
        }
        assert!(Replay::new(Vec::new()).is_none());
    }

    #[test]
    fn dates_advance_by_a_day_a_replay_and_never_go_back() {
        let replay = replay(5);
        let at = |n| replay.article(n).at().unwrap();
        for n in 0..50 {
            assert!(at(n) < at(n + 1), "{n}");
            assert_eq!(at(n + replay.period()) - at(n), DAY, "{n}");
        }
    }

    #[test]
    fn names_change_with_every_replay_and_forms_of_a_word_stay_together() {
        let replay = replay(5);
        let titles: HashSet<String> =
            (0..20).map(|cycle| replay.rewrite("Halvard Besterwick", cycle)).collect();
        assert_eq!(titles.len(), 20);
        for cycle in 0..20 {
            let text =
                replay.rewrite("The Farmers flooded, the farmers flooding the Halvard of 1,200.", cycle);
            let words: Vec<&str> = text.split(' ').collect();
            assert_eq!(words[0], "The", "kept, with its capital");
            assert_eq!(words[1].to_lowercase(), words[4], "{text}");
            assert!(words[1].starts_with(char::is_uppercase), "{text}");
            assert_eq!(words[2].strip_suffix("ed,"), words[5].strip_suffix("ing"), "{text}");
            assert!(!text.contains("Halvard") && text.ends_with(" of 1,200."), "{text}");
        }
        let changed = (0..100).filter(|cycle| replay.rewrite("engine", *cycle) != "engine").count();
        assert!((40..80).contains(&changed), "about {CHANGED} of 100, not {changed}");
    }

    #[test]
    fn articles_of_two_replays_share_no_story_and_those_of_one_event_do() {
        let replay = replay(5);
        let stream: Vec<Row> = (0..8 * replay.period()).map(|at| replay.article(at)).collect();
        let mut cycles: HashMap<String, HashSet<u64>> = HashMap::new();
        let mut events: HashMap<String, HashSet<String>> = HashMap::new();
        for (at, (row, placed)) in stream.iter().zip(predict(&stream)).enumerate() {
            cycles.entry(placed.cluster.clone()).or_default().insert(replay.cycle(at as u64));
            events.entry(row.cluster.to_string()).or_default().insert(placed.cluster);
        }
        assert!(cycles.values().all(|cycles| cycles.len() == 1), "{cycles:?}");
        assert!(events.values().all(|stories| stories.len() == 1), "{events:?}");
    }
}
