//! Sentences: whether they end where people say they end.
//!
//! Two sets of English: the Golden Rules of the Pragmatic Segmenter, 48 short texts that a splitter gets
//! wholly right or not, and the news of the GUM treebank, where boundaries are counted. A boundary is the
//! place after the last character of a sentence; the end of a text, which nobody can miss, is not counted.
//! Places are counted in code points other than white space, so that blanks around a boundary do not matter.

use std::collections::BTreeSet;
use std::io::Write;
use std::path::Path;
use std::time::{Duration, Instant};

use dateline_model::Lang;
use dateline_reader::sentences::sentences;
use serde::{Deserialize, Serialize};

use crate::data::{DataError, jsonl, write_jsonl};
use crate::metrics::clusters::Prf;
use crate::report::{Measure, Report, Unit};

/// The Golden Rules, under the folder of the data sets.
const RULES: &str = "sentences/english_golden_rules.jsonl";
/// The news of GUM.
const NEWS: &str = "sentences/ud_gum_news.jsonl";

/// A text whose sentences people have cut.
#[derive(Debug, Clone, Deserialize)]
struct Row {
    #[serde(default)]
    id: Option<String>,
    text: String,
    /// The sentences themselves, in order.
    #[serde(default)]
    sents: Option<Vec<String>>,
    /// Or the code points at which they end.
    #[serde(default)]
    ends: Option<Vec<usize>>,
}

/// Where the sentences of a text were found to end.
#[derive(Debug, Serialize)]
struct Prediction {
    set: &'static str,
    id: String,
    /// Code points from the start of the text, exclusive.
    ends: Vec<usize>,
}

impl Row {
    /// Inner boundaries in the gold.
    fn gold(&self) -> BTreeSet<usize> {
        let mut at = 0;
        let ends: Vec<usize> = match (&self.sents, &self.ends) {
            (Some(sents), _) => sents
                .iter()
                .map(|sentence| {
                    at += solid(sentence);
                    at
                })
                .collect(),
            (None, Some(ends)) => {
                let points: Vec<char> = self.text.chars().collect();
                let before =
                    |end: &usize| points.iter().take(*end).filter(|point| !point.is_whitespace()).count();
                ends.iter().map(before).collect()
            }
            (None, None) => Vec::new(),
        };
        inner(ends, &self.text)
    }

    /// Inner boundaries as dateline finds them.
    fn found(&self) -> BTreeSet<usize> {
        let found = sentences(&self.text, Lang::EN);
        let ends = found.iter().map(|span| solid(&self.text[..span.end as usize])).collect();
        inner(ends, &self.text)
    }
}

/// Code points other than white space.
fn solid(text: &str) -> usize {
    text.chars().filter(|point| !point.is_whitespace()).count()
}

/// The places that lie inside the text.
fn inner(ends: Vec<usize>, text: &str) -> BTreeSet<usize> {
    let last = solid(text);
    ends.into_iter().filter(|end| (1..last).contains(end)).collect()
}

/// Boundaries found, in the gold, and in both.
fn boundaries(rows: &[Row]) -> Prf {
    let (mut both, mut gold, mut found) = (0, 0, 0);
    for row in rows {
        let (theirs, ours) = (row.gold(), row.found());
        both += theirs.intersection(&ours).count();
        gold += theirs.len();
        found += ours.len();
    }
    let share = |of: usize| if of == 0 { 1.0 } else { f64::from(both as u32) / of as f64 };
    Prf::new(share(found), share(gold))
}

/// Runs the stage on the data sets under `data`.
///
/// # Errors
///
/// Where a set is there and cannot be read; one that is not there is reported.
pub fn run(data: &Path) -> Result<Report, DataError> {
    let mut report = Report::new("sentences", "Where sentences end, in English.");
    for (path, describe) in [(RULES, rules as fn(&[Row], &mut Report)), (NEWS, news)] {
        match jsonl::<Row>(&data.join(path)) {
            Ok(rows) => describe(&rows, &mut report),
            Err(DataError::Missing(path)) => report.missing.push(path),
            Err(error) => return Err(error),
        }
    }
    Ok(report)
}

fn rules(rows: &[Row], report: &mut Report) {
    let right = rows.iter().filter(|row| row.gold() == row.found()).count();
    let measure = Measure::new(format!("Golden Rules kept (of {})", rows.len()), right as f64, Unit::Count);
    // What the crate in use keeps by itself: our cutting into paragraphs must lose none of it.
    report.push(measure.peer(47.0, "pysbd").at_least(43.0));
    report.push(Measure::new("Golden Rules · boundary F1", boundaries(rows).f1, Unit::Share));
}

fn news(rows: &[Row], report: &mut Report) {
    let found = boundaries(rows);
    // What the crate in use scores by itself is .951 in three digits.
    let measure = Measure::new("GUM news · boundary F1", found.f1, Unit::Share);
    report.push(measure.peer(0.972, "segtok 0.1.5").at_least(0.95));
    report.push(
        Measure::new("GUM news · precision", found.precision, Unit::Share).peer(0.990, "sentencex 0.1.33"),
    );
    report.push(Measure::new("GUM news · recall", found.recall, Unit::Share).peer(0.978, "segtok 0.1.5"));
    let bytes: usize = rows.iter().map(|row| row.text.len()).sum();
    let rate = bytes as f64 / 1e6 / fastest(rows).as_secs_f64().max(1e-9);
    report.push(
        Measure::new("MB/s on one core", rate, Unit::Plain).peer(50.0, "sentencex 0.1.33, whole texts"),
    );
    report.notes.push(
        "Peers were measured with texts cut at blank lines first. The splitter keeps quotations of several \
         sentences whole, on purpose: a citation wants them whole. That costs recall here."
            .to_owned(),
    );
}

/// The fastest of five runs over all texts; other processes only ever slow one down.
fn fastest(rows: &[Row]) -> Duration {
    let run = |_| {
        let start = Instant::now();
        let found: usize = rows.iter().map(|row| sentences(&row.text, Lang::EN).len()).sum();
        std::hint::black_box(found);
        start.elapsed()
    };
    (0..5).map(run).min().unwrap_or_default()
}

/// Writes where the sentences of each text under `data` were found to end.
///
/// # Errors
///
/// Where a set is missing or cannot be read, or `out` takes no more.
pub fn write_predictions(data: &Path, out: &mut dyn Write) -> Result<(), DataError> {
    for (set, path) in [("golden_rules", RULES), ("gum_news", NEWS)] {
        let rows: Vec<Row> = jsonl(&data.join(path))?;
        let predict = |(at, row): (usize, &Row)| Prediction {
            set,
            id: row.id.clone().unwrap_or_else(|| (at + 1).to_string()),
            ends: sentences(&row.text, Lang::EN)
                .iter()
                .map(|span| row.text[..span.end as usize].chars().count())
                .collect(),
        };
        write_jsonl(out, rows.iter().enumerate().map(predict))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_boundary_is_a_place_between_letters() {
        let row = Row {
            id: None,
            text: "Troops left.  Others stayed.\nNobody spoke.".into(),
            sents: Some(vec!["Troops left.".into(), "Others stayed.".into(), "Nobody spoke.".into()]),
            ends: None,
        };
        assert_eq!(row.gold().len(), 2);
        assert_eq!(row.gold(), row.found());
        let by_ends = Row { sents: None, ends: Some(vec![12, 28, 42]), ..row.clone() };
        assert_eq!(by_ends.gold(), row.gold());
        assert_eq!(boundaries(&[row]).f1, 1.0);
    }

    #[test]
    fn data_that_is_not_there_is_reported_as_missing() {
        assert_eq!(run(Path::new("/nowhere")).unwrap().missing.len(), 2);
    }
}
