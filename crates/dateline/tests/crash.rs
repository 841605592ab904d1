//! What the program promises where it is stopped: by a kill, by a full disk, by another process.

#![cfg(unix)]

mod common;

use std::io::Write as _;
use std::process::Stdio;
use std::time::{Duration, Instant};

use common::{Bench, invented, ran};

/// Enough for an undisturbed run to take longer than the latest kill.
const ARTICLES: usize = 4_000;
/// When the runs are killed, in milliseconds: at the start, among the first batches, far on.
const KILLS: [u64; 5] = [40, 250, 600, 1_100, 1_700];

#[test]
fn a_kill_at_any_time_loses_nothing_that_a_second_run_does_not_bring_back() {
    let bench = Bench::new();
    let input = bench.file("invented.jsonl", invented(ARTICLES));
    let undisturbed = bench.run(&["add", &input, "--dir", "whole"]);
    assert_eq!(undisturbed.code, Some(0), "{}", undisturbed.err);
    let expected = bench.stories("whole");
    assert!(expected.len() > ARTICLES / 40, "{} stories", expected.len());

    for (round, kill) in KILLS.into_iter().enumerate() {
        let dir = format!("killed-{round}");
        let mut child = bench
            .command(&["add", &input, "--dir", &dir])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(Duration::from_millis(kill));
        child.kill().unwrap();
        child.wait().unwrap();
        let mut kept = 0;
        // The earliest kill may come before there is a folder.
        if bench.path(&dir).join("dateline.db").exists() {
            let doctor = bench.run(&["doctor", "--json", "--dir", &dir]);
            assert_eq!(doctor.code, Some(0), "killed after {kill} ms: {} {}", doctor.out, doctor.err);
            kept = doctor.json()["totals"]["articles"].as_u64().unwrap();
        }
        let again = bench.json(&["add", &input, "--json", "--dir", &dir]);
        assert_eq!(again["articles"]["unchanged"], kept, "killed after {kill} ms");
        assert_eq!(again["articles"]["new"], ARTICLES as u64 - kept, "killed after {kill} ms");
        assert!(bench.stories(&dir) == expected, "killed after {kill} ms: other stories");
        let doctor = bench.json(&["doctor", "--json", "--dir", &dir]);
        assert_eq!(doctor["search"]["behind"], 0, "killed after {kill} ms");
    }
}

#[test]
fn a_full_disk_is_told_and_leaves_no_half_written_article() {
    let bench = Bench::new();
    let input = bench.file("invented.jsonl", invented(2_000));
    let whole = bench.run(&["add", &input, "--dir", "whole"]);
    assert_eq!(whole.code, Some(0), "{}", whole.err);
    // No file may grow beyond this many blocks of 512 bytes (some shells: 1024): less than the database needs.
    for blocks in [200, 1_000] {
        let dir = format!("full-{blocks}");
        let program = env!("CARGO_BIN_EXE_dateline");
        let line = format!("trap '' XFSZ; ulimit -f {blocks}; exec {program} add {input} --dir {dir}");
        let mut shell = std::process::Command::new("sh");
        let full = ran(shell.args(["-c", &line]).current_dir(bench.path("")).output().unwrap());
        assert_eq!(full.code, Some(1), "{} {}", full.out, full.err);
        assert!(full.err.contains("error: ") && full.err.contains(&dir), "{}", full.err);
        assert!(!full.err.contains("panicked"), "{}", full.err);

        let doctor = bench.run(&["doctor", "--dir", &dir]);
        assert_eq!(doctor.code, Some(0), "{} {}", doctor.out, doctor.err);
        let again = bench.run(&["add", &input, "--dir", &dir]);
        assert_eq!(again.code, Some(0), "{}", again.err);
        assert!(bench.stories(&dir) == bench.stories("whole"), "other stories");
    }
}

#[test]
fn a_second_process_is_told_who_is_writing() {
    let bench = Bench::new();
    // The first waits for its standard input, and holds the folder meanwhile.
    let mut first = bench
        .command(&["add", "--format", "jsonl", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let lock = bench.path("desk").join("lock");
    let started = Instant::now();
    while std::fs::read(&lock).map_or(true, |note| note.is_empty()) {
        assert!(started.elapsed() < Duration::from_secs(20), "the first never took the folder");
        std::thread::sleep(Duration::from_millis(20));
    }
    let input = bench.file("one.jsonl", invented(1));
    let second = bench.run(&["add", &input]);
    assert_eq!(second.code, Some(1));
    assert!(second.err.contains("being written to by another process"), "{}", second.err);
    assert!(second.err.contains(&first.id().to_string()) && second.err.contains("--dir"), "{}", second.err);

    // Looking is allowed meanwhile, and the first is not disturbed.
    let mut stdin = first.stdin.take().unwrap();
    stdin.write_all(invented(20).as_bytes()).unwrap();
    drop(stdin);
    let first = ran(first.wait_with_output().unwrap());
    assert_eq!(first.code, Some(0), "{}", first.err);
    assert!(first.out.contains("20 articles new"), "{}", first.out);
    assert_eq!(bench.run(&["add", &input]).code, Some(0));
}
