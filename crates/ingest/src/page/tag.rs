//! Tags, comments and raw text in HTML source, found the way the tokeniser of the HTML standard finds them.

/// A tag.
pub(super) struct Tag<'a> {
    pub name: &'a str,
    pub closing: bool,
    pub self_closing: bool,
    /// Length from `<` to after `>`.
    pub len: usize,
}

/// What stands at a `<`.
pub(super) enum Markup<'a> {
    Tag(Tag<'a>),
    /// Text, a doctype or something bogus of this length: for the parser to judge.
    Other(usize),
    /// A tag that the page ends in.
    Unfinished,
}

impl<'a> Tag<'a> {
    /// Reads what stands at the `<` that begins `text`.
    pub(super) fn read(text: &'a str) -> Markup<'a> {
        let bytes = text.as_bytes();
        let closing = bytes.get(1) == Some(&b'/');
        let start = 1 + usize::from(closing);
        match bytes.get(start) {
            Some(b) if b.is_ascii_alphabetic() => {}
            Some(b'!' | b'?') if !closing => return Markup::Other(end_of(text, ">")),
            _ => return Markup::Other(1),
        }
        let mut end = start;
        while end < bytes.len() && !matches!(bytes[end], b'>' | b'/' | b' ' | b'\t' | b'\n' | b'\r' | 0x0c) {
            end += 1;
        }
        let name = &text[start..end];
        // After the name: attributes, whose quoted values may hold `>`.
        let mut at = end;
        let mut before_value = false;
        loop {
            match bytes.get(at) {
                None => return Markup::Unfinished,
                Some(b'>') => break,
                Some(quote @ (b'"' | b'\'')) if before_value => {
                    let Some(len) = memchr::memchr(*quote, &bytes[at + 1..]) else {
                        return Markup::Unfinished;
                    };
                    at += 1 + len;
                    before_value = false;
                }
                Some(b'=') => before_value = true,
                Some(b) if b.is_ascii_whitespace() => {}
                Some(_) => before_value = false,
            }
            at += 1;
        }
        Markup::Tag(Self { name, closing, self_closing: bytes[at - 1] == b'/', len: at + 1 })
    }
}

/// Length of the comment at the start of `text`, all of it where the comment never ends.
pub(super) fn comment_end(text: &str) -> usize {
    for short in ["<!-->", "<!--->"] {
        if text.starts_with(short) {
            return short.len();
        }
    }
    let bytes = text.as_bytes();
    for at in memchr::memmem::find_iter(&bytes[4..], "--") {
        let after = &bytes[4 + at + 2..];
        if after.starts_with(b">") {
            return 4 + at + 3;
        }
        if after.starts_with(b"!>") {
            return 4 + at + 4;
        }
        if after.starts_with(b"->") {
            return 4 + at + 4; // `--->`: the two dashes found are not the last two
        }
    }
    text.len()
}

fn end_of(text: &str, what: &str) -> usize {
    text.find(what).map_or(text.len(), |at| at + what.len())
}

/// Length up to and with the end tag `</name…>`, counting elements of the same name inside where they
/// `nest`; `None` where there is no end.
pub(super) fn element_end(text: &str, name: &str, nest: bool) -> Option<usize> {
    let bytes = text.as_bytes();
    let is_name = |after: &[u8]| {
        after.len() >= name.len()
            && after[..name.len()].eq_ignore_ascii_case(name.as_bytes())
            && !after.get(name.len()).is_some_and(u8::is_ascii_alphanumeric)
    };
    let mut inside = 0;
    for at in memchr::memchr_iter(b'<', bytes) {
        let after = &bytes[at + 1..];
        if after.first() == Some(&b'/') && is_name(&after[1..]) {
            if inside == 0 {
                return Some(at + end_of(&text[at..], ">"));
            }
            inside -= 1;
        } else if nest && is_name(after) {
            inside += 1;
        }
    }
    None
}
