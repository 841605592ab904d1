//! Runs stages of the benchmarks:
//!
//! ```text
//! cargo run --release -p dateline-eval --example stage -- STAGE DATA [PREDICTIONS.jsonl]
//! cargo run --release -p dateline-eval --example stage -- all DATA [OUT.md]
//! cargo run --release -p dateline-eval --example stage -- stories|neardup FILE…
//! ```

use std::fs::File;
use std::io::{BufWriter, Write as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use dateline_eval::{document, run_all, stages};

type Outcome = Result<(), Box<dyn std::error::Error>>;

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let (Some(name), paths) = (arguments.next(), arguments.map(PathBuf::from).collect::<Vec<_>>()) else {
        return usage();
    };
    let outcome = match (name.as_str(), &paths[..]) {
        (_, []) => return usage(),
        ("all", [data, out @ ..]) => all(data, out.first()),
        ("stories", files) if files[0].is_file() => print(stages::stories::files(files)),
        ("neardup", files) if files[0].is_file() => print(stages::neardup::files(files)),
        (name, [data, out @ ..]) => one(name, data, out.first()),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn usage() -> ExitCode {
    eprintln!("usage: stage STAGE DATA [PREDICTIONS.jsonl], where DATA is the folder of the data sets");
    eprintln!("       stage all DATA [OUT.md]");
    eprintln!("       stage stories|neardup FILE…");
    for stage in stages::ALL {
        eprintln!("  {:12} {}", stage.name, stage.about);
    }
    ExitCode::FAILURE
}

fn all(data: &Path, out: Option<&PathBuf>) -> Outcome {
    let text = document(&run_all(data)?);
    match out {
        Some(path) => std::fs::write(path, text).map_err(|error| format!("{}: {error}", path.display()))?,
        None => print!("{text}"),
    }
    Ok(())
}

fn one(name: &str, data: &Path, out: Option<&PathBuf>) -> Outcome {
    let stage = stages::by_name(name).ok_or_else(|| format!("there is no stage `{name}`"))?;
    print((stage.run)(data))?;
    let Some(path) = out else { return Ok(()) };
    let predict = stage.predict.ok_or_else(|| format!("the stage `{name}` predicts nothing"))?;
    let mut file =
        BufWriter::new(File::create(path).map_err(|error| format!("{}: {error}", path.display()))?);
    predict(data, &mut file)?;
    Ok(file.flush()?)
}

fn print(report: Result<dateline_eval::Report, dateline_eval::data::DataError>) -> Outcome {
    println!("{}", report?.markdown());
    Ok(())
}
