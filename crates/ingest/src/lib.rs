//! Bytes to articles.
//!
//! Reading runs in two steps, so that the second can run on all cores while the first keeps the
//! order: [`captures`] cuts inputs into [`Capture`]s (a line of JSONL, a feed, a page, a WARC
//! record) in bounded memory, and [`parse`] turns one capture into [`Item`](dateline_model::Item)s
//! without any input or output of its own. Whatever cannot be read becomes a [`Problem`] that names
//! the place and the way out, and the rest goes on.

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
pub mod sniff;
pub mod url;
pub mod warc;

pub use capture::{Capture, Format, Parsed, Problem, Subscription};
pub use input::{Captures, LONGEST_LINE, Options, Progress, captures};
pub use parse::parse;
