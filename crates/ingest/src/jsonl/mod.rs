//! JSONL: one line, one article, as a JSON object.
//!
//! `title` and `text` (or `html`) are the article; one of them may be missing. Further fields dateline
//! knows: `url`, `id`, `outlet` (a domain), `published` or `date`, `modified`, `lang`, `byline` (a string
//! or a list), `summary` or `description`, `section`, `keywords` (a list, or a string with commas), `genre`.
//! All other fields are kept as they are. The text is taken byte for byte, so that findings in it can be
//! checked against the file.

mod field;

use std::borrow::Cow;
use std::fmt;

use dateline_model::{Extent, Genre, Item, When};
use serde::Deserialize as _;
use serde::de::{Deserializer, IgnoredAny, MapAccess, Visitor};
use serde_json::{Map, Value};

use crate::page;
use crate::page::genre::by_words;
use crate::url::{canonical, outlet, outlet_of_host};
use crate::{Capture, Parsed, Problem};
use field::Field;

/// Reads one line.
pub fn parse_line(capture: &Capture) -> Parsed {
    let mut parsed = Parsed::default();
    let bytes = capture.bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&capture.bytes);
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => {
            let what = format!("byte {} of this line is not UTF-8", error.valid_up_to() + 1);
            parsed.problems.push(Problem::new(&capture.source, what).fix("save the file as UTF-8"));
            return parsed;
        }
    };
    let mut json = serde_json::Deserializer::from_str(text);
    let line = match Line::deserialize(&mut json).and_then(|line| json.end().map(|()| line)) {
        Ok(line) => line,
        Err(error) => {
            let what = format!("this line is no article in JSON: {}", at_byte(&error));
            let way_out = "each line must be one JSON object with `title` and `text`";
            parsed.problems.push(Problem::new(&capture.source, what).fix(way_out));
            return parsed;
        }
    };
    line.into_item(capture, &mut parsed);
    parsed
}

/// The message of a JSON error, which counts lines and columns, in bytes of this one line.
fn at_byte(error: &serde_json::Error) -> String {
    let message = error.to_string();
    let what = message.rfind(" at line ").map_or(message.as_str(), |at| &message[..at]);
    format!("{what} at byte {}", error.column())
}

/// A line as it stands, its strings borrowed from it where they hold no escapes.
#[derive(Debug, Default)]
struct Line<'a> {
    url: Field<'a>,
    id: Field<'a>,
    outlet: Field<'a>,
    title: Field<'a>,
    text: Field<'a>,
    html: Field<'a>,
    published: Field<'a>,
    date: Field<'a>,
    modified: Field<'a>,
    lang: Field<'a>,
    byline: Field<'a>,
    summary: Field<'a>,
    description: Field<'a>,
    section: Field<'a>,
    keywords: Field<'a>,
    genre: Field<'a>,
    extra: Map<String, Value>,
}

impl<'a> Line<'a> {
    fn field(&mut self, name: &str) -> Option<&mut Field<'a>> {
        Some(match name {
            "url" => &mut self.url,
            "id" => &mut self.id,
            "outlet" => &mut self.outlet,
            "title" => &mut self.title,
            "text" => &mut self.text,
            "html" => &mut self.html,
            "published" => &mut self.published,
            "date" => &mut self.date,
            "modified" => &mut self.modified,
            "lang" => &mut self.lang,
            "byline" => &mut self.byline,
            "summary" => &mut self.summary,
            "description" => &mut self.description,
            "section" => &mut self.section,
            "keywords" => &mut self.keywords,
            "genre" => &mut self.genre,
            _ => return None,
        })
    }

    fn into_item(self, capture: &Capture, parsed: &mut Parsed) {
        let source = &capture.source;
        let mut item = Item { source: source.clone(), extra: self.extra, ..Item::default() };
        for (name, field) in [("title", &self.title), ("text", &self.text), ("html", &self.html)] {
            if let Field::Other(value) = field {
                let what = format!("field `{name}` is {}, expected a string", kind_of(value));
                let way_out = format!("write `{name}` as a string");
                parsed.problems.push(Problem::new(source, what).fix(way_out));
                return;
            }
        }
        let keep = |item: &mut Item, name: &str, field: Field<'_>| {
            if let Some(value) = field.into_value() {
                item.extra.insert(name.to_owned(), value);
            }
        };
        match self.url.string().map(canonical) {
            Some(Some(url)) => item.url = Some(url),
            Some(None) => {
                let what = "field `url` is no http or https URL; the article is kept without it";
                let way_out = "write the whole URL, with https://";
                parsed.problems.push(Problem::new(source, what).fix(way_out));
                keep(&mut item, "url", self.url);
            }
            None => keep(&mut item, "url", self.url),
        }
        item.external_id = match &self.id {
            Field::Text(id) if !id.is_empty() => Some(id.to_string()),
            Field::Other(Value::Number(id)) => Some(id.to_string()),
            _ => None,
        };
        item.outlet = self.outlet.string().and_then(outlet_of_host);
        if item.outlet.is_none() {
            item.outlet = item.url.as_deref().and_then(outlet);
            keep(&mut item, "outlet", self.outlet); // a name, perhaps, which is no domain
        }
        let mut dated = |item: &mut Item, name: &str, field: Field<'_>| -> Option<When> {
            let when = field.date();
            if when.is_none() && !field.is_empty() {
                let what = format!("field `{name}` is no date; the article is kept without it");
                let way_out = "write 2024-05-02 or 2024-05-02T19:01:00+02:00";
                parsed.problems.push(Problem::new(source, what).fix(way_out));
            }
            if when.is_none() {
                keep(item, name, field);
            }
            when
        };
        let published = dated(&mut item, "published", self.published);
        let date = dated(&mut item, "date", self.date);
        item.dates.published = published.or(date);
        item.dates.modified = dated(&mut item, "modified", self.modified);
        item.dates.fetched = capture.fetched;
        item.lang = self.lang.string().and_then(|lang| lang.parse().ok());
        if item.lang.is_none() {
            keep(&mut item, "lang", self.lang);
        }
        item.byline = match self.byline {
            Field::Text(byline) => {
                let names = page::clean_byline(&byline);
                if names.is_empty() && !byline.trim().is_empty() {
                    vec![byline.trim().to_owned()]
                } else {
                    names
                }
            }
            Field::Other(Value::Array(names)) => words_of(names),
            other => {
                keep(&mut item, "byline", other);
                Vec::new()
            }
        };
        item.keywords = match self.keywords {
            Field::Text(words) => {
                words.split(',').map(|word| word.trim().to_owned()).filter(|word| !word.is_empty()).collect()
            }
            Field::Other(Value::Array(words)) => words_of(words),
            other => {
                keep(&mut item, "keywords", other);
                Vec::new()
            }
        };
        let summary = self.summary.string().or(self.description.string()).map(str::to_owned);
        item.summary = summary;
        item.section = self.section.string().map(str::to_owned);
        item.title = self.title.string().map(|title| title.trim().to_owned()).unwrap_or_default();
        match self.genre.string().map(|word| (word, genre_of(word))) {
            Some((_, Some(genre))) => item.genre = genre,
            Some((word, None)) => drop(item.extra.insert("genre".into(), word.into())),
            // "OPINION: …", /opinion/: where nothing says the genre, its words do.
            None => {
                let told = by_words(item.section.as_deref(), &item.title, item.url.as_deref());
                if let Some((genre, from)) = told {
                    item.genre = genre;
                    item.provenance.insert("genre".into(), from.into());
                }
            }
        }
        let html = self.html.string().map(str::to_owned);
        match self.text {
            Field::Text(text) if !text.trim().is_empty() => {
                item.text = text.into_owned();
                item.extent = Extent::Full;
            }
            _ => {
                if let Some(html) = html {
                    page::fill(&mut item, &html, &mut parsed.problems);
                }
            }
        }
        if item.text.is_empty() {
            item.extent = if item.summary.is_some() { Extent::Summary } else { Extent::Headline };
        }
        if item.text.is_empty() && item.title.is_empty() {
            let what = "this line has neither `text` nor `title`";
            let way_out = "an article needs a `text`, an `html` or at least a `title`";
            parsed.problems.push(Problem::new(source, what).fix(way_out));
            return;
        }
        parsed.items.push(item);
    }
}

fn words_of(values: Vec<Value>) -> Vec<String> {
    let words = values.into_iter().filter_map(|value| match value {
        Value::String(word) => Some(word.trim().to_owned()),
        Value::Object(mut node) => match node.remove("name") {
            Some(Value::String(name)) => Some(name.trim().to_owned()),
            _ => None,
        },
        _ => None,
    });
    words.filter(|word| !word.is_empty()).collect()
}

fn genre_of(word: &str) -> Option<Genre> {
    let snake = word.trim().to_ascii_lowercase().replace(['-', ' '], "_");
    serde_json::from_value(Value::String(snake)).ok()
}

fn kind_of(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "true or false",
        Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    }
}

// Written by hand: serde's `flatten`, which would keep unknown fields, copies every string once more.
impl<'de: 'a, 'a> serde::Deserialize<'de> for Line<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct LineVisitor;
        impl<'de> Visitor<'de> for LineVisitor {
            type Value = Line<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("one article as a JSON object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Line<'de>, A::Error> {
                let mut line = Line::default();
                while let Some(Key(name)) = map.next_key()? {
                    match line.field(&name) {
                        Some(field) => *field = map.next_value()?,
                        None => drop(line.extra.insert(name.into_owned(), map.next_value()?)),
                    }
                }
                Ok(line)
            }
        }
        deserializer.deserialize_map(LineVisitor)
    }
}

struct Key<'a>(Cow<'a, str>);

impl<'de: 'a, 'a> serde::Deserialize<'de> for Key<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match Field::deserialize(deserializer)? {
            Field::Text(name) => Ok(Key(name)),
            _ => Err(serde::de::Error::custom("a name must be a string")),
        }
    }
}

/// Whether bytes are JSON at all, as far as they go; used to tell JSONL from other text.
pub(crate) fn is_json_object(line: &[u8]) -> bool {
    line.trim_ascii_start().starts_with(b"{") && serde_json::from_slice::<IgnoredAny>(line).is_ok()
}

#[cfg(test)]
mod tests;
