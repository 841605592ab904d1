//! From the parser's arcs to trees: lifted arcs go back to their heads, and sentences start where trees begin.

use rustc_hash::FxHashMap;

use crate::arcs::Arc;

/// How many words are looked at for the head of one lifted arc: more than any sentence of prose has under one word, and
/// the bound that keeps this linear on anything else.
const SEARCHED: usize = 1024;

/// Rounds over the arcs until the edges of all subtrees are known, as in spaCy; crossing arcs need more than one.
const ROUNDS: usize = 12;

/// First and last word under each word, itself included.
#[derive(Debug, Default)]
struct Edges(Vec<(u32, u32)>);

/// Reattaches lifted arcs: each label "X||Y" looks for the first Y under its head, breadth first (Nivre and Nilsson
/// 2005), and the arc goes there.
pub fn reattach(arcs: &mut [Arc], spaces: &[bool]) {
    if arcs.iter().all(|arc| arc.label.lifted_from.is_none()) {
        return;
    }
    let edges = Edges::of(arcs);
    let mut children = Children::of(arcs);
    for i in 0..arcs.len() {
        let Some(label) = arcs[i].label.lifted_from.take() else { continue };
        let mut queue = vec![arcs[i].head];
        let mut at = 0;
        let found = 'search: loop {
            let Some(&word) = queue.get(at).filter(|_| at < SEARCHED) else { break None };
            at += 1;
            for child in children.under(word, arcs, &edges) {
                let arc = &arcs[child as usize];
                if spaces[child as usize] || child as usize == i {
                    continue;
                }
                // A label that still waits for its own turn is another string ("X||Y").
                if arc.label.name == label && arc.label.lifted_from.is_none() && arc.head != child {
                    break 'search Some(child);
                }
                queue.push(child);
            }
        };
        if let Some(head) = found {
            arcs[i].head = head;
            children.moved.entry(head).or_default().push(i as u32);
        }
    }
}

/// Which words start sentences: the first word under each root.
pub fn sentence_starts(arcs: &[Arc]) -> Vec<bool> {
    let edges = Edges::of(arcs);
    let mut starts = vec![false; arcs.len()];
    for (i, arc) in arcs.iter().enumerate() {
        if arc.head as usize == i {
            starts[edges.0[i].0 as usize] = true;
        }
    }
    starts
}

impl Edges {
    fn of(arcs: &[Arc]) -> Self {
        let mut edges = Self((0..arcs.len() as u32).map(|i| (i, i)).collect());
        for _ in 0..ROUNDS {
            (0..arcs.len()).for_each(|i| edges.widen(i, arcs[i].head as usize));
            (0..arcs.len()).rev().for_each(|i| edges.widen(i, arcs[i].head as usize));
            if edges.hold_all_heads(arcs) {
                break;
            }
        }
        edges
    }

    fn widen(&mut self, child: usize, head: usize) {
        let (left, right) = self.0[child];
        let edges = &mut self.0[head];
        *edges = (edges.0.min(left), edges.1.max(right));
    }

    /// True where every head lies in the sentence of its word.
    fn hold_all_heads(&self, arcs: &[Arc]) -> bool {
        let mut starts = vec![false; arcs.len()];
        for (i, arc) in arcs.iter().enumerate() {
            if arc.head as usize == i {
                starts[self.0[i].0 as usize] = true;
            }
        }
        let mut from = 0;
        for i in 1..arcs.len() {
            // As in spaCy, the last word closes the last sentence without being looked at.
            if starts[i] || i + 1 == arcs.len() {
                if arcs[from..i].iter().any(|arc| (arc.head as usize) < from || arc.head as usize > i) {
                    return false;
                }
                from = i;
            }
        }
        true
    }
}

/// The children of every word as the parser left them, and those that moved since.
struct Children {
    first: Vec<u32>,
    words: Vec<u32>,
    /// For a head, the children that moved there.
    moved: FxHashMap<u32, Vec<u32>>,
}

impl Children {
    fn of(arcs: &[Arc]) -> Self {
        let mut first = vec![0; arcs.len() + 1];
        arcs.iter().for_each(|arc| first[arc.head as usize + 1] += 1);
        for i in 0..arcs.len() {
            first[i + 1] += first[i];
        }
        let mut free = first.clone();
        let mut words = vec![0; arcs.len()];
        for (i, arc) in arcs.iter().enumerate() {
            words[free[arc.head as usize] as usize] = i as u32;
            free[arc.head as usize] += 1;
        }
        Self { first, words, moved: FxHashMap::default() }
    }

    /// The children of a word now, in order. Those that moved there count only inside its old edges, as in spaCy.
    fn under(&self, word: u32, arcs: &[Arc], edges: &Edges) -> Vec<u32> {
        let own = &self.words[self.first[word as usize] as usize..self.first[word as usize + 1] as usize];
        let (left, right) = edges.0[word as usize];
        let moved =
            self.moved.get(&word).into_iter().flatten().filter(|child| (left..=right).contains(*child));
        let mut children: Vec<u32> = own.iter().chain(moved).copied().collect();
        children.retain(|child| arcs[*child as usize].head == word && *child != word);
        children.sort_unstable();
        children.dedup();
        children
    }
}
