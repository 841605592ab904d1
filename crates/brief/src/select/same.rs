//! Who says the same: sentences of other documents that carry a chosen sentence's whole statement.
//!
//! A citation that does not support its sentence is the worst a brief can print, so the test is
//! strict and one-sided: the other sentence must hold every name and number of the chosen one, nearly
//! all its other words, half its pairs of words, and as many negations. It may say more.

use super::concepts::Cluster;

/// Share of the chosen sentence's content words that the other sentence must hold.
const CONTENT: f64 = 0.8;

/// Share of its concepts, so that the words also stand to one another alike.
const CONCEPTS: f64 = 0.5;

/// A statement of fewer concepts is too small to compare.
const FEWEST: usize = 4;

/// The sentences, one a document at most, that say what sentence `of` says; in the order of the documents.
pub(super) fn same(cluster: &Cluster, of: usize) -> Vec<usize> {
    let chosen = &cluster.sentences[of];
    if chosen.concepts.len() < FEWEST {
        return Vec::new();
    }
    let mut sharing: Vec<usize> = chosen
        .concepts
        .iter()
        .flat_map(|id| cluster.concepts[*id as usize].sentences.iter().map(|at| *at as usize))
        .filter(|at| cluster.sentences[*at].document != chosen.document)
        .collect();
    sharing.sort_unstable();

    let mut best: Vec<(usize, f64)> = Vec::new();
    for group in sharing.chunk_by(|a, b| a == b) {
        let other = group[0];
        if (group.len() as f64) < CONCEPTS * chosen.concepts.len() as f64 {
            continue;
        }
        let Some(share) = content_share(cluster, of, other) else { continue };
        match best
            .last_mut()
            .filter(|(last, _)| cluster.sentences[*last].document == cluster.sentences[other].document)
        {
            Some(last) if share > last.1 => *last = (other, share),
            Some(_) => {}
            None => best.push((other, share)),
        }
    }
    best.into_iter().map(|(at, _)| at).collect()
}

/// The share of content words of `of` that `other` holds; `None` where it does not say the same.
fn content_share(cluster: &Cluster, of: usize, other: usize) -> Option<f64> {
    let (chosen, other) = (&cluster.sentences[of].text, &cluster.sentences[other].text);
    let strict = chosen.stems.iter().zip(&chosen.strict).filter(|(_, strict)| **strict);
    if chosen.negations != other.negations
        || !strict.map(|(stem, _)| stem).all(|stem| other.stems.contains(stem))
    {
        return None;
    }
    let (mut held, mut all) = (0_usize, 0_usize);
    for stem in chosen.content() {
        all += 1;
        held += usize::from(other.stems.contains(&stem));
    }
    let share = held as f64 / all.max(1) as f64;
    (share >= CONTENT).then_some(share)
}
