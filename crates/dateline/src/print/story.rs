//! One story: its articles, and for each why it is there.

use std::collections::BTreeMap;
use std::io;

use dateline_brief::Dossier;
use dateline_brief::faces::clean;
use dateline_model::{ArticleId, Evidence, Join, Member, Membership, Registry, Relation, StoryId, Version};
use serde_json::{Value, json};

use super::{Page, stories, time};

/// A story that an article belonged to with less probability than this was no alternative.
const WORTH_NAMING: f32 = 0.01;

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

/// The articles that are where they are by hand, each with the number of the correction.
pub type ByHand = BTreeMap<ArticleId, u32>;

/// Prints a story with its articles in order of arrival.
pub fn story(
    page: &mut Page,
    dossier: &Dossier,
    by_hand: &ByHand,
    registry: &Registry,
    ids: &ShortIds,
) -> io::Result<()> {
    let head = &dossier.head;
    page.wrapped(&page.bold(&clean(&head.title)), "", "")?;
    page.line(format!("story {} · {} to {}", head.story, time(head.first).trim(), time(head.last).trim()))?;
    page.wrapped(&stories::five_numbers(&head.counts), "", "")?;
    let marks = stories::marks(head);
    if !marks.is_empty() {
        page.line(page.dim(&marks.join(" · ")))?;
    }
    for (member, membership) in dossier.members.iter().zip(&dossier.memberships) {
        page.line("")?;
        let lead = format!("{}  {}  ", ids.article(member.article), time(member.reported));
        let title = page.fit(&clean(&member.title), lead.len());
        page.line(format!("{lead}{}", page.bold(&title)))?;
        page.line(format!("  {}", standing(member, registry)))?;
        let versions = dossier.versions.get(&member.article).map(Vec::as_slice).unwrap_or_default();
        let by_hand = by_hand.get(&member.article).copied();
        for reason in reasons(membership, by_hand, versions, ids) {
            page.wrapped(&reason, "  ", "    ")?;
        }
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
    let mut parts = vec![outlet, member.lang.name().to_owned(), member.relation.label().to_owned(), origin];
    if member.on_record {
        parts.push("on record".into());
    }
    if member.editions > 1 {
        parts.push(format!("{} editions", member.editions));
    }
    parts.join(" · ")
}

/// Why an article is in its story, and why it has its relation, in lines.
///
/// Where a correction put it there, that is the reason: what it was placed by speaks of another story.
pub fn reasons(
    membership: &Membership,
    by_hand: Option<u32>,
    versions: &[Version],
    ids: &ShortIds,
) -> Vec<String> {
    let mut lines = match by_hand {
        Some(number) => vec![format!("put here by hand: correction {number}")],
        None => why_joined(&membership.join, versions, ids),
    };
    lines.extend(why_related(membership, versions, ids));
    lines
}

fn why_joined(join: &Join, versions: &[Version], ids: &ShortIds) -> Vec<String> {
    let mut lines = Vec::new();
    if join.founder {
        lines.push("founded the story".to_owned());
    } else {
        lines.push(format!("joined: {} sure", per_cent(join.probability)));
    }
    if let Some((other, probability)) =
        join.alternative.filter(|(_, probability)| *probability >= WORTH_NAMING)
    {
        let next = format!("next best: story {}, {}", ids.story(other), per_cent(probability));
        lines.push(next);
    }
    for (what, evidence) in [("shared names", &join.names), ("shared words", &join.terms)] {
        let shared = quoted(evidence, versions);
        if !shared.is_empty() {
            lines.push(format!("{what}: {}", shared.join(", ")));
        }
    }
    lines
}

fn why_related(membership: &Membership, versions: &[Version], ids: &ShortIds) -> Vec<String> {
    let mut lines = Vec::new();
    let kinship = &membership.kinship;
    if let Some(of) = kinship.of {
        let share = kinship
            .containment
            .map(|share| format!(", {} of the shorter text shared", per_cent(share)))
            .unwrap_or_default();
        let how = match membership.relation {
            Relation::Own => "the same report as",
            Relation::Update => "update of",
            Relation::Verbatim | Relation::Edited => "copy of",
            Relation::Citing => "rests on",
        };
        lines.push(format!("{how} {}{share}", ids.article(of)));
    }
    if let Some(credit) = kinship.credit.and_then(|evidence| words_of(&evidence, versions)) {
        lines.push(format!("credits: “{}”", clean(credit)));
    }
    lines
}

fn per_cent(share: f32) -> String {
    // A share just under one is not a certainty.
    let per_cent = (share * 100.0).round();
    if per_cent >= 100.0 && share < 1.0 { "over 99 %".into() } else { format!("{per_cent:.0} %") }
}

fn words_of<'v>(evidence: &Evidence, versions: &'v [Version]) -> Option<&'v str> {
    let version = versions.iter().find(|version| version.number == evidence.version)?;
    version.slice(evidence.part, evidence.span)
}

/// The words themselves, each once.
fn quoted(evidence: &[Evidence], versions: &[Version]) -> Vec<String> {
    let mut quoted: Vec<String> = Vec::new();
    for words in evidence.iter().filter_map(|evidence| words_of(evidence, versions)) {
        let words = format!("“{}”", clean(words));
        if !quoted.contains(&words) {
            quoted.push(words);
        }
    }
    quoted
}

/// A story for programs: head, and each article with its place and the words that speak for it.
pub fn story_json(dossier: &Dossier, by_hand: &ByHand) -> Value {
    let articles: Vec<Value> = dossier
        .members
        .iter()
        .zip(&dossier.memberships)
        .map(|(member, membership)| {
            let versions = dossier.versions.get(&member.article).map(Vec::as_slice).unwrap_or_default();
            let words = words_json(membership, versions);
            let by_hand = by_hand.get(&member.article);
            json!({"article": member, "membership": membership, "by_hand": by_hand, "words": words})
        })
        .collect();
    json!({"story": dossier.head, "articles": articles})
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
