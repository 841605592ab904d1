//! Adds inputs to a folder and says how long each room took: `cargo run --release --example add -- DIR INPUT…`.

use dateline_desk::{AddOptions, add};
use dateline_store::Folder;

fn main() {
    let mut arguments = std::env::args().skip(1);
    let folder = Folder::at(arguments.next().unwrap_or_else(|| "dateline.d".into()));
    let inputs: Vec<String> = arguments.collect();
    match add(&folder, &inputs, &AddOptions::default()) {
        Ok(report) => {
            for problem in &report.problems {
                eprintln!("{problem}");
            }
            println!("{:?}", dateline_desk::AddReport { problems: Vec::new(), ..report });
        }
        Err(error) => eprintln!("{error}"),
    }
}
