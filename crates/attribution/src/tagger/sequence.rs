//! Labels of a sequence of words: the best path through scores of words and of steps between them.

use super::features::STEP_KINDS;

/// Weights of the steps between labels, for each kind of step: from the label before to the label here.
pub(crate) type Steps<const L: usize> = [[[f32; L]; L]; STEP_KINDS];

/// True where label `here` may follow `before`. Label 0 is outside; of each role the odd label begins it and the
/// even one goes on with it (BIO).
#[inline(always)]
pub(crate) const fn may_follow(before: usize, here: usize) -> bool {
    here % 2 == 1 || here == 0 || before == here || before + 1 == here
}

/// True where a sequence may start with label `here`.
#[inline(always)]
pub(crate) const fn may_start(here: usize) -> bool {
    here % 2 == 1 || here == 0
}

/// The best labels of a sequence (Viterbi), linear in its length.
///
/// `scores` holds each word's score of each label; a step of kind 0 starts a new sequence.
pub(crate) fn best<const L: usize>(scores: &[[f32; L]], kinds: &[u8], steps: &Steps<L>) -> Vec<u8> {
    let count = scores.len();
    let mut back = vec![[0u8; L]; count];
    let mut path = [f32::NEG_INFINITY; L];
    let mut labels = vec![0u8; count];
    for at in 0..count {
        let mut next = [f32::NEG_INFINITY; L];
        if at == 0 || kinds[at] == 0 {
            // Sequences are independent: all labels here come from the best end of the one before.
            let from = top(&path);
            for here in 0..L {
                if may_start(here) {
                    next[here] = scores[at][here];
                    back[at][here] = from;
                }
            }
        } else {
            let step = &steps[kinds[at] as usize];
            for here in 0..L {
                for before in 0..L {
                    if may_follow(before, here) {
                        let score = path[before] + step[before][here] + scores[at][here];
                        if score > next[here] {
                            next[here] = score;
                            back[at][here] = before as u8;
                        }
                    }
                }
            }
            // Long sequences stay exact in single precision.
            let highest = next.iter().copied().fold(f32::NEG_INFINITY, f32::max);
            next.iter_mut().for_each(|score| *score -= highest);
        }
        path = next;
    }
    let mut label = top(&path);
    for at in (0..count).rev() {
        labels[at] = label;
        label = back[at][label as usize];
    }
    labels
}

fn top<const L: usize>(path: &[f32; L]) -> u8 {
    (1..L).fold(0, |best, label| if path[label] > path[best] { label } else { best }) as u8
}

/// How much better the best path is in which a word has a label than the best in which it has none (label 0),
/// for each word; below zero where it is worse. Linear in the length.
pub(crate) fn margins<const L: usize>(scores: &[[f32; L]], kinds: &[u8], steps: &Steps<L>) -> Vec<f32> {
    let count = scores.len();
    let mut ahead = vec![[f32::NEG_INFINITY; L]; count];
    for at in 0..count {
        let first = at == 0 || kinds[at] == 0;
        for here in 0..L {
            ahead[at][here] = scores[at][here]
                + if first {
                    if may_start(here) { 0.0 } else { f32::NEG_INFINITY }
                } else {
                    let step = &steps[kinds[at] as usize];
                    (0..L)
                        .filter(|before| may_follow(*before, here))
                        .map(|before| ahead[at - 1][before] + step[before][here])
                        .fold(f32::NEG_INFINITY, f32::max)
                };
        }
        let highest = ahead[at].iter().copied().fold(f32::NEG_INFINITY, f32::max);
        ahead[at].iter_mut().for_each(|score| *score -= highest);
    }
    let mut margins = vec![0.0; count];
    let mut behind = [0.0f32; L];
    for at in (0..count).rev() {
        let total: [f32; L] = std::array::from_fn(|label| ahead[at][label] + behind[label]);
        margins[at] = total[1..].iter().copied().fold(f32::NEG_INFINITY, f32::max) - total[0];
        if kinds[at] == 0 {
            behind = [0.0; L];
            continue;
        }
        let step = &steps[kinds[at] as usize];
        let mut before_it = [f32::NEG_INFINITY; L];
        for (before, best) in before_it.iter_mut().enumerate() {
            for here in 0..L {
                if may_follow(before, here) {
                    *best = best.max(step[before][here] + scores[at][here] + behind[here]);
                }
            }
        }
        let highest = before_it.iter().copied().fold(f32::NEG_INFINITY, f32::max);
        behind = before_it.map(|score| score - highest);
    }
    margins
}
