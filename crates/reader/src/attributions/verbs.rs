//! Verbs of saying: what each asks of the words around it.

use dateline_model::Lang;

use super::counted::{SEVERAL, TENS};
use super::sentence::{Run, Sentence, Token};
use crate::words::Shape;

impl Sentence<'_> {
    /// "accuse le gouvernement **d'avoir** caché", "promete **de ouvrir**": a preposition and an infinitive hold a clause.
    pub fn is_infinitive(&self, preposition: &Token, verb: &Token) -> bool {
        const ENDINGS: [&str; 6] = ["er", "ir", "re", "ar", "oir", "or"];
        matches!(self.lang, Lang::FR | Lang::ES | Lang::IT | Lang::PT)
            && matches!(preposition.lower.as_str(), "d" | "de" | "di" | "a" | "à")
            && verb.lower.len() > 3
            && ENDINGS.iter().any(|ending| verb.lower.ends_with(ending))
    }

    /// True where a verb and the speaker behind it can be of one number: "plusieurs élus, interrogés hier, **jugent le texte**
    /// trop court" is not what the text says.
    pub fn agrees(&self, cue: &Run, source: &Run) -> bool {
        const ONE: [&str; 13] =
            ["le", "la", "l", "un", "une", "el", "una", "il", "lo", "o", "um", "uma", "son"];
        const MANY: [&str; 16] = [
            "les",
            "des",
            "deux",
            "plusieurs",
            "los",
            "las",
            "dos",
            "varios",
            "gli",
            "i",
            "due",
            "alcuni",
            "os",
            "as",
            "dois",
            "vários",
        ];
        let first = self.tokens[source.start].lower.as_str();
        let verb = self.tokens[cue.start].lower.as_str();
        let plural = match self.lang {
            // "prévient", "soutient" are of one, "disaient" of many.
            Lang::FR => {
                let one = verb.ends_with("ient") && !verb.ends_with("aient") || verb == "dément";
                verb == "ont" || verb.ends_with("ent") && !one && cue.len() == 1
            }
            Lang::ES => verb.ends_with('n'),
            Lang::IT => verb == "hanno" || verb.ends_with("no") && cue.len() == 1,
            Lang::PT => verb.ends_with('m'),
            _ => return true,
        };
        if plural { !ONE.contains(&first) } else { !MANY.contains(&first) }
    }

    /// True for verbs of denying, behind which a noun says what is denied.
    pub fn denies(&self, cue: &Run) -> bool {
        const STEMS: [&str; 24] = [
            "nié",
            "nie",
            "nient",
            "démenti",
            "dément",
            "niega",
            "niegan",
            "negó",
            "negaron",
            "rechaza",
            "rechazó",
            "desmintió",
            "nega",
            "negou",
            "rejeita",
            "rejeitou",
            "respinge",
            "respinto",
            "smentisce",
            "smentito",
            "bestreitet",
            "bestritt",
            "dementiert",
            "dementierte",
        ];
        STEMS.contains(&self.tokens[cue.end - 1].lower.as_str())
    }

    /// "habló de **cinco muertos**", "parle de **340 postes**": who speaks of a number gives it.
    pub fn speaks_of_number(&self, cue: &Run, said: &[Token]) -> bool {
        let speaks_of = cue.len() > 1 && self.lower_is(cue.end - 1, &SPEAKS_OF);
        let number = |token: &Token| {
            token.shape == Shape::Number
                || SEVERAL.contains(&token.lower.as_str())
                || TENS.contains(&token.lower.as_str())
        };
        speaks_of && said.iter().take(4).any(number)
    }

    /// "Ein Sprecher bestätigte **das am Abend**": a few words for what was said before say nothing by themselves.
    pub fn points_at_other_words(&self, content: usize) -> bool {
        /// Words of a content that holds no clause of its own.
        const FEW: usize = 6;
        const POINTERS: [&str; 8] = ["das", "dies", "dem", "diese", "eso", "cela", "это", "ciò"];
        self.lang != Lang::EN
            && self.tokens.len() - content.min(self.tokens.len()) <= FEW
            && self.tokens.get(content).is_some_and(|token| {
                !token.quoted && !token.gap.parts() && POINTERS.contains(&token.lower.as_str())
            })
    }

    /// "sagte **und betonte** mehrfach, dass …": past a verb that is joined to the one before.
    pub fn after_joined_verb(&self, from: usize) -> usize {
        let joined = self.lang != Lang::EN && self.lower_is(from, &["et", "y", "e", "und", "и"]);
        let next = if joined { self.matches(from + 1, &self.pack.says) } else { None };
        next.map_or(from, |verb| verb.end)
    }
}

/// The last words of verbs of speaking of something: "parle **de**", "spricht **von**".
pub const SPEAKS_OF: [&str; 6] = ["de", "d", "di", "em", "von", "о"];

/// Verbs of judging, behind which stands what is judged.
pub const JUDGES: [&str; 20] = [
    "considera",
    "consideran",
    "considerano",
    "juge",
    "jugent",
    "ritiene",
    "ritengono",
    "definisce",
    "hält",
    "halten",
    "hielt",
    "julga",
    "julgam",
    "acha",
    "acham",
    "назвал",
    "назвала",
    "назвали",
    "califica",
    "tacha",
];
