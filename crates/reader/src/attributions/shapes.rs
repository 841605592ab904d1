//! The shapes of reported speech: where the speaker and what was said stand around a cue.

use dateline_model::{Attribution, Credit, CreditKind, Lang, Part, Span, SpeakerKind};

use super::forms::tells_of_a_person;
use super::sentence::{Run, Sentence, Token, is_abbreviation};
use super::speaker;
use crate::words::Shape;

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
}

pub fn accept(source: Run, speaker: SpeakerKind, cue: Run, content: Run) -> Option<Found> {
    (content.len() >= SHORTEST_CONTENT).then_some(Found { source, speaker, cue, content })
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
        let mut found = self.readings();
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
        let anonymity = self.anonymity().filter(|_| self.lang != Lang::EN);
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
            if self.lang == Lang::DE && self.tokens[at].lower == "so" {
                all.extend(self.closing_so(at));
                at += 1;
            } else if self.lang == Lang::DE && self.matches(at, &self.pack.according_after).is_some() {
                all.extend(self.behind_speaker(at));
                at += 1;
            } else if let Some(cue) = self.matches(at, &self.pack.according) {
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
    pub fn is_refused(&self, cue: &Run) -> bool {
        const PASSIVE: [&str; 12] =
            ["is", "was", "were", "are", "be", "been", "being", "to", "would", "could", "might", "should"];
        // "…, who asked not to be named, said": what a comma parts off refuses nothing.
        let clause = (1..=cue.start).rev().find(|&at| self.tokens[at].gap.parts()).unwrap_or(0);
        let before = &self.tokens[cue.start.saturating_sub(4).max(clause)..cue.start];
        // "que prefirió **no** dar su nombre": who asks not to be named says what follows.
        let asks = if self.lang == Lang::EN { None } else { self.anonymity() };
        let refused = before.iter().any(|token| {
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
        let mut open = Sentence { tokens: self.tokens.clone(), ..*self };
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
        let content = if quoted && letters(&behind) > 2 * letters(&(0..at)) { behind } else { 0..at };
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

    /// "сообщили **в** пресс-службе", "heißt es **in** dem Bericht": past the preposition before those among whom, or the
    /// document in which, something is said.
    fn after_place(&self, cue: &Run, from: usize) -> usize {
        const GERMAN: [&str; 4] = ["aus", "in", "im", "vom"];
        let Some(token) = self.tokens.get(from) else { return from };
        // "heißt es in …", "nach Angaben aus …"
        let german = self.lang == Lang::DE
            && (self.tokens[cue.clone()].iter().any(|token| token.lower == "es")
                || self.lower_is(cue.start, &["nach", "verlautete"]) && token.lower == "aus")
            && GERMAN.contains(&token.lower.as_str());
        let russian = self.lang == Lang::RU && matches!(token.lower.as_str(), "в" | "во");
        let italian = self.lang == Lang::IT
            && matches!(token.lower.as_str(), "da" | "dal" | "dall" | "dalla" | "dai" | "dagli");
        from + usize::from(german || russian || italian)
    }

    /// "accuse le gouvernement **d'avoir** caché", "promete **de ouvrir**": a preposition and an infinitive hold a clause.
    fn is_infinitive(&self, preposition: &Token, verb: &Token) -> bool {
        const ENDINGS: [&str; 6] = ["er", "ir", "re", "ar", "oir", "or"];
        matches!(self.lang, Lang::FR | Lang::ES | Lang::IT | Lang::PT)
            && matches!(preposition.lower.as_str(), "d" | "de" | "di" | "a" | "à")
            && verb.lower.len() > 3
            && ENDINGS.iter().any(|ending| verb.lower.ends_with(ending))
    }

    /// "In dem Bericht heißt es": what stands before the verb is where it is said.
    fn is_place(&self, cue: &Run) -> bool {
        self.tokens[cue.clone()].iter().any(|token| token.lower == "es")
    }

    fn lower_is(&self, at: usize, list: &[&str]) -> bool {
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
        let from = self.after_addressed(self.after_place(&cue, cue.end));
        let cue = cue.start..from;
        let mut end = self.speaker_end(cue.end);
        if self.lang == Lang::DE {
            end = self.german_phrase(cue.end, end);
        }
        let source = cue.end..end;
        let speaker = self.speaker(&source)?;
        let content = if cue.start == 0 { self.after_clause(end)..self.tokens.len() } else { 0..cue.start };
        accept(source, speaker, cue, content)
    }

    /// Where a German speaker ends that no comma closes: "wird nach Angaben **der Polizei** vermisst", "nach den Worten von
    /// **Landrat Gernot Wiesenhütter** inzwischen". Nouns have capitals; behind them only a genitive or a preposition goes on.
    fn german_phrase(&self, from: usize, most: usize) -> usize {
        const JOINS: [&str; 9] = ["der", "des", "von", "vom", "für", "aus", "beim", "im", "zur"];
        let capital = |at: usize| self.tokens[at].shape.is_capitalised();
        let mut end = (from..most).find(|&at| capital(at)).map_or(from, |at| at + 1);
        while end < most {
            let noun = (end + 1..most.min(end + 3)).find(|&at| capital(at));
            let joins = JOINS.contains(&self.tokens[end].lower.as_str());
            end = match noun {
                _ if capital(end) => end + 1,
                Some(noun) if joins => noun + 1,
                _ => break,
            };
        }
        end
    }

    /// "По словам чиновника**, пожелавшего остаться неназванным,** …": past a clause that asks not to be named.
    fn after_clause(&self, end: usize) -> usize {
        /// Words of a speaker that stand behind those it was found by: "trois personnes **au fait du dossier**, …".
        const REST: usize = 8;
        let romance = matches!(self.lang, Lang::FR | Lang::ES | Lang::IT | Lang::PT);
        let open = self.tokens.get(end).is_some_and(|next| !next.gap.parts());
        if romance && open {
            let comma = (end..self.tokens.len().min(end + REST)).find(|&at| self.tokens[at].gap.parts());
            return comma.filter(|&at| self.tokens[at].gap.comma).unwrap_or(end);
        }
        // "источник, **близкий к следствию,** …"
        let told = self.lang == Lang::RU
            && self.tokens.get(end).is_some_and(|next| next.gap.comma && tells_of_a_person(&next.lower));
        if told {
            let close = (end + 1..self.tokens.len().min(end + REST)).find(|&at| self.tokens[at].gap.parts());
            return close.unwrap_or(end);
        }
        let Some(anonymity) = self.anonymity().filter(|_| self.lang != Lang::EN) else { return end };
        let close = (end + 1..self.tokens.len()).find(|&at| self.tokens[at].gap.parts());
        match close {
            Some(close)
                if self.tokens[end].gap.comma
                    && self.span_of(&(end..close)).is_some_and(|clause| clause.overlaps(anonymity)) =>
            {
                close
            }
            _ => end,
        }
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
        if !tells && !shut && (first || tied) {
            let from = self.after_addressed(self.after_adverbs(cue.end));
            let from = self.after_place(&cue, from);
            let end = self.speaker_end(from);
            let source = from..end;
            if let Some(speaker) = self.speaker(&source).filter(|_| self.agrees(&cue, &source)) {
                let before = cue.start - usize::from(tied);
                let that = self.lang == Lang::AR
                    && (end..self.tokens.len().min(end + THAT_FAR)).any(|at| self.is_that(at));
                // "وقال مدير المستشفى، الدكتور سامر، لصحيفة المرساة: «…»": behind a name that goes on, the quotation is what was
                // said.
                let named_on = self.tokens.get(end).is_some_and(|next| next.gap.comma);
                if self.lang == Lang::AR && before < SHORTEST_CONTENT && !that && named_on {
                    let open = (end..self.tokens.len()).find(|&at| self.tokens[at].quoted)?;
                    return accept(source, speaker, cue, open..self.tokens.len());
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
                    });
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
        // "…, X said" with X between the last comma or quotation mark and the verb; where a comma
        // stands right before the verb ("X, a spokesman, said"), X begins one comma earlier.
        let parted = |before: usize| (1..before).rev().find(|&at| self.tokens[at].gap.parts());
        let open = if gap.comma { parted(cue.start).and_then(parted) } else { parted(cue.start) };
        // "…, wie die Polizei mitteilte": the tie is no part of who says it.
        if let Some(open) = open {
            let tie = usize::from(self.pack.ties.has(&self.tokens[open].lower));
            let source = open + tie..cue.start;
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
        let source = self.subject(self.after_place(&cue, self.after_occasion(cue.start)), cue.start);
        // "den Beamten zitierte": an object is nobody who speaks.
        if self.lang == Lang::DE
            && self.lower_is(source.start, &["den", "dem", "einen", "einem"])
            && !self.is_place(&cue)
        {
            return None;
        }
        let speaker = self.speaker(&source)?;
        // "X told Reuters (that) …", "X said on Thursday that …": the content opens with a near "that".
        let content = match (cue.end..self.tokens.len().min(cue.end + 8)).find(|&at| self.is_that(at)) {
            Some(that) => that,
            None if self.lang == Lang::EN && self.tokens[cue.start].lower.starts_with("t") => {
                self.after_addressee(cue.end)
            }
            None if self.lang == Lang::EN => cue.end,
            None => self
                .announced(&cue)
                .unwrap_or_else(|| self.after_occasion_behind(self.after_particle(cue.end))),
        };
        // "regrette déjà ses clients", "verlangt Geld": with these verbs only a clause or a quotation is what was said.
        let said = &self.tokens[content.min(self.tokens.len())..];
        let clause = said.first().is_some_and(|token| self.pack.that.has(&token.lower) || token.gap.comma)
            || said.iter().any(|token| token.quoted)
            || said.windows(2).any(|pair| self.is_infinitive(&pair[0], &pair[1]));
        let weak =
            self.matches(cue.start, &self.pack.only_with_words).is_some_and(|weak| weak.end >= cue.end);
        if self.points_at_other_words(content) || weak && !clause {
            return None;
        }
        accept(source, speaker, cue, content..self.tokens.len())
    }

    /// "Un alto funcionario**, que habló bajo condición de anonimato,** indicó": the subject without the clause that tells of
    /// it, which may be longer than any speaker.
    fn subject(&self, from: usize, end: usize) -> Run {
        const RELATIVE: [&str; 23] = [
            "qui",
            "dont",
            "que",
            "quien",
            "che",
            "il",
            "la",
            "der",
            "die",
            "das",
            "den",
            "dem",
            "dessen",
            "deren",
            "quienes",
            "который",
            "которая",
            "которые",
            "попросивший",
            "пожелавший",
            "non",
            "não",
            "no",
        ];
        // "Mais le ministre a déclaré": a conjunction is no part of who speaks.
        let opens = self.opens_clause(0) || self.pack.ties.has(&self.tokens[0].lower);
        let joined = self.lang != Lang::EN && from == 0 && end > 1 && opens;
        let from = from + usize::from(joined);
        // "Un testigo **que prefirió no dar su nombre** relató": without commas only where it asks not to be named.
        let bare = (from + 2..end).find(|&at| RELATIVE.contains(&self.tokens[at].lower.as_str()));
        if let (Some(at), Some(anonymity)) = (bare, self.anonymity())
            && self.lang != Lang::EN
            && !self.tokens[at].gap.parts()
            && self.span_of(&(at..end)).is_some_and(|clause| clause.overlaps(anonymity))
        {
            return from..at;
        }
        let closed = self.tokens.get(end).is_some_and(|cue| cue.gap.comma);
        let open = (from + 1..end).find(|&at| self.tokens[at].gap.comma);
        match open {
            Some(open)
                if self.lang != Lang::EN
                    && closed
                    && end - open >= SHORTEST_CONTENT
                    && (RELATIVE.contains(&self.tokens[open].lower.as_str())
                        || self.tokens[open + 1].lower.starts_with("котор")) =>
            {
                from..open
            }
            _ => from..end,
        }
    }

    /// "a minimisé l'affaire : **« … »**": where a quotation opens behind a colon, and goes on to the end.
    fn announced(&self, cue: &Run) -> Option<usize> {
        /// Words between the verb and the colon.
        const BETWEEN: usize = 7;
        let most = self.tokens.len().min(cue.end + BETWEEN);
        let open = (cue.end..most).find(|&at| self.tokens[at].quoted)?;
        let before =
            &self.text[self.tokens[open - 1].span.end as usize..self.tokens[open].span.start as usize];
        (self.lang != Lang::EN
            && before.contains(':')
            && self.tokens[open..].iter().all(|token| token.quoted))
        .then_some(open)
    }

    /// "kündigte **an**, …", "fügte **hinzu**, …": past the part of a German verb that stands behind it.
    fn after_particle(&self, from: usize) -> usize {
        const PARTICLES: [&str; 9] = ["an", "hinzu", "ein", "mit", "zu", "vor", "fest", "zurück", "voraus"];
        let parted = self.tokens.get(from + 1).is_some_and(|next| next.gap.comma);
        let particle = self.tokens.get(from).is_some_and(|token| PARTICLES.contains(&token.lower.as_str()));
        from + usize::from(self.lang == Lang::DE && parted && particle)
    }

    /// "Ein Sprecher bestätigte **das am Abend**": a few words for what was said before say nothing by themselves.
    fn points_at_other_words(&self, content: usize) -> bool {
        /// Words of a content that holds no clause of its own.
        const FEW: usize = 6;
        const POINTERS: [&str; 8] = ["das", "dies", "dem", "diese", "eso", "cela", "это", "ciò"];
        self.lang != Lang::EN
            && self.tokens.len() - content.min(self.tokens.len()) <= FEW
            && self.tokens.get(content).is_some_and(|token| {
                !token.quoted && !token.gap.parts() && POINTERS.contains(&token.lower.as_str())
            })
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

    /// "a indiqué **samedi** l'entraîneur", "aseguró **este martes** el titular": past words of time and manner.
    pub fn after_adverbs(&self, from: usize) -> usize {
        let mut at = from;
        while let Some(words) =
            self.matches(at, &self.pack.between_words).filter(|words| words.end < self.tokens.len())
        {
            at = words.end;
        }
        at
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
        // "рассказал «Ведомостям Прикамья» топ-менеджер"
        if self.lang == Lang::RU && self.tokens.get(from).is_some_and(|token| token.quoted) {
            return (from..self.tokens.len()).find(|&at| !self.tokens[at].quoted).unwrap_or(from);
        }
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
            // "a dit à l'**AFP** Karim Sellam": behind an agency's initials another name begins.
            let names = |at: usize| {
                self.tokens.get(at).is_some_and(|next| next.shape.is_capitalised() && !next.gap.parts())
            };
            if token.shape == Shape::Upper && names(at) && names(at + 1) {
                break;
            }
        }
        if named && at < self.tokens.len() { at } else { from }
    }

    /// True where a word opens what is said.
    pub fn is_that(&self, at: usize) -> bool {
        self.pack.that.has(&self.tokens[at].lower) && !self.tokens[at].quoted
    }

    /// Past a few words up to a near "that"; the same place where there is none.
    pub fn after_that(&self, at: usize) -> usize {
        let far = if self.lang == Lang::AR { THAT_FAR } else { 6 };
        (at..self.tokens.len().min(at + far)).find(|&at| self.is_that(at)).unwrap_or(at)
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

    /// "sagte **am Montag**, die Brücke …", "teilte **auf Anfrage mit**, …": past words of time and, in German, whatever stands
    /// before the comma that opens what is said.
    fn after_occasion_behind(&self, from: usize) -> usize {
        /// Words before that comma.
        const BETWEEN: usize = 7;
        const OCCASION: [&str; 9] = ["am", "im", "in", "auf", "bei", "beim", "vor", "gegenüber", "nach"];
        let at = self.after_adverbs(from);
        if self.lang != Lang::DE || at == from && !self.lower_is(from, &OCCASION) {
            return at;
        }
        let most = self.tokens.len().min(at + BETWEEN);
        let comma = (at..most).find(|&at| self.tokens[at].gap.parts());
        comma.filter(|&at| self.tokens[at].gap.comma && !self.tokens[at].quoted).unwrap_or(at)
    }

    /// True where a verb and the speaker behind it can be of one number: "plusieurs élus, interrogés hier, **jugent le texte**
    /// trop court" is not what the text says.
    fn agrees(&self, cue: &Run, source: &Run) -> bool {
        const ONE: [&str; 13] =
            ["le", "la", "l", "un", "une", "el", "una", "il", "lo", "o", "um", "uma", "son"];
        const MANY: [&str; 16] = [
            "les",
            "des",
            "deux",
            "plusieurs",
            "los",
            "las",
            "dos",
            "varios",
            "gli",
            "i",
            "due",
            "alcuni",
            "os",
            "as",
            "dois",
            "vários",
        ];
        let first = self.tokens[source.start].lower.as_str();
        let verb = self.tokens[cue.start].lower.as_str();
        let plural = match self.lang {
            // "prévient", "soutient" are of one, "disaient" of many.
            Lang::FR => {
                let one = verb.ends_with("ient") && !verb.ends_with("aient") || verb == "dément";
                verb == "ont" || verb.ends_with("ent") && !one && cue.len() == 1
            }
            Lang::ES => verb.ends_with('n'),
            Lang::IT => verb == "hanno" || verb.ends_with("no") && cue.len() == 1,
            Lang::PT => verb.ends_with('m'),
            _ => return true,
        };
        if plural { !ONE.contains(&first) } else { !MANY.contains(&first) }
    }

    /// True where a conjunction opens a clause at `open`.
    fn opens_clause(&self, open: usize) -> bool {
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

    /// Where a speaker that starts at `from` ends.
    pub fn speaker_end(&self, from: usize) -> usize {
        let mut at = from;
        while at < self.tokens.len() && at < from + speaker::LONGEST {
            let token = &self.tokens[at];
            let ends = self.pack.ends.has(&token.lower) && !(at > from && self.continues(from, at));
            // "أفادت مصادر طبية **بمقتل** سبعة": what is reported is joined to its preposition.
            let reported = self.lang == Lang::AR
                && at > from
                && from > 0
                && self.tokens[from - 1].lower.trim_start_matches('و').starts_with("أفاد")
                && token.lower.starts_with('ب')
                && !self.pack.of.has(&token.lower)
                && !self.pack.office.has(&token.lower);
            let parted =
                reported || token.gap.parts() || token.quoted || self.matches(at, &self.pack.says).is_some();
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

    /// True where a source asks not to be named, and not another one of the sentence: right behind it or in its words.
    fn is_asked_by(&self, source: Span, anonymity: Span) -> bool {
        /// Bytes between a source and the clause that asks.
        const NEAR: u32 = 40;
        source.overlaps(anonymity) || anonymity.start >= source.end && anonymity.start - source.end <= NEAR
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
