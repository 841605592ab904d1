//! How a source without a name is characterised: rank, side, country, number, access, and the reason for anonymity.

use std::ops::Range;

use dateline_model::{Anonymity, Span};

use super::lexicon::LEXICON;
use super::speaker::Speaker;
use super::tree::Tree;

/// The slots that the source's own phrase fills.
pub fn of_phrase(tree: &Tree<'_>, speaker: &Speaker) -> Anonymity {
    let mut slots = Anonymity::default();
    if speaker.pronoun {
        if speaker.plural && tree.lower(speaker.head) == "both" {
            slots.number = Some(tree.span(speaker.head..speaker.head + 1));
        }
        return slots;
    }
    before(tree, speaker, &mut slots);
    behind(tree, speaker, &mut slots);
    slots
}

/// A word before the noun, hyphenated ones whole.
#[derive(Debug)]
struct Modifier {
    run: Range<usize>,
    lower: String,
}

/// The words before a noun, from the left.
fn modifiers(tree: &Tree<'_>, run: Range<usize>) -> Vec<Modifier> {
    let mut all: Vec<Modifier> = Vec::new();
    for at in run {
        let joined = at > 0 && tree.token(at - 1).span.end == tree.token(at).span.start;
        match all.last_mut() {
            // "high-ranking", "Trump's"
            Some(last) if last.run.end == at && joined && !matches!(tree.word(at), "," | "\"" | "”") => {
                last.run.end = at + 1;
                last.lower.push_str(tree.lower(at));
            }
            _ => all.push(Modifier { run: at..at + 1, lower: tree.lower(at).to_owned() }),
        }
    }
    all
}

fn before(tree: &Tree<'_>, speaker: &Speaker, slots: &mut Anonymity) {
    let lexicon = &*LEXICON;
    let noun = speaker.noun;
    let reach = tree.reach(noun);
    let own = speaker.noun == speaker.head;
    let mut start = if own { speaker.phrase.start } else { reach.start.max(speaker.head + 1) };
    for at in (start..noun).rev() {
        if tree.is_mark(at) && tree.word(at) != "-" {
            start = at + 1;
            break;
        }
    }
    if !own {
        let word = tree.lower(speaker.head);
        if speaker.plural && (lexicon.number.contains(word) || tree.tag(speaker.head) == "CD") {
            // "at least two of the officials", "dozens of residents"
            slots.number = Some(tree.span(speaker.head..speaker.head + 1));
        }
    }
    let words = modifiers(tree, start..noun);
    let mut side: Option<Range<usize>> = None;
    let mut at = 0;
    while at < words.len() {
        // Countries may have three words: "South Korean".
        let country = (1..=3.min(words.len() - at)).rev().find(|&n| {
            let run = words[at].run.start..words[at + n - 1].run.end;
            let written = tree.span(run.clone()).of(tree.text).unwrap_or_default();
            let plain = written.to_lowercase().replace('’', "'");
            tree.is_capitalised(run.start)
                && (lexicon.countries.contains(&plain)
                    || plain.strip_suffix("'s").is_some_and(|bare| lexicon.countries.contains(bare)))
        });
        if let Some(n) = country {
            let run = words[at].run.start..words[at + n - 1].run.end;
            slots.country = Some(tree.span(without_possessive(tree, run)));
            at += n;
            continue;
        }
        let Modifier { run, lower } = &words[at];
        at += 1;
        let word = lower.as_str();
        let tag = tree.tag(run.start);
        let number = tag == "CD" || (lexicon.number.contains(word) && speaker.plural);
        if number {
            if speaker.plural && word != "one" && side.is_none() {
                let from = slots
                    .number
                    .filter(|_| run.start > start)
                    .map_or(run.start, |span| tree.tokens_in(span).start);
                slots.number = Some(tree.span(from..run.end));
            }
        } else if matches!(tag, "DT" | "PRP$" | "IN" | "RB" | "RBS" | "RBR" | "WDT" | "PDT")
            && !lexicon.rank.contains(word)
        {
            // "most senior", "half a dozen": a number goes on over the article.
        } else if lexicon.rank.contains(word) && side.is_none() {
            let from = slots.rank.map_or(run.start, |span| tree.tokens_in(span).start);
            slots.rank = Some(tree.span(from..run.end));
        } else if lexicon.no_side.contains(word)
            || matches!(tag, "CC" | "VBN" | "VBG") && !tree.is_capitalised(run.start)
            || tree.is_mark(run.start)
        {
            // says nothing of the side
        } else {
            side = Some(side.map_or(run.clone(), |side| side.start..run.end));
        }
    }
    if let Some(run) = side {
        slots.side = Some(tree.span(without_possessive(tree, run)));
    }
    // "several people", of whom the determiner counts
    if slots.number.is_none() && speaker.plural && own {
        let first = words.first().filter(|word| lexicon.number.contains(word.lower.as_str()));
        slots.number = first.map(|word| tree.span(word.run.clone()));
    }
}

fn without_possessive(tree: &Tree<'_>, run: Range<usize>) -> Range<usize> {
    if run.len() > 1 && matches!(tree.lower(run.end - 1), "'s" | "'") { run.start..run.end - 1 } else { run }
}

/// People of a place.
const INHABITANTS: [&str; 12] = [
    "resident",
    "residents",
    "villager",
    "villagers",
    "people",
    "citizens",
    "inhabitants",
    "natives",
    "man",
    "woman",
    "men",
    "women",
];

/// What stands behind the noun: "an official **at the ministry**", "diplomats **from two European countries**".
fn behind(tree: &Tree<'_>, speaker: &Speaker, slots: &mut Anonymity) {
    let noun = speaker.noun;
    let lexicon = &*LEXICON;
    for prep in tree.children(noun).filter(|&child| child > noun && tree.label(child) == "prep") {
        let Some(object) = tree.child(prep, &["pobj"]) else { continue };
        let reach = tree.reach(object);
        let run = reach.start..(object + 1).max(end_of_name(tree, object));
        let word = tree.lower(object);
        let written = tree.span(run.clone()).of(tree.text).unwrap_or_default();
        let bare = written.trim_start_matches("the ").trim_start_matches("The ");
        let is_country = lexicon.countries.contains(bare.to_lowercase().as_str());
        let countries = matches!(
            word,
            "country"
                | "countries"
                | "nation"
                | "nations"
                | "government"
                | "governments"
                | "state"
                | "states"
        ) && run.clone().any(|at| lexicon.countries.contains(tree.lower(at)));
        match tree.lower(prep) {
            "from" | "of" if (is_country || countries) && slots.country.is_none() => {
                slots.country = Some(tree.span(run))
            }
            "of" | "for" | "at" | "from" | "inside" | "within" | "to" | "with" | "on" | "in"
                if slots.side.is_none() =>
            {
                let organisation = lexicon.office.contains(word)
                    || (tree.is_capitalised(object) && !is_country && tree.lower(prep) != "in");
                let person = lexicon.person.contains(word)
                    || lexicon.holder.contains(word)
                    || tree.tag(object).starts_with("NNP");
                let fits = match tree.lower(prep) {
                    "of" | "for" | "to" => organisation || person || tree.is_noun(object),
                    "at" | "from" | "inside" | "within" => {
                        organisation || (tree.is_noun(object) && tree.lower(prep) == "at" && word != "scene")
                    }
                    _ => organisation && !tree.tag(object).starts_with("NNP") && !is_place_like(word),
                };
                // "a source of the report", "people with knowledge": no side.
                let counted = tree.tag(object) == "CD"
                    || matches!(
                        word,
                        "condition"
                            | "knowledge"
                            | "anonymity"
                            | "ties"
                            | "access"
                            | "matter"
                            | "background"
                            | "them"
                            | "age"
                    );
                // "residents of Port Almeda" live there, and are on nobody's side.
                let lives = tree.tag(object).starts_with("NNP") && INHABITANTS.contains(&tree.lower(noun));
                if fits && !counted && !lives && object != noun {
                    slots.side = Some(tree.span(run));
                }
            }
            _ => {}
        }
    }
}

fn is_place_like(word: &str) -> bool {
    matches!(
        word,
        "capital"
            | "country"
            | "city"
            | "town"
            | "village"
            | "district"
            | "province"
            | "state"
            | "region"
            | "center"
            | "centre"
            | "county"
            | "world"
            | "nation"
            | "house"
            | "front"
    )
}

/// Where a name with its "of …" ends: "Department of Defense".
fn end_of_name(tree: &Tree<'_>, object: usize) -> usize {
    let of = tree.children(object).find(|&child| child == object + 1 && tree.lower(child) == "of");
    of.map_or(object + 1, |of| tree.reach(of).end)
}

/// How a source would know: the first phrase of access between the source's noun and the cue.
///
/// `within` are the tokens that may speak of the source.
pub fn access(tree: &Tree<'_>, within: Range<usize>) -> Option<Span> {
    let lexicon = &*LEXICON;
    let mut at = within.start;
    while at < within.end {
        if let Some(end) = tree.phrase(at, &lexicon.access, within.end) {
            // "who had seen the manifest": the pronoun is not part of it.
            let from = if matches!(tree.lower(at), "who") { at + 1 } else { at };
            return Some(tree.span(from..clause_end(tree, end, within.end)));
        }
        at += 1;
    }
    None
}

/// Where a phrase that began before `from` ends: at the next comma, dash, bracket or quotation mark, or where another
/// clause about the source begins.
fn clause_end(tree: &Tree<'_>, from: usize, end: usize) -> usize {
    let stops = |at: &usize| {
        let word = tree.word(*at);
        matches!(word, "," | ";" | ":" | "." | "—" | "–" | "--" | "(" | ")" | "“" | "”" | "\"" | "!" | "?")
            || word.contains('\n')
            || matches!(tree.lower(*at), "who" | "whose")
            || (tree.lower(*at) == "and"
                && *at + 1 < end
                && matches!(
                    tree.lower(*at + 1),
                    "who" | "spoke" | "speaking" | "asked" | "requested" | "declined" | "were" | "was"
                ))
            || (matches!(tree.lower(*at), "said" | "told" | "says" | "spoke" | "speaking"))
    };
    (from..end).find(stops).unwrap_or(end)
}

/// A reason for anonymity as it stands: the phrase that asks for it, and the whole with its explanation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reason {
    /// Where it begins.
    pub token: usize,
    /// "on condition of anonymity"
    pub phrase: Span,
    /// "on condition of anonymity because the talks are private"
    pub whole: Span,
}

/// All reasons for anonymity of a text, in order. One pass.
pub fn reasons(tree: &Tree<'_>) -> Vec<Reason> {
    let lexicon = &*LEXICON;
    let mut all = Vec::new();
    let mut at = 0;
    while at < tree.len() {
        let sentence_end = tree.sentence(tree.sentence_of(at)).end;
        let Some(end) = tree.phrase(at, &lexicon.reason, sentence_end).filter(|_| !tree.quoted(at)) else {
            at += 1;
            continue;
        };
        let mut to = end;
        let whole = loop {
            let stop = clause_end_of_reason(tree, to, sentence_end);
            // "on condition of anonymity, citing …": the explanation may stand behind a comma.
            let explains = stop + 1 < sentence_end
                && tree.word(stop) == ","
                && matches!(tree.lower(stop + 1), "citing" | "because" | "given" | "fearing" | "for" | "due")
                && to == end;
            if !explains {
                break stop;
            }
            to = stop + 1;
        };
        all.push(Reason { token: at, phrase: tree.span(at..end), whole: tree.span(at..whole) });
        at = whole.max(end);
    }
    all
}

fn clause_end_of_reason(tree: &Tree<'_>, from: usize, end: usize) -> usize {
    let stops = |at: &usize| {
        let word = tree.word(*at);
        matches!(word, "," | ";" | ":" | "." | "—" | "–" | "--" | "(" | ")" | "“" | "”" | "\"" | "!" | "?")
            || word.contains('\n')
            || (matches!(
                tree.lower(*at),
                "said"
                    | "told"
                    | "says"
                    | "confirmed"
                    | "added"
                    | "described"
                    | "wrote"
                    | "warned"
                    | "acknowledged"
            ) && (tree.tag(*at) == "VBD" || tree.tag(*at) == "VBZ"))
    };
    (from..end).find(stops).unwrap_or(end)
}

/// Takes from `more` what `slots` lacks: what an introduction says of a source holds for it.
pub fn fill(slots: &mut Anonymity, more: &Anonymity, with_number: bool) {
    slots.rank = slots.rank.or(more.rank);
    slots.side = slots.side.or(more.side);
    slots.country = slots.country.or(more.country);
    slots.access = slots.access.or(more.access);
    slots.reason = slots.reason.or(more.reason);
    if with_number {
        slots.number = slots.number.or(more.number);
    }
}
