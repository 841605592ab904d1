//! Writing: one batch, one transaction.

use dateline_model::{ArticleId, StoryHead, StoryId};
use rusqlite::{Transaction, named_params, params};

use super::SqliteStore;
use super::bodies::Packer;
use super::rows::{Facts, json, seconds, word};
use crate::error::{Result, StoreError, database};
use crate::records::{Arrived, Batch, Read, Revised, Subscribed};

impl SqliteStore {
    /// Stores a batch: all of it, on disk, or nothing.
    pub(super) fn store(&mut self, batch: &Batch) -> Result<()> {
        let at = database(&self.path);
        let Some(packer) = &mut self.packer else {
            return Err(StoreError::Damaged {
                path: self.path.clone(),
                what: "opened for reading only, and asked to write".into(),
            });
        };
        let transaction = self.connection.transaction().map_err(&at)?;
        let stored = write(&transaction, packer, batch).and_then(|()| transaction.commit());
        if stored.is_err() {
            // The packer may have made a dictionary that was rolled back with the rest.
            packer.reset(&self.connection).map_err(&at)?;
        }
        stored.map_err(&at)
    }
}

fn write(transaction: &Transaction<'_>, packer: &mut Packer, batch: &Batch) -> rusqlite::Result<()> {
    packer.train(transaction)?;
    for head in &batch.heads {
        write_head(transaction, head)?;
    }
    for arrived in &batch.arrived {
        write_arrived(transaction, packer, arrived)?;
    }
    for read in &batch.changed {
        let article = article_seq(transaction, read.version.article)?;
        write_version(transaction, packer, article, read)?;
    }
    for (article, external_id) in &batch.also_called {
        transaction
            .prepare_cached("UPDATE article SET external = json_insert(external, '$[#]', ?2) WHERE id = ?1")?
            .execute(params![article.0, external_id])?;
    }
    for revised in &batch.revised {
        write_revised(transaction, revised)?;
    }
    for subscribed in &batch.subscribed {
        write_subscribed(transaction, subscribed)?;
    }
    Ok(())
}

fn article_seq(transaction: &Transaction<'_>, article: ArticleId) -> rusqlite::Result<i64> {
    transaction
        .prepare_cached("SELECT seq FROM article WHERE id = ?1")?
        .query_row([article.0], |row| row.get(0))
}

fn story_seq(transaction: &Transaction<'_>, story: StoryId) -> rusqlite::Result<i64> {
    transaction.prepare_cached("SELECT seq FROM story WHERE id = ?1")?.query_row([story.0], |row| row.get(0))
}

fn write_head(transaction: &Transaction<'_>, head: &StoryHead) -> rusqlite::Result<()> {
    transaction
        .prepare_cached(
            "INSERT INTO story (id, title, first, last, head)
             VALUES (:id, :title, :first, :last, :head)
             ON CONFLICT (id) DO UPDATE
             SET title = :title, first = :first, last = :last, head = :head",
        )?
        .execute(named_params! {
            ":id": head.story.0,
            ":title": head.title,
            ":first": seconds(head.first),
            ":last": seconds(head.last),
            ":head": json(head),
        })?;
    Ok(())
}

fn write_arrived(
    transaction: &Transaction<'_>,
    packer: &mut Packer,
    arrived: &Arrived,
) -> rusqlite::Result<()> {
    let Arrived { article, read, membership } = arrived;
    transaction
        .prepare_cached("INSERT INTO article (id, url, outlet, external) VALUES (?1, ?2, ?3, ?4)")?
        .execute(params![article.id.0, article.url, article.outlet, json(&article.external_ids)])?;
    let seq = transaction.last_insert_rowid();
    write_version(transaction, packer, seq, read)?;
    transaction
        .prepare_cached(
            "INSERT INTO member (article, story, relation, origin, repeats, kinship, reasons)
             VALUES (:article, :story, :relation, :origin, :repeats, :kinship, :reasons)",
        )?
        .execute(named_params! {
            ":article": seq,
            ":story": story_seq(transaction, membership.story)?,
            ":relation": membership.relation.word(),
            ":origin": membership.origin,
            ":repeats": membership.kinship.of.map(|of| of.0),
            ":kinship": json(&membership.kinship),
            ":reasons": json(&membership.join),
        })?;
    Ok(())
}

fn write_version(
    transaction: &Transaction<'_>,
    packer: &mut Packer,
    article: i64,
    read: &Read,
) -> rusqlite::Result<()> {
    let version = &read.version;
    transaction
        .prepare_cached(
            "INSERT INTO version
                 (article, number, title, sha256, material, extent, cause, lang, genre, reported, facts, on_record)
             VALUES
                 (:article, :number, :title, :sha256, :material, :extent, :cause, :lang, :genre, :reported,
                  :facts, :on_record)",
        )?
        .execute(named_params! {
            ":article": article,
            ":number": version.number,
            ":title": version.title,
            ":sha256": version.sha256.0,
            ":material": read.material,
            ":extent": word(&version.extent),
            ":cause": word(&version.cause),
            ":lang": version.lang.code(),
            ":genre": word(&version.genre),
            ":reported": seconds(version.reported()),
            ":facts": json(&Facts::of(version)),
            ":on_record": read.on_record,
        })?;
    let seq = transaction.last_insert_rowid();
    let packed = packer.pack(&version.text)?;
    transaction
        .prepare_cached("INSERT INTO body (version, dictionary, length, data) VALUES (?1, ?2, ?3, ?4)")?
        .execute(params![seq, packed.dictionary, version.text.len() as i64, packed.data])?;
    Ok(())
}

fn write_revised(transaction: &Transaction<'_>, revised: &Revised) -> rusqlite::Result<()> {
    transaction
        .prepare_cached(
            "UPDATE member SET relation = :relation, origin = :origin, repeats = :repeats, kinship = :kinship
             WHERE article = (SELECT seq FROM article WHERE id = :id)",
        )?
        .execute(named_params! {
            ":id": revised.article.0,
            ":relation": revised.relation.word(),
            ":origin": revised.origin,
            ":repeats": revised.kinship.of.map(|of| of.0),
            ":kinship": json(&revised.kinship),
        })?;
    Ok(())
}

fn write_subscribed(transaction: &Transaction<'_>, subscribed: &Subscribed) -> rusqlite::Result<()> {
    transaction
        .prepare_cached(
            "INSERT INTO subscription (feed, site, title, folders, state) VALUES (?1, ?2, ?3, ?4, '{}')
             ON CONFLICT (feed) DO UPDATE SET site = ?2, title = ?3, folders = ?4",
        )?
        .execute(params![subscribed.feed, subscribed.site, subscribed.title, json(&subscribed.folders)])?;
    Ok(())
}
