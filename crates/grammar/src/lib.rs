//! English grammar: tokens, tags, dependency trees, sentences and names.

mod parse;

pub use parse::{Name, NameKind, Parse, Token};
