//! Briefs: what is printed, and the evidence for every sentence of it.

use serde::{Deserialize, Serialize};

use crate::{
    ArticleId, Counts, Lang, Manner, Part, Relation, Sha, Span, SpeakerKind, StoryHead, StoryId, Storyline,
    StorylineId, Version, When, Why,
};

/// A passage of one article version that supports a sentence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Citation {
    /// The article.
    pub article: ArticleId,
    /// Its version.
    pub version: u32,
    /// Where in the version the passage stands; the body unless said otherwise.
    #[serde(skip_serializing_if = "is_text", default)]
    pub part: Part,
    /// First byte of the passage.
    pub start: u32,
    /// Byte after the passage.
    pub end: u32,
    /// SHA-256 of the passage.
    pub sha256: Sha,
}

fn is_text(part: &Part) -> bool {
    *part == Part::Text
}

impl Citation {
    /// Cites a passage; `None` where the span does not fit the version.
    pub fn of(version: &Version, part: Part, span: Span) -> Option<Self> {
        let passage = version.slice(part, span)?;
        Some(Self {
            article: version.article,
            version: version.number,
            part,
            start: span.start,
            end: span.end,
            sha256: Sha::of(passage),
        })
    }

    /// The cited range.
    pub fn span(&self) -> Span {
        Span { start: self.start, end: self.end }
    }

    /// The cited passage, if the citation resolves in this version and the hash matches (rule S2).
    pub fn resolve<'v>(&self, version: &'v Version) -> Option<&'v str> {
        if version.article != self.article || version.number != self.version || self.start >= self.end {
            return None;
        }
        version.slice(self.part, self.span()).filter(|passage| Sha::of(passage) == self.sha256)
    }
}

/// What a block of a brief is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BlockKind {
    /// What happened: the extractive summary.
    Situation,
    /// Statements with their speakers.
    WhoSaysWhat,
    /// Denials, and statements that contradict one another, side by side.
    Disputed,
    /// Statements with numbers, side by side, never averaged.
    Numbers,
    /// Edits, corrections and updates at the sources.
    Changes,
    /// What the sources themselves say is not known.
    NotKnown,
    /// Opinion, as the opinion of its author.
    Opinion,
}

impl BlockKind {
    /// The heading people read.
    pub fn heading(self) -> &'static str {
        match self {
            Self::Situation => "Situation",
            Self::WhoSaysWhat => "Who says what",
            Self::Disputed => "Disputed",
            Self::Numbers => "Numbers",
            Self::Changes => "What changed",
            Self::NotKnown => "Not known",
            Self::Opinion => "Opinion",
        }
    }
}

/// How an origin characterises a source it does not name, in its own words (rule A2).
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Described {
    /// "senior"
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub rank: Option<String>,
    /// The side or organisation: "defense".
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub side: Option<String>,
    /// "U.S."
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub country: Option<String>,
    /// "two"; absent for one person.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub number: Option<String>,
    /// How they would know: "briefed on the matter".
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub access: Option<String>,
    /// Why they are not named: "on condition of anonymity to discuss sensitive deployments".
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub reason: Option<String>,
}

impl Described {
    /// All that is told, in reading order.
    pub fn slots(&self) -> impl Iterator<Item = &str> {
        let slots = [&self.rank, &self.side, &self.country, &self.number, &self.access, &self.reason];
        slots.into_iter().filter_map(|slot| slot.as_deref())
    }
}

/// Who answers for a sentence: speaker → outlet that obtained it → outlets that carry it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Voice {
    /// The speaker, as the origin names or describes them; absent where the origin speaks itself.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub speaker: Option<String>,
    /// What kind of speaker.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub kind: Option<SpeakerKind>,
    /// A named speaker's position, where `speaker` does not tell it (rule S8).
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub role: Option<String>,
    /// The reason for anonymity, as the origin gives it.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub anonymity: Option<String>,
    /// How the origin characterises a speaker without a name; absent where it was read in its plain forms only.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub described: Option<Described>,
    /// Domain of the newsroom that obtained it; absent where nobody can tell.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub origin: Option<String>,
    /// Name of that newsroom.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub origin_name: Option<String>,
    /// The newsroom that the passage says it was told to, as printed, where that is another one.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub told: Option<String>,
    /// When it was reported.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub reported: Option<When>,
    /// Domains of the other outlets whose articles carry the same passage.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub carriers: Vec<String>,
}

impl Voice {
    /// True where the only speaker keeps their name back (rule A1).
    pub fn is_anonymous(&self) -> bool {
        self.kind.is_some_and(SpeakerKind::is_withheld)
    }
}

/// One sentence of a brief with its evidence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sentence {
    /// The sentence.
    pub text: String,
    /// Language of the sentence.
    pub lang: Lang,
    /// The passages that support it, the one it is taken from first. Never empty in a printed brief.
    pub citations: Vec<Citation>,
    /// Who answers for it.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub attribution: Option<Voice>,
}

/// A part of a brief.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Block {
    /// What it is for.
    pub kind: BlockKind,
    /// Its sentences.
    pub sentences: Vec<Sentence>,
}

/// An article as Expanded Coverage lists it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CoverageArticle {
    /// The article.
    pub article: ArticleId,
    /// Its number in the brief, from 1; sentences refer to it.
    pub number: u32,
    /// Headline.
    pub title: String,
    /// Link.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub url: Option<String>,
    /// Domain of the outlet.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub outlet: Option<String>,
    /// Name of the outlet.
    pub outlet_name: String,
    /// Country of the outlet's newsroom, where the registry knows it.
    #[serde(skip_serializing_if = "String::is_empty", default)]
    pub country: String,
    /// True where a state owns or directs the outlet (rule S15).
    #[serde(skip_serializing_if = "std::ops::Not::not", default)]
    pub state_controlled: bool,
    /// Language.
    pub lang: Lang,
    /// When it was reported.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub published: Option<When>,
    /// How it relates to the origin.
    pub relation: Relation,
    /// What became of another article's text on its way into this one.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub manner: Option<Manner>,
    /// True where it is the opinion of its author.
    #[serde(skip_serializing_if = "std::ops::Not::not", default)]
    pub opinion: bool,
    /// How many versions of it were published, as far as dateline saw.
    pub versions: u32,
}

/// Articles whose reporting comes from one newsroom.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct OriginGroup {
    /// Domain of the newsroom; absent where nobody can tell.
    pub origin: Option<String>,
    /// Name of the newsroom.
    pub name: String,
    /// True where the registry knows the newsroom, so that its independence can be judged (rule C3).
    pub known: bool,
    /// True where somebody is quoted on the record.
    pub on_record: bool,
    /// The articles: own reporting first, then copies, then citing articles; each by time.
    pub articles: Vec<CoverageArticle>,
}

/// A sentence that a rule kept out of the brief.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Withheld {
    /// The sentence.
    pub text: String,
    /// The rule, such as `S3`.
    pub rule: String,
    /// What exactly is wrong.
    pub reason: String,
}

/// A question of the five W that no article answers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Gap {
    /// `who`, `where`, `when` or `how_many`.
    pub slot: String,
    /// The gap in words.
    pub note: String,
}

/// A story on the same storyline as that of a brief: an earlier or later turn of the affair.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Turn {
    /// The story.
    pub story: StoryId,
    /// Its headline: that of its most representative article.
    pub title: String,
    /// Time of its first dated article.
    pub first: Option<When>,
    /// Time of its newest dated article.
    pub last: Option<When>,
    /// Its five numbers.
    pub counts: Counts,
}

/// The stories that one continues and that continue it, in the order in which they began.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Turns {
    /// The storyline.
    pub line: StorylineId,
    /// Those that began earlier.
    pub before: Vec<Turn>,
    /// Those that began later.
    pub after: Vec<Turn>,
}

/// The turns of a storyline that stand nearest to one of its stories.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NearTurns<'a> {
    /// How many more began before those that are told.
    pub more_before: usize,
    /// Those that began last before it.
    pub before: &'a [Turn],
    /// Those that began first after it.
    pub after: &'a [Turn],
    /// How many more began after those that are told.
    pub more_after: usize,
}

impl Turns {
    /// The nearest turns that are told at a glance, the same on paper and at the prompt.
    pub fn nearest(&self) -> NearTurns<'_> {
        /// Stories on each side.
        const SHOWN: usize = 5;
        let more_before = self.before.len().saturating_sub(SHOWN);
        let shown = self.after.len().min(SHOWN);
        NearTurns {
            more_before,
            before: &self.before[more_before..],
            after: &self.after[..shown],
            more_after: self.after.len() - shown,
        }
    }

    /// The turns of a storyline around one of its stories; `None` where the story is not on it.
    pub fn around(story: StoryId, storyline: &Storyline) -> Option<Self> {
        let turn = |head: &StoryHead| Turn {
            story: head.story,
            title: head.title.clone(),
            first: head.first,
            last: head.last,
            counts: head.counts,
        };
        let here = storyline.stories.iter().position(|head| head.story == story)?;
        let (before, after) = (&storyline.stories[..here], &storyline.stories[here + 1..]);
        Some(Self {
            line: storyline.line,
            before: before.iter().map(turn).collect(),
            after: after.iter().map(turn).collect(),
        })
    }
}

/// The state of what the brief was written from (rule H3).
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Inputs {
    /// Articles with their full text.
    pub full: u32,
    /// Articles of which only a summary was captured.
    pub summary: u32,
    /// Articles of which only the headline was captured.
    pub headline: u32,
    /// Articles without a date.
    pub undated: u32,
}

/// A situation brief of one story.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Brief {
    /// The story.
    pub story: StoryId,
    /// 1 for the first brief of the story, then 2, 3 … whenever its text changes.
    pub version: u32,
    /// Headline: that of the most representative article.
    pub title: String,
    /// The article the headline is taken from.
    pub title_article: ArticleId,
    /// The desk's clock when the brief was written: the newest report in the folder. Not the wall
    /// clock, so that the same folder gives the same bytes.
    pub generated_at: Option<When>,
    /// Time of the newest article used.
    pub as_of: Option<When>,
    /// Time of the first article used.
    pub since: Option<When>,
    /// What wrote the text: "extractive, no model".
    pub engine: String,
    /// The five numbers.
    pub counts: Counts,
    /// What a reader must know before reading on.
    pub banners: Vec<String>,
    /// The parts.
    pub blocks: Vec<Block>,
    /// Questions no article answers.
    pub gaps: Vec<Gap>,
    /// Every article of the story once, grouped by origin.
    pub coverage: Vec<OriginGroup>,
    /// Sentences that a rule kept out.
    pub withheld: Vec<Withheld>,
    /// The state of what it was written from.
    pub inputs: Inputs,
    /// Why these articles: what holds the story together, and the grounds of each article.
    #[serde(default)]
    pub why: Why,
    /// The stories that it continues and that continue it; `None` where it stands alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub storyline: Option<Turns>,
}

impl Brief {
    /// The block of a kind, if the brief has one.
    pub fn block(&self, kind: BlockKind) -> Option<&Block> {
        self.blocks.iter().find(|block| block.kind == kind)
    }

    /// All sentences of all blocks.
    pub fn sentences(&self) -> impl Iterator<Item = &Sentence> {
        self.blocks.iter().flat_map(|block| &block.sentences)
    }

    /// All articles of the Expanded Coverage.
    pub fn articles(&self) -> impl Iterator<Item = &CoverageArticle> {
        self.coverage.iter().flat_map(|group| &group.articles)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Cause, Item};

    fn version(text: &str) -> Version {
        let item = Item { title: "Base".into(), text: text.into(), ..Item::default() };
        Version::of(item, 1, Cause::First, Lang::EN, When::from_seconds(0))
    }

    #[test]
    fn a_citation_resolves_only_in_the_text_it_was_made_from() {
        let original = version("They use a separate hangar.");
        let citation = Citation::of(&original, Part::Text, Span::new(0, 27)).unwrap();
        assert_eq!(citation.resolve(&original), Some("They use a separate hangar."));

        let flipped = Version { text: "They use the same hangar…!".into(), ..original.clone() };
        assert_eq!(citation.resolve(&flipped), None, "another text under the same offsets");
        assert_eq!(citation.resolve(&Version { number: 2, ..original.clone() }), None);
        assert!(Citation::of(&original, Part::Text, Span::new(20, 99)).is_none());
    }

    #[test]
    fn the_interface_others_read_is_stable() {
        let original = version("They use a separate hangar.");
        let citation = Citation::of(&original, Part::Text, Span::new(0, 4)).unwrap();
        let json = serde_json::to_value(&citation).unwrap();
        let fields: Vec<_> = json.as_object().unwrap().keys().map(String::as_str).collect();
        assert_eq!(fields, ["article", "end", "sha256", "start", "version"]);
    }
}
