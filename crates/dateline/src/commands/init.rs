//! `dateline init`: an empty folder.

use dateline_store::Folder;
use serde_json::json;

use crate::cli::{Global, InitArgs};
use crate::outcome::{Ended, Outcome};
use crate::print::{Page, hint};

pub fn run(arguments: &InitArgs, global: &Global) -> Ended {
    let folder = Folder::at(arguments.folder.as_ref().unwrap_or(&global.dir));
    let existed = folder.exists();
    let lock = folder.lock()?;
    folder.open_store(&lock)?;
    let path = folder.path().display().to_string();
    let mut page = Page::open(global);
    if global.json {
        page.json(&json!({"folder": path, "new": !existed}))?;
    } else if existed {
        page.line(format!("{path} is a dateline folder already; nothing was changed"))?;
    } else {
        page.line(format!("made {path}"))?;
        hint(global, &format!("next: dateline --dir {path} add feeds.opml"));
    }
    page.end()?;
    Ok(Outcome::Done)
}
