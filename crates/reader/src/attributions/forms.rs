//! Forms of words: the lists hold a noun once, and news writes it compounded, with a prefix or with an ending.

use dateline_model::Lang;

use super::sentence::Token;
use crate::pack::List;

/// Letters of a noun that may end a German compound: "Regierungs**vertreter**". Shorter ones end too many words by
/// chance: "An**rat**".
const COMPOUNDED: usize = 5;

/// True where a list holds a word in one of the forms in which a language writes it.
///
/// - German *compounds end with what they are*: "Regierungsvertreter", "Sicherheitskreise", "Abschlussbericht";
/// - Arabic *joins its article and the ending of the accusative*: "المسعف", "مسؤولا".
pub fn is_called(list: &List, lower: &str, lang: Lang) -> bool {
    list.has(lower)
        || match lang {
            // "seines Anwalts": a genitive.
            Lang::DE
                if lower.len() > COMPOUNDED && lower.strip_suffix('s').is_some_and(|noun| list.has(noun)) =>
            {
                true
            }
            Lang::DE => lower
                .char_indices()
                .skip(3)
                .any(|(at, _)| lower[at..].chars().count() >= COMPOUNDED && list.has(&lower[at..])),
            Lang::AR => {
                let bare = lower.strip_prefix("ال").unwrap_or(lower);
                let ended = bare.strip_suffix('ا').or_else(|| bare.strip_suffix("اً"));
                // "جارها", "زميله": whose they are is joined to the noun.
                let owned = ["ها", "هما", "هم", "ه"].iter().find_map(|whose| bare.strip_suffix(whose));
                let forms = [ended, owned];
                // "عائلته": before it, the ending of the feminine changes.
                let feminine = owned.and_then(|noun| noun.strip_suffix('ت')).map(|noun| format!("{noun}ة"));
                list.has(bare)
                    || feminine.is_some_and(|noun| list.has(&noun))
                    || forms.into_iter().flatten().any(|noun| noun.chars().count() > 1 && list.has(noun))
            }
            _ => false,
        }
}

/// A noun as the lists have it: without Arabic's article and the ending of its accusative.
pub fn bare(lower: &str, lang: Lang) -> &str {
    if lang != Lang::AR {
        return lower;
    }
    let noun = lower.strip_prefix("ال").unwrap_or(lower);
    noun.strip_suffix('ا')
        .or_else(|| noun.strip_suffix("اً"))
        .filter(|noun| noun.chars().count() > 2)
        .unwrap_or(noun)
}

/// True where a number before a noun that is written as for one says that there are several: "два источника".
pub fn counts_several(core: &[Token], lang: Lang) -> bool {
    const NUMBERS: [&str; 13] = [
        "два",
        "две",
        "двое",
        "три",
        "трое",
        "трех",
        "трёх",
        "двух",
        "четыре",
        "пять",
        "несколько",
        "нескольких",
        "оба",
    ];
    lang == Lang::RU && core.first().is_some_and(|first| NUMBERS.contains(&first.lower.as_str()))
}

/// True for words with the ending of an adjective or a participle, in the languages whose nouns need no article. Adverbs
/// that open a clause have others: "сегодня", "ранее", "gestern".
pub fn is_adjective(lower: &str, lang: Lang) -> bool {
    const RUSSIAN: [&str; 14] =
        ["ый", "ий", "ой", "ая", "яя", "ые", "ие", "ого", "его", "ых", "их", "ым", "ими", "ыми"];
    const PARTS: [&str; 8] = ["который", "которая", "которые", "такой", "такие", "какой", "мой", "свой"];
    match lang {
        Lang::RU => {
            lower.chars().count() > 4
                && RUSSIAN.iter().any(|ending| lower.ends_with(ending))
                && !PARTS.contains(&lower)
        }
        Lang::DE => {
            lower.chars().count() > 4
                && ["er", "en", "em"].iter().any(|ending| lower.ends_with(ending))
                && !["gestern", "wegen", "gegen", "neben", "aber", "immer", "unter"].contains(&lower)
        }
        Lang::FR | Lang::ES | Lang::IT | Lang::PT => LEADING.contains(&lower),
        _ => false,
    }
}

/// True for the Russian words that open what is told of a person behind a comma: "близкий к следствию", "пожелавший остаться
/// неназванным".
pub fn tells_of_a_person(lower: &str) -> bool {
    const STEMS: [&str; 3] = ["близк", "знаком", "осведом"];
    const ENDINGS: [&str; 6] = ["вший", "вшая", "вшие", "вшего", "вшей", "вших"];
    STEMS.iter().any(|stem| lower.starts_with(stem)) || ENDINGS.iter().any(|ending| lower.ends_with(ending))
}

/// Adjectives that stand before the noun in the Romance languages.
const LEADING: [&str; 33] = [
    "hauts",
    "haut",
    "anciens",
    "ancien",
    "ancienne",
    "nombreux",
    "autres",
    "altos",
    "alto",
    "alta",
    "altas",
    "antiguos",
    "antiguo",
    "antigua",
    "ex",
    "otros",
    "otras",
    "numerosos",
    "alti",
    "altri",
    "altre",
    "numerosi",
    "antigos",
    "antigo",
    "outros",
    "outras",
    "diversos",
    "diversas",
    "diversi",
    "diverse",
    "vários",
    "várias",
    "grandes",
];
