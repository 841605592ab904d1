//! `dateline add`: articles into the folder.

use std::sync::Arc;
use std::sync::atomic::AtomicU64;

use dateline_desk::{AddOptions, AddReport, Desk, add, read_backlog};
use dateline_store::{Folder, Store};

use crate::cli::{AddArgs, Global};
use crate::outcome::{Ended, Failure, Outcome};
use crate::print::progress::{self, Progress};
use crate::print::{Page, added};

pub fn run(arguments: &AddArgs, global: &Global) -> Ended {
    let folder = Folder::at(&global.dir);
    let mut inputs = arguments.inputs.clone();
    if arguments.subscriptions {
        inputs.extend(subscribed(&folder)?);
    }
    let mut options = AddOptions { threads: usize::from(arguments.threads), ..AddOptions::default() };
    options.ingest.format = arguments.format;
    options.ingest.fetch.allow_private = arguments.allow_private;
    let report = if inputs.is_empty() {
        AddReport::default()
    } else {
        with_progress(&folder, &inputs, &options, global)?
    };
    let read = if arguments.deep { Some(deeply(&folder, global)?) } else { None };

    if !global.json {
        added::problems(&report);
    }
    let mut page = Page::open(global);
    if global.json {
        page.json(&added::added_json(&report, read))?;
    } else {
        if !inputs.is_empty() {
            added::added(&mut page, &report, &folder.path().display().to_string())?;
        }
        added::read(&mut page, read)?;
    }
    page.end()?;
    Ok(if report.problem_count > 0 { Outcome::Partly } else { Outcome::Done })
}

/// Adds, and shows how far it has come.
pub fn with_progress(
    folder: &Folder,
    inputs: &[String],
    options: &AddOptions,
    global: &Global,
) -> Result<AddReport, Failure> {
    let (bytes, placed) = (options.ingest.progress.clone(), Arc::clone(&options.placed));
    let progress = Progress::show(global, move |elapsed| progress::of_inputs(&bytes, &placed, elapsed));
    let report = add(folder, inputs, options);
    drop(progress);
    Ok(report?)
}

/// Reads deeply what waits for it. Returns how many articles that were.
fn deeply(folder: &Folder, global: &Global) -> Result<u64, Failure> {
    let waiting = Desk::open(folder.clone())?.backlog()?.waiting;
    let done = Arc::new(AtomicU64::new(0));
    let counted = Arc::clone(&done);
    let progress = Progress::show(global, move |elapsed| {
        progress::of_articles(&counted, waiting, "read deeply", elapsed)
    });
    let read = read_backlog(folder, &done);
    drop(progress);
    Ok(read?)
}

/// The feeds that are subscribed to.
fn subscribed(folder: &Folder) -> Result<Vec<String>, Failure> {
    let feeds = folder.open_store_read_only()?.subscriptions()?;
    if feeds.is_empty() {
        let path = folder.path().display();
        return Err(Failure::Said(format!("{path} subscribes to no feeds; add an OPML list first")));
    }
    Ok(feeds.into_iter().map(|subscribed| subscribed.feed).collect())
}
