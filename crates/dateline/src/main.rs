//! dateline on the command line: what is typed is parsed, the rooms do the work, and it is printed.
//!
//! [`cli`] says what can be typed, [`commands`] has one file a command, and [`print`] puts what they
//! found on the screen: calm text for people, or JSON for programs. Nothing is decided here that
//! another face of dateline would have to decide again.

mod cli;
mod commands;
mod outcome;
mod print;
mod since;

use std::io::Write as _;
use std::process::ExitCode;

use clap::FromArgMatches as _;

use crate::cli::Cli;

/// The system's allocator spends a tenth of the time of `add` on the many small texts that pass from
/// thread to thread; this one half of that.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let cli = match Cli::from_arg_matches(&cli::command().get_matches()) {
        Ok(cli) => cli,
        Err(error) => error.exit(),
    };
    match commands::run(&cli) {
        Ok(outcome) => outcome.code(),
        // Whoever reads has seen enough: `dateline stories | head`.
        Err(failure) if failure.is_closed_pipe() => ExitCode::SUCCESS,
        Err(failure) => {
            // Where even the error cannot be printed, the exit code still tells.
            let _ = writeln!(std::io::stderr(), "error: {failure}");
            ExitCode::FAILURE
        }
    }
}
