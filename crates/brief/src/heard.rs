//! Who says a sentence, as far as the deep reading of its article can be trusted.
//!
//! The deep reading finds every attribution, also the side remarks: "the bank cut its rate, saying …". A brief takes
//! over whole sentences, so it asks for less: who answers for this sentence as a whole. It is credited to one speaker
//! only where one alone speaks in it, and for most of it. Composer and rules ask here, so they agree.

use dateline_model::{Attribution, DAY, OccasionKind, Span, SpeakerKind, When};
use dateline_reader::words::fold;

use crate::vocabulary::cue;

/// Share of a sentence's letters that a speaker, their cue and their words must fill to answer for it. Below it the
/// sentence is the newsroom's, with a remark of somebody's in it. All credited sentences of the demo lie above .6 but
/// for "the bank cut its rate, saying …", which is the bank's doing and not its words.
const ANSWERS: f64 = 0.5;
/// Words a statement must have outside of quotation marks: with fewer it is a thing and no statement ("the move").
const SHORTEST: usize = 3;
/// Words that stand between a source and a cue in "-ing" where the cue only trails behind another verb.
const TRAILS: usize = 4;

/// Who says a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Heard<'a> {
    /// Nobody but the newsroom, as far as the deep reading sees.
    Nobody,
    /// One speaker, by one or more attributions; the one with the most words first.
    One(&'a Attribution),
    /// Several, or one for a part only: nobody answers for the whole.
    Mixed(Vec<&'a Attribution>),
}

/// Who says the sentence at `sentence`, by the deep attributions of its text. Linear in their number.
pub fn heard<'a>(text: &str, sentence: Span, said: &'a [Attribution]) -> Heard<'a> {
    let here: Vec<&Attribution> = said.iter().filter(|one| is_statement(text, sentence, one)).collect();
    // What stands inside somebody's words is theirs: "officials said the owner had denied it".
    let mut top: Vec<&Attribution> = here
        .iter()
        .copied()
        .filter(|one| {
            !here.iter().any(|other| other.cue != one.cue && contents(other).any(|run| run.contains(one.cue)))
        })
        .collect();
    top.sort_by_key(|one| std::cmp::Reverse(one.content.len()));
    let Some(first) = top.first().copied() else { return Heard::Nobody };
    if top.iter().any(|other| !is_same_speaker(text, first, other)) || filled(text, sentence, &top) < ANSWERS
    {
        return Heard::Mixed(top);
    }
    Heard::One(first)
}

/// Who spoke on which occasion, where a named speaker speaks to everybody: surname, kind of occasion, day. `None` where
/// that is not told, or where somebody was spoken to alone.
pub fn occasion(said: &Attribution, speaker: &str, reported: Option<When>) -> Option<(String, String, i64)> {
    let kind = said.deep.as_ref()?.occasion?.kind;
    if said.speaker != SpeakerKind::Named || kind == OccasionKind::Interview {
        return None;
    }
    Some((surname(speaker)?, format!("{kind:?}"), reported?.seconds.div_euclid(DAY)))
}

/// The last word of a name, where a phrase is a name with what its bearer is: "a survivor, Gamal Abu Wafi".
pub fn surname(phrase: &str) -> Option<String> {
    const ARTICLES: [&str; 4] = ["A ", "An ", "The ", "Its "];
    let opens = |part: &&str| {
        part.starts_with(char::is_uppercase) && !ARTICLES.iter().any(|article| part.starts_with(article))
    };
    let name = phrase.split(',').map(str::trim).find(opens)?;
    name.split_whitespace().last().map(fold)
}

/// What an attribution says: its content, and where it goes on.
pub fn contents(said: &Attribution) -> impl Iterator<Item = Span> + '_ {
    std::iter::once(said.content).chain(said.deep.iter().flat_map(|deep| deep.continued.iter().copied()))
}

/// True where an attribution puts a statement as somebody's.
///
/// - *it lies in the sentence*, source and cue;
/// - *somebody speaks*: the cue has a verb of saying. "Shop owners stacked sandbags against doors" has none;
/// - *something is said*: "declined to comment" says nothing, "the move" is a thing, and the wish not to be named
///   is about the source;
/// - *the source is a phrase*: no run over a line or out of a bracket, nobody and no pronoun of everybody;
/// - *it does not trail*: in "the bank cut its rate, saying …" the cutting is told.
fn is_statement(text: &str, sentence: Span, said: &Attribution) -> bool {
    let Some(deep) = said.deep.as_deref() else { return false };
    let words = |span: Span| span.of(text).unwrap_or_default();
    let (source, by) = (words(said.source), words(said.cue));
    let first = source.split_whitespace().next().unwrap_or_default().to_lowercase();
    let whole = !source.contains(['\n', '\r']) && source.matches('(').count() == source.matches(')').count();
    let asks = |span: Option<Span>| span.is_some_and(|span| span.overlaps(said.content));
    let about = asks(said.anonymity) || asks(deep.slots.and_then(|slots| slots.reason));
    let trails = said.source.end < said.cue.start
        && by.split_whitespace().next().is_some_and(|verb| verb.ends_with("ing"))
        && words(Span { start: said.source.end, end: said.cue.start }).split_whitespace().count() >= TRAILS;
    sentence.contains(said.source)
        && sentence.contains(said.cue)
        && !deep.cue_negated
        && by.split(|c: char| !c.is_alphanumeric()).any(|word| cue(word).is_some())
        && (said.direct || words(said.content).split_whitespace().count() >= SHORTEST)
        && !about
        && !source.is_empty()
        && whole
        && !NOBODY.contains(&first.as_str())
        && !trails
}

/// Sources that are nobody in particular, by their first word.
const NOBODY: [&str; 16] = [
    "i",
    "we",
    "you",
    "who",
    "which",
    "that",
    "nobody",
    "none",
    "no",
    "neither",
    "few",
    "everybody",
    "everyone",
    "anyone",
    "anybody",
    "others",
];

/// True where two attributions of a sentence are one speaker's.
fn is_same_speaker(text: &str, one: &Attribution, other: &Attribution) -> bool {
    let who = |said: &Attribution| said.deep.as_ref().and_then(|deep| deep.introduced).unwrap_or(said.source);
    one.source == other.source || who(one).overlaps(who(other)) || who(one).of(text) == who(other).of(text)
}

/// The share of a sentence that attributions fill with speaker, cue and words.
fn filled(text: &str, sentence: Span, said: &[&Attribution]) -> f64 {
    let letters =
        |span: Span| span.of(text).map_or(0, |words| words.chars().filter(|c| c.is_alphanumeric()).count());
    let mut runs: Vec<Span> = said
        .iter()
        .flat_map(|said| contents(said).chain([said.source, said.cue]).chain(said.via))
        .filter(|run| run.overlaps(sentence))
        .map(|run| Span { start: run.start.max(sentence.start), end: run.end.min(sentence.end) })
        .collect();
    runs.sort_by_key(|run| run.start);
    let (mut all, mut end) = (0, sentence.start);
    for run in runs {
        let from = run.start.max(end);
        if from < run.end {
            all += letters(Span { start: from, end: run.end });
            end = run.end;
        }
    }
    all as f64 / letters(sentence).max(1) as f64
}
