//! OPML: which of the lists people publish are read without losing a feed.
//!
//! A list counts as read where every outline with an address comes back as a subscription: as many
//! as a plain search of the file finds `xmlUrl="…"` with something in it.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use dateline_ingest::opml::{parse_opml, write_opml};
use dateline_ingest::{Capture, Format, Parsed};
use dateline_model::Source;

use crate::data::{self, DataError};
use crate::{Measure, Report, Unit};

/// Reads the OPML lists in `ingest/opml_files.tar.gz` under `data`.
///
/// # Errors
///
/// Where the archive cannot be read. A missing one is reported as missing.
pub fn run(data: &Path) -> Result<Report, DataError> {
    let mut report = Report::new("opml", "OPML lists of feeds, read whole and written back.");
    let files = match data::tar(&data.join("ingest/opml_files.tar.gz")) {
        Err(DataError::Missing(path)) => {
            report.missing.push(path);
            return Ok(report);
        }
        files => files?,
    };
    let (mut total, mut read, mut back, mut feeds, mut panics) = (0usize, 0usize, 0usize, 0usize, 0u32);
    let mut lost = Vec::new();
    for (path, bytes) in files.into_iter().filter(|(path, _)| path.ends_with(".opml")) {
        total += 1;
        let expected = addresses(&String::from_utf8_lossy(&bytes));
        let parse = |bytes: Vec<u8>| catch_unwind(AssertUnwindSafe(|| parse_opml(&capture(&path, bytes))));
        let Ok(parsed) = parse(bytes) else {
            panics += 1;
            continue;
        };
        let found = parsed.subscriptions.len();
        feeds += found;
        if found == expected {
            read += 1;
        } else {
            lost.push(format!("`{path}`: {found} of {expected}"));
        }
        let again = parse(write_opml(&parsed.subscriptions).into_bytes());
        back += usize::from(again.is_ok_and(|again| same_feeds(&again, &parsed)));
    }
    let read = Measure::new(format!("lists read whole (of {total})"), read as f64, Unit::Count);
    report.push(read.peer(38.0, "opml 1.1.6").at_least(total as f64));
    let back =
        Measure::new(format!("lists that read back as written (of {total})"), back as f64, Unit::Count);
    report.push(back.at_least(total as f64));
    report.push(Measure::new("feeds found", feeds as f64, Unit::Count));
    report.push(Measure::new("panics", f64::from(panics), Unit::Count).at_most(0.0));
    if !lost.is_empty() {
        report.notes.push(format!("Lost feeds:\n\n- {}", lost.join("\n- ")));
    }
    Ok(report)
}

fn capture(path: &str, bytes: Vec<u8>) -> Capture {
    Capture {
        source: Source { input: path.to_owned(), position: None },
        format: Format::Opml,
        bytes,
        url: None,
        content_type: None,
        fetched: None,
    }
}

/// How often `xmlUrl` is given a value, in any case and with any blanks around the sign.
fn addresses(text: &str) -> usize {
    let lower = text.to_ascii_lowercase();
    let given = |after: &str| {
        let value = after.trim_start().strip_prefix('=')?.trim_start();
        let value = value.strip_prefix(['"', '\''])?;
        (!value.starts_with(['"', '\''])).then_some(())
    };
    lower.split("xmlurl").skip(1).filter(|after| given(after).is_some()).count()
}

/// True where two lists hold the same feeds, in whatever order.
fn same_feeds(left: &Parsed, right: &Parsed) -> bool {
    let sorted = |parsed: &Parsed| {
        let mut feeds: Vec<_> =
            parsed.subscriptions.iter().map(|s| (s.folders.clone(), s.feed.clone())).collect();
        feeds.sort();
        feeds
    };
    sorted(left) == sorted(right)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_counted_plainly() {
        assert_eq!(addresses("<outline xmlUrl=\"a\"/><outline XMLURL = 'b'/><outline xmlUrl=''/>"), 2);
    }
}
