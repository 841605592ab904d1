//! `dateline eval`: the benchmarks.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicU64;

use dateline_eval::data::{DataError, jsonl};
use dateline_eval::stages::beside::Peers;
use dateline_eval::stages::{self, Stage};
use dateline_eval::{Report, document, run_all, train};
use serde::Serialize;

use super::write_file;
use crate::cli::{EvalArgs, Global};
use crate::outcome::{Ended, Failure, Outcome};
use crate::print::progress::{Progress, of_articles};
use crate::print::{Page, hint};

pub fn run(arguments: &EvalArgs, global: &Global) -> Ended {
    let worst = arguments.worst;
    if worst && arguments.stage.as_deref() != Some("stories") {
        return Err(Failure::Said(
            "--worst shows wrong merges and splits: it goes with the stage stories".into(),
        ));
    }
    if arguments.peers && arguments.stage.as_deref() != Some("stories") {
        return Err(Failure::Said(
            "--peers runs other tools that group articles: it goes with the stage stories".into(),
        ));
    }
    let is_stream = arguments.stage.as_deref() == Some("stream");
    if arguments.articles.is_some() && !is_stream {
        return Err(Failure::Said(
            "--articles says how long a stream is: it goes with the stage stream".into(),
        ));
    }
    if let Some(fit) = arguments.stage.as_deref().and_then(train::by_name) {
        return self::fit(fit, arguments, global);
    }
    let stage = arguments.stage.as_deref().and_then(stages::by_name);
    let mut predictions = Vec::new();
    let mut reports = match (&arguments.data, stage) {
        (Some(data), _) if !data.is_dir() => return Err(DataError::Missing(data.clone()).into()),
        (Some(data), Some(stage)) => {
            if arguments.predictions.is_some() {
                predict(stage, data, &mut predictions)?;
            }
            let run = if worst { stages::stories::run_with_worst } else { stage.run };
            vec![if is_stream { stream(data, arguments.articles, global)? } else { run(data)? }]
        }
        (Some(data), None) => run_all(data)?,
        (None, Some(stage)) => vec![on_files(stage, &arguments.files, worst, &mut predictions)?],
        // The parser asks for files or data, and files come after a stage.
        (None, None) => {
            return Err(Failure::Said("name a stage and its files, or data sets with --data".into()));
        }
    };
    if arguments.peers {
        reports.push(beside(arguments, global)?);
    }
    for (path, bytes) in
        [(&arguments.predictions, predictions), (&arguments.document, document(&reports).into_bytes())]
    {
        if let Some(path) = path {
            let named = |source| Failure::File { path: path.display().to_string(), source };
            write_file(path, |file| file.write_all(&bytes).map_err(named))?;
            hint(global, &format!("wrote {}", path.display()));
        }
    }
    let mut page = Page::open(global);
    if global.json {
        page.json(&reports)?;
    } else {
        for report in &reports {
            page.line(report.markdown())?;
        }
    }
    page.end()?;
    let complete = reports.iter().all(|report| report.missing.is_empty());
    Ok(if complete { Outcome::Done } else { Outcome::Partly })
}

/// Runs other tools on the articles of the stage stories.
fn beside(arguments: &EvalArgs, global: &Global) -> Result<Report, Failure> {
    let tell = |what: &str| hint(global, what);
    let peers = Peers::prepare(&cache()?.join("dateline/peers"), &tell).map_err(DataError::from)?;
    if let Some(data) = &arguments.data {
        return Ok(peers.on_sets(data, &tell)?);
    }
    let mut report = peers.report();
    for file in &arguments.files {
        peers.on_rows(&mut report, &name(file), &jsonl(file)?, &tell).map_err(DataError::from)?;
    }
    Ok(report)
}

/// The user's folder for what can be made again, as the XDG base directories say.
fn cache() -> Result<PathBuf, Failure> {
    let folder = |name: &str| std::env::var_os(name).map(PathBuf::from).filter(|path| path.is_absolute());
    folder("XDG_CACHE_HOME").or_else(|| Some(folder("HOME")?.join(".cache"))).ok_or_else(|| {
        Failure::Said("the other tools have no folder to be installed in: set XDG_CACHE_HOME".into())
    })
}

/// Runs the stage that takes minutes, and shows how far it is.
fn stream(data: &Path, articles: Option<u64>, global: &Global) -> Result<Report, Failure> {
    let articles = articles.unwrap_or(stages::stream::ARTICLES);
    let done = Arc::new(AtomicU64::new(0));
    let counted = Arc::clone(&done);
    let progress = Progress::show(global, move |elapsed| of_articles(&counted, articles, "placed", elapsed));
    let report = stages::stream::run_with(data, articles, &done)?;
    drop(progress);
    Ok(report)
}

/// Fits a model and writes it where the others lie, or where `--predictions` says.
fn fit(fit: &train::Fit, arguments: &EvalArgs, global: &Global) -> Ended {
    let Some(data) = &arguments.data else {
        return Err(Failure::Said(
            "models are fitted on the data sets: give their folder with --data DIR".into(),
        ));
    };
    let bytes = (fit.run)(data)?;
    let path = arguments.predictions.clone().unwrap_or_else(|| PathBuf::from(fit.file));
    let named = |source| Failure::File { path: path.display().to_string(), source };
    write_file(&path, |file| file.write_all(&bytes).map_err(named))?;
    hint(global, &format!("wrote {}", path.display()));
    Ok(Outcome::Done)
}

fn predict(stage: &Stage, data: &Path, predictions: &mut Vec<u8>) -> Result<(), Failure> {
    let Some(predict) = stage.predict else {
        return Err(Failure::Said(format!("the stage {} counts, and predicts nothing", stage.name)));
    };
    Ok(predict(data, predictions)?)
}

/// Runs a stage on gold files, and appends what it predicts as JSONL.
fn on_files(
    stage: &Stage,
    files: &[PathBuf],
    worst: bool,
    predictions: &mut Vec<u8>,
) -> Result<Report, Failure> {
    match stage.name {
        "stories" => {
            let mut report =
                Report::new("stories", "Articles into stories, against the gold `cluster` of each line.");
            for file in files {
                let rows: Vec<stages::stories::Row> = jsonl(file)?;
                let predicted = stages::stories::predict(&rows);
                stages::stories::describe(&mut report, &name(file), &rows, &predicted, None);
                if worst {
                    stages::stories::note_worst(&mut report, &name(file), &rows, &predicted);
                }
                append(predictions, &predicted)?;
            }
            Ok(report)
        }
        "neardup" => {
            let mut all: Option<Report> = None;
            for file in files {
                let (mut report, predicted) = stages::neardup::run_file(file)?;
                append(predictions, &predicted)?;
                if files.len() > 1 {
                    let set = name(file);
                    report
                        .measures
                        .iter_mut()
                        .for_each(|measure| measure.name = format!("{set} · {}", measure.name));
                }
                gather(&mut all, report);
            }
            Ok(all.unwrap_or_default())
        }
        "brief" => {
            let mut report = Report::new(
                "brief",
                "Predictions only; `dateline eval brief --data DIR` scores the data sets.",
            );
            for file in files {
                let predicted = stages::brief::predict_file(file)?;
                report.notes.push(format!("{}: {} topics.", name(file), predicted.len()));
                append(predictions, &predicted)?;
            }
            Ok(report)
        }
        "attribution" => {
            let mut all: Option<Report> = None;
            for file in files {
                let (report, predicted) = stages::attribution::run_file(file, &name(file))?;
                append(predictions, &predicted)?;
                gather(&mut all, report);
            }
            Ok(all.unwrap_or_default())
        }
        _ => Err(Failure::Said(
            "this stage runs on its data sets only: give their folder with --data DIR, and no files".into(),
        )),
    }
}

/// Takes the report of one more file into that of all files.
fn gather(all: &mut Option<Report>, report: Report) {
    match all {
        Some(all) => {
            all.measures.extend(report.measures);
            all.notes.extend(report.notes);
        }
        None => *all = Some(report),
    }
}

fn append(lines: &mut Vec<u8>, predicted: &[impl Serialize]) -> Result<(), Failure> {
    for prediction in predicted {
        serde_json::to_writer(&mut *lines, prediction).map_err(|error| Failure::Output(error.into()))?;
        lines.push(b'\n');
    }
    Ok(())
}

/// What a set is called in a report: the file's name up to the first dot.
fn name(file: &Path) -> String {
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    name.split('.').next().unwrap_or_default().to_owned()
}
