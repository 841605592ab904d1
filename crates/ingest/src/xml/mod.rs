//! XML as it is met in the wild, cut into tokens that borrow from the text.
//!
//! `quick-xml` does the cutting. This adds what feeds and OPML lists need beyond it: after damage
//! the scan goes on behind the damaged place instead of ending there, so that one bad tag costs one
//! tag and not the rest of the file. Nothing is matched up or resolved here: end tags may be wrong or
//! missing, and references come out by name.

mod attributes;

use memchr::{memchr, memchr2, memmem};
use quick_xml::Reader;
use quick_xml::events::Event;

pub(crate) use self::attributes::attributes;
use self::attributes::well_shaped;

/// How many lengths of the input may be read again after damage. Each repair may cost a scan to the
/// end of the text, so that a file made of damage alone would take quadratic time; real damaged
/// feeds need one or two repairs.
const RESCANS: usize = 16;

/// Bytes that may be read again in any case, so that small files are always repaired to the end.
const RESCAN_FLOOR: usize = 1 << 20;

/// Start of a CDATA section.
const CDATA: &str = "<![CDATA[";

/// End tags that no CDATA section holds unless its own end is missing.
const NEVER_INSIDE: [&str; 2] = ["</item>", "</entry>"];

/// A piece of XML.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Token<'a> {
    /// `<name …>` or `<name …/>`.
    Open {
        /// Name with its prefix.
        name: &'a str,
        /// What stands between name and `>`; read it with [`attributes`].
        attributes: &'a str,
        /// Whether it ends in `/>`.
        empty: bool,
    },
    /// `</name>`.
    Close {
        /// Name with its prefix.
        name: &'a str,
    },
    /// Characters that stand for themselves.
    Text(&'a str),
    /// `&name;`: what stands between `&` and `;`, which may be anything.
    Reference(&'a str),
    /// Content of a CDATA section.
    CData(&'a str),
    /// What stands between `<!DOCTYPE` and its `>`.
    Doctype(&'a str),
}

/// What is wrong with a place in the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Damage {
    /// A `<` that starts nothing; read as a character.
    StrayBracket,
    /// A tag without its `>` or with an open quote; cut where the next one starts.
    BrokenTag,
    /// A comment, instruction or declaration without its end; left out.
    BrokenMarkup,
    /// A CDATA section without its `]]>`.
    BrokenCData,
    /// The text ends inside markup.
    Truncated,
    /// More damage than is worth repairing; the rest was not read.
    BeyondRepair,
}

/// Cuts text into tokens.
pub(crate) struct Scanner<'a> {
    text: &'a str,
    reader: Reader<&'a [u8]>,
    /// Offset in `text` at which `reader` was started.
    base: usize,
    /// Bytes that may still be read again.
    budget: usize,
    /// Damage found, with its byte offset, since it was last taken.
    damage: Vec<(Damage, usize)>,
    done: bool,
}

impl<'a> Scanner<'a> {
    pub(crate) fn new(text: &'a str) -> Self {
        let mut scanner = Self {
            text,
            reader: Reader::from_str(""),
            base: 0,
            budget: text.len().saturating_mul(RESCANS).saturating_add(RESCAN_FLOOR),
            damage: Vec::new(),
            done: false,
        };
        scanner.restart(0);
        scanner
    }

    /// Byte offset in the text of what comes next.
    pub(crate) fn offset(&self) -> usize {
        (self.base + self.reader.buffer_position() as usize).min(self.text.len())
    }

    /// The damage met since this was last called.
    pub(crate) fn take_damage(&mut self) -> Vec<(Damage, usize)> {
        std::mem::take(&mut self.damage)
    }

    /// The next token; `None` at the end.
    pub(crate) fn next(&mut self) -> Option<Token<'a>> {
        while !self.done {
            let start = self.offset();
            match self.reader.read_event() {
                Ok(Event::Start(_) | Event::Empty(_)) => return Some(self.open(start)),
                Ok(Event::End(_)) => return Some(self.close(start)),
                Ok(Event::Text(_)) => return Some(Token::Text(&self.text[start..self.offset()])),
                Ok(Event::GeneralRef(_)) => {
                    let whole = &self.text[start..self.offset()];
                    return Some(Token::Reference(whole.trim_start_matches('&').trim_end_matches(';')));
                }
                Ok(Event::CData(_)) => return Some(Token::CData(self.cdata(start))),
                Ok(Event::DocType(_)) => {
                    let whole = &self.text[start..self.offset()];
                    return Some(Token::Doctype(whole.get("<!DOCTYPE".len()..whole.len() - 1).unwrap_or("")));
                }
                Ok(Event::Comment(_) | Event::PI(_) | Event::Decl(_)) => {}
                Ok(Event::Eof) => self.done = true,
                Err(_) => {
                    if let Some(token) = self.repair(start) {
                        return Some(token);
                    }
                }
            }
        }
        None
    }

    fn restart(&mut self, at: usize) {
        // The reader would take a byte order mark at its start away without counting it.
        let skipped = self.text[at..].len() - self.text[at..].trim_start_matches('\u{feff}').len();
        self.base = at + skipped;
        self.reader = Reader::from_str(&self.text[self.base..]);
        let config = self.reader.config_mut();
        config.check_end_names = false;
        config.allow_unmatched_ends = true;
        config.allow_dangling_amp = true;
    }

    /// Goes back to `at`, from where the reader has got to.
    fn go_back(&mut self, at: usize) {
        let again = self.offset().saturating_sub(at);
        match self.budget.checked_sub(again) {
            Some(budget) => {
                self.budget = budget;
                self.restart(at);
            }
            None => {
                self.damage.push((Damage::BeyondRepair, at));
                self.done = true;
            }
        }
    }

    fn open(&mut self, start: usize) -> Token<'a> {
        let whole = &self.text[start..self.offset()];
        let inside = whole.strip_suffix('>').unwrap_or(whole).get(1..).unwrap_or("");
        if !starts_name(inside) {
            return self.stray(start);
        }
        let cut = memchr(b'<', inside.as_bytes()).filter(|_| swallowed_a_tag(inside));
        let inside = match cut {
            Some(bracket) => {
                self.damage.push((Damage::BrokenTag, start));
                // With an open quote the tag ended at its `>`; else where the next one starts.
                let end = memchr(b'>', &inside.as_bytes()[..bracket]);
                self.go_back(start + 1 + end.map_or(bracket, |end| end + 1));
                &inside[..end.unwrap_or(bracket)]
            }
            None => inside,
        };
        let (inside, empty) = match inside.strip_suffix('/') {
            Some(inside) => (inside, true),
            None => (inside, false),
        };
        let end = inside.bytes().position(|b| b.is_ascii_whitespace() || b == b'/').unwrap_or(inside.len());
        Token::Open { name: &inside[..end], attributes: &inside[end..], empty }
    }

    fn close(&mut self, start: usize) -> Token<'a> {
        let whole = &self.text[start..self.offset()];
        let mut name = whole.strip_suffix('>').unwrap_or(whole).get(2..).unwrap_or("");
        if let Some(bracket) = memchr(b'<', name.as_bytes()) {
            self.damage.push((Damage::BrokenTag, start));
            self.go_back(start + 2 + bracket);
            name = &name[..bracket];
        }
        Token::Close { name: name.trim() }
    }

    /// Content of the CDATA section at `start`, cut where its own end is missing and it ran into
    /// another one.
    fn cdata(&mut self, start: usize) -> &'a str {
        let whole = &self.text[start..self.offset()];
        let inside = whole.get(CDATA.len()..whole.len() - 3).unwrap_or("");
        let Some(next) = memmem::find(inside.as_bytes(), CDATA.as_bytes()) else { return inside };
        let before = &inside[..next];
        if !NEVER_INSIDE.iter().any(|end| before.contains(end)) {
            return inside;
        }
        // The section ends with the element it stands in: at the first end tag of a feed.
        let end = ["</title>", "</description>", "</summary>", "</content>", "</content:encoded>"]
            .iter()
            .chain(&NEVER_INSIDE)
            .filter_map(|end| before.find(end))
            .min()
            .unwrap_or(next);
        self.damage.push((Damage::BrokenCData, start));
        self.go_back(start + CDATA.len() + end);
        &inside[..end]
    }

    fn stray(&mut self, start: usize) -> Token<'a> {
        self.damage.push((Damage::StrayBracket, start));
        self.go_back(start + 1);
        Token::Text(&self.text[start..start + 1])
    }

    /// Goes on after markup that the reader found no end of. The reader has read to the end of the text.
    fn repair(&mut self, start: usize) -> Option<Token<'a>> {
        let rest = &self.text[start..];
        let bytes = rest.as_bytes();
        if !rest.starts_with('<') {
            // Cannot happen with the errors of quick-xml 0.42; stepping on keeps it from looping.
            self.done = true;
            return None;
        }
        if let Some(inside) = rest.strip_prefix(CDATA) {
            // What is there of the text is given, and the file known to be cut.
            self.damage.push((Damage::Truncated, start));
            self.done = true;
            return Some(Token::CData(inside));
        }
        if bytes.get(1).is_none_or(|b| matches!(b, b'!' | b'?')) {
            let Some(end) = memchr(b'>', bytes) else {
                self.damage.push((Damage::Truncated, start));
                self.done = true;
                return None;
            };
            if rest.starts_with("<!") && !rest.starts_with("<!--") && !is_doctype(rest) {
                return Some(self.stray(start));
            }
            self.damage.push((Damage::BrokenMarkup, start));
            self.go_back(start + end + 1);
            return None;
        }
        let Some(end) = memchr2(b'>', b'<', &bytes[1..]).map(|end| end + 1) else {
            self.damage.push((Damage::Truncated, start));
            self.done = true;
            return None;
        };
        let is_end = rest.starts_with("</");
        let inside = &rest[1..end];
        if !is_end && !starts_name(inside) {
            return Some(self.stray(start));
        }
        self.damage.push((Damage::BrokenTag, start));
        self.go_back(start + end + usize::from(bytes[end] == b'>'));
        if is_end {
            return Some(Token::Close { name: inside[1..].trim() });
        }
        let name_end =
            inside.bytes().position(|b| b.is_ascii_whitespace() || b == b'/').unwrap_or(inside.len());
        let (name, attributes) = inside.split_at(name_end);
        Some(Token::Open { name, attributes, empty: attributes.ends_with('/') })
    }
}

fn is_doctype(text: &str) -> bool {
    text.get(..9).is_some_and(|start| start.eq_ignore_ascii_case("<!doctype"))
}

fn starts_name(inside: &str) -> bool {
    inside.chars().next().is_some_and(|c| c.is_alphabetic() || matches!(c, '_' | ':'))
}

/// True where a tag that contains a `<` lost a quote and took in the tags after it: what follows its
/// last `<` is then a whole tag in its own right. Otherwise the `<` is part of a value, in which
/// somebody wrote markup.
fn swallowed_a_tag(inside: &str) -> bool {
    let last = inside.rfind('<').map_or(inside, |at| &inside[at + 1..]);
    !well_shaped(inside) && well_shaped(last.strip_prefix('/').unwrap_or(last))
}

/// The line of a byte offset, from 1.
pub(crate) fn line_of(text: &str, offset: usize) -> usize {
    1 + memchr::memchr_iter(b'\n', &text.as_bytes()[..offset.min(text.len())]).count()
}

#[cfg(test)]
mod tests;
