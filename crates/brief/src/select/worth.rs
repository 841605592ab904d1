//! Worth: what a summary gains by telling a concept, and by a sentence that lies near the heart of the story.
//!
//! The weight of a concept is the chance that one of four human summarisers tells it, estimated by a
//! logistic regression on five things: how many origins report it, how early, how often each
//! repeats it, and how central and how near to the query the sentences are that hold it.

use std::collections::HashMap;

use super::concepts::{Cluster, Stem};

/// The regression, fitted on all concepts that two documents share in DUC 2006 (50 topics, 4 human
/// summaries each). Cross-validated, that is fitted on every second topic and measured on the others, it
/// gives ROUGE-2 .109 and SU4 .158, as fitted on all of them. The plain weight of the literature
/// (documents × first place) gave .105 and .155 in the same search. One standard error is .004:
/// neighbouring settings lie between .104 and .109.
const REGRESSION: Regression =
    Regression { bias: -1.64, origins: 1.23, first: 0.42, repeats: 0.60, central: 0.96, query: 1.66 };

/// Concepts of a single origin count nothing where there are at least this many origins: one
/// newsroom's colour. In smaller clusters too little would be left.
const SHARED_FROM: usize = 4;

/// What is left of a concept's weight when the reader has been told it. Nought would lose the
/// sentences that carry the news in known words: ROUGE-2 .099 instead of .107 on the updates of DUC 2007.
const TOLD: f64 = 0.3;

/// Worth of the most central sentence by itself, as a share of what its words would gain in concepts
/// on average. ROUGE-2 on DUC 2006 with 0, 0.5, 1, 1.5 and 2: .106, .107, .109, .105, .106; SU4: .154, .157,
/// .158, .155, .156.
const CENTRAL: f64 = 1.0;

/// Below this many origins what they share says less of what matters, and centrality too; the place of a
/// sentence says more, for news puts first what matters most.
const FEW: usize = 8;

/// [`CENTRAL`] where origins are few. On three or six articles a topic of DUC 2006 nothing between 0 and
/// 1 differs by more than .003; on Multi-News ROUGE-2 F1 falls from .190 with 0 to .178 with 1.
const CENTRAL_OF_FEW: f64 = 0.5;

/// Worth of the first sentence of an article where origins are few and nothing is asked for, on the scale of the
/// most central sentence; the n-th has an n-th of it. No difference on three or six articles
/// a topic of DUC 2006; with [`CENTRAL_OF_FEW`] it lifts Multi-News from .183 to .187.
const EARLY: f64 = 0.5;

struct Regression {
    bias: f64,
    /// × logarithm of the share of origins that report it.
    origins: f64,
    /// × 1/(1 + the earliest place it stands in).
    first: f64,
    /// × logarithm of its occurrences an origin.
    repeats: f64,
    /// × centrality, from 0 to 1: mean over origins of the best sentence that holds it.
    central: f64,
    /// × likewise, nearness to the query.
    query: f64,
}

/// The worth of everything in a cluster.
#[derive(Debug)]
pub(super) struct Worth {
    /// Of each concept; 0 where it does not count.
    pub concepts: Vec<f64>,
    /// Of each sentence by itself, whatever it says; 0 where it is not eligible.
    pub sentences: Vec<f64>,
}

/// Weighs a cluster; `query` holds the stems of the query, in every language of the cluster, sorted.
pub(super) fn weigh(cluster: &Cluster, query: &[Stem]) -> Worth {
    let central = centrality(cluster);
    let near = nearness(cluster, query);
    let concepts = concept_weights(cluster, &central, &near);

    let eligible = || cluster.sentences.iter().enumerate().filter(|(_, sentence)| sentence.eligible);
    let gain = |concepts_of: &[u32]| concepts_of.iter().map(|id| concepts[*id as usize]).sum::<f64>();
    let (mut all_gain, mut all_words) = (0.0, 0);
    let mut best = 0.0_f64;
    for (at, sentence) in eligible() {
        all_gain += gain(&sentence.concepts);
        all_words += sentence.length;
        best = best.max(central[at] + near[at]);
    }
    let few = cluster.origin_count < FEW;
    let scale = if few { CENTRAL_OF_FEW } else { CENTRAL };
    let early = if few && query.is_empty() { EARLY } else { 0.0 };
    let mut sentences = vec![0.0; cluster.sentences.len()];
    if all_words > 0 && best > 0.0 {
        // A cluster that shares no concept at all is told by its central sentences alone.
        let a_word = if all_gain > 0.0 { all_gain / all_words as f64 } else { 1.0 };
        for (at, sentence) in eligible() {
            let told = sentence.concepts.iter().filter(|id| cluster.concepts[**id as usize].told).count();
            let known = told as f64 / sentence.concepts.len().max(1) as f64;
            let share = (central[at] + near[at]) / best + early / (1.0 + sentence.position as f64);
            let new = 1.0 - known * (1.0 - TOLD);
            sentences[at] = scale * share * new * a_word * sentence.length as f64;
        }
    }
    Worth { concepts, sentences }
}

fn concept_weights(cluster: &Cluster, central: &[f64], near: &[f64]) -> Vec<f64> {
    let needed = if cluster.origin_count >= SHARED_FROM { 2 } else { 1 };
    // The best sentence of each origin for the concept at hand; `seen` lists the origins to clear.
    let mut best = vec![(0.0_f64, 0.0_f64); cluster.origin_count];
    let mut holds = vec![false; cluster.origin_count];
    let mut seen: Vec<usize> = Vec::new();
    cluster
        .concepts
        .iter()
        .map(|concept| {
            let mut first = 0.0_f64;
            for &at in &concept.sentences {
                let at = at as usize;
                let origin = cluster.origin(at);
                if !std::mem::replace(&mut holds[origin], true) {
                    best[origin] = (0.0, 0.0);
                    seen.push(origin);
                }
                let of = &mut best[origin];
                *of = (of.0.max(central[at]), of.1.max(near[at]));
                first = first.max(1.0 / (1.0 + cluster.sentences[at].position as f64));
            }
            let origins = seen.len();
            let (mut centrals, mut nears) = (0.0, 0.0);
            for origin in seen.drain(..) {
                holds[origin] = false;
                centrals += best[origin].0;
                nears += best[origin].1;
            }
            if origins < needed {
                return 0.0;
            }
            let n = origins as f64;
            let chance = REGRESSION.bias
                + REGRESSION.origins * (n / cluster.origin_count as f64).ln()
                + REGRESSION.first * first
                + REGRESSION.repeats * (f64::from(concept.occurrences) / n).ln()
                + REGRESSION.central * centrals / n
                + REGRESSION.query * nears / n;
            let weight = 1.0 / (1.0 + (-chance).exp());
            if concept.told { weight * TOLD } else { weight }
        })
        .collect()
}

/// The cosine of each sentence to the centroid of all in tf-idf, over the highest. From 0 to 1.
fn centrality(cluster: &Cluster) -> Vec<f64> {
    let mut ids: HashMap<Stem, usize> = HashMap::new();
    let mut holding: Vec<u32> = Vec::new();
    let mut counts: Vec<Vec<(usize, u32)>> = Vec::with_capacity(cluster.sentences.len());
    for sentence in &cluster.sentences {
        let mut own: Vec<usize> = sentence
            .text
            .content()
            .map(|stem| {
                let next = ids.len();
                *ids.entry(stem).or_insert(next)
            })
            .collect();
        own.sort_unstable();
        holding.resize(ids.len(), 0);
        let mut counted: Vec<(usize, u32)> = Vec::with_capacity(own.len());
        for id in own {
            match counted.last_mut().filter(|(last, _)| *last == id) {
                Some((_, count)) => *count += 1,
                None => {
                    counted.push((id, 1));
                    holding[id] += 1;
                }
            }
        }
        counts.push(counted);
    }
    let all = cluster.sentences.len() as f64;
    let mut centroid = vec![0.0; ids.len()];
    let vectors: Vec<Vec<(usize, f64)>> = counts
        .into_iter()
        .map(|counted| {
            let mut vector: Vec<(usize, f64)> = counted
                .into_iter()
                .map(|(id, count)| {
                    let rare = ((1.0 + all) / (1.0 + f64::from(holding[id]))).ln();
                    (id, (1.0 + f64::from(count).ln()) * rare)
                })
                .collect();
            let norm = vector.iter().map(|(_, value)| value * value).sum::<f64>().sqrt();
            if norm > 0.0 {
                vector.iter_mut().for_each(|(_, value)| *value /= norm);
            }
            vector.iter().for_each(|(id, value)| centroid[*id] += value);
            vector
        })
        .collect();
    over_highest(vectors.iter().map(|v| v.iter().map(|(id, value)| value * centroid[*id]).sum()).collect())
}

/// How many of the query's stems each sentence holds, over the most that one holds. From 0 to 1.
fn nearness(cluster: &Cluster, query: &[Stem]) -> Vec<f64> {
    let near = cluster.sentences.iter().map(|sentence| {
        let mut held: Vec<Stem> =
            sentence.text.content().filter(|stem| query.binary_search(stem).is_ok()).collect();
        held.sort_unstable();
        held.dedup();
        held.len() as f64
    });
    over_highest(near.collect())
}

fn over_highest(mut values: Vec<f64>) -> Vec<f64> {
    let highest = values.iter().copied().fold(0.0, f64::max);
    if highest > 0.0 {
        values.iter_mut().for_each(|value| *value /= highest);
    }
    values
}
