//! Article text: from real pages to title, authors, date and body.
//!
//! Gold are the values that the publishers' own parsers of the Fundus project give for 258 pages of 181
//! publishers in some 20 languages. The body is scored as in the article extraction benchmark of Zyte
//! (4-grams of words; precision and recall averaged over pages, F1 of the averages).

use std::collections::{BTreeSet, HashMap};
use std::io::{Read, Write};
use std::path::Path;
use std::time::{Duration, Instant};

use dateline_ingest::{Capture, Format};
use dateline_model::{Item, Source};
use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;

use crate::data::{self, DataError, write_jsonl};
use crate::{Measure, Report, Unit};

#[derive(Deserialize)]
struct Row {
    id: String,
    url: String,
    file: String,
    gold: Gold,
}

#[derive(Deserialize)]
struct Gold {
    body: String,
    title: Option<String>,
    authors: Option<Vec<String>>,
    date: Option<String>,
}

/// A page is worth this many words in a row at a time.
const SHINGLE: usize = 4;
/// Bodies under this F1 count as bad.
const BAD: f64 = 0.5;
/// The gold and the pages, under `data/ingest`.
const GOLD: &str = "ingest/fundus_gold.jsonl.gz";
const PAGES: &str = "ingest/fundus_pages.tar";

/// Runs the stage on the data sets under `data`.
pub fn run(data: &Path) -> Result<Report, DataError> {
    let mut report = Report::new("text", "From real pages to title, authors, date and body.");
    let (gold, pages) = (data.join(GOLD), data.join(PAGES));
    report.missing.extend([&gold, &pages].into_iter().filter(|path| !path.exists()).cloned());
    if !report.missing.is_empty() {
        return Ok(report);
    }
    let rows: Vec<Row> = data::jsonl(&gold)?;
    let pages = read_pages(&pages)?;
    let mut score = Score::default();
    for row in &rows {
        match pages.get(&row.file) {
            Some(html) => score.add(row, html),
            None => report.missing.push(data.join(PAGES).join(&row.file)),
        }
    }
    score.report(&mut report);
    Ok(report)
}

/// What was read from a page.
#[derive(Debug, Serialize)]
struct Prediction {
    id: String,
    title: String,
    authors: Vec<String>,
    date: Option<String>,
    body: String,
}

/// Writes title, authors, date and body of each page under `data`.
///
/// # Errors
///
/// Where the set is missing or cannot be read, or `out` takes no more.
pub fn write_predictions(data: &Path, out: &mut dyn Write) -> Result<(), DataError> {
    let rows: Vec<Row> = data::jsonl(&data.join(GOLD))?;
    let pages = read_pages(&data.join(PAGES))?;
    let read = |row: &Row| {
        let item = first_item(dateline_ingest::parse(&capture(row, pages.get(&row.file)?)));
        Some(Prediction {
            id: row.id.clone(),
            title: item.title,
            authors: item.byline,
            date: item.dates.published.map(|when| when.day()),
            body: item.text,
        })
    };
    write_jsonl(out, rows.iter().filter_map(read))
}

fn capture(row: &Row, html: &[u8]) -> Capture {
    Capture {
        source: Source { input: row.id.clone(), position: None },
        format: Format::Html,
        bytes: html.to_vec(),
        url: Some(row.url.clone()),
        content_type: None,
        fetched: None,
    }
}

fn first_item(parsed: dateline_ingest::Parsed) -> Item {
    parsed.items.into_iter().next().unwrap_or_default()
}

fn read_pages(path: &Path) -> Result<HashMap<String, Vec<u8>>, DataError> {
    let mut pages = HashMap::new();
    for (name, bytes) in data::tar(path)? {
        let mut html = Vec::new();
        let mut plain = flate2::read::MultiGzDecoder::new(bytes.as_slice());
        plain.read_to_end(&mut html).map_err(|source| DataError::Io { path: path.join(&name), source })?;
        pages.insert(name.rsplit('/').next().unwrap_or_default().to_owned(), html);
    }
    Ok(pages)
}

#[derive(Default)]
struct Score {
    pages: usize,
    problems: Vec<String>,
    precision: f64,
    recall: f64,
    bad: usize,
    titles: usize,
    dates: usize,
    wrong_dates: Vec<String>,
    authors: usize,
    authored: usize,
    invented_authors: usize,
    elapsed: Duration,
    worst: (Duration, String),
}

impl Score {
    fn add(&mut self, row: &Row, html: &[u8]) {
        self.pages += 1;
        let capture = capture(row, html);
        let start = Instant::now();
        let parsed = dateline_ingest::parse(&capture);
        let took = start.elapsed();
        self.elapsed += took;
        if took > self.worst.0 {
            self.worst = (took, row.id.clone());
        }
        self.problems.extend(parsed.problems.iter().map(ToString::to_string));
        let item = first_item(parsed);
        let (precision, recall) = shingle_scores(&row.gold.body, &item.text);
        self.precision += precision;
        self.recall += recall;
        let f1 = if precision + recall > 0.0 { 2.0 * precision * recall / (precision + recall) } else { 0.0 };
        self.bad += usize::from(f1 < BAD);
        let title = row.gold.title.as_deref().unwrap_or_default();
        self.titles += usize::from(fold(title) == fold(&item.title));
        let published = item.dates.published.map(|when| when.day());
        if published == row.gold.date {
            self.dates += 1;
        } else if let Some(day) = published {
            self.wrong_dates.push(format!(
                "{}: {day} for {}",
                row.id,
                row.gold.date.as_deref().unwrap_or("none")
            ));
        }
        let gold: BTreeSet<String> = row.gold.authors.iter().flatten().map(|name| fold(name)).collect();
        let ours: BTreeSet<String> = item.byline.iter().map(|name| fold(name)).collect();
        if gold.is_empty() {
            self.invented_authors += usize::from(!ours.is_empty());
        } else {
            self.authored += 1;
            self.authors += usize::from(gold == ours);
        }
    }

    fn report(self, report: &mut Report) {
        let pages = self.pages.max(1) as f64;
        let (precision, recall) = (self.precision / pages, self.recall / pages);
        let f1 = if precision + recall > 0.0 { 2.0 * precision * recall / (precision + recall) } else { 0.0 };
        report.push(
            Measure::new("body word F1", f1, Unit::Share).peer(0.937, "trafilatura 0.6").at_least(0.937),
        );
        report.push(Measure::new("body precision", precision, Unit::Share).peer(0.915, "trafilatura 0.6"));
        report.push(Measure::new("body recall", recall, Unit::Share).peer(0.961, "trafilatura 0.6"));
        report.push(
            Measure::new("pages with a body under .5", self.bad as f64, Unit::Count)
                .peer(11.0, "trafilatura 0.6"),
        );
        let share = |count: usize, of: usize| count as f64 / of.max(1) as f64;
        let titles = share(self.titles, self.pages);
        report.push(
            Measure::new("title exact", titles, Unit::Share).peer(0.806, "libreadability 0.3").at_least(0.84),
        );
        let authors = share(self.authors, self.authored);
        report.push(
            Measure::new("author set equal", authors, Unit::Share)
                .peer(0.830, "libreadability 0.3")
                .at_least(0.86),
        );
        let dates = share(self.dates, self.pages);
        report.push(
            Measure::new("date, day exact", dates, Unit::Share).peer(0.969, "readex 0.19").at_least(0.99),
        );
        report.push(Measure::new("wrong dates", self.wrong_dates.len() as f64, Unit::Count).at_most(0.0));
        report.push(Measure::new("problems reported", self.problems.len() as f64, Unit::Count));
        report.push(Measure::new(
            "pages per second on one core",
            pages / self.elapsed.as_secs_f64().max(1e-9),
            Unit::Rate,
        ));
        report.push(
            Measure::new("worst page, ms", self.worst.0.as_secs_f64() * 1e3, Unit::Plain).at_most(2000.0),
        );
        report.notes.push(format!(
            "{} pages; {} with gold authors; on {} pages without, authors were found. Slowest page: {}.",
            self.pages, self.authored, self.invented_authors, self.worst.1
        ));
        for note in self.problems.iter().chain(&self.wrong_dates) {
            report.notes.push(note.clone());
        }
    }
}

/// Case, punctuation, width and white space folded: what must be equal for a title or a name to count.
fn fold(text: &str) -> String {
    let mut out = String::new();
    for c in text.nfkc().flat_map(char::to_lowercase) {
        if c.is_alphanumeric() {
            out.push(c);
        } else if c != '\u{ad}' && !out.is_empty() && !out.ends_with(' ') {
            out.push(' ');
        }
    }
    out.trim_end().to_owned()
}

/// Precision and recall of `found` against `gold` in shingles of words, as multisets.
fn shingle_scores(gold: &str, found: &str) -> (f64, f64) {
    let (gold, found) = (shingles(gold), shingles(found));
    let total = |counts: &HashMap<Vec<String>, usize>| counts.values().sum::<usize>();
    let common: usize =
        gold.iter().map(|(shingle, count)| found.get(shingle).copied().unwrap_or(0).min(*count)).sum();
    let share = |of: usize| match (of, total(&gold) + total(&found)) {
        (_, 0) => 1.0,
        (0, _) => 0.0,
        _ => common as f64 / of as f64,
    };
    (share(total(&found)), share(total(&gold)))
}

fn shingles(text: &str) -> HashMap<Vec<String>, usize> {
    let words: Vec<&str> =
        text.split(|c: char| !(c.is_alphanumeric() || c == '_')).filter(|word| !word.is_empty()).collect();
    let mut counts = HashMap::new();
    if words.is_empty() {
        return counts;
    }
    for window in words.windows(SHINGLE.min(words.len())) {
        *counts.entry(window.iter().map(|word| (*word).to_owned()).collect()).or_insert(0) += 1;
    }
    counts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scores_are_those_of_the_peers() {
        assert_eq!(shingle_scores("a b c d e", "a b c d e"), (1.0, 1.0));
        let (precision, recall) = shingle_scores("a b c d e", "a b c d x y");
        assert!((precision - 1.0 / 3.0).abs() < 1e-9 && (recall - 0.5).abs() < 1e-9);
        assert_eq!(shingle_scores("", ""), (1.0, 1.0));
        assert_eq!(shingle_scores("a", ""), (0.0, 0.0));
        assert_eq!(fold("Ｔroops – “share” Base!"), "troops share base");
    }
}
