//! One record of an archive: its header, its block, and the page inside.

use dateline_model::When;
use sha1::{Digest as _, Sha1};

use super::http;
use crate::date::parse_date;

/// What a record is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// What a server answered.
    Response,
    /// A file as it is, without a protocol around it.
    Resource,
    /// A record made of another one: the text of a page (WET).
    Conversion,
    /// About the archive.
    Info,
    /// What was asked.
    Request,
    /// About another record.
    Metadata,
    /// The same as an earlier record, which holds the content.
    Revisit,
    /// Part of a record.
    Continuation,
    /// Something else.
    Other,
}

impl Kind {
    fn of(word: &str) -> Self {
        match word.to_ascii_lowercase().as_str() {
            "response" => Self::Response,
            "resource" => Self::Resource,
            "conversion" => Self::Conversion,
            "warcinfo" => Self::Info,
            "request" => Self::Request,
            "metadata" => Self::Metadata,
            "revisit" => Self::Revisit,
            "continuation" => Self::Continuation,
            _ => Self::Other,
        }
    }

    /// Whether records of this kind hold pages or feeds.
    pub fn is_content(self) -> bool {
        matches!(self, Self::Response | Self::Resource | Self::Conversion)
    }
}

/// A record. The block is empty for kinds that hold no content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// Its place in the archive, from 1; damaged ones count.
    pub number: u64,
    /// What it is.
    pub kind: Kind,
    /// URL of what it holds.
    pub url: Option<String>,
    /// When it was fetched.
    pub date: Option<When>,
    /// Type of the block: `application/http` around what a server answered.
    pub content_type: Option<String>,
    /// The block.
    pub block: Vec<u8>,
    pub(super) length: Option<u64>,
    pub(super) digest: Option<String>,
}

/// The page or feed in a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Payload {
    pub bytes: Vec<u8>,
    pub url: Option<String>,
    pub content_type: Option<String>,
    pub date: Option<When>,
}

impl Record {
    /// Reads a header: lines of `Name: value`, where a line that begins with a blank goes on the one before.
    pub(super) fn from_header(header: &[u8], number: u64) -> Self {
        let text = String::from_utf8_lossy(header);
        let mut fields: Vec<(String, String)> = Vec::new();
        for line in text.lines().skip(1) {
            if line.starts_with([' ', '\t']) {
                if let Some((_, value)) = fields.last_mut() {
                    value.push(' ');
                    value.push_str(line.trim());
                }
            } else if let Some((name, value)) = line.split_once(':') {
                fields.push((name.trim().to_ascii_lowercase(), value.trim().to_owned()));
            }
        }
        let get = |name: &str| fields.iter().find(|(one, _)| one == name).map(|(_, value)| value.as_str());
        // Some writers of `wget` put the URL in angle brackets.
        let url = get("warc-target-uri").map(|url| url.trim_matches(['<', '>']).to_owned());
        Self {
            number,
            kind: get("warc-type").map_or(Kind::Other, Kind::of),
            url: url.filter(|url| !url.is_empty()),
            date: get("warc-date").and_then(parse_date),
            content_type: get("content-type").map(str::to_owned),
            block: Vec::new(),
            length: get("content-length").and_then(|length| length.parse().ok()),
            digest: get("warc-block-digest").map(str::to_owned),
        }
    }

    /// Compares the block with its SHA-1 digest, where the record has one of that kind and was read.
    pub(super) fn check_digest(&self) -> Result<(), String> {
        let stated = self.digest.as_deref().and_then(|digest| digest.split_once(':'));
        let Some((_, stated)) = stated.filter(|(name, _)| name.eq_ignore_ascii_case("sha1")) else {
            return Ok(());
        };
        if !self.kind.is_content() {
            return Ok(());
        }
        let sum: [u8; 20] = Sha1::digest(&self.block).into();
        let hex: String = sum.iter().map(|byte| format!("{byte:02x}")).collect();
        let matches = match stated.len() {
            32 => stated.eq_ignore_ascii_case(&base32(&sum)),
            40 => stated.eq_ignore_ascii_case(&hex),
            _ => true, // no way to write SHA-1 that we know
        };
        if matches {
            Ok(())
        } else {
            Err("the block of this record is not what its digest says: it was changed or damaged".into())
        }
    }

    /// The page or feed in the record; `None` where it holds something else.
    ///
    /// # Errors
    /// Where the page is there and cannot be decoded.
    pub(super) fn payload(self, limit: usize) -> Result<Option<Payload>, String> {
        if !self.kind.is_content() || self.block.is_empty() {
            return Ok(None);
        }
        let media = self.content_type.as_deref().unwrap_or_default().to_ascii_lowercase();
        let is_http =
            media.starts_with("application/http") || (media.is_empty() && self.block.starts_with(b"HTTP/"));
        if self.kind == Kind::Response && is_http {
            let Some(answer) = http::answer(&self.block)? else { return Ok(None) };
            if answer.status != 200 || !is_page(answer.content_type.as_deref()) {
                return Ok(None);
            }
            let content_type = answer.content_type.clone();
            let bytes = answer.body(limit)?;
            return Ok(Some(Payload { bytes, url: self.url, content_type, date: self.date }));
        }
        let is_text = self.kind == Kind::Conversion && media.starts_with("text/plain");
        let is_web = self.url.as_deref().is_some_and(|url| url.starts_with("http"));
        if !is_web || !(is_text || is_page(self.content_type.as_deref())) {
            return Ok(None);
        }
        if self.block.len() > limit {
            return Err(format!(
                "this record holds {} bytes, more than the {limit} that are read",
                self.block.len()
            ));
        }
        Ok(Some(Payload {
            bytes: self.block,
            url: self.url,
            content_type: self.content_type,
            date: self.date,
        }))
    }
}

/// Whether a content type is that of pages or feeds. Unknown ones are looked at.
fn is_page(content_type: Option<&str>) -> bool {
    let Some(media) = content_type else { return true };
    let media = media.split(';').next().unwrap_or(media).trim().to_ascii_lowercase();
    media.is_empty()
        || media.contains("html")
        || media.contains("xml") && !media.contains("svg")
        || media.contains("feed+json")
}

/// RFC 4648 §6, as WARC digests are written.
fn base32(bytes: &[u8; 20]) -> String {
    const LETTERS: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    let mut out = String::with_capacity(32);
    for five in bytes.chunks_exact(5) {
        let group = five.iter().fold(0u64, |group, byte| group << 8 | u64::from(*byte));
        out.extend((0..8).rev().map(|place| LETTERS[(group >> (5 * place)) as usize & 31] as char));
    }
    out
}
