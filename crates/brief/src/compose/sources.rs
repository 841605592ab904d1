//! Articles as a brief sees them: the newest version, cut into sentences with their speakers and figures.

use dateline_model::{
    Attribution, Credit, CreditKind, Figure, Genre, Lang, Member, Membership, Part, Span, Version,
};
use dateline_reader::Reader;
use dateline_reader::attributions::{attributions, spoken_by_pronoun, statements};
use dateline_reader::figures::figures;
use dateline_reader::sentences::sentences;
use dateline_reader::words::{fold, words};

use crate::Dossier;
use crate::heard::{Heard, heard};
use crate::select::{Cut, argues, cut};

/// Text beyond this many bytes is not written from: a brief tells what the first pages of a report say.
const WRITTEN_FROM: usize = 60_000;

/// An article with what was read in it.
pub struct Source<'d> {
    pub member: &'d Member,
    pub membership: &'d Membership,
    pub version: &'d Version,
    /// Who says what by the deep reading; `None` where the article has none.
    pub said: Option<&'d [Attribution]>,
    pub pieces: Vec<Piece>,
    /// True where it argues rather than reports, whatever its section says: what it says of itself is no fact.
    pub argues: bool,
}

/// A sentence of an article's text.
pub struct Piece {
    pub span: Span,
    /// True where it can be read by itself.
    pub alone: bool,
    /// True where it hands its words to "he" or "she", or has its speaker or what they said in another sentence.
    pub by_pronoun: bool,
    /// Newsrooms it takes something from, by their domains or names: "told Meridian Wire".
    pub cites: Vec<String>,
    pub attribution: Option<Attribution>,
    /// True where a source that keeps its name back speaks in it, and is not the one that answers for it: printed,
    /// it would lack its flag (rule A1).
    pub hides: bool,
    pub figures: Vec<Figure>,
    /// Its letters and digits, folded: the same for a sentence and its reprint in another typography.
    pub key: String,
}

impl Source<'_> {
    pub fn text(&self, span: Span) -> &str {
        span.of(&self.version.text).unwrap_or_default()
    }

    pub fn lang(&self) -> Lang {
        self.version.lang
    }

    pub fn is_opinion(&self) -> bool {
        self.version.genre == Genre::Opinion
    }
}

/// Reads the articles of a dossier, in order of arrival.
pub fn sources<'d>(dossier: &'d Dossier, reader: &Reader) -> Vec<Source<'d>> {
    let placed = dossier.members.iter().zip(&dossier.memberships);
    placed
        .filter_map(|(member, membership)| {
            let version = dossier.newest(member.article)?;
            let credits = reader.credits().find(&version.title, &version.text, &version.byline, version.lang);
            let said = dossier.said.get(&member.article).map(Vec::as_slice);
            let written = written(&version.text);
            let cuts = cut(written, version.lang);
            let pieces = pieces(written, &cuts, version.lang, &credits, said);
            let reported = pieces.iter().filter(|piece| piece.attribution.is_some()).count();
            let argues = argues(written, &cuts, reported, version.lang);
            Some(Source { member, membership, version, said, pieces, argues })
        })
        .collect()
}

/// What a brief is written from.
fn written(text: &str) -> &str {
    &text[..text.floor_char_boundary(WRITTEN_FROM)]
}

fn pieces(
    text: &str,
    cuts: &[Cut],
    lang: Lang,
    credits: &[Credit],
    deep: Option<&[Attribution]>,
) -> Vec<Piece> {
    let (all, places) = (words(text), sentences(text, lang));
    let plain = attributions(text, &all, &places, lang, credits);
    // English has its deep reading for what stands in more than one sentence.
    let every = if lang == Lang::EN { Vec::new() } else { statements(text, &all, &places, lang, credits) };
    cuts.iter()
        .map(|cut| {
            let sentence = cut.span.of(text).unwrap_or_default();
            let plain = plain.iter().find(|said| cut.span.contains(said.source));
            let told = match deep {
                None if lang != Lang::EN => told(cut.span, &every, plain),
                _ => {
                    let (attribution, hides) = who_says(text, cut.span, deep, plain);
                    Told { attribution, hides, leans: false }
                }
            };
            let Told { attribution, hides, leans } = told;
            Piece {
                span: cut.span,
                alone: cut.alone.is_ok(),
                by_pronoun: leans || spoken_by_pronoun(sentence, lang),
                cites: credits
                    .iter()
                    .filter(|credit| credit.kind == CreditKind::Cited && credit.part == Part::Text)
                    .filter(|credit| cut.span.overlaps(credit.span))
                    .map(|credit| credit.outlet.clone().unwrap_or_else(|| credit.name.clone()))
                    .collect(),
                attribution,
                hides,
                figures: figures(text, cut.span, lang),
                key: key(sentence),
            }
        })
        .collect()
}

/// Who says a sentence, by patterns alone.
struct Told {
    attribution: Option<Attribution>,
    /// See [`Piece::hides`].
    hides: bool,
    /// True where who speaks, or what they said, stands in another sentence: it cannot be printed by itself.
    leans: bool,
}

/// Who says a sentence of an article that is read by patterns: `every` are all statements of the text, `plain` is the one
/// whose speaker the sentence names.
///
/// - *Several speak*: nobody answers for the whole, as in the deep reading.
/// - *The speaker stands before it* ("Añadió que …", "«…», ha detto"): the statement is known, and not printed.
/// - *What was said stands before it* ("Das bestätigte die Polizei."): the same; and the sentence that it is about says
///   nothing by itself where the one who answers for it keeps their name back.
fn told(sentence: Span, every: &[Attribution], plain: Option<&Attribution>) -> Told {
    let here: Vec<&Attribution> = every.iter().filter(|said| sentence.contains(said.cue)).collect();
    let behind = every.iter().any(|said| {
        !sentence.contains(said.cue) && sentence.overlaps(said.content) && said.speaker.is_withheld()
    });
    let points = here.iter().any(|said| !sentence.overlaps(said.content));
    let Some(first) = here.first() else {
        return Told { attribution: plain.cloned(), hides: behind, leans: false };
    };
    if here.iter().any(|said| said.source != first.source) {
        let hides = behind || here.iter().any(|said| said.speaker.is_withheld());
        return Told { attribution: None, hides, leans: points };
    }
    if sentence.contains(first.source) {
        return Told { attribution: Some((*first).clone()), hides: behind, leans: points };
    }
    // "Ce responsable a précisé que …": who that is, the brief looks up by itself, and cites.
    let leans = points || plain.is_none();
    Told { attribution: plain.or(Some(first)).cloned(), hides: behind, leans }
}

/// Who says a sentence: by the deep reading where the article has one.
///
/// Where that finds nobody, the plain forms speak if they found a phrase that can be a speaker: each of the five that
/// they alone find in the demo but one is right ("according to a notice", "the governor, …, told reporters"), and that one
/// opens with a place ("In Niger, next door, the junta has told them").
fn who_says(
    text: &str,
    sentence: Span,
    deep: Option<&[Attribution]>,
    plain: Option<&Attribution>,
) -> (Option<Attribution>, bool) {
    let Some(deep) = deep else { return (plain.cloned(), false) };
    match heard(text, sentence, deep) {
        Heard::One(said) => (Some(said.clone()), false),
        Heard::Mixed(said) => (None, said.iter().any(|said| said.speaker.is_withheld())),
        Heard::Nobody => (plain.filter(|said| is_phrase(text, said)).cloned(), false),
    }
}

/// True where a source found by the plain forms opens as a phrase for somebody does.
fn is_phrase(text: &str, said: &Attribution) -> bool {
    const PLACES: [&str; 14] =
        ["in", "at", "on", "by", "for", "as", "with", "from", "after", "before", "to", "of", "it", "they"];
    let source = said.source.of(text).unwrap_or_default();
    let first = source.split_whitespace().next().unwrap_or_default().to_lowercase();
    // "(Adds analyst comment": a line about the report.
    let before = text[..said.source.start as usize].trim_end();
    let in_brackets = before.rfind('(').is_some_and(|open| !before[open..].contains(')'));
    // "Avi Lehmann, who once | suggested": the words about somebody hide which verb is theirs.
    let runs_on = [", who", ", though", ", however", ", meanwhile"].iter().any(|word| source.contains(word));
    !PLACES.contains(&first.as_str()) && !in_brackets && !runs_on
}

/// Letters and digits of a sentence, folded, a blank between words.
pub fn key(sentence: &str) -> String {
    let mut key = String::with_capacity(sentence.len());
    for word in words(sentence) {
        key.push_str(&fold(word.span.of(sentence).unwrap_or_default()));
        key.push(' ');
    }
    key
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Who says the last sentence of a text, and the first.
    fn last_and_first(text: &str, lang: Lang) -> (Told, Told) {
        let (all, places) = (words(text), sentences(text, lang));
        let plain = attributions(text, &all, &places, lang, &[]);
        let every = statements(text, &all, &places, lang, &[]);
        let of =
            |sentence: &Span| told(*sentence, &every, plain.iter().find(|one| sentence.contains(one.source)));
        (of(places.last().unwrap()), of(&places[0]))
    }

    #[test]
    fn a_sentence_with_two_speakers_is_nobodys() {
        let text = "El ministerio confirmó que el puente está cerrado, pero un ingeniero dijo que ya lo han abierto.";
        let (both, _) = last_and_first(text, Lang::ES);
        assert!(both.attribution.is_none() && both.hides && !both.leans);
    }

    #[test]
    fn a_sentence_whose_speaker_stands_before_it_is_not_printed() {
        let text = "Una fuente del puerto dijo que el barco iba vacío. Añadió que nadie lo había revisado.";
        let (added, said) = last_and_first(text, Lang::ES);
        assert!(added.leans && added.attribution.is_some());
        assert!(!said.leans && said.attribution.is_some());
    }

    #[test]
    fn what_a_later_sentence_hands_to_a_source_without_a_name_is_not_printed_without_it() {
        let text = "Das Schiff verließ den Hafen nachts. Das sagte ein Mitarbeiter der Reederei.";
        let (points, ship) = last_and_first(text, Lang::DE);
        assert!(points.leans, "it says nothing by itself");
        assert!(ship.hides && ship.attribution.is_none());
    }
}
