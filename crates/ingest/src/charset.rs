//! Bytes to text: which character encoding a capture is in, and its text in it.
//!
//! The witnesses are asked in the order in which they are known to be right: a byte order mark, the
//! zero bytes that UTF-16 and UTF-32 put between ASCII letters, the `charset` of the HTTP header, the
//! document's own declaration, and at last the bytes themselves ([`chardetng`]). A witness whose
//! encoding cannot produce these bytes is passed over. Text never mixes encodings, and a character
//! that could not be decoded stands as U+FFFD and sets [`Decoded::lossy`].
//!
//! Labels mean what the WHATWG Encoding Standard says (`iso-8859-1` is windows-1252, `gb2312` is
//! GBK), which is what feeds and pages mean by them. UTF-32, which that standard leaves out, is
//! decoded here. Everything runs in time and memory linear in the input.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, REPLACEMENT, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};
use memchr::memmem;

/// Bytes at the start of a document in which a declaration is looked for. HTML asks for it in the
/// first 1,024; pages with long comments before it are common enough to read twice that.
const DECLARATION_WITHIN: usize = 2048;

/// Bytes the detector looks at. Its guess does not change after some kilobytes of text; the limit
/// keeps a 15 MB capture of unknown encoding from costing seconds.
const DETECT_WITHIN: usize = 256 * 1024;

/// What the bytes are markup of, which says where they may declare their encoding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Markup {
    /// `<?xml version="1.0" encoding="…"?>`.
    Xml,
    /// `<meta charset="…">`, or the XML declaration of XHTML.
    Html,
    /// Declares nothing: JSON, JSONL, plain text.
    Plain,
}

/// Which witness named the encoding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum How {
    /// A byte order mark.
    ByteOrderMark,
    /// Zero bytes beside ASCII letters, as UTF-16 and UTF-32 have them.
    ZeroBytes,
    /// The `charset` of the `Content-Type` header.
    Http,
    /// The document's own declaration.
    Declared,
    /// The bytes are UTF-8 and cannot well be anything else.
    Utf8,
    /// The detector, from letter frequencies.
    Detected,
    /// Nobody; windows-1252 was assumed.
    Assumed,
}

/// Text with the encoding it was in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decoded {
    /// The text, without byte order mark.
    pub text: String,
    /// Name of the encoding: `UTF-8`, `windows-1251`, `UTF-32BE` …
    pub encoding: &'static str,
    /// Who named it.
    pub how: How,
    /// True where some bytes did not decode; each stands as U+FFFD.
    pub lossy: bool,
}

/// Decodes `bytes`, given the `Content-Type` they were served with.
///
/// Never fails: at worst the text is windows-1252, which every byte can be.
///
/// ```
/// use dateline_ingest::charset::{Markup, decode};
///
/// let feed = b"<?xml version='1.0' encoding='windows-1251'?><title>\xcd\xe8\xe3\xe5\xf0</title>";
/// assert!(decode(feed, None, Markup::Xml).text.contains("Нигер"));
/// ```
pub fn decode(bytes: &[u8], content_type: Option<&str>, markup: Markup) -> Decoded {
    if let Some(decoded) = by_mark(bytes) {
        return decoded;
    }
    if let Some(unit) = zero_pattern(bytes) {
        return unit.decode(bytes, How::ZeroBytes);
    }
    let http = content_type.and_then(http_charset).and_then(usable);
    let declared = declaration(&bytes[..bytes.len().min(DECLARATION_WITHIN)], markup).and_then(usable);
    let utf8 = Utf8Shape::of(bytes);
    for (encoding, how) in [(http, How::Http), (declared, How::Declared)] {
        let Some(encoding) = encoding else { continue };
        if is_utf16(encoding) && !bytes[..bytes.len().min(DECLARATION_WITHIN)].contains(&0) {
            // A label that came with ASCII-compatible bytes cannot be true.
            continue;
        }
        if encoding != UTF_8 && utf8.is_certain() && !may_look_like_utf8(encoding) {
            break;
        }
        if encoding == UTF_8 {
            if utf8.valid() {
                return as_utf8(bytes, how, false);
            }
            if utf8.is_damaged() {
                return as_utf8(bytes, how, true);
            }
            continue;
        }
        let (text, had_errors) = encoding.decode_without_bom_handling(bytes);
        if !had_errors {
            return Decoded { text: text.into_owned(), encoding: encoding.name(), how, lossy: false };
        }
    }
    if utf8.valid() || utf8.is_damaged() {
        return as_utf8(bytes, How::Utf8, !utf8.valid());
    }
    let guess = detect(bytes);
    let (text, had_errors) = guess.decode_without_bom_handling(bytes);
    if !had_errors {
        return Decoded { text: text.into_owned(), encoding: guess.name(), how: How::Detected, lossy: false };
    }
    if let Some((encoding, how)) =
        http.map(|http| (http, How::Http)).or(declared.map(|declared| (declared, How::Declared)))
    {
        let (text, lossy) = encoding.decode_without_bom_handling(bytes);
        return Decoded { text: text.into_owned(), encoding: encoding.name(), how, lossy };
    }
    let (text, lossy) = WINDOWS_1252.decode_without_bom_handling(bytes);
    Decoded { text: text.into_owned(), encoding: WINDOWS_1252.name(), how: How::Assumed, lossy }
}

fn as_utf8(bytes: &[u8], how: How, lossy: bool) -> Decoded {
    let text = String::from_utf8_lossy(bytes).into_owned();
    Decoded { text, encoding: UTF_8.name(), how, lossy }
}

/// Guesses from letter frequencies, for bytes that are not UTF-8.
fn detect(bytes: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    detector.feed(&bytes[..bytes.len().min(DETECT_WITHIN)], true);
    detector.guess(None, Utf8Detection::Deny)
}

/// An encoding by its label, unless it is one that decodes to nothing.
fn usable(label: &[u8]) -> Option<&'static Encoding> {
    let encoding = Encoding::for_label(label)?;
    (encoding != REPLACEMENT).then_some(encoding)
}

fn is_utf16(encoding: &'static Encoding) -> bool {
    encoding == UTF_16LE || encoding == UTF_16BE
}

/// True for encodings in which ordinary text may by chance be valid UTF-8: the Chinese, Japanese and
/// Korean ones, whose letters are pairs of high bytes. In a single-byte encoding that takes words
/// such as `Ã©`.
fn may_look_like_utf8(encoding: &'static Encoding) -> bool {
    !encoding.is_single_byte()
}

/// How far bytes have the shape of UTF-8.
struct Utf8Shape {
    /// Sequences of two or more bytes that are valid.
    sequences: usize,
    /// Runs of bytes that are not.
    faults: usize,
}

impl Utf8Shape {
    fn of(bytes: &[u8]) -> Self {
        let mut shape = Self { sequences: 0, faults: 0 };
        for chunk in bytes.utf8_chunks() {
            // A lead byte starts each sequence, and only sequences have them.
            shape.sequences += chunk.valid().bytes().filter(|byte| *byte >= 0xC0).count();
            shape.faults += usize::from(!chunk.invalid().is_empty());
        }
        shape
    }

    fn valid(&self) -> bool {
        self.faults == 0
    }

    /// Valid, and with letters beyond ASCII to show for it: UTF-8 whatever the label says. Servers
    /// that send `charset=iso-8859-1` for everything are the most common fault of all.
    fn is_certain(&self) -> bool {
        self.faults == 0 && self.sequences > 0
    }

    /// UTF-8 with a few broken places, as text cut at a number of bytes has. In no other encoding
    /// do most of the high bytes form valid sequences.
    fn is_damaged(&self) -> bool {
        self.faults > 0 && self.sequences > 2 * self.faults
    }
}

/// UTF-16 and UTF-32 in both byte orders.
#[derive(Clone, Copy)]
enum Wide {
    Utf16(&'static Encoding),
    Utf32 { big: bool },
}

impl Wide {
    fn decode(self, bytes: &[u8], how: How) -> Decoded {
        match self {
            Self::Utf16(encoding) => {
                let (text, lossy) = encoding.decode_without_bom_handling(bytes);
                Decoded { text: text.into_owned(), encoding: encoding.name(), how, lossy }
            }
            Self::Utf32 { big } => {
                let (text, lossy) = utf32(bytes, big);
                Decoded { text, encoding: if big { "UTF-32BE" } else { "UTF-32LE" }, how, lossy }
            }
        }
    }
}

fn by_mark(bytes: &[u8]) -> Option<Decoded> {
    // UTF-32LE first: its mark starts with that of UTF-16LE.
    let marks: [(&[u8], Wide); 4] = [
        (b"\xFF\xFE\0\0", Wide::Utf32 { big: false }),
        (b"\0\0\xFE\xFF", Wide::Utf32 { big: true }),
        (b"\xFF\xFE", Wide::Utf16(UTF_16LE)),
        (b"\xFE\xFF", Wide::Utf16(UTF_16BE)),
    ];
    for (mark, unit) in marks {
        if let Some(rest) = bytes.strip_prefix(mark) {
            return Some(unit.decode(rest, How::ByteOrderMark));
        }
    }
    let mut rest = bytes.strip_prefix(b"\xEF\xBB\xBF")?;
    // Templates that include files with marks of their own print several.
    while let Some(again) = rest.strip_prefix(b"\xEF\xBB\xBF") {
        rest = again;
    }
    let shape = Utf8Shape::of(rest);
    Some(as_utf8(rest, How::ByteOrderMark, !shape.valid()))
}

/// Recognises wide encodings without a mark by their first ASCII letter or two (XML 1.0, appendix F).
fn zero_pattern(bytes: &[u8]) -> Option<Wide> {
    let zeros: [bool; 4] = [*bytes.first()?, *bytes.get(1)?, *bytes.get(2)?, *bytes.get(3)?].map(|b| b == 0);
    match zeros {
        [true, true, true, false] => Some(Wide::Utf32 { big: true }),
        [false, true, true, true] => Some(Wide::Utf32 { big: false }),
        [true, false, true, false] => Some(Wide::Utf16(UTF_16BE)),
        [false, true, false, true] => Some(Wide::Utf16(UTF_16LE)),
        _ => None,
    }
}

fn utf32(bytes: &[u8], big: bool) -> (String, bool) {
    let units = bytes.chunks_exact(4);
    let mut lossy = !units.remainder().is_empty();
    let mut text = String::with_capacity(bytes.len() / 4);
    for unit in units {
        let unit = [unit[0], unit[1], unit[2], unit[3]];
        let point = if big { u32::from_be_bytes(unit) } else { u32::from_le_bytes(unit) };
        text.push(char::from_u32(point).unwrap_or_else(|| {
            lossy = true;
            char::REPLACEMENT_CHARACTER
        }));
    }
    (text, lossy)
}

/// The `charset` parameter of a `Content-Type`, quoted or not, with blanks around the `=` or not.
fn http_charset(content_type: &str) -> Option<&[u8]> {
    content_type.split(';').skip(1).find_map(|parameter| {
        let (name, value) = parameter.split_once('=')?;
        name.trim()
            .eq_ignore_ascii_case("charset")
            .then(|| value.trim_matches(|c: char| c.is_whitespace() || matches!(c, '"' | '\'')).as_bytes())
    })
}

/// What the document says of itself near its start.
fn declaration(head: &[u8], markup: Markup) -> Option<&[u8]> {
    match markup {
        Markup::Plain => None,
        Markup::Xml => xml_declaration(head),
        Markup::Html => meta_charset(head).or_else(|| xml_declaration(head)),
    }
}

fn xml_declaration(head: &[u8]) -> Option<&[u8]> {
    let start = memmem::find(head, b"<?xml")?;
    let end = start + memchr::memchr(b'>', &head[start..])?;
    let inside = &head[start..end];
    let label = memmem::find(inside, b"encoding")?;
    assigned(&inside[label + b"encoding".len()..])
}

fn meta_charset(head: &[u8]) -> Option<&[u8]> {
    let lower = head.to_ascii_lowercase();
    let mut from = 0;
    while let Some(found) = memmem::find(&lower[from..], b"<meta") {
        let start = from + found;
        let end = memchr::memchr(b'>', &lower[start..]).map_or(lower.len(), |end| start + end);
        if let Some(label) = memmem::find(&lower[start..end], b"charset") {
            return assigned(&head[start + label + b"charset".len()..end]);
        }
        from = end;
    }
    None
}

/// The value after a `=`, quoted or not.
fn assigned(after: &[u8]) -> Option<&[u8]> {
    let value = after.trim_ascii_start().strip_prefix(b"=")?.trim_ascii_start();
    let value = match value.split_first() {
        Some((quote @ (b'"' | b'\''), rest)) => &rest[..memchr::memchr(*quote, rest)?],
        _ => {
            let ends =
                |byte: &u8| byte.is_ascii_whitespace() || matches!(byte, b'"' | b'\'' | b';' | b'/' | b'?');
            &value[..value.iter().position(ends).unwrap_or(value.len())]
        }
    };
    (!value.is_empty()).then_some(value.trim_ascii())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn wide(text: &str, unit: impl Fn(char) -> Vec<u8>) -> Vec<u8> {
        text.chars().flat_map(unit).collect()
    }

    #[test]
    fn wide_encodings_are_read_with_and_without_a_mark() {
        let text = "<?xml version=\"1.0\" encoding=\"utf-16\"?><title>Ниамей, 空軍基地 101</title>";
        let utf16 = |big: bool| {
            wide(text, |c| {
                let mut units = [0; 2];
                let bytes = |unit: &u16| if big { unit.to_be_bytes() } else { unit.to_le_bytes() };
                c.encode_utf16(&mut units).iter().flat_map(bytes).collect()
            })
        };
        let utf32 = |big: bool| {
            wide(text, |c| if big { u32::from(c).to_be_bytes() } else { u32::from(c).to_le_bytes() }.to_vec())
        };
        for (name, mark, bytes) in [
            ("UTF-16BE", &b"\xFE\xFF"[..], utf16(true)),
            ("UTF-16LE", b"\xFF\xFE", utf16(false)),
            ("UTF-32BE", b"\0\0\xFE\xFF", utf32(true)),
            ("UTF-32LE", b"\xFF\xFE\0\0", utf32(false)),
        ] {
            let bare = decode(&bytes, None, Markup::Xml);
            assert_eq!((bare.text.as_str(), bare.encoding, bare.how), (text, name, How::ZeroBytes));
            let marked = decode(&[mark, &bytes].concat(), Some("text/xml; charset=utf-8"), Markup::Xml);
            assert_eq!((marked.text.as_str(), marked.encoding, marked.how), (text, name, How::ByteOrderMark));
            assert!(!marked.lossy && !bare.lossy);
        }
    }

    #[test]
    fn the_header_goes_before_the_declaration() {
        let bytes = b"<?xml version='1.0' encoding='windows-1252'?><p>\xcd\xe8\xe3\xe5\xf0</p>";
        let header = decode(bytes, Some("text/xml; Charset = 'windows-1251'"), Markup::Xml);
        assert!(header.text.contains("Нигер"));
        assert_eq!((header.encoding, header.how), ("windows-1251", How::Http));
        let alone = decode(bytes, Some("text/xml; charset:utf-8"), Markup::Xml);
        assert_eq!((alone.encoding, alone.how), ("windows-1252", How::Declared));
    }

    #[test]
    fn utf8_is_believed_over_a_single_byte_label() {
        // A server that labels everything iso-8859-1.
        let decoded =
            decode("<p>Séjour à Niamey</p>".as_bytes(), Some("text/html; charset=iso-8859-1"), Markup::Html);
        assert_eq!((decoded.text.as_str(), decoded.how), ("<p>Séjour à Niamey</p>", How::Utf8));
    }

    #[test]
    fn a_label_that_cannot_be_true_is_passed_over() {
        let bytes = b"<?xml version='1.0' encoding='utf-8'?><p>d\xe9fense</p>";
        let decoded = decode(bytes, None, Markup::Xml);
        assert!(decoded.text.contains("défense"), "{}", decoded.text);
        let utf16 = b"<?xml version='1.0' encoding='utf-16'?><p>plain</p>";
        assert_eq!(decode(utf16, None, Markup::Xml).encoding, "UTF-8");
        assert_eq!(decode(b"<?xml encoding='no-such'?>x", None, Markup::Xml).encoding, "UTF-8");
    }

    #[test]
    fn utf8_cut_inside_a_letter_stays_utf8() {
        let mut bytes = "<p>Éléments à l’aéroport de Niamey".as_bytes().to_vec();
        bytes.extend(b"\xe2\x80</p>");
        let decoded = decode(&bytes, None, Markup::Html);
        assert_eq!(decoded.encoding, "UTF-8");
        assert!(decoded.lossy && decoded.text.contains("l’aéroport"));
    }

    #[test]
    fn undeclared_legacy_text_is_detected() {
        let (russian, _, _) = encoding_rs::KOI8_R
            .encode("Военные из России вошли на авиабазу в Нигере, где находятся американские войска.");
        let decoded = decode(&russian, None, Markup::Plain);
        assert_eq!((decoded.encoding, decoded.how), ("KOI8-U", How::Detected));
        assert!(decoded.text.starts_with("Военные из России"));
    }

    #[test]
    fn meta_elements_declare_too() {
        for head in [
            "<meta charset=windows-1251>",
            "<META name='x'><META http-equiv=Content-Type content='text/html; charset=windows-1251'>",
        ] {
            let mut bytes = head.as_bytes().to_vec();
            bytes.extend(b"\xcd\xe8\xe3\xe5\xf0");
            assert_eq!(decode(&bytes, None, Markup::Html).how, How::Declared, "{head}");
        }
    }

    proptest! {
        #[test]
        fn any_bytes_decode(bytes: Vec<u8>, label in "\\PC{0,30}") {
            for markup in [Markup::Xml, Markup::Html, Markup::Plain] {
                let _ = decode(&bytes, Some(&format!("text/xml; charset={label}")), markup);
            }
        }

        #[test]
        fn utf8_text_comes_back_whole(text in "\\PC{4,80}") {
            prop_assume!(!text.starts_with('\u{feff}'));
            let decoded = decode(text.as_bytes(), Some("text/plain; charset=utf-8"), Markup::Plain);
            prop_assert_eq!(decoded.text, text);
            prop_assert!(!decoded.lossy);
        }
    }
}
