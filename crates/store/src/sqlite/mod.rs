//! The store on SQLite.

mod bodies;
mod corrections;
mod read;
mod readings;
mod rows;
mod schema;
mod storylines;
mod write;

use std::cell::RefCell;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::{Connection, OpenFlags};

use self::bodies::{Packer, Unpacker};
use crate::error::{Result, StoreError, database};

/// How long a reader waits for a writer's checkpoint, or the other way round.
const PATIENCE: Duration = Duration::from_secs(10);

/// The facts of a folder in one SQLite database in WAL mode.
pub struct SqliteStore {
    path: PathBuf,
    connection: Connection,
    packer: Option<Packer>,
    unpacker: RefCell<Unpacker>,
}

impl SqliteStore {
    /// Opens a database for writing, making it where there is none. One writer at a time: the
    /// [folder's lock](crate::Lock) sees to that.
    pub fn open(path: &Path) -> Result<Self> {
        let at = database(path);
        let mut connection = Connection::open(path).map_err(&at)?;
        connection.busy_timeout(PATIENCE).map_err(&at)?;
        // A commit is on disk before it is acknowledged.
        connection.pragma_update(None, "journal_mode", "WAL").map_err(&at)?;
        connection.pragma_update(None, "synchronous", "FULL").map_err(&at)?;
        connection.pragma_update(None, "foreign_keys", true).map_err(&at)?;
        connection.pragma_update(None, "cache_size", -32_000).map_err(&at)?;
        let found = schema::migrate(&mut connection).map_err(&at)?;
        Self::refuse_newer(path, found)?;
        let packer = Packer::open(&connection).map_err(&at)?;
        Ok(Self { path: path.to_owned(), connection, packer: Some(packer), unpacker: RefCell::default() })
    }

    /// Opens a database for reading only.
    pub fn open_read_only(path: &Path) -> Result<Self> {
        let at = database(path);
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = Connection::open_with_flags(path, flags).map_err(&at)?;
        connection.busy_timeout(PATIENCE).map_err(&at)?;
        let found = connection.query_row("PRAGMA user_version", [], |row| row.get(0)).map_err(&at)?;
        Self::refuse_newer(path, found)?;
        if found == 0 {
            // Whoever made it was stopped before there was a table in it.
            return Err(StoreError::Missing(path.parent().unwrap_or(path).to_owned()));
        }
        Ok(Self { path: path.to_owned(), connection, packer: None, unpacker: RefCell::default() })
    }

    fn refuse_newer(path: &Path, found: i64) -> Result<()> {
        if found > schema::LAYOUT {
            return Err(StoreError::Newer { path: path.to_owned(), found, known: schema::LAYOUT });
        }
        Ok(())
    }

    fn at(&self) -> impl Fn(rusqlite::Error) -> StoreError + '_ {
        database(&self.path)
    }
}

#[cfg(test)]
mod tests;
