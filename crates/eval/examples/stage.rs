//! Runs one stage without building the whole desk: `cargo run --release -p dateline-eval --example stage -- stories DIR`.
use std::path::Path;

fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let data = Path::new(args.get(1).map_or("../shared/data", String::as_str));
    if args.first().map(String::as_str) == Some("attribution") {
        for prediction in dateline_eval::stages::attribution::predict(data).unwrap() {
            println!("{}", serde_json::to_string(&prediction).unwrap());
        }
        return;
    }
    let report = match args.first().map(String::as_str) {
        Some("neardup") => dateline_eval::stages::neardup::run(data),
        Some("stories") => dateline_eval::stages::stories::run(data),
        _ => {
            eprintln!("usage: stage stories [DATA]");
            std::process::exit(2);
        }
    };
    match report {
        Ok(report) => println!("{}", report.markdown()),
        Err(error) => {
            eprintln!("{error}");
            std::process::exit(1);
        }
    }
}
