//! OPML: the lists of feeds that every reader imports and exports.
//!
//! Versions 1.0, 1.1, 2.0 and none differ in nothing that matters here. Real lists have elements in
//! the head that no version knows, attributes in any case, outlines that are never closed and
//! ampersands that were never escaped; all of that is read. A folder is an outline without a feed.

use crate::charset::{self, Markup};
use crate::xml::{self, Damage, Scanner, Token};
use crate::{Capture, Parsed, Problem, Subscription};

/// Outlines that may be open at once. Folders nest to three or four; lists whose outlines are never
/// closed nest to as many as they have feeds, which this cuts off without losing one of them.
const MAX_DEPTH: usize = 64;

/// Feeds read from one list. The largest public catalogue has ten thousand.
const MAX_FEEDS: usize = 100_000;

/// Bytes of the largest list that is read.
const MAX_LIST: usize = 64 << 20;

/// Reads the subscriptions of an OPML list, in order, each with the folders it stands in.
///
/// Outlines whose address is no web address, and damage, are among the problems; the rest is read.
pub fn parse_opml(capture: &Capture) -> Parsed {
    if capture.bytes.len() > MAX_LIST {
        let problem = Problem::new(&capture.source, format!("the list has more than {MAX_LIST} bytes"));
        return Parsed { problems: vec![problem.fix("split it")], ..Parsed::default() };
    }
    let text = charset::decode(&capture.bytes, capture.content_type.as_deref(), Markup::Xml).text;
    let mut list =
        List { capture, text: &text, parsed: Parsed::default(), open: Vec::new(), beyond: 0, is_opml: false };
    let mut scanner = Scanner::new(&text);
    while let Some(token) = scanner.next() {
        match token {
            Token::Open { name, attributes, empty } => {
                list.open(local(name), attributes, empty, scanner.offset())
            }
            Token::Close { name } if is_outline(local(name)) => list.close(),
            _ => {}
        }
        if list.parsed.subscriptions.len() >= MAX_FEEDS {
            let what = format!("there are more than {MAX_FEEDS} feeds; the rest was left out");
            list.parsed.problems.push(Problem::new(&capture.source, what).fix("split the list"));
            break;
        }
        for (damage, offset) in scanner.take_damage() {
            list.note(damage, offset);
        }
    }
    for (damage, offset) in scanner.take_damage() {
        list.note(damage, offset);
    }
    list.finish()
}

fn local(name: &str) -> &str {
    name.rsplit(':').next().unwrap_or(name)
}

fn is_outline(name: &str) -> bool {
    name.eq_ignore_ascii_case("outline")
}

/// A list while it is read.
struct List<'a> {
    capture: &'a Capture,
    text: &'a str,
    parsed: Parsed,
    /// The open outlines: the name of a folder, or nothing for a feed.
    open: Vec<Option<String>>,
    /// Outlines open beyond [`MAX_DEPTH`].
    beyond: usize,
    is_opml: bool,
}

impl List<'_> {
    fn open(&mut self, name: &str, attributes: &str, empty: bool, offset: usize) {
        self.is_opml |= name.eq_ignore_ascii_case("opml");
        if !is_outline(name) {
            return;
        }
        self.is_opml = true;
        let outline = Outline::read(attributes);
        let folder = match outline.feed {
            Some(_) => None,
            None => outline.text.clone().or_else(|| outline.title.clone()),
        };
        if let Some(feed) = &outline.feed {
            match web_address(feed) {
                Some(feed) => self.parsed.subscriptions.push(Subscription {
                    feed,
                    site: outline.site.as_deref().and_then(web_address),
                    title: outline.title.or(outline.text),
                    folders: self.open.iter().flatten().cloned().collect(),
                }),
                None => {
                    let line = xml::line_of(self.text, offset);
                    let shown: String = feed.chars().take(80).collect();
                    let what = format!("line {line}: xmlUrl `{shown}` is no web address");
                    let problem = Problem::new(&self.capture.source, what);
                    self.parsed.problems.push(problem.fix("give the feed's address, starting with https://"));
                }
            }
        }
        if empty {
            return;
        }
        if self.open.len() < MAX_DEPTH {
            self.open.push(folder);
        } else {
            self.beyond += 1;
        }
    }

    fn close(&mut self) {
        if self.beyond > 0 {
            self.beyond -= 1;
        } else {
            self.open.pop();
        }
    }

    fn note(&mut self, damage: Damage, offset: usize) {
        let what = match damage {
            Damage::Truncated => "the list ends in the middle",
            Damage::BeyondRepair => "the list is too damaged; the rest was not read",
            Damage::StrayBracket => "a `<` starts no tag; read as a character",
            Damage::BrokenTag | Damage::BrokenMarkup | Damage::BrokenCData => "something has no end",
        };
        // One message a kind is enough for a list that has it everywhere.
        if !self.parsed.problems.iter().any(|problem| problem.what.ends_with(what)) {
            let what = format!("line {}: {what}", xml::line_of(self.text, offset));
            let way_out = "export the list again, or see that no feed is missing";
            self.parsed.problems.push(Problem::new(&self.capture.source, what).fix(way_out));
        }
    }

    fn finish(mut self) -> Parsed {
        let source = &self.capture.source;
        if !self.is_opml {
            let problem = Problem::new(source, "this is no OPML list");
            self.parsed.problems.push(problem.fix("name what it is with --format"));
        } else if self.parsed.subscriptions.is_empty() && self.parsed.problems.is_empty() {
            let problem = Problem::new(source, "the list names no feeds");
            self.parsed.problems.push(problem.fix("its outlines need an xmlUrl"));
        }
        self.parsed
    }
}

/// The attributes of an outline, whatever their case.
#[derive(Default)]
struct Outline {
    feed: Option<String>,
    site: Option<String>,
    title: Option<String>,
    text: Option<String>,
}

impl Outline {
    fn read(attributes: &str) -> Self {
        let mut outline = Self::default();
        for (name, value) in xml::attributes(attributes) {
            let slot = match name.to_ascii_lowercase().as_str() {
                "xmlurl" => &mut outline.feed,
                "htmlurl" => &mut outline.site,
                "title" => &mut outline.title,
                "text" => &mut outline.text,
                _ => continue,
            };
            let value = value.split_whitespace().collect::<Vec<_>>().join(" ");
            if !value.is_empty() && slot.is_none() {
                *slot = Some(value);
            }
        }
        outline
    }
}

/// An http(s) address; `feed:` and `feed://` are how browsers used to hand feeds to readers.
fn web_address(address: &str) -> Option<String> {
    let address = address.trim();
    let bare = address.strip_prefix("feed:").unwrap_or(address);
    let bare = match bare.strip_prefix("//") {
        Some(rest) => format!("http://{rest}"),
        None => bare.to_owned(),
    };
    let url = url::Url::parse(&bare).ok()?;
    (matches!(url.scheme(), "http" | "https") && url.has_host()).then_some(bare)
}

/// A folder while a list is written: the feeds in it, then the folders in it.
#[derive(Default)]
struct Folder<'a> {
    feeds: Vec<&'a Subscription>,
    folders: Vec<(&'a str, Folder<'a>)>,
}

/// Writes an OPML 2.0 list that [`parse_opml`] and every feed reader read back.
///
/// Each folder stands once, at the place of its first feed; feeds keep their order within it.
///
/// ```
/// use dateline_ingest::{Subscription, opml::write_opml};
///
/// let feed = Subscription {
///     feed: "https://niamey-post.example/rss".into(),
///     site: None,
///     title: Some("Niamey Post & others".into()),
///     folders: vec!["Sahel".into()],
/// };
/// assert!(write_opml(&[feed]).contains(r#"text="Niamey Post &amp; others""#));
/// ```
pub fn write_opml(subscriptions: &[Subscription]) -> String {
    let mut root = Folder::default();
    for subscription in subscriptions {
        let mut folder = &mut root;
        for name in subscription.folders.iter().map(|name| name.trim()).filter(|name| !name.is_empty()) {
            let at = folder.folders.iter().position(|(known, _)| *known == name).unwrap_or_else(|| {
                folder.folders.push((name, Folder::default()));
                folder.folders.len() - 1
            });
            folder = &mut folder.folders[at].1;
        }
        folder.feeds.push(subscription);
    }
    let mut out = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<opml version=\"2.0\">\n  <head>\n    \
         <title>Feeds</title>\n  </head>\n  <body>\n",
    );
    write_folder(&mut out, &root, 2);
    out.push_str("  </body>\n</opml>\n");
    out
}

fn write_folder(out: &mut String, folder: &Folder<'_>, depth: usize) {
    let indent = "  ".repeat(depth);
    for feed in &folder.feeds {
        let title = feed.title.as_deref().unwrap_or(&feed.feed);
        out.push_str(&format!("{indent}<outline type=\"rss\" text=\"{}\"", escaped(title)));
        if let Some(title) = &feed.title {
            out.push_str(&format!(" title=\"{}\"", escaped(title)));
        }
        out.push_str(&format!(" xmlUrl=\"{}\"", escaped(&feed.feed)));
        if let Some(site) = &feed.site {
            out.push_str(&format!(" htmlUrl=\"{}\"", escaped(site)));
        }
        out.push_str("/>\n");
    }
    for (name, inner) in &folder.folders {
        out.push_str(&format!("{indent}<outline text=\"{0}\" title=\"{0}\">\n", escaped(name)));
        write_folder(out, inner, depth + 1);
        out.push_str(&format!("{indent}</outline>\n"));
    }
}

/// An attribute's value: escaped, without the characters XML cannot carry.
fn escaped(value: &str) -> String {
    let sound: String =
        value.chars().filter(|c| !c.is_control() && !matches!(c, '\u{fffe}' | '\u{ffff}')).collect();
    quick_xml::escape::escape(sound).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Format;
    use dateline_model::Source;
    use proptest::prelude::*;

    fn parse(text: &str) -> Parsed {
        parse_opml(&Capture {
            source: Source { input: "feeds.opml".into(), position: None },
            format: Format::Opml,
            bytes: text.as_bytes().to_vec(),
            url: None,
            content_type: None,
            fetched: None,
        })
    }

    #[test]
    fn folders_nest_and_feeds_keep_their_names() {
        let parsed = parse(
            "<?xml version='1.0'?><opml version='1.1'><head><title>x</title><url>http://x.example</url></head><body>\
             <outline text='Sahel'><outline text='Niger &amp; neighbours'>\
             <outline TITLE='Niamey Post' text='np' xmlUrl=' https://niamey-post.example/rss?a=1&b=2 ' \
             htmlurl='https://niamey-post.example/'/></outline></outline>\
             <outline text='Wire' xmlurl='feed://meridian-wire.example/atom'/></body></opml>",
        );
        assert_eq!(parsed.problems, []);
        assert_eq!(
            parsed.subscriptions,
            [
                Subscription {
                    feed: "https://niamey-post.example/rss?a=1&b=2".into(),
                    site: Some("https://niamey-post.example/".into()),
                    title: Some("Niamey Post".into()),
                    folders: vec!["Sahel".into(), "Niger & neighbours".into()],
                },
                Subscription {
                    feed: "http://meridian-wire.example/atom".into(),
                    site: None,
                    title: Some("Wire".into()),
                    folders: vec![],
                },
            ]
        );
    }

    #[test]
    fn damage_costs_no_feed() {
        let parsed = parse(
            "<outline text='a < b' xmlUrl='https://a.example/rss'>\
             <outline text=\"open xmlUrl='https://lost.example/rss'>\
             <outline text='B' xmlUrl='https://b.example/rss'>\
             <outline text='Mail' xmlUrl='mailto:x@b.example'/><outline xmlUrl='https://c.example/rss'",
        );
        let feeds: Vec<_> = parsed.subscriptions.iter().map(|s| s.feed.as_str()).collect();
        assert!(
            feeds.contains(&"https://a.example/rss") && feeds.contains(&"https://b.example/rss"),
            "{feeds:?}"
        );
        assert!(
            parsed.problems.iter().any(|p| p.what.contains("mailto:x@b.example")),
            "{:?}",
            parsed.problems
        );
        assert!(parsed.problems.iter().any(|p| p.what.contains("ends in the middle")));
    }

    #[test]
    fn what_is_no_list_is_told() {
        assert_eq!(parse("<html></html>").problems[0].what, "this is no OPML list");
        assert_eq!(parse("<opml><body/></opml>").problems[0].what, "the list names no feeds");
    }

    fn name() -> impl Strategy<Value = String> {
        "[a-zA-Z0-9é&<>\"'年]{1,8}( [a-z&]{1,5})?"
    }

    prop_compose! {
        fn subscription()(
            host in "[a-z]{1,8}",
            query in "[a-z&=%\"'<>]{0,8}",
            site in proptest::option::of("[a-z]{1,8}"),
            title in proptest::option::of(name()),
            folders in proptest::collection::vec(name(), 0..3),
        ) -> Subscription {
            Subscription {
                feed: format!("https://{host}.example/rss?{query}"),
                site: site.map(|site| format!("https://{site}.example/")),
                title: title.or(Some("untitled".into())),
                folders,
            }
        }
    }

    proptest! {
        #[test]
        fn what_is_written_reads_back(given in proptest::collection::vec(subscription(), 1..8)) {
            let written = write_opml(&given);
            let read = parse(&written);
            prop_assert_eq!(&read.problems, &[]);
            let sorted = |mut list: Vec<Subscription>| {
                list.sort_by_key(|s| (s.folders.clone(), s.feed.clone(), s.title.clone(), s.site.clone()));
                list
            };
            prop_assert_eq!(sorted(read.subscriptions.clone()), sorted(given));
            prop_assert_eq!(write_opml(&read.subscriptions), written);
        }

        #[test]
        fn any_text_is_read(text in "(<|</|outline|xmlUrl=|\"|'|>|https://a.example| |é){0,40}") {
            let _ = parse(&text);
        }
    }
}
