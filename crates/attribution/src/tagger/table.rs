//! Weights of features in small numbers: what ships.

use super::features::STEP_KINDS;
use super::sequence::Steps;

/// Weights of features by their hash, eight bits each, `L` labels to a row of `W = L + 1` bytes.
///
/// The last byte of a row is a fingerprint: a feature that was never learned finds no row, but for one in 255. Each
/// feature has two places, in the same line of the processor's cache.
#[derive(Debug, Clone)]
pub(crate) struct Table<const L: usize, const W: usize> {
    rows: Vec<[i8; W]>,
    bits: u32,
    /// What a weight of one is in the field's own unit.
    pub unit: f32,
    /// Weights of the steps, in the same unit.
    pub steps: Steps<L>,
}

fn place(hash: u32, bits: u32) -> usize {
    (hash >> (32 - bits)) as usize
}

/// Never zero: that is an empty row.
fn fingerprint(hash: u32) -> i8 {
    let print = (hash & 0xff) as u8;
    (if print == 0 { 0x5a } else { print }) as i8
}

impl<const L: usize, const W: usize> Table<L, W> {
    /// An empty table of `1 << bits` rows.
    pub fn new(bits: u32, unit: f32, steps: &Steps<L>) -> Self {
        let mut steps = *steps;
        steps.iter_mut().flatten().flatten().for_each(|weight| *weight = (*weight / unit).round());
        Self { rows: vec![[0; W]; 1 << bits], bits, unit, steps }
    }

    /// Weights of the steps in the field's own unit.
    pub fn weighed_steps(&self) -> Steps<L> {
        self.steps.map(|kind| kind.map(|before| before.map(|weight| weight * self.unit)))
    }

    /// Keeps the weights of a feature; says whether there was room.
    pub fn insert(&mut self, hash: u32, weights: &[f32; L]) -> bool {
        let place = place(hash, self.bits);
        let Some(free) = [place, place ^ 1].into_iter().find(|at| self.rows[*at][W - 1] == 0) else {
            return false;
        };
        let row = &mut self.rows[free];
        for (kept, weight) in row.iter_mut().zip(weights) {
            *kept = (weight / self.unit).round().clamp(-127.0, 127.0) as i8;
        }
        row[W - 1] = fingerprint(hash);
        true
    }

    /// Adds the weights of each feature.
    #[inline]
    pub fn sum(&self, features: &[u32]) -> [f32; L] {
        let mut sum = [0i32; W];
        for &hash in features {
            let place = place(hash, self.bits);
            let print = fingerprint(hash);
            let (first, second) = (&self.rows[place], &self.rows[place ^ 1]);
            let row = if first[W - 1] == print {
                first
            } else if second[W - 1] == print {
                second
            } else {
                continue;
            };
            for label in 0..W {
                sum[label] += i32::from(row[label]);
            }
        }
        std::array::from_fn(|label| sum[label] as f32)
    }

    /// Writes the table: places as differences, and of each row only what is not zero.
    pub fn write(&self, out: &mut Vec<u8>) {
        out.push(self.bits as u8);
        out.extend(self.unit.to_le_bytes());
        for weight in self.steps.iter().flatten().flatten() {
            out.extend((*weight as i16).to_le_bytes());
        }
        let taken = self.rows.iter().enumerate().filter(|(_, row)| row[W - 1] != 0);
        out.extend((taken.clone().count() as u32).to_le_bytes());
        let mut before = 0;
        for (at, row) in taken {
            let mut gap = at - before;
            before = at;
            while gap >= 0x80 {
                out.push(gap as u8 | 0x80);
                gap >>= 7;
            }
            out.push(gap as u8);
            out.push(row[W - 1] as u8);
            let mask = (0..L).filter(|label| row[*label] != 0).fold(0u8, |mask, label| mask | 1 << label);
            out.push(mask);
            out.extend(row[..L].iter().filter(|weight| **weight != 0).map(|weight| *weight as u8));
        }
    }

    /// Reads what [`write`](Self::write) wrote; `None` where it is something else.
    pub fn read(bytes: &mut &[u8]) -> Option<Self> {
        let bits = u32::from(take::<1>(bytes)?[0]);
        if !(1..=24).contains(&bits) {
            return None;
        }
        let unit = f32::from_le_bytes(take(bytes)?);
        let mut steps: Steps<L> = [[[0.0; L]; L]; STEP_KINDS];
        for weight in steps.iter_mut().flatten().flatten() {
            *weight = f32::from(i16::from_le_bytes(take(bytes)?));
        }
        let count = u32::from_le_bytes(take(bytes)?);
        let mut rows = vec![[0i8; W]; 1 << bits];
        let mut at = 0usize;
        for _ in 0..count {
            let (mut gap, mut shift) = (0usize, 0);
            loop {
                let byte = take::<1>(bytes)?[0];
                gap |= usize::from(byte & 0x7f) << shift;
                shift += 7;
                if byte < 0x80 {
                    break;
                }
                if shift > 28 {
                    return None;
                }
            }
            at += gap;
            let row = rows.get_mut(at)?;
            let [print, mask] = take(bytes)?;
            row[W - 1] = print as i8;
            for (label, weight) in row.iter_mut().enumerate().take(L) {
                if mask & 1 << label != 0 {
                    *weight = take::<1>(bytes)?[0] as i8;
                }
            }
        }
        (unit.is_finite() && unit > 0.0).then_some(Self { rows, bits, unit, steps })
    }
}

/// The next `N` bytes.
pub(crate) fn take<const N: usize>(bytes: &mut &[u8]) -> Option<[u8; N]> {
    let (head, rest) = bytes.split_first_chunk::<N>()?;
    *bytes = rest;
    Some(*head)
}
