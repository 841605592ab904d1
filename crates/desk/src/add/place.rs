//! The part of adding that runs in one thread: each article finds its place, in the order of arrival.

use std::collections::HashMap;
use std::sync::Arc;

use dateline_model::{Article, ArticleId, Cause, Membership, Version, When};
use dateline_store::{Arrived, Batch, Entry, Read, Result, Revised, SqliteStore, Store};
use dateline_stories::{Arrival, Revision, Stream, Tie};

use crate::about::About;

use super::decide::{Known, Verdict, verdict};
use super::prepare::Prepared;

/// What came of the articles placed so far.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tallied {
    pub arrived: u64,
    pub edited: u64,
    pub fuller: u64,
    pub unchanged: u64,
    pub founded: u64,
    pub tied: u64,
}

/// An article that is decided on, but perhaps not yet in the store.
struct Pending {
    batch: u64,
    known: Known,
    newest: Version,
    membership: Membership,
    article: Article,
}

/// Places articles and gathers what is to be stored.
pub struct Placer {
    stream: Stream,
    /// Sees what the writer has committed.
    store: SqliteStore,
    pending: HashMap<ArticleId, Pending>,
    batch: Batch,
    /// Batches that ended with a tie: what comes after it is stored after it.
    ended: Vec<Numbered>,
    number: u64,
    pub tallied: Tallied,
    now: When,
    about: Arc<About>,
}

/// A batch on its way to the writer.
pub struct Numbered {
    pub number: u64,
    pub batch: Batch,
    /// Stories that its last article showed to be one.
    pub tie: Option<Tie>,
}

impl Placer {
    pub fn new(stream: Stream, store: SqliteStore, now: When, about: Arc<About>) -> Self {
        Self {
            stream,
            store,
            pending: HashMap::new(),
            batch: Batch::default(),
            ended: Vec::new(),
            number: 0,
            tallied: Tallied::default(),
            now,
            about,
        }
    }

    pub fn stream(&self) -> &Stream {
        &self.stream
    }

    /// Articles embedded in this run, those taken in again among them.
    pub fn embedded(&self) -> u32 {
        self.about.embedded()
    }

    /// Versions gathered for the next batch.
    pub fn gathered(&self) -> usize {
        self.ended.iter().map(|ended| ended.batch.entries.len()).sum::<usize>() + self.batch.entries.len()
    }

    /// What is gathered, to be stored, in order.
    pub fn take_batches(&mut self) -> Vec<Numbered> {
        if !self.batch.is_empty() {
            self.end_batch(None);
        }
        std::mem::take(&mut self.ended)
    }

    fn end_batch(&mut self, tie: Option<Tie>) {
        self.ended.push(Numbered { number: self.number, batch: std::mem::take(&mut self.batch), tie });
        self.number += 1;
    }

    /// Forgets what is in the store by now.
    pub fn committed(&mut self, number: u64) {
        self.pending.retain(|_, pending| pending.batch > number);
    }

    /// Subscribes to a feed.
    pub fn subscribe(&mut self, feed: dateline_store::Subscribed) {
        self.batch.subscribed.push(feed);
    }

    /// Places articles, in order.
    pub fn place(&mut self, articles: Vec<Prepared>) -> Result<()> {
        let asked: Vec<ArticleId> =
            articles.iter().map(|article| article.id).filter(|id| !self.pending.contains_key(id)).collect();
        let latest = self.store.latest(&asked)?;
        for article in articles {
            let known = match self.pending.get(&article.id) {
                Some(pending) => Some(pending.known.clone()),
                None => latest.get(&article.id).map(|latest| Known {
                    version: latest.version,
                    extent: latest.extent,
                    materials: latest.materials.clone(),
                    external_ids: latest.external_ids.clone(),
                }),
            };
            match known {
                None => self.arrive(article),
                Some(known) => self.come_again(article, known)?,
            }
        }
        Ok(())
    }

    fn arrive(&mut self, prepared: Prepared) {
        let Prepared { item, id, reading, lang, material, .. } = prepared;
        let article = Article {
            id,
            url: item.url.clone(),
            outlet: item.outlet.clone(),
            external_ids: item.external_id.iter().cloned().collect(),
        };
        let version = Version::of(item, 1, Cause::First, lang, self.now);
        let about = Arc::clone(&self.about);
        let placement =
            self.stream.place_about(arrival(&article, &version, &reading), || about.of_version(&version));
        self.tallied.arrived += 1;
        self.tallied.founded += u64::from(placement.membership.join.founder);
        for revision in placement.revisions {
            self.revise(revision);
        }
        let known = Known {
            version: 1,
            extent: version.extent,
            materials: vec![material],
            external_ids: article.external_ids.clone(),
        };
        let membership = placement.membership;
        let pending = Pending {
            batch: self.number,
            known,
            newest: version.clone(),
            membership: membership.clone(),
            article: article.clone(),
        };
        self.pending.insert(id, pending);
        let read = Read { version, material, on_record: reading.on_record };
        self.batch.entries.push(Entry::Arrived(Box::new(Arrived { article, read, membership })));
        self.follow(id);
        if placement.tie.is_some() {
            self.tallied.tied += 1;
            self.end_batch(placement.tie);
        }
    }

    fn come_again(&mut self, prepared: Prepared, mut known: Known) -> Result<()> {
        let Prepared { item, id, reading, lang, material, .. } = prepared;
        if let Some(external_id) = &item.external_id
            && !known.external_ids.contains(external_id)
        {
            self.batch.also_called.push((id, external_id.clone()));
            known.external_ids.push(external_id.clone());
            if let Some(pending) = self.pending.get_mut(&id) {
                pending.known = known.clone();
                pending.batch = self.number;
            }
        }
        let mut failed = None;
        let newest = || match self.pending.get(&id) {
            Some(pending) => Some(pending.newest.clone()),
            None => match self.store.versions(&[id]) {
                Ok(mut versions) => versions.remove(&id)?.pop(),
                Err(error) => {
                    failed = Some(error);
                    None
                }
            },
        };
        let verdict = verdict(&known, &item, material, newest);
        if let Some(error) = failed {
            return Err(error);
        }
        let cause = match verdict {
            Verdict::Same => {
                self.tallied.unchanged += 1;
                return Ok(());
            }
            Verdict::Fuller => Cause::Fuller,
            Verdict::Edit => Cause::Edit,
        };
        let (article, membership) = match self.pending.get(&id) {
            Some(pending) => (pending.article.clone(), pending.membership.clone()),
            None => match self.store.article(id)? {
                Some((article, membership, _)) => (article, membership),
                None => return Ok(()),
            },
        };
        let version = Version::of(item, known.version + 1, cause, lang, self.now);
        if cause == Cause::Fuller {
            self.tallied.fuller += 1;
            if let Some(revision) = self.stream.deepen(arrival(&article, &version, &reading)) {
                self.revise(revision);
            }
            self.follow(id);
        } else {
            self.tallied.edited += 1;
        }
        known.version += 1;
        known.extent = version.extent;
        known.materials.push(material);
        let pending = Pending { batch: self.number, known, newest: version.clone(), membership, article };
        self.pending.insert(id, pending);
        self.batch.entries.push(Entry::Changed(Box::new(Read {
            version,
            material,
            on_record: reading.on_record,
        })));
        Ok(())
    }

    /// Notes the storyline that the story of an article turns out to continue.
    fn follow(&mut self, article: ArticleId) {
        self.batch.continued.extend(self.stream.follow(article));
    }

    fn revise(&mut self, revision: Revision) {
        let Revision { article, relation, origin, kinship } = revision;
        self.batch.revised.push(Revised { article, relation, origin, kinship });
    }
}

fn arrival<'a>(article: &'a Article, version: &Version, reading: &'a dateline_model::Reading) -> Arrival<'a> {
    Arrival {
        article: article.id,
        version: version.number,
        outlet: article.outlet.as_deref(),
        genre: version.genre,
        at: version.reported().map(|when| when.seconds),
        reading,
    }
}
