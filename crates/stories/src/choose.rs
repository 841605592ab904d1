//! Which story an arriving article joins, if any, and why.

use dateline_model::{Embedding, Evidence as Words, Join, Term, TermKind};

use crate::copies::{COPY, Copy};
use crate::elsewhere::is_elsewhere;
use crate::evidence::weigh;
use crate::live::{Key, Live};
use crate::second::{self, COSINE, SecondEvidence};
use crate::strands::EMBEDDED;
use crate::stream::{Arrival, Stream, lang_of};
use crate::vector::{ALL, Vector};

/// Stories an arriving article is compared with. The right one is among the first sixteen for all
/// but 1 in 200 articles of the development sets.
const CANDIDATES: usize = 16;
/// Probability from which an article joins; below, it founds a story of its own.
const JOIN: f32 = 0.5;
/// What is left of the belief that a story is the article's where the headline's names are all strange to it.
const ELSEWHERE: f32 = 0.3;
/// From this probability on, strange names do not tell: the text agrees too well. Below it they do, and cost
/// B³ F1 on the development sets at most .002.
const NEARLY_SURE: f32 = 0.9;
/// Probability by words from which no second look is taken, where the story needs no further article embedded.
const SURE: f32 = 0.98;
/// Shared words and names kept as the reason for a join.
const REASONS: usize = 8;

/// The strands that an article was compared with.
#[derive(Default)]
struct Compared {
    keys: Vec<Key>,
    /// How likely it belongs to each.
    likely: Vec<f32>,
    /// How near each is in what it is about; empty where that is not known.
    cosines: Vec<f32>,
}

impl Stream {
    /// The strand to join, if any, and why. `about` is asked what the article is about where words leave it open and
    /// stories in other languages are live.
    pub(crate) fn choose<'e>(
        &self,
        arrival: &Arrival<'_>,
        vector: &Vector,
        copies: &[Copy],
        about: impl Fn() -> Option<&'e Embedding>,
    ) -> (Option<Key>, Join) {
        // A copy belongs where its original is, whatever else it may look like.
        let copied = copies
            .iter()
            .find(|copy| copy.containment >= COPY)
            .and_then(|copy| Some(self.known.get(&copy.of)?.story))
            .filter(|key| self.live.get(*key).is_some());
        let mut compared = self.by_words(arrival, vector, copied);
        if copied.is_none()
            && self.is_open(arrival, &compared)
            && let Some(about) = about()
        {
            compared = self.by_matter(arrival, vector, compared.keys, about);
        }
        let mut ranked: Vec<(f32, usize)> = compared
            .likely
            .iter()
            .enumerate()
            .map(|(index, &likely)| {
                let key = compared.keys[index];
                if copied == Some(key) {
                    return (1.0, index);
                }
                let elsewhere = (JOIN..NEARLY_SURE).contains(&likely)
                    && arrival.reading.words > 0
                    && self.live.get(key).is_some_and(|live| is_elsewhere(&vector.entries, live));
                (if elsewhere { ELSEWHERE } else { likely }, index)
            })
            .collect();
        let key_of = |index: usize| compared.keys[index];
        ranked.sort_by(|a, b| b.0.total_cmp(&a.0).then(key_of(a.1).cmp(&key_of(b.1))));
        let story = |index: usize| self.live.get(key_of(index)).map(|live| live.story);
        let named = |(probability, index): &(f32, usize)| Some((story(*index)?, *probability));
        match ranked.first() {
            Some(&(probability, index)) if probability >= JOIN => {
                let (terms, names) = self.reasons(arrival, key_of(index), vector);
                let other = ranked.iter().find(|(_, other)| story(*other) != story(index));
                let alternative = other.and_then(named);
                let about = compared.cosines.get(index).copied().filter(|cosine| !cosine.is_nan());
                let join = Join { probability, founder: false, terms, names, about, alternative };
                (Some(key_of(index)), join)
            }
            best => {
                let alternative = best.and_then(named);
                (None, Join { probability: 1.0, founder: true, alternative, ..Join::default() })
            }
        }
    }

    /// The first look: at the strands that share the article's words, and at that of the article it copies.
    fn by_words(&self, arrival: &Arrival<'_>, vector: &Vector, copied: Option<Key>) -> Compared {
        let mut keys = self.live.candidates(vector, arrival.at, CANDIDATES);
        keys.extend(copied.filter(|key| !keys.contains(key)));
        let strands: Vec<&Live> = keys.iter().filter_map(|key| self.live.get(*key)).collect();
        let evidence = weigh(vector, arrival.reading.terms.len(), arrival.at, &strands, &self.vocabulary);
        Compared { keys, likely: self.forest.probabilities(&evidence), cosines: Vec::new() }
    }

    /// True where a second look may tell more: stories in other languages are live, and words do not put the article
    /// into one that knows well enough what it is about. Undated articles get none: in an archive without dates it parts
    /// what is one event (B³ F1 .76 on Galaxy Wikinews, by words .79).
    fn is_open(&self, arrival: &Arrival<'_>, compared: &Compared) -> bool {
        let lang = lang_of(arrival);
        let is_told = |(key, likely): (&Key, &f32)| {
            let about = self.live.get(*key).and_then(|live| live.about.as_ref());
            *likely >= SURE && about.is_some_and(|(_, embedded)| *embedded >= EMBEDDED)
        };
        arrival.at.is_some()
            && lang.is_known()
            && self.live.has_other_languages(lang)
            && !compared.keys.iter().zip(&compared.likely).any(is_told)
    }

    /// The second look: at these strands and at those that are about the same. Of strands that nothing was embedded of,
    /// because no other language was live then, the other strands of the story tell, or the words alone.
    fn by_matter(
        &self,
        arrival: &Arrival<'_>,
        vector: &Vector,
        mut keys: Vec<Key>,
        about: &Embedding,
    ) -> Compared {
        let near = second::near(about, arrival.at, &self.live, &keys);
        keys.extend(near);
        let bare = |key: &Key| self.live.get(*key).is_some_and(|live| live.about.is_none());
        let others: Vec<Key> =
            keys.iter().filter(|key| bare(key)).flat_map(|key| self.strands_of(*key)).copied().collect();
        for key in others {
            if !keys.contains(&key) {
                keys.push(key);
            }
        }
        let strands: Vec<&Live> = keys.iter().filter_map(|key| self.live.get(*key)).collect();
        let words = weigh(vector, arrival.reading.terms.len(), arrival.at, &strands, &self.vocabulary);
        let likely = self.forest.probabilities(&words);
        let evidence = second::look(about, lang_of(arrival), &strands, &words, &likely);
        let probability = |(likely, evidence): (f32, &SecondEvidence)| {
            if evidence[COSINE].is_nan() { likely } else { self.second.probability(evidence) }
        };
        let likely = likely.into_iter().zip(&evidence).map(probability).collect();
        Compared { keys, likely, cosines: evidence.iter().map(|evidence| evidence[COSINE]).collect() }
    }

    /// The words and names an article shares with a story, weightiest first, as they stand in the article.
    fn reasons(&self, arrival: &Arrival<'_>, key: Key, vector: &Vector) -> (Vec<Words>, Vec<Words>) {
        let Some(live) = self.live.get(key) else { return Default::default() };
        let mut shared: Vec<(f32, &Term)> = arrival
            .reading
            .terms
            .iter()
            .filter_map(|term| {
                let own = vector.entries.binary_search_by_key(&term.hash, |entry| entry.term).ok()?;
                let its = live.sum.binary_search_by_key(&term.hash, |entry| entry.term).ok()?;
                Some((vector.entries[own].weights[ALL] * live.sum[its].weights[ALL], term))
            })
            .collect();
        shared.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.hash.cmp(&b.1.hash)));
        let words = |kind: fn(TermKind) -> bool| {
            let of_kind = shared.iter().filter(|(_, term)| kind(term.kind));
            of_kind
                .take(REASONS)
                .map(|(_, term)| Words { version: arrival.version, part: term.part, span: term.first })
                .collect()
        };
        (words(|kind| kind != TermKind::Name), words(|kind| kind == TermKind::Name))
    }
}

/// A report, for tests of what joins it.
#[cfg(test)]
pub(crate) const NIAMEY: (&str, &str) = (
    "U.S. and Russian troops share airbase in Niger",
    "Russian troops use a separate hangar at Airbase 101 beside Diori Hamani airport in Niamey, a senior U.S. \
     official said, and the two contingents do not mingle on the apron or in the hangars of the base.",
);

#[cfg(test)]
mod tests {
    use std::cell::Cell;
    use std::sync::Arc;

    use dateline_model::{Lang, Registry, StoryId};
    use dateline_reader::{Copy, Reader};

    use super::*;
    use crate::join::{JoinModel, Node};

    const MISRATA: (&str, &str) = (
        "Italian and Turkish troops to use separate hangars at Misrata airbase in Libya",
        "Italian and Turkish troops will use separate hangars at the airbase beside Misrata airport, a senior Libyan \
         official said, and the two contingents will not mingle on the apron or in the hangars of the base.",
    );

    fn vector(stream: &mut Stream, (title, text): (&str, &str)) -> Vector {
        let copy = Copy { title, text, lang: Some(Lang::EN), ..Copy::default() };
        stream.weigh_terms(&Reader::new(&Registry::default()).read(copy))
    }

    #[test]
    fn a_look_alike_with_other_names_in_its_headline_is_elsewhere() {
        let mut stream = Stream::new(Arc::new(Registry::default()));
        let niamey = vector(&mut stream, NIAMEY);
        let key = stream.found(StoryId([1; 10]), Lang::EN);
        stream.live.absorb(key, &niamey, Some(0));
        let story = stream.live.get(key).unwrap().clone();
        let misrata = vector(&mut stream, MISRATA);
        assert!(is_elsewhere(&misrata.entries, &story));
        let update =
            vector(&mut stream, ("Pentagon confirms Russian troops at Niger airbase", "They are in Niamey."));
        assert!(!is_elsewhere(&update.entries, &story), "one name in common is enough");
        let bare = vector(&mut stream, ("Troops to use separate hangars", "They share a base."));
        assert!(!is_elsewhere(&bare.entries, &story), "a headline without names says nothing");
    }

    /// A story is an article's where the cosine is more than .6; else the words decide.
    fn by_cosine() -> Arc<JoinModel> {
        let split =
            Node::Split { kind: COSINE as u8, threshold: 0.6, below: 1, above: 2, missing_below: true };
        Arc::new(JoinModel { base: 0.0, trees: vec![vec![split, Node::Leaf(-5.0), Node::Leaf(5.0)]] })
    }

    fn direction(matter: usize) -> Embedding {
        let mut parts = [0.01; Embedding::DIMENSIONS];
        parts[matter] = 1.0;
        Embedding::new(&parts).unwrap()
    }

    /// Language, headline, what it is about, whether it is dated.
    type Headline = (Lang, &'static str, usize, bool);

    /// Where each is placed, and how often it was asked what one is about.
    fn placed(headlines: &[Headline]) -> (Vec<dateline_model::Membership>, usize) {
        let mut stream = Stream::new(Arc::new(Registry::default()))
            .with_second(by_cosine())
            .with_ties(Arc::new(JoinModel { base: f32::NEG_INFINITY, trees: Vec::new() }));
        let asked = Cell::new(0);
        let place = |(at, &(lang, title, matter, dated)): (usize, &Headline)| {
            let copy = Copy { title, lang: Some(lang), ..Copy::default() };
            let reading = Reader::new(&Registry::default()).read(copy);
            let arrival = Arrival {
                article: dateline_model::ArticleId([at as u8 + 1; 10]),
                version: 1,
                outlet: None,
                genre: Default::default(),
                at: dated.then_some(at as i64 * 60),
                reading: &reading,
            };
            let about = || {
                asked.set(asked.get() + 1);
                Some(direction(matter))
            };
            stream.place_about(arrival, about).membership
        };
        (headlines.iter().enumerate().map(place).collect(), asked.get())
    }

    const FERRY: Headline = (Lang::FR, "Un ferry chavire au large de Safaga", 7, true);
    const GAMES: Headline = (Lang::EN, "Hosts open Games without a crowd", 3, true);
    const CEREMONY: Headline = (Lang::EN, "Opening ceremony held in empty stadium", 3, true);
    const JUEGOS: Headline = (Lang::ES, "Arrancan los Juegos sin público", 3, true);

    #[test]
    fn headlines_without_a_word_in_common_are_one_story_where_they_are_about_the_same() {
        let (placed, asked) = placed(&[FERRY, GAMES, CEREMONY, JUEGOS]);
        let story = |at: usize| placed[at].story;
        assert_eq!((story(2), story(3)), (story(1), story(1)));
        assert_ne!(story(0), story(1));
        let join = &placed[2].join;
        assert!(!join.founder && join.about.is_some_and(|about| about > 0.6), "{join:?}");
        assert_eq!(join.alternative.map(|(story, _)| story), None, "no other story was near");
        assert_eq!(asked, 3, "each once, the first in the only language not at all");
    }

    #[test]
    fn in_one_language_and_without_a_date_words_alone_decide() {
        let (one_language, asked) = placed(&[GAMES, CEREMONY]);
        assert_ne!(one_language[0].story, one_language[1].story);
        assert_eq!(asked, 0);
        let undated = (CEREMONY.0, CEREMONY.1, CEREMONY.2, false);
        let (placed, _) = placed(&[FERRY, GAMES, undated]);
        assert_ne!(placed[1].story, placed[2].story);
        assert!(placed[2].join.about.is_none());
    }
}
