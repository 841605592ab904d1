//! WARC archives (ISO 28500, versions 0.17 to 1.1) and ARC files, record by record.
//!
//! Archives are damaged more often than one would think: members that end early, lengths that are wrong,
//! blocks that are not what their digest says. A damaged record is reported and not used, and reading goes
//! on with the next line that begins one.

mod arc;
mod http;
mod record;

use std::io::{self, BufRead};

use dateline_model::Source;

use crate::input::Stream;
use crate::{Capture, Format, Problem};
pub use record::{Kind, Record};

/// Blocks longer than this are passed over, unless they are of a kind that is not read anyway. News pages have
/// at most a few megabytes; crawlers cut at 5.
const LARGEST_BLOCK: u64 = 32 << 20;
/// A page or feed may have this many bytes after decompression.
const LARGEST_PAYLOAD: usize = 15 << 20;
/// Bytes of an archive that are read twice at most, to find records inside others whose length is wrong.
const MOST_READ_TWICE: u64 = 256 << 20;
/// Characters of line ends that may follow a record: two line ends, and what a length wrong by a few leaves.
const MOST_LINE_ENDS: usize = 32;
/// The header of a record.
const LONGEST_HEADER: usize = 64 * 1024;

/// The records of an archive.
pub struct Records {
    stream: Stream,
    /// Bytes to be read once more, before the stream.
    again: Vec<u8>,
    again_used: usize,
    input: String,
    number: u64,
    arc: Option<arc::Version>,
    /// Damage that was met while looking ahead, to be told when its turn comes.
    pending: Option<io::Error>,
    /// How many bytes may still be read twice.
    budget: u64,
    /// Lines are passed over until one begins a record.
    lost: bool,
    ended: bool,
}

/// One line of a header, or what came instead.
enum Line {
    Text(Vec<u8>),
    /// It was longer than a header may be.
    TooLong,
    End,
}

impl Records {
    /// Reads the archive in `stream`; `input` is its name in messages.
    pub(crate) fn new(stream: Stream, input: String) -> Self {
        Self {
            stream,
            again: Vec::new(),
            again_used: 0,
            input,
            number: 0,
            arc: None,
            pending: None,
            budget: MOST_READ_TWICE,
            lost: false,
            ended: false,
        }
    }

    /// Reads the archive at a path.
    ///
    /// # Errors
    /// Where the file cannot be opened.
    pub fn open(path: &std::path::Path) -> io::Result<Self> {
        let raw = Box::new(std::fs::File::open(path)?);
        Ok(Self::new(Stream::open(raw, &Default::default())?, path.display().to_string()))
    }

    /// Reads an archive that is in memory.
    pub fn of(bytes: Vec<u8>, input: &str) -> Self {
        let raw = Box::new(io::Cursor::new(bytes));
        // Reading from memory does not fail.
        let stream = Stream::open(raw, &Default::default()).unwrap_or_else(|_| Stream::empty());
        Self::new(stream, input.to_owned())
    }

    fn source(&self) -> Source {
        Source { input: self.input.clone(), position: Some(self.number.max(1)) }
    }

    fn problem(&self, what: impl Into<String>) -> Problem {
        Problem::new(&self.source(), what)
            .fix("the record was passed over; get the archive again if you need it")
    }

    fn fill(&mut self) -> io::Result<&[u8]> {
        if self.again_used < self.again.len() {
            return Ok(&self.again[self.again_used..]);
        }
        if let Some(error) = self.pending.take() {
            return Err(error);
        }
        self.stream.fill_buf()
    }

    fn consume(&mut self, len: usize) {
        if self.again_used < self.again.len() {
            self.again_used += len;
            if self.again_used >= self.again.len() {
                self.again = Vec::new();
                self.again_used = 0;
            }
        } else {
            self.stream.consume(len);
        }
    }

    fn line(&mut self) -> io::Result<Line> {
        let mut line = Vec::new();
        let mut length = 0;
        loop {
            let chunk = self.fill()?;
            if chunk.is_empty() {
                return Ok(if length == 0 { Line::End } else { Line::Text(line) });
            }
            let end = memchr::memchr(b'\n', chunk);
            let len = end.map_or(chunk.len(), |at| at + 1);
            length += len;
            if length <= LONGEST_HEADER {
                line.extend_from_slice(&chunk[..len]);
            }
            self.consume(len);
            if end.is_some() {
                return Ok(if length <= LONGEST_HEADER { Line::Text(line) } else { Line::TooLong });
            }
        }
    }

    /// Reads the block of a record, and what must follow it. `None` in place of the block where the record is
    /// not `wanted` or too large.
    fn block(&mut self, length: u64, wanted: bool) -> io::Result<Result<Option<Vec<u8>>, String>> {
        let wanted = wanted && length <= LARGEST_BLOCK;
        let mut block = Vec::new();
        let mut left = length;
        let member = self.stream.member();
        while left > 0 {
            let ended = self.fill()?.is_empty();
            let crossed = self.again.is_empty() && self.stream.member() != member;
            let chunk = self.fill()?;
            if ended {
                self.go_back_into(block);
                return Ok(Err(format!("the archive ends {left} bytes before the end of this record")));
            }
            if crossed && chunk.starts_with(b"WARC/") {
                return Ok(Err(format!("the next record begins {left} bytes before the end of this one")));
            }
            let len = chunk.len().min(usize::try_from(left).unwrap_or(usize::MAX));
            if wanted {
                block.extend_from_slice(&chunk[..len]);
            }
            self.consume(len);
            left -= len as u64;
        }
        // Two line ends, then the next record or the end; writers that leave one out or add some are let through.
        for _ in 0..MOST_LINE_ENDS {
            match self.fill()?.first() {
                Some(b'\r' | b'\n') => self.consume(1),
                _ => break,
            }
        }
        if !self.at_record()? {
            self.go_back_into(block);
            return Ok(Err(
                "the length of this record is wrong: something else than a record follows it".into()
            ));
        }
        Ok(Ok(wanted.then_some(block)))
    }

    /// Goes back to the record that begins inside a block that was read too far.
    fn go_back_into(&mut self, mut block: Vec<u8>) {
        let Some(budget) = self.budget.checked_sub(block.len() as u64) else { return };
        if let Some(start) = next_record(&block) {
            self.budget = budget;
            block.drain(..start);
            block.extend_from_slice(&self.again[self.again_used..]);
            (self.again, self.again_used) = (block, 0);
        }
    }

    /// Whether a record or the end comes next.
    fn at_record(&mut self) -> io::Result<bool> {
        let is_arc = self.arc.is_some();
        // Damage that follows is the next record's.
        let head = match self.fill() {
            Ok(head) => head,
            Err(error) if error.kind() == io::ErrorKind::InvalidData => {
                self.pending = Some(error);
                return Ok(true);
            }
            Err(error) => return Err(error),
        };
        let mark = b"WARC/";
        Ok(head.is_empty()
            || (is_arc && head[0].is_ascii_alphabetic())
            || head.starts_with(&mark[..head.len().min(mark.len())]))
    }

    /// The next record, or what is wrong with it; `None` at the end.
    fn read(&mut self) -> io::Result<Option<Result<Record, Problem>>> {
        let mut passed = 0u64;
        let first = loop {
            let line = match self.line()? {
                Line::End if passed > 0 && !self.lost => {
                    self.number += 1;
                    self.lost = true;
                    return Ok(Some(Err(self.problem(format!("the last {passed} bytes are no record")))));
                }
                Line::End => return Ok(None),
                Line::TooLong => Vec::new(),
                Line::Text(line) => line,
            };
            let text = line.trim_ascii();
            if text.starts_with(b"WARC/") || arc::is_header(text) {
                if passed > 0 && !self.lost {
                    // Go back to the record after saying what came before it.
                    self.again = [line.as_slice(), &self.again[self.again_used..]].concat();
                    self.again_used = 0;
                    self.number += 1;
                    self.lost = true;
                    return Ok(Some(Err(self.problem(format!("{passed} bytes here are no record")))));
                }
                break line;
            }
            if !text.is_empty() {
                passed += line.len() as u64;
            }
        };
        self.lost = false;
        self.number += 1;
        let first = first.trim_ascii();
        if !first.starts_with(b"WARC/") {
            return self.read_arc(first).map(Some);
        }
        let mut header = first.to_vec();
        loop {
            match self.line()? {
                Line::Text(line) => {
                    if line.trim_ascii().is_empty() {
                        break;
                    }
                    header.push(b'\n');
                    header.extend_from_slice(&line);
                    if header.len() > LONGEST_HEADER {
                        self.lost = true;
                        return Ok(Some(Err(self.problem("the header of this record does not end"))));
                    }
                }
                Line::TooLong => {
                    self.lost = true;
                    return Ok(Some(Err(self.problem("the header of this record does not end"))));
                }
                Line::End => {
                    return Ok(Some(Err(self.problem("the archive ends in the header of this record"))));
                }
            }
        }
        let mut record = Record::from_header(&header, self.number);
        let Some(length) = record.length else {
            self.lost = true;
            return Ok(Some(Err(self.problem("this record does not say how long it is (Content-Length)"))));
        };
        let wanted = record.kind.is_content();
        match self.block(length, wanted)? {
            Err(what) => {
                self.lost = true;
                Ok(Some(Err(self.problem(what))))
            }
            Ok(None) if wanted => {
                let what =
                    format!("this record has {length} bytes, more than the {LARGEST_BLOCK} that are read");
                Ok(Some(Err(self.problem(what))))
            }
            Ok(block) => {
                record.block = block.unwrap_or_default();
                match record.check_digest() {
                    Ok(()) => Ok(Some(Ok(record))),
                    Err(what) => Ok(Some(Err(self.problem(what)))),
                }
            }
        }
    }

    fn read_arc(&mut self, line: &[u8]) -> io::Result<Result<Record, Problem>> {
        let version = *self.arc.get_or_insert(arc::Version::One);
        let mut record = match Record::from_arc(line, version, self.number) {
            Ok(record) => record,
            Err(what) => {
                self.lost = true;
                return Ok(Err(self.problem(what)));
            }
        };
        let wanted = record.kind.is_content() || record.kind == Kind::Info;
        match self.block(record.length.unwrap_or_default(), wanted)? {
            Err(what) => {
                self.lost = true;
                Ok(Err(self.problem(what)))
            }
            Ok(block) => {
                record.block = block.unwrap_or_default();
                if record.kind == Kind::Info {
                    self.arc = Some(arc::Version::of(&record.block));
                }
                Ok(Ok(record))
            }
        }
    }
}

/// Where a record begins inside a block that was read too far.
fn next_record(block: &[u8]) -> Option<usize> {
    memchr::memmem::find_iter(block, b"\nWARC/")
        .map(|at| at + 1)
        .find(|at| matches!(block.get(at + 5..at + 7), Some([b'0' | b'1', b'.'])))
}

impl Iterator for Records {
    type Item = Result<Record, Problem>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.ended {
            return None;
        }
        match self.read() {
            Ok(next) => {
                self.ended = next.is_none();
                next
            }
            Err(error) => {
                // Damage of the compression is passed over by the stream; anything else is the end.
                let damaged = error.kind() == io::ErrorKind::InvalidData;
                self.ended = !damaged;
                self.lost = true;
                self.number = self.number.max(1);
                Some(Err(self.problem(error.to_string())))
            }
        }
    }
}

/// The pages and feeds in an archive, as captures.
pub(crate) struct Captures(pub(crate) Records);

impl Iterator for Captures {
    type Item = Result<Capture, Problem>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let record = match self.0.next()? {
                Ok(record) => record,
                Err(problem) => return Some(Err(problem)),
            };
            let source = Source { input: self.0.input.clone(), position: Some(record.number) };
            match record.payload(LARGEST_PAYLOAD) {
                Ok(None) => {}
                Ok(Some(payload)) => {
                    return Some(Ok(Capture {
                        source,
                        format: Format::Warc,
                        bytes: payload.bytes,
                        url: payload.url,
                        content_type: payload.content_type,
                        fetched: payload.date,
                    }));
                }
                Err(what) => {
                    return Some(Err(Problem::new(&source, what)
                        .fix("the record was passed over; get the archive again if you need it")));
                }
            }
        }
    }
}

#[cfg(test)]
mod tests;
