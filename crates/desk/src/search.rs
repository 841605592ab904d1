//! Keeping the search index level with the store.

use dateline_model::Correction;
use dateline_store::search::{SearchIndex, SearchWriter};
use dateline_store::{Folder, Lock, Result, Store, Stored};

/// Versions read from the store at a time.
const CHUNK: usize = 512;

/// Opens the index and adds what it lacks: all of it where it is new, damaged, or of another layout.
pub fn catch_up(folder: &Folder, lock: &Lock, store: &impl Store) -> Result<SearchIndex> {
    let mut index = folder.open_search(lock)?;
    let (newest, corrected) = (store.newest_seq()?, store.newest_correction()?);
    if index.indexed_up_to() > newest || index.corrected_up_to() > corrected {
        // It has come further than the store: it belongs to another one.
        drop(index);
        index = SearchIndex::create(&folder.search_path())?;
    }
    if index.indexed_up_to() < newest || index.corrected_up_to() < corrected {
        fill(&index, store)?;
    }
    index.refresh()?;
    Ok(index)
}

/// Makes the index anew. Returns the articles it holds.
pub fn reindex(folder: &Folder, _lock: &Lock, store: &impl Store) -> Result<u64> {
    let index = SearchIndex::create(&folder.search_path())?;
    fill(&index, store)?;
    index.refresh()?;
    Ok(index.articles())
}

fn fill(index: &SearchIndex, store: &impl Store) -> Result<()> {
    let mut writer = index.writer()?;
    let mut seq = index.indexed_up_to();
    loop {
        let chunk = store.after(seq, CHUNK)?;
        let Some(last) = chunk.last() else { break };
        seq = last.seq;
        for stored in &chunk {
            writer.add(stored)?;
        }
    }
    // What was added just now is in its story; what the index had may have been corrected since.
    let corrections = store.corrections()?;
    for correction in corrections.iter().filter(|correction| correction.number > index.corrected_up_to()) {
        correct(&mut writer, store, correction)?;
    }
    writer.finish()
}

/// Puts the articles that a correction moved into their stories.
fn correct(writer: &mut SearchWriter, store: &impl Store, correction: &Correction) -> Result<()> {
    for article in &correction.moved {
        if let Some((article, membership, mut versions)) = store.article(*article)?
            && let Some(version) = versions.pop()
        {
            // Its number is not new: the index has come further already.
            writer.replace(&Stored { seq: 0, article, version, membership })?;
        }
    }
    writer.corrected(correction.number);
    Ok(())
}
