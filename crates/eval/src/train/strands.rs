//! Fits the model that tells which strands, in two languages, are one story.
//!
//! The sets in several languages are played to the stream as it ships, without ties. Each time a strand is compared
//! with its nearest in another language, that is a row: right where most articles of both are on one event. Most
//! articles of a real stream are of events that one language alone tells, so the sets are also played thinned out. The
//! comparisons of one event count less each time: half of all articles in several languages are on one Olympic event.

use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;

use dateline_model::{ArticleId, Lang, Registry, StoryId};
use dateline_reader::{Copy, Reader};
use dateline_stories::join::JoinModel;
use dateline_stories::strands::{DAYS_APART, KINDS, SIZES};
use dateline_stories::{Arrival, Stream};
use dateline_vectors::head_of;

use super::boosting::{Monotone, Rows, Settings, fit};
use super::second::remembering;
use super::stories::model;
use crate::data::{DataError, jsonl};
use crate::stages::stories::{Embed, Row};

/// How the trees are grown: few and small, as a few thousand comparisons are all there is.
const SETTINGS: Settings = Settings { trees: 60, depth: 3, rate: 0.1, leaf: 40, penalty: 10.0 };

/// The development sets in several languages.
pub const SETS: [&str; 1] = ["og2021_dev.jsonl"];

/// One article in so many is kept, in the guises in which a set is played.
const THINNED: [usize; 2] = [1, 3];

/// Fits the model on all rows of the sets under `data`, with the sentence vectors that ship.
///
/// # Errors
///
/// Where a set cannot be read, or the sentence vectors are missing.
pub fn train_shipped(data: &Path) -> Result<JoinModel, DataError> {
    remembering(|embed| train(data, embed, JoinModel::shipped_second(), |_| true))
}

/// Fits the model on the sets under `data`, on the rows that `keep`, played to a stream with this model of the second
/// look.
///
/// # Errors
///
/// Where a set cannot be read.
pub fn train(
    data: &Path,
    embed: Embed<'_>,
    second: &Arc<JoinModel>,
    keep: impl Fn(&Row) -> bool,
) -> Result<JoinModel, DataError> {
    let mut rows = Rows { width: KINDS, ..Rows::default() };
    for file in SETS {
        let mut set: Vec<Row> = jsonl(&data.join("clustering").join(file))?;
        set.retain(&keep);
        for thin in THINNED {
            let part: Vec<&Row> = set
                .iter()
                .enumerate()
                .filter(|(at, _)| at.is_multiple_of(thin))
                .map(|(_, row)| row)
                .collect();
            play(&part, embed, second, &mut rows);
        }
    }
    Ok(model(&fit(&rows.balanced(), &monotone(), SETTINGS)))
}

fn monotone() -> [Monotone; KINDS] {
    let mut monotone = [Monotone::Up; KINDS];
    monotone[DAYS_APART] = Monotone::Down;
    for size in SIZES {
        monotone[size] = Monotone::Free;
    }
    monotone
}

fn play(set: &[&Row], embed: Embed<'_>, second: &Arc<JoinModel>, rows: &mut Rows) {
    let registry = Arc::new(Registry::builtin().clone());
    let reader = Reader::new(&registry);
    let nothing = Arc::new(JoinModel { base: f32::NEG_INFINITY, trees: Vec::new() });
    let mut stream = Stream::new(registry).with_second(Arc::clone(second)).with_ties(nothing);
    let mut seen: HashMap<String, u32> = HashMap::new();
    let mut events: HashMap<StoryId, HashMap<String, u32>> = HashMap::new();
    for row in set {
        let reading =
            reader.read(Copy { title: &row.title, text: &row.text, lang: row.lang(), ..Copy::default() });
        let article = ArticleId::derive(&[b"id", row.id.as_bytes()]);
        let at = row.at();
        let arrival =
            Arrival { article, version: 1, outlet: None, genre: Default::default(), at, reading: &reading };
        let lang = reading.lang.unwrap_or(Lang::UNKNOWN);
        let mut embedded = false;
        let placement = stream.place_about(arrival, || {
            embedded = true;
            embed(lang, &head_of(&row.title, &row.text))
        });
        let story = placement.membership.story;
        *events.entry(story).or_default().entry(row.event()).or_default() += 1;
        if embedded && let Some((other, evidence)) = stream.nearest_strand(article) {
            let main = |story: StoryId| {
                let events = events.get(&story)?;
                events.iter().max_by_key(|(event, count)| (**count, event.as_str())).map(|(event, _)| event)
            };
            rows.features.extend_from_slice(&evidence);
            rows.labels.push(main(story) == main(other));
            let seen = seen.entry(row.event()).or_default();
            *seen += 1;
            rows.weights.push(1.0 / f64::from(*seen));
        }
    }
}
