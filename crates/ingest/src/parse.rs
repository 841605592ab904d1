//! Captures to articles: the second step, which needs nothing but the capture.

use dateline_model::{Extent, Item};

use crate::feed::parse_feed;
use crate::jsonl::parse_line;
use crate::opml::parse_opml;
use crate::page::{self, parse_page};
use crate::sniff::{Content, HEAD, sniff};
use crate::url::{canonical, outlet};
use crate::{Capture, Format, Parsed, Problem};

/// Reads a capture as what its format says. Pure: no input, no output, the same result each time; it may run on
/// any thread, and takes long (up to tens of milliseconds) for pages only.
pub fn parse(capture: &Capture) -> Parsed {
    match capture.format {
        Format::Jsonl => parse_line(capture),
        Format::Feed => parse_feed(capture),
        Format::Opml => parse_opml(capture),
        Format::Html => parse_page(capture),
        Format::Warc => parse_record(capture),
    }
}

/// Reads the payload of an archive's record: a page, a feed, or the plain text of a page.
fn parse_record(capture: &Capture) -> Parsed {
    let media = capture.content_type.as_deref().unwrap_or_default().trim_start().to_ascii_lowercase();
    if media.starts_with("text/plain") {
        return parse_text(capture);
    }
    let head = &capture.bytes[..capture.bytes.len().min(HEAD)];
    let name = capture.url.as_deref().unwrap_or_default();
    match sniff(head, name, capture.content_type.as_deref()) {
        Content::Known(Format::Feed) => parse_feed(capture),
        Content::Known(Format::Html) => parse_page(capture),
        // Anything else that an archive holds is not news: nothing is missing.
        _ => Parsed::default(),
    }
}

/// Reads the text of a page as an archive keeps it (WET): its title in the first line, then all that stood on
/// it, menus too. Only lines that read like prose are taken.
fn parse_text(capture: &Capture) -> Parsed {
    let text = String::from_utf8_lossy(&capture.bytes);
    let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let title = lines.next().unwrap_or_default();
    let (prose, enough) = page::prose(lines);
    if !enough {
        let what = "the text in this record holds no article";
        return Parsed { problems: vec![Problem::new(&capture.source, what)], ..Parsed::default() };
    }
    let url = capture.url.as_deref().and_then(canonical);
    let mut item = Item {
        source: capture.source.clone(),
        outlet: url.as_deref().and_then(outlet),
        url,
        title: title.to_owned(),
        text: prose,
        extent: Extent::Full,
        ..Item::default()
    };
    item.dates.fetched = capture.fetched;
    item.provenance.insert("text".into(), "warc:conversion".into());
    Parsed { items: vec![item], ..Parsed::default() }
}
