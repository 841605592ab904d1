//! Sentences: paragraphs are the lines of the text; `sentencex` cuts each into sentences.
//!
//! A quotation of several sentences stays whole, which is what a citation wants. A line without a
//! final stop (a caption, a byline, a subheading) is a sentence by itself.

use dateline_model::{Lang, Span};
use sentencex::language_factory;
use sentencex::languages::Language;

/// Paragraphs longer than this are cut at blanks before they are segmented, so that text without a
/// line break costs linear time. Real paragraphs stay under 5 kB.
const LONGEST_PARAGRAPH: usize = 10_000;

/// The lines of a text that hold something, without white space at their ends.
pub fn paragraphs(text: &str) -> impl Iterator<Item = Span> + '_ {
    let mut start = 0;
    text.split('\n').filter_map(move |line| {
        let span = Span::new(start, start + line.len());
        start += line.len() + 1;
        let trimmed = span.trim(text);
        (!trimmed.is_empty()).then_some(trimmed)
    })
}

/// The sentences of a text, in order, without white space at their ends.
pub fn sentences(text: &str, lang: Lang) -> Vec<Span> {
    let segmenter = Segmenter::new(lang);
    paragraphs(text).flat_map(|paragraph| segmenter.sentences(text, paragraph)).collect()
}

/// Cuts paragraphs of one language into sentences.
pub struct Segmenter(Box<dyn Language>);

impl Segmenter {
    /// A segmenter for texts in `lang`.
    pub fn new(lang: Lang) -> Self {
        Self(language_factory(lang.code()))
    }

    /// The sentences of a paragraph of `text`, in order, without white space at their ends.
    pub fn sentences(&self, text: &str, paragraph: Span) -> Vec<Span> {
        let mut found = Vec::new();
        for piece in pieces(text, paragraph) {
            let Some(slice) = piece.of(text) else { continue };
            if slice.len() < 2 {
                found.push(piece);
                continue;
            }
            for sentence in self.0.segment(slice) {
                let Some(span) = Span::locate(text, sentence).map(|span| span.trim(text)) else { continue };
                match found.last_mut() {
                    Some(last) if is_numbered(text, *last, span) => last.end = span.end,
                    _ if !span.is_empty() => found.push(span),
                    _ => {}
                }
            }
        }
        found
    }
}

/// "Prop. 8", "Art. 5": an abbreviation that a number follows ends no sentence.
fn is_numbered(text: &str, before: Span, after: Span) -> bool {
    const NUMBERED: [&str; 8] = ["Prop.", "Art.", "Sec.", "Fig.", "Vol.", "Nos.", "Nr.", "Rte."];
    let number = |text: &str| text.starts_with(|sign: char| sign.is_ascii_digit());
    let gap = Span { start: before.end, end: after.start };
    let last = before.of(text).unwrap_or_default().rsplit(' ').next().unwrap_or_default();
    let same_line = gap.start <= gap.end && gap.of(text).is_some_and(|gap| !gap.contains('\n'));
    same_line && NUMBERED.contains(&last) && after.of(text).is_some_and(number)
}

/// A paragraph in pieces of bounded length, cut at blanks where there are any.
fn pieces(text: &str, paragraph: Span) -> Vec<Span> {
    let mut pieces = Vec::with_capacity(1);
    let (mut start, end) = (paragraph.start as usize, paragraph.end as usize);
    while end - start > LONGEST_PARAGRAPH {
        let mut cut = start + LONGEST_PARAGRAPH;
        while !text.is_char_boundary(cut) {
            cut -= 1;
        }
        let window = &text[start..cut];
        // A full stop before a blank is the best place, a blank the second best.
        let at = window.rfind(". ").map(|at| at + 1).or_else(|| window.rfind(char::is_whitespace));
        let cut = at.filter(|at| *at > LONGEST_PARAGRAPH / 2).map_or(cut, |at| start + at);
        pieces.push(Span::new(start, cut).trim(text));
        start = cut;
    }
    pieces.push(Span::new(start, end).trim(text));
    pieces.retain(|piece| !piece.is_empty());
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn texts(text: &str, lang: Lang) -> Vec<&str> {
        sentences(text, lang).into_iter().map(|span| span.of(text).unwrap()).collect()
    }

    #[test]
    fn news_paragraphs() {
        let text = "NIAMEY, May 2 (Meridian Wire) – U.S. troops share a base with Russians. “It is not great,” \
                    a senior U.S. defense official said.\n\nThe base lies next to Diori Hamani airport.\nPhoto: A. Garba";
        assert_eq!(
            texts(text, Lang::EN),
            [
                "NIAMEY, May 2 (Meridian Wire) – U.S. troops share a base with Russians.",
                "“It is not great,” a senior U.S. defense official said.",
                "The base lies next to Diori Hamani airport.",
                "Photo: A. Garba",
            ]
        );
    }

    #[test]
    fn an_abbreviation_before_a_number_ends_nothing() {
        let text = "Prop. 8 passed in the north, clerks say. It was under Art. 5 of the treaty. They left.";
        let all = texts(text, Lang::EN);
        assert_eq!(
            all,
            ["Prop. 8 passed in the north, clerks say.", "It was under Art. 5 of the treaty.", "They left."]
        );
    }

    #[test]
    fn other_languages() {
        assert_eq!(texts("Der Sprecher sagte es am 2. Mai. Mehr nicht.", Lang::DE).len(), 2);
        assert_eq!(texts("قال المتحدث ذلك. لم يعلق المسؤول؟ نعم.", Lang::AR).len(), 3);
        assert_eq!(texts("俄军进入基地。美军仍在。", Lang::ZH).len(), 2);
    }

    #[test]
    fn a_text_without_line_breaks_is_cut_and_nothing_is_lost() {
        let text = "The convoy left the base at dawn. ".repeat(3_000);
        let found = texts(&text, Lang::EN);
        assert!(found.len() >= 3_000, "{}", found.len());
        let unbroken = "x".repeat(50_000);
        assert_eq!(texts(&unbroken, Lang::EN).iter().map(|s| s.len()).sum::<usize>(), 50_000);
    }

    proptest! {
        #[test]
        fn sentences_lie_apart_and_hold_every_word(text in "(\\PC|\n){0,300}") {
            let found = sentences(&text, Lang::EN);
            let mut last = 0;
            for span in &found {
                prop_assert!(span.of(&text).is_some());
                prop_assert!(span.start >= last);
                last = span.end;
            }
            let kept: usize = found.iter().map(|s| s.of(&text).unwrap().chars().filter(|c| !c.is_whitespace()).count()).sum();
            let all = text.chars().filter(|c| !c.is_whitespace()).count();
            prop_assert_eq!(kept, all);
        }
    }
}
