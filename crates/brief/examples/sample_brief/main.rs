//! Prints a sample brief: `cargo run -p dateline-brief --example sample_brief -- html`.
//! The face is `markdown`, `text`, `html` or `json`.

mod sample;

use dateline_brief::faces;

fn main() {
    let sample::Sample { brief, passages } = sample::sample();
    let face = std::env::args().nth(1).unwrap_or_default();
    match face.as_str() {
        "markdown" => print!("{}", faces::markdown(&brief, &passages)),
        "text" => print!("{}", faces::text(&brief, &passages)),
        "html" => print!("{}", faces::html(&brief, &passages)),
        "json" => print!("{}", faces::json(&brief)),
        other => {
            eprintln!("`{other}` is no face of a brief: give `markdown`, `text`, `html` or `json`");
            std::process::exit(2);
        }
    }
}
