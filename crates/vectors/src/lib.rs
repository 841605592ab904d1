//! Sentence vectors: what a text is about, as a direction that texts in a hundred languages share.
//!
//! A text is [normalised](normalise) and cut into pieces of words ([`tokens`]); each piece has a row
//! of numbers ([`pieces`]), and twelve layers of attention turn the rows of a text into one
//! [`Embedding`](dateline_model::Embedding) ([`Embedder`]). The model is multilingual-e5-small (Wang et al., 2024,
//! arXiv:2402.05672); its card is `models/e5.md`.
//!
//! The model is a file beside the program. Without it [`Embedder::find`] says where it looked, and
//! everything else works in one language at a time.
//!
//! ```no_run
//! use dateline_model::Lang;
//! use dateline_vectors::Embedder;
//!
//! let embedder = Embedder::find()?;
//! let embeddings = embedder.embed(&[
//!     (Lang::EN, "Ferry sinks off Norwick"),
//!     (Lang::DE, "Fähre vor Norwick gesunken"),
//! ]);
//! assert!(embeddings[0].cosine(&embeddings[1]) > 0.7);
//! # Ok::<(), dateline_vectors::VectorError>(())
//! ```

mod embedder;
mod error;
pub mod means;
pub mod normalise;
pub mod pieces;
pub mod tokens;
pub mod within;

pub use embedder::{Embedder, FILES, TOKENS};
pub use error::VectorError;

/// Words a headline must have to stand for its article.
const HEADLINE: usize = 5;

/// The text that is embedded of an article: its headline, or where that is short or missing the beginning of the text
/// with it, of which [`TOKENS`] are read.
///
/// Reading the first sentence as well costs four times as much, and finds no more stories in the demo.
pub fn head_of(title: &str, text: &str) -> String {
    // Far more letters than the tokens that are read have.
    const LETTERS: usize = 600;
    if title.split_whitespace().nth(HEADLINE - 1).is_some() {
        return title.to_owned();
    }
    let lead = text.char_indices().nth(LETTERS).map_or(text, |(end, _)| &text[..end]);
    format!("{title}. {lead}")
}
