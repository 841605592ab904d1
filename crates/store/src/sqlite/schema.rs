//! The layout of the database, as the steps that led to it.

use rusqlite::Connection;

/// Each entry brings a database from the layout of its position to the next.
const STEPS: &[&str] = &["
-- An article: one page of one outlet. `seq` is the order of arrival.
CREATE TABLE article (
    seq      INTEGER PRIMARY KEY,
    id       BLOB NOT NULL UNIQUE,
    url      TEXT,
    outlet   TEXT,
    external TEXT NOT NULL            -- ids of the sources, JSON list
) STRICT;

-- A version of an article's text. Rows are never changed, and never deleted: `seq` numbers them for
-- the search index, which is told up to which one it has come.
CREATE TABLE version (
    seq      INTEGER PRIMARY KEY,
    article  INTEGER NOT NULL REFERENCES article(seq),
    number   INTEGER NOT NULL,
    title    TEXT NOT NULL,
    sha256   BLOB NOT NULL,
    material INTEGER NOT NULL,        -- fingerprint of what matters in title and text
    extent   TEXT NOT NULL,
    cause    TEXT NOT NULL,
    lang     TEXT NOT NULL,
    genre    TEXT NOT NULL,
    reported INTEGER,                 -- seconds, where the date is believable
    facts    TEXT NOT NULL,           -- the rest, JSON
    on_record INTEGER NOT NULL,
    UNIQUE (article, number)
) STRICT;

-- Bodies apart from the rest, so that lists of headlines need not step over them.
CREATE TABLE body (
    version    INTEGER PRIMARY KEY REFERENCES version(seq),
    dictionary INTEGER NOT NULL,
    length     INTEGER NOT NULL,
    data       BLOB NOT NULL
) STRICT;

CREATE TABLE dictionary (
    id   INTEGER PRIMARY KEY,
    data BLOB NOT NULL
) STRICT;

CREATE TABLE story (
    seq       INTEGER PRIMARY KEY,
    id        BLOB NOT NULL UNIQUE,
    title     TEXT NOT NULL,
    first     INTEGER,
    last      INTEGER,
    head      TEXT NOT NULL           -- StoryHead, JSON
) STRICT;
CREATE INDEX story_last ON story (last);

CREATE TABLE member (
    article  INTEGER PRIMARY KEY REFERENCES article(seq),
    story    INTEGER NOT NULL REFERENCES story(seq),
    relation TEXT NOT NULL,
    origin   TEXT,
    repeats  BLOB,                    -- id of the article it repeats
    kinship  TEXT NOT NULL,           -- why it has this relation, JSON
    reasons  TEXT NOT NULL            -- why it is in this story, JSON
) STRICT;
CREATE INDEX member_story ON member (story, article);

CREATE TABLE subscription (
    feed    TEXT PRIMARY KEY,
    site    TEXT,
    title   TEXT,
    folders TEXT NOT NULL,
    state   TEXT NOT NULL             -- validators and times of the last fetch, JSON
) STRICT;
", "
-- A deep reading of a version: who says what in it. Derived from its text, but dear to derive. `mark` grows with
-- every reading that is stored, also in place of another: the search index is told up to which one it has come.
CREATE TABLE reading (
    mark    INTEGER PRIMARY KEY,
    version INTEGER NOT NULL UNIQUE REFERENCES version(seq),
    reader  TEXT NOT NULL,            -- rules, weights and outlet names it was read with
    length  INTEGER NOT NULL,         -- bytes of the JSON
    said    BLOB NOT NULL             -- attributions, JSON, compressed
) STRICT;
", "
-- A correction of the stories by hand, a tie that the desk found, or the undoing of one. Rows are never changed, and never deleted.
CREATE TABLE correction (
    number INTEGER PRIMARY KEY,
    kind   TEXT NOT NULL,             -- merge, split, move, tie, undo
    undoes INTEGER REFERENCES correction(number),
    at     TEXT NOT NULL,
    after  INTEGER NOT NULL,          -- the newest version at that time
    source BLOB NOT NULL,             -- id of the story that the articles left
    target BLOB NOT NULL,             -- id of the story that they went to
    facts  TEXT NOT NULL              -- the rest, JSON
) STRICT;

-- What a correction says of articles: those it moved belong together, and with those that joined them (were in the
-- target already), and apart from those that were left in the source. For an undoing the same, and no such meaning.
CREATE TABLE corrected (
    correction INTEGER NOT NULL REFERENCES correction(number),
    article    INTEGER NOT NULL REFERENCES article(seq),
    part       TEXT NOT NULL,         -- moved, left, joined
    PRIMARY KEY (correction, article)
) STRICT, WITHOUT ROWID;

-- Stories that ended by a correction, each with the one its last articles went to, which may have ended too.
CREATE TABLE successor (
    id       BLOB PRIMARY KEY,
    leads_to BLOB NOT NULL
) STRICT;
", "
-- The storyline of each story that continues another's. Rows stay when the story ends: it may come back.
CREATE TABLE continuation (
    story BLOB PRIMARY KEY,           -- id of the story
    line  BLOB NOT NULL               -- id of the storyline, which is that of the story that started it
) STRICT, WITHOUT ROWID;
CREATE INDEX continuation_line ON continuation (line);
"];

/// The layout this program writes.
pub const LAYOUT: i64 = STEPS.len() as i64;

/// Brings a database up to date. Each step is one transaction; a database of a newer layout is left alone.
///
/// Returns the layout found, which is more than [`LAYOUT`] for a database of a newer program.
pub fn migrate(connection: &mut Connection) -> rusqlite::Result<i64> {
    let found: i64 = connection.query_row("PRAGMA user_version", [], |row| row.get(0))?;
    for (at, step) in STEPS.iter().enumerate().skip(found.max(0) as usize) {
        let transaction = connection.transaction()?;
        transaction.execute_batch(step)?;
        transaction.pragma_update(None, "user_version", at as i64 + 1)?;
        transaction.commit()?;
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_database_is_brought_up_to_date_once() {
        let mut connection = Connection::open_in_memory().unwrap();
        assert_eq!(migrate(&mut connection).unwrap(), 0);
        assert_eq!(migrate(&mut connection).unwrap(), LAYOUT);
        let tables: i64 = connection
            .query_row("SELECT count(*) FROM sqlite_schema WHERE type = 'table'", [], |row| row.get(0))
            .unwrap();
        assert_eq!(tables, 12);
    }
}
