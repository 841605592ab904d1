//! `dateline check`: briefs against the rules.

use std::path::Path;

use dateline_brief::check::{self, Level, Outcome as Rule};
use dateline_brief::faces::clean;
use dateline_desk::Desk;
use dateline_model::{Brief, StoryId};
use dateline_reader::Reader;
use dateline_store::HeadFilter;
use serde_json::{Value, json};

use super::brief::name_others;
use super::{composed, desk};
use crate::cli::{CheckArgs, Global};
use crate::outcome::{Ended, Failure, Outcome};
use crate::print::{Page, hint, ids, rules};

/// The longest brief that is read from a file, in bytes; one of ten thousand articles has a few million.
const LONGEST: u64 = 256 << 20;

pub fn run(arguments: &CheckArgs, global: &Global) -> Ended {
    let mut desk = desk(global)?;
    if arguments.all {
        return check_all(&desk, global);
    }
    let given = arguments.what.join(" ");
    let outcomes;
    let story;
    if is_file(&given) {
        let brief = read_brief(Path::new(&given))?;
        story = brief.story;
        let dossier = desk.dossier(story)?;
        outcomes = check::check(&brief, &dossier, desk.registry());
    } else {
        let found = desk.find_story(&given)?;
        name_others(&desk, &found, global)?;
        story = found.story;
        outcomes = check_story(&desk, desk.reader(), story)?;
    }
    let passes = check::passes(&outcomes);
    let mut page = Page::open(global);
    if global.json {
        page.json(&json!({"story": story, "passes": passes, "rules": outcomes}))?;
    } else {
        rules::rules(&mut page, &outcomes)?;
        let (blocked, warned) = (broken(&outcomes, Level::Blocks), broken(&outcomes, Level::Warns));
        page.line(rules::verdict(1, outcomes.len(), blocked, warned))?;
    }
    page.end()?;
    Ok(if passes { Outcome::Done } else { Outcome::RuleBroken })
}

/// True for what names a file, whether or not it is there: `brief.json` is no story.
fn is_file(given: &str) -> bool {
    given.ends_with(".json") || Path::new(given).is_file()
}

fn read_brief(path: &Path) -> Result<Brief, Failure> {
    let said = |what: String| Failure::Said(format!("{}: {what}", path.display()));
    let size =
        std::fs::metadata(path).map_err(|error| said(format!("{error}; name a story or a brief")))?.len();
    if size > LONGEST {
        return Err(said(format!("this has {size} bytes, which no brief has")));
    }
    let bytes = std::fs::read(path).map_err(|error| said(error.to_string()))?;
    serde_json::from_slice(&bytes).map_err(|error| {
        said(format!("this is no brief: {error}; `dateline brief STORY --format json` writes one"))
    })
}

fn check_story(desk: &Desk, reader: &Reader, story: StoryId) -> Result<Vec<Rule>, Failure> {
    let (composed, dossier) = composed(desk, reader, story)?;
    Ok(check::check(&composed.brief, &dossier, desk.registry()))
}

fn broken(outcomes: &[Rule], level: Level) -> u64 {
    let of_level = outcomes.iter().filter(|outcome| outcome.level == level);
    of_level.map(|outcome| outcome.findings.len() as u64).sum()
}

/// Checks the briefs of all stories, and adds up rule by rule.
fn check_all(desk: &Desk, global: &Global) -> Ended {
    let reader = desk.reader();
    let heads = desk.stories(&HeadFilter::default())?;
    // For each rule: what was checked and where it is broken, over all briefs.
    let mut sums: Vec<(Rule, u64)> = Vec::new();
    let mut briefs: Vec<Value> = Vec::new();
    let mut page = Page::open(global);
    for head in &heads {
        let outcomes = check_story(desk, reader, head.story)?;
        if global.json {
            let passes = check::passes(&outcomes);
            briefs
                .push(json!({"story": head.story, "title": head.title, "passes": passes, "rules": outcomes}));
        } else if outcomes.iter().any(|outcome| !outcome.findings.is_empty()) {
            page.line(format!("{}  {}", ids::story(desk.store(), head.story)?, clean(&head.title)))?;
            for outcome in outcomes.iter().filter(|outcome| !outcome.findings.is_empty()) {
                rules::rule(&mut page, outcome, outcome.checked as u64, outcome.findings.len() as u64)?;
                for finding in &outcome.findings {
                    rules::findings(&mut page, finding)?;
                }
            }
            page.line("")?;
        }
        for outcome in outcomes {
            match sums.iter_mut().find(|(sum, _)| sum.rule == outcome.rule) {
                Some((sum, checked)) => {
                    sum.findings.extend(outcome.findings);
                    *checked += outcome.checked as u64;
                }
                None => {
                    let checked = outcome.checked as u64;
                    sums.push((outcome, checked));
                }
            }
        }
    }
    let sums_of = |level: Level| -> u64 {
        sums.iter().filter(|(sum, _)| sum.level == level).map(|(sum, _)| sum.findings.len() as u64).sum()
    };
    let (blocked, warned) = (sums_of(Level::Blocks), sums_of(Level::Warns));
    if global.json {
        page.json(&json!({"passes": blocked == 0, "briefs": briefs}))?;
    } else {
        for (sum, checked) in &sums {
            rules::rule(&mut page, sum, *checked, sum.findings.len() as u64)?;
        }
        page.line(rules::verdict(heads.len() as u64, sums.len(), blocked, warned))?;
    }
    page.end()?;
    if heads.is_empty() {
        hint(global, "there are no stories; add something first: dateline add …");
    }
    Ok(if blocked == 0 { Outcome::Done } else { Outcome::RuleBroken })
}
