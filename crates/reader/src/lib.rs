//! Reads one article at a time: language, words, terms, shingles, sentences, credits, attributions.
//!
//! Everything here is a pure function of the text: no input or output, no clock, no state but a
//! memory of stems. The light path of every article is [`Reader::read`]; what only a brief needs
//! (sentences, figures, attributions) is read when a brief asks for it.

pub mod attributions;
pub mod credits;
pub mod dateline;
mod eight;
pub mod figures;
pub mod language;
mod light;
mod names;
mod pack;
pub mod sentences;
pub mod shingles;
pub mod stems;
pub mod stopwords;
pub mod terms;
pub mod words;

pub use light::{Copy, Reader};
