//! Edges: where in a sentence a speaker and what was said begin and end, past the words that are neither.

use dateline_model::Lang;

use super::forms::{bare, tells_of_a_person};
use super::outlets::Hint;
use super::sentence::{Run, Sentence, Token};
use super::shapes::{SHORTEST_CONTENT, THAT_FAR};
use super::speaker;

impl Sentence<'_> {
    /// "сообщили **в** пресс-службе", "heißt es **in** dem Bericht": past the preposition before those among whom, or the
    /// document in which, something is said.
    pub fn after_place(&self, cue: &Run, from: usize) -> usize {
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

    /// Where a German speaker ends that no comma closes: "wird nach Angaben **der Polizei** vermisst", "nach den Worten von
    /// **Landrat Gernot Wiesenhütter** inzwischen". Nouns have capitals; behind them only a genitive or a preposition goes on.
    pub fn german_phrase(&self, from: usize, most: usize) -> usize {
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
    pub fn after_clause(&self, end: usize) -> usize {
        /// Words of a speaker that stand behind those it was found by: "trois personnes **au fait du dossier**, …".
        const REST: usize = 8;
        let romance = matches!(self.lang, Lang::FR | Lang::ES | Lang::IT | Lang::PT);
        let open = self.tokens.get(end).is_some_and(|next| !next.gap.parts());
        if romance && open {
            let comma = (end..self.tokens.len().min(end + REST)).find(|&at| self.tokens[at].gap.parts());
            return comma.filter(|&at| self.tokens[at].gap.comma).unwrap_or(end);
        }
        // "Laut einem Bericht**, der dem „Bergkurier“ vorliegt,** sind …", "Selon X, **qui dirige le chantier**, …"
        let relative = self.tokens.get(end).is_some_and(|next| next.gap.comma) && self.lower_is(end, &WHO);
        if relative && self.lang != Lang::EN {
            let close = (end + 1..self.tokens.len()).find(|&at| self.tokens[at].gap.parts());
            return close.filter(|&at| self.tokens[at].gap.comma).unwrap_or(end);
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

    /// "Un alto funcionario**, que habló bajo condición de anonimato,** indicó": the subject without the clause that tells of
    /// it, which may be longer than any speaker.
    pub fn subject(&self, from: usize, end: usize) -> Run {
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
        let end = self.before_aside(from, end).unwrap_or(end);
        // "**Desde** el ministerio aseguran que …", "**En** el Gobierno admiten …": among whom it is said.
        let among = from == 0
            && self.lang == Lang::ES
            && self.lower_is(0, &["desde", "en"])
            && end > 2
            && self.tokens.get(end).is_some_and(|verb| verb.lower.ends_with('n'));
        let from = from + usize::from(among);
        // "**Ayer** la alcaldesa había asegurado …", "**В понедельник** президент заявил": when is no part of who.
        let time = self.after_adverbs(0);
        if self.lang != Lang::EN && from == 0 && time > 0 && time < end {
            return self.subject(time, end);
        }
        // "Сотрудник завода **на условиях анонимности** рассказал": how they speak is none either.
        let asks = self.anonymity().filter(|_| self.lang != Lang::EN);
        let asking =
            asks.and_then(|asks| (from + 1..end).find(|&at| self.tokens[at].span.start == asks.start));
        let plain = |at: &usize| {
            !self.tokens[from + 1..=*at].iter().any(|token| token.gap.comma)
                && !RELATIVE.contains(&self.tokens[at - 1].lower.as_str())
        };
        let end = asking.filter(plain).unwrap_or(end);
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
            // "Plusieurs députés**, interrogés lundi,** disent …"
            Some(open) if self.lang != Lang::EN && closed && self.is_asked(open) => from..open,
            // "Un ancien ministre**, s'exprimant sous couvert d'anonymat,** admet …": the same in other words.
            Some(open)
                if self.lang != Lang::EN
                    && closed
                    && self.anonymity().is_some_and(|asks| {
                        self.span_of(&(open..end)).is_some_and(|clause| clause.overlaps(asks))
                    }) =>
            {
                from..open
            }
            _ => from..end,
        }
    }

    /// "a minimisé l'affaire : **« … »**": where a quotation opens behind a colon, and goes on to the end.
    pub fn announced(&self, cue: &Run) -> Option<usize> {
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
    pub fn after_particle(&self, from: usize) -> usize {
        const PARTICLES: [&str; 9] = ["an", "hinzu", "ein", "mit", "zu", "vor", "fest", "zurück", "voraus"];
        let parted = self.tokens.get(from + 1).is_some_and(|next| next.gap.comma);
        let particle = self.tokens.get(from).is_some_and(|token| PARTICLES.contains(&token.lower.as_str()));
        from + usize::from(self.lang == Lang::DE && parted && particle)
    }

    /// True where a word opens what is said.
    pub fn is_that(&self, at: usize) -> bool {
        self.pack.that.has(&self.tokens[at].lower) && !self.tokens[at].quoted
    }

    /// Past a few words up to a near "that"; the same place where there is none.
    pub fn after_that(&self, at: usize) -> usize {
        let far = if self.lang == Lang::AR { THAT_FAR } else { 6 };
        // "نفى المسؤول علمه، وقال إن": another verb has a "that" of its own.
        let asks = if self.lang == Lang::AR { self.anonymity() } else { None };
        let own = |at: &usize| {
            self.lang != Lang::AR
                || asks.is_some_and(|asks| asks.contains(self.tokens[*at].span))
                || self.matches(*at, &self.pack.says).is_none()
        };
        (at..self.tokens.len().min(at + far)).take_while(own).find(|&at| self.is_that(at)).unwrap_or(at)
    }

    /// After those whom somebody "told": capitalised words and a few others.
    pub fn after_addressee(&self, from: usize) -> usize {
        const ADDRESSEES: [&str; 5] = ["the", "reporters", "news", "agency", "journalists"];
        let most = self.tokens.len().min(from + 6);
        (from..most)
            .find(|&at| {
                let token = &self.tokens[at];
                !token.shape.is_capitalised() && !ADDRESSEES.contains(&token.lower.as_str())
            })
            .unwrap_or(most)
    }

    /// Where a speaker that starts at `from` ends.
    pub fn speaker_end(&self, from: usize) -> usize {
        let mut at = from;
        while at < self.tokens.len() && at < from + speaker::LONGEST {
            let token = &self.tokens[at];
            let ends = self.pack.ends.has(&token.lower) && !(at > from && self.continues(from, at));
            // "أفادت مصادر طبية **بمقتل** سبعة": what is reported is joined to its preposition.
            let reported = at > from && self.is_reported(from, at);
            let that = self.lang == Lang::AR && self.pack.that.has(&token.lower);
            let parted = reported
                || that
                || token.gap.parts()
                || token.quoted
                || self.matches(at, &self.pack.says).is_some() && !self.is_noun_here(at, from);
            // "il sindaco di Montefalco **al** Piano": a place's name goes on.
            let of_place = self.lang == Lang::IT
                && at >= from + 2
                && self.lower_is(at, &["al", "alla", "sul", "sulla", "in"])
                && self.pack.of.has(&self.tokens[at - 2].lower)
                && self.tokens[at - 1].shape.is_capitalised()
                && self.tokens.get(at + 1).is_some_and(|next| next.shape.is_capitalised())
                && self.newsroom(at + 1, Hint::Anybody).is_none();
            if at > from && (ends && !of_place || parted) {
                break;
            }
            at += 1;
        }
        let at = self.russian_name_at_end(from, at);
        at + self.name_behind(at)
    }

    /// "أفادت مصادر طبية **بمقتل** سبعة", "تعهد الوزير **بإعادة** فتح", "حذر خبراء **من** انهيار": with these verbs a
    /// preposition opens what is reported.
    fn is_reported(&self, from: usize, at: usize) -> bool {
        const WITH: [&str; 8] = ["أفاد", "تعهد", "تتعهد", "طالب", "ندد", "وعد", "هدد", "صرح"];
        const OF: [&str; 2] = ["حذر", "تحذر"];
        let Some(verb) = from.checked_sub(1).filter(|_| self.lang == Lang::AR) else { return false };
        let verb = self.tokens[verb].lower.as_str();
        // "وأفاد", but "وعد" begins with its own.
        let forms = [verb, verb.strip_prefix('و').unwrap_or(verb)];
        let is = |stems: &[&str]| stems.iter().any(|stem| forms.iter().any(|form| form.starts_with(stem)));
        let lower = self.tokens[at].lower.as_str();
        let noun = lower.starts_with('ب')
            && lower != "باسم"
            && !self.pack.of.has(lower)
            && !self.pack.office.has(lower);
        is(&WITH) && noun || is(&OF) && lower == "من"
    }

    /// "une **note** interne": behind an article, what is a verb elsewhere is a noun.
    fn is_noun_here(&self, at: usize, from: usize) -> bool {
        at > from
            && self.pack.document.has(&self.tokens[at].lower)
            && self.pack.determiners.has(&self.tokens[at - 1].lower)
            && self.lang != Lang::EN
    }

    /// "заявил советник посольства **в Мали Глеб Сотников**.": a Russian name may stand behind where its bearer works, where
    /// it ends the clause.
    fn russian_name_at_end(&self, from: usize, at: usize) -> usize {
        const WHERE: [&str; 4] = ["в", "во", "на", "при"];
        if self.lang != Lang::RU || at == from || !self.lower_is(at, &WHERE) || self.tokens[at].gap.parts() {
            return at;
        }
        let most = self.tokens.len().min(from + speaker::LONGEST);
        let end = (at + 1..most).find(|&at| self.tokens[at].gap.parts()).unwrap_or(most);
        let closed = self.tokens.get(end).is_none_or(|next| next.gap.parts());
        let name =
            self.tokens[at + 1..end].iter().rev().take_while(|token| token.shape.is_capitalised()).count();
        let says = (at + 1..end).any(|at| self.matches(at, &self.pack.says).is_some());
        if closed && !says && (2..=3).contains(&name) && at + 1 + name < end { end } else { at }
    }

    /// "el jefe de los bomberos**, Fermín Oliván**, …": the words of a name between a comma and the next mark.
    pub fn name_behind(&self, at: usize) -> usize {
        let behind = self.tokens.get(at..).unwrap_or_default();
        if self.lang == Lang::EN || !behind.first().is_some_and(|token| token.gap.comma && !token.quoted) {
            return 0;
        }
        if self.lang == Lang::AR {
            return self.arabic_name_behind(behind);
        }
        // "le porte-parole de la junte, **le colonel Issa Maïda**, …": with a title before it.
        let titled = self.title_before_name(behind);
        if titled > 0 {
            return titled;
        }
        let name = behind
            .iter()
            .enumerate()
            .take_while(|(index, token)| token.shape.is_capitalised() && (*index == 0 || !token.gap.parts()))
            .count();
        let closed = behind.get(name).is_none_or(|token| token.gap.parts());
        if (2..=4).contains(&name) && closed { name } else { 0 }
    }

    /// The words of a title and a name that stand between a comma and the next mark: "le docteur Ousseni Tapa".
    fn title_before_name(&self, behind: &[Token]) -> usize {
        /// Words of a title, its article included.
        const TITLE: usize = 4;
        let title = behind.iter().take(TITLE).take_while(|token| !token.shape.is_capitalised()).count();
        let called = behind[..title].iter().any(|token| {
            self.pack.person.has(&token.lower) && !token.gap.parts()
                || token.gap.comma && self.pack.person.has(&token.lower)
        });
        let name = behind[title..]
            .iter()
            .take_while(|token| token.shape.is_capitalised() && !token.gap.parts())
            .count();
        let apart = behind[..title].iter().skip(1).any(|token| token.gap.parts());
        let closed = behind.get(title + name).is_none_or(|token| token.gap.parts());
        let fits = title > 0 && called && !apart && (2..=4).contains(&name) && closed;
        if fits && !matches!(self.lang, Lang::EN | Lang::DE | Lang::AR) { title + name } else { 0 }
    }

    /// "porte-parole **du** ministère", "Department **of** Defense": a small word that a speaker goes on after.
    pub fn continues(&self, from: usize, at: usize) -> bool {
        let pack = self.pack;
        let Some(next) = self.tokens.get(at + 1) else { return false };
        let before = &self.tokens[from..at];
        let needs_more = before.iter().any(|token| {
            [&pack.spokesperson, &pack.office, &pack.person]
                .iter()
                .any(|list| list.has(bare(&token.lower, self.lang)) || list.has(&token.lower))
        });
        // "Lena Voss **von der** Initiative": whom a name speaks for; "der Agentur" without "von" is told.
        let named = self.lang == Lang::DE
            && before.len() >= 2
            && before[..2].iter().all(|token| token.shape.is_capitalised())
            && (self.lower_is(at, &["von", "vom"]) || self.lower_is(at - 1, &["von"]));
        let needs_more = needs_more || named;
        // "وزير المناجم **في** النيجر": where somebody is of whom more than the article tells.
        let arabic = self.lang == Lang::AR
            && self.lower_is(at, &["في"])
            && pack.person.has(&before[0].lower)
            && !before[0].lower.starts_with("ال")
            && next.lower.starts_with("ال")
            && !before.iter().any(|token| pack.of.has(&token.lower));
        let goes_on = arabic
            || next.shape.is_capitalised()
            || pack.office.has(&next.lower)
            || pack.determiners.has(&next.lower);
        let between_names = self.lang == Lang::EN
            && self.tokens[at].lower == "and"
            && self.tokens[at - 1].shape.is_capitalised()
            && next.shape.is_capitalised();
        (pack.of.has(&self.tokens[at].lower) && needs_more && goes_on) || between_names
    }
}

/// Pronouns that open what is told of somebody behind a comma.
const WHO: [&str; 16] = [
    "qui",
    "dont",
    "der",
    "die",
    "das",
    "deren",
    "dessen",
    "который",
    "которая",
    "которые",
    "которого",
    "которой",
    "которых",
    "الذي",
    "التي",
    "الذين",
];
