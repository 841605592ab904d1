//! Speakers told by the form of their phrase, where no list has its noun: one of several, several who are counted, a body
//! with its name in quotation marks.

use dateline_model::Lang;

use super::callings::{INDEFINITE, ONE_OF, POLLS};
use super::counted::{COUNTED, SEVERAL};
use super::forms::is_called;
use super::proper::{GOVERNMENTS, RUSSIAN_NAMES};
use super::sentence::{Sentence, Token};
use crate::words::Shape;

impl Sentence<'_> {
    /// True for words that open a clause, a place or nobody: "Wenn Mediziner …", "In un sondaggio …", "Nessuna …", "خلال مؤتمر".
    pub fn names_nobody(&self, core: &[Token]) -> bool {
        const SUBORDINATE: [&str; 26] = [
            "wenn",
            "weil",
            "dass",
            "obwohl",
            "nachdem",
            "bevor",
            "da",
            "falls",
            "si",
            "quand",
            "lorsque",
            "parce",
            "puisque",
            "cuando",
            "porque",
            "aunque",
            "quando",
            "perché",
            "se",
            "embora",
            "если",
            "когда",
            "хотя",
            "пока",
            "чтобы",
            "потому",
        ];
        const NOBODY: [&str; 20] = [
            "dies",
            "dieses",
            "nessuno",
            "nessuna",
            "nessun",
            "ningún",
            "ninguna",
            "ninguno",
            "aucun",
            "aucune",
            "nul",
            "nenhum",
            "nenhuma",
            "kein",
            "keine",
            "keiner",
            "niemand",
            "никто",
            "rien",
            "nada",
        ];
        const PLACES: [&str; 14] = [
            "in", "nel", "nella", "nello", "durante", "dans", "lors", "après", "em", "dopo", "depois",
            "tras", "pendant", "en",
        ];
        let first = core[0].lower.as_str();
        let place = self.takes_no_article() && core.len() > 1 && PLACES.contains(&first);
        // Arabic: a preposition, or a "that" within, is no speaker's.
        let arabic = self.lang == Lang::AR
            && (self.pack.ends.has(first)
                || matches!(first, "في" | "من")
                || core.iter().any(|token| self.pack.that.has(&token.lower)));
        SUBORDINATE.contains(&first) || NOBODY.contains(&first) || place || arabic
    }

    /// "**deux marins**", "dos vecinas del barrio": several people whom no list has. What is counted otherwise does not speak.
    pub fn are_counted(&self, core: &[Token]) -> bool {
        let [number, noun, ..] = core else { return false };
        let plain = |token: &Token| {
            let capital = token.shape.is_capitalised();
            token.shape != Shape::Number && if self.lang == Lang::DE { capital } else { !capital }
        };
        let small = [&self.pack.of, &self.pack.ends, &self.pack.verbs, &self.pack.determiners];
        SEVERAL.contains(&number.lower.as_str())
            && plain(noun)
            && noun.lower.chars().count() > 3
            && !COUNTED.contains(&noun.lower.as_str())
            && !small.iter().any(|list| list.has(&noun.lower))
    }

    /// "l'un des **sauveteurs**", "einer der **Retter**": of whom one speaks, where no list has them. They are people unless they
    /// are counted or documents.
    pub fn are_people(&self, of: &[Token]) -> bool {
        let Some(noun) = of.first().filter(|noun| !noun.named) else { return false };
        let capital = noun.shape.is_capitalised();
        let plain = if self.lang == Lang::DE { capital } else { !capital && noun.shape != Shape::Number };
        plain && noun.lower.chars().count() > 3 && !COUNTED.contains(&noun.lower.as_str())
    }

    /// "Die Initiative **„Saubere Leine“**": what it is, and its name in quotation marks.
    pub fn is_named_body(&self, core: &[Token]) -> bool {
        /// Words before the name.
        const MOST: usize = 3;
        let name = core.iter().position(|token| token.named).unwrap_or(0);
        let lists =
            [&self.pack.openers, &self.pack.ends, &self.pack.of, &self.pack.verbs, &self.pack.pronouns];
        let article = |token: &Token| self.lang == Lang::DE && self.pack.determiners.has(&token.lower);
        let plain = |token: &Token| article(token) || !lists.iter().any(|list| list.has(&token.lower));
        self.lang != Lang::AR
            && (1..=MOST).contains(&name)
            && core[..name].iter().all(plain)
            && core[name..].iter().all(|token| token.named)
    }

    /// "la figlia **Ginevra**", "le maire **Carnot**": one name right behind what its bearer is.
    pub fn is_called_by_one_name(&self, core: &[Token]) -> bool {
        let [.., noun, name] = core else { return false };
        let place = GOVERNMENTS.contains(&name.lower.as_str())
            || is_called(&self.pack.office, &name.lower, self.lang);
        let romance = self.takes_no_article() && !INDEFINITE.contains(&core[0].lower.as_str());
        // "жительница Казани" is from there, "жительница **Мария**" has a name.
        let russian = self.lang == Lang::RU && RUSSIAN_NAMES.contains(&name.lower.as_str());
        (romance || russian)
            && self.pack.person.has(&noun.lower)
            && name.shape == Shape::Capital
            && !name.named
            && !name.gap.parts()
            && !place
    }

    /// "**Lena Voss** von der Initiative „Saubere Leine“": a name, and the body that its bearer speaks for.
    pub fn is_named_before_their_body(&self, core: &[Token]) -> bool {
        let Some(of) = core.iter().position(|token| self.pack.of.has(&token.lower)) else { return false };
        // "Michael Pearce **von** der Beratung Capital Economics"
        let opens = core[0].shape.is_capitalised() && !self.pack.determiners.has(&core[0].lower);
        let marked = core[of..].iter().any(|token| token.named);
        self.lang != Lang::EN && (marked || opens) && of >= 2 && self.is_personal_name(&core[..of])
    }

    /// "uno de los negociadores", "einer der Anwälte": one of several who are called by what they are.
    pub fn is_one_of_several(&self, core: &[Token]) -> bool {
        const OPENINGS: [&[&str]; 16] = [
            &["un", "des"],
            &["une", "des"],
            &["uno", "de"],
            &["una", "de"],
            &["uno", "dei"],
            &["uno", "degli"],
            &["una", "delle"],
            &["um", "dos"],
            &["uma", "das"],
            &["einer", "der"],
            &["eine", "der"],
            &["один", "из"],
            &["одна", "из"],
            &["одного", "из"],
            &["l", "un"],
            &["l", "une"],
        ];
        let opens = |words: &[&str]| {
            core.len() > ONE_OF && core.iter().zip(words).all(|(token, word)| token.lower == *word)
        };
        self.lang != Lang::EN && OPENINGS.iter().any(|words| opens(words))
    }

    /// "l'un d'eux", "um deles", "один из них": one without a name of several who were told of.
    pub fn is_one_of_them(&self, core: &[Token]) -> bool {
        const PHRASES: [&[&str]; 12] = [
            &["l", "un", "d", "eux"],
            &["l", "une", "d", "elles"],
            &["uno", "de", "ellos"],
            &["una", "de", "ellas"],
            &["uno", "di", "loro"],
            &["una", "di", "loro"],
            &["um", "deles"],
            &["uma", "delas"],
            &["einer", "von", "ihnen"],
            &["eine", "von", "ihnen"],
            &["один", "из", "них"],
            &["одна", "из", "них"],
        ];
        self.lang != Lang::EN
            && PHRASES
                .iter()
                .any(|phrase| core.iter().map(|token| token.lower.as_str()).eq(phrase.iter().copied()))
    }

    /// "uma sondagem da Aferis para a **Rádio Atlântida**": a poll, whoever asked for it.
    pub fn is_poll(&self, core: &[Token]) -> bool {
        /// Words of a phrase among which its noun stands: "une récente enquête".
        const OPENING: usize = 3;
        let opening = &core[..core.len().min(OPENING)];
        self.lang != Lang::EN
            && opening.iter().any(|token| POLLS.iter().any(|poll| token.lower.ends_with(poll)))
    }
}
