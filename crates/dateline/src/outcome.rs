//! How a command ended: the exit codes, and the errors people read.

use std::io;
use std::process::ExitCode;

use dateline_desk::DeskError;
use dateline_eval::data::DataError;
use dateline_store::StoreError;

/// The exit codes, as every help text ends with them.
pub const EXIT_CODES: &str = "\
Exit codes:
  0  done
  1  it could not be done, or `doctor` found damage; the message says why, and the way out
  2  the command line cannot be understood
  3  done, but some of the inputs could not be read; each is named on standard error
  4  a rule that blocks is broken (`check`)";

/// How a command that ran to its end came out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// All is well.
    Done,
    /// The command worked, and what it looked at is not well: a damaged folder.
    Unsound,
    /// Some inputs could not be read.
    Partly,
    /// A rule that blocks is broken.
    RuleBroken,
}

impl Outcome {
    /// The exit code.
    pub fn code(self) -> ExitCode {
        ExitCode::from(match self {
            Self::Done => 0,
            Self::Unsound => 1,
            Self::Partly => 3,
            Self::RuleBroken => 4,
        })
    }
}

/// Why a command could not do what it was asked.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// The folder, or what was asked of it.
    #[error(transparent)]
    Desk(#[from] DeskError),
    /// A data set of the benchmarks.
    #[error(transparent)]
    Data(#[from] DataError),
    /// A file to be written.
    #[error("{path}: {source}; name another file with -o")]
    File {
        /// The file.
        path: String,
        /// What the system says.
        source: io::Error,
    },
    /// Standard output.
    #[error("cannot write to standard output: {0}")]
    Output(#[from] io::Error),
    /// Anything else, in words that name the way out.
    #[error("{0}")]
    Said(String),
}

impl Failure {
    /// True where whoever reads standard output went away.
    pub fn is_closed_pipe(&self) -> bool {
        matches!(self, Self::Output(error) if error.kind() == io::ErrorKind::BrokenPipe)
    }
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        Self::Desk(error.into())
    }
}

/// Result of a command.
pub type Ended = Result<Outcome, Failure>;
