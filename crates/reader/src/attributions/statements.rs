//! All statements of a text: several in a sentence where its clauses have speakers of their own, and those whose speaker
//! an earlier sentence names.

use dateline_model::{Attribution, Credit, Lang, Span, SpeakerKind};

use super::about::About;
use super::follow::Spoke;
use super::forms::is_called;
use super::sentence::{Gap, Sentence};
use super::shapes::Found;
use super::{Article, attributions};
use crate::words::Word;

/// Every statement of a text, in order. Where the speaker is somebody whom an earlier sentence names, `source` is what
/// they are called there.
///
/// English is read as by [`attributions`]; it is read more deeply elsewhere.
pub fn statements(
    text: &str,
    words: &[Word],
    sentences: &[Span],
    lang: Lang,
    credits: &[Credit],
) -> Vec<Attribution> {
    if lang == Lang::EN {
        return attributions(text, words, sentences, lang, credits);
    }
    let Some(article) = Article::new(text, words, lang, credits) else { return Vec::new() };
    let mut all = Vec::new();
    let mut speakers = Speakers::default();
    // What the sentence before says: its one statement, or all of it.
    let mut before: Option<(Span, bool)> = None;
    for (number, span) in sentences.iter().enumerate() {
        let mut sentence = article.sentence(*span, number == 0);
        sentence.known.clone_from(&speakers.names);
        let found = match before.and_then(|before| speakers.about(&sentence, number, before, credits)) {
            Some(about) => vec![about],
            None => speakers.hear(&sentence, number, credits),
        };
        before = match &found[..] {
            [one] => Some((one.content, one.direct)),
            _ => Some((sentence.span.trim(text), false)).filter(|(span, _)| !span.is_empty()),
        };
        all.extend(found.into_iter().map(|said| Attribution { sentence: *span, ..said }));
    }
    all
}

/// Who has spoken so far.
#[derive(Default)]
struct Speakers {
    all: Vec<Spoke>,
    /// Who spoke last, where only one did.
    last: Option<Spoke>,
    /// The words of the names of those who did: "wiesenhütter".
    names: Vec<String>,
}

impl Speakers {
    fn hear(&mut self, sentence: &Sentence<'_>, number: usize, credits: &[Credit]) -> Vec<Attribution> {
        let clauses = sentence.clauses();
        if clauses.len() > 1 {
            let kept = (self.all.len(), self.last.clone());
            let said: Vec<Attribution> =
                clauses.iter().filter_map(|clause| self.one(clause, number, credits)).collect();
            if said.len() > 1 {
                // Two spoke: who is meant next stays open.
                if said.iter().any(|one| one.source != said[0].source) {
                    self.last = None;
                }
                return said;
            }
            self.all.truncate(kept.0);
            self.last = kept.1;
        }
        let Some(first) = self.one(sentence, number, credits) else { return Vec::new() };
        let Some(second) = sentence.second_verb(&first) else { return vec![first] };
        let Some(more) = sentence.finish(&second.found, credits) else { return vec![first] };
        let more = Attribution { source: first.source, speaker: first.speaker, via: None, ..more };
        let content = Span { end: second.cut.min(first.content.end), ..first.content };
        vec![Attribution { content: content.trim(sentence.text), ..first }, more]
    }

    /// Who says what the sentence before holds: "Das bestätigte die Polizei."
    fn about(
        &mut self,
        sentence: &Sentence<'_>,
        number: usize,
        (content, direct): (Span, bool),
        credits: &[Credit],
    ) -> Option<Attribution> {
        let about = sentence.about_before()?;

        let About { source, speaker, cue, via } = about;
        let found = Found { source, speaker, content: cue.clone(), cue, via };
        let mut said = sentence.finish(&found, credits)?;
        let spoke = Spoke::new(sentence, &found, said.source, said.speaker, number);
        (said.content, said.direct) = (content, direct);
        self.names.extend(sentence.words_of_name(&found));
        self.last = Some(spoke.clone());
        self.all.push(spoke);
        Some(said)
    }

    fn one(&mut self, sentence: &Sentence<'_>, number: usize, credits: &[Credit]) -> Option<Attribution> {
        if let Some(found) = sentence.chosen() {
            let mut said = sentence.finish(&found, credits)?;
            let mut spoke = Spoke::new(sentence, &found, said.source, said.speaker, number);
            if let Some(before) = self.introduced(sentence, &found, said.speaker) {
                (said.source, said.speaker) = (before.source, before.kind);
                spoke = Spoke { sentence: number, aside: spoke.aside, ..before };
            } else if sentence.is_same(&found.source) {
                // Nobody is known who spoke before: it stays open who this is.
                self.last = None;
                return None;
            }
            self.names.extend(sentence.words_of_name(&found));
            self.last = Some(spoke.clone());
            self.all.push(spoke);
            return Some(said);
        }
        let Some(follow) = sentence.follow() else {
            // "« … », a-t-il dit. « … »": a quotation that goes on is the same one's.
            let goes_on = !sentence.tokens.is_empty() && sentence.tokens.iter().all(|token| token.quoted);
            if let Some(last) = self.last.as_mut().filter(|last| goes_on && last.sentence + 1 >= number) {
                last.sentence = number;
            }
            return None;
        };
        let last = self.last.as_mut().filter(|last| last.sentence + 1 >= number && last.fits(&follow))?;
        last.sentence = number;
        let found = Found {
            source: follow.cue.clone(),
            speaker: last.kind,
            cue: follow.cue,
            content: follow.content,
            via: None,
        };
        let said = sentence.finish(&found, credits)?;
        Some(Attribution { source: last.source, speaker: last.kind, ..said })
    }

    /// Whom "la même source" or "el diplomático" means: the last one who was called so.
    fn introduced(&self, sentence: &Sentence<'_>, found: &Found, kind: SpeakerKind) -> Option<Spoke> {
        let noun = sentence.noun(&found.source)?;
        if !sentence.was_introduced(&found.source) {
            return None;
        }
        if kind == SpeakerKind::Office {
            return self.named_as(&noun);
        }
        if !kind.is_withheld() {
            return None;
        }
        /// Statements back that a reader remembers a speaker.
        const REMEMBERED: usize = 64;
        let same = |spoke: &&Spoke| spoke.noun.as_ref() == Some(&noun) && spoke.kind == kind;
        self.all.iter().rev().take(REMEMBERED).find(same).cloned()
    }
}

impl Speakers {
    /// "le ministre", "die Bürgermeisterin": the one named speaker so far who was called so. Where two were, it stays open.
    fn named_as(&self, noun: &str) -> Option<Spoke> {
        let called = |spoke: &&Spoke| spoke.noun.as_deref() == Some(noun);
        let mut named = self.all.iter().rev().filter(called);
        let last = named.next().filter(|spoke| spoke.kind == SpeakerKind::Named)?;
        named.all(|spoke| spoke.source == last.source).then(|| last.clone())
    }
}

impl Sentence<'_> {
    /// The words of a named speaker's name, by which later sentences call them.
    fn words_of_name(&self, found: &Found) -> Vec<String> {
        if found.speaker != SpeakerKind::Named {
            return Vec::new();
        }
        let known = |lower: &str| {
            [
                &self.pack.person,
                &self.pack.people,
                &self.pack.office,
                &self.pack.determiners,
                &self.pack.spokesperson,
            ]
            .iter()
            .any(|list| is_called(list, lower, self.lang))
        };
        let words = self.tokens[found.source.clone()].iter();
        let name = words.filter(|token| match self.lang {
            // Arabic has no capitals: only the last word of a phrase is a name for sure.
            Lang::AR => token.span.end == self.tokens[found.source.end - 1].span.end,
            _ => token.shape.is_capitalised() && !token.named,
        });
        name.map(|token| token.lower.clone()).filter(|lower| !known(lower)).collect()
    }

    /// The clauses of a sentence that may have speakers of their own: parted by a semicolon, or by a comma and a word that
    /// opposes two clauses.
    fn clauses(&self) -> Vec<Sentence<'_>> {
        /// Words of a clause in which somebody says something.
        const SHORTEST: usize = 4;
        const OPPOSED: [&str; 20] = [
            "mais",
            "tandis",
            "alors",
            "pero",
            "mientras",
            "aunque",
            "ma",
            "mentre",
            "mas",
            "enquanto",
            "aber",
            "doch",
            "während",
            "но",
            "а",
            "لكن",
            "ولكن",
            "فيما",
            "بينما",
            "однако",
        ];
        let mut cuts = vec![0_usize];
        for (at, token) in self.tokens.iter().enumerate().skip(SHORTEST) {
            if (token.quoted && self.tokens[at - 1].quoted) || at - cuts[cuts.len() - 1] < SHORTEST {
                continue;
            }
            let before = &self.text[self.tokens[at - 1].span.end as usize..token.span.start as usize];
            let opposed = token.gap.comma && !token.quoted && OPPOSED.contains(&token.lower.as_str());
            if opposed || before.contains(';') {
                cuts.push(at);
            }
        }
        cuts.push(self.tokens.len());
        let clause = |cut: &[usize]| {
            let (mut from, to) = (cut[0], cut[1]);
            let end = self.tokens.get(to).map_or(self.span.end, |next| next.span.start);
            // "tandis **qu'**un négociateur": what opens the clause is none of its words.
            while from > 0 && from + 1 < to && {
                let lower = &self.tokens[from].lower;
                OPPOSED.contains(&lower.as_str()) || self.pack.that.has(lower)
            } {
                from += 1;
            }
            let mut tokens = self.tokens[from..to].to_vec();
            if let (true, Some(first)) = (from > 0, tokens.first_mut()) {
                first.gap = Gap { quote: first.gap.quote, ..Gap::default() };
            }
            let start = tokens.first().map_or(end, |first| first.span.start);
            let start = if from == 0 { self.span.start } else { start };
            Sentence { tokens, span: Span { start, end }, known: self.known.clone(), ..*self }
        };
        cuts.windows(2).map(clause).collect()
    }
}
