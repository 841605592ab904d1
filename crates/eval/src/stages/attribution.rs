//! Attributions: predictions on PolNeAR's JSONL form, for the scorer of that data set.

use std::path::Path;

use dateline_model::{Lang, Registry, Span};
use dateline_reader::attributions::attributions;
use dateline_reader::sentences::sentences;
use dateline_reader::words::words;
use dateline_reader::{Copy, Reader};
use serde::{Deserialize, Serialize};

use crate::data::{DataError, jsonl};

#[derive(Debug, Deserialize)]
struct Row {
    id: String,
    text: String,
}

/// The attributions of one article, with code-point spans.
#[derive(Debug, Serialize)]
pub struct Prediction {
    id: String,
    attributions: Vec<Predicted>,
}

#[derive(Debug, Serialize)]
struct Predicted {
    source: Vec<[usize; 2]>,
    cue: Vec<[usize; 2]>,
    content: Vec<[usize; 2]>,
}

/// Reads the texts of a file and gives their attributions.
pub fn predict(path: &Path) -> Result<Vec<Prediction>, DataError> {
    let reader = Reader::new(Registry::builtin());
    let rows: Vec<Row> = jsonl(path)?;
    Ok(rows
        .into_iter()
        .map(|row| {
            let lang = Lang::EN;
            let reading = reader.read(Copy { text: &row.text, lang: Some(lang), ..Copy::default() });
            let found = attributions(
                &row.text,
                &words(&row.text),
                &sentences(&row.text, lang),
                lang,
                &reading.credits,
            );
            let points = |span: Span| {
                let start = row.text[..span.start as usize].chars().count();
                vec![[start, start + span.of(&row.text).map_or(0, |words| words.chars().count())]]
            };
            let attributions = found
                .iter()
                .map(|a| Predicted {
                    source: points(a.source),
                    cue: points(a.cue),
                    content: points(a.content),
                })
                .collect();
            Prediction { id: row.id, attributions }
        })
        .collect())
}
