//! Asides: words between a speaker and their verb, speakers that stand between commas, and "on" who says it for an office.

use dateline_model::{Lang, SpeakerKind};

use super::forms::is_called;
use super::sentence::{Run, Sentence, Token};
use super::shapes::{Found, SHORTEST_CONTENT, accept};

impl Sentence<'_> {
    /// Where a subject ends that an aside parts from its verb: "L'opposition**, elle,** dénonce …", "El gobernador**, en
    /// cambio,** habló de …".
    pub fn before_aside(&self, from: usize, verb: usize) -> Option<usize> {
        /// Words of the longest aside.
        const MOST: usize = 3;
        if self.lang == Lang::EN || !self.tokens.get(verb)?.gap.comma {
            return None;
        }
        let open = (verb.saturating_sub(MOST).max(from + 1)..verb).find(|&at| self.tokens[at].gap.comma)?;
        let aside = self.tokens[open..verb].iter().map(|token| token.lower.as_str());
        ASIDES.iter().any(|words| aside.clone().eq(words.iter().copied())).then_some(open)
    }

    /// "**Pour l'historienne Domingas Tê,** la date reste « un miroir »", "Para el sindicato, la oferta es «una burla»": for
    /// whom something is so, where their words are quoted for it. Without a quotation it may be done for them.
    pub fn in_their_eyes(&self, at: usize) -> Option<Found> {
        const FOR: [&str; 4] = ["pour", "para", "per", "für"];
        if at != 0 || !self.lower_is(0, &FOR) {
            return None;
        }
        let end = self.speaker_end(1);
        let source = 1..end;
        let comma = self.after_clause(end);
        // "Pour Me Julie Arnal**, avocate de la famille,** « … »"
        let close = (comma + 1..self.tokens.len().min(comma + 7)).find(|&at| self.tokens[at].gap.parts());
        let apposed = close.filter(|&close| {
            self.tokens[close].gap.comma
                && !self.tokens[comma..close].iter().any(|token| token.quoted)
                && self.pack.person.has(&self.tokens[comma].lower)
        });
        let comma = apposed.unwrap_or(comma);
        let content = comma..self.tokens.len();
        let quoted = self.tokens[content.clone()].iter().any(|token| token.quoted);
        let closed = self.tokens.get(comma).is_some_and(|next| next.gap.comma) || self.lang == Lang::DE;
        let says = content.clone().any(|at| self.matches(at, &self.pack.says).is_some());
        if !quoted || !closed || says {
            return None;
        }
        let speaker = self.speaker(&source).filter(|kind| *kind != SpeakerKind::Document)?;
        accept(source, speaker, 0..1, content)
    }

    /// "**Il sindaco:** «Chiuderemo il ponte»", "**مسؤول فلسطيني:** لا تقدم في المحادثات": a headline has a colon for the verb.
    /// Only where all behind it is quoted; Arabic headlines set no marks.
    pub fn before_colon(&self) -> Option<Found> {
        /// Words of a headline.
        const HEADLINE: usize = 18;
        if self.lang == Lang::EN {
            return None;
        }
        let from = usize::from(self.lower_is(0, &["عاجل"]));
        let colon = (from + 1..self.tokens.len().min(from + 9)).find(|&at| self.tokens[at].gap.parts())?;
        let gap = self
            .text
            .get(self.tokens[colon - 1].span.end as usize..self.tokens[colon].span.start as usize)?;
        let quoted = self.tokens[colon..].iter().all(|token| token.quoted) && self.tokens[colon].gap.quote;
        let headline = self.lang == Lang::AR && self.tokens.len() <= HEADLINE;
        if !gap.contains(':') || !(quoted || headline) {
            return None;
        }
        let source = from..colon;
        let speaker = self.speaker(&source)?;
        // "Тренер остался доволен: «…»": words that name nobody say something else.
        let pack = self.pack;
        let lists =
            [&pack.determiners, &pack.person, &pack.people, &pack.office, &pack.of, &pack.spokesperson];
        let names = |token: &Token| {
            token.shape.is_capitalised() || lists.iter().any(|list| is_called(list, &token.lower, self.lang))
        };
        let tight = self.lang == Lang::AR || self.tokens[source.clone()].iter().all(names);
        if matches!(speaker, SpeakerKind::Document | SpeakerKind::Poll) || !tight {
            return None;
        }
        accept(source, speaker, colon..colon, colon..self.tokens.len())
    }

    /// "…, assure-t-on **au ministère**", "…, indique-t-on **de source policière**": French lets "on" speak for an office.
    pub fn said_by_all(&self, at: usize) -> Option<Found> {
        let on = at + 1 + usize::from(self.lower_is(at + 1, &["t"]));
        if self.lang != Lang::FR || !self.lower_is(on, &["on"]) || at < SHORTEST_CONTENT {
            return None;
        }
        // "a-t-on indiqué"
        let participle =
            self.tokens.get(on + 1).map(|token| format!("{} {}", self.tokens[at].lower, token.lower));
        let verb = if self.pack.says.has(&self.tokens[at].lower) {
            on
        } else if participle.is_some_and(|verb| self.pack.says.has(&verb)) {
            on + 1
        } else {
            return None;
        };
        let near = self.after_adverbs(verb + 1);
        let prepositions =
            usize::from(self.lower_is(near, &["à", "au", "aux", "de", "chez", "dans", "auprès"]));
        let from = near + prepositions + usize::from(self.lower_is(near, &["auprès"]));
        let source = from..self.speaker_end(from);
        let speaker = self.speaker_or_source(&source).filter(|_| prepositions > 0)?;
        accept(source, speaker, at..verb + 1, 0..at)
    }

    /// The side of a phrase in the middle of a clause on which more is said: "**Der Fahrer war** laut Polizei **betrunken
    /// und hatte keinen Führerschein**". German and Russian set no comma there.
    pub fn longer_side(&self, cue: &Run, behind: usize) -> Run {
        let (before, after) = (0..cue.start, behind..self.tokens.len());
        let parted =
            self.tokens[cue.start].gap.parts() || self.tokens.get(behind).is_none_or(|next| next.gap.parts());
        let letters = |run: &Run| self.span_of(run).map_or(0, |span| span.len());
        let longer = after.len() >= SHORTEST_CONTENT && letters(&after) > letters(&before);
        // "El detenido, según la policía, actuó solo toda la noche": too little stands before.
        if before.len() < SHORTEST_CONTENT && after.len() >= SHORTEST_CONTENT && self.lang != Lang::EN {
            return after;
        }
        if matches!(self.lang, Lang::DE | Lang::RU) && !parted && longer { after } else { before }
    }
}

/// What stands between a subject and its verb, commas around it.
const ASIDES: [&[&str]; 33] = [
    &["elle"],
    &["lui"],
    &["eux"],
    &["elles"],
    &["quant", "à", "lui"],
    &["quant", "à", "elle"],
    &["quant", "à", "eux"],
    &["de", "son", "côté"],
    &["pour", "sa", "part"],
    &["pour", "leur", "part"],
    &["en", "revanche"],
    &["au", "contraire"],
    &["toutefois"],
    &["cependant"],
    &["en", "cambio"],
    &["por", "su", "parte"],
    &["a", "su", "vez"],
    &["sin", "embargo"],
    &["por", "sua", "vez"],
    &["por", "seu", "lado"],
    &["por", "seu", "turno"],
    &["porém"],
    &["no", "entanto"],
    &["em", "contrapartida"],
    &["invece"],
    &["dal", "canto", "suo"],
    &["da", "parte", "sua"],
    &["però"],
    &["tuttavia"],
    &["в", "свою", "очередь"],
    &["однако"],
    &["напротив"],
    &["со", "своей", "стороны"],
];
