//! What bytes are, by how they begin.
//!
//! Names and content types are often wrong, so the bytes are asked first; a file's ending decides only
//! where they do not tell.

use crate::Format;
use crate::jsonl::is_json_object;

/// What a file or body holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Content {
    /// Nothing, or nothing but white space.
    Empty,
    /// Something dateline reads.
    Known(Format),
    /// A WARC archive's elder brother.
    Arc,
    /// JSON, but not one object a line: a list, or an object over several lines.
    Json,
    /// No text: a picture, a document, a program. With its name where it has a known one.
    Binary(&'static str),
    /// Text of some other kind.
    Text,
}

/// Bytes that are enough to tell.
pub const HEAD: usize = 64 * 1024;
/// The root element of XML is looked for in this many bytes.
const ROOT_WITHIN: usize = 8 * 1024;

/// Binary formats by their first bytes.
const MAGIC: &[(&[u8], &str)] = &[
    (b"%PDF", "a PDF document"),
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"PK\x03\x04", "a ZIP archive or an Office document"),
    (b"\x1f\x8b", "gzip inside gzip"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ", "an xz archive"),
    (b"7z\xbc\xaf", "a 7-Zip archive"),
    (b"SQLite format 3", "an SQLite data base"),
    (b"PAR1", "a Parquet file"),
    (b"\x7fELF", "a program"),
];

/// Tells what bytes are from their `head`, at most [`HEAD`] of them; `name` is the file's name or the URL's
/// path, `content_type` what a server says.
pub fn sniff(head: &[u8], name: &str, content_type: Option<&str>) -> Content {
    if let Some((_, what)) = MAGIC.iter().find(|(magic, _)| head.starts_with(magic)) {
        return Content::Binary(what);
    }
    let text = readable(head);
    let text = text.trim_ascii_start();
    if text.is_empty() {
        return if head.iter().all(|b| b.is_ascii_whitespace()) {
            Content::Empty
        } else {
            Content::Binary("no text")
        };
    }
    if text.starts_with(b"WARC/") {
        return Content::Known(Format::Warc);
    }
    if text.starts_with(b"filedesc:") {
        return Content::Arc;
    }
    if is_binary(text) {
        return Content::Binary("no text");
    }
    match text[0] {
        b'{' => json(text),
        b'[' => Content::Json,
        b'<' => Content::Known(markup(text, name, content_type)),
        _ => other(text, name, content_type),
    }
}

/// The head without byte order mark, and without the zero bytes of UTF-16.
fn readable(head: &[u8]) -> std::borrow::Cow<'_, [u8]> {
    let head = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head);
    let wide = head.starts_with(&[0xff, 0xfe])
        || head.starts_with(&[0xfe, 0xff])
        || head.starts_with(b"<\0")
        || head.starts_with(b"\0<")
        || head.starts_with(b"\0\0\0<");
    if !wide {
        return head.into();
    }
    head.iter().copied().filter(|b| !matches!(b, 0 | 0xfe | 0xff)).collect::<Vec<_>>().into()
}

/// Text has no zero bytes and few control characters.
fn is_binary(text: &[u8]) -> bool {
    let control =
        text.iter().filter(|b| b.is_ascii_control() && !b.is_ascii_whitespace() && **b != 0x1b).count();
    text.contains(&0) || control * 20 > text.len()
}

fn json(text: &[u8]) -> Content {
    let says = |what: &[u8]| memchr::memmem::find(text, what).is_some();
    if says(b"jsonfeed.org/version") {
        return Content::Known(Format::Feed);
    }
    match memchr::memchr(b'\n', text) {
        // The first line reaches beyond what was looked at, or it is the only one: one article a line.
        None => Content::Known(Format::Jsonl),
        Some(end) if is_json_object(&text[..end]) => Content::Known(Format::Jsonl),
        // A first line that opens and does not close: an object over several lines.
        Some(end)
            if !text[..end].trim_ascii_end().ends_with(b"}")
                && text[end..].trim_ascii_start().starts_with(b"\"") =>
        {
            Content::Json
        }
        Some(_) => Content::Known(Format::Jsonl),
    }
}

/// What the root element of markup says.
fn markup(text: &[u8], name: &str, content_type: Option<&str>) -> Format {
    let head = String::from_utf8_lossy(&text[..text.len().min(ROOT_WITHIN)]).to_ascii_lowercase();
    let mut rest = head.as_str();
    while let Some(open) = rest.find('<') {
        rest = &rest[open + 1..];
        if rest.starts_with("!--") {
            rest = rest.find("-->").map_or("", |end| &rest[end..]);
        } else if rest.starts_with("!doctype") {
            if rest.get(8..).is_some_and(|kind| kind.trim_start().starts_with("html")) {
                return Format::Html;
            }
        } else if rest.starts_with(|c: char| c.is_ascii_alphabetic()) {
            let end = rest
                .find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, ':' | '-' | '_')))
                .unwrap_or(rest.len());
            let element = &rest[..end];
            return match element.rsplit(':').next().unwrap_or(element) {
                "opml" => Format::Opml,
                "rss" | "feed" | "rdf" | "channel" | "item" | "entry" => Format::Feed,
                _ if is_xml(&head, name, content_type) => Format::Feed,
                _ => Format::Html,
            };
        }
    }
    Format::Html
}

/// Whether markup with an unknown root calls itself XML; what reads feeds will say what it is.
fn is_xml(head: &str, name: &str, content_type: Option<&str>) -> bool {
    let served = content_type.is_some_and(|kind| kind.contains("xml") && !kind.contains("html"));
    let named = [".xml", ".rss", ".atom", ".rdf"].iter().any(|end| name.to_ascii_lowercase().ends_with(end));
    (head.starts_with("<?xml") || served || named) && !head.contains("<html")
}

/// Text that begins like nothing known: JSONL with a bad first line, a feed with noise before it, or what
/// its name says.
fn other(text: &[u8], name: &str, content_type: Option<&str>) -> Content {
    let name = name.to_ascii_lowercase();
    let plain = name.strip_suffix(".gz").or(name.strip_suffix(".zst")).unwrap_or(&name);
    let ends = |endings: &[&str]| endings.iter().any(|ending| plain.ends_with(ending));
    if ends(&[".jsonl", ".ndjson"]) || text.split(|b| *b == b'\n').take(100).any(is_json_object) {
        return Content::Known(Format::Jsonl);
    }
    let head = String::from_utf8_lossy(&text[..text.len().min(ROOT_WITHIN)]).to_ascii_lowercase();
    for (mark, format) in [
        ("<opml", Format::Opml),
        ("<rss", Format::Feed),
        ("<feed", Format::Feed),
        ("<rdf:rdf", Format::Feed),
        ("<html", Format::Html),
        ("<body", Format::Html),
    ] {
        if head.contains(mark) {
            return Content::Known(format);
        }
    }
    let served = content_type.unwrap_or_default();
    if ends(&[".html", ".htm", ".xhtml"]) || (served.contains("html") && head.contains('<')) {
        return Content::Known(Format::Html);
    }
    Content::Text
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn of(head: &str) -> Content {
        sniff(head.as_bytes(), "", None)
    }

    #[test]
    fn bytes_tell_what_they_are() {
        for (head, format) in [
            ("{\"title\":\"x\"}\n{\"title\":\"y\"}\n", Format::Jsonl),
            ("\u{feff}{\"title\":\"x\"}", Format::Jsonl),
            ("Troops share base\n{\"title\":\"x\"}\n", Format::Jsonl),
            ("{\n  \"version\": \"https://jsonfeed.org/version/1.1\",", Format::Feed),
            ("<?xml version=\"1.0\"?>\n<!-- x --><rss version=\"2.0\">", Format::Feed),
            ("<?xml version=\"1.0\"?><atom:feed>", Format::Feed),
            ("noise\n<rss>", Format::Feed),
            ("<opml version='2.0'>", Format::Opml),
            ("<!DOCTYPE html><html>", Format::Html),
            ("\n\n<!-- x --><div>", Format::Html),
            ("<?xml version=\"1.0\"?><!DOCTYPE html PUBLIC \"x\"><html>", Format::Html),
            ("WARC/1.0\r\n", Format::Warc),
        ] {
            assert_eq!(of(head), Content::Known(format), "{head}");
        }
        assert_eq!(of("filedesc://x.arc 0.0.0.0 2014 text/plain 75\n"), Content::Arc);
        assert_eq!(of(" \n\t"), Content::Empty);
        assert_eq!(of("[{\"title\":\"x\"}]"), Content::Json);
        assert_eq!(of("{\n  \"title\": \"x\",\n"), Content::Json);
        assert_eq!(of("Dear editor,\n"), Content::Text);
        assert_eq!(of("%PDF-1.7"), Content::Binary("a PDF document"));
        assert_eq!(of("abc\0\0\0"), Content::Binary("no text"));
        assert_eq!(sniff(b"\xff\xfe<\0r\0s\0s\0>\0", "", None), Content::Known(Format::Feed));
        assert_eq!(sniff(b"Troops share base", "wire.jsonl.gz", None), Content::Known(Format::Jsonl));
    }

    proptest! {
        #[test]
        fn never_panics(head in proptest::collection::vec(any::<u8>(), 0..60)) {
            sniff(&head, "x", Some("text/html"));
        }
    }
}
