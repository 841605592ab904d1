//! When, where and to whom: words around a verb of saying that are no part of who speaks or of what is said.

use dateline_model::Lang;

use super::outlets::Hint;
use super::sentence::Sentence;
use crate::words::Shape;

impl Sentence<'_> {
    /// "**На брифинге в Астане** заместитель председателя сообщил": past the occasion that opens a Russian sentence, which
    /// is no part of who speaks; 0 where there is none.
    pub fn after_occasion(&self, end: usize) -> usize {
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
        if self.lang != Lang::RU {
            return self.opening_occasion().filter(|&at| at < end).unwrap_or(0);
        }
        if !is(0, &PREPOSITIONS) || !is(1, &OCCASIONS) {
            return 0;
        }
        let mut at = 2;
        while is(at, &PREPOSITIONS) {
            at += 2;
        }
        // "В интервью **«Портовому вестнику»** министр …"
        if let Some(newsroom) = self.newsroom(at, Hint::Interviewer).filter(|_| !self.starts_person(at)) {
            at = newsroom.phrase.end;
        }
        let open = self.tokens.get(1..=at).unwrap_or_default().iter().all(|token| !token.gap.parts());
        if at < end && open { at } else { 0 }
    }

    /// True where a name without marks or a noun for a newsroom before it stands: it may be a person's.
    pub fn starts_person(&self, at: usize) -> bool {
        self.tokens
            .get(at)
            .is_some_and(|token| !token.named && !token.quoted && !self.is_newsroom_noun(token))
    }

    /// "**Lors d'une réunion ce printemps,** le ministre avait dit …": where a clause of time or occasion that opens a sentence
    /// ends. It is nothing that anybody said.
    pub fn opening_occasion(&self) -> Option<usize> {
        /// Words of such a clause.
        const MOST: usize = 12;
        const OPENERS: [&str; 40] = [
            "lors",
            "pendant",
            "durant",
            "après",
            "avant",
            "depuis",
            "dans",
            "à",
            "au",
            "en",
            "interrogé",
            "interrogée",
            "sous",
            "durante",
            "tras",
            "ante",
            "preguntado",
            "preguntada",
            "consultado",
            "después",
            "antes",
            "desde",
            "al",
            "em",
            "na",
            "no",
            "numa",
            "num",
            "após",
            "depois",
            "questionado",
            "questionada",
            "nel",
            "nella",
            "dopo",
            "prima",
            "intervistato",
            "intervistata",
            "interpellato",
            "interpellata",
        ];
        /// "Une semaine **avant** la réunion, …"
        const BEHIND: [&str; 8] = ["avant", "après", "antes", "después", "prima", "dopo", "depois", "tard"];
        if !matches!(self.lang, Lang::FR | Lang::ES | Lang::IT | Lang::PT) {
            return None;
        }
        let comma = (1..self.tokens.len().min(MOST)).find(|&at| self.tokens[at].gap.parts())?;
        let time = (1..comma.min(4)).any(|at| self.lower_is(at, &BEHIND));
        if !time && !self.lower_is(0, &OPENERS) {
            return None;
        }
        let plain = self.tokens[comma].gap.comma && !self.tokens[comma].gap.quote;
        let verb = |at: usize| {
            self.matches(at, &self.pack.says).is_some() || self.pack.verbs.has(&self.tokens[at].lower)
        };
        (plain && !(1..comma).any(verb)).then_some(comma)
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
    pub fn after_addressed(&self, from: usize) -> usize {
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
        // "сказал **в эксклюзивном интервью «Волне»** Олег Варин"
        let talk =
            (from + 1..from + 3).find(|&at| self.lower_is(at, &["интервью", "беседе", "эфире", "разговоре"]));
        if let Some(talk) = talk.filter(|_| self.lang == Lang::RU && self.lower_is(from, &["в", "во"])) {
            let at = talk + 1 + usize::from(self.lower_is(talk + 1, &["с", "со", "для"]));
            return self.newsroom(at, Hint::Anybody).map_or(from, |newsroom| newsroom.phrase.end);
        }
        let marked = |at: usize| self.tokens.get(at).is_some_and(|token| token.quoted || token.named);
        if self.lang == Lang::RU && self.tokens.get(from).is_some_and(|token| self.is_newsroom_noun(token)) {
            return self.newsroom(from, Hint::Anybody).map_or(from, |newsroom| newsroom.phrase.end);
        }
        if self.lang == Lang::RU && marked(from) {
            return (from..self.tokens.len()).find(|&at| !marked(at)).unwrap_or(from);
        }
        // "a réagi **auprès de l'agence Rivage Info** une déléguée"
        if self.lower_is(from, &["auprès"]) {
            let newsroom = self.newsroom(from + 2, Hint::Asker);
            return newsroom.map_or(from, |newsroom| newsroom.phrase.end);
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

    /// "confirmaron **a Radio Marea** el fichaje": past a newsroom that is told. Others behind a preposition may be what is
    /// spoken of: "criticou a Polícia Federal".
    pub fn after_newsroom_told(&self, from: usize) -> usize {
        let told = self.lower_is(from, &["auprès"]) || self.newsroom(from + 1, Hint::Anybody).is_some();
        if self.lang == Lang::DE || told { self.after_addressed(from) } else { from }
    }

    /// "sagte **am Montag**, die Brücke …", "teilte **auf Anfrage mit**, …": past words of time and, in German, whatever stands
    /// before the comma that opens what is said.
    pub fn after_occasion_behind(&self, from: usize) -> usize {
        /// Words before that comma.
        const BETWEEN: usize = 7;
        const OCCASION: [&str; 10] =
            ["am", "im", "in", "auf", "bei", "beim", "vor", "gegenüber", "nach", "unter"];
        let at = self.after_adverbs(from);
        // "wirft **dem Konzern vor**, die Zahlen geschönt zu haben"
        if self.lang == Lang::DE && self.lower_is(from, &["dem", "der", "den", "ihm", "ihr", "ihnen"]) {
            let blamed =
                (from + 1..self.tokens.len().min(from + BETWEEN)).find(|&at| self.tokens[at].gap.parts());
            let blamed = blamed
                .filter(|&at| self.tokens[at].gap.comma && self.lower_is(at - 1, &["vor", "zu", "mit"]));
            return blamed.unwrap_or(at);
        }
        if self.lang != Lang::DE || at == from && !self.lower_is(from, &OCCASION) {
            return at;
        }
        let most = self.tokens.len().min(at + BETWEEN);
        let comma = (at..most).find(|&at| self.tokens[at].gap.parts());
        comma.filter(|&at| self.tokens[at].gap.comma && !self.tokens[at].quoted).unwrap_or(at)
    }
}
