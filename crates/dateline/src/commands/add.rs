//! `dateline add`: articles into the folder.

use dateline_desk::{AddOptions, AddReport, add};
use dateline_store::{Folder, Store};

use crate::cli::{AddArgs, Global};
use crate::outcome::{Ended, Failure, Outcome};
use crate::print::progress::{Counters, Progress};
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
    let report = with_progress(&folder, &inputs, &options, global)?;

    if !global.json {
        added::problems(&report);
    }
    let mut page = Page::open(global);
    if global.json {
        page.json(&added::added_json(&report))?;
    } else {
        added::added(&mut page, &report, &folder.path().display().to_string())?;
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
    let counters =
        Counters { read: options.ingest.progress.clone(), placed: std::sync::Arc::clone(&options.placed) };
    let progress = Progress::show(global, counters);
    let report = add(folder, inputs, options);
    drop(progress);
    Ok(report?)
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
