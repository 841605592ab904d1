//! Attributions, the plain cases: who says what, as one sentence states it.
//!
//! Four shapes carry nearly all reported speech in news: "X said that …", "…, X said", "“…,” said
//! X", "according to X, …". A sentence is read as one of them only where the words in the
//! speaker's place look like a speaker: a name, an office, a document, or a person called by what
//! they are. Everything else is left alone, because a wrong speaker is worse than none.

mod sentence;
mod speaker;

use std::collections::HashMap;
use std::sync::{Arc, LazyLock, Mutex};

use dateline_model::{Attribution, Credit, CreditKind, Lang, Part, Span, SpeakerKind};
use rustc_hash::FxHashSet;

use self::sentence::{Run, Sentence, is_abbreviation};
use crate::dateline::dateline_length;
use crate::pack::{Pack, pack};
use crate::sentences::{Segmenter, paragraphs};
use crate::words::{Word, words};

/// Words a statement must have: with fewer it is a fragment that says nothing by itself.
const SHORTEST_CONTENT: usize = 3;

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
        // A dateline is nobody's words.
        let dateline = if first { sentence.of(self.text).map_or(0, dateline_length) } else { 0 };
        let sentence = Span { start: sentence.start + dateline as u32, ..sentence };
        if !self.has_cue(sentence) {
            return None;
        }
        Sentence::new(self.text, sentence, self.words(sentence), self.pack, self.lang).read(self.credits)
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

/// Determiners that point back, of all languages in which they are words of their own.
const DEFINITE: [&str; 28] = [
    "the", "that", "this", "these", "those", "both", "le", "la", "les", "l", "ce", "cette", "cet", "ces",
    "el", "los", "las", "der", "die", "das", "den", "o", "os", "il", "lo", "gli", "этот", "эта",
];

struct Found {
    source: Run,
    speaker: SpeakerKind,
    cue: Run,
    content: Run,
}

fn accept(source: Run, speaker: SpeakerKind, cue: Run, content: Run) -> Option<Found> {
    (content.len() >= SHORTEST_CONTENT).then_some(Found { source, speaker, cue, content })
}

impl Sentence<'_> {
    /// The one statement of a sentence. Where two readings name two speakers, the one whose verb closes
    /// the sentence holds: "The gunman acknowledged …, the FBI chief said." Then what one says within the words of the
    /// other. Else it is left open.
    fn read(&self, credits: &[Credit]) -> Option<Attribution> {
        /// Words that may follow a closing verb: "said", "said in a statement", "said on Thursday".
        const CLOSING: usize = 5;
        let found = self.readings();
        let closes = |found: &&Found| {
            found.cue.end + CLOSING >= self.tokens.len()
                && found.content.end <= found.source.start.max(found.cue.start)
        };
        let chosen = match &found[..] {
            [] => return None,
            [one] => one,
            [first, others @ ..] if others.iter().all(|other| other.source == first.source) => first,
            // "A said that B denied it" is what A said.
            [first, others @ ..] => found.iter().rev().find(closes).or_else(|| {
                let holds = |other: &Found| {
                    first.content.start <= other.source.start && other.cue.end <= first.content.end
                };
                others.iter().all(holds).then_some(first)
            })?,
        };
        self.finish(chosen, credits)
    }

    fn readings(&self) -> Vec<Found> {
        let mut all = Vec::new();
        let mut at = 0;
        while at < self.tokens.len() {
            if self.tokens[at].quoted {
                at += 1;
                continue;
            }
            if let Some(cue) = self.matches(at, &self.pack.according) {
                at = cue.end;
                all.extend(self.according(cue));
            } else if let Some(cue) = self.matches(at, &self.pack.says) {
                at = cue.end;
                if !self.is_refused(&cue) {
                    all.extend(self.said(cue));
                }
            } else {
                at += 1;
            }
        }
        all
    }

    /// "declined to say", "is said to", "was told": nothing is said, or by nobody in particular.
    fn is_refused(&self, cue: &Run) -> bool {
        const PASSIVE: [&str; 12] =
            ["is", "was", "were", "are", "be", "been", "being", "to", "would", "could", "might", "should"];
        // "…, who asked not to be named, said": what a comma parts off refuses nothing.
        let clause = (1..=cue.start).rev().find(|&at| self.tokens[at].gap.parts()).unwrap_or(0);
        let before = &self.tokens[cue.start.saturating_sub(4).max(clause)..cue.start];
        let refused = before.iter().any(|token| self.pack.refusals.has(&token.lower));
        let english = self.lang == Lang::EN;
        let passive = english && before.last().is_some_and(|token| PASSIVE.contains(&token.lower.as_str()));
        let to = english && self.tokens.get(cue.end).is_some_and(|token| token.lower == "to");
        refused || passive || to
    }

    /// "according to X, …" and "…, according to X".
    fn according(&self, cue: Run) -> Option<Found> {
        let mut end = self.speaker_end(cue.end);
        // German nouns have capitals: "wird nach Angaben der Polizei vermisst" ends its speaker with the last one.
        while self.lang == Lang::DE && end > cue.end + 1 && !self.tokens[end - 1].shape.is_capitalised() {
            end -= 1;
        }
        let source = cue.end..end;
        let speaker = self.speaker(&source)?;
        let content = if cue.start == 0 { end..self.tokens.len() } else { 0..cue.start };
        accept(source, speaker, cue, content)
    }

    /// The shapes around a verb of saying.
    fn said(&self, cue: Run) -> Option<Found> {
        let gap = self.tokens[cue.start].gap;
        // "“…,” said X" / "…, said X"; in Arabic and Russian also "said X that …". Who stands behind "told" is told.
        let tells =
            self.lang == Lang::EN && matches!(self.tokens[cue.start].lower.as_str(), "told" | "tells");
        // "…, según dijo X": what was said ends before the word that ties X to it.
        let tied = cue.start > 0 && !gap.parts() && self.pack.ties.has(&self.tokens[cue.start - 1].lower);
        if !tells && (cue.start == 0 || gap.quote || gap.comma || tied) {
            let from = self.after_addressed(cue.end);
            let end = self.speaker_end(from);
            let source = from..end;
            if let Some(speaker) = self.speaker(&source) {
                let before = cue.start - usize::from(tied);
                let content = if before < SHORTEST_CONTENT {
                    self.after_that(end)..self.tokens.len()
                } else {
                    0..before
                };
                if let Some(found) = accept(source, speaker, cue.clone(), content) {
                    return Some(found);
                }
            }
        }
        // "…, X said" with X between the last comma or quotation mark and the verb; where a comma
        // stands right before the verb ("X, a spokesman, said"), X begins one comma earlier.
        let parted = |before: usize| (1..before).rev().find(|&at| self.tokens[at].gap.parts());
        let open = if gap.comma { parted(cue.start).and_then(parted) } else { parted(cue.start) };
        // "…, wie die Polizei mitteilte": the tie is no part of who says it.
        if let Some(open) = open {
            let tie = usize::from(self.pack.ties.has(&self.tokens[open].lower));
            let source = open + tie..cue.start;
            if let Some(speaker) = self.speaker(&source) {
                // "…, but X said that …": what follows is the content, what stands before is not said by X.
                let follows = self.tokens.len() - cue.end >= SHORTEST_CONTENT;
                let joined = self.tokens[open].gap.quote || !self.opens_clause(open) || !follows;
                if joined && let Some(found) = accept(source, speaker, cue.clone(), 0..open) {
                    return Some(found);
                }
            }
        }
        // "X said that …", X from the start of the sentence, perhaps with an apposition between commas. One comma alone,
        // right before the verb, ends what was said: "Войска находятся в Нигере, заявил советник посольства".
        if gap.comma && parted(cue.start).is_none() {
            return None;
        }
        let source = self.after_occasion(cue.start)..cue.start;
        let speaker = self.speaker(&source)?;
        // "X told Reuters (that) …", "X said on Thursday that …": the content opens with a near "that".
        let content = match (cue.end..self.tokens.len().min(cue.end + 8)).find(|&at| self.is_that(at)) {
            Some(that) => that,
            None if self.lang == Lang::EN && self.tokens[cue.start].lower.starts_with("t") => {
                self.after_addressee(cue.end)
            }
            None => cue.end,
        };
        accept(source, speaker, cue, content..self.tokens.len())
    }

    /// "**На брифинге в Астане** заместитель председателя сообщил": past the occasion that opens a Russian sentence, which
    /// is no part of who speaks; 0 where there is none.
    fn after_occasion(&self, end: usize) -> usize {
        const OCCASIONS: [&str; 14] = [
            "брифинге",
            "пресс-конференции",
            "интервью",
            "эфире",
            "беседе",
            "разговоре",
            "заседании",
            "совещании",
            "встрече",
            "выступлении",
            "комментарии",
            "заявлении",
            "обращении",
            "суде",
        ];
        const PREPOSITIONS: [&str; 6] = ["на", "в", "во", "с", "со", "для"];
        let is = |at: usize, list: &[&str]| {
            at < end && self.tokens.get(at).is_some_and(|token| list.contains(&token.lower.as_str()))
        };
        if self.lang != Lang::RU || !is(0, &PREPOSITIONS) || !is(1, &OCCASIONS) {
            return 0;
        }
        let mut at = 2;
        while is(at, &PREPOSITIONS) {
            at += 2;
        }
        let open = self.tokens.get(1..=at).unwrap_or_default().iter().all(|token| !token.gap.parts());
        if at < end && open { at } else { 0 }
    }

    /// "a déclaré **à Meridian Wire** un responsable", "dijo **a los periodistas** el alcalde": past those to whom
    /// somebody speaks, where a name or the press follows a preposition; the same place where nobody does.
    fn after_addressed(&self, from: usize) -> usize {
        const MOST: usize = 8;
        const PRESS: [&str; 11] = [
            "journalistes",
            "presse",
            "reporters",
            "periodistas",
            "prensa",
            "reporteros",
            "journalisten",
            "jornalistas",
            "imprensa",
            "giornalisti",
            "stampa",
        ];
        let pack = self.pack;
        let addressed = |at: usize| self.tokens.get(at).is_some_and(|token| pack.addressed.has(&token.lower));
        // German has no preposition here: only the word for a newsroom tells "der Agentur" from "der Sprecher".
        let german = self.lang == Lang::DE
            && !self.tokens.get(from + 1).is_some_and(|token| pack.qualifiers.has(&token.lower));
        if self.lang == Lang::EN || german || !addressed(from) {
            return from;
        }
        let (mut at, mut named) = (from + 1, false);
        while let Some(token) = self.tokens.get(at).filter(|_| at < from + MOST) {
            let next_is_name = || self.tokens.get(at + 1).is_some_and(|next| next.shape.is_capitalised());
            let press = PRESS.contains(&token.lower.as_str());
            let name = token.quoted || token.shape.is_capitalised() || press;
            let joins = if named {
                pack.of.has(&token.lower) && next_is_name()
            } else {
                pack.qualifiers.has(&token.lower) || pack.determiners.has(&token.lower)
            };
            if token.gap.parts() && !token.quoted || !(name || joins) {
                break;
            }
            named |= name;
            at += 1;
        }
        if named && at < self.tokens.len() { at } else { from }
    }

    fn is_that(&self, at: usize) -> bool {
        self.pack.that.has(&self.tokens[at].lower) && !self.tokens[at].quoted
    }

    fn after_that(&self, at: usize) -> usize {
        (at..self.tokens.len().min(at + 6)).find(|&at| self.is_that(at)).unwrap_or(at)
    }

    /// After those whom somebody "told": capitalised words and a few others.
    fn after_addressee(&self, from: usize) -> usize {
        const ADDRESSEES: [&str; 5] = ["the", "reporters", "news", "agency", "journalists"];
        let most = self.tokens.len().min(from + 6);
        (from..most)
            .find(|&at| {
                let token = &self.tokens[at];
                !token.shape.is_capitalised() && !ADDRESSEES.contains(&token.lower.as_str())
            })
            .unwrap_or(most)
    }

    /// True where a conjunction opens a clause at `open`.
    fn opens_clause(&self, open: usize) -> bool {
        const CONJUNCTIONS: [&str; 12] =
            ["but", "and", "while", "although", "mais", "et", "pero", "y", "aber", "und", "но", "а"];
        CONJUNCTIONS.contains(&self.tokens[open].lower.as_str())
    }

    /// Where a speaker that starts at `from` ends.
    fn speaker_end(&self, from: usize) -> usize {
        let mut at = from;
        while at < self.tokens.len() && at < from + speaker::LONGEST {
            let token = &self.tokens[at];
            let ends = self.pack.ends.has(&token.lower) && !(at > from && self.continues(from, at));
            let parted = token.gap.parts() || token.quoted || self.matches(at, &self.pack.says).is_some();
            if at > from && (ends || parted) {
                break;
            }
            at += 1;
        }
        at + self.name_behind(at)
    }

    /// "el jefe de los bomberos**, Fermín Oliván**, …": the words of a name between a comma and the next mark.
    fn name_behind(&self, at: usize) -> usize {
        let behind = self.tokens.get(at..).unwrap_or_default();
        if self.lang == Lang::EN || !behind.first().is_some_and(|token| token.gap.comma && !token.quoted) {
            return 0;
        }
        let name = behind
            .iter()
            .enumerate()
            .take_while(|(index, token)| token.shape.is_capitalised() && (*index == 0 || !token.gap.parts()))
            .count();
        let closed = behind.get(name).is_none_or(|token| token.gap.parts());
        if (2..=4).contains(&name) && closed { name } else { 0 }
    }

    /// "porte-parole **du** ministère", "Department **of** Defense": a small word that a speaker goes on after.
    fn continues(&self, from: usize, at: usize) -> bool {
        let pack = self.pack;
        let Some(next) = self.tokens.get(at + 1) else { return false };
        let before = &self.tokens[from..at];
        let needs_more = before.iter().any(|token| {
            [&pack.spokesperson, &pack.office, &pack.person].iter().any(|list| list.has(&token.lower))
        });
        let goes_on =
            next.shape.is_capitalised() || pack.office.has(&next.lower) || pack.determiners.has(&next.lower);
        let between_names = self.lang == Lang::EN
            && self.tokens[at].lower == "and"
            && self.tokens[at - 1].shape.is_capitalised()
            && next.shape.is_capitalised();
        (pack.of.has(&self.tokens[at].lower) && needs_more && goes_on) || between_names
    }

    fn finish(&self, found: &Found, credits: &[Credit]) -> Option<Attribution> {
        let (mut source, cue) = (self.span_of(&found.source)?, self.span_of(&found.cue)?);
        // A closing stop belongs to an initial or a title: "John F. Kennedy Jr."
        let last = &self.tokens[found.source.end - 1];
        if self.text[source.end as usize..].starts_with('.') && is_abbreviation(last) {
            source.end += 1;
        }
        let anonymity = self.anonymity();
        // "A person close to the company, who asked not to be named": nobody under their own name.
        let nameless = anonymity.is_some()
            && found.speaker == SpeakerKind::Office
            && self.pack.determiners.has(&self.tokens[found.source.start].lower);
        Some(Attribution {
            sentence: self.span,
            source,
            speaker: if nameless { SpeakerKind::Unnamed } else { found.speaker },
            cue,
            content: self.content(&found.content)?,
            direct: self.tokens[found.content.clone()].iter().all(|token| token.quoted),
            via: self.via(credits, source),
            anonymity,
            deep: None,
        })
    }

    /// The words of a content with the quotation marks and stops that belong to it.
    fn content(&self, run: &Run) -> Option<Span> {
        let mut content = self.span_of(run)?;
        let marks = |c: char| matches!(c, '"' | '“' | '”' | '«' | '»' | '„' | '’' | '\u{a0}' | ' ');
        let closing = |c: char| marks(c) || matches!(c, ',' | '.' | '?' | '!' | '%' | ')');
        let before = &self.text[self.span.start as usize..content.start as usize];
        content.start -= (before.len() - before.trim_end_matches(marks).len()) as u32;
        let limit = self.tokens.get(run.end).map_or(self.span.end, |next| next.span.start);
        let after = &self.text[content.end as usize..limit as usize];
        content.end += (after.len() - after.trim_start_matches(closing).len()) as u32;
        Some(content.trim(self.text))
    }

    /// The outlet that obtained the statement: "told **Reuters**".
    fn via(&self, credits: &[Credit], source: Span) -> Option<Span> {
        let cited = credits.iter().filter(|credit| {
            credit.kind == CreditKind::Cited && credit.part == Part::Text && self.span.contains(credit.span)
        });
        cited
            .filter_map(|credit| {
                let at = credit.span.start as usize + credit.span.of(self.text)?.find(&credit.name)?;
                Some(Span::new(at, at + credit.name.len()))
            })
            .find(|via| !source.overlaps(*via))
    }

    /// The words that ask not to be named.
    fn anonymity(&self) -> Option<Span> {
        let sentence = self.span.of(self.text)?;
        let lower = sentence.to_lowercase();
        // Lower-casing may change lengths (İ); then the place is not told, rather than told wrong.
        if lower.len() != sentence.len() {
            return None;
        }
        self.pack.anonymity.iter().find_map(|phrase| {
            let at = self.span.start as usize + lower.find(phrase)?;
            Some(Span::new(at, at + phrase.len()))
        })
    }
}

#[cfg(test)]
mod tests;
