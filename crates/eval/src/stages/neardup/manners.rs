//! What was done to a copy, against what is found of it: the confusion matrix of the development set.
//!
//! The set has no article with a few passages of another one, so those are made here: into every original that is long enough
//! go two of the next one's paragraphs.

use std::collections::{BTreeMap, HashMap};

use dateline_model::{Manner, Relation};
use dateline_reader::{shingles::shingles, words::words};
use dateline_stories::copies::{COPY, CopyIndex};
use dateline_stories::manner::{PASSAGES, manner};
use dateline_stories::origins::copied;

use super::Row;
use crate::report::{Measure, Report, Unit};

/// What may be found of a copy that was made in one of the set's ways, or in ours.
fn expected(op: &str) -> &'static [Manner] {
    match op {
        "verbatim_boiler" => &[Manner::Whole, Manner::Wrapped],
        "truncate40" | "retitle_trim" => &[Manner::Truncated],
        "reorder_half" => &[Manner::Reordered],
        "heavy_edit_trim" => &[Manner::Reworded],
        // Sentences are dropped or added, and words changed.
        "light_edit" => &[Manner::Whole, Manner::Truncated, Manner::Wrapped, Manner::Reworded],
        PARTIAL => &[Manner::Partial],
        _ => &[],
    }
}

/// What our own articles with passages of another one are called.
const PARTIAL: &str = "two_paragraphs";
/// Words of the paragraphs that go into another article, at least.
const RUN: usize = 120;

/// What is found of a copy; `None` where it is not found.
type Found = Option<(Relation, Manner)>;

/// What is found of a text in an article that it shares text with.
fn found(index: &CopyIndex, text: &str, original: u32) -> Found {
    let sample = shingles(&words(text));
    let copy = index.find_passages(&sample, COPY, PASSAGES).into_iter().find(|copy| copy.of == original)?;
    let layout = index.layout(&sample, original);
    if copy.containment >= COPY {
        return Some((copied(copy), manner(&copy, layout)));
    }
    (layout.run >= PASSAGES).then_some((Relation::Own, Manner::Partial))
}

/// The first paragraphs of a text that have enough words.
fn run(text: &str) -> Option<String> {
    let paragraphs: Vec<&str> = text.split('\n').filter(|paragraph| !paragraph.trim().is_empty()).collect();
    let length =
        |paragraphs: &[&str]| paragraphs.iter().map(|paragraph| words(paragraph).len()).sum::<usize>();
    let enough = (1..=paragraphs.len()).find(|count| length(&paragraphs[..*count]) >= RUN)?;
    Some(paragraphs[..enough].join("\n"))
}

/// Adds the matrix and what is right of it.
pub(super) fn score(rows: &[Row], report: &mut Report) {
    let mut index = CopyIndex::default();
    let mut originals: HashMap<String, u32> = HashMap::new();
    let is_original = |row: &&Row| row.op.as_deref() == Some("orig");
    for (at, row) in rows.iter().enumerate().filter(|(_, row)| is_original(row)) {
        index.add(at as u32, &shingles(&words(&row.text)));
        originals.insert(row.dup.to_string(), at as u32);
    }
    if originals.is_empty() {
        return;
    }
    let mut matrix: BTreeMap<&str, BTreeMap<Found, usize>> = BTreeMap::new();
    for row in rows {
        let Some(op) = row.op.as_deref().filter(|op| *op != "orig") else { continue };
        let Some(original) = originals.get(&row.dup.to_string()) else { continue };
        *matrix.entry(op).or_default().entry(found(&index, &row.text, *original)).or_default() += 1;
    }
    let firsts: Vec<(u32, &Row)> = rows
        .iter()
        .enumerate()
        .filter(|(_, row)| is_original(row))
        .map(|(at, row)| (at as u32, row))
        .collect();
    let mut alarms = 0;
    for (pair, (at, row)) in firsts.windows(2).zip(&firsts) {
        let (other, theirs) = pair[1];
        // Mostly its own: an article twice as long as what goes in, and so is the other.
        let long = |row: &Row| words(&row.text).len() >= 3 * RUN;
        if let Some(passages) =
            run(&theirs.text).filter(|run| long(row) && long(theirs) && words(run).len() < 2 * RUN)
        {
            let middle = row.text.split('\n').count() / 2;
            let mut lines: Vec<&str> = row.text.split('\n').collect();
            lines.insert(middle, &passages);
            let found = found(&index, &lines.join("\n"), other);
            *matrix.entry(PARTIAL).or_default().entry(found).or_default() += 1;
        }
        let sample = shingles(&words(&row.text));
        let others = index.find_passages(&sample, COPY, PASSAGES).into_iter().filter(|copy| copy.of < *at);
        alarms += others
            .filter(|copy| copy.containment < COPY && index.layout(&sample, copy.of).run >= PASSAGES)
            .count();
    }
    let header: String = Manner::ALL[..8].iter().map(|manner| format!(" {} |", manner.word())).collect();
    let mut table = format!(
        "What was done to a copy, in rows, and what is found of it, in columns; of them, how many are held to be word for \
         word:\n\n| | copies |{header} not found | word for word |\n|---|--:|{}--:|--:|",
        "--:|".repeat(9)
    );
    for (op, cells) in &matrix {
        let all: usize = cells.values().sum();
        let count = |is: &dyn Fn(&Found) -> bool| -> usize {
            cells.iter().filter(|(found, _)| is(found)).map(|(_, count)| count).sum()
        };
        let of = |manner: Manner| count(&|found| found.is_some_and(|(_, is)| is == manner));
        let columns: String = Manner::ALL[..8].iter().map(|manner| format!(" {} |", of(*manner))).collect();
        let verbatim = count(&|found| found.is_some_and(|(relation, _)| relation == Relation::Verbatim));
        table.push_str(&format!("\n| {op} | {all} |{columns} {} | {verbatim} |", count(&Option::is_none)));
        let right = count(&|found| found.is_some_and(|(_, is)| expected(op).contains(&is)));
        report.push(Measure::new(
            format!("manner of {op} ({all})"),
            right as f64 / all.max(1) as f64,
            Unit::Share,
        ));
    }
    report.notes.push(table);
    report.push(Measure::new(
        format!("originals that seem to have passages of an earlier one (of {})", firsts.len()),
        f64::from(alarms as u32),
        Unit::Count,
    ));
    report.notes.push(
        "`two_paragraphs` is made by the stage: two thirds of an original and more, with the first 120 to 240 words of another."
            .to_owned(),
    );
}
