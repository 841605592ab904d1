//! The program, run as its users run it, each time in a folder of its own.

// Each file of tests uses its own part of this.
#![allow(dead_code)]

use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::Value;

/// A folder for one test: the dateline folder `desk` and whatever the test writes beside it.
pub struct Bench {
    dir: tempfile::TempDir,
    models: Option<&'static str>,
}

/// What a run of the program came to.
#[derive(Debug)]
pub struct Ran {
    /// Exit code; `None` where it was killed.
    pub code: Option<i32>,
    /// Standard output.
    pub out: String,
    /// Standard error.
    pub err: String,
}

impl Bench {
    pub fn new() -> Self {
        Self { dir: tempfile::tempdir().unwrap(), models: None }
    }

    /// Without the sentence vectors: each language by itself.
    #[allow(dead_code, reason = "each test program uses what it needs")]
    pub fn by_words() -> Self {
        Self { models: Some("nowhere"), ..Self::new() }
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    /// Writes a file and gives its path.
    pub fn file(&self, name: &str, bytes: impl AsRef<[u8]>) -> String {
        let path = self.path(name);
        std::fs::write(&path, bytes).unwrap();
        path.display().to_string()
    }

    /// The program, about to run on the folder `desk`.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_dateline"));
        command
            .args(arguments)
            .current_dir(self.dir.path())
            .env("DATELINE_DIR", self.path("desk"))
            .env("TMPDIR", self.dir.path())
            .env_remove("DATELINE_NOW")
            .stdin(Stdio::null());
        if let Some(models) = self.models {
            command.env("DATELINE_MODELS", models);
        }
        command
    }

    pub fn run(&self, arguments: &[&str]) -> Ran {
        ran(self.command(arguments).output().unwrap())
    }

    /// Runs the program, which must succeed, and reads the JSON it prints.
    pub fn json(&self, arguments: &[&str]) -> Value {
        let ran = self.run(arguments);
        assert_eq!(ran.code, Some(0), "{arguments:?}: {}", ran.err);
        ran.json()
    }

    /// The exported stories, in an order of their own.
    pub fn stories(&self, folder: &str) -> Vec<String> {
        let ran = self.run(&["export", "--what", "stories", "--dir", folder]);
        assert_eq!(ran.code, Some(0), "{}", ran.err);
        let mut lines: Vec<String> = ran.out.lines().map(str::to_owned).collect();
        lines.sort();
        lines
    }
}

impl Ran {
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error}: {}", self.out))
    }
}

pub fn ran(output: Output) -> Ran {
    let text = |bytes| String::from_utf8(bytes).expect("the program prints UTF-8");
    Ran { code: output.status.code(), out: text(output.stdout), err: text(output.stderr) }
}

/// The path of a part of the demo wire.
pub fn demo(part: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../demo").join(part);
    path.canonicalize().unwrap().display().to_string()
}

/// So many invented articles as lines of a file, on events of four articles each.
pub fn invented(articles: usize) -> String {
    const PLACES: [&str; 8] = ["Agadez", "Gaya", "Zinder", "Maradi", "Tahoua", "Diffa", "Dosso", "Ayorou"];
    const THINGS: [&str; 8] = ["bridge", "school", "ferry", "market", "well", "railway", "hospital", "dam"];
    const DEEDS: [&str; 8] = ["reopens", "closes", "floods", "burns", "moves", "expands", "strikes", "votes"];
    let mut lines = String::new();
    for number in 0..articles {
        let event = number / 4;
        let (place, thing) = (PLACES[event % 8], THINGS[event / 8 % 8]);
        let deed = DEEDS[event / 64 % 8];
        // Words of the event's own, so close to one another that no five words in a row are shared by two
        // events: else they would be copies.
        let own = |at: usize| syllables(event * 8 + at);
        let name = |at: usize| capital(&own(at));
        let text = format!(
            "The {thing} of {0} in {place} {deed}, {1} said. {0} and {2} agreed on {3} with {1}, {4} in {place} and \
             {5} of {6}. Report {number}, by {2} of {7}: {5} was at the {thing} of {0}, {3} and {4}. {6} said {7}.",
            name(0),
            name(1),
            name(2),
            own(3),
            name(4),
            own(5),
            name(6),
            own(7),
        );
        let line = serde_json::json!({
            "id": format!("row-{number}"),
            "url": format!("https://paper-{}.example/{event}/{number}", number % 9),
            "title": format!("{} {thing} in {place} {deed}, says {}", name(0), name(1)),
            "text": text,
            "published": format!("2024-05-{:02}T{:02}:{:02}:00Z", 1 + number / 1440 % 28, number / 60 % 24, number % 60),
        });
        lines.push_str(&line.to_string());
        lines.push('\n');
    }
    lines
}

/// A word that no two numbers share, for all this program knows.
fn syllables(number: usize) -> String {
    const SYLLABLES: [&str; 16] =
        ["ba", "ko", "ri", "ma", "tu", "se", "lo", "na", "gi", "dou", "fa", "wi", "zen", "ham", "ou", "tar"];
    // Fibonacci hashing: neighbours get words that have nothing in common.
    let mixed = (number as u64 + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    (0..5).map(|at| SYLLABLES[(mixed >> (60 - 4 * at)) as usize & 15]).collect()
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
