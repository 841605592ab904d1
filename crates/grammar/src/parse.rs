//! What the grammar finds in a text.

use dateline_model::Span;

/// One token with its place in the tree.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Token {
    /// Where it stands in the text, in bytes.
    pub span: Span,
    /// Index of the token it depends on; its own for the root of a sentence.
    pub head: u32,
    /// Its Penn Treebank tag: "NNP", "VBD", "``"; "_SP" for white space.
    pub tag: &'static str,
    /// How it depends on its head, in ClearNLP's labels: "nsubj", "ccomp", "prep".
    pub label: &'static str,
    /// True for the first token of a sentence.
    pub starts_sentence: bool,
}

/// Kinds of names, as OntoNotes has them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[allow(missing_docs)]
pub enum NameKind {
    Person,
    Norp,
    Facility,
    Organization,
    Gpe,
    Location,
    Product,
    Event,
    WorkOfArt,
    Law,
    Language,
    Date,
    Time,
    Percent,
    Money,
    Quantity,
    Ordinal,
    Cardinal,
}

/// A name, a number or a time, as a run of tokens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Name {
    /// Index of its first token.
    pub start: u32,
    /// Index after its last token.
    pub end: u32,
    /// What it names.
    pub kind: NameKind,
}

/// The grammar of one text.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Parse {
    /// All tokens, in order; white space that is more than one blank is a token.
    pub tokens: Vec<Token>,
    /// All names, in order; they do not overlap.
    pub names: Vec<Name>,
}
