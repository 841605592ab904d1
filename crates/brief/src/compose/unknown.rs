//! Not known: what the sources say they do not know, and the questions no source answers (rules D5, D6).

use std::collections::BTreeSet;

use dateline_model::{Gap, Sentence};

use super::draft::{Desk, Place};
use super::eligible::is_printable;
use crate::vocabulary::{SILENCES, says_unknown};

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
    places.retain(|place| !spoke_since(desk, *place));
    let newest = places.split_off(places.len().saturating_sub(PRINTED));
    newest.into_iter().filter_map(|place| desk.draft(place, &[])).collect()
}

/// True where somebody who would not comment has spoken on the record in a later report: "The Pentagon did not respond" is
/// no longer so once a Pentagon spokesman has confirmed it. English only, as its list of silences is.
fn spoke_since(desk: &Desk<'_>, (index, at): Place) -> bool {
    let source = &desk.sources[index];
    let silent = silent(source.text(source.pieces[at].span));
    let later = desk.sources.iter().enumerate().filter(|(other, _)| desk.time(*other) > desk.time(index));
    let spoke = |name: &Vec<String>| {
        later.clone().any(|(_, source)| {
            source.pieces.iter().any(|piece| {
                let said = piece.attribution.as_ref().filter(|said| said.speaker.is_on_record());
                let withheld = says_unknown(source.text(piece.span), source.lang());
                said.filter(|_| !withheld).is_some_and(|said| {
                    let who = [Some(said.source), said.deep.as_ref().and_then(|deep| deep.introduced)];
                    let who = who.into_iter().flatten().map(|span| source.text(span).to_lowercase());
                    who.into_iter().any(|who| name.iter().all(|word| who.contains(word.as_str())))
                })
            })
        })
    };
    silent.iter().any(spoke)
}

/// Who would not comment, each by the longer words of their names in lower case: "The Pentagon and the defense ministry
/// did not respond" has two.
fn silent(text: &str) -> Vec<Vec<String>> {
    /// Words of a subject: with more there is a clause in it.
    const LONGEST: usize = 8;
    let lower = text.to_lowercase();
    let Some(end) = SILENCES.iter().filter_map(|silence| lower.find(silence)).min() else {
        return Vec::new();
    };
    let subject = &lower[..end];
    let names = subject.split(" and ").map(|name| {
        let words = name.split(|c: char| !c.is_alphanumeric());
        words.filter(|word| word.chars().count() > 3).map(str::to_owned).collect::<Vec<_>>()
    });
    names.filter(|name| (1..=LONGEST).contains(&name.len())).collect()
}

/// The questions that no article of the story answers, opinion pieces among them. They say what the articles lack, not
/// what is so.
pub fn gaps(desk: &Desk<'_>) -> Vec<Gap> {
    let mut gaps = Vec::new();
    let mut gap = |holds: bool, slot: &str, note: &str| {
        if holds {
            gaps.push(Gap { slot: slot.into(), note: note.into() });
        }
    };
    let any = |found: &dyn Fn(&super::sources::Source<'_>) -> bool| desk.sources.iter().any(found);
    gap(
        desk.dossier.head.counts.on_record == 0,
        "who",
        "Who answers for it: no origin quotes anybody by name, an office or a document.",
    );
    gap(
        !any(&|source| source.member.reported.is_some()),
        "when",
        "When it was reported: no article carries a date.",
    );
    gap(
        !any(&|source| source.pieces.iter().any(|piece| !piece.figures.is_empty())),
        "how_many",
        "How many: no article gives a number.",
    );
    gaps
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_is_silent_stands_before_the_words() {
        let both =
            silent("The Pentagon and the Russian defense ministry did not respond to requests for comment.");
        assert_eq!(both, [vec!["pentagon"], vec!["russian", "defense", "ministry"]]);
        assert_eq!(silent("The army has not said a word so far."), [vec!["army"]]);
        assert!(silent("The army has not said whether it knew.").is_empty());
        assert!(silent("It was not immediately clear how many had died.").is_empty());
    }
}
