//! What sentences count, and whether two of them speak of one thing.

use std::collections::HashSet;

use dateline_model::DAY;
use dateline_reader::stems::stem;

use super::draft::{Desk, Place};
use super::sources::Source;
use crate::on_record::meaning;

/// Sentences with a figure that a later article gives otherwise: an older toll is no present state.
///
/// Two figures are of one thing where what they count has the same last stem and the sentences share
/// a verb's or noun's stem beside it; the later one is at least as late by [`LATER`].
pub fn outdated(desk: &Desk<'_>) -> Vec<Place> {
    /// What is counted, from, to.
    type Counted = (String, f64, f64);
    /// Reports within this many seconds are of one time: a difference between them is a dispute, not a change.
    const LATER: i64 = DAY / 24;
    let counted = |source: &Source<'_>, at: usize| -> Vec<Counted> {
        let figures = source.pieces[at].figures.iter();
        figures.map(|figure| (unit(source, figure.unit), figure.low, figure.high)).collect()
    };
    let all: Vec<(Place, Vec<Counted>)> = desk
        .places(|source, at| !source.pieces[at].figures.is_empty())
        .into_iter()
        .map(|place| (place, counted(&desk.sources[place.0], place.1)))
        .collect();
    all.iter()
        .filter(|((source, at), figures)| {
            figures.iter().any(|(unit, low, high)| {
                all.iter().any(|((later, bt), others)| {
                    desk.time(*later) != i64::MAX
                        && desk.time(*later) > desk.time(*source).saturating_add(LATER)
                        && desk.sources[*later].lang() == desk.sources[*source].lang()
                        && others.iter().any(|(other, l, h)| other == unit && (l, h) != (low, high))
                        && is_of_one_thing(desk, (*source, *at), (*later, *bt))
                        && !others.iter().any(|(other, l, h)| other == unit && (l, h) == (low, high))
                })
            })
        })
        .map(|(place, _)| *place)
        .collect()
}

/// True where two sentences share words beside their numbers: "people" die, are rescued and watch.
fn is_of_one_thing(desk: &Desk<'_>, one: Place, other: Place) -> bool {
    const SHARED: usize = 2;
    const SHARE: f64 = 0.25;
    let (a, b) = (content(&desk.sources[one.0], one.1), content(&desk.sources[other.0], other.1));
    let shared = a.intersection(&b).count();
    shared >= SHARED && shared as f64 >= SHARE * a.len().min(b.len()) as f64
}

/// The stem of the last word of a unit: what is counted.
pub fn unit(source: &Source<'_>, span: dateline_model::Span) -> String {
    let last = source.text(span).split_whitespace().last().unwrap_or_default();
    stem(last.trim_matches(|c: char| !c.is_alphanumeric()), source.lang())
}

/// The stems of a sentence's words that mean something by themselves, numbers left out.
pub fn content(source: &Source<'_>, at: usize) -> HashSet<String> {
    meaning(source.text(source.pieces[at].span), source.lang())
}
