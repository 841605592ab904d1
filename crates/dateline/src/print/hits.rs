//! What a search found: headline, where it stands, and the words around the hit.

use std::io;

use dateline_brief::faces::clean;
use dateline_desk::SearchResult;
use dateline_model::Registry;
use dateline_store::search::Search;
use serde_json::{Value, json};

use super::excerpt::excerpt;
use super::{Page, time};

/// Prints one article that was found, with the short forms of its id and its story's.
pub fn hit(
    page: &mut Page,
    result: &SearchResult,
    (article, story): (&str, &str),
    search: &Search,
    registry: &Registry,
) -> io::Result<()> {
    let member = &result.member;
    let lead = format!("{article}  {}  ", time(member.reported));
    let title = page.fit(&clean(&member.title), lead.len());
    page.line(format!("{lead}{}", page.bold(&title)))?;
    let outlet = member.outlet.as_deref().map(|domain| clean(registry.name(domain)));
    let relation = member.relation.told(member.manner);
    let facts = [outlet.as_deref().unwrap_or("unknown outlet"), member.lang.name(), &relation];
    let facts = format!("{} · story {story}", facts.join(" · "));
    page.line(format!("  {}", page.dim(&facts)))?;
    let excerpt = excerpt(&result.version.text, result.version.lang, search);
    let plain = excerpt.print(str::to_owned);
    if !plain.is_empty() {
        // Lines are broken by the plain words: escape codes take no columns.
        let options = textwrap::Options::new(page.width()).initial_indent("  ").subsequent_indent("  ");
        let marked = excerpt.print(|hit| format!("\u{1}{hit}\u{2}"));
        let filled = textwrap::fill(&marked, options.break_words(false));
        let mut lines = String::new();
        let mut rest = filled.as_str();
        while let Some((before, after)) = rest.split_once('\u{1}') {
            let (hit, after) = after.split_once('\u{2}').unwrap_or((after, ""));
            lines.push_str(before);
            lines.push_str(&page.bold(hit));
            rest = after;
        }
        page.line(lines + rest)?;
    }
    Ok(())
}

/// One article that was found, for programs.
pub fn hit_json(result: &SearchResult, search: &Search) -> Value {
    let version = &result.version;
    let excerpt = excerpt(&version.text, version.lang, search);
    json!({
        "article": result.member.article, "story": result.story, "score": result.score,
        "title": result.member.title, "url": result.member.url, "outlet": result.member.outlet,
        "published": result.member.reported, "lang": result.member.lang,
        "relation": result.member.relation, "origin": result.member.origin, "version": version.number,
        "excerpt": {
            "text": excerpt.print(str::to_owned), "start": excerpt.span.start, "end": excerpt.span.end,
        },
    })
}
