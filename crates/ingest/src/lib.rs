//! Bytes to articles.
//!
//! Reading runs in two steps, so that the second can run on all cores while the first keeps the
//! order: [`captures`] cuts inputs into [`Capture`]s (a line of JSONL, a feed, a page, a WARC
//! record) in bounded memory, and [`parse`] turns one capture into [`Item`](dateline_model::Item)s
//! without any input or output of its own. Whatever cannot be read becomes a [`Problem`] that names
//! the place and the way out, and the rest goes on.
//!
//! ```
//! use dateline_ingest::{Options, captures, parse};
//!
//! # let path = std::env::temp_dir().join(format!("dateline-doc-{}.jsonl", std::process::id()));
//! # std::fs::write(&path, "{\"title\": \"Troops share base\", \"date\": \"2024-05-02\"}\nnoise\n").unwrap();
//! # let input = path.to_str().unwrap();
//! // `input` is a file, a folder, a URL, or `-`.
//! for capture in captures(input, &Options::default()) {
//!     match capture {
//!         Ok(capture) => {
//!             let parsed = parse(&capture);
//!             parsed.items.iter().for_each(|item| assert_eq!(item.title, "Troops share base"));
//!             parsed.problems.iter().for_each(|problem| assert!(problem.to_string().contains(":2: ")));
//!         }
//!         Err(problem) => eprintln!("{problem}"),
//!     }
//! }
//! # std::fs::remove_file(path).unwrap();
//! ```

mod capture;
pub mod charset;
mod coding;
pub mod date;
pub mod feed;
pub mod fetch;
mod input;
pub mod jsonl;
pub mod opml;
pub mod page;
mod parse;
mod plain;
mod references;
pub mod sniff;
pub mod url;
pub mod warc;
mod xml;

pub use capture::{Capture, Format, Parsed, Problem, Subscription};
pub use input::{Captures, LONGEST_LINE, Options, Progress, captures};
pub use parse::parse;
