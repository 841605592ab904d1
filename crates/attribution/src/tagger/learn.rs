//! Learning the weights: conditional random fields, trained one after the other.
//!
//! Linear-chain conditional random fields (Lafferty, McCallum and Pereira 2001) by stochastic gradient with steps
//! that shrink for each weight (AdaGrad: Duchi, Hazan and Singer 2011); the weights of the last rounds are averaged.
//! Each field learns from what the one before says of articles it has not seen (jackknife).

use rustc_hash::FxHashMap;

use super::features::STEP_KINDS;
use super::sequence::{Steps, may_end, may_follow, may_start};

/// How a field is trained.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Settings {
    /// Times all articles are read.
    pub rounds: usize,
    /// Rounds at the end whose weights are averaged.
    pub averaged: usize,
    /// First step of each weight.
    pub rate: f32,
    /// Of a hundred features of a word, so many are left out by chance each time it is read (dropout: Hinton and
    /// others 2012), so that none rests on another.
    pub dropped: u64,
    /// A feature is learned that stands at least this often in the articles.
    pub often: u8,
}

/// Features of the words of one article as numbers of weights, with the labels.
#[derive(Debug, Default)]
pub(crate) struct Lesson {
    /// Features of all words, one after the other.
    pub features: Vec<u32>,
    /// Where each word's features end.
    pub ends: Vec<u32>,
    /// The kind of step to each word.
    pub kinds: Vec<u8>,
    /// The right labels.
    pub labels: Vec<u8>,
}

impl Lesson {
    /// The sequences of the lesson, as ranges of words.
    fn sequences(&self) -> impl Iterator<Item = (usize, usize)> {
        let count = self.kinds.len();
        let starts = (0..count).filter(|at| *at == 0 || self.kinds[*at] == 0);
        let ends = (1..count).filter(|at| self.kinds[*at] == 0).chain(std::iter::once(count));
        starts.zip(ends)
    }

    /// Some words of the lesson, without the features that chance leaves out.
    fn thinned(&self, from: usize, to: usize, dropped: u64, draw: &mut u64) -> Self {
        let mut thin = Self {
            kinds: self.kinds[from..to].to_vec(),
            labels: self.labels[from..to].to_vec(),
            ..Self::default()
        };
        for at in from..to {
            thin.features.extend(self.of(at).iter().filter(|_| (next(draw) >> 40) % 100 >= dropped));
            thin.ends.push(thin.features.len() as u32);
        }
        thin
    }

    fn of(&self, at: usize) -> &[u32] {
        let start = if at == 0 { 0 } else { self.ends[at - 1] as usize };
        &self.features[start..self.ends[at] as usize]
    }
}

/// Numbers of the features that are learned.
#[derive(Debug, Default)]
pub(crate) struct Alphabet {
    numbers: FxHashMap<u32, u32>,
    /// Hash of each feature, by its number.
    pub hashes: Vec<u32>,
}

impl Alphabet {
    /// Numbers the features that stand at least `often` times in the lessons, and puts the numbers in their place.
    pub fn number(lessons: &mut [Lesson], often: u8) -> Self {
        let mut counts = vec![0u8; 1 << 27];
        for feature in lessons.iter().flat_map(|lesson| &lesson.features) {
            let count = &mut counts[(feature >> 5) as usize];
            *count = count.saturating_add(1);
        }
        let mut alphabet = Self::default();
        for lesson in lessons {
            let (mut kept, mut ends, mut start) = (Vec::new(), Vec::with_capacity(lesson.ends.len()), 0);
            for &end in &lesson.ends {
                for &feature in &lesson.features[start..end as usize] {
                    if counts[(feature >> 5) as usize] >= often {
                        let next = alphabet.hashes.len() as u32;
                        let number = *alphabet.numbers.entry(feature).or_insert(next);
                        if number == next {
                            alphabet.hashes.push(feature);
                        }
                        kept.push(number);
                    }
                }
                start = end as usize;
                ends.push(kept.len() as u32);
            }
            kept.shrink_to_fit();
            lesson.features = kept;
            lesson.ends = ends;
        }
        alphabet
    }
}

/// A trained field: weights by number of the feature, and of the steps.
#[derive(Debug, Clone)]
pub(crate) struct Field<const L: usize> {
    pub rows: Vec<[f32; L]>,
    pub steps: Steps<L>,
}

impl<const L: usize> Field<L> {
    /// The scores of all words of a lesson.
    pub fn read(&self, lesson: &Lesson) -> Vec<[f32; L]> {
        (0..lesson.ends.len())
            .map(|at| {
                let mut sum = [0.0; L];
                for &feature in lesson.of(at) {
                    let row = &self.rows[feature as usize];
                    for label in 0..L {
                        sum[label] += row[label];
                    }
                }
                sum
            })
            .collect()
    }
}

/// The next of a row of numbers without a pattern (xorshift: Marsaglia 2003).
fn next(draw: &mut u64) -> u64 {
    *draw ^= *draw << 13;
    *draw ^= *draw >> 7;
    *draw ^= *draw << 17;
    *draw
}

/// What the squares of the slopes start with, so that the first steps are small.
const FIRST: f32 = 1.0;

/// Trains a field on the lessons that `chosen` takes.
pub(crate) fn train<const L: usize>(
    lessons: &[Lesson],
    chosen: impl Fn(usize) -> bool,
    features: usize,
    settings: Settings,
) -> Field<L> {
    let mut field = Field { rows: vec![[0.0f32; L]; features], steps: [[[0.0; L]; L]; STEP_KINDS] };
    let mut squares = vec![[FIRST; L]; features];
    let mut step_squares: Steps<L> = [[[FIRST; L]; L]; STEP_KINDS];
    let mut mean = vec![[0.0f32; L]; features];
    let mut step_mean: Steps<L> = [[[0.0; L]; L]; STEP_KINDS];
    let mut order: Vec<(usize, usize, usize)> = (0..lessons.len())
        .filter(|at| chosen(*at))
        .flat_map(|at| lessons[at].sequences().map(move |(from, to)| (at, from, to)))
        .collect();
    let mut draw = 88_172_645_463_325_252u64;
    let rate = settings.rate;
    // What is left of the features weighs as much as all of them will.
    let louder = 100.0 / (100 - settings.dropped) as f32;
    for round in 0..settings.rounds {
        for at in (1..order.len()).rev() {
            order.swap(at, (next(&mut draw) % (at as u64 + 1)) as usize);
        }
        for &(lesson, from, to) in &order {
            let lesson = lessons[lesson].thinned(from, to, settings.dropped, &mut draw);
            let mut scores = field.read(&lesson);
            scores.iter_mut().flatten().for_each(|score| *score *= louder);
            let (slopes, step_slopes) = slopes(&scores, &lesson.labels, &lesson.kinds, &field.steps);
            for (at, slope) in slopes.iter().enumerate() {
                if slope.iter().all(|slope| slope.abs() < 1e-3) {
                    continue;
                }
                for &feature in lesson.of(at) {
                    let (row, squares) = (&mut field.rows[feature as usize], &mut squares[feature as usize]);
                    for label in 0..L {
                        let slope = slope[label];
                        squares[label] += slope * slope;
                        row[label] -= rate * slope / (squares[label].sqrt());
                    }
                }
            }
            for kind in 0..STEP_KINDS {
                for before in 0..L {
                    for here in 0..L {
                        if step_slopes[kind][before][here] == 0.0 {
                            continue;
                        }
                        let slope = step_slopes[kind][before][here];
                        let square = &mut step_squares[kind][before][here];
                        *square += slope * slope;
                        field.steps[kind][before][here] -= rate * slope / (square.sqrt());
                    }
                }
            }
        }
        if round + settings.averaged >= settings.rounds {
            let share = 1.0 / settings.averaged as f32;
            for (mean, row) in mean.iter_mut().zip(&field.rows) {
                mean.iter_mut().zip(row).for_each(|(mean, weight)| *mean += weight * share);
            }
            for (mean, weight) in
                step_mean.iter_mut().flatten().flatten().zip(field.steps.iter().flatten().flatten())
            {
                *mean += weight * share;
            }
        }
    }
    Field { rows: mean, steps: step_mean }
}

/// The slope of the loss for each score of each word, and for each weight of a step: what the field expects less
/// what is right (forward-backward).
fn slopes<const L: usize>(
    scores: &[[f32; L]],
    labels: &[u8],
    kinds: &[u8],
    steps: &Steps<L>,
) -> (Vec<[f32; L]>, Box<Steps<L>>) {
    let count = scores.len();
    let mut powers: Box<Steps<L>> = Box::new([[[0.0; L]; L]; STEP_KINDS]);
    for &kind in kinds {
        let kind = kind as usize;
        if powers[kind][0][0] == 0.0 {
            for (row, weights) in powers[kind].iter_mut().zip(&steps[kind]) {
                row.iter_mut().zip(weights).for_each(|(power, weight)| *power = weight.exp());
            }
        }
    }
    let local: Vec<[f32; L]> = scores
        .iter()
        .map(|score| {
            let highest = score.iter().copied().fold(f32::NEG_INFINITY, f32::max);
            score.map(|score| (score - highest).exp().max(1e-20))
        })
        .collect();
    let mut ahead = vec![[0.0f32; L]; count];
    for at in 0..count {
        let mut here = [0.0; L];
        for (label, value) in here.iter_mut().enumerate() {
            let before = if at == 0 {
                f32::from(u8::from(may_start(label)))
            } else {
                let power = &powers[kinds[at] as usize];
                let before = &ahead[at - 1];
                (0..L).filter(|b| may_follow::<L>(*b, label)).map(|b| before[b] * power[b][label]).sum()
            };
            *value = before * local[at][label];
        }
        let sum: f32 = here.iter().sum::<f32>().max(1e-30);
        ahead[at] = here.map(|value| value / sum);
    }
    let mut slopes = vec![[0.0f32; L]; count];
    let mut step_slopes: Box<Steps<L>> = Box::new([[[0.0; L]; L]; STEP_KINDS]);
    let mut behind: [f32; L] = std::array::from_fn(|label| f32::from(u8::from(may_end::<L>(label))));
    for at in (0..count).rev() {
        let mut share: [f32; L] = std::array::from_fn(|label| ahead[at][label] * behind[label]);
        let sum = share.iter().sum::<f32>().max(1e-30);
        share.iter_mut().for_each(|value| *value /= sum);
        slopes[at] = share;
        slopes[at][labels[at] as usize] -= 1.0;
        if at == 0 {
            behind = [1.0; L];
            continue;
        }
        let kind = kinds[at] as usize;
        let power = &powers[kind];
        let mut pairs = [[0.0f32; L]; L];
        let mut sum = 0.0;
        let mut next = [0.0f32; L];
        for before in 0..L {
            for here in 0..L {
                if may_follow::<L>(before, here) {
                    let tail = power[before][here] * local[at][here] * behind[here];
                    next[before] += tail;
                    pairs[before][here] = ahead[at - 1][before] * tail;
                    sum += pairs[before][here];
                }
            }
        }
        let scale = 1.0 / sum.max(1e-30);
        for before in 0..L {
            for here in 0..L {
                step_slopes[kind][before][here] += pairs[before][here] * scale;
            }
        }
        step_slopes[kind][labels[at - 1] as usize][labels[at] as usize] -= 1.0;
        let total = next.iter().sum::<f32>().max(1e-30);
        behind = next.map(|value| value / total);
    }
    (slopes, step_slopes)
}
