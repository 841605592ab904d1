//! Corrections by hand: a log with the articles that each concerns, and the ids of stories that ended by one.

use std::collections::HashMap;

use dateline_model::{ArticleId, Correction, CorrectionKind, StoryId, When};
use rusqlite::types::Value as SqlValue;
use rusqlite::{OptionalExtension, Transaction, named_params, params};
use serde::{Deserialize, Serialize};

use super::SqliteStore;
use super::read::{CHUNK, blobs, places};
use super::rows::{
    ARTICLE, MEMBERSHIP, VERSION, article, article_id, from_json, from_word, json, membership, story_id,
    version,
};
use super::storylines::take_over;
use super::write::{article_seq, story_seq, write_head};
use crate::Store;
use crate::error::{Result, StoreError, database};
use crate::records::{HeadOf, Stored};

/// What a correction has beside the columns that are looked up.
#[derive(Serialize, Deserialize)]
struct Facts {
    versions: u32,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    probability: Option<f32>,
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    loosened: Vec<(ArticleId, ArticleId)>,
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    tied: Vec<(ArticleId, ArticleId)>,
}

/// The parts that articles have in a correction, as they stand in the database.
const MOVED: &str = "moved";
const LEFT: &str = "left";
const JOINED: &str = "joined";

/// Which corrections are asked for.
pub(super) enum Which {
    /// Those by which a story lost or gained articles.
    Of(StoryId),
    /// Those with a higher number.
    After(u32),
}

impl SqliteStore {
    /// False for a database of a layout before there were corrections, which is looked at only.
    pub(super) fn keeps_corrections(&self) -> Result<bool> {
        let sql = "SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'correction'";
        let found = self.connection.query_row(sql, [], |_| Ok(())).optional().map_err(self.at())?;
        Ok(found.is_some())
    }

    pub(super) fn make_correction(&mut self, correction: &Correction, head: HeadOf<'_>) -> Result<()> {
        if self.packer.is_none() {
            return Err(StoreError::Damaged {
                path: self.path.clone(),
                what: "opened for reading only, and asked to write".into(),
            });
        }
        let at = database(&self.path);
        // Dropped without a commit, a transaction is rolled back.
        let transaction = self.connection.unchecked_transaction().map_err(&at)?;
        write_correction(&transaction, correction).map_err(&at)?;
        regroup(&transaction, correction).map_err(&at)?;
        let stories = [correction.from, correction.to];
        let members = self.members(&stories)?;
        for story in stories {
            // A story without articles ended by this.
            if let Some(members) = members.get(&story) {
                write_head(&transaction, &head(story, members)).map_err(&at)?;
            }
        }
        transaction.commit().map_err(&at)
    }

    /// The corrections that are asked for, oldest first.
    pub(super) fn made_corrections(&self, which: Which) -> Result<Vec<Correction>> {
        if !self.keeps_corrections()? {
            return Ok(Vec::new());
        }
        let (which, values) = match which {
            Which::Of(story) => ("c.source = ?1 OR c.target = ?1", blobs([story.0].into_iter())),
            Which::After(number) => ("c.number > ?1", vec![SqlValue::Integer(i64::from(number))]),
        };
        let sql = format!(
            "SELECT number, kind, undoes, at, after, source, target, facts FROM correction c
             WHERE {which} ORDER BY number"
        );
        let mut all = self.rows(&sql, &values, |row| {
            let undoes: Option<u32> = row.get(2)?;
            let kind = match undoes {
                Some(of) => CorrectionKind::Undo(of),
                None => from_word(row, 1)?,
            };
            let facts: Facts = from_json(row, 7)?;
            Ok(Correction {
                number: row.get(0)?,
                kind,
                at: from_word::<When>(row, 3)?,
                after: row.get(4)?,
                from: story_id(row, 5)?,
                to: story_id(row, 6)?,
                moved: Vec::new(),
                versions: facts.versions,
                left: Vec::new(),
                joined: Vec::new(),
                probability: facts.probability,
                loosened: facts.loosened,
                tied: facts.tied,
            })
        })?;
        let places: HashMap<u32, usize> =
            all.iter().enumerate().map(|(place, correction)| (correction.number, place)).collect();
        let sql = format!(
            "SELECT c.number, a.id, d.part FROM correction c JOIN corrected d ON d.correction = c.number
             JOIN article a ON a.seq = d.article WHERE {which} ORDER BY c.number, d.article"
        );
        let rows =
            self.rows(&sql, &values, |row| Ok((row.get(0)?, article_id(row, 1)?, row.get::<_, String>(2)?)))?;
        for (number, article, part) in rows {
            if let Some(correction) = places.get(&number).and_then(|place| all.get_mut(*place)) {
                match part.as_str() {
                    MOVED => correction.moved.push(article),
                    LEFT => correction.left.push(article),
                    _ => correction.joined.push(article),
                }
            }
        }
        Ok(all)
    }

    pub(super) fn last_correction(&self) -> Result<u32> {
        if !self.keeps_corrections()? {
            return Ok(0);
        }
        let sql = "SELECT coalesce(max(number), 0) FROM correction";
        self.connection.query_row(sql, [], |row| row.get(0)).map_err(self.at())
    }

    pub(super) fn leads_to(&self, story: StoryId) -> Result<Option<StoryId>> {
        let line = if self.keeps_corrections()? {
            "WITH RECURSIVE line(id) AS
                 (SELECT ?1 UNION SELECT f.leads_to FROM successor f JOIN line ON f.id = line.id)"
        } else {
            "WITH line(id) AS (SELECT ?1)"
        };
        // Stories that have ended are no longer among the stories, so one of the line is found at most.
        let sql = format!("{line} SELECT s.id FROM line JOIN story s ON s.id = line.id");
        Ok(self.rows(&sql, &blobs([story.0].into_iter()), |row| story_id(row, 0))?.pop())
    }

    pub(super) fn ended_with(&self, prefix: &str, limit: usize) -> Result<Vec<(StoryId, StoryId)>> {
        if !self.keeps_corrections()? {
            return Ok(Vec::new());
        }
        let ended: Vec<StoryId> =
            self.like("successor", prefix, limit, |row| Ok(story_id(row, 0)?.to_string()))?;
        let mut led = Vec::new();
        for story in ended {
            led.extend(self.leads_to(story)?.map(|to| (story, to)));
        }
        Ok(led)
    }

    pub(super) fn texts_until(&self, articles: &[ArticleId], until: i64) -> Result<Vec<Stored>> {
        let mut all = Vec::new();
        for chunk in articles.chunks(CHUNK) {
            let sql = format!(
                "SELECT v.seq, b.dictionary, b.length, b.data, {ARTICLE}, {VERSION}, {MEMBERSHIP} FROM article a
                 JOIN version v ON v.article = a.seq JOIN body b ON b.version = v.seq
                 JOIN member m ON m.article = a.seq JOIN story s ON s.seq = m.story
                 WHERE a.id IN ({}) AND v.seq <= ?",
                places(chunk.len())
            );
            let mut values = blobs(chunk.iter().map(|id| id.0));
            values.push(SqlValue::Integer(until));
            all.extend(self.rows(&sql, &values, |row| {
                let article = article(row, 4)?;
                let text = self.text(row, 1)?;
                let version = version(row, 8, article.id, text)?;
                let membership = membership(row, 16, article.id)?;
                Ok(Stored { seq: row.get(0)?, article, version, membership })
            })?);
        }
        all.sort_by_key(|stored| stored.seq);
        Ok(all)
    }

    /// What is wrong with corrections: articles that are not where the last one put them, ids that lead nowhere.
    pub(super) fn miscorrected(&self) -> Result<Vec<String>> {
        if !self.keeps_corrections()? {
            return Ok(Vec::new());
        }
        let faults = [
            (
                "articles are not where the last correction put them",
                "SELECT count(*) FROM
                     (SELECT article, max(correction) AS last FROM corrected WHERE part = 'moved' GROUP BY article) l
                 JOIN correction c ON c.number = l.last
                 JOIN member m ON m.article = l.article JOIN story s ON s.seq = m.story
                 WHERE s.id <> c.target",
            ),
            (
                "stories ended by a correction and have articles",
                "SELECT count(*) FROM successor f JOIN story s ON s.id = f.id",
            ),
            (
                "ids of ended stories lead nowhere",
                "SELECT count(*) FROM successor f
                 WHERE NOT EXISTS (SELECT 1 FROM story s WHERE s.id = f.leads_to)
                       AND NOT EXISTS (SELECT 1 FROM successor n WHERE n.id = f.leads_to)",
            ),
        ];
        let mut wrong = Vec::new();
        for (what, sql) in faults {
            let count: i64 = self.connection.query_row(sql, [], |row| row.get(0)).map_err(self.at())?;
            if count > 0 {
                wrong.push(format!("{count} {what}"));
            }
        }
        Ok(wrong)
    }
}

fn write_correction(transaction: &Transaction<'_>, correction: &Correction) -> rusqlite::Result<()> {
    let (kind, undoes) = correction.kind.word();
    let facts = Facts {
        versions: correction.versions,
        probability: correction.probability,
        loosened: correction.loosened.clone(),
        tied: correction.tied.clone(),
    };
    transaction
        .prepare_cached(
            "INSERT INTO correction (number, kind, undoes, at, after, source, target, facts)
             VALUES (:number, :kind, :undoes, :at, :after, :source, :target, :facts)",
        )?
        .execute(named_params! {
            ":number": correction.number,
            ":kind": kind,
            ":undoes": undoes,
            ":at": correction.at.to_string(),
            ":after": correction.after,
            ":source": correction.from.0,
            ":target": correction.to.0,
            ":facts": json(&facts),
        })?;
    for (part, articles) in
        [(MOVED, &correction.moved), (LEFT, &correction.left), (JOINED, &correction.joined)]
    {
        for article in articles {
            transaction
                .prepare_cached("INSERT INTO corrected (correction, article, part) VALUES (?1, ?2, ?3)")?
                .execute(params![correction.number, article_seq(transaction, *article)?, part])?;
        }
    }
    Ok(())
}

/// Puts the articles where they belong, and sees to what their stories are called.
fn regroup(transaction: &Transaction<'_>, correction: &Correction) -> rusqlite::Result<()> {
    let to = story_seq(transaction, correction.to)?;
    for article in &correction.moved {
        transaction
            .prepare_cached(
                "UPDATE member SET story = ?2 WHERE article = (SELECT seq FROM article WHERE id = ?1)",
            )?
            .execute(params![article.0, to])?;
    }
    for (article, _) in &correction.loosened {
        transaction
            .prepare_cached(
                "UPDATE member SET repeats = NULL, kinship = json_remove(kinship, '$.of')
                 WHERE article = (SELECT seq FROM article WHERE id = ?1)",
            )?
            .execute([article.0])?;
    }
    for (article, of) in &correction.tied {
        transaction
            .prepare_cached(
                "UPDATE member SET repeats = ?2, kinship = json_set(kinship, '$.of', ?3)
                 WHERE article = (SELECT seq FROM article WHERE id = ?1)",
            )?
            .execute(params![article.0, of.0, of.to_string()])?;
    }
    transaction.execute("DELETE FROM successor WHERE id = ?1", [correction.to.0])?;
    if correction.left.is_empty() {
        take_over(transaction, correction.from, correction.to)?;
        transaction.execute("DELETE FROM story WHERE id = ?1", [correction.from.0])?;
        let ended = params![correction.from.0, correction.to.0];
        transaction.execute("INSERT INTO successor (id, leads_to) VALUES (?1, ?2)", ended)?;
    }
    Ok(())
}
