//! One walk over a page's tree that collects every witness of its metadata, as plain data.
//!
//! What the witnesses say is weighed elsewhere ([`metadata`](super::metadata)); here nothing is judged,
//! only cut to size, so that a page of any length gives a survey of bounded length.

use std::collections::HashSet;

use scraper::{ElementRef, Html, Node};

use super::element::{cut, heading_text, is_silent, pieces, text};
use super::json_ld::is_article;
use super::marks::{begins_like_byline, is_furniture, leads_to_author, names_author};

/// No more of one kind of witness is kept than this; pages with more are galleries, or hostile.
const MAX_OF_A_KIND: usize = 400;
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
    /// Types of schema.org that are given to what an `<h1>` stands in: `NewsArticle`.
    pub types: Vec<String>,
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
            if around_heading.contains(&node.id()) {
                survey.note_type(element);
            }
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

    /// The type of schema.org that the markup gives to the one article with an `<h1>` in it; lists of articles
    /// have several.
    pub(crate) fn article_type(&self) -> Option<&str> {
        let mut articles = self.types.iter().filter(|kind| is_article(kind));
        articles.next().filter(|_| articles.next().is_none()).map(String::as_str)
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

    fn note_type(&mut self, element: ElementRef<'_>) {
        let types = element.attr("itemtype").unwrap_or_default().split_ascii_whitespace();
        let names = types.filter_map(|kind| kind.split_once("schema.org/").map(|(_, name)| cut(name)));
        self.types.extend(names.take(MAX_OF_A_KIND.saturating_sub(self.types.len())));
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
        let digits = |node: &Node| node.as_text().is_some_and(|text| text.chars().any(char::is_numeric));
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
