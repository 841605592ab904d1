//! A value while it is read: what is collected of it, and what its characters are.
//!
//! Formats say in four ways what a value is: Atom 1.0 by `type="html"`, Atom 0.3 by `type` and
//! `mode`, RSS by the element's name, and all of them by simply putting tags there. They meet here.

use base64::Engine as _;
use base64::engine::general_purpose::GeneralPurposeConfig;
use base64::engine::{DecodePaddingMode, GeneralPurpose};

use super::document::{Content, ContentKind, FeedKind};
use super::names::Role;

/// Bytes of one value that are kept. The longest article text is a tenth of this.
pub(super) const MAX_VALUE: usize = 4 << 20;

/// Padding is often forgotten or doubled by hand-made encoders.
const BASE64: GeneralPurpose = GeneralPurpose::new(
    &base64::alphabet::STANDARD,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// Whose value it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Target {
    Feed,
    Entry,
    Source,
    Person,
}

/// The attributes of an element that its role may need.
#[derive(Debug, Default)]
pub(super) struct Attributes {
    pub(super) kind: Option<String>,
    pub(super) mode: Option<String>,
    pub(super) src: Option<String>,
    pub(super) href: Option<String>,
    pub(super) rel: Option<String>,
    pub(super) title: Option<String>,
    pub(super) hreflang: Option<String>,
    pub(super) length: Option<String>,
    pub(super) url: Option<String>,
    pub(super) term: Option<String>,
    pub(super) scheme: Option<String>,
    pub(super) label: Option<String>,
    pub(super) text: Option<String>,
    pub(super) about: Option<String>,
    pub(super) version: Option<String>,
    pub(super) last_modified: Option<String>,
    pub(super) is_permalink: Option<String>,
}

impl Attributes {
    /// Reads a tag's attributes; prefixes do not matter here (`rdf:about`, `about`).
    pub(super) fn read(raw: &str) -> Self {
        let mut attributes = Self::default();
        if raw.trim_start().is_empty() {
            return attributes;
        }
        for (name, value) in crate::xml::attributes(raw) {
            let local = name.rsplit(':').next().unwrap_or(name).to_ascii_lowercase();
            let slot = match local.as_str() {
                "type" => &mut attributes.kind,
                "mode" => &mut attributes.mode,
                "src" => &mut attributes.src,
                "href" | "resource" => &mut attributes.href,
                "rel" => &mut attributes.rel,
                "title" => &mut attributes.title,
                "hreflang" => &mut attributes.hreflang,
                "length" => &mut attributes.length,
                "url" => &mut attributes.url,
                "term" | "value" => &mut attributes.term,
                "scheme" | "domain" => &mut attributes.scheme,
                "label" => &mut attributes.label,
                "text" => &mut attributes.text,
                "about" => &mut attributes.about,
                "version" => &mut attributes.version,
                "lastmod" => &mut attributes.last_modified,
                "ispermalink" => &mut attributes.is_permalink,
                _ => continue,
            };
            slot.get_or_insert(value);
        }
        attributes
    }
}

/// A value being read.
pub(super) struct Value {
    pub(super) role: Role,
    pub(super) target: Target,
    /// The element as written.
    pub(super) element: String,
    pub(super) attributes: Attributes,
    pub(super) text: String,
    /// Number of open elements with the value's own; text below that is its own.
    pub(super) depth: usize,
    pub(super) lang: Option<String>,
    pub(super) base: Option<String>,
    kind: ContentKind,
    base64: bool,
    /// Elements directly inside, and whether the first of them is Atom's wrapping `<div>`.
    children: usize,
    wrapped: bool,
    /// Whether more was there than is kept.
    pub(super) cut: bool,
}

impl Value {
    pub(super) fn new(
        role: Role,
        target: Target,
        element: &str,
        attributes: Attributes,
        feed: FeedKind,
        depth: usize,
    ) -> Self {
        let (kind, base64) = declared(role, &attributes, feed);
        Self {
            role,
            target,
            element: element.to_owned(),
            attributes,
            text: String::new(),
            depth,
            lang: None,
            base: None,
            kind,
            base64,
            children: 0,
            wrapped: false,
            cut: false,
        }
    }

    /// True for values whose inner tags are part of them.
    pub(super) fn takes_markup(&self) -> bool {
        matches!(
            self.role,
            Role::Title
                | Role::LesserTitle
                | Role::Description
                | Role::Summary
                | Role::LesserDescription
                | Role::MediaDescription
                | Role::Content
                | Role::Encoded
                | Role::Body
        )
    }

    /// True where references stay references, because the value is XML in its own right.
    pub(super) fn is_xml(&self) -> bool {
        self.kind == ContentKind::Xhtml
    }

    /// Appends to the value, up to its limit.
    pub(super) fn push(&mut self, text: &str) {
        if self.text.len() + text.len() > MAX_VALUE {
            self.cut = true;
        } else if !self.cut {
            self.text.push_str(text);
        }
    }

    /// Appends literal characters: as they are, or escaped where the value is XML.
    pub(super) fn push_literal(&mut self, text: &str) {
        if self.is_xml() {
            self.push(&quick_xml::escape::partial_escape(text));
        } else {
            self.push(text);
        }
    }

    /// Appends an inner tag. `direct` for those directly inside the value's own element.
    pub(super) fn open_inner(&mut self, local: &str, attributes: &str, empty: bool, direct: bool) {
        if direct {
            self.wrapped |= self.children == 0 && local == "div" && self.text.trim().is_empty();
            self.children += 1;
        }
        self.push("<");
        self.push(local);
        if memchr::memmem::find(attributes.as_bytes(), b"xmlns").is_some() {
            for (name, value) in crate::xml::attributes(attributes) {
                if name != "xmlns" && !name.starts_with("xmlns:") {
                    self.push(&format!(" {name}=\"{}\"", quick_xml::escape::escape(value.as_str())));
                }
            }
        } else {
            self.push(attributes.trim_end());
        }
        self.push(if empty { " />" } else { ">" });
    }

    /// Appends an inner end tag.
    pub(super) fn close_inner(&mut self, local: &str) {
        self.push("</");
        self.push(local);
        self.push(">");
    }

    /// The finished content. The flag is false where the value claims to be base64 and is not.
    pub(super) fn content(mut self, feed: FeedKind) -> (Content, bool) {
        let mut sound = true;
        if self.base64 {
            let packed: Vec<u8> = self.text.bytes().filter(|b| !b.is_ascii_whitespace()).collect();
            match BASE64.decode(packed).ok().and_then(|bytes| String::from_utf8(bytes).ok()) {
                Some(text) => self.text = text,
                None => {
                    sound = false;
                    self.text.clear();
                }
            }
        }
        if self.children > 0 && matches!(self.kind, ContentKind::Text | ContentKind::Guess) {
            // Tags inline in what was to be text.
            self.kind = ContentKind::Html;
        }
        let mut value = self.text.trim();
        if self.wrapped && self.children == 1 && feed == FeedKind::Atom10 {
            // The <div> that RFC 4287 asks for around XHTML is no part of it.
            let inside = value.strip_suffix("</div>").and_then(|v| v.split_once('>'));
            value = inside.map_or(value, |(_, inside)| inside);
        }
        let content = Content {
            value: value.to_owned(),
            kind: self.kind,
            lang: self.lang,
            base: self.base,
            src: self.attributes.src,
            element: self.element,
        };
        (content, sound)
    }
}

/// What an element's attributes, its name and its format say of its value, and whether it is base64.
fn declared(role: Role, attributes: &Attributes, feed: FeedKind) -> (ContentKind, bool) {
    let is_atom = matches!(feed, FeedKind::Atom03 | FeedKind::Atom10);
    let mode = attributes.mode.as_deref().map(|mode| mode.trim().to_ascii_lowercase());
    let kind = attributes.kind.as_deref().map(|kind| kind.trim().to_ascii_lowercase());
    let by_name = match role {
        Role::Body => return (ContentKind::Xhtml, false),
        Role::Encoded => return (ContentKind::Html, false),
        Role::Description
        | Role::LesserDescription
        | Role::MediaDescription
        | Role::Summary
        | Role::Content
            if !is_atom =>
        {
            ContentKind::Html
        }
        _ if is_atom => ContentKind::Text,
        _ => ContentKind::Guess,
    };
    if mode.as_deref() == Some("base64") {
        return (ContentKind::Guess, true);
    }
    match kind.as_deref().map(|kind| kind.split(';').next().unwrap_or(kind).trim()) {
        None | Some("") => (by_name, false),
        Some("text" | "plain" | "text/plain") if is_atom => (ContentKind::Text, false),
        // Outside Atom nobody keeps to it.
        Some("text" | "plain" | "text/plain") => (by_name, false),
        Some("html" | "text/html") => (ContentKind::Html, false),
        Some("xhtml" | "application/xhtml+xml") if mode.as_deref() == Some("escaped") => {
            (ContentKind::Html, false)
        }
        Some("xhtml" | "application/xhtml+xml") => (ContentKind::Xhtml, false),
        Some(kind) if kind.starts_with("text/") => (ContentKind::Text, false),
        Some(kind) if kind.ends_with("+xml") || kind.ends_with("/xml") => (ContentKind::Xhtml, false),
        // RFC 4287, 4.1.3.3: any other media type is base64.
        Some(kind) if is_atom && kind.contains('/') => (ContentKind::Guess, feed == FeedKind::Atom10),
        Some(_) => (by_name, false),
    }
}
