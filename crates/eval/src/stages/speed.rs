//! Speed: eight thousand articles from a compressed file to stories on disk, and the same file again; and
//! the light path by itself, from text to the id of a story, for full texts and for headlines.
//!
//! Everything `dateline add` does is in the figures: reading the file, parsing, reading, placing, storing
//! and indexing. Memory is the peak of this process, the stage's own copy of the text left out by
//! measuring before that copy is made.

use std::io::Read as _;
use std::path::Path;
use std::time::Duration;

use dateline_desk::{AddOptions, AddReport, Desk, add};
use dateline_store::{Folder, HeadFilter};

use crate::data::{DataError, jsonl, open};
use crate::report::{Measure, Report, Unit};
use crate::stages::stories::{Row, predict_by_words};
use crate::yardstick;

/// The stream, under the folder of the data sets.
pub(crate) const STREAM: &str = "clustering/stream_8k.jsonl.gz";
/// Headlines without a text, in many languages.
const HEADLINES: &str = "clustering/og2021_dev.jsonl";
/// Articles of 6.4 kB that the light path takes a CPU-second, as we hold ourselves to.
pub(crate) const LIGHT: f64 = 3_000.0;
/// Headlines that it takes.
const LIGHT_HEADLINES: f64 = 20_000.0;
/// Text the yardstick is held to; more takes longer and changes nothing.
const YARDSTICK_BYTES: u64 = 32 << 20;

/// Runs the stage on the stream under `data`.
///
/// # Errors
///
/// Where the stream cannot be read, or the temporary folder cannot be filled. A missing stream is
/// reported as missing.
pub fn run(data: &Path) -> Result<Report, DataError> {
    let mut report = Report::new(
        "speed",
        "A file of articles into a new folder, all rooms, and the same file again, on all cores.",
    );
    let path = data.join(STREAM);
    if !path.exists() {
        report.missing.push(path);
        return Ok(report);
    }
    let dir = tempfile::tempdir().map_err(|error| DataError::Folder(error.to_string()))?;
    let folder = Folder::at(dir.path().join("speed"));
    let load = yardstick::load();
    let fresh = yardstick::forget_peak();
    let before = yardstick::peak_mib();
    let cpu = yardstick::cpu_seconds();
    let first = fill(&folder, &path)?;
    let cpu = yardstick::cpu_seconds().zip(cpu).map(|(after, before)| after - before);
    let peak = yardstick::peak_mib();
    let told = told(&folder)?;
    let second = fill(&folder, &path)?;
    let unchanged = self::told(&folder)? == told;

    light_path("full texts", &path, LIGHT, &mut report)?;
    light_path("headlines", &data.join(HEADLINES), LIGHT_HEADLINES, &mut report)?;
    let (bytes, text) = text(&path)?;
    let yardstick = yardstick::measure(&text);
    let articles = first.arrived as f64;
    let seconds = first.elapsed.as_secs_f64().max(1e-9);
    let rate = |name: &str, value| Measure::new(name, value, Unit::Rate);
    let plain = |name: &str, value| Measure::new(name, value, Unit::Plain);
    report.push(Measure::new("articles", articles, Unit::Count));
    report.push(Measure::new("stories", first.stories as f64, Unit::Count));
    report.push(rate("articles a second", articles / seconds));
    if let Some(cpu) = cpu {
        report.push(
            rate("articles a CPU-second", articles / cpu.max(1e-9))
                .peer(80.0, "BERTopic, batch, grouping only"),
        );
    }
    let megabytes = bytes as f64 / 1e6;
    report.push(plain("MB of text a second", megabytes / seconds));
    report.push(plain("yardstick: SHA-256 on one core, MB/s", yardstick.sha256));
    report.push(plain("yardstick: zstd level 1 on one core, MB/s", yardstick.zstd1));
    if let Some(cpu) = cpu {
        let ours = megabytes / cpu.max(1e-9);
        report.push(plain("SHA-256 is so many times as fast, CPU for CPU", yardstick.sha256 / ours));
        report.push(plain("zstd level 1 is so many times as fast, CPU for CPU", yardstick.zstd1 / ours));
    }
    rooms(&first, &mut report);
    if let Some(peak) = peak {
        report.push(plain("most memory held, MiB", peak).at_most(2048.0));
    }
    report.push(plain("folder on disk, MB", folder.size() as f64 / 1e6));
    report.push(rate(
        "added again · articles a second",
        second.unchanged as f64 / second.elapsed.as_secs_f64().max(1e-9),
    ));
    let changed = (second.arrived + second.edited + second.fuller + second.stories) as f64;
    report.push(
        Measure::new("added again · articles or stories that changed", changed, Unit::Count).at_most(0.0),
    );
    report.push(
        Measure::new("added again · story lists that differ", f64::from(u8::from(!unchanged)), Unit::Count)
            .at_most(0.0),
    );
    report.push(Measure::new(
        "problems reported",
        (first.problem_count + second.problem_count) as f64,
        Unit::Count,
    ));

    report.notes.push(format!(
        "{}; {:.1} MB of JSON lines, {:.1} kB an article. CPU time is that of all threads. The rooms work at the \
         same time on several threads, so that their times add up to more than the time on the clock.",
        yardstick::machine(),
        megabytes,
        megabytes * 1e3 / articles.max(1.0),
    ));
    if let Some(load) = load {
        report.notes.push(format!(
            "When the stage began, {load:.1} threads on average had been running or waiting for a core in the minute \
             before: what is above zero, others were at work, and rates are lower for it."
        ));
    }
    report.notes.push(format!(
        "Memory is that of the process that runs the benchmark, {} before the stage began{}.",
        before.map_or_else(|| "not known".to_owned(), |mib| format!("{mib:.0} MiB")),
        if fresh { "" } else { "; its peak could not be reset, so that earlier stages may be in it" },
    ));
    Ok(report)
}

/// A line of a file that needs no gold.
#[derive(serde::Deserialize)]
pub(crate) struct Ungraded {
    id: String,
    #[serde(default)]
    title: String,
    #[serde(default)]
    text: String,
    date: Option<String>,
    lang: Option<String>,
}

impl From<Ungraded> for Row {
    fn from(line: Ungraded) -> Self {
        let Ungraded { id, title, text, date, lang } = line;
        Self { id, title, text, date, lang, cluster: serde_json::Value::Null }
    }
}

/// Times the light path on one thread: reading each article of a file and placing it, nothing stored.
///
/// A file that is not there is reported as missing.
fn light_path(name: &str, path: &Path, target: f64, report: &mut Report) -> Result<(), DataError> {
    let rows: Vec<Ungraded> = match jsonl(path) {
        Err(DataError::Missing(path)) => {
            report.missing.push(path);
            return Ok(());
        }
        rows => rows?,
    };
    let rows: Vec<Row> = rows.into_iter().map(Row::from).collect();
    let before = yardstick::cpu_seconds();
    let placed = predict_by_words(&rows).len() as f64;
    if let Some((after, before)) = yardstick::cpu_seconds().zip(before) {
        let rate = placed / (after - before).max(1e-9);
        let name = format!("light path · {name} a CPU-second");
        report.push(Measure::new(name, rate, Unit::Rate).peer(9.0, "Priberam").at_least(target));
    }
    Ok(())
}

/// Adds the stream to a folder.
fn fill(folder: &Folder, path: &Path) -> Result<AddReport, DataError> {
    add(folder, &[path.display().to_string()], &AddOptions::default())
        .map_err(|error| DataError::Folder(error.to_string()))
}

/// All that the list of stories says.
fn told(folder: &Folder) -> Result<String, DataError> {
    let stories = Desk::open(folder.clone()).and_then(|desk| desk.stories(&HeadFilter::default()));
    stories.map(|heads| format!("{heads:?}")).map_err(|error| DataError::Folder(error.to_string()))
}

/// Bytes in the stream, and the first of them.
fn text(path: &Path) -> Result<(u64, Vec<u8>), DataError> {
    let io = |source| DataError::Io { path: path.to_owned(), source };
    let mut file = open(path)?;
    let mut text = Vec::new();
    file.by_ref().take(YARDSTICK_BYTES).read_to_end(&mut text).map_err(io)?;
    let rest = std::io::copy(&mut file, &mut std::io::sink()).map_err(io)?;
    Ok((text.len() as u64 + rest, text))
}

fn rooms(added: &AddReport, report: &mut Report) {
    let rooms = added.rooms;
    let named: [(&str, Duration); 5] = [
        ("parse", rooms.parse),
        ("read", rooms.read),
        ("place", rooms.place),
        ("store", rooms.store),
        ("index", rooms.index),
    ];
    let all: f64 = named.iter().map(|(_, time)| time.as_secs_f64()).sum();
    for (room, time) in named {
        let seconds = time.as_secs_f64();
        let micros = seconds * 1e6 / (added.arrived as f64).max(1.0);
        report.push(Measure::new(format!("room {room} · µs an article"), micros, Unit::Count));
        report.push(Measure::new(format!("room {room} · share"), seconds / all.max(1e-9), Unit::Share));
    }
    report.push(Measure::new("time on the clock, s", added.elapsed.as_secs_f64(), Unit::Plain));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn data_that_is_not_there_is_reported_as_missing() {
        assert_eq!(run(Path::new("/nowhere")).unwrap().missing.len(), 1);
    }

    #[test]
    fn a_small_stream_is_timed_and_changes_nothing_when_added_again() {
        let dir = crate::data::small_stream(STREAM);
        let report = run(dir.path()).unwrap();
        let value = |name: &str| report.measures.iter().find(|measure| measure.name == name).unwrap().value;
        assert_eq!(value("articles"), 2.0);
        assert_eq!(value("added again · articles or stories that changed"), 0.0);
        assert_eq!(value("added again · story lists that differ"), 0.0);
    }
}
