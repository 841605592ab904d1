//! The grammar of searches: words, "phrases", `-not`, `a OR b`, and filters such as `outlet:x lang:fr date:2024-05`
//! or `speaker:pentagon anon:yes`.

use dateline_model::{DAY, Lang, Registry, Relation, When};

/// A search, understood.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Search {
    /// Words and phrases; all must hold.
    pub clauses: Vec<Clause>,
    /// Filters; all must hold.
    pub filters: Vec<Filter>,
}

/// A condition on the words of an article.
#[derive(Debug, Clone, PartialEq)]
pub enum Clause {
    /// One of these words or phrases must stand in it.
    Must(Vec<Vec<String>>),
    /// This word or phrase must not.
    MustNot(Vec<String>),
}

/// A condition on an article.
#[derive(Debug, Clone, PartialEq)]
pub enum Filter {
    /// `outlet:` – published by the outlet of this domain.
    Outlet(String),
    /// `origin:` – reported by the newsroom of this domain.
    Origin(String),
    /// `lang:`
    Lang(String),
    /// `genre:`
    Genre(String),
    /// `relation:`
    Relation(String),
    /// `story:`
    Story(String),
    /// `date:`, `since:`, `until:` – reported in `from..before`, in seconds.
    Reported {
        /// First second.
        from: i64,
        /// Second after the last.
        before: i64,
    },
    /// `speaker:` – somebody who speaks in it is named or described by these words.
    Speaker(Vec<String>),
    /// `anon:` – somebody without a name speaks in it; of whom these words are told, where there are any.
    Unnamed(Option<Vec<String>>),
    /// `via:` – something in it was said to this newsroom.
    Via {
        /// Its name as it may be printed.
        words: Vec<String>,
        /// Its domain, where the registry knows it.
        outlet: Option<String>,
    },
    /// `-outlet:` and so on.
    Not(Box<Filter>),
}

impl Search {
    /// True where it asks who speaks: that is known only of articles that were read deeply.
    pub fn asks_who_speaks(&self) -> bool {
        fn asks(filter: &Filter) -> bool {
            match filter {
                Filter::Not(inner) => asks(inner),
                Filter::Speaker(_) | Filter::Unnamed(_) | Filter::Via { .. } => true,
                _ => false,
            }
        }
        self.filters.iter().any(asks)
    }

    /// The words that speakers are looked for by, one list for each filter that has any.
    pub fn speakers(&self) -> impl Iterator<Item = &[String]> {
        self.filters.iter().filter_map(|filter| match filter {
            Filter::Speaker(words) | Filter::Unnamed(Some(words)) | Filter::Via { words, .. } => {
                Some(&words[..])
            }
            _ => None,
        })
    }
}

/// Why a search cannot be understood.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum GrammarError {
    /// A filter nobody knows.
    #[error(
        "no filter is called `{0}:`; there are outlet, origin, lang, genre, relation, story, speaker, anon, via, date, since, until (put quotation marks around words that hold a colon)"
    )]
    UnknownFilter(String),
    /// A filter without a value.
    #[error("`{0}:` needs a value right behind the colon")]
    NoValue(String),
    /// A value that cannot be.
    #[error("`{filter}:{value}`: expected {expected}")]
    BadValue {
        /// The filter.
        filter: String,
        /// What was given.
        value: String,
        /// What would do.
        expected: &'static str,
    },
    /// Nothing to search for.
    #[error("nothing to search for; give words, or a filter such as `lang:fr` or `date:2024-05`")]
    Empty,
}

/// Understands a search. Outlets may be named as people say them: `outlet:"Meridian Wire"`.
pub fn parse(query: &str, registry: &Registry) -> Result<Search, GrammarError> {
    let mut search = Search::default();
    let mut alternatives = false;
    for piece in pieces(query) {
        match piece {
            Piece::Or => alternatives = !search.clauses.is_empty(),
            Piece::Filter { negated, key, value } => {
                let filter = filter(&key, &value, registry)?;
                search.filters.push(if negated { Filter::Not(Box::new(filter)) } else { filter });
            }
            Piece::Words { negated, words } => {
                let words: Vec<String> = words.split_whitespace().map(str::to_owned).collect();
                if words.is_empty() {
                    continue;
                }
                match search.clauses.last_mut() {
                    Some(Clause::Must(all)) if alternatives && !negated => all.push(words),
                    _ if negated => search.clauses.push(Clause::MustNot(words)),
                    _ => search.clauses.push(Clause::Must(vec![words])),
                }
                alternatives = false;
            }
        }
    }
    if search == Search::default() {
        return Err(GrammarError::Empty);
    }
    Ok(search)
}

enum Piece {
    Or,
    Filter { negated: bool, key: String, value: String },
    Words { negated: bool, words: String },
}

/// Cuts a query at blanks outside quotation marks.
fn pieces(query: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut rest = query.trim_start();
    while !rest.is_empty() {
        let (negated, after) = match rest.strip_prefix('-') {
            Some(after) if !after.starts_with(char::is_whitespace) => (true, after),
            _ => (false, rest),
        };
        let (word, after) = quoted_or_word(after);
        let key = word
            .0
            .split_once(':')
            .filter(|(key, _)| !word.1 && !key.is_empty() && key.bytes().all(|b| b.is_ascii_alphabetic()));
        rest = after.trim_start();
        pieces.push(match key {
            Some((key, "")) if after.starts_with('"') => {
                let ((value, _), after) = quoted_or_word(after);
                rest = after.trim_start();
                Piece::Filter { negated, key: key.to_lowercase(), value: value.to_owned() }
            }
            Some((key, value)) => Piece::Filter { negated, key: key.to_lowercase(), value: value.to_owned() },
            None if word == ("OR", false) => Piece::Or,
            None => Piece::Words { negated, words: word.0.to_owned() },
        });
    }
    pieces
}

/// The next word with whether it was in quotation marks, and what follows it.
fn quoted_or_word(text: &str) -> ((&str, bool), &str) {
    if let Some(inner) = text.strip_prefix('"') {
        return match inner.find('"') {
            Some(end) => ((&inner[..end], true), &inner[end + 1..]),
            None => ((inner, true), ""),
        };
    }
    let end = text.find(|c: char| c.is_whitespace() || c == '"').unwrap_or(text.len());
    // A quotation mark may only open a value: `outlet:"Meridian Wire"`.
    let end = if end == 0 { text.len().min(1) } else { end };
    ((&text[..end], false), &text[end..])
}

fn filter(key: &str, value: &str, registry: &Registry) -> Result<Filter, GrammarError> {
    let value = value.trim();
    if value.is_empty() {
        return Err(GrammarError::NoValue(key.to_owned()));
    }
    let bad = |expected| GrammarError::BadValue { filter: key.to_owned(), value: value.to_owned(), expected };
    let domain = || match registry.by_credit(value) {
        Some(outlet) => outlet.domain.clone(),
        None => registry.home(&value.to_lowercase()).to_owned(),
    };
    let lower = value.to_lowercase();
    let words = || value.split_whitespace().map(str::to_owned).collect();
    Ok(match key {
        "outlet" => Filter::Outlet(domain()),
        "origin" => Filter::Origin(domain()),
        "lang" => {
            let lang: Lang = value.parse().map_err(|_| bad("a language code such as en, fr or zh"))?;
            Filter::Lang(lang.code().to_owned())
        }
        "genre" => {
            const GENRES: [&str; 7] =
                ["news", "opinion", "analysis", "live_blog", "correction", "press_release", "fact_check"];
            if !GENRES.contains(&lower.as_str()) {
                return Err(bad(
                    "news, opinion, analysis, live_blog, correction, press_release or fact_check",
                ));
            }
            Filter::Genre(lower)
        }
        "relation" => {
            if !Relation::ALL.iter().any(|relation| relation.word() == lower) {
                return Err(bad("own, update, verbatim, edited or citing"));
            }
            Filter::Relation(lower)
        }
        "story" => Filter::Story(lower),
        "speaker" => Filter::Speaker(words()),
        "anon" if ["yes", "any"].contains(&lower.as_str()) => Filter::Unnamed(None),
        "anon" if lower == "no" => Filter::Not(Box::new(Filter::Unnamed(None))),
        "anon" => Filter::Unnamed(Some(words())),
        "via" => Filter::Via {
            words: words(),
            outlet: registry
                .by_credit(value)
                .or_else(|| registry.by_domain(&lower))
                .map(|outlet| outlet.domain.clone()),
        },
        "date" | "since" | "until" => {
            let (from, before) = period(value)
                .ok_or_else(|| bad("a year, month or day such as 2024, 2024-05 or 2024-05-02"))?;
            match key {
                "since" => Filter::Reported { from, before: i64::MAX },
                "until" => Filter::Reported { from: i64::MIN, before },
                _ => Filter::Reported { from, before },
            }
        }
        _ => return Err(GrammarError::UnknownFilter(key.to_owned())),
    })
}

/// The seconds of a year, a month or a day, in UTC.
fn period(text: &str) -> Option<(i64, i64)> {
    let start = |year: i16, month: i8| When::from_day(year, month, 1).map(|when| when.seconds);
    let parts: Vec<&str> = text.split('-').collect();
    let year: i16 = parts.first().filter(|year| year.len() == 4)?.parse().ok()?;
    match parts[1..] {
        [] => Some((start(year, 1)?, start(year + 1, 1)?)),
        [month] => {
            let month: i8 = month.parse().ok()?;
            let next = if month == 12 { start(year + 1, 1)? } else { start(year, month + 1)? };
            Some((start(year, month)?, next))
        }
        [_, _] => {
            let day = text.parse::<When>().ok()?.seconds;
            Some((day, day + DAY))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn understand(query: &str) -> Search {
        parse(query, Registry::builtin()).unwrap()
    }

    fn must(words: &[&str]) -> Clause {
        Clause::Must(vec![words.iter().map(|word| (*word).to_owned()).collect()])
    }

    #[test]
    fn words_phrases_and_exclusions() {
        let search = understand("niamey \"separate hangar\" -opinion base OR camp");
        assert_eq!(
            search.clauses,
            [
                must(&["niamey"]),
                must(&["separate", "hangar"]),
                Clause::MustNot(vec!["opinion".into()]),
                Clause::Must(vec![vec!["base".into()], vec!["camp".into()]]),
            ]
        );
    }

    #[test]
    fn filters() {
        let search = understand("outlet:\"Meridian Wire\" lang:fr-FR date:2024-05 -relation:verbatim");
        assert_eq!(search.filters[0], Filter::Outlet("meridian-wire.example".into()));
        assert_eq!(search.filters[1], Filter::Lang("fr".into()));
        assert_eq!(search.filters[2], Filter::Reported { from: 1_714_521_600, before: 1_717_200_000 });
        assert_eq!(search.filters[3], Filter::Not(Box::new(Filter::Relation("verbatim".into()))));
        assert!(matches!(
            understand("since:2024-05-02").filters[0],
            Filter::Reported { before: i64::MAX, .. }
        ));
    }

    #[test]
    fn speakers() {
        let search = understand("speaker:\"defense official\" anon:yes -via:\"Meridian Wire\" base");
        assert_eq!(search.filters[0], Filter::Speaker(vec!["defense".into(), "official".into()]));
        assert_eq!(search.filters[1], Filter::Unnamed(None));
        let via = Filter::Via {
            words: vec!["Meridian".into(), "Wire".into()],
            outlet: Some("meridian-wire.example".into()),
        };
        assert_eq!(search.filters[2], Filter::Not(Box::new(via)));
        assert!(search.asks_who_speaks() && understand("-anon:no").asks_who_speaks());
        assert!(!understand("-lang:fr anonymous").asks_who_speaks());
        assert_eq!(search.speakers().count(), 1, "what is left out is not looked for");
    }

    #[test]
    fn mistakes_are_told_with_the_way_out() {
        for (query, says) in [
            ("", "nothing to search for"),
            ("speeker:pentagon", "no filter is called `speeker:`"),
            ("lang:", "needs a value"),
            ("lang:french1", "expected a language code"),
            ("date:May", "expected a year, month or day"),
            ("relation:stolen", "expected own, update"),
        ] {
            let error = parse(query, Registry::builtin()).unwrap_err().to_string();
            assert!(error.contains(says), "{query}: {error}");
        }
        assert!(parse("\"ratio 3:1\"", Registry::builtin()).is_ok());
        assert!(parse("10:30", Registry::builtin()).is_ok(), "a time of day is no filter");
    }

    proptest! {
        #[test]
        fn no_query_panics(query in "\\PC{0,60}") {
            let _ = parse(&query, Registry::builtin());
        }
    }
}
