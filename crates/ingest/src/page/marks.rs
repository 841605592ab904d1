//! What class names, ids and links say about an element: that it names the author, that it is furniture.

use scraper::node::Element;
use scraper::{ElementRef, Node};

use super::element::text;

/// A byline that stands alone in its element is shorter than this.
const LONGEST_BYLINE: usize = 100;

/// Whether a class or id says that its element names the author: one of its words is `author`, `byline` …,
/// in any of the ways class names are put together (`article-author`, `metaInfoAuthorList`, `authorname`).
pub(crate) fn names_author(class: &str) -> bool {
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
pub(crate) fn begins_like_byline(element: ElementRef<'_>) -> bool {
    const LEADS: &[&str] = &[
        "By ", "BY ", "by ", "Von ", "von ", "VON ", "Par ", "PAR ", "Por ", "POR ", "Di ", "Door ", "Av ",
        "Af ",
    ];
    let Some(Node::Text(first)) = element.first_child().map(|node| node.value()) else { return false };
    let first = first.trim_start();
    LEADS.iter().any(|lead| first.starts_with(lead)) && text(element).chars().count() <= LONGEST_BYLINE
}

/// Whether a link leads to a page about an author: a folder of its path says so.
pub(crate) fn leads_to_author(href: &str) -> bool {
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
pub(crate) fn is_furniture(element: &Element) -> bool {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn class_names_are_read_as_words() {
        for (class, names) in [
            ("article-author", true),
            ("metaInfoAuthorList", true),
            ("c-byline__link authorname", true),
            ("authority", false),
            ("coauthored-by", false),
        ] {
            assert_eq!(names_author(class), names, "{class}");
        }
    }

    #[test]
    fn links_to_authors_have_a_folder_of_them() {
        for (href, leads) in [
            ("/author/jane-doe/", true),
            ("https://a.example/autoren/name/jane-doe", true),
            ("/author", false),
            ("/news/author-dies", false),
        ] {
            assert_eq!(leads_to_author(href), leads, "{href}");
        }
    }
}
