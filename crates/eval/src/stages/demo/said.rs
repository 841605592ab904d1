//! Who says what: how many statements of the gold are found, with the right kind of speaker.
//!
//! The list of statements is not complete, so it measures recall and the filling of slots, never
//! precision. A statement is found where an attribution shares letters with its source and with its cue; where the source
//! is a pronoun, also where the attribution has the earlier words that the gold resolves it by.

use std::collections::{BTreeMap, HashMap};
use std::path::Path;

use dateline_brief::Dossier;
use dateline_model::{Attribution, Registry, Span, SpeakerKind, Version};
use dateline_reader::attributions::statements;
use dateline_reader::sentences::sentences;
use dateline_reader::words::words;
use dateline_reader::{Copy, Reader};
use serde::Deserialize;

use super::GoldArticle;
use crate::data::{DataError, jsonl};
use crate::report::{Measure, Report, Unit};

/// A statement of the gold. Its strings stand in the paragraph after white space folding.
#[derive(Debug, Clone, Deserialize)]
struct Statement {
    url: String,
    source: String,
    /// Who that is, in the words by which the article introduces them.
    speaker: String,
    kind: SpeakerKind,
    content: String,
    cue: String,
    via: Option<String>,
    anonymity: Option<String>,
    paragraph: String,
    direct: bool,
}

/// A text whose white space is folded, with the way back.
struct Folded {
    text: String,
    /// For each byte of the folded text, where it stands in the text.
    at: Vec<usize>,
}

impl Folded {
    fn of(text: &str) -> Self {
        let (mut folded, mut at) = (String::with_capacity(text.len()), Vec::with_capacity(text.len()));
        for (start, c) in text.char_indices() {
            let c = if c.is_whitespace() { ' ' } else { c };
            if c == ' ' && (folded.is_empty() || folded.ends_with(' ')) {
                continue;
            }
            folded.push(c);
            at.extend(std::iter::repeat_n(start, c.len_utf8()));
        }
        at.push(text.len());
        Self { text: folded, at }
    }

    fn back(&self, from: usize, to: usize) -> Span {
        Span::new(self.at[from], self.at[to])
    }
}

/// Where the words of a statement stand in a text.
struct Located {
    source: Span,
    cue: Span,
    content: Span,
}

/// The occurrences of `words` in `text` that neither begin nor end inside a word.
fn occurrences(text: &str, words: &str) -> Vec<(usize, usize)> {
    let inside = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let whole = |at: usize| {
        let (before, after) = (&text[..at], &text[at + words.len()..]);
        let starts = !inside(before.chars().next_back()) || !inside(words.chars().next());
        let ends = !inside(after.chars().next()) || !inside(words.chars().next_back());
        starts && ends
    };
    text.match_indices(words)
        .map(|(at, _)| at)
        .filter(|at| whole(*at))
        .map(|at| (at, at + words.len()))
        .collect()
}

/// How far apart two stretches are.
fn gap(a: (usize, usize), b: (usize, usize)) -> usize {
    if a.0 >= b.1 { a.0 - b.1 } else { b.0.saturating_sub(a.1) }
}

/// Finds a statement's words: the content, the cue nearest to it, and the source nearest to the cue,
/// neither of them inside the content if there is a choice.
fn locate(folded: &Folded, statement: &Statement) -> Option<Located> {
    let fold = |words: &str| Folded::of(words).text.trim_end().to_owned();
    let paragraph = fold(&statement.paragraph);
    let start = folded.text.find(&paragraph)?;
    let content = occurrences(&paragraph, &fold(&statement.content)).into_iter().next()?;
    let nearest = |words: &str, to: (usize, usize), other: Option<(usize, usize)>| {
        let overlaps = |a: (usize, usize), b: (usize, usize)| a.0 < b.1 && b.0 < a.1;
        occurrences(&paragraph, &fold(words)).into_iter().min_by_key(|at| {
            (overlaps(*at, content) || other.is_some_and(|other| overlaps(*at, other)), gap(*at, to), at.0)
        })
    };
    let cue = nearest(&statement.cue, content, None)?;
    let source = nearest(&statement.source, cue, Some(cue))?;
    let back = |(from, to): (usize, usize)| folded.back(start + from, start + to);
    Some(Located { source: back(source), cue: back(cue), content: back(content) })
}

/// True where an attribution is by the source of a statement: by its words, or by those by which the article introduces it
/// before the sentence.
fn is_by(text: &str, one: &Attribution, located: &Located, statement: &Statement) -> bool {
    let before = one.source.end <= one.sentence.start;
    let introduced = || {
        let words = Folded::of(one.source.of(text).unwrap_or_default()).text;
        let (words, speaker) = (words.to_lowercase(), statement.speaker.to_lowercase());
        !occurrences(&words, &speaker).is_empty() || !occurrences(&speaker, &words).is_empty()
    };
    one.source.overlaps(located.source) || before && introduced()
}

/// What was found of the statements of one language.
#[derive(Debug, Default)]
struct Score {
    all: usize,
    found: usize,
    content: usize,
    kind: usize,
    record: usize,
    direct: usize,
    unnamed: (usize, usize),
    via: (usize, usize),
    anonymity: (usize, usize),
}

impl Score {
    fn add(&mut self, statement: &Statement, found: Option<(&Attribution, &Located)>) {
        self.all += 1;
        let Some((attribution, located)) = found else { return };
        self.found += 1;
        let shared = attribution
            .content
            .end
            .min(located.content.end)
            .saturating_sub(attribution.content.start.max(located.content.start));
        self.content +=
            usize::from(shared as usize * 2 >= located.content.len().max(attribution.content.len()));
        self.kind += usize::from(attribution.speaker == statement.kind);
        self.record += usize::from(attribution.speaker.is_on_record() == statement.kind.is_on_record());
        self.direct += usize::from(attribution.direct == statement.direct);
        let slot = |slot: &mut (usize, usize), gold: &Option<String>, found: Option<Span>| {
            if gold.is_some() {
                slot.1 += 1;
                slot.0 += usize::from(found.is_some());
            }
        };
        if statement.kind.is_withheld() {
            self.unnamed.1 += 1;
            self.unnamed.0 += usize::from(attribution.speaker.is_withheld());
        }
        slot(&mut self.via, &statement.via, attribution.via);
        slot(&mut self.anonymity, &statement.anonymity, attribution.anonymity);
    }

    fn sum<'a>(scores: impl Iterator<Item = &'a Score>) -> Score {
        scores.fold(Score::default(), |a, b| Score {
            all: a.all + b.all,
            found: a.found + b.found,
            content: a.content + b.content,
            kind: a.kind + b.kind,
            record: a.record + b.record,
            direct: a.direct + b.direct,
            unnamed: (a.unnamed.0 + b.unnamed.0, a.unnamed.1 + b.unnamed.1),
            via: (a.via.0 + b.via.0, a.via.1 + b.via.1),
            anonymity: (a.anonymity.0 + b.anonymity.0, a.anonymity.1 + b.anonymity.1),
        })
    }
}

/// The attributions of a version: deeply where it was read so, and by patterns in the sentences in which that finds
/// nobody.
fn read(version: &Version, deep: Option<&Vec<Attribution>>, reader: &Reader) -> Vec<Attribution> {
    let copy =
        Copy { title: &version.title, text: &version.text, lang: Some(version.lang), ..Copy::default() };
    let credits = reader.read(copy).credits;
    let text = &version.text;
    let mut plain = statements(text, &words(text), &sentences(text, version.lang), version.lang, &credits);
    let Some(deep) = deep else { return plain };
    plain.retain(|plain| !deep.iter().any(|deep| plain.sentence.overlaps(deep.cue)));
    plain.extend(deep.iter().cloned());
    plain
}

/// Adds the figures of the statements of the gold.
pub fn score(
    demo: &Path,
    gold: &[GoldArticle],
    dossiers: &[Dossier],
    registry: &Registry,
    report: &mut Report,
) -> Result<(), DataError> {
    let statements: Vec<Statement> = jsonl(&demo.join("gold/attributions.jsonl"))?;
    let reader = Reader::new(registry);
    let versions: HashMap<&str, (&Version, Option<&Vec<Attribution>>)> = dossiers
        .iter()
        .flat_map(|dossier| dossier.members.iter().map(move |member| (dossier, member)))
        .filter_map(|(dossier, member)| {
            let version = dossier.newest(member.article)?;
            Some((member.url.as_deref()?, (version, dossier.said.get(&member.article))))
        })
        .collect();
    let langs: HashMap<&str, &str> =
        gold.iter().map(|article| (article.url.as_str(), article.lang.as_str())).collect();
    let mut readings: HashMap<&str, (Folded, Vec<Attribution>)> = HashMap::new();
    let mut scores: BTreeMap<&str, Score> = BTreeMap::new();
    let mut lost = 0;
    for statement in &statements {
        let url = statement.url.as_str();
        let Some(&(version, deep)) = versions.get(url) else {
            lost += 1;
            continue;
        };
        let (folded, found) =
            readings.entry(url).or_insert_with(|| (Folded::of(&version.text), read(version, deep, &reader)));
        let Some(located) = locate(folded, statement) else {
            lost += 1;
            continue;
        };
        let hit = found
            .iter()
            .find(|one| one.cue.overlaps(located.cue) && is_by(&version.text, one, &located, statement))
            .map(|attribution| (attribution, &located));
        scores.entry(langs.get(url).copied().unwrap_or("?")).or_default().add(statement, hit);
    }
    let all = Score::sum(scores.values());
    let of = |part: usize, whole: usize| part as f64 / whole.max(1) as f64;
    let mut push = |name: String, part, whole| {
        report.push(Measure::new(format!("statements · {name}"), of(part, whole), Unit::Share));
    };
    push(format!("found by source and cue (of {})", all.all), all.found, all.all);
    for (lang, score) in &scores {
        push(format!("found in {lang} (of {})", score.all), score.found, score.all);
    }
    push("content half right, of those found".into(), all.content, all.found);
    push("kind of speaker right, of those found".into(), all.kind, all.found);
    push("on or off the record right, of those found".into(), all.record, all.found);
    push("direct or indirect right, of those found".into(), all.direct, all.found);
    push(
        format!("unnamed sources flagged, of those found (of {})", all.unnamed.1),
        all.unnamed.0,
        all.unnamed.1,
    );
    push(format!("outlet that obtained it found (of {})", all.via.1), all.via.0, all.via.1);
    push(format!("words of anonymity found (of {})", all.anonymity.1), all.anonymity.0, all.anonymity.1);
    if lost > 0 {
        report.notes.push(format!(
            "{lost} statements of the gold do not stand word for word in what was read of their page, and are not \
             counted above."
        ));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_statement_is_located_through_folded_blanks() {
        let text = "Lead.\n\nThe minister said the base\u{a0}was  shut, and she said no more.";
        let statement = Statement {
            url: String::new(),
            source: "The minister".into(),
            speaker: "The minister".into(),
            kind: SpeakerKind::Office,
            content: "the base was shut".into(),
            cue: "said".into(),
            via: None,
            anonymity: None,
            paragraph: "The minister said the base was shut, and she said no more.".into(),
            direct: false,
        };
        let located = locate(&Folded::of(text), &statement).unwrap();
        assert_eq!(located.source.of(text), Some("The minister"));
        assert_eq!(located.cue.of(text), Some("said"));
        assert!(located.cue.start < located.content.start);
        assert_eq!(located.content.of(text), Some("the base\u{a0}was  shut"));
    }

    #[test]
    fn words_are_found_whole() {
        assert_eq!(occurrences("the he he", "he"), [(4, 6), (7, 9)]);
    }
}
