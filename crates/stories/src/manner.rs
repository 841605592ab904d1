//! Manner: what became of a text on its way into a copy.
//!
//! The samples of shingles of both texts stand in the order of the texts, so how many are shared, how long each is and
//! in what order the shared ones come tells a cut from a call to subscribe, and both from other words.

use dateline_model::Manner;

use crate::copies::{Copy, Layout};

/// Share of the smaller text from which a copy is word for word. Light edits (a changed headline, a
/// cut last paragraph, corrected spelling) leave more than this of the five-word shingles intact.
pub const WORD_FOR_WORD: f32 = 0.85;
/// Share of the new article that must be copied for a word-for-word copy: with less, the outlet has
/// added a report of its own to the wire's, not boilerplate.
pub const MOSTLY_COPIED: f32 = 0.6;
/// Share of the longer text by which texts of one length may differ: a line of a notice, or chance in the sample.
const ONE_LENGTH: f32 = 0.02;
/// Share of the shared shingles after which the text goes back: above it the passages stand in another order. On
/// `neardup_synth` .95 of the reordered copies reach it, and .02 of those that were edited.
const REORDERED: f32 = 0.025;
/// Sampled shingles in a row, the same in both texts, that are passages of another report and not a quotation: some 96 words. Of
/// 423 pairs of articles by different outlets on one event that share text and are no copies (`allsides_full_dev`), the
/// longest run is 9; a statement of 46 words has come to 10 by the chance of the sample.
pub const PASSAGES: u32 = 12;

/// What became of the text in a copy, by what both have in common.
pub fn manner(copy: &Copy, layout: Layout) -> Manner {
    if copy.of_new < MOSTLY_COPIED && copy.containment >= WORD_FOR_WORD {
        return Manner::Extended;
    }
    if layout.backs as f32 > REORDERED * copy.shared as f32 {
        return Manner::Reordered;
    }
    if copy.containment < WORD_FOR_WORD {
        return Manner::Reworded;
    }
    // How long both are: what is shared, by its share of each.
    let (new, old) = (1.0 / copy.of_new, 1.0 / copy.of_old);
    let longer = ONE_LENGTH * new.max(old);
    if old - new > longer {
        Manner::Truncated
    } else if new - old > longer {
        Manner::Wrapped
    } else {
        Manner::Whole
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::copies::CopyIndex;

    /// The manner of a text that shares numbered shingles with a wire's report of a hundred.
    fn of(text: &[u32]) -> Manner {
        let mut index = CopyIndex::default();
        index.add(0, &(0..100).collect::<Vec<_>>());
        let copies = index.find(text, 0.0);
        manner(&copies[0], index.layout(text, 0))
    }

    fn joined(parts: &[std::ops::Range<u32>]) -> Vec<u32> {
        parts.iter().cloned().flatten().collect()
    }

    #[test]
    fn what_became_of_the_text_shows_in_what_is_shared() {
        assert_eq!(of(&(0..100).collect::<Vec<_>>()), Manner::Whole);
        assert_eq!(of(&joined(&[0..99, 200..202])), Manner::Whole, "one line more");
        assert_eq!(of(&(0..40).collect::<Vec<_>>()), Manner::Truncated);
        assert_eq!(of(&joined(&[200..203, 0..100, 300..305])), Manner::Wrapped, "calls to subscribe");
        assert_eq!(of(&joined(&[80..100, 30..60, 10..30, 0..10, 60..80])), Manner::Reordered);
        assert_eq!(of(&joined(&[0..100, 200..300])), Manner::Extended, "as much text of its own");
        assert_eq!(of(&joined(&[0..30, 200..220, 50..80, 300..310])), Manner::Reworded);
    }
}
