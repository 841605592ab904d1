//! The name finder: for each word, whether it begins, continues, ends or is a name, or none (BILUO), greedy.
//!
//! Ratinov and Roth (2009). A name ends before the next sentence and does not begin with white space.

use pulp::Arch;

use crate::labels;
use crate::parse::{Name, NameKind};
use crate::scorer::{Scorer, Shares};
use crate::weights::{ModelError, Tensors};

/// Words of a state that its scores depend on: this one, the first of an open name, the one before in it.
const PLACES: usize = 3;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Move {
    Begin(NameKind),
    In(NameKind),
    Last(NameKind),
    Unit(NameKind),
    Out,
    /// Words that may not be names, in training; never allowed.
    Blocked,
}

/// The name finder.
#[derive(Debug)]
pub struct Finder {
    scorer: Scorer<PLACES>,
    moves: Vec<Move>,
}

/// Room for finding names.
#[derive(Debug, Default)]
pub struct Scratch {
    shares: Shares,
    scores: Vec<f32>,
}

impl Finder {
    /// The name finder of the model file.
    pub fn new(moves: &[(u8, String)], tensors: &mut Tensors) -> Result<Self, ModelError> {
        let found = moves.iter().map(|(action, kind)| {
            Ok(match action {
                1 => Move::Begin(labels::kind(kind)?),
                2 => Move::In(labels::kind(kind)?),
                3 => Move::Last(labels::kind(kind)?),
                4 if kind.is_empty() => Move::Blocked,
                4 => Move::Unit(labels::kind(kind)?),
                5 => Move::Out,
                _ => return Err(ModelError::Unknown { kind: "action", name: action.to_string() }),
            })
        });
        Ok(Self {
            moves: found.collect::<Result<_, _>>()?,
            scorer: Scorer::new("names", moves.len(), tensors)?,
        })
    }

    /// The names of a text, from the vectors of its words; `starts` and `spaces` say of each word whether it starts a
    /// sentence and is white space. Names are appended, their tokens counted from `offset`.
    #[allow(clippy::too_many_arguments)]
    pub fn find(
        &self,
        arch: Arch,
        vectors: &[f32],
        starts: &[bool],
        spaces: &[bool],
        offset: u32,
        scratch: &mut Scratch,
        out: &mut Vec<Name>,
    ) {
        self.scorer.prepare(arch, vectors, &mut scratch.shares);
        scratch.scores.resize(self.scorer.scores(), 0.0);
        let mut open: Option<(u32, NameKind)> = None;
        for i in 0..starts.len() as u32 {
            // The next word belongs to the same sentence.
            let goes_on = starts.get(i as usize + 1).is_some_and(|starts| !starts);
            let space = spaces[i as usize];
            let places = [Some(i), open.map(|(start, _)| start), open.map(|_| i.saturating_sub(1))];
            self.scorer.score(arch, &scratch.shares, places, &mut scratch.scores);
            let allowed = |step: Move| match (step, open) {
                (Move::Begin(_), None) => goes_on && !space,
                (Move::Unit(_), None) => !space,
                (Move::Out, None) => true,
                (Move::In(kind), Some((_, open))) => kind == open && goes_on,
                (Move::Last(kind), Some((_, open))) => kind == open,
                _ => false,
            };
            let mut best: Option<usize> = None;
            for (at, step) in self.moves.iter().enumerate() {
                if best.is_none_or(|best| scratch.scores[at] > scratch.scores[best]) && allowed(*step) {
                    best = Some(at);
                }
            }
            match best.map(|best| self.moves[best]) {
                Some(Move::Begin(kind)) => open = Some((i, kind)),
                Some(Move::Last(kind)) => {
                    let start = open.take().map_or(i, |(start, _)| start);
                    out.push(Name { start: offset + start, end: offset + i + 1, kind });
                }
                Some(Move::Unit(kind)) => out.push(Name { start: offset + i, end: offset + i + 1, kind }),
                _ => {}
            }
        }
    }
}
