//! Byte ranges: every finding of dateline is one, in a text that never changes.

use std::ops::Range;

use serde::{Deserialize, Serialize};

/// A byte range `start..end` of a text; both ends lie on character boundaries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Span {
    /// Offset of the first byte.
    pub start: u32,
    /// Offset after the last byte.
    pub end: u32,
}

impl Span {
    /// A span from byte offsets. Texts are capped well under 4 GiB on the way in, so `u32` holds.
    pub fn new(start: usize, end: usize) -> Self {
        debug_assert!(start <= end && end <= u32::MAX as usize);
        Self { start: start as u32, end: end as u32 }
    }

    /// The span as a range of `usize`.
    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// Length in bytes.
    pub fn len(self) -> usize {
        (self.end - self.start) as usize
    }

    /// True where the span holds nothing.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// The text under the span; `None` if the span does not fit this text.
    pub fn of(self, text: &str) -> Option<&str> {
        text.get(self.range())
    }

    /// True where `other` lies wholly inside.
    pub fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// True where the two share at least one byte.
    pub fn overlaps(self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The span of `part` in `whole`, where `part` is a slice of it.
    ///
    /// Returns `None` where `part` points outside `whole`.
    pub fn locate(whole: &str, part: &str) -> Option<Self> {
        let start = (part.as_ptr() as usize).checked_sub(whole.as_ptr() as usize)?;
        let end = start + part.len();
        (end <= whole.len()).then(|| Self::new(start, end))
    }

    /// The span without white space at its ends.
    pub fn trim(self, text: &str) -> Self {
        let Some(slice) = self.of(text) else { return self };
        let lead = slice.len() - slice.trim_start().len();
        let body = slice.trim().len();
        Self::new(self.start as usize + lead, self.start as usize + lead + body)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_span_finds_its_text_and_refuses_others() {
        let text = "a hangar – separate";
        let span = Span::locate(text, &text[2..8]).unwrap();
        assert_eq!(span.of(text), Some("hangar"));
        assert_eq!(span.of("short"), None);
        assert_eq!(Span::new(0, 10).of("a hangar –"), None, "splits a character");
        assert_eq!(Span::locate(text, "elsewhere"), None);
    }

    #[test]
    fn trimming_keeps_only_the_words() {
        let text = "  Niamey \n";
        assert_eq!(Span::new(0, text.len()).trim(text).of(text), Some("Niamey"));
        assert!(Span::new(0, 2).trim(text).is_empty());
    }
}
