//! What this machine can do at the moment, so that speeds can be compared between machines.
//!
//! A rate says as much about the machine, and about who else is using it, as about the program. Two
//! tasks that everybody has and that hardly change from year to year are timed in the same run on the
//! same text; the ratio of a rate to theirs travels, the rate does not.

use std::fs;
use std::time::Instant;

use sha2::{Digest, Sha256};

/// Runs of each task; the fastest counts, because other processes only ever slow one down.
const RUNS: usize = 3;
/// Clock ticks a second in `/proc/self/stat`: 100 on every Linux since 2.6, whatever the kernel's own rate.
const TICKS: f64 = 100.0;

/// Rates of one core.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Yardstick {
    /// SHA-256 of the text, in MB/s.
    pub sha256: f64,
    /// zstd at level 1 on the text, in MB/s.
    pub zstd1: f64,
}

/// Times both tasks on `text`.
pub fn measure(text: &[u8]) -> Yardstick {
    let rate = |task: &dyn Fn() -> usize| {
        let seconds = (0..RUNS).map(|_| {
            let start = Instant::now();
            std::hint::black_box(task());
            start.elapsed().as_secs_f64()
        });
        text.len() as f64 / 1e6 / seconds.fold(f64::INFINITY, f64::min).max(1e-9)
    };
    Yardstick {
        sha256: rate(&|| usize::from(Sha256::digest(text)[0])),
        zstd1: rate(&|| zstd::bulk::compress(text, 1).map_or(0, |packed| packed.len())),
    }
}

/// What the processor calls itself, and how many of its cores this process may use.
pub fn machine() -> String {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let name = fs::read_to_string("/proc/cpuinfo")
        .ok()
        .and_then(|info| {
            info.lines().find_map(|line| {
                line.strip_prefix("model name")?.split_once(':').map(|(_, name)| name.trim().to_owned())
            })
        })
        .unwrap_or_else(|| "unknown processor".to_owned());
    format!("{name}, {cores} cores")
}

/// The most memory this process has held since [`forget_peak`], in MiB; `None` where the system does not tell.
pub fn peak_mib() -> Option<f64> {
    memory("VmHWM:")
}

/// The memory this process holds, in MiB; `None` where the system does not tell.
pub fn held_mib() -> Option<f64> {
    memory("VmRSS:")
}

fn memory(field: &str) -> Option<f64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix(field))?;
    Some(line.trim().strip_suffix("kB")?.trim().parse::<f64>().ok()? / 1024.0)
}

/// Lets the peak start again from what the process holds now; false where the system does not let it.
pub fn forget_peak() -> bool {
    fs::write("/proc/self/clear_refs", "5").is_ok()
}

/// Threads on the machine that ran or waited for a core, averaged over the last minute; `None` where the
/// system does not tell.
pub fn load() -> Option<f64> {
    fs::read_to_string("/proc/loadavg").ok()?.split_whitespace().next()?.parse().ok()
}

/// CPU time of all threads of this process so far, in seconds; `None` where the system does not tell.
pub fn cpu_seconds() -> Option<f64> {
    let stat = fs::read_to_string("/proc/self/stat").ok()?;
    // The name of the program, in brackets, may hold anything; the state follows it.
    let fields: Vec<&str> = stat.rsplit_once(')')?.1.split_whitespace().collect();
    let ticks = |at: usize| fields.get(at)?.parse::<f64>().ok();
    // Fields 14 and 15 of proc(5), user and system time; the state is field 3.
    Some((ticks(11)? + ticks(12)?) / TICKS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_machine_can_be_measured() {
        let yardstick = measure(&b"Troops share an airbase in Niger. ".repeat(30_000));
        assert!(yardstick.sha256 > 0.0 && yardstick.zstd1 > 0.0);
        assert!(!machine().is_empty());
        if cfg!(target_os = "linux") {
            assert!(peak_mib().unwrap() >= held_mib().unwrap() && held_mib().unwrap() > 1.0);
            assert!(cpu_seconds().is_some() && load().is_some());
        }
    }
}
