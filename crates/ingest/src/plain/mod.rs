//! HTML fragments to plain text, one paragraph a line.
//!
//! Feeds carry summaries and articles as fragments of HTML of every quality: unclosed tags, markup
//! escaped twice, no markup at all. This is a tag stripper that knows which elements separate
//! paragraphs and which hold no prose. It is no HTML parser: pages go through the extractor. It
//! runs at memory speed and in time linear in the input, because every entry of every poll passes here.

mod lines;

use memchr::{memchr, memchr2, memchr3};

use self::lines::Lines;
use crate::references;

/// How often, in lengths of the input, a scan for the end of a tag may run past a missing quote
/// before quotes are no longer believed. Bounds the time; well-made input needs none of it.
const RESCANS: usize = 4;

/// Elements that start and end a paragraph.
const BLOCKS: [&str; 45] = [
    "address",
    "article",
    "aside",
    "audio",
    "blockquote",
    "body",
    "br",
    "caption",
    "center",
    "dd",
    "details",
    "dir",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "html",
    "legend",
    "li",
    "main",
    "menu",
    "nav",
    "ol",
    "option",
    "p",
    "pre",
    "section",
    "summary",
    "table",
    "tbody",
    "tr",
    "ul",
    "video",
];

/// Elements whose content is no prose.
const NO_PROSE: [&str; 12] = [
    "script", "style", "template", "svg", "math", "iframe", "object", "select", "textarea", "head",
    "noscript", "button",
];

/// Elements that stand inside a line. With [`BLOCKS`] and [`NO_PROSE`] they are the names by which a
/// headline's `<b>` is told from its `<3`.
const INLINE: [&str; 41] = [
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "blink", "cite", "code", "data", "del", "dfn", "em",
    "embed", "font", "i", "img", "input", "ins", "kbd", "label", "mark", "picture", "q", "rp", "rt", "ruby",
    "s", "samp", "small", "source", "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "wbr",
];

/// Which `<…>` are taken for tags.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Tags {
    /// All that have a name: the text is known to be HTML.
    All,
    /// Those HTML knows: the text may be plain.
    Known,
}

/// The paragraphs of an HTML fragment, one a line, references resolved, white space folded.
///
/// A fragment without a single tag is plain text that its outlet did not mark up; blank lines
/// separate its paragraphs. Where the text that comes out is itself markup, the outlet escaped twice
/// and it is read once more.
pub(crate) fn paragraphs(html: &str) -> String {
    let mut reader = Stripper::new(html, Tags::All);
    reader.run();
    let Stripper { out, tags, .. } = reader;
    if tags > 0 {
        return out;
    }
    if has_markup(&out) {
        let mut again = Stripper::new(&out, Tags::All);
        again.run();
        return again.out;
    }
    lines(&references::decode(html), |line| line.trim().is_empty())
}

/// The paragraphs of plain text: its lines, white space folded, empty ones dropped.
pub(crate) fn of_text(text: &str) -> String {
    lines(text, |_| true)
}

/// One line of plain text from a headline or name that may hold markup.
///
/// Only tags that HTML has are stripped, so that `1 < 2` and `<3` stay.
pub(crate) fn line(text: &str) -> String {
    let mut reader = Stripper::new(text, Tags::Known);
    reader.run();
    let once = reader.out;
    if reader.tags == 0 && has_markup(&once) {
        let mut again = Stripper::new(&once, Tags::Known);
        again.run();
        return one_line(again.out);
    }
    one_line(once)
}

/// One line of text that is declared to hold no markup. References that are left in it were escaped
/// twice: no headline prints `&#8217;`.
pub(crate) fn literal_line(text: &str) -> String {
    let mut out = Lines::default();
    out.push(&references::decode(text));
    one_line(out.text)
}

fn one_line(text: String) -> String {
    if text.contains('\n') { text.replace('\n', " ") } else { text }
}

/// Joins lines to paragraphs, which end where `ends` says so of the line after.
fn lines(text: &str, ends: impl Fn(&str) -> bool) -> String {
    let mut out = Lines::default();
    for line in text.split(['\n', '\r']) {
        if ends(line) {
            out.end_line();
        }
        out.push(line);
        out.space();
    }
    out.text
}

/// True where text holds a tag that HTML knows.
fn has_markup(text: &str) -> bool {
    let Some(last) = text.rfind('>') else { return false };
    let mut rest = &text[..last];
    while let Some(at) = memchr(b'<', rest.as_bytes()) {
        rest = &rest[at + 1..];
        if tag_name(rest).is_some_and(|(name, _)| is_known(name)) {
            return true;
        }
    }
    false
}

fn is_known(name: &str) -> bool {
    holds(&BLOCKS, name) || holds(&INLINE, name) || holds(&NO_PROSE, name)
}

fn holds(names: &[&str], name: &str) -> bool {
    names.iter().any(|known| known.eq_ignore_ascii_case(name))
}

/// The name at the start of what follows `<`, without a namespace prefix, and whether it is an end tag.
fn tag_name(after: &str) -> Option<(&str, bool)> {
    let (rest, end) = match after.strip_prefix('/') {
        Some(rest) => (rest, true),
        None => (after, false),
    };
    if !rest.as_bytes().first()?.is_ascii_alphabetic() {
        return None;
    }
    let ends = |b: &u8| !(b.is_ascii_alphanumeric() || matches!(b, b':' | b'-' | b'_'));
    let name = &rest[..rest.as_bytes().iter().position(ends).unwrap_or(rest.len())];
    let local = name.rsplit(':').next().unwrap_or(name);
    Some((local, end))
}

/// One pass over a fragment.
struct Stripper<'a> {
    rest: &'a str,
    lines: Lines,
    out: String,
    known: Tags,
    /// Tags seen.
    tags: usize,
    /// Bytes that scans past missing quotes may still cost.
    budget: usize,
    /// Elements of [`NO_PROSE`] of which no end tag is left.
    unended: u16,
    /// Whether a CDATA section was opened, whose `]]>` then stands somewhere.
    cdata: bool,
    /// Whether no `>` is left.
    no_end: bool,
}

impl<'a> Stripper<'a> {
    fn new(html: &'a str, known: Tags) -> Self {
        let lines = Lines::with_capacity(html.len());
        let budget = html.len() * RESCANS;
        Self {
            rest: html,
            lines,
            out: String::new(),
            known,
            tags: 0,
            budget,
            unended: 0,
            cdata: false,
            no_end: false,
        }
    }

    fn run(&mut self) {
        while let Some(at) = memchr2(b'<', b'&', self.rest.as_bytes()) {
            let (text, rest) = self.rest.split_at(at);
            self.lines.push(text);
            self.rest = rest;
            let used = if rest.starts_with('&') { self.reference() } else { self.markup() };
            self.rest = &self.rest[used..];
        }
        self.lines.push(self.rest);
        self.out = std::mem::take(&mut self.lines.text);
        if self.cdata {
            self.out = self.out.replace("]]>", "");
        }
    }

    fn reference(&mut self) -> usize {
        let Some((resolved, used)) = references::read(self.rest) else {
            self.lines.word("&");
            return 1;
        };
        match resolved {
            references::Resolved::Char(c) => self.lines.push(c.encode_utf8(&mut [0; 4])),
            references::Resolved::Named(text) => self.lines.push(text),
            references::Resolved::Nothing => {}
        }
        used
    }

    /// Reads what starts with `<`; gives the bytes it takes.
    fn markup(&mut self) -> usize {
        let rest = self.rest;
        if let Some(inside) = rest.strip_prefix("<!--") {
            return inside.find("-->").map_or(rest.len(), |end| end + 7);
        }
        if rest.starts_with("<![CDATA[") {
            // Escaped once too often: what is inside is the text.
            self.tags += 1;
            self.cdata = true;
            return "<![CDATA[".len();
        }
        if rest.starts_with("<!") || rest.starts_with("<?") {
            if self.known == Tags::Known {
                self.lines.word("<");
                return 1;
            }
            self.tags += 1;
            return memchr(b'>', rest.as_bytes()).map_or(rest.len(), |end| end + 1);
        }
        let Some((name, is_end)) = tag_name(&rest[1..]) else {
            self.lines.word("<");
            return 1;
        };
        let Some(length) = (self.known == Tags::All || is_known(name)).then(|| self.tag_length()).flatten()
        else {
            self.lines.word("<");
            return 1;
        };
        self.tags += 1;
        if holds(&BLOCKS, name) {
            self.lines.end_line();
        } else if name.eq_ignore_ascii_case("td") || name.eq_ignore_ascii_case("th") {
            self.lines.space();
        } else if !is_end && !rest[..length].ends_with("/>") {
            return length + self.without_prose(name, &rest[length..]);
        }
        length
    }

    /// Bytes of the tag that `rest` starts with; `None` where it has no end.
    fn tag_length(&mut self) -> Option<usize> {
        let bytes = self.rest.as_bytes();
        let mut at = 1;
        while self.budget > 0 {
            let Some(found) = memchr3(b'>', b'"', b'\'', &bytes[at..]) else {
                self.budget = self.budget.saturating_sub(bytes.len());
                break;
            };
            at += found + 1;
            let quote = bytes[at - 1];
            if quote == b'>' {
                return Some(at);
            }
            // Apostrophes and inches in a tag open no value: only what follows `=` does.
            if !bytes[..at - 1].trim_ascii_end().ends_with(b"=") {
                continue;
            }
            let Some(close) = memchr(quote, &bytes[at..]) else {
                self.budget = self.budget.saturating_sub(bytes.len());
                break;
            };
            at += close + 1;
        }
        // A quote was left open: the tag ends where a tag usually would.
        let end = if self.no_end { None } else { memchr(b'>', bytes) };
        self.no_end = end.is_none();
        end.map(|end| end + 1)
    }

    /// Bytes up to the end of an element that holds no prose, whose start tag has been read.
    fn without_prose(&mut self, name: &str, inside: &str) -> usize {
        let Some(index) = NO_PROSE.iter().position(|known| known.eq_ignore_ascii_case(name)) else {
            return 0;
        };
        if self.unended >> index & 1 == 1 {
            return 0;
        }
        let mut at = 0;
        while let Some(found) = memchr(b'<', &inside.as_bytes()[at..]) {
            at += found;
            if tag_name(&inside[at + 1..])
                .is_some_and(|(end, is_end)| is_end && end.eq_ignore_ascii_case(name))
            {
                return at;
            }
            at += 1;
        }
        self.unended |= 1 << index;
        // Browsers read no prose after an open script; after anything else they do.
        if index < 2 { inside.len() } else { 0 }
    }
}

#[cfg(test)]
mod tests;
