//! The commands, one file each. A command asks the rooms for what was typed, and prints it.

mod add;
mod brief;
mod check;
mod completions;
mod demo;
mod doctor;
mod eval;
mod export;
mod init;
mod man;
mod read;
mod reindex;
mod search;
mod show;
mod stories;
mod story;

use std::io::Write as _;
use std::path::Path;

use dateline_brief::{Composed, Dossier, compose};
use dateline_desk::Desk;
use dateline_model::StoryId;
use dateline_reader::Reader;
use dateline_store::Folder;

use crate::cli::{Cli, Command, Global};
use crate::outcome::{Ended, Failure};

/// Runs the command that was typed.
pub fn run(cli: &Cli) -> Ended {
    let global = &cli.global;
    match &cli.command {
        Command::Demo => demo::run(global),
        Command::Init(arguments) => init::run(arguments, global),
        Command::Add(arguments) => add::run(arguments, global),
        Command::Stories(arguments) => stories::run(arguments, global),
        Command::Brief(arguments) => brief::run(arguments, global),
        Command::Show(arguments) => show::run(arguments, global),
        Command::Story(arguments) => story::run(arguments, global),
        Command::Read(arguments) => read::run(arguments, global),
        Command::Search(arguments) => search::run(arguments, global),
        Command::Check(arguments) => check::run(arguments, global),
        Command::Export(arguments) => export::run(arguments, global),
        Command::Eval(arguments) => eval::run(arguments, global),
        Command::Doctor => doctor::run(global),
        Command::Reindex => reindex::run(global),
        Command::Completions(arguments) => completions::run(arguments, global),
        Command::Man(arguments) => man::run(arguments, global),
    }
}

/// The folder, for looking at.
fn desk(global: &Global) -> Result<Desk, Failure> {
    Ok(Desk::open(Folder::at(&global.dir))?)
}

/// A story's brief, with what it was written from.
fn composed(desk: &Desk, reader: &Reader, story: StoryId) -> Result<(Composed, Dossier), Failure> {
    let dossier = desk.dossier(story)?;
    Ok((compose(&dossier, desk.registry(), reader), dossier))
}

/// A value as JSON. Ours serialise: they are made of texts, numbers and lists.
fn value(of: &impl serde::Serialize) -> Result<serde_json::Value, Failure> {
    serde_json::to_value(of).map_err(|error| Failure::Output(std::io::Error::other(error)))
}

/// Writes a file, at once or not at all: whoever reads it never sees half of it.
fn write_file(
    path: &Path,
    write: impl FnOnce(&mut dyn std::io::Write) -> Result<(), Failure>,
) -> Result<(), Failure> {
    let failed = |source| Failure::File { path: path.display().to_string(), source };
    // Pipes and devices are written to as they are: they cannot be replaced.
    if path.exists() && !path.is_file() {
        let mut file = std::fs::OpenOptions::new().write(true).open(path).map_err(failed)?;
        return write(&mut file);
    }
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let beside = tempfile::Builder::new().prefix(".dateline-").tempfile_in(folder).map_err(failed)?;
    let mut file = std::io::BufWriter::new(beside);
    write(&mut file)?;
    file.flush().map_err(failed)?;
    let beside = file.into_inner().map_err(|error| failed(error.into_error()))?;
    beside.as_file().sync_all().map_err(failed)?;
    let written = beside.persist(path).map_err(|error| failed(error.error))?;
    readable(&written).map_err(failed)
}

/// Gives a file the rights that new files have: those of temporary ones are closed to all others.
#[cfg(unix)]
fn readable(file: &std::fs::File) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt as _;
    file.set_permissions(std::fs::Permissions::from_mode(0o644))
}

#[cfg(not(unix))]
fn readable(_file: &std::fs::File) -> std::io::Result<()> {
    Ok(())
}
