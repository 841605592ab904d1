//! Cutting: the sentences of an article as a brief could take them over, each a byte range of its text.
//!
//! Nothing is changed: what a brief prints stands so in the article. The dateline is left out by
//! moving the start of the range.

use dateline_model::{Lang, Span};
use dateline_reader::dateline::dateline_length;
use dateline_reader::sentences::sentences;
use dateline_reader::words::{Shape, words};

use super::stands_alone::{Reason, stands_alone};

/// Fewest words of a sentence in a brief: below eight who, what and where are not all there.
pub const SHORTEST: usize = 8;

/// Most words of a sentence in a brief. Longer ones are lists, tables or two sentences whose border
/// was lost. ROUGE-2 on DUC 2006 with 40, 55 and 80: .108, .109, .107.
pub const LONGEST: usize = 55;

/// Sentences at the beginning in which a dateline may stand: a byline may stand before it.
const BEFORE_DATELINE: usize = 2;

/// A sentence of an article.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cut {
    /// Where it stands, without dateline and white space.
    pub span: Span,
    /// Its length as a budget counts it; see [`length`].
    pub words: usize,
    /// Whether it can be read by itself.
    pub alone: Result<(), Reason>,
}

/// The sentences of an article's text in order, those that no brief can use among them.
///
/// All of them belong into a [`super::Document`], so that places count right; those that stand alone are eligible.
pub fn cut(text: &str, lang: Lang) -> Vec<Cut> {
    let start = dateline_length(text);
    let found = sentences(text.get(start..).unwrap_or_default(), lang);
    let cut_one = |(index, span): (usize, Span)| {
        let (mut from, to) = (start + span.start as usize, start + span.end as usize);
        if index < BEFORE_DATELINE {
            from += dateline_length(&text[from..to]);
        }
        let span = Span::new(from, to).trim(text);
        let sentence = span.of(text).unwrap_or_default();
        let words = length(sentence);
        let alone = match words {
            _ if words < SHORTEST => Err(Reason::TooShort),
            _ if words > LONGEST => Err(Reason::TooLong),
            _ => stands_alone(sentence, lang),
        };
        Cut { span, words, alone }
    };
    found.into_iter().enumerate().map(cut_one).filter(|cut| !cut.span.is_empty()).collect()
}

/// Length of a text in words: what stands between blanks; in scripts without blanks, two characters a word.
pub fn length(text: &str) -> usize {
    let spaced = text.split_whitespace().count();
    if text.is_ascii() {
        return spaced;
    }
    spaced + words(text).iter().filter(|word| word.shape == Shape::Pair).count() / 2
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_are_ranges_without_the_dateline() {
        let text = "NIAMEY, May 2 (Meridian Wire) – Russian troops have entered an air base in Niger. He denied it, and \
                    he said so to all who asked.\nPhoto: A. Garba";
        let found = cut(text, Lang::EN);
        let texts: Vec<&str> = found.iter().map(|cut| cut.span.of(text).unwrap()).collect();
        assert_eq!(
            texts,
            [
                "Russian troops have entered an air base in Niger.",
                "He denied it, and he said so to all who asked.",
                "Photo: A. Garba"
            ]
        );
        let alone: Vec<_> = found.iter().map(|cut| cut.alone).collect();
        assert_eq!(alone, [Ok(()), Err(Reason::Pronoun), Err(Reason::TooShort)]);
        assert!(cut("", Lang::EN).is_empty());
    }

    #[test]
    fn length_in_scripts_without_blanks() {
        assert_eq!(length("Troops left the base."), 4);
        assert_eq!(length("俄罗斯军人进入尼日尔的空军基地。"), 8);
    }
}
