//! `dateline export`: everything, for other programs, one JSON object a line.

use dateline_desk::Desk;
use dateline_model::{ArticleId, Member, StoryHead, StorylineId};
use dateline_store::{HeadFilter, Store};
use serde_json::{Value, json};

use super::{composed, desk, value, write_file};
use crate::cli::{ExportArgs, ExportFormat, Global, What};
use crate::outcome::{Ended, Failure, Outcome};
use crate::print::{Page, count, hint};

/// Stories or versions read from the store at a time.
const CHUNK: usize = 256;

pub fn run(arguments: &ExportArgs, global: &Global) -> Ended {
    let desk = desk(global)?;
    let ExportFormat::Jsonl = arguments.format;
    let Some(path) = &arguments.output else {
        let mut page = Page::open(global);
        export(&desk, arguments.what, &mut |line| Ok(page.json_line(line)?))?;
        page.end()?;
        return Ok(Outcome::Done);
    };
    let mut lines = 0u64;
    write_file(path, |file| {
        let named = |source| Failure::File { path: path.display().to_string(), source };
        export(&desk, arguments.what, &mut |line| {
            lines += 1;
            serde_json::to_writer(&mut *file, line).map_err(|error| named(error.into()))?;
            file.write_all(b"\n").map_err(named)
        })
    })?;
    if global.json {
        let mut page = Page::open(global);
        page.json(&json!({"file": path, "lines": lines}))?;
        page.end()?;
    }
    hint(global, &format!("wrote {} to {}", count(lines, "line", "lines"), path.display()));
    Ok(Outcome::Done)
}

/// Takes one line.
type Sink<'a> = &'a mut dyn FnMut(&Value) -> Result<(), Failure>;

fn export(desk: &Desk, what: What, sink: Sink<'_>) -> Result<(), Failure> {
    match what {
        What::Articles => articles(desk, sink),
        What::Stories => stories(desk, sink),
        What::Briefs => briefs(desk, sink),
    }
}

fn articles(desk: &Desk, sink: Sink<'_>) -> Result<(), Failure> {
    let mut seq = 0;
    loop {
        let chunk = desk.store().after(seq, CHUNK)?;
        let Some(last) = chunk.last() else { return Ok(()) };
        seq = last.seq;
        // Each article once: where its first version stands.
        let first: Vec<_> = chunk.iter().filter(|stored| stored.version.number == 1).collect();
        let ids: Vec<ArticleId> = first.iter().map(|stored| stored.article.id).collect();
        let mut versions = desk.store().versions(&ids)?;
        for stored in first {
            let versions = versions.remove(&stored.article.id).unwrap_or_default();
            let mut line = value(&stored.article)?;
            line["article"] = line["id"].take();
            if let Some(fields) = line.as_object_mut() {
                fields.remove("id");
            }
            line["membership"] = value(&stored.membership)?;
            line["versions"] = value(&versions)?;
            sink(&line)?;
        }
    }
}

fn stories(desk: &Desk, sink: Sink<'_>) -> Result<(), Failure> {
    for heads in desk.stories(&HeadFilter::default())?.chunks(CHUNK) {
        let ids: Vec<_> = heads.iter().map(|head| head.story).collect();
        let members = desk.store().members(&ids)?;
        let lines = desk.store().storylines(&ids)?;
        for head in heads {
            let members = members.get(&head.story).map(Vec::as_slice).unwrap_or_default();
            sink(&story_line(head, lines.get(&head.story).map(|(line, _)| *line), members))?;
        }
    }
    Ok(())
}

fn story_line(head: &StoryHead, line: Option<StorylineId>, members: &[Member]) -> Value {
    let articles: Vec<Value> = members
        .iter()
        .map(|member| {
            json!({
                "article": member.article, "id": member.external_id, "url": member.url,
                "outlet": member.outlet, "published": member.reported, "lang": member.lang,
                "relation": member.relation, "origin": member.origin,
            })
        })
        .collect();
    json!({
        "story": head.story, "title": head.title, "first": head.first, "last": head.last,
        "counts": head.counts, "storyline": line, "articles": articles,
    })
}

fn briefs(desk: &Desk, sink: Sink<'_>) -> Result<(), Failure> {
    let reader = desk.reader();
    for head in desk.stories(&HeadFilter::default())? {
        let (composed, _) = composed(desk, reader, head.story)?;
        sink(&value(&composed.brief)?)?;
    }
    Ok(())
}
