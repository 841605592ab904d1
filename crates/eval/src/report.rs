//! What a stage measured, beside what it has to beat.

use std::fmt::Write as _;
use std::path::PathBuf;

use serde::{Deserialize, Serialize};

/// How a figure is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// A share from 0 to 1, written `.937`.
    Share,
    /// A number of things.
    Count,
    /// Things per second of wall clock or CPU, as the measure's name says.
    Rate,
    /// A number with its unit in the measure's name.
    Plain,
}

/// One figure.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Measure {
    /// What was measured, on what: `allsides2021 · B³ F1`.
    pub name: String,
    /// Our figure.
    pub value: f64,
    /// How to write it.
    pub unit: Unit,
    /// The best figure of somebody else on the same data, and whose it is.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub peer: Option<(f64, String)>,
    /// What we hold ourselves to: at least this (`AtLeast`) or at most this.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub target: Option<Target>,
}

/// A bound on a figure.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Target {
    /// The figure should be this or more.
    AtLeast(f64),
    /// The figure should be this or less.
    AtMost(f64),
}

impl Measure {
    /// A figure on its own.
    pub fn new(name: impl Into<String>, value: f64, unit: Unit) -> Self {
        Self { name: name.into(), value, unit, peer: None, target: None }
    }

    /// With the best figure of somebody else.
    pub fn peer(mut self, value: f64, whose: &str) -> Self {
        self.peer = Some((value, whose.to_owned()));
        self
    }

    /// With a lower bound.
    pub fn at_least(mut self, bound: f64) -> Self {
        self.target = Some(Target::AtLeast(bound));
        self
    }

    /// With an upper bound.
    pub fn at_most(mut self, bound: f64) -> Self {
        self.target = Some(Target::AtMost(bound));
        self
    }

    /// Whether the bound holds; `None` where there is none.
    pub fn met(&self) -> Option<bool> {
        self.target.map(|target| match target {
            Target::AtLeast(bound) => self.value >= bound,
            Target::AtMost(bound) => self.value <= bound,
        })
    }

    fn write(&self, value: f64) -> String {
        match self.unit {
            Unit::Share => format!("{value:.3}").trim_start_matches('0').to_owned(),
            Unit::Count => format!("{value:.0}"),
            Unit::Rate => thousands(value),
            Unit::Plain => format!("{value:.1}"),
        }
    }
}

fn thousands(value: f64) -> String {
    let digits = format!("{value:.0}");
    let mut out = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// What one stage measured.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Report {
    /// Name of the stage, as `dateline eval STAGE` takes it.
    pub stage: String,
    /// What the stage measures, in a sentence.
    pub about: String,
    /// The figures.
    pub measures: Vec<Measure>,
    /// What a reader of the figures has to know.
    pub notes: Vec<String>,
    /// Data that should be there and is not.
    pub missing: Vec<PathBuf>,
}

impl Report {
    /// An empty report.
    pub fn new(stage: &str, about: &str) -> Self {
        Self { stage: stage.to_owned(), about: about.to_owned(), ..Self::default() }
    }

    /// Adds a figure.
    pub fn push(&mut self, measure: Measure) {
        self.measures.push(measure);
    }

    /// The report as a Markdown section.
    pub fn markdown(&self) -> String {
        let mut out = format!("## {}\n\n{}\n\n", self.stage, self.about);
        if !self.measures.is_empty() {
            out.push_str("| measure | dateline | best of others | target | |\n|---|--:|---|--:|---|\n");
        }
        for measure in &self.measures {
            let peer =
                measure.peer.as_ref().map(|(value, whose)| format!("{} ({whose})", measure.write(*value)));
            let target = measure.target.map(|target| match target {
                Target::AtLeast(bound) => format!("≥ {}", measure.write(bound)),
                Target::AtMost(bound) => format!("≤ {}", measure.write(bound)),
            });
            let met = measure.met().map_or("", |met| if met { "✓" } else { "✗" });
            // Writing to a string cannot fail.
            let _ = writeln!(
                out,
                "| {} | {} | {} | {} | {met} |",
                measure.name,
                measure.write(measure.value),
                peer.unwrap_or_default(),
                target.unwrap_or_default(),
            );
        }
        for path in &self.missing {
            let _ = writeln!(out, "\n**Missing:** `{}`", path.display());
        }
        for note in &self.notes {
            let _ = writeln!(out, "\n{note}");
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_report_shows_ours_theirs_and_the_bound() {
        let mut report = Report::new("stories", "Stories from a stream.");
        report.push(Measure::new("B³ F1", 0.8612, Unit::Share).peer(0.84, "Priberam 2018").at_least(0.87));
        report.push(Measure::new("articles per CPU-second", 4321.0, Unit::Rate));
        let text = report.markdown();
        assert!(text.contains("| B³ F1 | .861 | .840 (Priberam 2018) | ≥ .870 | ✗ |"), "{text}");
        assert!(text.contains("| 4,321 |"), "{text}");
    }
}
