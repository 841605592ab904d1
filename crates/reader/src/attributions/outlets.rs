//! Outlets in a sentence: which words name a newsroom, and which newsroom obtained a statement.
//!
//! The registry knows few of the world's newsrooms, so most are told by the words around and in their names: by what they
//! are ("l'agence Rivage Info"), by what newspapers are called ("Gazzettino", "-bote"), or by marks of quotation where a
//! newsroom alone can be meant ("сообщили «Портовому вестнику»").

use dateline_model::{Lang, Span, SpeakerKind};

use super::newsrooms::{
    ARABIC_NEWSROOMS, ARTICLES, ASKED, BY, COMMON, CONTRACTED, GERMAN_MASTHEADS, GERMAN_NEWSROOMS, HELD,
    INTERVIEW_WITH, INTERVIEWS, JOINS, MASTHEADS, NEWSROOMS,
};
use super::sentence::{Run, Sentence, Token};
use super::shapes::Found;
use crate::pack::NEWSROOM_WORDS;
use crate::words::Shape;

/// A newsroom that a sentence names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Newsroom {
    /// The words of its name.
    pub name: Run,
    /// All words of the phrase: "le quotidien économique La Vigie".
    pub phrase: Run,
}

/// How sure the words before a name make it that a newsroom follows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hint {
    /// Anybody may follow: "a dit à".
    Anybody,
    /// Those who interview, among others: "dans un entretien à". A newsroom's name has an article, marks of quotation or
    /// initials; what is a bare name may be a person.
    Interviewer,
    /// Those who cite: "…, citant". Here one word is a newsroom's name as well; what is longer may be a person still.
    Citer,
    /// Those who ask, quote or hold a document, among others: "consultado por". There a name whose article has a capital
    /// is a newspaper's: "**La** Boya".
    Asker,
}

/// Words of a newsroom's name.
const LONGEST_NAME: usize = 6;
/// Words between what a newsroom is and its name: "le quotidien **économique régional** La Vigie".
const DESCRIBED: usize = 3;

impl Sentence<'_> {
    /// The newsroom whose phrase begins at a word.
    pub fn newsroom(&self, from: usize, hint: Hint) -> Option<Newsroom> {
        let mut at = from;
        let mut article = from > 0 && self.lower_is(from - 1, &CONTRACTED);
        while self.lower_is(at, &ARTICLES) && at < from + 2 && !self.starts_name(at) {
            article = true;
            at += 1;
        }
        // "la televisión", "телеграм-канал": what it is, and adjectives.
        let is_noun = |at: usize| self.tokens.get(at).is_some_and(|token| self.is_newsroom_noun(token));
        let noun = (at..at + 2)
            .find(|&noun| is_noun(noun) && (at..noun).all(|at| !self.tokens[at].gap.parts() || at == from));
        let mut radio = None;
        if let Some(noun) = noun {
            at = noun + 1;
            radio = (self.lang == Lang::RU && self.tokens[noun].lower == "радио").then_some(noun);
            let name = (at..self.tokens.len().min(at + DESCRIBED + 1)).find(|&at| self.opens_name(at))?;
            let between = &self.tokens[at..name];
            if between.iter().any(|token| token.gap.parts() || self.pack.ends.has(&token.lower)) {
                return None;
            }
            at = name;
        }
        let first = self.tokens.get(at)?;
        if !self.opens_name(at) || (noun.is_none() && at > from && first.gap.parts() && !first.named) {
            return None;
        }
        let end = self.name_end(at, noun.is_some());
        let words = &self.tokens[at..end];
        let marked = first.named || first.quoted;
        let called = words.iter().any(|token| is_masthead(&token.lower, self.lang));
        let titled =
            words.len() > 1 && at > 0 && self.lower_is(at, &ARTICLES) && first.shape.is_capitalised();
        let alone = words.len() == 1 && (hint == Hint::Citer || first.shape == Shape::Upper);
        let sure = noun.is_some()
            || hint != Hint::Anybody && titled
            || called
            || marked && matches!(self.lang, Lang::RU | Lang::DE)
            || matches!(hint, Hint::Interviewer | Hint::Citer)
                && self.lang != Lang::DE
                && (marked || (article || alone) && first.shape.is_capitalised())
                && !self.pack.determiners.has(&first.lower);
        (sure && end > at).then_some(Newsroom { name: radio.unwrap_or(at)..end, phrase: from..end })
    }

    /// The article of a name may be its first word: "à **La Vigie**".
    fn starts_name(&self, at: usize) -> bool {
        self.tokens[at].shape.is_capitalised() && at > 0
    }

    /// True where a word may open a newsroom's name.
    fn opens_name(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(|token| {
            let noun = self.lang == Lang::DE && self.is_newsroom_noun(token);
            token.quoted && token.gap.quote && (token.shape.is_capitalised() || self.lang == Lang::AR)
                || token.named
                || token.shape.is_capitalised() && !noun
                || self.lang == Lang::AR
                    && !self.pack.ends.has(&token.lower)
                    && !self.pack.that.has(&token.lower)
                    && !token.gap.parts()
        })
    }

    /// Where a newsroom's name that opens at a word ends.
    fn name_end(&self, at: usize, described: bool) -> usize {
        let most = self.tokens.len().min(at + LONGEST_NAME);
        let first = &self.tokens[at];
        if first.quoted || first.named {
            let closes = |at: usize| {
                self.tokens
                    .get(at)
                    .is_none_or(|token| token.quoted != first.quoted || token.named != first.named)
            };
            // Marks that close nowhere near are those of a quotation.
            return (at + 1..=most).find(|&at| closes(at)).unwrap_or(at);
        }
        let goes_on = |at: usize| {
            let token = &self.tokens[at];
            if token.gap.parts() || token.gap.bracket || token.quoted {
                return false;
            }
            if self.lang == Lang::AR {
                return described
                    && !self.pack.ends.has(&token.lower)
                    && !self.pack.that.has(&token.lower)
                    && !self.pack.of.has(&token.lower);
            }
            let capital = |at: usize| {
                self.tokens.get(at).is_some_and(|next| next.shape.is_capitalised() && !next.gap.parts())
            };
            token.shape.is_capitalised()
                || self.lower_is(at, &JOINS)
                    && (capital(at + 1) || self.lower_is(at + 1, &JOINS) && capital(at + 2))
        };
        // "AFP Karim Sellam": an agency's initials are the whole of its name.
        if first.shape == Shape::Upper && self.lang != Lang::AR {
            return at + 1;
        }
        (at + 1..most).find(|&at| !goes_on(at)).unwrap_or(most)
    }

    /// True for what newsrooms are: "agence", "Lokalsender", "لصحيفة".
    pub fn is_newsroom_noun(&self, token: &Token) -> bool {
        let lower = token.lower.as_str();
        match self.lang {
            Lang::AR => {
                // "و", "ل" and "ب" are joined to it, and "وكالة" begins with its own.
                let forms = [lower, lower.strip_prefix('و').unwrap_or(lower)];
                forms.into_iter().any(|form| {
                    let joined = form.strip_prefix("لل").or_else(|| form.strip_prefix(['ل', 'ب']));
                    let noun = joined.unwrap_or(form);
                    ARABIC_NEWSROOMS.contains(&noun.strip_prefix("ال").unwrap_or(noun))
                })
            }
            Lang::DE => {
                GERMAN_NEWSROOMS.iter().any(|noun| lower.ends_with(noun)) && token.shape.is_capitalised()
            }
            _ => NEWSROOMS.contains(&lower) && !token.shape.is_capitalised(),
        }
    }

    /// The newsroom that obtained a statement, where the words around it tell.
    ///
    /// - *told*: "a confié **à Radio Onde**", "sagte **dem Sender** …", "сообщили **«Портовому вестнику»**";
    /// - *interviewed, asked, quoted by it*: "**Interrogé par** la radio …", "**in un'intervista al** Corriere …";
    /// - *holds the document*: "…, **der** dem „Bergkurier“ **vorliegt**", "документ, **с которым ознакомилось** издание …";
    /// - *paid for the poll*: "una encuesta de Ovida **para** Radio Marea";
    /// - *whose source it is*: "Источник **агентства** «…»".
    ///
    /// Words of what was said are passed over: who is told there was told something else.
    pub fn obtained_by(&self, found: &Found) -> Option<Span> {
        if self.lang == Lang::EN {
            return None;
        }
        let outside = |at: &usize| !found.content.contains(at) || found.source.contains(at);
        let newsroom = (0..self.tokens.len()).filter(outside).find_map(|at| {
            let behind_source = found.source.end.saturating_sub(1) <= at;
            self.told_to(at, &found.cue)
                .or_else(|| self.interviewed_by(at))
                .or_else(|| self.held_by(at))
                .or_else(|| (found.speaker == SpeakerKind::Poll).then(|| self.polled_for(at)).flatten())
                .or_else(|| {
                    (found.source.contains(&at) || behind_source && at <= found.source.end)
                        .then(|| self.source_of(at))
                        .flatten()
                })
        })?;
        self.span_of(&newsroom.name)
    }

    /// "a affirmé **à l'agence** …", "disse **ao Diário** …", "sagte **dem Sender** …", "рассказал **«Вестнику»**".
    fn told_to(&self, at: usize, cue: &Run) -> Option<Newsroom> {
        /// Words between a verb and those who are told.
        const NEAR: usize = 9;
        let near = at > cue.start && at < cue.end + NEAR || at < cue.start && cue.start - at < NEAR;
        if !near {
            return None;
        }
        match self.lang {
            Lang::RU | Lang::AR => {
                let token = &self.tokens[at];
                let dative = self.lang == Lang::RU
                    && ["у", "е", "ю", "и", "агентству"].iter().any(|ending| token.lower.ends_with(ending))
                    && self.is_newsroom_noun(token)
                    || self.lang == Lang::AR && token.lower.starts_with('ل') && self.is_newsroom_noun(token);
                let named =
                    self.lang == Lang::RU && at > cue.start && at <= cue.end && (token.named || token.quoted);
                (dative || named).then(|| self.newsroom(at, Hint::Anybody)).flatten()
            }
            _ => {
                let to = match self.lang {
                    Lang::FR => self.lower_is(at, &["à", "au", "auprès"]),
                    Lang::ES => self.lower_is(at, &["a", "al"]),
                    Lang::PT => self.lower_is(at, &["a", "à", "ao"]),
                    Lang::IT => self.lower_is(at, &["a", "al", "alla", "all", "allo"]),
                    _ => self.lower_is(at, &["der", "dem", "den", "gegenüber"]),
                };
                if !to {
                    return None;
                }
                let from = at
                    + 1
                    + usize::from(
                        self.lower_is(at, &["auprès"]) && self.lower_is(at + 1, &["de", "du", "d"]),
                    );
                let hint = if self.lower_is(at, &["auprès"]) { Hint::Asker } else { Hint::Anybody };
                self.newsroom(from, hint)
            }
        }
    }

    /// True for participles of those who were asked or quoted: "interrogés".
    pub fn is_asked(&self, at: usize) -> bool {
        let lower = self.tokens[at].lower.as_str();
        ASKED.iter().any(|stem| lower.strip_prefix(stem).is_some_and(|rest| rest.chars().count() <= 2))
    }

    /// "dans un entretien **à**", "im Gespräch **mit**", "в интервью", "interrogé **par**".
    fn interviewed_by(&self, at: usize) -> Option<Newsroom> {
        /// Words between the noun or participle and the preposition: "in un'intervista **esclusiva** a".
        const BETWEEN: usize = 1;
        let lower = self.tokens[at].lower.as_str();
        let interview = INTERVIEWS.contains(&lower);
        let asked = self.is_asked(at);
        if !interview && !asked {
            return None;
        }
        let next = at + 1;
        // "в интервью «Каме»", "im „Bergkurier“-Gespräch": nothing stands between.
        if interview && self.lang == Lang::RU {
            let from = next + usize::from(self.lower_is(next, &["с", "для", "со"]));
            return self.newsroom(from, Hint::Interviewer);
        }
        if self.lang == Lang::AR {
            let from = next + usize::from(self.lower_is(next, &["مع", "إلى", "على"]));
            return self
                .tokens
                .get(from)
                .filter(|token| self.is_newsroom_noun(token))
                .and_then(|_| self.newsroom(from, Hint::Anybody));
        }
        let prepositions: &[&str] = if interview { &INTERVIEW_WITH } else { &BY };
        let preposition = (next..=next + BETWEEN).find(|&at| self.lower_is(at, prepositions))?;
        let hint = if interview { Hint::Interviewer } else { Hint::Asker };
        self.newsroom(preposition + 1, hint)
    }

    /// "der dem „Bergkurier“ **vorliegt**", "al que **tuvo acceso** Radio …", "**ознакомилось** издание …", "**اطلعت عليه** صحيفة …".
    fn held_by(&self, at: usize) -> Option<Newsroom> {
        /// Words between a newsroom and the verb behind it.
        const BEFORE: usize = 8;
        let lower = self.tokens[at].lower.as_str();
        if ["vorliegt", "vorliegen", "vorlag", "vorlagen"].contains(&lower) {
            let open = at.saturating_sub(BEFORE);
            return (open..at).find_map(|from| {
                let article = self.lower_is(from, &["dem", "der", "den"]);
                article
                    .then(|| self.newsroom(from, Hint::Asker))
                    .flatten()
                    .filter(|newsroom| newsroom.phrase.end == at)
            });
        }
        let phrase = HELD
            .iter()
            .find(|words| words.iter().enumerate().all(|(index, word)| self.lower_is(at + index, &[word])))?;
        let behind = at + phrase.len();
        let from = behind + usize::from(self.lower_is(behind, &["by", "par", "por", "da"]));
        self.newsroom(from, Hint::Asker).or_else(|| {
            // "a que o Diário da Foz **teve acesso**"
            let open = at.saturating_sub(BEFORE);
            (open..at).find_map(|from| {
                self.newsroom(from, Hint::Asker).filter(|newsroom| newsroom.phrase.end == at)
            })
        })
    }

    /// "una encuesta de Ovida **para** Radio Marea".
    fn polled_for(&self, at: usize) -> Option<Newsroom> {
        self.lower_is(at, &["para", "pour", "per", "für", "для", "im"]).then(|| {
            let from = at + 1 + usize::from(self.lang == Lang::DE && self.lower_is(at + 1, &["auftrag"]));
            self.newsroom(from, Hint::Interviewer)
        })?
    }

    /// "Источник **агентства «…»**", "собеседников **«Портового вестника»**", "fontes **do Diário** …" told it.
    fn source_of(&self, at: usize) -> Option<Newsroom> {
        let called = self.lang == Lang::RU
            && at > 0
            && ["источник", "собеседник"].iter().any(|noun| self.tokens[at - 1].lower.starts_with(noun));
        called.then(|| self.newsroom(at, Hint::Anybody)).flatten()
    }
}

/// True for a word of which the names of newsrooms are made: nobody and no office is called so.
fn is_masthead(lower: &str, lang: Lang) -> bool {
    MASTHEADS.contains(&lower)
        || NEWSROOM_WORDS.contains(&lower) && !COMMON.contains(&lower)
        || lang == Lang::DE
            && GERMAN_MASTHEADS.iter().any(|ending| lower.len() > ending.len() && lower.ends_with(ending))
}
