//! Selection: which sentences of a cluster of articles tell its story in few words.
//!
//! A brief without a language model is made of its sources' own sentences. The articles are [`cut`]
//! into sentences, each a byte range that can be cited; those that [`stands_alone`] refuses are
//! left out; and [`select`] takes the set that tells most. What "most" is:
//!
//! 1. Sentences are read as *concepts*, pairs of neighbouring stems.
//! 2. Each concept has a *weight*, the chance that a human summary tells it.
//! 3. A *search* finds the set that covers most weight, each concept once, within the budget.
//! 4. For each sentence taken, the sentences elsewhere that say the *same* are listed, as further sources.
//!
//! Whoever calls decides which sentences are eligible: only these are chosen, but all count as evidence
//! of what the story is about, and all may be named as saying the same. The same documents in the same
//! order give the same choices, on every machine.

mod argues;
mod concepts;
mod cut;
mod quotations;
mod same;
mod search;
mod stands_alone;
mod usage;
mod worth;

use std::collections::HashSet;
use std::ops::RangeInclusive;

use dateline_model::Lang;

pub use argues::argues;
pub use cut::{Cut, LONGEST, SHORTEST, cut, length};
pub use stands_alone::{Reason, stands_alone};

use concepts::{Cluster, Pair, Stemmed};
use search::Problem;

/// Sentences among which the search looks, at most: those that pay best by themselves. A set of 25
/// articles has some 300 that are eligible; of 500 articles none beyond the first few hundred is ever taken.
const SEARCHED: usize = 400;

/// A document of a cluster.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document<'a> {
    /// The language of its text. Concepts only match within a language.
    pub lang: Lang,
    /// Documents with the same number are copies or retellings of one another; together they count as one.
    pub origin: u32,
    /// All its sentences in order, so that the index is the place.
    pub sentences: Vec<Candidate<'a>>,
}

/// A sentence of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Candidate<'a> {
    /// The sentence, without its dateline.
    pub text: &'a str,
    /// Whether it may be chosen.
    pub eligible: bool,
}

/// How much may be told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Budget {
    /// Words, at most; see [`length`].
    pub words: usize,
    /// How many sentences, where that matters. The lower bound holds as far as there are eligible
    /// sentences: longer ones than `words` / lower bound are then left out, so that so many fit.
    pub sentences: Option<RangeInclusive<usize>>,
}

impl Budget {
    /// A budget of words alone.
    pub fn words(words: usize) -> Self {
        Self { words, sentences: None }
    }
}

/// What the reader has been told before: earlier versions of a brief, the part above.
///
/// Told concepts keep three tenths of their weight, for news is told in known words.
#[derive(Debug, Clone, Default)]
pub struct Told {
    pairs: HashSet<Pair>,
}

impl Told {
    /// Adds a sentence that was told.
    pub fn add(&mut self, sentence: &str, lang: Lang) {
        self.pairs.extend(Stemmed::read(sentence, lang).pairs());
    }
}

/// A chosen sentence.
#[derive(Debug, Clone, PartialEq)]
pub struct Choice {
    /// Index of its document.
    pub document: usize,
    /// Index of the sentence in the document.
    pub sentence: usize,
    /// What it adds to those before it. Comparable within one selection only.
    pub gain: f64,
    /// Sentences of other documents that say the same, `(document, sentence)`, one a document at most:
    /// they hold all its names and numbers, four fifths of its other content words, half its pairs of
    /// words, and as many negations. They may say more, and need not be eligible.
    pub also: Vec<(usize, usize)>,
}

/// Chooses the sentences that tell most within a budget, the weightiest first.
///
/// `query` is what the reader asks for, in any language of the documents. Time is linear in the
/// length of the documents, and bounded for the search: 25 articles of 30 sentences take 12 ms, 500 of them 0.2 s (bench `select`).
///
/// ```
/// use dateline_brief::select::{Budget, Candidate, Document, Told, select};
/// use dateline_model::Lang;
///
/// let text = "Russian troops have entered an air base in Niger that hosts U.S. troops.";
/// let sentences = vec![Candidate { text, eligible: true }];
/// let documents = [Document { lang: Lang::EN, origin: 0, sentences }];
/// let chosen = select(&documents, None, &Told::default(), &Budget::words(100));
/// assert_eq!((chosen[0].document, chosen[0].sentence), (0, 0));
/// ```
pub fn select(documents: &[Document], query: Option<&str>, told: &Told, budget: &Budget) -> Vec<Choice> {
    let mut cluster = Cluster::read(documents, told);
    let (fewest, most) =
        budget.sentences.as_ref().map_or((0, usize::MAX), |bounds| (*bounds.start(), *bounds.end()));
    let longest = budget.words / fewest.max(1);
    let mut seen: HashSet<Vec<u64>> = HashSet::new();
    for sentence in &mut cluster.sentences {
        sentence.eligible &= sentence.length <= longest && seen.insert(sentence.text.stems.clone());
    }
    let worth = worth::weigh(&cluster, &query_stems(documents, query.unwrap_or_default()));

    let pool = pool(&cluster, &worth);
    let problem = Problem {
        concepts: pool
            .iter()
            .map(|at| {
                let counts = |id: &u32| worth.concepts[*id as usize] > 0.0;
                cluster.sentences[*at].concepts.iter().copied().filter(counts).collect()
            })
            .collect(),
        lengths: pool.iter().map(|at| cluster.sentences[*at].length).collect(),
        worth: pool.iter().map(|at| worth.sentences[*at]).collect(),
        weights: worth.concepts,
        words: budget.words,
        most,
    };
    let place = |at: usize| (cluster.sentences[at].document, cluster.sentences[at].position);
    search::choose(&problem)
        .into_iter()
        .map(|(index, gain)| {
            let (document, sentence) = place(pool[index]);
            let also = same::same(&cluster, pool[index]).into_iter().map(place).collect();
            Choice { document, sentence, gain, also }
        })
        .collect()
}

/// The stems of the query in every language of the documents, sorted.
fn query_stems(documents: &[Document], query: &str) -> Vec<u64> {
    let mut langs: Vec<Lang> = documents.iter().map(|document| document.lang).collect();
    langs.sort_unstable();
    langs.dedup();
    let mut stems: Vec<u64> =
        langs.into_iter().flat_map(|lang| Stemmed::read(query, lang).content().collect::<Vec<_>>()).collect();
    stems.sort_unstable();
    stems.dedup();
    stems
}

/// The eligible sentences the search looks among, in the order of the documents.
fn pool(cluster: &Cluster, worth: &worth::Worth) -> Vec<usize> {
    let mut paying: Vec<(f64, usize)> = cluster
        .sentences
        .iter()
        .enumerate()
        .filter(|(_, sentence)| sentence.eligible)
        .map(|(at, sentence)| {
            let gain = sentence.concepts.iter().map(|id| worth.concepts[*id as usize]).sum::<f64>();
            ((gain + worth.sentences[at]) / (sentence.length as f64).powf(0.6), at)
        })
        .collect();
    if paying.len() > SEARCHED {
        paying.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        paying.truncate(SEARCHED);
    }
    let mut pool: Vec<usize> = paying.into_iter().map(|(_, at)| at).collect();
    pool.sort_unstable();
    pool
}

#[cfg(test)]
mod tests;
