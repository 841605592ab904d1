//! The files of a folder, in the order of their names, so that two runs read the same in the same order.

use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::Ordering;

use dateline_model::Source;

use super::stream::Progress;
use crate::Problem;

/// Folders nested deeper than this are not entered.
const DEEPEST: usize = 64;

/// Walks a folder: files before and between folders as their names sort; hidden ones left out; links to
/// folders followed, but none entered twice.
pub(crate) struct Walk {
    /// What is still to be visited, the next last.
    stack: Vec<(PathBuf, usize)>,
    /// Real paths of the folders entered, against links that lead back.
    entered: HashSet<PathBuf>,
    progress: Progress,
}

impl Walk {
    pub(crate) fn new(folder: &Path, progress: &Progress) -> Self {
        Self { stack: vec![(folder.to_owned(), 0)], entered: HashSet::new(), progress: progress.clone() }
    }

    fn enter(&mut self, folder: &Path, depth: usize) -> Result<(), Problem> {
        let problem = |what: String| Problem::new(&source(folder), what);
        if depth > DEEPEST {
            return Err(problem(format!("folders nested deeper than {DEEPEST} are not read"))
                .fix("give that folder itself"));
        }
        let denied = |error: std::io::Error| {
            problem(format!("this folder cannot be read: {error}"))
                .fix("give yourself the right to read it, or leave it out")
        };
        if !self.entered.insert(fs::canonicalize(folder).map_err(denied)?) {
            return Ok(());
        }
        let mut paths = Vec::new();
        for entry in fs::read_dir(folder).map_err(denied)? {
            let entry = entry.map_err(denied)?;
            if entry.file_name().as_encoded_bytes().starts_with(b".") {
                continue;
            }
            let path = entry.path();
            if let Ok(metadata) = fs::metadata(&path)
                && metadata.is_file()
            {
                self.progress.total.fetch_add(metadata.len(), Ordering::Relaxed);
            }
            paths.push(path);
        }
        paths.sort();
        self.stack.extend(paths.into_iter().rev().map(|path| (path, depth + 1)));
        Ok(())
    }
}

fn source(path: &Path) -> Source {
    Source { input: path.display().to_string(), position: None }
}

impl Iterator for Walk {
    type Item = Result<PathBuf, Problem>;

    fn next(&mut self) -> Option<Self::Item> {
        while let Some((path, depth)) = self.stack.pop() {
            match fs::metadata(&path) {
                Ok(metadata) if metadata.is_dir() => {
                    if let Err(problem) = self.enter(&path, depth) {
                        return Some(Err(problem));
                    }
                }
                Ok(metadata) if metadata.is_file() => return Some(Ok(path)),
                Ok(_) => {} // a device, a socket: reading it might never end
                Err(error) => {
                    let what = format!("this file cannot be read: {error}");
                    let way_out = "mend or remove the link, or give yourself the right to read it";
                    return Some(Err(Problem::new(&source(&path), what).fix(way_out)));
                }
            }
        }
        None
    }
}
