//! Takes out of a page's tree what stands in or around the article and is none of it: captions,
//! pointers to other articles, forms, advertisements, other people's posts.
//!
//! The extractors behind do some of this by their own rules; what they leave is what reads as if the
//! article said it. A rule goes by the words of an element's class or id, so each has an exception: what
//! holds the headline or a large part of the page's text is the article, whatever it is called
//! (`<div class="with-sidebar">`).

use std::collections::{HashMap, HashSet};

use ego_tree::iter::Edge;
use ego_tree::{NodeId, NodeRef};
use scraper::node::Element;
use scraper::{ElementRef, Html, Node};

use super::element::text;
use super::marks::words_of_class;
use super::plain;
use super::survey::around_heading;

/// An element whose paragraphs have more than this share of the text of all the page's paragraphs is the
/// article, or holds it: forms around the whole page, parts that a script will show.
const LARGE: f64 = 0.2;

/// A form, or something hidden, with this many bytes of paragraphs holds an article: old templates put whole
/// pages into a form, and paywalls hide the text until a script has looked at the reader.
const TEXT: usize = 1000;

/// Words in class names and ids that say that an element is no part of the article.
const FURNITURE: &[&str] = &[
    "related",
    "recommended",
    "recommendation",
    "recommendations",
    "recirculation",
    "recirc",
    "newsletter",
    "newsletters",
    "share",
    "sharing",
    "sharebar",
    "social",
    "socials",
    "advert",
    "advertisement",
    "advertorial",
    "adslot",
    "sponsored",
    "outbrain",
    "taboola",
    "connatix",
    "cookie",
    "cookies",
    "consent",
    "comments",
    "breadcrumb",
    "breadcrumbs",
    "tags",
    "taglist",
    "toolbar",
    "pagination",
    "mostread",
    "trending",
    "promo",
    "promobox",
    "caption",
    "captions",
    "bildunterschrift",
    "copyright",
    "readmore",
    "feedback",
    "skip",
    "tooltip",
    "modal",
    "popup",
];

/// Elements that are none of the article wherever they stand.
fn is_foreign(element: &Element) -> bool {
    let has_class = |class: &str| element.classes().any(|one| one.eq_ignore_ascii_case(class));
    match element.name() {
        // What the head and scripts say was read before.
        "script" | "meta" | "link" => true,
        "figcaption" | "form" | "button" | "dialog" | "nav" | "aside" | "input" | "select" | "noscript" => {
            true
        }
        // A post shown inside an article is somebody else's text, and the article does not say it.
        "blockquote" => ["twitter-tweet", "instagram-media", "tiktok-embed", "bluesky-embed"]
            .iter()
            .any(|class| has_class(class)),
        _ => false,
    }
}

fn is_named_furniture(element: &Element) -> bool {
    // Headings and paragraphs carry ids made of their own words.
    let own = matches!(element.name(), "p" | "h2" | "h3" | "h4" | "h5" | "h6");
    let named = element.attr("class").into_iter().chain(element.attr("id").filter(|_| !own));
    named.flat_map(words_of_class).any(|word| FURNITURE.contains(&word.as_str()))
}

fn is_hidden(element: &Element) -> bool {
    element.attr("hidden").is_some()
        // Said of paragraphs, it is a paywall's way of hiding the article from screen readers.
        || (element.name() != "p" && element.attr("aria-hidden").is_some_and(|value| value == "true"))
        || element.attr("style").is_some_and(|style| {
            let style: String = style.chars().filter(|c| !c.is_whitespace()).collect::<String>().to_ascii_lowercase();
            style.contains("display:none") || style.contains("visibility:hidden")
        })
}

/// Takes what is none of the article out of `page`.
pub(crate) fn prune(page: &mut Html) {
    let around = around_heading(page);
    let lengths = lengths(page);
    let whole = lengths.get(&page.tree.root().id()).copied().unwrap_or_default();
    let mut doomed = Vec::new();
    let mut inside = 0usize;
    for edge in page.tree.root().traverse() {
        let (node, opens) = match edge {
            Edge::Open(node) => (node, true),
            Edge::Close(node) => (node, false),
        };
        let Node::Element(element) = node.value() else { continue };
        if matches!(element.name(), "html" | "body" | "head" | "main" | "article" | "title") {
            continue;
        }
        let length = lengths.get(&node.id()).copied().unwrap_or_default();
        let goes = if element.name() == "form" || is_hidden(element) {
            length < TEXT
        } else {
            (is_foreign(element) || is_named_furniture(element)) && length as f64 <= LARGE * whole as f64
        };
        let goes = goes && !around.contains(&node.id());
        if goes && opens {
            if inside == 0 {
                doomed.push(node.id());
            }
            inside += 1;
        } else if goes {
            inside -= 1;
        }
    }
    for id in doomed {
        if let Some(mut node) = page.tree.get_mut(id) {
            node.detach();
        }
    }
}

/// Takes `<time>`s out of headings, and leaves their text: extractors drop headings with a time in them as
/// datelines, while in a live page they are the only word of when each entry was written.
pub(crate) fn free_headings(page: &mut Html) {
    let is_heading = |node: NodeRef<'_, Node>| {
        let name = node.value().as_element().map(Element::name);
        matches!(name, Some("h2" | "h3" | "h4" | "h5" | "h6"))
    };
    let is_time = |node: &NodeRef<'_, Node>| {
        node.value().as_element().is_some_and(|element| element.name() == "time")
            && node.ancestors().take(DEEPEST_TIME).any(is_heading)
    };
    let times: Vec<NodeId> = page.tree.nodes().filter(is_time).map(|node| node.id()).collect();
    for time in times {
        let children: Vec<NodeId> = page
            .tree
            .get(time)
            .map(|node| node.children().map(|child| child.id()).collect())
            .unwrap_or_default();
        let Some(mut node) = page.tree.get_mut(time) else { continue };
        for child in children {
            node.insert_id_before(child);
        }
        node.detach();
    }
}

/// How many elements a time in a heading is wrapped in, at most.
const DEEPEST_TIME: usize = 4;

/// Keys of the texts of all links that lead to other pages.
pub(crate) fn link_texts(page: &Html) -> HashSet<String> {
    /// More links than this are a map of the site, and hold nothing that tells lines apart.
    const MOST_LINKS: usize = 5000;
    /// A link of fewer words stands in a sentence, or is too short to tell.
    const FEWEST_WORDS: usize = 3;
    let links = page.tree.nodes().filter_map(ElementRef::wrap).filter(|element| {
        element.value().name() == "a" && element.attr("href").is_some_and(|href| !href.starts_with('#'))
    });
    // Of a card that is one link, the headline and the summary too.
    const MOST_PARTS: usize = 12;
    let parts = links.take(MOST_LINKS).flat_map(|link| {
        std::iter::once(link)
            .chain(link.descendent_elements().filter(move |part| *part != link).take(MOST_PARTS))
    });
    let keys = parts.map(|part| plain::key(&text(part)));
    keys.filter(|key| key.split(' ').count() >= FEWEST_WORDS || (key.len() >= 18 && !key.is_ascii()))
        .collect()
}

/// Keys of the paragraphs that tease other articles: those that share a box with a heading that is a link. A box
/// with more than two paragraphs is an article with a heading in it.
pub(crate) fn teaser_texts(page: &Html) -> HashSet<String> {
    /// Headings looked at, boxes around each, and elements looked at in a box.
    const MOST: (usize, usize, usize) = (400, 3, 400);
    const MOST_PARAGRAPHS: usize = 2;
    let is_heading = |element: &ElementRef<'_>| matches!(element.value().name(), "h2" | "h3" | "h4" | "h5");
    let is_link = |element: ElementRef<'_>| {
        element.value().name() == "a" && element.attr("href").is_some_and(|href| !href.starts_with('#'))
    };
    let mut keys = HashSet::new();
    let headings = page.tree.nodes().filter_map(ElementRef::wrap).filter(is_heading);
    let linked = headings.filter(|heading| {
        heading.descendent_elements().any(is_link)
            || heading.ancestors().take(3).filter_map(ElementRef::wrap).any(is_link)
    });
    for heading in linked.take(MOST.0) {
        for around in heading.ancestors().take(MOST.1).filter_map(ElementRef::wrap) {
            let inside = around.descendent_elements().take(MOST.2);
            let paragraphs: Vec<_> =
                inside.filter(|element| element.value().name() == "p").take(MOST_PARAGRAPHS + 1).collect();
            if paragraphs.len() > MOST_PARAGRAPHS {
                break;
            }
            keys.extend(paragraphs.into_iter().map(|paragraph| plain::key(&text(paragraph))));
        }
    }
    keys.remove("");
    keys
}

/// Length of the text of the paragraphs under each element, in bytes without white space.
fn lengths(page: &Html) -> HashMap<NodeId, usize> {
    let mut lengths = HashMap::new();
    let mut stack: Vec<usize> = Vec::new();
    let mut paragraphs = 0usize;
    for edge in page.tree.root().traverse() {
        let (Edge::Open(node) | Edge::Close(node)) = edge;
        let is_paragraph = node.value().as_element().is_some_and(|element| element.name() == "p");
        match edge {
            Edge::Open(_) => {
                paragraphs += usize::from(is_paragraph);
                let text = node.value().as_text().filter(|_| paragraphs > 0);
                stack.push(text.map_or(0, |text| text.bytes().filter(|b| !b.is_ascii_whitespace()).count()));
            }
            Edge::Close(_) => {
                paragraphs -= usize::from(is_paragraph);
                let length = stack.pop().unwrap_or_default();
                if let Some(parent) = stack.last_mut() {
                    *parent += length;
                }
                if !node.value().is_text() {
                    lengths.insert(node.id(), length);
                }
            }
        }
    }
    lengths
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pruned(html: &str) -> String {
        let mut page = Html::parse_document(html);
        prune(&mut page);
        page.root_element().text().collect()
    }

    #[test]
    fn what_stands_around_the_article_goes() {
        let text = pruned(
            "<body><article><h1>Troops share base</h1><p>US and Russian troops share a base in Niamey, officials said.</p>\
             <figure><img><figcaption>A hangar.</figcaption></figure><div class='related-articles'>Other news</div>\
             <blockquote class='twitter-tweet'>a post</blockquote><div style='display: none'>secret</div>\
             <p>The talks go on, and both sides say that they will not leave before they end.</p></article></body>",
        );
        assert!(text.contains("officials said") && text.contains("The talks go on"));
        for word in ["hangar", "Other news", "a post", "secret"] {
            assert!(!text.contains(word), "{word} in {text}");
        }
    }

    #[test]
    fn times_in_headings_are_words_of_them() {
        let mut page =
            Html::parse_document("<h3><b><time>9.15</time></b> Toll rises</h3><p><time>1 May</time></p>");
        free_headings(&mut page);
        assert!(page.html().contains("<h3><b>9.15</b> Toll rises</h3><p><time>"), "{}", page.html());
    }

    #[test]
    fn what_holds_the_article_stays_whatever_it_is_called() {
        let html =
            "<body><div class='page with-newsletter'><h1>Troops share base</h1><p>Text one.</p></div></body>";
        assert!(pruned(html).contains("Text one."));
        let text = "All the text. ".repeat(120);
        let html = format!("<body><h1>x</h1><div hidden id='S:0' class='share'><p>{text}</p></div></body>");
        assert!(pruned(&html).contains("All the text"));
    }
}
