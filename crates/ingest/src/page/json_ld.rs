//! JSON-LD: what a page says of itself in the vocabulary of schema.org.
//!
//! A page may carry many nodes: itself, its site, its author, and the articles it recommends. Taking
//! the wrong one dates an article by another's date, so [`article`] weighs them: the node whose URL or
//! headline is this page's wins, a node whose URL is another page's is never taken.

use std::collections::HashMap;

use serde_json::{Map, Value};

use super::json_repair::lenient;
use super::plain;

/// Nesting deeper than this is not followed; real pages stay under 8.
const MAX_NESTING: usize = 12;
/// More nodes than this are not looked at.
const MAX_NODES: usize = 5000;

type Node = Map<String, Value>;

/// All nodes of a page's JSON-LD.
#[derive(Debug, Default)]
pub struct Graph {
    nodes: Vec<Placed>,
    by_id: HashMap<String, usize>,
}

#[derive(Debug)]
struct Placed {
    node: Node,
    /// Whether the node stands in another's list or parts: a teaser, an update, not the page.
    listed: bool,
}

/// What is known of the page from elsewhere, to tell its node from its neighbours'.
#[derive(Debug, Clone, Default)]
pub struct Page<'a> {
    /// URLs the page may go by, in normal form.
    pub urls: Vec<String>,
    /// Headlines the page shows: `<h1>`, `og:title`, `<title>`.
    pub headlines: Vec<&'a str>,
}

/// The node of the page's article.
#[derive(Debug, Clone, Copy)]
pub struct Article<'a> {
    graph: &'a Graph,
    node: &'a Node,
}

impl Graph {
    /// Reads the scripts of a page.
    pub fn read(scripts: &[String]) -> Self {
        let mut graph = Self::default();
        for value in scripts.iter().filter_map(|script| lenient(script)) {
            graph.add(value, false, 0);
        }
        for (at, placed) in graph.nodes.iter().enumerate() {
            if let Some(id) = placed.node.get("@id").and_then(Value::as_str) {
                // A bare reference `{"@id": …}` never hides the node it refers to.
                let entry = graph.by_id.entry(id.to_owned()).or_insert(at);
                if graph.nodes[*entry].node.len() < placed.node.len() {
                    *entry = at;
                }
            }
        }
        graph
    }

    fn add(&mut self, value: Value, listed: bool, depth: usize) {
        if depth > MAX_NESTING || self.nodes.len() >= MAX_NODES {
            return;
        }
        match value {
            Value::Array(values) => values.into_iter().for_each(|value| self.add(value, listed, depth + 1)),
            Value::Object(mut node) => {
                let mut inner = Vec::new();
                for (key, is_list) in [
                    ("@graph", false),
                    ("mainEntity", false),
                    ("mainEntityOfPage", false),
                    ("itemListElement", true),
                    ("item", true),
                    ("hasPart", true),
                    ("liveBlogUpdate", true),
                ] {
                    if node.get(key).is_some_and(|value| value.is_object() || value.is_array()) {
                        // Kept too, since `mainEntityOfPage` names the page's URL.
                        let value = match key {
                            "mainEntityOfPage" => node.get(key).cloned(),
                            _ => node.remove(key),
                        };
                        inner.extend(value.map(|value| (value, listed || is_list)));
                    }
                }
                // People and organisations stand inside; references lead to them.
                for key in ["author", "creator", "publisher", "sourceOrganization"] {
                    let values: &[Value] = match node.get(key) {
                        Some(Value::Array(values)) => values,
                        Some(value) => std::slice::from_ref(value),
                        None => &[],
                    };
                    for value in values
                        .iter()
                        .filter(|value| value.get("@id").is_some() && value.get("name").is_some())
                    {
                        inner.push((value.clone(), true));
                    }
                }
                self.nodes.push(Placed { node, listed });
                inner.into_iter().for_each(|(value, listed)| self.add(value, listed, depth + 1));
            }
            _ => {}
        }
    }

    /// The page's article; `None` where no node is one, or those that are belong to other pages.
    ///
    /// A node is the page's where its URL or its headline is. One that names no page is taken only where it
    /// is the only article: a front page has many, and none is it. (Of 258 real article pages, 257 of those
    /// with a node have one that is named.)
    pub fn article(&self, page: &Page<'_>) -> Option<Article<'_>> {
        let articles = || self.nodes.iter().filter(|placed| types(&placed.node).any(is_article));
        let count = articles().count();
        let own: Vec<String> = page.urls.iter().filter_map(|url| same_page_key(url)).collect();
        let headlines: Vec<String> = page.headlines.iter().map(|headline| plain::key(headline)).collect();
        let mut best: Option<(i32, &Node)> = None;
        for placed in articles() {
            let urls = urls(&placed.node);
            let by_url = urls.iter().any(|url| own.contains(url));
            let headline =
                placed.node.get("headline").or_else(|| placed.node.get("name")).and_then(Value::as_str);
            let headline =
                headline.map(|headline| plain::key(&plain::text(headline))).filter(|key| !key.is_empty());
            let by_headline = headline.is_some_and(|headline| headlines.contains(&headline));
            let alone = count == 1 && !placed.listed && (urls.is_empty() || own.is_empty());
            if !(by_url || by_headline || alone) {
                continue;
            }
            let fields = ["headline", "datePublished", "author", "articleBody"];
            let filled = fields.iter().filter(|field| placed.node.contains_key(**field)).count() as i32;
            let score =
                8 * i32::from(by_url) + 4 * i32::from(by_headline) + filled - 3 * i32::from(placed.listed);
            // The first of equals: templates put the page's own node first.
            if best.is_none_or(|(highest, _)| score > highest) {
                best = Some((score, &placed.node));
            }
        }
        best.map(|(_, node)| Article { graph: self, node })
    }

    /// The node that stands for the page itself (`WebPage` and its kinds), for fields the article lacks.
    pub fn web_page(&self) -> Option<Article<'_>> {
        let page = self
            .nodes
            .iter()
            .find(|placed| !placed.listed && types(&placed.node).any(|kind| kind == "WebPage"));
        page.map(|placed| Article { graph: self, node: &placed.node })
    }

    /// Whether the page calls itself a list of others: a front, a section, search results.
    pub fn is_collection(&self) -> bool {
        const LISTS: &[&str] = &["CollectionPage", "SearchResultsPage", "ProfilePage", "ItemList"];
        self.nodes
            .iter()
            .any(|placed| !placed.listed && types(&placed.node).any(|kind| LISTS.contains(&kind)))
    }

    fn follow<'a>(&'a self, value: &'a Value) -> &'a Value {
        let reference =
            value.as_object().filter(|node| !node.contains_key("name")).and_then(|node| node.get("@id"));
        let target = reference
            .and_then(Value::as_str)
            .and_then(|id| self.by_id.get(id))
            .map(|&at| &self.nodes[at].node);
        match target {
            Some(node) => node.get("name").unwrap_or(value),
            None => value,
        }
    }

    /// Names under `value`: a string, a node with a name, a reference to one, or a list of those.
    fn names(&self, value: Option<&Value>) -> Vec<String> {
        let values: &[Value] = match value {
            Some(Value::Array(values)) => values,
            Some(value) => std::slice::from_ref(value),
            None => &[],
        };
        let mut names = Vec::new();
        for value in values {
            let value = self.follow(value);
            match value.get("name").unwrap_or(value) {
                Value::String(name) => names.push(plain::text(name)),
                Value::Array(inner) => names.extend(inner.iter().filter_map(Value::as_str).map(plain::text)),
                _ => {}
            }
        }
        names.retain(|name| !name.is_empty());
        names
    }
}

impl<'a> Article<'a> {
    /// Text of a field; the first where it is a list.
    pub fn text(&self, field: &str) -> Option<String> {
        let value = self.node.get(field)?;
        let value = value.as_array().map_or(Some(value), |values| values.first())?;
        let text = value.as_str().or_else(|| value.get("@value")?.as_str()).map(plain::text)?;
        Some(text).filter(|text| !text.is_empty())
    }

    /// Raw string of a field, its line breaks kept.
    pub fn raw(&self, field: &str) -> Option<&'a str> {
        self.node.get(field)?.as_str()
    }

    /// Names in a field of people or organisations.
    pub fn names(&self, field: &str) -> Vec<String> {
        self.graph.names(self.node.get(field))
    }

    /// A list of words: an array, or a string with commas.
    pub fn words(&self, field: &str) -> Vec<String> {
        let words: Vec<String> = match self.node.get(field) {
            Some(Value::String(words)) => words.split(',').map(plain::text).collect(),
            other => self.graph.names(other),
        };
        words.into_iter().filter(|word| !word.is_empty()).collect()
    }

    /// The URLs it gives itself, as written: `url`, `mainEntityOfPage`, `@id`.
    pub fn addresses(&self) -> impl Iterator<Item = &'a str> {
        addresses(self.node)
    }

    /// Types of the node, without the vocabulary's URL.
    pub fn types(&self) -> impl Iterator<Item = &'a str> {
        types(self.node)
    }

    /// A field that says yes or no, as a boolean or in words.
    pub fn flag(&self, field: &str) -> Option<bool> {
        match self.node.get(field)? {
            Value::Bool(flag) => Some(*flag),
            Value::String(word) if word.eq_ignore_ascii_case("true") => Some(true),
            Value::String(word) if word.eq_ignore_ascii_case("false") => Some(false),
            _ => None,
        }
    }
}

/// The pages that a node names as its own.
fn urls(node: &Node) -> Vec<String> {
    addresses(node).filter_map(same_page_key).collect()
}

/// The URLs an article gives itself, as written.
fn addresses(node: &Node) -> impl Iterator<Item = &str> {
    let fields = ["url", "mainEntityOfPage", "@id"].into_iter().filter_map(|key| node.get(key));
    fields.filter_map(|value| {
        value.as_str().or_else(|| value.get("@id")?.as_str()).or_else(|| value.get("url")?.as_str())
    })
}

fn types(node: &Node) -> impl Iterator<Item = &str> {
    let values: &[Value] = match node.get("@type") {
        Some(Value::Array(values)) => values,
        Some(value) => std::slice::from_ref(value),
        None => &[],
    };
    values.iter().filter_map(Value::as_str).map(|kind| kind.rsplit(['/', ':', '#']).next().unwrap_or(kind))
}

/// Whether a schema.org type is an article: `NewsArticle` and its kinds, `BlogPosting`, `Report` …
pub(crate) fn is_article(kind: &str) -> bool {
    ["Article", "BlogPosting", "Report", "ClaimReview", "CorrectionComment"]
        .iter()
        .any(|end| kind.ends_with(end))
}

/// What two URLs of one page have in common: host without `www.`, and path without its last slash.
fn same_page_key(url: &str) -> Option<String> {
    let url = crate::url::canonical(url)?;
    let rest = url.split_once("://")?.1;
    let rest = rest.split('?').next().unwrap_or(rest).trim_end_matches('/');
    Some(rest.strip_prefix("www.").unwrap_or(rest).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn graph(json: &str) -> Graph {
        Graph::read(&[json.to_owned()])
    }

    #[test]
    fn the_node_of_this_page_wins_over_its_neighbours() {
        let graph = graph(
            r#"[{"@type":"NewsArticle","headline":"Other","url":"https://a.example/2","datePublished":"2024-05-01","author":"X"},
                {"@type":["NewsArticle","Thing"],"headline":"Troops share base","mainEntityOfPage":{"@id":"https://www.a.example/1/"}}]"#,
        );
        let page = Page { urls: vec!["https://a.example/1".into()], headlines: vec![] };
        assert_eq!(graph.article(&page).unwrap().text("headline").as_deref(), Some("Troops share base"));
    }

    #[test]
    fn teasers_of_other_articles_are_not_the_page() {
        let graph = graph(
            r#"{"@type":"ItemList","itemListElement":[{"@type":"ListItem","item":
                {"@type":"NewsArticle","headline":"Other","url":"https://a.example/2","datePublished":"2024-05-01","author":"X"}}]}"#,
        );
        assert!(graph.is_collection());
        assert!(
            graph
                .article(&Page { urls: vec!["https://a.example/".into()], headlines: vec!["Home"] })
                .is_none()
        );
    }

    #[test]
    fn a_front_page_full_of_articles_is_none_of_them() {
        let graph = graph(
            r#"[{"@type":"NewsArticle","headline":"One","url":"https://a.example/1","datePublished":"2024-05-01"},
                {"@type":"NewsArticle","headline":"Two","datePublished":"2024-05-02"}]"#,
        );
        assert!(
            graph
                .article(&Page { urls: vec!["https://a.example/news".into()], headlines: vec!["News"] })
                .is_none()
        );
        assert!(
            graph
                .article(&Page { urls: vec!["https://a.example/news".into()], headlines: vec!["two"] })
                .is_some()
        );
    }

    #[test]
    fn authors_are_found_behind_references() {
        let graph = graph(
            r##"{"@graph":[{"@type":"Article","headline":"H","author":[{"@id":"#amina"},{"@type":"Person","name":["Ali K"]},"Zara B"]},
                {"@type":"Person","@id":"#amina","name":"Amina Saley"}]}"##,
        );
        let article = graph.article(&Page::default()).unwrap();
        assert_eq!(article.names("author"), ["Amina Saley", "Ali K", "Zara B"]);
    }
}
