//! Live stories: those an arriving article may still join, and the index that finds them.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet, VecDeque};

use dateline_model::{DAY, Embedding, Lang, StoryId};
use serde::{Deserialize, Serialize};

use crate::index::{Index, gap};
use crate::vector::{ALL, Entry, FIELD_COUNT, TITLE, Vector, keep_weightiest, norms};

/// Seconds an article may lie from a story and still join it. Three weeks: in the development sets
/// 99 % of articles come within two weeks of another article of their story.
pub const WINDOW: i64 = 21 * DAY;

/// Terms kept of a story, the weightiest. 200 and all give the same stories on the development sets.
const STORY_TERMS: usize = 256;
/// Terms kept of each member for the comparison with single articles.
const MEMBER_TERMS: usize = 64;
/// Newest members kept for comparison, beside the founder.
const MEMBERS: usize = 12;

/// Arriving articles whose dates say how far the stream has come. A story expires when it lies a
/// window behind all of them, so that an archive read after the live news still finds its own stories.
const WATERMARK: usize = 2_000;
/// Live stories at most; beyond this the one that has waited longest for an article goes.
const MOST_LIVE: usize = 200_000;

/// A strand in the stream, numbered by the order of founding: a story, or what one language has of it.
pub type Key = u32;

/// One article of a story, as far as later arrivals are compared with it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Member {
    /// Its weightiest terms: weights in [`ALL`], [`TITLE`] and names.
    pub entries: Vec<(u32, [f32; 3])>,
    /// Terms the article had.
    pub terms: u32,
}

impl Member {
    fn of(vector: &Vector) -> Self {
        Self {
            entries: vector
                .weightiest_by_term(MEMBER_TERMS)
                .iter()
                .map(|entry| {
                    let [all, title, _, names] = entry.weights;
                    (entry.term, [all, title, names])
                })
                .collect(),
            terms: vector.entries.len() as u32,
        }
    }
}

/// A live strand: a story as told in one language. Most stories have one strand; those in several languages have
/// several of the same identity, found to be one by what they are about ([`crate::strands`]).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Live {
    /// Identity of the story.
    pub story: StoryId,
    /// Language of the founder.
    pub lang: Lang,
    /// What it is about: the mean direction of those of its articles that were embedded, and their number.
    pub about: Option<(Embedding, u32)>,
    /// Sum of its articles' vectors, cut to the weightiest terms, sorted by term.
    pub sum: Vec<Entry>,
    /// Length of the sum in each field.
    pub norms: [f32; FIELD_COUNT],
    /// Articles.
    pub size: u32,
    /// Time of the first and last dated article; `None` where none is dated.
    pub period: Option<(i64, i64)>,
    /// The founder, then the newest members.
    pub members: VecDeque<Member>,
    /// The count of arrivals when it last grew.
    pub touched: u64,
}

impl Live {
    /// Seconds between a time and the nearer end of the story's period; 0 inside it.
    pub fn gap(&self, at: i64) -> Option<i64> {
        self.period.map(|period| gap(period, at))
    }

    fn absorb(&mut self, vector: &Vector, at: Option<i64>) {
        self.size += 1;
        if let Some(at) = at {
            let (first, last) = self.period.unwrap_or((at, at));
            self.period = Some((first.min(at), last.max(at)));
        }
        self.add(vector);
    }

    fn add(&mut self, vector: &Vector) {
        self.sum = add(&self.sum, &vector.entries);
        if self.sum.len() > STORY_TERMS {
            keep_weightiest(&mut self.sum, STORY_TERMS);
        }
        self.norms = norms(&self.sum);
        if self.members.len() > MEMBERS {
            // The founder stays: a story is what its members share, not a path from one to the next.
            self.members.remove(1);
        }
        self.members.push_back(Member::of(vector));
    }
}

/// The sum of two lists that are sorted by term.
fn add(a: &[Entry], b: &[Entry]) -> Vec<Entry> {
    let mut sum = Vec::with_capacity(a.len() + b.len());
    let (mut i, mut j) = (0, 0);
    while i < a.len() && j < b.len() {
        match a[i].term.cmp(&b[j].term) {
            Ordering::Less => {
                sum.push(a[i]);
                i += 1;
            }
            Ordering::Greater => {
                sum.push(b[j]);
                j += 1;
            }
            Ordering::Equal => {
                let weights = std::array::from_fn(|field| a[i].weights[field] + b[j].weights[field]);
                sum.push(Entry { term: a[i].term, weights });
                i += 1;
                j += 1;
            }
        }
    }
    sum.extend_from_slice(&a[i..]);
    sum.extend_from_slice(&b[j..]);
    sum
}

/// All live stories.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct LiveSet {
    stories: BTreeMap<Key, Live>,
    index: Index,
    /// Dates of the newest arrivals, in order of arrival.
    recent: VecDeque<i64>,
    /// Stories by the end of their period, to find those that expire.
    by_end: BTreeSet<(i64, Key)>,
    /// Stories by when they last grew, to find the one to drop when there are too many.
    by_touch: BTreeSet<(u64, Key)>,
    /// Live strands in each language.
    langs: BTreeMap<Lang, u32>,
    arrivals: u64,
    next: Key,
}

impl LiveSet {
    /// How many stories are live.
    pub fn count(&self) -> usize {
        self.stories.len()
    }

    /// The numbers of the live stories, in the order of founding.
    pub fn keys(&self) -> impl Iterator<Item = Key> {
        self.stories.keys().copied()
    }

    /// A live story.
    pub fn get(&self, key: Key) -> Option<&Live> {
        self.stories.get(&key)
    }

    /// The stories most likely to hold an article: those that share its weightiest terms, best first.
    ///
    /// `most` bounds their number; stories further than [`WINDOW`] from `at` are left out.
    pub fn candidates(&self, vector: &Vector, at: Option<i64>, most: usize) -> Vec<Key> {
        /// Terms searched for. More change nothing on the development sets.
        const SEARCHED: usize = 48;
        /// A term in more live stories than this tells too little for its cost.
        const COMMONEST: usize = 4_000;
        self.sharing(vector, at, SEARCHED, COMMONEST, most)
    }

    /// The same by so many of its `searched` weightiest terms, those in more than `commonest` strands left out.
    pub(crate) fn sharing(
        &self,
        vector: &Vector,
        at: Option<i64>,
        searched: usize,
        commonest: usize,
        most: usize,
    ) -> Vec<Key> {
        let searched = vector.weightiest(searched).into_iter().map(|entry| {
            let weight = entry.weights[ALL] + entry.weights[TITLE] / 2.0;
            (entry.term, weight * weight)
        });
        self.index.best(searched, at, commonest, most)
    }

    /// Founds a story without articles; the founder is absorbed next.
    pub fn found(&mut self, story: StoryId, lang: Lang) -> Key {
        let key = self.next;
        self.next += 1;
        let live = Live {
            story,
            lang,
            about: None,
            sum: Vec::new(),
            norms: [0.0; FIELD_COUNT],
            size: 0,
            period: None,
            members: VecDeque::new(),
            touched: self.arrivals,
        };
        self.stories.insert(key, live);
        self.index.open(key);
        *self.langs.entry(lang).or_default() += 1;
        key
    }

    /// True where a strand in another language than this one is live.
    pub fn has_other_languages(&self, lang: Lang) -> bool {
        self.langs.iter().any(|(other, count)| *other != lang && other.is_known() && *count > 0)
    }

    /// Notes what an article that a strand has taken in is about.
    pub fn describe(&mut self, key: Key, about: &Embedding) {
        if let Some(live) = self.stories.get_mut(&key) {
            live.about = Some(match live.about.take() {
                Some((mean, count)) => (mean.with_one_more(count, about), count + 1),
                None => (about.clone(), 1),
            });
        }
    }

    /// Makes a strand part of a story.
    pub(crate) fn rename(&mut self, key: Key, story: StoryId) {
        if let Some(live) = self.stories.get_mut(&key) {
            live.story = story;
        }
    }

    /// All live strands, in the order of founding.
    pub fn iter(&self) -> impl Iterator<Item = (Key, &Live)> {
        self.stories.iter().map(|(key, live)| (*key, live))
    }

    /// Adds more of the text of an article that is in a live story already.
    pub fn enrich(&mut self, key: Key, vector: &Vector) {
        self.change(key, |live| live.add(vector));
    }

    /// Adds an article to a live story, and lets go of the stories that nothing can join any more.
    ///
    /// Returns the stories that expired.
    pub fn absorb(&mut self, key: Key, vector: &Vector, at: Option<i64>) -> Vec<(Key, StoryId)> {
        self.arrivals += 1;
        let arrivals = self.arrivals;
        self.change(key, |live| {
            live.absorb(vector, at);
            live.touched = arrivals;
        });
        if let Some(at) = at {
            if self.recent.len() == WATERMARK {
                self.recent.pop_front();
            }
            self.recent.push_back(at);
        }
        self.expire()
    }

    /// Takes everything out of a live story, for it to be made anew from its articles.
    pub(crate) fn clear(&mut self, key: Key) {
        self.change(key, |live| {
            live.sum.clear();
            live.norms = [0.0; FIELD_COUNT];
            live.size = 0;
            live.period = None;
            live.members.clear();
            live.about = None;
        });
    }

    /// Adds an article to a live story that is made anew; nothing has arrived.
    pub(crate) fn regain(&mut self, key: Key, vector: &Vector, at: Option<i64>) {
        self.change(key, |live| live.absorb(vector, at));
    }

    /// Changes a story, and the indexes with it.
    fn change(&mut self, key: Key, change: impl FnOnce(&mut Live)) {
        let Some(live) = self.stories.get_mut(&key) else { return };
        let before: Vec<u32> = live.sum.iter().map(|entry| entry.term).collect();
        unlist(&mut self.by_end, &mut self.by_touch, key, live);
        change(live);
        list(&mut self.by_end, &mut self.by_touch, key, live);
        self.index.change(key, live.period, before, live.sum.iter().map(|entry| entry.term));
    }

    fn expire(&mut self) -> Vec<(Key, StoryId)> {
        let mut expired = Vec::new();
        // The watermark is read every so often: a scan of two thousand numbers an article would be
        // the dearest thing the light path does.
        if self.arrivals.is_multiple_of(256) && self.recent.len() == WATERMARK {
            let watermark = self.recent.iter().min().copied().unwrap_or(i64::MIN);
            while let Some(&(last, key)) = self.by_end.first()
                && last < watermark - WINDOW
            {
                expired.extend(self.drop_story(key));
            }
        }
        while self.stories.len() > MOST_LIVE
            && let Some(&(_, key)) = self.by_touch.first()
        {
            expired.extend(self.drop_story(key));
        }
        expired
    }

    pub(crate) fn drop_story(&mut self, key: Key) -> Option<(Key, StoryId)> {
        let live = self.stories.remove(&key)?;
        if let Some(count) = self.langs.get_mut(&live.lang) {
            *count -= 1;
        }
        unlist(&mut self.by_end, &mut self.by_touch, key, &live);
        self.index.close(key, live.sum.iter().map(|entry| entry.term));
        Some((key, live.story))
    }

    /// Everything but the indexes, for storage.
    pub(crate) fn parts(&self) -> (&BTreeMap<Key, Live>, &VecDeque<i64>, u64, Key) {
        (&self.stories, &self.recent, self.arrivals, self.next)
    }

    pub(crate) fn from_parts(
        stories: BTreeMap<Key, Live>,
        recent: VecDeque<i64>,
        arrivals: u64,
        next: Key,
    ) -> Self {
        let mut set = Self { recent, arrivals, next, ..Self::default() };
        for (key, live) in &stories {
            list(&mut set.by_end, &mut set.by_touch, *key, live);
            set.index.open(*key);
            *set.langs.entry(live.lang).or_default() += 1;
            set.index.change(*key, live.period, [], live.sum.iter().map(|entry| entry.term));
        }
        set.stories = stories;
        set
    }
}

fn list(by_end: &mut BTreeSet<(i64, Key)>, by_touch: &mut BTreeSet<(u64, Key)>, key: Key, live: &Live) {
    if let Some((_, last)) = live.period {
        by_end.insert((last, key));
    }
    by_touch.insert((live.touched, key));
}

fn unlist(by_end: &mut BTreeSet<(i64, Key)>, by_touch: &mut BTreeSet<(u64, Key)>, key: Key, live: &Live) {
    if let Some((_, last)) = live.period {
        by_end.remove(&(last, key));
    }
    by_touch.remove(&(live.touched, key));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn vector(terms: &[u32]) -> Vector {
        let weight = 1.0 / (terms.len() as f32).sqrt();
        let mut entries: Vec<Entry> =
            terms.iter().map(|term| Entry { term: *term, weights: [weight; FIELD_COUNT] }).collect();
        entries.sort_unstable_by_key(|entry| entry.term);
        Vector { entries }
    }

    fn story(n: u8) -> StoryId {
        StoryId([n; 10])
    }

    #[test]
    fn stories_are_found_by_shared_terms_within_the_window() {
        let mut live = LiveSet::default();
        let base = live.found(story(1), Lang::EN);
        live.absorb(base, &vector(&[1, 2, 3]), Some(0));
        let flood = live.found(story(2), Lang::EN);
        live.absorb(flood, &vector(&[7, 8, 9]), Some(0));
        assert_eq!(live.candidates(&vector(&[2, 3, 4]), Some(DAY), 10), [base]);
        assert!(live.candidates(&vector(&[2, 3, 4]), Some(WINDOW + 1), 10).is_empty());
        assert_eq!(
            live.candidates(&vector(&[2, 3, 4]), None, 10),
            [base],
            "undated articles are not kept out"
        );
    }

    #[test]
    fn old_stories_expire_once_the_stream_has_moved_on() {
        let mut live = LiveSet::default();
        let old = live.found(story(1), Lang::EN);
        live.absorb(old, &vector(&[1, 2]), Some(0));
        let mut expired = Vec::new();
        let new = live.found(story(2), Lang::EN);
        for i in 0..3_000 {
            expired.extend(live.absorb(new, &vector(&[5, 6]), Some(2 * WINDOW + i)));
        }
        assert_eq!(expired, [(old, story(1))]);
        assert!(live.candidates(&vector(&[1, 2]), None, 10).is_empty());
    }

    #[test]
    fn an_archive_read_after_the_news_keeps_its_stories() {
        let mut live = LiveSet::default();
        let news = live.found(story(1), Lang::EN);
        for i in 0..3_000 {
            live.absorb(news, &vector(&[5, 6]), Some(400 * DAY + i));
        }
        let archive = live.found(story(2), Lang::EN);
        live.absorb(archive, &vector(&[1, 2]), Some(0));
        for i in 0..1_000 {
            live.absorb(news, &vector(&[5, 6]), Some(400 * DAY + i));
        }
        assert_eq!(live.candidates(&vector(&[1, 2]), Some(DAY), 10), [archive]);
    }

    #[test]
    fn storage_keeps_everything() {
        let mut live = LiveSet::default();
        for n in 0..5 {
            let key = live.found(story(n), Lang::EN);
            live.absorb(key, &vector(&[u32::from(n), 40, 41]), Some(i64::from(n)));
        }
        let (stories, recent, arrivals, next) = live.parts();
        let restored = LiveSet::from_parts(stories.clone(), recent.clone(), arrivals, next);
        assert_eq!(restored, live);
    }
}
