//! `dateline demo`: the whole way on invented news, in a folder of its own.

use std::io;
use std::path::Path;

use dateline_desk::{AddOptions, Desk};
use dateline_store::{Folder, HeadFilter, Store};
use include_dir::{Dir, include_dir};
use serde_json::{Value, json};

use super::add::with_progress;
use super::brief::print;
use super::{composed, write_file};
use crate::cli::{Face, Global};
use crate::outcome::{Ended, Failure, Outcome};
use crate::print::{Page, added, ids, stories};

static FEEDS: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../../demo/feeds");
static PAGES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../../demo/pages");
static LATER: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../../demo/later/pages");

/// Words that lead to the story whose brief is shown.
const STORY: &str = "Airbase 101 hangar Niamey";
/// Articles of a story that the demo's desk lists; smaller ones are counted.
const LISTED: u32 = 3;
/// The dateline folder in the folder of the demo.
const DESK: &str = "desk";
/// What must stand near every word of the demo.
const INVENTED: &str =
    "Everything in this demo is invented: outlets, people, events, and every word they say.";

pub fn run(global: &Global) -> Ended {
    let home = tempfile::Builder::new()
        .prefix("dateline-demo-")
        .tempdir()
        .map_err(|error| {
            Failure::Said(format!(
                "cannot make a folder for the demo: {error}; name another place with TMPDIR"
            ))
        })?
        .keep();
    let wire = [("feeds", &FEEDS), ("pages", &PAGES), ("later", &LATER)];
    for (name, files) in wire {
        let to = home.join("wire").join(name);
        let named = |source| Failure::File { path: to.display().to_string(), source };
        std::fs::create_dir_all(&to).and_then(|()| files.extract(&to)).map_err(named)?;
    }
    let input = |name: &str| home.join("wire").join(name).display().to_string();
    let folder = Folder::at(home.join(DESK));
    let options = AddOptions::default();
    let first = with_progress(&folder, &[input("feeds"), input("pages")], &options, global)?;
    // A later look at the same pages: some have changed.
    let later = with_progress(&folder, &[input("later")], &AddOptions::default(), global)?;

    let mut desk = Desk::open(folder)?;
    let heads = desk.stories(&HeadFilter::default())?;
    let story = desk.find_story(STORY)?.story;
    let reader = desk.reader();
    let (composed, _) = composed(&desk, reader, story)?;
    let html = home.join("airbase-101.html");
    let written = print(&composed, Face::Html);
    write_file(&html, |file| {
        let named = |source| Failure::File { path: html.display().to_string(), source };
        file.write_all(written.as_bytes()).map_err(named)
    })?;

    let mut page = Page::open(global);
    let dir = desk.folder().path();
    if global.json {
        let brief: Value = serde_json::to_value(&composed.brief).map_err(io::Error::from)?;
        page.json(&json!({
            "note": INVENTED, "folder": dir, "wire": home.join("wire"), "html": html,
            "added": [added::added_json(&first, None), added::added_json(&later, None)],
            "stories": heads, "brief": brief,
        }))?;
        page.end()?;
        return Ok(Outcome::Done);
    }
    page.wrapped(&page.bold(INVENTED), "", "")?;
    page.line("")?;
    let totals = desk.store().totals()?;
    page.wrapped(
        &format!(
            "Read {} articles of {} invented outlets in {} versions into {} stories, in {:.1} s.",
            totals.articles,
            outlets(&desk)?,
            totals.versions,
            totals.stories,
            (first.elapsed + later.elapsed).as_secs_f64(),
        ),
        "",
        "",
    )?;
    page.line("")?;
    page.line(page.bold("The desk"))?;
    page.line("")?;
    let large: Vec<_> = heads.iter().filter(|head| head.counts.articles >= LISTED).cloned().collect();
    let short: Result<Vec<String>, Failure> =
        large.iter().map(|head| Ok(ids::story(desk.store(), head.story)?)).collect();
    let shown: Vec<_> = large.iter().map(|head| head.story).collect();
    stories::stories(&mut page, &large, &short?, &desk.store().storylines(&shown)?)?;
    let rest = heads.len() - large.len();
    page.line(format!("… and {rest} of one or two articles"))?;
    page.line("")?;
    page.line(page.bold("The Airbase 101 brief"))?;
    page.line("")?;
    page.put(&print(&composed, Face::Txt))?;
    page.line("")?;
    next(&mut page, &home, &html, &ids::story(desk.store(), story)?)?;
    page.end()?;
    Ok(Outcome::Done)
}

/// Outlets of all articles.
fn outlets(desk: &Desk) -> Result<usize, Failure> {
    let heads = desk.stories(&HeadFilter::default())?;
    let ids: Vec<_> = heads.iter().map(|head| head.story).collect();
    let members = desk.store().members(&ids)?;
    let outlets: std::collections::BTreeSet<_> =
        members.values().flatten().filter_map(|member| member.outlet.as_deref()).collect();
    Ok(outlets.len())
}

/// What to look at next, as commands to copy.
fn next(page: &mut Page, home: &Path, html: &Path, story: &str) -> io::Result<()> {
    let dir = quoted(&home.join(DESK));
    let program = program();
    page.line(page.bold("Next"))?;
    page.line("")?;
    for (what, command) in [
        ("the brief as a page", format!("xdg-open {}", quoted(html))),
        ("why each article is in it", format!("{program} show {story} --dir {dir}")),
        ("all stories", format!("{program} stories --limit 0 --dir {dir}")),
        ("its rules", format!("{program} check {story} --dir {dir}")),
        ("search", format!("{program} search 'hangar lang:fr' --dir {dir}")),
        ("your own news", format!("{program} add feeds.opml articles.jsonl")),
    ] {
        page.line(format!("  # {what}"))?;
        page.line(format!("  {command}"))?;
    }
    page.line("")?;
    page.wrapped(&format!("{INVENTED} Throw it away with: rm -r {}", quoted(home)), "", "")
}

/// How a shell calls this program: by its name where that finds it, else by its path, as after `scripts/demo`.
fn program() -> String {
    let Ok(running) = std::env::current_exe() else { return "dateline".into() };
    let found = std::env::var_os("PATH").is_some_and(|path| {
        let mut programs = std::env::split_paths(&path).map(|folder| folder.join("dateline"));
        programs
            .find(|program| program.is_file())
            .is_some_and(|program| program.canonicalize().ok() == running.canonicalize().ok())
    });
    if found { "dateline".into() } else { quoted(&running) }
}

/// A path as a shell takes it.
fn quoted(path: &Path) -> String {
    let path = path.display().to_string();
    let plain = path.chars().all(|c| c.is_ascii_alphanumeric() || "/._-+:@".contains(c));
    if plain { path } else { format!("'{}'", path.replace('\'', "'\\''")) }
}
