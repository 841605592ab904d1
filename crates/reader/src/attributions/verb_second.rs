//! German puts the verb second: "Am Montag **sagte ein Sprecher der Stadt**, die Brücke sei sicher." What stands before the
//! verb is when and where; the speaker follows it.

use dateline_model::{Lang, SpeakerKind};

use super::forms::is_called;
use super::sentence::{Run, Sentence};
use super::shapes::{Found, accept};

impl Sentence<'_> {
    /// True where a German clause opens with words of time, place or occasion that are nobody who speaks.
    pub fn opens_with_occasion(&self, end: usize) -> bool {
        /// Words before the verb.
        const MOST: usize = 12;
        const PREPOSITIONS: [&str; 24] = [
            "am",
            "im",
            "in",
            "bei",
            "beim",
            "nach",
            "vor",
            "auf",
            "während",
            "unter",
            "gegenüber",
            "an",
            "zum",
            "zur",
            "seit",
            "mit",
            "bereits",
            "schon",
            "noch",
            "erst",
            "auch",
            "zuvor",
            "gestern",
            "heute",
        ];
        self.lang == Lang::DE
            && (1..=MOST).contains(&end)
            && (self.lower_is(0, &PREPOSITIONS) || self.pack.openers.has(&self.tokens[0].lower))
            && !self
                .lower_is(0, &["wie", "als", "wenn", "ob", "wer", "das", "dies", "man", "niemand", "jemand"])
            && !self.tokens[..end].iter().any(|token| token.quoted)
    }

    /// The statement whose speaker stands behind the verb.
    pub fn speaker_behind_verb(&self, cue: &Run) -> Option<Found> {
        let from = self.after_adverbs(cue.end);
        let parted = |at: usize| self.tokens.get(at).is_none_or(|token| token.gap.parts());
        if !self.opens_with_occasion(cue.start) || parted(cue.start) || parted(from) {
            return None;
        }
        let source = from..self.german_phrase(from, self.speaker_end(from));
        let speaker = self.speaker(&source)?;
        let end = self.after_clause(source.end);
        let content = (end..self.tokens.len().min(end + 10))
            .find(|&at| self.is_that(at) || self.tokens[at].gap.comma || self.tokens[at].quoted)?;
        accept(source, speaker, cue.clone(), content..self.tokens.len())
    }

    /// "**Nach Polizeiangaben** wurde niemand verletzt": who accounts for it is a part of the word.
    pub fn by_its_account(&self, at: usize) -> Option<Found> {
        if self.lang != Lang::DE || !self.lower_is(at, &["nach", "laut"]) {
            return None;
        }
        let who = self.tokens.get(at + 1)?.lower.strip_suffix("angaben")?;
        let who = who.strip_suffix('s').unwrap_or(who);
        let body = [&self.pack.office, &self.pack.people].iter().any(|list| is_called(list, who, self.lang));
        let (source, cue) = (at + 1..at + 2, at..at + 1);
        let content = if at == 0 { 2..self.tokens.len() } else { self.longer_side(&cue, at + 2) };
        if body { accept(source, SpeakerKind::Office, cue, content) } else { None }
    }
}
