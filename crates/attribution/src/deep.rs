//! The whole reading of an English text: grammar, attributions, characterisation.

use dateline_grammar::English;
use dateline_model::Attribution;

use crate::Tagger;
use crate::characterise::{Outlets, characterise, missed, straighten};

/// The files of all weights that [`deep`] reads with: with other ones it may read something else.
pub fn weights() -> [&'static [u8]; 2] {
    [English::weights(), Tagger::weights()]
}

/// Who says what in an English text, with all that it tells of them.
///
/// `start` is where the report begins, in bytes: behind a dateline, which is nobody's words. `outlets` says which names
/// are newsrooms'. Nearly all of its cost is the grammar's, some milliseconds for an article of 5 kB on one core; memory stays within
/// that of [`English::read`], and time is linear in the text.
///
/// ```
/// use dateline_attribution::{Outlets, deep};
/// use dateline_model::{Registry, SpeakerKind};
///
/// let text = "The ferry was overloaded, a senior port official told the Harbor Times.";
/// let said = deep(text, 0, &Outlets::new(&[], Registry::builtin()));
/// assert_eq!(said[0].speaker, SpeakerKind::Unnamed);
/// assert_eq!(said[0].via.unwrap().of(text), Some("Harbor Times"));
/// ```
pub fn deep(text: &str, start: usize, outlets: &Outlets<'_>) -> Vec<Attribution> {
    if text.get(start..).is_none() {
        return Vec::new();
    }
    let cased = crate::headline::sentence_case(text);
    let text = cased.as_ref();
    let Some(report) = text.get(start..) else { return Vec::new() };
    let mut parse = English::embedded().read(report);
    for token in &mut parse.tokens {
        token.span.start += start as u32;
        token.span.end += start as u32;
    }
    let mut found = Tagger::embedded().find(text, &parse);
    straighten(text, &parse, &mut found);
    found.extend(missed(text, &parse, outlets, &found));
    characterise(text, &parse, &found, outlets)
}
