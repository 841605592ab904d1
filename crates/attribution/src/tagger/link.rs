//! Which cue a content belongs to, and which source a cue has.
//!
//! Both are choices among a few candidates, scored by distance, by what stands in between, and by the tree.

use super::features::{mix, pair};
use super::words::{DEPTH, NONE, Quote, Words};

/// Words in a row with the same role.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Piece {
    /// First word.
    pub start: usize,
    /// Word after the last.
    pub end: usize,
}

impl Piece {
    pub fn holds(self, at: usize) -> bool {
        (self.start..self.end).contains(&at)
    }
}

/// All pieces of a text, by role, in order.
#[derive(Debug, Default)]
pub(crate) struct Pieces {
    pub sources: Vec<Piece>,
    pub cues: Vec<Piece>,
    pub contents: Vec<Piece>,
}

impl Pieces {
    /// The pieces of labelled words.
    pub fn of(labels: &[u8]) -> Self {
        let mut pieces = Self::default();
        let mut at = 0;
        while at < labels.len() {
            let start = at;
            let label = labels[at];
            at += 1;
            if label == 0 {
                continue;
            }
            let goes_on = label + label % 2;
            while at < labels.len() && labels[at] == goes_on {
                at += 1;
            }
            let role = match (label - 1) / 2 {
                0 => &mut pieces.sources,
                1 => &mut pieces.cues,
                _ => &mut pieces.contents,
            };
            role.push(Piece { start, end: at });
        }
        pieces
    }
}

/// Weights of the features of links, by hash. Only their ratios matter.
#[derive(Debug, Clone)]
pub(crate) struct Links {
    pub weights: Vec<i16>,
}

/// How many weights there are.
pub(crate) const WEIGHTS: usize = 1 << 14;

impl Default for Links {
    fn default() -> Self {
        Self { weights: vec![0; WEIGHTS] }
    }
}

/// Cues before and after a content that may be its own.
const CUES_BEFORE: usize = 5;
const CUES_AFTER: usize = 4;
/// Sources before and after a cue that may be its own.
const SOURCES_BEFORE: usize = 4;
const SOURCES_AFTER: usize = 3;
/// A cue may lie so many paragraphs from its content.
const PARAGRAPHS: u32 = 2;

/// A candidate, with its features.
pub(crate) struct Candidate {
    /// What is chosen: a cue or a source by number; `None` for nobody.
    pub choice: Option<Choice>,
    pub features: Vec<u32>,
}

/// What a candidate is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Choice {
    /// A piece that was found, by number.
    Piece(usize),
    /// The subject of the cue, which was not found as a source.
    Subject(Piece),
}

impl Links {
    /// The weights in small numbers.
    pub fn of(weights: &[f32]) -> Self {
        let largest = weights.iter().fold(f32::MIN_POSITIVE, |largest, weight| largest.max(weight.abs()));
        let unit = largest / 32767.0;
        Self { weights: weights.iter().map(|weight| (weight / unit).round() as i16).collect() }
    }

    fn score(&self, features: &[u32]) -> i32 {
        features.iter().map(|hash| i32::from(self.weights[*hash as usize % WEIGHTS])).sum()
    }

    /// The best of the candidates; the first of equals.
    pub fn choose(&self, candidates: &[Candidate]) -> Option<Choice> {
        let mut best: Option<(i32, Option<Choice>)> = None;
        for candidate in candidates {
            let score = self.score(&candidate.features);
            if best.is_none_or(|(highest, _)| score > highest) {
                best = Some((score, candidate.choice));
            }
        }
        best.and_then(|(_, choice)| choice)
    }
}

/// How many pieces begin before each word.
pub(crate) struct Counts {
    sources: Vec<u32>,
    cues: Vec<u32>,
    contents: Vec<u32>,
}

impl Counts {
    pub fn of(words: &Words, pieces: &Pieces) -> Self {
        let count = |pieces: &[Piece]| {
            let mut counts = vec![0u32; words.len() + 1];
            for piece in pieces {
                counts[piece.start + 1] += 1;
            }
            for at in 1..counts.len() {
                counts[at] += counts[at - 1];
            }
            counts
        };
        Self { sources: count(&pieces.sources), cues: count(&pieces.cues), contents: count(&pieces.contents) }
    }

    /// How many sources, cues and contents begin between two pieces, each at most 3.
    fn between(&self, a: Piece, b: Piece) -> [u32; 3] {
        let (low, high) = if a.start < b.start { (a.end, b.start) } else { (b.end, a.start) };
        let count = |counts: &[u32]| if high > low { (counts[high] - counts[low]).min(3) } else { 0 };
        [count(&self.sources), count(&self.cues), count(&self.contents)]
    }
}

/// The highest word of a piece: the first whose head lies outside, the one with the widest subtree of them.
pub(crate) fn top(words: &Words, piece: Piece) -> usize {
    let width = |at: usize| words.edges[at][1] - words.edges[at][0];
    let mut best = piece.start;
    let mut found = false;
    for at in piece.start..piece.end.min(piece.start + 200) {
        let head = words.head[at] as usize;
        let outside = head == at || !piece.holds(head);
        if outside && words.is_word[at] && (!found || width(at) > width(best)) {
            best = at;
            found = true;
        }
    }
    best
}

/// How the tree joins two words: the label of the branch below their common word, on each side; 1 where none is near.
fn relation(words: &Words, a: usize, b: usize) -> u32 {
    let mut chain = [(NONE, 0u32); DEPTH];
    let (mut node, mut below, mut length) = (a, 0, 0);
    while length < DEPTH {
        chain[length] = (node as u32, below);
        length += 1;
        let head = words.head[node] as usize;
        if head == node {
            break;
        }
        below = words.label[node];
        node = head;
    }
    let (mut node, mut below) = (b, 0);
    for _ in 0..DEPTH {
        if let Some((_, mine)) = chain[..length].iter().find(|(there, _)| *there == node as u32) {
            return pair(*mine, below);
        }
        let head = words.head[node] as usize;
        if head == node {
            break;
        }
        below = words.label[node];
        node = head;
    }
    1
}

fn distance(a: Piece, b: Piece) -> u32 {
    let gap = a.start.max(b.start).saturating_sub(a.end.min(b.end)) as u32;
    match gap {
        0..=4 => gap,
        5..=7 => 5,
        8..=12 => 6,
        13..=20 => 7,
        21..=40 => 8,
        _ => 9,
    }
}

/// Which cues a content may have; none is among them, where its cue was not found or it is no content at all.
pub(crate) fn cues_of(words: &Words, pieces: &Pieces, counts: &Counts, content: Piece) -> Vec<Candidate> {
    let after = pieces.cues.partition_point(|cue| cue.start < content.start);
    let from = after.saturating_sub(CUES_BEFORE);
    let to = (after + CUES_AFTER).min(pieces.cues.len());
    let content_top = top(words, content);
    let last = content.end - 1;
    let quoted = u32::from(words.quote[content.start] != Quote::Outside)
        + 2 * u32::from(words.quote[last] != Quote::Outside);
    let starts = u32::from(content.start == 0 || !words.together(content.start, content.start - 1));
    let length =
        distance(Piece { start: 0, end: 0 }, Piece { start: content.end - content.start, end: usize::MAX });
    let mut candidates = Vec::with_capacity(to - from + 1);
    let mut near = 0;
    for number in from..to {
        let cue = pieces.cues[number];
        let apart = words.paragraph[cue.start].abs_diff(words.paragraph[content.start]);
        if apart > PARAGRAPHS {
            continue;
        }
        let before = u32::from(cue.start < content.start);
        let edge = if before == 1 { content.start } else { last };
        let sentences = words.sentence[edge].abs_diff(words.sentence[cue.start]).min(4);
        near += u32::from(sentences == 0);
        let [sources, cues, contents] = counts.between(cue, content);
        let cue_top = top(words, cue);
        let relation = relation(words, content_top, cue_top);
        let stem = words.stem[cue_top];
        let far = distance(cue, content);
        let place = before * 64 + sentences * 8 + apart;
        let same = u32::from(sentences == 0);
        candidates.push(Candidate {
            choice: Some(Choice::Piece(number)),
            features: vec![
                mix(1, before, 0),
                mix(2, far, before),
                mix(3, place, 0),
                mix(4, place, quoted * 2 + starts),
                mix(5, cues, before * 2 + same),
                mix(6, contents, before * 2 + same),
                mix(7, sources, before * 2 + same),
                mix(8, relation, 0),
                mix(9, relation, before),
                mix(10, relation, stem),
                mix(11, stem, before * 2 + same),
                mix(12, words.tag[cue_top], before * 2 + same),
                mix(13, cues * 16 + contents * 4 + sources, before * 2 + same),
                mix(14, far, quoted * 4 + before * 2 + same),
                mix(15, words.label[cue_top], before * 2 + same),
                mix(16, pair(words.label[content_top], relation), before),
                mix(17, cues, pair(relation, before)),
                mix(18, length, place),
                mix(19, length, relation),
            ],
        });
    }
    let near = near.min(3);
    candidates.push(Candidate {
        choice: None,
        features: vec![
            mix(21, near, 0),
            mix(22, near, quoted * 2 + starts),
            mix(23, length, near),
            mix(24, words.label[content_top], near),
            mix(25, words.tag[content_top], near),
            mix(26, words.tag[content.start], near),
            mix(27, length, quoted * 2 + starts),
        ],
    });
    candidates
}

/// Which sources a cue may have; nobody, and the subject of the cue where it is no source yet, are among them.
pub(crate) fn sources_of(words: &Words, pieces: &Pieces, counts: &Counts, cue: Piece) -> Vec<Candidate> {
    let after = pieces.sources.partition_point(|source| source.start < cue.start);
    let from = after.saturating_sub(SOURCES_BEFORE);
    let to = (after + SOURCES_AFTER).min(pieces.sources.len());
    let cue_top = top(words, cue);
    let stem = words.stem[cue_top];
    let tag = words.tag[cue_top];
    let subject = subject(words, cue, cue_top);
    let mut candidates = Vec::with_capacity(to - from + 2);
    let mut near = 0;
    let mut taken = false;
    for number in from..to {
        let source = pieces.sources[number];
        let apart = words.paragraph[cue.start].abs_diff(words.paragraph[source.start]);
        let before = u32::from(source.start < cue.start);
        let sentences = words.sentence[source.start].abs_diff(words.sentence[cue.start]).min(3);
        if apart > 0 || sentences > 1 {
            continue;
        }
        near += u32::from(sentences == 0);
        let is_subject = subject.is_some_and(|piece| {
            let overlaps = piece.start < source.end && source.start < piece.end;
            taken |= overlaps;
            overlaps
        });
        let source_top = top(words, source);
        let [sources, cues, contents] = counts.between(cue, source);
        let relation = relation(words, source_top, cue_top);
        let far = distance(cue, source);
        let place = before * 8 + sentences * 2 + u32::from(is_subject);
        candidates.push(Candidate {
            choice: Some(Choice::Piece(number)),
            features: vec![
                mix(31, place, 0),
                mix(32, far, before),
                mix(33, cues, place),
                mix(34, contents, place),
                mix(35, sources, place),
                mix(36, relation, 0),
                mix(37, relation, before),
                mix(38, relation, stem),
                mix(39, stem, place),
                mix(40, tag, place),
                mix(41, cues * 16 + contents * 4 + sources, place),
                mix(42, words.label[source_top], place),
                mix(43, words.label[cue_top], pair(relation, place)),
                mix(44, far, place),
            ],
        });
    }
    let near = near.min(3);
    let shape = pair(words.kids[cue_top], tag);
    candidates.push(Candidate {
        choice: None,
        features: vec![
            mix(51, near, 0),
            mix(52, stem, near),
            mix(53, tag, near),
            mix(54, words.label[cue_top], near),
            mix(55, u32::from(subject.is_some()) * 2 + u32::from(taken), near),
            mix(56, shape, near),
            mix(57, stem, u32::from(subject.is_some())),
        ],
    });
    if let Some(piece) = subject.filter(|_| !taken) {
        let subject_top = top(words, piece);
        let who = pair(words.tag[subject_top], u32::from(words.name[subject_top]));
        candidates.push(Candidate {
            choice: Some(Choice::Subject(piece)),
            features: vec![
                mix(61, near, 0),
                mix(62, stem, 0),
                mix(63, who, 0),
                mix(64, words.low[subject_top], 0),
                mix(65, tag, near),
                mix(66, words.label[cue_top], near),
                mix(67, words.label[subject_top], tag),
                mix(68, distance(cue, piece), 0),
            ],
        });
    }
    candidates
}

/// A subject of more words is a mistake of the parser.
const LONGEST_SUBJECT: usize = 40;

/// The subject of a cue with all that hangs on it but clauses set off by a mark, where it touches no cue.
fn subject(words: &Words, cue: Piece, cue_top: usize) -> Option<Piece> {
    let mut verb = cue_top;
    let mut found = words.subject[verb];
    // "has criticised and warned": the subject hangs on the first verb.
    for _ in 0..3 {
        if found != NONE {
            break;
        }
        let head = words.head[verb] as usize;
        if head == verb || words.label[verb] != super::words::hash(b"conj") {
            break;
        }
        verb = head;
        found = words.subject[verb];
    }
    if found == NONE {
        return None;
    }
    let at = found as usize;
    let [left, right] = words.edges[at].map(|edge| edge as usize);
    let mut end = right + 1;
    // A clause behind a comma tells more of the source, and is no part of its name.
    if let Some(divider) = (at + 1..end.min(left + LONGEST_SUBJECT + 1)).find(|at| words.divides[*at]) {
        end = divider;
    }
    let piece = Piece { start: left, end };
    let apart = piece.end <= cue.start || cue.end <= piece.start;
    (apart && words.together(left, end - 1) && piece.end - piece.start <= LONGEST_SUBJECT).then_some(piece)
}
