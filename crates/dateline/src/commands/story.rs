//! `dateline story`: corrections of the stories by hand.

use dateline_desk::{Ask, Corrected, Desk, DeskError, correct};
use dateline_model::{ArticleId, StoryId, undone};
use dateline_store::Store;
use serde_json::{Value, json};

use super::brief::name_others;
use super::desk;
use super::show::article_called;
use crate::cli::{Global, StoryArgs, StoryCommand};
use crate::outcome::{Ended, Failure, Outcome};
use crate::print::corrections::{correction_json, corrections, said};
use crate::print::{Page, hint, ids, stories};

pub fn run(arguments: &StoryArgs, global: &Global) -> Ended {
    let desk = desk(global)?;
    let ask = match &arguments.command {
        StoryCommand::Corrections => return list(&desk, global),
        StoryCommand::Merge { story, into } => Ask::Merge {
            story: story_called(&desk, story, global)?,
            into: story_called(&desk, into, global)?,
        },
        StoryCommand::Split { story, articles } => {
            let articles: Result<Vec<ArticleId>, Failure> =
                articles.iter().map(|given| the_article(&desk, given)).collect();
            Ask::Split { story: story_called(&desk, story, global)?, articles: articles? }
        }
        StoryCommand::Move { article, to } => {
            Ask::Move { article: the_article(&desk, article)?, to: story_called(&desk, to, global)? }
        }
        StoryCommand::Undo { number } => Ask::Undo(*number),
    };
    let corrected = correct(desk.folder(), &ask)?;
    print(&desk, &corrected, global)
}

fn story_called(desk: &Desk, given: &str, global: &Global) -> Result<StoryId, Failure> {
    let found = desk.find_by_id(given)?;
    name_others(desk, &found, global)?;
    Ok(found.story)
}

fn the_article(desk: &Desk, given: &str) -> Result<ArticleId, Failure> {
    Ok(article_called(desk, given)?.ok_or_else(|| DeskError::NoArticle(given.to_owned()))?)
}

fn print(desk: &Desk, corrected: &Corrected, global: &Global) -> Ended {
    let Corrected { correction, heads, index_behind } = corrected;
    let mut page = Page::open(global);
    if global.json {
        let correction = correction_json(correction, None);
        page.json(&json!({"correction": correction, "stories": heads, "index_behind": index_behind}))?;
        page.end()?;
        return Ok(Outcome::Done);
    }
    page.wrapped(&said(correction, desk.store())?, &format!("correction {}: ", correction.number), "  ")?;
    if correction.left.is_empty() {
        let ended = ids::story(desk.store(), correction.from)?;
        page.line(format!("{ended} leads to {} now", ids::story(desk.store(), correction.to)?))?;
    }
    page.line("")?;
    let short: Result<Vec<String>, Failure> =
        heads.iter().map(|head| Ok(ids::story(desk.store(), head.story)?)).collect();
    let shown: Vec<StoryId> = heads.iter().map(|head| head.story).collect();
    stories::stories(&mut page, heads, &short?, &desk.store().storylines(&shown)?)?;
    page.end()?;
    if !matches!(correction.kind, dateline_model::CorrectionKind::Undo(_)) {
        hint(global, &format!("to take it back: dateline story undo {}", correction.number));
    }
    if let Some(why) = index_behind {
        hint(global, &format!("the search index is behind, and catches up by itself: {why}"));
    }
    Ok(Outcome::Done)
}

fn list(desk: &Desk, global: &Global) -> Ended {
    let log = desk.store().corrections()?;
    let undone = undone(&log);
    let mut page = Page::open(global);
    if global.json {
        let all: Vec<Value> = log
            .iter()
            .map(|correction| correction_json(correction, undone.get(&correction.number).copied()))
            .collect();
        page.json(&json!({"corrections": all}))?;
    } else {
        corrections(&mut page, &log, desk.store())?;
    }
    page.end()?;
    if log.is_empty() {
        hint(global, "no corrections; dateline story --help tells how to make one");
    }
    Ok(Outcome::Done)
}
