//! JSON Feed 1.0 and 1.1.
//!
//! Items are read one by one as they come, so that a file cut in the middle still gives those before
//! the cut. Fields of the wrong type are passed over and noted.

use serde::de::{DeserializeSeed, Deserializer as _, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::Value;

use super::document::{
    Category, Content, ContentKind, Dated, FeedDocument, FeedEntry, FeedKind, Link, OddityKind, Person,
};
use super::oddities::Oddities;
use super::reader::MAX_ENTRIES;

/// Reads a JSON Feed. True where it was one.
pub(super) fn read(text: &str, document: &mut FeedDocument, oddities: &mut Oddities) -> bool {
    let mut reader = serde_json::Deserializer::from_str(text);
    let mut found = Found { document, oddities, is_feed: false };
    if let Err(error) = reader.deserialize_map(&mut found) {
        let line = error.line();
        let kind = if error.is_eof() { OddityKind::Truncated } else { OddityKind::BrokenMarkup };
        found.oddities.note(kind, "the JSON", || Some(line));
    }
    let is_feed = found.is_feed;
    if is_feed {
        document.kind = FeedKind::Json;
    }
    is_feed
}

struct Found<'d> {
    document: &'d mut FeedDocument,
    oddities: &'d mut Oddities,
    is_feed: bool,
}

impl<'de> Visitor<'de> for &mut Found<'_> {
    type Value = ();

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("a JSON Feed")
    }

    fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<(), M::Error> {
        while let Some(key) = map.next_key::<String>()? {
            if key == "items" {
                map.next_value_seed(Items(self))?;
            } else {
                let value = map.next_value::<Value>()?;
                self.field(&key, value);
            }
        }
        Ok(())
    }
}

impl Found<'_> {
    fn field(&mut self, key: &str, value: Value) {
        match key {
            "version" => {
                let version = string(&value);
                self.is_feed |=
                    version.as_deref().is_some_and(|version| version.contains("jsonfeed.org/version/"));
                self.document.version = version;
            }
            "title" => self.document.title = content(&value, ContentKind::Text, key),
            "description" => self.document.description = content(&value, ContentKind::Text, key),
            "home_page_url" => self.link(&value, "alternate"),
            "feed_url" => self.link(&value, "self"),
            "language" => self.document.language = string(&value),
            "author" | "authors" => self.document.authors.extend(people(&value)),
            _ => {}
        }
    }

    fn link(&mut self, value: &Value, rel: &str) {
        let Some(href) = string(value) else { return };
        if rel == "alternate" {
            self.document.link = Some(href.clone());
        }
        self.document.links.push(Link { href, rel: rel.to_owned(), ..Link::default() });
    }
}

/// The `items` of a feed.
struct Items<'f, 'd>(&'f mut Found<'d>);

impl<'de> DeserializeSeed<'de> for Items<'_, '_> {
    type Value = ();

    fn deserialize<D: serde::Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Items<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("the items of a JSON Feed")
    }

    fn visit_seq<S: SeqAccess<'de>>(self, mut items: S) -> Result<(), S::Error> {
        self.0.is_feed = true;
        while self.0.document.entries.len() < MAX_ENTRIES {
            let Some(item) = items.next_element::<Value>()? else { return Ok(()) };
            match item {
                Value::Object(_) => {
                    let entry = entry(&item, self.0.oddities);
                    self.0.document.entries.push(entry);
                }
                _ => self.0.oddities.note(OddityKind::Type, "items", || None),
            }
        }
        self.0.oddities.note(
            OddityKind::Limit,
            &format!("there are more than {MAX_ENTRIES} entries"),
            || None,
        );
        while items.next_element::<IgnoredAny>()?.is_some() {}
        Ok(())
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }
}

/// A string; numbers are taken for the strings they were meant to be.
fn string(value: &Value) -> Option<String> {
    let text = match value {
        Value::String(text) => text.trim().to_owned(),
        Value::Number(number) => number.to_string(),
        _ => return None,
    };
    (!text.is_empty()).then_some(text)
}

fn content(value: &Value, kind: ContentKind, element: &str) -> Option<Content> {
    string(value).map(|value| Content { value, kind, element: element.to_owned(), ..Content::default() })
}

fn people(value: &Value) -> Vec<Person> {
    let list = match value {
        Value::Array(list) => list.as_slice(),
        one => std::slice::from_ref(one),
    };
    let person = |value: &Value| Person {
        name: value.get("name").and_then(string),
        uri: value.get("url").and_then(string),
        email: None,
        element: "author".to_owned(),
    };
    list.iter().filter(|value| value.is_object()).map(person).collect()
}

fn entry(item: &Value, oddities: &mut Oddities) -> FeedEntry {
    let mut field = |name: &str| {
        let value = item.get(name)?;
        let text = string(value);
        if text.is_none() && !matches!(value, Value::Null | Value::String(_)) {
            oddities.note(OddityKind::Type, name, || None);
        }
        text
    };
    let mut entry = FeedEntry {
        id: field("id"),
        link: field("url"),
        language: field("language"),
        ..FeedEntry::default()
    };
    let mut dates = [None, None];
    for (slot, name) in dates.iter_mut().zip(["date_published", "date_modified"]) {
        *slot = field(name).map(|text| {
            let when = crate::date::parse_date(&text);
            (Dated { when, text, element: name.to_owned() }, when.is_none())
        });
    }
    for (dated, bad) in dates.iter().flatten() {
        if *bad {
            oddities.note(OddityKind::Date, &dated.text, || None);
        }
    }
    let [published, updated] = dates.map(|date| date.map(|(dated, _)| dated));
    (entry.published, entry.updated) = (published, updated);
    if let Some(href) = &entry.link {
        entry.links.push(Link { href: href.clone(), rel: "alternate".into(), ..Link::default() });
    }
    let with = |name, kind| item.get(name).and_then(|value| content(value, kind, name));
    entry.title = with("title", ContentKind::Text);
    entry.summary = with("summary", ContentKind::Text);
    entry.contents.extend(with("content_html", ContentKind::Html));
    entry.contents.extend(with("content_text", ContentKind::Text));
    for name in ["authors", "author"] {
        if entry.authors.is_empty() {
            entry.authors = item.get(name).map(people).unwrap_or_default();
        }
    }
    let terms = item.get("tags").and_then(Value::as_array).into_iter().flatten().filter_map(string);
    let tag = |term| Category { term, element: "tags".to_owned(), ..Category::default() };
    entry.categories = terms.map(tag).collect();
    for file in item.get("attachments").and_then(Value::as_array).into_iter().flatten() {
        if let Some(href) = file.get("url").and_then(string) {
            let media_type = file.get("mime_type").and_then(string);
            let length = file.get("size_in_bytes").and_then(string);
            entry.links.push(Link { href, rel: "enclosure".into(), media_type, length, ..Link::default() });
        }
    }
    entry
}
