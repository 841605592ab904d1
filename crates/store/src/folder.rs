//! The folder: what lies where, and who may write.
//!
//! ```text
//! dateline.d/
//!   dateline.db        the facts (SQLite, with its -wal and -shm beside it)
//!   search/            the inverted index (Tantivy; derived)
//!   stories.snapshot   the live stories (derived)
//!   outlets.tsv        your own rows of the outlet registry (optional)
//!   lock               who is writing
//! ```

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{Read, Seek, Write};
use std::path::{Path, PathBuf};

use dateline_model::Registry;

use crate::error::{Result, StoreError, io};
use crate::search::SearchIndex;
use crate::sqlite::SqliteStore;

/// A dateline folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Folder {
    path: PathBuf,
}

/// The right to write to a folder; given up when it is dropped, or the process ends however it ends.
#[derive(Debug)]
pub struct Lock {
    // Held for its lock.
    _file: File,
}

impl Folder {
    /// A folder at a path, which need not exist yet.
    pub fn at(path: impl Into<PathBuf>) -> Self {
        Self { path: path.into() }
    }

    /// Its path.
    pub fn path(&self) -> &Path {
        &self.path
    }

    fn database(&self) -> PathBuf {
        self.path.join("dateline.db")
    }

    /// Where the search index lies.
    pub fn search_path(&self) -> PathBuf {
        self.path.join("search")
    }

    /// Where the snapshot of the live stories lies.
    pub fn snapshot_path(&self) -> PathBuf {
        self.path.join("stories.snapshot")
    }

    /// True where something was stored.
    pub fn exists(&self) -> bool {
        self.database().is_file()
    }

    /// Takes the right to write, making the folder where there is none.
    pub fn lock(&self) -> Result<Lock> {
        std::fs::create_dir_all(&self.path).map_err(io(&self.path))?;
        let path = self.path.join("lock");
        let mut file = OpenOptions::new()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .open(&path)
            .map_err(io(&path))?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                let mut holder = String::new();
                file.read_to_string(&mut holder).map_err(io(&path))?;
                let holder = holder.trim();
                let holder = if holder.is_empty() { "unknown" } else { holder }.to_owned();
                return Err(StoreError::Locked { folder: self.path.clone(), holder });
            }
            Err(TryLockError::Error(error)) => return Err(io(&path)(error)),
        }
        let command: Vec<String> = std::env::args().take(3).collect();
        let note = format!("process {}, `{}`\n", std::process::id(), command.join(" "));
        file.set_len(0).and_then(|()| file.rewind()).map_err(io(&path))?;
        file.write_all(note.as_bytes()).map_err(io(&path))?;
        Ok(Lock { _file: file })
    }

    /// Opens the facts for writing. The lock shows that this is the only writer.
    pub fn open_store(&self, _lock: &Lock) -> Result<SqliteStore> {
        SqliteStore::open(&self.database())
    }

    /// Opens the facts for reading.
    pub fn open_store_read_only(&self) -> Result<SqliteStore> {
        if !self.exists() {
            return Err(StoreError::Missing(self.path.clone()));
        }
        SqliteStore::open_read_only(&self.database())
    }

    /// Opens the search index for writing, making a new one where there is none that can be used.
    pub fn open_search(&self, _lock: &Lock) -> Result<SearchIndex> {
        let path = self.search_path();
        match SearchIndex::open(&path)? {
            Some(index) => Ok(index),
            None => SearchIndex::create(&path),
        }
    }

    /// Opens the search index for reading; `None` where there is none that can be used.
    pub fn open_search_read_only(&self) -> Result<Option<SearchIndex>> {
        SearchIndex::open(&self.search_path())
    }

    /// The snapshot of the live stories, if there is one.
    pub fn read_snapshot(&self) -> Option<Vec<u8>> {
        std::fs::read(self.snapshot_path()).ok()
    }

    /// Replaces the snapshot of the live stories, at once or not at all.
    pub fn write_snapshot(&self, _lock: &Lock, bytes: &[u8]) -> Result<()> {
        let path = self.snapshot_path();
        let new = path.with_extension("snapshot.new");
        let write = || {
            let mut file = File::create(&new)?;
            file.write_all(bytes)?;
            file.sync_all()?;
            std::fs::rename(&new, &path)
        };
        write().map_err(io(&path))
    }

    /// The outlet registry: the one that ships, with the folder's own rows over it.
    ///
    /// Rows that cannot be read are named and left out.
    pub fn registry(&self) -> Result<(Registry, Vec<String>)> {
        let mut registry = Registry::builtin().clone();
        let path = self.path.join("outlets.tsv");
        let own = match std::fs::read_to_string(&path) {
            Ok(own) => own,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok((registry, Vec::new())),
            Err(error) => return Err(io(&path)(error)),
        };
        let (rows, errors) = Registry::parse(&own);
        registry.extend(&rows);
        Ok((registry, errors.into_iter().map(|error| format!("{}: {error}", path.display())).collect()))
    }

    /// Bytes on disk.
    pub fn size(&self) -> u64 {
        fn size_of(path: &Path) -> u64 {
            let Ok(entries) = std::fs::read_dir(path) else { return 0 };
            entries
                .flatten()
                .map(|entry| match entry.metadata() {
                    Ok(meta) if meta.is_dir() => size_of(&entry.path()),
                    Ok(meta) => meta.len(),
                    Err(_) => 0,
                })
                .sum()
        }
        size_of(&self.path)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_second_writer_is_told_who_the_first_is() {
        let dir = tempfile::tempdir().unwrap();
        let folder = Folder::at(dir.path().join("desk"));
        let lock = folder.lock().unwrap();
        let error = folder.lock().unwrap_err().to_string();
        assert!(error.contains("being written to by another process"), "{error}");
        assert!(error.contains(&std::process::id().to_string()), "{error}");
        drop(lock);
        assert!(folder.lock().is_ok());
    }

    #[test]
    fn a_folder_that_is_not_there_is_not_read() {
        let dir = tempfile::tempdir().unwrap();
        let error = Folder::at(dir.path().join("none")).open_store_read_only().err().unwrap();
        assert!(error.to_string().contains("add something first"), "{error}");
    }

    #[test]
    fn own_rows_go_over_the_shipped_registry() {
        let dir = tempfile::tempdir().unwrap();
        let folder = Folder::at(dir.path());
        let rows = "my-paper.example\tMy Paper\tNE\ten\tnewspaper\t\tindependent\tours\nbroken row\n";
        std::fs::write(dir.path().join("outlets.tsv"), rows).unwrap();
        let (registry, errors) = folder.registry().unwrap();
        assert_eq!(registry.by_domain("my-paper.example").unwrap().name(), "My Paper");
        assert!(errors[0].contains("outlets.tsv: line 2"), "{errors:?}");
    }
}
