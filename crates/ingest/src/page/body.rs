//! The text of an article, out of the page around it.
//!
//! `trafilatura` finds it; where it finds nothing or too little, `libreadability` is asked, and last
//! the text that the page's own JSON-LD carries. All of them run under guard.

use super::guard::{DEADLINE, Fault, guarded};
use super::lines::lines;
use super::plain;
use super::trim::{Known, trim, width};

/// Less text than this is no article, or a failed extraction: ask the next. (The shortest gold body of 258
/// real pages has 280 characters.)
const TOO_LITTLE: usize = 250;

/// Text with the way it was found.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Body {
    /// Paragraphs.
    pub lines: Vec<String>,
    /// Who found it.
    pub from: &'static str,
    /// What went wrong on the way.
    pub faults: Vec<String>,
}

/// Finds the article in `html`, slim HTML of the page; `carried` is the text its JSON-LD carries.
pub(crate) fn body(html: &str, carried: Option<&str>, known: &Known) -> Body {
    let mut faults = Vec::new();
    let mut found: Vec<(Vec<String>, &'static str)> = Vec::new();
    let mut ask = |name: &'static str, finder: fn(&str) -> Vec<String>| {
        let page = html.to_owned();
        match guarded(DEADLINE, move || finder(&page)) {
            Ok(lines) => found.push((trim(lines, known), name)),
            Err(fault) => faults.push(fault_of(name, fault)),
        }
        found.last().is_some_and(|(lines, _)| length(lines) >= TOO_LITTLE)
    };
    if !ask("trafilatura", by_trafilatura) {
        ask("libreadability", by_libreadability);
        if let Some(carried) = carried {
            found.push((trim(carried_lines(carried), known), "json-ld:articleBody"));
        }
    }
    // The first of equals: the better finder.
    let best = found.into_iter().rev().max_by_key(|(lines, _)| length(lines));
    let (lines, from) = best.unwrap_or_default();
    Body { lines, from, faults }
}

fn fault_of(name: &str, fault: Fault) -> String {
    format!("the search for the article by {name} {}", fault.what())
}

pub(crate) fn length(lines: &[String]) -> usize {
    lines.iter().map(|line| width(line)).sum()
}

fn by_trafilatura(html: &str) -> Vec<String> {
    let options = trafilatura::Options::default()
        .with_fallback(true)
        .with_exclude_comments(true)
        .with_html_date_mode(trafilatura::HtmlDateMode::Disabled);
    match trafilatura::extract(html, &options) {
        Ok(found) => lines(&found.content_html),
        Err(_) => Vec::new(),
    }
}

fn by_libreadability(html: &str) -> Vec<String> {
    match libreadability::extract(html, None) {
        Ok(found) => lines(&found.content),
        Err(_) => Vec::new(),
    }
}

fn carried_lines(text: &str) -> Vec<String> {
    if text.contains("</") || text.contains("<br") || text.contains("<p") {
        return lines(&super::slim::slim(text).html);
    }
    text.lines().map(plain::text).filter(|line| !line.is_empty()).collect()
}
