//! The desk: stories in two lines each, what happened and how many know.

use std::collections::HashMap;
use std::io;

use dateline_brief::faces::clean;
use dateline_model::{Counts, StoryHead, StoryId, StorylineId};

use super::{Page, count, time};

/// The storyline of each story that does not stand alone, with the number of its stories.
pub type Lines = HashMap<StoryId, (StorylineId, u32)>;

/// Prints stories with the short forms of their ids, and how many there are on their storylines.
pub fn stories(page: &mut Page, heads: &[StoryHead], ids: &[String], lines: &Lines) -> io::Result<()> {
    let id_width = ids.iter().map(String::len).max().unwrap_or_default();
    for (head, id) in heads.iter().zip(ids) {
        let lead = format!("{id:id_width$}  {}  ", time(head.last));
        let title = page.fit(&clean(&head.title), lead.len());
        page.line(format!("{lead}{}", page.bold(&title)))?;
        let mut facts = facts(head);
        if let Some((_, stories)) = lines.get(&head.story) {
            facts.push_str(&format!(" · storyline of {stories}"));
        }
        let facts = page.fit(&facts, lead.len());
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
