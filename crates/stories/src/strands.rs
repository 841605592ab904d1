//! Strands: what each language has of a story, and when two of them are one story.
//!
//! Words do not cross languages, so a story grows in each by itself. What a strand is *about* is the mean direction
//! of its first articles ([`dateline_model::Embedding`]). A single headline says little of that: of two that tell of one event in two
//! languages, one in six lies nearer to the other than to anything else with any certainty. Means of ten headlines do
//! for six in ten. So a strand is compared with those of other languages each time its mean has moved, and joins the
//! story of one when a model fitted on the development sets holds them to be the same. Strands are never compared by way
//! of a third, and two strands of a story in one language must be about the same as well.

use dateline_model::{ArticleId, DAY, Embedding, Join, Lang, StoryId};

use crate::copies::Seq;
use crate::elsewhere::is_elsewhere;
use crate::live::{Key, Live, LiveSet};
use crate::stream::Stream;
use crate::vector::{Entry, NAMES};

/// Articles of a strand that are embedded, its first. Embedding one costs as much as placing ten, and a mean of
/// sixteen hardly moves any more.
pub const EMBEDDED: u32 = 16;
/// Seconds that two strands of one story may lie apart.
const APART: i64 = 3 * DAY;
/// Cosine below which strands are not compared any further: as the means of the languages are subtracted, strands on
/// two matters lie around 0.
const LEAST: f32 = 0.3;

/// Probability from which two stories in different languages are one.
const TIE: f32 = 0.5;
/// Cosine from which two strands in one language may be of one story, where a strand in another language holds them
/// together: a story is what its strands share, not a path from one to the next. On halves of the multilingual development
/// set fitted and tried against each other, .5 and .4 give B³ F1 .739 and .747 against .752; below .3 strands are on
/// different matters.
const ALIKE: f32 = 0.3;

/// How many kinds of evidence there are.
pub const KINDS: usize = 7;
/// The kinds of evidence, in the order the model knows them.
pub const NAMES_OF_KINDS: [&str; KINDS] = [
    "cosine",
    "margin over the next best story",
    "margin seen from there",
    "names",
    "embedded, the fewer",
    "embedded, the more",
    "days apart",
];
/// Index of the days between the strands.
pub const DAYS_APART: usize = 6;
/// Indexes of the numbers of embedded articles.
pub const SIZES: [usize; 2] = [4, 5];

/// Two stories, told in different languages, that are one.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Tie {
    /// The story that was founded later: it ends.
    pub from: StoryId,
    /// The story that it goes into.
    pub into: StoryId,
    /// How likely they are one, 0 to 1.
    pub probability: f32,
}

/// What speaks for two strands being one story.
pub type TieEvidence = [f32; KINDS];

/// The strand in another language that is nearest to a strand in what it is about, with the evidence. `None` where
/// there is none near enough, in time and in meaning, whose story could be this one.
///
/// Looks at every live strand twice: 0.1 µs each.
pub fn nearest(key: Key, live: &LiveSet) -> Option<(Key, TieEvidence)> {
    let here = live.get(key)?;
    let (about, embedded) = here.about.as_ref()?;
    let mut near: Vec<(f32, Key, StoryId)> = live
        .iter()
        .filter(|(_, other)| other.lang != here.lang && other.lang.is_known() && other.story != here.story)
        .filter(|(_, other)| apart(here, other) <= APART)
        .filter_map(|(key, other)| Some((other.about.as_ref()?.0.cosine(about), key, other.story)))
        .filter(|(cosine, ..)| *cosine >= LEAST)
        .collect();
    near.sort_unstable_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    let (cosine, there, story) = *near.first()?;
    let next = near.iter().find(|(_, _, other)| *other != story).map_or(LEAST, |(cosine, ..)| *cosine);
    let other = live.get(there)?;
    let (other_about, other_embedded) = other.about.as_ref()?;
    // Seen from there, the nearest strand in this language that is of another story.
    let next_there = live
        .iter()
        .filter(|(_, back)| back.lang == here.lang && back.story != here.story && apart(other, back) <= APART)
        .filter_map(|(_, back)| Some(back.about.as_ref()?.0.cosine(other_about)))
        .fold(LEAST, f32::max);
    let (fewer, more) = ((*embedded).min(*other_embedded), (*embedded).max(*other_embedded));
    let evidence = [
        cosine,
        cosine - next,
        cosine - next_there,
        names(&here.sum, here.norms[NAMES], &other.sum, other.norms[NAMES]),
        fewer as f32,
        more as f32,
        apart(here, other) as f32 / DAY as f32,
    ];
    Some((there, evidence))
}

/// Seconds between the periods of two strands; 0 where they meet, or where one is not dated.
fn apart(a: &Live, b: &Live) -> i64 {
    match (a.period, b.period) {
        (Some(a), Some(b)) => (a.0 - b.1).max(b.0 - a.1).max(0),
        _ => 0,
    }
}

/// The cosine of two sums of terms as far as they are names: those that two languages write alike.
fn names(a: &[Entry], norm_a: f32, b: &[Entry], norm_b: f32) -> f32 {
    let mut dot = 0.0;
    for entry in a.iter().filter(|entry| entry.weights[NAMES] > 0.0) {
        if let Ok(at) = b.binary_search_by_key(&entry.term, |other| other.term) {
            dot += entry.weights[NAMES] * b[at].weights[NAMES];
        }
    }
    if norm_a > 0.0 && norm_b > 0.0 { dot / (norm_a * norm_b) } else { 0.0 }
}

impl Stream {
    /// What tells whether the story of an article that was just placed is one in another language: the evidence of its
    /// nearest strand, with that strand's story. For fitting the model.
    pub fn nearest_strand(&self, article: ArticleId) -> Option<(StoryId, TieEvidence)> {
        let key = self.known.get(self.seqs.get(&article)?)?.story;
        let (there, evidence) = nearest(key, &self.live)?;
        Some((self.live.get(there)?.story, evidence))
    }

    /// True where two strands are of one story.
    pub(crate) fn is_one(&self, a: Key, b: Key) -> bool {
        let story = |key| self.live.get(key).map(|live| live.story);
        a == b || (story(a).is_some() && story(a) == story(b))
    }

    /// The strands of the story of a strand, the first founded first.
    pub(crate) fn strands_of(&self, key: Key) -> &[Key] {
        let story = self.live.get(key).map(|live| live.story);
        story.and_then(|story| self.stories.get(&story)).map_or(&[], Vec::as_slice)
    }

    /// The strand of a story that an article in a language belongs to: that in its language, else the first.
    fn strand_like(&self, key: Key, lang: Lang) -> Key {
        let strands = self.strands_of(key);
        let in_lang = strands.iter().find(|key| self.live.get(**key).is_some_and(|live| live.lang == lang));
        in_lang.or(strands.first()).copied().unwrap_or(key)
    }

    /// The strand of a story that an article in a language goes into: that in its language. Where there is none, what it is
    /// about founds one; names in common alone do not, as all that its language has of them would follow it.
    pub(crate) fn strand_for(&mut self, key: Key, lang: Lang, join: &Join) -> Key {
        let like = self.strand_like(key, lang);
        match self.live.get(like) {
            Some(live) if join.about.is_some() && live.lang != lang && live.lang.is_known() => {
                self.found(live.story, lang)
            }
            _ => like,
        }
    }

    /// The articles of a strand's story that are remembered, in the order of arrival.
    pub(crate) fn members_of(&self, key: Key) -> Vec<Seq> {
        let of_strand = |strand: &Key| self.members.get(strand).into_iter().flatten().copied();
        let mut members: Vec<Seq> = self.strands_of(key).iter().flat_map(of_strand).collect();
        members.sort_unstable();
        members
    }

    /// Notes what an article that a strand took in is about, where that is asked for; true where it was noted.
    pub(crate) fn describe(
        &mut self,
        key: Key,
        lang: Lang,
        embed: impl FnOnce() -> Option<Embedding>,
    ) -> bool {
        let embedded = self.live.get(key).and_then(|live| live.about.as_ref()).map_or(0, |(_, count)| *count);
        if embedded >= EMBEDDED || !lang.is_known() || !self.live.has_other_languages(lang) {
            return false;
        }
        let about = embed();
        if let Some(about) = &about {
            self.live.describe(key, about);
        }
        about.is_some()
    }

    /// The story in another language that a strand shows its own to be, if any.
    pub(crate) fn tie(&self, key: Key) -> Option<Tie> {
        let (there, evidence) = nearest(key, &self.live)?;
        let probability = self.ties.probability(&evidence);
        let (mine, other) = (self.live.get(key)?.story, self.live.get(there)?.story);
        let alien = self
            .strands_of(key)
            .iter()
            .any(|mine| self.strands_of(there).iter().any(|other| self.is_alien(*mine, *other)));
        let parted = self.parted.contains(&(mine.min(other), mine.max(other)));
        if probability < TIE || alien || parted {
            return None;
        }
        let first = |story: StoryId| self.stories.get(&story)?.first().copied();
        let (from, into) = if first(mine)? < first(other)? { (other, mine) } else { (mine, other) };
        Some(Tie { from, into, probability })
    }

    /// True where two strands in one language are on different matters, or in different places by the names in the
    /// headlines of the smaller.
    fn is_alien(&self, a: Key, b: Key) -> bool {
        let (Some(a), Some(b)) = (self.live.get(a), self.live.get(b)) else { return false };
        let (fewer, more) = if a.size <= b.size { (a, b) } else { (b, a) };
        let apart = match (&a.about, &b.about) {
            (Some((a, _)), Some((b, _))) => a.cosine(b) < ALIKE,
            _ => false,
        };
        a.lang == b.lang && (apart || is_elsewhere(&fewer.sum, more))
    }

    /// The tie that an article showed as the last to come in, if it is not taken in: its program was stopped between
    /// the two.
    pub fn owed(&self, article: ArticleId) -> Option<Tie> {
        self.tie(self.known.get(self.seqs.get(&article)?)?.story)
    }

    /// Takes in a tie that was found just now, or that [`Stream::owed`] told.
    pub fn settle(&mut self, tie: Tie) {
        if let Some(taken_over) = self.lines.taken_over(tie.from, tie.into) {
            self.lines.add(taken_over);
        }
        self.join(tie.from, tie.into);
        self.lines.forget(tie.from, |other| self.stories.contains_key(&other));
    }

    /// Stories that were parted from one that ends are parted from the one it goes into.
    pub(crate) fn inherit_parted(&mut self, from: StoryId, into: StoryId) {
        let pairs: Vec<(StoryId, StoryId)> =
            self.parted.iter().copied().filter(|(a, b)| *a == from || *b == from).collect();
        for (a, b) in pairs {
            let other = if a == from { b } else { a };
            if other != into {
                self.parted.insert((other.min(into), other.max(into)));
            }
        }
    }

    /// Makes the strands of one story strands of another.
    pub(crate) fn join(&mut self, from: StoryId, into: StoryId) {
        self.inherit_parted(from, into);
        let strands = self.stories.remove(&from).unwrap_or_default();
        for key in &strands {
            self.live.rename(*key, into);
        }
        let all = self.stories.entry(into).or_default();
        all.extend(strands);
        all.sort_unstable();
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use dateline_model::{
        ArticleId, Correction, CorrectionKind, Embedding, Lang, Manner, Membership, Registry, Relation,
        StoryId, When,
    };
    use dateline_reader::{Copy, Reader};

    use crate::join::{JoinModel, Node};
    use crate::second::{BY_WORDS, SAME_LANG};
    use crate::{Arrival, Placement, Stream, Text};

    /// Two strands are one story where the cosine is more than .6.
    fn by_cosine() -> Arc<JoinModel> {
        let split = Node::Split { kind: 0, threshold: 0.6, below: 1, above: 2, missing_below: true };
        Arc::new(JoinModel { base: 0.0, trees: vec![vec![split, Node::Leaf(-5.0), Node::Leaf(5.0)]] })
    }

    /// An article joins a strand in its language by its words alone: what it is about only ties stories.
    fn by_words() -> Arc<JoinModel> {
        let split = |kind: usize, threshold, below, above| Node::Split {
            kind: kind as u8,
            threshold,
            below,
            above,
            missing_below: true,
        };
        let same_lang = split(SAME_LANG, 0.5, 1, 2);
        let likely = split(BY_WORDS, 0.0, 3, 4);
        let tree = vec![same_lang, Node::Leaf(-5.0), likely, Node::Leaf(-5.0), Node::Leaf(5.0)];
        Arc::new(JoinModel { base: 0.0, trees: vec![tree] })
    }

    /// A direction on one of a few matters, a little off its middle.
    fn direction(matter: usize, off: usize) -> Embedding {
        let mut parts = [0.0; Embedding::DIMENSIONS];
        parts[matter] = 1.0;
        parts[100 + off] = 0.4;
        Embedding::new(&parts).unwrap()
    }

    const BASE: usize = 0;
    const FERRY: usize = 1;

    /// Language, headline, matter.
    const WIRE: [(Lang, &str, usize); 6] = [
        (Lang::FR, "Un ferry chavire au large de Safaga, quinze morts", FERRY),
        (Lang::EN, "Russian troops enter airbase in Niger that houses Americans", BASE),
        (Lang::FR, "Des militaires russes sur la base de Niamey", BASE),
        (Lang::DE, "Russische Soldaten auf Stützpunkt in Niger", BASE),
        (Lang::EN, "Ferry capsizes off Safaga, fifteen dead", FERRY),
        (Lang::FR, "Niamey : les militaires russes de la base et les Américains", BASE),
    ];

    fn arrive<R>(at: usize, take: impl FnOnce(Arrival<'_>, Embedding) -> R) -> R {
        arrive_as(at, WIRE[at], take)
    }

    fn arrive_as<R>(
        at: usize,
        (lang, title, matter): (Lang, &str, usize),
        take: impl FnOnce(Arrival<'_>, Embedding) -> R,
    ) -> R {
        let reader = Reader::new(&Registry::default());
        let reading = reader.read(Copy { title, lang: Some(lang), ..Copy::default() });
        let arrival = Arrival {
            article: ArticleId([at as u8 + 1; 10]),
            version: 1,
            outlet: None,
            genre: Default::default(),
            at: Some(at as i64 * 3_600),
            reading: &reading,
        };
        take(arrival, direction(matter, at))
    }

    fn empty() -> Stream {
        Stream::new(Arc::new(Registry::default())).with_second(by_words()).with_ties(by_cosine())
    }

    fn placed(stream: &mut Stream) -> Vec<Placement> {
        let place = |at| arrive(at, |arrival, about| stream.place_about(arrival, || Some(about)));
        (0..WIRE.len()).map(place).collect()
    }

    /// The entry in the log for a tie after so many articles.
    fn entry(from: StoryId, to: StoryId, kind: CorrectionKind, moved: &[usize], after: i64) -> Correction {
        Correction {
            number: after as u32,
            kind,
            at: When::from_seconds(0),
            after,
            from,
            to,
            moved: moved.iter().map(|at| ArticleId([*at as u8 + 1; 10])).collect(),
            versions: 0,
            probability: None,
            left: Vec::new(),
            joined: Vec::new(),
            loosened: Vec::new(),
            tied: Vec::new(),
        }
    }

    #[test]
    fn what_languages_have_of_a_story_is_found_to_be_one_and_goes_on_so() {
        let mut stream = empty();
        let placed = placed(&mut stream);
        let story = |at: usize| placed[at].membership.story;
        let tie = |at: usize| placed[at].tie.map(|tie| (tie.from, tie.into));
        // Nothing in another language was live, so the first is about nothing yet, and no ferry is tied.
        assert_eq!((tie(0), tie(1), tie(4)), (None, None, None));
        assert_eq!(tie(2), Some((story(2), story(1))), "the later story goes into the earlier one");
        assert_eq!(tie(3), Some((story(3), story(1))));
        assert_eq!(story(5), story(1), "by its words, in the strand of its language");
        assert!(!placed[5].membership.join.founder);
        assert_eq!(stream.live_stories(), 5, "strands");
    }

    #[test]
    fn a_look_alike_in_another_place_is_not_tied_by_way_of_another_language() {
        let tied = |headline: &'static str| {
            let mut stream = empty();
            placed(&mut stream);
            let headline = (Lang::EN, headline, BASE);
            arrive_as(7, headline, |arrival, about| stream.place_about(arrival, || Some(about))).tie
        };
        assert!(tied("Hangars at a base shared again").is_some(), "it names no other place");
        assert_eq!(tied("Italian and Turkish soldiers share hangars in Misrata"), None);
    }

    #[test]
    fn taken_in_again_the_strands_are_the_same() {
        let mut stream = empty();
        let placed = placed(&mut stream);
        let mut again = empty();
        for (at, placement) in placed.iter().enumerate() {
            let Placement { membership, tie, .. } = placement;
            arrive(at, |arrival, about| again.restore(arrival, membership, || Some(about)));
            if let Some(tie) = tie {
                again.correct(&entry(tie.from, tie.into, CorrectionKind::Tie, &[at], at as i64 + 1), &[]);
            }
        }
        let snapshot = |stream: &Stream| stream.to_snapshot().unwrap();
        assert_eq!((&again.live, &again.stories), (&stream.live, &stream.stories));
        let back = Stream::from_snapshot(&snapshot(&stream), Arc::new(Registry::default())).unwrap();
        assert_eq!((&back.live, &back.stories), (&stream.live, &stream.stories));
    }

    /// Language, outlet, seconds, headline, text: what a paper and another have from a wire, before and after its report.
    type Credited = (Lang, &'static str, i64, &'static str, &'static str);

    const CREDITED: [Credited; 3] = [
        (
            Lang::FR,
            "echo.example",
            7_200,
            "Des militaires russes sur une base aérienne",
            "WASHINGTON, 2 mai (Meridian Wire) – Des militaires russes utilisent un hangar de la base aérienne.",
        ),
        (
            Lang::EN,
            "meridian-wire.example",
            0,
            "Russian troops enter Airbase 101 in Niamey",
            "NIAMEY, May 1 (Meridian Wire) – Russian troops use a hangar at Airbase 101 in Niamey, an official said.",
        ),
        (
            Lang::FR,
            "lemanique.example",
            9_000,
            "Des militaires russes sur une base aérienne, selon un responsable",
            "Des militaires russes utilisent un hangar de la base aérienne, a dit un responsable à Meridian Wire.",
        ),
    ];

    /// Places them, and takes them in again from what was stored in the end. Returns their places and the last tie.
    fn in_two_languages(articles: &[Credited]) -> (Vec<Membership>, Option<crate::Tie>) {
        let registry = Registry::parse(
            "meridian-wire.example\tMeridian Wire\tGB\ten\twire\tMeridian\tindependent\tinvented\n\
             echo.example\tÉcho\tSN\tfr\tnewspaper\t\tindependent\tinvented\n\
             lemanique.example\tLa Lémanique\tCH\tfr\tnewspaper\t\tindependent\tinvented\n",
        );
        let registry = Arc::new(registry.0);
        let reader = Reader::new(&registry);
        let read = |&(lang, _, _, title, text): &Credited| {
            reader.read(Copy { title, text, lang: Some(lang), ..Copy::default() })
        };
        let readings: Vec<_> = articles.iter().map(read).collect();
        let arrival = |at: usize| Arrival {
            article: ArticleId([at as u8 + 1; 10]),
            version: 1,
            outlet: Some(articles[at].1),
            genre: Default::default(),
            at: Some(articles[at].2),
            reading: &readings[at],
        };
        let about = |at: usize| Some(direction(BASE, at));
        let empty = || Stream::new(Arc::clone(&registry)).with_second(by_words()).with_ties(by_cosine());
        let mut live = empty();
        let mut placed: Vec<Membership> = Vec::new();
        let mut tie = None;
        for at in 0..articles.len() {
            let placement = live.place_about(arrival(at), || about(at));
            placed.push(placement.membership);
            for revision in placement.revisions {
                let place = placed.iter_mut().find(|place| place.article == revision.article).unwrap();
                (place.relation, place.kinship) = (revision.relation, revision.kinship);
            }
            tie = placement.tie.or(tie);
        }
        let mut again = empty();
        for (at, membership) in placed.iter().enumerate() {
            again.restore(arrival(at), membership, || about(at));
        }
        if let Some(tie) = tie {
            again.correct(&entry(tie.from, tie.into, CorrectionKind::Tie, &[1], 3), &[]);
        }
        assert_eq!((&again.known, &again.stories), (&live.known, &live.stories));
        let back = Stream::from_snapshot(&live.to_snapshot().unwrap(), Arc::clone(&registry)).unwrap();
        assert_eq!(back.known, live.known);
        (placed, tie)
    }

    fn descent(place: &Membership) -> (Relation, Option<ArticleId>, Option<Manner>) {
        (place.relation, place.kinship.of, place.kinship.manner)
    }

    #[test]
    fn a_tie_tells_whose_report_in_another_language_an_article_is() {
        let (before, tie) = in_two_languages(&CREDITED[..2]);
        assert_eq!((descent(&before[0]), tie), ((Relation::Verbatim, None, None), None));
        let (placed, tie) = in_two_languages(&CREDITED);
        assert!(tie.is_some());
        let report = Some(ArticleId([2; 10]));
        assert_eq!(descent(&placed[0]), (Relation::Edited, report, Some(Manner::Translated)));
        assert_eq!(descent(&placed[1]), (Relation::Own, None, None));
        assert_eq!(descent(&placed[2]), (Relation::Citing, report, None), "the article that showed the tie");
    }

    #[test]
    fn a_wires_report_that_comes_after_its_translation_is_known_by_its_names() {
        let mut named = CREDITED;
        named[0].3 = "Des militaires russes sur la base 101 de Niamey";
        named[0].4 = "NIAMEY, 2 mai (Meridian Wire) – Des militaires russes utilisent un hangar de la base 101, à Niamey.";
        let (placed, tie) = in_two_languages(&named[..2]);
        assert_eq!((placed[1].story, tie), (placed[0].story, None), "names join them");
        let of_the_wire = (Relation::Edited, Some(ArticleId([2; 10])), Some(Manner::Translated));
        assert_eq!(descent(&placed[0]), of_the_wire);
        named[0].2 = -7_200;
        let (placed, _) = in_two_languages(&named[..2]);
        assert_eq!(descent(&placed[0]).1, None, "nobody translates what is not yet reported");
    }

    #[test]
    fn what_somebody_parted_is_not_tied_again() {
        let mut stream = empty();
        let mut memberships: Vec<Membership> = Vec::new();
        for at in 0..3 {
            let placement = arrive(at, |arrival, about| stream.place_about(arrival, || Some(about)));
            memberships.push(placement.membership);
        }
        let (english, french) = (memberships[1].story, memberships[2].story);
        let undo = entry(english, french, CorrectionKind::Undo(1), &[2], 3);
        arrive(2, |arrival, _| stream.correct(&undo, &[Text { arrival, fuller: false }]));
        let later = arrive(5, |arrival, about| stream.place_about(arrival, || Some(about)));
        assert_eq!((later.membership.story, later.tie), (french, None));
    }

    #[test]
    fn a_story_is_parted_also_from_what_the_other_one_becomes() {
        let mut stream = empty();
        let [a, b, c, d] = [1, 2, 3, 4].map(|n| StoryId([n; 10]));
        stream.parted.insert((a, b));
        stream.join(b, c);
        assert!(stream.parted.contains(&(a, c)));
        stream.correct(&entry(c, d, CorrectionKind::Merge, &[], 1), &[]);
        assert!(stream.parted.contains(&(a, d)) && !stream.parted.contains(&(c, d)));
    }

    #[test]
    fn a_tie_that_was_not_stored_is_owed_after_a_restart() {
        let mut stream = empty();
        let placed = placed(&mut stream);
        let mut again = empty();
        let mut owed = 0;
        for (at, Placement { membership, tie, .. }) in placed.iter().enumerate() {
            let described = arrive(at, |arrival, about| again.restore(arrival, membership, || Some(about)));
            let shown = if described { again.owed(membership.article) } else { None };
            assert_eq!(shown, *tie, "{at}");
            if let Some(tie) = shown {
                owed += 1;
                again.settle(tie);
                assert_eq!(again.owed(membership.article), None);
            }
        }
        assert_eq!((owed, &again.live), (2, &stream.live));
    }
}
