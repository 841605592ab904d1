//! English grammar: tokens, tags, dependency trees, sentences and names.
//!
//! The forward pass of spaCy's small English model, with its weights, in Rust: a text is split into [tokens](tokens),
//! every word gets a [vector](encoder) from its features and its neighbours, a [parser](arcs) builds trees from them move
//! by move, and a [finder](biluo) with an encoder of its own marks the names.
//!
//! ```
//! use dateline_grammar::English;
//!
//! let text = "The harbour office in Veldhaven denied the report.";
//! let parse = English::embedded().read(text);
//! let denied = &parse.tokens[5];
//! assert_eq!(denied.span.of(text), Some("denied"));
//! assert_eq!((denied.tag, denied.label), ("VBD", "ROOT"));
//! assert_eq!(parse.tokens[2].head, 5); // "office", its subject
//! ```

mod arcs;
mod biluo;
mod chars;
mod encoder;
mod english;
mod ids;
mod labels;
mod lexicon;
mod matrix;
pub mod names;
mod parse;
mod scorer;
mod tokens;
mod trees;
mod url;
mod weights;
mod words;

pub use english::English;
pub use parse::{Name, NameKind, Parse, Token};
pub use weights::ModelError;
