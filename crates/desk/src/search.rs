//! Keeping the search index level with the store.

use dateline_store::search::SearchIndex;
use dateline_store::{Folder, Lock, Result, Store};

/// Versions read from the store at a time.
const CHUNK: usize = 512;

/// Opens the index and adds what it lacks: all of it where it is new, damaged, or of another layout.
pub fn catch_up(folder: &Folder, lock: &Lock, store: &impl Store) -> Result<SearchIndex> {
    let mut index = folder.open_search(lock)?;
    let newest = store.newest_seq()?;
    if index.indexed_up_to() > newest {
        // It has come further than the store: it belongs to another one.
        drop(index);
        index = SearchIndex::create(&folder.search_path())?;
    }
    if index.indexed_up_to() < newest {
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
        let Some(last) = chunk.last() else { return writer.finish() };
        seq = last.seq;
        for stored in &chunk {
            writer.add(stored)?;
        }
    }
}
