//! Rows to nouns and back.

use dateline_model::{
    Article, ArticleId, Cause, DateFlag, Dates, Extent, Genre, Join, Kinship, Lang, Membership, Relation,
    Sha, Source, StoryId, Version, When,
};
use rusqlite::Row;
use rusqlite::types::Type;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// What a version has beside the columns that are searched or sorted by.
#[derive(Serialize, Deserialize)]
pub struct Facts {
    pub dates: Dates,
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub date_flags: Vec<DateFlag>,
    #[serde(skip_serializing_if = "String::is_empty", default)]
    pub byline: String,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub summary: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub section: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub keywords: Vec<String>,
    pub source: Source,
    #[serde(skip_serializing_if = "std::collections::BTreeMap::is_empty", default)]
    pub provenance: std::collections::BTreeMap<String, String>,
    #[serde(skip_serializing_if = "Map::is_empty", default)]
    pub extra: Map<String, Value>,
}

impl Facts {
    pub fn of(version: &Version) -> Self {
        Self {
            dates: version.dates,
            date_flags: version.date_flags.clone(),
            byline: version.byline.clone(),
            summary: version.summary.clone(),
            section: version.section.clone(),
            keywords: version.keywords.clone(),
            source: version.source.clone(),
            provenance: version.provenance.clone(),
            extra: version.extra.clone(),
        }
    }
}

/// A word of an enum as it stands in the database.
pub fn word(value: &impl Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(Value::String(word)) => word,
        _ => String::new(),
    }
}

/// JSON of a value that always can be written as JSON.
pub fn json(value: &impl Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default()
}

fn bad(column: usize, error: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> rusqlite::Error {
    rusqlite::Error::FromSqlConversionFailure(column, Type::Text, error.into())
}

/// Reads an enum's word.
pub fn from_word<T: DeserializeOwned>(row: &Row<'_>, column: usize) -> rusqlite::Result<T> {
    let word: String = row.get(column)?;
    serde_json::from_value(Value::String(word)).map_err(|error| bad(column, error))
}

/// Reads JSON.
pub fn from_json<T: DeserializeOwned>(row: &Row<'_>, column: usize) -> rusqlite::Result<T> {
    let text = row.get_ref(column)?.as_str().map_err(|error| bad(column, error))?;
    serde_json::from_str(text).map_err(|error| bad(column, error))
}

fn id_bytes(row: &Row<'_>, column: usize) -> rusqlite::Result<[u8; dateline_model::ID_BYTES]> {
    row.get(column)
}

pub fn article_id(row: &Row<'_>, column: usize) -> rusqlite::Result<ArticleId> {
    Ok(ArticleId(id_bytes(row, column)?))
}

pub fn story_id(row: &Row<'_>, column: usize) -> rusqlite::Result<StoryId> {
    Ok(StoryId(id_bytes(row, column)?))
}

/// Columns of an article, from `first` on: id, url, outlet, external.
pub const ARTICLE: &str = "a.id, a.url, a.outlet, a.external";

pub fn article(row: &Row<'_>, first: usize) -> rusqlite::Result<Article> {
    Ok(Article {
        id: article_id(row, first)?,
        url: row.get(first + 1)?,
        outlet: row.get(first + 2)?,
        external_ids: from_json(row, first + 3)?,
    })
}

/// Columns of a version, from `first` on; the text comes from its body.
pub const VERSION: &str = "v.number, v.title, v.sha256, v.extent, v.cause, v.lang, v.genre, v.facts";

pub fn version(row: &Row<'_>, first: usize, article: ArticleId, text: String) -> rusqlite::Result<Version> {
    let facts: Facts = from_json(row, first + 7)?;
    Ok(Version {
        article,
        number: row.get(first)?,
        title: row.get(first + 1)?,
        text,
        sha256: Sha(row.get(first + 2)?),
        extent: from_word::<Extent>(row, first + 3)?,
        cause: from_word::<Cause>(row, first + 4)?,
        lang: from_word::<Lang>(row, first + 5)?,
        genre: from_word::<Genre>(row, first + 6)?,
        dates: facts.dates,
        date_flags: facts.date_flags,
        byline: facts.byline,
        summary: facts.summary,
        section: facts.section,
        keywords: facts.keywords,
        source: facts.source,
        provenance: facts.provenance,
        extra: facts.extra,
    })
}

/// Columns of a membership, from `first` on.
pub const MEMBERSHIP: &str = "s.id, m.relation, m.origin, m.kinship, m.reasons";

pub fn membership(row: &Row<'_>, first: usize, article: ArticleId) -> rusqlite::Result<Membership> {
    Ok(Membership {
        article,
        story: story_id(row, first)?,
        relation: from_word::<Relation>(row, first + 1)?,
        origin: row.get(first + 2)?,
        kinship: from_json::<Kinship>(row, first + 3)?,
        join: from_json::<Join>(row, first + 4)?,
    })
}

/// The seconds of a believable time.
pub fn seconds(when: Option<When>) -> Option<i64> {
    when.map(|when| when.seconds)
}
