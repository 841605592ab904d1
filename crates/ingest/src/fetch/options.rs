//! What is asked of the fetcher, and what it gives back.

use std::time::Duration;

use dateline_model::When;

/// How the fetcher behaves. The defaults suit public sites.
#[derive(Debug, Clone)]
pub struct FetchOptions {
    /// Fetch from private addresses too: loopback, the local network. Default: no.
    pub allow_private: bool,
    /// Ask robots.txt before pages. Default: yes.
    pub obey_robots: bool,
    /// What the fetcher calls itself. Default: its name, its version, and where to read about it.
    pub user_agent: String,
    /// Time for finding the host and connecting. Default: 5 seconds.
    pub connect: Duration,
    /// Time for everything, redirects included, waiting for the host's turn not. Default: 20 seconds.
    pub total: Duration,
    /// Redirects followed. Default: 10.
    pub redirects: usize,
    /// Bytes of a body, before and after decompression. Default: 15 MiB.
    pub largest: usize,
    /// Time between two requests to one host. Default: 1 second; a site's `Crawl-delay` can make it longer.
    pub host_delay: Duration,
    /// URL of a proxy that all requests go through, which then finds the hosts. Default: none; the
    /// environment is not asked.
    pub proxy: Option<String>,
}

impl Default for FetchOptions {
    fn default() -> Self {
        Self {
            allow_private: false,
            obey_robots: true,
            user_agent: concat!("dateline/", env!("CARGO_PKG_VERSION"), " (+https://dateline.example/robot)")
                .into(),
            connect: Duration::from_secs(5),
            total: Duration::from_secs(20),
            redirects: 10,
            largest: 15 << 20,
            host_delay: Duration::from_secs(1),
            proxy: None,
        }
    }
}

/// What is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Want {
    /// A page: robots.txt is asked first.
    Page,
    /// A feed or a list of feeds, which are there for programs.
    Feed,
}

/// What a server gave with its last answer, by which it can tell that nothing has changed. Opaque; to be stored
/// and sent back as they are.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Validators {
    /// `ETag`, with its quotes.
    pub etag: Option<String>,
    /// `Last-Modified`.
    pub last_modified: Option<String>,
}

/// What a server answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fetched {
    /// Where it was found, after redirects.
    pub url: String,
    /// Whether all redirects on the way were permanent, so that the URL may be replaced. False without any.
    pub moved: bool,
    /// Nothing has changed since the validators were given; there are no bytes.
    pub unchanged: bool,
    /// The body, decompressed.
    pub bytes: Vec<u8>,
    /// `Content-Type`.
    pub content_type: Option<String>,
    /// To be sent with the next request.
    pub validators: Validators,
    /// For how long the server says that nothing will change (`Cache-Control: max-age`), in seconds.
    pub max_age: Option<u64>,
    /// When it was fetched.
    pub at: When,
}
