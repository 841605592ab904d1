//! Pages: HTML to an article, with its metadata and the witness of each field.
//!
//! A page goes through [`slim`](slim::slim) first, which makes it safe to parse; one walk over its tree
//! ([`survey`]) collects what it says about itself; [`metadata`] weighs that; [`body`] finds the text.
//! A page without an article in it (a front, a section, a notice) is a [`Problem`], never an item with
//! a page's furniture for text.

mod body;
mod byline;
mod dates;
mod genre;
mod guard;
mod json_ld;
mod json_repair;
mod lines;
mod metadata;
mod plain;
mod slim;
mod survey;
mod title;

use dateline_model::{Extent, Item, Source, When};

use crate::charset::{Markup, decode};
use crate::{Capture, Parsed, Problem};
pub use metadata::Metadata;

/// Larger pages are not read, after what no article needs is out of them. The largest of 258 real pages
/// has 3.3 MB with its scripts and 0.9 MB without.
const MAX_HTML: usize = 3_000_000;
/// Larger files are not even slimmed.
const MAX_RAW: usize = 50_000_000;

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
        return problem(Problem::new(&capture.source, what));
    }
    let decoded = decode(&capture.bytes, capture.content_type.as_deref(), Markup::Html);
    match read(&decoded.text, capture.url.as_deref(), capture.fetched) {
        Ok(page) => item_of(page, &capture.source, capture.fetched),
        Err(what) => problem(Problem::new(&capture.source, what)),
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
    let (html, metadata) = guard::guarded(guard::DEADLINE, move || {
        let survey = survey::survey(&scraper::Html::parse_document(&html));
        let metadata = metadata::metadata(&survey, found_at.as_deref(), fetched);
        (html, metadata)
    })
    .map_err(|fault| format!("parsing the page {}", fault.what()))?;
    let body = body::body(&html, metadata.article_body.as_deref());
    let mut faults = body.faults;
    if slim.flattened {
        faults.push("the page nests too deep or has too many tags; it was flattened".into());
    }
    Ok(Page { metadata, text: body.lines.join("\n"), text_from: body.from, faults })
}

fn item_of(page: Page, source: &Source, fetched: Option<When>) -> Parsed {
    let metadata = page.metadata;
    let mut item = Item {
        source: source.clone(),
        outlet: metadata.url.as_deref().and_then(crate::url::outlet),
        url: metadata.url,
        title: metadata.title.unwrap_or_default(),
        text: page.text,
        extent: Extent::Full,
        summary: metadata.summary,
        byline: metadata.byline,
        lang: metadata.lang,
        section: metadata.section,
        keywords: metadata.keywords,
        genre: metadata.genre,
        provenance: metadata.provenance,
        ..Item::default()
    };
    item.dates.published = metadata.published;
    item.dates.modified = metadata.modified;
    item.dates.fetched = fetched;
    Parsed { items: vec![item], ..Parsed::default() }
}
