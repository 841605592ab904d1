//! Storylines: which story continues which, and the stories of one.
//!
//! Only what continues has a row; a story without one is on a storyline of its own, which others may continue.

use std::collections::{BTreeSet, HashMap};

use dateline_model::{Continuation, StoryHead, StoryId, Storyline, StorylineId};
use rusqlite::{OptionalExtension, Transaction, params};

use super::SqliteStore;
use super::read::{CHUNK, blobs, places};
use super::rows::{from_json, story_id};
use crate::error::Result;

impl SqliteStore {
    /// False for a database of a layout before there were storylines, which is looked at only.
    fn keeps_storylines(&self) -> Result<bool> {
        let sql = "SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'continuation'";
        let found = self.connection.query_row(sql, [], |_| Ok(())).optional().map_err(self.at())?;
        Ok(found.is_some())
    }

    pub(super) fn continuations_of(&self, stories: &[StoryId]) -> Result<Vec<Continuation>> {
        let mut all = BTreeSet::new();
        for chunk in stories.chunks(CHUNK) {
            for column in ["story", "line"] {
                let sql = format!(
                    "SELECT story, line FROM continuation WHERE {column} IN ({})",
                    places(chunk.len())
                );
                all.extend(self.rows(&sql, &blobs(chunk.iter().map(|id| id.0)), |row| {
                    let line = StorylineId::started_by(story_id(row, 1)?);
                    Ok(Continuation { story: story_id(row, 0)?, line })
                })?);
            }
        }
        Ok(all.into_iter().collect())
    }

    pub(super) fn storyline_of(&self, story: StoryId) -> Result<Option<Storyline>> {
        if !self.keeps_storylines()? {
            return Ok(None);
        }
        let sql =
            "WITH asked(line) AS (SELECT coalesce((SELECT line FROM continuation WHERE story = ?1), ?1))
             SELECT a.line, s.head FROM asked a JOIN story s
                 ON s.id = a.line OR s.id IN (SELECT c.story FROM continuation c WHERE c.line = a.line)
             ORDER BY s.first IS NULL, s.first, s.seq";
        let rows = self.rows(sql, &blobs([story.0].into_iter()), |row| {
            Ok((story_id(row, 0)?, from_json::<StoryHead>(row, 1)?))
        })?;
        let Some(line) = rows.first().map(|(first, _)| StorylineId::started_by(*first)) else {
            return Ok(None);
        };
        let stories: Vec<StoryHead> = rows.into_iter().map(|(_, head)| head).collect();
        Ok((stories.len() > 1).then_some(Storyline { line, stories }))
    }

    pub(super) fn count_storylines(
        &self,
        stories: &[StoryId],
    ) -> Result<HashMap<StoryId, (StorylineId, u32)>> {
        let mut all = HashMap::new();
        if !self.keeps_storylines()? {
            return Ok(all);
        }
        for chunk in stories.chunks(CHUNK) {
            let sql = format!(
                "WITH asked(id, line) AS
                     (SELECT s.id, coalesce(c.line, s.id) FROM story s LEFT JOIN continuation c ON c.story = s.id
                      WHERE s.id IN ({}))
                 SELECT a.id, a.line,
                        (SELECT count(*) FROM continuation c JOIN story s ON s.id = c.story WHERE c.line = a.line)
                        + (SELECT count(*) FROM story s WHERE s.id = a.line)
                 FROM asked a",
                places(chunk.len())
            );
            let rows = self.rows(&sql, &blobs(chunk.iter().map(|id| id.0)), |row| {
                let line = StorylineId::started_by(story_id(row, 1)?);
                Ok((story_id(row, 0)?, (line, row.get::<_, u32>(2)?)))
            })?;
            all.extend(rows.into_iter().filter(|(_, (_, count))| *count > 1));
        }
        Ok(all)
    }
}

/// Notes that a story continues a storyline.
pub(super) fn write_continuation(
    transaction: &Transaction<'_>,
    continuation: Continuation,
) -> rusqlite::Result<()> {
    transaction
        .prepare_cached(
            "INSERT INTO continuation (story, line) VALUES (?1, ?2) ON CONFLICT (story) DO NOTHING",
        )?
        .execute(params![continuation.story.0, continuation.line.0])?;
    Ok(())
}

/// Gives a story that stands alone the storyline of one that goes into it, if that has one. The stream does the same.
pub(super) fn take_over(transaction: &Transaction<'_>, from: StoryId, into: StoryId) -> rusqlite::Result<()> {
    transaction
        .prepare_cached(
            "INSERT INTO continuation (story, line)
             SELECT ?2, coalesce((SELECT line FROM continuation WHERE story = ?1), ?1)
             WHERE NOT EXISTS (SELECT 1 FROM continuation WHERE story = ?2 OR line = ?2)
                   AND EXISTS (SELECT 1 FROM continuation WHERE story = ?1 OR line = ?1)",
        )?
        .execute(params![from.0, into.0])?;
    Ok(())
}
