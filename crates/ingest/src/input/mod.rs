//! Inputs cut into captures: files, folders, standard input, URLs.
//!
//! [`captures`] is lazy and holds one capture at a time: a line, a record, a page. Whatever cannot be read is
//! a [`Problem`] in its place, and the rest goes on.

#[cfg(test)]
mod batch;
mod lines;
mod stream;
#[cfg(test)]
mod tests;
mod unzip;
mod walk;

use std::fs::File;
use std::io::{self, BufRead as _, Read as _};
use std::path::{Path, PathBuf};
use std::sync::atomic::Ordering;

use dateline_model::{Source, When};

pub use lines::LONGEST_LINE;
pub use stream::Progress;
pub(crate) use stream::Stream;

use crate::fetch::{FetchOptions, Fetcher, Want};
use crate::sniff::{Content, sniff};
use crate::{Capture, Format, Problem, warc};
use lines::Lines;
use walk::Walk;

/// A page, feed or list that comes as one piece may have this many bytes; the largest feeds have 20 MB.
const LARGEST_WHOLE: u64 = 64 << 20;

/// How inputs are read. The defaults suit an interactive user.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// What every input is, whatever it looks like. Default: found out for each from its bytes.
    pub format: Option<Format>,
    /// How URLs are fetched.
    pub fetch: FetchOptions,
    /// Counts bytes as they are read.
    pub progress: Progress,
}

/// Cuts an input into captures, in order: `input` is a path of a file or folder, an `http` or `https` URL, or
/// `-` for standard input. Files may be compressed with gzip or zstd.
///
/// Memory is bounded by the largest capture, whatever the input's size. Nothing is read before the first call
/// of [`next`](Iterator::next).
pub fn captures(input: &str, options: &Options) -> Captures {
    let state = if input == "-" {
        State::Open(Input { name: "-".into(), from: From::Stdin })
    } else if is_url(input) {
        State::Open(Input { name: input.into(), from: From::Url(input.into()) })
    } else {
        State::Open(Input { name: input.into(), from: From::Path(PathBuf::from(input)) })
    };
    Captures { options: options.clone(), state, walk: None, fetcher: None }
}

fn is_url(input: &str) -> bool {
    input.get(..8).is_some_and(|head| {
        let head = head.to_ascii_lowercase();
        head.starts_with("http://") || head == "https://"
    })
}

/// The captures of one input; see [`captures`].
pub struct Captures {
    options: Options,
    state: State,
    walk: Option<Walk>,
    fetcher: Option<Fetcher>,
}

enum State {
    Open(Input),
    Lines(Lines),
    Warc(warc::Captures),
    /// Ask the folder for its next file.
    Next,
}

struct Input {
    name: String,
    from: From,
}

enum From {
    Stdin,
    Url(String),
    Path(PathBuf),
}

/// What is known of a stream from outside.
#[derive(Default)]
struct Outside {
    url: Option<String>,
    content_type: Option<String>,
    fetched: Option<When>,
}

impl Iterator for Captures {
    type Item = Result<Capture, Problem>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            match std::mem::replace(&mut self.state, State::Next) {
                State::Lines(mut lines) => {
                    if let Some(capture) = lines.next() {
                        self.state = State::Lines(lines);
                        return Some(capture);
                    }
                }
                State::Warc(mut records) => {
                    if let Some(capture) = records.next() {
                        self.state = State::Warc(records);
                        return Some(capture);
                    }
                }
                State::Open(input) => match self.open(input) {
                    Ok(None) => {}
                    Ok(Some(capture)) => return Some(Ok(capture)),
                    Err(problem) => return Some(Err(problem)),
                },
                State::Next => match self.walk.as_mut()?.next()? {
                    Ok(path) => {
                        let name = path.display().to_string();
                        self.state = State::Open(Input { name, from: From::Path(path) });
                    }
                    Err(problem) => return Some(Err(problem)),
                },
            }
        }
    }
}

impl Captures {
    /// Opens an input: what comes as one piece is returned, what comes in many is left to be cut.
    fn open(&mut self, input: Input) -> Result<Option<Capture>, Problem> {
        let source = Source { input: input.name.clone(), position: None };
        let progress = self.options.progress.clone();
        let read = |raw, source: &Source| {
            Stream::open(raw, &progress).map_err(|error| {
                Problem::new(source, format!("cannot be read: {error}")).fix("get the file again")
            })
        };
        match input.from {
            From::Stdin => {
                let stream = read(Box::new(io::stdin()), &source)?;
                self.cut(stream, source, "", Outside::default())
            }
            From::Url(url) => {
                let fetcher = match &mut self.fetcher {
                    Some(fetcher) => fetcher,
                    none => none.insert(Fetcher::new(&self.options.fetch)),
                };
                let want = want_of(&url, self.options.format);
                let fetched = fetcher.get(&url, want, None).map_err(|error| error.problem(&source))?;
                progress.total.fetch_add(fetched.bytes.len() as u64, Ordering::Relaxed);
                let outside = Outside {
                    url: Some(fetched.url.clone()),
                    content_type: fetched.content_type,
                    fetched: Some(fetched.at),
                };
                let stream = read(Box::new(io::Cursor::new(fetched.bytes)), &source)?;
                self.cut(stream, source, &fetched.url, outside)
            }
            From::Path(path) => {
                let failed =
                    |error: io::Error| Problem::new(&source, opening(&error, &path)).fix(way_in(&error));
                let metadata = std::fs::metadata(&path).map_err(failed)?;
                if metadata.is_dir() {
                    if self.walk.is_none() {
                        self.walk = Some(Walk::new(&path, &progress));
                    }
                    return Ok(None);
                }
                let file = File::open(&path).map_err(failed)?;
                if self.walk.is_none() {
                    progress.total.fetch_add(metadata.len(), Ordering::Relaxed);
                }
                let name = source.input.clone();
                let stream = read(Box::new(file), &source)?;
                self.cut(stream, source, &name, Outside::default())
            }
        }
    }

    /// Looks at a stream and cuts it as what it is.
    fn cut(
        &mut self,
        mut stream: Stream,
        source: Source,
        name: &str,
        outside: Outside,
    ) -> Result<Option<Capture>, Problem> {
        let content = match stream.fill_buf() {
            Ok(head) => match self.options.format {
                Some(format) if !head.is_empty() => Content::Known(format),
                _ => sniff(head, name, outside.content_type.as_deref()),
            },
            Err(error) => return Err(Problem::new(&source, error.to_string()).fix("get the file again")),
        };
        let refuse = |what: &str, way_out: &str| Err(Problem::new(&source, what).fix(way_out));
        let format = match content {
            Content::Known(format) => format,
            Content::Arc => Format::Warc,
            Content::Empty => return refuse("this is empty", "give a file with articles, a feed or a page"),
            Content::Json => {
                return refuse(
                    "this is JSON, but not one object a line",
                    "write one article a line, with `jq -c '.[]'` for example",
                );
            }
            Content::Binary(what) => {
                return refuse(
                    &format!("this is {what}, which holds no articles that dateline can read"),
                    "give JSONL, a feed, a page, an OPML list or a WARC archive",
                );
            }
            Content::Text => {
                return refuse(
                    "this is text of a kind that dateline does not know",
                    "say what it is with --format, or put it into JSONL with `title` and `text`",
                );
            }
        };
        match format {
            Format::Jsonl => self.state = State::Lines(Lines::new(stream, source.input)),
            Format::Warc => {
                self.state = State::Warc(warc::Captures(warc::Records::new(stream, source.input)))
            }
            Format::Feed | Format::Opml | Format::Html => {
                let mut bytes = Vec::new();
                let read = stream.take(LARGEST_WHOLE + 1).read_to_end(&mut bytes);
                if bytes.len() as u64 > LARGEST_WHOLE {
                    let what =
                        format!("this has more than the {LARGEST_WHOLE} bytes that a page or feed may have");
                    return refuse(&what, "split it, or put its articles into JSONL");
                }
                if let Err(error) = read {
                    // Half a page is no page: what is missing might be the denial.
                    return refuse(&format!("cannot be read to its end: {error}"), "get the file again");
                }
                return Ok(Some(Capture {
                    source,
                    format,
                    bytes,
                    url: outside.url,
                    content_type: outside.content_type,
                    fetched: outside.fetched,
                }));
            }
        }
        Ok(None)
    }
}

/// What a URL seems to lead to: pages are fetched only where robots.txt lets them be, feeds are there for programs.
fn want_of(url: &str, format: Option<Format>) -> Want {
    let path = url.split(['?', '#']).next().unwrap_or(url).to_ascii_lowercase();
    let folders = path.split("://").nth(1).unwrap_or_default().split('/').skip(1);
    const FEEDS: &[&str] = &["feed", "feeds", "rss", "atom", "rdf", "opml"];
    let named = folders.flat_map(|folder| folder.split(['.', '-', '_'])).any(|word| FEEDS.contains(&word));
    match format {
        Some(Format::Feed | Format::Opml) => Want::Feed,
        None if named || path.ends_with(".xml") => Want::Feed,
        _ => Want::Page,
    }
}

fn opening(error: &io::Error, path: &Path) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => format!("there is no file or folder `{}`", path.display()),
        io::ErrorKind::PermissionDenied => "you have no right to read this".into(),
        _ => format!("cannot be opened: {error}"),
    }
}

fn way_in(error: &io::Error) -> &'static str {
    match error.kind() {
        io::ErrorKind::NotFound => {
            "give a path that exists, a URL with http:// or https://, or - for standard input"
        }
        io::ErrorKind::PermissionDenied => "give yourself the right to read it, or leave it out",
        _ => "see that the file can be read",
    }
}
