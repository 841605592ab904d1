//! Reading: rows to nouns, in batches.

use std::collections::HashMap;

use dateline_model::{
    Article, ArticleId, Continuation, Correction, Extent, Lang, Manner, Member, Membership, Relation,
    StoryHead, StoryId, Storyline, StorylineId, Version, When,
};
use rusqlite::types::Value as SqlValue;
use rusqlite::{OptionalExtension, Row, params_from_iter};

use super::SqliteStore;
use super::corrections::Which;
use super::rows::{
    ARTICLE, MEMBERSHIP, VERSION, article, article_id, from_json, from_word, membership, version,
};
use crate::Store;
use crate::error::Result;
use crate::records::{
    Backlog, Batch, DeepReading, HeadFilter, HeadOf, Latest, Stored, StoredStory, Subscribed, Totals,
};

/// Ids asked for in one statement; SQLite allows 32,766 parameters.
pub(super) const CHUNK: usize = 500;

pub(super) fn places(count: usize) -> String {
    let mut places = "?,".repeat(count);
    places.pop();
    places
}

pub(super) fn blobs<const N: usize>(ids: impl Iterator<Item = [u8; N]>) -> Vec<SqlValue> {
    ids.map(|id| SqlValue::Blob(id.to_vec())).collect()
}

impl SqliteStore {
    pub(super) fn text(&self, row: &Row<'_>, first: usize) -> rusqlite::Result<String> {
        let (dictionary, length): (i64, i64) = (row.get(first)?, row.get(first + 1)?);
        let data = row.get_ref(first + 2)?.as_blob()?;
        self.unpacker.borrow_mut().unpack(&self.connection, dictionary, length, data)
    }

    pub(super) fn rows<T>(
        &self,
        sql: &str,
        values: &[SqlValue],
        mut read: impl FnMut(&Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Vec<T>> {
        let mut run = || {
            let mut statement = self.connection.prepare_cached(sql)?;
            let mut rows = statement.query(params_from_iter(values))?;
            let mut all = Vec::new();
            while let Some(row) = rows.next()? {
                all.push(read(row)?);
            }
            Ok(all)
        };
        run().map_err(self.at())
    }

    pub(super) fn like<T: std::str::FromStr>(
        &self,
        table: &str,
        prefix: &str,
        limit: usize,
        show: impl Fn(&Row<'_>) -> rusqlite::Result<String>,
    ) -> Result<Vec<T>> {
        let Some((low, high)) = id_range(prefix) else { return Ok(Vec::new()) };
        let sql = format!("SELECT id FROM {table} WHERE id BETWEEN ?1 AND ?2 ORDER BY id LIMIT ?3");
        let values = [SqlValue::Blob(low), SqlValue::Blob(high), SqlValue::Integer(limit as i64 + 8)];
        let found = self.rows(&sql, &values, show)?;
        // Base 32 digits cut through bytes, so the range may hold a few neighbours.
        Ok(found
            .iter()
            .filter(|id| id.starts_with(prefix))
            .filter_map(|id| id.parse().ok())
            .take(limit)
            .collect())
    }
}

/// The lowest and highest id bytes that a prefix (kind letter and digits) may stand for.
fn id_range(prefix: &str) -> Option<(Vec<u8>, Vec<u8>)> {
    let pad = |digit: char| {
        let text: String = prefix.chars().chain(std::iter::repeat(digit)).take(17).collect();
        match prefix.chars().next()? {
            ArticleId::PREFIX => text.parse::<ArticleId>().ok().map(|id| id.0.to_vec()),
            StoryId::PREFIX => text.parse::<StoryId>().ok().map(|id| id.0.to_vec()),
            _ => None,
        }
    };
    (prefix.len() <= 17).then(|| Some((pad('0')?, pad('z')?)))?
}

/// A column of a manner, or nothing.
fn manner_of(row: &Row<'_>, at: usize) -> rusqlite::Result<Option<Manner>> {
    let there = row.get::<_, Option<String>>(at)?.is_some();
    there.then(|| from_word(row, at)).transpose()
}

fn member(row: &Row<'_>) -> rusqlite::Result<(StoryId, Member)> {
    let external: Vec<String> = from_json(row, 4)?;
    let story = super::rows::story_id(row, 0)?;
    let of: Option<[u8; dateline_model::ID_BYTES]> = row.get(11)?;
    let member = Member {
        article: article_id(row, 1)?,
        url: row.get(2)?,
        external_id: external.into_iter().next(),
        outlet: row.get(3)?,
        title: row.get(5)?,
        reported: row.get::<_, Option<String>>(6)?.and_then(|when| when.parse::<When>().ok()),
        lang: from_word(row, 7)?,
        genre: from_word(row, 8)?,
        relation: from_word::<Relation>(row, 9)?,
        origin: row.get(10)?,
        of: of.map(ArticleId),
        manner: manner_of(row, 15)?,
        on_record: row.get(12)?,
        editions: row.get(13)?,
        version: row.get(14)?,
    };
    Ok((story, member))
}

/// What a member is, by its newest version.
const MEMBER: &str = "
    SELECT s.id, a.id, a.url, a.outlet, a.external, v.title,
           CASE WHEN v.reported IS NOT NULL
                THEN coalesce(v.facts ->> '$.dates.published', v.facts ->> '$.dates.feed',
                          v.facts ->> '$.dates.modified') END,
           v.lang, v.genre, m.relation, m.origin, m.repeats, v.on_record,
           (SELECT count(*) FROM version e WHERE e.article = a.seq AND e.cause <> 'fuller'), v.number,
           m.kinship ->> '$.manner'
    FROM member m
    JOIN story s ON s.seq = m.story
    JOIN article a ON a.seq = m.article
    JOIN version v ON v.article = a.seq
         AND v.number = (SELECT max(n.number) FROM version n WHERE n.article = a.seq)";

impl Store for SqliteStore {
    fn latest(&self, articles: &[ArticleId]) -> Result<HashMap<ArticleId, Latest>> {
        let mut known = HashMap::new();
        for chunk in articles.chunks(CHUNK) {
            let sql = format!(
                "SELECT a.id, v.number, v.extent, v.material, a.external FROM article a
                 JOIN version v ON v.article = a.seq
                 WHERE a.id IN ({})",
                places(chunk.len())
            );
            // Sorting by the order of arrival would make the database walk all articles.
            let mut rows = self.rows(&sql, &blobs(chunk.iter().map(|id| id.0)), |row| {
                Ok((
                    article_id(row, 0)?,
                    Latest {
                        version: row.get(1)?,
                        extent: from_word::<Extent>(row, 2)?,
                        materials: vec![row.get(3)?],
                        external_ids: from_json(row, 4)?,
                    },
                ))
            })?;
            rows.sort_by_key(|(article, latest)| (*article, latest.version));
            for (article, mut latest) in rows {
                if let Some(Latest { materials: mut earlier, .. }) = known.remove(&article) {
                    earlier.append(&mut latest.materials);
                    latest.materials = earlier;
                }
                known.insert(article, latest);
            }
        }
        Ok(known)
    }

    fn write(&mut self, batch: &Batch, head: HeadOf<'_>) -> Result<Vec<i64>> {
        self.store(batch, head)
    }

    fn heads(&self, filter: &HeadFilter) -> Result<Vec<StoryHead>> {
        let mut sql = "SELECT head FROM story WHERE 1".to_owned();
        let mut values = Vec::new();
        if let Some(since) = filter.since {
            sql.push_str(" AND last >= ?");
            values.push(SqlValue::Integer(since.seconds));
        }
        if let Some(lang) = filter.lang {
            sql.push_str(" AND EXISTS (SELECT 1 FROM json_each(head, '$.langs') WHERE value = ?)");
            values.push(SqlValue::Text(lang.code().to_owned()));
        }
        sql.push_str(" ORDER BY last IS NULL, last DESC, seq DESC");
        if let Some(limit) = filter.limit {
            sql.push_str(" LIMIT ?");
            values.push(SqlValue::Integer(limit as i64));
        }
        self.rows(&sql, &values, |row| from_json(row, 0))
    }

    fn story(&self, story: StoryId) -> Result<Option<StoredStory>> {
        let sql = "SELECT head FROM story WHERE id = ?";
        let head = self.rows(sql, &blobs([story.0].into_iter()), |row| from_json::<StoryHead>(row, 0))?.pop();
        let Some(head) = head else { return Ok(None) };
        let members = self.members(&[story])?.remove(&story).unwrap_or_default();
        Ok(Some(StoredStory { head, members }))
    }

    fn headlines(&self, stories: &[StoryId]) -> Result<HashMap<StoryId, String>> {
        let mut all = HashMap::new();
        for chunk in stories.chunks(CHUNK) {
            let sql = format!("SELECT head FROM story WHERE id IN ({})", places(chunk.len()));
            let heads =
                self.rows(&sql, &blobs(chunk.iter().map(|id| id.0)), |row| from_json::<StoryHead>(row, 0))?;
            all.extend(heads.into_iter().map(|head| (head.story, head.title)));
        }
        Ok(all)
    }

    fn members(&self, stories: &[StoryId]) -> Result<HashMap<StoryId, Vec<Member>>> {
        let mut all: HashMap<StoryId, Vec<Member>> = HashMap::new();
        for chunk in stories.chunks(CHUNK) {
            let sql = format!("{MEMBER} WHERE s.id IN ({}) ORDER BY a.seq", places(chunk.len()));
            for (story, member) in self.rows(&sql, &blobs(chunk.iter().map(|id| id.0)), member)? {
                all.entry(story).or_default().push(member);
            }
        }
        Ok(all)
    }

    fn memberships(&self, story: StoryId) -> Result<Vec<Membership>> {
        let sql = format!(
            "SELECT a.id, {MEMBERSHIP} FROM member m JOIN story s ON s.seq = m.story
             JOIN article a ON a.seq = m.article WHERE s.id = ? ORDER BY a.seq"
        );
        self.rows(&sql, &blobs([story.0].into_iter()), |row| membership(row, 1, article_id(row, 0)?))
    }

    fn article(&self, id: ArticleId) -> Result<Option<(Article, Membership, Vec<Version>)>> {
        let sql = format!(
            "SELECT {ARTICLE}, {MEMBERSHIP} FROM article a JOIN member m ON m.article = a.seq
             JOIN story s ON s.seq = m.story WHERE a.id = ?"
        );
        let found = self
            .rows(&sql, &blobs([id.0].into_iter()), |row| Ok((article(row, 0)?, membership(row, 4, id)?)))?
            .pop();
        let Some((article, membership)) = found else { return Ok(None) };
        let versions = self.versions(&[id])?.remove(&id).unwrap_or_default();
        Ok(Some((article, membership, versions)))
    }

    fn versions(&self, articles: &[ArticleId]) -> Result<HashMap<ArticleId, Vec<Version>>> {
        let mut all: HashMap<ArticleId, Vec<Version>> = HashMap::new();
        for chunk in articles.chunks(CHUNK) {
            let sql = format!(
                "SELECT a.id, b.dictionary, b.length, b.data, {VERSION} FROM article a
                 JOIN version v ON v.article = a.seq JOIN body b ON b.version = v.seq
                 WHERE a.id IN ({}) ORDER BY a.seq, v.number",
                places(chunk.len())
            );
            let versions = self.rows(&sql, &blobs(chunk.iter().map(|id| id.0)), |row| {
                version(row, 4, article_id(row, 0)?, self.text(row, 1)?)
            })?;
            for version in versions {
                all.entry(version.article).or_default().push(version);
            }
        }
        Ok(all)
    }

    fn articles_like(&self, prefix: &str, limit: usize) -> Result<Vec<ArticleId>> {
        self.like("article", prefix, limit, |row| Ok(article_id(row, 0)?.to_string()))
    }

    fn stories_like(&self, prefix: &str, limit: usize) -> Result<Vec<StoryId>> {
        let mut found: Vec<StoryId> =
            self.like("story", prefix, limit, |row| Ok(super::rows::story_id(row, 0)?.to_string()))?;
        for (_, to) in self.ended_with(prefix, limit)? {
            if !found.contains(&to) {
                found.push(to);
            }
        }
        found.truncate(limit);
        Ok(found)
    }

    fn ended_like(&self, prefix: &str, limit: usize) -> Result<Vec<(StoryId, StoryId)>> {
        self.ended_with(prefix, limit)
    }

    fn living(&self, story: StoryId) -> Result<Option<StoryId>> {
        self.leads_to(story)
    }

    fn continuations(&self, stories: &[StoryId]) -> Result<Vec<Continuation>> {
        self.continuations_of(stories)
    }

    fn storyline(&self, story: StoryId) -> Result<Option<Storyline>> {
        self.storyline_of(story)
    }

    fn storylines(&self, stories: &[StoryId]) -> Result<HashMap<StoryId, (StorylineId, u32)>> {
        self.count_storylines(stories)
    }

    fn correct(&mut self, correction: &Correction, head: HeadOf<'_>) -> Result<()> {
        self.make_correction(correction, head)
    }

    fn corrections_after(&self, number: u32) -> Result<Vec<Correction>> {
        self.made_corrections(Which::After(number))
    }

    fn corrections_of(&self, story: StoryId) -> Result<Vec<Correction>> {
        self.made_corrections(Which::Of(story))
    }

    fn newest_correction(&self) -> Result<u32> {
        self.last_correction()
    }

    fn texts(&self, articles: &[ArticleId], until: i64) -> Result<Vec<Stored>> {
        self.texts_until(articles, until)
    }

    fn after(&self, seq: i64, limit: usize) -> Result<Vec<Stored>> {
        let sql = format!(
            "SELECT v.seq, b.dictionary, b.length, b.data, {ARTICLE}, {VERSION}, {MEMBERSHIP} FROM version v
             JOIN body b ON b.version = v.seq JOIN article a ON a.seq = v.article
             JOIN member m ON m.article = a.seq JOIN story s ON s.seq = m.story
             WHERE v.seq > ? ORDER BY v.seq LIMIT ?"
        );
        let values = [SqlValue::Integer(seq), SqlValue::Integer(limit as i64)];
        self.rows(&sql, &values, |row| {
            let article = article(row, 4)?;
            let text = self.text(row, 1)?;
            let version = version(row, 8, article.id, text)?;
            let membership = membership(row, 16, article.id)?;
            Ok(Stored { seq: row.get(0)?, article, version, membership })
        })
    }

    fn newest_seq(&self) -> Result<i64> {
        let sql = "SELECT coalesce(max(seq), 0) FROM version";
        self.connection.query_row(sql, [], |row| row.get(0)).map_err(self.at())
    }

    fn arrivals(&self) -> Result<u64> {
        let sql = "SELECT coalesce(max(seq), 0) FROM article";
        self.connection.query_row(sql, [], |row| row.get::<_, i64>(0)).map(|n| n as u64).map_err(self.at())
    }

    fn newest_report(&self) -> Result<Option<When>> {
        // The index on `last` answers at once; a story's end is its newest believable report.
        let sql = "SELECT head ->> '$.last' FROM story WHERE last IS NOT NULL ORDER BY last DESC LIMIT 1";
        let newest: Option<String> =
            self.connection.query_row(sql, [], |row| row.get(0)).optional().map_err(self.at())?;
        Ok(newest.and_then(|when| when.parse().ok()))
    }

    fn totals(&self) -> Result<Totals> {
        let sql = "SELECT (SELECT count(*) FROM article), (SELECT count(*) FROM version),
                          (SELECT count(*) FROM story), (SELECT count(*) FROM subscription),
                          (SELECT coalesce(sum(length), 0) FROM body),
                          (SELECT coalesce(sum(length(data)), 0) FROM body)";
        let count = |row: &Row<'_>, column| row.get::<_, i64>(column).map(|n| n as u64);
        self.connection
            .query_row(sql, [], |row| {
                Ok(Totals {
                    articles: count(row, 0)?,
                    versions: count(row, 1)?,
                    stories: count(row, 2)?,
                    subscriptions: count(row, 3)?,
                    text_bytes: count(row, 4)?,
                    stored_bytes: count(row, 5)?,
                })
            })
            .map_err(self.at())
    }

    fn save_readings(&mut self, readings: &[(ArticleId, DeepReading)]) -> Result<()> {
        self.keep_readings(readings)
    }

    fn readings(&self, articles: &[ArticleId]) -> Result<HashMap<ArticleId, Vec<DeepReading>>> {
        self.kept_readings(articles)
    }

    fn unread(&self, reader: &str, langs: &[Lang], limit: usize) -> Result<Vec<ArticleId>> {
        self.not_read(reader, langs, limit)
    }

    fn backlog(&self, reader: &str, langs: &[Lang]) -> Result<Backlog> {
        self.count_read(reader, langs)
    }

    fn read_after(&self, mark: i64, limit: usize) -> Result<Vec<(i64, ArticleId)>> {
        self.marked_after(mark, limit)
    }

    fn newest_mark(&self) -> Result<i64> {
        self.last_mark()
    }

    fn examine(&self) -> Result<Vec<String>> {
        let mut wrong: Vec<String> = self.rows("PRAGMA integrity_check", &[], |row| row.get(0))?;
        wrong.retain(|line| line != "ok");
        let faults = [
            (
                "articles without a version",
                "SELECT count(*) FROM article a WHERE NOT EXISTS (SELECT 1 FROM version v WHERE v.article = a.seq)",
            ),
            (
                "articles without a story",
                "SELECT count(*) FROM article a WHERE NOT EXISTS (SELECT 1 FROM member m WHERE m.article = a.seq)",
            ),
            (
                "versions without a body",
                "SELECT count(*) FROM version v WHERE NOT EXISTS (SELECT 1 FROM body b WHERE b.version = v.seq)",
            ),
            (
                "stories without an article",
                "SELECT count(*) FROM story s WHERE NOT EXISTS (SELECT 1 FROM member m WHERE m.story = s.seq)",
            ),
            (
                "story heads that count other articles than there are",
                "SELECT count(*) FROM story s WHERE head ->> '$.counts.articles' <> (SELECT count(*) FROM member m WHERE m.story = s.seq)",
            ),
        ];
        for (what, sql) in faults {
            let count: i64 = self.connection.query_row(sql, [], |row| row.get(0)).map_err(self.at())?;
            if count > 0 {
                wrong.push(format!("{count} {what}"));
            }
        }
        wrong.extend(self.miscorrected()?);
        // Every text must come back as it was stored: its hash says whether it does.
        let mut seq = 0;
        loop {
            let batch = self.after(seq, CHUNK)?;
            let Some(last) = batch.last() else { break };
            seq = last.seq;
            for stored in &batch {
                if dateline_model::Sha::of(&stored.version.text) != stored.version.sha256 {
                    wrong.push(format!(
                        "version {} of {} is not the text it was",
                        stored.version.number, stored.article.id
                    ));
                }
            }
            wrong.extend(self.misread(&batch)?);
        }
        Ok(wrong)
    }

    fn subscriptions(&self) -> Result<Vec<Subscribed>> {
        self.rows("SELECT feed, site, title, folders FROM subscription ORDER BY feed", &[], |row| {
            Ok(Subscribed {
                feed: row.get(0)?,
                site: row.get(1)?,
                title: row.get(2)?,
                folders: from_json(row, 3)?,
            })
        })
    }
}
