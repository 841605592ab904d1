//! Writing: one batch, one transaction.

use std::collections::BTreeSet;

use dateline_model::{ArticleId, StoryHead, StoryId};
use rusqlite::{Transaction, named_params, params};

use super::SqliteStore;
use super::bodies::Packer;
use super::rows::{Facts, json, seconds, word};
use super::storylines::write_continuation;
use crate::Store;
use crate::error::{Result, StoreError, database};
use crate::records::{Arrived, Batch, Entry, HeadOf, Read, Revised, Subscribed};

impl SqliteStore {
    /// Stores a batch: all of it, on disk, or nothing.
    pub(super) fn store(&mut self, batch: &Batch, head: HeadOf<'_>) -> Result<Vec<i64>> {
        let Some(mut packer) = self.packer.take() else {
            return Err(StoreError::Damaged {
                path: self.path.clone(),
                what: "opened for reading only, and asked to write".into(),
            });
        };
        let stored = self.transact(&mut packer, batch, head);
        let reset = match stored {
            Ok(_) => Ok(()),
            // The packer may have made a dictionary that was rolled back with the rest.
            Err(_) => packer.reset(&self.connection),
        };
        self.packer = Some(packer);
        let stored = stored?;
        reset.map_err(self.at())?;
        Ok(stored)
    }

    fn transact(&self, packer: &mut Packer, batch: &Batch, head: HeadOf<'_>) -> Result<Vec<i64>> {
        let at = database(&self.path);
        // Dropped without a commit, a transaction is rolled back.
        let transaction = self.connection.unchecked_transaction().map_err(&at)?;
        let seqs = write(&transaction, packer, batch).map_err(&at)?;
        let touched = touched(&transaction, batch).map_err(&at)?;
        let members = self.members(&touched)?;
        for story in touched {
            let members = members.get(&story).map_or(&[][..], Vec::as_slice);
            write_head(&transaction, &head(story, members)).map_err(&at)?;
        }
        transaction.commit().map_err(&at)?;
        Ok(seqs)
    }
}

fn write(transaction: &Transaction<'_>, packer: &mut Packer, batch: &Batch) -> rusqlite::Result<Vec<i64>> {
    packer.train(transaction)?;
    let mut seqs = Vec::with_capacity(batch.entries.len());
    for entry in &batch.entries {
        seqs.push(match entry {
            Entry::Arrived(arrived) => write_arrived(transaction, packer, arrived)?,
            Entry::Changed(read) => {
                let article = article_seq(transaction, read.version.article)?;
                write_version(transaction, packer, article, read)?
            }
        });
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
    for continuation in &batch.continued {
        write_continuation(transaction, *continuation)?;
    }
    Ok(seqs)
}

/// The stories whose articles a batch adds, changes or corrects, each once.
fn touched(transaction: &Transaction<'_>, batch: &Batch) -> rusqlite::Result<Vec<StoryId>> {
    let mut stories = BTreeSet::new();
    let mut known = transaction.prepare_cached(
        "SELECT s.id FROM article a JOIN member m ON m.article = a.seq JOIN story s ON s.seq = m.story
         WHERE a.id = ?1",
    )?;
    let revised = batch.revised.iter().map(|revised| revised.article);
    let renamed = batch.also_called.iter().map(|(article, _)| *article);
    let changed = batch.entries.iter().filter_map(|entry| match entry {
        Entry::Arrived(arrived) => {
            stories.insert(arrived.membership.story);
            None
        }
        Entry::Changed(read) => Some(read.version.article),
    });
    let articles: Vec<ArticleId> = changed.chain(revised).chain(renamed).collect();
    for article in articles {
        stories.insert(known.query_row([article.0], |row| row.get(0)).map(StoryId)?);
    }
    Ok(stories.into_iter().collect())
}

pub(super) fn article_seq(transaction: &Transaction<'_>, article: ArticleId) -> rusqlite::Result<i64> {
    transaction
        .prepare_cached("SELECT seq FROM article WHERE id = ?1")?
        .query_row([article.0], |row| row.get(0))
}

/// The row of a story, made where there is none; its head is written when all its articles are in.
pub(super) fn story_seq(transaction: &Transaction<'_>, story: StoryId) -> rusqlite::Result<i64> {
    transaction
        .prepare_cached(
            "INSERT INTO story (id, title, head) VALUES (?1, '', '{}') ON CONFLICT (id) DO NOTHING",
        )?
        .execute([story.0])?;
    transaction.prepare_cached("SELECT seq FROM story WHERE id = ?1")?.query_row([story.0], |row| row.get(0))
}

pub(super) fn write_head(transaction: &Transaction<'_>, head: &StoryHead) -> rusqlite::Result<()> {
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
) -> rusqlite::Result<i64> {
    let Arrived { article, read, membership } = arrived;
    transaction
        .prepare_cached("INSERT INTO article (id, url, outlet, external) VALUES (?1, ?2, ?3, ?4)")?
        .execute(params![article.id.0, article.url, article.outlet, json(&article.external_ids)])?;
    let seq = transaction.last_insert_rowid();
    let version = write_version(transaction, packer, seq, read)?;
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
    Ok(version)
}

fn write_version(
    transaction: &Transaction<'_>,
    packer: &mut Packer,
    article: i64,
    read: &Read,
) -> rusqlite::Result<i64> {
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
    Ok(seq)
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
