//! Concepts: what a cluster of documents says, in the smallest parts that can be counted.
//!
//! A concept is a pair of neighbouring stems of which at least one is no stop word: "air base",
//! "withdraw troops". After Gillick and Favre, "A scalable global model for summarization" (2009).
//! Concepts of two languages never meet, for stems of two languages mean different things.

use std::collections::HashMap;

use dateline_model::Lang;
use dateline_reader::stems::StemHashes;
use dateline_reader::stopwords::stop_words;
use dateline_reader::words::{Shape, words};

use super::usage::usage;
use super::{Document, Told, cut::length};

/// A stem and its language.
pub(super) type Stem = u64;

/// Two neighbouring stems.
pub(super) type Pair = (Stem, Stem);

/// A text as stems.
#[derive(Debug, Default)]
pub(super) struct Stemmed {
    /// Stems in order, stop words among them.
    pub stems: Vec<Stem>,
    /// Which of them are stop words.
    pub stops: Vec<bool>,
    /// Which of them are numbers, or names by their capitals.
    pub strict: Vec<bool>,
    /// How many words turn the statement round.
    pub negations: usize,
}

impl Stemmed {
    /// Reads a text.
    pub(super) fn read(text: &str, lang: Lang) -> Self {
        let found = words(text);
        let stops = stop_words(lang);
        let usage = usage(lang);
        let mut hashes = StemHashes::new(lang);
        let language = lang.code().bytes().fold(0, |key: u64, byte| key << 8 | u64::from(byte)) << 32;
        let mut read = Self::default();
        for (at, &word) in found.iter().enumerate() {
            read.stems.push(language | u64::from(hashes.of(word, text)));
            read.stops.push(stops.contains(&word.hash));
            let name = word.shape == Shape::Upper || (at > 0 && word.shape.is_capitalised());
            read.strict.push(word.shape == Shape::Number || name);
            read.negations += usize::from(usage.negations.open(&found[at..]));
        }
        read
    }

    /// The pairs that are concepts, in order, repeats among them.
    pub(super) fn pairs(&self) -> impl Iterator<Item = Pair> + '_ {
        (1..self.stems.len())
            .filter(|&at| !(self.stops[at - 1] && self.stops[at]))
            .map(|at| (self.stems[at - 1], self.stems[at]))
    }

    /// Stems that are no stop words, in order, repeats among them.
    pub(super) fn content(&self) -> impl Iterator<Item = Stem> + '_ {
        self.stems.iter().zip(&self.stops).filter(|(_, stop)| !**stop).map(|(stem, _)| *stem)
    }
}

/// A sentence of a cluster.
#[derive(Debug)]
pub(super) struct Sentence {
    pub document: usize,
    /// Its place in the document, from 0.
    pub position: usize,
    pub eligible: bool,
    /// In words.
    pub length: usize,
    pub text: Stemmed,
    /// Its concepts, each once, in the order they occur.
    pub concepts: Vec<u32>,
}

/// A concept of a cluster.
#[derive(Debug)]
pub(super) struct Concept {
    /// The sentences that hold it, in order.
    pub sentences: Vec<u32>,
    /// Occurrences, repeats in a sentence among them.
    pub occurrences: u32,
    /// Whether the reader has been told it.
    pub told: bool,
}

/// Documents read for their concepts.
#[derive(Debug)]
pub(super) struct Cluster {
    pub sentences: Vec<Sentence>,
    pub concepts: Vec<Concept>,
    /// The origin of each document, numbered from 0 without gaps.
    pub origins: Vec<usize>,
    /// How many origins there are.
    pub origin_count: usize,
}

impl Cluster {
    /// Reads documents. Linear in their length.
    pub(super) fn read(documents: &[Document], told: &Told) -> Self {
        let mut numbers: HashMap<u32, usize> = HashMap::new();
        let mut origins = Vec::with_capacity(documents.len());
        let mut ids: HashMap<Pair, u32> = HashMap::new();
        let mut concepts: Vec<Concept> = Vec::new();
        let mut sentences: Vec<Sentence> = Vec::new();
        for (document, read) in documents.iter().enumerate() {
            let next = numbers.len();
            origins.push(*numbers.entry(read.origin).or_insert(next));
            for (position, candidate) in read.sentences.iter().enumerate() {
                let text = Stemmed::read(candidate.text, read.lang);
                let at = sentences.len() as u32;
                let mut own = Vec::with_capacity(text.stems.len());
                for pair in text.pairs() {
                    let next = concepts.len() as u32;
                    let id = *ids.entry(pair).or_insert(next);
                    if id == next {
                        let told = told.pairs.contains(&pair);
                        concepts.push(Concept { sentences: Vec::new(), occurrences: 0, told });
                    }
                    let concept = &mut concepts[id as usize];
                    concept.occurrences += 1;
                    if concept.sentences.last() != Some(&at) {
                        concept.sentences.push(at);
                        own.push(id);
                    }
                }
                let length = length(candidate.text);
                let eligible = candidate.eligible && length > 0;
                sentences.push(Sentence { document, position, eligible, length, text, concepts: own });
            }
        }
        Self { sentences, concepts, origin_count: numbers.len(), origins }
    }

    /// The origin of a sentence's document.
    pub(super) fn origin(&self, sentence: usize) -> usize {
        self.origins[self.sentences[sentence].document]
    }
}
