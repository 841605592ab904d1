//! `dateline read`: who says what in articles, read deeply. A filter; it needs no folder.

use std::io::IsTerminal as _;
use std::sync::Arc;
use std::sync::atomic::AtomicU64;

use dateline_desk::{DEEP, read_attributions};
use dateline_ingest::{Options, Problem, captures, parse};
use dateline_model::{Item, Lang, Registry};
use dateline_reader::{Copy, Reader};
use dateline_store::Folder;

use crate::cli::{Global, ReadArgs};
use crate::outcome::{Ended, Failure, Outcome};
use crate::print::progress::Progress;
use crate::print::said::{Problems, Said};
use crate::print::{Page, progress, said};

pub fn run(arguments: &ReadArgs, global: &Global) -> Ended {
    // Where there is a folder, its own rows of the registry count; where there is none, what ships is enough.
    let (registry, complaints) = Folder::at(&global.dir).registry()?;
    let reader = Reader::new(&registry);
    let mut options = Options { format: arguments.format, ..Options::default() };
    options.fetch.allow_private = arguments.allow_private;

    let mut problems = Problems::default();
    for complaint in complaints {
        let source = dateline_model::Source { input: complaint, position: None };
        problems.name(&Problem::new(&source, "this row of your outlet registry is not used"));
    }
    let read = Arc::new(AtomicU64::new(0));
    // On a terminal the articles themselves show how far it has come.
    let progress = (!std::io::stdout().is_terminal()).then(|| {
        let (bytes, articles) = (options.progress.clone(), Arc::clone(&read));
        Progress::show(global, move |elapsed| progress::of_inputs(&bytes, &articles, elapsed))
    });
    let mut page = Page::open(global);
    for capture in arguments.inputs.iter().flat_map(|input| captures(input, &options)) {
        let parsed = match capture {
            Ok(capture) => parse(&capture),
            Err(problem) => {
                problems.name(&problem);
                continue;
            }
        };
        parsed.problems.iter().for_each(|problem| problems.name(problem));
        for item in parsed.items {
            print(&mut page, &item, &reader, &registry, global)?;
            read.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        }
    }
    page.end()?;
    drop(progress);
    Ok(if problems.end() > 0 { Outcome::Partly } else { Outcome::Done })
}

fn print(
    page: &mut Page,
    item: &Item,
    reader: &Reader,
    registry: &Registry,
    global: &Global,
) -> Result<(), Failure> {
    let byline = item.byline.join("; ");
    let copy = Copy { title: &item.title, text: &item.text, byline: &byline, lang: item.lang, read_as: None };
    let lang = reader.read(copy).lang.unwrap_or(Lang::UNKNOWN);
    let attributions = read_attributions(&item.title, &item.text, &byline, lang, reader, registry);
    let outlet = item.outlet.as_deref().map(|outlet| registry.home(outlet));
    let found = Said { item, outlet, lang, deep: DEEP.contains(&lang), attributions };
    if global.json {
        page.json_line(&said::said_json(&found))?;
    } else {
        said::said(page, &found, registry)?;
    }
    Ok(())
}
