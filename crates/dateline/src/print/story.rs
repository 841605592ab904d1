//! One story: its articles, and for each why it is there.

use std::collections::BTreeMap;
use std::io;

use dateline_brief::Dossier;
use dateline_brief::faces::clean;
use dateline_brief::why::told::{self, Fact, Names};
use dateline_brief::why::{why, words_of};
use dateline_model::{
    ArticleId, Evidence, Member, Membership, Registry, StoryId, Storyline, Turns, Version, Why,
};
use serde_json::{Value, json};

use super::{Page, stories, time};

/// Short forms of ids.
pub struct ShortIds {
    /// Of the articles.
    pub articles: BTreeMap<ArticleId, String>,
    /// Of the stories.
    pub stories: BTreeMap<StoryId, String>,
}

impl ShortIds {
    /// The short form of an article's id.
    pub fn article(&self, id: ArticleId) -> String {
        self.articles.get(&id).cloned().unwrap_or_else(|| id.to_string())
    }

    /// The short form of a story's id.
    pub fn story(&self, id: StoryId) -> String {
        self.stories.get(&id).cloned().unwrap_or_else(|| id.to_string())
    }
}

/// Prints a story: what holds it together, and its articles in order of arrival with the reasons for each.
pub fn story(page: &mut Page, dossier: &Dossier, registry: &Registry, ids: &ShortIds) -> io::Result<()> {
    let head = &dossier.head;
    page.wrapped(&page.bold(&clean(&head.title)), "", "")?;
    page.line(format!("story {} · {} to {}", head.story, time(head.first).trim(), time(head.last).trim()))?;
    page.wrapped(&stories::five_numbers(&head.counts), "", "")?;
    let marks = stories::marks(head);
    if !marks.is_empty() {
        page.line(page.dim(&marks.join(" · ")))?;
    }
    let why = why(dossier);
    let outlet = |domain: &str| clean(registry.name(domain));
    let headline = |id| {
        let member = dossier.members.iter().find(|member| member.article == id);
        member.map_or_else(String::new, |member| member.title.clone())
    };
    let names = Names {
        story: head.story,
        article: &|id| ids.article(id),
        other: &|id| ids.story(id),
        headline: &headline,
        outlet: &outlet,
    };
    let held = told::story(&why, &names);
    if !held.is_empty() {
        page.line("")?;
        page.line(page.bold("What holds it together"))?;
        facts(page, &held)?;
    }
    if let Some(storyline) = &dossier.storyline {
        page.line("")?;
        page.line(page.bold(&format!(
            "Part of a storyline of {} stories, {}",
            storyline.stories.len(),
            storyline.line
        )))?;
        if let Some(turns) = Turns::around(head.story, storyline) {
            beside(page, &turns, ids)?;
        }
    }
    for (member, grounds) in dossier.members.iter().zip(&why.articles) {
        page.line("")?;
        let lead = format!("{}  {}  ", ids.article(member.article), time(member.reported));
        let title = page.fit(&clean(&member.title), lead.len());
        page.line(format!("{lead}{}", page.bold(&title)))?;
        page.wrapped(&standing(member, registry), "  ", "  ")?;
        facts(page, &told::article(grounds, &names))?;
    }
    Ok(())
}

/// Prints all stories of a storyline in the order in which they began, with the short forms of their ids.
pub fn storyline(page: &mut Page, storyline: &Storyline, ids: &[String]) -> io::Result<()> {
    let count = storyline.stories.len();
    page.line(page.bold(&format!("Storyline {} of {count} stories", storyline.line)))?;
    page.line("")?;
    stories::stories(page, &storyline.stories, ids, &stories::Lines::new())
}

/// Prints the stories of a storyline that began before and after one of them, the nearest, in the order of time.
fn beside(page: &mut Page, turns: &Turns, ids: &ShortIds) -> io::Result<()> {
    let near = turns.nearest();
    if near.more_before > 0 {
        page.line(page.dim(&format!("  {} more before", near.more_before)))?;
    }
    let before = near.before.iter().map(|turn| ("before", turn));
    for (side, turn) in before.chain(near.after.iter().map(|turn| ("after", turn))) {
        let lead = format!("  {side:6}  {}  {}  ", ids.story(turn.story), time(turn.first));
        let title = page.fit(&clean(&turn.title), lead.len());
        page.line(format!("{}{title}", page.dim(&lead)))?;
    }
    if near.more_after > 0 {
        page.line(page.dim(&format!("  {} more after", near.more_after)))?;
    }
    Ok(())
}

/// Prints facts under one another, their texts in one column.
pub fn facts(page: &mut Page, facts: &[Fact]) -> io::Result<()> {
    /// Columns of the longest label and of the blanks around it.
    const LABEL: usize = 14;
    for (label, told) in facts {
        let first = format!("  {}", page.dim(&format!("{label:LABEL$}")));
        page.wrapped(told, &first, &" ".repeat(LABEL + 2))?;
    }
    Ok(())
}

/// Outlet, language, relation and origin, in one line.
fn standing(member: &Member, registry: &Registry) -> String {
    let name = |domain: &str| clean(registry.name(domain));
    let outlet = member.outlet.as_deref().map_or_else(|| "unknown outlet".to_owned(), name);
    let origin = member
        .origin
        .as_deref()
        .map_or_else(|| "origin not known".to_owned(), |origin| format!("from {}", name(origin)));
    let mut parts = vec![outlet, member.lang.name().to_owned(), member.relation.told(member.manner), origin];
    if member.on_record {
        parts.push("on record".into());
    }
    if member.editions > 1 {
        parts.push(format!("{} editions", member.editions));
    }
    parts.join(" · ")
}

/// A story for programs: head, what holds it together, and each article with its place and the words that speak for it.
pub fn story_json(dossier: &Dossier) -> Value {
    let why = why(dossier);
    let placed = dossier.members.iter().zip(&dossier.memberships).zip(&why.articles);
    let articles: Vec<Value> = placed
        .map(|((member, membership), grounds)| {
            let versions = dossier.versions.get(&member.article).map(Vec::as_slice).unwrap_or_default();
            let words = words_json(membership, versions);
            let by_hand = dossier.by_hand.get(&member.article);
            json!({
                "article": member, "membership": membership, "by_hand": by_hand, "words": words, "why": grounds,
            })
        })
        .collect();
    let Why { names, words, copies, weakest, articles: _ } = &why;
    json!({
        "story": dossier.head,
        "why": {"names": names, "words": words, "copies": copies, "weakest": weakest},
        "storyline": dossier.storyline,
        "articles": articles,
    })
}

/// The words behind the evidence of a membership, which itself has only their places.
pub fn words_json(membership: &Membership, versions: &[Version]) -> Value {
    let all = |evidence: &[Evidence]| -> Vec<Option<&str>> {
        evidence.iter().map(|evidence| words_of(evidence, versions)).collect()
    };
    json!({
        "names": all(&membership.join.names), "terms": all(&membership.join.terms),
        "credit": membership.kinship.credit.and_then(|evidence| words_of(&evidence, versions)),
    })
}
