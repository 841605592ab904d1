//! Why a story is one story, and why each of its articles is in it, from what was stored when they came.
//!
//! [`why`] gathers it, [`shared`] counts what the articles have in common as they are now, and [`told`] puts it into
//! words for every face that shows it.

mod shared;
pub mod told;

use std::collections::BTreeMap;

use dateline_model::{
    Copies, Evidence, Grounds, Membership, Nearest, Placing, Relation, Span, StoryId, Version, Why, weakest,
};

use crate::{Dossier, Neighbour};

/// What holds a story together, and the grounds of each of its articles.
pub fn why(dossier: &Dossier) -> Why {
    let articles: Vec<Grounds> = (dossier.memberships.iter())
        .map(|membership| {
            let versions = dossier.versions.get(&membership.article).map(Vec::as_slice).unwrap_or_default();
            let by_hand = dossier.by_hand.get(&membership.article).copied();
            grounds(membership, by_hand, versions, &dossier.neighbours)
        })
        .collect();
    let held = shared::shared(&shared::present(dossier));
    Why {
        names: held.names,
        words: held.words,
        copies: copies(&dossier.memberships),
        weakest: weakest(&articles).map(|grounds| grounds.article),
        articles,
    }
}

/// Why one article is in its story.
///
/// Where a correction put it there, that is the reason: what it was placed by speaks of another story. `neighbours` has
/// the story that it would have joined next, as [`Dossier::neighbours`] does.
pub fn grounds(
    membership: &Membership,
    by_hand: Option<u32>,
    versions: &[Version],
    neighbours: &BTreeMap<StoryId, Neighbour>,
) -> Grounds {
    let Membership { join, kinship, .. } = membership;
    let placing = match by_hand {
        Some(correction) => Placing::Hand { correction },
        None if join.founder && StoryId::founded_by(membership.article) == membership.story => {
            Placing::Founding
        }
        None if join.founder => Placing::Strand,
        // The stream is certain of nothing but copies.
        None if join.probability >= 1.0 => Placing::Copy,
        None => Placing::Likeness { probability: join.probability },
    };
    let own = by_hand.is_none();
    let nearest = join.alternative.filter(|_| own).map(|(then, probability)| match neighbours.get(&then) {
        Some((story, title)) => Nearest { story: *story, title: Some(title.clone()), probability },
        None => Nearest { story: then, title: None, probability },
    });
    Grounds {
        article: membership.article,
        placing,
        nearest,
        names: if own { quoted(&whole_names(&join.names, versions), versions) } else { Vec::new() },
        words: if own { quoted(&join.terms, versions) } else { Vec::new() },
        about: join.about.filter(|_| own),
        relation: membership.relation,
        of: kinship.of,
        containment: kinship.containment,
        manner: kinship.manner,
        credit: kinship.credit.and_then(|credit| words_of(&credit, versions)).map(str::to_owned),
    }
}

/// The newsrooms that others copied, with the number of copies, most first.
fn copies(memberships: &[Membership]) -> Vec<Copies> {
    let mut counted: BTreeMap<Option<&str>, u32> = BTreeMap::new();
    for membership in memberships {
        if matches!(membership.relation, Relation::Verbatim | Relation::Edited) {
            *counted.entry(membership.origin.as_deref()).or_default() += 1;
        }
    }
    let of = |(origin, articles): (Option<&str>, u32)| Copies { origin: origin.map(str::to_owned), articles };
    let mut copies: Vec<Copies> = counted.into_iter().map(of).collect();
    // The sort is stable: those with as many copies stay in the order of their domains.
    copies.sort_by_key(|copies| std::cmp::Reverse(copies.articles));
    copies
}

/// The words of a piece of evidence; `None` where its version is not at hand.
pub fn words_of<'v>(evidence: &Evidence, versions: &'v [Version]) -> Option<&'v str> {
    let version = versions.iter().find(|version| version.number == evidence.version)?;
    version.slice(evidence.part, evidence.span)
}

/// What stands between two pieces of evidence, where that is a blank or a hyphen: `Diori` and `Hamani` are one name, and so
/// are `Guinea` and `Bissau`.
fn joint<'v>(first: &Evidence, second: &Evidence, versions: &'v [Version]) -> Option<&'v str> {
    let beside = (second.version, second.part) == (first.version, first.part);
    let between = Span { start: first.span.end, end: second.span.start };
    words_of(&Evidence { span: between, ..*first }, versions).filter(|between| {
        beside && matches!(*between, " " | "\u{A0}" | "\u{202F}" | "-" | "\u{2010}" | "\u{2011}")
    })
}

/// The words of pieces of evidence, each once, in their order.
fn quoted(evidence: &[Evidence], versions: &[Version]) -> Vec<String> {
    let mut quoted: Vec<String> = Vec::new();
    for words in evidence.iter().filter_map(|evidence| words_of(evidence, versions)) {
        if !quoted.iter().any(|known| known == words) {
            quoted.push(words.to_owned());
        }
    }
    quoted
}

/// Pieces of evidence in their order, those that stand side by side in the text as one.
fn whole_names(evidence: &[Evidence], versions: &[Version]) -> Vec<Evidence> {
    let mut left: Vec<Evidence> = evidence.to_vec();
    let mut names = Vec::new();
    while !left.is_empty() {
        let mut name = left.remove(0);
        while let Some(at) = left.iter().position(|other| joint(&name, other, versions).is_some()) {
            name.span.end = left.remove(at).span.end;
        }
        while let Some(at) = left.iter().position(|other| joint(other, &name, versions).is_some()) {
            name.span.start = left.remove(at).span.start;
        }
        names.push(name);
    }
    names
}

#[cfg(test)]
mod tests;
