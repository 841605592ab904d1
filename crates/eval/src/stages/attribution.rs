//! Attributions: who says what, on the development articles of PolNeAR.
//!
//! The measures are those of the scorer that belongs to the data set (`metrics::attributions`). A text is read as the
//! desk reads it: parsed, then tagged.

use std::io::Write;
use std::path::Path;

use dateline_attribution::{Found, Tagger};
use dateline_grammar::English;
use dateline_model::Span;
use serde::{Deserialize, Serialize};

use crate::data::{DataError, jsonl, write_jsonl};
use crate::metrics::attributions::{Counts, Kept, Roles};
use crate::report::{Measure, Report, Unit};

/// An article, with its annotations where it has any.
#[derive(Debug, Deserialize)]
pub struct Row {
    /// What the article is called in predictions.
    pub id: String,
    /// Its text; all that is read of it.
    pub text: String,
    /// Its annotated attributions.
    #[serde(default)]
    pub attributions: Vec<Gold>,
}

/// An annotated attribution; each role may lie in several pieces, as ranges of code points.
#[derive(Debug, Deserialize)]
pub struct Gold {
    /// Who says it.
    #[serde(default)]
    pub source: Vec<[usize; 2]>,
    /// The words that say so.
    #[serde(default)]
    pub cue: Vec<[usize; 2]>,
    /// What is said.
    #[serde(default)]
    pub content: Vec<[usize; 2]>,
    /// "direct", "mixed" or "indirect".
    #[serde(default)]
    pub quote_type: String,
}

/// The development articles, under the folder of the data sets.
const SET: &str = "attribution/polnear/dev.jsonl.gz";

/// The attributions of one article, with ranges of code points.
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

/// Where the characters of a text begin, to turn bytes into code points and back.
pub struct Points(Vec<u32>);

impl Points {
    /// The characters of a text.
    pub fn of(text: &str) -> Self {
        let ends = std::iter::once(text.len());
        Self(text.char_indices().map(|(at, _)| at).chain(ends).map(|at| at as u32).collect())
    }

    /// A span as a range of code points.
    pub fn range(&self, span: Span) -> [usize; 2] {
        [span.start, span.end].map(|at| self.0.partition_point(|start| *start < at))
    }

    /// A range of code points as a span; what lies behind the end of the text is cut off.
    pub fn span(&self, [from, to]: [usize; 2]) -> Span {
        let byte = |at: usize| self.0[at.min(self.0.len() - 1)];
        let (start, end) = (byte(from), byte(to));
        Span { start: start.min(end), end }
    }
}

/// Reads the texts of a file and gives their attributions.
///
/// # Errors
///
/// Where the file is missing, or a line has no `id` or no `text`.
pub fn predict(path: &Path) -> Result<Vec<Prediction>, DataError> {
    let rows: Vec<Row> = jsonl(path)?;
    Ok(predict_rows(&rows))
}

fn predict_rows(rows: &[Row]) -> Vec<Prediction> {
    let (english, tagger) = (English::embedded(), Tagger::embedded());
    let read = |row: &Row| {
        let points = Points::of(&row.text);
        let ranges = |spans: &[Span]| spans.iter().map(|span| points.range(*span)).collect();
        let found: Vec<Found> = tagger.find(&row.text, &english.read(&row.text));
        let attributions = found
            .iter()
            .map(|found| Predicted {
                source: ranges(&found.source),
                cue: ranges(&found.cue),
                content: ranges(&found.content),
            })
            .collect();
        Prediction { id: row.id.clone(), attributions }
    };
    rows.iter().map(read).collect()
}

/// Writes the attributions of the development articles under `data`.
///
/// # Errors
///
/// Where the set is missing or cannot be read, or `out` takes no more.
pub fn write_predictions(data: &Path, out: &mut dyn Write) -> Result<(), DataError> {
    write_jsonl(out, predict(&data.join(SET))?)
}

/// Runs the stage on the data sets under `data`.
///
/// # Errors
///
/// Where the set cannot be read. A missing one is reported as missing.
pub fn run(data: &Path) -> Result<Report, DataError> {
    let mut report = Report::new("attribution", "Who says what: source, cue and content, in English.");
    let rows: Vec<Row> = match jsonl(&data.join(SET)) {
        Err(DataError::Missing(path)) => {
            report.missing.push(path);
            return Ok(report);
        }
        other => other?,
    };
    describe(&mut report, "PolNeAR dev", &rows, &predict_rows(&rows));
    Ok(report)
}

/// Runs the stage on a file; figures are given where its lines carry attributions.
///
/// # Errors
///
/// Where the file is missing, or a line has no `id` or no `text`.
pub fn run_file(path: &Path, name: &str) -> Result<(Report, Vec<Prediction>), DataError> {
    let rows: Vec<Row> = jsonl(path)?;
    let predictions = predict_rows(&rows);
    let mut report = Report::new("attribution", "Who says what: source, cue and content, in English.");
    if rows.iter().any(|row| !row.attributions.is_empty()) {
        describe(&mut report, name, &rows, &predictions);
    } else {
        report.notes.push(format!("{name}: {} articles without annotations; predictions only.", rows.len()));
    }
    Ok((report, predictions))
}

/// What others reach on the articles of PolNeAR: see the notes that [`describe`] adds.
const CITRON: &str = "Citron retrained, PolNeAR test";
const BILSTM: &str = "BiLSTM-CRF, PolNeAR test";

fn describe(report: &mut Report, set: &str, rows: &[Row], predictions: &[Prediction]) {
    let (mut all, mut speech) = (Counts::default(), Counts::default());
    for (row, prediction) in rows.iter().zip(predictions) {
        let roles = |source: &[_], cue: &[_], content: &[_]| Roles {
            source: source.to_vec(),
            cue: cue.to_vec(),
            content: content.to_vec(),
        };
        let gold: Vec<Roles> =
            row.attributions.iter().map(|a| roles(&a.source, &a.cue, &a.content)).collect();
        let kinds: Vec<&str> = row.attributions.iter().map(|a| a.quote_type.as_str()).collect();
        let found: Vec<Roles> =
            prediction.attributions.iter().map(|a| roles(&a.source, &a.cue, &a.content)).collect();
        all.add(&row.text, &gold, &kinds, &found, Kept::All);
        speech.add(&row.text, &gold, &kinds, &found, Kept::Speech);
    }
    let share = |name: &str, value| Measure::new(format!("{set} · {name}"), value, Unit::Share);
    report.push(share("right · F1", all.right().f1).peer(0.510, CITRON).at_least(0.66));
    report.push(share("right · precision", all.right().precision));
    report.push(share("right · recall", all.right().recall));
    report.push(share("right, speech only · F1", speech.right().f1).peer(0.640, CITRON).at_least(0.81));
    for (kind, theirs) in [("direct", 0.657), ("mixed", 0.560), ("indirect", 0.315)] {
        report.push(share(&format!("right, {kind} · recall"), all.recall(kind)).peer(theirs, CITRON));
    }
    report.push(share("content half right · F1", all.half().f1));
    report.push(share("contents to eight tenths, sources to half · F1", all.close().f1));
    report.push(share("every word · F1", all.exact().f1));
    for (at, role, theirs, ours) in
        [(0, "source", 0.696, 0.76), (1, "cue", 0.667, 0.70), (2, "content", 0.590, 0.64)]
    {
        let measure = share(&format!("exact spans, {role} · F1"), all.pieces(at).f1);
        report.push(measure.peer(theirs, BILSTM).at_least(ours));
    }
    report.notes.push(format!(
        "{set}: {} articles, {} attributions found for {} in the gold. Two people who annotate the same articles agree \
         to .763 on the first figure and .891 on speech only.",
        rows.len(),
        all.found,
        all.gold
    ));
    report.notes.push(
        "Peers' figures are on the test articles of PolNeAR, with the same measures: Citron trained anew on half of \
         the training articles, and a BiLSTM-CRF as published with CofeNet (2022), whose best model, on BERT, has \
         .832 / .753 / .729 for exact spans."
            .into(),
    );
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_and_bytes_turn_into_one_another() {
        let text = "“Öl” – said";
        let points = Points::of(text);
        let span = points.span([7, 11]);
        assert_eq!(span.of(text), Some("said"));
        assert_eq!(points.range(span), [7, 11]);
        assert_eq!(points.span([7, 99]).of(text), Some("said"));
        assert_eq!(points.span([9, 7]).of(text), Some(""));
    }
}
