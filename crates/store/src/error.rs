//! What can go wrong with a folder, and the way out.

use std::path::{Path, PathBuf};

/// Why the store cannot do what it was asked.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// Another process writes to the folder.
    #[error(
        "{folder} is being written to by another process ({holder}); wait for it to end, or choose another folder with --dir"
    )]
    Locked {
        /// The folder.
        folder: PathBuf,
        /// What the other process left in its lock file.
        holder: String,
    },
    /// The folder is not there and may not be made.
    #[error(
        "there is no dateline folder at {0}; add something first (`dateline add …`), or name another with --dir"
    )]
    Missing(PathBuf),
    /// The database was written by a newer dateline.
    #[error(
        "{path} was written by a newer dateline (layout {found}, this one knows up to {known}); update dateline"
    )]
    Newer {
        /// The database.
        path: PathBuf,
        /// Its layout.
        found: i64,
        /// The newest layout this program knows.
        known: i64,
    },
    /// The disk is full.
    #[error(
        "no space left for {path}: nothing of the last batch was stored; free some space and run the command again, what is stored already will be passed over"
    )]
    Full {
        /// What could not grow.
        path: PathBuf,
    },
    /// The operating system says no.
    #[error("{path}: {source}")]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// The database says no.
    #[error("{path}: {source}{}", way_out(source))]
    Database {
        /// The database.
        path: PathBuf,
        /// What it says.
        source: rusqlite::Error,
    },
    /// The search index says no.
    #[error("{path}: {source}; `dateline reindex` makes the search index anew")]
    Index {
        /// The index.
        path: PathBuf,
        /// What it says.
        source: tantivy::TantivyError,
    },
    /// Something stored is not what it should be.
    #[error("{path}: {what}; `dateline doctor` examines the folder")]
    Damaged {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        what: String,
    },
    /// A search cannot be understood.
    #[error("{0}")]
    Query(String),
}

/// What to do where the database says no.
fn way_out(source: &rusqlite::Error) -> &'static str {
    use rusqlite::ErrorCode;
    match source.sqlite_error_code() {
        Some(ErrorCode::SystemIoFailure) => {
            "; see that the disk is well and that files may grow (`ulimit -f`), and run the command again, what is \
             stored already will be passed over"
        }
        Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => {
            "; this is no database that dateline wrote, or no longer: put a copy in its place, or choose another \
             folder with --dir"
        }
        Some(ErrorCode::ReadOnly | ErrorCode::CannotOpen | ErrorCode::PermissionDenied) => {
            "; give yourself the right to write there, or choose another folder with --dir"
        }
        _ => "",
    }
}

/// Result of a store operation.
pub type Result<T> = std::result::Result<T, StoreError>;

/// Adds the path to a database error, and tells a full disk apart.
pub(crate) fn database(path: &Path) -> impl Fn(rusqlite::Error) -> StoreError + '_ {
    move |source| match source.sqlite_error_code() {
        Some(rusqlite::ErrorCode::DiskFull) => StoreError::Full { path: path.to_owned() },
        _ => StoreError::Database { path: path.to_owned(), source },
    }
}

/// Adds the path to an input or output error, and tells a full disk apart.
pub(crate) fn io(path: &Path) -> impl Fn(std::io::Error) -> StoreError + '_ {
    move |source| match source.kind() {
        std::io::ErrorKind::StorageFull | std::io::ErrorKind::QuotaExceeded => {
            StoreError::Full { path: path.to_owned() }
        }
        _ => StoreError::Io { path: path.to_owned(), source },
    }
}

/// Adds the path to an index error, and tells a full disk apart.
pub(crate) fn index(path: &Path) -> impl Fn(tantivy::TantivyError) -> StoreError + '_ {
    move |source| {
        let full = match &source {
            tantivy::TantivyError::IoError(error) => error.kind() == std::io::ErrorKind::StorageFull,
            other => other.to_string().contains("No space left"),
        };
        if full {
            StoreError::Full { path: path.to_owned() }
        } else {
            StoreError::Index { path: path.to_owned(), source }
        }
    }
}
