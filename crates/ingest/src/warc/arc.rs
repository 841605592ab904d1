//! ARC files, the Internet Archive's format before WARC: a line for each record, then the answer.
//!
//! `http://example.com/ 93.184.216.119 20140216050221 text/html 1591` in version 1; version 2 has five more
//! fields before the length. URLs may hold blanks, so the fields are counted from the end.

use super::record::{Kind, Record};
use crate::date::parse_date;

/// Which version of the format a file has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Version {
    One,
    Two,
}

impl Version {
    /// The version that a file's first record states.
    pub(super) fn of(block: &[u8]) -> Self {
        if block.trim_ascii_start().starts_with(b"2") { Self::Two } else { Self::One }
    }

    /// How many fields a record's line has.
    fn fields(self) -> usize {
        match self {
            Self::One => 5,
            Self::Two => 10,
        }
    }
}

/// Whether a line begins a record: a URL, and further on an address and a time of 14 digits.
pub(super) fn is_header(line: &[u8]) -> bool {
    let starts =
        [b"filedesc://".as_slice(), b"http://", b"https://"].iter().any(|start| line.starts_with(start));
    starts
        && line.split(|b| *b == b' ').any(|field| field.len() >= 14 && field.iter().all(u8::is_ascii_digit))
        && line.split(|b| *b == b' ').count() >= Version::One.fields()
}

impl Record {
    /// Reads the line of a record.
    pub(super) fn from_arc(line: &[u8], version: Version, number: u64) -> Result<Self, String> {
        let line = String::from_utf8_lossy(line);
        // Oldest first: the file's own record has the fields of version 1 in either version.
        let count = if line.starts_with("filedesc:") { Version::One.fields() } else { version.fields() };
        let mut fields: Vec<&str> = line.rsplitn(count, ' ').collect();
        fields.reverse();
        let &[url, _, date, content_type, ..] = fields.as_slice() else {
            return Err("the line that begins this record has too few fields".into());
        };
        let length = fields.last().and_then(|length| length.parse().ok());
        let Some(length) = length else {
            return Err("this record does not say how long it is".into());
        };
        let is_info = url.starts_with("filedesc:");
        Ok(Self {
            number,
            kind: if is_info { Kind::Info } else { Kind::Response },
            url: Some(url.to_owned()),
            date: time(date),
            // What stands here is the type of the body; the block is the server's whole answer.
            content_type: if is_info { Some(content_type.to_owned()) } else { None },
            block: Vec::new(),
            length: Some(length),
            digest: None,
        })
    }
}

/// A time of 14 digits, in UTC.
fn time(digits: &str) -> Option<dateline_model::When> {
    let at = |from: usize, to: usize| digits.get(from..to);
    let (date, time) = (
        format!("{}-{}-{}", at(0, 4)?, at(4, 6)?, at(6, 8)?),
        format!("{}:{}:{}", at(8, 10)?, at(10, 12)?, at(12, 14)?),
    );
    parse_date(&format!("{date}T{time}Z"))
}
