//! Work on foreign pages that may not end, may overflow a stack, and may panic: on a thread of its
//! own, under a deadline.
//!
//! The crates that find an article in a page are good and are not ours. Of two rivals that were
//! measured, each took 40 seconds for one ordinary page; a thread cannot be killed, so a runaway is left
//! behind, counted, and after a few of them nothing more is started until one ends.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{RecvTimeoutError, sync_channel};
use std::thread;
use std::time::Duration;

/// Stack of a guarded thread: trees up to 256 deep need less than 1 MiB in every crate used; the rest is
/// reserve, and is not touched until it is needed.
const STACK: usize = 64 << 20;

/// How long a page may take. The slowest of 258 real pages takes under 0.2 s on a quiet machine.
pub(crate) const DEADLINE: Duration = Duration::from_secs(10);

/// How many runaways may be left behind at once.
const MOST_RUNAWAYS: usize = 4;

static RUNAWAYS: AtomicUsize = AtomicUsize::new(0);

/// Why guarded work gave nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fault {
    /// It did not end in time.
    Late,
    /// It panicked.
    Panicked,
    /// It was not started: too many runaways, or no thread to be had.
    NotStarted,
}

impl Fault {
    /// The fault as the end of a sentence that begins with what was tried.
    pub(crate) fn what(self) -> &'static str {
        match self {
            Self::Late => "did not end within 10 seconds",
            Self::Panicked => "broke off",
            Self::NotStarted => "was not started, since earlier pages still hold all threads",
        }
    }
}

/// Runs `work` on a thread of its own and waits for it until `deadline`.
pub(crate) fn guarded<T: Send + 'static>(
    deadline: Duration,
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, Fault> {
    if RUNAWAYS.load(Ordering::Relaxed) >= MOST_RUNAWAYS {
        return Err(Fault::NotStarted);
    }
    let (send, receive) = sync_channel(1);
    let started = thread::Builder::new().name("page".into()).stack_size(STACK).spawn(move || {
        let result = catch_unwind(AssertUnwindSafe(work));
        if send.send(result).is_err() {
            // Nobody waits any more: this was a runaway, and it has come back.
            RUNAWAYS.fetch_sub(1, Ordering::Relaxed);
        }
    });
    if started.is_err() {
        return Err(Fault::NotStarted);
    }
    match receive.recv_timeout(deadline) {
        Ok(Ok(value)) => Ok(value),
        Ok(Err(_)) | Err(RecvTimeoutError::Disconnected) => Err(Fault::Panicked),
        Err(RecvTimeoutError::Timeout) => {
            RUNAWAYS.fetch_add(1, Ordering::Relaxed);
            // It may have ended between the last look and the count; then nobody will count it down.
            if receive.try_recv().is_ok() {
                RUNAWAYS.fetch_sub(1, Ordering::Relaxed);
            }
            Err(Fault::Late)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn work_that_ends_gives_its_value() {
        assert_eq!(guarded(DEADLINE, || 7), Ok(7));
    }

    #[test]
    fn work_that_panics_or_runs_away_is_a_fault_and_no_more() {
        assert_eq!(
            guarded(DEADLINE, || if true {
                panic!("as a foreign crate might")
            }),
            Err(Fault::Panicked)
        );
        let late = guarded(Duration::from_millis(20), || thread::sleep(Duration::from_millis(200)));
        assert_eq!(late, Err(Fault::Late));
        assert_eq!(guarded(DEADLINE, || 7), Ok(7), "one runaway stops nobody");
    }
}
