//! Numbers: the statements that count something, by what they count and when (rule D2).

use std::collections::{BTreeMap, BTreeSet};

use dateline_model::Sentence;

use super::counted::unit;
use super::draft::{Desk, Place};
use super::eligible::is_printable;

/// Rows at most.
const ROWS: usize = 8;

/// For each thing counted, the value of each origin that others repeat most; things that several
/// sentences count come first. A sentence that stands above is not printed again.
pub fn numbers(desk: &Desk<'_>, told: &[String]) -> Vec<Sentence> {
    let places = desk.places(|source, at| {
        let piece = &source.pieces[at];
        source.lang() == desk.lang && !piece.figures.is_empty() && is_printable(source, piece)
    });
    let mut things: BTreeMap<String, Vec<(Place, u64)>> = BTreeMap::new();
    for place in places {
        let source = &desk.sources[place.0];
        for figure in &source.pieces[place.1].figures {
            things.entry(unit(source, figure.unit)).or_default().push((place, figure.low.to_bits()));
        }
    }
    let mut things: Vec<Vec<(Place, u64)>> = things.into_values().collect();
    things.sort_by_key(|counted| {
        let values: BTreeSet<u64> = counted.iter().map(|(_, value)| *value).collect();
        (std::cmp::Reverse(values.len()), counted[0].0)
    });

    let mut rows: Vec<Place> = Vec::new();
    let mut keys: BTreeSet<&str> = BTreeSet::new();
    for counted in things {
        let mut said: BTreeSet<(&str, u64)> = BTreeSet::new();
        let by_many =
            counted.iter().map(|(place, _)| desk.origin(place.0)).collect::<BTreeSet<_>>().len() > 1;
        for (place, value) in counted {
            // A count that nobody answers for, nobody repeats and nobody else makes is colour.
            let spoken = desk.sources[place.0].pieces[place.1].attribution.is_some();
            if !by_many && !spoken && desk.reprints(place).next().is_none() {
                continue;
            }
            let key = desk.sources[place.0].pieces[place.1].key.as_str();
            let new = said.insert((desk.origin(place.0), value));
            let is_told = told.iter().any(|told| told == desk.sentence(place));
            if new && rows.len() < ROWS && !is_told && keys.insert(key) {
                rows.push(place);
            }
        }
    }
    rows.sort_by_key(|(source, at)| (desk.time(*source), *source, *at));
    rows.into_iter().filter_map(|place| desk.draft(place, &[])).collect()
}
