//! The same question in the languages that are read by plain patterns: who says what, and who of them has no name.
//!
//! The gold is `crates/eval/gold/sources_other.jsonl`, in the form of the English one and with the language of each
//! passage; half of it is held out in the same manner, the even numbers. Of sources without a name only that they are
//! such is asked.

use std::collections::BTreeMap;

use dateline_model::Lang;
use dateline_reader::Reader;
use serde::Deserialize;

use super::{Prediction, Row, Tally, is_held, parse, read};
use crate::data::DataError;
use crate::metrics::clusters::Prf;
use crate::report::{Measure, Report, Unit};

const GOLD: &str = include_str!("../../../gold/sources_other.jsonl");

/// A passage and its language.
#[derive(Debug, Deserialize)]
struct Told {
    lang: Lang,
    #[serde(flatten)]
    row: Row,
}

fn rows() -> Result<Vec<Told>, DataError> {
    parse(GOLD, "crates/eval/gold/sources_other.jsonl")
}

/// Adds the figures of the other languages to the report of the English ones.
pub fn run(reader: &Reader, report: &mut Report) -> Result<(), DataError> {
    let mut dev = BTreeMap::<String, Tally>::new();
    let mut held = dev.clone();
    for Told { lang, row } in &rows()? {
        let part = if is_held(row) { &mut held } else { &mut dev };
        part.entry(lang.to_string()).or_default().add(row, &read(&row.text, *lang, reader));
    }
    for (part, tallies) in [("dev", &dev), ("held out", &held)] {
        let mut all = Tally::default();
        for tally in tallies.values() {
            all.join(tally);
        }
        all.report_all(&format!("{part} · other languages"), report);
    }
    for (lang, tally) in &held {
        let measure = |what: &str, prf: Prf| {
            Measure::new(format!("held out · {lang} · {what} · F1"), prf.f1, Unit::Share)
        };
        report.push(measure("statements", tally.statements()));
        report.push(measure("sources without a name", tally.unnamed()));
    }
    Ok(())
}

/// What is read in each passage.
pub fn predictions(reader: &Reader) -> Result<Vec<Prediction>, DataError> {
    let predict = |Told { lang, row }| Prediction { attributions: read(&row.text, lang, reader), id: row.id };
    Ok(rows()?.into_iter().map(predict).collect())
}

impl Tally {
    /// Adds the counts that are reported of a language.
    fn join(&mut self, other: &Self) {
        self.passages += other.passages;
        self.gold += other.gold;
        self.found += other.found;
        self.matched += other.matched;
        self.unnamed_gold += other.unnamed_gold;
        self.unnamed_found += other.unnamed_found;
        self.unnamed_right += other.unnamed_right;
        self.kinds_right += other.kinds_right;
        self.via_gold += other.via_gold;
        self.via_right += other.via_right;
    }

    /// How many of the statements are found, and of those found are some.
    fn statements(&self) -> Prf {
        Prf::new(share(self.matched, self.found), share(self.matched, self.gold))
    }

    /// The same of those by sources without a name.
    fn unnamed(&self) -> Prf {
        Prf::new(share(self.unnamed_right, self.unnamed_found), share(self.unnamed_right, self.unnamed_gold))
    }

    fn report_all(&self, part: &str, report: &mut Report) {
        let mut push = |name: &str, value| {
            report.push(Measure::new(format!("{part} · {name}"), value, Unit::Share));
        };
        for (what, prf) in [("statements", self.statements()), ("sources without a name", self.unnamed())] {
            push(&format!("{what} · F1"), prf.f1);
            push(&format!("{what} · precision"), prf.precision);
            push(&format!("{what} · recall"), prf.recall);
        }
        push("kinds of speaker right, of those", share(self.kinds_right, self.matched));
        push("outlets that obtained it right, of those", share(self.via_right, self.via_gold));
        report.notes.push(format!(
            "{part}: {} passages, {} statements, {} of them by sources without a name.",
            self.passages, self.gold, self.unnamed_gold
        ));
    }
}

fn share(part: usize, whole: usize) -> f64 {
    part as f64 / whole.max(1) as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_gold_quotes_its_own_passages_in_every_language() {
        let rows = rows().unwrap();
        let mut passages = BTreeMap::<String, (usize, usize)>::new();
        for Told { lang, row } in &rows {
            row.check();
            let (all, empty) = passages.entry(lang.to_string()).or_default();
            *all += 1;
            *empty += usize::from(row.said.is_empty());
        }
        assert_eq!(passages.len(), 7);
        for (lang, (all, empty)) in passages {
            assert!(
                all >= 36 && empty >= 4,
                "{lang}: {all} passages, in {empty} of which nobody says anything"
            );
        }
    }
}
