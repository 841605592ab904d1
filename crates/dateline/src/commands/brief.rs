//! `dateline brief`: the brief of a story.

use dateline_brief::Composed;
use dateline_brief::faces;
use dateline_desk::{Desk, Found};
use dateline_store::Store;

use super::{composed, desk, write_file};
use crate::cli::{BriefArgs, Face, Global};
use crate::outcome::{Ended, Failure, Outcome};
use crate::print::{Page, hint, ids};

pub fn run(arguments: &BriefArgs, global: &Global) -> Ended {
    let mut desk = desk(global)?;
    let found = desk.find_story(&arguments.story.join(" "))?;
    name_others(&desk, &found, global)?;
    let reader = desk.reader();
    let (composed, _) = composed(&desk, reader, found.story)?;
    let face = if global.json { Face::Json } else { arguments.format };
    let printed = print(&composed, face);
    match &arguments.output {
        Some(path) => {
            let named = |source| Failure::File { path: path.display().to_string(), source };
            write_file(path, |file| file.write_all(printed.as_bytes()).map_err(named))?;
            hint(global, &format!("wrote {}", path.display()));
        }
        None => {
            let mut page = Page::open(global);
            page.put(&printed)?;
            page.end()?;
        }
    }
    Ok(Outcome::Done)
}

/// The brief with the face that is asked for.
pub fn print(composed: &Composed, face: Face) -> String {
    let Composed { brief, passages } = composed;
    match face {
        Face::Md => faces::markdown(brief, passages),
        Face::Html => faces::html(brief, passages),
        Face::Json => faces::json(brief),
        Face::Txt => faces::text(brief, passages),
    }
}

/// Names the stories that words fit next best, and says where the id of an ended story led, on standard error.
pub fn name_others(desk: &Desk, found: &Found, global: &Global) -> Result<(), Failure> {
    if global.quiet || global.json {
        return Ok(());
    }
    if let Some(ended) = found.ended {
        let story = ids::story(desk.store(), found.story)?;
        hint(
            global,
            &format!("story {ended} was put into story {story} by hand (`dateline story corrections`)"),
        );
    }
    if found.others.is_empty() {
        return Ok(());
    }
    hint(global, "other stories with these words:");
    for story in &found.others {
        if let Some(stored) = desk.store().story(*story)? {
            let title = faces::clean(&stored.head.title);
            hint(global, &format!("  {}  {title}", ids::story(desk.store(), *story)?));
        }
    }
    hint(global, "");
    Ok(())
}
