//! How the demo wire's copies were found: by what was done to them, and by relation.

use std::collections::BTreeMap;

use dateline_model::{Manner, Member, Registry, Relation};

use super::{GoldArticle, Members, share, urls};
use crate::report::{Measure, Report, Unit};

/// What the gold says was done to a text. An article may bear several.
const TRAPS: [&str; 8] = [
    "verbatim_copy",
    "boilerplated_copy",
    "truncated_copy",
    "edited_copy",
    "uncredited_copy",
    "press_release_copied",
    "translation",
    "translation_by_the_wire",
];

/// What of an article's descent is right.
#[derive(Default, Clone, Copy)]
struct Right {
    articles: usize,
    relation: usize,
    origin: usize,
    with_parent: usize,
    parent: usize,
    all: usize,
}

/// Scores, for each relation and for each thing done to a text, the relation, the origin and the article that it is from.
pub(super) fn score(gold: &[GoldArticle], members: &Members<'_>, registry: &Registry, report: &mut Report) {
    let urls = urls(members);
    let home = |origin: Option<&str>| origin.map(|domain| registry.home(domain).to_owned());
    let mut by_relation: BTreeMap<Relation, Right> = BTreeMap::new();
    let mut by_trap: BTreeMap<&str, (Right, BTreeMap<Option<Manner>, usize>)> = BTreeMap::new();
    for article in gold {
        let Some((_, member)) = members.get(article.url.as_str()) else { continue };
        let member: &Member = member;
        let found = member.of.and_then(|of| urls.get(&of)).copied();
        let relation = member.relation == article.relation;
        let origin = home(member.origin.as_deref()) == home(article.origin.as_deref());
        let parent = article.of.as_deref() == found;
        let count = |right: &mut Right| {
            right.articles += 1;
            right.relation += usize::from(relation);
            right.origin += usize::from(origin);
            right.with_parent += usize::from(article.of.is_some());
            right.parent += usize::from(article.of.is_some() && parent);
            right.all += usize::from(relation && origin && parent);
        };
        count(by_relation.entry(article.relation).or_default());
        for trap in TRAPS.iter().filter(|trap| article.traps.iter().any(|has| has == *trap)) {
            let (right, manners) = by_trap.entry(trap).or_default();
            count(right);
            *manners.entry(member.manner).or_default() += 1;
        }
    }
    let mut table = "What the articles come from, by relation in the gold:\n\n| | articles | relation right | origin right | \
                     from the right article |\n|---|--:|--:|--:|--:|"
        .to_owned();
    for relation in Relation::ALL {
        let Some(right) = by_relation.get(&relation) else { continue };
        let Right { articles, relation: related, origin, with_parent, parent, .. } = right;
        table.push_str(&format!(
            "\n| {relation} | {articles} | {related} | {origin} | {parent} of {with_parent} |"
        ));
    }
    report.notes.push(table);
    let translated = |trap: &str| by_trap.get(trap).map(|(right, _)| *right).unwrap_or_default();
    let (theirs, own) = (translated("translation"), translated("translation_by_the_wire"));
    let articles = theirs.articles + own.articles;
    report.push(Measure::new(
        format!("translations whose relation, origin and original are right (of {articles})"),
        share(theirs.all + own.all, articles),
        Unit::Share,
    ));
    let header: String = Manner::ALL.iter().map(|manner| format!(" {} |", manner.word())).collect();
    let mut table = format!(
        "What was done to a text, gold in rows, found in columns; an article may stand in several rows:\n\n\
         | | articles | all right |{header} none |\n|---|--:|--:|{}--:|",
        "--:|".repeat(Manner::ALL.len())
    );
    for trap in TRAPS {
        let Some((right, manners)) = by_trap.get(trap) else { continue };
        let of = |manner: Option<Manner>| manners.get(&manner).copied().unwrap_or(0);
        let cells: String = Manner::ALL.iter().map(|manner| format!(" {} |", of(Some(*manner)))).collect();
        let name = trap.replace('_', " ");
        table.push_str(&format!("\n| {name} | {} | {} |{cells} {} |", right.articles, right.all, of(None)));
    }
    report.notes.push(table);
}
