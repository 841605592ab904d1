//! Deep readings: kept beside the versions they were made from, each as compressed JSON.

use std::collections::HashMap;

use dateline_model::{ArticleId, Attribution, DAY, Lang};
use rusqlite::types::Value as SqlValue;
use rusqlite::{OptionalExtension, Row, params};

use super::SqliteStore;
use super::read::{CHUNK, blobs, places};
use super::rows::{article_id, json};
use crate::error::{Result, StoreError, database};
use crate::records::{Backlog, DeepReading, Stored};

/// Compression level: JSON of spans shrinks to a sixth at any level.
const LEVEL: i32 = 3;
/// No reading is larger: what claims to be is damaged.
const LARGEST: i64 = 64 << 20;

/// The newest versions of the articles in some languages, `?` for each, with the reading by reader `?` if any.
const NEWEST: &str = "
    FROM version v
    LEFT JOIN reading r ON r.version = v.seq AND r.reader = ?
    JOIN article a ON a.seq = v.article
    JOIN member m ON m.article = v.article
    JOIN story s ON s.seq = m.story
    WHERE v.number = (SELECT max(n.number) FROM version n WHERE n.article = v.article) AND v.lang IN ";

/// What stands in a row of the readings.
struct Kept {
    article: ArticleId,
    version: u32,
    reader: String,
    /// `None` where it is damaged.
    said: Option<Vec<Attribution>>,
}

fn unpack(length: i64, data: &[u8]) -> Option<Vec<Attribution>> {
    let length = usize::try_from(length).ok().filter(|_| length <= LARGEST)?;
    let bytes = zstd::bulk::decompress(data, length).ok()?;
    serde_json::from_slice(&bytes).ok()
}

fn kept(row: &Row<'_>) -> rusqlite::Result<Kept> {
    Ok(Kept {
        article: article_id(row, 0)?,
        version: row.get(1)?,
        reader: row.get(2)?,
        said: unpack(row.get(3)?, row.get_ref(4)?.as_blob()?),
    })
}

fn asked(reader: &str, langs: &[Lang]) -> Vec<SqlValue> {
    let langs = langs.iter().map(|lang| SqlValue::Text(lang.code().to_owned()));
    std::iter::once(SqlValue::Text(reader.to_owned())).chain(langs).collect()
}

impl SqliteStore {
    /// False for a database of the layout before readings were kept, which is looked at only.
    fn keeps_readings(&self) -> Result<bool> {
        let sql = "SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'reading'";
        let found = self.connection.query_row(sql, [], |_| Ok(())).optional().map_err(self.at())?;
        Ok(found.is_some())
    }

    pub(super) fn keep_readings(&mut self, readings: &[(ArticleId, DeepReading)]) -> Result<()> {
        if self.packer.is_none() {
            return Err(StoreError::Damaged {
                path: self.path.clone(),
                what: "opened for reading only, and asked to write".into(),
            });
        }
        let at = database(&self.path);
        let write = || {
            // Dropped without a commit, a transaction is rolled back.
            let transaction = self.connection.unchecked_transaction()?;
            for (article, reading) in readings {
                let version: i64 = transaction
                    .prepare_cached(
                        "SELECT v.seq FROM version v JOIN article a ON a.seq = v.article
                         WHERE a.id = ?1 AND v.number = ?2",
                    )?
                    .query_row(params![article.0, reading.version], |row| row.get(0))?;
                let said = json(&reading.said);
                let data = zstd::bulk::compress(said.as_bytes(), LEVEL)
                    .map_err(|error| rusqlite::Error::ToSqlConversionFailure(error.into()))?;
                transaction
                    .prepare_cached(
                        "INSERT INTO reading (mark, version, reader, length, said)
                         VALUES ((SELECT coalesce(max(mark), 0) + 1 FROM reading), ?1, ?2, ?3, ?4)
                         ON CONFLICT (version) DO UPDATE
                         SET mark = excluded.mark, reader = excluded.reader, length = excluded.length,
                             said = excluded.said",
                    )?
                    .execute(params![version, reading.reader, said.len() as i64, data])?;
            }
            transaction.commit()
        };
        write().map_err(at)
    }

    fn kept(&self, articles: &[ArticleId]) -> Result<Vec<Kept>> {
        let mut all = Vec::new();
        if articles.is_empty() || !self.keeps_readings()? {
            return Ok(all);
        }
        for chunk in articles.chunks(CHUNK) {
            let sql = format!(
                "SELECT a.id, v.number, r.reader, r.length, r.said FROM article a
                 JOIN version v ON v.article = a.seq JOIN reading r ON r.version = v.seq
                 WHERE a.id IN ({}) ORDER BY a.seq, v.number",
                places(chunk.len())
            );
            all.extend(self.rows(&sql, &blobs(chunk.iter().map(|id| id.0)), kept)?);
        }
        Ok(all)
    }

    pub(super) fn kept_readings(
        &self,
        articles: &[ArticleId],
    ) -> Result<HashMap<ArticleId, Vec<DeepReading>>> {
        let mut all: HashMap<ArticleId, Vec<DeepReading>> = HashMap::new();
        for Kept { article, version, reader, said } in self.kept(articles)? {
            if let Some(said) = said {
                all.entry(article).or_default().push(DeepReading { version, reader, said });
            }
        }
        Ok(all)
    }

    pub(super) fn not_read(&self, reader: &str, langs: &[Lang], limit: usize) -> Result<Vec<ArticleId>> {
        if !self.keeps_readings()? {
            return Ok(Vec::new());
        }
        let sql = format!(
            "SELECT a.id {NEWEST} ({}) AND r.mark IS NULL
             ORDER BY s.last IS NULL, s.last / {DAY} DESC,
                      (SELECT count(*) FROM member o WHERE o.story = s.seq) DESC, s.last DESC, s.seq, a.seq
             LIMIT ?",
            places(langs.len())
        );
        let mut values = asked(reader, langs);
        values.push(SqlValue::Integer(limit as i64));
        self.rows(&sql, &values, |row| article_id(row, 0))
    }

    pub(super) fn count_read(&self, reader: &str, langs: &[Lang]) -> Result<Backlog> {
        let count = |row: &Row<'_>, column| row.get::<_, i64>(column).map(|n| n as u64);
        let (sql, values) = if self.keeps_readings()? {
            let sql =
                format!("SELECT count(r.mark), count(*) - count(r.mark) {NEWEST} ({})", places(langs.len()));
            (sql, asked(reader, langs))
        } else {
            let sql = format!(
                "SELECT 0, count(DISTINCT article) FROM version v
                 WHERE number = (SELECT max(n.number) FROM version n WHERE n.article = v.article)
                       AND lang IN ({})",
                places(langs.len())
            );
            (sql, asked(reader, langs).split_off(1))
        };
        let counted =
            self.rows(&sql, &values, |row| Ok(Backlog { read: count(row, 0)?, waiting: count(row, 1)? }))?;
        Ok(counted.into_iter().next().unwrap_or_default())
    }

    pub(super) fn marked_after(&self, mark: i64, limit: usize) -> Result<Vec<(i64, ArticleId)>> {
        if !self.keeps_readings()? {
            return Ok(Vec::new());
        }
        let sql = "SELECT r.mark, a.id FROM reading r JOIN version v ON v.seq = r.version
                   JOIN article a ON a.seq = v.article WHERE r.mark > ? ORDER BY r.mark LIMIT ?";
        let values = [SqlValue::Integer(mark), SqlValue::Integer(limit as i64)];
        self.rows(sql, &values, |row| Ok((row.get(0)?, article_id(row, 1)?)))
    }

    pub(super) fn last_mark(&self) -> Result<i64> {
        if !self.keeps_readings()? {
            return Ok(0);
        }
        let sql = "SELECT coalesce(max(mark), 0) FROM reading";
        self.connection.query_row(sql, [], |row| row.get(0)).map_err(self.at())
    }

    /// Readings of these versions that cannot be theirs: damaged, or with a span outside of the text.
    pub(super) fn misread(&self, versions: &[Stored]) -> Result<Vec<String>> {
        let mut articles: Vec<ArticleId> = versions.iter().map(|stored| stored.article.id).collect();
        articles.dedup();
        let kept = self.kept(&articles)?;
        let kept: HashMap<(ArticleId, u32), &Kept> =
            kept.iter().map(|kept| ((kept.article, kept.version), kept)).collect();
        let mut wrong = Vec::new();
        for stored in versions {
            let (id, number) = (stored.article.id, stored.version.number);
            let Some(kept) = kept.get(&(id, number)) else { continue };
            let fits = |said: &Vec<Attribution>| said.iter().all(|said| said.fits(&stored.version.text));
            if !kept.said.as_ref().is_some_and(fits) {
                wrong.push(format!("the deep reading of version {number} of {id} does not fit its text"));
            }
        }
        Ok(wrong)
    }
}
