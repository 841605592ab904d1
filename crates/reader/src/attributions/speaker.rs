//! Speakers: whether a run of words can speak, and what kind of speaker it is.

use dateline_model::{Lang, SpeakerKind};

use super::callings::{
    CITING, CLAUSES, CLITICS, INDEFINITE, OFFICE_HOLDERS, ONE_OF, ORGANISATION_WORDS, POLLS, SINGULAR,
};
use super::forms::{counts_several, is_adjective, is_called};
use super::outlets::Hint;
use super::proper::{GOVERNMENTS, SURNAMES};
use super::sentence::{Run, Sentence, Token};
use crate::pack::List;
use crate::words::Shape;

/// Words a speaker may have, apposition included: "Brig. Gen. Dale Whitcombe, the Pentagon's press secretary".
pub const LONGEST: usize = 16;

impl Sentence<'_> {
    /// What kind of speaker a run of words is; `None` where it is none, or where who it is takes
    /// more than this sentence to know ("he").
    pub fn speaker(&self, run: &Run) -> Option<SpeakerKind> {
        let all = self.tokens.get(run.clone())?;
        let first = all.first()?;
        if all.len() > LONGEST
            || all.iter().any(|token| token.quoted || CITING.contains(&token.lower.as_str()))
        {
            return None;
        }
        // The core is what stands before an apposition or a relative clause.
        let ends_core = |token: &Token| {
            token.gap.comma
                || token.gap.dash
                // "Hilde Kraus (78)", "Jens Albers (CDU)"
                || token.gap.bracket && self.lang != Lang::EN
                || CLAUSES.contains(&token.lower.as_str())
        };
        let core_end = all.iter().skip(1).position(ends_core).map_or(all.len(), |at| at + 1);
        let core = &all[..core_end];
        let has = |list: &List| core.iter().any(|token| list.has(&token.lower));
        if core.iter().skip(1).any(|token| token.gap.stop) || has(&self.pack.verbs) {
            return None;
        }
        // "Le ministre, Paul Derain, **s'est** dit inquiet": what stands before the verb is a part of it.
        let last = &all[all.len() - 1].lower;
        let and = ["et", "e", "und", "и", "ed"].contains(&last.as_str());
        if self.lang != Lang::EN && (and || self.pack.verbs.has(last) || CLITICS.contains(&last.as_str())) {
            return None;
        }
        if self.lang != Lang::EN && self.names_nobody(core) {
            return None;
        }
        if self.is_one_of_them(core) {
            return Some(SpeakerKind::Unnamed);
        }
        if self.is_one_of_several(core) {
            let known = self.head(&core[ONE_OF..]);
            let unknown = known.is_none() && self.are_people(&core[ONE_OF..]);
            return (unknown || known.is_some_and(SpeakerKind::is_withheld)).then_some(SpeakerKind::Unnamed);
        }
        // Nobody who speaks is called by words in which somebody says something: "Le club prévoit une hausse et …".
        let says = |at: usize| {
            let token = &self.tokens[at];
            let nouns = [&self.pack.person, &self.pack.people, &self.pack.office, &self.pack.document];
            !token.shape.is_capitalised()
                && !nouns.iter().any(|list| list.has(&token.lower))
                && self.matches(at, &self.pack.says).is_some()
        };
        if self.lang != Lang::EN && (run.start + 1..run.start + core.len()).any(says) {
            return None;
        }
        // "sagte Brandt", "وقال قرقوم": one word of a name that an earlier sentence has.
        if core.len() == 1 && !first.named && self.known.contains(&first.lower) {
            return Some(SpeakerKind::Named);
        }
        let lists = [&self.pack.openers, &self.pack.ties, &self.pack.according];
        let foreign = self.lang != Lang::EN && lists.iter().any(|list| list.has(&first.lower));
        if core.len() == 1 && (self.pack.pronouns.has(&first.lower) || foreign) {
            return None;
        }
        if !self.can_open(first) && !self.is_titled_name(core) && !self.is_described(core) {
            return None;
        }
        if self.is_bare_arabic_name(core) {
            return Some(SpeakerKind::Named);
        }
        if self.is_poll(core) {
            return Some(SpeakerKind::Poll);
        }
        if (self.is_personal_name(core) || self.is_named_before_their_body(core))
            && !self.names_where(core)
            && !self.are_several(core)
        {
            return Some(SpeakerKind::Named);
        }
        // "пресс-релиз" is no spokesman.
        let release = core.iter().any(|token| token.lower.starts_with("релиз"));
        if !release && core.iter().any(|token| is_called(&self.pack.spokesperson, &token.lower, self.lang)) {
            let behind = &all[core_end..];
            return Some(
                if self.is_named_behind(behind)
                    || self.is_arabic_name(behind)
                    || self.is_named_in_arabic(core)
                {
                    SpeakerKind::Named
                } else {
                    SpeakerKind::Office
                },
            );
        }
        if let Some(kind) = self.head(core) {
            if kind == SpeakerKind::Unnamed && (self.is_apposed(first) || self.is_named_further_on(run)) {
                return None;
            }
            if kind == SpeakerKind::Unnamed
                && (self.is_titled(&all[core_end..]) || self.is_titled_behind(run))
            {
                return Some(SpeakerKind::Named);
            }
            if matches!(kind, SpeakerKind::Unnamed | SpeakerKind::Office) && self.is_called_by_one_name(core)
            {
                return Some(SpeakerKind::Named);
            }
            // "a survivor, Gamal Abu Wafi": called by what they are, and named behind the comma.
            let apposition = &all[core_end..];
            if kind == SpeakerKind::Unnamed
                && (2..=4).contains(&apposition.len())
                && apposition.iter().all(|token| token.shape.is_capitalised())
                && self.is_personal_name(apposition)
            {
                return Some(SpeakerKind::Named);
            }
            if matches!(kind, SpeakerKind::Unnamed | SpeakerKind::Office)
                && (self.is_named_behind(apposition) || self.is_arabic_name(apposition))
            {
                return Some(SpeakerKind::Named);
            }
            if kind == SpeakerKind::Unnamed && self.is_named_in_arabic(core) {
                return Some(SpeakerKind::Named);
            }
            if kind == SpeakerKind::Unnamed && self.may_be_named(core) {
                return None;
            }
            // "Niger's mines minister", "the governor": one person at a time holds the office, and answers for it.
            let holder =
                |token: &Token| OFFICE_HOLDERS.iter().any(|word| self.holds_office(&token.lower, word));
            let indefinite = INDEFINITE.contains(&first.lower.as_str())
                || (self.lang == Lang::AR && !self.is_definite_in_arabic(core));
            if kind == SpeakerKind::Unnamed && !indefinite && core.iter().any(holder) {
                return Some(SpeakerKind::Office);
            }
            return Some(kind);
        }
        if self.are_counted(core) {
            return Some(SpeakerKind::UnnamedGroup);
        }
        // "Die Initiative „Saubere Leine“": whatever it is, it has a name that nobody is called by.
        if self.is_named_body(core) {
            return Some(SpeakerKind::Office);
        }
        // "In **Kiew** hieß es": a capital stands for its government.
        if core.len() == 1 && self.lang == Lang::DE && GOVERNMENTS.contains(&first.lower.as_str()) {
            return Some(SpeakerKind::Office);
        }
        // "wie **die Agence Transsaharienne** meldete": a newsroom that reports.
        let newsroom = if self.lang == Lang::EN { None } else { self.newsroom(run.start, Hint::Anybody) };
        if newsroom.is_some_and(|newsroom| newsroom.phrase.end >= run.start + core.len()) {
            return Some(SpeakerKind::Office);
        }
        // "la Casa Blanca", "l'Istat": an article and a name is an organisation where persons take none.
        let name = core.iter().skip(1).all(|token| token.shape.is_capitalised());
        if self.takes_no_article() && (2..=5).contains(&core.len()) && name && self.is_article(first) {
            return Some(SpeakerKind::Office);
        }
        let proper = core.iter().all(|token| token.shape.is_capitalised());
        if self.lang != Lang::DE && core.len() <= 4 && proper && !self.may_be_any_word(run, core) {
            // A lone capitalised word or a few: a surname, or an organisation by its name.
            let surname = core.len() == 1
                && core[0].shape == Shape::Capital
                && !core[0].named
                && (self.lang == Lang::EN || !GOVERNMENTS.contains(&core[0].lower.as_str()));
            return Some(if surname { SpeakerKind::Named } else { SpeakerKind::Office });
        }
        None
    }

    /// "Un mécanicien de l'aéroport Diori Hamani": somebody without a name, and the name of where they are.
    fn names_where(&self, core: &[Token]) -> bool {
        const GERMAN: [&str; 6] = ["aus", "bei", "an", "von", "vom", "im"];
        let pack = self.pack;
        let called = core.iter().position(|token| {
            [&pack.person, &pack.people, &pack.spokesperson].iter().any(|list| {
                list.has(&token.lower) || self.lang == Lang::DE && is_called(list, &token.lower, self.lang)
            })
        });
        let name = core.iter().rev().take_while(|token| token.shape.is_capitalised()).count();
        let between = called.and_then(|at| core.get(at + 1..core.len() - name)).unwrap_or_default();
        let of = |token: &Token| match self.lang {
            Lang::DE => GERMAN.contains(&token.lower.as_str()),
            _ => pack.of.has(&token.lower),
        };
        self.lang != Lang::EN && INDEFINITE.contains(&core[0].lower.as_str()) && between.iter().any(of)
    }

    /// "…, secrétaire général du syndicat, …": in these languages nobody is called so without an article who was not
    /// named before the comma.
    fn is_apposed(&self, first: &Token) -> bool {
        // "Fonte oficial disse": a source needs none.
        let source = matches!(first.lower.as_str(), "fonte" | "fuente");
        self.takes_no_article() && self.pack.person.has(&first.lower) && !source
    }

    /// "советник посольства России в Мали Глеб Сотников": the words that the speaker was found by end before a name.
    fn is_named_further_on(&self, run: &Run) -> bool {
        /// Words looked at behind the speaker.
        const AHEAD: usize = 8;
        let behind = self.tokens.get(run.end..).unwrap_or_default();
        // "аналитика банка «Лад» Ивана Руденко": marks around what stands between do not part them.
        let parts = |token: &Token| token.gap.comma || token.gap.dash || token.gap.stop;
        let clause =
            || behind.iter().take(AHEAD).take_while(|token| !parts(token)).filter(|token| !token.quoted);
        let name =
            clause().zip(clause().skip(1)).any(|(a, b)| a.shape.is_capitalised() && b.shape.is_capitalised());
        self.lang == Lang::RU && name
    }

    /// "Ökonomen der Holsten Privatbank", "fontes da Rádio Foz": several people, and the name of where they are.
    fn are_several(&self, core: &[Token]) -> bool {
        let name = core.iter().rev().take_while(|token| token.shape.is_capitalised()).count();
        let joined = |token: &Token| self.pack.of.has(&token.lower);
        self.lang != Lang::EN
            && core[..core.len() - name].iter().skip(1).any(joined)
            && self.head(core) == Some(SpeakerKind::UnnamedGroup)
    }

    /// Languages in which news puts no article before a person's bare name.
    pub fn takes_no_article(&self) -> bool {
        matches!(self.lang, Lang::FR | Lang::ES | Lang::IT | Lang::PT)
    }

    fn is_article(&self, token: &Token) -> bool {
        const ARTICLES: [&str; 11] = ["le", "la", "les", "l", "el", "los", "il", "lo", "o", "a", "i"];
        ARTICLES.contains(&token.lower.as_str())
    }

    /// "le porte-parole de l'armée**, le colonel Issoufou Maïdaka**": a name behind the comma, with or without a title.
    fn is_named_behind(&self, apposition: &[Token]) -> bool {
        /// Words of a title and a name.
        const MOST: usize = 6;
        self.lang != Lang::EN
            && (2..=MOST).contains(&apposition.len())
            && (self.can_open(&apposition[0]) || self.is_titled_name(apposition))
            && !apposition.iter().skip(1).any(|token| token.gap.parts())
            && self.is_personal_name(apposition)
    }

    /// True where a word for the holder of an office stands in one of its forms.
    fn holds_office(&self, lower: &str, word: &str) -> bool {
        match self.lang {
            Lang::AR => lower.strip_prefix("ال").unwrap_or(lower) == word,
            Lang::DE => {
                lower == word || (word.len() > 5 && lower.len() > word.len() + 2 && lower.ends_with(word))
            }
            _ => lower == word,
        }
    }

    /// "Житель поселка **Сергей**", "طبيب في المدينة **يوسف سالم**": it takes more than this sentence to know whether that is
    /// a name, or a place, or a verb.
    fn may_be_named(&self, core: &[Token]) -> bool {
        let pack = self.pack;
        match self.lang {
            Lang::RU => {
                let [.., before, last] = core else { return false };
                let noun = |list: &List| list.has(&before.lower);
                last.shape == Shape::Capital
                    && !before.shape.is_capitalised()
                    && !noun(&pack.person)
                    && !noun(&pack.people)
                    && !noun(&pack.of)
                    && !noun(&pack.ends)
                    && !is_called(&pack.office, &last.lower, self.lang)
            }
            Lang::AR => !self.behind_articles(core).is_empty(),
            _ => false,
        }
    }

    /// "высокопоставленного американского чиновника", "westlicher Diplomaten": adjectives before the noun, where the
    /// language has no article to open with.
    fn is_described(&self, core: &[Token]) -> bool {
        /// Adjectives before the noun.
        const MOST: usize = 3;
        let pack = self.pack;
        let noun = core.iter().position(|token| {
            [&pack.person, &pack.people, &pack.office, &pack.document]
                .iter()
                .any(|list| is_called(list, &token.lower, self.lang))
        });
        noun.is_some_and(|at| {
            (1..=MOST).contains(&at)
                && core[..at].iter().all(|token| is_adjective(&token.lower, self.lang) && !token.gap.parts())
        })
    }

    pub fn can_open(&self, token: &Token) -> bool {
        let pack = self.pack;
        token.shape.is_capitalised()
            || matches!(token.shape, Shape::Caseless | Shape::Number)
            || [
                &pack.determiners,
                &pack.person,
                &pack.people,
                &pack.office,
                &pack.document,
                &pack.spokesperson,
            ]
            .iter()
            .any(|list| is_called(list, &token.lower, self.lang))
    }

    /// A name behind what its bearer is: "regional police chief Ali Maman".
    fn is_titled_name(&self, core: &[Token]) -> bool {
        /// Words of a title that stand in no list.
        const TITLE: usize = 4;
        let title = core.iter().take_while(|token| !token.shape.is_capitalised()).count();
        let lists = [&self.pack.pronouns, &self.pack.ends, &self.pack.refusals, &self.pack.says];
        let plain = |token: &Token| !lists.iter().any(|list| list.has(&token.lower));
        self.lang != Lang::DE
            && (1..=TITLE).contains(&title)
            && core[..title].iter().all(plain)
            && core[title..].iter().all(|token| token.shape.is_capitalised())
            && self.is_personal_name(core)
    }

    /// A single capitalised word that opens the sentence may be any word.
    fn may_be_any_word(&self, run: &Run, core: &[Token]) -> bool {
        let lone = run.start == 0 && core.len() == 1 && core[0].shape == Shape::Capital;
        lone && {
            let word = &core[0].lower;
            // Russian has no articles: "Семья говорит" opens with a noun, "Сотников добавил" with a name.
            let noun = self.lang == Lang::RU
                && !SURNAMES.iter().any(|ending| word.ends_with(ending))
                && !GOVERNMENTS.contains(&word.as_str())
                && word.chars().all(|c| matches!(c, 'а'..='я' | 'ё'));
            noun || self.pack.determiners.has(word) || self.pack.ends.has(word) || word.ends_with("ly")
        }
    }

    /// What the noun is that the speaker's words turn on: the last before a preposition in English and
    /// German ("a defense ministry **official** in Niamey"), the first in the other languages.
    pub fn head(&self, core: &[Token]) -> Option<SpeakerKind> {
        let pack = self.pack;
        let preposition = |token: &Token| pack.of.has(&token.lower) && !pack.determiners.has(&token.lower);
        let phrase_end = core.iter().skip(1).position(preposition).map_or(core.len(), |at| at + 1);
        // "Zwei Mitarbeiter der Behörde": what stands in the genitive is whose they are.
        let genitive = |at: &usize| {
            self.lang == Lang::DE
                && matches!(core[*at].lower.as_str(), "der" | "des" | "einer" | "eines")
                && core[*at - 1].shape.is_capitalised()
        };
        let phrase_end = (1..phrase_end).find(genitive).unwrap_or(phrase_end);
        let phrase = &core[..phrase_end];
        let singular = core.first().is_some_and(|first| SINGULAR.contains(&first.lower.as_str()));
        let kind = |token: &Token| {
            let word = &token.lower;
            let called = |list: &List| is_called(list, word, self.lang);
            let (one, many) = (called(&pack.person), called(&pack.people));
            let body = self.lang == Lang::ES && word == "policía" && core[0].lower == "la";
            if body {
                Some(SpeakerKind::Office)
            } else if many && !(one && singular) || one && counts_several(core, self.lang) {
                Some(SpeakerKind::UnnamedGroup)
            } else if one {
                Some(SpeakerKind::Unnamed)
            } else if called(&pack.office) {
                Some(SpeakerKind::Office)
            } else if self.lang != Lang::EN && POLLS.iter().any(|poll| word.ends_with(poll)) {
                Some(SpeakerKind::Poll)
            } else if called(&pack.document) {
                Some(SpeakerKind::Document)
            } else {
                None
            }
        };
        match self.lang {
            Lang::EN | Lang::DE => phrase.iter().rev().find_map(kind),
            _ => phrase.iter().find_map(kind),
        }
    }

    /// Two capitalised words at the end of the core that are no organisation: given name and surname.
    pub fn is_personal_name(&self, core: &[Token]) -> bool {
        if self.lang == Lang::AR {
            return false;
        }
        let pack = self.pack;
        let organisation = |token: &&Token| {
            [&pack.office, &pack.document, &pack.people]
                .iter()
                .any(|list| is_called(list, &token.lower, self.lang))
                || ORGANISATION_WORDS.contains(&token.lower.as_str())
        };
        // "Der Minister", "Le Kremlin" open a sentence: what is capitalised there is no name.
        let opens = |token: &Token| self.lang != Lang::EN && pack.determiners.has(&token.lower);
        let tail: Vec<&Token> = core
            .iter()
            .rev()
            .take_while(|token| token.shape.is_capitalised() && !token.named && !opens(token))
            .collect();
        // "представитель **МИД** Мария Зорина": the name begins behind whom its bearer speaks for.
        let titled = self.lang != Lang::EN && core.iter().any(|token| pack.person.has(&token.lower));
        let tail = match tail.iter().position(|token| is_called(&pack.office, &token.lower, self.lang)) {
            Some(at) if titled && self.lang == Lang::RU && at >= 2 => tail[..at].to_vec(),
            _ => tail,
        };
        // "Der **Historiker** Jan Ohm": German nouns have capitals; what somebody is stands before two names.
        let called = |token: &&Token| {
            [&pack.person, &pack.people].iter().any(|list| is_called(list, &token.lower, self.lang))
        };
        let tail = match tail.iter().skip(2).position(called) {
            Some(at) if self.lang == Lang::DE => tail[..at + 2].to_vec(),
            _ => tail,
        };
        // "le ministre **des Mines** Ousmane Tassa": what stands behind the preposition is an office's.
        let of_ministry = self.takes_no_article() && titled && tail.len() >= 3 && {
            let at = core.len() - tail.len();
            (at.saturating_sub(2)..at).any(|at| {
                pack.of.has(&core[at].lower)
                    || ["alla", "al", "agli", "all"].contains(&core[at].lower.as_str())
            })
        };
        let tail = if of_ministry { tail[..tail.len() - 1].to_vec() } else { tail };
        // "La aerolínea Costa Alada": what stands right before the name is an organisation, and so is the name.
        let of_office = self.lang != Lang::EN
            && !titled
            && self.lang != Lang::DE
            && core.len() > tail.len()
            && is_called(&pack.office, &core[core.len() - tail.len() - 1].lower, self.lang);
        // "Israels Ministerpräsident": German nouns have capitals, those of offices among them.
        let office_ends = self.lang == Lang::DE
            && tail
                .first()
                .is_some_and(|last| OFFICE_HOLDERS.iter().any(|word| self.holds_office(&last.lower, word)));
        // "La polizia di **Porto Scoglio**", "les résultats de **Statistique Valmer**": a body, a document or several people, and
        // the name of where or whose they are.
        let spokes = core.iter().any(|token| is_called(&pack.spokesperson, &token.lower, self.lang));
        let of_body = self.takes_no_article()
            && !titled
            && !spokes
            && core[..core.len() - tail.len()].iter().any(|token| {
                [&pack.office, &pack.document, &pack.people]
                    .iter()
                    .any(|list| is_called(list, &token.lower, self.lang))
            });
        // "die Hamburger **Wissenschaftssenatorin**": what somebody is ends no name.
        let person_ends = self.lang == Lang::DE
            && tail.len() == 2
            && core.len() == 3
            && pack.determiners.has(&core[0].lower)
            && tail[1].lower.ends_with("er")
            && tail.first().is_some_and(|last| is_called(&pack.person, &last.lower, self.lang));
        // "la Casa Blanca"
        let bare = self.takes_no_article() && core.len() == tail.len() + 1 && self.is_article(&core[0]);
        let initial = |token: &&&Token| token.shape == Shape::Upper && token.span.len() > 1;
        let names = tail.iter().filter(|token| !initial(token)).count();
        let article_before = core
            .len()
            .checked_sub(tail.len() + 1)
            .is_some_and(|at| core[at].lower == "the" && tail.len() < core.len());
        names >= 2
            && tail.len() <= 6
            && !tail.iter().any(organisation)
            && !article_before
            && !of_office
            && !of_body
            && !person_ends
            && !office_ends
            && !bare
    }
}
