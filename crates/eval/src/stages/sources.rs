//! Sources: who speaks in a passage, named or not, and all that is told of those without a name.
//!
//! The gold is the project's own, `crates/eval/gold/sources.jsonl`: passages written for it in the style of news, with
//! every statement in them, its speaker and, of speakers without a name, what is told of them. Its author did not see
//! what dateline reads in them. Passages in which nobody says anything are there to be passed over. Rules may be
//! worked on with the odd numbers at hand; the even ones are held out. From g325 on all are odd: more to work on, written
//! by other hands than the first. The gold of the other languages stands in a file of its own: see [`other`].

mod other;

use std::io::Write;
use std::path::Path;

use dateline_desk::read_attributions;
use dateline_model::{Anonymity, Attribution, CueClass, Lang, Registry, Span, SpeakerKind};
use dateline_reader::Reader;
use serde::{Deserialize, Serialize};

use crate::data::{DataError, write_jsonl};
use crate::metrics::clusters::Prf;
use crate::report::{Measure, Report, Unit};

const GOLD: &str = include_str!("../../gold/sources.jsonl");
/// Mistakes listed in the report, of each kind.
const LISTED: usize = 12;
/// The slots of a source without a name, in the order in which they are listed.
const SLOTS: [&str; 6] = ["rank", "side", "country", "number", "access", "reason"];

/// A passage with every statement in it.
#[derive(Debug, Deserialize)]
struct Row {
    id: String,
    text: String,
    said: Vec<Said>,
}

/// A statement; all strings are as the passage has them.
#[derive(Debug, Deserialize)]
struct Said {
    source: String,
    kind: SpeakerKind,
    cue_class: CueClass,
    content: String,
    #[serde(default)]
    via: Option<String>,
    #[serde(default)]
    slots: Slots,
}

/// What a passage tells of a source without a name.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Slots {
    rank: Option<String>,
    side: Option<String>,
    country: Option<String>,
    number: Option<String>,
    access: Option<String>,
    reason: Option<String>,
}

impl Slots {
    fn all(&self) -> [Option<&str>; 6] {
        [&self.rank, &self.side, &self.country, &self.number, &self.access, &self.reason]
            .map(Option::as_deref)
    }
}

fn found_slots(slots: Anonymity) -> [Option<Span>; 6] {
    [slots.rank, slots.side, slots.country, slots.number, slots.access, slots.reason]
}

/// What was found in a passage, for another scorer.
#[derive(Debug, Serialize)]
struct Prediction {
    id: String,
    attributions: Vec<Attribution>,
}

fn is_unnamed(kind: SpeakerKind) -> bool {
    matches!(kind, SpeakerKind::Unnamed | SpeakerKind::UnnamedGroup)
}

/// Letters and digits, folded: quotation marks, edges and a determiner in front do not matter.
fn folded(text: &str) -> String {
    let lower = text.to_lowercase();
    let mut words = lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).peekable();
    words.next_if(|word| matches!(*word, "the" | "a" | "an"));
    words.collect::<Vec<_>>().join(" ")
}

/// As the desk reads an article without headline or byline.
fn read(text: &str, lang: Lang, reader: &Reader) -> Vec<Attribution> {
    let mut found = read_attributions("", text, "", lang, reader, Registry::builtin());
    // "did not say whether": what was not said is found too, and marked as that.
    found.retain(|one| !one.deep.as_ref().is_some_and(|deep| deep.cue_negated));
    found
}

/// True where a span of the text overlaps an occurrence of a phrase in it.
fn touches(text: &str, phrase: &str, span: Span) -> bool {
    text.match_indices(phrase)
        .any(|(at, _)| (span.start as usize) < at + phrase.len() && at < span.end as usize)
}

/// Bytes of a phrase that some span covers, at its best occurrence, as a share of the phrase.
fn covered(text: &str, phrase: &str, spans: &[Span]) -> f64 {
    let at_best = text.match_indices(phrase).map(|(at, _)| {
        let end = at + phrase.len();
        let inside = |span: &Span| (span.end as usize).min(end).saturating_sub((span.start as usize).max(at));
        spans.iter().map(inside).sum::<usize>()
    });
    at_best.max().unwrap_or(0) as f64 / phrase.len().max(1) as f64
}

/// Share of a statement that must be found for it to count as found; the data set's own scorer for attributions
/// asks for the same.
const HALF: f64 = 0.5;

fn fits(text: &str, gold: &Said, found: &Attribution) -> bool {
    let deep = found.deep.as_deref();
    let who = deep.and_then(|deep| deep.introduced).into_iter().chain([found.source]);
    let what: Vec<Span> = [found.content]
        .into_iter()
        .chain(deep.iter().flat_map(|deep| deep.continued.iter().copied()))
        .collect();
    who.into_iter().any(|span| touches(text, &gold.source, span))
        && covered(text, &gold.content, &what) >= HALF
}

/// What came of one part of the gold.
#[derive(Debug, Default, Clone)]
struct Tally {
    passages: usize,
    gold: usize,
    found: usize,
    matched: usize,
    unnamed_gold: usize,
    unnamed_found: usize,
    unnamed_right: usize,
    kinds_right: usize,
    cues_right: usize,
    via_gold: usize,
    via_right: usize,
    slots_asked: usize,
    slots_right: usize,
    missed: Vec<String>,
    wrongly: Vec<String>,
    slots_wrong: Vec<String>,
}

impl Tally {
    fn add(&mut self, row: &Row, found: &[Attribution]) {
        let text = row.text.as_str();
        self.passages += 1;
        self.gold += row.said.len();
        self.found += found.len();
        self.unnamed_gold += row.said.iter().filter(|said| is_unnamed(said.kind)).count();
        self.unnamed_found += found.iter().filter(|one| is_unnamed(one.speaker)).count();
        let mut free = vec![true; found.len()];
        let mut right = vec![false; found.len()];
        for said in &row.said {
            // Where several fit, one of the right kind is meant.
            let fitting = || (0..found.len()).filter(|at| free[*at] && fits(text, said, &found[*at]));
            let same = |at: &usize| is_unnamed(found[*at].speaker) == is_unnamed(said.kind);
            let Some(at) = fitting().find(same).or_else(|| fitting().next()) else {
                if is_unnamed(said.kind) {
                    self.missed.push(format!("{}: “{}”", row.id, said.source));
                }
                continue;
            };
            free[at] = false;
            let one = &found[at];
            self.matched += 1;
            self.kinds_right += usize::from(one.speaker == said.kind);
            self.cues_right +=
                usize::from(one.deep.as_ref().is_some_and(|deep| deep.class == said.cue_class));
            if let Some(via) = &said.via {
                self.via_gold += 1;
                let words = one.via.and_then(|span| span.of(text)).unwrap_or_default();
                self.via_right += usize::from(folded(words) == folded(via));
            }
            if !is_unnamed(said.kind) {
                continue;
            }
            if !is_unnamed(one.speaker) {
                self.missed.push(format!("{}: “{}” taken for {:?}", row.id, said.source, one.speaker));
                continue;
            }
            right[at] = true;
            self.unnamed_right += 1;
            self.compare_slots(row, said, one);
        }
        let wrongly = found.iter().zip(&right).filter(|(one, right)| is_unnamed(one.speaker) && !**right);
        for (one, _) in wrongly {
            let words = one.source.of(text).unwrap_or_default();
            self.wrongly.push(format!("{}: “{words}”", row.id));
        }
    }

    fn compare_slots(&mut self, row: &Row, said: &Said, one: &Attribution) {
        let slots = one.deep.as_ref().and_then(|deep| deep.slots).unwrap_or_default();
        for ((name, gold), found) in SLOTS.iter().zip(said.slots.all()).zip(found_slots(slots)) {
            let found = found.and_then(|span| span.of(&row.text));
            if gold.is_none() && found.is_none() {
                continue;
            }
            self.slots_asked += 1;
            if gold.map(folded) == found.map(folded) {
                self.slots_right += 1;
            } else {
                let of = |slot: Option<&str>| slot.map_or("nothing".into(), |words| format!("“{words}”"));
                self.slots_wrong.push(format!("{}: {name} is {}, found {}", row.id, of(gold), of(found)));
            }
        }
    }

    fn report(&self, part: &str, report: &mut Report) {
        let share = |part: usize, whole: usize| part as f64 / whole.max(1) as f64;
        let measure = |name: &str, value| Measure::new(format!("{part} · {name}"), value, Unit::Share);
        let unnamed = Prf::new(
            share(self.unnamed_right, self.unnamed_found),
            share(self.unnamed_right, self.unnamed_gold),
        );
        report.push(measure("sources without a name · F1", unnamed.f1).at_least(0.95));
        report.push(measure("sources without a name · precision", unnamed.precision));
        report.push(measure("sources without a name · recall", unnamed.recall));
        report.push(
            measure("what is told of them, right", share(self.slots_right, self.slots_asked)).at_least(0.90),
        );
        report.push(measure("statements found", share(self.matched, self.gold)));
        report.push(measure("statements found that are some", share(self.matched, self.found)));
        report.push(measure("kinds of speaker right, of those", share(self.kinds_right, self.matched)));
        report.push(measure("how strongly put right, of those", share(self.cues_right, self.matched)));
        report
            .push(measure("outlets that obtained it right, of those", share(self.via_right, self.via_gold)));
        report.notes.push(format!(
            "{part}: {} passages, {} statements, {} of them by sources without a name.",
            self.passages, self.gold, self.unnamed_gold
        ));
    }

    /// The mistakes, for whoever works on the rules: of the half that is not held out.
    fn list(&self, report: &mut Report) {
        for (what, list) in [
            ("not found", &self.missed),
            ("found where there is none", &self.wrongly),
            ("told otherwise", &self.slots_wrong),
        ] {
            if !list.is_empty() {
                let first = list.iter().take(LISTED).map(|line| format!("- {line}\n")).collect::<String>();
                report.notes.push(format!(
                    "{what}, {} of {}:\n\n{first}",
                    list.len().min(LISTED),
                    list.len()
                ));
            }
        }
    }
}

fn rows() -> Result<Vec<Row>, DataError> {
    parse(GOLD, "crates/eval/gold/sources.jsonl")
}

/// Reads gold that is part of the program, each line as a `T`.
fn parse<T: serde::de::DeserializeOwned>(gold: &str, path: &str) -> Result<Vec<T>, DataError> {
    let parse = |(at, line): (usize, &str)| {
        serde_json::from_str(line).map_err(|error| DataError::Line {
            path: path.into(),
            line: at + 1,
            what: error.to_string(),
        })
    };
    gold.lines().enumerate().map(parse).collect()
}

/// True for the half of the gold that nobody works with: the even numbers.
fn is_held(row: &Row) -> bool {
    row.id.bytes().next_back().is_some_and(|digit| digit % 2 == 0)
}

/// Runs the stage. The gold is part of the program; nothing is read from `_data`.
///
/// # Errors
///
/// Where a line of the gold is not what it should be.
pub fn run(_data: &Path) -> Result<Report, DataError> {
    let mut report = Report::new(
        "sources",
        "Who speaks, named or not, and what is told of those without a name, in English; and who speaks, in seven more languages.",
    );
    let reader = Reader::new(Registry::builtin());
    let (mut dev, mut held) = (Tally::default(), Tally::default());
    for row in &rows()? {
        let part = if is_held(row) { &mut held } else { &mut dev };
        part.add(row, &read(&row.text, Lang::EN, &reader));
    }
    dev.report("dev", &mut report);
    held.report("held out", &mut report);
    report.notes.push(
        "The passages were written for the project. A statement counts as found where its speaker and half of what \
         is said are; what is told of a speaker counts as right where it is right to the word."
            .into(),
    );
    dev.list(&mut report);
    other::run(&reader, &mut report)?;
    Ok(report)
}

/// Writes what is read in each passage.
///
/// # Errors
///
/// Where a line of the gold is not what it should be, or `out` takes no more.
pub fn write_predictions(_data: &Path, out: &mut dyn Write) -> Result<(), DataError> {
    let reader = Reader::new(Registry::builtin());
    let predict = |row: Row| Prediction { attributions: read(&row.text, Lang::EN, &reader), id: row.id };
    let mut all: Vec<Prediction> = rows()?.into_iter().map(predict).collect();
    all.extend(other::predictions(&reader)?);
    write_jsonl(out, all)
}

#[cfg(test)]
mod tests {
    use super::*;

    impl Row {
        /// All strings stand in the passage, and only sources without a name have slots.
        pub fn check(&self) {
            for said in &self.said {
                let slots = said.slots.all().into_iter().flatten();
                let told =
                    [said.source.as_str(), said.content.as_str()].into_iter().chain(said.via.as_deref());
                for words in told.chain(slots) {
                    assert!(self.text.contains(words), "{}: {words}", self.id);
                }
                assert!(is_unnamed(said.kind) || said.slots.all() == [None; 6], "{}", self.id);
            }
        }
    }

    #[test]
    fn the_gold_quotes_its_own_passages() {
        let rows = rows().unwrap();
        assert!(rows.len() >= 150, "{}", rows.len());
        rows.iter().for_each(Row::check);
        let empty = rows.iter().filter(|row| row.said.is_empty()).count();
        assert!(empty >= 20, "passages in which nobody says anything: {empty}");
    }

    fn row(text: &str, said: &str) -> Row {
        serde_json::from_str(&format!(r#"{{"id": "g1", "text": "{text}", "said": [{said}]}}"#)).unwrap()
    }

    #[test]
    fn a_source_is_right_with_its_words_and_its_slots() {
        let text = "The ferry was overloaded, two senior port officials told the Harbor Times.";
        let gold = r#"{"source": "two senior port officials", "kind": "unnamed_group", "cue_class": "say",
            "content": "The ferry was overloaded", "slots": {"rank": "senior", "number": "three"}}"#;
        let found = read(text, Lang::EN, &Reader::new(Registry::builtin()));
        let mut tally = Tally::default();
        tally.add(&row(text, gold), &found);
        assert_eq!((tally.unnamed_gold, tally.unnamed_found, tally.unnamed_right), (1, 1, 1));
        // The rank is right, the number is another, and the side is told where the gold has none.
        assert_eq!((tally.slots_asked, tally.slots_right), (3, 1), "{:?}", tally.slots_wrong);

        let mut named = Tally::default();
        named.add(&row(text, ""), &found);
        assert_eq!((named.unnamed_found, named.unnamed_right, named.wrongly.len()), (1, 0, 1));
        let mut missed = Tally::default();
        missed.add(&row(text, gold), &[]);
        assert_eq!((missed.unnamed_right, missed.missed.len()), (0, 1));
    }
}
