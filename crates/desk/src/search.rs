//! Keeping the search index level with the store.

use dateline_model::{ArticleId, Correction, Registry, Version};
use dateline_store::search::{SearchIndex, SearchWriter, Speech};
use dateline_store::{DeepReading, Folder, Lock, Result, Store, Stored};

/// Versions read from the store at a time.
const CHUNK: usize = 512;

/// Opens the index and adds what it lacks: all of it where it is new, damaged, or of another layout.
pub fn catch_up(
    folder: &Folder,
    lock: &Lock,
    store: &impl Store,
    registry: &Registry,
) -> Result<SearchIndex> {
    let mut index = folder.open_search(lock)?;
    if index.indexed_up_to() > store.newest_seq()?
        || index.read_up_to() > store.newest_mark()?
        || index.corrected_up_to() > store.newest_correction()?
    {
        // It has come further than the store: it belongs to another one.
        drop(index);
        index = SearchIndex::create(&folder.search_path())?;
    }
    if !is_level(&index, store)? {
        fill(&index, store, registry)?;
    }
    index.refresh()?;
    Ok(index)
}

/// True where the index has all versions, deep readings and corrections.
pub fn is_level(index: &SearchIndex, store: &impl Store) -> Result<bool> {
    Ok(index.indexed_up_to() == store.newest_seq()?
        && index.read_up_to() == store.newest_mark()?
        && index.corrected_up_to() == store.newest_correction()?)
}

/// Makes the index anew. Returns the articles it holds.
pub fn reindex(folder: &Folder, _lock: &Lock, store: &impl Store, registry: &Registry) -> Result<u64> {
    let index = SearchIndex::create(&folder.search_path())?;
    fill(&index, store, registry)?;
    index.refresh()?;
    Ok(index.articles())
}

/// Who speaks in a version, as far as the store knows by now.
pub fn speech(store: &impl Store, version: &Version, registry: &Registry) -> Result<Speech> {
    let readings = store.readings(&[version.article])?;
    Ok(speech_in(version, readings.get(&version.article).map_or(&[], Vec::as_slice), registry))
}

fn speech_in(version: &Version, readings: &[DeepReading], registry: &Registry) -> Speech {
    let reading = readings.iter().find(|reading| reading.version == version.number);
    reading.map_or_else(Speech::default, |reading| Speech::of(&version.text, &reading.said, registry))
}

fn fill(index: &SearchIndex, store: &impl Store, registry: &Registry) -> Result<()> {
    let mut writer = index.writer()?;
    add_versions(&mut writer, index.indexed_up_to(), store, registry)?;
    add_readings(&mut writer, store, registry)?;
    add_corrections(&mut writer, store, registry)?;
    writer.finish()
}

fn add_versions(writer: &mut SearchWriter, from: i64, store: &impl Store, registry: &Registry) -> Result<()> {
    let mark = store.newest_mark()?;
    let mut seq = from;
    loop {
        let chunk = store.after(seq, CHUNK)?;
        let Some(last) = chunk.last() else { break };
        seq = last.seq;
        let articles: Vec<_> = chunk.iter().map(|stored| stored.article.id).collect();
        let readings = store.readings(&articles)?;
        for stored in &chunk {
            let readings = readings.get(&stored.article.id).map_or(&[][..], Vec::as_slice);
            writer.add(stored, &speech_in(&stored.version, readings, registry))?;
        }
    }
    if from == 0 {
        // The readings came in with the versions.
        writer.has_read(mark);
    }
    Ok(())
}

/// Puts articles that were read deeply since in the place of what the index has of them.
fn add_readings(writer: &mut SearchWriter, store: &impl Store, registry: &Registry) -> Result<()> {
    let mut mark = writer.read_up_to();
    loop {
        let chunk = store.read_after(mark, CHUNK)?;
        let Some((last, _)) = chunk.last() else { return Ok(()) };
        mark = *last;
        for (_, article) in &chunk {
            replace(writer, *article, store, registry)?;
        }
        writer.has_read(mark);
    }
}

/// Puts the articles that were corrected since into their stories. What was added just now is in its story; what the
/// index had may have been moved.
fn add_corrections(writer: &mut SearchWriter, store: &impl Store, registry: &Registry) -> Result<()> {
    let from = writer.corrected_up_to();
    for correction in store.corrections_after(from)? {
        correct(writer, &correction, store, registry)?;
    }
    Ok(())
}

/// Puts the articles that a correction moved into their stories.
pub fn correct(
    writer: &mut SearchWriter,
    correction: &Correction,
    store: &impl Store,
    registry: &Registry,
) -> Result<()> {
    for article in &correction.moved {
        replace(writer, *article, store, registry)?;
    }
    writer.corrected(correction.number);
    Ok(())
}

/// Puts what is known of an article by now in the place of what the index has of it.
fn replace(
    writer: &mut SearchWriter,
    article: ArticleId,
    store: &impl Store,
    registry: &Registry,
) -> Result<()> {
    if let Some((article, membership, mut versions)) = store.article(article)?
        && let Some(version) = versions.pop()
    {
        let speech = speech(store, &version, registry)?;
        // Its version is not new: the index has come further already.
        writer.replace(&Stored { seq: 0, article, version, membership }, &speech)?;
    }
    Ok(())
}
