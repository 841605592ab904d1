//! Entities a DOCTYPE declares, expanded within a small bound.
//!
//! Feeds declare a handful of names for characters (`<!ENTITY nbsp "&#160;">`) or prefixes of
//! addresses. Beyond that, entities are a weapon: ones that expand to others a billion times, and ones
//! that name files and hosts. Only short plain text is expanded here, one step deep; nothing is fetched.

use std::collections::HashMap;

use memchr::memchr;

use crate::references;

/// Entities a feed may declare.
const MAX_DECLARED: usize = 256;

/// Bytes an entity may stand for. The longest sound one seen is an address of a hundred.
const MAX_LENGTH: usize = 1024;

/// Bytes all expansions in one feed may come to. A document that uses an entity in each of a
/// thousand entries stays below it.
const MAX_EXPANDED: usize = 256 * 1024;

/// The entities of one feed.
#[derive(Default)]
pub(super) struct Entities {
    /// `None` for those that are refused.
    declared: HashMap<String, Option<String>>,
    expanded: usize,
}

impl Entities {
    /// Reads the declarations in what stands between `<!DOCTYPE` and its `>`.
    pub(super) fn declare(&mut self, doctype: &str) {
        let mut rest = doctype;
        while let Some(at) = rest.find("<!ENTITY") {
            rest = &rest[at + "<!ENTITY".len()..];
            let Some((name, value)) = declaration(rest) else { continue };
            if self.declared.len() >= MAX_DECLARED {
                return;
            }
            // The first declaration of a name binds (XML 1.0, 4.2).
            self.declared.entry(name.to_owned()).or_insert_with(|| value.and_then(plain));
        }
    }

    /// What a name stands for: `None` where it is not declared, `Some(None)` where it is refused.
    pub(super) fn expand(&mut self, name: &str) -> Option<Option<&str>> {
        let value = self.declared.get(name)?;
        let Some(value) = value else { return Some(None) };
        self.expanded += value.len();
        Some((self.expanded <= MAX_EXPANDED).then_some(value))
    }
}

/// Name and quoted value; no value where it lies elsewhere (`SYSTEM`, `PUBLIC`). Parameter entities
/// are none of ours.
fn declaration(text: &str) -> Option<(&str, Option<&str>)> {
    let text = text.trim_start();
    let end = text.find(|c: char| c.is_whitespace() || c == '>')?;
    let (name, rest) = text.split_at(end);
    if name == "%" {
        return None;
    }
    let rest = rest.trim_start();
    let Some(quote) = rest.bytes().next().filter(|b| matches!(b, b'"' | b'\'')) else {
        return Some((name, None));
    };
    let end = memchr(quote, &rest.as_bytes()[1..])?;
    Some((name, Some(&rest[1..=end])))
}

/// The characters of a value, unless it is long or refers to other entities.
fn plain(value: &str) -> Option<String> {
    if value.len() > MAX_LENGTH {
        return None;
    }
    let mut rest = value;
    while let Some(at) = memchr(b'&', rest.as_bytes()) {
        rest = &rest[at..];
        let (_, used) = references::read(rest)?;
        rest = &rest[used..];
    }
    Some(references::decode(value))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn declared(doctype: &str) -> Entities {
        let mut entities = Entities::default();
        entities.declare(doctype);
        entities
    }

    #[test]
    fn plain_entities_are_expanded() {
        let mut entities =
            declared("rss [ <!ENTITY id 'tag:niamey-post.example,'> <!ENTITY nb \"&#160;\"> ]");
        assert_eq!(entities.expand("id"), Some(Some("tag:niamey-post.example,")));
        assert_eq!(entities.expand("nb"), Some(Some("\u{a0}")));
        assert_eq!(entities.expand("other"), None);
    }

    #[test]
    fn bombs_and_files_are_refused() {
        let mut entities = declared(
            "lolz [<!ENTITY lol 'lol'><!ENTITY lol2 '&lol;&lol;'><!ENTITY f SYSTEM 'file:///etc/passwd'>\
             <!ENTITY % p 'x'>]",
        );
        assert_eq!(entities.expand("lol2"), Some(None));
        assert_eq!(entities.expand("f"), Some(None));
        assert_eq!(entities.expand("p"), None);
        let long = format!("x [<!ENTITY a '{}'>]", "a".repeat(MAX_LENGTH));
        let mut entities = declared(&long);
        let expanded = (0..10_000).filter(|_| entities.expand("a").flatten().is_some()).count();
        assert_eq!(expanded, MAX_EXPANDED / MAX_LENGTH);
    }
}
