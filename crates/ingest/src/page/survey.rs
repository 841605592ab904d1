//! One walk over a page's tree that collects every witness of its metadata, as plain data.
//!
//! What the witnesses say is weighed elsewhere ([`metadata`](super::metadata)); here nothing is judged,
//! only cut to size, so that a page of any length gives a survey of bounded length.

use std::collections::HashSet;

use scraper::node::Element;
use scraper::{ElementRef, Html, Node};

/// No more of one kind of witness is kept than this; pages with more are galleries, or hostile.
const MAX_OF_A_KIND: usize = 400;
/// A witness is cut after this many bytes; the longest headline or byline in real pages has 600.
const MAX_TEXT: usize = 2000;
/// A dateline with weekday, time, place and author is shorter than this.
const LONGEST_DATELINE: usize = 100;
/// JSON-LD is cut after this many bytes in all.
const MAX_JSON: usize = 3_000_000;

/// Everything a page says about itself.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Survey {
    /// `<html lang>`.
    pub lang: Option<String>,
    /// `<base href>`.
    pub base: Option<String>,
    /// `<title>`.
    pub title: Option<String>,
    /// `<meta>`: lower-case `property`, `name`, `itemprop` or `http-equiv`, and `content`.
    pub metas: Vec<(String, String)>,
    /// `<link>`: lower-case `rel` and `href`.
    pub links: Vec<(String, String)>,
    /// Contents of `<script type="application/ld+json">`.
    pub json_ld: Vec<String>,
    /// `<h1>`s and `<h2>`s.
    pub headings: Vec<Heading>,
    /// `<time>`s and elements marked as dates.
    pub times: Vec<TimeMark>,
    /// Elements that say who wrote the article.
    pub bylines: Vec<BylineMark>,
    /// Short texts with digits in them that stand where a dateline may stand.
    pub datelines: Vec<Dateline>,
    /// Elements marked with `itemprop="headline"` and `"articleSection"` outside `<meta>`.
    pub props: Vec<(String, String)>,
}

/// A heading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    /// Its text, without the kicker above it.
    pub text: String,
    /// 1 for `<h1>`, 2 for `<h2>`.
    pub level: u8,
    /// Whether it stands in page furniture (`<nav>`, `<footer>`, `<aside>`).
    pub furniture: bool,
    /// Which of the page's outermost `<article>`s it stands in, from 1; 0 for none.
    pub article: usize,
}

/// An element that carries a time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TimeMark {
    /// `datetime` or `content`, where there is one.
    pub datetime: Option<String>,
    /// Its text.
    pub text: String,
    /// Lower-case `itemprop`, `property`, `pubdate` and class names, apart by spaces.
    pub marks: String,
    /// Where it stands.
    pub place: Place,
}

/// A short text that may be a date or hold one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dateline {
    /// The text.
    pub text: String,
    /// Where it stands.
    pub place: Place,
}

/// An element that says who wrote something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BylineMark {
    /// Its text in pieces, as the elements inside it divide it.
    pub pieces: Vec<String>,
    /// Its text in one.
    pub text: String,
    /// How it says so.
    pub kind: BylineKind,
    /// Where it stands.
    pub place: Place,
}

/// How an element says that it names the author, best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum BylineKind {
    /// `itemprop="author"`.
    Itemprop,
    /// `rel="author"`.
    Rel,
    /// A class or id that says `author` or `byline`.
    Class,
    /// A link to a page about an author: `/author/jane-doe`.
    Link,
    /// A short text that begins like a byline: `By Jane Doe`.
    Text,
}

/// Where on the page an element stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Place {
    /// Inside `<article>` or `<main>`.
    pub article: bool,
    /// Inside `<nav>`, `<footer>`, `<aside>`, a comment section or a list of related articles.
    pub furniture: bool,
    /// Inside `<figure>`.
    pub figure: bool,
    /// After the first `<h1>` that is not furniture.
    pub after_heading: bool,
    /// Which of the page's outermost `<article>`s it stands in, from 1; 0 for none.
    pub article_number: usize,
    /// Number of the article's `<p>`s of more than a line before it.
    pub paragraphs_before: usize,
    /// Inside a link.
    pub link: bool,
}

/// Surveys a page.
pub fn survey(page: &Html) -> Survey {
    use ego_tree::iter::Edge;
    let mut survey = Survey::default();
    let mut place = Place::default();
    let (mut furniture, mut article, mut links, mut figures) = (0usize, 0usize, 0usize, 0usize);
    let (mut nested, mut number, mut json) = (0usize, 0usize, 0usize);
    let around_heading = around_heading(page);
    for edge in page.tree.root().traverse() {
        let (node, opens) = match edge {
            Edge::Open(node) => (node, true),
            Edge::Close(node) => (node, false),
        };
        let Some(element) = ElementRef::wrap(node) else { continue };
        let step = |count: &mut usize| *count = if opens { *count + 1 } else { count.saturating_sub(1) };
        // What is around the headline is the article, whatever its class says (`with-sidebar`, `comments-enabled`).
        if is_furniture(element.value()) && !around_heading.contains(&node.id()) {
            step(&mut furniture);
        }
        match element.value().name() {
            "nav" => step(&mut furniture),
            name @ ("article" | "main") => {
                step(&mut article);
                if name == "article" {
                    step(&mut nested);
                    number += usize::from(opens && nested == 1);
                }
            }
            "a" => step(&mut links),
            "figure" => step(&mut figures),
            _ => {}
        }
        place.furniture = furniture > 0;
        place.article = article > 0;
        place.link = links > 0;
        place.figure = figures > 0;
        place.article_number = if nested > 0 { number } else { 0 };
        if opens {
            survey.note(element, &mut place, &mut json);
        }
    }
    survey
}

/// The elements that an `<h1>` stands in, except where that is in a `<nav>`, as in a breadcrumb.
pub(crate) fn around_heading(page: &Html) -> HashSet<ego_tree::NodeId> {
    let mut around = HashSet::new();
    let headings = page
        .tree
        .nodes()
        .filter(|node| node.value().as_element().is_some_and(|element| element.name() == "h1"));
    for heading in headings.take(MAX_OF_A_KIND) {
        let ancestors: Vec<_> = heading.ancestors().collect();
        if !ancestors
            .iter()
            .any(|node| node.value().as_element().is_some_and(|element| element.name() == "nav"))
        {
            around.extend(ancestors.iter().map(|node| node.id()));
        }
    }
    around
}

impl Survey {
    /// Contents of all `<meta>`s of one name, in order.
    pub fn meta<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.metas.iter().filter(move |(key, _)| key == name).map(|(_, content)| content.as_str())
    }

    /// The first `<meta>` of the first of `names` that has one.
    pub fn first_meta<'a>(&'a self, names: &[&'a str]) -> Option<(&'a str, &'a str)> {
        names.iter().find_map(|name| self.meta(name).next().map(|content| (*name, content)))
    }

    fn note(&mut self, element: ElementRef<'_>, place: &mut Place, json: &mut usize) {
        let attr =
            |name: &str| element.attr(name).map(|text| cut(text.trim())).filter(|text| !text.is_empty());
        match element.value().name() {
            "html" => self.lang = self.lang.take().or_else(|| attr("lang").or_else(|| attr("xml:lang"))),
            "base" => self.base = self.base.take().or_else(|| attr("href")),
            "title" => {
                // Drawings have titles too; the page's own comes first.
                self.title =
                    self.title.take().or_else(|| Some(text(element)).filter(|text| !text.is_empty()));
            }
            "meta" => {
                let names = ["property", "name", "itemprop", "http-equiv"];
                if let Some(content) = attr("content")
                    && self.metas.len() < MAX_OF_A_KIND
                {
                    for name in names.iter().filter_map(|name| attr(name)) {
                        self.metas.push((name.to_ascii_lowercase(), content.clone()));
                    }
                }
            }
            "link" => {
                if let (Some(rel), Some(href)) = (attr("rel"), attr("href"))
                    && self.links.len() < MAX_OF_A_KIND
                {
                    self.links.push((rel.to_ascii_lowercase(), href));
                }
            }
            "script" => {
                let is_json =
                    element.attr("type").is_some_and(|kind| kind.to_ascii_lowercase().contains("ld+json"));
                if is_json && self.json_ld.len() < MAX_OF_A_KIND {
                    let script: String = element.text().collect();
                    *json += script.len();
                    if *json <= MAX_JSON {
                        self.json_ld.push(script);
                    }
                }
            }
            name @ ("h1" | "h2") => {
                let text = heading_text(element);
                if !text.is_empty() && self.headings.len() < MAX_OF_A_KIND {
                    let level = if name == "h1" { 1 } else { 2 };
                    self.headings.push(Heading {
                        text,
                        level,
                        furniture: place.furniture,
                        article: place.article_number,
                    });
                    if !place.furniture && level == 1 && !place.after_heading {
                        place.after_heading = true;
                        place.paragraphs_before = 0;
                    }
                }
            }
            // Paragraphs of the menus above the article do not count.
            "p" if (place.article || place.after_heading) && !place.furniture => {
                place.paragraphs_before += usize::from(element.text().map(str::len).sum::<usize>() > 80);
            }
            _ => {}
        }
        self.note_time(element, *place);
        self.note_byline(element, *place);
        self.note_dateline(element, *place);
        if let Some(prop) = element.attr("itemprop")
            && element.value().name() != "meta"
            && self.props.len() < MAX_OF_A_KIND
        {
            for prop in prop.split_ascii_whitespace().map(str::to_ascii_lowercase) {
                if matches!(prop.as_str(), "headline" | "articlesection") {
                    self.props.push((prop, text(element)));
                }
            }
        }
    }

    fn note_time(&mut self, element: ElementRef<'_>, place: Place) {
        let value = element.value();
        let prop = value
            .attr("itemprop")
            .or_else(|| value.attr("property"))
            .unwrap_or_default()
            .to_ascii_lowercase();
        let is_date =
            prop.contains("datepublished") || prop.contains("datecreated") || prop.contains("datemodified");
        if !(value.name() == "time" || is_date) || value.name() == "meta" || self.times.len() >= MAX_OF_A_KIND
        {
            return;
        }
        let mut marks = prop;
        if value.attr("pubdate").is_some() {
            marks.push_str(" pubdate");
        }
        // The class of the element, or of what directly wraps it.
        let parent = element.parent().and_then(ElementRef::wrap);
        for class in [Some(element), parent].into_iter().flatten().filter_map(|element| element.attr("class"))
        {
            marks.push(' ');
            marks.push_str(&class.to_ascii_lowercase());
        }
        let datetime = value.attr("datetime").or_else(|| value.attr("content")).map(|text| cut(text.trim()));
        self.times.push(TimeMark {
            datetime: datetime.filter(|text| !text.is_empty()),
            text: text(element),
            marks: cut(&marks),
            place,
        });
    }

    fn note_byline(&mut self, element: ElementRef<'_>, place: Place) {
        let value = element.value();
        if matches!(value.name(), "meta" | "link" | "script" | "body" | "html" | "head")
            || self.bylines.len() >= MAX_OF_A_KIND
        {
            return;
        }
        let says = |attr: &str, word: &str| {
            value
                .attr(attr)
                .is_some_and(|text| text.split_ascii_whitespace().any(|one| one.eq_ignore_ascii_case(word)))
        };
        let kind = if says("itemprop", "author") || says("itemprop", "creator") {
            BylineKind::Itemprop
        } else if says("rel", "author") {
            BylineKind::Rel
        } else if value.attr("class").is_some_and(names_author) || value.attr("id").is_some_and(names_author)
        {
            BylineKind::Class
        } else if value.name() == "a" && value.attr("href").is_some_and(leads_to_author) {
            BylineKind::Link
        } else if begins_like_byline(element) {
            BylineKind::Text
        } else {
            return;
        };
        self.bylines.push(BylineMark { pieces: pieces(element), text: text(element), kind, place });
    }

    fn note_dateline(&mut self, element: ElementRef<'_>, place: Place) {
        let digits =
            |node: &Node| node.as_text().is_some_and(|text| text.bytes().any(|b| b.is_ascii_digit()));
        if place.furniture
            || place.figure
            || self.datelines.len() >= MAX_OF_A_KIND
            || !element.children().any(|node| digits(node.value()))
        {
            return;
        }
        if !is_silent(element.value().name()) {
            let text = text(element);
            if text.chars().count() <= LONGEST_DATELINE {
                self.datelines.push(Dateline { text, place });
            }
        }
    }
}

/// Whether a class or id says that its element names the author: one of its words is `author`, `byline` …,
/// in any of the ways class names are put together (`article-author`, `metaInfoAuthorList`, `authorname`).
fn names_author(class: &str) -> bool {
    const AUTHOR: &[&str] = &[
        "author",
        "authors",
        "authorname",
        "authornames",
        "authorlist",
        "byline",
        "bylines",
        "autor",
        "autoren",
        "autores",
        "auteur",
        "auteurs",
        "autore",
        "autori",
    ];
    words_of_class(class).any(|word| AUTHOR.contains(&word.as_str()))
}

/// Whether an element is a short text that begins with `By`, in one of the languages we know.
fn begins_like_byline(element: ElementRef<'_>) -> bool {
    const LEADS: &[&str] = &[
        "By ", "BY ", "by ", "Von ", "von ", "VON ", "Par ", "PAR ", "Por ", "POR ", "Di ", "Door ", "Av ",
        "Af ",
    ];
    let Some(Node::Text(first)) = element.first_child().map(|node| node.value()) else { return false };
    let first = first.trim_start();
    LEADS.iter().any(|lead| first.starts_with(lead)) && text(element).chars().count() <= LONGEST_DATELINE
}

/// Whether a link leads to a page about an author: a folder of its path says so.
fn leads_to_author(href: &str) -> bool {
    const FOLDERS: &[&str] = &[
        "author",
        "authors",
        "autor",
        "autoren",
        "autores",
        "auteur",
        "auteurs",
        "autore",
        "autori",
        "by",
        "profile",
        "journalist",
        "reporter",
        "staff",
    ];
    let path = href.split(['?', '#']).next().unwrap_or(href).trim_end_matches('/');
    let mut folders: Vec<&str> = path.split('/').collect();
    folders.pop(); // the author's own name
    folders.iter().any(|folder| FOLDERS.contains(&folder.to_ascii_lowercase().as_str()))
}

/// The words of class names in lower case, divided at punctuation and where a capital follows a small letter.
pub(crate) fn words_of_class(class: &str) -> impl Iterator<Item = String> {
    let mut divided = String::with_capacity(class.len() + 8);
    let mut small = false;
    for c in class.chars() {
        if small && c.is_ascii_uppercase() {
            divided.push(' ');
        }
        small = c.is_ascii_lowercase();
        divided.push(if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { ' ' });
    }
    divided.split_ascii_whitespace().map(str::to_owned).collect::<Vec<_>>().into_iter()
}

/// Whether an element is furniture of the page and no part of the article.
fn is_furniture(element: &Element) -> bool {
    const WORDS: &[&str] = &[
        "comment",
        "comments",
        "related",
        "recommended",
        "recommendations",
        "teaser",
        "teasers",
        "sidebar",
        "footer",
        "mostread",
        "newsletter",
    ];
    match element.name() {
        "footer" | "aside" => true,
        "body" | "html" | "main" | "article" | "nav" => false,
        _ => element
            .attr("class")
            .into_iter()
            .chain(element.attr("id"))
            .flat_map(words_of_class)
            .any(|word| WORDS.contains(&word.as_str())),
    }
}

/// The text of a heading without the kicker that some templates put inside it.
fn heading_text(heading: ElementRef<'_>) -> String {
    const KICKER: &[&str] = &[
        "kicker",
        "overline",
        "topline",
        "eyebrow",
        "dachzeile",
        "spitzmarke",
        "roofline",
        "pretitle",
        "supertitle",
        "overtitle",
        "antetitulo",
        "surtitre",
        "occhiello",
        "superhead",
    ];
    let is_kicker = |element: &Element| {
        element
            .attr("class")
            .is_some_and(|class| words_of_class(class).any(|word| KICKER.contains(&word.as_str())))
    };
    let mut out = String::new();
    let mut left_out = false;
    for node in heading.descendants() {
        let Node::Text(text) = node.value() else { continue };
        let inner = node.ancestors().take_while(|ancestor| ancestor.id() != heading.id());
        if inner
            .filter_map(|ancestor| ancestor.value().as_element())
            .any(|element| is_kicker(element) || is_silent(element.name()))
        {
            left_out = true;
        } else {
            fold_onto(&mut out, text);
        }
        if out.len() > MAX_TEXT {
            break;
        }
    }
    let rest = if left_out {
        out.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '-' | '–' | '—' | '|' | ':' | '/'))
    } else {
        &out
    };
    if rest.trim().is_empty() { text(heading) } else { cut(rest.trim()) }
}

/// The text under an element, white space folded, scripts left out, cut to size.
pub(crate) fn text(element: ElementRef<'_>) -> String {
    let mut out = String::new();
    for node in element.descendants() {
        if let Node::Text(text) = node.value() {
            if node.parent().and_then(ElementRef::wrap).is_some_and(|parent| is_silent(parent.value().name()))
            {
                continue;
            }
            fold_onto(&mut out, text);
        } else if node.value().as_element().is_some_and(|element| element.name() == "br") {
            fold_onto(&mut out, " ");
        }
        if out.len() > MAX_TEXT {
            break;
        }
    }
    cut(out.trim_end())
}

/// Like [`text`], divided where elements inside begin and end.
fn pieces(element: ElementRef<'_>) -> Vec<String> {
    use ego_tree::iter::Edge;
    let mut pieces = vec![String::new()];
    let mut len = 0;
    for edge in element.traverse() {
        let (Edge::Open(node) | Edge::Close(node)) = edge;
        if node.value().is_element() {
            if pieces.last().is_some_and(|piece| !piece.is_empty()) {
                pieces.push(String::new());
            }
        } else if let (Edge::Open(_), Node::Text(text)) = (edge, node.value())
            && let Some(piece) = pieces.last_mut()
            && !node
                .parent()
                .and_then(ElementRef::wrap)
                .is_some_and(|parent| is_silent(parent.value().name()))
        {
            fold_onto(piece, text);
            len += text.len();
        }
        if len > MAX_TEXT {
            break;
        }
    }
    pieces.iter().map(|piece| piece.trim().to_owned()).filter(|piece| !piece.is_empty()).collect()
}

fn is_silent(name: &str) -> bool {
    matches!(name, "script" | "style" | "noscript" | "template" | "textarea" | "iframe")
}

/// Appends text with its white space folded, across the seam too.
fn fold_onto(out: &mut String, text: &str) {
    for c in text.chars() {
        if c.is_whitespace() {
            if !out.is_empty() && !out.ends_with(' ') {
                out.push(' ');
            }
        } else if c != '\u{ad}' && c != '\u{200b}' {
            // Soft hyphens and zero-width spaces say where to break lines.
            out.push(c);
        }
    }
}

fn cut(text: &str) -> String {
    let mut end = text.len().min(MAX_TEXT);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text[..end].to_owned()
}
