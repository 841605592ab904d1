//! The walk over a feed's XML: which element is open, and what its pieces mean there.
//!
//! End tags may be wrong or missing and elements may stand in wrong places, so the walk keeps its own
//! stack and never trusts the document's nesting: an end tag closes the nearest open element of its
//! name and everything above it, an entry closes the one before it, and elements that no headline
//! contains end a headline whose own end is missing. Where the file is cut, the value that was being
//! read is dropped: half a headline is a wrong headline.

use super::assign;
use super::document::{Content, FeedDocument, FeedEntry, FeedSource, OddityKind, Person};
use super::entities::Entities;
use super::names::{self, Role, Space};
use super::oddities::Oddities;
use super::scope::Scope;
use super::value::{Target, Value};
use crate::xml::{self, Damage, Scanner, Token};

/// Elements that may be open at once. Feeds nest to about ten, inline XHTML to thirty; what lies
/// deeper is passed over.
const MAX_DEPTH: usize = 256;

/// Entries read from one feed. The largest archives served as one feed have some thousands.
pub(super) const MAX_ENTRIES: usize = 20_000;

/// What an open element is to the walk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// `rss`, `feed`, `RDF`, `channel`: children are fields of the feed.
    Feed,
    Entry,
    Source,
    /// An author or contributor.
    Person,
    /// Children count as its parent's.
    Group,
    /// The element whose value is being read.
    Value,
    /// Markup inside that value.
    Inner,
    /// Not ours; children mean nothing, unless they are feeds or entries.
    Aside,
}

pub(super) struct Frame<'a> {
    /// Name as written.
    pub(super) name: &'a str,
    pub(super) place: Place,
}

/// One walk.
pub(super) struct Reader<'a, 'd> {
    text: &'a str,
    scanner: Scanner<'a>,
    pub(super) document: &'d mut FeedDocument,
    pub(super) oddities: Oddities,
    pub(super) frames: Vec<Frame<'a>>,
    /// Open elements beyond [`MAX_DEPTH`].
    beyond: usize,
    pub(super) scope: Scope<'a>,
    entities: Entities,
    pub(super) value: Option<Value>,
    pub(super) entry: Option<FeedEntry>,
    pub(super) source: Option<FeedSource>,
    /// Text directly inside the source, which in RSS is its title.
    pub(super) source_text: String,
    /// The person being read, whose they are, and whether they only contributed.
    pub(super) person: Option<(Person, Target, bool)>,
    /// The first element, for files that are no feeds.
    pub(super) first: Option<&'a str>,
}

impl<'a, 'd> Reader<'a, 'd> {
    pub(super) fn new(text: &'a str, base: Option<&str>, document: &'d mut FeedDocument) -> Self {
        Self {
            text,
            scanner: Scanner::new(text),
            document,
            oddities: Oddities::default(),
            frames: Vec::new(),
            beyond: 0,
            scope: Scope::new(base),
            entities: Entities::default(),
            value: None,
            entry: None,
            source: None,
            source_text: String::new(),
            person: None,
            first: None,
        }
    }

    /// Walks to the end. Gives the name of the first element.
    pub(super) fn run(&mut self) -> Option<&'a str> {
        while let Some(token) = self.scanner.next() {
            match token {
                Token::Open { name, attributes, empty } => self.open(name, attributes, empty),
                Token::Close { name } => self.close(name),
                Token::Text(text) => self.characters(text),
                Token::CData(text) => {
                    if let Some(value) = self.own_value() {
                        value.push_literal(text);
                    } else if let Some(own) = self.own_text() {
                        own.push_str(text);
                    }
                }
                Token::Reference(name) => self.reference(name),
                Token::Doctype(doctype) => self.entities.declare(doctype),
            }
            self.note_damage();
        }
        self.note_damage();
        self.end();
        self.first
    }

    fn line(&self) -> Option<usize> {
        Some(xml::line_of(self.text, self.scanner.offset()))
    }

    pub(super) fn note(&mut self, kind: OddityKind, detail: &str) {
        let (text, offset) = (self.text, self.scanner.offset());
        self.oddities.note(kind, detail, || Some(xml::line_of(text, offset)));
    }

    fn note_damage(&mut self) {
        for (damage, offset) in self.scanner.take_damage() {
            let (kind, detail) = match damage {
                Damage::StrayBracket => (OddityKind::StrayBracket, ""),
                Damage::BrokenTag => (OddityKind::BrokenMarkup, "a tag"),
                Damage::BrokenMarkup => (OddityKind::BrokenMarkup, "a comment or declaration"),
                Damage::BrokenCData => (OddityKind::BrokenMarkup, "a CDATA section"),
                Damage::Truncated => (OddityKind::Truncated, ""),
                Damage::BeyondRepair => (OddityKind::Limit, "more damage than can be repaired"),
            };
            let text = self.text;
            self.oddities.note(kind, detail, || Some(xml::line_of(text, offset)));
        }
    }

    // ---- characters ----

    /// The value being read, where the open element is part of it.
    fn own_value(&mut self) -> Option<&mut Value> {
        let place = self.frames.last().map(|frame| frame.place);
        self.value.as_mut().filter(|_| matches!(place, Some(Place::Value | Place::Inner)))
    }

    /// The text of the person or source being read, where nothing else is open inside.
    fn own_text(&mut self) -> Option<&mut String> {
        match self.frames.last()?.place {
            Place::Person => self.person.as_mut().map(|(person, ..)| person.name.get_or_insert_default()),
            Place::Source => Some(&mut self.source_text),
            _ => None,
        }
    }

    fn characters(&mut self, text: &str) {
        if let Some(value) = self.own_value() {
            if !value.is_xml() && text.contains('&') {
                value.push(&crate::references::decode(text));
            } else {
                value.push(text);
            }
        } else if let Some(own) = self.own_text() {
            own.push_str(text);
        } else if self.first.is_none() && !text.trim().is_empty() {
            self.note(OddityKind::Junk, &format!("`{}`", text.trim()));
        }
    }

    fn reference(&mut self, name: &str) {
        if self.own_value().is_none() && self.own_text().is_none() {
            return;
        }
        let mut resolved = String::new();
        if let Some(known) = crate::references::resolve(name) {
            if self.own_value().is_some_and(|value| value.is_xml()) {
                resolved = format!("&{name};");
                return self.push_own(&resolved);
            }
            known.push_to(&mut resolved);
        } else {
            match self.entities.expand(name) {
                Some(Some(text)) => resolved.push_str(text),
                Some(None) => self.note(OddityKind::Entity, name),
                None => {
                    // `&T Corp said; …` is an ampersand and text, not a name.
                    if !name.is_empty() && name.chars().all(char::is_alphanumeric) {
                        self.note(OddityKind::Reference, name);
                    }
                    resolved = crate::references::decode(&format!("&{name};"));
                }
            }
            if let Some(value) = self.own_value() {
                return value.push_literal(&resolved);
            }
        }
        self.push_own(&resolved);
    }

    fn push_own(&mut self, text: &str) {
        if let Some(value) = self.own_value() {
            value.push(text);
        } else if let Some(own) = self.own_text() {
            own.push_str(text);
        }
    }

    // ---- elements ----

    fn open(&mut self, name: &'a str, attributes: &'a str, empty: bool) {
        if self.beyond > 0 || self.frames.len() >= MAX_DEPTH {
            self.note(OddityKind::Limit, "elements are nested too deeply");
            self.beyond += usize::from(!empty);
            return;
        }
        let depth = self.frames.len() + 1;
        let is_first = self.first.is_none();
        self.first.get_or_insert(name);
        self.scope.enter(name, attributes, depth, is_first);
        let (prefix, local) = name.split_once(':').unwrap_or(("", name));
        let local = local.to_ascii_lowercase();
        let space = self.scope.space(prefix).unwrap_or_else(|| {
            self.note(OddityKind::Prefix, prefix);
            names::by_prefix(prefix).unwrap_or(Space::Other)
        });
        let role = names::role(space, &local);
        let place = self.place(role, space, &local, name, attributes, empty);
        if let (Place::Inner, true) = (place, empty) {
            self.scope.leave(depth - 1);
            return;
        }
        self.frames.push(Frame { name, place });
        if empty {
            self.pop();
        }
    }

    /// Decides what an element is, and starts what it starts.
    fn place(
        &mut self,
        role: Role,
        space: Space,
        local: &str,
        name: &'a str,
        raw: &'a str,
        empty: bool,
    ) -> Place {
        if let Some(value) = &self.value {
            let depth = value.depth;
            let foreign = matches!(space, Space::Xhtml | Space::Other);
            let in_title = value.role == Role::Title && role == Role::Link;
            let ends = if value.is_xml() { role == Role::Entry } else { role.ends_values() || in_title };
            if foreign || !ends || self.frames.last().is_some_and(|frame| frame.place == Place::Aside) {
                return self.inner(space, local, name, raw, empty);
            }
            let unclosed = self.frames[depth - 1].name;
            self.note(OddityKind::Unclosed, unclosed);
            self.pop_to(depth - 1);
        }
        if let Some(person) = self.frames.iter().rposition(|frame| frame.place == Place::Person)
            && role.ends_values()
        {
            let unclosed = self.frames[person].name;
            self.note(OddityKind::Unclosed, unclosed);
            self.pop_to(person);
        }
        match role {
            Role::Root => self.root(local, raw),
            Role::Channel => self.channel(raw),
            Role::Entry => self.start_entry(local, raw),
            _ => self.field(role, name, raw),
        }
    }

    /// An element inside a value.
    fn inner(&mut self, space: Space, local: &str, name: &str, raw: &str, empty: bool) -> Place {
        let direct = self.frames.last().is_some_and(|frame| frame.place == Place::Value);
        match &mut self.value {
            Some(value) if value.takes_markup() => {
                let shown = if space == Space::Xhtml { local } else { name };
                value.open_inner(shown, raw, empty, direct);
                Place::Inner
            }
            _ => Place::Aside,
        }
    }

    fn close(&mut self, name: &str) {
        if self.beyond > 0 {
            self.beyond -= 1;
            return;
        }
        let exact = self.frames.iter().rposition(|frame| frame.name == name);
        let open =
            exact.or_else(|| self.frames.iter().rposition(|frame| frame.name.eq_ignore_ascii_case(name)));
        let Some(open) = open else {
            if self.own_value().is_none() {
                self.note(OddityKind::Unopened, name);
            }
            return;
        };
        if let Some(above) = self.frames[open + 1..].iter().find(|frame| frame.place != Place::Inner) {
            let above = above.name;
            self.note(OddityKind::Unclosed, above);
        }
        self.pop_to(open);
    }

    /// Closes open elements until `count` are left.
    pub(super) fn pop_to(&mut self, count: usize) {
        while self.frames.len() > count {
            self.pop();
        }
    }

    fn pop(&mut self) {
        let Some(frame) = self.frames.pop() else { return };
        match frame.place {
            Place::Inner => {
                if let Some(value) = &mut self.value {
                    let (prefix, local) = frame.name.split_once(':').unwrap_or(("", frame.name));
                    if self.scope.space(prefix) == Some(Space::Xhtml) {
                        value.close_inner(&local.to_ascii_lowercase());
                    } else {
                        value.close_inner(frame.name);
                    }
                }
            }
            Place::Value => {
                if let Some(value) = self.value.take() {
                    assign::value(self, value);
                }
            }
            Place::Person => {
                if let Some((person, target, contributed)) = self.person.take() {
                    assign::person(self, target, person, contributed);
                }
            }
            Place::Source => {
                if let (Some(mut source), Some(entry)) = (self.source.take(), &mut self.entry) {
                    let title = self.source_text.trim();
                    if source.title.is_none() && !title.is_empty() {
                        let element = frame.name.to_owned();
                        source.title =
                            Some(Content { value: title.to_owned(), element, ..Content::default() });
                    }
                    entry.source = Some(source);
                }
            }
            Place::Entry => assign::entry(self),
            Place::Feed | Place::Group | Place::Aside => {}
        }
        self.scope.leave(self.frames.len());
    }

    /// What is left open at the end of the text.
    fn end(&mut self) {
        let open =
            self.frames.iter().rev().find(|frame| frame.place != Place::Inner && frame.place != Place::Aside);
        let Some(open) = open else { return };
        let name = open.name;
        if self.value.is_some() || self.entry.is_some() {
            self.note(OddityKind::Truncated, "");
        } else {
            self.note(OddityKind::Unclosed, name);
        }
        self.value = None;
        self.person = None;
        self.source = None;
        // An entry that lost its end is kept where what identifies it was there before the cut.
        let named = self.entry.as_ref().is_some_and(|entry| {
            entry.title.is_some()
                && (entry.id.is_some() || entry.links.iter().any(|link| link.rel == "alternate"))
        });
        if named {
            assign::entry(self);
        }
        self.entry = None;
    }

    /// The person being read, for their parts.
    pub(super) fn open_person(&mut self) -> Option<&mut Person> {
        self.person.as_mut().map(|(person, ..)| person)
    }

    /// Reads a date, noting it where it is none.
    pub(super) fn read_date(&mut self, text: &str) -> Option<dateline_model::When> {
        let when = crate::date::parse_date(text);
        if when.is_none() && !text.trim().is_empty() {
            let line = self.line();
            self.oddities.note(OddityKind::Date, text.trim(), || line);
        }
        when
    }
}
