//! Feeds: RSS of any version, Atom 0.3 and 1.0, CDF and JSON Feed, in whatever state they are.
//!
//! [`read_feed`] reads bytes into a [`FeedDocument`], which keeps what the feed says in its own
//! words; [`parse_feed`] makes [`Item`](dateline_model::Item)s of it. A feed is never refused for
//! being ill-formed: every entry that can be kept is kept, and what was odd is listed. It is refused
//! for being something else, or for being larger than a feed can be.
//!
//! Time and memory are linear in the input and bounded by named limits. References to entities are
//! expanded only where they stand for short plain text, and nothing outside the bytes is ever read.

mod assign;
mod boilerplate;
mod document;
mod elements;
mod entities;
mod items;
mod json;
mod names;
mod oddities;
mod reader;
mod scope;
#[cfg(test)]
mod tests;
mod value;

pub use document::{
    Category, Content, ContentKind, Dated, FeedDocument, FeedEntry, FeedError, FeedKind, FeedSource, Link,
    Oddity, OddityKind, Person,
};

use crate::charset::{self, Decoded, How, Markup};
use crate::{Capture, Parsed, Problem};

/// Bytes of the largest feed that is read. Whole archives served as one feed reach 20 MB.
pub const MAX_FEED: usize = 64 << 20;

/// Reads a feed from its bytes and the `Content-Type` they came with.
///
/// # Errors
///
/// [`FeedError::NotAFeed`] for pages, lists and other files that are no feeds, and
/// [`FeedError::TooLarge`] beyond [`MAX_FEED`]. Damage is no error: it is listed in
/// [`FeedDocument::oddities`]. A file that is empty is a feed without entries.
///
/// ```
/// use dateline_ingest::feed::read_feed;
///
/// // No end of the first entry, a bare ampersand, and a file that is cut.
/// let feed = b"<rss><channel><title>Niamey Post</title><item><title>Troops & talks</title>\
///              <link>https://niamey-post.example/a</link><item><title>Half a headl";
/// let document = read_feed(feed, None).unwrap();
/// assert_eq!(document.entries.len(), 1);
/// assert_eq!(document.entries[0].title.as_ref().unwrap().value, "Troops & talks");
/// ```
pub fn read_feed(bytes: &[u8], content_type: Option<&str>) -> Result<FeedDocument, FeedError> {
    read_at(bytes, content_type, None)
}

/// Like [`read_feed`], with the URL the feed was fetched from, against which its links are resolved.
///
/// # Errors
///
/// Those of [`read_feed`].
pub fn read_at(
    bytes: &[u8],
    content_type: Option<&str>,
    url: Option<&str>,
) -> Result<FeedDocument, FeedError> {
    if bytes.len() > MAX_FEED {
        return Err(FeedError::TooLarge { bytes: bytes.len(), limit: MAX_FEED });
    }
    let Decoded { text, encoding, how, lossy } = charset::decode(bytes, content_type, Markup::Xml);
    let mut document = FeedDocument { encoding, ..FeedDocument::default() };
    let mut oddities;
    if text.trim_start().starts_with('{') {
        oddities = oddities::Oddities::default();
        if !json::read(&text, &mut document, &mut oddities) {
            return Err(FeedError::NotAFeed { found: "JSON of another kind".to_owned() });
        }
    } else {
        let mut reader = reader::Reader::new(&text, url, &mut document);
        let first = reader.run();
        oddities = std::mem::take(&mut reader.oddities);
        if document.kind == FeedKind::Unknown {
            if let Some(found) = something_else(first, &text) {
                return Err(FeedError::NotAFeed { found });
            }
            oddities.note(OddityKind::Empty, "", || None);
        }
    }
    if matches!(how, How::Detected | How::Assumed) {
        oddities.note(OddityKind::Undeclared, encoding, || None);
    }
    if lossy {
        oddities.note(OddityKind::Encoding, encoding, || None);
    }
    document.oddities = oddities.into_list();
    Ok(document)
}

/// What a file without a feed is; `None` for one that is empty.
fn something_else(first: Option<&str>, text: &str) -> Option<String> {
    match first {
        Some(name) if name.eq_ignore_ascii_case("html") => Some("an HTML page".to_owned()),
        Some(name) if name.eq_ignore_ascii_case("opml") => Some("an OPML list of feeds".to_owned()),
        Some(name) if name == "urlset" || name == "sitemapindex" => Some("a sitemap".to_owned()),
        Some(name) => Some(format!("XML of another kind (<{}>)", name.chars().take(40).collect::<String>())),
        None if text.trim_start().starts_with('<') || text.trim().is_empty() => None,
        None => Some("plain text".to_owned()),
    }
}

/// Parses a captured feed into items, in the order of its entries.
///
/// Whatever was odd about it is among the problems, also where every entry could be kept.
pub fn parse_feed(capture: &Capture) -> Parsed {
    match read_at(&capture.bytes, capture.content_type.as_deref(), capture.url.as_deref()) {
        Ok(document) => {
            let problem =
                |oddity: &Oddity| Problem::new(&capture.source, oddity.to_string()).fix(oddity.way_out());
            let problems = document.oddities.iter().map(problem).collect();
            Parsed { items: items::items(document, capture), problems, ..Parsed::default() }
        }
        Err(error) => {
            let way_out = match &error {
                FeedError::NotAFeed { found } if found.contains("HTML") => {
                    "give the address of the feed, which the page may name in <link rel=\"alternate\">"
                }
                FeedError::NotAFeed { .. } => "name what it is with --format",
                FeedError::TooLarge { .. } => "split it, or ask the outlet for a shorter one",
            };
            let problem = Problem::new(&capture.source, error.to_string()).fix(way_out);
            Parsed { problems: vec![problem], ..Parsed::default() }
        }
    }
}
