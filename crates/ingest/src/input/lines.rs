//! JSONL cut into its lines, in bounded memory whatever stands in it.

use std::io::{self, BufRead};

use dateline_model::Source;

use super::stream::Stream;
use crate::{Capture, Format, Problem};

/// Longer lines are reported and passed over, without being held. The longest article in the archives we know
/// has 2 MB.
pub const LONGEST_LINE: usize = 16 << 20;

/// The lines of a stream, blank ones left out.
pub(crate) struct Lines {
    stream: Stream,
    input: String,
    number: u64,
    longest: usize,
    ended: bool,
}

impl Lines {
    pub(crate) fn new(stream: Stream, input: String) -> Self {
        Self { stream, input, number: 0, longest: LONGEST_LINE, ended: false }
    }

    fn source(&self) -> Source {
        Source { input: self.input.clone(), position: Some(self.number) }
    }

    /// Reads to the end of the line; `None` at the end of the stream.
    fn line(&mut self) -> Option<Result<Vec<u8>, Problem>> {
        let mut line = Vec::new();
        let mut length = 0usize;
        self.number += 1;
        loop {
            let chunk = match self.stream.fill_buf() {
                Ok([]) if length == 0 => return None,
                Ok([]) => break,
                Ok(chunk) => chunk,
                Err(error) => {
                    // What was read of the line is not the line; the next begins where the damage ends.
                    let damaged = error.kind() == io::ErrorKind::InvalidData;
                    self.ended = !damaged;
                    let what =
                        if damaged { error.to_string() } else { format!("cannot be read further: {error}") };
                    let way_out = "the lines before are kept; get the file again for the rest";
                    return Some(Err(Problem::new(&self.source(), what).fix(way_out)));
                }
            };
            let end = memchr::memchr(b'\n', chunk);
            let len = end.map_or(chunk.len(), |at| at + 1);
            length += len;
            if length <= self.longest + 1 {
                line.extend_from_slice(&chunk[..len]);
            } else {
                line = Vec::new();
            }
            self.stream.consume(len);
            if end.is_some() {
                break;
            }
        }
        if length > self.longest + 1 {
            let what =
                format!("this line has {length} bytes, more than the {} that a line may have", self.longest);
            let way_out = "each line must be one article; the line was passed over";
            return Some(Err(Problem::new(&self.source(), what).fix(way_out)));
        }
        while line.last().is_some_and(|byte| matches!(byte, b'\n' | b'\r')) {
            line.pop();
        }
        Some(Ok(line))
    }
}

impl Iterator for Lines {
    type Item = Result<Capture, Problem>;

    fn next(&mut self) -> Option<Self::Item> {
        while !self.ended {
            let mut bytes = match self.line()? {
                Ok(line) => line,
                Err(problem) => return Some(Err(problem)),
            };
            if self.number == 1 && bytes.starts_with(b"\xef\xbb\xbf") {
                bytes.drain(..3);
            }
            if bytes.iter().all(u8::is_ascii_whitespace) {
                continue;
            }
            return Some(Ok(Capture {
                source: self.source(),
                format: Format::Jsonl,
                bytes,
                url: None,
                content_type: None,
                fetched: None,
            }));
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::super::stream::Progress;
    use super::*;
    use std::io::{Read, Write};

    fn lines(bytes: &[u8], longest: usize) -> Vec<Result<(u64, String), String>> {
        let lines = Lines { longest, ..Lines::new(Stream::of(bytes), "wire.jsonl".into()) };
        lines
            .map(|line| match line {
                Ok(capture) => {
                    Ok((capture.source.position.unwrap(), String::from_utf8(capture.bytes).unwrap()))
                }
                Err(problem) => Err(problem.to_string()),
            })
            .collect()
    }

    #[test]
    fn lines_are_numbered_and_clean() {
        let got = lines(b"\xef\xbb\xbf{\"a\":1}\r\n\n  \r\n{\"b\":2}\nlast", 100);
        assert_eq!(got, [Ok((1, "{\"a\":1}".into())), Ok((4, "{\"b\":2}".into())), Ok((5, "last".into()))]);
    }

    #[test]
    fn a_line_that_is_too_long_is_passed_over() {
        let got = lines(&[b"12345678901\n".as_slice(), b"1234567890\n", b"x"].concat(), 10);
        assert!(got[0].as_ref().unwrap_err().starts_with("wire.jsonl:1: this line has 12 bytes"), "{got:?}");
        assert_eq!(got[1..], [Ok((2, "1234567890".into())), Ok((3, "x".into()))]);
    }

    #[test]
    fn a_line_of_200_megabytes_is_never_held() {
        /// Gives `left` letters, a line break, and one short line.
        struct Endless {
            left: usize,
            tail: &'static [u8],
        }
        impl Read for Endless {
            fn read(&mut self, target: &mut [u8]) -> std::io::Result<usize> {
                if self.left == 0 {
                    return self.tail.read(target);
                }
                let len = target.len().min(self.left);
                target[..len].fill(b'x');
                self.left -= len;
                Ok(len)
            }
        }
        let raw = Box::new(Endless { left: 200 << 20, tail: b"\n{\"title\":\"y\"}\n" });
        let progress = Progress::default();
        let mut lines = Lines::new(Stream::open(raw, &progress).unwrap(), "-".into());
        assert!(lines.next().unwrap().unwrap_err().to_string().contains("209715201 bytes"));
        assert_eq!(lines.next().unwrap().unwrap().bytes, b"{\"title\":\"y\"}");
        assert!(lines.next().is_none());
        assert_eq!(progress.read.load(std::sync::atomic::Ordering::Relaxed), (200 << 20) + 15);
    }

    #[test]
    fn a_cut_gzip_file_gives_its_whole_lines() {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
        for number in 0..20_000u32 {
            writeln!(encoder, "{{\"title\":\"{}\"}}", number.wrapping_mul(2_654_435_761)).unwrap();
        }
        let packed = encoder.finish().unwrap();
        let got = lines(&packed[..packed.len() / 2], LONGEST_LINE);
        assert!(got.len() > 5000);
        let (last, whole) = got.split_last().unwrap();
        assert!(last.as_ref().unwrap_err().contains("ends in the middle of its gzip"), "{last:?}");
        assert!(whole.iter().all(|line| line.as_ref().is_ok_and(|(_, text)| text.ends_with("\"}"))));
    }
}
