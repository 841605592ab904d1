//! One file a stage. A stage reads a data set, runs one room of dateline over it, and reports.

use std::io::Write;
use std::path::Path;

use crate::data::DataError;
use crate::report::Report;

pub mod attribution;
pub mod beside;
pub mod brief;
pub mod demo;
pub mod feeds;
pub mod grammar;
pub mod neardup;
pub mod opml;
pub mod sentences;
pub mod sources;
pub mod speed;
pub mod stories;
pub mod stream;
pub mod text;
pub mod warc;

/// Writes what a stage predicts on the data sets under a folder, one JSON object a line.
pub type Predict = fn(&Path, &mut dyn Write) -> Result<(), DataError>;

/// One stage of the benchmarks.
#[derive(Debug, Clone, Copy)]
pub struct Stage {
    /// Its name, as `dateline eval STAGE` takes it.
    pub name: &'static str,
    /// What it measures, in a few words.
    pub about: &'static str,
    /// Runs it on the data sets under a folder.
    pub run: fn(&Path) -> Result<Report, DataError>,
    /// Writes what it predicts there, where its predictions can be scored by somebody else.
    pub predict: Option<Predict>,
}

/// All stages, in the order in which an article walks through the house.
pub const ALL: &[Stage] = &[
    Stage {
        name: "feeds",
        about: "feeds of every format and in every state, read into articles",
        run: feeds::run,
        predict: Some(feeds::write_predictions),
    },
    Stage {
        name: "opml",
        about: "lists of feeds, read whole and written back",
        run: opml::run,
        predict: None,
    },
    Stage {
        name: "warc",
        about: "archives of the web: records read, damage reported",
        run: warc::run,
        predict: None,
    },
    Stage {
        name: "text",
        about: "from real pages to title, authors, date and body",
        run: text::run,
        predict: Some(text::write_predictions),
    },
    Stage {
        name: "sentences",
        about: "where sentences end",
        run: sentences::run,
        predict: Some(sentences::write_predictions),
    },
    Stage {
        name: "grammar",
        about: "English tokens, tags, trees and names, against spaCy's own",
        run: grammar::run,
        predict: None,
    },
    Stage {
        name: "attribution",
        about: "who says what: source, cue and content",
        run: attribution::run,
        predict: Some(attribution::write_predictions),
    },
    Stage {
        name: "sources",
        about: "who speaks, named or not, and what is told of those without a name",
        run: sources::run,
        predict: Some(sources::write_predictions),
    },
    Stage {
        name: "neardup",
        about: "which articles are copies of one another",
        run: neardup::run,
        predict: Some(neardup::write_predictions),
    },
    Stage {
        name: "stories",
        about: "articles into stories, one configuration for all sets",
        run: stories::run,
        predict: Some(stories::write_predictions),
    },
    Stage {
        name: "brief",
        about: "the text of a brief against human summaries",
        run: brief::run,
        predict: Some(brief::write_predictions),
    },
    Stage {
        name: "demo",
        about: "all rooms on the project's own demo wire: stories, origins, speakers, and the rules of its briefs",
        run: demo::run,
        predict: Some(demo::write_predictions),
    },
    Stage {
        name: "speed",
        about: "adding eight thousand articles: time a room, memory, and adding them again",
        run: speed::run,
        predict: None,
    },
];

/// Stages that take many minutes: they run when they are asked for by name, and stand in no document.
pub const APART: &[Stage] = &[Stage {
    name: "stream",
    about: "what an article costs as the stream grows to a million; takes minutes, and runs by name only",
    run: stream::run,
    predict: None,
}];

/// The stage of a name.
pub fn by_name(name: &str) -> Option<&'static Stage> {
    ALL.iter().chain(APART).find(|stage| stage.name == name)
}
