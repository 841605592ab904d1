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
/// Groups of sixteen moves.
const GROUPS: usize = 5;

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

const BEGIN: u32 = 1;
const UNIT: u32 = 1 << 1;
const OUT: u32 = 1 << 2;

impl Move {
    /// Moves that are valid together share a bit: going on with an open name and ending it.
    fn bit(self) -> u32 {
        match self {
            Self::Begin(_) => BEGIN,
            Self::Unit(_) => UNIT,
            Self::Out => OUT,
            Self::In(kind) | Self::Last(kind) => 1 << (3 + kind as u32),
            Self::Blocked => 0,
        }
    }
}

/// The name finder.
#[derive(Debug)]
pub struct Finder {
    scorer: Scorer<PLACES, GROUPS>,
    moves: Vec<Move>,
}

/// Room for finding names.
#[derive(Debug, Default)]
pub struct Scratch {
    shares: Shares,
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
        let moves = found.collect::<Result<Vec<_>, _>>()?;
        let kinds: Vec<u32> = moves.iter().map(|step| step.bit()).collect();
        Ok(Self { scorer: Scorer::new("names", &kinds, tensors)?, moves })
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
        let mut open: Option<(u32, NameKind)> = None;
        for i in 0..starts.len() as u32 {
            // The next word belongs to the same sentence.
            let goes_on = starts.get(i as usize + 1).is_some_and(|starts| !starts);
            let space = spaces[i as usize];
            let allowed = match open {
                // A name ends with its sentence.
                Some((start, kind)) if !goes_on => {
                    out.push(Name { start: offset + start, end: offset + i + 1, kind });
                    open = None;
                    continue;
                }
                Some((_, kind)) => Move::In(kind).bit(),
                None if space => OUT,
                None if goes_on => OUT | BEGIN | UNIT,
                None => OUT | UNIT,
            };
            let places = [Some(i), open.map(|(start, _)| start), open.map(|_| i.saturating_sub(1))];
            let best = self.scorer.best(arch, &scratch.shares, places, allowed);
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
