//! Passages: the cited words, beside the brief that cites them.

use std::collections::BTreeMap;

use dateline_model::{ArticleId, Citation, Part, Sha};

/// Where a passage stands: article, version, part, first byte, byte after the last.
type Place = (ArticleId, u32, Part, u32, u32);

/// The cited passages of a brief, by the place they stand at.
///
/// Only the words that a citation was made from are taken: what is shown as evidence is what was cited,
/// byte for byte (rule S2).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Passages {
    by_place: BTreeMap<Place, String>,
}

fn place(citation: &Citation) -> Place {
    (citation.article, citation.version, citation.part, citation.start, citation.end)
}

impl Passages {
    /// No passages.
    pub fn new() -> Self {
        Self::default()
    }

    /// Keeps the words of a citation. Returns false, and keeps nothing, where they are not the words the
    /// citation was made from (their hash is another).
    pub fn insert(&mut self, citation: &Citation, passage: String) -> bool {
        let cited = Sha::of(&passage) == citation.sha256;
        if cited {
            self.by_place.insert(place(citation), passage);
        }
        cited
    }

    /// The words of a citation, where they are at hand and their hash is the citation's.
    pub fn get(&self, citation: &Citation) -> Option<&str> {
        let passage = self.by_place.get(&place(citation))?;
        (Sha::of(passage) == citation.sha256).then_some(passage.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_cited_words_pass_for_evidence() {
        let citation = Citation {
            article: ArticleId::derive(&[b"https://sahel-courier.example/airbase-101"]),
            version: 1,
            part: Part::Text,
            start: 0,
            end: 29,
            sha256: Sha::of("They are not interacting with"),
        };
        let mut passages = Passages::new();
        assert!(!passages.insert(&citation, "They are now interacting with".into()), "a flipped negation");
        assert_eq!(passages.get(&citation), None);
        assert!(passages.insert(&citation, "They are not interacting with".into()));
        assert_eq!(passages.get(&citation), Some("They are not interacting with"));
        assert_eq!(passages.get(&Citation { version: 2, ..citation.clone() }), None);
        assert_eq!(passages.get(&Citation { sha256: Sha::of("else"), ..citation }), None);
    }
}
