//! STUB of the charset decoder, to be replaced by the one built with the feed reader.

/// What kind of markup the bytes are, for where an encoding may be declared inside them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Markup {
    /// HTML: `<meta charset>`.
    Html,
    /// XML: the XML declaration.
    Xml,
}

/// Text with how it was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decoded {
    /// The text.
    pub text: String,
    /// Name of the encoding.
    pub encoding: &'static str,
    /// Whether bytes had to be replaced.
    pub lossy: bool,
}

/// Decodes bytes of markup.
pub fn decode(bytes: &[u8], content_type: Option<&str>, _markup: Markup) -> Decoded {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(2048)]).to_ascii_lowercase();
    let label = |text: &str| {
        let rest = &text[text.find("charset=")? + 8..];
        let rest = rest.trim_start_matches(['"', '\'', ' ']);
        let end = rest.find(['"', '\'', ' ', ';', '>', '/']).unwrap_or(rest.len());
        encoding_rs::Encoding::for_label(&rest.as_bytes()[..end])
    };
    let declared =
        content_type.map(str::to_ascii_lowercase).and_then(|text| label(&text)).or_else(|| label(&head));
    let encoding = match (std::str::from_utf8(bytes), declared) {
        (Ok(_), _) => encoding_rs::UTF_8,
        (Err(_), Some(encoding)) => encoding,
        (Err(_), None) => encoding_rs::WINDOWS_1252,
    };
    let (text, encoding, lossy) = encoding.decode(bytes);
    Decoded { text: text.into_owned(), encoding: encoding.name(), lossy }
}
