//! Statements about what the sentence before says: "Das bestätigte die Polizei.", "Об этом сообщил губернатор.", "Su abogado
//! lo niega."
//!
//! The sentence names who speaks and that they do, and only points at what they say. That is what the sentence before
//! holds: the words of its speaker where it has one, else all of it.

use dateline_model::{Lang, SpeakerKind};

use super::outlets::Hint;
use super::sentence::{Run, Sentence};

/// Words behind the speaker: "am Abend auf Anfrage des Senders". With more, something of its own is said.
const REST: usize = 9;

/// Who speaks of the sentence before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct About {
    /// Who speaks.
    pub source: Run,
    /// What kind of speaker that is.
    pub speaker: SpeakerKind,
    /// The words that say so.
    pub cue: Run,
    /// The outlet that passes it on.
    pub via: Option<Run>,
}

impl Sentence<'_> {
    /// Who speaks in a sentence that points at the one before.
    pub fn about_before(&self) -> Option<About> {
        /// Words of a newsroom's name in quotation marks.
        const NAME: usize = 4;
        let quoted = self.tokens.iter().filter(|token| token.quoted).count();
        let name = quoted <= NAME && self.points_before().is_some();
        if self.lang == Lang::EN || self.tokens.len() < 3 || quoted > 0 && !name {
            return None;
        }
        self.opening_about()
            .or_else(|| self.arabic_about())
            .or_else(|| self.object_about())
            .or_else(|| self.russian_object_about())
            .filter(|about| self.says_no_more(about))
    }

    /// The words by which a sentence opens that point at the one before: "Das", "Об этом", "Así lo", "C'est ce qu'".
    pub fn points_before(&self) -> Option<usize> {
        let openings: &[&[&str]] = match self.lang {
            Lang::DE => &[&["das"], &["dies"]],
            Lang::RU => &[&["об", "этом"], &["о", "чем"], &["о", "чём"]],
            Lang::ES => &[&["así", "lo"], &["lo"]],
            Lang::IT => &[&["lo"], &["è", "quanto"], &["è", "quello", "che"]],
            Lang::FR => &[&["c", "est", "ce", "qu"], &["c", "est", "ce", "que"]],
            Lang::PT => &[&["foi", "o", "que"], &["é", "o", "que"]],
            _ => &[],
        };
        openings.iter().filter(|words| self.opens_with(words)).map(|words| words.len()).max()
    }

    fn opens_with(&self, words: &[&str]) -> bool {
        words.iter().enumerate().all(|(at, word)| self.lower_is(at, &[word]))
    }

    /// "**Das sagte** ein Vertreter der Behörde.", "**Lo ha confermato** la figlia.", "**Об этом сообщили** в мэрии.", "**A
    /// informação foi confirmada** pela polícia."
    fn opening_about(&self) -> Option<About> {
        let mut verb = self.points_before().or_else(|| self.told_passively())?;
        // "Об этом **«Портовому вестнику»** рассказал источник"
        let told = (self.lang == Lang::RU).then(|| self.newsroom(verb, Hint::Anybody)).flatten();
        if let Some(newsroom) = &told {
            verb = newsroom.phrase.end;
        }
        let via = told.map(|newsroom| newsroom.name);

        let cue = self.matches(verb, &self.pack.says).or_else(|| {
            let by = self.told_passively()?;
            self.lower_is(by, &BY).then_some(by - 1..by + 1)
        })?;
        if self.is_refused(&cue) {
            return None;
        }
        // "Das berichtete die Agentur X **unter Berufung auf** S": the outlet passes it on.
        if let Some((cue, source, speaker, via)) = self.cited_behind(cue.end) {
            return Some(About { source, speaker, cue, via: Some(via) });
        }
        let from = self.after_adverbs(cue.end);
        // German tells those who are told behind the speaker.
        let from = if self.lang == Lang::DE { from } else { self.after_addressed(from) };
        let from = self.after_place(&cue, self.after_adverbs(from));
        let end = self.speaker_end(from);
        let source = from..if self.lang == Lang::DE { self.german_phrase(from, end) } else { end };
        let speaker = self.speaker(&source)?;
        Some(About { source, speaker, cue, via })
    }

    /// "L'information a été confirmée par", "La notizia è stata data da": where the preposition stands.
    fn told_passively(&self) -> Option<usize> {
        const NEWS: [&[&str]; 8] = [
            &["l", "information"],
            &["cette", "information"],
            &["a", "informação"],
            &["la", "información"],
            &["la", "noticia"],
            &["la", "notizia"],
            &["l", "informazione"],
            &["a", "notícia"],
        ];
        const TOLD: [&str; 22] = [
            "confirmée",
            "donnée",
            "révélée",
            "rapportée",
            "annoncée",
            "communiquée",
            "confirmada",
            "avançada",
            "adiantada",
            "divulgada",
            "dada",
            "revelada",
            "adelantada",
            "difundida",
            "facilitada",
            "confermata",
            "data",
            "diffusa",
            "riportata",
            "anticipata",
            "rivelata",
            "comunicata",
        ];
        /// Words of "a été rapidement confirmée".
        const NEAR: usize = 4;
        let news = NEWS.iter().find(|words| self.opens_with(words))?.len();
        let told = (news..news + NEAR).find(|&at| self.lower_is(at, &TOLD))?;
        self.lower_is(told + 1, &BY).then_some(told + 1)
    }

    /// "Su abogado **lo niega**.", "Die Polizei **weist das** zurück.", "Le ministère **l'a confirmé**.", "Il legale **lo
    /// smentisce**."
    fn object_about(&self) -> Option<About> {
        /// Words between a German verb and what it points with: "bestätigte am Abend **das**" is rare, "wies auch **das**" is not.
        const NEAR: usize = 2;
        let at = (1..self.tokens.len()).find(|&at| {
            let Some(cue) = self.matches(at, &self.pack.says) else { return false };
            match self.lang {
                Lang::DE => {
                    self.is_the_news(cue.end)
                        || (cue.end..cue.end + NEAR).any(|at| {
                            self.lower_is(at, &["das", "dies"])
                                && !self.tokens.get(at + 1).is_some_and(|next| next.shape.is_capitalised())
                        })
                }
                Lang::ES | Lang::IT => self.lower_is(at - 1, &["lo"]) || self.is_the_news(cue.end),
                Lang::FR => self.lower_is(at - 1, &["l", "le"]) || self.is_the_news(cue.end),
                Lang::PT => self.is_the_news(cue.end),
                _ => false,
            }
        })?;
        let cue = self.matches(at, &self.pack.says)?;
        let end = at - usize::from(self.lang != Lang::DE && self.lower_is(at - 1, &["lo", "l", "le"]));

        if self.is_refused(&cue) || end == 0 {
            return None;
        }
        let source = self.subject(0, end);
        let speaker = self.speaker(&source)?;
        Some(About { source, speaker, cue, via: None })
    }

    /// "a confirmé **l'information**", "desmintió **la noticia**": where nothing but that stands behind the verb.
    fn is_the_news(&self, at: usize) -> bool {
        const NEWS: [&[&str]; 21] = [
            &["l", "information"],
            &["cette", "information"],
            &["ces", "informations"],
            &["ces", "accusations"],
            &["la", "información"],
            &["esa", "información"],
            &["la", "noticia"],
            &["las", "acusaciones"],
            &["la", "notizia"],
            &["le", "accuse"],
            &["a", "informação"],
            &["a", "notícia"],
            &["as", "acusações"],
            &["die", "informationen"],
            &["die", "angaben"],
            &["den", "bericht"],
            &["die", "vorwürfe"],
            &["den", "vorwurf"],
            &["diese", "darstellung"],
            &["die", "darstellung"],
            &["entsprechende", "berichte"],
        ];
        // "l'information **selon laquelle** …" tells which.
        const WHICH: [&str; 16] = [
            "selon", "de", "del", "da", "do", "di", "según", "segundo", "secondo", "des", "der", "von",
            "über", "que", "dass", "d",
        ];
        NEWS.iter().any(|words| {
            let stands = words.iter().enumerate().all(|(index, word)| self.lower_is(at + index, &[word]));
            stands && !self.lower_is(at + words.len(), &WHICH)
        })
    }

    /// "**وأكد ذلك** مدير المطار.": Arabic puts the verb first, and "that" behind it.
    fn arabic_about(&self) -> Option<About> {
        let cue = self.matches(0, &self.pack.says).filter(|cue| !self.is_refused(cue))?;
        if self.lang != Lang::AR || !self.lower_is(cue.end, &["ذلك", "هذا", "الخبر", "النبأ"])
        {
            return None;
        }
        let source = cue.end + 1..self.speaker_end(cue.end + 1);
        let speaker = self.speaker(&source)?;
        Some(About { source, speaker, cue, via: None })
    }

    /// "Российская сторона **эти данные опровергает**.", "Позже **информацию подтвердил** адвокат."
    fn russian_object_about(&self) -> Option<About> {
        const THESE: [&str; 6] = ["это", "эти", "эту", "этот", "данные", "информацию"];
        const OBJECTS: [&str; 8] =
            ["данные", "информацию", "сведения", "обвинения", "сообщения", "утверждения", "факт", "это"];
        const STEMS: [&str; 5] = ["опроверг", "отрица", "подтверд", "подтвержда", "отверг"];
        if self.lang != Lang::RU {
            return None;
        }
        let lower = |at: usize| self.tokens.get(at).map_or("", |token| token.lower.as_str());
        let verb = (1..self.tokens.len()).find(|&at| {
            STEMS.iter().any(|stem| lower(at).starts_with(stem)) && OBJECTS.contains(&lower(at - 1))
        })?;
        let open = if verb >= 2 && THESE.contains(&lower(verb - 2)) { verb - 2 } else { verb - 1 };
        let cue = verb..verb + 1;
        let time = |at: usize| self.pack.openers.has(lower(at)) || self.pack.between_words.has(lower(at));
        let before = (0..open).find(|&at| !time(at)).unwrap_or(open);
        let source = if before < open {
            before..open
        } else {
            let from = self.after_place(&cue, self.after_adverbs(cue.end));
            from..self.speaker_end(from)
        };
        let speaker = self.speaker(&source)?;
        Some(About { source, speaker, cue, via: None })
    }

    /// True where nothing is said beyond that: no clause, and a few words of time and place.
    fn says_no_more(&self, about: &About) -> bool {
        let last = about.source.end.max(about.cue.end);
        let rest = &self.tokens[last.min(self.tokens.len())..];
        let clause = rest.iter().any(|token| self.pack.that.has(&token.lower))
            || (last..self.tokens.len()).any(|at| self.matches(at, &self.pack.says).is_some());
        !clause && rest.len() <= REST
    }
}

const BY: [&str; 16] = [
    "par", "por", "pelo", "pela", "pelos", "pelas", "da", "dal", "dalla", "dai", "dagli", "dalle", "dall",
    "del", "du", "dallo",
];
