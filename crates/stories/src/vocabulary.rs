//! How common each term is among the articles seen so far.

use dateline_model::Term;
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

/// Terms remembered. Beyond this, terms seen once are forgotten: they are typing errors and numbers
/// in the main, and a term that comes back starts anew as rare, which it is.
const MOST_TERMS: usize = 3_000_000;

/// Document frequencies of a growing collection.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Vocabulary {
    documents: u32,
    frequency: FxHashMap<u32, u32>,
}

impl Vocabulary {
    /// Counts the terms of one more article.
    pub fn add(&mut self, terms: &[Term]) {
        self.documents += 1;
        for term in terms {
            *self.frequency.entry(term.hash).or_default() += 1;
        }
        if self.frequency.len() > MOST_TERMS {
            self.frequency.retain(|_, count| *count > 1);
        }
    }

    /// Inverse document frequency, ln((N + 1) / (df + ½)), never negative.
    pub fn idf(&self, hash: u32) -> f32 {
        let frequency = self.frequency.get(&hash).copied().unwrap_or(0) as f32;
        ((self.documents as f32 + 1.0) / (frequency + 0.5)).ln().max(0.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use dateline_model::{Part, Span, TermKind};

    fn term(hash: u32) -> Term {
        Term {
            hash,
            title: 0,
            lead: 0,
            body: 1,
            kind: TermKind::Word,
            first: Span::new(0, 1),
            part: Part::Text,
        }
    }

    #[test]
    fn common_terms_weigh_less() {
        let mut vocabulary = Vocabulary::default();
        for i in 0..100 {
            vocabulary.add(&[term(1), term(1000 + i)]);
        }
        assert!(vocabulary.idf(1) < 0.1);
        assert!(vocabulary.idf(1000) > 4.0);
        assert!(vocabulary.idf(9) > vocabulary.idf(1000), "never seen");
    }
}
