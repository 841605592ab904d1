//! Fits the model of the second look: whether an article belongs to a story, by its words and by what both are about.
//!
//! The sets are played with every article put where the gold puts it, into the strand of its language; for each article
//! the evidence of the strands it could have joined is a row, right where the strand is on its event, in whatever
//! language. The guises are those of the [join model](super::stories). Articles of a great event count less each: half of
//! the multilingual set is on one Olympic event and its neighbours.

use std::cell::RefCell;
use std::collections::HashMap;
use std::path::{Path, PathBuf};

use dateline_model::{Embedding, Lang, Registry, StoryId};
use dateline_reader::{Copy, Reader};
use dateline_stories::evidence::{ARTICLE_SIZE, DAYS_APART, MEMBER_SIZE, weigh};
use dateline_stories::join::JoinModel;
use dateline_stories::live::{Key, LiveSet};
use dateline_stories::second::{BY_WORDS, EMBEDDED, KINDS, SAME_LANG, look, near};
use dateline_stories::strands;
use dateline_stories::vector::Vector;
use dateline_stories::vocabulary::Vocabulary;
use dateline_vectors::{Embedder, head_of};

use super::boosting::{Monotone, Rows, Settings, fit};
use super::stories::{CANDIDATES, GUISES, Guise, SETS, model};
use crate::data::{DataError, jsonl};
use crate::stages::stories::{Embed, Row};

/// How the trees are grown. On halves of the multilingual set fitted and tried against each other, 120 trees of depth 4
/// give B³ F1 .003 less.
const SETTINGS: Settings = Settings { trees: 80, depth: 3, rate: 0.08, leaf: 80, penalty: 5.0 };
/// How much each set in one language counts against the one in several. .3 does as well there, and B³ F1 .015 less on
/// AllSides 2021.
const MONOLINGUAL: f64 = 0.6;
/// The article number n of an event counts n to the power of minus this. 0 and 1 tie too widely and too narrowly: B³ F1
/// .752 and .733 against .756.
const REPEATED: f64 = 0.5;

/// Fits the model on the development sets under `data`, with the sentence vectors that ship.
///
/// # Errors
///
/// Where a set cannot be read, or the sentence vectors are missing.
pub fn train_shipped(data: &Path) -> Result<JoinModel, DataError> {
    remembering(|embed| train(data, embed, |_| true))
}

/// Gives the embedder that ships, which embeds what comes again in every guise once.
pub(super) fn remembering(
    run: impl FnOnce(Embed<'_>) -> Result<JoinModel, DataError>,
) -> Result<JoinModel, DataError> {
    let embedder = Embedder::find().map_err(|_| DataError::Missing(PathBuf::from("models/e5.onnx")))?;
    let known: RefCell<HashMap<(Lang, String), Embedding>> = RefCell::default();
    run(&|lang: Lang, text: &str| {
        let key = (lang, text.to_owned());
        if let Some(embedding) = known.borrow().get(&key) {
            return Some(embedding.clone());
        }
        let embedding = embedder.embed(&[(lang, text)]).pop()?;
        known.borrow_mut().insert(key, embedding.clone());
        Some(embedding)
    })
}

/// Fits the model on the rows of the sets under `data` that `keep`.
///
/// # Errors
///
/// Where a set cannot be read.
pub fn train(data: &Path, embed: Embed<'_>, keep: impl Fn(&Row) -> bool) -> Result<JoinModel, DataError> {
    let mut rows = Rows { width: KINDS, ..Rows::default() };
    for file in SETS {
        let mut set: Vec<Row> = jsonl(&data.join("clustering").join(file))?;
        set.retain(&keep);
        let share = if is_in_several_languages(&set) { 1.0 } else { MONOLINGUAL };
        for guise in GUISES.iter().filter(|guise| guise.dates && guise.fits(&set)) {
            play(&set, *guise, share, embed, &mut rows);
        }
    }
    Ok(model(&fit(&rows.balanced(), &monotone(), SETTINGS)))
}

/// True for a set in several languages.
fn is_in_several_languages(set: &[Row]) -> bool {
    let mut langs = set.iter().filter_map(Row::lang);
    langs.next().is_some_and(|first| langs.any(|lang| lang != first))
}

fn monotone() -> [Monotone; KINDS] {
    let mut monotone = [Monotone::Up; KINDS];
    monotone[DAYS_APART] = Monotone::Down;
    // The words' log-odds are free: held to only speak for a join, they do as well on the multilingual set (.760 for .756,
    // which is noise).
    for free in [ARTICLE_SIZE, MEMBER_SIZE, EMBEDDED, SAME_LANG, BY_WORDS] {
        monotone[free] = Monotone::Free;
    }
    monotone
}

fn play(set: &[Row], guise: Guise, share: f64, embed: Embed<'_>, rows: &mut Rows) {
    let reader = Reader::new(&Registry::default());
    let mut vocabulary = Vocabulary::default();
    let mut live = LiveSet::default();
    let mut strand_of: HashMap<(String, Lang), Key> = HashMap::new();
    let mut event_of: HashMap<Key, String> = HashMap::new();
    let mut seen: HashMap<String, u32> = HashMap::new();
    let by_words = JoinModel::shipped().forest();
    let mut weights = Vec::new();
    for row in guise.thinned(set) {
        let (title, text) = guise.of(row);
        let reading = reader.read(Copy { title, text, lang: row.lang(), ..Copy::default() });
        let at = row.at().filter(|_| guise.dates);
        let lang = reading.lang.unwrap_or(Lang::UNKNOWN);
        vocabulary.add(&reading.terms);
        let vector = Vector::of(&reading.terms, &vocabulary);
        let Some(about) = embed(lang, &head_of(title, text)) else { continue };
        let event = row.event();
        let mut candidates = live.candidates(&vector, at, CANDIDATES);
        candidates.extend(near(&about, at, &live, &candidates));
        let strands: Vec<_> = candidates.iter().filter_map(|key| live.get(*key)).collect();
        let words = weigh(&vector, reading.terms.len(), at, &strands, &vocabulary);
        let likely = by_words.probabilities(&words);
        let count = seen.entry(event.clone()).or_default();
        *count += 1;
        let weight = f64::from(*count).powf(-REPEATED);
        // Where no date is known, words alone decide.
        let seen = candidates.iter().zip(look(&about, lang, &strands, &words, &likely));
        for (key, evidence) in seen.filter(|_| at.is_some()) {
            rows.features.extend_from_slice(&evidence);
            rows.labels.push(event_of.get(key) == Some(&event));
            weights.push(weight);
        }
        let known = strand_of.get(&(event.clone(), lang)).copied().filter(|key| live.get(*key).is_some());
        let key = known.unwrap_or_else(|| live.found(StoryId::derive(&[event.as_bytes()]), lang));
        strand_of.insert((event.clone(), lang), key);
        event_of.insert(key, event);
        live.absorb(key, &vector, at);
        let embedded = live.get(key).and_then(|live| live.about.as_ref()).map_or(0, |(_, count)| *count);
        if embedded < strands::EMBEDDED {
            live.describe(key, &about);
        }
    }
    // Each set in each guise counts as its share, however many rows it gave.
    let all: f64 = weights.iter().sum();
    rows.weights.extend(weights.iter().map(|weight| weight * share * guise.weight / all.max(1.0)));
}
