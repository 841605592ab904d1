//! The attribution tagger, fitted on the training articles of PolNeAR.

use std::path::Path;

use dateline_attribution::{Example, Found, Plan, Tagger};
use dateline_grammar::English;
use serde::Deserialize;

use crate::data::{DataError, jsonl};
use crate::stages::attribution::{Points, Row};

use super::classes::classes;

/// The training articles, under the folder of the data sets.
const SET: &str = "attribution/polnear/train.jsonl.gz";

/// More news texts in English, for the classes of words; a set that is not there is an error, as the model would be
/// another.
const TEXTS: [&str; 2] = ["clustering/stream_8k.jsonl.gz", "clustering/allsides_full_dev.jsonl.gz"];

/// An article of these.
#[derive(Debug, Deserialize)]
struct Text {
    text: String,
    #[serde(default)]
    lang: String,
}

/// Fits the tagger on the data sets under `data`: the same bytes from the same data, in some minutes on two cores.
///
/// # Errors
///
/// Where the set is missing or cannot be read.
pub fn train(data: &Path) -> Result<Tagger, DataError> {
    let rows: Vec<Row> = jsonl(&data.join(SET))?;
    let mut texts: Vec<Text> = Vec::new();
    for file in TEXTS {
        texts.extend(jsonl::<Text>(&data.join(file))?);
    }
    texts.retain(|text| text.lang.is_empty() || text.lang == "en");
    let all = texts.iter().map(|text| text.text.as_str()).chain(rows.iter().map(|row| row.text.as_str()));
    let plan = Plan::with_classes(classes(all));
    drop(texts);
    let examples: Vec<Example> = rows.into_iter().map(example).collect();
    Ok(Tagger::fit(&examples, &plan))
}

/// An article with the grammar of its text and its annotations in bytes.
fn example(row: Row) -> Example {
    let points = Points::of(&row.text);
    let spans = |ranges: &[[usize; 2]]| ranges.iter().map(|range| points.span(*range)).collect();
    let gold = row
        .attributions
        .iter()
        .map(|gold| Found {
            source: spans(&gold.source),
            cue: spans(&gold.cue),
            content: spans(&gold.content),
        })
        .collect();
    let parse = English::embedded().read(&row.text);
    Example { text: row.text, parse, gold }
}
