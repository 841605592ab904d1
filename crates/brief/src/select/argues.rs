//! Arguing: whether an article is written to persuade, whatever its section and headline say.
//!
//! Printed as news, what a column without a label claims would be told as fact. A column speaks in the first person and to the reader,
//! asks, and says what ought to be; a report lets others speak. So an article argues where many sentences do the
//! one, outside quotations, and no more do the other.

use std::ops::Range;

use dateline_model::Lang;
use dateline_reader::words::{Word, words};

use super::cut::Cut;
use super::quotations::quotations;
use super::stands_alone::speaks_to_the_reader;
use super::usage::{Usage, usage};

/// Sentences in the author's own voice from which an article can argue: a report has one or two by accident.
const VOICED: usize = 3;

/// Of a hundred sentences, those that are in the author's own voice where it argues.
///
/// `dateline eval brief` on 8,000 articles of news archives: finds 57 % of those that their address or headline calls
/// opinion, and 17 % of the others, magazines of opinion among them. Chosen by a sketch of it on the same articles, where
/// shares in the first and second person alone, of 10 and of 15, found 58 % and 46 %, and 8 % and 4 % of what eight
/// newsrooms printed as news; with questions and what ought to be, 60 % and 6 %.
const SHARE: usize = 15;

/// Words from which a sentence counts.
const SENTENCE: usize = 4;

/// True where an article argues rather than reports. `cuts` are its sentences, `reported` the number of those that
/// say whose word they are.
///
/// ```
/// use dateline_brief::select::{argues, cut};
/// use dateline_model::Lang;
///
/// let column = "We should leave the base in Niger now. What are our troops doing there at all? You cannot run an alliance \
///               with half a hangar. The junta asked Washington to go in March.";
/// assert!(argues(column, &cut(column, Lang::EN), 0, Lang::EN));
/// ```
pub fn argues(text: &str, cuts: &[Cut], reported: usize, lang: Lang) -> bool {
    let quoted = quotations(text);
    let usage = usage(lang);
    let (mut counted, mut voiced) = (0, 0);
    for cut in cuts.iter().filter(|cut| cut.words >= SENTENCE) {
        counted += 1;
        voiced += usize::from(is_voiced(text, cut.span.range(), &quoted, usage));
    }
    voiced >= VOICED && voiced >= reported && voiced * 100 >= counted * SHARE
}

/// True where the author's own voice is heard in a sentence: it says "I", "we" or "you", asks, or says what ought to be.
fn is_voiced(text: &str, sentence: Range<usize>, quoted: &[Range<usize>], usage: &Usage) -> bool {
    let is_quoted = |at: usize| {
        let before = quoted.partition_point(|span| span.end <= at);
        quoted.get(before).is_some_and(|span| span.start <= at)
    };
    let own = |word: &Word| !is_quoted(sentence.start + word.span.start as usize);
    let printed = &text[sentence.clone()];
    let spoken: Vec<Word> = words(printed).into_iter().filter(own).collect();
    let asks = printed.ends_with(['?', '؟', '？']) && !is_quoted(sentence.end - 1);
    !spoken.is_empty() && (asks || usage.oughts.stand_in(&spoken) || speaks_to_the_reader(&spoken, usage))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::select::cut;

    fn found(text: &str, reported: usize, lang: Lang) -> bool {
        argues(text, &cut(text, lang), reported, lang)
    }

    #[test]
    fn a_column_argues_though_nothing_calls_it_one() {
        let column = "The junta in Niamey has made up its mind. Why has Washington not? Every week its troops share a fence \
                      with the Russians is a week too long. Congress must ask what the base is still for. The drones can fly \
                      from elsewhere, and we all know it.";
        assert!(found(column, 0, Lang::EN));
        let french = "Personne ne veut plus de cette base. Que faisons-nous encore à Niamey ? Nous payons le loyer \
                      d’un hangar vide. Qui le dira à nos soldats ? La junte, elle, a choisi.";
        assert!(found(french, 0, Lang::FR));
    }

    #[test]
    fn a_report_does_not() {
        let report = "Russian troops have entered an air base in Niger, a senior official said on Thursday. The junta must decide \
                      by June, he said. “We should have left in March. What are we doing there? I told them so,” the \
                      official said. The base houses some 100 drones. The Pentagon declined to comment.";
        assert!(!found(report, 3, Lang::EN), "what it quotes is not its own voice");
        let asked = "Is the base open? The ministry would not say on Friday whether any of its hangars were in use. Flights \
                     went on all week. The runway was mended in April. Fuel came by road.";
        assert!(!found(asked, 1, Lang::EN), "one question makes no column");
    }

    #[test]
    fn one_that_lets_more_others_speak_than_itself_reports() {
        let letter = "I met the mechanics at the gate. We talked for an hour. They showed me the hangar. The Russians sleep in \
                      it, they said.";
        assert!(found(letter, 1, Lang::EN));
        assert!(!found(letter, 4, Lang::EN));
    }

    #[test]
    fn what_has_no_sentence_does_not_argue() {
        assert!(!found("", 0, Lang::EN));
    }
}
