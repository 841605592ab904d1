//! Names in quotation marks: „Saubere Leine“, «Камыс Капитал», l'association « Terre Claire ».
//!
//! They quote nobody. Taken for quotations they would cut a speaker in two, so their words are marked as those of a name.

use dateline_model::Lang;

use super::forms::is_called;
use super::sentence::{Run, Sentence, Token};

/// Words of a name in quotation marks.
const LONGEST: usize = 5;

impl Sentence<'_> {
    /// Marks the words of names in quotation marks, and takes the marks away.
    pub fn mark_names(&mut self) {
        if self.lang == Lang::EN {
            return;
        }
        let mut at = 0;
        while at < self.tokens.len() {
            if !self.tokens[at].quoted || !self.tokens[at].gap.quote {
                at += 1;
                continue;
            }
            let end = (at + 1..self.tokens.len())
                .find(|&at| !self.tokens[at].quoted || self.tokens[at].gap.quote)
                .unwrap_or(self.tokens.len());
            let run = at..end;
            if self.is_name_in_marks(&run) {
                for token in &mut self.tokens[run] {
                    (token.quoted, token.named) = (false, true);
                    token.gap.quote = false;
                }
                if let Some(next) = self.tokens.get_mut(end) {
                    next.gap.quote = next.quoted;
                }
            }
            at = end;
        }
    }

    /// True where the marks stand around a name: a few words that open with a capital, behind a word that says what is
    /// called so. What opens behind a colon or a verb of saying may be anybody's words.
    fn is_name_in_marks(&self, run: &Run) -> bool {
        let words = &self.tokens[run.clone()];
        let first = &words[0];
        let one = words.len() <= LONGEST
            && words.iter().skip(1).all(|token| !token.gap.parts())
            && (first.shape.is_capitalised() || self.lang == Lang::AR);
        let gap = first.gap;
        if !one || gap.comma || gap.dash || gap.stop {
            return false;
        }
        let Some(before) = run.start.checked_sub(1) else {
            // "«Звезда» объявил о …": a club or a company opens the sentence, and no comma parts it from its verb.
            let next = self.tokens.get(run.end).filter(|next| !next.gap.comma && !next.gap.dash);
            return self.lang == Lang::RU
                && words.len() <= 3
                && next.is_some()
                && self.matches(run.end, &self.pack.says).is_some();
        };
        let says = (before.saturating_sub(2)..=before)
            .any(|at| self.matches(at, &self.pack.says).is_some_and(|cue| cue.end == run.start));
        let before = &self.tokens[before];
        !before.quoted && !says && self.is_called_by_name(before)
    }

    /// True for words behind which a name in quotation marks stands.
    fn is_called_by_name(&self, before: &Token) -> bool {
        const ARTICLES: [&str; 6] = ["der", "die", "das", "dem", "den", "des"];
        let lower = before.lower.as_str();
        match self.lang {
            Lang::DE => before.shape.is_capitalised() || ARTICLES.contains(&lower),
            // Russian writes what it quotes of a sentence with a small letter, and names with a capital.
            Lang::RU => !before.shape.is_capitalised() || before.span.start == self.span.start,
            _ => {
                is_called(&self.pack.office, lower, self.lang)
                    || self.is_newsroom_noun(before)
                    || BODIES.contains(&lower)
            }
        }
    }
}

/// Bodies that are called by a name in quotation marks, and stand in no list of offices.
const BODIES: [&str; 24] = [
    "initiative",
    "plateforme",
    "mouvement",
    "réseau",
    "coopérative",
    "enseigne",
    "marque",
    "plataforma",
    "colectivo",
    "coletivo",
    "rede",
    "comitato",
    "collettivo",
    "iniziativa",
    "movimento",
    "piattaforma",
    "compagnie",
    "sociedad",
    "empresa",
    "شركة",
    "مبادرة",
    "حملة",
    "شبكة",
    "فريق",
];
