//! Attributions, the plain cases: who says what, as one sentence states it.
//!
//! Four shapes carry nearly all reported speech in news: "X said that …", "…, X said", "“…,” said
//! X", "according to X, …". A sentence is read as one of them only where the words in the
//! speaker's place look like a speaker: a name, an office, a document, or a person called by what
//! they are. Everything else is left alone, because a wrong speaker is worse than none.
//!
//! [`attributions`] tells at most one statement a sentence, by a speaker whom that sentence names. [`statements`] tells
//! all of them, and leans on the sentence before where it is safe.

mod about;
mod arabic;
mod asides;
mod callings;
mod concluded;
mod counted;
mod edges;
mod finish;
mod follow;
mod forms;
mod named;
mod newsrooms;
mod occasions;
mod outlets;
mod passed_on;
mod proper;
mod sentence;
mod shapes;
mod speaker;
mod statements;
mod two_verbs;
mod unlisted;
mod verb_second;
mod verbs;

use std::collections::HashMap;
use std::sync::{Arc, LazyLock, Mutex};

use dateline_model::{Attribution, Credit, Lang, Span};
use rustc_hash::FxHashSet;

use self::sentence::Sentence;
pub use self::statements::statements;
use crate::dateline::dateline_length;
use crate::pack::{Pack, pack};
use crate::sentences::{Segmenter, paragraphs};
use crate::words::{Word, words};

type CueWords = Arc<FxHashSet<u64>>;
static CUE_WORDS: LazyLock<Mutex<HashMap<Lang, CueWords>>> = LazyLock::new(Mutex::default);

/// The words that some cue of the language ends with: a sentence without one is passed over.
fn cue_words(lang: Lang, pack: &Pack) -> CueWords {
    let mut all = CUE_WORDS.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    Arc::clone(all.entry(lang).or_insert_with(|| {
        let cues = pack.says.iter().chain(pack.according.iter()).chain(pack.according_after.iter());
        Arc::new(cues.filter_map(|cue| words(cue).last().map(|word| word.hash)).collect())
    }))
}

/// The attributions of a text, sentence by sentence.
///
/// `words` are the text's words; `credits` its credits, for the outlet that obtained a statement.
pub fn attributions(
    text: &str,
    words: &[Word],
    sentences: &[Span],
    lang: Lang,
    credits: &[Credit],
) -> Vec<Attribution> {
    let Some(article) = Article::new(text, words, lang, credits) else { return Vec::new() };
    let attributed = |(index, sentence): (usize, &Span)| article.attribution(*sentence, index == 0);
    sentences.iter().enumerate().filter_map(attributed).collect()
}

/// True where somebody named, an office or a document is quoted in a text, in the lines that begin at byte
/// `from` or later: the same as asking each of its [`attributions`].
///
/// Lines are cut into sentences only where they hold a word of saying, and only up to the first such speaker.
pub fn is_on_record(text: &str, from: usize, words: &[Word], lang: Lang, credits: &[Credit]) -> bool {
    let Some(article) = Article::new(text, words, lang, credits) else { return false };
    let segmenter = Segmenter::new(lang);
    let mut first = from == 0;
    paragraphs(&text[from..]).any(|line| {
        let line = Span::new(from + line.start as usize, from + line.end as usize);
        let opens = std::mem::take(&mut first);
        article.has_cue(line)
            && segmenter.sentences(text, line).into_iter().enumerate().any(|(index, sentence)| {
                let said = article.attribution(sentence, opens && index == 0);
                said.is_some_and(|said| said.speaker.is_on_record())
            })
    })
}

/// A text that is read for attributions.
struct Article<'a> {
    text: &'a str,
    words: &'a [Word],
    lang: Lang,
    credits: &'a [Credit],
    pack: &'static Pack,
    cues: CueWords,
}

impl<'a> Article<'a> {
    /// `None` where the words of the language are not known.
    fn new(text: &'a str, words: &'a [Word], lang: Lang, credits: &'a [Credit]) -> Option<Self> {
        let pack = pack(lang)?;
        Some(Self { text, words, lang, credits, pack, cues: cue_words(lang, pack) })
    }

    fn words(&self, span: Span) -> &'a [Word] {
        let from = self.words.partition_point(|word| word.span.start < span.start);
        let rest = &self.words[from..];
        &rest[..rest.partition_point(|word| word.span.end <= span.end)]
    }

    fn has_cue(&self, span: Span) -> bool {
        self.words(span).iter().any(|word| self.cues.contains(&word.hash))
    }

    /// What a sentence of the text says that somebody says; `first` where it is the text's first.
    fn attribution(&self, sentence: Span, first: bool) -> Option<Attribution> {
        let sentence = self.behind_dateline(sentence, first);
        if !self.has_cue(sentence) {
            return None;
        }
        Sentence::new(self.text, sentence, self.words(sentence), self.pack, self.lang).read(self.credits)
    }

    /// A dateline is nobody's words.
    fn behind_dateline(&self, sentence: Span, first: bool) -> Span {
        let dateline = if first { sentence.of(self.text).map_or(0, dateline_length) } else { 0 };
        Span { start: sentence.start + dateline as u32, ..sentence }
    }

    fn sentence(&self, sentence: Span, first: bool) -> Sentence<'a> {
        let sentence = self.behind_dateline(sentence, first);
        Sentence::new(self.text, sentence, self.words(sentence), self.pack, self.lang)
    }
}

/// True where a sentence hands its words to a pronoun, "he said" or "said she": who that is takes more
/// than this sentence to know.
pub fn spoken_by_pronoun(sentence: &str, lang: Lang) -> bool {
    let Some(pack) = pack(lang) else { return false };
    let lower: Vec<String> =
        words(sentence).iter().filter_map(|word| word.span.of(sentence)).map(str::to_lowercase).collect();
    lower.windows(2).any(|pair| {
        let says = |word: &str| pack.says.opening(word).iter().any(|cue| cue.len() == 1);
        let pronoun = |word: &str| pack.pronouns.has(word);
        (pronoun(&pair[0]) && says(&pair[1])) || (says(&pair[0]) && pronoun(&pair[1]))
    })
}

/// True where a sentence opens with somebody who was introduced before it: "The official", "Der Sprecher",
/// "Les deux responsables". Who that is takes more than this sentence to know.
pub fn opens_with_known_person(sentence: &str, lang: Lang) -> bool {
    /// Words between the determiner and the noun.
    const MODIFIERS: usize = 2;
    let Some(pack) = pack(lang) else { return false };
    let found = words(sentence);
    let lower: Vec<String> = found
        .iter()
        .take(MODIFIERS + 2)
        .filter_map(|word| word.span.of(sentence))
        .map(str::to_lowercase)
        .collect();
    let Some((first, rest)) = lower.split_first() else { return false };
    let is_person =
        |word: &String| [&pack.person, &pack.people, &pack.spokesperson].iter().any(|list| list.has(word));
    let definite = DEFINITE.contains(&first.as_str()) && rest.iter().any(is_person);
    // Arabic writes its article onto the noun.
    let bare = first.strip_prefix("ال").map(str::to_owned);
    definite || (lang == Lang::AR && bare.is_some_and(|noun| is_person(&noun) || is_person(first)))
}

/// True where a sentence opens with a document that was told of before it: "The communiqué made no mention of …", "Le
/// rapport précise …". One that says whose it is stands by itself: "The report by the audit office …".
pub fn opens_with_known_document(sentence: &str, lang: Lang) -> bool {
    /// Whose a document is, or what it is on, beyond the prepositions of a speaker: "Der Bericht **des** Rechnungshofs",
    /// "The report **by** the audit office".
    const GENITIVES: [&str; 5] = ["der", "des", "seiner", "ihrer", "einer"];
    const OF_WHAT: [&str; 6] = ["by", "on", "into", "about", "to", "over"];
    let Some(pack) = pack(lang) else { return false };
    let found = words(sentence);
    let lower = |word: &Word| word.span.of(sentence).unwrap_or_default().to_lowercase();
    let [determiner, noun, next, ..] = &found[..] else { return false };
    let gap = sentence.get(noun.span.end as usize..next.span.start as usize).unwrap_or_default();
    let (next, is_closed) = (lower(next), gap.trim().is_empty());
    DEFINITE.contains(&lower(determiner).as_str())
        && pack.document.has(&lower(noun))
        && is_closed
        && !pack.of.has(&next)
        && !(lang == Lang::DE && GENITIVES.contains(&next.as_str()))
        && !(lang == Lang::EN && OF_WHAT.contains(&next.as_str()))
}

/// True for a speaker that is a document told of before, and nothing more: "le texte", "the report".
pub fn is_known_document(speaker: &str, lang: Lang) -> bool {
    let Some(pack) = pack(lang) else { return false };
    let found = words(speaker);
    let lower = |word: &Word| word.span.of(speaker).unwrap_or_default().to_lowercase();
    match &found[..] {
        [determiner, noun] => {
            DEFINITE.contains(&lower(determiner).as_str()) && pack.document.has(&lower(noun))
        }
        // Arabic writes its article onto the noun, and Russian has none: "сказано в **документе**".
        [noun] if lang == Lang::RU => pack.document.has(&lower(noun)),
        [noun] => lower(noun).strip_prefix("ال").is_some_and(|noun| pack.document.has(noun)),
        _ => false,
    }
}

/// Determiners that point back, of all languages in which they are words of their own.
const DEFINITE: [&str; 28] = [
    "the", "that", "this", "these", "those", "both", "le", "la", "les", "l", "ce", "cette", "cet", "ces",
    "el", "los", "las", "der", "die", "das", "den", "o", "os", "il", "lo", "gli", "этот", "эта",
];

#[cfg(test)]
mod about_tests;
#[cfg(test)]
mod passed_on_tests;
#[cfg(test)]
mod statement_tests;
#[cfg(test)]
mod tests;
