//! Fits the join model of the stories room on the development sets.
//!
//! Each set is played to the stream with every article put where the gold puts it; for each article
//! the evidence of the stories it could have joined is a row. A set is played in several guises —
//! headlines only, leads, cut texts, without dates, thinned out — so that one model serves every
//! kind of source. Pairs across languages are left out: there are no shared words to learn from.

use std::collections::{HashMap, HashSet};
use std::path::Path;

use dateline_model::{Lang, Registry, StoryId};
use dateline_reader::{Copy, Reader};
use dateline_stories::evidence::{ARTICLE_SIZE, DAYS_APART, KINDS, MEMBER_SIZE, weigh};
use dateline_stories::join::{self, JoinModel};
use dateline_stories::live::{Key, LiveSet, WINDOW};
use dateline_stories::vector::Vector;
use dateline_stories::vocabulary::Vocabulary;

use super::boosting::{Boosted, Monotone, Node, Rows, Settings, fit};
use crate::data::{DataError, jsonl};
use crate::stages::stories::Row;

/// How the trees are grown. More or deeper trees fit the sets better and held-out sets no better.
const SETTINGS: Settings = Settings { trees: 120, depth: 4, rate: 0.08, leaf: 80, penalty: 5.0 };
/// Stories an article is compared with, as in the stream.
pub(super) const CANDIDATES: usize = 16;
/// Stories drawn at random beside them, so that the model sees what has nothing in common.
const STRANGERS: usize = 2;

/// A guise in which a set is played.
#[derive(Debug, Clone, Copy)]
pub(super) struct Guise {
    /// Words of text kept.
    words: usize,
    title: bool,
    pub dates: bool,
    /// One article in this many is kept.
    thin: usize,
    /// How much its rows count.
    pub weight: f64,
}

const WHOLE: Guise = Guise { words: usize::MAX, title: true, dates: true, thin: 1, weight: 1.0 };
pub(super) const GUISES: [Guise; 7] = [
    WHOLE,
    Guise { dates: false, weight: 0.4, ..WHOLE },
    Guise { words: 0, weight: 0.5, ..WHOLE },
    Guise { words: 80, weight: 0.5, ..WHOLE },
    Guise { words: 250, weight: 0.4, ..WHOLE },
    Guise { title: false, weight: 0.3, ..WHOLE },
    Guise { thin: 4, weight: 0.3, ..WHOLE },
];

impl Guise {
    /// False where the guise would change nothing of a set: headlines have no text to cut.
    pub fn fits(&self, set: &[Row]) -> bool {
        let headlines_only = set.iter().all(|row| row.text.is_empty());
        !headlines_only || (self.words == usize::MAX && self.title)
    }

    /// The articles of a set that are kept.
    pub fn thinned<'r>(&self, set: &'r [Row]) -> impl Iterator<Item = &'r Row> {
        let thin = self.thin;
        let kept = move |index: &usize| thin <= 1 || ((index * 2_654_435_761) >> 7).is_multiple_of(thin);
        set.iter().enumerate().filter(move |(index, _)| kept(index)).map(|(_, row)| row)
    }

    /// Headline and text of an article.
    pub fn of<'r>(&self, row: &'r Row) -> (&'r str, &'r str) {
        let text = first_words(&row.text, self.words);
        (if self.title || text.is_empty() { row.title.as_str() } else { "" }, text)
    }
}

/// The development sets the model is fitted on.
pub const SETS: [&str; 4] =
    ["allsides2021.jsonl", "allsides_full_dev.jsonl.gz", "galaxy_wikinews.jsonl", "og2021_dev.jsonl"];

/// Fits the model on the development sets under `data`, leaving out those named in `held_out`.
pub fn train(data: &Path, held_out: &[&str]) -> Result<JoinModel, DataError> {
    let mut rows = Rows { width: KINDS, ..Rows::default() };
    for file in SETS.iter().filter(|file| !held_out.contains(file)) {
        let set: Vec<Row> = jsonl(&data.join("clustering").join(file))?;
        for guise in GUISES.iter().filter(|guise| guise.fits(&set)) {
            play(&set, *guise, &mut rows);
        }
    }
    Ok(model(&fit(&rows.balanced(), &monotone(), SETTINGS)))
}

fn monotone() -> [Monotone; KINDS] {
    let mut monotone = [Monotone::Up; KINDS];
    monotone[DAYS_APART] = Monotone::Down;
    monotone[ARTICLE_SIZE] = Monotone::Free;
    monotone[MEMBER_SIZE] = Monotone::Free;
    monotone
}

fn play(set: &[Row], guise: Guise, rows: &mut Rows) {
    let reader = Reader::new(&Registry::default());
    let mut vocabulary = Vocabulary::default();
    let mut live = LiveSet::default();
    let mut keys: HashMap<String, Key> = HashMap::new();
    let mut langs: HashMap<Key, HashSet<Lang>> = HashMap::new();
    let first = rows.labels.len();
    let mut draw = 88_172_645_463_325_252u64;
    for row in guise.thinned(set) {
        let (title, text) = guise.of(row);
        let reading = reader.read(Copy { title, text, lang: row.lang(), ..Copy::default() });
        let at = row.at().filter(|_| guise.dates);
        let lang = reading.lang.unwrap_or(Lang::UNKNOWN);
        vocabulary.add(&reading.terms);
        let vector = Vector::of(&reading.terms, &vocabulary);
        let right = keys.get(&row.cluster.to_string()).copied().filter(|key| live.get(*key).is_some());

        let mut candidates = live.candidates(&vector, at, CANDIDATES);
        let known: Vec<Key> = live.keys().collect();
        for _ in 0..STRANGERS.min(known.len()) {
            draw ^= draw << 13;
            draw ^= draw >> 7;
            draw ^= draw << 17;
            let stranger = known[(draw % known.len() as u64) as usize];
            if !candidates.contains(&stranger) {
                candidates.push(stranger);
            }
        }
        // The right story is a row even where the search would have missed it, unless it is too far back.
        let near = |key: Key| {
            let gap = at.and_then(|at| live.get(key)?.gap(at));
            gap.is_none_or(|gap| gap <= WINDOW)
        };
        if let Some(right) = right.filter(|right| near(*right) && !candidates.contains(right)) {
            candidates.push(right);
        }
        let stories: Vec<_> = candidates.iter().filter_map(|key| live.get(*key)).collect();
        for (key, evidence) in
            candidates.iter().zip(weigh(&vector, reading.terms.len(), at, &stories, &vocabulary))
        {
            let is_right = Some(*key) == right;
            if is_right && !langs.get(key).is_some_and(|langs| langs.contains(&lang)) {
                continue;
            }
            rows.features.extend_from_slice(&evidence);
            rows.labels.push(is_right);
        }
        let key = right.unwrap_or_else(|| live.found(StoryId::derive(&[row.id.as_bytes()]), lang));
        keys.insert(row.cluster.to_string(), key);
        langs.entry(key).or_default().insert(lang);
        live.absorb(key, &vector, at);
    }
    // Each set in each guise counts the same, however many rows it gave.
    let added = rows.labels.len() - first;
    rows.weights.extend(std::iter::repeat_n(guise.weight / added.max(1) as f64, added));
}

fn first_words(text: &str, words: usize) -> &str {
    let mut ends = text.match_indices(char::is_whitespace).map(|(at, _)| at);
    match words {
        0 => "",
        usize::MAX => text,
        _ => ends.nth(words - 1).map_or(text, |end| &text[..end]),
    }
}

pub(super) fn model(boosted: &Boosted) -> JoinModel {
    let node = |node: &Node| match *node {
        Node::Leaf(value) => join::Node::Leaf(round(value)),
        Node::Split { feature, threshold, below, above, missing_below } => join::Node::Split {
            kind: feature as u8,
            threshold: round(f64::from(threshold)),
            below: below as u16,
            above: above as u16,
            missing_below,
        },
    };
    JoinModel {
        base: round(boosted.base),
        trees: boosted.trees.iter().map(|tree| tree.iter().map(node).collect()).collect(),
    }
}

/// Six significant digits: what the file holds is what is used.
fn round(value: f64) -> f32 {
    format!("{value:.5e}").parse().unwrap_or(value as f32)
}
