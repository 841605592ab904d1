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
        let problem =
            Problem::new(&capture.source, what).fix("nothing needs to be done if it is a menu or a list");
        return Parsed { problems: vec![problem], ..Parsed::default() };
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

#[cfg(test)]
mod tests {
    use super::*;
    use dateline_model::Source;
    use proptest::prelude::*;

    fn capture(format: Format, content_type: &str, bytes: &[u8]) -> Capture {
        Capture {
            source: Source { input: "x.warc".into(), position: Some(3) },
            format,
            bytes: bytes.to_vec(),
            url: Some("https://www.sahel-courier.example/base?utm_source=x".into()),
            content_type: Some(content_type.into()),
            fetched: "2024-05-03".parse().ok(),
        }
    }

    #[test]
    fn records_are_read_as_what_their_payload_is() {
        let feed = b"<rss><channel><item><title>Troops share base</title><link>https://a.example/1</link></item></channel></rss>";
        assert_eq!(parse(&capture(Format::Warc, "text/html", feed)).items[0].title, "Troops share base");
        assert_eq!(parse(&capture(Format::Warc, "", b"\x89PNG")), Parsed::default());
    }

    #[test]
    fn the_text_of_a_page_gives_its_prose_only() {
        let sentence = "US and Russian troops are at the same air base in Niamey, a senior defence official said on Thursday.";
        let text = format!("Troops share base\nHome\nNews\n{}Sign in\n", format!("{sentence}\n").repeat(5));
        let parsed = parse(&capture(Format::Warc, "text/plain", text.as_bytes()));
        let item = &parsed.items[0];
        assert_eq!((item.title.as_str(), item.text.lines().count()), ("Troops share base", 5));
        assert_eq!(item.url.as_deref(), Some("https://www.sahel-courier.example/base"));
        assert_eq!(item.outlet.as_deref(), Some("sahel-courier.example"));
        let menu = parse(&capture(Format::Warc, "text/plain", b"Home\nNews\nSport\n"));
        assert_eq!((menu.items.len(), menu.problems.len()), (0, 1));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(96))]
        #[test]
        fn no_bytes_of_any_format_panic(at in 0usize..5, bytes in proptest::collection::vec(any::<u8>(), 0..120), plain in any::<bool>()) {
            let content_type = if plain { "text/plain" } else { "text/html; charset=utf-16" };
            parse(&capture(Format::ALL[at], content_type, &bytes));
        }
    }
}
