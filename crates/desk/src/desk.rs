//! Looking on: the stories of a folder, found, listed and laid out.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, OnceLock};

use dateline_brief::{Dossier, Neighbour};
use dateline_model::{
    Article, ArticleId, Member, Membership, Registry, StoryHead, StoryId, Storyline, Version, When, editions,
    put_by_hand,
};
use dateline_reader::Reader;
use dateline_store::search::{self, Ranking, SearchIndex};
use dateline_store::{Backlog, Folder, HeadFilter, SqliteStore, Store, StoreError};

use crate::readings::{DeepReader, reader_id, said_in};
use crate::said::READ;

/// Hits that vote for a story when one is looked for by words.
const VOTES: usize = 30;
/// Hits of one story that count: a story is not found for being large, but for fitting.
const VOTES_A_STORY: usize = 3;
/// Ids shown where the first characters of one fit several.
const SHOWN: usize = 6;

/// Why something is not found or cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum DeskError {
    /// The folder.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// No such story.
    #[error(
        "no story is `{0}` or has these words; `dateline stories` lists them, `dateline search` looks into their articles"
    )]
    NoStory(String),
    /// No story has the id.
    #[error("no story has the id `{0}`; `dateline stories` and `dateline search` show the ids of stories")]
    NoStoryId(String),
    /// No such article.
    #[error("no article is `{0}`; `dateline search` shows ids of articles")]
    NoArticle(String),
    /// A correction that cannot be made.
    #[error(transparent)]
    Refused(#[from] dateline_stories::correct::Refused),
    /// Several.
    #[error("`{given}` could be {}; give more of it", candidates.join(", "))]
    Ambiguous {
        /// What was given.
        given: String,
        /// What it could be.
        candidates: Vec<String>,
    },
}

/// A story that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// The story.
    pub story: StoryId,
    /// Where it was found by words: the stories that fit next best.
    pub others: Vec<StoryId>,
    /// Where it was found by the id of a story that ended by a correction: that id.
    pub ended: Option<StoryId>,
}

/// An article that a search found.
#[derive(Debug, Clone, PartialEq)]
pub struct SearchResult {
    /// The article as its story lists it.
    pub member: Member,
    /// Its story.
    pub story: StoryId,
    /// How well it fits; 0 where hits are ordered by time.
    pub score: f32,
    /// The version the excerpt is taken from.
    pub version: Version,
}

/// A folder, looked at.
pub struct Desk {
    folder: Folder,
    store: SqliteStore,
    registry: Arc<Registry>,
    search: Option<SearchIndex>,
    reader: OnceLock<Reader>,
    reader_id: OnceLock<String>,
    read: AtomicU64,
}

impl Desk {
    /// Opens a folder for looking. Lets the search index catch up where nobody is writing.
    pub fn open(folder: Folder) -> Result<Self, DeskError> {
        let store = folder.open_store_read_only()?;
        let registry = Arc::new(folder.registry()?.0);
        Ok(Self {
            folder,
            store,
            registry,
            search: None,
            reader: OnceLock::new(),
            reader_id: OnceLock::new(),
            read: AtomicU64::new(0),
        })
    }

    /// The folder.
    pub fn folder(&self) -> &Folder {
        &self.folder
    }

    /// The facts.
    pub fn store(&self) -> &SqliteStore {
        &self.store
    }

    /// The outlets.
    pub fn registry(&self) -> &Arc<Registry> {
        &self.registry
    }

    /// The reader that knows these outlets.
    pub fn reader(&self) -> &Reader {
        self.reader.get_or_init(|| Reader::new(&self.registry))
    }

    /// The desk's clock: the newest report in the folder.
    pub fn clock(&self) -> Result<Option<When>, DeskError> {
        Ok(self.store.newest_report()?)
    }

    /// Story heads, newest first.
    pub fn stories(&self, filter: &HeadFilter) -> Result<Vec<StoryHead>, DeskError> {
        Ok(self.store.heads(filter)?)
    }

    fn search_index(&mut self) -> Result<&SearchIndex, DeskError> {
        if self.search.is_none() {
            let level = self.folder.open_search_read_only()?;
            let level = match level {
                Some(index) if crate::search::is_level(&index, &self.store)? => index,
                behind => match (self.folder.lock(), behind) {
                    (Ok(lock), _) => {
                        crate::search::catch_up(&self.folder, &lock, &self.store, &self.registry)?
                    }
                    // Somebody is writing: what is there will do.
                    (Err(StoreError::Locked { .. }), Some(index)) => index,
                    (Err(error), _) => return Err(error.into()),
                },
            };
            self.search = Some(level);
        }
        self.search.as_ref().ok_or_else(|| DeskError::NoStory(String::new()))
    }

    /// Finds a story by its id, the first characters of it, the id of one of its articles, or words.
    ///
    /// By words, the story whose three best articles fit best is found.
    pub fn find_story(&mut self, given: &str) -> Result<Found, DeskError> {
        let given = given.trim();
        let found = |story| Found { story, others: Vec::new(), ended: None };
        if let Some(found) = self.story_called(given)? {
            return Ok(found);
        }
        if let [article] = self.store.articles_like(given, 2)?[..]
            && let Some((_, membership, _)) = self.store.article(article)?
        {
            return Ok(found(membership.story));
        }
        let results = match search::parse(given, &self.registry) {
            Ok(query) => self.hits(&query, Ranking::Relevance, VOTES)?.1,
            Err(error) => return Err(StoreError::from(error).into()),
        };
        let mut votes: Vec<(StoryId, f32, usize)> = Vec::new();
        for result in results {
            match votes.iter_mut().find(|(story, ..)| *story == result.story) {
                Some((_, score, count)) if *count < VOTES_A_STORY => {
                    *score += result.score;
                    *count += 1;
                }
                Some(_) => {}
                None => votes.push((result.story, result.score, 1)),
            }
        }
        votes.sort_by(|a, b| b.1.total_cmp(&a.1));
        let mut stories = votes.into_iter().map(|(story, ..)| story);
        let story = stories.next().ok_or_else(|| DeskError::NoStory(given.to_owned()))?;
        Ok(Found { story, others: stories.take(SHOWN).collect(), ended: None })
    }

    /// Finds a story by its id or the first characters of it, and by nothing else.
    pub fn find_by_id(&self, given: &str) -> Result<Found, DeskError> {
        let given = given.trim();
        self.story_called(given)?.ok_or_else(|| DeskError::NoStoryId(given.to_owned()))
    }

    /// Finds a storyline of several stories by its id or the first characters of it; `None` where no such storyline is
    /// called so.
    pub fn find_storyline(&self, given: &str) -> Result<Option<Storyline>, DeskError> {
        let Some(digits) = given.trim().strip_prefix('l') else { return Ok(None) };
        let mut found: Vec<Storyline> = Vec::new();
        // A storyline has the digits of the story that started it, and keeps them when that story has ended.
        for story in self.store.stories_like(&format!("s{digits}"), SHOWN)? {
            let named = |line: &Storyline| line.line.to_string().starts_with(given.trim());
            if let Some(line) = self.store.storyline(story)?.filter(named)
                && !found.iter().any(|other| other.line == line.line)
            {
                found.push(line);
            }
        }
        match found.len() {
            0 | 1 => Ok(found.pop()),
            _ => Err(ambiguous(given, found.iter().map(|line| line.line.to_string()))),
        }
    }

    fn story_called(&self, given: &str) -> Result<Option<Found>, DeskError> {
        let stories = self.store.stories_like(given, SHOWN)?;
        match stories[..] {
            [] => Ok(None),
            [story] => {
                let ended = if story.to_string().starts_with(given) {
                    None
                } else {
                    self.store.ended_like(given, 1)?.pop().map(|(ended, _)| ended)
                };
                Ok(Some(Found { story, others: Vec::new(), ended }))
            }
            _ => Err(ambiguous(given, stories.iter().map(ToString::to_string))),
        }
    }

    /// Finds an article by its id or the first characters of it.
    pub fn find_article(&self, given: &str) -> Result<ArticleId, DeskError> {
        let articles = self.store.articles_like(given.trim(), SHOWN)?;
        match articles[..] {
            [article] => Ok(article),
            [] => Err(DeskError::NoArticle(given.to_owned())),
            _ => Err(ambiguous(given, articles.iter().map(ToString::to_string))),
        }
    }

    /// An article with its place and versions.
    pub fn article(&self, article: ArticleId) -> Result<(Article, Membership, Vec<Version>), DeskError> {
        self.store.article(article)?.ok_or_else(|| DeskError::NoArticle(article.to_string()))
    }

    /// Searches articles. Returns how many fit, and the best of them.
    pub fn search(
        &mut self,
        query: &str,
        ranking: Ranking,
        limit: usize,
    ) -> Result<(usize, Vec<SearchResult>), DeskError> {
        let mut query = search::parse(query, &self.registry).map_err(StoreError::from)?;
        for filter in &mut query.filters {
            self.follow(filter)?;
        }
        self.hits(&query, ranking, limit)
    }

    /// Lets `story:` stand for the story that an ended one leads to.
    fn follow(&self, filter: &mut search::Filter) -> Result<(), DeskError> {
        match filter {
            search::Filter::Story(story) => {
                if let Ok(id) = story.parse()
                    && let Some(living) = self.store.living(id)?
                {
                    *story = living.to_string();
                }
            }
            search::Filter::Not(inner) => self.follow(inner)?,
            _ => {}
        }
        Ok(())
    }

    fn hits(
        &mut self,
        query: &search::Search,
        ranking: Ranking,
        limit: usize,
    ) -> Result<(usize, Vec<SearchResult>), DeskError> {
        let hits = self.search_index()?.find(query, ranking, limit)?;
        let mut results = Vec::with_capacity(hits.hits.len());
        let mut members: BTreeMap<StoryId, Vec<Member>> = BTreeMap::new();
        for hit in hits.hits {
            let Some((_, membership, mut versions)) = self.store.article(hit.article)? else { continue };
            let story = membership.story;
            if !members.contains_key(&story) {
                members.extend(self.store.members(&[story])?);
            }
            let member = members.get(&story).and_then(|all| all.iter().find(|m| m.article == hit.article));
            if let (Some(member), Some(version)) = (member, versions.pop()) {
                results.push(SearchResult { member: member.clone(), story, score: hit.score, version });
            }
        }
        Ok((hits.total, results))
    }

    fn reader_id(&self) -> &str {
        self.reader_id.get_or_init(|| reader_id(&self.registry))
    }

    /// Of how many articles it is known who says what in them, and how many wait to be read.
    pub fn backlog(&self) -> Result<Backlog, DeskError> {
        Ok(self.store.backlog(self.reader_id(), &READ)?)
    }

    /// Articles that this desk had to read deeply, as no reading of theirs was kept.
    pub fn deeply_read(&self) -> u64 {
        self.read.load(Ordering::Relaxed)
    }

    /// Lays out what a brief of a story is written from. Deep readings come from the store, or are made now and
    /// stored where nobody else is writing. The id of a story that ended by a correction stands for the one it leads to.
    pub fn dossier(&self, story: StoryId) -> Result<Dossier, DeskError> {
        let story = self.store.living(story)?.ok_or_else(|| DeskError::NoStory(story.to_string()))?;
        let stored = self.store.story(story)?.ok_or_else(|| DeskError::NoStory(story.to_string()))?;
        let articles: Vec<ArticleId> = stored.members.iter().map(|member| member.article).collect();
        let versions: BTreeMap<ArticleId, Vec<Version>> =
            self.store.versions(&articles)?.into_iter().collect();
        let id = self.reader_id();
        let deep = || DeepReader { id, reader: self.reader(), registry: &self.registry };
        let (said, read) = said_in(&self.folder, &self.store, &versions, id, deep)?;
        self.read.fetch_add(read as u64, Ordering::Relaxed);
        let corrections = self.store.corrections_of(story)?;
        let memberships = self.store.memberships(story)?;
        Ok(Dossier {
            corrected: editions(story, &corrections),
            by_hand: put_by_hand(&corrections),
            neighbours: self.neighbours(&memberships)?,
            storyline: self.store.storyline(story)?,
            head: stored.head,
            memberships,
            said,
            versions,
            members: stored.members,
            clock: self.clock()?,
        })
    }

    /// The stories that these articles would have joined next, as they are now, by the ids they had then.
    pub fn neighbours(&self, memberships: &[Membership]) -> Result<BTreeMap<StoryId, Neighbour>, DeskError> {
        let mut living: BTreeMap<StoryId, StoryId> = BTreeMap::new();
        for (story, _) in memberships.iter().filter_map(|membership| membership.join.alternative) {
            if !living.contains_key(&story) {
                living.extend(self.store.living(story)?.map(|now| (story, now)));
            }
        }
        let now: BTreeSet<StoryId> = living.values().copied().collect();
        let headlines = self.store.headlines(&now.into_iter().collect::<Vec<_>>())?;
        let named = |(then, now)| Some((then, (now, headlines.get(&now)?.clone())));
        Ok(living.into_iter().filter_map(named).collect())
    }
}

fn ambiguous(given: &str, candidates: impl Iterator<Item = String>) -> DeskError {
    DeskError::Ambiguous { given: given.to_owned(), candidates: candidates.collect() }
}
