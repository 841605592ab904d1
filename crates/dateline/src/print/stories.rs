//! The desk: stories in two lines each, what happened and how many know.

use std::io;

use dateline_brief::faces::clean;
use dateline_model::{Counts, StoryHead};

use super::{Page, count, time};

/// Prints stories with the short forms of their ids.
pub fn stories(page: &mut Page, heads: &[StoryHead], ids: &[String]) -> io::Result<()> {
    let id_width = ids.iter().map(String::len).max().unwrap_or_default();
    for (head, id) in heads.iter().zip(ids) {
        let lead = format!("{id:id_width$}  {}  ", time(head.last));
        let title = page.fit(&clean(&head.title), lead.len());
        page.line(format!("{lead}{}", page.bold(&title)))?;
        let facts = page.fit(&facts(head), lead.len());
        page.line(format!("{:1$}{2}", "", lead.len(), page.dim(&facts)))?;
    }
    Ok(())
}

/// What is known of a story at a glance: counts, languages where there are several, flags.
pub fn facts(head: &StoryHead) -> String {
    [three_numbers(&head.counts)].into_iter().chain(marks(head)).collect::<Vec<_>>().join(" · ")
}

/// Languages where there are several, and flags.
pub fn marks(head: &StoryHead) -> Vec<String> {
    let mut facts = Vec::new();
    if head.langs.len() > 1 {
        let langs: Vec<&str> = head.langs.iter().map(|lang| lang.code()).collect();
        facts.push(langs.join(" "));
    }
    // Languages are listed already.
    let flags = head.flags.iter().filter(|flag| **flag != dateline_model::StoryFlag::Multilingual);
    facts.extend(flags.map(|flag| flag.label().to_owned()));
    facts
}

fn three_numbers(counts: &Counts) -> String {
    [
        count(counts.origins.into(), "origin", "origins"),
        count(counts.outlets.into(), "outlet", "outlets"),
        count(counts.articles.into(), "article", "articles"),
    ]
    .join(" · ")
}

/// The five numbers of a story.
pub fn five_numbers(counts: &Counts) -> String {
    [
        count(counts.articles.into(), "article", "articles"),
        count(counts.outlets.into(), "outlet", "outlets"),
        count(counts.families.into(), "publisher family", "publisher families"),
        format!("at least {}", count(counts.origins.into(), "independent origin", "independent origins")),
        format!("{} on record", counts.on_record),
    ]
    .join(" · ")
}
