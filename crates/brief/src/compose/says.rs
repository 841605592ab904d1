//! Who says what: the statements of each origin's speakers, in the order in which they were reported.

use std::collections::{BTreeMap, BTreeSet};

use dateline_model::Sentence;

use super::counted::outdated;
use super::draft::{Desk, Place};
use super::eligible::is_printable;
use super::speakers::resolve;
use crate::heard::occasion;
use crate::vocabulary::{denies, says_unknown};

/// Statements of one speaker.
const A_SPEAKER: usize = 1;
/// Statements of one origin.
const AN_ORIGIN: usize = 3;
/// Statements in all.
const IN_ALL: usize = 10;

/// The statements that are printed: of each origin's speakers those that most others carry, then the earliest.
pub fn who_says_what(desk: &Desk<'_>, told: &[String]) -> Vec<Sentence> {
    let fits = |source: &super::sources::Source<'_>, at: usize| {
        let piece = &source.pieces[at];
        let text = source.text(piece.span);
        piece.attribution.is_some()
            && is_printable(source, piece)
            && !says_unknown(text, source.lang())
            && !denies(text, source.lang())
            && !told.iter().any(|told| told == text)
    };
    // An older toll is told by the table of numbers, with its time, and not as what somebody says now.
    let outdated = outdated(desk);
    let mut candidates: Vec<(Place, String)> = desk
        .places(fits)
        .into_iter()
        .filter(|place| !outdated.contains(place))
        .filter_map(|place| Some((place, resolve(&desk.sources[place.0], place.1)?.name)))
        .collect();
    candidates.sort_by_key(|((source, at), _)| {
        let foreign = desk.sources[*source].lang() != desk.lang;
        let carried: BTreeSet<usize> = desk.reprints((*source, *at)).map(|place| place.0).collect();
        (foreign, std::cmp::Reverse(carried.len()), desk.time(*source), *source, *at)
    });
    // An origin speaks in the brief's language where it has anything in it.
    let at_home: BTreeSet<&str> = candidates
        .iter()
        .filter(|((source, _), _)| desk.sources[*source].lang() == desk.lang)
        .map(|((source, _), _)| desk.origin(*source))
        .collect();

    let mut speakers: BTreeMap<(&str, String), usize> = BTreeMap::new();
    let mut origins: BTreeMap<&str, usize> = BTreeMap::new();
    let mut keys: BTreeSet<&str> = BTreeSet::new();
    let mut chosen: Vec<Place> = Vec::new();
    // Who speaks to many newsrooms at once is one speaker, however many quote them (rule C4).
    let mut occasions: BTreeMap<_, &str> = BTreeMap::new();
    // In rounds, so that every origin is heard before one is heard again.
    for round in 1..=AN_ORIGIN {
        for ((source, at), speaker) in &candidates {
            let origin = desk.origin(*source);
            let foreign = desk.sources[*source].lang() != desk.lang && at_home.contains(origin);
            let by_speaker = speakers.entry((origin, speaker.clone())).or_default();
            let by_origin = origins.entry(origin).or_default();
            let key = desk.sources[*source].pieces[*at].key.as_str();
            let said = desk.sources[*source].pieces[*at].attribution.as_ref();
            let reported = desk.sources[*source].member.reported;
            let heard_at = said.and_then(|said| occasion(said, speaker, reported));
            let elsewhere =
                heard_at.as_ref().and_then(|at| occasions.get(at)).is_some_and(|heard| *heard != origin);
            if foreign
                || elsewhere
                || *by_speaker >= A_SPEAKER
                || *by_origin >= round
                || chosen.len() >= IN_ALL
                || keys.contains(key)
            {
                continue;
            }
            *by_speaker += 1;
            *by_origin += 1;
            keys.insert(key);
            occasions.extend(heard_at.map(|at| (at, origin)));
            chosen.push((*source, *at));
        }
    }
    chosen.sort_by_key(|(source, at)| (desk.time(*source), *source, *at));
    chosen.into_iter().filter_map(|place| desk.draft(place, &[])).collect()
}
