//! Reading the data sets: JSONL, plain or gzipped, from a folder the user names.

use std::fs::File;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};

/// Why a data set cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum DataError {
    /// It is not there.
    #[error("no data set at {0}; give the folder of the data sets with --data DIR")]
    Missing(PathBuf),
    /// It is there and cannot be read.
    #[error("{path}: {source}")]
    Io {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// A line is not what it should be.
    #[error("{path}:{line}: {what}")]
    Line {
        /// The file.
        path: PathBuf,
        /// The line, from 1.
        line: usize,
        /// What is wrong.
        what: String,
    },
    /// The folder that a stage fills cannot be made, filled or read.
    #[error("the folder that this stage fills: {0}; it lies where temporary files do (TMPDIR)")]
    Folder(String),
    /// Predictions cannot be written.
    #[error("predictions cannot be written: {0}; name another file")]
    Predictions(std::io::Error),
    /// Other tools cannot be run.
    #[error(transparent)]
    Peers(#[from] crate::peers::PeerError),
}

/// Opens a file, through gzip where its name ends in `.gz`.
pub fn open(path: &Path) -> Result<Box<dyn BufRead>, DataError> {
    let file = File::open(path).map_err(|source| match source.kind() {
        std::io::ErrorKind::NotFound => DataError::Missing(path.to_owned()),
        _ => DataError::Io { path: path.to_owned(), source },
    })?;
    let plain: Box<dyn Read> = if path.extension().is_some_and(|end| end == "gz") {
        Box::new(flate2::read::MultiGzDecoder::new(file))
    } else {
        Box::new(file)
    };
    Ok(Box::new(BufReader::with_capacity(1 << 16, plain)))
}

/// Reads a JSONL file whole, each line as a `T`.
pub fn jsonl<T: serde::de::DeserializeOwned>(path: &Path) -> Result<Vec<T>, DataError> {
    let mut rows = Vec::new();
    for (index, line) in open(path)?.lines().enumerate() {
        let line = line.map_err(|source| DataError::Io { path: path.to_owned(), source })?;
        if line.trim().is_empty() {
            continue;
        }
        let row = serde_json::from_str(&line).map_err(|error| DataError::Line {
            path: path.to_owned(),
            line: index + 1,
            what: error.to_string(),
        })?;
        rows.push(row);
    }
    Ok(rows)
}

/// Writes each of `rows` as a line of JSON: what a stage predicted, for any scorer.
///
/// # Errors
///
/// Where `out` takes no more.
pub fn write_jsonl<T: serde::Serialize>(
    out: &mut dyn Write,
    rows: impl IntoIterator<Item = T>,
) -> Result<(), DataError> {
    for row in rows {
        serde_json::to_writer(&mut *out, &row).map_err(|error| DataError::Predictions(error.into()))?;
        out.write_all(b"\n").map_err(DataError::Predictions)?;
    }
    Ok(())
}

/// Reads a tar archive whole, through gzip where its name ends in `.gz`: the path and bytes of each
/// file, in order. For the test sets, which fit in memory many times over.
///
/// # Errors
///
/// Where the archive is missing, or cannot be read.
pub fn tar(path: &Path) -> Result<Vec<(String, Vec<u8>)>, DataError> {
    let io = |source| DataError::Io { path: path.to_owned(), source };
    let mut archive = tar::Archive::new(open(path)?);
    let mut files = Vec::new();
    for entry in archive.entries().map_err(io)? {
        let mut entry = entry.map_err(io)?;
        if !entry.header().entry_type().is_file() {
            continue;
        }
        let name = entry.path().map_err(io)?.to_string_lossy().into_owned();
        let mut bytes = Vec::new();
        entry.read_to_end(&mut bytes).map_err(io)?;
        files.push((name, bytes));
    }
    Ok(files)
}

/// A folder with a stream of two articles in the file of that name, for the tests of stages.
#[cfg(test)]
pub(crate) fn small_stream(file: &str) -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    let line = |n: u32, words: &str| {
        format!(
            "{{\"id\":\"{n}\",\"date\":\"2024-05-0{n}\",\"lang\":\"en\",\"title\":\"{words}\",\"text\":\"{words} on day {n}.\"}}\n"
        )
    };
    let lines = line(1, "A ferry capsized off Safaga") + &line(2, "A dyke broke near Grimma");
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    std::io::Write::write_all(&mut packed, lines.as_bytes()).unwrap();
    let path = dir.path().join(file);
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, packed.finish().unwrap()).unwrap();
    dir
}
