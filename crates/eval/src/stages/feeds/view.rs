//! A feed as Python's feedparser would show it, for its own assertions to be judged on.

use std::collections::BTreeMap;

use dateline_ingest::feed::{
    Category, Content, Dated, FeedDocument, FeedEntry, FeedKind, FeedSource, Link, OddityKind, Person,
};
use dateline_model::When;

use super::expect::Py;

type Dict = BTreeMap<String, Py>;

/// The names an assertion may use.
pub fn names(document: &FeedDocument) -> Dict {
    let ill_formed = document.oddities.iter().any(|oddity| {
        !matches!(oddity.kind, OddityKind::Date | OddityKind::Base64 | OddityKind::Type | OddityKind::Limit)
    });
    let mut names = Dict::new();
    names.insert("bozo".into(), Py::Bool(ill_formed));
    names.insert("encoding".into(), Py::Str(document.encoding.to_ascii_lowercase()));
    names.insert("version".into(), Py::Str(version(document).into()));
    names.insert("feed".into(), Py::Dict(feed(document)));
    let entries = document.entries.iter().map(|entry| Py::Dict(self::entry(entry))).collect();
    names.insert("entries".into(), Py::List(entries));
    names
}

fn version(document: &FeedDocument) -> &'static str {
    match document.kind {
        FeedKind::Atom10 => "atom10",
        FeedKind::Atom03 => "atom03",
        FeedKind::Cdf => "cdf",
        FeedKind::Json => "json1",
        FeedKind::Rdf => "rss10",
        FeedKind::Rss if document.version.as_deref() == Some("2.0") => "rss20",
        FeedKind::Rss => "rss",
        FeedKind::Unknown => "",
    }
}

fn put(dict: &mut Dict, keys: &[&str], value: &Py) {
    for key in keys {
        dict.insert((*key).to_owned(), value.clone());
    }
}

fn text(value: &str) -> Py {
    Py::Str(value.to_owned())
}

fn or_none(value: Option<&str>) -> Py {
    value.map_or(Py::None, text)
}

fn detail(content: &Content) -> Py {
    let mut dict = Dict::new();
    dict.insert("value".into(), text(&content.value));
    dict.insert("type".into(), text(content.kind.media_type()));
    dict.insert("language".into(), or_none(content.lang.as_deref().filter(|lang| !lang.is_empty())));
    dict.insert("base".into(), text(content.base.as_deref().unwrap_or_default()));
    if let Some(src) = &content.src {
        dict.insert("src".into(), text(src));
    }
    Py::Dict(dict)
}

fn with_detail(dict: &mut Dict, keys: &[&str], content: Option<&Content>) {
    let Some(content) = content else { return };
    put(dict, keys, &text(&content.value));
    for key in keys {
        dict.insert(format!("{key}_detail"), detail(content));
    }
}

fn link(link: &Link) -> Py {
    let mut dict = Dict::new();
    put(&mut dict, &["href", "url"], &text(&link.href));
    dict.insert("rel".into(), text(&link.rel));
    let parts = [
        ("type", &link.media_type),
        ("hreflang", &link.hreflang),
        ("title", &link.title),
        ("length", &link.length),
    ];
    for (key, value) in parts {
        if let Some(value) = value {
            dict.insert(key.into(), text(value));
        }
    }
    Py::Dict(dict)
}

fn links(list: &[Link]) -> Py {
    Py::List(list.iter().map(link).collect())
}

fn people(dict: &mut Dict, authors: &[Person]) {
    let Some(author) = authors.first() else { return };
    let shown = match (&author.name, &author.email) {
        (Some(name), Some(email)) => format!("{name} ({email})"),
        (Some(one), None) | (None, Some(one)) => one.clone(),
        (None, None) => String::new(),
    };
    dict.insert("author".into(), Py::Str(shown));
    let parts = |person: &Person| {
        let mut parts = Dict::new();
        let fields =
            [(&["name"][..], &person.name), (&["email"], &person.email), (&["href", "url"], &person.uri)];
        for (keys, value) in fields {
            if let Some(value) = value {
                put(&mut parts, keys, &text(value));
            }
        }
        Py::Dict(parts)
    };
    dict.insert("author_detail".into(), parts(author));
    dict.insert("authors".into(), Py::List(authors.iter().map(parts).collect()));
}

fn tags(dict: &mut Dict, categories: &[Category]) {
    let Some(first) = categories.first() else { return };
    dict.insert("category".into(), text(&first.term));
    let tag = |category: &Category| {
        Py::Dict(Dict::from([
            ("term".into(), text(&category.term)),
            ("scheme".into(), or_none(category.scheme.as_deref())),
            ("label".into(), or_none(category.label.as_deref())),
        ]))
    };
    dict.insert("tags".into(), Py::List(categories.iter().map(tag).collect()));
}

fn date(dict: &mut Dict, keys: &[&str], dated: Option<&Dated>) {
    let Some(dated) = dated else { return };
    put(dict, keys, &text(&dated.text));
    if let Some(when) = dated.when {
        for key in keys {
            dict.insert(format!("{key}_parsed"), time_tuple(when));
        }
    }
}

/// Python's `time.struct_time` in UTC.
fn time_tuple(when: When) -> Py {
    let utc = When { offset: Some(0), ..when }.zoned();
    let parts = [
        i64::from(utc.year()),
        i64::from(utc.month()),
        i64::from(utc.day()),
        i64::from(utc.hour()),
        i64::from(utc.minute()),
        i64::from(utc.second()),
        i64::from(utc.weekday().to_monday_zero_offset()),
        i64::from(utc.day_of_year()),
        0,
    ];
    Py::List(parts.into_iter().map(Py::Int).collect())
}

fn feed(document: &FeedDocument) -> Dict {
    let mut dict = Dict::new();
    with_detail(&mut dict, &["title"], document.title.as_ref());
    with_detail(&mut dict, &["description", "subtitle", "tagline"], document.description.as_ref());
    for (keys, value) in [
        (&["id", "guid"][..], &document.id),
        (&["link"], &document.link),
        (&["language"], &document.language),
    ] {
        if let Some(value) = value {
            put(&mut dict, keys, &text(value));
        }
    }
    dict.insert("links".into(), links(&document.links));
    people(&mut dict, &document.authors);
    tags(&mut dict, &document.categories);
    date(&mut dict, &["published"], document.published.as_ref());
    date(&mut dict, &["updated", "modified"], document.updated.as_ref());
    dict
}

fn entry(entry: &FeedEntry) -> Dict {
    let mut dict = Dict::new();
    with_detail(&mut dict, &["title"], entry.title.as_ref());
    // feedparser shows the content for a summary where there is none.
    let summary = entry.summary.as_ref().or(entry.contents.first());
    with_detail(&mut dict, &["summary", "description"], summary);
    if !entry.contents.is_empty() {
        dict.insert("content".into(), Py::List(entry.contents.iter().map(detail).collect()));
    }
    for (keys, value) in
        [(&["id", "guid"][..], &entry.id), (&["link"], &entry.link), (&["language"], &entry.language)]
    {
        if let Some(value) = value {
            put(&mut dict, keys, &text(value));
        }
    }
    let from_id = entry.id_is_link && !entry.links.iter().any(|link| link.rel == "alternate");
    dict.insert("guidislink".into(), Py::Bool(from_id));
    dict.insert("links".into(), links(&entry.links));
    let enclosures: Vec<_> = entry.links.iter().filter(|link| link.rel == "enclosure").map(link).collect();
    dict.insert("enclosures".into(), Py::List(enclosures));
    people(&mut dict, &entry.authors);
    tags(&mut dict, &entry.categories);
    date(&mut dict, &["published", "issued"], entry.published.as_ref());
    date(&mut dict, &["created"], entry.created.as_ref());
    // feedparser shows `dc:date` as `updated`.
    date(&mut dict, &["updated", "modified"], entry.updated.as_ref().or(entry.dated.as_ref()));
    if let Some(source) = &entry.source {
        dict.insert("source".into(), Py::Dict(self::source(source)));
    }
    dict
}

fn source(source: &FeedSource) -> Dict {
    let mut dict = Dict::new();
    with_detail(&mut dict, &["title"], source.title.as_ref());
    for (keys, value) in [(&["id", "guid"][..], &source.id), (&["link", "href"], &source.link)] {
        if let Some(value) = value {
            put(&mut dict, keys, &text(value));
        }
    }
    dict.insert("links".into(), links(&source.links));
    people(&mut dict, &source.authors);
    tags(&mut dict, &source.categories);
    date(&mut dict, &["updated"], source.updated.as_ref());
    dict
}
