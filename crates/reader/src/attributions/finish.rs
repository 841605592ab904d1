//! From the words of a statement to its places in the text.

use dateline_model::{Attribution, Credit, CreditKind, Lang, Part, Span, SpeakerKind};

use super::outlets::Hint;
use super::sentence::{Run, Sentence, Token, is_abbreviation};
use super::shapes::Found;

impl Sentence<'_> {
    /// A statement with its places in the text.
    pub fn finish(&self, found: &Found, credits: &[Credit]) -> Option<Attribution> {
        let (mut source, cue) = (self.span_of(&found.source)?, self.cue_span(&found.cue)?);
        // "l'Agence nationale (Anac)": a bracket that opens in a name closes there.
        let name = &self.text[source.start as usize..source.end as usize];
        let open = self.lang != Lang::EN && name.contains('(') && !name.contains(')');
        if open && self.text[source.end as usize..].starts_with(')') {
            source.end += 1;
        }
        source = self.with_marks(source);
        source = self.with_name_called(source, found);
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
            via: self.via(found, credits, source),
            anonymity,
            deep: None,
        })
    }

    /// A phrase with the marks around the name that it opens or ends with: "Lena Voss von der Initiative „Saubere Leine**“**".
    fn with_marks(&self, mut span: Span) -> Span {
        const MARKS: [char; 6] = ['"', '“', '”', '«', '»', '„'];
        let blank = |c: char| matches!(c, ' ' | '\u{a0}' | '\u{202f}');
        let marked = |token: &Token| token.named || token.quoted;
        let ends = self.tokens.iter().any(|token| marked(token) && token.span.end == span.end);
        let after = &self.text[span.end as usize..];
        let mark = after.trim_start_matches(blank).chars().next().filter(|c| MARKS.contains(c));
        if let Some(mark) = mark.filter(|_| ends) {
            span.end += (after.len() - after.trim_start_matches(blank).len() + mark.len_utf8()) as u32;
        }
        let opens = self.tokens.iter().any(|token| token.named && token.span.start == span.start);
        let before = &self.text[..span.start as usize];
        let mark = before.trim_end_matches(blank).chars().next_back().filter(|c| MARKS.contains(c));
        if let Some(mark) = mark.filter(|_| opens) {
            span.start -= (before.len() - before.trim_end_matches(blank).len() + mark.len_utf8()) as u32;
        }
        span
    }

    /// A newsroom's name, with the mark that closes it where it has the one that opens: "радио «Волна**»**".
    fn with_name_marks(&self, via: Span) -> Span {
        let words = via.of(self.text).unwrap_or_default();
        let open = words.contains(['«', '„', '“']) && !words.ends_with(['»', '“', '”']);
        if open { Span { end: self.with_marks(via).end, ..via } } else { via }
    }

    /// The words of a cue; where a headline has none, its colon: "Il sindaco**:** «…»".
    fn cue_span(&self, cue: &Run) -> Option<Span> {
        if !cue.is_empty() {
            return self.span_of(cue);
        }
        let before = self.tokens.get(cue.start.checked_sub(1)?)?.span.end as usize;
        let colon = before + self.text[before..].find(':')?;
        Some(Span::new(colon, colon + 1))
    }

    /// The words of a content with the quotation marks and stops that belong to it.
    pub fn content(&self, run: &Run) -> Option<Span> {
        let mut content = self.span_of(run)?;
        let marks = |c: char| matches!(c, '"' | '“' | '”' | '«' | '»' | '„' | '’' | '\u{a0}' | ' ');
        let closing = |c: char| marks(c) || matches!(c, ',' | '.' | '?' | '!' | '%' | ')');
        let before = &self.text[self.span.start as usize..content.start as usize];
        // Marks before words that are not quoted close what stood there before.
        let opens = self.lang == Lang::EN || self.tokens[run.start].quoted || self.tokens[run.start].named;
        if opens {
            content.start -= (before.len() - before.trim_end_matches(marks).len()) as u32;
        }
        let limit = self.tokens.get(run.end).map_or(self.span.end, |next| next.span.start);
        let after = &self.text[content.end as usize..limit as usize];
        content.end += (after.len() - after.trim_start_matches(closing).len()) as u32;
        Some(content.trim(self.text))
    }

    /// The outlet that obtained the statement: "told **Reuters**". An outlet that passes it on goes before one that the
    /// registry knows, and that before one that only the words around it tell.
    fn via(&self, found: &Found, credits: &[Credit], source: Span) -> Option<Span> {
        if let Some(via) = &found.via {
            return self.span_of(via).map(|via| self.with_name_marks(via));
        }
        self.credited(credits, source)
            .or_else(|| self.obtained_by(found).map(|via| self.with_name_marks(via)))
    }

    /// The outlet that a credit of the sentence cites.
    fn credited(&self, credits: &[Credit], source: Span) -> Option<Span> {
        let cited = credits.iter().filter(|credit| {
            credit.kind == CreditKind::Cited && credit.part == Part::Text && self.span.contains(credit.span)
        });
        cited
            .filter_map(|credit| {
                let at = credit.span.start as usize + credit.span.of(self.text)?.find(&credit.name)?;
                Some(self.whole_name(Span::new(at, at + credit.name.len())))
            })
            .find(|via| !source.overlaps(*via))
    }

    /// A credited name with what goes on behind it: "Corriere **degli Scogli**" is not the Corriere that the registry knows.
    fn whole_name(&self, credited: Span) -> Span {
        let Some(at) = self.tokens.iter().position(|token| token.span.start == credited.start) else {
            return credited;
        };
        let joined = self
            .tokens
            .iter()
            .skip(at)
            .find(|token| token.span.start >= credited.end)
            .is_some_and(|next| !next.shape.is_capitalised());
        let whole = self.newsroom(at, Hint::Citer).and_then(|newsroom| self.span_of(&newsroom.name));
        whole.filter(|whole| joined && whole.contains(credited)).unwrap_or(credited)
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
