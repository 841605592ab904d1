//! Figures: numbers with what they count, as a sentence states them.
//!
//! A brief puts figures in a table beside their speakers, and never averages them, so what counts here
//! is that every figure is one: "at least 1,000 U.S. troops" is, "Airbase 101", "May 2", "a
//! 45-year-old" and "one in five" are not. The flow is `token` (a sentence cut up), `quantity`
//! (numbers, scales, ranges; `digits` and `spelled` below it), `hedge`, `unit`, and last
//! `refused`, the rules that tell what only looks like a figure. A number without a clear unit is
//! not reported. The words of each language stand in `languages/`; a language without a file has no figures.

mod digits;
mod hedge;
mod number_words;
mod quantity;
mod refused;
mod spelled;
mod token;
mod unit;

#[cfg(test)]
mod tests;

use dateline_model::{Figure, Hedge, Lang, Span};

use self::quantity::{Quantity, quantity, single};
use self::token::{Kind, Token, tokens};
use self::unit::Language;
use crate::pack::{pack, pack_or_english};
use crate::stopwords::stop_words;

/// The figures of one sentence of a text, in order.
///
/// Offsets lie in `text`. Linear in the length of the sentence, of which at most a thousand words
/// are read. Empty for languages without a pack and for a span that does not fit the text.
pub fn figures(text: &str, sentence: Span, lang: Lang) -> Vec<Figure> {
    let Some(pack) = pack(lang) else { return Vec::new() };
    let tokens = tokens(text, sentence, lang);
    if tokens.is_empty() {
        return Vec::new();
    }
    let stops = stop_words(lang);
    let language = Language { lang, pack, stops: &stops };
    let mut found = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let Some(quantity) = quantity(&tokens, at, lang, pack) else {
            at += 1;
            continue;
        };
        at = quantity.to;
        if !quantity.sure {
            continue;
        }
        if let Some((figure, end)) = figure(&tokens, &quantity, language)
            // Where two numbers claim one unit ("five$20") the first has it.
            && found.last().is_none_or(|last: &Figure| last.span.end <= figure.span.start)
        {
            found.push(figure);
            at = at.max(end);
        }
    }
    found
}

/// The figure a quantity makes with what stands around it, and the token after it.
fn figure(tokens: &[Token], quantity: &Quantity, language: Language) -> Option<(Figure, usize)> {
    let pack = language.pack;
    let money = unit::currency_before(tokens, first_number(tokens, quantity));
    let plus = tokens.get(quantity.to).is_some_and(|token| token.is_sign('+') && token.glued);
    let counted_from = quantity.to + usize::from(plus);
    let one = quantity.high == 1.0;
    // Collectives and dozens take "de" as scales do: "une centaine de personnes".
    let follows = unit::after(tokens, counted_from, quantity.scaled || quantity.rough, one, language);
    let unit = money.or(follows)?;
    // "5m": metres or million is told by money alone.
    let glued_scale =
        tokens[quantity.to - 1].glued && matches!(tokens[quantity.to - 1].lower.as_str(), "m" | "k");
    if glued_scale && money.is_none() {
        return None;
    }
    let mut from = quantity.from.min(unit.from);
    if quantity.in_words && from > 0 && is_article(&tokens[from - 1].lower) {
        from -= 1;
    }
    let (mut hedged, mut start) = hedge::before(tokens, from, pack);
    // "revised up to 3 percent, from 2.7": "up" belongs to the verb, and the number is exact.
    let comma = usize::from(tokens.get(unit.to).is_some_and(|token| token.is_sign(',')));
    if hedged == Hedge::AtMost && tokens.get(unit.to + comma).is_some_and(|token| token.lower == "from") {
        (hedged, start) = (Hedge::Exact, from);
    }
    if refused::refusal(tokens, start, quantity, &unit, language.lang, pack).is_some() {
        return None;
    }
    let end = unit.to.max(quantity.to).max(counted_from);
    let after = hedge::after(tokens, if plus { quantity.to } else { end }, pack);
    if hedged == Hedge::Exact && (after.is_some() || plus) {
        hedged = Hedge::AtLeast;
    }
    if hedged == Hedge::Exact && quantity.rough {
        hedged = Hedge::About;
    }
    let end = after.map_or(end, |after| after.max(end));
    let figure = Figure {
        span: Span { start: tokens[start].span.start, end: tokens[end - 1].span.end },
        low: quantity.low,
        high: quantity.high,
        hedge: hedged,
        unit: Span { start: tokens[unit.from].span.start, end: tokens[unit.to - 1].span.end },
    };
    Some((figure, end))
}

/// Where the digits of a quantity begin: after the opener of a range and a currency sign.
fn first_number(tokens: &[Token], quantity: &Quantity) -> usize {
    let inside = quantity.from..quantity.to;
    tokens[inside]
        .iter()
        .position(|token| matches!(token.kind, Kind::Number(_)))
        .map_or(quantity.from, |at| quantity.from + at)
}

fn is_article(word: &str) -> bool {
    matches!(
        word,
        "a" | "an" | "un" | "une" | "una" | "um" | "uma" | "ein" | "eine" | "einen" | "einem" | "einer"
    )
}

/// Every number of a text, in digits or words, of any kind, with its value: what the rule checker
/// compares a sentence of a brief with the passages it cites.
///
/// Dates, names and scores give their numbers, too ("Airbase 101" gives 101, "14:30" gives 14 and 30,
/// "24th" gives 24); scales are multiplied in ("3.5 million" gives 3,500,000). Articles that are also
/// the number one ("un", "eine") give none, nor do vague plurals ("hundreds of"). A literal that is
/// no number as a whole ("2.5.2020") gives the numbers it is made of.
pub fn numbers(text: &str, lang: Lang) -> Vec<(Span, f64)> {
    let pack = pack_or_english(lang);
    let mut found = Vec::new();
    for paragraph in crate::sentences::paragraphs(text) {
        let mut rest = paragraph;
        // The tokens of a sentence are bounded in number, so a long line is read in pieces.
        while !rest.is_empty() {
            let tokens = tokens(text, rest, lang);
            let Some(last) = tokens.last() else { break };
            rest.start = last.span.end;
            let mut at = 0;
            while at < tokens.len() {
                if let Some(one) = single(&tokens, at, lang, pack, true) {
                    found.push((
                        Span { start: tokens[at].span.start, end: tokens[one.to - 1].span.end },
                        one.low,
                    ));
                    at = one.to;
                    continue;
                }
                if tokens[at].kind == Kind::Code {
                    runs(&tokens[at], &mut found);
                }
                at += 1;
            }
        }
    }
    found
}

/// The runs of digits in a token that is no number as a whole.
fn runs(token: &Token, found: &mut Vec<(Span, f64)>) {
    let mut run = String::new();
    let mut start = 0;
    for (at, c) in token.text.char_indices().chain([(token.text.len(), ' ')]) {
        if let Some(digit) = digits::digit(c) {
            if run.is_empty() {
                start = at;
            }
            run.push(digit);
            continue;
        }
        if let Ok(value) = run.parse::<f64>()
            && value.is_finite()
        {
            let base = token.span.start as usize;
            found.push((Span::new(base + start, base + at), value));
        }
        run.clear();
    }
}
