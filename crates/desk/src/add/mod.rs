//! Adding: inputs through all rooms into the folder.
//!
//! ```text
//!  source ──▶ parse + read (on all cores) ──▶ order ──▶ place (one thread) ──▶ write (one thread)
//! ```
//!
//! One thread cuts the inputs into captures, as many as there are cores parse and read them, one puts
//! them back in order and places them, one writes. Every queue between them is bounded, so memory does
//! not grow with the input. Placing never depends on how fast anybody was: the same inputs in the same
//! order give the same stories on any number of threads.

mod decide;
mod order;
mod place;
mod prepare;
mod write;

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use crossbeam_channel::{Receiver, Sender, bounded, unbounded};
use dateline_ingest::{Capture, Options, Problem, captures};
use dateline_model::When;
use dateline_reader::Reader;
use dateline_store::{Folder, Result, Subscribed};

use self::order::Order;
use self::place::{Placer, Tallied};
use self::prepare::{Done, Job, prepare};
use self::write::{Order as ToWriter, Writer, Written};
use crate::about::About;
use crate::resume::resume;
use crate::{correct, search};

/// Captures parsed and read in one go.
const JOB_CAPTURES: usize = 32;
/// Bytes of captures parsed and read in one go.
const JOB_BYTES: usize = 256 << 10;
/// Jobs under way between the source and the order, for each thread: what one slow page may hold up.
const JOBS_A_THREAD: usize = 8;
/// Versions stored in one transaction. Larger ones store no faster.
const BATCH: usize = 256;
/// Batches that wait for the writer.
const WAITING: usize = 4;
/// Arrivals between two snapshots within a run: what a crash makes the next start read again.
const SNAPSHOT_WITHIN: u32 = 20_000;
/// Arrivals that are worth a snapshot at the end of a run; fewer are read again in less than it takes to write one.
const SNAPSHOT_AT_END: u32 = 500;
/// Embedded articles that are worth one: a second on one core.
const EMBEDDED_AT_END: u32 = 50;
/// Problems kept for the report; further ones are counted.
const PROBLEMS: usize = 1000;

/// How to add.
#[derive(Debug, Clone, Default)]
pub struct AddOptions {
    /// How inputs are read and fetched.
    pub ingest: Options,
    /// Threads that parse and read; 0 for as many as there are cores.
    pub threads: usize,
    /// The time by which dates are judged to lie in the future. Default: the clock of the machine.
    pub now: Option<When>,
    /// Articles placed so far, for whoever shows progress.
    pub placed: Arc<AtomicU64>,
}

/// Time spent in each room, summed over its threads.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Rooms {
    /// Captures to articles.
    pub parse: Duration,
    /// Articles to readings.
    pub read: Duration,
    /// Readings to stories.
    pub place: Duration,
    /// Facts to disk.
    pub store: Duration,
    /// Texts to the search index, as far as the writer waits for it.
    pub index: Duration,
}

/// What adding came to.
#[derive(Debug, Clone, Default)]
pub struct AddReport {
    /// New articles.
    pub arrived: u64,
    /// Articles whose outlet changed them: new versions.
    pub edited: u64,
    /// Articles of which more was captured: new versions.
    pub fuller: u64,
    /// Articles that came in again unchanged.
    pub unchanged: u64,
    /// New stories.
    pub stories: u64,
    /// Feeds subscribed to.
    pub subscribed: u64,
    /// What could not be read, in the order of the inputs; the first thousand.
    pub problems: Vec<Problem>,
    /// How much could not be read.
    pub problem_count: u64,
    /// Why the search index is behind, if it is. It catches up by itself.
    pub index_behind: Option<String>,
    /// Stories found to be another one, told in other languages.
    pub tied: u64,
    /// Why stories in different languages could not be compared, where there were some.
    pub monolingual: Option<String>,
    /// Time spent in each room.
    pub rooms: Rooms,
    /// Time from start to end.
    pub elapsed: Duration,
}

/// Adds inputs to a folder: paths of files and folders, URLs, `-` for standard input.
///
/// What cannot be read is reported and passed over. An error means that the folder cannot be used or
/// written to; what was stored until then stays, and is passed over when the command is run again.
pub fn add(folder: &Folder, inputs: &[String], options: &AddOptions) -> Result<AddReport> {
    let started = Instant::now();
    let lock = folder.lock()?;
    let mut store = folder.open_store(&lock)?;
    let (registry, complaints) = folder.registry()?;
    let registry = Arc::new(registry);
    let reader = Reader::new(&registry);
    let now = options.now.unwrap_or_else(crate::clock::machine);
    let about = Arc::new(About::default());
    let (mut stream, owed) = resume(folder, &store, &registry, &reader, &about)?;
    if let Some(tie) = owed
        && correct::tie(tie, &mut store, &registry, now)?.is_some()
    {
        stream.settle(tie);
    }
    let search = search::catch_up(folder, &lock, &store, &registry);
    let placer = Placer::new(stream, folder.open_store_read_only()?, now, Arc::clone(&about));

    let threads = match options.threads {
        0 => std::thread::available_parallelism().map_or(1, usize::from),
        threads => threads,
    };
    let mut report = AddReport::default();
    for complaint in complaints {
        let source = dateline_model::Source { input: complaint, position: None };
        note(&mut report, [Problem::new(&source, "this row of your outlet registry is not used")]);
    }
    let (search, behind) = match search {
        Ok(search) => (Some(search), None),
        Err(error) => (None, Some(error.to_string())),
    };

    let jobs_at_once = threads * JOBS_A_THREAD;
    // A ticket is taken for each job that leaves the source and given back when it was placed.
    let (give_ticket, take_ticket) = bounded::<()>(jobs_at_once);
    for _ in 0..jobs_at_once {
        let _ = give_ticket.send(());
    }
    let (to_workers, jobs) = bounded::<Job>(jobs_at_once);
    let (from_workers, done) = bounded::<Done>(jobs_at_once);
    let (to_writer, orders) = bounded::<ToWriter>(WAITING);
    let (committed, commits) = unbounded::<u64>();

    let outcome: Result<(Tallied, Written)> = std::thread::scope(|scope| {
        scope.spawn(move || cut(inputs, &options.ingest, &take_ticket, &to_workers));
        for _ in 0..threads {
            let (jobs, from_workers, reader, registry) =
                (jobs.clone(), from_workers.clone(), &reader, &*registry);
            scope.spawn(move || {
                for job in jobs {
                    if from_workers.send(prepare(job, reader, registry)).is_err() {
                        return;
                    }
                }
            });
        }
        drop((jobs, from_workers));
        let writer = Writer { folder, lock: &lock, store, search, registry: &registry, committed, now };
        let writing = scope.spawn(move || writer.run(&orders));
        let placing =
            Placing { placer, to_writer, commits, give_ticket, since_snapshot: 0, placed: &options.placed };
        let placed = placing.run(done, &mut report);
        let written = writing.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
        // Where the writer failed, placing ends too, and the writer knows why.
        let written = written?;
        Ok((placed?, written))
    });
    let (tallied, written) = outcome?;
    report.arrived = tallied.arrived;
    report.edited = tallied.edited;
    report.fuller = tallied.fuller;
    report.unchanged = tallied.unchanged;
    report.stories = tallied.founded.saturating_sub(tallied.tied);
    report.tied = tallied.tied;
    report.monolingual = about.lacking();
    report.index_behind = behind.or(written.index_behind);
    report.rooms.store = written.store;
    report.rooms.index = written.index;
    report.elapsed = started.elapsed();
    Ok(report)
}

/// Cuts the inputs into numbered jobs, until nobody wants them.
fn cut(inputs: &[String], options: &Options, tickets: &Receiver<()>, jobs: &Sender<Job>) {
    let mut number = 0;
    let mut send = |captures: &mut Vec<_>| {
        let job = Job { number, captures: std::mem::take(captures) };
        number += 1;
        tickets.recv().is_ok() && jobs.send(job).is_ok()
    };
    let mut gathered: Vec<std::result::Result<Capture, Problem>> = Vec::new();
    let mut bytes = 0;
    for input in inputs {
        for capture in captures(input, options) {
            bytes += capture.as_ref().map_or(0, |capture| capture.bytes.len());
            gathered.push(capture);
            if gathered.len() >= JOB_CAPTURES || bytes >= JOB_BYTES {
                bytes = 0;
                if !send(&mut gathered) {
                    return;
                }
            }
        }
    }
    if !gathered.is_empty() {
        send(&mut gathered);
    }
}

fn note(report: &mut AddReport, problems: impl IntoIterator<Item = Problem>) {
    for problem in problems {
        report.problem_count += 1;
        if report.problems.len() < PROBLEMS {
            report.problems.push(problem);
        }
    }
}

/// The thread in the middle.
struct Placing<'a> {
    placer: Placer,
    to_writer: Sender<ToWriter>,
    commits: Receiver<u64>,
    give_ticket: Sender<()>,
    since_snapshot: u32,
    placed: &'a AtomicU64,
}

impl Placing<'_> {
    fn run(mut self, done: Receiver<Done>, report: &mut AddReport) -> Result<Tallied> {
        let mut waiting: BTreeMap<u64, Done> = BTreeMap::new();
        let mut next = 0;
        let mut order = Order::default();
        for finished in done {
            waiting.insert(finished.number, finished);
            while let Some(finished) = waiting.remove(&next) {
                next += 1;
                report.rooms.parse += finished.parse;
                report.rooms.read += finished.read;
                note(report, finished.problems);
                for subscription in finished.subscriptions {
                    report.subscribed += 1;
                    let dateline_ingest::Subscription { feed, site, title, folders } = subscription;
                    self.placer.subscribe(Subscribed { feed, site, title, folders });
                }
                let arriving: Vec<_> =
                    finished.articles.into_iter().flat_map(|article| order.take(article)).collect();
                let started = Instant::now();
                if !self.place(arriving)? {
                    return Ok(self.placer.tallied);
                }
                report.rooms.place += started.elapsed();
                // The source may have ended already.
                let _ = self.give_ticket.send(());
            }
        }
        if !self.place(order.flush())? {
            return Ok(self.placer.tallied);
        }
        self.hand_over();
        if self.since_snapshot >= SNAPSHOT_AT_END || self.placer.embedded() >= EMBEDDED_AT_END {
            self.snapshot();
        }
        Ok(self.placer.tallied)
    }

    /// Places articles and hands over full batches; false where the writer is gone.
    fn place(&mut self, mut arriving: Vec<prepare::Prepared>) -> Result<bool> {
        while !arriving.is_empty() {
            let rest = arriving.split_off(arriving.len().min(BATCH));
            let chunk = std::mem::replace(&mut arriving, rest);
            let count = chunk.len() as u64;
            let before = self.placer.stream().arrivals();
            self.placer.place(chunk)?;
            self.since_snapshot += self.placer.stream().arrivals() - before;
            self.placed.fetch_add(count, Ordering::Relaxed);
            if self.placer.gathered() >= BATCH && !self.hand_over() {
                return Ok(false);
            }
            if self.since_snapshot >= SNAPSHOT_WITHIN {
                if !self.hand_over() {
                    return Ok(false);
                }
                self.snapshot();
            }
        }
        Ok(true)
    }

    /// Hands what is gathered to the writer; false where it is gone.
    fn hand_over(&mut self) -> bool {
        while let Ok(number) = self.commits.try_recv() {
            self.placer.committed(number);
        }
        self.placer
            .take_batches()
            .into_iter()
            .all(|batch| self.to_writer.send(ToWriter::Batch(batch)).is_ok())
    }

    fn snapshot(&mut self) {
        self.since_snapshot = 0;
        // Without a snapshot the next start reads more: slower, and nothing lost.
        if let Ok(bytes) = self.placer.stream().to_snapshot() {
            let _ = self.to_writer.send(ToWriter::Snapshot(bytes));
        }
    }
}
