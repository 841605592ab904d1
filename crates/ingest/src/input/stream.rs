//! A stream of bytes from anywhere: counted as it is read, decompressed, and looked at before it is used.

use std::io::{self, BufRead, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use super::unzip::{Packing, Unzip};
use crate::sniff::HEAD;

/// Where bytes come from.
pub(crate) type Raw = Box<dyn Read + Send>;

/// How far the reading of inputs has come, for showing to people. Shared: clones count together.
#[derive(Debug, Clone, Default)]
pub struct Progress {
    /// Bytes read so far, as they lie on disk or come over the wire.
    pub read: Arc<AtomicU64>,
    /// Bytes there are to read, as far as that is known: 0 for a pipe; it grows as folders are entered.
    pub total: Arc<AtomicU64>,
}

/// Counts what is read through it.
struct Counted {
    raw: Raw,
    progress: Progress,
}

impl Read for Counted {
    fn read(&mut self, target: &mut [u8]) -> io::Result<usize> {
        let len = self.raw.read(target)?;
        self.progress.read.fetch_add(len as u64, Ordering::Relaxed);
        Ok(len)
    }
}

/// Bytes as they are, with some read ahead.
struct Plain {
    raw: Counted,
    buffer: Vec<u8>,
    used: usize,
    ended: bool,
}

/// Reads up to `most` further bytes behind those in a buffer; 0 at the end. Starts again where a signal
/// interrupted.
pub(crate) fn read_more(raw: &mut impl Read, buffer: &mut Vec<u8>, most: usize) -> io::Result<usize> {
    let len = buffer.len();
    buffer.resize(len + most, 0);
    let read = loop {
        match raw.read(&mut buffer[len..]) {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            result => break result,
        }
    };
    buffer.truncate(len + *read.as_ref().unwrap_or(&0));
    read
}

impl Plain {
    fn refill(&mut self) -> io::Result<()> {
        self.buffer.drain(..self.used);
        self.used = 0;
        let read = read_more(&mut self.raw, &mut self.buffer, HEAD);
        self.ended = !matches!(read, Ok(1..));
        read.map(drop)
    }

    /// Reads ahead until there is a line and enough to recognise compression, or [`HEAD`] bytes: a pipe that
    /// gives one line and waits is read as far as that line.
    fn look_ahead(&mut self) -> io::Result<()> {
        const MAGIC: usize = 16;
        while !self.ended
            && self.buffer.len() < HEAD
            && (self.buffer.len() < MAGIC || memchr::memchr(b'\n', &self.buffer).is_none())
        {
            self.refill()?;
        }
        Ok(())
    }
}

impl Read for Plain {
    fn read(&mut self, target: &mut [u8]) -> io::Result<usize> {
        if self.used == self.buffer.len() && !self.ended {
            self.refill()?;
        }
        let len = (self.buffer.len() - self.used).min(target.len());
        target[..len].copy_from_slice(&self.buffer[self.used..self.used + len]);
        self.used += len;
        Ok(len)
    }
}

/// A stream of bytes, decompressed where it was compressed.
pub(crate) struct Stream(Kind);

enum Kind {
    Plain(Plain),
    Packed(Box<Unzip<Plain>>),
}

impl Stream {
    /// Opens a stream and looks at how it begins.
    pub(crate) fn open(raw: Raw, progress: &Progress) -> io::Result<Self> {
        let raw = Counted { raw, progress: progress.clone() };
        let mut plain = Plain { raw, buffer: Vec::new(), used: 0, ended: false };
        plain.look_ahead()?;
        Ok(Self(match Packing::of(&plain.buffer) {
            Some(packing) => Kind::Packed(Box::new(Unzip::new(plain, packing))),
            None => Kind::Plain(plain),
        }))
    }

    /// A stream of nothing.
    pub(crate) fn empty() -> Self {
        let raw = Counted { raw: Box::new(io::empty()), progress: Progress::default() };
        Self(Kind::Plain(Plain { raw, buffer: Vec::new(), used: 0, ended: true }))
    }

    /// A stream of bytes that are already here.
    #[cfg(test)]
    pub(crate) fn of(bytes: &[u8]) -> Self {
        Self::open(Box::new(io::Cursor::new(bytes.to_vec())), &Progress::default()).unwrap()
    }

    /// Which member of a compressed stream the next bytes come from; always 0 where it is not compressed.
    pub(crate) fn member(&self) -> u64 {
        match &self.0 {
            Kind::Plain(_) => 0,
            Kind::Packed(unzip) => unzip.member(),
        }
    }
}

impl BufRead for Stream {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        match &mut self.0 {
            Kind::Plain(plain) => {
                if plain.used == plain.buffer.len() && !plain.ended {
                    plain.refill()?;
                }
                Ok(&plain.buffer[plain.used..])
            }
            Kind::Packed(unzip) => unzip.fill_buf(),
        }
    }

    fn consume(&mut self, len: usize) {
        match &mut self.0 {
            Kind::Plain(plain) => plain.used = (plain.used + len).min(plain.buffer.len()),
            Kind::Packed(unzip) => unzip.consume(len),
        }
    }
}

impl Read for Stream {
    fn read(&mut self, target: &mut [u8]) -> io::Result<usize> {
        let source = self.fill_buf()?;
        let len = source.len().min(target.len());
        target[..len].copy_from_slice(&source[..len]);
        self.consume(len);
        Ok(len)
    }
}
