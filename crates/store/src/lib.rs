//! Where everything lives: one folder.
//!
//! SQLite holds the facts: articles with their immutable versions, the stories and each article's
//! place in them. One writer adds them in batches, each a transaction that is on disk before it is
//! acknowledged; any number of readers look on. [Tantivy](search) holds an inverted index of the
//! texts; it is derived, knows up to which version it has come, and catches up by itself. Whoever
//! is above this room speaks in articles and stories, never in SQL.

mod error;
mod folder;
mod records;
pub mod search;
mod sqlite;

use std::collections::HashMap;

use dateline_model::{
    Article, ArticleId, Continuation, Correction, Lang, Membership, StoryHead, StoryId, Storyline,
    StorylineId, Version,
};

pub use error::{Result, StoreError};
pub use folder::{Folder, Lock};
pub use records::{
    Arrived, Backlog, Batch, DeepReading, Entry, HeadFilter, HeadOf, Latest, Read, Revised, Stored,
    StoredStory, Subscribed, Totals,
};
pub use sqlite::SqliteStore;

/// What a store can do, in domain terms and in batches.
///
/// SQLite is one store; a database server can stand beside it and is held to the same tests.
pub trait Store {
    /// What is known of each of these articles; those that are not known are left out.
    fn latest(&self, articles: &[ArticleId]) -> Result<HashMap<ArticleId, Latest>>;

    /// Stores a batch: all of it, on disk, or nothing. The heads of all stories it touches are made anew
    /// by `head`, in the same transaction, so that they never count other articles than there are.
    ///
    /// Returns the numbers of the versions stored, in the order of the batch's entries.
    fn write(&mut self, batch: &Batch, head: HeadOf<'_>) -> Result<Vec<i64>>;

    /// Story heads, newest first.
    fn heads(&self, filter: &HeadFilter) -> Result<Vec<StoryHead>>;

    /// A story with its members, in order of arrival; `None` where there is none.
    fn story(&self, story: StoryId) -> Result<Option<StoredStory>>;

    /// The headlines of these stories; those that are not there are left out.
    fn headlines(&self, stories: &[StoryId]) -> Result<HashMap<StoryId, String>>;

    /// The members of each of these stories, for counting.
    fn members(&self, stories: &[StoryId]) -> Result<HashMap<StoryId, Vec<dateline_model::Member>>>;

    /// The places of a story's articles, with the reasons, in order of arrival.
    fn memberships(&self, story: StoryId) -> Result<Vec<Membership>>;

    /// An article with its place and all its versions, oldest first; `None` where there is none.
    fn article(&self, article: ArticleId) -> Result<Option<(Article, Membership, Vec<Version>)>>;

    /// All versions of each of these articles, oldest first.
    fn versions(&self, articles: &[ArticleId]) -> Result<HashMap<ArticleId, Vec<Version>>>;

    /// Articles whose id starts with these characters, at most `limit`.
    fn articles_like(&self, prefix: &str, limit: usize) -> Result<Vec<ArticleId>>;

    /// Stories whose id starts with these characters, at most `limit`. The id of a story that ended by a correction
    /// stands for the one it leads to.
    fn stories_like(&self, prefix: &str, limit: usize) -> Result<Vec<StoryId>>;

    /// Stories that ended by a correction and whose id starts with these characters, at most `limit`, each with the
    /// story it leads to.
    fn ended_like(&self, prefix: &str, limit: usize) -> Result<Vec<(StoryId, StoryId)>>;

    /// The story that an id stands for: itself while it has articles, else the one it leads to; `None` where there
    /// never was one.
    fn living(&self, story: StoryId) -> Result<Option<StoryId>>;

    /// All that is known of what these stories continue, and of what continues them; stories that have ended among
    /// them.
    fn continuations(&self, stories: &[StoryId]) -> Result<Vec<Continuation>>;

    /// The storyline of a story with all its stories; `None` where it stands alone.
    fn storyline(&self, story: StoryId) -> Result<Option<Storyline>>;

    /// The storyline of each of these stories and how many stories it has; those that stand alone are left out.
    fn storylines(&self, stories: &[StoryId]) -> Result<HashMap<StoryId, (StorylineId, u32)>>;

    /// Makes a correction, which must be the next of the log: the articles it moves go where they belong, a story
    /// that is left without any ends, and the heads of both stories are made anew by `head`. All of it, on disk, or
    /// nothing. A story that stood alone takes over the storyline of one that went into it.
    fn correct(&mut self, correction: &Correction, head: HeadOf<'_>) -> Result<()>;

    /// The corrections with a higher number than this one, oldest first, also those that were undone.
    fn corrections_after(&self, number: u32) -> Result<Vec<Correction>>;

    /// All corrections, as [`Store::corrections_after`].
    fn corrections(&self) -> Result<Vec<Correction>> {
        self.corrections_after(0)
    }

    /// The corrections by which a story lost or gained articles, oldest first: all that ever put one of its articles
    /// there, with their undoings.
    fn corrections_of(&self, story: StoryId) -> Result<Vec<Correction>>;

    /// The number of the newest correction; 0 where there is none.
    fn newest_correction(&self) -> Result<u32>;

    /// The versions of these articles up to number `until` among all, in the order they were stored.
    fn texts(&self, articles: &[ArticleId], until: i64) -> Result<Vec<Stored>>;

    /// Versions stored after `seq`, in order, at most `limit`: how derived data catches up.
    fn after(&self, seq: i64, limit: usize) -> Result<Vec<Stored>>;

    /// The number of the newest version among all; 0 where there is none.
    fn newest_seq(&self) -> Result<i64>;

    /// Articles stored, in the order of arrival: how many there are.
    fn arrivals(&self) -> Result<u64>;

    /// The newest believable time any article was reported; `None` where none is dated.
    fn newest_report(&self) -> Result<Option<dateline_model::When>>;

    /// What is in the folder.
    fn totals(&self) -> Result<Totals>;

    /// Stores deep readings of versions that are there: all of them, on disk, or none. A reading takes the place
    /// of an earlier one of the same version.
    fn save_readings(&mut self, readings: &[(ArticleId, DeepReading)]) -> Result<()>;

    /// The deep readings of these articles' versions, oldest version first, by whichever reader; articles without
    /// any are left out. What is damaged is left out too: it can be read again.
    fn readings(&self, articles: &[ArticleId]) -> Result<HashMap<ArticleId, Vec<DeepReading>>>;

    /// Articles in these languages whose newest version this reader has not read, at most `limit`: those of
    /// stories with the newest day of activity first, and of these the largest stories.
    fn unread(&self, reader: &str, langs: &[Lang], limit: usize) -> Result<Vec<ArticleId>>;

    /// How far this reader has come in these languages.
    fn backlog(&self, reader: &str, langs: &[Lang]) -> Result<Backlog>;

    /// Articles of which a reading was stored after the `mark`-th, with the mark of each, in order, at most
    /// `limit`: how derived data learns of readings.
    fn read_after(&self, mark: i64, limit: usize) -> Result<Vec<(i64, ArticleId)>>;

    /// The mark of the newest reading; 0 where there is none.
    fn newest_mark(&self) -> Result<i64>;

    /// Everything that is wrong with what is stored; empty where all is well.
    fn examine(&self) -> Result<Vec<String>>;

    /// Feeds somebody subscribes to.
    fn subscriptions(&self) -> Result<Vec<Subscribed>>;
}
