//! Articles: one page of one outlet, as the immutable versions it was seen in.

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::{ArticleId, Lang, Sha, Span, When};

/// How much of the article a version holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Extent {
    /// A headline only.
    #[default]
    Headline,
    /// A headline and a summary or standfirst, as most feeds carry.
    Summary,
    /// The article's text.
    Full,
}

/// What kind of article it is, where the source says so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Genre {
    /// A news report, and anything not marked as something else.
    #[default]
    News,
    /// The opinion of its author: column, editorial, letter, review.
    Opinion,
    /// Analysis or background by the newsroom.
    Analysis,
    /// A live blog: many dated entries on one page.
    LiveBlog,
    /// A correction or clarification of earlier reporting.
    Correction,
    /// A statement of an organisation about itself.
    PressRelease,
    /// An examination of somebody else's claim.
    FactCheck,
}

/// The dates of an article, each from another witness; never filled from one another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Dates {
    /// When the outlet says it published the article.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub published: Option<When>,
    /// When the outlet says it last changed it.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub modified: Option<When>,
    /// What the feed or sitemap says.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub feed: Option<When>,
    /// When the bytes were fetched.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub fetched: Option<When>,
}

/// What is odd about an article's dates.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DateFlag {
    /// Neither page nor feed gives a date.
    Undated,
    /// Dated more than a day after it was read.
    Future,
    /// Dated before 1995, when there was no news on the web.
    Ancient,
    /// Page and feed differ by more than two days.
    Disagree,
}

const EARLIEST_NEWS: i64 = 788_918_400; // 1995-01-01
const TOLERATED_FUTURE: i64 = crate::DAY;
const TOLERATED_DISAGREEMENT: i64 = 2 * crate::DAY;

impl Dates {
    /// When the article was reported, as its outlet or its feed says; `None` where neither does.
    ///
    /// Many Atom feeds give nothing but the time of the last change: then the article was reported by then.
    pub fn reported(&self) -> Option<When> {
        self.published.or(self.feed).or(self.modified)
    }

    /// What is odd about the dates, given the time they were read.
    pub fn flags(&self, now: When) -> Vec<DateFlag> {
        let mut flags = Vec::new();
        match self.reported() {
            None => flags.push(DateFlag::Undated),
            Some(when) if when.seconds > now.seconds + TOLERATED_FUTURE => flags.push(DateFlag::Future),
            Some(when) if when.seconds < EARLIEST_NEWS => flags.push(DateFlag::Ancient),
            Some(_) => {}
        }
        if let (Some(page), Some(feed)) = (self.published, self.feed)
            && (page.seconds - feed.seconds).abs() > TOLERATED_DISAGREEMENT
        {
            flags.push(DateFlag::Disagree);
        }
        flags
    }
}

/// Where an item came from, for messages and for going back to it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub struct Source {
    /// The file, URL or `-` given to `add`.
    pub input: String,
    /// The line, entry or record inside it, counted from 1.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub position: Option<u64>,
}

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.position {
            Some(position) => write!(f, "{}:{position}", self.input),
            None => f.write_str(&self.input),
        }
    }
}

/// An article as it came in, before dateline knows whether it has seen it.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Item {
    /// Where it came from.
    pub source: Source,
    /// Canonical URL, already in normal form.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub url: Option<String>,
    /// The `id` the source gave it.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub external_id: Option<String>,
    /// Domain of the outlet.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub outlet: Option<String>,
    /// Headline.
    pub title: String,
    /// Body as plain text, one paragraph a line; byte for byte what the source gave where it gave text.
    pub text: String,
    /// How much of the article this is.
    pub extent: Extent,
    /// Standfirst or description, where the source gives one apart from the text.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub summary: Option<String>,
    /// Authors as printed.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub byline: Vec<String>,
    /// Language the source declares.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub lang: Option<Lang>,
    /// The dates, each from its witness.
    pub dates: Dates,
    /// Section of the outlet.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub section: Option<String>,
    /// Keywords or tags the outlet gives.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub keywords: Vec<String>,
    /// What kind of article it is.
    pub genre: Genre,
    /// For each field, where its value was found: `title` → `json-ld:headline`.
    #[serde(skip_serializing_if = "BTreeMap::is_empty", default)]
    pub provenance: BTreeMap<String, String>,
    /// Fields of the source that dateline has no place for.
    #[serde(skip_serializing_if = "Map::is_empty", default)]
    pub extra: Map<String, Value>,
}

impl Item {
    /// The id of the article this item is a version of.
    ///
    /// An article is its canonical URL; without one, its outlet, title and day. Where there is no
    /// outlet either, the source's own id stands for the URL, and the text for the id.
    pub fn article_id(&self) -> ArticleId {
        if let Some(url) = &self.url {
            return ArticleId::derive(&[b"url", url.as_bytes()]);
        }
        let day = self.dates.reported().map(When::day).unwrap_or_default();
        let title = fold(&self.title);
        match (&self.outlet, &self.external_id) {
            (Some(outlet), _) => {
                ArticleId::derive(&[b"title", outlet.as_bytes(), title.as_bytes(), day.as_bytes()])
            }
            (None, Some(id)) => ArticleId::derive(&[b"id", id.as_bytes()]),
            (None, None) => {
                let text = fold(&self.text);
                ArticleId::derive(&[b"text", title.as_bytes(), day.as_bytes(), text.as_bytes()])
            }
        }
    }
}

/// Lower case, white space folded to single blanks.
fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !folded.is_empty() {
            folded.push(' ');
        }
        folded.extend(word.chars().flat_map(char::to_lowercase));
    }
    folded
}

/// Which text of a version a span lies in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Part {
    /// The body.
    #[default]
    Text,
    /// The headline.
    Title,
    /// The byline.
    Byline,
}

/// An article: its identity and what does not change from version to version.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Article {
    /// Identity.
    pub id: ArticleId,
    /// Canonical URL.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub url: Option<String>,
    /// Domain of the outlet.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub outlet: Option<String>,
    /// Ids under which sources delivered it, in order of arrival.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub external_ids: Vec<String>,
}

/// One state of an article's text. Never changed after it is stored.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Version {
    /// The article.
    pub article: ArticleId,
    /// 1 for the first version stored, then 2, 3 …
    pub number: u32,
    /// Headline.
    pub title: String,
    /// Body.
    pub text: String,
    /// SHA-256 of `text`.
    pub sha256: Sha,
    /// How much of the article this is.
    pub extent: Extent,
    /// Why this version was stored.
    pub cause: Cause,
    /// Language as read (not only as declared).
    pub lang: Lang,
    /// The dates, each from its witness.
    pub dates: Dates,
    /// What is odd about the dates.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub date_flags: Vec<DateFlag>,
    /// Authors as printed, apart by `; `.
    #[serde(skip_serializing_if = "String::is_empty", default)]
    pub byline: String,
    /// What kind of article it is.
    pub genre: Genre,
    /// Standfirst.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub summary: Option<String>,
    /// Section of the outlet.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub section: Option<String>,
    /// Keywords of the outlet.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub keywords: Vec<String>,
    /// Where it came from.
    pub source: Source,
    /// For each field, where its value was found.
    #[serde(skip_serializing_if = "BTreeMap::is_empty", default)]
    pub provenance: BTreeMap<String, String>,
    /// Fields of the source that dateline has no place for.
    #[serde(skip_serializing_if = "Map::is_empty", default)]
    pub extra: Map<String, Value>,
}

impl Version {
    /// Makes the version `number` of an article from an item, read as `lang` at time `now`.
    pub fn of(item: Item, number: u32, cause: Cause, lang: Lang, now: When) -> Self {
        Self {
            article: item.article_id(),
            number,
            sha256: Sha::of(&item.text),
            title: item.title,
            text: item.text,
            extent: item.extent,
            cause,
            lang,
            date_flags: item.dates.flags(now),
            dates: item.dates,
            byline: item.byline.join("; "),
            genre: item.genre,
            summary: item.summary,
            section: item.section,
            keywords: item.keywords,
            source: item.source,
            provenance: item.provenance,
            extra: item.extra,
        }
    }

    /// When the article was reported, as far as the date can be believed: not in the future, not before
    /// there was news on the web.
    pub fn reported(&self) -> Option<When> {
        let odd = |flag: &DateFlag| matches!(flag, DateFlag::Future | DateFlag::Ancient);
        self.dates.reported().filter(|_| !self.date_flags.iter().any(odd))
    }

    /// The text that spans of `part` lie in.
    pub fn part(&self, part: Part) -> &str {
        match part {
            Part::Text => &self.text,
            Part::Title => &self.title,
            Part::Byline => &self.byline,
        }
    }

    /// The part that stands for the article as evidence: the body, or the headline where there is none.
    pub fn evidence_part(&self) -> Part {
        if self.text.trim().is_empty() { Part::Title } else { Part::Text }
    }

    /// The text under a span of `part`.
    pub fn slice(&self, part: Part, span: Span) -> Option<&str> {
        span.of(self.part(part))
    }
}

/// Why a version was stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Cause {
    /// The article was new.
    First,
    /// The outlet changed the article.
    Edit,
    /// Nothing changed at the outlet, but more of the article was captured (a page after its feed entry).
    Fuller,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn item(url: Option<&str>, outlet: Option<&str>, id: Option<&str>, title: &str) -> Item {
        Item {
            url: url.map(Into::into),
            outlet: outlet.map(Into::into),
            external_id: id.map(Into::into),
            title: title.into(),
            ..Item::default()
        }
    }

    #[test]
    fn an_article_is_its_url_whatever_its_title() {
        let url = Some("https://sahel-courier.example/hangar");
        let first = item(url, Some("sahel-courier.example"), Some("1"), "Troops share base").article_id();
        let edited =
            item(url, Some("sahel-courier.example"), Some("2"), "Troops share air base").article_id();
        assert_eq!(first, edited);
    }

    #[test]
    fn without_url_it_is_outlet_title_and_day() {
        let mut a = item(None, Some("sahel-courier.example"), Some("1"), "Troops  share base");
        let mut b = item(None, Some("sahel-courier.example"), Some("2"), "troops share base");
        a.dates.published = "2024-05-02T08:00:00Z".parse().ok();
        b.dates.published = "2024-05-02T19:30:00Z".parse().ok();
        assert_eq!(a.article_id(), b.article_id());
        b.dates.published = "2024-05-03".parse().ok();
        assert_ne!(a.article_id(), b.article_id());
    }

    #[test]
    fn two_outlets_that_print_one_headline_stay_two_articles() {
        // Headline collections name neither URL nor outlet: only the ids tell the rows apart.
        let a = item(None, None, Some("og-1"), "Olympics latest");
        let b = item(None, None, Some("og-2"), "Olympics latest");
        assert_ne!(a.article_id(), b.article_id());
    }

    #[test]
    fn odd_dates_are_flagged_and_kept() {
        let now: When = "2024-05-02T12:00:00Z".parse().unwrap();
        let dates = |published: &str, feed: &str| Dates {
            published: published.parse().ok(),
            feed: feed.parse().ok(),
            ..Dates::default()
        };
        assert_eq!(dates("", "").flags(now), [DateFlag::Undated]);
        assert_eq!(dates("2090-01-01", "").flags(now), [DateFlag::Future]);
        assert_eq!(dates("1970-01-01", "").flags(now), [DateFlag::Ancient]);
        assert_eq!(dates("2024-05-01", "2024-04-20").flags(now), [DateFlag::Disagree]);
        assert!(dates("2024-05-02T23:00:00Z", "").flags(now).is_empty());
    }
}
