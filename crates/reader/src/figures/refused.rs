//! What looks like a figure and is none: dates and years, clock times, ages, numbers that name
//! something, rates and proportions. Each rule is a function with the case it was made for.

use dateline_model::Lang;

use super::hedge::phrase;
use super::quantity::{Quantity, is_year, scale};
use super::token::{Kind, Token, is_hyphen};
use super::unit::{Unit, UnitKind};
use crate::pack::{List, Pack};

/// The age, in years, over which a number of years is no age.
const OLDEST: f64 = 120.0;

/// The name of the rule that refuses a quantity; `None` where it may be a figure.
pub fn refusal(
    tokens: &[Token],
    from: usize,
    quantity: &Quantity,
    unit: &Unit,
    lang: Lang,
    pack: &Pack,
) -> Option<&'static str> {
    let rules: [(&str, bool); 10] = [
        ("names", names(tokens, quantity, unit, lang, pack)),
        ("date", date(tokens, quantity, unit, pack)),
        ("clock", clock(tokens, quantity, unit, pack)),
        ("moment", moment(tokens, from, unit, pack)),
        ("age", age(tokens, quantity, unit, lang, pack)),
        ("vague", vague(tokens, quantity)),
        ("tail", tail(tokens, quantity, pack)),
        ("ordinal", german_ordinal(tokens, quantity, lang)),
        ("rate", rate(tokens, from, unit, pack)),
        ("glued", glued(tokens, quantity)),
    ];
    rules.into_iter().find(|(_, holds)| *holds).map(|(name, _)| name)
}

/// True where a phrase of the list ends right before token `at`.
fn ends_before(tokens: &[Token], at: usize, list: &List) -> bool {
    (1..=3.min(at)).any(|len| phrase(&tokens[..at], at - len, list) == Some(len))
}

/// "Flight 370", "Article 5", "Boeing 737 jets", "№ 5": the number names something. A capital before
/// it says the same of unknown names, unless the unit is one that news is known to count.
fn names(tokens: &[Token], quantity: &Quantity, unit: &Unit, lang: Lang, pack: &Pack) -> bool {
    let at = quantity.from;
    if quantity.scaled || at == 0 || unit.from < at {
        return false;
    }
    let before = &tokens[at - 1];
    if matches!(before.kind, Kind::Sign('#' | '№' | '§' | '°')) || before.kind == Kind::Code && before.glued
    {
        return true;
    }
    let abbreviated = before.is_sign('.') && before.glued && at >= 2;
    let word = if abbreviated { &tokens[at - 2] } else { before };
    // "Anti-Proposition 8 protesters": the last part of a compound names by number, too.
    let last = word.lower.rsplit(is_hyphen).next().unwrap_or_default();
    if pack.numbered.has(&word.lower) || pack.numbered.has(last) {
        // "the base 20 soldiers left": common nouns name by number only where a count is unlikely.
        return true;
    }
    let named = before.is_word() && before.is_capitalised() && lang != Lang::DE && at > 1;
    named && unit.kind == UnitKind::Noun
}

/// "May 2", "2 de mayo", "in 2020", "2003 elections".
fn date(tokens: &[Token], quantity: &Quantity, unit: &Unit, pack: &Pack) -> bool {
    let at = quantity.from;
    let month =
        |at: usize| tokens.get(at).is_some_and(|token| token.is_word() && pack.months.has(&token.lower));
    let before = at > 0 && (month(at - 1) || (at > 1 && tokens[at - 1].is_sign('.') && month(at - 2)));
    // "May" and "mars" are words of their own where no capital shows them.
    if (before && unit.kind != UnitKind::Measure) || month(quantity.to) || month(quantity.to + 1) {
        return true;
    }
    let Some((value, 4)) = quantity.bare else { return false };
    if !is_year(value) {
        return false;
    }
    let money = unit.kind == UnitKind::Measure;
    let introduced = ends_before(tokens, at, &pack.year_before);
    // Plain "2020 people" is a count only of what news counts; any other noun follows a year.
    // "the 2016 campaign people": of words between, the first follows the year.
    let at_once = unit.to == unit.from + 1;
    !money && (introduced || unit.kind != UnitKind::Counted || !at_once)
}

/// "at 5 p.m.", "14:30", "20 Uhr", "à 20 heures".
fn clock(tokens: &[Token], quantity: &Quantity, unit: &Unit, pack: &Pack) -> bool {
    let colon = |at: usize| tokens.get(at).is_some_and(|token| token.is_sign(':') && token.glued);
    let minutes = quantity.from > 1
        && tokens[quantity.from].glued
        && colon(quantity.from - 1)
        && matches!(tokens[quantity.from - 2].kind, Kind::Number(_));
    let after = tokens.get(quantity.to).is_some_and(|token| token.is_word() && pack.clock.has(&token.lower));
    let hour = quantity.high <= 24.0 && !quantity.scaled;
    let told = ends_before(tokens, quantity.from, &pack.clock_before) && unit.kind == UnitKind::Time;
    minutes
        || colon(quantity.to)
        || (hour && after && unit.kind != UnitKind::Measure && !is_count(unit))
        || (hour && told)
}

fn is_count(unit: &Unit) -> bool {
    unit.kind == UnitKind::Counted
}

/// "three days ago", "the last 24 hours": the number places an event in time.
fn moment(tokens: &[Token], from: usize, unit: &Unit, pack: &Pack) -> bool {
    if unit.kind != UnitKind::Time {
        return false;
    }
    // "over 10 years" is "during" oftener than "more than".
    let during = tokens[from].lower == "over";
    during
        || ends_before(tokens, from, &pack.time_before)
        || phrase(tokens, unit.to, &pack.time_after).is_some()
}

/// "Anna, 45 ans,", "de 45 años", "aos 13 anos", "до 18 лет": years that tell an age, or may.
///
/// English and German write ages otherwise ("45-year-old", "45 Jahre alt"), so their years count;
/// elsewhere ages and durations look the same, and durations are given up for them.
fn age(tokens: &[Token], quantity: &Quantity, unit: &Unit, lang: Lang, pack: &Pack) -> bool {
    let years = tokens.get(unit.from).is_some_and(|token| pack.years.has(&token.lower));
    if !years || quantity.high > OLDEST || quantity.scaled {
        return false;
    }
    let before = quantity.from.checked_sub(1).map(|at| &tokens[at]);
    let apposed = before.is_none_or(|token| {
        matches!(token.kind, Kind::Sign(',' | '(' | '–' | '—'))
            || matches!(token.lower.as_str(), "aged" | "of" | "mit")
    });
    apposed || !matches!(lang, Lang::EN | Lang::DE)
}

/// "several hundred people", "half a million", "einige tausend", "نصف مليون": the words before a round
/// number make it vague or another number.
fn vague(tokens: &[Token], quantity: &Quantity) -> bool {
    const BEFORE: [&str; 36] = [
        "several",
        "few",
        "many",
        "half",
        "quarter",
        "couple",
        "hundred",
        "mehrere",
        "mehreren",
        "einige",
        "einigen",
        "viele",
        "halbe",
        "halben",
        "plusieurs",
        "quelques",
        "demi",
        "varios",
        "varias",
        "algunos",
        "medio",
        "media",
        "vários",
        "várias",
        "alguns",
        "meio",
        "meia",
        "parecchie",
        "alcune",
        "mezzo",
        "mezza",
        "несколько",
        "пол",
        "عدة",
        "بضعة",
        "نصف",
    ];
    if !quantity.in_words {
        return false;
    }
    let has = |back: usize| {
        quantity.from.checked_sub(back).is_some_and(|at| BEFORE.contains(&tokens[at].lower.as_str()))
    };
    let article = quantity.from > 0 && matches!(tokens[quantity.from - 1].lower.as_str(), "a" | "an" | "of");
    // "half a million", "a quarter of a million"
    let fraction = article && (has(2) || (has(3) && tokens[quantity.from - 2].lower == "of"));
    let bare = matches!(tokens[quantity.from].lower.as_str(), "hundred" | "thousand") && !article;
    has(1) || fraction || bare
}

/// "مليون و 300 ألف", "2 millones y 300 mil", "two million three hundred people": the end of a number
/// said in two parts.
fn tail(tokens: &[Token], quantity: &Quantity, pack: &Pack) -> bool {
    let joined =
        |at: usize| matches!(tokens[at].lower.as_str(), "و" | "and" | "y" | "e" | "et" | "und" | "и");
    let Some(before) = quantity.from.checked_sub(1) else { return false };
    let before = if joined(before) { before.saturating_sub(1) } else { before };
    // Arabic prepositions are written on the word: "بمليون".
    let word = &tokens[before];
    let stem = word.lower.strip_prefix(['ب', 'ل']).unwrap_or("");
    scale(word, pack).is_some() || pack.million.has(stem) || pack.billion.has(stem) || pack.thousand.has(stem)
}

/// "der 20. Mai", "im 19. Jahrhundert": German ordinals have a point.
fn german_ordinal(tokens: &[Token], quantity: &Quantity, lang: Lang) -> bool {
    lang == Lang::DE
        && quantity.bare.is_some()
        && tokens.get(quantity.to).is_some_and(|token| token.is_sign('.') && token.glued)
}

/// "per 100,000 people", "one in five children", "two of three voters": the base of a rate.
fn rate(tokens: &[Token], from: usize, unit: &Unit, pack: &Pack) -> bool {
    if unit.kind == UnitKind::Measure || from == 0 {
        return false;
    }
    if ends_before(tokens, from, &pack.rates) {
        return true;
    }
    (1..=2.min(from)).any(|len| {
        phrase(&tokens[..from], from - len, &pack.out_of) == Some(len)
            && from > len
            && (matches!(tokens[from - len - 1].kind, Kind::Number(_))
                || super::spelled::spelled(&tokens[from - len - 1..from - len], Lang::EN, true).is_some()
                || is_one(&tokens[from - len - 1].lower))
    })
}

fn is_one(word: &str) -> bool {
    matches!(
        word,
        "one"
            | "un"
            | "une"
            | "uno"
            | "una"
            | "um"
            | "uma"
            | "ein"
            | "eine"
            | "einer"
            | "один"
            | "одна"
            | "واحد"
    )
}

/// "1/2", "2×4", "12:30:15", "v2", "@20": other things stand glued to the digits.
fn glued(tokens: &[Token], quantity: &Quantity) -> bool {
    let tied = |at: usize, signs: &[char]| {
        tokens.get(at).is_some_and(|token| matches!(token.kind, Kind::Sign(c) if signs.contains(&c)))
    };
    let before = quantity.from > 0
        && tokens[quantity.from].glued
        && tied(quantity.from - 1, &['/', '×', '@', '=', '_', '*', '-', '–', '.', ',', ':', '+', '№']);
    let after = tokens.get(quantity.to).is_some_and(|token| token.glued)
        && tied(quantity.to, &['/', '×', '=', '_', '*', '-', '–', ':', '^']);
    before || after
}
