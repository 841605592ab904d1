//! What a feed says, in its own words: the fields of RSS, Atom, CDF and JSON Feed under one roof.
//!
//! Values are decoded but not yet interpreted. Markup is kept as markup and dates keep the string
//! they were given as, so that what an article is can be decided later, and what was there can be seen.

use std::fmt;

use dateline_model::When;

/// Which format a feed is in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum FeedKind {
    /// No feed element was found.
    #[default]
    Unknown,
    /// RSS 0.9x, 2.0 or without a version: `<rss>`.
    Rss,
    /// RSS 0.90 or 1.0: `<rdf:RDF>`.
    Rdf,
    /// Atom 0.3 and its forerunners.
    Atom03,
    /// Atom 1.0 (RFC 4287).
    Atom10,
    /// Microsoft's Channel Definition Format.
    Cdf,
    /// JSON Feed 1.0 or 1.1.
    Json,
}

impl FeedKind {
    /// The names that an entry's page and id go by in this format.
    pub(super) fn page_and_id(self) -> (&'static str, &'static str) {
        match self {
            Self::Rss | Self::Unknown => ("link", "guid"),
            Self::Rdf => ("link", "rdf:about"),
            Self::Atom03 | Self::Atom10 => ("link", "id"),
            Self::Cdf => ("href", "id"),
            Self::Json => ("url", "id"),
        }
    }
}

/// What the characters of a value are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum ContentKind {
    /// The format says it is plain text.
    Text,
    /// HTML.
    Html,
    /// Well-formed XHTML that stood inline.
    Xhtml,
    /// The format leaves it open: a headline of RSS may hold markup or not.
    #[default]
    Guess,
    /// Something else: an image, a film, another XML.
    Other,
}

impl ContentKind {
    /// Its media type, as far as it has one.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Text | Self::Guess => "text/plain",
            Self::Html => "text/html",
            Self::Xhtml => "application/xhtml+xml",
            Self::Other => "application/octet-stream",
        }
    }
}

/// A value that may hold markup.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Content {
    /// The value, decoded once: what the outlet meant to hand to a browser.
    pub value: String,
    /// What it is.
    pub kind: ContentKind,
    /// `xml:lang` in force.
    pub lang: Option<String>,
    /// `xml:base` in force, absolute where that was known.
    pub base: Option<String>,
    /// Where the content is if it is not here (`<content src>`).
    pub src: Option<String>,
    /// Where it stood: `content:encoded`, `description` …
    pub element: String,
}

impl Content {
    /// The value as plain text, one paragraph a line.
    pub fn paragraphs(&self) -> String {
        match self.kind {
            ContentKind::Text => crate::plain::of_text(&self.value),
            ContentKind::Other => String::new(),
            _ => crate::plain::paragraphs(&self.value),
        }
    }

    /// The value as one line of plain text.
    pub fn line(&self) -> String {
        match self.kind {
            ContentKind::Text => crate::plain::literal_line(&self.value),
            ContentKind::Other => String::new(),
            _ => crate::plain::line(&self.value),
        }
    }
}

/// A link, as Atom has them; an RSS `<link>` is an `alternate`, an `<enclosure>` an `enclosure`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Link {
    /// Where it leads, resolved against `xml:base` and the feed's URL.
    pub href: String,
    /// What it is to the entry: `alternate`, `self`, `enclosure`, `via` …
    pub rel: String,
    /// Media type of what it leads to.
    pub media_type: Option<String>,
    /// Language of what it leads to.
    pub hreflang: Option<String>,
    /// Title of what it leads to.
    pub title: Option<String>,
    /// Length in bytes of what it leads to, as written.
    pub length: Option<String>,
}

/// Somebody who wrote or helped.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Person {
    /// Name as printed.
    pub name: Option<String>,
    /// E-mail address.
    pub email: Option<String>,
    /// Home page.
    pub uri: Option<String>,
    /// Where they stood: `author`, `dc:creator`, `itunes:author`.
    pub element: String,
}

/// A category, keyword or tag.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Category {
    /// The term.
    pub term: String,
    /// The vocabulary it is from.
    pub scheme: Option<String>,
    /// The term for people.
    pub label: Option<String>,
    /// Where it stood: `category`, `dc:subject`, `tags` …
    pub element: String,
}

/// A date as written, and as read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Dated {
    /// As written.
    pub text: String,
    /// As read; `None` where it is no date, or could be two.
    pub when: Option<When>,
    /// Where it stood: `pubDate`, `dc:date` …
    pub element: String,
}

/// The feed an entry was taken over from.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FeedSource {
    /// Its title.
    pub title: Option<Content>,
    /// Its page, or the feed itself in RSS.
    pub link: Option<String>,
    /// All its links.
    pub links: Vec<Link>,
    /// Its id.
    pub id: Option<String>,
    /// When it changed.
    pub updated: Option<Dated>,
    /// Its authors.
    pub authors: Vec<Person>,
    /// Its categories.
    pub categories: Vec<Category>,
}

/// One entry of a feed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FeedEntry {
    /// `guid` or `id`.
    pub id: Option<String>,
    /// Whether the id is the entry's URL, too, as RSS has it unless it says otherwise.
    pub id_is_link: bool,
    /// Headline.
    pub title: Option<Content>,
    /// The entry's page: its first alternate link, else a permalink guid.
    pub link: Option<String>,
    /// The page behind a link that only counts readers (`feedburner:origLink`).
    pub original_link: Option<String>,
    /// All links, enclosures among them, in order.
    pub links: Vec<Link>,
    /// Summary or description.
    pub summary: Option<Content>,
    /// Contents: `content:encoded`, Atom's `content`, `content_html`.
    pub contents: Vec<Content>,
    /// Authors.
    pub authors: Vec<Person>,
    /// Contributors.
    pub contributors: Vec<Person>,
    /// Categories, keywords and tags.
    pub categories: Vec<Category>,
    /// `pubDate`, `published`, `issued`.
    pub published: Option<Dated>,
    /// `created`.
    pub created: Option<Dated>,
    /// `dc:date`, which says not what of.
    pub dated: Option<Dated>,
    /// `updated`, `modified`.
    pub updated: Option<Dated>,
    /// Language the entry declares in an element of its own; `xml:lang` stands with each content.
    pub language: Option<String>,
    /// The feed it was taken over from.
    pub source: Option<FeedSource>,
}

/// A feed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FeedDocument {
    /// Its format.
    pub kind: FeedKind,
    /// Its version as written: `2.0`, `0.91`, `https://jsonfeed.org/version/1.1`.
    pub version: Option<String>,
    /// The character encoding it was in.
    pub encoding: &'static str,
    /// Id.
    pub id: Option<String>,
    /// Title.
    pub title: Option<Content>,
    /// The site's page.
    pub link: Option<String>,
    /// All links.
    pub links: Vec<Link>,
    /// Description, subtitle or tagline.
    pub description: Option<Content>,
    /// Language as written.
    pub language: Option<String>,
    /// When the feed was published.
    pub published: Option<Dated>,
    /// When it last changed.
    pub updated: Option<Dated>,
    /// Authors of the feed.
    pub authors: Vec<Person>,
    /// Categories of the feed.
    pub categories: Vec<Category>,
    /// Entries, in order.
    pub entries: Vec<FeedEntry>,
    /// What was odd.
    pub oddities: Vec<Oddity>,
}

/// Something odd about a feed that was read all the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Oddity {
    /// What it is.
    pub kind: OddityKind,
    /// What it concerns: an element, a prefix, a value.
    pub detail: String,
    /// Line of the first such place, from 1, where it has one.
    pub line: Option<usize>,
    /// How many such places there are.
    pub count: usize,
}

/// Kinds of oddity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum OddityKind {
    /// No element of a feed was found.
    Empty,
    /// Something stands before the feed.
    Junk,
    /// Bytes did not decode.
    Encoding,
    /// The encoding is not declared, and was found from the bytes.
    Undeclared,
    /// A `<` that starts no tag.
    StrayBracket,
    /// A tag, comment or CDATA section without its end.
    BrokenMarkup,
    /// An element was not closed.
    Unclosed,
    /// An end tag closes nothing.
    Unopened,
    /// A namespace prefix was not declared.
    Prefix,
    /// A reference names nothing.
    Reference,
    /// A declared entity was not expanded.
    Entity,
    /// A date cannot be read, or could be two dates.
    Date,
    /// Content that says it is base64 and is not.
    Base64,
    /// A value of the wrong type.
    Type,
    /// The file ends in the middle.
    Truncated,
    /// A limit was reached, and the rest left out.
    Limit,
}

impl Oddity {
    /// What to do about it: mostly nothing, or a word to the outlet, since a feed is mended at its source.
    pub fn way_out(&self) -> &'static str {
        match self.kind {
            OddityKind::Empty => "check that this is the feed you mean",
            OddityKind::Truncated => "get the feed again",
            OddityKind::Encoding | OddityKind::Undeclared => {
                "look whether names read well; if not, tell the outlet"
            }
            OddityKind::Date => "the article is kept without this date; its page may have it",
            OddityKind::Limit => "split the feed, or tell the outlet",
            OddityKind::Entity => "look at the feed: entities made to grow are an attack",
            OddityKind::Base64 | OddityKind::Type | OddityKind::Reference => {
                "look at the article before you quote it"
            }
            OddityKind::Junk
            | OddityKind::StrayBracket
            | OddityKind::BrokenMarkup
            | OddityKind::Unclosed
            | OddityKind::Unopened
            | OddityKind::Prefix => "nothing needs to be done; the entries were read past it",
        }
    }
}

impl fmt::Display for Oddity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { detail, .. } = self;
        match self.kind {
            OddityKind::Empty => f.write_str("there is no feed in it"),
            OddityKind::Junk => write!(f, "{detail} stands before the feed"),
            OddityKind::Encoding => write!(f, "some bytes are not {detail}"),
            OddityKind::Undeclared => write!(f, "the encoding is not declared; taken for {detail}"),
            OddityKind::StrayBracket => f.write_str("a `<` starts no tag; read as a character"),
            OddityKind::BrokenMarkup => write!(f, "{detail} has no end"),
            OddityKind::Unclosed => write!(f, "<{detail}> is not closed"),
            OddityKind::Unopened => write!(f, "</{detail}> closes nothing"),
            OddityKind::Prefix => write!(f, "the prefix `{detail}` is not declared"),
            OddityKind::Reference => write!(f, "`&{detail};` names nothing; left as it is"),
            OddityKind::Entity => {
                write!(f, "the entity `{detail}` was not expanded: it is not plain text, or too much of it")
            }
            OddityKind::Date => write!(f, "`{detail}` is no date, or could be two"),
            OddityKind::Base64 => write!(f, "<{detail}> says it is base64 and is not"),
            OddityKind::Type => write!(f, "`{detail}` has the wrong type"),
            OddityKind::Truncated => f.write_str("the file ends in the middle; what was cut is left out"),
            OddityKind::Limit => write!(f, "{detail}; the rest was left out"),
        }?;
        match (self.line, self.count) {
            (Some(line), 0 | 1) => write!(f, " (line {line})"),
            (Some(line), count) => write!(f, " ({count} times, first on line {line})"),
            (None, 0 | 1) => Ok(()),
            (None, count) => write!(f, " ({count} times)"),
        }
    }
}

/// Why bytes are no feed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FeedError {
    /// They are something else.
    #[error("this is {found}, not a feed")]
    NotAFeed {
        /// What they look like.
        found: String,
    },
    /// They are more than a feed can be.
    #[error("the feed has {bytes} bytes; at most {limit} are read")]
    TooLarge {
        /// How many there are.
        bytes: usize,
        /// How many are read.
        limit: usize,
    },
}
