//! Decompression of gzip and zstd that survives damage: member by member, with the place of what is
//! broken, going on with the next member that is not.
//!
//! Archives of the web are thousands of gzip members one after another. The usual decoders end at the
//! first that is damaged; here it is reported once, as an error of kind [`InvalidData`](io::ErrorKind),
//! and reading goes on after it. Bytes of two members are never handed out together, so that a reader of
//! records can tell that the next member has begun.

use std::io::{self, BufRead, Read};

use flate2::{Crc, Decompress, FlushDecompress, Status};
use zstd::stream::raw::{Decoder as ZstdDecoder, Operation as _};

use crate::input::stream::read_more;

/// Bytes read at once.
const CHUNK: usize = 64 * 1024;
/// Compressed bytes of a member that are kept, to look in them for the start of the next one should this one
/// turn out broken: a cut member swallows the beginning of its successor.
const RETAIN: usize = 1 << 20;
/// The longest gzip header that is read: file name and comment are of any length.
const LONGEST_HEADER: usize = 70 * 1024;
/// The largest dictionary that is read out of a zstd archive.
const LARGEST_DICTIONARY: usize = 16 << 20;

/// How bytes are compressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Packing {
    /// RFC 1952.
    Gzip,
    /// RFC 8878.
    Zstd,
}

impl Packing {
    /// Recognises compressed bytes by how they begin.
    pub(crate) fn of(head: &[u8]) -> Option<Self> {
        match head {
            [0x1f, 0x8b, 0x08, ..] => Some(Self::Gzip),
            [0x28, 0xb5, 0x2f, 0xfd, ..] => Some(Self::Zstd),
            [low, 0x2a, 0x4d, 0x18, ..] if low & 0xf0 == 0x50 => Some(Self::Zstd),
            _ => None,
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Gzip => "gzip",
            Self::Zstd => "zstd",
        }
    }

    /// Where the next member may begin in `bytes`.
    fn find(self, bytes: &[u8]) -> Option<usize> {
        match self {
            Self::Gzip => memchr::memmem::find_iter(bytes, &[0x1f, 0x8b, 0x08])
                .find(|at| bytes.get(at + 3).is_none_or(|flags| flags & 0xe0 == 0)),
            Self::Zstd => memchr::memmem::find(bytes, &[0x28, 0xb5, 0x2f, 0xfd]),
        }
    }
}

/// Decompresses a stream of members.
pub(crate) struct Unzip<R> {
    raw: R,
    packing: Packing,
    /// Compressed bytes: of this member from its start while `retained`, and those not yet used.
    buffer: Vec<u8>,
    /// How far `buffer` is used.
    used: usize,
    /// Offset of `buffer` in the stream.
    offset: u64,
    retained: bool,
    ended: bool,
    member: Option<Member>,
    count: u64,
    dictionary: Vec<u8>,
    /// After damage, what looks like a member and is none is passed over without another word.
    searching: bool,
    out: Vec<u8>,
    out_used: usize,
}

enum Member {
    Gzip { decoder: Box<Decompress>, crc: Crc },
    Zstd(Box<ZstdDecoder<'static>>),
}

enum Begun {
    Member(Member),
    /// A frame without data.
    Skipped,
    /// Something else than a member.
    Nothing,
}

enum Step {
    More,
    End,
}

impl<R: Read> Unzip<R> {
    /// Decompresses what `raw` gives.
    pub(crate) fn new(raw: R, packing: Packing) -> Self {
        Self {
            raw,
            packing,
            buffer: Vec::new(),
            used: 0,
            offset: 0,
            retained: true,
            ended: false,
            member: None,
            count: 0,
            dictionary: Vec::new(),
            searching: false,
            out: Vec::new(),
            out_used: 0,
        }
    }

    /// Which member the bytes come from that [`fill_buf`](BufRead::fill_buf) gives next, from 1.
    pub(crate) fn member(&self) -> u64 {
        self.count
    }

    /// Reads more compressed bytes; false at the end.
    fn refill(&mut self) -> io::Result<bool> {
        if self.ended {
            return Ok(false);
        }
        if self.retained && self.used > RETAIN {
            self.retained = false;
        }
        if !self.retained || self.member.is_none() {
            self.offset += self.used as u64;
            self.buffer.drain(..self.used);
            self.used = 0;
        }
        let read = read_more(&mut self.raw, &mut self.buffer, CHUNK);
        self.ended = matches!(read, Ok(0));
        Ok(read? > 0)
    }

    /// Bytes not yet used, at least `len` of them unless the stream ends.
    fn ahead(&mut self, len: usize) -> io::Result<&[u8]> {
        while self.buffer.len() - self.used < len && self.refill()? {}
        Ok(&self.buffer[self.used..])
    }

    /// Begins the next member; `None` at the end of the stream.
    fn begin(&mut self) -> io::Result<Option<Member>> {
        self.member = None;
        loop {
            // Forget the member before.
            self.offset += self.used as u64;
            self.buffer.drain(..self.used);
            self.used = 0;
            self.retained = true;
            if self.ahead(18)?.is_empty() {
                return Ok(None);
            }
            if self.buffer.iter().all(|byte| *byte == 0) {
                self.used = self.buffer.len(); // padding, as tape blocks leave it
                continue;
            }
            let begun = match self.packing {
                Packing::Gzip => self.begin_gzip()?,
                Packing::Zstd => self.begin_zstd()?,
            };
            match begun {
                Begun::Member(member) => return Ok(Some(member)),
                Begun::Skipped => {}
                Begun::Nothing => {
                    self.skip_to_next(1)?;
                    if !std::mem::replace(&mut self.searching, true) {
                        return Err(self.damage("what follows is not"));
                    }
                }
            }
        }
    }

    fn begin_gzip(&mut self) -> io::Result<Begun> {
        let bytes = self.ahead(LONGEST_HEADER)?;
        let Some(len) = gzip_header(bytes) else { return Ok(Begun::Nothing) };
        self.used += len;
        Ok(Begun::Member(Member::Gzip { decoder: Box::new(Decompress::new(false)), crc: Crc::new() }))
    }

    fn begin_zstd(&mut self) -> io::Result<Begun> {
        let bytes = self.ahead(8)?;
        if let [low, 0x2a, 0x4d, 0x18, a, b, c, d, ..] = *bytes
            && low & 0xf0 == 0x50
        {
            let len = u32::from_le_bytes([a, b, c, d]) as usize;
            if low == 0x5d && len <= LARGEST_DICTIONARY {
                // A WARC in zstd keeps the dictionary of its frames in its first, skippable frame.
                let bytes = self.ahead(8 + len)?;
                let dictionary = bytes.get(8..8 + len).unwrap_or_default().to_vec();
                self.dictionary = match Packing::of(&dictionary) {
                    Some(Packing::Zstd) => zstd::bulk::decompress(&dictionary, LARGEST_DICTIONARY)?,
                    _ => dictionary,
                };
            }
            let mut left = 8 + len as u64;
            while left > 0 {
                let step = (self.buffer.len() - self.used).min(usize::try_from(left).unwrap_or(usize::MAX));
                self.used += step;
                left -= step as u64;
                self.offset += self.used as u64;
                self.buffer.drain(..self.used);
                self.used = 0;
                if left > 0 && !self.refill()? {
                    break;
                }
            }
            return Ok(Begun::Skipped);
        }
        if !bytes.starts_with(&[0x28, 0xb5, 0x2f, 0xfd]) {
            return Ok(Begun::Nothing);
        }
        Ok(Begun::Member(Member::Zstd(Box::new(ZstdDecoder::with_dictionary(&self.dictionary)?))))
    }

    /// Moves to where the next member may begin, at least `from` bytes on.
    fn skip_to_next(&mut self, from: usize) -> io::Result<()> {
        self.used = (self.used + from).min(self.buffer.len());
        loop {
            match self.packing.find(&self.buffer[self.used..]) {
                Some(at) => {
                    self.used += at;
                    return Ok(());
                }
                None => {
                    // A mark may lie across the seam.
                    self.used = self.used.max(self.buffer.len().saturating_sub(3));
                    if !self.refill()? {
                        self.used = self.buffer.len();
                        return Ok(());
                    }
                }
            }
        }
    }

    fn damage(&self, what: &str) -> io::Error {
        let place = self.offset + self.used as u64;
        let what = format!("{what} {} (about byte {place} of the compressed file)", self.packing.name());
        io::Error::new(io::ErrorKind::InvalidData, what)
    }

    /// Decompresses into `out` until there is something in it; false at the end of the stream.
    fn advance(&mut self) -> io::Result<bool> {
        loop {
            if self.member.is_none() {
                match self.begin()? {
                    Some(member) => {
                        self.member = Some(member);
                        self.count += 1;
                    }
                    None => return Ok(false),
                }
            }
            self.out.resize(CHUNK, 0);
            self.out_used = 0;
            let step = self.step();
            match step {
                Ok((produced, step)) => {
                    self.out.truncate(produced);
                    if matches!(step, Step::End) {
                        self.member = None;
                        self.searching = false;
                    }
                    if produced > 0 {
                        return Ok(true);
                    }
                }
                Err(Broken::Io(error)) => {
                    self.out.clear();
                    return Err(error);
                }
                Err(Broken::Data(what)) => {
                    self.out.clear();
                    let error = self.damage(what);
                    self.member = None;
                    if self.retained {
                        self.used = 0; // look in the broken member itself: it may have swallowed the next
                        self.skip_to_next(1)?;
                    } else {
                        self.skip_to_next(0)?;
                    }
                    if !std::mem::replace(&mut self.searching, true) {
                        return Err(error);
                    }
                }
            }
        }
    }

    fn step(&mut self) -> Result<(usize, Step), Broken> {
        if self.used == self.buffer.len() && !self.refill().map_err(Broken::Io)? {
            return Err(Broken::Data("the file ends in the middle of its"));
        }
        let input = &self.buffer[self.used..];
        match self.member.as_mut() {
            Some(Member::Gzip { decoder, crc }) => {
                let (before_in, before_out) = (decoder.total_in(), decoder.total_out());
                let status = decoder
                    .decompress(input, &mut self.out, FlushDecompress::None)
                    .map_err(|_| Broken::Data("damaged"))?;
                self.used += (decoder.total_in() - before_in) as usize;
                let produced = (decoder.total_out() - before_out) as usize;
                crc.update(&self.out[..produced]);
                if status != Status::StreamEnd {
                    return Ok((produced, Step::More));
                }
                let (sum, amount) = (crc.sum(), crc.amount());
                let trailer = self.ahead(8).map_err(Broken::Io)?;
                let Some(trailer) = trailer.first_chunk::<8>() else {
                    return Err(Broken::Data("the file ends in the middle of its"));
                };
                let [a, b, c, d, e, f, g, h] = *trailer;
                self.used += 8;
                if u32::from_le_bytes([a, b, c, d]) != sum || u32::from_le_bytes([e, f, g, h]) != amount {
                    return Err(Broken::Data("wrong checksum in"));
                }
                Ok((produced, Step::End))
            }
            Some(Member::Zstd(decoder)) => {
                let status =
                    decoder.run_on_buffers(input, &mut self.out).map_err(|_| Broken::Data("damaged"))?;
                self.used += status.bytes_read;
                let step = if status.remaining == 0 { Step::End } else { Step::More };
                Ok((status.bytes_written, step))
            }
            None => Ok((0, Step::End)),
        }
    }
}

enum Broken {
    Data(&'static str),
    Io(io::Error),
}

/// Length of the gzip header at the start of `bytes`; `None` where there is none, or not all of it.
fn gzip_header(bytes: &[u8]) -> Option<usize> {
    const CHECKSUM: u8 = 2;
    const EXTRA: u8 = 4;
    const NAME: u8 = 8;
    const COMMENT: u8 = 16;
    let &[0x1f, 0x8b, 8, flags, ..] = bytes.get(..10)? else { return None };
    if flags & 0xe0 != 0 {
        return None;
    }
    let mut len = 10;
    if flags & EXTRA != 0 {
        len += 2 + usize::from(u16::from_le_bytes([*bytes.get(len)?, *bytes.get(len + 1)?]));
    }
    for text in [NAME, COMMENT] {
        if flags & text != 0 {
            len += memchr::memchr(0, bytes.get(len..)?)? + 1;
        }
    }
    if flags & CHECKSUM != 0 {
        len += 2;
    }
    (len <= bytes.len()).then_some(len)
}

impl<R: Read> BufRead for Unzip<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.out_used == self.out.len() {
            self.out.clear();
            self.out_used = 0;
            self.advance()?;
        }
        Ok(&self.out[self.out_used..])
    }

    fn consume(&mut self, len: usize) {
        self.out_used = (self.out_used + len).min(self.out.len());
    }
}

impl<R: Read> Read for Unzip<R> {
    fn read(&mut self, target: &mut [u8]) -> io::Result<usize> {
        let source = self.fill_buf()?;
        let len = source.len().min(target.len());
        target[..len].copy_from_slice(&source[..len]);
        self.consume(len);
        Ok(len)
    }
}

#[cfg(test)]
mod tests;
