//! Stream: what an article costs when a million came before it.
//!
//! The eight thousand articles of the set are replayed, day after day with other names and words
//! ([`Replay`]), through the light path on one thread. What is measured is the CPU time of reading and
//! placing; the making of the articles is left out of it.

use std::collections::HashMap;
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};

use dateline_model::StoryId;

use crate::data::{DataError, jsonl};
use crate::replay::Replay;
use crate::report::{Measure, Report, Unit};
use crate::stages::speed::{LIGHT, STREAM, Ungraded};
use crate::stages::stories::{LightPath, Row};
use crate::yardstick;

/// Articles of the stream, where nobody says how many.
pub const ARTICLES: u64 = 1_000_000;
/// Parts of the stream whose cost is compared.
const PARTS: u64 = 10;
/// Articles made before they are timed together; a CPU clock of 10 ms tells their cost to some 3 %.
const BATCH: u64 = 1_000;
/// Cost of the last part, in per cent of the first, that we hold ourselves to.
const GROWTH: f64 = 130.0;
/// Memory that we hold ourselves to, in MiB.
const MEMORY: f64 = 2_048.0;

/// Runs the stage with [`ARTICLES`] articles.
///
/// # Errors
///
/// As [`run_with`].
pub fn run(data: &Path) -> Result<Report, DataError> {
    run_with(data, ARTICLES, &AtomicU64::new(0))
}

/// Runs the stage with `articles` articles made from the set under `data`, and counts in `done` those that are placed.
///
/// # Errors
///
/// Where the set cannot be read. A missing set is reported as missing.
pub fn run_with(data: &Path, articles: u64, done: &AtomicU64) -> Result<Report, DataError> {
    let mut report = Report::new(
        "stream",
        "The light path on one thread, from text to the id of a story, while the stream grows.",
    );
    let path = data.join(STREAM);
    let rows: Vec<Ungraded> = match jsonl(&path) {
        Err(DataError::Missing(path)) => {
            report.missing.push(path);
            return Ok(report);
        }
        rows => rows?,
    };
    let Some(replay) = Replay::new(rows.into_iter().map(Row::from).collect()) else {
        return Err(DataError::Line { path, line: 1, what: "there is no article in it".into() });
    };
    let load = yardstick::load();
    let fresh = yardstick::forget_peak();
    let before = yardstick::peak_mib();
    let mut light = LightPath::shipped();
    let mut stories = Stories::default();
    let mut parts = Vec::new();
    for part in 0..PARTS {
        let (from, to) = (articles * part / PARTS, articles * (part + 1) / PARTS);
        parts.push(self::part(&replay, from, to, &mut light, &mut stories, done));
    }
    describe(&mut report, articles, &parts, &stories);
    report.notes.push(format!(
        "{}. {} articles, replayed day after day: {} days in all, and a story lives for some three weeks. Names \
         and most other words are invented anew for each replay.",
        yardstick::machine(),
        replay.period(),
        articles.div_ceil(replay.period()),
    ));
    let after: Vec<String> = parts.iter().map(Part::written).collect();
    report.notes.push(format!(
        "Live stories, memory held and the most so far, in MiB, after each part: {}.",
        after.join(", ")
    ));
    if let Some(load) = load {
        report.notes.push(format!(
            "When the stage began, {load:.1} threads on average were running or waiting for a core."
        ));
    }
    report.notes.push(format!(
        "Memory is that of the process, {} of it before the stream began: the set that is replayed is in it{}.",
        before.map_or_else(|| "an unknown part".to_owned(), |mib| format!("{mib:.0} MiB")),
        if fresh { "" } else { "; its peak could not be reset, so that earlier stages may be in it too" },
    ));
    Ok(report)
}

/// What a part of the stream cost, and what it left.
struct Part {
    from: u64,
    to: u64,
    /// CPU time of reading and placing, in seconds; `None` where the system does not tell.
    cpu: Option<f64>,
    live: usize,
    /// Memory held at its end, and the most so far, in MiB.
    held: Option<f64>,
    peak: Option<f64>,
}

impl Part {
    /// CPU time of an article, in µs.
    fn cost(&self) -> Option<f64> {
        Some(self.cpu? * 1e6 / (self.to - self.from).max(1) as f64)
    }

    fn written(&self) -> String {
        let mib = |memory: Option<f64>| memory.map_or_else(|| "?".to_owned(), |mib| format!("{mib:.0}"));
        format!("{} · {} · {}", self.live, mib(self.held), mib(self.peak))
    }
}

/// What became of the stories.
#[derive(Default)]
struct Stories {
    /// The replay that the founder of each story was in.
    founded: HashMap<StoryId, u32>,
    /// Articles that joined a story of another replay than their own.
    strays: u64,
}

/// Sends the articles from one number to another through the light path.
fn part(
    replay: &Replay,
    from: u64,
    to: u64,
    light: &mut LightPath,
    stories: &mut Stories,
    done: &AtomicU64,
) -> Part {
    let mut cpu = Some(0.0);
    let mut begin = from;
    while begin < to {
        let end = to.min(begin + BATCH);
        let rows: Vec<Row> = (begin..end).map(|at| replay.article(at)).collect();
        let before = yardstick::cpu_seconds();
        let placed: Vec<StoryId> = rows.iter().map(|row| light.place(row)).collect();
        let after = yardstick::cpu_seconds();
        cpu = cpu.zip(after.zip(before)).map(|(sum, (after, before))| sum + after - before);
        for (at, story) in (begin..end).zip(placed) {
            let cycle = replay.cycle(at) as u32;
            stories.strays += u64::from(*stories.founded.entry(story).or_insert(cycle) != cycle);
        }
        done.store(end, Ordering::Relaxed);
        begin = end;
    }
    Part {
        from,
        to,
        cpu,
        live: light.live_stories(),
        held: yardstick::held_mib(),
        peak: yardstick::peak_mib(),
    }
}

fn describe(report: &mut Report, articles: u64, parts: &[Part], stories: &Stories) {
    let count = |name: &str, value| Measure::new(name, value, Unit::Count);
    report.push(count("articles", articles as f64));
    report.push(count("stories", stories.founded.len() as f64));
    let live = parts.iter().map(|part| part.live).max().unwrap_or(0);
    report.push(count("live stories at most, after a part", live as f64));
    report.push(count("articles in a story of another replay", stories.strays as f64));
    for part in parts {
        if let Some(cost) = part.cost() {
            let name = format!("articles {} to {} · CPU µs an article", part.from + 1, part.to);
            report.push(count(&name, cost));
        }
    }
    let costs: Option<Vec<f64>> = parts.iter().map(Part::cost).collect();
    if let Some([first, .., last]) = costs.as_deref() {
        let percent = |cost: f64| 100.0 * cost / first.max(1e-9);
        let dearest = costs.iter().flatten().fold(*first, |dearest, cost| dearest.max(*cost));
        report.push(count("the last part in per cent of the first", percent(*last)).at_most(GROWTH));
        report.push(count("the dearest part in per cent of the first", percent(dearest)));
    }
    if let Some(cpu) = parts.iter().map(|part| part.cpu).sum::<Option<f64>>() {
        let rate = Measure::new("articles a CPU-second", articles as f64 / cpu.max(1e-9), Unit::Rate);
        report.push(rate.at_least(LIGHT));
    }
    if let Some(peak) = parts.last().and_then(|part| part.peak) {
        report.push(Measure::new("most memory held, MiB", peak, Unit::Plain).at_most(MEMORY));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn data_that_is_not_there_is_reported_as_missing() {
        assert_eq!(run(Path::new("/nowhere")).unwrap().missing.len(), 1);
    }

    #[test]
    fn every_article_is_placed_and_counted() {
        let dir = crate::data::small_stream(STREAM);
        let done = AtomicU64::new(0);
        let report = run_with(dir.path(), 25, &done).unwrap();
        let value = |name: &str| report.measures.iter().find(|measure| measure.name == name).unwrap().value;
        assert_eq!((value("articles"), done.into_inner()), (25.0, 25));
        if cfg!(target_os = "linux") {
            assert_eq!(
                report.measures.iter().filter(|measure| measure.name.ends_with("µs an article")).count(),
                10
            );
        }
    }
}
