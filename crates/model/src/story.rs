//! Stories: the articles on one event, and how each relates to where its reporting comes from.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::{ArticleId, Genre, Lang, Part, Span, StoryId, StorylineId, When};

/// How an article relates to the origin of its reporting.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Relation {
    /// The outlet's own reporting.
    Own,
    /// A later state of the outlet's (or wire's) own earlier article.
    Update,
    /// Another newsroom's copy, word for word, perhaps cut short or wrapped in boilerplate.
    Verbatim,
    /// Another newsroom's copy with changes of its own.
    Edited,
    /// Own words that rest on another newsroom's reporting: "X reported", "told X".
    Citing,
}

impl Relation {
    /// All relations, in the order Expanded Coverage prints them.
    pub const ALL: [Relation; 5] = [Self::Own, Self::Update, Self::Verbatim, Self::Edited, Self::Citing];

    /// The word used in data and on pages.
    pub fn word(self) -> &'static str {
        match self {
            Self::Own => "own",
            Self::Update => "update",
            Self::Verbatim => "verbatim",
            Self::Edited => "edited",
            Self::Citing => "citing",
        }
    }

    /// What the word means, for people.
    pub fn label(self) -> &'static str {
        match self {
            Self::Own => "own reporting",
            Self::Update => "update",
            Self::Verbatim => "verbatim copy",
            Self::Edited => "edited copy",
            Self::Citing => "citing",
        }
    }

    /// The same with what became of the text on its way: "verbatim copy, cut short".
    pub fn told(self, manner: Option<Manner>) -> String {
        match manner.and_then(Manner::label) {
            Some(manner) => format!("{}, {manner}", self.label()),
            None => self.label().to_owned(),
        }
    }
}

impl fmt::Display for Relation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.word())
    }
}

/// What became of another article's text on its way into this one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Manner {
    /// All of it, and next to nothing else.
    Whole,
    /// A part of it, word for word.
    Truncated,
    /// All of it, with text around it: calls to subscribe, notices, links.
    Wrapped,
    /// Its passages in another order.
    Reordered,
    /// Other words in more than one place of seven.
    Reworded,
    /// Word for word, with as much text of one's own or more.
    Extended,
    /// A run of passages word for word, in an article that is mostly the outlet's own.
    Partial,
    /// The same report in another language.
    Translated,
    /// The text is a press release, or what an office published.
    Release,
}

impl Manner {
    /// All manners, from the most faithful to the least.
    pub const ALL: [Self; 9] = [
        Self::Whole,
        Self::Wrapped,
        Self::Truncated,
        Self::Reordered,
        Self::Extended,
        Self::Reworded,
        Self::Translated,
        Self::Partial,
        Self::Release,
    ];

    /// The word used in data.
    pub fn word(self) -> &'static str {
        match self {
            Self::Whole => "whole",
            Self::Truncated => "truncated",
            Self::Wrapped => "wrapped",
            Self::Reordered => "reordered",
            Self::Reworded => "reworded",
            Self::Extended => "extended",
            Self::Partial => "partial",
            Self::Translated => "translated",
            Self::Release => "release",
        }
    }

    /// What to add to the relation for people; nothing where the relation says it all.
    pub fn label(self) -> Option<&'static str> {
        match self {
            Self::Whole | Self::Reworded => None,
            Self::Truncated => Some("cut short"),
            Self::Wrapped => Some("with text around it"),
            Self::Reordered => Some("in another order"),
            Self::Extended => Some("with text of its own"),
            Self::Partial => Some("with passages of another report"),
            Self::Translated => Some("in another language"),
            Self::Release => Some("of a press release"),
        }
    }
}

/// Why an article has the relation it has: the article it shares text with, or the words that credit the origin.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Kinship {
    /// The article whose text or reporting this one repeats.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub of: Option<ArticleId>,
    /// Share of the shorter text's sampled five-word shingles that the other has, 0 to 1.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub containment: Option<f32>,
    /// The words of this article that credit the origin.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub credit: Option<Evidence>,
    /// What became of the other's text on its way into this one; absent where no text tells.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub manner: Option<Manner>,
}

impl Kinship {
    /// True where text of the article it names makes up this one. A report in another language, a citation or a few passages
    /// of another article do not.
    pub fn is_text(&self, relation: Relation) -> bool {
        match relation {
            Relation::Own | Relation::Citing => false,
            Relation::Update => true,
            Relation::Verbatim | Relation::Edited => self.containment.is_some(),
        }
    }
}

/// A piece of one version's text that shows something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Evidence {
    /// Version of the article.
    pub version: u32,
    /// Where it stands.
    pub part: Part,
    /// The words.
    pub span: Span,
}

/// Why an article is in its story.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Join {
    /// How sure the join was, 0 to 1; 1 for the article that founded the story.
    pub probability: f32,
    /// True for the article that founded the story.
    #[serde(skip_serializing_if = "std::ops::Not::not", default)]
    pub founder: bool,
    /// The rare words shared with the story, as they stand in this article, weightiest first.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub terms: Vec<Evidence>,
    /// The names shared with the story, as they stand in this article, weightiest first.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub names: Vec<Evidence>,
    /// How near the article was to the story in what its headline is about, as a cosine, where that was asked.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub about: Option<f32>,
    /// The next best story, and how likely it was.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub alternative: Option<(StoryId, f32)>,
}

/// An article's place in a story.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Membership {
    /// The article.
    pub article: ArticleId,
    /// Its story.
    pub story: StoryId,
    /// How it relates to the origin of its reporting.
    pub relation: Relation,
    /// The newsroom that obtained the reporting (its domain); `None` where nobody can tell.
    pub origin: Option<String>,
    /// Why it has this relation and origin.
    pub kinship: Kinship,
    /// Why it is in this story.
    pub join: Join,
}

/// An article of a story, as far as lists and counts need it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Member {
    /// The article.
    pub article: ArticleId,
    /// Link.
    pub url: Option<String>,
    /// The id under which the first source delivered it.
    pub external_id: Option<String>,
    /// Domain of its outlet.
    pub outlet: Option<String>,
    /// Headline of its newest version.
    pub title: String,
    /// When it was first reported; `None` where unknown or not believable.
    pub reported: Option<When>,
    /// Language of its newest version.
    pub lang: Lang,
    /// What kind of article it is.
    pub genre: Genre,
    /// How it relates to its origin.
    pub relation: Relation,
    /// Its origin.
    pub origin: Option<String>,
    /// The article it repeats.
    pub of: Option<ArticleId>,
    /// What became of that article's text on its way into this one.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub manner: Option<Manner>,
    /// True where its newest version quotes somebody on the record.
    pub on_record: bool,
    /// How many states of it the outlet published, as far as dateline saw: fuller captures of one state count once.
    pub editions: u32,
    /// Number of its newest version.
    pub version: u32,
}

/// The five numbers of a story. Each is at most the one before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Counts {
    /// Articles.
    pub articles: u32,
    /// Outlets that published them; articles without an outlet count as one together.
    pub outlets: u32,
    /// Publisher families behind the outlets.
    pub families: u32,
    /// Origins known to be independent of one another. A lower bound: "at least N".
    pub origins: u32,
    /// Origins that quote somebody on the record.
    pub on_record: u32,
}

impl Counts {
    /// True where the numbers agree with one another.
    pub fn agree(&self) -> bool {
        self.articles >= self.outlets
            && self.outlets >= self.families
            && self.families >= self.origins
            && self.origins >= self.on_record
            && (self.articles == 0 || self.origins >= 1)
    }
}

/// Something a reader must know about a story at a glance.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StoryFlag {
    /// All coverage rests on one origin.
    SingleOrigin,
    /// Nobody answers for it by name.
    NothingOnRecord,
    /// An article was edited after publication.
    Edited,
    /// A correction belongs to it.
    Corrected,
    /// Covered in several languages.
    Multilingual,
}

impl StoryFlag {
    /// A short label for people.
    pub fn label(self) -> &'static str {
        match self {
            Self::SingleOrigin => "single origin",
            Self::NothingOnRecord => "nothing on record",
            Self::Edited => "edited",
            Self::Corrected => "corrected",
            Self::Multilingual => "multilingual",
        }
    }
}

/// A story as the desk lists it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct StoryHead {
    /// Identity.
    pub story: StoryId,
    /// Headline of its most representative article.
    pub title: String,
    /// Time of its first dated article.
    pub first: Option<When>,
    /// Time of its newest dated article.
    pub last: Option<When>,
    /// The five numbers.
    pub counts: Counts,
    /// Languages of its articles, most frequent first.
    pub langs: Vec<Lang>,
    /// What a reader must know at a glance.
    pub flags: Vec<StoryFlag>,
}

/// A story that continues a storyline: stories that continue each other, over weeks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Continuation {
    /// The story.
    pub story: StoryId,
    /// The storyline.
    pub line: StorylineId,
}

/// A storyline with its stories.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Storyline {
    /// Identity.
    pub line: StorylineId,
    /// Its stories, two at least, in the order of their first dated articles; those without a date come last.
    pub stories: Vec<StoryHead>,
}
