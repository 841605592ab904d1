//! Progress, for people who wait: one line on a terminal's standard error, after a second, rewritten in place.

use std::io::{self, IsTerminal, Write};
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

/// A progress line; gone when it is dropped.
pub struct Progress {
    running: Option<(Sender<()>, JoinHandle<()>)>,
}

impl Progress {
    /// Shows what `line` says after this time, where somebody looks on.
    pub fn show(global: &Global, line: impl Fn(Duration) -> String + Send + 'static) -> Self {
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
                let _ = write!(io::stderr(), "\r\u{1b}[K{}", line(started.elapsed()));
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

/// How far the inputs are read, and how many articles they had: `12.3 MB of 51.0 MB · 4,210 articles · 2,105 a second`.
pub fn of_inputs(bytes_read: &dateline_ingest::Progress, articles: &AtomicU64, elapsed: Duration) -> String {
    let read = bytes_read.read.load(Ordering::Relaxed);
    let total = bytes_read.total.load(Ordering::Relaxed);
    let placed = articles.load(Ordering::Relaxed);
    let of = if total >= read && total > 0 { format!(" of {}", bytes(total)) } else { String::new() };
    format!("{}{of} · {} articles · {} a second", bytes(read), thousands(placed), rate(placed, elapsed))
}

/// How many of some articles are done: `1,280 of 4,210 articles read · 61 a second`.
pub fn of_articles(done: &AtomicU64, total: u64, what: &str, elapsed: Duration) -> String {
    let done = done.load(Ordering::Relaxed);
    format!("{} of {} articles {what} · {} a second", thousands(done), thousands(total), rate(done, elapsed))
}

fn rate(done: u64, elapsed: Duration) -> String {
    thousands((done as f64 / elapsed.as_secs_f64().max(0.001)) as u64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_tells_how_far_and_how_fast() {
        let (read, articles) = (dateline_ingest::Progress::default(), AtomicU64::new(4_210));
        read.read.store(12_300_000, Ordering::Relaxed);
        let two = Duration::from_secs(2);
        assert_eq!(of_inputs(&read, &articles, two), "12.3 MB · 4,210 articles · 2,105 a second");
        read.total.store(51_000_000, Ordering::Relaxed);
        assert!(of_inputs(&read, &articles, two).starts_with("12.3 MB of 51.0 MB · "));
        assert_eq!(
            of_articles(&articles, 9_000, "read", two),
            "4,210 of 9,000 articles read · 2,105 a second"
        );
    }
}
