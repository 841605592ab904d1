//! What the elements of a feed start, by their role and where they stand.

use super::assign;
use super::document::{Category, FeedEntry, FeedKind, FeedSource, Link, OddityKind, Person};
use super::names::Role;
use super::reader::{Place, Reader};
use super::value::{Attributes, Target, Value};

impl<'a> Reader<'a, '_> {
    pub(super) fn root(&mut self, local: &str, raw: &str) -> Place {
        if self.document.kind == FeedKind::Unknown {
            let attributes = Attributes::read(raw);
            let version = attributes.version;
            self.document.kind = match local {
                "rss" => FeedKind::Rss,
                "rdf" => FeedKind::Rdf,
                _ if version.as_deref() == Some("0.3") => FeedKind::Atom03,
                _ if raw.contains("purl.org/atom/ns#") => FeedKind::Atom03,
                _ => FeedKind::Atom10,
            };
            self.document.version = version;
            self.document.language = self.scope.lang();
            if self.frames.iter().any(|frame| frame.place == Place::Aside) {
                let junk = self.first.map(|first| format!("<{first}>")).unwrap_or_default();
                self.note(OddityKind::Junk, &junk);
            }
        }
        Place::Feed
    }

    pub(super) fn channel(&mut self, raw: &str) -> Place {
        if self.document.kind == FeedKind::Unknown {
            self.document.kind = FeedKind::Cdf;
        }
        let attributes = Attributes::read(raw);
        self.cdf(&attributes, Target::Feed);
        Place::Feed
    }

    /// CDF keeps addresses and dates in attributes of the channel and its items.
    fn cdf(&mut self, attributes: &Attributes, target: Target) {
        if let Some(href) = &attributes.href {
            let link = Link { href: self.scope.absolute(href), rel: "alternate".into(), ..Link::default() };
            assign::link(self, target, link);
        }
        if let Some(date) = &attributes.last_modified {
            assign::date(self, target, Role::Updated, date, "lastmod");
        }
    }

    pub(super) fn start_entry(&mut self, local: &str, raw: &str) -> Place {
        if let Some(open) = self.frames.iter().rposition(|frame| frame.place == Place::Entry) {
            let name = self.frames[open].name;
            self.note(OddityKind::Unclosed, name);
            self.pop_to(open);
        }
        if self.document.kind == FeedKind::Unknown {
            // An entry on its own, as Atom's publishing protocol hands them out.
            self.document.kind = if local == "entry" { FeedKind::Atom10 } else { FeedKind::Rss };
        }
        self.entry = Some(FeedEntry::default());
        let attributes = Attributes::read(raw);
        self.cdf(&attributes, Target::Entry);
        if let Some(entry) = &mut self.entry {
            // In RDF the item's own URI is its address.
            if let Some(about) = attributes.about.filter(|about| about.trim().starts_with("http")) {
                entry.id_is_link = true;
                entry.id = Some(about.trim().to_owned());
            }
        }
        Place::Entry
    }

    /// An element that may be a field of what is open.
    pub(super) fn field(&mut self, role: Role, name: &'a str, raw: &str) -> Place {
        let inside = self.frames.iter().rev().map(|frame| frame.place).find(|place| *place != Place::Group);
        let target = match inside {
            Some(Place::Entry) => Target::Entry,
            Some(Place::Source) => Target::Source,
            Some(Place::Person) => Target::Person,
            Some(Place::Feed) => Target::Feed,
            _ => return Place::Aside,
        };
        let parts = matches!(role, Role::Name | Role::Email | Role::Uri);
        if parts != (target == Target::Person) {
            return Place::Aside;
        }
        let attributes = Attributes::read(raw);
        match role {
            Role::Unknown | Role::Aside => Place::Aside,
            Role::Group => Place::Group,
            Role::Source if target == Target::Entry => {
                let link = attributes.url.as_deref().map(|url| self.scope.absolute(url));
                self.source = Some(FeedSource { link, ..FeedSource::default() });
                self.source_text.clear();
                Place::Source
            }
            Role::Source => Place::Aside,
            Role::Author | Role::Contributor => {
                let person = Person { element: name.to_owned(), ..Person::default() };
                self.person = Some((person, target, role == Role::Contributor));
                Place::Person
            }
            Role::MediaDescription if self.frames.last().is_none_or(|frame| frame.place != Place::Group) => {
                Place::Aside
            }
            Role::ItunesCategory => {
                if let Some(term) = attributes.text {
                    let scheme = Some("http://www.itunes.com/".to_owned());
                    let element = name.to_owned();
                    assign::category(self, target, Category { term, scheme, label: None, element });
                }
                Place::Group
            }
            Role::Enclosure => {
                if let Some(url) = attributes.url.as_ref().or(attributes.href.as_ref()) {
                    let link = Link {
                        href: self.scope.absolute(url),
                        rel: "enclosure".into(),
                        media_type: attributes.kind,
                        length: attributes.length,
                        ..Link::default()
                    };
                    assign::link(self, target, link);
                }
                Place::Aside
            }
            Role::Link if attributes.href.is_some() => {
                let rel = attributes.rel.as_deref().unwrap_or("alternate").trim();
                let rel = rel.strip_prefix("http://www.iana.org/assignments/relation/").unwrap_or(rel);
                let link = Link {
                    href: self.scope.absolute(attributes.href.as_deref().unwrap_or_default()),
                    rel: rel.to_owned(),
                    media_type: attributes.kind,
                    hreflang: attributes.hreflang,
                    title: attributes.title,
                    length: attributes.length,
                };
                assign::link(self, target, link);
                Place::Aside
            }
            _ => {
                let depth = self.frames.len() + 1;
                let mut value = Value::new(role, target, name, attributes, self.document.kind, depth);
                if value.takes_markup() {
                    value.lang = self.scope.lang();
                    value.base = self.scope.base();
                }
                self.value = Some(value);
                Place::Value
            }
        }
    }
}
