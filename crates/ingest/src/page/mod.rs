//! Pages: HTML to an article, with its metadata and the witness of each field.
//!
//! A page goes through [`slim`](slim::slim) first, which makes it safe to parse; one walk over its tree
//! ([`survey`]) collects what it says about itself; [`metadata`] weighs that; [`body`] finds the text.
//! A page without an article in it (a front, a section, a notice) is a [`Problem`], never an item with
//! a page's furniture for text.

mod body;
mod byline;
mod dates;
mod days;
mod element;
pub(crate) mod genre;
mod guard;
mod json_ld;
mod json_repair;
mod lines;
mod marks;
mod metadata;
mod names;
mod phrases;
mod plain;
mod prune;
mod slim;
mod survey;
mod tag;
#[cfg(test)]
mod tests;
mod title;
mod trim;

use std::collections::HashSet;

use dateline_model::{Extent, Genre, Item, Source, When};
use serde_json::Value;

use crate::charset::{Markup, decode};
use crate::{Capture, Parsed, Problem};
pub use metadata::{Metadata, PageKind};

/// Larger pages are not read, after what no article needs is out of them. The largest of 258 real pages
/// has 3.3 MB with its scripts and 0.9 MB without.
const MAX_HTML: usize = 3_000_000;
/// Larger files are not even slimmed.
const MAX_RAW: usize = 50_000_000;

/// The way out for a page that cannot be read.
const SAVE_TEXT: &str = "put the article's text into JSONL, with `title` and `text`";

/// What was found in a page.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Page {
    /// What the page says about itself.
    pub metadata: Metadata,
    /// Text of the article, one paragraph a line.
    pub text: String,
    /// Who found the text.
    pub text_from: &'static str,
    /// What went wrong on the way to it.
    pub faults: Vec<String>,
}

/// Reads a page that a capture holds.
pub fn parse_page(capture: &Capture) -> Parsed {
    if capture.bytes.len() > MAX_RAW {
        let what =
            format!("the page has {} bytes, more than the {MAX_RAW} that are read", capture.bytes.len());
        return problem(Problem::new(&capture.source, what).fix(SAVE_TEXT));
    }
    let decoded = decode(&capture.bytes, capture.content_type.as_deref(), Markup::Html);
    match read(&decoded.text, capture.url.as_deref(), capture.fetched) {
        Ok(page) => item_of(page, &capture.source, capture.fetched),
        Err(what) => problem(Problem::new(&capture.source, what).fix(SAVE_TEXT)),
    }
}

fn problem(problem: Problem) -> Parsed {
    Parsed { problems: vec![problem], ..Parsed::default() }
}

/// Finds the article and its metadata in HTML, which was found at `url` and fetched at `fetched`.
///
/// # Errors
/// In a sentence: the page is too large, or cannot be parsed in time.
pub fn read(html: &str, url: Option<&str>, fetched: Option<When>) -> Result<Page, String> {
    let slim = slim::slim(html);
    if slim.html.len() > MAX_HTML {
        return Err(format!(
            "the page has {} bytes of HTML besides scripts and styles, more than the {MAX_HTML} that are read",
            slim.html.len()
        ));
    }
    let html = slim.html;
    let found_at = url.map(str::to_owned);
    let (html, metadata, known) = guard::guarded(guard::DEADLINE, move || {
        let mut page = scraper::Html::parse_document(&html);
        let survey = survey::survey(&page);
        let metadata = metadata::metadata(&survey, found_at.as_deref(), fetched);
        let mut known = known(&survey, &metadata);
        prune::prune(&mut page);
        prune::free_headings(&mut page);
        known.links = prune::link_texts(&page);
        known.links.extend(prune::teaser_texts(&page));
        (page.html(), metadata, known)
    })
    .map_err(|fault| format!("parsing the page {}", fault.what()))?;
    let body = body::body(&html, metadata.article_body.as_deref(), &known);
    let mut faults = body.faults;
    if slim.flattened {
        faults.push("the page nests too deep or has too many tags; it was flattened".into());
    }
    Ok(Page { metadata, text: body.lines.join("\n"), text_from: body.from, faults })
}

/// The names in a byline, without what stands around them: `By Jane Doe and John Roe` → two names.
pub(crate) fn clean_byline(text: &str) -> Vec<String> {
    names::clean(text)
}

/// Fills an item's text, and what else it lacks, from HTML: a whole page, or the HTML of the text alone.
pub(crate) fn fill(item: &mut Item, html: &str, problems: &mut Vec<Problem>) {
    let head: String = html.chars().take(2000).collect::<String>().to_ascii_lowercase();
    let is_page = ["<html", "<head", "<body", "<!doctype"].iter().any(|tag| head.contains(tag));
    if !is_page {
        let slim = slim::slim(html).html;
        if slim.len() > MAX_HTML {
            let what = format!("field `html` has more than {MAX_HTML} bytes");
            problems.push(Problem::new(&item.source, what).fix(SAVE_TEXT));
            return;
        }
        match guard::guarded(guard::DEADLINE, move || lines::lines(&slim)) {
            Ok(lines) if !lines.is_empty() => {
                item.text = lines.join("\n");
                item.extent = Extent::Full;
            }
            Ok(_) => {}
            Err(fault) => {
                let what = format!("parsing field `html` {}", fault.what());
                problems.push(Problem::new(&item.source, what).fix(SAVE_TEXT));
            }
        }
        return;
    }
    match read(html, item.url.as_deref(), item.dates.fetched) {
        Ok(page) => {
            let mut found = item_of(page, &item.source, item.dates.fetched);
            problems.append(&mut found.problems);
            if let Some(found) = found.items.pop() {
                adopt(item, found);
            }
        }
        Err(what) => {
            problems.push(Problem::new(&item.source, format!("field `html`: {what}")).fix(SAVE_TEXT))
        }
    }
}

/// Takes from `found` what `item` lacks.
fn adopt(item: &mut Item, found: Item) {
    fn lacking<T>(own: &mut Option<T>, found: Option<T>) {
        if own.is_none() {
            *own = found;
        }
    }
    lacking(&mut item.url, found.url);
    lacking(&mut item.outlet, found.outlet);
    lacking(&mut item.summary, found.summary);
    lacking(&mut item.lang, found.lang);
    lacking(&mut item.section, found.section);
    lacking(&mut item.dates.published, found.dates.published);
    lacking(&mut item.dates.modified, found.dates.modified);
    if item.title.is_empty() {
        item.title = found.title;
    }
    if item.byline.is_empty() {
        item.byline = found.byline;
    }
    if item.keywords.is_empty() {
        item.keywords = found.keywords;
    }
    if item.genre == Genre::News {
        item.genre = found.genre;
    }
    item.text = found.text;
    item.extent = found.extent;
    item.provenance = found.provenance;
    for (key, value) in found.extra {
        item.extra.entry(key).or_insert(value);
    }
}

/// What the page's own word tells of the lines that are none of its text.
fn known(survey: &survey::Survey, metadata: &Metadata) -> trim::Known {
    let own = metadata.title.as_deref().map(plain::key).unwrap_or_default();
    let top = survey.headings.iter().filter(|heading| heading.level == 1 && !heading.furniture);
    let top: Vec<(String, usize)> = top.map(|heading| (plain::key(&heading.text), heading.article)).collect();
    let first = top.iter().find(|(key, _)| *key == own).or(top.first()).map_or(0, |(_, article)| *article);
    let claims = survey.meta("og:title").chain(survey.meta("twitter:title")).map(plain::key);
    let mut headlines: Vec<String> = claims.chain([own]).collect();
    headlines.extend(top.iter().filter(|(_, article)| *article == first).map(|(key, _)| key.clone()));
    headlines.retain(|key| !key.is_empty());
    let others = top
        .into_iter()
        .filter(|(key, article)| *article != first && *article != 0 && !headlines.contains(key));
    trim::Known {
        title: metadata.title.clone().unwrap_or_default(),
        others: others.map(|(key, _)| key).collect(),
        headlines,
        links: HashSet::new(),
        authors: metadata.byline.iter().map(|name| plain::key(name)).filter(|key| !key.is_empty()).collect(),
    }
}

/// An item out of a page; a problem where the page holds no article, or only its headline.
fn item_of(page: Page, source: &Source, fetched: Option<When>) -> Parsed {
    let verdict = judge(&page);
    let mut parsed = Parsed::default();
    parsed.problems.extend(problem_of(&page, verdict, source));
    if verdict == Verdict::NoArticle {
        return parsed;
    }
    let metadata = page.metadata;
    let mut item = Item {
        source: source.clone(),
        outlet: metadata.url.as_deref().and_then(crate::url::outlet),
        url: metadata.url,
        title: metadata.title.unwrap_or_default(),
        summary: metadata.summary,
        byline: metadata.byline,
        lang: metadata.lang,
        section: metadata.section,
        keywords: metadata.keywords,
        genre: metadata.genre,
        provenance: metadata.provenance,
        ..Item::default()
    };
    if verdict == Verdict::Article {
        item.text = page.text;
        item.extent = Extent::Full;
        item.provenance.insert("text".into(), page.text_from.into());
    } else {
        item.extent = if item.summary.is_some() { Extent::Summary } else { Extent::Headline };
    }
    item.dates.published = metadata.published;
    item.dates.modified = metadata.modified;
    item.dates.fetched = fetched;
    let extra = [
        ("publisher", metadata.publisher.map(Value::from)),
        ("paywall", metadata.paywall.map(Value::from)),
        ("reprint_of", metadata.reprint_of.map(Value::from)),
    ];
    item.extra.extend(extra.into_iter().filter_map(|(key, value)| Some((key.to_owned(), value?))));
    parsed.items.push(item);
    parsed
}

/// What is wrong with a page, in one problem: what is missing, and what went wrong on the way.
fn problem_of(page: &Page, verdict: Verdict, source: &Source) -> Option<Problem> {
    let (what, way_out) = match verdict {
        Verdict::Article => (None, "compare the text with the page before you quote it"),
        Verdict::HeadlineOnly => (
            Some("only the headline of this article was found, not its text"),
            "its text may be shown to subscribers, or by scripts, only; put it into JSONL if you have it",
        ),
        Verdict::NoArticle if page.metadata.kind == PageKind::List => (
            Some("this page is the front of a site or a list of articles, and no article"),
            "give the URL of an article, or the site's feed",
        ),
        Verdict::NoArticle => {
            (Some("no article was found in this page"), "give the URL of an article, or the site's feed")
        }
    };
    let all: Vec<&str> = what.into_iter().chain(page.faults.iter().map(String::as_str)).collect();
    (!all.is_empty()).then(|| Problem::new(source, all.join("; ")).fix(way_out))
}

/// What a page turned out to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Verdict {
    Article,
    HeadlineOnly,
    NoArticle,
}

/// Prose has sentences of this many characters; teasers and menus are shorter.
const SENTENCE: usize = 60;
/// A page that does not describe itself as an article needs this much prose to be one.
const PROSE: usize = 400;
/// And at least this share of its text must be prose.
const PROSE_SHARE: f64 = 0.5;

/// Whether a line reads like prose: long, and with the end of a sentence in it or after it.
fn is_prose(line: &str) -> bool {
    let ends_inside = || line.contains(". ") || line.contains(['。', '！', '？', '।', '؟']);
    trim::width(line) >= SENTENCE && (trim::is_sentence(line) || ends_inside())
}

/// Of the lines of a page, those that read like prose, and whether they are enough for an article.
pub(crate) fn prose<'a>(lines: impl Iterator<Item = &'a str>) -> (String, bool) {
    let mut out = String::new();
    let mut width = 0;
    for line in lines.filter(|line| is_prose(line)) {
        if !out.is_empty() {
            out.push('\n');
        }
        out.push_str(line);
        width += trim::width(line);
    }
    (out, width >= PROSE)
}

/// Decides whether a page holds an article. A page that describes itself as one is believed; else its text
/// must read like one: a front page gives many short lines, and few sentences.
fn judge(page: &Page) -> Verdict {
    let mut prose = 0;
    let mut all = 0;
    for line in page.text.lines() {
        let length = trim::width(line);
        all += length;
        if is_prose(line) {
            prose += length;
        }
    }
    let has_title = page.metadata.title.is_some();
    match page.metadata.kind {
        PageKind::Article if prose > 0 => Verdict::Article,
        PageKind::Article if has_title => Verdict::HeadlineOnly,
        PageKind::Open if has_title && prose >= PROSE && prose as f64 >= PROSE_SHARE * all as f64 => {
            Verdict::Article
        }
        _ => Verdict::NoArticle,
    }
}
