//! Statements that a source without a name made first, and that somebody confirmed under their own name later (rule A6).

use std::collections::HashSet;

use dateline_model::{
    ArticleId, Attribution, Certainty, CueClass, Genre, Lang, Relation, Span, Version, When,
};
use dateline_reader::stems::stem;
use dateline_reader::stopwords::stop_words;
use dateline_reader::words::{Shape, words};

use crate::Dossier;
use crate::heard::{Heard, contents, heard};
use crate::select::cut;

/// Words with a meaning that both statements must hold.
const SHARED: usize = 4;
/// Share of the shorter statement's words that the other must hold.
const SAME: f64 = 0.5;

/// A statement in its article.
#[derive(Debug, Clone, Copy)]
pub struct Stated<'d> {
    /// The article.
    pub article: ArticleId,
    /// Its newest version.
    pub version: &'d Version,
    /// The sentence.
    pub sentence: Span,
    /// When it was reported.
    pub reported: When,
    said: &'d Attribution,
}

/// A statement that went on the record.
#[derive(Debug, Clone, Copy)]
pub struct Confirmed<'d> {
    /// Without a name.
    pub before: Stated<'d>,
    /// Under a name, later.
    pub since: Stated<'d>,
}

impl Confirmed<'_> {
    /// The words that open the sentence about it: `On record since 3 May 2024, 17:32 UTC: `.
    pub fn opening(&self) -> String {
        opening(self.since.reported)
    }
}

/// The words that open the sentence about a statement that is on the record since then.
pub fn opening(since: When) -> String {
    format!("On record since {}: ", since.display_utc())
}

/// What went on the record in a story, in order of time; for each confirmation the earliest statement it confirms.
///
/// Only articles that were read deeply are looked at, and of an origin only its own reporting. A confirmation is one in
/// words ("confirmed", "acknowledged"), of a statement put as a fact, with most of its words, and as affirmative as it.
pub fn on_record(dossier: &Dossier) -> Vec<Confirmed<'_>> {
    let all = statements(dossier);
    let mut found: Vec<Confirmed<'_>> = Vec::new();
    for since in all.iter().filter(|stated| confirms(stated.said)) {
        let meant = said_in(since);
        let before = all
            .iter()
            .filter(|other| other.said.speaker.is_withheld() && other.reported < since.reported)
            .filter(|other| is_negated(other.said) == is_negated(since.said))
            .filter(|other| {
                let held = said_in(other);
                let shared = held.intersection(&meant).count();
                shared >= SHARED && shared as f64 >= SAME * held.len().min(meant.len()) as f64
            })
            .min_by_key(|other| (other.reported, other.article, other.sentence.start));
        if let Some(before) = before
            && !found.iter().any(|one| one.before.article == before.article)
        {
            found.push(Confirmed { before: *before, since: *since });
        }
    }
    found
}

fn statements(dossier: &Dossier) -> Vec<Stated<'_>> {
    let mut all = Vec::new();
    for (member, membership) in dossier.members.iter().zip(&dossier.memberships) {
        let own = matches!(membership.relation, Relation::Own | Relation::Update);
        let (Some(version), Some(said), Some(reported)) =
            (dossier.newest(member.article), dossier.said.get(&member.article), member.reported)
        else {
            continue;
        };
        if !own || matches!(version.genre, Genre::Opinion | Genre::Correction) {
            continue;
        }
        for cut in cut(&version.text, version.lang).into_iter().filter(|cut| cut.alone.is_ok()) {
            if let Heard::One(said) = heard(&version.text, cut.span, said) {
                all.push(Stated { article: member.article, version, sentence: cut.span, reported, said });
            }
        }
    }
    all.sort_by_key(|stated| (stated.reported, stated.article, stated.sentence.start));
    all
}

fn confirms(said: &Attribution) -> bool {
    let put = said.deep.as_ref().is_some_and(|deep| {
        matches!(deep.class, CueClass::Confirm | CueClass::Admit)
            && !deep.cue_negated
            && deep.certainty == Certainty::Certain
    });
    put && said.speaker.is_on_record()
}

fn is_negated(said: &Attribution) -> bool {
    said.deep.as_ref().is_some_and(|deep| deep.negated)
}

fn said_in(stated: &Stated<'_>) -> HashSet<String> {
    let text = &stated.version.text;
    let words = contents(stated.said).filter_map(|span| span.of(text));
    words.flat_map(|words| meaning(words, stated.version.lang)).collect()
}

/// The stems of the words of a text that mean something by themselves, numbers left out.
pub fn meaning(text: &str, lang: Lang) -> HashSet<String> {
    let stops = stop_words(lang);
    let all = words(text);
    let own = all.iter().filter(|word| !stops.contains(&word.hash) && word.shape != Shape::Number);
    own.filter_map(|word| word.span.of(text)).map(|word| stem(word, lang)).collect()
}
