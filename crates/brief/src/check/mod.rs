//! The rules of a brief, each as a check by program.
//!
//! The composer asks [`against`] for every sentence before it is printed; [`check`] examines a finished
//! brief, from wherever it comes, against the articles it says it was written from. A brief is public
//! evidence: whoever doubts it can run the same rules.

mod sentence;
mod speech;
mod whole;
mod wording;

use dateline_model::{BlockKind, Brief, Registry, Sentence};
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
    /// Sentences, or briefs, that were looked at.
    pub checked: usize,
    /// Where it is broken.
    pub findings: Vec<Finding>,
}

/// A rule that a sentence breaks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Broken {
    /// Id of the rule.
    pub rule: &'static str,
    /// How grave that is.
    pub level: Level,
    /// What exactly is wrong.
    pub what: String,
}

/// What a rule of sentences is asked about.
struct Asked<'a> {
    sentence: &'a Sentence,
    kind: BlockKind,
    dossier: &'a Dossier,
    registry: &'a Registry,
    /// The cited passages that resolve, in the order of the citations.
    passages: Vec<&'a str>,
}

/// A rule of sentences: what is wrong, if anything.
struct SentenceRule {
    id: &'static str,
    title: &'static str,
    level: Level,
    wrong: fn(&Asked<'_>) -> Option<String>,
}

/// A rule of briefs: everything that is wrong.
struct BriefRule {
    id: &'static str,
    title: &'static str,
    level: Level,
    wrong: fn(&Brief, &Dossier, &Registry) -> Vec<String>,
}

/// The rules that a sentence of a block breaks, in the order of the rules.
pub fn against(sentence: &Sentence, kind: BlockKind, dossier: &Dossier, registry: &Registry) -> Vec<Broken> {
    let resolve = |citation: &'_ dateline_model::Citation| {
        citation.resolve(dossier.version(citation.article, citation.version)?)
    };
    let passages = sentence.citations.iter().filter_map(resolve).collect();
    let asked = Asked { sentence, kind, dossier, registry, passages };
    sentence_rules()
        .filter_map(|rule| Some(Broken { rule: rule.id, level: rule.level, what: (rule.wrong)(&asked)? }))
        .collect()
}

fn sentence_rules() -> impl Iterator<Item = &'static SentenceRule> {
    sentence::RULES.iter().chain(speech::OF_SENTENCES)
}

/// Checks a brief against what it was written from, rule by rule, in the order of the rules.
pub fn check(brief: &Brief, dossier: &Dossier, registry: &Registry) -> Vec<Outcome> {
    let mut outcomes: Vec<Outcome> = whole::RULES
        .iter()
        .chain(speech::OF_BRIEFS)
        .map(|rule| Outcome {
            rule: rule.id,
            title: rule.title,
            level: rule.level,
            checked: 1,
            findings: (rule.wrong)(brief, dossier, registry)
                .into_iter()
                .map(|what| Finding { sentence: None, what })
                .collect(),
        })
        .collect();
    let mut of_sentences: Vec<Outcome> = sentence_rules()
        .map(|rule| Outcome {
            rule: rule.id,
            title: rule.title,
            level: rule.level,
            checked: 0,
            findings: Vec::new(),
        })
        .collect();
    for block in &brief.blocks {
        for sentence in &block.sentences {
            for outcome in &mut of_sentences {
                outcome.checked += 1;
            }
            for broken in against(sentence, block.kind, dossier, registry) {
                if let Some(outcome) = of_sentences.iter_mut().find(|outcome| outcome.rule == broken.rule) {
                    outcome
                        .findings
                        .push(Finding { sentence: Some(sentence.text.clone()), what: broken.what });
                }
            }
        }
    }
    outcomes.extend(of_sentences);
    outcomes.sort_by_key(|outcome| {
        let (family, number) = outcome.rule.split_at(1);
        let order = "HSACDEJTVP".find(family).unwrap_or(usize::MAX);
        (order, number.parse::<u32>().unwrap_or(u32::MAX))
    });
    outcomes
}

/// True where no rule that blocks is broken.
pub fn passes(outcomes: &[Outcome]) -> bool {
    outcomes.iter().all(|outcome| outcome.level != Level::Blocks || outcome.findings.is_empty())
}
