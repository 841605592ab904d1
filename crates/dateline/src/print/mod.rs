//! What people and programs see: one file for each thing that is printed.
//!
//! A [`Page`] is standard output. On a terminal it knows its width and may use bold and dim type; into a
//! file or a pipe it prints the same words without either. All foreign text goes through
//! [`clean`](dateline_brief::faces::clean), so that no headline can steer a terminal.

pub mod added;
pub mod article;
pub mod corrections;
pub mod excerpt;
pub mod hits;
pub mod ids;
pub mod progress;
pub mod rules;
pub mod said;
pub mod stories;
pub mod story;

use std::io::{self, BufWriter, IsTerminal, Stdout, Write};

use dateline_model::{Precision, When};
use serde::Serialize;
use textwrap::core::display_width;

use crate::cli::{Colour, Global};

/// Columns of a page that is not shown on a terminal.
const WIDTH: usize = 100;
/// Columns beyond which lines of running text are hard to read, however wide the terminal is.
const WIDEST: usize = 120;
/// Columns under which nothing is laid out any narrower.
const NARROWEST: usize = 40;

/// Standard output.
pub struct Page {
    out: BufWriter<Stdout>,
    width: usize,
    styled: bool,
    terminal: bool,
}

impl Page {
    /// Standard output, as the user wants it.
    pub fn open(global: &Global) -> Self {
        let terminal = io::stdout().is_terminal();
        let plain = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty())
            || std::env::var_os("TERM").is_some_and(|term| term == "dumb");
        let styled = match global.color {
            Colour::Always => true,
            Colour::Never => false,
            Colour::Auto => terminal && !plain,
        };
        let columns = terminal_size::terminal_size().map(|(width, _)| usize::from(width.0));
        let width = columns.filter(|_| terminal).unwrap_or(WIDTH).clamp(NARROWEST, WIDEST);
        Self { out: BufWriter::new(io::stdout()), width, styled, terminal }
    }

    /// Columns to lay out for.
    pub fn width(&self) -> usize {
        self.width
    }

    /// Prints text as it stands.
    pub fn put(&mut self, text: &str) -> io::Result<()> {
        self.out.write_all(text.as_bytes())
    }

    /// Prints a line.
    pub fn line(&mut self, line: impl AsRef<str>) -> io::Result<()> {
        self.put(line.as_ref())?;
        self.put("\n")
    }

    /// Prints text in lines of the page's width, the first after `first`, the others after `rest`.
    pub fn wrapped(&mut self, text: &str, first: &str, rest: &str) -> io::Result<()> {
        let options = textwrap::Options::new(self.width)
            .initial_indent(first)
            .subsequent_indent(rest)
            .break_words(false)
            .word_splitter(textwrap::WordSplitter::NoHyphenation);
        self.line(textwrap::fill(text, options))
    }

    /// Prints a JSON document.
    pub fn json(&mut self, value: &impl Serialize) -> io::Result<()> {
        serde_json::to_writer_pretty(&mut self.out, value)?;
        self.put("\n")
    }

    /// Prints one line of JSONL.
    pub fn json_line(&mut self, value: &impl Serialize) -> io::Result<()> {
        serde_json::to_writer(&mut self.out, value)?;
        self.put("\n")
    }

    /// Text in bold type, where the page has it.
    pub fn bold(&self, text: &str) -> String {
        if self.styled { format!("\u{1b}[1m{text}\u{1b}[0m") } else { text.to_owned() }
    }

    /// Text in dim type, where the page has it.
    pub fn dim(&self, text: &str) -> String {
        if self.styled { format!("\u{1b}[2m{text}\u{1b}[0m") } else { text.to_owned() }
    }

    /// Text cut to the columns left beside `used`, where the page is on a terminal: whoever reads a file or
    /// a pipe gets all of it.
    pub fn fit(&self, text: &str, used: usize) -> String {
        if self.terminal { cut(text, self.width.saturating_sub(used).max(10)) } else { text.to_owned() }
    }

    /// Hands over what was printed.
    pub fn end(mut self) -> io::Result<()> {
        self.out.flush()
    }
}

/// Text of at most so many columns; `…` stands for what was cut.
fn cut(text: &str, columns: usize) -> String {
    if display_width(text) <= columns {
        return text.to_owned();
    }
    let mut kept = String::new();
    let mut width = 0;
    for letter in text.chars() {
        width += display_width(letter.encode_utf8(&mut [0; 4]));
        if width >= columns {
            break;
        }
        kept.push(letter);
    }
    format!("{}…", kept.trim_end())
}

/// Prints a hint on standard error, where the user has nothing against hints.
pub fn hint(global: &Global, text: &str) {
    if !global.quiet && !global.json {
        // A hint that cannot be printed is none that is missed.
        let _ = writeln!(io::stderr(), "{text}");
    }
}

/// A number with its noun: `1 outlet`, `1,204 articles`.
pub fn count(number: u64, one: &str, many: &str) -> String {
    format!("{} {}", thousands(number), if number == 1 { one } else { many })
}

/// A number with its thousands apart: `1,204`.
pub fn thousands(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// Bytes for people: `12.3 MB`.
pub fn bytes(bytes: u64) -> String {
    const UNITS: [&str; 5] = ["bytes", "kB", "MB", "GB", "TB"];
    let mut value = bytes as f64;
    let mut unit = 0;
    while value >= 999.95 && unit + 1 < UNITS.len() {
        value /= 1000.0;
        unit += 1;
    }
    if unit == 0 { format!("{bytes} bytes") } else { format!("{value:.1} {}", UNITS[unit]) }
}

/// A time in UTC in sixteen columns: `2024-05-02 21:01`, or the day alone; blanks where there is none.
pub fn time(when: Option<When>) -> String {
    let Some(when) = when else { return format!("{:16}", "undated") };
    if when.precision == Precision::Day {
        return format!("{:16}", when.day());
    }
    let text = When { offset: Some(0), precision: Precision::Second, ..when }.to_string();
    text.get(..16).unwrap_or(&text).replace('T', " ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_times_are_easy_to_read() {
        assert_eq!(count(1, "outlet", "outlets"), "1 outlet");
        assert_eq!(count(1_204_000, "article", "articles"), "1,204,000 articles");
        assert_eq!(bytes(999), "999 bytes");
        assert_eq!(bytes(999_960), "1.0 MB");
        let when = |text: &str| time(text.parse().ok());
        assert_eq!(when("2024-05-02T23:01:00+02:00"), "2024-05-02 21:01");
        assert_eq!(when("2024-05-02"), "2024-05-02      ");
        assert_eq!(when("never"), "undated         ");
    }

    #[test]
    fn cut_text_keeps_its_columns() {
        assert_eq!(cut("Two bases", 9), "Two bases");
        assert_eq!(cut("Two bases share", 10), "Two bases…");
        assert!(display_width(&cut("尼亚美空军基地与俄军共用", 9)) <= 9);
    }
}
