//! Captures: raw bytes as they were found or fetched, before anyone looks inside.

use std::fmt;

use dateline_model::{Item, Source, When};

/// What a capture's bytes are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Format {
    /// One line of a JSONL file: one article as a JSON object.
    Jsonl,
    /// RSS, Atom, RDF, CDF or JSON Feed.
    Feed,
    /// An OPML list of feeds.
    Opml,
    /// An HTML page.
    Html,
    /// One record of a WARC archive; parsed as what its payload is.
    Warc,
}

impl Format {
    /// All formats, as `--format` names them.
    pub const ALL: [Format; 5] = [Self::Jsonl, Self::Feed, Self::Opml, Self::Html, Self::Warc];

    /// The name `--format` knows it by.
    pub fn word(self) -> &'static str {
        match self {
            Self::Jsonl => "jsonl",
            Self::Feed => "feed",
            Self::Opml => "opml",
            Self::Html => "html",
            Self::Warc => "warc",
        }
    }
}

/// Raw bytes with all that was known of them from outside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Capture {
    /// Where they came from.
    pub source: Source,
    /// What they are.
    pub format: Format,
    /// The bytes, decompressed.
    pub bytes: Vec<u8>,
    /// The URL they were fetched from, where that is known.
    pub url: Option<String>,
    /// The `Content-Type` they were served with, where that is known.
    pub content_type: Option<String>,
    /// When they were fetched, where that is known (files on disk: not).
    pub fetched: Option<When>,
}

/// Something that could not be read. The rest of the batch goes on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The file, URL, line or record it happened at.
    pub source: Source,
    /// What is wrong, in a sentence that names the field or byte where that helps.
    pub what: String,
    /// The way out, where there is one.
    pub way_out: Option<String>,
}

impl Problem {
    /// A problem at `source`.
    pub fn new(source: &Source, what: impl Into<String>) -> Self {
        Self { source: source.clone(), what: what.into(), way_out: None }
    }

    /// The same problem with a way out.
    pub fn fix(mut self, way_out: impl Into<String>) -> Self {
        self.way_out = Some(way_out.into());
        self
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.source, self.what)?;
        match &self.way_out {
            Some(way_out) => write!(f, " ({way_out})"),
            None => Ok(()),
        }
    }
}

/// A feed somebody subscribes to, from an OPML list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subscription {
    /// URL of the feed.
    pub feed: String,
    /// URL of the site.
    pub site: Option<String>,
    /// Name in the list.
    pub title: Option<String>,
    /// The folders it stands in, outermost first.
    pub folders: Vec<String>,
}

impl std::error::Error for Problem {}

/// What parsing one capture gave.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Parsed {
    /// Articles, in the order they stand in the capture.
    pub items: Vec<Item>,
    /// Feeds that an OPML list names.
    pub subscriptions: Vec<Subscription>,
    /// What could not be read.
    pub problems: Vec<Problem>,
}
