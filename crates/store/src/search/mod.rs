//! Search: an inverted index of all articles, derived from the store and healed from it.
//!
//! Each commit says up to which version, and up to which deep reading, the index has come; on opening, what is
//! missing is read from the store again. An index that is damaged, or of another layout, is made anew.

mod grammar;
mod speech;
mod words;

use std::path::{Path, PathBuf};

use dateline_model::{ArticleId, When};
use tantivy::collector::{Count, TopDocs};
use tantivy::directory::MmapDirectory;
use tantivy::query::{BooleanQuery, BoostQuery, Occur, PhraseQuery, Query, RangeQuery, TermQuery};
use tantivy::schema::{
    Field, INDEXED, IndexRecordOption, NumericOptions, STORED, STRING, Schema, TextFieldIndexing,
    TextOptions, Value,
};
use tantivy::{Index, IndexReader, IndexSettings, IndexWriter, Order, ReloadPolicy, TantivyDocument, Term};

pub use grammar::{Clause, Filter, Search, parse};
pub use speech::Speech;

use self::words::{ANALYZER, ArticleWords, forms, tagged};
use crate::error::{Result, StoreError, index, io};
use crate::records::Stored;

/// Changes whenever the fields or the analysis change; an index of another layout is made anew.
const LAYOUT: &str = "dateline search 2";
const LAYOUT_FILE: &str = "layout";
/// What stands in the field of an article that has a speaker without a name.
const YES: &str = "yes";
/// Memory for new documents before they become a segment. Larger segments mean fewer merges; this
/// much keeps the peak of a bulk load under 600 MiB.
const ARENA: usize = 96 << 20;

#[derive(Clone, Copy)]
struct Fields {
    seq: Field,
    id: Field,
    title: Field,
    text: Field,
    outlet: Field,
    origin: Field,
    lang: Field,
    genre: Field,
    relation: Field,
    story: Field,
    reported: Field,
    speaker: Field,
    unnamed: Field,
    anonymous: Field,
    via: Field,
    via_outlet: Field,
}

fn schema() -> (Schema, Fields) {
    let mut builder = Schema::builder();
    let text = TextOptions::default().set_indexing_options(
        TextFieldIndexing::default()
            .set_tokenizer(ANALYZER)
            .set_index_option(IndexRecordOption::WithFreqsAndPositions),
    );
    let fields = Fields {
        seq: builder.add_i64_field("seq", NumericOptions::default().set_indexed().set_fast()),
        id: builder.add_bytes_field("id", STORED | INDEXED),
        title: builder.add_text_field("title", text.clone()),
        text: builder.add_text_field("text", text.clone()),
        speaker: builder.add_text_field("speaker", text.clone()),
        unnamed: builder.add_text_field("unnamed", text.clone()),
        anonymous: builder.add_text_field("anonymous", STRING),
        via: builder.add_text_field("via", text),
        via_outlet: builder.add_text_field("via_outlet", STRING),
        outlet: builder.add_text_field("outlet", STRING),
        origin: builder.add_text_field("origin", STRING),
        lang: builder.add_text_field("lang", STRING),
        genre: builder.add_text_field("genre", STRING),
        relation: builder.add_text_field("relation", STRING),
        story: builder.add_text_field("story", STRING),
        reported: builder.add_i64_field("reported", NumericOptions::default().set_indexed().set_fast()),
    };
    (builder.build(), fields)
}

/// How hits are ordered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Ranking {
    /// By BM25, a word in the headline counting twice.
    #[default]
    Relevance,
    /// Newest first.
    Newest,
}

/// An article that a search found.
#[derive(Debug, Clone, PartialEq)]
pub struct Hit {
    /// The article.
    pub article: ArticleId,
    /// How well it fits; 0 where hits are ordered by time.
    pub score: f32,
}

/// What a search found.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Hits {
    /// Articles that fit, however many were asked for.
    pub total: usize,
    /// The best of them, best first.
    pub hits: Vec<Hit>,
}

/// The index of a folder.
pub struct SearchIndex {
    path: PathBuf,
    index: Index,
    fields: Fields,
    reader: IndexReader,
}

impl SearchIndex {
    /// Opens the index in a folder, for reading; `None` where there is none that this program can use.
    pub fn open(path: &Path) -> Result<Option<Self>> {
        let layout = std::fs::read_to_string(path.join(LAYOUT_FILE)).unwrap_or_default();
        if layout != LAYOUT {
            return Ok(None);
        }
        let Ok(directory) = MmapDirectory::open(path) else { return Ok(None) };
        let (schema, fields) = schema();
        match Index::open(directory) {
            Ok(index) if index.schema() == schema => Self::with(path, index, fields).map(Some),
            _ => Ok(None),
        }
    }

    /// Makes an empty index in a folder, in place of whatever is there.
    pub fn create(path: &Path) -> Result<Self> {
        if path.exists() {
            std::fs::remove_dir_all(path).map_err(io(path))?;
        }
        std::fs::create_dir_all(path).map_err(io(path))?;
        let (schema, fields) = schema();
        let directory = MmapDirectory::open(path).map_err(|error| index(path)(error.into()))?;
        let made = Index::create(directory, schema, IndexSettings::default()).map_err(index(path))?;
        let layout = path.join(LAYOUT_FILE);
        std::fs::write(&layout, LAYOUT).map_err(io(&layout))?;
        Self::with(path, made, fields)
    }

    fn with(path: &Path, index_: Index, fields: Fields) -> Result<Self> {
        index_.tokenizers().register(ANALYZER, ArticleWords::default());
        let reader =
            index_.reader_builder().reload_policy(ReloadPolicy::Manual).try_into().map_err(index(path))?;
        Ok(Self { path: path.to_owned(), index: index_, fields, reader })
    }

    /// The number of the newest version the index has; 0 where it is empty.
    pub fn indexed_up_to(&self) -> i64 {
        self.come().seq
    }

    /// The mark of the newest deep reading the index has; 0 where it has none.
    pub fn read_up_to(&self) -> i64 {
        self.come().mark
    }

    /// The number of the newest correction whose articles the index has in their stories; 0 for none.
    pub fn corrected_up_to(&self) -> u32 {
        self.come().correction
    }

    fn come(&self) -> Come {
        let meta = self.index.load_metas().ok();
        meta.and_then(|meta| Come::parse(&meta.payload?)).unwrap_or_default()
    }

    /// Articles in the index.
    pub fn articles(&self) -> u64 {
        self.reader.searcher().num_docs()
    }

    /// Starts adding. One writer at a time: the folder's lock sees to that.
    pub fn writer(&self) -> Result<SearchWriter> {
        let options = tantivy::indexer::IndexWriterOptions::builder()
            .num_worker_threads(1)
            .memory_budget_per_thread(ARENA)
            .num_merge_threads(1)
            .build();
        let writer = self.index.writer_with_options(options).map_err(index(&self.path))?;
        Ok(SearchWriter { path: self.path.clone(), writer, fields: self.fields, come: self.come() })
    }

    /// Sees what was committed since the index was opened.
    pub fn refresh(&self) -> Result<()> {
        self.reader.reload().map_err(index(&self.path))
    }

    /// Finds articles.
    pub fn find(&self, search: &Search, ranking: Ranking, limit: usize) -> Result<Hits> {
        let at = index(&self.path);
        let query = self.query(search)?;
        let searcher = self.reader.searcher();
        let total = searcher.search(&query, &Count).map_err(&at)?;
        let limit = limit.max(1);
        let addresses: Vec<(f32, tantivy::DocAddress)> = match ranking {
            Ranking::Relevance => {
                searcher.search(&query, &TopDocs::with_limit(limit).order_by_score()).map_err(&at)?
            }
            Ranking::Newest => {
                let newest = TopDocs::with_limit(limit).order_by_fast_field::<i64>("reported", Order::Desc);
                let found = searcher.search(&query, &newest).map_err(&at)?;
                found.into_iter().map(|(_, address)| (0.0, address)).collect()
            }
        };
        let mut hits = Vec::with_capacity(addresses.len());
        for (score, address) in addresses {
            let document: TantivyDocument = searcher.doc(address).map_err(&at)?;
            let id = document.get_first(self.fields.id).and_then(|value| value.as_bytes());
            if let Some(id) = id.and_then(|id| id.try_into().ok()) {
                hits.push(Hit { article: ArticleId(id), score });
            }
        }
        Ok(Hits { total, hits })
    }

    fn query(&self, search: &Search) -> Result<Box<dyn Query>> {
        let mut clauses: Vec<(Occur, Box<dyn Query>)> = Vec::new();
        for clause in &search.clauses {
            let (occur, query) = match clause {
                Clause::Must(alternatives) => (Occur::Must, self.any(alternatives)),
                Clause::MustNot(words) => (Occur::MustNot, self.words(words)),
            };
            clauses.push((occur, query));
        }
        for filter in &search.filters {
            clauses.push((Occur::Must, self.filter(filter)?));
        }
        if !clauses.iter().any(|(occur, _)| *occur == Occur::Must) {
            clauses.push((Occur::Must, Box::new(tantivy::query::AllQuery)));
        }
        Ok(Box::new(BooleanQuery::new(clauses)))
    }

    fn any(&self, alternatives: &[Vec<String>]) -> Box<dyn Query> {
        let queries = alternatives.iter().map(|words| (Occur::Should, self.words(words))).collect();
        Box::new(BooleanQuery::new(queries))
    }

    /// A word, or several that stand together, in headline or text, in any language's form.
    fn words(&self, words: &[String]) -> Box<dyn Query> {
        in_fields(words, &[(self.fields.title, 2.0), (self.fields.text, 1.0)])
    }

    fn filter(&self, filter: &Filter) -> Result<Box<dyn Query>> {
        let exact = |field: Field, value: &str| -> Box<dyn Query> {
            let term = Term::from_field_text(field, value);
            Box::new(TermQuery::new(term, IndexRecordOption::Basic))
        };
        Ok(match filter {
            Filter::Outlet(domain) => exact(self.fields.outlet, domain),
            Filter::Origin(domain) => exact(self.fields.origin, domain),
            Filter::Lang(code) => exact(self.fields.lang, code),
            Filter::Genre(genre) => exact(self.fields.genre, genre),
            Filter::Relation(relation) => exact(self.fields.relation, relation),
            Filter::Story(story) => exact(self.fields.story, story),
            Filter::Speaker(words) => in_fields(words, &[(self.fields.speaker, 1.0)]),
            Filter::Unnamed(None) => exact(self.fields.anonymous, YES),
            Filter::Unnamed(Some(words)) => in_fields(words, &[(self.fields.unnamed, 1.0)]),
            Filter::Via { words, outlet } => {
                let mut either = vec![(Occur::Should, in_fields(words, &[(self.fields.via, 1.0)]))];
                either.extend(
                    outlet.iter().map(|domain| (Occur::Should, exact(self.fields.via_outlet, domain))),
                );
                Box::new(BooleanQuery::new(either))
            }
            Filter::Reported { from, before } => {
                let bound = |seconds: &i64| Term::from_field_i64(self.fields.reported, *seconds);
                let lower = std::ops::Bound::Included(bound(from));
                let upper = std::ops::Bound::Excluded(bound(before));
                Box::new(RangeQuery::new(lower, upper))
            }
            Filter::Not(inner) => {
                let all: Box<dyn Query> = Box::new(tantivy::query::AllQuery);
                Box::new(BooleanQuery::new(vec![(Occur::Must, all), (Occur::MustNot, self.filter(inner)?)]))
            }
        })
    }
}

/// A word, or several that stand together, in one of some fields, in any language's form.
fn in_fields(words: &[String], fields: &[(Field, f32)]) -> Box<dyn Query> {
    let mut queries: Vec<(Occur, Box<dyn Query>)> = Vec::new();
    for &(field, boost) in fields {
        for form in forms(words) {
            let terms: Vec<Term> = form.iter().map(|stem| Term::from_field_text(field, stem)).collect();
            let query: Box<dyn Query> = match <[Term; 1]>::try_from(terms) {
                Ok([term]) => Box::new(TermQuery::new(term, IndexRecordOption::WithFreqs)),
                Err(terms) if terms.is_empty() => continue,
                Err(terms) => Box::new(PhraseQuery::new(terms)),
            };
            queries.push((Occur::Should, Box::new(BoostQuery::new(query, boost))));
        }
    }
    Box::new(BooleanQuery::new(queries))
}

/// How far an index has come, as its commits say it: `412 97 3`.
#[derive(Debug, Clone, Copy, Default)]
struct Come {
    /// The newest version.
    seq: i64,
    /// The newest deep reading.
    mark: i64,
    /// The newest correction.
    correction: u32,
}

impl Come {
    fn print(self) -> String {
        format!("{} {} {}", self.seq, self.mark, self.correction)
    }

    fn parse(payload: &str) -> Option<Self> {
        let mut numbers = payload.split(' ');
        Some(Self {
            seq: numbers.next()?.parse().ok()?,
            mark: numbers.next()?.parse().ok()?,
            correction: numbers.next()?.parse().ok()?,
        })
    }
}

/// Adds articles to an index.
pub struct SearchWriter {
    path: PathBuf,
    writer: IndexWriter,
    fields: Fields,
    come: Come,
}

impl SearchWriter {
    /// Notes that the articles of the corrections up to this one were [replaced](Self::replace).
    pub fn corrected(&mut self, number: u32) {
        self.come.correction = self.come.correction.max(number);
    }

    /// The number of the newest correction that is in, or was said to be.
    pub fn corrected_up_to(&self) -> u32 {
        self.come.correction
    }

    /// Adds a version with its speakers, as far as it was read deeply; an earlier one of the same article is replaced.
    pub fn add(&mut self, stored: &Stored, speech: &Speech) -> Result<()> {
        if stored.version.number > 1 { self.replace(stored, speech) } else { self.append(stored, speech) }
    }

    /// Adds a version in place of what the index has of its article: what is known of it has changed.
    pub fn replace(&mut self, stored: &Stored, speech: &Speech) -> Result<()> {
        self.writer.delete_term(Term::from_field_bytes(self.fields.id, &stored.article.id.0));
        self.append(stored, speech)
    }

    /// The mark of the newest deep reading that is in, or was said to be.
    pub fn read_up_to(&self) -> i64 {
        self.come.mark
    }

    /// Says that all deep readings up to this mark are in.
    pub fn has_read(&mut self, mark: i64) {
        self.come.mark = self.come.mark.max(mark);
    }

    fn append(&mut self, stored: &Stored, speech: &Speech) -> Result<()> {
        let fields = self.fields;
        let version = &stored.version;
        let mut document = TantivyDocument::new();
        document.add_i64(fields.seq, stored.seq);
        document.add_bytes(fields.id, &stored.article.id.0);
        document.add_text(fields.title, tagged(&version.title, version.lang));
        document.add_text(fields.text, tagged(&version.text, version.lang));
        for (field, value) in [
            (fields.outlet, stored.article.outlet.as_deref()),
            (fields.origin, stored.membership.origin.as_deref()),
            (fields.lang, Some(version.lang.code())),
            (fields.relation, Some(stored.membership.relation.word())),
        ] {
            if let Some(value) = value {
                document.add_text(field, value);
            }
        }
        document.add_text(fields.story, stored.membership.story.to_string());
        if let Ok(serde_json::Value::String(genre)) = serde_json::to_value(version.genre) {
            document.add_text(fields.genre, genre);
        }
        if let Some(When { seconds, .. }) = version.reported() {
            document.add_i64(fields.reported, seconds);
        }
        for (field, passages) in
            [(fields.speaker, &speech.speakers), (fields.unnamed, &speech.unnamed), (fields.via, &speech.via)]
        {
            for passage in passages {
                document.add_text(field, tagged(passage, version.lang));
            }
        }
        if !speech.unnamed.is_empty() {
            document.add_text(fields.anonymous, YES);
        }
        for domain in &speech.via_outlets {
            document.add_text(fields.via_outlet, domain);
        }
        self.writer.add_document(document).map_err(index(&self.path))?;
        self.come.seq = self.come.seq.max(stored.seq);
        Ok(())
    }

    /// Makes what was added visible and safe, with the number up to which the index has come.
    pub fn commit(&mut self) -> Result<()> {
        let at = index(&self.path);
        let mut commit = self.writer.prepare_commit().map_err(&at)?;
        commit.set_payload(&self.come.print());
        commit.commit().map_err(&at)?;
        Ok(())
    }

    /// Commits, and waits for the merges that are under way.
    pub fn finish(mut self) -> Result<()> {
        self.commit()?;
        self.writer.wait_merging_threads().map_err(index(&self.path))
    }
}

impl From<grammar::GrammarError> for StoreError {
    fn from(error: grammar::GrammarError) -> Self {
        StoreError::Query(error.to_string())
    }
}

#[cfg(test)]
mod tests;
