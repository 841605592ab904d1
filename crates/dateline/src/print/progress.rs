//! Progress, for people who wait: one line on a terminal's standard error, after a second, rewritten in place.

use std::io::{self, IsTerminal, Write};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use super::{bytes, thousands};
use crate::cli::Global;

/// Nobody wonders about anything that takes less.
const QUIET: Duration = Duration::from_secs(1);
/// Often enough to look alive, seldom enough to be read.
const STEP: Duration = Duration::from_millis(200);

/// What is counted while articles are added.
#[derive(Debug, Clone)]
pub struct Counters {
    /// Bytes and how many there are; see [`dateline_ingest::Progress`].
    pub read: dateline_ingest::Progress,
    /// Articles placed.
    pub placed: Arc<AtomicU64>,
}

/// A progress line; gone when it is dropped.
pub struct Progress {
    running: Option<(Sender<()>, JoinHandle<()>)>,
}

impl Progress {
    /// Shows how far adding has come, where somebody looks on.
    pub fn show(global: &Global, counters: Counters) -> Self {
        if global.quiet || !io::stderr().is_terminal() {
            return Self { running: None };
        }
        let (stop, stopped) = channel::<()>();
        let thread = std::thread::spawn(move || {
            let started = Instant::now();
            let mut wait = QUIET;
            let mut shown = false;
            while stopped.recv_timeout(wait) == Err(RecvTimeoutError::Timeout) {
                wait = STEP;
                shown = true;
                // A terminal that is gone is not missed.
                let _ = write!(io::stderr(), "\r\u{1b}[K{}", line(&counters, started.elapsed()));
            }
            if shown {
                let _ = write!(io::stderr(), "\r\u{1b}[K");
            }
        });
        Self { running: Some((stop, thread)) }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Some((stop, thread)) = self.running.take() {
            drop(stop);
            // The thread only prints; it has nothing to report.
            let _ = thread.join();
        }
    }
}

fn line(counters: &Counters, elapsed: Duration) -> String {
    let read = counters.read.read.load(Ordering::Relaxed);
    let total = counters.read.total.load(Ordering::Relaxed);
    let placed = counters.placed.load(Ordering::Relaxed);
    let of = if total >= read && total > 0 { format!(" of {}", bytes(total)) } else { String::new() };
    let rate = (placed as f64 / elapsed.as_secs_f64().max(0.001)) as u64;
    format!("{}{of} · {} articles · {} a second", bytes(read), thousands(placed), thousands(rate))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_tells_how_far_and_how_fast() {
        let counters = Counters { read: dateline_ingest::Progress::default(), placed: Arc::default() };
        counters.read.read.store(12_300_000, Ordering::Relaxed);
        counters.placed.store(4_210, Ordering::Relaxed);
        let two = Duration::from_secs(2);
        assert_eq!(line(&counters, two), "12.3 MB · 4,210 articles · 2,105 a second");
        counters.read.total.store(51_000_000, Ordering::Relaxed);
        assert!(line(&counters, two).starts_with("12.3 MB of 51.0 MB · "));
    }
}
