//! Correcting stories by hand: what was asked is planned, stored, and found by searches from then on.

use std::collections::BTreeSet;

use dateline_model::{ArticleId, Correction, Member, Registry, StoryHead, StoryId, When, heads};
use dateline_store::{Folder, SqliteStore, Store, StoreError};
use dateline_stories::Tie;
use dateline_stories::correct::{Ask, Stories, plan};

use crate::desk::DeskError;
use crate::search;

/// A correction that was made.
#[derive(Debug, Clone, PartialEq)]
pub struct Corrected {
    /// The correction.
    pub correction: Correction,
    /// The heads of the stories it touched, as far as they have articles: the one the articles left, the one they
    /// went to.
    pub heads: Vec<StoryHead>,
    /// Why the search index is behind, if it is. It catches up by itself.
    pub index_behind: Option<String>,
}

/// Makes a correction. It holds for good: for what comes in later, and after a restart.
///
/// Stories are named by the ids they have now; `dateline-desk` resolves what people type with
/// [`Desk::find_by_id`](crate::Desk::find_by_id). Nothing is changed where it is refused.
pub fn correct(folder: &Folder, ask: &Ask) -> Result<Corrected, DeskError> {
    if !folder.exists() {
        return Err(StoreError::Missing(folder.path().to_owned()).into());
    }
    let lock = folder.lock()?;
    let mut store = folder.open_store(&lock)?;
    let (registry, _) = folder.registry()?;
    let correction = made(ask, &mut store, &registry, crate::clock::machine())?;
    let mut heads = Vec::new();
    for story in [correction.from, correction.to] {
        heads.extend(store.story(story)?.map(|story| story.head));
    }
    let index_behind =
        search::catch_up(folder, &lock, &store, &registry).err().map(|error| error.to_string());
    Ok(Corrected { correction, heads, index_behind })
}

/// Puts a story into the one it was found to be, by an entry in the log of corrections. `None` where there is no such
/// story, which is not stored then.
pub fn tie(
    tie: Tie,
    store: &mut SqliteStore,
    registry: &Registry,
    now: When,
) -> Result<Option<Correction>, StoreError> {
    let ask = Ask::Tie { story: tie.from, into: tie.into, probability: tie.probability };
    match made(&ask, store, registry, now) {
        Ok(tied) => Ok(Some(tied)),
        Err(DeskError::Store(error)) => Err(error),
        Err(_) => Ok(None),
    }
}

/// Plans a correction and stores it with the heads of the stories it touches.
fn made(ask: &Ask, store: &mut SqliteStore, registry: &Registry, now: When) -> Result<Correction, DeskError> {
    // An undoing asks what came since; for the rest the number of the newest is enough.
    let from = match ask {
        Ask::Undo(_) => 0,
        _ => store.newest_correction()?.saturating_sub(1),
    };
    let log = store.corrections_after(from)?;
    let stories = in_question(ask, &log, store)?;
    let mut correction = plan(ask, &log, &stories, now, store.newest_seq()?)?;
    correction.versions = store.latest(&correction.moved)?.values().map(|latest| latest.version).sum();
    let head = |story: StoryId, members: &[Member]| -> StoryHead { heads::head(story, members, registry) };
    store.correct(&correction, &head)?;
    Ok(correction)
}

/// The stories that a correction may touch, with the places of their articles.
fn in_question(ask: &Ask, log: &[Correction], store: &SqliteStore) -> Result<Stories, DeskError> {
    let of_article = |article: ArticleId| -> Result<StoryId, DeskError> {
        let (_, membership, _) =
            store.article(article)?.ok_or_else(|| DeskError::NoArticle(article.to_string()))?;
        Ok(membership.story)
    };
    let named: BTreeSet<StoryId> = match ask {
        Ask::Merge { story, into } | Ask::Tie { story, into, .. } => [*story, *into].into(),
        Ask::Split { story, .. } => [*story].into(),
        Ask::Move { article, to } => [of_article(*article)?, *to].into(),
        Ask::Undo(number) => log
            .iter()
            .filter(|correction| correction.number == *number)
            .flat_map(|correction| [correction.from, correction.to])
            .collect(),
    };
    let mut stories = Stories::new();
    for story in named {
        let places = store.memberships(story)?;
        if !places.is_empty() {
            stories.insert(story, places);
        }
    }
    Ok(stories)
}

#[cfg(test)]
mod tests;
