//! `dateline stories`: the desk.

use dateline_model::{StoryHead, StoryId};
use dateline_store::{HeadFilter, Store};
use serde_json::{Value, json};

use super::{desk, value};
use crate::cli::{Global, StoriesArgs};
use crate::outcome::{Ended, Failure, Outcome};
use crate::print::stories::Lines;
use crate::print::{Page, count, hint, ids, stories};

pub fn run(arguments: &StoriesArgs, global: &Global) -> Ended {
    let desk = desk(global)?;
    let clock = desk.clock()?;
    let limit = Some(arguments.limit).filter(|limit| *limit > 0);
    let filter = HeadFilter {
        // Without a clock nothing is dated, and no story can be since then.
        since: arguments.since.and_then(|since| clock.map(|clock| since.by(clock))),
        lang: arguments.lang,
        // One more than is shown tells whether there are more.
        limit: limit.map(|limit| limit.saturating_add(1)),
    };
    let mut heads: Vec<StoryHead> = desk.stories(&filter)?;
    if arguments.since.is_some() && clock.is_none() {
        heads.clear();
    }
    let more = limit.is_some_and(|limit| heads.len() > limit);
    heads.truncate(limit.unwrap_or(usize::MAX));

    let shown: Vec<StoryId> = heads.iter().map(|head| head.story).collect();
    let lines = desk.store().storylines(&shown)?;
    let mut page = Page::open(global);
    if global.json {
        let stories: Result<Vec<Value>, Failure> = heads.iter().map(|head| with_line(head, &lines)).collect();
        page.json(&json!({"clock": clock, "stories": stories?, "more": more}))?;
        page.end()?;
        return Ok(Outcome::Done);
    }
    let short: Result<Vec<String>, Failure> =
        heads.iter().map(|head| Ok(ids::story(desk.store(), head.story)?)).collect();
    stories::stories(&mut page, &heads, &short?, &lines)?;
    page.end()?;
    if heads.is_empty() {
        let any = arguments.since.is_some() || arguments.lang.is_some();
        let way_out = if any { "try without --since and --lang" } else { "add something: dateline add …" };
        hint(global, &format!("no stories; {way_out}"));
    } else if more {
        let shown = count(heads.len() as u64, "story", "stories");
        hint(global, &format!("the newest {shown}; --limit 0 shows all"));
    }
    Ok(Outcome::Done)
}

/// A head with its storyline, `null` where the story stands alone.
fn with_line(head: &StoryHead, lines: &Lines) -> Result<Value, Failure> {
    let mut told = value(head)?;
    told["storyline"] = lines
        .get(&head.story)
        .map_or(Value::Null, |(line, stories)| json!({"line": line, "stories": stories}));
    Ok(told)
}
