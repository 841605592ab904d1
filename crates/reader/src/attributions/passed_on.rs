//! What an outlet passes on: "rapporte La Vigie, citant deux sources", "wie der „Bote“ aus Regierungskreisen erfuhr",
//! "نقلت وكالة … عن مصدر قوله إن …".
//!
//! The statement is the source's, and the outlet is who obtained it. Only where both stand in the sentence is it read so:
//! an outlet that cites nobody speaks for itself, and a source cited by nobody known is left to the other shapes.

use dateline_model::{Lang, SpeakerKind};

use super::outlets::{Hint, Newsroom};
use super::sentence::{Run, Sentence};
use super::shapes::{Found, SHORTEST_CONTENT, accept};

/// Words between an outlet and the words by which it cites: "Radio Onde **a rapporté mardi**, citant …".
const APART: usize = 4;
/// Words of the longest phrase for an outlet, its verb included.
const REACH: usize = 12;
/// Words behind a source in which the content opens.
const AHEAD: usize = 10;

impl Sentence<'_> {
    /// The statement of a source that an outlet passes on.
    pub fn passed_on(&self) -> Option<Found> {
        if self.lang == Lang::EN {
            return None;
        }
        (0..self.tokens.len()).filter(|&at| !self.tokens[at].quoted).find_map(|at| {
            self.citing(at)
                .or_else(|| self.learnt(at))
                .or_else(|| self.learnt_by_all(at))
                .or_else(|| self.relayed_in_arabic(at))
                .or_else(|| self.quoting(at))
        })
    }

    /// "…, rapporte l'agence X **citant** S", "X **со ссылкой на** S сообщил, что …", "wie X **unter Berufung auf** S berichtete".
    fn citing(&self, at: usize) -> Option<Found> {
        let cue = CITING.iter().filter_map(|words| self.phrase(at, words)).max_by_key(|cue| cue.end)?;
        let outlet = self.outlet_before(cue.start)?;
        let from = cue.end + usize::from(self.lang == Lang::ES && self.lower_is(cue.end, &["a"]));
        let source = self.source_from(from);
        let speaker = self.speaker(&source)?;
        let content = self.passed_content(&outlet, &source)?;
        let found = accept(source, speaker, cue, content)?;
        Some(Found { via: Some(outlet.name), ..found })
    }

    /// An outlet that cites a source, behind a word: cue, source and what kind of one, outlet.
    pub fn cited_behind(&self, from: usize) -> Option<(Run, Run, SpeakerKind, Run)> {
        (from..self.tokens.len()).find_map(|at| {
            let cue = CITING.iter().filter_map(|words| self.phrase(at, words)).max_by_key(|cue| cue.end)?;
            let outlet = self.outlet_before(cue.start)?;
            let source = self.source_from(cue.end);
            let speaker = self.speaker(&source)?;
            Some((cue, source, speaker, outlet.name))
        })
    }

    /// "…, **apurou** o Expresso junto de S", "…, a appris Radio Onde auprès de S", "Wie X aus S **erfuhr**, …".
    fn learnt(&self, at: usize) -> Option<Found> {
        if self.lang == Lang::DE {
            return self.learnt_in_german(at);
        }
        let cue = LEARNT.iter().filter_map(|words| self.phrase(at, words)).max_by_key(|cue| cue.end)?;
        let outlet = self.newsroom(cue.end, Hint::Citer).or_else(|| self.outlet_before(cue.start))?;
        let near = self.after_adverbs(outlet.phrase.end.max(cue.end));
        let from = FROM.iter().filter_map(|words| self.phrase(near, words)).map(|run| run.end).max()?;
        let source = self.source_from(from);
        let speaker = self.speaker(&source)?;
        let start = cue.start.min(outlet.phrase.start);
        let before = start >= SHORTEST_CONTENT && self.tokens[start].gap.parts();
        let content = if before { 0..self.before_tie(start) } else { self.content_behind(source.end)? };
        let found = accept(source, speaker, cue, content)?;
        Some(Found { via: Some(outlet.name), ..found })
    }

    /// "Wie das „Journal“ **aus** Konzernkreisen **erfuhr**, …", "…, erfuhr Radio Harz aus Polizeikreisen."
    fn learnt_in_german(&self, at: usize) -> Option<Found> {
        const LEARNS: [&str; 4] = ["erfuhr", "erfuhren", "erfahren", "weiß"];
        if !self.lower_is(at, &LEARNS) {
            return None;
        }
        let of = |at: usize| self.lower_is(at, &["aus", "von"]);
        let cue = at..at + 1 + usize::from(self.lower_is(at + 1, &["hat", "haben"]));
        // The verb before them: "erfuhr X aus S".
        if let Some(outlet) = self.newsroom(cue.end, Hint::Anybody).filter(|outlet| of(outlet.phrase.end)) {
            let source = self.source_from(outlet.phrase.end + 1);
            let speaker = self.speaker(&source)?;
            let content = if at >= SHORTEST_CONTENT { 0..at } else { self.content_behind(source.end)? };
            let found = accept(source, speaker, cue, content)?;
            return Some(Found { via: Some(outlet.name), ..found });
        }
        let from = (at.saturating_sub(REACH)..at).rev().find(|&at| of(at))?;
        let outlet = self.outlet_before(from).filter(|outlet| outlet.phrase.end == from)?;
        let source = from + 1..at;
        let speaker = self.speaker(&source)?;
        let tie = outlet.phrase.start.checked_sub(1).filter(|&at| self.lower_is(at, &["wie"]))?;
        let content = if tie >= SHORTEST_CONTENT { 0..tie } else { cue.end..self.tokens.len() };
        let found = accept(source, speaker, cue, content)?;
        Some(Found { via: Some(outlet.name), ..found })
    }

    /// "…, **a-t-on appris auprès d'**une source policière": a French newsroom speaks of itself as of everybody.
    fn learnt_by_all(&self, at: usize) -> Option<Found> {
        const LEARNT_BY_ALL: [&[&str]; 3] =
            [&["a", "t", "on", "appris"], &["apprend", "t", "on"], &["a", "on", "appris"]];
        let cue = LEARNT_BY_ALL.iter().find_map(|words| self.phrase(at, words))?;
        let near = self.after_adverbs(cue.end);
        let from = FROM.iter().filter_map(|words| self.phrase(near, words)).map(|run| run.end).max()?;
        let source = self.source_from(from);
        let content = 0..at;
        accept(source.clone(), self.speaker_or_source(&source)?, cue, content)
    }

    /// "**نقلت** وكالة X **عن** S **قوله إن** …", "وذكرت صحيفة X نقلا عن S أن …", "…، بحسب ما نقلت X عن S".
    fn relayed_in_arabic(&self, at: usize) -> Option<Found> {
        const RELAYS: [&str; 12] = [
            "نقلت",
            "ونقلت",
            "نقل",
            "ونقل",
            "ذكرت",
            "وذكرت",
            "أفادت",
            "وأفادت",
            "أوردت",
            "وأوردت",
            "كشفت",
            "وكشفت",
        ];
        const HIS_WORDS: [&str; 7] = ["قوله", "قولها", "قولهم", "قولهما", "تأكيده", "تأكيدها", "تأكيدهم"];
        if self.lang != Lang::AR || !self.lower_is(at, &RELAYS) {
            return None;
        }
        let outlet = self.newsroom(at + 1, Hint::Anybody)?;
        let plain = self.lower_is(at, &RELAYS[..4]);
        let from = (outlet.phrase.end..self.tokens.len().min(outlet.phrase.end + APART))
            .find(|&of| self.lower_is(of, &["عن"]) && (plain || self.lower_is(of - 1, &["نقلا", "نقلًا"])))?;
        let most = self.tokens.len().min(from + 1 + super::speaker::LONGEST);
        let words = (from + 1..most).find(|&at| self.lower_is(at, &HIS_WORDS));
        let source = from + 1..words.unwrap_or_else(|| self.speaker_end(from + 1));
        let speaker = self.speaker(&source)?;
        let before = self.before_tie(at);
        let content = if at >= SHORTEST_CONTENT && self.tokens[before].gap.parts() {
            0..before
        } else {
            let that = (source.end..self.tokens.len().min(source.end + AHEAD)).find(|&at| self.is_that(at));
            that.or(words.map(|at| at + 1))?..self.tokens.len()
        };
        let found = accept(source, speaker, at..at + 1, content)?;
        Some(Found { via: Some(outlet.name), ..found })
    }

    /// "„…“, **zitierte** die Agentur Nordlicht **den Beamten**."
    fn quoting(&self, at: usize) -> Option<Found> {
        if self.lang != Lang::DE
            || !self.lower_is(at, &["zitiert", "zitierte"])
            || !self.tokens[at].gap.parts()
        {
            return None;
        }
        let outlet = self.newsroom(at + 1, Hint::Anybody);
        // "die Agentur": which one, an earlier sentence says.
        let behind = match &outlet {
            Some(outlet) => outlet.phrase.end,
            None if self.tokens.get(at + 2).is_some_and(|token| self.is_newsroom_noun(token)) => at + 3,
            None => return None,
        };
        let source = self.source_from(behind);
        let found = accept(source.clone(), self.speaker(&source)?, at..at + 1, 0..at)?;
        Some(Found { via: outlet.map(|outlet| outlet.name), ..found })
    }

    /// Of an outlet's report of what somebody said, that: "« … », a reconnu le général, **rapporte l'agence X**". The readings
    /// are those of the sentence.
    pub fn relayed(&self, found: &mut Vec<Found>) {
        if self.lang == Lang::EN || found.len() < 2 {
            return;
        }
        let outer = found.iter().position(|outer| {
            let outlet = self.newsroom(outer.source.start, Hint::Anybody);
            outlet.is_some_and(|outlet| outlet.phrase.start == outer.source.start)
                && outer.content.end <= outer.source.start.min(outer.cue.start)
                && found.iter().all(|inner| inner.cue == outer.cue || inner.cue.end <= outer.content.end)
        });
        let Some(outer) = outer.map(|at| found.remove(at)) else { return };
        let via = self.newsroom(outer.source.start, Hint::Anybody).map(|outlet| outlet.name);
        for inner in found.iter_mut() {
            inner.content.end = inner.content.end.min(self.before_tie(outer.content.end));
            inner.via.clone_from(&via);
        }
        found.retain(|inner| inner.content.len() >= SHORTEST_CONTENT);
    }

    /// Words in a row, of one phrase.
    pub fn phrase(&self, at: usize, words: &[&str]) -> Option<Run> {
        let stands = words.iter().enumerate().all(|(index, word)| {
            self.lower_is(at + index, &[word]) && (index == 0 || !self.tokens[at + index].gap.parts())
        });
        stands.then_some(at..at + words.len())
    }

    /// "de **source policière**": French sets no article there.
    pub fn speaker_or_source(&self, run: &Run) -> Option<SpeakerKind> {
        let source = self.lang == Lang::FR && self.lower_is(run.start, &["source"]) && run.len() >= 2;
        if source { Some(SpeakerKind::Unnamed) } else { self.speaker(run) }
    }

    fn source_from(&self, from: usize) -> Run {
        let end = self.speaker_end(from);
        from..if self.lang == Lang::DE { self.german_phrase(from, end) } else { end }
    }

    /// The outlet whose phrase ends shortly before a word.
    fn outlet_before(&self, before: usize) -> Option<Newsroom> {
        let fits = |newsroom: &Newsroom| {
            newsroom.phrase.end <= before
                && before - newsroom.phrase.end <= APART
                && !newsroom.name.clone().any(|at| self.pack.office.has(&self.tokens[at].lower))
        };
        let begins = |at: usize| {
            at == 0
                || at <= 2 && !self.pack.according.opening(&self.tokens[0].lower).is_empty()
                || !self.tokens[at - 1].shape.is_capitalised()
                || self.tokens[at].gap.parts()
                || self.tokens[at].named
                || self.lang == Lang::DE && !self.tokens[at].shape.is_capitalised()
        };
        let opener = |at: usize| {
            let lower = &self.tokens[at].lower;
            self.pack.openers.has(lower) || self.pack.between_words.has(lower) || self.pack.ties.has(lower)
        };
        (before.saturating_sub(REACH)..before)
            .filter(|&at| begins(at) && (!opener(at) || self.is_german_article(at)))
            .find_map(|at| self.newsroom(at, Hint::Citer).filter(fits))
    }

    /// "**das** „Harz-Journal“": the article of a name, which opens clauses as well.
    fn is_german_article(&self, at: usize) -> bool {
        self.lang == Lang::DE && self.lower_is(at, &["das"])
    }

    /// Before the verb or the preposition that an outlet stands behind, and the word that ties it.
    fn before_outlet(&self, outlet: usize) -> usize {
        let ends_there = |cue: &Run| cue.end == outlet || self.after_adverbs(cue.end) == outlet;
        let verb = (outlet.saturating_sub(APART)..outlet).find(|&at| {
            [&self.pack.says, &self.pack.according]
                .iter()
                .any(|list| self.matches(at, list).is_some_and(|cue| ends_there(&cue)))
        });
        self.before_tie(verb.unwrap_or(outlet))
    }

    pub fn before_tie(&self, at: usize) -> usize {
        const TIES: [&str; 8] = ["بحسب", "وفق", "وفقا", "حسب", "حسبما", "كما", "ما", "لما"];
        let tied = |at: usize| self.pack.ties.has(&self.tokens[at].lower) || self.lower_is(at, &TIES);
        let mut start = at;
        while start > 0 && !self.tokens[start].gap.parts() && tied(start - 1) {
            start -= 1;
        }
        start
    }

    /// What was said where an outlet cites a source: before the outlet's clause, or behind the source.
    fn passed_content(&self, outlet: &Newsroom, source: &Run) -> Option<Run> {
        let start = self.before_outlet(outlet.phrase.start);
        if start >= SHORTEST_CONTENT && self.tokens[start].gap.parts() {
            return Some(0..start);
        }
        if start > 1 || self.points_before().is_some() {
            return None;
        }
        self.content_behind(self.after_clause(source.end))
    }

    /// From a near "that", the "о" behind a Russian verb of saying, or a comma on.
    fn content_behind(&self, from: usize) -> Option<Run> {
        let end = self.tokens.len();
        let most = end.min(from + AHEAD);
        if let Some(that) = (from..most).find(|&at| self.is_that(at)) {
            return Some(that..end);
        }
        let about = (from..most.min(end.saturating_sub(1))).find(|&at| {
            self.lang == Lang::RU
                && self.matches(at, &self.pack.says).is_some()
                && self.lower_is(at + 1, &["о", "об", "про"])
        });
        if let Some(verb) = about {
            return Some(verb + 2..end);
        }
        let comma = (from..most).find(|&at| self.tokens[at].gap.comma && !self.tokens[at].quoted)?;
        Some(comma..end)
    }
}

/// Words by which an outlet cites.
const CITING: [&[&str]; 18] = [
    &["en", "citant"],
    &["citant"],
    &["qui", "cite"],
    &["qui", "citait"],
    &["citando"],
    &["citando", "a"],
    &["que", "cita", "a"],
    &["que", "cita"],
    &["che", "cita"],
    &["unter", "berufung", "auf"],
    &["unter", "verweis", "auf"],
    &["mit", "verweis", "auf"],
    &["со", "ссылкой", "на"],
    &["ссылаясь", "на"],
    &["сославшись", "на"],
    &["نقلا", "عن"],
    &["نقلًا", "عن"],
    &["qui", "citent"],
];

/// Verbs by which an outlet says that it found something out.
const LEARNT: [&[&str]; 15] = [
    &["apurou"],
    &["soube"],
    &["a", "appris"],
    &["apprend"],
    &["supo"],
    &["ha", "sabido"],
    &["ha", "podido", "saber"],
    &["pudo", "saber"],
    &["apprende"],
    &["ha", "appreso"],
    &["узнал"],
    &["узнала"],
    &["узнало"],
    &["علمت"],
    &["stando", "a", "quanto", "apprende"],
];

/// What stands between such a verb and who told.
const FROM: [&[&str]; 27] = [
    &["junto", "de"],
    &["junto", "do"],
    &["junto", "da"],
    &["junto", "a"],
    &["de"],
    &["d"],
    &["du"],
    &["des"],
    &["por"],
    &["através", "de"],
    &["a", "través", "de"],
    &["auprès", "de"],
    &["auprès", "du"],
    &["auprès", "des"],
    &["auprès", "d"],
    &["da"],
    &["dalla"],
    &["dal"],
    &["dai"],
    &["dagli"],
    &["dalle"],
    &["из"],
    &["от"],
    &["у"],
    &["من"],
    &["junto", "dos"],
    &["junto", "das"],
];
