//! `dateline search`: articles by words and filters.

use dateline_store::StoreError;
use dateline_store::search::{Ranking, parse};
use serde_json::{Value, json};

use super::desk;
use crate::cli::{Global, SearchArgs};
use crate::outcome::{Ended, Outcome};
use crate::print::{Page, count, hint, hits, ids};

pub fn run(arguments: &SearchArgs, global: &Global) -> Ended {
    let mut desk = desk(global)?;
    let query = arguments.query.join(" ");
    let ranking = if arguments.newest { Ranking::Newest } else { Ranking::Relevance };
    let understood = parse(&query, desk.registry()).map_err(StoreError::from)?;
    let (total, results) = desk.search(&query, ranking, arguments.limit as usize)?;
    let waiting = if understood.asks_who_speaks() { desk.backlog()?.waiting } else { 0 };
    let mut page = Page::open(global);
    if global.json {
        let hits: Vec<Value> = results.iter().map(|result| hits::hit_json(result, &understood)).collect();
        page.json(&json!({"total": total, "unread": waiting, "hits": hits}))?;
        page.end()?;
        return Ok(Outcome::Done);
    }
    for (at, result) in results.iter().enumerate() {
        if at > 0 {
            page.line("")?;
        }
        let article = ids::article(desk.store(), result.member.article)?;
        let story = ids::story(desk.store(), result.story)?;
        hits::hit(&mut page, result, (&article, &story), &understood, desk.registry())?;
    }
    page.end()?;
    if waiting > 0 {
        let lack = count(waiting, "article is", "articles are");
        hint(global, &format!("{lack} not read for who says what yet; `dateline add --deep` reads all"));
    }
    if total == 0 {
        hint(global, "no article fits; fewer words or filters find more");
    } else if total > results.len() {
        let all = count(total as u64, "article fits", "articles fit");
        hint(global, &format!("\n{all}; --limit shows more"));
    }
    Ok(Outcome::Done)
}
