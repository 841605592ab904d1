//! What goes into the store and what comes out, in domain terms.

use dateline_model::{
    Article, ArticleId, Attribution, Continuation, Extent, Kinship, Lang, Member, Membership, Relation,
    StoryHead, StoryId, Version, When,
};

/// What the store knows of an article that came in again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Latest {
    /// Number of its newest version.
    pub version: u32,
    /// How much of the article that version holds.
    pub extent: Extent,
    /// Fingerprints of what matters in title and text of all its versions, oldest first.
    pub materials: Vec<i64>,
    /// Ids under which sources delivered it.
    pub external_ids: Vec<String>,
}

/// A version with what was found in it.
#[derive(Debug, Clone, PartialEq)]
pub struct Read {
    /// The version.
    pub version: Version,
    /// Fingerprint of what matters in its title and text.
    pub material: i64,
    /// True where it quotes somebody on the record.
    pub on_record: bool,
}

/// An article that is new.
#[derive(Debug, Clone, PartialEq)]
pub struct Arrived {
    /// The article.
    pub article: Article,
    /// Its first version.
    pub read: Read,
    /// Its place in a story.
    pub membership: Membership,
}

/// A relation that a later arrival corrected.
#[derive(Debug, Clone, PartialEq)]
pub struct Revised {
    /// The article.
    pub article: ArticleId,
    /// Its relation now.
    pub relation: Relation,
    /// Its origin now.
    pub origin: Option<String>,
    /// Why.
    pub kinship: Kinship,
}

/// A feed somebody subscribes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subscribed {
    /// URL of the feed.
    pub feed: String,
    /// URL of the site.
    pub site: Option<String>,
    /// Name in the list it came from.
    pub title: Option<String>,
    /// Folders it stands in, outermost first.
    pub folders: Vec<String>,
}

/// A version to store.
#[derive(Debug, Clone, PartialEq)]
pub enum Entry {
    /// A new article.
    Arrived(Box<Arrived>),
    /// A new version of a known article.
    Changed(Box<Read>),
}

impl Entry {
    /// The version.
    pub fn version(&self) -> &Version {
        match self {
            Self::Arrived(arrived) => &arrived.read.version,
            Self::Changed(read) => &read.version,
        }
    }
}

/// What one transaction stores: all of it or nothing.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Batch {
    /// New articles and versions, in the order they were decided on.
    pub entries: Vec<Entry>,
    /// Further ids of known articles.
    pub also_called: Vec<(ArticleId, String)>,
    /// Corrected relations, later ones over earlier ones.
    pub revised: Vec<Revised>,
    /// Feeds somebody subscribes to.
    pub subscribed: Vec<Subscribed>,
    /// Stories that turned out to continue a storyline.
    pub continued: Vec<Continuation>,
}

impl Batch {
    /// True where there is nothing to store.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// Which stories to list.
#[derive(Debug, Clone, Default)]
pub struct HeadFilter {
    /// Stories with an article at or after this time.
    pub since: Option<When>,
    /// Stories with an article in this language.
    pub lang: Option<Lang>,
    /// Stories at most.
    pub limit: Option<usize>,
}

/// A stored version with its place, for whoever goes through all of them.
#[derive(Debug, Clone, PartialEq)]
pub struct Stored {
    /// Number of the version among all versions, in the order they were stored.
    pub seq: i64,
    /// The article.
    pub article: Article,
    /// The version.
    pub version: Version,
    /// The article's place in a story.
    pub membership: Membership,
}

/// A story with its members, in order of arrival.
#[derive(Debug, Clone, PartialEq)]
pub struct StoredStory {
    /// The head.
    pub head: StoryHead,
    /// The members.
    pub members: Vec<Member>,
}

/// A deep reading of a version: derived from its text, and dear enough to be kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeepReading {
    /// Number of the version that was read.
    pub version: u32,
    /// Who read it: other rules, weights or outlet names make another reader.
    pub reader: String,
    /// Who says what in it, in the order of the text.
    pub said: Vec<Attribution>,
}

/// How far deep reading has come: the newest version of each article in the languages that are read deeply.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Backlog {
    /// Versions that this reader has read.
    pub read: u64,
    /// Versions that wait for it.
    pub waiting: u64,
}

/// What is in a folder.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Totals {
    /// Articles.
    pub articles: u64,
    /// Versions.
    pub versions: u64,
    /// Stories.
    pub stories: u64,
    /// Subscriptions.
    pub subscriptions: u64,
    /// Bytes of text, as read.
    pub text_bytes: u64,
    /// Bytes of text, as stored.
    pub stored_bytes: u64,
}

/// How the head of a story follows from its members, in order of arrival.
pub type HeadOf<'a> = &'a dyn Fn(StoryId, &[Member]) -> StoryHead;
