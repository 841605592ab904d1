//! Building text line by line, with white space folded.

use crate::references;

/// Text in lines, white space folded.
#[derive(Default)]
pub(super) struct Lines {
    pub(super) text: String,
    space: bool,
    ended: bool,
}

impl Lines {
    pub(super) fn with_capacity(bytes: usize) -> Self {
        Self { text: String::with_capacity(bytes), ..Self::default() }
    }

    pub(super) fn space(&mut self) {
        self.space = true;
    }

    pub(super) fn end_line(&mut self) {
        self.ended = true;
    }

    /// Appends a run without white space.
    pub(super) fn word(&mut self, word: &str) {
        if word.is_empty() {
            return;
        }
        if self.ended || self.space {
            if !self.text.is_empty() {
                self.text.push(if self.ended { '\n' } else { ' ' });
            }
            (self.ended, self.space) = (false, false);
        }
        self.text.push_str(word);
    }

    /// Appends text, folding white space; soft hyphens and zero-width characters fall away.
    pub(super) fn push(&mut self, text: &str) {
        let bytes = text.as_bytes();
        let (mut start, mut at) = (0, 0);
        while at < bytes.len() {
            let (width, blank) = match bytes[at] {
                byte if byte <= b' ' => (1, true),
                byte if byte < 0x80 => {
                    at += 1;
                    continue;
                }
                0xC2 if bytes.get(at + 1) == Some(&0xA0) => (2, true), // no-break space
                0xC2 if bytes.get(at + 1) == Some(&0xAD) => (2, false), // soft hyphen
                0xC2 if bytes.get(at + 1).is_some_and(|next| *next < 0xA0) => {
                    // A control character that nobody meant: windows-1252 taken for Latin-1.
                    self.word(&text[start..at]);
                    let point = u32::from(bytes[at + 1]);
                    self.word(references::windows_1252(point).encode_utf8(&mut [0; 4]));
                    at += 2;
                    start = at;
                    continue;
                }
                0xE2 => match (bytes.get(at + 1), bytes.get(at + 2)) {
                    (Some(0x80), Some(0x80..=0x8A | 0xA8 | 0xA9 | 0xAF)) => (3, true), // typographic spaces
                    (Some(0x80), Some(0x8B | 0x8E | 0x8F)) => (3, false), // zero-width space, marks of direction
                    _ => {
                        at += 3;
                        continue;
                    }
                },
                0xE3 if bytes[at..].starts_with(b"\xE3\x80\x80") => (3, true), // ideographic space
                0xEF if bytes[at..].starts_with(b"\xEF\xBB\xBF") => (3, false), // byte order mark
                _ => {
                    at += 1;
                    continue;
                }
            };
            self.word(&text[start..at]);
            self.space |= blank;
            at += width;
            start = at;
        }
        self.word(&text[start..]);
    }
}
