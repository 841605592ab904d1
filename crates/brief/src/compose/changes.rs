//! What changed: corrections, what went on the record, and edits an outlet made to its article (rules A6, V1).

use std::collections::HashSet;

use dateline_model::{Cause, Citation, Genre, Part, Sentence, Span, Version, Voice};

use super::draft::Desk;
use super::sources::key;
use crate::on_record::on_record;
use crate::select::cut;
use crate::vocabulary::corrects;

/// Changes printed.
const CHANGES: usize = 6;
/// Share of words that an old and a new sentence have in common where one replaces the other.
const REPLACES: f64 = 0.5;

/// Corrections first, then what went on the record, then edits, each in order of arrival.
pub fn changes(desk: &Desk<'_>) -> Vec<Sentence> {
    let mut changes = corrections(desk);
    changes.extend(confirmed(desk));
    for source in &desk.sources {
        let versions = desk.dossier.versions.get(&source.member.article).map_or(&[][..], Vec::as_slice);
        for pair in versions.windows(2).filter(|pair| pair[1].cause == Cause::Edit) {
            changes.extend(edit(desk, &pair[0], &pair[1], source.member.outlet.as_deref()));
        }
    }
    changes.truncate(CHANGES);
    changes
}

fn corrections(desk: &Desk<'_>) -> Vec<Sentence> {
    let mut sentences = Vec::new();
    for (index, source) in desk.sources.iter().enumerate() {
        if source.version.genre != Genre::Correction {
            continue;
        }
        let whole = |at: &usize| source.pieces[*at].alone;
        let speaking = (0..source.pieces.len())
            .find(|at| whole(at) && corrects(source.text(source.pieces[*at].span), source.lang()));
        if let Some(at) = speaking.or_else(|| (0..source.pieces.len()).find(whole)) {
            // An outlet corrects itself: the correction is its own, whoever's report it corrects.
            let outlet = source.member.outlet.as_deref();
            sentences.extend(desk.draft((index, at), &[]).map(|sentence| Sentence {
                attribution: Some(Voice {
                    origin: outlet.map(str::to_owned),
                    origin_name: outlet.map(|outlet| desk.registry.name(outlet).to_owned()),
                    reported: source.member.reported,
                    ..Voice::default()
                }),
                ..sentence
            }));
        }
    }
    sentences
}

/// What a source without a name said first, and who has said it under their own name since.
fn confirmed(desk: &Desk<'_>) -> Vec<Sentence> {
    let mut sentences = Vec::new();
    for confirmed in on_record(desk.dossier) {
        let (before, since) = (confirmed.before, confirmed.since);
        let place = desk.sources.iter().enumerate().find_map(|(index, source)| {
            let at = source.pieces.iter().position(|piece| piece.span == since.sentence);
            (source.member.article == since.article).then_some(index).zip(at)
        });
        let Some(draft) = place.and_then(|place| desk.draft(place, &[])) else { continue };
        let Some(citation) = Citation::of(before.version, Part::Text, before.sentence) else { continue };
        let (Some(now), Some(first)) =
            (since.sentence.of(&since.version.text), before.sentence.of(&before.version.text))
        else {
            continue;
        };
        let text = format!(
            "{}“{}”; before, from a source without a name, “{}”",
            confirmed.opening(),
            inner(now),
            inner(first)
        );
        let mut citations = draft.citations;
        citations.truncate(1);
        citations.push(citation);
        let attribution = draft.attribution.map(|voice| Voice { carriers: Vec::new(), ..voice });
        sentences.push(Sentence { text, citations, attribution, ..draft });
    }
    sentences
}

/// Words within quotation marks keep their own, in the other kind of marks.
fn inner(text: &str) -> String {
    text.replace(['“', '”', '"'], "'")
}

/// The first sentence of a new version that replaces one of the old: "now says … before …".
fn edit(desk: &Desk<'_>, old: &Version, new: &Version, outlet: Option<&str>) -> Option<Sentence> {
    let (was, is) = (cut(&old.text, old.lang), cut(&new.text, new.lang));
    let keys = |text: &str, cuts: &[crate::select::Cut]| -> Vec<String> {
        cuts.iter().map(|cut| key(cut.span.of(text).unwrap_or_default())).collect()
    };
    let (was_keys, is_keys) = (keys(&old.text, &was), keys(&new.text, &is));
    let known: HashSet<&str> = was_keys.iter().map(String::as_str).collect();
    let kept: HashSet<&str> = is_keys.iter().map(String::as_str).collect();
    for (at, now) in is.iter().enumerate() {
        if known.contains(is_keys[at].as_str()) || now.alone.is_err() {
            continue;
        }
        let before = was
            .iter()
            .enumerate()
            .filter(|(index, cut)| !kept.contains(was_keys[*index].as_str()) && cut.alone.is_ok())
            .map(|(index, cut)| (shared(&was_keys[index], &is_keys[at]), cut))
            .filter(|(shared, _)| *shared >= REPLACES)
            .max_by(|a, b| a.0.total_cmp(&b.0));
        let Some((_, before)) = before else { continue };
        return replaced(desk, old, before.span, new, now.span, outlet);
    }
    None
}

fn replaced(
    desk: &Desk<'_>,
    old: &Version,
    before: Span,
    new: &Version,
    now: Span,
    outlet: Option<&str>,
) -> Option<Sentence> {
    let name = outlet.map_or("The outlet", |outlet| desk.registry.name(outlet));
    let (said, says) = (old.slice(Part::Text, before)?, new.slice(Part::Text, now)?);
    let text = format!("{name} now writes “{}” and before wrote “{}”", inner(says), inner(said));
    Some(Sentence {
        text,
        lang: new.lang,
        citations: vec![Citation::of(new, Part::Text, now)?, Citation::of(old, Part::Text, before)?],
        attribution: Some(Voice {
            origin: outlet.map(str::to_owned),
            origin_name: Some(name.to_owned()),
            reported: new.dates.modified.or(new.reported()),
            ..Voice::default()
        }),
    })
}

/// Share of the shorter sentence's words that the other has.
fn shared(a: &str, b: &str) -> f64 {
    let (a, b): (HashSet<&str>, HashSet<&str>) = (a.split(' ').collect(), b.split(' ').collect());
    a.intersection(&b).count() as f64 / a.len().min(b.len()).max(1) as f64
}
