//! The words that composer and rules look for, by language. Facts of usage; a language without a row has no such words.

use dateline_model::{CueClass, Lang};

fn of(table: &[(Lang, &'static [&'static str])], lang: Lang) -> &'static [&'static str] {
    table.iter().find(|(row, _)| *row == lang).map_or(&[], |(_, words)| words)
}

/// Forms of "to deny" and of calling something false.
const DENIALS: [(Lang, &[&str]); 8] = [
    (
        Lang::EN,
        &[
            "denied",
            "denies",
            "deny",
            "denying",
            "denial",
            "rejected claims",
            "dismissed reports",
            "is false",
            "was false",
            "are false",
            "untrue",
            "no truth",
        ],
    ),
    (
        Lang::FR,
        &["démenti", "dément", "démentent", "démentir", "a nié", "ont nié", "nie ", "récusé", "réfuté"],
    ),
    (
        Lang::ES,
        &[
            "desmintió",
            "desmiente",
            "desmintieron",
            "desmienten",
            "negó",
            "niega",
            "negaron",
            "niegan",
            "es falso",
        ],
    ),
    (
        Lang::DE,
        &[
            "dementierte",
            "dementiert",
            "dementierten",
            "bestritt",
            "bestreitet",
            "bestritten",
            "wies zurück",
            "wies den bericht",
            "wies berichte",
            "zurückgewiesen",
        ],
    ),
    (Lang::PT, &["desmentiu", "desmente", "negou", "nega ", "negaram", "desmentiram"]),
    (Lang::IT, &["smentito", "smentisce", "smentiscono", "negato", "ha negato"]),
    (
        Lang::RU,
        &[
            "опроверг",
            "опровергла",
            "опровергли",
            "опровергает",
            "отрицает",
            "отрицают",
            "отрицал",
            "отрицала",
        ],
    ),
    (Lang::AR, &["نفى", "نفت", "ينفي", "تنفي", "نفوا"]),
];

/// Ways in which English reports say that somebody would not speak, in lower case.
pub const SILENCES: [&str; 11] = [
    "did not immediately respond",
    "did not respond",
    "did not immediately reply",
    "declined to comment",
    "had no immediate comment",
    "could not be reached",
    "could not immediately be reached",
    "has not commented",
    "have not commented",
    "has not said a word",
    "have not said a word",
];

/// Ways in which reports say that something is not known, or that nobody would say.
const UNKNOWN: [(Lang, &[&str]); 8] = [
    (
        Lang::EN,
        &[
            "not immediately clear",
            "not clear",
            "was unclear",
            "is unclear",
            "remains unclear",
            "remained unclear",
            "not known",
            "did not immediately respond",
            "did not respond",
            "declined to comment",
            "could not be independently",
            "could not independently",
            "not been independently",
            "could not verify",
            "unable to verify",
            "could not be verified",
            "no immediate comment",
            "could not be reached",
            "has not said",
            "have not said",
            "has not commented",
            "have not commented",
        ],
    ),
    (
        Lang::FR,
        &[
            "n'était pas clair",
            "n’était pas clair",
            "on ignore",
            "on ignorait",
            "n'a pas souhaité commenter",
            "n’a pas souhaité commenter",
            "n'a pas répondu",
            "n’a pas répondu",
            "de source indépendante",
            "pas pu être vérifié",
            "n'est pas connu",
            "n’est pas connu",
        ],
    ),
    (
        Lang::ES,
        &[
            "no estaba claro",
            "no está claro",
            "se desconoce",
            "se desconocía",
            "no respondió",
            "declinó comentar",
            "no ha podido verificar",
            "no pudo verificar",
            "de forma independiente",
        ],
    ),
    (
        Lang::DE,
        &[
            "war unklar",
            "ist unklar",
            "blieb unklar",
            "bleibt unklar",
            "zunächst unklar",
            "nicht bekannt",
            "noch offen",
            "äußerte sich zunächst nicht",
            "wollte sich nicht",
            "unabhängig überprüf",
            "nicht unabhängig",
            "ließen sich zunächst nicht",
        ],
    ),
    (
        Lang::PT,
        &[
            "não estava claro",
            "não está claro",
            "não se sabe",
            "não respondeu",
            "não quis comentar",
            "de forma independente",
        ],
    ),
    (
        Lang::IT,
        &[
            "non era chiaro",
            "non è chiaro",
            "non si sa",
            "non ha risposto",
            "non ha voluto commentare",
            "in modo indipendente",
        ],
    ),
    (
        Lang::RU,
        &[
            "неизвестно",
            "неясно",
            "не сообщается",
            "не уточняется",
            "от комментариев отказал",
            "не ответил",
            "независимо подтвердить",
            "независимого подтверждения",
        ],
    ),
    (
        Lang::AR,
        &[
            "لم يتضح",
            "لم تتضح",
            "ليس واضحا",
            "لم يعرف",
            "لم يرد",
            "رفض التعليق",
            "رفضت التعليق",
            "بشكل مستقل",
        ],
    ),
];

/// Hedges that do not say who reports (rule T1).
const BARE_HEDGES: [(Lang, &[&str]); 8] = [
    (
        Lang::EN,
        &["reportedly", "allegedly", "purportedly", "supposedly", "it is said", "rumored", "rumoured"],
    ),
    (Lang::FR, &["semble-t-il", "dit-on", "paraît-il", "prétendument"]),
    (Lang::ES, &["supuestamente", "presuntamente", "al parecer"]),
    (Lang::DE, &["angeblich", "mutmaßlich", "dem vernehmen nach"]),
    (Lang::PT, &["supostamente", "alegadamente", "ao que parece"]),
    (Lang::IT, &["presumibilmente", "a quanto pare", "presunto"]),
    (Lang::RU, &["якобы", "предположительно"]),
    (Lang::AR, &["يزعم", "يُزعم"]),
];

/// Determiners and demonstratives that point back to somebody named before.
const DEFINITE: [(Lang, &[&str]); 7] = [
    (Lang::EN, &["the", "that", "this", "these", "those", "both"]),
    (Lang::FR, &["le", "la", "les", "l", "ce", "cette", "cet", "ces"]),
    (Lang::ES, &["el", "la", "los", "las", "ese", "esa", "este", "esta"]),
    (Lang::DE, &["der", "die", "das", "den", "dem", "dieser", "diese", "dieses"]),
    (Lang::PT, &["o", "a", "os", "as", "esse", "essa", "este", "esta"]),
    (Lang::IT, &["il", "lo", "la", "i", "gli", "le", "l", "questo", "questa"]),
    (Lang::RU, &["этот", "эта", "эти", "он", "она"]),
];

/// Ways of leaning on the sentence before.
const BACKWARD: [(Lang, &[&str]); 8] = [
    (
        Lang::EN,
        &[
            "than that",
            "the latter",
            "the former ",
            "an hour later",
            "hours later",
            "minutes later",
            "the difference",
            "the figure",
            "on which of the two",
            "the same day",
        ],
    ),
    (
        Lang::FR,
        &[
            "ce dernier",
            "cette dernière",
            "ces derniers",
            "une heure plus tard",
            "la différence",
            "ce chiffre",
            "le même jour",
        ],
    ),
    (
        Lang::ES,
        &[
            "este último",
            "esta última",
            "una hora más tarde",
            "horas después",
            "la diferencia",
            "esa cifra",
            "el mismo día",
        ],
    ),
    (
        Lang::DE,
        &[
            "letzterer",
            "letztere",
            "stunde später",
            "stunden später",
            "der unterschied",
            "diese zahl",
            "am selben tag",
        ],
    ),
    (
        Lang::PT,
        &["este último", "esta última", "uma hora depois", "horas depois", "a diferença", "esse número"],
    ),
    (
        Lang::IT,
        &["quest'ultimo", "quest’ultimo", "un'ora dopo", "un’ora dopo", "la differenza", "questa cifra"],
    ),
    (Lang::RU, &["последний из", "часом позже", "часа спустя", "эта цифра", "разница"]),
    (Lang::AR, &["هذا الأخير", "بعد ساعة", "هذا الرقم"]),
];

/// Stems of words that speak of a correction.
const CORRECTIONS: [(Lang, &[&str]); 8] = [
    (Lang::EN, &["correct", "misstated", "clarif", "an earlier version", "regret"]),
    (Lang::FR, &["correct", "rectif", "erreur", "erroné", "précédente version", "version antérieure"]),
    (Lang::ES, &["correc", "corrig", "errata", "erratas", "error", "versión anterior"]),
    (Lang::DE, &["korrigi", "korrektur", "berichtig", "irrtümlich", "frühere fassung", "früheren fassung"]),
    (Lang::PT, &["corre", "errata", "versão anterior"]),
    (Lang::IT, &["corre", "errata", "rettific", "versione precedente"]),
    (Lang::RU, &["исправ", "уточн", "ошиб"]),
    (Lang::AR, &["تصحيح", "تصويب", "خطأ"]),
];

fn holds(sentence: &str, table: &[(Lang, &'static [&'static str])], lang: Lang) -> bool {
    let lower = sentence.to_lowercase();
    of(table, lang).iter().any(|phrase| {
        lower.match_indices(phrase).any(|(at, _)| {
            // A phrase opens where a word does; it may end within one, where the row has a stem.
            lower[..at].chars().next_back().is_none_or(|before| !before.is_alphabetic())
        })
    })
}

/// True where a sentence denies something.
pub fn denies(sentence: &str, lang: Lang) -> bool {
    holds(sentence, &DENIALS, lang)
}

/// True where a sentence says that something is not known.
pub fn says_unknown(sentence: &str, lang: Lang) -> bool {
    holds(sentence, &UNKNOWN, lang)
}

/// True where a sentence hedges without saying who reports.
pub fn hedges_barely(sentence: &str, lang: Lang) -> bool {
    holds(sentence, &BARE_HEDGES, lang)
}

/// True where a sentence leans on the one before it.
pub fn leans_back(sentence: &str, lang: Lang) -> bool {
    holds(sentence, &BACKWARD, lang)
}

/// True where a sentence speaks of a correction.
pub fn corrects(sentence: &str, lang: Lang) -> bool {
    holds(sentence, &CORRECTIONS, lang)
}

/// True where a noun phrase points back to somebody named before: "the official".
pub fn points_back(phrase: &str, lang: Lang) -> bool {
    let first = phrase.split(|c: char| !c.is_alphanumeric()).find(|word| !word.is_empty()).unwrap_or("");
    let lower = first.to_lowercase();
    match lang {
        Lang::AR => lower.starts_with("ال"),
        _ => of(&DEFINITE, lang).contains(&lower.as_str()),
    }
}

/// English verbs of saying in the forms news uses, by how strongly they put what is said.
const CUES: [(CueClass, &[&str]); 9] = [
    (
        CueClass::Suggest,
        &["suggested", "suggests", "hinted", "hints", "believes", "believed", "believe", "thinks", "thought"],
    ),
    (
        CueClass::Say,
        &[
            "said",
            "says",
            "say",
            "saying",
            "told",
            "tells",
            "tell",
            "telling",
            "according",
            "added",
            "adds",
            "adding",
            "noted",
            "notes",
            "wrote",
            "writes",
            "reported",
            "reports",
            "put",
            "puts",
            "described",
            "describes",
            "called",
            "calls",
            "quoted",
            "quoting",
            "citing",
            "cited",
            "explained",
            "recalled",
            "replied",
            "argued",
            "argues",
            "complained",
            "estimated",
            "estimates",
            "agreed",
            "read",
            "reads",
            "spoke",
        ],
    ),
    (
        CueClass::State,
        &["stated", "states", "announced", "announces", "declared", "declares", "revealed", "found"],
    ),
    (CueClass::Confirm, &["confirmed", "confirms", "confirm", "confirming", "verified", "corroborated"]),
    (
        CueClass::Admit,
        &["admitted", "admits", "admit", "acknowledged", "acknowledges", "conceded", "concedes"],
    ),
    (CueClass::Deny, &["denied", "denies", "deny", "denying", "rejected", "rejects", "dismissed", "refuted"]),
    (
        CueClass::Claim,
        &["claimed", "claims", "claim", "alleged", "alleges", "insisted", "insists", "maintained", "accused"],
    ),
    (
        CueClass::Predict,
        &[
            "predicted",
            "predicts",
            "warned",
            "warns",
            "expects",
            "expected",
            "expect",
            "forecast",
            "forecasts",
        ],
    ),
    (
        CueClass::Intend,
        &["vowed", "vows", "plans", "plan", "planned", "pledged", "threatened", "promised", "promises"],
    ),
];

/// What an English word does as a cue; `None` for other words.
pub fn cue(word: &str) -> Option<CueClass> {
    let word = word.to_lowercase();
    CUES.iter().find(|(_, words)| words.contains(&word.as_str())).map(|(class, _)| *class)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn denials_and_gaps_are_told_from_what_merely_sounds_like_them() {
        assert!(denies("Niger's junta denied that Russian forces share the base.", Lang::EN));
        assert!(denies("Le gouvernement a démenti cette information.", Lang::FR));
        assert!(!denies("He undenied nothing.", Lang::EN), "a phrase opens with a word");
        assert!(says_unknown("It was not immediately clear how many troops had arrived.", Lang::EN));
        assert!(!says_unknown("Clear skies are expected over Niamey on Friday.", Lang::EN));
        assert!(hedges_barely("Sixty trainers have reportedly arrived.", Lang::EN));
    }

    #[test]
    fn a_definite_source_points_back() {
        assert!(points_back("the official", Lang::EN) && points_back("l’officiel", Lang::FR));
        assert!(!points_back("a senior U.S. defense official", Lang::EN));
        assert!(!points_back("two U.S. officials", Lang::EN));
    }

    #[test]
    fn sentences_that_lean_on_the_one_before_are_told_by_their_words() {
        assert!(leans_back(
            "Several survivors said there had been many more people on board than that.",
            Lang::EN
        ));
        assert!(leans_back("The ministry issued a statement an hour later.", Lang::EN));
        assert!(leans_back("Ce dernier a démenti.", Lang::FR));
        assert!(!leans_back("The ferry sank an hour before dawn off Safaga.", Lang::EN));
        assert!(corrects("An earlier version of this article misstated the number of passes.", Lang::EN));
    }
}
