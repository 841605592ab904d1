//! What adding came to.

use std::io::{self, Write};

use dateline_desk::AddReport;
use serde_json::{Value, json};

use super::{Page, count, thousands};

/// Problems shown to people; --json has all that were kept.
const SHOWN: usize = 20;

/// The report for people: what is new, and how long it took.
pub fn added(page: &mut Page, report: &AddReport, folder: &str) -> io::Result<()> {
    let mut parts = vec![format!("{} new", count(report.arrived, "article", "articles"))];
    for (number, word) in
        [(report.edited, "edited"), (report.fuller, "fuller"), (report.unchanged, "unchanged")]
    {
        parts.push(format!("{} {word}", thousands(number)));
    }
    page.line(parts.join(" · "))?;
    page.line(format!("{} new", count(report.stories, "story", "stories")))?;
    if report.tied > 0 {
        page.line(format!("{} across languages", count(report.tied, "story made one", "stories made one")))?;
    }
    if report.subscribed > 0 {
        page.line(format!("{} subscribed to", count(report.subscribed, "feed", "feeds")))?;
    }
    if report.problem_count > 0 {
        page.line(format!("{} not read", count(report.problem_count, "input or line", "inputs or lines")))?;
    }
    let seconds = report.elapsed.as_secs_f64();
    let came_in = report.arrived + report.edited + report.fuller + report.unchanged;
    let rate = (came_in as f64 / seconds.max(0.001)) as u64;
    let facts = format!("{seconds:.1} s · {} articles a second · {folder}", thousands(rate));
    page.line(page.dim(&facts))
}

/// How many articles were read deeply afterwards, where that was asked for.
pub fn read(page: &mut Page, read: Option<u64>) -> io::Result<()> {
    match read {
        Some(read) => page.line(format!("{} read for who says what", count(read, "article", "articles"))),
        None => Ok(()),
    }
}

/// The problems, on standard error: the first of them.
pub fn problems(report: &AddReport) {
    let mut stderr = io::stderr().lock();
    // The exit code tells of problems even where standard error is closed.
    for problem in report.problems.iter().take(SHOWN) {
        let _ = writeln!(stderr, "{}", dateline_brief::faces::clean(&problem.to_string()));
    }
    let shown = report.problems.len().min(SHOWN) as u64;
    if report.problem_count > shown {
        let more = thousands(report.problem_count - shown);
        let _ = writeln!(stderr, "and {more} more; --json names the first thousand");
    }
    if let Some(why) = &report.monolingual {
        let _ = writeln!(stderr, "stories in different languages are not compared: {why}");
    }
    if let Some(why) = &report.index_behind {
        let _ = writeln!(
            stderr,
            "the search index is behind ({why}); it catches up with the next command, or with `dateline reindex`"
        );
    }
}

/// The report for programs.
pub fn added_json(report: &AddReport, read: Option<u64>) -> Value {
    let problems: Vec<Value> = report
        .problems
        .iter()
        .map(|problem| {
            json!({
                "input": problem.source.input, "position": problem.source.position,
                "what": problem.what, "way_out": problem.way_out,
            })
        })
        .collect();
    let rooms = report.rooms;
    json!({
        "articles": {
            "new": report.arrived, "edited": report.edited, "fuller": report.fuller,
            "unchanged": report.unchanged,
        },
        "stories": {"new": report.stories, "tied": report.tied},
        "monolingual": report.monolingual,
        "subscribed": report.subscribed,
        "deeply_read": read,
        "problem_count": report.problem_count,
        "problems": problems,
        "index_behind": report.index_behind,
        "seconds": {
            "elapsed": report.elapsed.as_secs_f64(), "parse": rooms.parse.as_secs_f64(),
            "read": rooms.read.as_secs_f64(), "place": rooms.place.as_secs_f64(),
            "store": rooms.store.as_secs_f64(), "index": rooms.index.as_secs_f64(),
        },
    })
}
