//! The dependency parser: arc-eager transitions with breaks between sentences, greedy.
//!
//! Nivre (2004), non-monotonic as Honnibal and Johnson (2015): a word without a head that is reduced goes back to the
//! buffer, and a left arc may replace a head. Every step takes constant time.

use pulp::Arch;

use crate::labels;
use crate::scorer::{Scorer, Shares};
use crate::weights::{ModelError, Tensors};

/// Words of a state that its scores depend on.
const PLACES: usize = 8;
/// Groups of sixteen moves.
const GROUPS: usize = 7;
/// More steps than any text takes, for each word: a guard, never met.
const MOST_STEPS: usize = 16;

const NONE: u32 = u32::MAX;

/// What a move does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Action {
    Shift,
    Reduce,
    Left,
    Right,
    Break,
}

impl Action {
    fn bit(self) -> u32 {
        1 << self as u32
    }
}

/// The label of an arc, and that of the head it was lifted from where it was ("relcl||nsubj").
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Label {
    /// Its own.
    pub name: &'static str,
    /// That of its real head, which lies under the head it has.
    pub lifted_from: Option<&'static str>,
}

/// One word's place in the tree.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Arc {
    /// Its head; itself for a root.
    pub head: u32,
    /// How it depends on it.
    pub label: Label,
}

/// The parser.
#[derive(Debug)]
pub struct Parser {
    scorer: Scorer<PLACES, GROUPS>,
    moves: Vec<(Action, Label)>,
}

/// Room for parsing.
#[derive(Debug, Default)]
pub struct Scratch {
    shares: Shares,
    state: State,
}

/// Stack, buffer and arcs.
#[derive(Debug, Default)]
struct State {
    words: u32,
    stack: Vec<u32>,
    /// Words put back before the rest of the buffer, last first.
    put_back: Vec<u32>,
    /// First word of the rest of the buffer.
    next: u32,
    heads: Vec<u32>,
    labels: Vec<u16>,
    last_left: Vec<u32>,
    last_right: Vec<u32>,
    /// The child of the same head, on the same side, that was attached before.
    before: Vec<u32>,
    unshiftable: Vec<bool>,
    starts: Vec<bool>,
}

impl Parser {
    /// The parser of the model file.
    pub fn new(moves: &[(u8, String)], tensors: &mut Tensors) -> Result<Self, ModelError> {
        let mut found = Vec::with_capacity(moves.len());
        for (action, name) in moves {
            let action = match action {
                0 => Action::Shift,
                1 => Action::Reduce,
                2 => Action::Left,
                3 => Action::Right,
                4 => Action::Break,
                _ => return Err(ModelError::Unknown { kind: "action", name: action.to_string() }),
            };
            let label = match name.split_once("||") {
                Some((name, head)) => {
                    Label { name: labels::label(name)?, lifted_from: Some(labels::label(head)?) }
                }
                None if name.is_empty() => Label { name: labels::ROOT, lifted_from: None },
                None => Label { name: labels::label(name)?, lifted_from: None },
            };
            found.push((action, label));
        }
        let kinds: Vec<u32> = found.iter().map(|(action, _)| action.bit()).collect();
        Ok(Self { scorer: Scorer::new("parser", &kinds, tensors)?, moves: found })
    }

    /// The arcs of a text, from the vectors of its words; `out` is overwritten.
    pub fn parse(
        &self,
        arch: Arch,
        vectors: &[f32],
        words: usize,
        scratch: &mut Scratch,
        out: &mut Vec<Arc>,
    ) {
        self.scorer.prepare(arch, vectors, &mut scratch.shares);
        let state = &mut scratch.state;
        state.reset(words);
        for _ in 0..words * MOST_STEPS {
            if state.stack.is_empty() && state.buffered() == 0 {
                break;
            }
            let Some(at) = self.scorer.best(arch, &scratch.shares, state.places(), state.allowed()) else {
                break;
            };
            state.apply(self.moves[at].0, at as u16);
        }
        out.clear();
        out.extend((0..words).map(|i| match state.heads[i] {
            NONE => Arc { head: i as u32, label: Label { name: labels::ROOT, lifted_from: None } },
            head => Arc { head, label: self.moves[usize::from(state.labels[i])].1 },
        }));
    }
}

impl State {
    fn reset(&mut self, words: usize) {
        fn fill<T: Copy>(room: &mut Vec<T>, words: usize, value: T) {
            room.clear();
            room.resize(words, value);
        }
        self.words = words as u32;
        self.next = 0;
        self.stack.clear();
        self.put_back.clear();
        for room in [&mut self.heads, &mut self.last_left, &mut self.last_right, &mut self.before] {
            fill(room, words, NONE);
        }
        fill(&mut self.labels, words, 0);
        fill(&mut self.unshiftable, words, false);
        fill(&mut self.starts, words, false);
        if let Some(first) = self.starts.first_mut() {
            *first = true;
        }
    }

    /// Words in the buffer.
    fn buffered(&self) -> usize {
        (self.words - self.next) as usize + self.put_back.len()
    }

    fn buffer(&self, i: usize) -> Option<u32> {
        match self.put_back.len().checked_sub(i + 1) {
            Some(at) => Some(self.put_back[at]),
            None => Some(self.next + (i - self.put_back.len()) as u32).filter(|word| *word < self.words),
        }
    }

    fn stack(&self, i: usize) -> Option<u32> {
        self.stack.len().checked_sub(i + 1).map(|at| self.stack[at])
    }

    fn places(&self) -> [Option<u32>; PLACES] {
        let child =
            |of: &[u32], word: Option<u32>| word.map(|word| of[word as usize]).filter(|child| *child != NONE);
        let (first, top) = (self.buffer(0), self.stack(0));
        [
            first,
            self.buffer(1),
            top,
            self.stack(1),
            self.stack(2),
            child(&self.last_left, first),
            child(&self.last_left, top),
            child(&self.last_right, top),
        ]
    }

    /// The actions that are valid here, as bits.
    fn allowed(&self) -> u32 {
        let starts = |word: Option<u32>| word.is_some_and(|word| self.starts[word as usize]);
        let (first, second) = (self.buffer(0), self.buffer(1));
        let sticks = first.is_some_and(|word| self.unshiftable[word as usize]);
        let empty = self.stack.is_empty();
        let mut allowed = 0;
        let mut allow = |action: Action, valid: bool| allowed |= if valid { action.bit() } else { 0 };
        allow(Action::Shift, empty || second.is_some() && !starts(first) && !sticks);
        allow(Action::Reduce, !empty);
        allow(Action::Left, !empty && first.is_some() && !starts(first));
        allow(Action::Right, !empty && first.is_some() && !starts(first));
        allow(Action::Break, second.is_some() && second == first.map(|first| first + 1) && !starts(second));
        allowed
    }

    fn apply(&mut self, action: Action, label: u16) {
        match (action, self.stack.last().copied(), self.buffer(0)) {
            (Action::Shift, _, Some(_)) => self.push(),
            (Action::Reduce, Some(top), _) => {
                self.stack.pop();
                if self.heads[top as usize] == NONE && !self.stack.is_empty() {
                    self.unshiftable[top as usize] = true;
                    self.put_back.push(top);
                }
            }
            (Action::Left, Some(top), Some(first)) => {
                self.attach(first, top, label);
                self.unshiftable[first as usize] = false;
                self.stack.pop();
            }
            (Action::Right, Some(top), Some(first)) => {
                self.attach(top, first, label);
                self.push();
            }
            (Action::Break, _, _) => {
                if let Some(second) = self.buffer(1) {
                    self.starts[second as usize] = true;
                }
            }
            _ => {}
        }
    }

    fn push(&mut self) {
        let word = self.put_back.pop().unwrap_or_else(|| {
            self.next += 1;
            self.next - 1
        });
        self.stack.push(word);
    }

    fn attach(&mut self, head: u32, child: u32, label: u16) {
        let old = self.heads[child as usize];
        if old != NONE {
            self.detach(old, child);
        }
        let last = if head > child { &mut self.last_left } else { &mut self.last_right };
        self.before[child as usize] = std::mem::replace(&mut last[head as usize], child);
        self.heads[child as usize] = head;
        self.labels[child as usize] = label;
    }

    /// The child is nearly always the last one of its head, so the search is short.
    fn detach(&mut self, head: u32, child: u32) {
        let last = if head > child { &mut self.last_left } else { &mut self.last_right };
        let before = self.before[child as usize];
        if last[head as usize] == child {
            last[head as usize] = before;
            return;
        }
        let mut later = last[head as usize];
        while later != NONE {
            if self.before[later as usize] == child {
                self.before[later as usize] = before;
                return;
            }
            later = self.before[later as usize];
        }
    }
}
