//! One pass over raw HTML before any parser sees it: what no article needs goes, and what could
//! make a parser slow, hungry or careless is flattened.
//!
//! HTML parsers build whatever they are told to. Two hundred thousand nested `<div>`s cost them the
//! square of that, recursive crates behind them their stack, and a few hundred unclosed `<b>`s are
//! reopened in every paragraph that follows. So this pass, which runs in linear time and copies the
//! rest byte for byte,
//!
//! - leaves out scripts (but not JSON-LD), styles, drawings and comments;
//! - drops the *tags* (never the text) that nest deeper or come in greater number than any real page has;
//! - writes formatting (`<b>`, `<em>` …) as `<span>`, which parsers do not reopen, and between two of
//!   which the crates behind do not lose the blank;
//! - keeps words apart that only the style sheet keeps apart.

use super::tag::{Markup, Tag, comment_end, element_end};

/// Tags nested deeper than this are dropped. Real pages stay under 100; the crates behind stop at 500.
const MAX_DEPTH: usize = 256;

/// Tags after this many are dropped: the crates behind need the square of their number. The largest of 258 real
/// news pages has 22,000.
const MAX_TAGS: usize = 40_000;

/// What a tag means for the depth of the tree, after the tree construction rules of the HTML standard (§13.2.6).
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// Content is text up to the element's own end tag, and no part of the article.
    Script,
    /// Content is text up to the element's own end tag.
    RawText,
    /// Content is a tree, and no part of the article.
    Drawing,
    /// Has no content.
    Void,
    /// Needs no end tag: the next of its kind or the end of its parent closes it, so it cannot nest in itself.
    Item,
    /// A line break.
    Break,
    /// `<b>`, `<em>` …: parsers reopen it in every block until its end tag comes.
    Formatting,
    /// `<span>`.
    Span,
    /// A link: opening the next closes it.
    Link,
    /// An end tag does not reach out of it.
    Wall,
    /// A block: only the end tag of a block reaches out of it.
    Block,
    /// Anything else.
    Inline,
}

/// No element of HTML has a longer name.
const LONGEST_NAME: usize = 10;

fn kind(name: &[u8]) -> Kind {
    if name.len() > LONGEST_NAME {
        return Kind::Inline; // a custom element
    }
    let mut buffer = [0; LONGEST_NAME];
    let lower = &mut buffer[..name.len()];
    lower.copy_from_slice(name);
    lower.make_ascii_lowercase();
    match &*lower {
        b"script" | b"style" => Kind::Script,
        b"textarea" | b"title" | b"xmp" | b"iframe" | b"noembed" | b"noframes" | b"plaintext" => {
            Kind::RawText
        }
        b"svg" | b"canvas" | b"object" | b"math" => Kind::Drawing,
        b"area" | b"base" | b"basefont" | b"bgsound" | b"col" | b"embed" | b"frame" | b"hr" | b"img"
        | b"input" | b"keygen" | b"link" | b"meta" | b"param" | b"source" | b"track" | b"wbr" => Kind::Void,
        b"p" | b"li" | b"dt" | b"dd" | b"option" | b"optgroup" | b"tr" | b"td" | b"th" | b"thead"
        | b"tbody" | b"tfoot" | b"colgroup" | b"caption" | b"rt" | b"rp" | b"html" | b"head" | b"body" => {
            Kind::Item
        }
        b"b" | b"big" | b"code" | b"em" | b"font" | b"i" | b"nobr" | b"s" | b"small" | b"strike"
        | b"strong" | b"tt" | b"u" => Kind::Formatting,
        b"a" => Kind::Link,
        b"br" => Kind::Break,
        b"span" => Kind::Span,
        b"table" | b"template" | b"marquee" | b"applet" => Kind::Wall,
        b"address" | b"article" | b"aside" | b"blockquote" | b"button" | b"center" | b"details"
        | b"dialog" | b"dir" | b"div" | b"dl" | b"fieldset" | b"figcaption" | b"figure" | b"footer"
        | b"form" | b"frameset" | b"h1" | b"h2" | b"h3" | b"h4" | b"h5" | b"h6" | b"header" | b"hgroup"
        | b"listing" | b"main" | b"menu" | b"nav" | b"noscript" | b"ol" | b"pre" | b"search" | b"section"
        | b"select" | b"summary" | b"ul" => Kind::Block,
        _ => Kind::Inline,
    }
}

/// HTML without what no article needs, fit for parsers.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Slim {
    /// The HTML that is left.
    pub html: String,
    /// Whether tags were dropped because there were too many or they nested too deep.
    pub flattened: bool,
}

/// Slims `html`. Linear in its length.
pub fn slim(html: &str) -> Slim {
    let mut out = Slim { html: String::with_capacity(html.len() / 2), flattened: false };
    let mut open = Open::default();
    let mut endless: Vec<&str> = Vec::new();
    // The last character of text, while only `<span>`s have come after it.
    let mut before_span: Option<char> = None;
    let mut tags = 0usize;
    let mut at = 0;
    while let Some(next) = memchr::memchr(b'<', &html.as_bytes()[at..]) {
        let start = at + next;
        let text = &html[at..start];
        if let Some(first) = text.chars().next() {
            if before_span.is_some_and(|last| are_two_words(last, first)) {
                out.html.push(' ');
            }
            before_span = text.chars().next_back();
        }
        out.html.push_str(text);
        let rest = &html[start..];
        if rest.starts_with("<!--") {
            at = start + comment_end(rest);
            continue;
        }
        let tag = match Tag::read(rest) {
            Markup::Tag(tag) => tag,
            Markup::Other(len) => {
                out.html.push_str(&rest[..len]);
                at = start + len;
                continue;
            }
            Markup::Unfinished => return out,
        };
        at = start + tag.len;
        let kind = kind(tag.name.as_bytes());
        if kind != Kind::Span {
            before_span = None;
        }
        match kind {
            Kind::Script | Kind::RawText if !tag.closing => {
                let end = element_end(&html[at..], tag.name, false).unwrap_or(html.len() - at);
                if kind == Kind::RawText || is_json_ld(&rest[..tag.len]) {
                    out.html.push_str(&rest[..tag.len + end]);
                } else {
                    out.html.push(' '); // words on both sides of what was dropped stay two words
                }
                at += end;
                continue;
            }
            Kind::Drawing => {
                // Without an end tag only the tag goes, or the rest of the page would go with it.
                let name = tag.name;
                if !tag.closing
                    && !tag.self_closing
                    && !endless.iter().any(|one| one.eq_ignore_ascii_case(name))
                {
                    match element_end(&html[at..], name, true) {
                        Some(end) => at += end,
                        None => endless.push(name), // looked for once, or many of them cost the square
                    }
                }
                out.html.push(' ');
                continue;
            }
            Kind::Break => {
                // The crates behind lose some line breaks, and the words around them grow together.
                out.html.push_str(" <br> ");
                continue;
            }
            _ => {}
        }
        tags += 1;
        let name = if kind == Kind::Formatting { "span" } else { tag.name };
        let fits = if tag.closing { open.close(name, kind) } else { open.open(name, kind) };
        if !fits || tags > MAX_TAGS {
            out.flattened = true;
            out.html.push(' ');
        } else if kind == Kind::Formatting {
            out.html.push_str(if tag.closing { "</span" } else { "<span" });
            out.html.push_str(&rest[1 + usize::from(tag.closing) + tag.name.len()..tag.len]);
        } else {
            out.html.push_str(&rest[..tag.len]);
        }
    }
    let text = &html[at..];
    if text.chars().next().is_some_and(|first| before_span.is_some_and(|last| are_two_words(last, first))) {
        out.html.push(' ');
    }
    out.html.push_str(text);
    out
}

/// Whether two characters that touch across `<span>`s belong to two words: a sentence or a line ends before
/// a capital. Style sheets keep kickers and headings apart this way; inside a word, nobody puts a `<span>`
/// before a capital.
fn are_two_words(last: char, first: char) -> bool {
    first.is_uppercase() && (last.is_lowercase() || matches!(last, '.' | '!' | '?' | ':' | '"' | '”' | '»'))
}

/// The elements a parser will hold open, or more of them: never fewer.
#[derive(Default)]
struct Open<'a> {
    stack: Vec<(&'a str, Kind)>,
}

impl<'a> Open<'a> {
    /// Notes a start tag; false where it must be dropped.
    fn open(&mut self, name: &'a str, kind: Kind) -> bool {
        match kind {
            Kind::Void | Kind::Item => return true,
            Kind::Link => {
                if let Some(at) = self.stack.iter().rposition(|(_, kind)| *kind == Kind::Link) {
                    self.stack.remove(at);
                }
            }
            _ => {}
        }
        if self.stack.len() >= MAX_DEPTH {
            return false;
        }
        self.stack.push((name, kind));
        true
    }

    /// Notes an end tag: it closes the nearest element of its name, unless something stands between that
    /// it does not reach through.
    fn close(&mut self, name: &str, kind: Kind) -> bool {
        let block = matches!(kind, Kind::Block | Kind::Wall);
        for at in (0..self.stack.len()).rev() {
            let (open, open_kind) = self.stack[at];
            if open.eq_ignore_ascii_case(name) {
                self.stack.truncate(at);
                break;
            }
            if open_kind == Kind::Wall || (!block && open_kind == Kind::Block) {
                break;
            }
        }
        true
    }
}

fn is_json_ld(tag: &str) -> bool {
    tag.to_ascii_lowercase().contains("ld+json")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn scripts_styles_and_comments_go_and_json_ld_stays() {
        let page = "<!DOCTYPE html><head><TITLE>A < B</title><script>if (a<b) '</p>'</script>\
                    <script type=\"application/ld+json\">{\"headline\":\"</b>\"}</script><style>p{}</style></head>\
                    <p class='a>b'>One<!-- <p>no -->two<svg><path/></svg>three < four";
        let slim = slim(page);
        assert_eq!(
            slim.html,
            "<!DOCTYPE html><head><TITLE>A < B</title> \
             <script type=\"application/ld+json\">{\"headline\":\"</b>\"}</script> </head>\
             <p class='a>b'>Onetwo three < four"
        );
        assert!(!slim.flattened);
    }

    #[test]
    fn deep_nesting_is_flattened_and_the_text_stays() {
        let page = format!("{}Troops share base.{}", "<div>".repeat(200_000), "</div>".repeat(200_000));
        let slim = slim(&page);
        assert!(slim.flattened && slim.html.contains("Troops share base."));
        assert_eq!(slim.html.matches("<div>").count(), MAX_DEPTH);
    }

    #[test]
    fn formatting_that_is_never_closed_cannot_multiply() {
        let mut page: String = (0..500).map(|i| format!("<b id={i}>")).collect();
        page.push_str(&"</i><p>x".repeat(1000));
        let slim = slim(&page);
        assert_eq!((slim.html.matches("<b").count(), slim.html.matches("<span id=").count()), (0, MAX_DEPTH));
    }

    #[test]
    fn words_that_only_the_style_keeps_apart_stay_apart() {
        for (page, left) in [
            (
                "<span>Left to die</span><span class=br></span>One case",
                "<span>Left to die</span><span class=br></span> One case",
            ),
            ("<span>It begins!”</span>Troops", "<span>It begins!”</span> Troops"),
            ("<span>T</span>roops", "<span>T</span>roops"),
            ("Mac<b>OS</b>", "Mac<span>OS</span>"),
            ("one<br/>two", "one <br> two"),
        ] {
            assert_eq!(slim(page).html, left);
        }
    }

    #[test]
    fn end_tags_of_others_do_not_hide_the_depth() {
        for page in [
            "<div></span>".repeat(5000),
            "<div><q></x></p>".repeat(5000),
            "<table><tr><td><div></table >".repeat(5000),
        ] {
            let slim = slim(&page);
            let opened = slim.html.matches("<div>").count() + slim.html.matches("<q>").count();
            assert!(opened <= MAX_DEPTH || page.contains("</table"), "{opened}");
        }
    }

    #[test]
    fn anchors_that_are_never_closed_are_no_nesting() {
        let page = "<a name=x>Troops <p>".repeat(1000);
        assert_eq!(slim(&page), Slim { html: page, flattened: false });
    }

    #[test]
    fn paragraphs_and_items_without_end_tags_are_no_nesting() {
        let page = "<ul>".to_owned() + &"<li>a<p>b".repeat(5000) + "</ul>";
        assert_eq!(slim(&page), Slim { html: page, flattened: false });
    }

    #[test]
    fn what_never_ends_ends_with_the_page() {
        for (page, left) in [
            ("a<script>b", "a "),
            ("a<!-- b", "a"),
            ("a<p b='", "a"),
            ("a<svg>b", "a b"),
            ("a<", "a<"),
            ("</", "</"),
        ] {
            assert_eq!(slim(page).html, left, "{page}");
        }
    }

    proptest! {
        #[test]
        fn never_panics_and_hardly_grows(page in "[<>/!a-c \"'=é-]{0,80}") {
            prop_assert!(slim(&page).html.len() <= 3 * page.len());
        }
    }
}
