//! `dateline reindex`: the search index, made anew.

use dateline_desk::reindex;
use dateline_store::{Folder, StoreError};
use serde_json::json;

use crate::cli::Global;
use crate::outcome::{Ended, Outcome};
use crate::print::{Page, count};

pub fn run(global: &Global) -> Ended {
    let folder = Folder::at(&global.dir);
    if !folder.exists() {
        return Err(StoreError::Missing(folder.path().to_owned()).into());
    }
    let lock = folder.lock()?;
    let store = folder.open_store(&lock)?;
    let (registry, _) = folder.registry()?;
    let articles = reindex(&folder, &lock, &store, &registry)?;
    let mut page = Page::open(global);
    if global.json {
        page.json(&json!({"articles": articles}))?;
    } else {
        page.line(format!("the search index has {}", count(articles, "article", "articles")))?;
    }
    page.end()?;
    Ok(Outcome::Done)
}
