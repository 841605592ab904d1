//! Not known: what the sources say they do not know, and the questions no source answers (rules D5, D6).

use std::collections::BTreeSet;

use dateline_model::{Gap, Sentence};

use super::draft::Desk;
use super::eligible::is_printable;
use crate::vocabulary::says_unknown;

/// Sentences printed, the newest.
const PRINTED: usize = 4;

/// What the sources say is not known, in the order in which they said it.
pub fn not_known(desk: &Desk<'_>, told: &[String]) -> Vec<Sentence> {
    let mut places = desk.places(|source, at| {
        let piece = &source.pieces[at];
        let text = source.text(piece.span);
        source.lang() == desk.lang
            && is_printable(source, piece)
            && says_unknown(text, source.lang())
            && !told.iter().any(|told| told == text)
    });
    places.sort_by_key(|(source, at)| (desk.time(*source), *source, *at));
    let mut keys = BTreeSet::new();
    places.retain(|(source, at)| keys.insert(desk.sources[*source].pieces[*at].key.as_str()));
    let newest = places.split_off(places.len().saturating_sub(PRINTED));
    newest.into_iter().filter_map(|place| desk.draft(place, &[])).collect()
}

/// The questions no article of the story answers. They say what the articles lack, not what is so.
pub fn gaps(desk: &Desk<'_>) -> Vec<Gap> {
    let mut gaps = Vec::new();
    let mut gap = |holds: bool, slot: &str, note: &str| {
        if holds {
            gaps.push(Gap { slot: slot.into(), note: note.into() });
        }
    };
    let any = |found: &dyn Fn(&super::sources::Source<'_>) -> bool| desk.sources.iter().any(found);
    let reports = |source: &super::sources::Source<'_>| !source.is_opinion();
    gap(
        desk.dossier.head.counts.on_record == 0,
        "who",
        "Who answers for it: no origin quotes anybody by name, an office or a document.",
    );
    gap(
        !any(&|source| reports(source) && source.member.reported.is_some()),
        "when",
        "When it was reported: no article carries a date.",
    );
    gap(
        !any(&|source| reports(source) && source.pieces.iter().any(|piece| !piece.figures.is_empty())),
        "how_many",
        "How many: no article gives a number.",
    );
    gaps
}
