//! The part of adding that writes: facts first, safely, then what is derived from them.

use std::time::{Duration, Instant};

use crossbeam_channel::{Receiver, Sender};
use dateline_model::{Correction, Member, Registry, StoryHead, StoryId, When, heads};
use dateline_store::search::{SearchIndex, SearchWriter, Speech};
use dateline_store::{Batch, Entry, Folder, Lock, Result, SqliteStore, Store, Stored};
use dateline_stories::Tie;

use super::place::Numbered;
use crate::{correct, resume, search};

/// Articles added to the search index before it makes them safe; what a crash leaves out is added on the next start.
const COMMIT_EVERY: usize = 20_000;

/// What the writer is told.
pub enum Order {
    /// Store this.
    Batch(Numbered),
    /// Keep this state of the live stories, which is that after the batches before.
    Snapshot(Vec<u8>),
}

/// What the writer says in the end.
pub struct Written {
    pub store: Duration,
    pub index: Duration,
    /// Why the search index is behind, if it is.
    pub index_behind: Option<String>,
}

/// Writes what it is told until there is no more. `committed` hears the number of each batch that is on disk.
pub struct Writer<'a> {
    pub folder: &'a Folder,
    pub lock: &'a Lock,
    pub store: SqliteStore,
    pub search: Option<SearchIndex>,
    pub registry: &'a Registry,
    pub committed: Sender<u64>,
    pub now: When,
}

impl Writer<'_> {
    pub fn run(mut self, orders: &Receiver<Order>) -> Result<Written> {
        let mut written = Written { store: Duration::ZERO, index: Duration::ZERO, index_behind: None };
        let mut search = match self.search.as_ref().map(SearchIndex::writer) {
            Some(Ok(writer)) => Some(writer),
            Some(Err(error)) => {
                written.index_behind = Some(error.to_string());
                None
            }
            None => None,
        };
        let mut uncommitted = 0;
        for order in orders {
            let started = Instant::now();
            match order {
                Order::Batch(Numbered { number, batch, tie }) => {
                    let registry = self.registry;
                    let head = |story: StoryId, members: &[Member]| -> StoryHead {
                        heads::head(story, members, registry)
                    };
                    let seqs = self.store.write(&batch, &head)?;
                    let tied = match tie {
                        Some(tie) => self.tie(tie)?,
                        None => None,
                    };
                    // Nobody hears this where the run was given up: what is stored is stored.
                    let _ = self.committed.send(number);
                    written.store += started.elapsed();
                    let started = Instant::now();
                    if let Some(writer) = &mut search {
                        uncommitted += seqs.len();
                        if let Err(error) = self.index(writer, batch, &seqs, tied.as_ref(), &mut uncommitted)
                        {
                            written.index_behind = Some(error.to_string());
                            search = None;
                        }
                    }
                    written.index += started.elapsed();
                }
                Order::Snapshot(bytes) => {
                    let covered = resume::Covered::all_of(&self.store)?;
                    resume::keep(self.folder, self.lock, covered, &bytes)?;
                    written.store += started.elapsed();
                }
            }
        }
        let started = Instant::now();
        if let Some(writer) = search
            && let Err(error) = writer.finish()
        {
            written.index_behind = Some(error.to_string());
        }
        written.index += started.elapsed();
        Ok(written)
    }

    /// Puts a story into the one it was found to be, by an entry in the log of corrections.
    fn tie(&mut self, tie: Tie) -> Result<Option<Correction>> {
        correct::tie(tie, &mut self.store, self.registry, self.now)
    }

    fn index(
        &self,
        writer: &mut SearchWriter,
        batch: Batch,
        seqs: &[i64],
        tied: Option<&Correction>,
        uncommitted: &mut usize,
    ) -> Result<()> {
        for (entry, &seq) in batch.entries.into_iter().zip(seqs) {
            match entry {
                // What has just come in was not read deeply yet.
                Entry::Arrived(arrived) => {
                    let stored = Stored {
                        seq,
                        article: arrived.article,
                        version: arrived.read.version,
                        membership: arrived.membership,
                    };
                    writer.add(&stored, &Speech::default())?;
                }
                Entry::Changed(read) => {
                    if let Some((article, membership, _)) = self.store.article(read.version.article)? {
                        let stored = Stored { seq, article, version: read.version, membership };
                        writer.add(&stored, &Speech::default())?;
                    }
                }
            }
        }
        for revised in &batch.revised {
            if let Some((article, membership, mut versions)) = self.store.article(revised.article)?
                && let Some(version) = versions.pop()
            {
                let speech = search::speech(&self.store, &version, self.registry)?;
                // Its number is not new: the index has come further already.
                writer.replace(&Stored { seq: 0, article, version, membership }, &speech)?;
            }
        }
        if let Some(tied) = tied {
            search::correct(writer, tied, &self.store, self.registry)?;
        }
        if *uncommitted >= COMMIT_EVERY {
            writer.commit()?;
            *uncommitted = 0;
        }
        Ok(())
    }
}
