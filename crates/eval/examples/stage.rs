//! Runs one stage of the benchmarks: `cargo run --release -p dateline-eval --example stage -- feeds DATA`.

use std::path::PathBuf;
use std::process::ExitCode;

use dateline_eval::stages;

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let (Some(stage), Some(data)) = (arguments.next(), arguments.next().map(PathBuf::from)) else {
        eprintln!("usage: stage NAME DATA, where DATA is the folder of the data sets");
        return ExitCode::FAILURE;
    };
    let report = match stage.as_str() {
        "brief" => stages::brief::run(&data),
        "feeds" => stages::feeds::run(&data),
        "neardup" => stages::neardup::run(&data),
        "opml" => stages::opml::run(&data),
        "stories" => stages::stories::run(&data),
        "text" => stages::text::run(&data),
        "warc" => stages::warc::run(&data),
        _ => {
            eprintln!(
                "there is no stage `{stage}`; there are: brief, feeds, neardup, opml, stories, text, warc"
            );
            return ExitCode::FAILURE;
        }
    };
    match report {
        Ok(report) => {
            println!("{}", report.markdown());
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}
