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

/// Cosine with what the stories of a storyline share from which a story continues it. Of 84 pairs at .24 to .34 that were
/// read by hand, from the two English sets of round-ups, 79 are one affair; of 24 at .20 to .24, 17.
const SHARED: f32 = 0.25;
/// The same where there are headlines only: two that have "Tokyo" and "gold" in common look as alike as two
/// reports on one trial. Of 22 such pairs at .24 to .34, 7 are one affair.
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
/// Strands of other stories that are looked at, those that share its weightiest terms.
const NEAREST: usize = 24;
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
        (self.is_lone(into) && !self.is_lone(from))
            .then(|| Continuation { story: into, line: self.of(from) })
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
