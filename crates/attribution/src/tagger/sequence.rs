//! Labels of a sequence of words: the best path through scores of words and of steps between them.

use super::features::STEP_KINDS;

/// Weights of the steps between labels, for each kind of step: from the label before to the label here.
pub(crate) type Steps<const L: usize> = [[[f32; L]; L]; STEP_KINDS];

/// The last word of a content of two words or more, in schemes that have it, so that a field learns of the end of a
/// content as much as of its beginning. The same for sources and cues gives nothing more.
const LAST: usize = 7;
/// The words before it, from the second on.
const INSIDE: usize = LAST - 1;

/// True where label `here` may follow `before`. Label 0 is outside; of each role the odd label begins it and the
/// even one goes on with it (BIO), up to [`LAST`].
#[inline(always)]
pub(crate) const fn may_follow<const L: usize>(before: usize, here: usize) -> bool {
    if here == LAST {
        return before == INSIDE || before + 1 == INSIDE;
    }
    if !may_end::<L>(before) {
        return here == before;
    }
    may_start(here) || (before != LAST && (before == here || before + 1 == here))
}

/// True where a sequence may end with label `here`.
#[inline(always)]
pub(crate) const fn may_end<const L: usize>(here: usize) -> bool {
    L <= LAST || here != INSIDE
}

/// Labels with the last words of contents marked, in a scheme that has them, of labels without.
pub(crate) fn with_last<const L: usize>(labels: &[u8], kinds: &[u8]) -> Vec<u8> {
    let mark = |(at, &label): (usize, &u8)| {
        let goes_on = labels.get(at + 1) == Some(&label) && kinds[at + 1] != 0;
        if goes_on || may_end::<L>(label as usize) { label } else { LAST as u8 }
    };
    labels.iter().enumerate().map(mark).collect()
}

/// Labels without the last words marked.
pub(crate) fn without_last(mut labels: Vec<u8>) -> Vec<u8> {
    labels.iter_mut().filter(|label| **label == LAST as u8).for_each(|label| *label = INSIDE as u8);
    labels
}

/// True where a sequence may start with label `here`.
#[inline(always)]
pub(crate) const fn may_start(here: usize) -> bool {
    here == 0 || (here % 2 == 1 && here != LAST)
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
                    if may_follow::<L>(before, here) {
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
    (1..L)
        .filter(|label| may_end::<L>(*label))
        .fold(0, |best, label| if path[label] > path[best] { label } else { best }) as u8
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
                        .filter(|before| may_follow::<L>(*before, here))
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
                if may_follow::<L>(before, here) {
                    *best = best.max(step[before][here] + scores[at][here] + behind[here]);
                }
            }
        }
        let highest = before_it.iter().copied().fold(f32::NEG_INFINITY, f32::max);
        behind = before_it.map(|score| score - highest);
    }
    margins
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn last_words_are_marked_where_a_piece_ends_or_its_paragraph_does() {
        // A content of three words, one of one word, a cue of two, and a content that the paragraph cuts.
        let labels = [5, 6, 6, 5, 3, 4, 5, 6, 5, 6];
        let kinds = [0, 1, 1, 1, 1, 1, 1, 1, 0, 1];
        let marked = with_last::<8>(&labels, &kinds);
        assert_eq!(marked, [5, 6, 7, 5, 3, 4, 5, 7, 5, 7]);
        assert_eq!(without_last(marked), labels);
        assert_eq!(with_last::<7>(&labels, &kinds), labels);
    }

    proptest! {
        #[test]
        fn the_best_labels_follow_the_scheme_and_close_what_they_open(
            words in prop::collection::vec((prop::array::uniform8(-4.0f32..4.0), 0u8..3), 0..30)
        ) {
            let (scores, kinds): (Vec<[f32; 8]>, Vec<u8>) = words.into_iter().unzip();
            let labels = best(&scores, &kinds, &[[[0.0; 8]; 8]; STEP_KINDS]);
            for (at, &label) in labels.iter().enumerate() {
                let here = label as usize;
                if at == 0 || kinds[at] == 0 {
                    prop_assert!(may_start(here));
                    prop_assert!(at == 0 || may_end::<8>(labels[at - 1] as usize));
                } else {
                    prop_assert!(may_follow::<8>(labels[at - 1] as usize, here));
                }
            }
            prop_assert!(labels.last().is_none_or(|label| may_end::<8>(*label as usize)));
            let plain = without_last(labels.clone());
            prop_assert_eq!(with_last::<8>(&plain, &kinds), labels);
        }
    }
}
