//! From the words of a statement to its places in the text.

use dateline_model::{Attribution, Credit, CreditKind, Lang, Part, Span, SpeakerKind};

use super::sentence::{Run, Sentence, is_abbreviation};
use super::shapes::Found;

impl Sentence<'_> {
    /// A statement with its places in the text.
    pub fn finish(&self, found: &Found, credits: &[Credit]) -> Option<Attribution> {
        let (mut source, cue) = (self.span_of(&found.source)?, self.span_of(&found.cue)?);
        // "l'Agence nationale (Anac)": a bracket that opens in a name closes there.
        let name = &self.text[source.start as usize..source.end as usize];
        let open = self.lang != Lang::EN && name.contains('(') && !name.contains(')');
        if open && self.text[source.end as usize..].starts_with(')') {
            source.end += 1;
        }
        // A closing stop belongs to an initial or a title: "John F. Kennedy Jr."
        let last = &self.tokens[found.source.end - 1];
        if self.text[source.end as usize..].starts_with('.') && is_abbreviation(last) {
            source.end += 1;
        }
        let anonymity = self.anonymity();
        // "A person close to the company, who asked not to be named": nobody under their own name.
        let nameless = anonymity.is_some()
            && found.speaker == SpeakerKind::Office
            && self.pack.determiners.has(&self.tokens[found.source.start].lower)
            && (self.lang == Lang::EN || anonymity.is_some_and(|span| self.is_asked_by(source, span)));
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
    pub fn content(&self, run: &Run) -> Option<Span> {
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
    pub fn via(&self, credits: &[Credit], source: Span) -> Option<Span> {
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

    /// True where a source asks not to be named, and not another one of the sentence: right behind it or in its words.
    pub fn is_asked_by(&self, source: Span, anonymity: Span) -> bool {
        /// Bytes between a source and the clause that asks.
        const NEAR: u32 = 40;
        source.overlaps(anonymity) || anonymity.start >= source.end && anonymity.start - source.end <= NEAR
    }

    /// The words that ask not to be named.
    pub fn anonymity(&self) -> Option<Span> {
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
