//! Repairs of labels by what quotation marks say.

use super::words::{Quote, Words};

/// A quotation of at least so many words in a paragraph that attributes something is part of what is said.
const SPOKEN: usize = 4;

/// Labels of contents.
const BEGIN: u8 = 5;
const INSIDE: u8 = 6;

/// Makes whole quotations contents where their paragraph, or the end of the one before, attributes something.
///
/// A quotation of four words or more in which hardly a word was labelled is speech that the labels missed, as words
/// in quotation marks beside a speaker hardly ever are anything else.
pub(crate) fn quotations(words: &Words, labels: &mut [u8]) {
    let count = words.len();
    let mut at = 0;
    let mut paragraph = 0;
    let mut attributes = false;
    while at < count {
        if at == 0 || words.paragraph[at] != words.paragraph[at - 1] {
            let end = (at..count).find(|end| words.paragraph[*end] != words.paragraph[at]).unwrap_or(count);
            // The cue of a quotation that opens a paragraph may stand in the one before.
            let goes_on = attributes && words.quote[at] == Quote::Opens;
            attributes = goes_on || labels[at..end].iter().any(|label| matches!(label, 3 | 4));
            paragraph = end;
            if !attributes {
                at = end;
                continue;
            }
        }
        if words.quote[at] != Quote::Opens {
            at += 1;
            continue;
        }
        let mut end = at + 1;
        while end < paragraph && words.quote[end] == Quote::Inside {
            end += 1;
        }
        let closed = end < paragraph && words.quote[end] == Quote::Closes;
        end += usize::from(closed);
        let spoken = (at..end).filter(|at| words.is_word[*at]).count();
        if spoken >= SPOKEN && labels[at..end].iter().all(|label| *label == 0) {
            labels[at..end].fill(INSIDE);
            labels[at] = BEGIN;
        }
        at = end;
    }
}
