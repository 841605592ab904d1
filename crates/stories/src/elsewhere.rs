//! Look-alikes: what is told in the words of a story, and is of another place or of other people.

use crate::live::Live;
use crate::vector::{Entry, NAMES, TITLE};

/// Names in headlines from which they say where, or of whom, a story is.
const SETTING: usize = 2;

/// True where headlines name at least two persons, places or organisations, and the story none of them:
/// "Italian and Turkish troops … Misrata" is told in the words of "U.S. and Russian troops … Niamey", and is
/// elsewhere. Both have to be in one language.
pub fn is_elsewhere(told: &[Entry], story: &Live) -> bool {
    let mut named = 0;
    for entry in told.iter().filter(|entry| entry.weights[TITLE] > 0.0 && entry.weights[NAMES] > 0.0) {
        named += 1;
        if story.sum.binary_search_by_key(&entry.term, |known| known.term).is_ok() {
            return false;
        }
    }
    named >= SETTING
}
