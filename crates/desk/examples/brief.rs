//! Prints the briefs of a folder as Markdown: `cargo run --example brief -- DIR [WORDS]`.

use dateline_brief::check::{Level, check};
use dateline_brief::{compose, faces};
use dateline_desk::Desk;
use dateline_reader::Reader;
use dateline_store::{Folder, HeadFilter};

fn main() {
    let mut arguments = std::env::args().skip(1);
    let mut desk = Desk::open(Folder::at(arguments.next().unwrap_or_else(|| "dateline.d".into()))).unwrap();
    let registry = desk.registry().clone();
    let reader = Reader::new(&registry);
    let stories = match arguments.next() {
        Some(words) => vec![desk.find_story(&words).unwrap().story],
        None => desk.stories(&HeadFilter::default()).unwrap().iter().map(|head| head.story).collect(),
    };
    for story in stories {
        let dossier = desk.dossier(story).unwrap();
        let composed = compose(&dossier, &registry, &reader);
        println!("{}", faces::markdown(&composed.brief, &composed.passages));
        for outcome in check(&composed.brief, &dossier, &registry) {
            for finding in &outcome.findings {
                let level = if outcome.level == Level::Blocks { "BROKEN" } else { "warning" };
                println!("{level} {}: {finding:?}", outcome.rule);
            }
        }
    }
}
