//! WARC archives: how many of their records are read, and whether the damaged ones are reported.
//!
//! The fixtures are those of the warcio library. What an archive holds is counted by a plain scan of its
//! decompressed bytes for lines that begin a record; each must be either read or reported.

use std::io::Read as _;
use std::path::Path;

use dateline_ingest::warc::Records;

use crate::data::{self, DataError};
use crate::{Measure, Report, Unit};

/// The fixtures under the folder of the data sets.
const FIXTURES: &str = "ingest/warcio_fixtures.tar.gz";

/// Runs the stage on the data sets under `data`.
pub fn run(data: &Path) -> Result<Report, DataError> {
    let mut report =
        Report::new("warc", "Archives of the web, well-formed and damaged: records read, damage reported.");
    let path = data.join(FIXTURES);
    if !path.exists() {
        report.missing.push(path);
        return Ok(report);
    }
    let (mut files, mut whole, mut expected, mut read, mut damaged) = (0, 0, 0, 0, 0);
    for (name, bytes) in data::tar(&path)? {
        if !(name.contains(".warc") || name.contains(".arc")) {
            continue;
        }
        let there = scan(&bytes);
        let (mut good, mut bad) = (0, Vec::new());
        for record in Records::of(bytes, &name) {
            match record {
                Ok(_) => good += 1,
                Err(problem) => bad.push(problem.to_string()),
            }
        }
        files += 1;
        whole += usize::from(good + bad.len() == there);
        expected += there;
        read += good;
        damaged += bad.len();
        let file = name.rsplit('/').next().unwrap_or(&name);
        report
            .notes
            .push(format!("`{file}`: {good} of {there} records read, {} reported as damaged", bad.len()));
        report.notes.extend(bad.into_iter().map(|problem| format!("— {problem}")));
    }
    report.push(
        Measure::new("archives of which every record is read or reported", whole as f64, Unit::Count)
            .at_least(files as f64),
    );
    report.push(Measure::new("records in them", expected as f64, Unit::Count));
    report.push(Measure::new("records read", read as f64, Unit::Count));
    report.push(Measure::new("records reported as damaged", damaged as f64, Unit::Count));
    Ok(report)
}

/// How many lines begin a record in an archive, gzipped or not.
fn scan(bytes: &[u8]) -> usize {
    let mut plain = Vec::new();
    // What a damaged member gave before its damage is counted; the rest cannot be.
    if bytes.starts_with(&[0x1f, 0x8b]) {
        let _ = flate2::read::MultiGzDecoder::new(bytes).read_to_end(&mut plain);
    } else {
        plain = bytes.to_vec();
    }
    let is_arc = plain.starts_with(b"filedesc:");
    plain
        .split(|byte| *byte == b'\n')
        .filter(|line| {
            let fields = line.split(|byte| *byte == b' ').count();
            if is_arc {
                fields >= 5 && [b"filedesc:".as_slice(), b"http:"].iter().any(|start| line.starts_with(start))
            } else {
                [b"WARC/0.".as_slice(), b"WARC/1."].iter().any(|version| line.starts_with(version))
            }
        })
        .count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plain_scan_counts_what_begins_a_record() {
        assert_eq!(scan(b"WARC/1.0\r\nWARC-Type: response\r\n\r\nx\r\n\r\nWARC/1.0\r\n"), 2);
        assert_eq!(
            scan(
                b"filedesc://x 0.0.0.0 20240502190100 text/plain 1\n\n\nhttp://a.example/ 0 1 text/html 1\n"
            ),
            2
        );
    }
}
