//! All stages in one document: `docs/benchmarks.md`.
//!
//! The document carries no date, so that two runs of one build differ in their timings only.

use std::fmt::Write as _;
use std::path::Path;

use crate::data::DataError;
use crate::report::Report;
use crate::stages;

/// What stands above the stages.
const HEADER: &str = "\
# Benchmarks

What each stage of dateline scores on public data, beside the best figure of somebody else that could be \
measured or found for the same data, and beside what we hold ourselves to (✓ held, ✗ not held). One \
configuration is used for all sets: the one that ships. Figures that are worse than a peer's or than their \
target stand here like the others.

This file is written by one command and is not edited by hand:

```
dateline eval --data DATA --document docs/benchmarks.md
```

`DATA` is the folder of the data sets, which are no part of the project: most hold news texts whose owners \
have not licensed them. Only the demo wire, which is invented, lies beside the sources, in `demo/`. A set that is not there is listed as missing. A single stage is run, and what it \
predicts is written as JSON lines for any other scorer, by

```
dateline eval STAGE --data DATA --predictions OUT.jsonl
dateline eval stories FILE…      # own JSON lines with a gold `cluster`
dateline eval neardup FILE…      # own JSON lines with a gold `dup`
```

**How to read the figures.** Shares lie between 0 and 1. *B³* averages, over articles, how much of an article's \
story is right (precision) and how much of its event is in its story (recall); *AMI* and *ARI* compare two \
groupings and are 0 for chance. ROUGE is the share of a human summary's word pairs that the text has. Speeds are \
those of one machine on one day, which may have had other work to do; compare their ratios to the yardstick in \
`speed`, never the rates themselves.
";

/// Runs all stages on the data sets under `data` and gives their reports in the order of
/// [`stages::ALL`].
///
/// `speed` runs first: memory that other stages have taken is not always given back, and would count as its own.
///
/// # Errors
///
/// The first stage's error that is no missing data.
pub fn run_all(data: &Path) -> Result<Vec<Report>, DataError> {
    let mut order: Vec<usize> = (0..stages::ALL.len()).collect();
    order.sort_by_key(|at| stages::ALL[*at].name != "speed");
    let mut reports = Vec::with_capacity(order.len());
    for at in order {
        reports.push((at, (stages::ALL[at].run)(data)?));
    }
    reports.sort_by_key(|(at, _)| *at);
    Ok(reports.into_iter().map(|(_, report)| report).collect())
}

/// Renders reports as one Markdown document, with a list of its stages on top.
pub fn document(reports: &[Report]) -> String {
    let mut out = HEADER.to_owned();
    out.push_str("\n| stage | what it measures | targets held |\n|---|---|--:|\n");
    for report in reports {
        let bounds: Vec<bool> = report.measures.iter().filter_map(crate::Measure::met).collect();
        let held = bounds.iter().filter(|held| **held).count();
        let held = if bounds.is_empty() { String::new() } else { format!("{held} of {}", bounds.len()) };
        let about = stages::by_name(&report.stage).map_or(report.about.as_str(), |stage| stage.about);
        // Writing to a string cannot fail.
        let _ = writeln!(out, "| [{0}](#{0}) | {about} | {held} |", report.stage);
    }
    for report in reports {
        let _ = write!(out, "\n{}", report.markdown());
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Measure, Unit};

    #[test]
    fn the_document_lists_its_stages_and_what_they_hold() {
        let mut report = Report::new("opml", "Lists.");
        report.push(Measure::new("read", 3.0, Unit::Count).at_least(3.0));
        report.push(Measure::new("lost", 1.0, Unit::Count).at_most(0.0));
        let text = document(&[report]);
        assert!(text.starts_with("# Benchmarks\n"), "{text}");
        assert!(
            text.contains("| [opml](#opml) | lists of feeds, read whole and written back | 1 of 2 |"),
            "{text}"
        );
        assert!(text.contains("\n## opml\n"), "{text}");
    }

    #[test]
    fn every_stage_has_a_name_of_its_own_and_says_so() {
        for stage in stages::ALL.iter().chain(stages::APART) {
            let same =
                stages::ALL.iter().chain(stages::APART).filter(|other| other.name == stage.name).count();
            assert_eq!(same, 1, "{}", stage.name);
        }
    }
}
