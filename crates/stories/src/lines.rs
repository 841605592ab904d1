//! Storylines: stories that continue each other, over weeks.
//!
//! A story is one event, and ends when the event has moved on; what comes of it founds the next. A young story is
//! compared with the storylines that are live, and continues the one it shares most with, if that is enough. What it is
//! held against is what the stories of the storyline *share*: the terms that more than half of them have, each story
//! counting once however large it is. And it has to agree with more than half of them one by one. So a storyline never
//! grows along a path of pairs: where A goes with B and B with C, and A has nothing of C, C starts one of its own.
//!
//! A storyline is named after its first story. A story that continues another's keeps to it; one that does not may
//! still do so while it is young, unless another has continued it by then. Words do not cross languages: what carries a
//! storyline from one to another are stories told in both ([`crate::strands`]).
//!
//! Which storyline a story continues is stored when it is decided. The rest of what is here follows from that and from
//! the live stories, so a snapshot holds nothing of it.

use std::collections::{BTreeMap, BTreeSet};

use dateline_model::{ArticleId, Continuation, StoryId, StorylineId};
use rustc_hash::{FxHashMap, FxHashSet};

use crate::live::{Key, Live};
use crate::stream::Stream;
use crate::vector::{ALL, Entry, Probe, Vector, keep_weightiest};

/// Cosine with what the stories of a storyline share from which a story continues it. Of 48 pairs at .24 to .34, drawn
/// from the two English sets of round-ups and judged by their headlines, 42 are one affair, those in doubt counted as
/// wrong; of 24 at .20 to .24, 15. The bound was chosen on these same pairs.
const SHARED: f32 = 0.25;
/// The same where there are headlines only: two that have "Tokyo" and "gold" in common look as alike as two
/// reports on one trial. Of 22 such pairs at .24 to .34, judged alike, about 7 are one affair.
const SHARED_BY_HEADLINES: f32 = 0.4;
/// Terms of a story up to which it is no more than headlines.
const HEADLINES: usize = 32;
/// Cosine that it must reach with each of more than half of them.
const EACH: f32 = 0.2;
/// How rare the terms must be that it has of what they share: the sum of their inverse document frequencies. The name of
/// a country adds 2 to 4 to it, the words of a trade as much each: neither makes an affair.
const RARE: f32 = 25.0;
/// Articles a strand has when its story is compared: each time it has twice as many as before, its words are steadier.
const YOUNG: [u32; 4] = [1, 2, 4, 8];
/// Strands of other stories that are looked at, those that share its weightiest terms. 24 give the same storylines on the
/// development sets.
const NEAREST: usize = 12;
/// Terms they are looked for by.
const SEARCHED: usize = 24;
/// A term in more strands than this tells no affair from another.
const COMMONEST: usize = 1_000;
/// Stories of one storyline that it is compared with: the first and the newest that are live.
const COMPARED: usize = 12;
/// Terms of a story that its storyline may share, the weightiest.
const PROFILE: usize = 64;

/// The storylines of the live stories.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Lines {
    /// The storyline of each live story that continues another's.
    of: FxHashMap<StoryId, StorylineId>,
    /// The live stories that continue each storyline. A storyline whose first story is live stands here also when
    /// those that continued it no longer are.
    continued: BTreeMap<StorylineId, BTreeSet<StoryId>>,
}

impl Lines {
    /// The storyline of a story.
    pub fn of(&self, story: StoryId) -> StorylineId {
        self.of.get(&story).copied().unwrap_or(StorylineId::started_by(story))
    }

    /// True for a story that continues no other, and that no other has continued.
    pub fn is_lone(&self, story: StoryId) -> bool {
        !self.of.contains_key(&story) && !self.continued.contains_key(&StorylineId::started_by(story))
    }

    pub fn add(&mut self, Continuation { story, line }: Continuation) {
        self.of.insert(story, line);
        self.continued.entry(line).or_default().insert(story);
    }

    /// Lets go of a story; `is_live` tells of any other whether it is.
    pub fn forget(&mut self, story: StoryId, is_live: impl Fn(StoryId) -> bool) {
        let own = StorylineId::started_by(story);
        if self.continued.get(&own).is_some_and(BTreeSet::is_empty) {
            self.continued.remove(&own);
        }
        let Some(line) = self.of.remove(&story) else { return };
        if let Some(stories) = self.continued.get_mut(&line) {
            stories.remove(&story);
            if stories.is_empty() && !is_live(line.first()) {
                self.continued.remove(&line);
            }
        }
    }

    /// The storyline that a story takes over from one that goes into it: a story that stands alone takes it, one that has a
    /// storyline keeps its own.
    pub fn taken_over(&self, from: StoryId, into: StoryId) -> Option<Continuation> {
        (self.is_lone(into) && !self.is_lone(from)).then(|| Continuation { story: into, line: self.of(from) })
    }
}

impl Stream {
    /// The storyline that the story of an article that has just come in, or whose fuller text has, turns out to continue.
    pub fn follow(&mut self, article: ArticleId) -> Option<Continuation> {
        let key = self.known.get(self.seqs.get(&article)?)?.story;
        let live = self.live.get(key)?;
        if !YOUNG.contains(&live.size) || !self.lines.is_lone(live.story) {
            return None;
        }
        let continuation = Continuation { story: live.story, line: self.continued_by(live)? };
        self.lines.add(continuation);
        Some(continuation)
    }

    /// The storyline of a story, named after itself where it continues none.
    pub fn line_of(&self, story: StoryId) -> StorylineId {
        self.lines.of(story)
    }

    /// The stories that an arriving article may still join.
    pub fn stories(&self) -> impl Iterator<Item = StoryId> {
        self.stories.keys().copied()
    }

    /// Takes in what was decided before: all continuations of, or by, the live stories.
    pub fn restore_lines(&mut self, continuations: &[Continuation]) {
        self.lines = Lines::default();
        for continuation in continuations {
            if self.stories.contains_key(&continuation.story) {
                self.lines.add(*continuation);
            } else if self.stories.contains_key(&continuation.line.first()) {
                self.lines.continued.entry(continuation.line).or_default();
            }
        }
    }

    /// The storyline that a strand shares most with, if that is enough.
    fn continued_by(&self, live: &Live) -> Option<StorylineId> {
        let vector = Vector { entries: unit(&live.sum, live.norms[ALL]) };
        let probe = Probe::new(&vector);
        let at = live.period.map(|(first, _)| first);
        let near = self.live.sharing(&vector, at, SEARCHED, COMMONEST, NEAREST);
        let mut seen: FxHashSet<StorylineId> = FxHashSet::default();
        let mut best: Option<(f32, StorylineId)> = None;
        for other in near.iter().filter_map(|key| self.live.get(*key)) {
            let line = self.lines.of(other.story);
            if other.story == live.story || other.lang != live.lang || !seen.insert(line) {
                continue;
            }
            let shared = self.shared_with(&self.strands_on(line, live), &vector, &probe);
            // Of two that it shares as much with, the one that was found first has more of its weightiest terms.
            if let Some(shared) = shared.filter(|shared| best.is_none_or(|(most, _)| *shared > most)) {
                best = Some((shared, line));
            }
        }
        best.map(|(_, line)| line)
    }

    /// What the stories of a storyline have in the language of a strand, one strand a story: the first and the newest.
    fn strands_on(&self, line: StorylineId, like: &Live) -> Vec<&Live> {
        let others = self.lines.continued.get(&line).into_iter().flatten().copied();
        let in_lang = |story: StoryId| {
            let mut strands = self.stories.get(&story)?.iter();
            strands.find(|key| self.live.get(**key).is_some_and(|strand| strand.lang == like.lang)).copied()
        };
        let stories = std::iter::once(line.first()).chain(others).filter(|story| *story != like.story);
        let mut keys: Vec<Key> = stories.filter_map(in_lang).collect();
        keys.sort_unstable();
        if keys.len() > COMPARED {
            keys.drain(1..=keys.len() - COMPARED);
        }
        keys.into_iter().filter_map(|key| self.live.get(key)).collect()
    }

    /// How much a story has of what these share, as a cosine, where that is enough to continue them.
    fn shared_with(&self, strands: &[&Live], vector: &Vector, probe: &Probe<'_>) -> Option<f32> {
        let majority = strands.len() / 2 + 1;
        let alike = strands.iter().filter(|strand| cosine(probe, vector, strand) >= EACH).count();
        if alike < majority {
            return None;
        }
        let (mut dot, mut square, mut rare) = (0.0f32, 0.0f32, 0.0f32);
        for (term, weight) in shared(strands, majority) {
            square += weight * weight;
            if let Some(index) = probe.find(term) {
                dot += weight * vector.entries[index].weights[ALL];
                rare += self.vocabulary.idf(term);
            }
        }
        let cosine = if square > 0.0 { dot / square.sqrt() } else { 0.0 };
        let fewest = strands.iter().map(|strand| strand.sum.len()).min().unwrap_or_default();
        let bare = fewest.min(vector.entries.len()) <= HEADLINES;
        let enough = if bare { SHARED_BY_HEADLINES } else { SHARED };
        (cosine >= enough && rare >= RARE).then_some(cosine)
    }
}

/// The terms that at least `majority` of these strands have, each with its summed weight, in the order of terms.
fn shared(strands: &[&Live], majority: usize) -> Vec<(u32, f32)> {
    let mut all: BTreeMap<u32, (usize, f32)> = BTreeMap::new();
    for strand in strands {
        let mut profile = unit(&strand.sum, strand.norms[ALL]);
        keep_weightiest(&mut profile, PROFILE);
        for entry in profile {
            let (count, weight) = all.entry(entry.term).or_default();
            *count += 1;
            *weight += entry.weights[ALL];
        }
    }
    let of_most = all.into_iter().filter(|(_, (count, _))| *count >= majority);
    of_most.map(|(term, (_, weight))| (term, weight)).collect()
}

/// Entries with headline and text together at length 1.
fn unit(sum: &[Entry], norm: f32) -> Vec<Entry> {
    let scale = if norm > 0.0 { 1.0 / norm } else { 0.0 };
    sum.iter()
        .map(|entry| Entry { term: entry.term, weights: entry.weights.map(|weight| weight * scale) })
        .collect()
}

fn cosine(probe: &Probe<'_>, vector: &Vector, strand: &Live) -> f32 {
    let both = strand.sum.iter().filter_map(|entry| Some((entry, probe.find(entry.term)?)));
    let dot: f32 = both.map(|(entry, at)| entry.weights[ALL] * vector.entries[at].weights[ALL]).sum();
    if strand.norms[ALL] > 0.0 { dot / strand.norms[ALL] } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use dateline_model::{DAY, Lang, Registry, Term, TermKind};
    use dateline_model::{Part, Span};
    use dateline_reader::{Copy, Reader};
    use proptest::prelude::*;

    use super::*;
    use crate::vocabulary::Vocabulary;
    use crate::{Arrival, Tie};

    /// Three turns of one affair, a week and more apart, in words of their own.
    const FERRY: [(i64, &str, &str); 3] = [
        (
            0,
            "Ferry Al Rahma capsizes off Safaga, fifteen dead",
            "The ferry Al Rahma capsized in heavy seas off Safaga on Sunday with 140 passengers on board, and fifteen \
             bodies were recovered, the Red Sea governorate said. Its owner, Nadir Lines, said the vessel had been \
             inspected in March. Divers searched the wreck for passengers of the ferry until dark.",
        ),
        (
            9,
            "Inspectors had warned owner of capsized ferry",
            "Inspectors told Nadir Lines twice this year that the stabilisers of the ferry Al Rahma were worn, a letter \
             shows that the Safaga port authority released on Tuesday. The owner let the vessel sail. Families of \
             passengers who died in the wreck called for the arrest of the managers of Nadir Lines.",
        ),
        (
            16,
            "Court in Hurghada opens trial of Nadir Lines managers",
            "Three managers of Nadir Lines went on trial in Hurghada on Monday over the ferry Al Rahma, which capsized off \
             Safaga. The prosecutor said the owner knew from inspectors that the stabilisers were worn. Relatives of \
             passengers filled the court; the vessel's captain is to testify about the wreck next week.",
        ),
    ];

    /// Of the same country and days, and of nothing else that the ferry is of.
    const EGYPT: (i64, &str, &str) = (
        10,
        "Egypt raises price of subsidised bread",
        "Egypt will raise the price of subsidised bread from June, the supply minister said in Cairo, for the first time \
         in thirty years. Bakers in Egypt welcomed the decision; the Egyptian pound lost a third of its value in March \
         and wheat has become dear.",
    );

    /// What other news a stream has, so that the words of the affair are rare.
    const OTHERS: [&str; 8] = [
        "The central bank of Kazakhstan cut its base rate by half a point on Friday, the governor said.",
        "A dyke on the Mulde broke near Grimma at night and the district moved two thousand people.",
        "Teachers in Porto went on strike for higher pay and marched through the centre of the city.",
        "The museum in Ghent shows ninety drawings by a painter who died in the war and was forgotten.",
        "A hangar burned at the airbase of Zaragoza and firemen put out the flames before noon.",
        "Voters in Senegal chose a new parliament on Sunday, and the count goes on in Dakar.",
        "Scientists in Oslo found the remains of a whale that lived thirty million years ago.",
        "A court in Lima ordered a mining company to pay for the poisoned river of a valley.",
    ];

    struct Wire {
        reader: Reader,
        stream: Stream,
        sent: u8,
    }

    impl Wire {
        fn new() -> Self {
            let registry = Arc::new(Registry::default());
            let mut wire = Self { reader: Reader::new(&registry), stream: Stream::new(registry), sent: 0 };
            for text in OTHERS {
                wire.send((0, text, text));
            }
            // A stream of some size: in a small one no word is rare.
            for _ in 0..2_000 {
                wire.stream.vocabulary.add(&[]);
            }
            wire
        }

        /// Places an article, and gives its story and what that continues by then.
        fn send(&mut self, (day, title, text): (i64, &str, &str)) -> (StoryId, Option<Continuation>) {
            self.sent += 1;
            let article = ArticleId([self.sent; 10]);
            let reading = self.reader.read(Copy { title, text, lang: Some(Lang::EN), ..Copy::default() });
            let arrival = Arrival {
                article,
                version: 1,
                outlet: None,
                genre: Default::default(),
                at: Some(day * DAY),
                reading: &reading,
            };
            let story = self.stream.place(arrival).membership.story;
            (story, self.stream.follow(article))
        }
    }

    #[test]
    fn an_affair_of_weeks_is_one_storyline_of_several_stories() {
        let mut wire = Wire::new();
        let [(wreck, none), (warned, second), (trial, third)] = FERRY.map(|turn| wire.send(turn));
        let line = StorylineId::started_by(wreck);
        assert!(wreck != warned && warned != trial && trial != wreck);
        assert_eq!(none, None);
        assert_eq!(second, Some(Continuation { story: warned, line }));
        assert_eq!(third, Some(Continuation { story: trial, line }));
        assert_eq!(wire.stream.line_of(trial), line);
    }

    #[test]
    fn the_same_country_makes_no_storyline() {
        let mut wire = Wire::new();
        wire.send(FERRY[0]);
        let of_country =
            "Egypt: navy joins search for passengers of ferry in the Red Sea, Egypt's president sends aid";
        wire.send((1, of_country, of_country));
        assert_eq!(wire.send(EGYPT).1, None);
    }

    #[test]
    fn after_more_than_three_weeks_nothing_is_continued() {
        let mut wire = Wire::new();
        wire.send(FERRY[0]);
        assert_eq!(wire.send((40, FERRY[1].1, FERRY[1].2)).1, None);
    }

    #[test]
    fn headlines_alone_must_agree_much_more() {
        let mut wire = Wire::new();
        let (first, _) = wire.send((0, "Szilagyi of Hungary beats Samele in Makuhari final on Sunday to win third sabre gold at Tokyo Olympics", ""));
        let (other, _) = wire.send((2, "Hou of China lifts 94 kilos in front of empty stands on Sunday for weightlifting gold at Tokyo Olympics", ""));
        assert_ne!(first, other);
        assert_eq!(wire.stream.line_of(other), StorylineId::started_by(other));
    }

    #[test]
    fn a_restart_takes_in_what_was_decided_and_goes_on_the_same() {
        let mut wire = Wire::new();
        let (wreck, _) = wire.send(FERRY[0]);
        let second = wire.send(FERRY[1]).1;
        let bytes = wire.stream.to_snapshot().unwrap();
        let mut again = Stream::from_snapshot(&bytes, Arc::new(Registry::default())).unwrap();
        assert_ne!(again.lines, wire.stream.lines, "a snapshot holds nothing of it");
        let gone = Continuation { story: StoryId([99; 10]), line: StorylineId([98; 10]) };
        again.restore_lines(&[second.unwrap(), gone]);
        assert_eq!(again.lines, wire.stream.lines);
        std::mem::swap(&mut wire.stream, &mut again);
        assert_eq!(wire.send(FERRY[2]).1.unwrap().line, StorylineId::started_by(wreck));
    }

    #[test]
    fn a_story_that_stands_alone_takes_over_the_storyline_of_one_that_goes_into_it() {
        let mut wire = Wire::new();
        let (bread, _) = wire.send(EGYPT);
        let (wreck, _) = wire.send(FERRY[0]);
        let (warned, _) = wire.send(FERRY[1]);
        let line = StorylineId::started_by(wreck);
        // Not that these should: ties are made by what stories are about.
        wire.stream.settle(Tie { from: warned, into: bread, probability: 0.9 });
        assert_eq!(wire.stream.line_of(bread), line);
        assert!(!wire.stream.lines.of.contains_key(&warned), "it has ended");
        wire.stream.settle(Tie { from: wreck, into: bread, probability: 0.9 });
        assert_eq!(wire.stream.line_of(bread), line, "its name stays when the first story ends");
    }

    #[test]
    fn what_is_forgotten_leaves_nothing_behind() {
        let id = |n: u8| StoryId([n; 10]);
        let mut lines = Lines::default();
        lines.add(Continuation { story: id(2), line: StorylineId::started_by(id(1)) });
        lines.forget(id(2), |story| story == id(1));
        assert!(!lines.is_lone(id(1)), "the first is live, and was continued");
        lines.forget(id(1), |_| false);
        assert_eq!(lines, Lines::default());
        lines.add(Continuation { story: id(4), line: StorylineId::started_by(id(3)) });
        lines.forget(id(3), |story| story == id(4));
        lines.forget(id(4), |_| false);
        assert_eq!(lines, Lines::default());
    }

    /// A strand with these terms, all of one weight.
    fn strand(live: &mut crate::live::LiveSet, n: u8, terms: &BTreeSet<u32>) -> Key {
        let key = live.found(StoryId([n; 10]), Lang::EN);
        live.absorb(key, &vector(terms, &Vocabulary::default()), Some(0));
        key
    }

    fn vector(terms: &BTreeSet<u32>, vocabulary: &Vocabulary) -> Vector {
        let term = |hash: &u32| Term {
            hash: *hash,
            title: 0,
            lead: 0,
            body: 1,
            kind: TermKind::Word,
            first: Span::new(0, 1),
            part: Part::Text,
        };
        let mut known = vocabulary.clone();
        known.add(&[]);
        known.add(&[]);
        Vector::of(&terms.iter().map(term).collect::<Vec<_>>(), &known)
    }

    proptest! {
        /// Whatever the stories, one that continues a storyline has something of more than half of them, and of what
        /// more than half of them have: no path of pairs leads into it.
        #[test]
        fn no_storyline_grows_along_a_path(
            stories in proptest::collection::vec(proptest::collection::btree_set(0u32..120, 20..80), 1..6),
            new in proptest::collection::btree_set(0u32..120, 20..80),
        ) {
            let mut stream = Stream::new(Arc::new(Registry::default()));
            for _ in 0..20_000 {
                stream.vocabulary.add(&[]);
            }
            let keys: Vec<Key> =
                stories.iter().enumerate().map(|(n, terms)| strand(&mut stream.live, n as u8 + 1, terms)).collect();
            let strands: Vec<&Live> = keys.iter().filter_map(|key| stream.live.get(*key)).collect();
            let vector = vector(&new, &Vocabulary::default());
            let probe = Probe::new(&vector);
            if stream.shared_with(&strands, &vector, &probe).is_some() {
                let half = stories.len() / 2;
                let alike = stories.iter().filter(|terms| terms.intersection(&new).count() > 0).count();
                prop_assert!(alike > half);
                let common = |term: &&u32| stories.iter().filter(|terms| terms.contains(term)).count() > half;
                prop_assert!(new.iter().filter(common).count() > 0);
            }
        }
    }

    #[test]
    fn what_goes_with_the_last_story_only_starts_a_storyline_of_its_own() {
        let mut stream = Stream::new(Arc::new(Registry::default()));
        for _ in 0..20_000 {
            stream.vocabulary.add(&[]);
        }
        // A goes with B by the twenties, B with C by the forties; A has nothing of C.
        let [a, b, c]: [BTreeSet<u32>; 3] = [(0..60).collect(), (20..100).collect(), (60..120).collect()];
        let first = strand(&mut stream.live, 1, &a);
        let second = strand(&mut stream.live, 2, &b);
        let live = |key| stream.live.get(key).unwrap();
        let goes_with = |terms: &BTreeSet<u32>, strands: &[&Live]| {
            let vector = vector(terms, &Vocabulary::default());
            stream.shared_with(strands, &vector, &Probe::new(&vector)).is_some()
        };
        assert!(goes_with(&b, &[live(first)]) && goes_with(&c, &[live(second)]));
        assert!(!goes_with(&c, &[live(first), live(second)]));
    }
}
