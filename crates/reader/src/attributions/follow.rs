//! Statements whose speaker an earlier sentence names: "a-t-il ajouté", "«…», ha detto", "Он добавил, что …".
//!
//! Each is read only where it is safe to say whom it means: somebody spoke in the sentence right before, and nobody else
//! did; and where the words tell gender and number, they agree. What stays open is left out.

use dateline_model::{Lang, Span, SpeakerKind};

use super::forms::{bare, is_adjective, is_called};
use super::sentence::{Run, Sentence};
use super::shapes::{Found, SHORTEST_CONTENT, THAT_FAR};

/// Who spoke, as later sentences lean on them.
#[derive(Debug, Clone)]
pub struct Spoke {
    /// The words that name them.
    pub source: Span,
    /// What kind of speaker they are.
    pub kind: SpeakerKind,
    /// What they are called by: "source", "чиновник".
    pub noun: Option<String>,
    /// The number of the sentence in which they spoke last.
    pub sentence: usize,
    /// True for a woman, false for a man, where the words tell.
    pub feminine: Option<bool>,
    /// True for one who handed on what another said: "передает Meridian Wire".
    pub reports: bool,
    /// True for "selon un témoin, un homme a tiré": "il" is as well the man.
    pub aside: bool,
}

/// A statement whose speaker is to be found before it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Follow {
    /// The words that say that something was said.
    pub cue: Run,
    /// What was said.
    pub content: Run,
    /// Number and gender, as far as pronoun and verb tell them.
    plural: Option<bool>,
    feminine: Option<bool>,
    /// True where a document may be meant.
    document: bool,
    /// True where a pronoun says that a person is meant.
    person: bool,
    /// True where the words lean on what was said as a whole: "По его словам", "Er habe …".
    goes_on: bool,
}

impl Spoke {
    /// Who speaks in a statement of a sentence.
    pub fn new(sentence: &Sentence<'_>, found: &Found, span: Span, kind: SpeakerKind, number: usize) -> Self {
        let noun = sentence.noun(&found.source);
        let feminine = sentence.gender(&found.source, noun.as_deref(), kind);
        let reports = sentence.matches(found.cue.start, &sentence.pack.cited_after).is_some();
        let aside = sentence.matches(found.cue.start, &sentence.pack.says).is_none();
        Self { source: span, kind, noun, sentence: number, feminine, reports, aside }
    }

    /// True where a statement can be theirs.
    pub fn fits(&self, follow: &Follow) -> bool {
        let group = self.kind == SpeakerKind::UnnamedGroup;
        let speaks = match self.kind {
            SpeakerKind::Named | SpeakerKind::Unnamed | SpeakerKind::UnnamedGroup => true,
            // "der Minister" is he; "das Ministerium" is not. And what a newsroom reports is not what it goes on to say.
            SpeakerKind::Office => !self.reports && (self.noun.is_some() || !follow.person),
            SpeakerKind::Document => follow.document,
            _ => false,
        };
        let agrees =
            |told: Option<bool>, own: Option<bool>| told.zip(own).is_none_or(|(told, own)| told == own);
        speaks
            && (follow.goes_on || !self.aside)
            && follow.plural.is_none_or(|plural| plural == group)
            && agrees(follow.feminine, self.feminine)
    }
}

impl Sentence<'_> {
    /// A statement of this sentence whose speaker stands before it.
    pub fn follow(&self) -> Option<Follow> {
        if self.lang == Lang::EN || self.tokens.is_empty() {
            return None;
        }
        self.by_their_words()
            .or_else(|| self.within_their_words())
            .or_else(|| self.with_pronoun_behind())
            .or_else(|| self.with_pronoun_before())
            .or_else(|| self.without_subject())
            .or_else(|| self.in_subjunctive())
    }

    fn lower(&self, at: usize) -> &str {
        self.tokens.get(at).map_or("", |token| token.lower.as_str())
    }

    fn unquoted(&self) -> impl Iterator<Item = usize> + '_ {
        (0..self.tokens.len()).filter(|&at| !self.tokens[at].quoted)
    }

    /// Follow-ups with enough words to say something.
    fn followed(&self, cue: Run, content: Run, pronoun: &str) -> Option<Follow> {
        let (plural, feminine) = match pronoun {
            "il" | "él" | "lui" | "ele" | "er" | "он" | "هو" => (Some(false), Some(false)),
            "elle" | "ella" | "lei" | "ela" | "она" | "هي" => (Some(false), Some(true)),
            // "sie" is she or they.
            "sie" => (None, Some(true)),
            "ils" | "ellos" | "eles" | "они" | "loro" | "elles" | "ellas" | "elas" => (Some(true), None),
            _ => (None, None),
        };
        // "«Tenemos tiempo», añadió.": two words are enough in quotation marks of their own.
        let quoted = content.len() + 1 == SHORTEST_CONTENT
            && self.tokens[content.clone()].iter().all(|token| token.quoted);
        (quoted || content.len() >= SHORTEST_CONTENT).then_some(Follow {
            cue,
            content,
            plural,
            feminine,
            document: false,
            person: !pronoun.is_empty(),
            goes_on: false,
        })
    }

    /// "Selon lui, …", "По его словам, …", "…, segundo ela", "Demnach …".
    fn by_their_words(&self) -> Option<Follow> {
        let at = self.unquoted().find(|&at| self.matches(at, &self.pack.by_their_words).is_some())?;
        let cue = self.matches(at, &self.pack.by_their_words)?;
        let content = if at == 0 {
            cue.end..self.tokens.len()
        } else if self.tokens[at].gap.parts() {
            0..at
        } else {
            return None;
        };
        let words = self.tokens[cue.clone()].iter().find(|token| self.pack.pronouns.has(&token.lower));
        let pronoun = words.map_or("", |token| token.lower.as_str());
        let document = self.lower(at) == "demnach";
        self.followed(cue, content, pronoun).map(|follow| Follow { document, goes_on: true, ..follow })
    }

    /// "« Nous avons le temps**, ajoute-t-elle,** et l'argent. »", "«Los vecinos**, añade,** viven mirando al cielo»": between
    /// the commas of a quotation.
    fn within_their_words(&self) -> Option<Follow> {
        let parts = |at: usize| self.tokens.get(at).is_none_or(|token| token.gap.comma || token.gap.dash);
        let subjectless = matches!(self.lang, Lang::ES | Lang::IT | Lang::PT);
        (1..self.tokens.len()).find_map(|at| {
            if !self.tokens[at].quoted || !parts(at) || self.tokens[at].gap.quote {
                return None;
            }
            let inverted = if self.lang == Lang::FR { self.inverted(at) } else { None };
            let (cue, pronoun) =
                inverted.map(|(cue, at)| (cue, self.lower(at).to_owned())).or_else(|| {
                    let cue = self.matches(at, &self.pack.says).filter(|_| subjectless)?;
                    Some((cue, String::new()))
                })?;
            if !parts(cue.end) || cue.end >= self.tokens.len() {
                return None;
            }
            let (before, behind) = (0..at, cue.end..self.tokens.len());
            let letters = |run: &Run| self.span_of(run).map_or(0, |span| span.len());
            let longer = letters(&behind) > 2 * letters(&before) || before.len() < SHORTEST_CONTENT;
            let number = if pronoun.is_empty() { self.number_of_verb(&cue) } else { (None, None) };
            let content = if longer { behind } else { before };
            let follow = self.followed(cue, content, &pronoun)?;
            Some(if pronoun.is_empty() { agreeing(follow, number) } else { follow })
        })
    }

    /// "…», a-t-elle martelé", "…“, sagte er", "…, добавил он".
    fn with_pronoun_behind(&self) -> Option<Follow> {
        self.unquoted().find_map(|at| {
            let gap = self.tokens[at].gap;
            if at < SHORTEST_CONTENT || !(gap.quote || gap.comma || gap.dash) {
                return None;
            }
            let found = if self.lang == Lang::FR { self.inverted(at) } else { None };
            let (cue, pronoun) = found.or_else(|| {
                let cue = self.matches(at, &self.pack.says).filter(|cue| !self.is_refused(cue))?;
                let next = self.tokens.get(cue.end).filter(|next| !next.gap.parts())?;
                self.pack.pronouns.has(&next.lower).then_some((cue.clone(), cue.end))
            })?;
            self.followed(cue, 0..at, self.lower(pronoun))
        })
    }

    /// A French verb with its pronoun behind: "ajoute-t-il", "a-t-elle ajouté", "dit-il"; and where the pronoun stands.
    fn inverted(&self, at: usize) -> Option<(Run, usize)> {
        let pronoun = at + if self.lower(at + 1) == "t" { 2 } else { 1 };
        if !matches!(self.lower(pronoun), "il" | "elle" | "ils" | "elles") {
            return None;
        }
        if self.pack.says.has(self.lower(at)) {
            return Some((at..pronoun + 1, pronoun));
        }
        let verb = self.compound(at, pronoun + 1)?;
        Some((at..verb + 1, pronoun))
    }

    /// A verb of saying with words of manner within, or in a tense that no list has: "a **formellement** démenti", "a **lui
    /// aussi** avancé", "aveva assicurato".
    pub fn parted_verb(&self, at: usize) -> Option<Run> {
        /// Words between an auxiliary and its participle.
        const MOST: usize = 2;
        const MANNER: [&str; 22] = [
            "aussi",
            "lui",
            "elle",
            "toutefois",
            "cependant",
            "ensuite",
            "déjà",
            "encore",
            "même",
            "ainsi",
            "enfin",
            "pourtant",
            "poi",
            "anche",
            "inoltre",
            "infine",
            "già",
            "invece",
            "también",
            "ya",
            "quindi",
            "però",
        ];
        if self.lang == Lang::EN {
            return None;
        }
        let verb = (0..=MOST).map(|between| at + 1 + between).find(|&verb| {
            self.compound(at, verb).is_some_and(|found| found == verb) && verb < self.tokens.len()
        })?;
        let between = &self.tokens[at + 1..verb];
        let manner =
            |lower: &str| MANNER.contains(&lower) || lower.ends_with("ment") || lower.ends_with("mente");
        let whole = self.tokens[at + 1..=verb].iter().all(|token| !token.gap.parts() && !token.quoted);
        (whole && between.iter().all(|token| manner(&token.lower))).then_some(at..verb + 1)
    }

    /// The participle of a verb of saying whose auxiliary stands at `at`, from `from` on, with a word between at most: "a
    /// **toutefois reconnu**".
    fn compound(&self, at: usize, from: usize) -> Option<usize> {
        let auxiliaries: &[&str] = match self.lower(at) {
            "a" | "avait" | "aurait" => &["a"],
            "ont" | "avaient" => &["ont", "a"],
            "ha" | "aveva" | "había" => &["ha"],
            "hanno" | "avevano" => &["hanno", "ha"],
            "han" | "habían" => &["han", "ha"],
            _ => return None,
        };
        (from..from + 2).find(|&verb| {
            auxiliaries
                .iter()
                .any(|auxiliary| self.pack.says.has(&format!("{auxiliary} {}", self.lower(verb))))
        })
    }

    /// "Il a toutefois reconnu que …", "Sie fügte hinzu, …", "Он добавил, что …", "Ele admitiu, porém, que …".
    fn with_pronoun_before(&self) -> Option<Follow> {
        let at = usize::from(!self.pack.pronouns.has(self.lower(0)) && self.pack.openers.has(self.lower(0)));
        let pronoun =
            self.tokens.get(at).filter(|token| !token.quoted && self.pack.pronouns.has(&token.lower))?;
        let verb = at + 1;
        let cue = self
            .compound(verb, verb + 1)
            .map(|last| verb..last + 1)
            .or_else(|| (verb..verb + 2).find_map(|verb| self.matches(verb, &self.pack.says)))?;
        if cue.clone().any(|at| self.tokens[at].quoted || self.tokens[at].gap.parts())
            || self.is_refused(&cue)
        {
            return None;
        }
        let content = self.behind(&cue)?;
        let pronoun = pronoun.lower.clone();
        self.followed(cue, content, &pronoun)
    }

    /// "Poi ha aggiunto che …", "وأضاف أن …", "«…», ha detto.", "Los agricultores, dijo, «viven mirando al cielo»".
    fn without_subject(&self) -> Option<Follow> {
        if !matches!(self.lang, Lang::ES | Lang::IT | Lang::PT | Lang::AR) {
            return None;
        }
        let opens =
            self.tokens.iter().take(2).take_while(|token| self.pack.openers.has(&token.lower)).count();
        let opening =
            (0..=opens).find_map(|at| self.matches(at, &self.pack.says).filter(|_| !self.tokens[at].quoted));
        if let Some(cue) = opening {
            if self.is_refused(&cue) {
                return None;
            }
            let content = self.behind(&cue)?;
            // Nothing between the verb and what is said but when, where and on what occasion.
            let between = &self.tokens[self.after_adverbs(cue.end).min(content.start)..content.start];
            let occasion = between.first().is_none_or(|token| {
                self.pack.of.has(&token.lower) || self.pack.ends.has(&token.lower) && !self.is_that(cue.end)
            });
            let number = self.number_of_verb(&cue);
            return occasion
                .then(|| self.followed(cue, content, ""))
                .flatten()
                .map(|follow| agreeing(follow, number));
        }
        self.unquoted().find_map(|at| {
            let gap = self.tokens[at].gap;
            let cue = self.matches(at, &self.pack.says)?;
            let end = self.after_adverbs(cue.end);
            let next = self.tokens.get(end);
            let closed = next.is_none_or(|next| {
                next.gap.parts() || self.pack.ends.has(&next.lower) || self.pack.of.has(&next.lower)
            });
            let content = if at >= SHORTEST_CONTENT && gap.quote && self.tokens[at - 1].quoted && closed {
                0..at
            } else if gap.comma && next.is_some_and(|next| next.gap.comma && next.quoted) && at >= 1 {
                end..self.tokens.len()
            } else {
                return None;
            };
            let number = self.number_of_verb(&cue);
            self.followed(cue, content, "").map(|follow| agreeing(follow, number))
        })
    }

    /// "**Er sei zu Hause gewesen** und habe geschlafen.": German goes on in the subjunctive of reported speech, and needs no
    /// verb of saying. Forms that are other ones as well ("gebe ich", "er werde" in a wish) stand behind no "ich" here.
    fn in_subjunctive(&self) -> Option<Follow> {
        /// Words before the verb of a main clause.
        const BEFORE: usize = 6;
        const SUBJUNCTIVE: [&str; 12] = [
            "sei", "seien", "habe", "werde", "könne", "müsse", "solle", "wolle", "dürfe", "gebe", "lasse",
            "stehe",
        ];
        const SUBORDINATE: [&str; 9] = ["dass", "ob", "wenn", "weil", "als", "ich", "es", "gott", "möge"];
        if self.lang != Lang::DE || self.tokens.len() < SHORTEST_CONTENT + 1 {
            return None;
        }
        let verb = (1..self.tokens.len().min(BEFORE + 1))
            .take_while(|&at| !self.tokens[at].gap.parts())
            .find(|&at| SUBJUNCTIVE.contains(&self.lower(at)))?;
        let plain = self.tokens.iter().all(|token| !token.quoted)
            && self.tokens[..verb].iter().all(|token| !SUBORDINATE.contains(&token.lower.as_str()))
            && self.lower(verb + 1) != "ich";
        let follow = plain.then(|| self.followed(verb..verb + 1, 0..self.tokens.len(), "")).flatten();
        follow.map(|follow| Follow { goes_on: true, ..follow })
    }

    /// What is said behind a verb: from a near "that", a colon, a comma or a quotation mark on.
    fn behind(&self, cue: &Run) -> Option<Run> {
        /// Words between the verb and what is said.
        const BETWEEN: usize = 6;
        let most = if self.lang == Lang::AR { THAT_FAR } else { BETWEEN };
        let from = cue.end;
        let end = self.tokens.len();
        if let Some(that) = (from..end.min(from + most)).find(|&at| self.is_that(at)) {
            return Some(that..end);
        }
        let particle = (from..end.min(from + 2)).find(|&at| self.tokens[at].gap.parts());
        let open = particle.filter(|&at| self.tokens[at].quoted || self.lang == Lang::DE)?;
        Some(open..end)
    }

    /// Number and gender of a verb, where its form tells them: "añadieron", "hanno detto", "وأضافت".
    pub fn number_of_verb(&self, cue: &Run) -> (Option<bool>, Option<bool>) {
        let verb = self.lower(cue.start);
        match self.lang {
            Lang::ES => (Some(verb.ends_with('n')), None),
            Lang::IT => (Some(verb.ends_with("no")), None),
            Lang::PT => (Some(verb.ends_with('m')), None),
            Lang::AR => (Some(verb.ends_with("وا")), (!verb.ends_with("وا")).then(|| verb.ends_with('ت'))),
            _ => (None, None),
        }
    }

    /// What a speaker is called by.
    pub fn noun(&self, source: &Run) -> Option<String> {
        let called = |at: &usize| {
            let lower = &self.tokens[*at].lower;
            // "un **haut** responsable", "un **alto** cargo": what kind of one, not what they are.
            let romance = matches!(self.lang, Lang::FR | Lang::ES | Lang::IT | Lang::PT);
            if romance && is_adjective(lower, self.lang) && source.contains(&(*at + 1)) {
                return false;
            }
            let lists = [&self.pack.person, &self.pack.people, &self.pack.spokesperson];
            lists.iter().any(|list| {
                list.has(bare(lower, self.lang)) || self.lang == Lang::DE && is_called(list, lower, self.lang)
            })
        };
        let mut all = source.clone();
        let at = if self.lang == Lang::DE { all.rev().find(called) } else { all.find(called) }?;
        Some(bare(self.lower(at), self.lang).to_owned())
    }

    /// True where a speaker is said to be one who spoke before: "la même source".
    pub fn is_same(&self, source: &Run) -> bool {
        const SAME: [&str; 22] = [
            "نفسه",
            "نفسها",
            "même",
            "mêmes",
            "mismo",
            "misma",
            "mismos",
            "mismas",
            "stesso",
            "stessa",
            "stessi",
            "stesse",
            "mesmo",
            "mesma",
            "mesmos",
            "mesmas",
            "gleiche",
            "gleichen",
            "dieselbe",
            "derselbe",
            "dieselben",
            "selben",
        ];
        self.tokens[source.clone()].iter().any(|token| SAME.contains(&token.lower.as_str()))
    }

    /// True where a speaker was introduced before: "la même source", "el diplomático", "المسؤول".
    pub fn was_introduced(&self, source: &Run) -> bool {
        /// Words of a phrase that only points back, its determiner left out.
        const SHORT: usize = 2;
        const DEFINITE: [&str; 29] = [
            "le", "la", "les", "l", "el", "los", "las", "der", "die", "o", "a", "os", "as", "il", "i", "ce",
            "cet", "cette", "ces", "este", "esta", "ese", "esa", "questo", "questa", "dieser", "diese",
            "этот", "эта",
        ];
        let all = &self.tokens[source.clone()];
        let core = all.iter().skip(1).position(|token| token.gap.parts()).map_or(all.len(), |at| at + 1);
        let definite = match self.lang {
            Lang::AR => all[0].lower.starts_with("ال") && core <= SHORT + 1,
            _ => DEFINITE.contains(&all[0].lower.as_str()) && core <= SHORT,
        };
        self.is_same(source) || definite
    }

    /// True for feminine, false for masculine, where determiner or noun tell.
    fn gender(&self, source: &Run, noun: Option<&str>, kind: SpeakerKind) -> Option<bool> {
        match (self.lang, self.lower(source.start)) {
            (Lang::AR, _) if kind == SpeakerKind::Unnamed => noun.map(|noun| noun.ends_with('ة')),
            (Lang::FR, "la" | "une" | "cette") | (Lang::IT, "la" | "una") => Some(true),
            (Lang::ES, "la" | "una") | (Lang::PT, "a" | "uma") | (Lang::DE, "eine" | "die" | "ihre") => {
                Some(true)
            }
            (Lang::FR, "le" | "un" | "ce") | (Lang::IT, "il" | "lo" | "un" | "uno") => Some(false),
            (Lang::ES, "el" | "un") | (Lang::PT, "o" | "um") | (Lang::DE, "ein" | "der" | "sein") => {
                Some(false)
            }
            _ => None,
        }
    }
}

fn agreeing(follow: Follow, (plural, feminine): (Option<bool>, Option<bool>)) -> Follow {
    Follow { plural, feminine, ..follow }
}
