//! Units: what a number counts. Money, measures and percentages are known words; everything else is
//! the noun that follows, which each language shows in its own way: English and Romance languages by
//! the plural, German by the capital, Russian by endings, Arabic by position.
//!
//! A noun that cannot be told from its looks is no unit, and its number no figure.

use dateline_model::Lang;

use super::hedge::phrase;
use super::token::{Kind, Token};
use crate::pack::Pack;
use crate::stopwords::StopWords;
use crate::words::{fold, hash_folded};

/// Words between a number and the end of its unit, unit included: "heavily armed U.S. troops".
const LONGEST_UNIT: usize = 4;

/// What kind of unit was found; the stronger kinds are believed where the looks of a number speak against a count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UnitKind {
    /// Percent, money, measures.
    Measure,
    /// A noun that news is known to count, or what happened to those counted.
    Counted,
    /// Years, days, hours.
    Time,
    /// A noun by its looks.
    Noun,
}

/// A unit in the tokens of a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unit {
    /// First token.
    pub from: usize,
    /// Token after the last.
    pub to: usize,
    /// What kind it is.
    pub kind: UnitKind,
}

/// What a language's words are read with.
#[derive(Clone, Copy)]
pub struct Language<'p> {
    /// Which it is.
    pub lang: Lang,
    /// Its words.
    pub pack: &'p Pack,
    /// Its stop words.
    pub stops: &'p StopWords,
}

/// Abbreviated measures, the same in all languages.
const ABBREVIATED: &[&str] = &[
    "km", "kg", "cm", "mm", "ha", "mw", "gw", "kw", "kwh", "mph", "kph", "km²", "m²", "км", "кг", "га",
    "km/h",
];

/// Codes of currencies as printed beside numbers.
pub const CURRENCY_CODES: &[&str] =
    &["USD", "EUR", "GBP", "RUB", "JPY", "CNY", "CHF", "INR", "UAH", "TRY", "BRL", "Rs"];

/// Letters before a dollar sign: "US$", "R$".
const DOLLAR_PREFIXES: &[&str] = &["US", "A", "C", "CA", "AU", "NZ", "HK", "R", "S", "MX", "NT"];

/// The currency sign or code that ends right before token `at`.
pub fn currency_before(tokens: &[Token], at: usize) -> Option<Unit> {
    let before = &tokens[at.checked_sub(1)?];
    match before.kind {
        Kind::Sign(c) if is_currency(c) => {
            let prefixed = at >= 2 && before.glued && DOLLAR_PREFIXES.contains(&tokens[at - 2].text);
            Some(Unit { from: at - 1 - usize::from(prefixed), to: at, kind: UnitKind::Measure })
        }
        Kind::Word if CURRENCY_CODES.contains(&before.text) => {
            Some(Unit { from: at - 1, to: at, kind: UnitKind::Measure })
        }
        _ => None,
    }
}

fn is_currency(c: char) -> bool {
    matches!(c, '$' | '€' | '£' | '¥' | '₽' | '₹' | '₺' | '₴' | '₪' | '₦' | '₩')
}

/// The unit that begins at token `at`, where the number ends.
///
/// `scaled`: a word such as "million" stands before, after which Romance languages put "de";
/// `one`: the number is one, whose noun is in the singular.
pub fn after(tokens: &[Token], at: usize, scaled: bool, one: bool, language: Language) -> Option<Unit> {
    let Language { lang, pack, .. } = language;
    let first = tokens.get(at)?;
    if let Kind::Sign(c) = first.kind {
        // "five $20 notes": the sign belongs to the number after it.
        let next = tokens.get(at + 1).is_some_and(|next| next.glued && matches!(next.kind, Kind::Number(_)));
        let sign = c == '%' || c == '٪' || (is_currency(c) && !next);
        return sign.then_some(Unit { from: at, to: at + 1, kind: UnitKind::Measure });
    }
    let at = of_scaled(tokens, at, scaled, lang);
    let first = tokens.get(at)?;
    for (list, kind) in [
        (&pack.percent, UnitKind::Measure),
        (&pack.currencies, UnitKind::Measure),
        (&pack.measures, UnitKind::Measure),
        (&pack.spans_of_time, UnitKind::Time),
        (&pack.years, UnitKind::Time),
    ] {
        if let Some(len) = phrase(tokens, at, list) {
            // "60 Minutes" is a programme, "one week" any week.
            if lang == Lang::EN && kind == UnitKind::Time && (one || first.is_capitalised()) {
                return None;
            }
            // "three days' worth"
            let apostrophe =
                tokens.get(at + len).is_some_and(|token| token.is_sign('\'') || token.is_sign('’'));
            let possessive = kind == UnitKind::Time && apostrophe;
            return (!possessive).then_some(Unit { from: at, to: at + len, kind });
        }
    }
    let code = CURRENCY_CODES.contains(&first.text);
    if first.is_word() && (code || ABBREVIATED.contains(&first.lower.as_str())) {
        return Some(Unit { from: at, to: at + 1, kind: UnitKind::Measure });
    }
    let noun = noun(tokens, at, one, language).or_else(|| nationality_of_currency(tokens, at, pack))?;
    // "three people's lives" counts neither people nor lives for certain.
    let possessive = tokens.get(noun.to).is_some_and(|token| token.is_sign('\'') || token.is_sign('’'))
        && tokens.get(noun.to + 1).is_some_and(|token| token.glued && token.is_word());
    (!possessive).then_some(noun)
}

/// "2 millions **de** personnes", "un millón **de** dólares", "una ventina **di** feriti".
fn of_scaled(tokens: &[Token], at: usize, scaled: bool, lang: Lang) -> usize {
    let romance = matches!(lang, Lang::FR | Lang::ES | Lang::PT | Lang::IT);
    if !(scaled && romance) {
        return at;
    }
    let Some(of) = tokens.get(at) else { return at };
    match of.lower.as_str() {
        "de" | "di" => at + 1,
        "d" if tokens.get(at + 1).is_some_and(|sign| matches!(sign.kind, Kind::Sign('\'' | '’'))) => at + 2,
        _ => at,
    }
}

/// "3 billion Canadian dollars": one word before the currency.
fn nationality_of_currency(tokens: &[Token], at: usize, pack: &Pack) -> Option<Unit> {
    let first = tokens.get(at).filter(|token| token.is_word() && !token.lower.is_empty())?;
    let adjective = first.is_capitalised();
    let money = tokens.get(at + 1).is_some_and(|token| pack.currencies.has(&token.lower));
    (adjective && money).then_some(Unit { from: at, to: at + 2, kind: UnitKind::Measure })
}

fn noun(tokens: &[Token], at: usize, one: bool, language: Language) -> Option<Unit> {
    match language.lang {
        Lang::EN => english(tokens, at, one, language),
        Lang::DE => german(tokens, at, language),
        Lang::FR | Lang::ES | Lang::PT | Lang::IT => romance(tokens, at, one, language),
        Lang::RU => russian(tokens, at, language),
        Lang::AR => arabic(tokens, at, language),
        _ => None,
    }
}

impl Language<'_> {
    fn stops(&self, token: &Token) -> bool {
        let known = self.pack.counted.has(&token.lower) || self.pack.states.has(&token.lower);
        // German stop lists hold nouns ("Menschen", "Tage"), which their capital shows.
        let german_noun = self.lang == Lang::DE && token.is_capitalised();
        !token.is_word()
            || token.lower.is_empty()
            || self.pack.not_counted.has(&token.lower)
            || self.pack.months.has(&token.lower)
            || self.pack.says.has(&token.lower)
            || (!known && !german_noun && self.stops.contains(&hash_folded(&fold(&token.lower))))
    }
}

/// English: the last plural of at most four words, function words stopping the search.
fn english(tokens: &[Token], at: usize, one: bool, language: Language) -> Option<Unit> {
    let pack = language.pack;
    let first = tokens.get(at)?;
    if one {
        // "one" is a pronoun nearly as often as a number.
        let person = pack.one_person.has(&first.lower);
        return person.then_some(Unit { from: at, to: at + 1, kind: UnitKind::Counted });
    }
    let mut found: Option<Unit> = None;
    for (to, token) in tokens.iter().enumerate().skip(at).take(LONGEST_UNIT) {
        if language.stops(token) {
            break;
        }
        let counted = pack.counted.has(&token.lower);
        let plural = is_english_plural(token);
        // A noun by its looks ends the unit, unless another follows at once ("arms dealers"); after a
        // noun that is known, a word in -s is a verb ("four Americans continues").
        let known =
            found.is_some_and(|unit| unit.kind == UnitKind::Counted || tokens[unit.to - 1].is_capitalised());
        if found.is_some() && !(counted || (plural && !known)) {
            break;
        }
        if counted || plural {
            let kind = if counted { UnitKind::Counted } else { UnitKind::Noun };
            found = Some(Unit { from: at, to: to + 1, kind });
        }
    }
    if let Some(unit) = found {
        // "the three met officials in Rome": a verb stands before the noun, which is its object.
        let verb = tokens[unit.from..unit.to - 1].iter().any(|token| is_english_verb(&token.lower, pack));
        return (!verb).then_some(unit);
    }
    let state = pack.states.has(&first.lower);
    state.then_some(Unit { from: at, to: at + 1, kind: UnitKind::Counted })
}

/// Past tenses that stand between a number and an object: "20 attacked posts" is read as this, too,
/// and lost, but "the 20 attacked posts" must not become twenty posts. Participles that news uses
/// before nouns stay allowed.
fn is_english_verb(word: &str, pack: &Pack) -> bool {
    const PARTICIPLES: [&str; 16] = [
        "armed",
        "united",
        "confirmed",
        "suspected",
        "wounded",
        "injured",
        "displaced",
        "detained",
        "reported",
        "unarmed",
        "masked",
        "retired",
        "registered",
        "unidentified",
        "combined",
        "uniformed",
    ];
    const IRREGULAR: [&str; 20] = [
        "met", "held", "won", "sent", "gave", "took", "shot", "sold", "bought", "hit", "lost", "built",
        "saw", "had", "fought", "brought", "led", "set", "put", "struck",
    ];
    let regular = word.ends_with("ed") && !PARTICIPLES.contains(&word) && !pack.states.has(word);
    regular || IRREGULAR.contains(&word) || pack.verbs.has(word)
}

fn is_english_plural(token: &Token) -> bool {
    let word = token.lower.as_str();
    let ending = word.len() >= 4
        && word.ends_with('s')
        && !["ss", "us", "is", "'s", "ics", "ous"].iter().any(|ending| word.ends_with(ending));
    // Capitals hold names ("Reuters", "Texas"); peoples are known by their ending.
    let people =
        ["ans", "anis", "aelis", "aqis", "emenis", "audis", "ians", "eurs"].iter().any(|e| word.ends_with(e));
    if token.is_capitalised() {
        (ending || word.ends_with("is")) && people && word.len() >= 6
    } else {
        ending
    }
}

/// German: adjectives, then the noun, which has a capital.
fn german(tokens: &[Token], at: usize, language: Language) -> Option<Unit> {
    for (to, token) in tokens.iter().enumerate().skip(at).take(LONGEST_UNIT) {
        let state = language.pack.states.has(&token.lower);
        if to == at && state {
            return Some(Unit { from: at, to: to + 1, kind: UnitKind::Counted });
        }
        if language.stops(token) {
            return None;
        }
        if token.is_capitalised() {
            // "US-Soldaten" is one word; "US Army" in capitals is a name, not a noun.
            let name = token.text.chars().all(char::is_uppercase);
            return (!name).then_some(Unit { from: at, to: to + 1, kind: UnitKind::Noun });
        }
        let adjective =
            ["e", "en", "er"].iter().any(|ending| token.lower.ends_with(ending)) && token.lower.len() > 4;
        if !adjective {
            return None;
        }
    }
    None
}

/// Romance languages: the noun follows, in the plural, and its adjectives after it agree with it.
fn romance(tokens: &[Token], at: usize, one: bool, language: Language) -> Option<Unit> {
    const BEFORE_NOUNS: [&str; 16] = [
        "nouveaux",
        "nouvelles",
        "jeunes",
        "grands",
        "grandes",
        "nuevos",
        "nuevas",
        "jóvenes",
        "grandes",
        "novos",
        "novas",
        "nuovi",
        "nuove",
        "giovani",
        "grandi",
        "anciens",
    ];
    let (pack, lang) = (language.pack, language.lang);
    let mut head = at;
    if BEFORE_NOUNS.contains(&tokens.get(at)?.lower.as_str()) {
        head += 1;
    }
    let noun = tokens.get(head).filter(|token| !language.stops(token) && !token.is_capitalised())?;
    let plural = |word: &str| match lang {
        Lang::IT => word.ends_with(['i', 'e']),
        Lang::FR => word.ends_with(['s', 'x']),
        _ => word.ends_with('s'),
    };
    let counted = pack.counted.has(&noun.lower) || pack.states.has(&noun.lower);
    if !(counted || (!one && plural(&noun.lower) && noun.lower.chars().count() >= 4)) {
        return None;
    }
    let kind = if counted { UnitKind::Counted } else { UnitKind::Noun };
    let mut to = head + 1;
    // What happened to them ("20 personnes tuées") is told apart from what they are.
    while to < at + LONGEST_UNIT
        && let Some(token) = tokens.get(to)
        && !language.stops(token)
        && !token.is_capitalised()
        && !one
        && is_origin(&token.lower)
        && plural(&token.lower)
    {
        to += 1;
    }
    Some(Unit { from: at, to, kind })
}

/// Adjectives of origin and kind that follow the noun they narrow: "soldats français", "soldados estadounidenses".
fn is_origin(word: &str) -> bool {
    const ENDINGS: [&str; 24] = [
        "ais", "aises", "ains", "aines", "iens", "iennes", "ois", "oises", "ens", "enses", "anos", "anas",
        "eses", "anhóis", "ani", "ane", "esi", "ini", "ine", "enni", "aires", "ares", "ari", "istes",
    ];
    ENDINGS.iter().any(|ending| word.ends_with(ending))
}

/// Russian: adjectives, then a noun in the genitive; verbs are known by their endings.
fn russian(tokens: &[Token], at: usize, language: Language) -> Option<Unit> {
    let adjective = |word: &str| {
        word.chars().count() > 4 && ["ых", "их", "ые", "ие"].iter().any(|ending| word.ends_with(ending))
    };
    let genitive = |word: &str| {
        let long = word.chars().count() >= 3;
        long && (["ов", "ев", "ей", "ий", "ек", "ан", "ин", "ил", "ет", "ок", "ц", "ш"]
            .iter()
            .any(|e| word.ends_with(e))
            || ["а", "я", "и", "ы"].iter().any(|e| word.ends_with(e)))
    };
    let verb = |word: &str| {
        [
            "ли", "ла", "ло", "лись", "лась", "ся", "сь", "ть", "ют", "ут", "ят", "ены", "ено", "ена", "аны",
            "ано",
        ]
        .iter()
        .any(|ending| word.ends_with(ending))
    };
    let mut last: Option<Unit> = None;
    for (to, token) in tokens.iter().enumerate().skip(at).take(LONGEST_UNIT) {
        let counted = language.pack.counted.has(&token.lower) || language.pack.states.has(&token.lower);
        if language.stops(token) || token.is_capitalised() {
            break;
        }
        if counted {
            return Some(Unit { from: at, to: to + 1, kind: UnitKind::Counted });
        }
        if adjective(&token.lower) {
            // "20 военных" counts by an adjective; a noun after it is the better unit.
            last = Some(Unit { from: at, to: to + 1, kind: UnitKind::Noun });
            continue;
        }
        if ["ая", "ый", "ое", "ой", "ую"].iter().any(|ending| token.lower.ends_with(ending)) {
            // "1 пожилая женщина": an adjective in the singular counts nothing by itself.
            last = None;
            continue;
        }
        // "страны", "школы" look like "отравлены"; nouns of two syllables are short.
        let short = token.lower.chars().count() <= 6;
        if genitive(&token.lower) && (short && !token.lower.ends_with("ли") || !verb(&token.lower)) {
            return Some(Unit { from: at, to: to + 1, kind: UnitKind::Noun });
        }
        break;
    }
    last
}

/// Arabic: the noun follows at once, without the article.
fn arabic(tokens: &[Token], at: usize, language: Language) -> Option<Unit> {
    let noun = tokens.get(at).filter(|token| !language.stops(token))?;
    let counted = language.pack.counted.has(&noun.lower);
    // What the counted noun looks like: accusative singular or a sound plural; "ال" is never counted.
    let looks = ["ا", "ات", "ين", "ون"].iter().any(|ending| noun.lower.ends_with(ending));
    let definite = noun.lower.starts_with("ال");
    let letters = noun.lower.chars().count() >= 4;
    if !(counted || (looks && letters && !definite)) {
        return None;
    }
    let kind = if counted { UnitKind::Counted } else { UnitKind::Noun };
    Some(Unit { from: at, to: at + 1, kind })
}
