//! Disputed: a denial beside what it denies, and numbers that two origins give otherwise at one time
//! (rules D1, D3). The program puts them side by side and does not judge.

use std::collections::{BTreeSet, HashSet};

use dateline_model::{DAY, Hedge, Sentence};

use super::counted::{content, unit};
use super::draft::{Desk, Place};
use super::eligible::is_printable;
use super::sources::Source;
use crate::vocabulary::denies;

/// Denials printed.
const DENIALS: usize = 3;
/// Pairs of numbers printed.
const PAIRS: usize = 2;
/// Share of the denial's content stems that the allegation must hold to be the one that is meant.
const MEANT: f64 = 0.5;
/// Content stems that both must hold.
const SHARED: usize = 4;
/// Numbers of reports this near in time are of one time; farther apart, things may have changed.
const ONE_TIME: i64 = DAY / 4;
/// Share of content stems that two sentences with differing numbers must have in common.
const ONE_THING: f64 = 0.4;

/// Allegation and denial in turn, then differing numbers.
pub fn disputed(desk: &Desk<'_>) -> Vec<Sentence> {
    let mut printed: BTreeSet<Place> = BTreeSet::new();
    let mut keys: BTreeSet<&str> = BTreeSet::new();
    let mut drafts = Vec::new();
    let mut print = |place: Place| {
        let key = desk.sources[place.0].pieces[place.1].key.as_str();
        if printed.insert(place) && keys.insert(key) {
            drafts.extend(desk.draft(place, &[]));
        }
    };
    let mut denials = desk.places(|source, at| {
        let piece = &source.pieces[at];
        piece.attribution.is_some()
            && is_printable(source, piece)
            && denies(source.text(piece.span), source.lang())
    });
    denials.sort_by_key(|(source, at)| (desk.sources[*source].lang() != desk.lang, desk.time(*source), *at));
    let mut heard: HashSet<&str> = HashSet::new();
    denials.retain(|(source, _)| heard.insert(desk.origin(*source)));
    for denial in denials.into_iter().take(DENIALS) {
        if let Some(allegation) = allegation(desk, denial) {
            print(allegation);
        }
        print(denial);
    }
    for (one, other) in differing(desk).into_iter().take(PAIRS) {
        print(one);
        print(other);
    }
    drafts
}

/// What a denial denies: of the earlier statements of others, the one that shares most of its words.
fn allegation(desk: &Desk<'_>, denial: Place) -> Option<Place> {
    let source = &desk.sources[denial.0];
    let meant = content(source, denial.1);
    let places = desk.places(|other, at| {
        let piece = &other.pieces[at];
        other.lang() == source.lang()
            && is_printable(other, piece)
            && !denies(other.text(piece.span), other.lang())
    });
    places
        .into_iter()
        .filter(|(other, _)| {
            desk.origin(*other) != desk.origin(denial.0) && desk.time(*other) <= desk.time(denial.0)
        })
        .map(|place| {
            let held = content(&desk.sources[place.0], place.1);
            (held.intersection(&meant).count(), place)
        })
        .filter(|(shared, _)| *shared >= SHARED && *shared as f64 >= MEANT * meant.len() as f64)
        .max_by_key(|(shared, (index, at))| (*shared, std::cmp::Reverse((*index, *at))))
        .map(|(_, place)| place)
}

/// Pairs of sentences of different origins, of one time, on one thing, whose numbers cannot both hold.
fn differing(desk: &Desk<'_>) -> Vec<(Place, Place)> {
    let places = desk.places(|source, at| {
        !source.pieces[at].figures.is_empty() && is_printable(source, &source.pieces[at])
    });
    let mut pairs = Vec::new();
    for (index, &one) in places.iter().enumerate() {
        for &other in &places[index + 1..] {
            let (a, b) = (&desk.sources[one.0], &desk.sources[other.0]);
            let near = desk.time(one.0).abs_diff(desk.time(other.0)) <= ONE_TIME as u64;
            if !near
                || desk.time(one.0) == i64::MAX
                || a.lang() != b.lang()
                || desk.origin(one.0) == desk.origin(other.0)
            {
                continue;
            }
            let (of_a, of_b) = (content(a, one.1), content(b, other.1));
            let shared = of_a.intersection(&of_b).count();
            let fewer = of_a.len().min(of_b.len());
            if shared >= SHARED
                && shared as f64 >= ONE_THING * fewer as f64
                && cannot_both_hold(a, one.1, b, other.1)
            {
                pairs.push((one, other));
            }
        }
    }
    pairs
}

/// True where both count the same thing exactly, and no number of it is in both.
fn cannot_both_hold(a: &Source<'_>, at: usize, b: &Source<'_>, bt: usize) -> bool {
    let exact = |source: &Source<'_>, at: usize| -> Vec<(String, u64)> {
        let figures = source.pieces[at].figures.iter();
        figures
            .filter(|figure| figure.hedge == Hedge::Exact && figure.low == figure.high)
            .map(|figure| (unit(source, figure.unit), figure.low.to_bits()))
            .collect()
    };
    let (of_a, of_b) = (exact(a, at), exact(b, bt));
    let agrees = of_a.iter().any(|figure| of_b.contains(figure));
    !agrees && of_a.iter().any(|(unit, value)| of_b.iter().any(|(other, v)| other == unit && v != value))
}
