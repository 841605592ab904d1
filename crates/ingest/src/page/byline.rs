//! Who wrote the article, as printed: names without what stands around them.
//!
//! JSON-LD is asked first, then `<meta>`, then what the page marks or links as a byline. Where the newsroom
//! signs in the data and a person on the page, the person is taken.

use super::json_ld::Article;
use super::names::{clean, is_person};
use super::plain;
use super::survey::{BylineKind, Survey};

/// Authors with the witness they come from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Byline {
    pub names: Vec<String>,
    pub from: String,
}

/// `<meta>`s that name authors.
const METAS: &[&str] = &[
    "author",
    "article:author",
    "article:author:name",
    "parsely-author",
    "sailthru.author",
    "dc.creator",
    "dcterms.creator",
    "dc.creator.name",
    "byl",
    "byline",
    "cxenseparse:author",
    "rnews:author",
    "citation_author",
    "twitter:data1",
];

/// A byline stands before this many paragraphs of the article have gone by.
const NEAR: usize = 2;
/// More authors than this are a masthead, not a byline.
const MOST_AUTHORS: usize = 24;

/// The authors of a page; `sites` are the names its site goes by.
pub(crate) fn byline(survey: &Survey, article: Option<Article<'_>>, sites: &[&str]) -> Option<Byline> {
    let make = |names: Vec<String>, from: &str| {
        let names: Vec<String> = names.iter().flat_map(|name| clean(name)).fold(Vec::new(), push_new);
        (!names.is_empty() && names.len() <= MOST_AUTHORS).then(|| Byline { names, from: from.to_owned() })
    };
    let json = article.and_then(|article| {
        ["author", "creator"]
            .into_iter()
            .find_map(|field| make(article.names(field), &format!("json-ld:{field}")))
    });
    let meta = METAS.iter().find_map(|name| {
        let values: Vec<String> = survey.meta(name).map(plain::text).collect();
        make(values, &format!("meta:{name}"))
    });
    let marked = marked(survey).and_then(|(names, from)| make(names, from));
    let mut all = [json, meta, marked].into_iter().flatten();
    let mut first = all.next()?;
    // Beside people, the name of the site is no author.
    if first.names.iter().any(|name| is_person(name) && !names_site(std::slice::from_ref(name), sites)) {
        first.names.retain(|name| !names_site(std::slice::from_ref(name), sites));
    }
    if names_site(&first.names, sites) {
        // The newsroom signs for everybody in the data, while the page may print who wrote it.
        if let Some(people) = all.find(|byline| {
            !names_site(&byline.names, sites) && byline.names.iter().all(|name| is_person(name))
        }) {
            return Some(people);
        }
    }
    Some(first)
}

fn names_site(names: &[String], sites: &[&str]) -> bool {
    names.iter().all(|name| {
        let key = plain::key(name);
        sites.iter().any(|site| {
            let site_key = plain::key(site);
            key == site_key
                || key.replace(' ', "") == site_key.replace(' ', "")
                || Some(key.as_str()) == site.split('.').next()
        })
    })
}

/// Names out of the elements marked as bylines: the best kind that stands with the headline.
fn marked(survey: &Survey) -> Option<(Vec<String>, &'static str)> {
    for (kind, from) in [
        (BylineKind::Itemprop, "microdata:author"),
        (BylineKind::Rel, "rel:author"),
        (BylineKind::Class, "class:author"),
        (BylineKind::Link, "link:author"),
        (BylineKind::Text, "text:by"),
    ] {
        let mut names: Vec<String> = Vec::new();
        let mut place = None;
        for mark in survey
            .bylines
            .iter()
            .filter(|mark| mark.kind == kind && !mark.place.furniture && !mark.place.figure)
        {
            let place_of = mark.place;
            let near = match kind {
                BylineKind::Itemprop | BylineKind::Rel => true,
                // What only looks like a byline must stand where one does: columnists are teased by name.
                BylineKind::Class | BylineKind::Link => {
                    (place_of.after_heading || place_of.article) && place_of.paragraphs_before <= NEAR
                }
                BylineKind::Text => place_of.after_heading && place_of.paragraphs_before == 0,
            };
            if !near {
                continue;
            }
            // Bylines stand together; the same class further down is a biography or another article.
            if place.is_some_and(|place| place != mark.place.paragraphs_before) {
                break;
            }
            let whole = clean(&mark.text);
            let mut found: Vec<String> =
                mark.pieces.iter().flat_map(|piece| clean(piece)).filter(|name| is_person(name)).collect();
            // What the markup calls the author is one, also where it is an agency or a desk.
            let said = matches!(kind, BylineKind::Itemprop) && whole.len() == 1;
            if found.is_empty() && (said || whole.iter().all(|name| is_person(name))) {
                found = whole;
            }
            if !found.is_empty() {
                place = Some(mark.place.paragraphs_before);
                names.extend(found);
            }
        }
        if !names.is_empty() {
            return Some((names, from));
        }
    }
    None
}

fn push_new(mut names: Vec<String>, name: String) -> Vec<String> {
    if !names.iter().any(|other| plain::key(other) == plain::key(&name)) {
        names.push(name);
    }
    names
}
