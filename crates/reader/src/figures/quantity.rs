//! Quantities: a number with its scale ("3.5 million"), and two of them as a range ("20–30").

use dateline_model::Lang;

use super::hedge::phrase;
use super::spelled::spelled;
use super::token::{Kind, Token, is_hyphen};
use crate::pack::Pack;

/// A number or a range of numbers in the tokens of a sentence.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Quantity {
    /// First token.
    pub from: usize,
    /// Token after the last.
    pub to: usize,
    /// Lowest value.
    pub low: f64,
    /// Highest value.
    pub high: f64,
    /// False where the value could be read differently or the words tell no quantity: such a
    /// quantity is passed over, with all its tokens.
    pub sure: bool,
    /// True where the number itself is rough: "a dozen".
    pub rough: bool,
    /// Value and digits of a bare number in digits, as years are written; `None` for all others.
    pub bare: Option<(f64, usize)>,
    /// True where a word such as "million" multiplies it.
    pub scaled: bool,
    /// True where it is a whole number in words: "three".
    pub in_words: bool,
}

/// What the scale word at a token multiplies by; whether it is rough.
pub fn scale(token: &Token, pack: &Pack) -> Option<(f64, bool)> {
    if !token.is_word() {
        return None;
    }
    let word = token.lower.as_str();
    let exact = if pack.thousand.has(word) || (word == "k" && token.glued) {
        1e3
    } else if pack.million.has(word) || (matches!(word, "m" | "mln" | "mn") && token.glued) {
        1e6
    } else if pack.billion.has(word) || (word == "bn" && token.glued) {
        1e9
    } else if pack.trillion.has(word) || (word == "tn" && token.glued) {
        1e12
    } else if pack.dozen.has(word) {
        return Some((12.0, true));
    } else {
        return None;
    };
    Some((exact, false))
}

/// Reads one number at a token, without ranges. `linked`: see [`spelled`].
pub fn single(tokens: &[Token], at: usize, lang: Lang, pack: &Pack, linked: bool) -> Option<Quantity> {
    let token = tokens.get(at)?;
    let mut found = match token.kind {
        Kind::Number(literal) => Quantity {
            from: at,
            to: at + 1,
            low: literal.value,
            high: literal.value,
            sure: literal.sure,
            rough: false,
            bare: literal.plain.then_some((literal.value, literal.digits)),
            scaled: false,
            in_words: false,
        },
        Kind::Word => words(tokens, at, lang, pack, linked)?,
        Kind::Code | Kind::Sign(_) => return None,
    };
    while let Some((by, rough)) = tokens.get(scale_at(tokens, found.to)).and_then(|token| scale(token, pack))
    {
        // "m" after a bare number may be metres; only money says which, see `figures`.
        found.low *= by;
        found.high = found.low;
        found.rough |= rough;
        found.scaled = true;
        found.bare = None;
        found.to = scale_at(tokens, found.to) + 1;
        // "тыс.", "Mio.": the point belongs to the abbreviation.
        if tokens.get(found.to).is_some_and(|next| next.is_sign('.') && next.glued)
            && found.to + 1 < tokens.len()
        {
            let short = tokens[found.to - 1].text.chars().count() <= 4;
            found.to += usize::from(short && lang != Lang::EN);
        }
    }
    // "2 миллиона 300 тысяч": a smaller scaled number follows at once.
    if found.scaled
        && let Some(Kind::Number(literal)) = tokens.get(found.to).map(|token| token.kind)
        && let Some((by, false)) = tokens.get(found.to + 1).and_then(|token| scale(token, pack))
        && literal.value * by < found.low
    {
        found.low += literal.value * by;
        found.high = found.low;
        found.to += 2;
    }
    (found.low.is_finite() && found.low < 1e18).then_some(found)
}

/// Where a scale word may stand: next, or after a hyphen ("$20-million").
fn scale_at(tokens: &[Token], at: usize) -> usize {
    let hyphen = tokens
        .get(at)
        .is_some_and(|token| matches!(token.kind, Kind::Sign(c) if is_hyphen(c)) && token.glued);
    if hyphen && tokens.get(at + 1).is_some_and(|token| token.glued && token.is_word()) { at + 1 } else { at }
}

fn words(tokens: &[Token], at: usize, lang: Lang, pack: &Pack, linked: bool) -> Option<Quantity> {
    let token = &tokens[at];
    let quantity = |value: f64, to: usize, sure: bool, rough: bool, scaled: bool| Quantity {
        from: at,
        to,
        low: value,
        high: value,
        sure,
        rough,
        bare: None,
        scaled,
        in_words: true,
    };
    if let Some(found) = spelled(&tokens[at..], lang, linked) {
        let scaled = scale(&tokens[at + found.len - 1], pack).is_some();
        return Some(quantity(found.value, at + found.len, !found.ordinal, found.rough, scaled));
    }
    // "a dozen", "un millón", "eine Million": the article stands for one; a plural alone is vague.
    const ARTICLES: [&str; 16] = [
        "a", "an", "one", "un", "une", "uno", "una", "um", "uma", "ein", "eine", "einen", "einer", "einem",
        "один", "одна",
    ];
    let article = at > 0 && ARTICLES.contains(&tokens[at - 1].lower.as_str());
    let bare_unit = matches!(lang, Lang::AR | Lang::RU) && {
        let word = token.lower.as_str();
        matches!(word, "ألف" | "مليون" | "مليار" | "тысяча" | "миллион" | "миллиард")
    };
    match scale(token, pack) {
        Some((by, rough)) if article || bare_unit => Some(quantity(by, at + 1, true, rough, true)),
        _ => None,
    }
}

/// Reads the number or range at a token: the range of "between 20 and 30" begins at its opener.
pub fn quantity(tokens: &[Token], at: usize, lang: Lang, pack: &Pack) -> Option<Quantity> {
    for (openers, told) in [(&pack.between, true), (&pack.changes, false)] {
        for phrase in openers.iter() {
            if let Some(found) = opened(tokens, at, lang, pack, phrase, told) {
                return Some(found);
            }
        }
    }
    let mut first = single(tokens, at, lang, pack, true)?;
    // "10% to 14%" is a range as often as a change: neither number is a figure then.
    let unit = percent_at(tokens, first.to, pack);
    if unit > 0
        && tokens.get(first.to + unit).is_some_and(|token| pack.joins.has(&token.lower))
        && let Some(second) = single(tokens, first.to + unit + 1, lang, pack, true)
        && percent_at(tokens, second.to, pack) > 0
        && first.low < second.low
    {
        first.to = second.to;
        first.sure = false;
        return Some(first);
    }
    let Some(next) = tokens.get(first.to) else { return Some(first) };
    let dash = matches!(next.kind, Kind::Sign('-' | '–' | '—' | '‑' | '‐' | '−'));
    // A dash with blanks parts a sentence: "killed 20 — 5 of them".
    let ranged = dash && next.glued && tokens.get(first.to + 1).is_some_and(|token| token.glued);
    if !(ranged || pack.joins.has(&next.lower)) {
        return Some(first);
    }
    let Some(second) = after_sign(tokens, first.to + 1).and_then(|at| single(tokens, at, lang, pack, true))
    else {
        return Some(first);
    };
    // Scores, telephone numbers and sets go on: "6-4", "555-1234", "3-1-2".
    let chained = ranged
        && (tokens
            .get(second.to)
            .is_some_and(|token| token.glued && matches!(token.kind, Kind::Sign('-' | '–' | ':' | '/'))));
    let telephone = ranged && matches!((first.bare, second.bare), (Some((_, 3)), Some((_, 4))));
    Some(joined(first, second, at, !chained && !telephone))
}

/// "between 20 and 30", where `phrase` is the opener and the joiner.
fn opened(
    tokens: &[Token],
    at: usize,
    lang: Lang,
    pack: &Pack,
    phrase: &str,
    told: bool,
) -> Option<Quantity> {
    let (opener, joiner) = phrase.rsplit_once(' ')?;
    let mut to = at;
    for word in opener.split(' ') {
        if tokens.get(to)?.lower != word {
            return None;
        }
        to += 1;
    }
    let first = single(tokens, after_sign(tokens, to)?, lang, pack, false)?;
    // Arabic writes "and" and the next number as one word; digits stand apart or with a tatweel.
    // "between 20 percent and 25 percent": the unit may stand twice.
    let unit = percent_at(tokens, first.to, pack);
    let join_at = first.to + unit;
    let join = tokens.get(join_at)?;
    if join.lower != joiner && join.lower.trim_end_matches('ـ') != joiner {
        return None;
    }
    let second = single(tokens, after_sign(tokens, join_at + 1)?, lang, pack, false)?;
    // "from 4% to 6%" is told to be a change by its second unit; each number is a figure then.
    let twice = unit > 0 && !told;
    if twice || (unit > 0 && percent_at(tokens, second.to, pack) == 0) {
        return None;
    }
    Some(joined(first, second, at, told))
}

/// How many tokens at `at` say "percent".
fn percent_at(tokens: &[Token], at: usize, pack: &Pack) -> usize {
    match tokens.get(at).map(|token| token.kind) {
        Some(Kind::Sign('%' | '٪')) => 1,
        Some(_) => phrase(tokens, at, &pack.percent).unwrap_or(0),
        None => 0,
    }
}

/// The token after a currency sign, if there is one: "$20 to $30".
fn after_sign(tokens: &[Token], at: usize) -> Option<usize> {
    let token = tokens.get(at)?;
    Some(
        if matches!(token.kind, Kind::Sign('$' | '€' | '£' | '¥' | '₽' | '₹' | '₺' | '₴' | '₪'))
        {
            at + 1
        } else {
            at
        },
    )
}

fn joined(first: Quantity, second: Quantity, from: usize, told: bool) -> Quantity {
    // "2 to 3 million", "2-3 thousand": the scale of the second holds for both.
    let mut low = first.low;
    if second.scaled && !first.scaled && first.low < 1_000.0 {
        let by = [1e12, 1e9, 1e6, 1e3].into_iter().find(|by| second.low >= *by).unwrap_or(1.0);
        low *= by;
    }
    Quantity {
        from,
        to: second.to,
        low,
        high: second.high,
        // A range goes up; what goes down is a score ("2-1"), a season or a change.
        sure: told && first.sure && second.sure && low < second.high,
        rough: first.rough || second.rough,
        // "2019-20", "2020-2021" are years.
        bare: first.bare.filter(|(value, digits)| *digits == 4 && is_year(*value)),
        scaled: second.scaled,
        in_words: first.in_words && second.in_words,
    }
}

/// Whole numbers that are a year far oftener than a count when written without a separator.
pub fn is_year(value: f64) -> bool {
    (1_700.0..=2_100.0).contains(&value) && value.fract() == 0.0
}
