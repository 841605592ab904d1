//! From feed entries to items: what of an entry is the article, and where each field is from.

use dateline_model::{Extent, Genre, Item, Lang};

use super::boilerplate;
use super::document::{Content, Dated, FeedDocument, FeedEntry, FeedKind, Person};
use crate::{Capture, plain, url};

/// Characters a content must have to be taken for the article's full text. Shorter ones are summaries
/// that a template put into the wrong element; the shortest agency reports run to 700.
const FULL_TEXT: usize = 600;

/// What outlets call genres in their categories. Only whole terms count: a category names what the
/// article is in so many words or says nothing about it.
const GENRES: [(&str, Genre); 38] = [
    ("opinion", Genre::Opinion),
    ("opinions", Genre::Opinion),
    ("op-ed", Genre::Opinion),
    ("editorial", Genre::Opinion),
    ("editorials", Genre::Opinion),
    ("commentary", Genre::Opinion),
    ("commentisfree", Genre::Opinion),
    ("comment is free", Genre::Opinion),
    ("kommentar", Genre::Opinion),
    ("meinung", Genre::Opinion),
    ("opinión", Genre::Opinion),
    ("opinião", Genre::Opinion),
    ("opinione", Genre::Opinion),
    ("opinie", Genre::Opinion),
    ("tribune", Genre::Opinion),
    ("мнение", Genre::Opinion),
    ("мнения", Genre::Opinion),
    ("analysis", Genre::Analysis),
    ("analyses", Genre::Analysis),
    ("analyse", Genre::Analysis),
    ("análisis", Genre::Analysis),
    ("análise", Genre::Analysis),
    ("analisi", Genre::Analysis),
    ("аналитика", Genre::Analysis),
    ("live blog", Genre::LiveBlog),
    ("liveblog", Genre::LiveBlog),
    ("live-blog", Genre::LiveBlog),
    ("correction", Genre::Correction),
    ("corrections", Genre::Correction),
    ("corrections and clarifications", Genre::Correction),
    ("press release", Genre::PressRelease),
    ("press releases", Genre::PressRelease),
    ("pressemitteilung", Genre::PressRelease),
    ("communiqué de presse", Genre::PressRelease),
    ("comunicado de prensa", Genre::PressRelease),
    ("fact check", Genre::FactCheck),
    ("fact-check", Genre::FactCheck),
    ("factcheck", Genre::FactCheck),
];

/// The items of a feed, in order; entries that say nothing are left out.
pub(super) fn items(document: FeedDocument, capture: &Capture) -> Vec<Item> {
    let FeedDocument { entries, language, kind, .. } = document;
    let positions = 1u64..;
    entries
        .into_iter()
        .zip(positions)
        .filter_map(|(entry, position)| item(entry, position, kind, language.as_deref(), capture))
        .collect()
}

fn item(
    entry: FeedEntry,
    position: u64,
    kind: FeedKind,
    language: Option<&str>,
    capture: &Capture,
) -> Option<Item> {
    let mut item = Item { source: capture.source.clone(), ..Item::default() };
    // A record of an archive keeps its number; an entry of a file gets its own.
    item.source.position.get_or_insert(position);
    item.dates.fetched = capture.fetched;

    let mut from = Provenance(&mut item.provenance);
    if let Some(title) = &entry.title {
        item.title = title.line();
        from.note("title", &title.element, !item.title.is_empty());
    }
    let (page, element) = page(&entry, kind);
    item.url = page.as_deref().and_then(url::canonical);
    from.note("url", element, item.url.is_some());
    item.outlet = item.url.as_deref().and_then(url::outlet);
    from.note("outlet", element, item.outlet.is_some());
    from.note("external_id", kind.page_and_id().1, entry.id.is_some());
    item.external_id = entry.id.clone();

    let (text, element) = longest(&entry.contents).unwrap_or_default();
    let summary = entry.summary.as_ref();
    let summary_text = summary.map(body).unwrap_or_default();
    let summary_element = summary.map_or("", |summary| summary.element.as_str());
    item.extent = extent(&text, &summary_text);
    // A content shorter than the summary is the stub of a template.
    if text.len() < summary_text.len() {
        from.note("text", summary_element, true);
        item.text = summary_text;
    } else if !text.is_empty() {
        from.note("text", element, true);
        if !summary_text.is_empty() && !is_start_of(&text, &summary_text) {
            from.note("summary", summary_element, true);
            item.summary = Some(summary_text);
        }
        item.text = text;
    }

    item.byline = byline(&entry.authors);
    from.note("byline", entry.authors.first().map_or("", |a| &a.element), !item.byline.is_empty());
    let shown = entry.contents.first().or(summary).or(entry.title.as_ref());
    let declared = [
        (entry.language.as_deref(), "language"),
        (shown.and_then(|content| content.lang.as_deref()), "xml:lang"),
        (language, "language"),
    ];
    for (declared, element) in declared {
        if item.lang.is_none() {
            item.lang = declared.and_then(|lang| lang.parse::<Lang>().ok()).filter(Lang::is_known);
            from.note("lang", element, item.lang.is_some());
        }
    }

    let published = [&entry.published, &entry.created, &entry.dated];
    let published = published.into_iter().flatten().find(|date| date.when.is_some());
    item.dates.feed = published.and_then(|date| date.when);
    from.dated("dates.feed", published);
    let updated = entry.updated.as_ref().filter(|date| date.when.is_some());
    item.dates.modified = updated.and_then(|date| date.when);
    from.dated("dates.modified", updated);

    item.keywords = keywords(&entry);
    let element = entry.categories.first().map_or("category", |category| &category.element);
    from.note("keywords", element, !item.keywords.is_empty());
    let genre = genre(&item.keywords);
    from.note("genre", element, genre.is_some());
    item.genre = genre.unwrap_or_default();

    let says_something = !item.title.is_empty() || !item.text.is_empty();
    says_something.then_some(item)
}

/// Where each field was found: `feed:` and the element's name.
struct Provenance<'a>(&'a mut std::collections::BTreeMap<String, String>);

impl Provenance<'_> {
    fn note(&mut self, field: &str, element: &str, is_there: bool) {
        if is_there && !self.0.contains_key(field) {
            self.0.insert(field.to_owned(), format!("feed:{element}"));
        }
    }

    fn dated(&mut self, field: &str, date: Option<&Dated>) {
        if let Some(date) = date {
            self.note(field, &date.element, true);
        }
    }
}

/// The entry's page and the element that names it. A link that only counts readers is passed over for
/// the page behind it.
fn page(entry: &FeedEntry, kind: FeedKind) -> (Option<String>, &'static str) {
    if entry.original_link.is_some() {
        return (entry.original_link.clone(), "feedburner:origLink");
    }
    let from_id = entry.id_is_link && entry.links.iter().all(|link| link.rel != "alternate");
    let (page, id) = kind.page_and_id();
    (entry.link.clone(), if from_id { id } else { page })
}

/// The longest of the contents as plain text, with its element.
fn longest(contents: &[Content]) -> Option<(String, &str)> {
    contents
        .iter()
        .map(|content| (body(content), content.element.as_str()))
        .filter(|(text, _)| !text.is_empty())
        .max_by_key(|(text, _)| text.len())
}

/// A content as plain text, without what the publishing software adds.
fn body(content: &Content) -> String {
    let mut text = content.paragraphs();
    boilerplate::strip(&mut text);
    text
}

/// True where a summary is the start of the text, cut or whole, and says nothing of its own.
fn is_start_of(text: &str, summary: &str) -> bool {
    let end = summary.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, '.' | '…' | '[' | ']'));
    // The summary may have lost the line breaks.
    text.starts_with(end) || text.replace('\n', " ").starts_with(&end.replace('\n', " "))
}

/// How much of the article the feed carries.
fn extent(text: &str, summary: &str) -> Extent {
    if text.is_empty() && summary.is_empty() {
        return Extent::Headline;
    }
    let is_full = text.len() >= summary.len() && text != summary && text.chars().nth(FULL_TEXT - 1).is_some();
    if is_full { Extent::Full } else { Extent::Summary }
}

/// Names, as printed; addresses of any kind are none.
fn byline(authors: &[Person]) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for name in authors.iter().filter_map(|author| author.name.as_deref()) {
        let name = plain::line(name);
        let is_address = name.contains('@') || name.contains("://") || name.starts_with("www.");
        if !name.is_empty() && !is_address && !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

/// Terms for people where there are any, each once.
fn keywords(entry: &FeedEntry) -> Vec<String> {
    let mut keywords: Vec<String> = Vec::new();
    for category in &entry.categories {
        let shown =
            category.label.as_deref().filter(|label| !label.trim().is_empty()).unwrap_or(&category.term);
        let keyword = plain::line(shown);
        if !keyword.is_empty() && !keywords.contains(&keyword) {
            keywords.push(keyword);
        }
    }
    keywords
}

/// The genre the categories name; none where they name two.
fn genre(keywords: &[String]) -> Option<Genre> {
    let mut found = None;
    for keyword in keywords {
        let lower = keyword.to_lowercase();
        let Some((_, genre)) = GENRES.iter().find(|(term, _)| *term == lower) else { continue };
        if found.is_some_and(|old| old != *genre) {
            return None;
        }
        found = Some(*genre);
    }
    found
}
