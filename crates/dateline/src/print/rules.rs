//! What checking came to, rule by rule.

use std::io;

use dateline_brief::check::{Level, Outcome};
use dateline_brief::faces::clean;

use super::{Page, count};

/// Columns of a rule's id, its verdict and its level, with the blanks between them.
const LEAD: usize = 18;

/// Prints what checking one brief came to.
pub fn rules(page: &mut Page, outcomes: &[Outcome]) -> io::Result<()> {
    for outcome in outcomes {
        let broken = outcome.findings.len() as u64;
        rule(page, outcome, outcome.checked as u64, broken)?;
        for finding in &outcome.findings {
            findings(page, finding)?;
        }
    }
    Ok(())
}

/// Prints one line for a rule.
pub fn rule(page: &mut Page, outcome: &Outcome, checked: u64, broken: u64) -> io::Result<()> {
    let verdict = match (broken, checked) {
        (0, 0) => "–",
        (0, _) => "ok",
        _ => "broken",
    };
    let level = match outcome.level {
        Level::Blocks => "blocks",
        Level::Warns => "warns",
    };
    let lead = format!("{:3} {verdict:6} {level:6} ", outcome.rule);
    let amount = match broken {
        0 => format!("{checked} checked"),
        _ => format!("{checked} checked, {broken} broken"),
    };
    let text = format!("{} ({amount})", outcome.title);
    page.wrapped(&text, &lead, &" ".repeat(LEAD))
}

/// Prints where a rule is broken.
pub fn findings(page: &mut Page, finding: &dateline_brief::check::Finding) -> io::Result<()> {
    let indent = " ".repeat(LEAD);
    if let Some(sentence) = &finding.sentence {
        page.wrapped(&format!("“{}”", clean(sentence)), &indent, &indent)?;
    }
    page.wrapped(&clean(&finding.what), &format!("{indent}→ "), &format!("{indent}  "))
}

/// The sentence all checks end with.
pub fn verdict(briefs: u64, rules: usize, blocked: u64, warned: u64) -> String {
    if rules == 0 {
        return "no rule was checked".into();
    }
    let about =
        format!("{} checked by {}", count(briefs, "brief", "briefs"), count(rules as u64, "rule", "rules"));
    let broken = match (blocked, warned) {
        (0, 0) => "none broken".to_owned(),
        (0, warned) => format!("none that blocks broken, {}", count(warned, "warning", "warnings")),
        (blocked, _) => format!("{} of rules that block", count(blocked, "break", "breaks")),
    };
    format!("{about}: {broken}")
}
