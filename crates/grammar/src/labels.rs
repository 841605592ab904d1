//! The names of tags, labels and kinds that the model may use.

use crate::parse::NameKind;
use crate::weights::ModelError;

/// Penn Treebank tags, as OntoNotes has them; "_SP" is white space.
const TAGS: &[&str] = &[
    "$", "''", ",", "-LRB-", "-RRB-", ".", ":", "ADD", "AFX", "CC", "CD", "DT", "EX", "FW", "HYPH", "IN",
    "JJ", "JJR", "JJS", "LS", "MD", "NFP", "NN", "NNP", "NNPS", "NNS", "PDT", "POS", "PRP", "PRP$", "RB",
    "RBR", "RBS", "RP", "SYM", "TO", "UH", "VB", "VBD", "VBG", "VBN", "VBP", "VBZ", "WDT", "WP", "WP$",
    "WRB", "XX", SPACE_TAG, "``",
];

/// ClearNLP's dependency labels.
const LABELS: &[&str] = &[
    ROOT,
    "acl",
    "acomp",
    "advcl",
    "advmod",
    "agent",
    "amod",
    "appos",
    "attr",
    "aux",
    "auxpass",
    "case",
    "cc",
    "ccomp",
    "compound",
    "conj",
    "csubj",
    "csubjpass",
    "dative",
    DEP,
    "det",
    "dobj",
    "expl",
    "intj",
    "mark",
    "meta",
    "neg",
    "nmod",
    "npadvmod",
    "nsubj",
    "nsubjpass",
    "nummod",
    "oprd",
    "parataxis",
    "pcomp",
    "pobj",
    "poss",
    "preconj",
    "predet",
    "prep",
    "prt",
    "punct",
    "quantmod",
    "relcl",
    "xcomp",
];

/// The tag of white space.
pub const SPACE_TAG: &str = "_SP";
/// The label of the head of a sentence.
pub const ROOT: &str = "ROOT";
/// The label of white space.
pub const DEP: &str = "dep";

/// The tag of a name.
pub fn tag(name: &str) -> Result<&'static str, ModelError> {
    find(TAGS, "tag", name)
}

/// The label of a name.
pub fn label(name: &str) -> Result<&'static str, ModelError> {
    find(LABELS, "label", name)
}

/// The kind of a name.
pub fn kind(name: &str) -> Result<NameKind, ModelError> {
    Ok(match name {
        "PERSON" => NameKind::Person,
        "NORP" => NameKind::Norp,
        "FAC" => NameKind::Facility,
        "ORG" => NameKind::Organization,
        "GPE" => NameKind::Gpe,
        "LOC" => NameKind::Location,
        "PRODUCT" => NameKind::Product,
        "EVENT" => NameKind::Event,
        "WORK_OF_ART" => NameKind::WorkOfArt,
        "LAW" => NameKind::Law,
        "LANGUAGE" => NameKind::Language,
        "DATE" => NameKind::Date,
        "TIME" => NameKind::Time,
        "PERCENT" => NameKind::Percent,
        "MONEY" => NameKind::Money,
        "QUANTITY" => NameKind::Quantity,
        "ORDINAL" => NameKind::Ordinal,
        "CARDINAL" => NameKind::Cardinal,
        _ => return Err(ModelError::Unknown { kind: "kind of name", name: name.to_owned() }),
    })
}

fn find(known: &[&'static str], kind: &'static str, name: &str) -> Result<&'static str, ModelError> {
    let found = known.iter().find(|known| **known == name);
    found.copied().ok_or_else(|| ModelError::Unknown { kind, name: name.to_owned() })
}
