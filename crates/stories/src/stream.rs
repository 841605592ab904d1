//! The stream: articles arrive one after the other, each finds its story, its copies and its origin.
//!
//! Strictly sequential and deterministic: the same articles in the same order give the same stories
//! and the same ids, however they were batched and however many threads read them. Deciding
//! ([`Stream::place`]) and taking in are apart, so that a decision that was stored is taken in again
//! after a restart ([`Stream::restore`]) instead of being made anew.

use std::cell::LazyCell;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use dateline_model::{
    ArticleId, Embedding, Genre, Kinship, Lang, Membership, OutletKind, Reading, Registry, Relation, StoryId,
};
use rustc_hash::FxHashMap;

use crate::copies::{COPY, Copy, CopyIndex, Seq};
use crate::join::{Forest, JoinModel};
use crate::lines::Lines;
use crate::live::{Key, LiveSet};
use crate::manner::PASSAGES;
use crate::marks::marks;
use crate::origins::{Known, UPDATE, source_of};
use crate::strands::Tie;
use crate::vector::Vector;
use crate::vocabulary::Vocabulary;

/// The language an article is read in.
pub(crate) fn lang_of(arrival: &Arrival<'_>) -> Lang {
    arrival.reading.lang.unwrap_or(Lang::UNKNOWN)
}

/// An article on its way into the stream.
#[derive(Debug, Clone, Copy)]
pub struct Arrival<'a> {
    /// The article.
    pub article: ArticleId,
    /// The version that was read.
    pub version: u32,
    /// Domain of its outlet.
    pub outlet: Option<&'a str>,
    /// What kind of article it is.
    pub genre: Genre,
    /// When it was reported, in seconds; `None` where that is not known or not believable.
    pub at: Option<i64>,
    /// What was read in it.
    pub reading: &'a Reading,
}

/// A relation that a later arrival corrected.
#[derive(Debug, Clone, PartialEq)]
pub struct Revision {
    /// The earlier article.
    pub article: ArticleId,
    /// Its relation now.
    pub relation: Relation,
    /// Its origin now.
    pub origin: Option<String>,
    /// Why.
    pub kinship: Kinship,
}

/// Where an article was placed.
#[derive(Debug, Clone, PartialEq)]
pub struct Placement {
    /// Its story, relation and origin, with the reasons.
    pub membership: Membership,
    /// Earlier articles whose relation this arrival corrected.
    pub revisions: Vec<Revision>,
    /// Earlier articles that share at least half of the shorter text, with the share.
    pub copies: Vec<(ArticleId, f32)>,
    /// The stories that this arrival showed to be one.
    pub tie: Option<Tie>,
}

/// The live stories and all that is needed to place the next article.
#[derive(Debug, Clone)]
pub struct Stream {
    pub(crate) vocabulary: Vocabulary,
    pub(crate) live: LiveSet,
    pub(crate) copies: CopyIndex,
    pub(crate) known: FxHashMap<Seq, Known>,
    /// The number of each known article.
    pub(crate) seqs: FxHashMap<ArticleId, Seq>,
    /// The strands of each story, the first founded first.
    pub(crate) stories: FxHashMap<StoryId, Vec<Key>>,
    /// Pairs of stories that somebody has parted, which are not tied again.
    pub(crate) parted: BTreeSet<(StoryId, StoryId)>,
    pub(crate) members: BTreeMap<Key, Vec<Seq>>,
    /// Which stories continue each other.
    pub(crate) lines: Lines,
    pub(crate) arrivals: Seq,
    pub(crate) registry: Arc<Registry>,
    pub(crate) forest: Arc<Forest>,
    pub(crate) second: Arc<JoinModel>,
    pub(crate) ties: Arc<JoinModel>,
}

impl Stream {
    /// An empty stream.
    pub fn new(registry: Arc<Registry>) -> Self {
        Self::with_model(registry, Arc::clone(JoinModel::shipped()))
    }

    /// An empty stream that joins by another model than the one that ships.
    pub fn with_model(registry: Arc<Registry>, model: Arc<JoinModel>) -> Self {
        Self {
            vocabulary: Vocabulary::default(),
            live: LiveSet::default(),
            copies: CopyIndex::default(),
            known: FxHashMap::default(),
            seqs: FxHashMap::default(),
            stories: FxHashMap::default(),
            parted: BTreeSet::new(),
            members: BTreeMap::new(),
            lines: Lines::default(),
            arrivals: 0,
            registry,
            forest: Arc::new(model.forest()),
            second: Arc::clone(JoinModel::shipped_second()),
            ties: Arc::clone(JoinModel::shipped_ties()),
        }
    }

    /// The same with another model for which strands are of one story than the one that ships.
    pub fn with_ties(self, ties: Arc<JoinModel>) -> Self {
        Self { ties, ..self }
    }

    /// The same with another model for the [second look](crate::second) than the one that ships.
    pub fn with_second(self, second: Arc<JoinModel>) -> Self {
        Self { second, ..self }
    }

    /// Articles taken in so far.
    pub fn arrivals(&self) -> u32 {
        self.arrivals
    }

    /// Strands an arriving article may join: stories, those in several languages once for each.
    pub fn live_stories(&self) -> usize {
        self.live.count()
    }

    /// Places an article by its words and takes it in.
    pub fn place(&mut self, arrival: Arrival<'_>) -> Placement {
        self.place_about(arrival, || None)
    }

    /// Places an article and takes it in. Where stories in other languages are live, `embed` is asked what it is about:
    /// it may be placed by that as well, and its story may turn out to be one that another language tells.
    pub fn place_about(
        &mut self,
        arrival: Arrival<'_>,
        embed: impl FnOnce() -> Option<Embedding>,
    ) -> Placement {
        let vector = self.weigh_terms(arrival.reading);
        let copies = self.copies.find_passages(&arrival.reading.shingles, UPDATE, PASSAGES);
        let embedding = LazyCell::new(embed);
        let about = || embedding.as_ref();
        let (key, join) = self.choose(&arrival, &vector, &copies, about);
        let lang = lang_of(&arrival);
        let key = match key {
            Some(key) => self.strand_for(key, lang, &join),
            None => self.found(StoryId::founded_by(arrival.article), lang),
        };
        let story = self.live.get(key).map_or(StoryId(arrival.article.0), |live| live.story);
        let in_story: Vec<Copy> = copies
            .iter()
            .filter(|copy| self.known.get(&copy.of).is_some_and(|known| self.is_one(known.story, key)))
            .copied()
            .collect();
        let descent = self.descent(&arrival, key, &in_story);
        let mut revisions = self.revisions(&arrival, key, &in_story, &descent);
        let mut membership = Membership {
            article: arrival.article,
            story,
            relation: descent.relation,
            origin: descent.origin,
            kinship: descent.kinship,
            join,
        };
        let copies = copies
            .iter()
            .filter(|copy| copy.containment >= COPY)
            .filter_map(|copy| Some((self.known.get(&copy.of)?.article, copy.containment)))
            .collect();
        self.take_in(&arrival, key, &vector, &membership, descent.root);
        let tie = self.describe(key, lang, || about().cloned()).then(|| self.tie(key)).flatten();
        if let Some(tie) = tie {
            self.settle(tie);
        }
        let is_wires = arrival.outlet.and_then(|domain| self.registry.by_domain(domain));
        let is_wires = is_wires.is_some_and(|outlet| outlet.kind == OutletKind::Wire);
        // A report of a wire may show it too: names alone have put it into the story that has its translations.
        if tie.is_some() || (is_wires && self.live.has_other_languages(lang)) {
            for revision in self.translations(key) {
                if revision.article == membership.article {
                    (membership.relation, membership.kinship) = (revision.relation, revision.kinship);
                } else {
                    revisions.push(revision);
                }
            }
        }
        Placement { membership, revisions, copies, tie }
    }

    /// Takes in an article that was placed before, without deciding anew.
    ///
    /// `embed` is asked what the article is about where [`Stream::place_about`] would have asked; true where it told.
    pub fn restore(
        &mut self,
        arrival: Arrival<'_>,
        membership: &Membership,
        embed: impl FnOnce() -> Option<Embedding>,
    ) -> bool {
        let vector = self.weigh_terms(arrival.reading);
        let lang = lang_of(&arrival);
        let key = match self.stories.get(&membership.story).and_then(|strands| strands.first()) {
            Some(first) => self.strand_for(*first, lang, &membership.join),
            None => self.found(membership.story, lang),
        };
        let is_text = membership.kinship.is_text(membership.relation);
        let in_story = self.members_of(key);
        let of = membership.kinship.of.filter(|_| is_text);
        // Where somebody corrected the stories by hand, the source may be in another one.
        let source = of.and_then(|of| self.seqs.get(&of).copied());
        let root = source.and_then(|seq| source_of(seq, &|seq| self.known.get(&seq)));
        let seq = self.arrivals;
        self.take_in(&arrival, key, &vector, membership, root);
        // What the tie came to was stored, and is taken in at its place.
        let described = self.describe(key, lang, embed);
        // What was stored of earlier articles already knows that they copy this one.
        for earlier in in_story {
            if let Some(known) = self.known.get_mut(&earlier)
                && known.kinship.is_text(known.relation)
                && known.kinship.of == Some(arrival.article)
            {
                known.root = Some(seq);
            }
        }
        described
    }

    /// Takes in what was found out of an article since it was taken in: its relation and its origin, as a later arrival
    /// or a fuller text corrected them. Articles that are not remembered need no correction.
    pub fn restore_relation(&mut self, membership: &Membership) {
        let Some(&seq) = self.seqs.get(&membership.article) else { return };
        let is_text = membership.kinship.is_text(membership.relation);
        let source = membership.kinship.of.filter(|_| is_text).and_then(|of| self.seqs.get(&of).copied());
        let root = source.and_then(|source| source_of(source, &|seq| self.known.get(&seq)));
        let Some(known) = self.known.get_mut(&seq) else { return };
        let same = known.relation == membership.relation
            && known.origin == membership.origin
            && known.kinship == membership.kinship;
        if !same {
            known.relation = membership.relation;
            known.origin.clone_from(&membership.origin);
            known.root = root.filter(|root| *root != seq);
            known.kinship = membership.kinship.clone();
        }
    }

    /// Takes in a fuller text of an article that was placed by its headline or summary: its copies and
    /// its origin may only show now. The article stays in its story.
    ///
    /// Returns its relation where that changed; `None` also where its story has long expired.
    pub fn deepen(&mut self, arrival: Arrival<'_>) -> Option<Revision> {
        let seq = *self.seqs.get(&arrival.article)?;
        let key = self.known.get(&seq)?.story;
        let copies: Vec<Copy> = self
            .copies
            .find_passages(&arrival.reading.shingles, UPDATE, PASSAGES)
            .into_iter()
            .filter(|copy| {
                copy.of != seq && self.known.get(&copy.of).is_some_and(|known| self.is_one(known.story, key))
            })
            .collect();
        let descent = self.descent(&arrival, key, &copies);
        self.learn(&arrival, seq, key);
        let known = self.known.get_mut(&seq)?;
        let same = known.relation == descent.relation
            && known.origin == descent.origin
            && known.kinship == descent.kinship;
        known.relation = descent.relation;
        known.origin = descent.origin;
        known.root = descent.root;
        known.kinship = descent.kinship;
        (!same).then(|| Revision {
            article: known.article,
            relation: known.relation,
            origin: known.origin.clone(),
            kinship: known.kinship.clone(),
        })
    }

    /// Takes in a fuller text that was taken in before, without deciding anew.
    pub fn restore_deeper(&mut self, arrival: Arrival<'_>) {
        if let Some(&seq) = self.seqs.get(&arrival.article)
            && let Some(key) = self.known.get(&seq).map(|known| known.story)
        {
            self.learn(&arrival, seq, key);
        }
    }

    fn learn(&mut self, arrival: &Arrival<'_>, seq: Seq, key: Key) {
        let vector = Vector::of(&arrival.reading.terms, &self.vocabulary);
        self.live.enrich(key, &vector);
        self.copies.forget(seq);
        self.copies.add(seq, &arrival.reading.shingles);
        if let Some(known) = self.known.get_mut(&seq) {
            known.marks = marks(arrival.reading);
        }
    }

    pub(crate) fn weigh_terms(&mut self, reading: &Reading) -> Vector {
        self.vocabulary.add(&reading.terms);
        Vector::of(&reading.terms, &self.vocabulary)
    }

    /// Founds a strand of a story.
    pub(crate) fn found(&mut self, story: StoryId, lang: Lang) -> Key {
        let key = self.live.found(story, lang);
        self.stories.entry(story).or_default().push(key);
        key
    }

    fn take_in(
        &mut self,
        arrival: &Arrival<'_>,
        key: Key,
        vector: &Vector,
        membership: &Membership,
        root: Option<Seq>,
    ) {
        let seq = self.arrivals;
        self.arrivals += 1;
        let expired = self.live.absorb(key, vector, arrival.at);
        let release = self.is_release(arrival);
        self.copies.add(seq, &arrival.reading.shingles);
        self.members.entry(key).or_default().push(seq);
        self.seqs.insert(membership.article, seq);
        self.known.insert(
            seq,
            Known {
                article: membership.article,
                story: key,
                lang: lang_of(arrival),
                outlet: arrival.outlet.map(str::to_owned),
                at: arrival.at,
                relation: membership.relation,
                origin: membership.origin.clone(),
                root,
                release,
                marks: marks(arrival.reading),
                kinship: membership.kinship.clone(),
            },
        );
        for (key, story) in expired {
            self.forget(key, story);
        }
    }

    /// Lets go of a story that nothing can join any more.
    pub(crate) fn forget(&mut self, key: Key, story: StoryId) {
        for seq in self.members.remove(&key).unwrap_or_default() {
            if let Some(known) = self.known.remove(&seq) {
                self.seqs.remove(&known.article);
            }
            self.copies.forget(seq);
        }
        if let Some(strands) = self.stories.get_mut(&story) {
            strands.retain(|strand| *strand != key);
            if strands.is_empty() {
                self.stories.remove(&story);
                self.lines.forget(story, |other| self.stories.contains_key(&other));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::choose::NIAMEY;
    use dateline_model::Lang;
    use dateline_reader::{Copy, Reader};

    #[test]
    fn a_correction_is_an_update_of_what_its_outlet_published() {
        let registry =
            Registry::parse("gazette.example\tGazette\tGB\ten\tnewspaper\t\tindependent\tinvented\n").0;
        let registry = Arc::new(registry);
        let reader = Reader::new(&registry);
        let mut stream = Stream::new(Arc::clone(&registry));
        let mut place = |n: u8, genre: Genre, (title, text): (&str, &str)| {
            let reading = reader.read(Copy { title, text, lang: Some(Lang::EN), ..Copy::default() });
            let arrival = Arrival {
                article: ArticleId([n; 10]),
                version: 1,
                outlet: Some("gazette.example"),
                genre,
                at: Some(i64::from(n)),
                reading: &reading,
            };
            stream.place(arrival).membership
        };
        let report = place(1, Genre::News, NIAMEY);
        let correction = place(2, Genre::Correction, (NIAMEY.0, NIAMEY.1));
        assert_eq!(correction.story, report.story);
        assert_eq!((correction.relation, correction.kinship.of), (Relation::Update, Some(report.article)));
        assert_eq!(correction.origin, report.origin);
    }
}
