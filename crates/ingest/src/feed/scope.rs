//! What is in force where: namespaces, languages and base addresses.

use memchr::memmem;
use url::Url;

use super::names::{self, Space};
use crate::xml;

/// Declarations in force, each with the number of open elements it belongs to.
pub(super) struct Scope<'a> {
    prefixes: Vec<(usize, &'a str, Space)>,
    langs: Vec<(usize, String)>,
    bases: Vec<(usize, String)>,
}

impl<'a> Scope<'a> {
    /// The scope of a document that was fetched from `base`.
    pub(super) fn new(base: Option<&str>) -> Self {
        let bases = base.map(|base| (0, base.to_owned())).into_iter().collect();
        Self { prefixes: Vec::new(), langs: Vec::new(), bases }
    }

    /// Reads `xmlns`, `xml:lang` and `xml:base` of an element that is the `depth`th open one.
    /// `is_first` for the first element of the document.
    pub(super) fn enter(&mut self, name: &str, attributes: &'a str, depth: usize, is_first: bool) {
        if memmem::find(attributes.as_bytes(), b"xml").is_none() {
            return;
        }
        let own_prefix = name.split_once(':').map_or("", |(prefix, _)| prefix);
        for (key, value) in xml::attributes(attributes) {
            let prefix = match key.split_once(':') {
                None if key == "xmlns" => "",
                Some(("xmlns", prefix)) => prefix,
                Some(("xml", "lang")) => {
                    self.langs.push((depth, value));
                    continue;
                }
                Some(("xml", "base")) => {
                    let base = self.absolute(&value);
                    // A base that is no web address would make every link wrong.
                    if base.starts_with("http://") || base.starts_with("https://") {
                        self.bases.push((depth, base));
                    }
                    continue;
                }
                _ => continue,
            };
            let space = names::by_uri(&value).unwrap_or_else(|| {
                // Whatever the first element is in is the feed's own namespace.
                if value.trim().is_empty() || (is_first && prefix == own_prefix) {
                    Space::Core
                } else {
                    names::by_prefix(prefix).unwrap_or(Space::Other)
                }
            });
            self.prefixes.push((depth, prefix, space));
        }
    }

    /// Ends what belongs to elements beyond the `depth`th open one.
    pub(super) fn leave(&mut self, depth: usize) {
        while self.prefixes.last().is_some_and(|(at, ..)| *at > depth) {
            self.prefixes.pop();
        }
        while self.langs.last().is_some_and(|(at, _)| *at > depth) {
            self.langs.pop();
        }
        while self.bases.last().is_some_and(|(at, _)| *at > depth) {
            self.bases.pop();
        }
    }

    /// The namespace a prefix is declared for; `None` where it is not. No prefix without a declaration
    /// is the feed's own namespace.
    pub(super) fn space(&self, prefix: &str) -> Option<Space> {
        let declared = self.prefixes.iter().rev().find(|(_, known, _)| *known == prefix);
        declared.map(|(.., space)| *space).or(prefix.is_empty().then_some(Space::Core))
    }

    /// The language in force.
    pub(super) fn lang(&self) -> Option<String> {
        self.langs.last().map(|(_, lang)| lang.clone())
    }

    /// The base address in force.
    pub(super) fn base(&self) -> Option<String> {
        self.bases.last().map(|(_, base)| base.clone())
    }

    /// An address made absolute by the base in force; as it is where there is none.
    pub(super) fn absolute(&self, href: &str) -> String {
        let href = href.trim();
        if href.starts_with("http://") || href.starts_with("https://") {
            return href.to_owned();
        }
        let base = self.bases.last().and_then(|(_, base)| Url::parse(base).ok());
        base.and_then(|base| base.join(href).ok()).map_or_else(|| href.to_owned(), Into::into)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn declarations_hold_inside_their_element() {
        let mut scope = Scope::new(Some("https://niamey-post.example/rss"));
        scope.enter("feed", "xmlns='urn:ours' xml:lang='fr' xml:base='/actu/'", 1, true);
        scope.enter(
            "p",
            "xml:lang='ha' xml:base='javascript:x' xmlns='http://www.w3.org/1999/xhtml'",
            2,
            false,
        );
        assert_eq!((scope.space(""), scope.lang().as_deref()), (Some(Space::Xhtml), Some("ha")));
        assert_eq!(scope.absolute("1"), "https://niamey-post.example/actu/1");
        scope.leave(1);
        assert_eq!((scope.space(""), scope.lang().as_deref()), (Some(Space::Core), Some("fr")));
        scope.leave(0);
        assert_eq!(scope.absolute("1"), "https://niamey-post.example/1");
        assert_eq!(scope.space("dc"), None);
    }
}
