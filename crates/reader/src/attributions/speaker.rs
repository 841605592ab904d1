//! Speakers: whether a run of words can speak, and what kind of speaker it is.

use dateline_model::{Lang, SpeakerKind};

use super::sentence::{Run, Sentence, Token};
use crate::pack::List;
use crate::words::Shape;

/// Words a speaker may have, apposition included: "Brig. Gen. Dale Whitcombe, the Pentagon's press secretary".
pub const LONGEST: usize = 16;

/// Words by which a speaker hands on what another one said: "западные СМИ со ссылкой на анонимный источник". That is a
/// chain of two, and the source at its end spoke to neither this outlet nor perhaps the one before. Who is cited is
/// another matter: "un responsable libyen cité par l'agence" speaks.
const CITING: [&str; 8] = ["citing", "citant", "citando", "berufung", "ссылкой", "сославшись", "نقلا", "نقلاً"];

/// Titles that stand before a name in Arabic, each with the article.
const TITLES: [&str; 14] = [
    "الدكتور",
    "الدكتورة",
    "السيد",
    "السيدة",
    "الفريق",
    "اللواء",
    "العميد",
    "العقيد",
    "المهندس",
    "المهندسة",
    "المستشار",
    "الأستاذ",
    "الشيخ",
    "السفير",
];

/// Determiners that only one person can have, where a noun is the same for one and many.
const SINGULAR: [&str; 7] = ["ein", "eine", "einer", "eines", "einem", "der", "des"];

/// Words that make a capitalised run an organisation, beyond the pack's: parts of proper names of newsrooms, bodies and
/// countries, and what companies are in. Nobody is called so: "Karoo Uranium said" is not two names of a person.
/// Industries that are surnames as well are left out, "Banks", "Bond", "Rail".
const ORGANISATION_WORDS: &[&str] = &[
    "affairs",
    "africa",
    "agence",
    "agencia",
    "agentur",
    "agenzia",
    "agência",
    "airlines",
    "airways",
    "alliance",
    "america",
    "atlantic",
    "aviation",
    "banking",
    "biotech",
    "britain",
    "canada",
    "center",
    "centre",
    "chemicals",
    "china",
    "coal",
    "copper",
    "corp",
    "corps",
    "courier",
    "defence",
    "defense",
    "electric",
    "electronics",
    "energy",
    "entertainment",
    "europe",
    "foods",
    "forces",
    "foreign",
    "france",
    "gas",
    "gazette",
    "germany",
    "gmbh",
    "health",
    "inc",
    "international",
    "iran",
    "israel",
    "japan",
    "journal",
    "ledger",
    "lines",
    "logistics",
    "ltd",
    "mali",
    "media",
    "mines",
    "mining",
    "ministry",
    "motors",
    "national",
    "nato",
    "news",
    "niger",
    "north",
    "oil",
    "pentagon",
    "petroleum",
    "pharmaceuticals",
    "post",
    "radio",
    "railways",
    "republic",
    "resources",
    "russia",
    "security",
    "semiconductor",
    "shipping",
    "software",
    "solar",
    "solutions",
    "south",
    "state",
    "states",
    "systems",
    "technologies",
    "telecom",
    "television",
    "times",
    "transport",
    "treasury",
    "tribune",
    "uk",
    "ukraine",
    "un",
    "unicef",
    "united",
    "uranium",
    "us",
    "west",
    "white",
    "wire",
    "world",
];

/// Nouns of offices that one person holds at a time.
const OFFICE_HOLDERS: [&str; 78] = [
    "minister",
    "president",
    "governor",
    "mayor",
    "ambassador",
    "premier",
    "chancellor",
    "commander",
    "prosecutor",
    "secretary",
    "ministre",
    "président",
    "présidente",
    "gouverneur",
    "maire",
    "ambassadeur",
    "procureur",
    "ministro",
    "ministra",
    "presidente",
    "gobernador",
    "alcalde",
    "embajador",
    "ministerin",
    "präsident",
    "bürgermeister",
    "landrat",
    "bundeskanzler",
    "jefe",
    "jefa",
    "director",
    "directora",
    "alcaldesa",
    "embajadora",
    "gobernadora",
    "presidenta",
    "fiscal",
    "préfet",
    "directeur",
    "directrice",
    "procureure",
    "ambassadrice",
    "chef",
    "landrätin",
    "oberbürgermeister",
    "oberbürgermeisterin",
    "bürgermeisterin",
    "präsidentin",
    "direktor",
    "direktorin",
    "leiter",
    "leiterin",
    "botschafter",
    "botschafterin",
    "kanzler",
    "sindaco",
    "sindaca",
    "direttore",
    "direttrice",
    "governatore",
    "ambasciatore",
    "procuratore",
    "prefeito",
    "prefeita",
    "governador",
    "embaixador",
    "diretor",
    "diretora",
    "procurador",
    "министр",
    "президент",
    "губернатор",
    "мэр",
    "посол",
    "директор",
    "глава",
    "начальник",
    "прокурор",
];

/// Words with which a noun phrase says that it is one of several.
const INDEFINITE: [&str; 22] = [
    "a", "an", "one", "another", "some", "any", "former", "un", "une", "una", "uno", "ein", "eine", "einer",
    "um", "uma", "senior", "two", "deux", "dos", "zwei", "ancien",
];

/// Words that open a clause about the speaker, after the words that name them.
const CLAUSES: [&str; 6] = ["who", "speaking", "briefed", "familiar", "qui", "quien"];

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
        let ends_core =
            |token: &Token| token.gap.comma || token.gap.dash || CLAUSES.contains(&token.lower.as_str());
        let core_end = all.iter().skip(1).position(ends_core).map_or(all.len(), |at| at + 1);
        let core = &all[..core_end];
        let has = |list: &List| core.iter().any(|token| list.has(&token.lower));
        if core.iter().skip(1).any(|token| token.gap.stop) || has(&self.pack.verbs) {
            return None;
        }
        if core.len() == 1 && self.pack.pronouns.has(&first.lower) {
            return None;
        }
        if !self.can_open(first) && !self.is_titled_name(core) {
            return None;
        }
        if self.is_personal_name(core) && !self.names_where(core) {
            return Some(SpeakerKind::Named);
        }
        if has(&self.pack.spokesperson) {
            return Some(SpeakerKind::Office);
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
            // "a survivor, Gamal Abu Wafi": called by what they are, and named behind the comma.
            let apposition = &all[core_end..];
            if kind == SpeakerKind::Unnamed
                && (2..=4).contains(&apposition.len())
                && apposition.iter().all(|token| token.shape.is_capitalised())
                && self.is_personal_name(apposition)
            {
                return Some(SpeakerKind::Named);
            }
            // "Niger's mines minister", "the governor": one person at a time holds the office, and answers for it.
            let holder = |token: &Token| OFFICE_HOLDERS.contains(&token.lower.as_str());
            let indefinite = INDEFINITE.contains(&first.lower.as_str());
            if kind == SpeakerKind::Unnamed && !indefinite && core.iter().any(holder) {
                return Some(SpeakerKind::Office);
            }
            return Some(kind);
        }
        let proper = core.iter().all(|token| token.shape.is_capitalised());
        if self.lang != Lang::DE && core.len() <= 4 && proper && !self.may_be_any_word(run, core) {
            // A lone capitalised word or a few: a surname, or an organisation by its name.
            let surname = core.len() == 1 && core[0].shape == Shape::Capital;
            return Some(if surname { SpeakerKind::Named } else { SpeakerKind::Office });
        }
        None
    }

    /// "Un mécanicien de l'aéroport Diori Hamani": somebody without a name, and the name of where they are.
    fn names_where(&self, core: &[Token]) -> bool {
        let pack = self.pack;
        let called =
            core.iter().position(|token| pack.person.has(&token.lower) || pack.people.has(&token.lower));
        let name = core.iter().rev().take_while(|token| token.shape.is_capitalised()).count();
        let between = called.and_then(|at| core.get(at + 1..core.len() - name)).unwrap_or_default();
        !matches!(self.lang, Lang::EN | Lang::DE)
            && INDEFINITE.contains(&core[0].lower.as_str())
            && between.iter().any(|token| pack.of.has(&token.lower))
    }

    /// "…, secrétaire général du syndicat, …": in these languages nobody is called so without an article who was not
    /// named before the comma.
    fn is_apposed(&self, first: &Token) -> bool {
        matches!(self.lang, Lang::FR | Lang::ES | Lang::IT | Lang::PT) && self.pack.person.has(&first.lower)
    }

    /// "советник посольства России в Мали Глеб Сотников": the words that the speaker was found by end before a name.
    fn is_named_further_on(&self, run: &Run) -> bool {
        /// Words looked at behind the speaker.
        const AHEAD: usize = 8;
        let behind = self.tokens.get(run.end..).unwrap_or_default();
        let clause = || behind.iter().take(AHEAD).take_while(|token| !token.gap.parts());
        let name =
            clause().zip(clause().skip(1)).any(|(a, b)| a.shape.is_capitalised() && b.shape.is_capitalised());
        self.lang == Lang::RU && name
    }

    /// "مدير المستشفى، **الدكتور** عاطف": what stands behind the comma is a name with its title. Arabic has no capitals to
    /// tell a name by.
    fn is_titled(&self, apposition: &[Token]) -> bool {
        let titled = |token: &Token| token.gap.comma && TITLES.contains(&token.lower.as_str());
        self.lang == Lang::AR && apposition.len() > 1 && apposition.first().is_some_and(titled)
    }

    fn is_titled_behind(&self, run: &Run) -> bool {
        self.is_titled(self.tokens.get(run.end..).unwrap_or_default())
    }

    fn can_open(&self, token: &Token) -> bool {
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
            .any(|list| list.has(&token.lower))
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
            self.pack.determiners.has(word) || self.pack.ends.has(word) || word.ends_with("ly")
        }
    }

    /// What the noun is that the speaker's words turn on: the last before a preposition in English and
    /// German ("a defense ministry **official** in Niamey"), the first in the other languages.
    fn head(&self, core: &[Token]) -> Option<SpeakerKind> {
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
            let (one, many) = (pack.person.has(word), pack.people.has(word));
            if many && !(one && singular) {
                Some(SpeakerKind::UnnamedGroup)
            } else if one {
                Some(SpeakerKind::Unnamed)
            } else if pack.office.has(word) {
                Some(SpeakerKind::Office)
            } else if pack.document.has(word) {
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
    fn is_personal_name(&self, core: &[Token]) -> bool {
        if self.lang == Lang::AR {
            return false;
        }
        let pack = self.pack;
        let organisation = |token: &&Token| {
            [&pack.office, &pack.document, &pack.people].iter().any(|list| list.has(&token.lower))
                || ORGANISATION_WORDS.contains(&token.lower.as_str())
        };
        let tail: Vec<&Token> = core.iter().rev().take_while(|token| token.shape.is_capitalised()).collect();
        let initial = |token: &&&Token| token.shape == Shape::Upper && token.span.len() > 1;
        let names = tail.iter().filter(|token| !initial(token)).count();
        let article_before = core
            .len()
            .checked_sub(tail.len() + 1)
            .is_some_and(|at| core[at].lower == "the" && tail.len() < core.len());
        names >= 2 && tail.len() <= 6 && !tail.iter().any(organisation) && !article_before
    }
}
