//! Names in Arabic, which has no capitals to tell them by: what stands behind a title, behind the last word with the
//! article, or behind "called".

use dateline_model::{Lang, Span, SpeakerKind};

use super::callings::TITLES;
use super::proper::GIVEN_NAMES;
use super::sentence::{Run, Sentence, Token};
use super::shapes::{Found, THAT_FAR, accept};

impl Sentence<'_> {
    /// "مدير المستشفى، **الدكتور** عاطف": what stands behind the comma is a name with its title. Arabic has no capitals to
    /// tell a name by.
    pub fn is_titled(&self, apposition: &[Token]) -> bool {
        let titled = |token: &Token| token.gap.comma && TITLES.contains(&token.lower.as_str());
        self.lang == Lang::AR && apposition.len() > 1 && apposition.first().is_some_and(titled)
    }

    pub fn is_titled_behind(&self, run: &Run) -> bool {
        self.called_behind(run).is_some() || self.is_titled(self.tokens.get(run.end..).unwrap_or_default())
    }

    /// Where "called" stands behind what a person is: "سائق يعمل على خط المطار، **يدعى** رمضان".
    fn called_behind(&self, run: &Run) -> Option<usize> {
        /// Words between the two.
        const AHEAD: usize = 10;
        const CALLED: [&str; 3] = ["يدعى", "تدعى", "ويدعى"];
        let most = self.tokens.len().min(run.end + AHEAD);
        (run.end..most).find(|&at| self.lang == Lang::AR && self.lower_is(at, &CALLED))
    }

    /// A source with the name that it is called by, which ends at the next mark: "سائق يعمل على خط المطار، يدعى **رمضان الصغير**،".
    pub fn with_name_called(&self, source: Span, found: &Found) -> Span {
        /// Words of a name.
        const NAME: usize = 4;
        let name = self.called_behind(&found.source).filter(|_| found.speaker == SpeakerKind::Named);
        let Some(name) = name.map(|called| called + 1) else { return source };
        let most = self.tokens.len().min(name + NAME);
        let end =
            (name + 1..most).find(|&at| self.tokens[at].gap.parts() || self.is_that(at)).unwrap_or(most);
        let before_content = end <= found.content.start || found.content.end <= found.source.start;
        match self.span_of(&(name..end)) {
            Some(called) if before_content => Span { end: called.end, ..source },
            _ => source,
        }
    }

    /// "المتحدث باسم الجيش **العقيد** حسن", "صياد **يدعى** سالم": a title or "called" before the name.
    fn is_titled_within(&self, core: &[Token]) -> bool {
        const CALLED: [&str; 4] = ["يدعى", "تدعى", "اسمه", "اسمها"];
        let before = core.iter().position(|token| {
            TITLES.contains(&token.lower.as_str()) || CALLED.contains(&token.lower.as_str())
        });
        self.lang == Lang::AR
            && before.is_some_and(|at| {
                at > 0 && core.get(at + 1).is_some_and(|name| !self.is_known_in_arabic(name))
            })
    }

    /// "المتحدث باسم المطار**، عبد الباسط قرقوم،** أن …": the words of a name between two commas.
    pub fn arabic_name_behind(&self, behind: &[Token]) -> usize {
        let end = behind.iter().skip(1).position(|token| token.gap.parts()).map_or(behind.len(), |at| at + 1);
        let closed = behind.get(end).is_none_or(|token| token.gap.comma || token.gap.stop);
        if closed && self.is_arabic_name(&behind[..end]) { end } else { 0 }
    }

    /// True for two to four words that can be a name: none that a list knows, and none with a joined preposition.
    pub fn is_arabic_name(&self, words: &[Token]) -> bool {
        (2..=4).contains(&words.len())
            && self.lang == Lang::AR
            && words.iter().skip(1).all(|token| !token.gap.parts())
            && words.iter().all(|token| {
                !self.is_known_in_arabic(token)
                    && !self.pack.that.has(&token.lower)
                    && !self.pack.says.has(&token.lower)
                    && !self.pack.document.has(&token.lower)
                    && !token.quoted
            })
            && !words[0].lower.starts_with(['ل', 'ب', 'و', 'ف', 'ي', 'ت'])
    }

    /// "وتعهد رئيس البلدية**، في حديث لإذاعة المرفأ،** بإعادة فتح السوق": behind an aside that follows the speaker, where what
    /// is said has its preposition joined.
    pub fn behind_arabic_aside(&self, end: usize) -> Option<usize> {
        /// Words of an aside.
        const MOST: usize = 9;
        let opens = self.tokens.get(end).is_some_and(|next| next.gap.comma)
            && self.lower_is(end, &["في", "خلال", "على", "عبر"]);
        let close = (end + 1..self.tokens.len().min(end + MOST)).find(|&at| self.tokens[at].gap.comma)?;
        (opens && self.tokens[close].lower.starts_with('ب')).then_some(close)
    }

    /// "**أما** محامي العائلة، حسن الربيعي، **فقال** إن …": as for somebody, they say.
    pub fn as_for(&self, at: usize) -> Option<Found> {
        const AS_FOR: [&str; 2] = ["أما", "وأما"];
        let verb = self.tokens[at].lower.strip_prefix('ف')?;
        if self.lang != Lang::AR || at < 2 || !self.lower_is(0, &AS_FOR) || !self.pack.says.has(verb) {
            return None;
        }
        let source = 1..at;
        // Between the commas behind what a person is stands a name.
        let name = self.tokens[source.clone()].iter().position(|token| token.gap.comma);
        let named = name.is_some_and(|name| self.is_arabic_name(&self.tokens[1 + name..at]));
        let kind = self.speaker(&source)?;
        let personal = matches!(kind, SpeakerKind::Unnamed | SpeakerKind::Office) && named;
        let kind = if personal { SpeakerKind::Named } else { kind };
        let most = self.tokens.len().min(at + THAT_FAR);
        let content = (at + 1..most).find(|&at| self.is_that(at) || self.tokens[at].quoted)?;
        accept(source, kind, at..at + 1, content..self.tokens.len())
    }

    /// Where a given name stands that something follows: "وزيرة الصحة **ليلى** البحري".
    pub fn given_name(&self, core: &[Token]) -> Option<usize> {
        let last = core.len().checked_sub(1)?;
        let follows = |at: usize| at < last && !self.is_known_in_arabic(&core[at + 1]);
        core.iter().enumerate().position(|(at, token)| {
            self.lang == Lang::AR && GIVEN_NAMES.contains(&token.lower.as_str()) && follows(at)
        })
    }

    /// "قالت **ليلى البحري**": a given name and one or two more words, with nothing before.
    pub fn is_bare_arabic_name(&self, core: &[Token]) -> bool {
        (2..=4).contains(&core.len())
            && self.given_name(core) == Some(0)
            && core.iter().skip(1).all(|token| !self.is_known_in_arabic(token) && !token.gap.parts())
    }

    /// "وزير الخارجية", "الوزير": the noun or the noun it belongs to has the article.
    pub fn is_definite_in_arabic(&self, core: &[Token]) -> bool {
        let construct = core.iter().take(4).take_while(|token| !self.pack.of.has(&token.lower));
        construct.into_iter().any(|token| token.lower.starts_with("ال"))
    }

    /// "وزير الخارجية المصري **سامح العدوي**", "رئيس بلدية المرسى **فؤاد حنا**": behind what a person is and the last word that
    /// has the article stand two or more that have none. That is a name: Arabic has no capitals to tell it by.
    pub fn is_named_in_arabic(&self, core: &[Token]) -> bool {
        if self.is_titled_within(core) || self.given_name(core).is_some_and(|at| at > 0) {
            return true;
        }
        // "الناجي **جمال أبو وافي**", "وزير المالية **حسن الربيعي**": a name may have the article in it.
        let definite = |token: &&Token| token.lower.starts_with("ال");
        let Some((first, rest)) = core.split_first() else { return false };
        let words = rest.iter().take_while(definite).count();
        let behind = &rest[words..];
        let names = |token: &Token| !self.is_known_in_arabic(token);
        if self.lang == Lang::AR
            && (words > 0 || first.lower.starts_with("ال"))
            && (1..=4).contains(&behind.len())
            && behind.iter().all(names)
            && !behind[0].lower.starts_with(['ل', 'ب', 'و'])
        {
            return true;
        }
        let name = self.behind_articles(core);
        // Present verbs open with these letters: "طبيب في المدينة **يعمل** هناك".
        let verb = name.first().is_some_and(|token| token.lower.starts_with(['ي', 'ت']));
        (2..=4).contains(&name.len()) && !verb
    }

    /// What stands behind the last word that has the article, where it can be a name.
    pub fn behind_articles<'t>(&self, core: &'t [Token]) -> &'t [Token] {
        let Some(last) = core.iter().rposition(|token| token.lower.starts_with("ال")) else { return &[] };
        let behind = &core[last + 1..];
        let known =
            |token: &Token| self.is_known_in_arabic(token) || token.lower.starts_with(['ل', 'ب', 'و']);
        if self.lang != Lang::AR || behind.iter().any(known) { &[] } else { behind }
    }

    /// True for words that are no part of a name.
    pub fn is_known_in_arabic(&self, token: &Token) -> bool {
        const ADJECTIVES: [&str; 16] = [
            "مطلع",
            "مطلعة",
            "مقرب",
            "مقربة",
            "قريب",
            "قريبة",
            "كبير",
            "كبيرة",
            "رفيع",
            "رفيعة",
            "سابق",
            "سابقة",
            "بارز",
            "مشارك",
            "آخر",
            "أخرى",
        ];
        let pack = self.pack;
        let lists =
            [&pack.of, &pack.ends, &pack.verbs, &pack.office, &pack.openers, &pack.person, &pack.people];
        // "المصدر نفسه", "نفى المسؤول علمه": whose it is stands at the end of a noun, not of a name.
        let owned =
            (token.lower.ends_with('ه') || token.lower.ends_with("ها")) && token.lower.chars().count() > 3;
        // "شرطة المدينة": the lists have some nouns with the article only.
        let definite = pack.office.has(&format!("ال{}", token.lower));
        owned
            || definite
            || lists.iter().any(|list| list.has(&token.lower))
            || ADJECTIVES.contains(&token.lower.as_str())
    }
}
