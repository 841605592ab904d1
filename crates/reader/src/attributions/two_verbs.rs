//! Two verbs with one subject: "La ministra **descartó** una ruptura **y adelantó que** viajará en mayo."

use dateline_model::{Attribution, Lang, SpeakerKind};

use super::sentence::Sentence;
use super::shapes::{Found, SHORTEST_CONTENT};

/// The second statement of a sentence.
pub struct Second {
    /// Its words; the source is the first one's, and only the verb stands for it here.
    pub found: Found,
    /// The byte at which what was said first ends.
    pub cut: u32,
}

impl Sentence<'_> {
    /// What the speaker of a statement says with a second verb, joined by "and" and with a "that" or a quotation of its own.
    pub fn second_verb(&self, first: &Attribution) -> Option<Second> {
        const AND: [&str; 7] = ["et", "y", "e", "und", "и", "و", "ed"];
        /// Words between the second verb and what it opens.
        const NEAR: usize = 3;
        if self.lang == Lang::EN || first.content.start < first.cue.end {
            return None;
        }
        let behind = |at: usize| self.tokens[at].span.start >= first.content.start;
        let verb = (1..self.tokens.len()).find(|&at| {
            behind(at)
                && !self.tokens[at].quoted
                && !self.tokens[at].gap.parts()
                && self.lower_is(at - 1, &AND)
                && self.matches(at, &self.pack.says).is_some_and(|cue| !self.is_refused(&cue))
        })?;
        let cue = self.matches(verb, &self.pack.says)?;
        let opens = |at: &usize| self.is_that(*at) || self.tokens[*at].quoted && self.tokens[*at].gap.quote;
        let content = (cue.end..self.tokens.len().min(cue.end + NEAR)).find(opens)?..self.tokens.len();
        // A "that" before the verb may have the verb in its clause: "dijo que el juez lo vio y aseguró que …".
        let own = self.tokens[..verb].iter().any(|token| {
            token.span.start >= first.content.start && self.pack.that.has(&token.lower) && !token.quoted
        });
        if own || content.len() < SHORTEST_CONTENT || !self.one_number(first, verb) {
            return None;
        }
        let cut = self.tokens[verb - 1].span.start;
        let found = Found { source: cue.clone(), speaker: SpeakerKind::Unnamed, cue, content, via: None };
        (cut > first.content.start).then_some(Second { found, cut })
    }

    /// True where both verbs are of one number, as far as their endings tell.
    fn one_number(&self, first: &Attribution, second: usize) -> bool {
        let Some(verb) = self.tokens.iter().find(|token| token.span.start == first.cue.start) else {
            return false;
        };
        let many = |lower: &str| match self.lang {
            Lang::ES => lower.ends_with('n'),
            Lang::PT => lower.ends_with('m'),
            Lang::IT => lower.ends_with("no"),
            Lang::FR => lower == "ont" || lower.ends_with("ent") && lower != "dément",
            Lang::DE => lower.ends_with("en"),
            Lang::RU => lower.ends_with('и') || lower.ends_with("ют") || lower.ends_with("ят"),
            _ => false,
        };
        many(&verb.lower) == many(&self.tokens[second].lower)
    }
}
