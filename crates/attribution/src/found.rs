//! What the tagger finds: the words of one attribution.

use dateline_model::Span;

/// The words of one attribution, each role as spans of the text in order, without overlaps.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Found {
    /// Who says it; empty where the text leaves that open.
    pub source: Vec<Span>,
    /// The words that say that it was said.
    pub cue: Vec<Span>,
    /// What is said; over several sentences and paragraphs where it goes on.
    pub content: Vec<Span>,
}
