//! The part of adding that runs on all cores: captures to articles that are parsed and read.

use std::time::{Duration, Instant};

use dateline_ingest::{Capture, Format, Problem, Subscription, parse};
use dateline_model::{ArticleId, Item, Lang, Reading, Registry};
use dateline_reader::{Copy, Reader};

use crate::material::fingerprint;

/// An article, parsed and read, on its way to its place.
pub struct Prepared {
    pub item: Item,
    pub id: ArticleId,
    pub reading: Reading,
    pub lang: Lang,
    pub material: i64,
    /// False where the order in the input is the order of arrival; true where inputs come in no order of
    /// time (feeds, pages), and arrival follows the time of the report.
    pub timeless: bool,
}

/// A run of captures, numbered in the order of the input.
pub struct Job {
    pub number: u64,
    pub captures: Vec<Result<Capture, Problem>>,
}

/// What became of a job.
#[derive(Default)]
pub struct Done {
    pub number: u64,
    pub articles: Vec<Prepared>,
    pub subscriptions: Vec<Subscription>,
    pub problems: Vec<Problem>,
    pub parse: Duration,
    pub read: Duration,
}

/// Parses and reads a run of captures.
pub fn prepare(job: Job, reader: &Reader, registry: &Registry) -> Done {
    let mut done = Done { number: job.number, ..Done::default() };
    for capture in job.captures {
        let capture = match capture {
            Ok(capture) => capture,
            Err(problem) => {
                done.problems.push(problem);
                continue;
            }
        };
        let started = Instant::now();
        let parsed = parse(&capture);
        let parsed_at = Instant::now();
        done.parse += parsed_at - started;
        done.problems.extend(parsed.problems);
        done.subscriptions.extend(parsed.subscriptions);
        let timeless = capture.format != Format::Jsonl;
        drop(capture);
        done.articles.extend(parsed.items.into_iter().map(|item| prepared(item, timeless, reader, registry)));
        done.read += parsed_at.elapsed();
    }
    done
}

fn prepared(mut item: Item, timeless: bool, reader: &Reader, registry: &Registry) -> Prepared {
    if let Some(outlet) = &mut item.outlet {
        let home = registry.home(outlet);
        if home != outlet {
            *outlet = home.to_owned();
        }
    }
    let byline = item.byline.join("; ");
    let reading = reader.read(Copy {
        title: &item.title,
        text: &item.text,
        byline: &byline,
        lang: item.lang,
        read_as: None,
    });
    Prepared {
        id: item.article_id(),
        lang: reading.lang.unwrap_or(Lang::UNKNOWN),
        material: fingerprint(&item),
        reading,
        item,
        timeless,
    }
}
