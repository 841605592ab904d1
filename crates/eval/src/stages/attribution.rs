//! Attributions: who says what, on the development articles of PolNeAR.
//!
//! An attribution counts as right (`full_lenient` of the scorer that belongs to the data set) where its
//! cue and its source share a word with the gold's, or are absent in both, and its content agrees in at
//! least half of the words (F1). Attributions are paired one to one, the best pair first; the data set's
//! scorer looks for the best pairing as a whole, which differs where one statement stands inside another.

use std::collections::{BTreeSet, HashSet};
use std::io::Write;
use std::path::Path;

use dateline_model::{Lang, Registry, Span};
use dateline_reader::attributions::attributions;
use dateline_reader::sentences::sentences;
use dateline_reader::words::words;
use dateline_reader::{Copy, Reader};
use serde::{Deserialize, Serialize};

use crate::data::{DataError, jsonl, write_jsonl};
use crate::metrics::clusters::Prf;
use crate::report::{Measure, Report, Unit};

#[derive(Debug, Deserialize)]
struct Row {
    id: String,
    text: String,
    #[serde(default)]
    attributions: Vec<Gold>,
}

/// An attribution of the gold; each role may lie in several pieces.
#[derive(Debug, Deserialize)]
struct Gold {
    #[serde(default)]
    source: Vec<[usize; 2]>,
    #[serde(default)]
    cue: Vec<[usize; 2]>,
    #[serde(default)]
    content: Vec<[usize; 2]>,
}

/// The development articles, under the folder of the data sets.
const SET: &str = "attribution/polnear/dev.jsonl.gz";
/// A pair without a common cue needs this F1 of the contents.
const PAIR_CONTENT: f64 = 0.3;
/// A right attribution needs this F1 of the contents.
const RIGHT_CONTENT: f64 = 0.5;

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
    Ok(predict_rows(&jsonl(path)?))
}

fn predict_rows(rows: &[Row]) -> Vec<Prediction> {
    let reader = Reader::new(Registry::builtin());
    let read = |row: &Row| {
        let lang = Lang::EN;
        let reading = reader.read(Copy { text: &row.text, lang: Some(lang), ..Copy::default() });
        let found =
            attributions(&row.text, &words(&row.text), &sentences(&row.text, lang), lang, &reading.credits);
        let points = |span: Span| {
            let start = row.text[..span.start as usize].chars().count();
            vec![[start, start + span.of(&row.text).map_or(0, |words| words.chars().count())]]
        };
        let attributions = found
            .iter()
            .map(|a| Predicted { source: points(a.source), cue: points(a.cue), content: points(a.content) })
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
    let mut count = Count::default();
    for (row, prediction) in rows.iter().zip(predict_rows(&rows)) {
        count.add(row, &prediction);
    }
    let share = |name: &str, value| Measure::new(format!("PolNeAR dev · {name}"), value, Unit::Share);
    let right = count.of(count.right);
    let peer = "perceptron trained on PolNeAR, dev";
    report.push(share("right · F1", right.f1).peer(0.597, peer).at_least(0.68));
    report.push(share("right · precision", right.precision));
    report.push(share("right · recall", right.recall));
    report.push(share("content half right · F1", count.of(count.content).f1));
    report.notes.push(format!(
        "{} articles, {} attributions for {} in the gold. The gold marks beliefs and \
         intentions beside statements; dateline looks for statements only.",
        rows.len(),
        count.found,
        count.gold
    ));
    Ok(report)
}

/// Attributions of a corpus, counted.
#[derive(Debug, Default)]
struct Count {
    gold: usize,
    found: usize,
    right: usize,
    content: usize,
}

/// The words of each role, by their number in the text.
struct Roles {
    source: BTreeSet<usize>,
    cue: BTreeSet<usize>,
    content: BTreeSet<usize>,
}

fn overlap(a: &BTreeSet<usize>, b: &BTreeSet<usize>) -> f64 {
    let both = a.intersection(b).count();
    if both == 0 { 0.0 } else { 2.0 * both as f64 / (a.len() + b.len()) as f64 }
}

/// A word in common, or no words on either side.
fn agree(a: &BTreeSet<usize>, b: &BTreeSet<usize>) -> bool {
    (a.is_empty() && b.is_empty()) || !a.is_disjoint(b)
}

impl Count {
    fn of(&self, hits: usize) -> Prf {
        let share = |of: usize| hits as f64 / of.max(1) as f64;
        Prf::new(share(self.found), share(self.gold))
    }

    fn add(&mut self, row: &Row, prediction: &Prediction) {
        let tokens = tokens(&row.text);
        let within = |spans: &[[usize; 2]]| -> BTreeSet<usize> {
            let touched = |[from, to]: &[usize; 2]| {
                let (from, to) = (*from, *to);
                tokens
                    .iter()
                    .enumerate()
                    .filter(move |(_, token)| token.0 < to && from < token.1)
                    .map(|(at, _)| at)
            };
            spans.iter().flat_map(touched).collect()
        };
        let roles = |source: &[_], cue: &[_], content: &[_]| Roles {
            source: within(source),
            cue: within(cue),
            content: within(content),
        };
        let gold: Vec<Roles> = row
            .attributions
            .iter()
            .map(|a| roles(&a.source, &a.cue, &a.content))
            .filter(|roles| !roles.content.is_empty())
            .collect();
        let found: Vec<Roles> = prediction
            .attributions
            .iter()
            .map(|a| roles(&a.source, &a.cue, &a.content))
            .filter(|roles| !roles.content.is_empty() || !roles.cue.is_empty())
            .collect();
        self.gold += gold.len();
        self.found += found.len();
        for (theirs, ours) in pairs(&gold, &found) {
            let (theirs, ours) = (&gold[theirs], &found[ours]);
            let half = overlap(&theirs.content, &ours.content) >= RIGHT_CONTENT;
            self.content += usize::from(half);
            self.right +=
                usize::from(half && agree(&theirs.cue, &ours.cue) && agree(&theirs.source, &ours.source));
        }
    }
}

/// Pairs one to one, the best first.
fn pairs(gold: &[Roles], found: &[Roles]) -> Vec<(usize, usize)> {
    let mut weighed = Vec::new();
    for (theirs, g) in gold.iter().enumerate() {
        for (ours, f) in found.iter().enumerate() {
            let cue = !g.cue.is_disjoint(&f.cue);
            let content = overlap(&g.content, &f.content);
            if cue || content >= PAIR_CONTENT {
                let weight = f64::from(u8::from(cue)) * 2.0 + content + 0.5 * overlap(&g.source, &f.source);
                weighed.push((weight, theirs, ours));
            }
        }
    }
    weighed.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
    let (mut taken, mut used) = (HashSet::new(), HashSet::new());
    weighed.retain(|(_, theirs, ours)| {
        let free = !taken.contains(theirs) && !used.contains(ours);
        free && taken.insert(*theirs) && used.insert(*ours)
    });
    weighed.into_iter().map(|(_, theirs, ours)| (theirs, ours)).collect()
}

/// The words of a text as ranges of code points: letters, digits and underscores, joined by one mark of
/// `' ’ - . @ &` between two of them. Marks at the edge of a span never matter.
fn tokens(text: &str) -> Vec<(usize, usize)> {
    let points: Vec<char> = text.chars().collect();
    let is_word = |at: usize| points.get(at).is_some_and(|c| c.is_alphanumeric() || *c == '_');
    let joins = |at: usize| points.get(at).is_some_and(|c| "'’-.@&".contains(*c)) && is_word(at + 1);
    let mut tokens = Vec::new();
    let mut at = 0;
    while at < points.len() {
        if !is_word(at) {
            at += 1;
            continue;
        }
        let start = at;
        while is_word(at) || joins(at) {
            at += 1;
        }
        tokens.push((start, at));
    }
    tokens
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_those_of_the_scorer() {
        assert_eq!(tokens("“U.S. troops” don’t."), [(1, 4), (6, 12), (14, 19)]);
    }

    #[test]
    fn gold_against_itself_is_all_right() {
        let row = Row {
            id: "1".into(),
            text: "The base was shut, a senior official said.".into(),
            attributions: vec![Gold { source: vec![[19, 36]], cue: vec![[37, 41]], content: vec![[0, 17]] }],
        };
        let same = Prediction {
            id: "1".into(),
            attributions: vec![Predicted {
                source: vec![[19, 36]],
                cue: vec![[37, 41]],
                content: vec![[0, 17]],
            }],
        };
        let mut count = Count::default();
        count.add(&row, &same);
        assert_eq!((count.gold, count.found, count.right, count.content), (1, 1, 1, 1));
    }
}
