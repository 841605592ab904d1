//! The shapes of reported speech: where the speaker and what was said stand around a cue.

use dateline_model::{Attribution, Credit, Lang, SpeakerKind};

use super::sentence::{Run, Sentence, Token};
use super::speaker;
use super::verbs::{JUDGES, SPEAKS_OF};

/// Words a statement must have: with fewer it is a fragment that says nothing by itself.
pub const SHORTEST_CONTENT: usize = 3;

/// Words between an Arabic verb and its "that": the speaker's clause about themselves stands there, "الذي تحدث شريطة عدم
/// الكشف عن هويته".
pub const THAT_FAR: usize = 14;

/// A statement as the runs of words that make it.
pub struct Found {
    /// Who speaks.
    pub source: Run,
    /// What kind of speaker that is.
    pub speaker: SpeakerKind,
    /// The words that say so.
    pub cue: Run,
    /// What is said.
    pub content: Run,
    /// The outlet that passes it on, where the shape tells.
    pub via: Option<Run>,
}

pub fn accept(source: Run, speaker: SpeakerKind, cue: Run, content: Run) -> Option<Found> {
    (content.len() >= SHORTEST_CONTENT).then_some(Found { source, speaker, cue, content, via: None })
}

impl Sentence<'_> {
    /// The one statement of a sentence. Where two readings name two speakers, the one whose verb closes
    /// the sentence holds: "The gunman acknowledged …, the FBI chief said." Then what one says within the words of the
    /// other. Else it is left open.
    pub fn read(&self, credits: &[Credit]) -> Option<Attribution> {
        self.finish(&self.chosen()?, credits)
    }

    /// The words of [`Self::read`].
    pub fn chosen(&self) -> Option<Found> {
        /// Words that may follow a closing verb: "said", "said in a statement", "said on Thursday".
        const CLOSING: usize = 5;
        if let Some(passed_on) = self.passed_on() {
            return Some(passed_on);
        }
        let mut found = self.readings();
        if found.is_empty() {
            found.extend(self.before_colon());
        }
        self.relayed(&mut found);
        let closes = |found: &Found| {
            found.cue.end + CLOSING >= self.tokens.len()
                && found.content.end <= found.source.start.max(found.cue.start)
        };
        let chosen = match &found[..] {
            [] => return None,
            [_] => 0,
            [first, others @ ..] if others.iter().all(|other| other.source == first.source) => 0,
            // "A said that B denied it" is what A said.
            [first, others @ ..] => found.iter().rposition(closes).or_else(|| {
                let holds = |other: &Found| {
                    first.content.start <= other.source.start && other.cue.end <= first.content.end
                };
                others.iter().all(holds).then_some(0)
            })?,
        };
        Some(found.swap_remove(chosen))
    }

    /// Every statement that one of the shapes finds.
    pub fn readings(&self) -> Vec<Found> {
        let mut all = Vec::new();
        let mut at = 0;
        // "طلب عدم **ذكر** اسمه": words that ask not to be named say nothing else.
        let anonymity = if self.lang == Lang::EN { None } else { self.anonymity() };
        while at < self.tokens.len() {
            if anonymity.is_some_and(|span| span.contains(self.tokens[at].span)) {
                at += 1;
                continue;
            }
            if self.tokens[at].quoted {
                all.extend(self.within_quotation(at));
                at += 1;
                continue;
            }
            // English is read deeply elsewhere, and often: it is spared what only the others have.
            if self.lang != Lang::EN {
                all.extend(self.as_for(at).or_else(|| self.by_its_account(at)));
                all.extend(self.in_their_eyes(at).or_else(|| self.said_by_all(at)));
                all.extend(self.concluded(at).or_else(|| self.as_it_is_said(at)));
            }
            if self.lang == Lang::DE && self.tokens[at].lower == "so" {
                all.extend(self.closing_so(at));
                at += 1;
            } else if self.lang == Lang::DE && self.matches(at, &self.pack.according_after).is_some() {
                all.extend(self.behind_speaker(at));
                at += 1;
            } else if let Some(cue) = self.matches(at, &self.pack.according) {
                at = cue.end;
                all.extend(self.according(cue));
            } else if let Some(cue) = self.matches(at, &self.pack.says).or_else(|| self.parted_verb(at)) {
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
    pub fn is_refused(&self, cue: &Run) -> bool {
        const PASSIVE: [&str; 12] =
            ["is", "was", "were", "are", "be", "been", "being", "to", "would", "could", "might", "should"];
        // "…, who asked not to be named, said": what a comma parts off refuses nothing.
        let clause = (1..=cue.start).rev().find(|&at| self.tokens[at].gap.parts()).unwrap_or(0);
        let before = &self.tokens[cue.start.saturating_sub(4).max(clause)..cue.start];
        // "que prefirió **no** dar su nombre": who asks not to be named says what follows.
        let asks = if self.lang == Lang::EN { None } else { self.anonymity() };
        // "se dieron **cuenta** de que": a noun.
        let noun = self.lang == Lang::ES
            && self.lower_is(cue.start, &["cuenta"])
            && cue.start > 0
            && self.lower_is(
                cue.start - 1,
                &["dieron", "dio", "da", "dan", "dar", "dado", "dando", "en", "la", "su", "una"],
            );
        let refused = noun
            || before.iter().any(|token| {
                self.pack.refusals.has(&token.lower) && !asks.is_some_and(|asks| asks.contains(token.span))
            });
        let english = self.lang == Lang::EN;
        let passive = english && before.last().is_some_and(|token| PASSIVE.contains(&token.lower.as_str()));
        let to = english && self.tokens.get(cue.end).is_some_and(|token| token.lower == "to");
        refused || passive || to
    }

    /// "« On a coupé les vannes**, raconte Josiane Perraudin,** et personne ne nous a rappelés. »": the Romance languages and
    /// Russian keep one pair of marks around a quotation and who says it.
    fn within_quotation(&self, at: usize) -> Option<Found> {
        let parts = |token: &Token| {
            if self.lang == Lang::RU { token.gap.dash } else { token.gap.comma || token.gap.dash }
        };
        if matches!(self.lang, Lang::EN | Lang::DE | Lang::AR)
            || !parts(&self.tokens[at])
            || self.tokens[at].gap.quote
        {
            return None;
        }
        let cue = self.matches(at, &self.pack.says)?;
        let mut open = Sentence { tokens: self.tokens.clone(), known: self.known.clone(), ..*self };
        open.tokens.iter_mut().skip(at).take(speaker::LONGEST).for_each(|token| token.quoted = false);
        let source = cue.end..open.speaker_end(cue.end);
        // What parts it from the quotation again, or the end of the quotation.
        if open.tokens.get(source.end).is_some_and(|next| !parts(next) && !next.gap.quote) {
            return None;
        }
        // The larger part is what was said.
        let behind = source.end..self.tokens.len();
        let quoted = behind.clone().all(|at| self.tokens[at].quoted);
        let letters = |run: &Run| self.span_of(run).map_or(0, |span| span.len());
        let longer = letters(&behind) > 2 * letters(&(0..at)) || at < SHORTEST_CONTENT;
        let content = if quoted && longer { behind } else { 0..at };
        accept(source.clone(), open.speaker(&source)?, cue, content)
    }

    /// "**EU-Diplomaten zufolge** soll das Paket beschlossen werden", "…, **Angaben der Polizei zufolge**".
    fn behind_speaker(&self, at: usize) -> Option<Found> {
        const HANDED: [&str; 5] = ["den", "angaben", "aussagen", "worten", "informationen"];
        let open = (1..=at).rev().find(|&at| self.tokens[at].gap.parts()).unwrap_or(0);
        let handed =
            self.tokens[open..at].iter().take_while(|token| HANDED.contains(&token.lower.as_str())).count();
        let handed = if self.tokens[open..open + handed].iter().any(|token| token.lower != "den") {
            handed
        } else {
            0
        };
        let source = open + handed..at;
        let speaker = self.speaker(&source)?;
        let content = if open == 0 { at + 1..self.tokens.len() } else { 0..open };
        accept(source, speaker, at..at + 1, content)
    }

    /// "Der Täter sei bekannt**, so ein Sprecher der Polizei**.": the speaker closes the sentence, or a comma closes the speaker.
    fn closing_so(&self, at: usize) -> Option<Found> {
        let gap = self.tokens[at].gap;
        let source = at + 1..self.speaker_end(at + 1);
        let closed = self.tokens.get(source.end).is_none_or(|next| next.gap.parts());
        if !(gap.comma || gap.quote) || !closed || source.is_empty() {
            return None;
        }
        accept(source.clone(), self.speaker(&source)?, at..at + 1, 0..at)
    }

    /// "In dem Bericht heißt es": what stands before the verb is where it is said.
    fn is_place(&self, cue: &Run) -> bool {
        self.tokens[cue.clone()]
            .iter()
            .any(|token| matches!(token.lower.as_str(), "es" | "verlautete" | "verlautet"))
    }

    pub fn lower_is(&self, at: usize, list: &[&str]) -> bool {
        self.tokens.get(at).is_some_and(|token| list.contains(&token.lower.as_str()))
    }

    /// "according to X, …" and "…, according to X".
    fn according(&self, cue: Run) -> Option<Found> {
        /// Words by which a newsroom hands on what another one heard.
        const HANDED_ON: [&str; 2] = ["berufung", "ссылкой"];
        let hands_on = self.tokens[cue.clone()].iter().any(|token| HANDED_ON.contains(&token.lower.as_str()));
        // "Ein Blatt berichtete unter Berufung auf Kreise, …": what stands before is not what was said.
        if hands_on && cue.start > 0 && !self.tokens[1..cue.start].iter().any(|token| token.gap.comma) {
            return None;
        }
        let from = self.after_place(&cue, cue.end);
        // "как сообщил **журналистам** глава района"
        let from = if self.lang == Lang::RU { self.after_adverbs(from) } else { from };
        // German: "nach Informationen **der Agentur X**" is by the agency, and tells it nothing.
        let from = if self.lang == Lang::DE { from } else { self.after_addressed(from) };
        // "**de source** policière": the noun is the speaker's.
        let source = from > cue.start + 1 && self.lower_is(from - 1, &["source"]);
        let cue = cue.start..from - usize::from(source);
        let mut end = self.speaker_end(cue.end);
        if self.lang == Lang::DE {
            end = self.german_phrase(cue.end, end);
        }
        // "um relatório **a** que o Diário teve acesso": a preposition opens what is told of it.
        let mut last = end;
        while last > cue.end + 1
            && self.takes_no_article()
            && self.lower_is(last - 1, &["a", "de", "à", "di"])
        {
            last -= 1;
        }
        let source = cue.end..last;
        let speaker = self.speaker_or_source(&source)?;
        let content = if cue.start == 0 {
            self.after_clause(end)..self.tokens.len()
        } else {
            self.longer_side(&cue, end)
        };
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
        // "… behauptet, die Polizei sei …": nobody stands behind a comma who speaks before it.
        let shut = self.lang != Lang::EN
            && self.tokens.get(cue.end).is_some_and(|next| next.gap.comma || next.gap.dash || next.gap.stop);
        // Arabic puts the verb first, behind a dateline as well: "القاهرة - قال مسؤول".
        let first = cue.start == 0 || gap.quote || gap.comma || self.lang == Lang::AR && gap.parts();
        // "habló de cinco muertos": what is spoken of does not speak.
        // "considera la sentenza ingiusta": nor does what is judged.
        let judges = self.lang != Lang::EN && self.lower_is(cue.end - 1, &JUDGES);
        let speaks_of =
            judges || self.lang != Lang::EN && cue.len() > 1 && self.lower_is(cue.end - 1, &SPEAKS_OF);
        if !tells && !shut && !speaks_of && (first || tied) {
            let from = self.after_addressed(self.after_adverbs(cue.end));
            let from = self.after_place(&cue, from);
            let end = self.speaker_end(from);
            // "räumte ein Beamter **ein**": a part of the verb.
            let particle = self.lang == Lang::DE
                && end > from + 1
                && self.lower_is(end - 1, &["ein", "mit", "an", "hinzu", "zu", "vor", "fest"]);
            let mut last = end - usize::from(particle);
            // "urteilte Analyst Rolf Stein **in einer** am Freitag vorliegenden Studie"
            let small = |token: &Token| {
                let lists = [&self.pack.of, &self.pack.ends, &self.pack.determiners];
                !token.shape.is_capitalised() && lists.iter().any(|list| list.has(&token.lower))
            };
            while self.lang == Lang::DE && last > from + 1 && small(&self.tokens[last - 1]) {
                last -= 1;
            }
            let source = from..last;
            if let Some(speaker) = self.speaker(&source).filter(|_| self.agrees(&cue, &source)) {
                // "…، **بحسب ما** نقلت X": two words tie it.
                let before = match self.lang {
                    Lang::AR if tied => self.before_tie(cue.start),
                    _ => cue.start - usize::from(tied),
                };
                let that = self.lang == Lang::AR && self.after_that(end) > end
                    || self.lang == Lang::AR && end < self.tokens.len() && self.is_that(end);
                // "وقال مدير المستشفى، الدكتور سامر، لصحيفة المرساة: «…»": behind a name that goes on, the quotation is what was
                // said.
                if self.lang == Lang::AR && before < SHORTEST_CONTENT && !that {
                    let open = (end..self.tokens.len()).find(|&at| self.tokens[at].quoted);
                    if let Some(open) = open {
                        return accept(source, speaker, cue, open..self.tokens.len());
                    }
                    // "وتعهد رئيس البلدية، في حديث لإذاعة المرفأ، **بإعادة** فتح السوق"
                    if let Some(content) = self.behind_arabic_aside(end) {
                        return accept(source, speaker, cue, content..self.tokens.len());
                    }
                    if self.tokens.get(end).is_some_and(|next| next.gap.comma) {
                        return None;
                    }
                }
                // "«Nos mintieron», lamenta una madre": what stands in quotation marks before the verb is what was said.
                let quoted = self.lang != Lang::EN
                    && before > 0
                    && self.tokens[..before].iter().all(|token| token.quoted);
                if quoted && before < SHORTEST_CONTENT && !that {
                    return (before + 1 == SHORTEST_CONTENT).then_some(Found {
                        source,
                        speaker,
                        cue,
                        content: 0..before,
                        via: None,
                    });
                }
                // "Судно ушло, рассказал X, пожелавший …": too little stands before, and what stands behind is of X.
                if before > 0 && before < SHORTEST_CONTENT && gap.comma && !that && self.lang != Lang::EN {
                    return None;
                }
                let content = if before < SHORTEST_CONTENT || that {
                    self.after_that(end)..self.tokens.len()
                } else {
                    0..before
                };
                if let Some(found) = accept(source, speaker, cue.clone(), content) {
                    return Some(found);
                }
            }
        }
        if self.opens_with_occasion(cue.start)
            && !self.is_place(&cue)
            && !self.tokens[1..cue.start].iter().any(|token| token.gap.parts())
        {
            return self.speaker_behind_verb(&cue);
        }
        // "…, X said" with X between the last comma or quotation mark and the verb; where a comma
        // stands right before the verb ("X, a spokesman, said"), X begins one comma earlier.
        let parted = |before: usize| (1..before).rev().find(|&at| self.tokens[at].gap.parts());
        let open = if gap.comma { parted(cue.start).and_then(parted) } else { parted(cue.start) };
        // "…, wie die Polizei mitteilte": the tie is no part of who says it.
        if let Some(open) = open {
            let tie = usize::from(self.pack.ties.has(&self.tokens[open].lower));
            let source = open + tie..cue.start;
            // "…, wie die Polizei **am Freitag** mitteilte": nor is when they did.
            let source = if self.lang == Lang::DE && tie > 0 {
                source.start..self.german_phrase(source.start, source.end)
            } else {
                source
            };
            // "…, die im April das Ende verlangt, …": in German a verb behind its subject closes a relative clause.
            let relative = self.lang == Lang::DE && tie == 0 && !self.tokens[open].gap.quote;
            let that = (cue.end..self.tokens.len().min(cue.end + 6)).find(|&at| self.is_that(at));
            if let Some(speaker) = self.speaker(&source).filter(|_| !relative || that.is_some()) {
                // "Interrogé hier, X a laissé entendre que …", "Em nota, X diz que …": a near "that" opens what is said.
                if let Some(that) = that.filter(|_| self.lang != Lang::EN && !self.tokens[open].gap.quote) {
                    return accept(source, speaker, cue, that..self.tokens.len());
                }
                // "…, but X said that …": what follows is the content, what stands before is not said by X.
                let follows = self.tokens.len() - cue.end >= SHORTEST_CONTENT;
                let opens = self.opens_clause(open) || self.opening_occasion() == Some(open);
                let joined = self.tokens[open].gap.quote || !opens || !follows;
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
        // "Un diputado **lo** desmiente: «…»"
        let clitic = usize::from(
            self.lang != Lang::EN
                && cue.start > 1
                && self.lower_is(cue.start - 1, &["lo", "l", "le", "la"])
                && self.announced(&cue).is_some(),
        );
        let source = self.subject(self.after_place(&cue, self.after_occasion(cue.start)), cue.start - clitic);
        // "den Beamten zitierte": an object is nobody who speaks.
        if self.lang == Lang::DE
            && self.lower_is(source.start, &["den", "dem", "einen", "einem"])
            && !self.is_place(&cue)
        {
            return None;
        }
        let mut speaker = self.speaker(&source)?;
        // "Palestinesi denunciano …": one word whose verb is of many is nobody's name.
        let many = source.len() == 1 && source.start == 0 && self.number_of_verb(&cue).0 == Some(true);
        if many && speaker == SpeakerKind::Named && self.lang != Lang::AR {
            speaker = SpeakerKind::UnnamedGroup;
        }
        // "X told Reuters (that) …", "X said on Thursday that …": the content opens with a near "that".
        // The "that" behind another verb is that verb's: "descartó una ruptura y adelantó **que** …".
        let own = |at: &usize| self.lang == Lang::EN || self.matches(*at, &self.pack.says).is_none();
        let from = self.after_joined_verb(cue.end);
        let near = from..self.tokens.len().min(from + 8);
        let content = match near.take_while(own).find(|&at| self.is_that(at)) {
            Some(that) => that,
            None if self.lang == Lang::EN && self.tokens[cue.start].lower.starts_with("t") => {
                self.after_addressee(cue.end)
            }
            None if self.lang == Lang::EN => cue.end,
            None => self.announced(&cue).unwrap_or_else(|| {
                self.after_occasion_behind(self.after_newsroom_told(self.after_particle(from)))
            }),
        };
        // "regrette déjà ses clients", "verlangt Geld": with these verbs only a clause or a quotation is what was said.
        let said = &self.tokens[content.min(self.tokens.len())..];
        let clause = said.first().is_some_and(|token| self.pack.that.has(&token.lower) || token.gap.comma)
            || said.iter().any(|token| token.quoted)
            || self.speaks_of_number(&cue, said)
            || self.lower_is(cue.start, &["hält", "halten", "hielt"])
                && said.iter().any(|token| token.lower == "für")
            || said.windows(2).any(|pair| self.is_infinitive(&pair[0], &pair[1]));
        let weak =
            self.matches(cue.start, &self.pack.only_with_words).is_some_and(|weak| weak.end >= cue.end);
        if self.points_at_other_words(content) || weak && !clause {
            return None;
        }
        // "a nié toute avancée", "habló de cinco muertos": with these verbs two words say something.
        let short = self.denies(&cue) || self.speaks_of_number(&cue, said);
        if short && said.len() + 1 == SHORTEST_CONTENT {
            return Some(Found { source, speaker, cue, content: content..self.tokens.len(), via: None });
        }
        accept(source, speaker, cue, content..self.tokens.len())
    }

    /// True where a conjunction opens a clause at `open`.
    pub fn opens_clause(&self, open: usize) -> bool {
        const CONJUNCTIONS: [&str; 20] = [
            "but",
            "and",
            "while",
            "although",
            "mais",
            "et",
            "pero",
            "y",
            "aber",
            "und",
            "но",
            "а",
            "ma",
            "e",
            "mas",
            "doch",
            "и",
            "однако",
            "لكن",
            "ولكن",
        ];
        CONJUNCTIONS.contains(&self.tokens[open].lower.as_str())
    }
}
