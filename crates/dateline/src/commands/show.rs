//! `dateline show`: one article, or one story with what holds it together and the reasons for every article.

use std::collections::BTreeMap;

use dateline_brief::Neighbour;
use dateline_brief::why::grounds;
use dateline_desk::{Desk, DeskError};
use dateline_model::{ArticleId, Item, Membership, StoryId, Storyline, put_by_hand};
use dateline_store::Store;
use serde_json::json;

use super::brief::name_others;
use super::desk;
use crate::cli::{Global, ShowArgs};
use crate::outcome::{Ended, Failure, Outcome};
use crate::print::article::{Shown, article};
use crate::print::story::{ShortIds, story, story_json, storyline, words_json};
use crate::print::{Page, ids};

pub fn run(arguments: &ShowArgs, global: &Global) -> Ended {
    let mut desk = desk(global)?;
    let given = arguments.what.join(" ");
    if let Some(id) = article_called(&desk, &given)? {
        return show_article(&desk, id, arguments.version, global);
    }
    match desk.find_storyline(&given)? {
        Some(found) => show_storyline(&desk, &found, global),
        None => {
            let found = desk.find_story(&given)?;
            name_others(&desk, &found, global)?;
            show_story(&desk, found.story, global)
        }
    }
}

/// The article of an id, or of a URL; `None` where it is neither.
pub fn article_called(desk: &Desk, given: &str) -> Result<Option<ArticleId>, Failure> {
    if given.contains("://") {
        let url = dateline_ingest::url::canonical(given);
        let id = Item { url, ..Item::default() }.article_id();
        let known = desk.store().article(id)?.is_some();
        return if known { Ok(Some(id)) } else { Err(DeskError::NoArticle(given.to_owned()).into()) };
    }
    match desk.find_article(given) {
        Ok(id) => Ok(Some(id)),
        Err(DeskError::NoArticle(_)) => Ok(None),
        Err(error) => Err(error.into()),
    }
}

fn show_article(desk: &Desk, id: ArticleId, number: Option<u32>, global: &Global) -> Ended {
    let (found, membership, versions) = desk.article(id)?;
    let version = match number {
        None => versions.last(),
        Some(number) => versions.iter().find(|version| version.number == number),
    };
    let Some(version) = version else {
        let last = versions.last().map_or(0, |version| version.number);
        return Err(Failure::Said(format!("{id} has no such version; its versions are 1 to {last}")));
    };
    let by_hand = put_by_hand(&desk.store().corrections_of(membership.story)?).get(&id).copied();
    let neighbours = desk.neighbours(std::slice::from_ref(&membership))?;
    let grounds = grounds(&membership, by_hand, &versions, &neighbours);
    let mut page = Page::open(global);
    if global.json {
        let words = words_json(&membership, &versions);
        page.json(&json!({
            "article": found, "membership": membership, "by_hand": by_hand, "words": words, "why": grounds,
            "versions": versions,
        }))?;
    } else {
        let head = desk.store().story(membership.story)?.map(|story| story.head);
        let story_title = head.as_ref().map_or("", |head| head.title.as_str());
        let ids = short_ids(desk, [&membership], &neighbours)?;
        let shown = Shown {
            article: &found,
            membership: &membership,
            grounds: &grounds,
            versions: &versions,
            version,
            story_title,
        };
        article(&mut page, &shown, desk.registry(), &ids)?;
    }
    page.end()?;
    Ok(Outcome::Done)
}

fn show_story(desk: &Desk, id: StoryId, global: &Global) -> Ended {
    let dossier = desk.dossier(id)?;
    let mut page = Page::open(global);
    if global.json {
        page.json(&story_json(&dossier))?;
    } else {
        let mut ids = short_ids(desk, &dossier.memberships, &dossier.neighbours)?;
        for head in dossier.storyline.iter().flat_map(|storyline| &storyline.stories) {
            ids.stories.insert(head.story, ids::story(desk.store(), head.story)?);
        }
        story(&mut page, &dossier, desk.registry(), &ids)?;
    }
    page.end()?;
    Ok(Outcome::Done)
}

fn show_storyline(desk: &Desk, found: &Storyline, global: &Global) -> Ended {
    let mut page = Page::open(global);
    if global.json {
        page.json(found)?;
    } else {
        let short: Result<Vec<String>, Failure> =
            found.stories.iter().map(|head| Ok(ids::story(desk.store(), head.story)?)).collect();
        storyline(&mut page, found, &short?)?;
    }
    page.end()?;
    Ok(Outcome::Done)
}

/// Short forms of all ids that these places name.
fn short_ids<'a>(
    desk: &Desk,
    memberships: impl IntoIterator<Item = &'a Membership>,
    neighbours: &BTreeMap<StoryId, Neighbour>,
) -> Result<ShortIds, Failure> {
    let mut short = ShortIds { articles: BTreeMap::new(), stories: BTreeMap::new() };
    for membership in memberships {
        for article in [Some(membership.article), membership.kinship.of].into_iter().flatten() {
            short.articles.insert(article, ids::article(desk.store(), article)?);
        }
        short.stories.insert(membership.story, ids::story(desk.store(), membership.story)?);
    }
    for (story, _) in neighbours.values() {
        short.stories.insert(*story, ids::story(desk.store(), *story)?);
    }
    Ok(short)
}
