//! Which articles and sentences may speak in a brief.
//!
//! A reader of a brief takes every sentence for the present state of knowledge, told by who obtained
//! it. So what was replaced, corrected, retold or hedged away does not speak where something better does.

use std::collections::{BTreeMap, HashSet};

use dateline_model::{Genre, OutletKind, Registry, Relation, SpeakerKind};
use dateline_reader::attributions::{is_known_document, opens_with_known_document, opens_with_known_person};

use super::sources::{Piece, Source};
use crate::vocabulary::{corrects, hedges_barely, leans_back, points_back};

/// How near an article stands to its origin: only those nearest of each origin speak.
fn distance(relation: Relation) -> u8 {
    match relation {
        Relation::Own | Relation::Update => 0,
        Relation::Verbatim => 1,
        Relation::Edited => 2,
        Relation::Citing => 3,
    }
}

/// Which sources may speak at all, in the order of the sources.
///
/// - *nearest to the origin*: a reprint speaks only where the origin's own article is not at hand.
/// - *superseded*: an article that its own outlet has updated is silent.
/// - *corrected*: so is an article that a correction takes back.
/// - *genre*: corrections, live pages and opinion have their own places, or none.
pub fn may_speak(sources: &[Source<'_>], registry: &Registry) -> Vec<bool> {
    let plain = |source: &Source<'_>| {
        matches!(source.version.genre, Genre::News | Genre::Analysis | Genre::FactCheck | Genre::PressRelease)
    };
    let mut nearest: BTreeMap<&str, u8> = BTreeMap::new();
    let origin = |source: &Source<'_>| -> String {
        let origin = source.membership.origin.as_deref().or(source.member.outlet.as_deref()).unwrap_or("");
        registry.family(origin).to_owned()
    };
    let origins: Vec<String> = sources.iter().map(origin).collect();
    for (source, origin) in sources.iter().zip(&origins).filter(|(source, _)| plain(source)) {
        let distance = distance(source.membership.relation);
        nearest.entry(origin).and_modify(|best| *best = distance.min(*best)).or_insert(distance);
    }
    let replaced: HashSet<_> = sources
        .iter()
        .filter(|source| {
            source.membership.relation == Relation::Update
                && (!source.pieces.is_empty() || source.version.genre == Genre::Correction)
        })
        .filter_map(|source| source.membership.kinship.of)
        .collect();
    sources
        .iter()
        .zip(&origins)
        .map(|(source, origin)| {
            plain(source)
                && Some(&distance(source.membership.relation)) == nearest.get(origin.as_str())
                && !replaced.contains(&source.member.article)
        })
        .collect()
}

/// True where a sentence can be printed by itself at all.
///
/// - *stands alone*, as the selection has it;
/// - *speaker is a pronoun*: "he said" says nothing by itself;
/// - *hedged barely*: "reportedly" hides who reports (rule T1);
/// - *opens within an abbreviation*: "S. demonstrations", where "U.S." was cut in two;
/// - *leans back*: "an hour later", "the figure";
/// - *hides a source*: somebody unnamed speaks in it whom the brief could not flag;
/// - *handed to a document told of before*: "ajoute le texte", and which text that is stands elsewhere;
/// - *speaks of the text*: "an earlier version of this article";
/// - *argues*: what an article that argues says of itself; what others say in it may stand.
pub fn is_printable(source: &Source<'_>, piece: &Piece) -> bool {
    let sentence = source.text(piece.span);
    let of_the_text = source.version.genre != Genre::Correction && corrects_itself(sentence, source);
    let mut letters = sentence.chars();
    let cut = letters.next().is_some_and(char::is_uppercase) && letters.next() == Some('.') && {
        letters.find(|c| !c.is_whitespace()).is_some_and(char::is_lowercase)
    };
    let leans = leans_back(sentence, source.lang());
    let argued = source.argues && piece.attribution.is_none();
    let by_known_document = piece.attribution.as_ref().is_some_and(|said| {
        said.speaker == SpeakerKind::Document && is_known_document(source.text(said.source), source.lang())
    });
    piece.alone
        && !argued
        && !by_known_document
        && !cut
        && !leans
        && !piece.by_pronoun
        && !piece.hides
        && !of_the_text
        && !hedges_barely(sentence, source.lang())
}

fn corrects_itself(sentence: &str, source: &Source<'_>) -> bool {
    corrects(sentence, source.lang()) && sentence.to_lowercase().contains("version")
}

/// True where an office or a company speaks for itself: it is a party, and told of by others.
pub fn is_party(source: &Source<'_>, registry: &Registry) -> bool {
    let outlet = source.member.outlet.as_deref().and_then(|domain| registry.by_domain(domain));
    source.version.genre == Genre::PressRelease
        || outlet.is_some_and(|outlet| outlet.kind == OutletKind::Official)
}

/// True where a sentence can be read without the one before it: its speaker, if it has one, is introduced
/// in it, and its quotations have a speaker.
pub fn is_situation(source: &Source<'_>, piece: &Piece) -> bool {
    if !is_printable(source, piece) {
        return false;
    }
    if opens_with_known_document(source.text(piece.span), source.lang()) {
        return false;
    }
    if opens_with_known_person(source.text(piece.span), source.lang())
        && piece
            .attribution
            .as_ref()
            .is_none_or(|said| matches!(said.speaker, SpeakerKind::Unnamed | SpeakerKind::UnnamedGroup))
    {
        return false;
    }
    let quotes = source.text(piece.span).contains(['"', '“', '«', '„']);
    match &piece.attribution {
        Some(said) => match said.speaker {
            SpeakerKind::Unnamed | SpeakerKind::UnnamedGroup => {
                !points_back(source.text(said.source), source.lang())
            }
            // A surname alone was introduced elsewhere.
            SpeakerKind::Named => source.text(said.source).split_whitespace().count() > 1,
            SpeakerKind::People
            | SpeakerKind::Office
            | SpeakerKind::Document
            | SpeakerKind::Poll
            | SpeakerKind::Outlet => true,
        },
        None => !quotes,
    }
}
