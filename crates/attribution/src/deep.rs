//! The whole reading of an English text: grammar, attributions, characterisation.

use std::ops::Range;

use dateline_grammar::English;
use dateline_model::Attribution;

use crate::Tagger;
use crate::characterise::{Outlets, characterise, missed, straighten};
use crate::headline::sentence_case;
use crate::mend::mend;

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
    let cased = sentence_case(text);
    pieces(&cased, start).into_iter().flat_map(|piece| read(&cased, piece, outlets)).collect()
}

fn read(text: &str, piece: Range<usize>, outlets: &Outlets<'_>) -> Vec<Attribution> {
    let mut parse = English::embedded().read(&text[piece.clone()]);
    for token in &mut parse.tokens {
        token.span.start += piece.start as u32;
        token.span.end += piece.start as u32;
    }
    mend(text, &mut parse);
    let mut found = Tagger::embedded().find(text, &parse);
    straighten(text, &parse, &mut found);
    found.extend(missed(text, &parse, outlets, &found));
    characterise(text, &parse, &found, outlets)
}

/// Bytes that are read at a time, so that a text of megabytes needs no more memory than a long one: some 40,000 words,
/// more than any news report. Whom "he" means is not looked for over the end of a piece.
const PIECE: usize = 256 << 10;

/// The text from `start` on in pieces that end with a paragraph, else with a line, else with a blank, else anywhere.
fn pieces(text: &str, start: usize) -> Vec<Range<usize>> {
    let mut all = Vec::new();
    let mut from = start;
    while text.len() - from > PIECE {
        let mut end = from + PIECE;
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        let piece = &text[from..end];
        let cut =
            ["\n\n", "\n", ". ", " "].iter().find_map(|mark| piece.rfind(mark).map(|at| at + mark.len()));
        end = from + cut.filter(|&cut| cut > PIECE / 2).unwrap_or(piece.len());
        all.push(from..end);
        from = end;
    }
    all.push(from..text.len());
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_texts_are_read_in_pieces_that_end_with_paragraphs() {
        let paragraph = "An official said the deal was dead.\n\n";
        let text = paragraph.repeat(3 * PIECE / paragraph.len());
        let all = pieces(&text, 7);
        assert!(all.len() > 2 && all[0].start == 7 && all.last().unwrap().end == text.len());
        for (piece, next) in all.iter().zip(&all[1..]) {
            assert!(piece.end == next.start && text[..piece.end].ends_with("\n\n") && piece.len() <= PIECE);
        }
        for odd in ["é".repeat(PIECE), String::new()] {
            assert_eq!(pieces(&odd, 0).last().unwrap().end, odd.len());
        }
    }
}
