//! What is concluded from a document: "Из отчета следует, что …", "Aus dem Bericht geht hervor, dass …", "Del informe se
//! desprende que …". The document is the source, and stands behind a preposition.

use dateline_model::{Lang, SpeakerKind};

use super::sentence::{Run, Sentence};
use super::shapes::{Found, accept};
use super::speaker;

/// Words between a document and what is concluded from it.
const NEAR: usize = 4;

impl Sentence<'_> {
    /// The statement of a document behind the preposition at a word.
    pub fn concluded(&self, at: usize) -> Option<Found> {
        match self.lang {
            Lang::RU => self.concluded_from(at, &["из"], &[&["следует"], &["явствует"], &["вытекает"]]),
            Lang::ES => self.concluded_from(at, &["del", "de"], &[&["se", "desprende"], &["se", "deduce"]]),
            Lang::IT => {
                let from = ["dal", "dalla", "dall", "dai", "dalle", "dagli", "da"];
                self.concluded_from(at, &from, &[&["emerge"], &["risulta"], &["si", "evince"]])
            }
            Lang::PT => self.concluded_from(
                at,
                &["do", "da", "dos", "das", "de"],
                &[&["resulta"], &["depreende", "se"], &["conclui", "se"]],
            ),
            Lang::FR => self.emerges_in_french(at),
            Lang::DE => self.emerges_in_german(at),
            _ => None,
        }
    }

    /// "**Из** заявления посольства **следует**, что …", "**Dal** rapporto **emerge** che …".
    fn concluded_from(&self, at: usize, from: &[&str], verbs: &[&[&str]]) -> Option<Found> {
        let opens = at == 0 || self.tokens[at].gap.parts();
        if !opens || !self.lower_is(at, from) {
            return None;
        }
        let most = self.tokens.len().min(at + speaker::LONGEST);
        let verb = (at + 1..most).find_map(|at| verbs.iter().find_map(|words| self.phrase(at, words)))?;
        let that = (verb.end..self.tokens.len().min(verb.end + NEAR)).find(|&at| self.is_that(at))?;
        self.of_document(at + 1..verb.start, verb, that..self.tokens.len())
    }

    /// "**Il ressort d'**un rapport interne **que** …".
    fn emerges_in_french(&self, at: usize) -> Option<Found> {
        let cue = self.phrase(at, &["il", "ressort"])?;
        let from = cue.end + usize::from(self.lower_is(cue.end, &["d", "de", "du", "des"]));
        let most = self.tokens.len().min(from + speaker::LONGEST);
        let that = (from..most).find(|&at| self.is_that(at))?;
        self.of_document(from..that, cue, that..self.tokens.len())
    }

    /// "**Aus** dem Bericht **geht hervor**, dass …", "**Wie aus** einem Schreiben **hervorgeht**, …".
    fn emerges_in_german(&self, at: usize) -> Option<Found> {
        if !self.lower_is(at, &["aus"]) {
            return None;
        }
        let most = self.tokens.len().min(at + speaker::LONGEST);
        let verb = (at + 1..most)
            .find(|&at| self.lower_is(at, &["geht", "gehen", "ging", "hervorgeht", "hervorgehen"]))?;
        let end = (verb..most).find(|&at| self.lower_is(at, &["hervor", "hervorgeht", "hervorgehen"]))? + 1;
        let tie = at.checked_sub(1).filter(|&at| self.lower_is(at, &["wie"]));
        let content = match tie {
            Some(tie) if tie > 0 => 0..tie,
            _ => {
                (end..self.tokens.len().min(end + 2))
                    .find(|&at| self.is_that(at) || self.tokens[at].gap.comma)?
                    ..self.tokens.len()
            }
        };
        self.of_document(at + 1..verb, verb..end, content)
    }

    fn of_document(&self, source: Run, cue: Run, content: Run) -> Option<Found> {
        let speaker = self.speaker(&source).filter(|kind| *kind == SpeakerKind::Document)?;
        accept(source, speaker, cue, content)
    }

    /// "**Wie es in** Regierungskreisen **heißt**, …": German tells so among whom something is said.
    pub fn as_it_is_said(&self, at: usize) -> Option<Found> {
        const AMONG: [&str; 4] = ["in", "im", "aus", "bei"];
        let cue = self.phrase(at, &["wie", "es"]).filter(|cue| self.lower_is(cue.end, &AMONG))?;
        let from = cue.end + 1;
        let verb = (from..self.tokens.len().min(from + speaker::LONGEST))
            .find(|&at| self.lower_is(at, &["heißt", "hieß"]))?;
        let source = from..verb;
        let content = if at == 0 { verb + 1..self.tokens.len() } else { 0..at };
        accept(source.clone(), self.speaker(&source)?, cue, content)
    }
}
