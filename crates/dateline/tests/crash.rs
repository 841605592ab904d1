//! What the program promises where it is stopped: by a kill, by a full disk, by another process.

#![cfg(unix)]

mod common;

use std::io::Write as _;
use std::process::Stdio;
use std::time::{Duration, Instant};

use common::{Bench, invented, ran};

/// Enough for a dozen transactions and more.
const ARTICLES: usize = 4_000;
/// When the runs are killed, as parts of the time an undisturbed one takes: at the start, among the first
/// batches, far on, at the end.
const KILLS: [f64; 6] = [0.03, 0.2, 0.4, 0.6, 0.8, 0.97];

#[test]
fn a_kill_at_any_time_loses_nothing_that_a_second_run_does_not_bring_back() {
    let bench = Bench::new();
    let input = bench.file("invented.jsonl", invented(ARTICLES));
    let started = Instant::now();
    let undisturbed = bench.run(&["add", &input, "--dir", "whole"]);
    assert_eq!(undisturbed.code, Some(0), "{}", undisturbed.err);
    let takes = started.elapsed();
    let expected = bench.stories("whole");
    assert!(expected.len() > ARTICLES / 8, "{} stories", expected.len());

    let mut caught_between = 0;
    for (round, part) in KILLS.into_iter().enumerate() {
        let kill = takes.mul_f64(part);
        let dir = format!("killed-{round}");
        let mut child = bench
            .command(&["add", &input, "--dir", &dir])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(kill);
        child.kill().unwrap();
        child.wait().unwrap();
        let mut kept = 0;
        // The earliest kill may come before there is a folder.
        if bench.path(&dir).join("dateline.db").exists() {
            let doctor = bench.run(&["doctor", "--json", "--dir", &dir]);
            // Nor need there be a table in its database.
            let made = !doctor.err.contains("there is no dateline folder");
            if made {
                assert_eq!(doctor.code, Some(0), "killed after {kill:?}: {} {}", doctor.out, doctor.err);
                kept = doctor.json()["totals"]["articles"].as_u64().unwrap();
            }
        }
        caught_between += u32::from((1..ARTICLES as u64).contains(&kept));
        let again = bench.json(&["add", &input, "--json", "--dir", &dir]);
        assert_eq!(again["articles"]["unchanged"], kept, "killed after {kill:?}");
        assert_eq!(again["articles"]["new"], ARTICLES as u64 - kept, "killed after {kill:?}");
        assert!(bench.stories(&dir) == expected, "killed after {kill:?}: other stories");
        let doctor = bench.json(&["doctor", "--json", "--dir", &dir]);
        assert_eq!(doctor["search"]["behind"], 0, "killed after {kill:?}");
    }
    assert!(caught_between > 0, "no kill came while articles were stored");
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
        assert!(full.err.contains("run the command again"), "{}", full.err);
        assert!(!full.err.contains("panicked"), "{}", full.err);

        let doctor = bench.run(&["doctor", "--dir", &dir]);
        assert_eq!(doctor.code, Some(0), "{} {}", doctor.out, doctor.err);
        let again = bench.run(&["add", &input, "--dir", &dir]);
        assert_eq!(again.code, Some(0), "{}", again.err);
        assert!(bench.stories(&dir) == bench.stories("whole"), "other stories");
    }
}

#[test]
fn a_damaged_database_is_told_and_not_touched() {
    let bench = Bench::new();
    let input = bench.file("invented.jsonl", invented(400));
    assert_eq!(bench.run(&["add", &input]).code, Some(0));
    let path = bench.path("desk").join("dateline.db");
    let mut bytes = std::fs::read(&path).unwrap();
    // Somewhere among the texts, where no page of the database begins.
    let middle = bytes.len() / 2 / 4096 * 4096 + 2_000;
    bytes[middle..middle + 500].fill(0x55);
    std::fs::write(&path, &bytes).unwrap();
    let doctor = bench.run(&["doctor"]);
    assert_eq!(doctor.code, Some(1), "{} {}", doctor.out, doctor.err);

    std::fs::write(&path, "this is a diary").unwrap();
    for arguments in [&["stories"][..], &["add", &input], &["doctor"]] {
        let ran = bench.run(arguments);
        assert_eq!(ran.code, Some(1), "{arguments:?}");
        assert!(ran.err.contains("no database that dateline wrote"), "{}", ran.err);
    }
    assert_eq!(std::fs::read(&path).unwrap(), b"this is a diary");
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
