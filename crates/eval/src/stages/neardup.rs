//! Near-duplicates: which articles are copies of one another, on any JSONL whose lines carry a gold `dup`.

use std::collections::HashMap;
use std::io::Write;
use std::path::{Path, PathBuf};

use dateline_stories::copies::{COPY, CopyIndex};
use serde::Deserialize;

use super::stories::Prediction;
use crate::data::{DataError, jsonl, write_jsonl};
use crate::metrics::clusters::compare;
use crate::report::{Measure, Report, Unit};

/// A line of a gold file.
#[derive(Debug, Clone, Deserialize)]
pub struct Row {
    /// The row's own id.
    pub id: String,
    /// Headline.
    #[serde(default)]
    pub title: String,
    /// Body.
    #[serde(default)]
    pub text: String,
    /// The group of copies; the development set calls it `cluster`.
    #[serde(alias = "cluster")]
    pub dup: serde_json::Value,
    /// How the copy was made, in the development set.
    #[serde(default)]
    pub op: Option<String>,
}

mod manners;

/// The groups of articles that share text, by transitive closure over pairs that share at least half.
pub fn predict(rows: &[Row]) -> Vec<Prediction> {
    let mut index = CopyIndex::default();
    let mut parent: Vec<usize> = (0..rows.len()).collect();
    fn root(parent: &mut [usize], mut at: usize) -> usize {
        while parent[at] != at {
            parent[at] = parent[parent[at]];
            at = parent[at];
        }
        at
    }
    for (seq, row) in rows.iter().enumerate() {
        let words = dateline_reader::words::words(&row.text);
        let shingles = dateline_reader::shingles::shingles(&words);
        for copy in index.find(&shingles, COPY) {
            let (a, b) = (root(&mut parent, seq), root(&mut parent, copy.of as usize));
            parent[a.max(b)] = a.min(b);
        }
        index.add(seq as u32, &shingles);
    }
    (0..rows.len())
        .map(|seq| Prediction::of_story(rows[seq].id.clone(), rows[root(&mut parent, seq)].id.clone()))
        .collect()
}

/// Runs the stage on one file.
pub fn run_file(path: &Path) -> Result<(Report, Vec<Prediction>), DataError> {
    let rows: Vec<Row> = jsonl(path)?;
    let mut report =
        Report::new("neardup", "Copies: verbatim, truncated, wrapped in boilerplate, edited, reordered.");
    let predictions = predict(&rows);
    let gold: Vec<String> = rows.iter().map(|row| row.dup.to_string()).collect();
    let predicted: Vec<&str> = predictions.iter().map(|prediction| prediction.cluster.as_str()).collect();
    let agreement = compare(&gold, &predicted);
    report.push(Measure::new("ARI", agreement.ari, Unit::Share).peer(0.987, "MinHash-LSH").at_least(0.99));
    report.push(Measure::new("pair F1", agreement.pairs.f1, Unit::Share).peer(0.987, "MinHash-LSH"));
    report.push(Measure::new("pair precision", agreement.pairs.precision, Unit::Share));
    report.push(Measure::new("pair recall", agreement.pairs.recall, Unit::Share));
    report.notes.push(format!(
        "{} articles, {} groups for {} in the gold.",
        agreement.n, agreement.predicted, agreement.gold
    ));

    // Recall by how the copy was made: does it end up with its original?
    let mut originals: HashMap<String, &str> = HashMap::new();
    let mut by_op: HashMap<&str, (u32, u32)> = HashMap::new();
    for (row, prediction) in rows.iter().zip(&predictions) {
        if row.op.as_deref() == Some("orig") {
            originals.insert(row.dup.to_string(), &prediction.cluster);
        }
    }
    for (row, prediction) in rows.iter().zip(&predictions) {
        let Some(op) = row.op.as_deref().filter(|op| *op != "orig") else { continue };
        let entry = by_op.entry(op).or_default();
        entry.1 += 1;
        entry.0 += u32::from(originals.get(&row.dup.to_string()) == Some(&prediction.cluster.as_str()));
    }
    let mut by_op: Vec<_> = by_op.into_iter().collect();
    by_op.sort_unstable();
    for (op, (hit, all)) in by_op {
        report.push(Measure::new(
            format!("recall of {op} ({all})"),
            f64::from(hit) / f64::from(all),
            Unit::Share,
        ));
    }
    manners::score(&rows, &mut report);
    Ok((report, predictions))
}

/// The development set, under the folder of the data sets.
const SET: &str = "clustering/neardup_synth.jsonl.gz";

/// Runs the stage on files whose lines carry a gold `dup`, each by itself; where there are several, the
/// figures carry the name of their file.
///
/// # Errors
///
/// Where a file is missing, or a line has no `id` or no `dup`.
pub fn files(paths: &[PathBuf]) -> Result<Report, DataError> {
    let mut all = Report::new("neardup", "Copies, against the gold `dup` of each line.");
    for path in paths {
        let (report, _) = run_file(path)?;
        let set =
            if paths.len() > 1 { format!("{} · ", super::stories::set_name(path)) } else { String::new() };
        all.measures.extend(
            report
                .measures
                .into_iter()
                // Bounds and peers belong to the development set.
                .map(|measure| Measure::new(format!("{set}{}", measure.name), measure.value, measure.unit)),
        );
        all.notes.extend(report.notes.into_iter().map(|note| format!("{set}{note}")));
    }
    Ok(all)
}

/// Writes the group of each article of the development set under `data`.
///
/// # Errors
///
/// Where the set is missing or cannot be read, or `out` takes no more.
pub fn write_predictions(data: &Path, out: &mut dyn Write) -> Result<(), DataError> {
    write_jsonl(out, predict(&jsonl::<Row>(&data.join(SET))?))
}

/// Runs the stage on the development set under `data`.
pub fn run(data: &Path) -> Result<Report, DataError> {
    let path = data.join(SET);
    match run_file(&path) {
        Err(DataError::Missing(path)) => {
            let mut report = Report::new("neardup", "Copies.");
            report.missing.push(path);
            Ok(report)
        }
        other => Ok(other?.0),
    }
}
