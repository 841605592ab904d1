//! Speakers by the fullest form their article gives: "the official" is who was introduced before (rules S8, A2).

use dateline_model::{Attribution, Described, Span, SpeakerKind};
use dateline_reader::stems::stem;
use dateline_reader::words::words;

use super::described::describe;
use super::sources::Source;
use crate::vocabulary::points_back;

/// A speaker, resolved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Speaker {
    /// The fullest form, as printed.
    pub name: String,
    pub kind: SpeakerKind,
    /// A named speaker's position, where the form above does not tell it.
    pub role: Option<String>,
    /// How a speaker without a name is characterised, where the article was read deeply.
    pub described: Option<Described>,
    /// The sentences that tell all this, where those are others.
    pub support: Vec<Span>,
    /// The words that ask not to be named, as printed anywhere in the article about them.
    pub anonymity: Option<String>,
}

/// Who speaks in the sentence `at` of a source; `None` where the article leaves open who that is.
pub fn resolve(source: &Source<'_>, at: usize) -> Option<Speaker> {
    let said = source.pieces.get(at)?.attribution.as_ref()?;
    if let Some(deep) = said.deep.as_deref() {
        return describe(source, said, deep);
    }
    let printed = source.text(said.source);
    // "one of them": of whom, the sentence before says.
    const BACKWARD: [&str; 6] = ["them", "eux", "elles", "ellos", "ihnen", "loro"];
    if printed.rsplit(' ').next().is_some_and(|last| BACKWARD.contains(&last)) {
        return None;
    }
    let own = Speaker {
        name: trimmed(printed),
        kind: said.speaker,
        role: None,
        described: None,
        support: Vec::new(),
        anonymity: said.anonymity.map(|span| source.text(span).to_owned()),
    };
    let earlier =
        || source.pieces[..at].iter().filter_map(|piece| Some((piece, piece.attribution.as_ref()?)));
    match said.speaker {
        SpeakerKind::Unnamed | SpeakerKind::UnnamedGroup if points_back(printed, source.lang()) => {
            let head = head(source, said)?;
            // Two sources that the same noun fits cannot be told apart.
            let mut introduced = earlier().filter(|(_, other)| {
                other.speaker == said.speaker
                    && !points_back(source.text(other.source), source.lang())
                    && self::head(source, other).as_deref() == Some(head.as_str())
            });
            let (piece, first) = introduced.next()?;
            let name = trimmed(source.text(first.source));
            if introduced.any(|(_, other)| source.text(other.source) != source.text(first.source)) {
                return None;
            }
            let anonymity = own
                .anonymity
                .clone()
                .or_else(|| Some(source.text(first.anonymity?).to_owned()))
                .or_else(|| asked_elsewhere(source, &head));
            Some(Speaker { name, anonymity, support: vec![piece.span], ..own })
        }
        SpeakerKind::Unnamed | SpeakerKind::UnnamedGroup => {
            let anonymity = own.anonymity.clone().or_else(|| asked_elsewhere(source, &head(source, said)?));
            Some(Speaker { anonymity, ..own })
        }
        SpeakerKind::Named => {
            // A surname alone: the fuller form before it that ends or goes on with it.
            let surname = printed.split_whitespace().last()?.trim_matches(|c: char| !c.is_alphanumeric());
            let fuller = earlier().find(|(_, other)| {
                let form = source.text(other.source);
                form.len() > printed.len() && has_word(form, surname)
            });
            match fuller {
                Some((piece, first)) if printed.split_whitespace().count() <= 2 => Some(Speaker {
                    name: trimmed(source.text(first.source)),
                    support: vec![piece.span],
                    ..own
                }),
                _ => Some(own),
            }
        }
        SpeakerKind::People
        | SpeakerKind::Office
        | SpeakerKind::Document
        | SpeakerKind::Poll
        | SpeakerKind::Outlet => Some(own),
    }
}

/// A form without the comma or the bracket that opens behind it: "the aviation agency (Anac".
pub(super) fn trimmed(form: &str) -> String {
    let open = form.rfind('(').filter(|at| !form[*at..].contains(')'));
    form[..open.unwrap_or(form.len())].trim_end_matches([',', ' ', '\u{a0}']).to_owned()
}

/// The reason given for anonymity in any sentence whose speaker has this head.
fn asked_elsewhere(source: &Source<'_>, head: &str) -> Option<String> {
    let mut asked = source.pieces.iter().filter_map(|piece| piece.attribution.as_ref()).filter(|other| {
        matches!(other.speaker, SpeakerKind::Unnamed | SpeakerKind::UnnamedGroup)
            && self::head(source, other).as_deref() == Some(head)
    });
    asked.find_map(|other| Some(source.text(other.anonymity?).to_owned()))
}

/// The stem of the noun a nameless speaker is called by: the last word before a comma or an "of".
fn head(source: &Source<'_>, said: &Attribution) -> Option<String> {
    let phrase = source.text(said.source);
    let core = phrase.split([',', '–', '—']).next()?;
    let mut last = None;
    for word in words(core) {
        let word = word.span.of(core)?;
        if matches!(
            word,
            "of" | "in" | "with" | "at" | "de" | "du" | "des" | "del" | "from" | "who" | "familiar" | "close"
        ) {
            break;
        }
        last = Some(word);
    }
    Some(stem(last?, source.lang()))
}

fn has_word(form: &str, word: &str) -> bool {
    words(form).iter().any(|found| found.span.of(form) == Some(word))
}
