//! The polite fetcher: one request at a time to a host, never more often than it asks, and never into a
//! private network.
//!
//! Every hop of a redirect is checked as the first was: its scheme, its address (the names are resolved here,
//! and the connection goes to the address that was checked), and for pages the site's robots.txt. Feeds are
//! meant for programs and fetched without asking.

mod address;
mod error;
mod options;
mod robots;
#[cfg(test)]
mod tests;

use std::collections::HashMap;
use std::io::Read as _;
use std::net::{IpAddr, SocketAddr, ToSocketAddrs as _};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError, mpsc};
use std::thread;
use std::time::{Duration, Instant, SystemTime};

use dateline_model::When;
use reqwest::blocking::{Client, Response};
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use reqwest::header::{self, HeaderMap};
use url::{Host, Url};

use crate::coding::{self, CodingError};
use crate::date::parse_date;
pub use error::FetchError;
pub use options::{FetchOptions, Fetched, Validators, Want};
use robots::Robots;

/// The name by which robots.txt may address this fetcher.
const TOKEN: &str = "dateline";

/// What a site asks of robots is asked again after this long (RFC 9309 §2.4).
const ROBOTS_FRESH: Duration = Duration::from_secs(24 * 60 * 60);

/// Fetches, one request after another for each host. May be shared between threads; must not be used on a thread
/// that runs asynchronous tasks.
pub struct Fetcher {
    options: FetchOptions,
    client: OnceLock<Result<Client, String>>,
    pinned: Arc<Pinned>,
    /// When each host may be asked again.
    turns: Mutex<HashMap<String, Instant>>,
    /// What each origin asks of robots, and when it was asked.
    robots: Mutex<HashMap<String, (Instant, Robots)>>,
}

/// Hosts with the addresses that were checked: the only ones that connections are made to.
#[derive(Default)]
struct Pinned(Mutex<HashMap<String, Vec<SocketAddr>>>);

impl Resolve for Pinned {
    fn resolve(&self, name: Name) -> Resolving {
        let known = lock(&self.0).get(name.as_str()).cloned();
        Box::pin(std::future::ready(match known {
            Some(addresses) => Ok(Box::new(addresses.into_iter()) as Addrs),
            None => Err("this host was not checked".into()),
        }))
    }
}

/// A lock is never held over anything that may panic, so what it holds is sound.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Fetcher {
    /// A fetcher; nothing is sent before the first [`get`](Self::get).
    pub fn new(options: &FetchOptions) -> Self {
        Self {
            options: options.clone(),
            client: OnceLock::new(),
            pinned: Arc::default(),
            turns: Mutex::default(),
            robots: Mutex::default(),
        }
    }

    /// Fetches a URL, waiting for the host's turn. With `validators` the server may answer that nothing has
    /// changed.
    ///
    /// # Errors
    /// See [`FetchError`]; [`FetchError::retry_after`] says how long the server asks to wait.
    pub fn get(&self, url: &str, want: Want, validators: Option<&Validators>) -> Result<Fetched, FetchError> {
        let mut url = parse(url)?;
        let mut deadline = Deadline::new(self.options.total);
        let mut moved = None;
        for _ in 0..=self.options.redirects {
            if want == Want::Page && self.options.obey_robots {
                self.ask_robots(&url, &mut deadline)?;
            }
            self.wait_for_turn(&url, &mut deadline);
            let response = self.send(&url, want, validators, &deadline)?;
            let status = response.status().as_u16();
            if !matches!(status, 301 | 302 | 303 | 307 | 308) {
                return self.answer(response, &url, moved.unwrap_or(false), validators, &deadline);
            }
            moved = Some(moved.unwrap_or(true) && matches!(status, 301 | 308));
            url = next_hop(&url, response.headers())?;
        }
        Err(FetchError::Redirect(format!("more than {} times", self.options.redirects)))
    }

    fn client(&self) -> Result<&Client, FetchError> {
        let client = self.client.get_or_init(|| {
            // Where another part of the program chose a provider before, that one is used.
            let _ = rustls::crypto::ring::default_provider().install_default();
            let mut builder = Client::builder()
                .user_agent(&self.options.user_agent)
                .connect_timeout(self.options.connect)
                .redirect(reqwest::redirect::Policy::none())
                .referer(false)
                .no_proxy()
                .dns_resolver(Arc::clone(&self.pinned));
            if let Some(proxy) = &self.options.proxy {
                builder = builder.proxy(reqwest::Proxy::all(proxy).map_err(|error| error.to_string())?);
            }
            builder.build().map_err(|error| causes(&error))
        });
        client.as_ref().map_err(|what| FetchError::Here(what.clone()))
    }

    /// Sends one request, to a host whose address was checked.
    fn send(
        &self,
        url: &Url,
        want: Want,
        validators: Option<&Validators>,
        deadline: &Deadline,
    ) -> Result<Response, FetchError> {
        self.check_address(url)?;
        let accept = match want {
            Want::Page => "text/html, application/xhtml+xml;q=0.9, application/xml;q=0.8, */*;q=0.5",
            Want::Feed => {
                "application/atom+xml, application/rss+xml, application/feed+json, application/xml;q=0.9, */*;q=0.5"
            }
        };
        let mut request = self
            .client()?
            .get(url.clone())
            .header(header::ACCEPT, accept)
            .header(header::ACCEPT_ENCODING, coding::ACCEPTED)
            .timeout(deadline.left());
        if let Some(validators) = validators {
            if let Some(etag) = &validators.etag {
                request = request.header(header::IF_NONE_MATCH, etag);
            }
            if let Some(time) = &validators.last_modified {
                request = request.header(header::IF_MODIFIED_SINCE, time);
            }
        }
        request.send().map_err(|error| self.failure(&error, url))
    }

    fn answer(
        &self,
        response: Response,
        url: &Url,
        moved: bool,
        validators: Option<&Validators>,
        deadline: &Deadline,
    ) -> Result<Fetched, FetchError> {
        let headers = response.headers();
        let text = |name: header::HeaderName| {
            headers.get(name).and_then(|value| value.to_str().ok()).map(str::to_owned)
        };
        if headers.get("cf-mitigated").is_some_and(|value| value == "challenge") {
            return Err(FetchError::Challenge);
        }
        let code = response.status().as_u16();
        let unchanged = code == 304 && validators.is_some();
        if code != 200 && code != 203 && !unchanged {
            let retry_after = text(header::RETRY_AFTER).and_then(|value| wait(&value));
            return Err(FetchError::Status { code, retry_after });
        }
        let given = Validators { etag: text(header::ETAG), last_modified: text(header::LAST_MODIFIED) };
        let mut fetched = Fetched {
            url: url.as_str().to_owned(),
            moved,
            unchanged,
            bytes: Vec::new(),
            content_type: text(header::CONTENT_TYPE),
            validators: match (unchanged && given == Validators::default(), validators) {
                (true, Some(sent)) => sent.clone(),
                _ => given,
            },
            max_age: text(header::CACHE_CONTROL).and_then(|value| max_age(&value)),
            at: now(),
        };
        if !unchanged {
            let codings = text(header::CONTENT_ENCODING).unwrap_or_default();
            let body = self.body(response, url, self.options.largest, deadline)?;
            fetched.bytes =
                coding::decode(&codings, body, self.options.largest).map_err(|error| match error {
                    CodingError::TooLarge(limit) => FetchError::TooLarge(limit),
                    error => FetchError::Body(error.to_string()),
                })?;
        }
        Ok(fetched)
    }

    /// Reads a body of at most `limit` bytes.
    fn body(
        &self,
        mut response: Response,
        url: &Url,
        limit: usize,
        deadline: &Deadline,
    ) -> Result<Vec<u8>, FetchError> {
        if response.content_length().is_some_and(|length| length > limit as u64) {
            return Err(FetchError::TooLarge(limit));
        }
        let mut body = Vec::new();
        let mut chunk = vec![0; 64 * 1024];
        loop {
            if deadline.left() == Duration::ZERO {
                return Err(FetchError::Late { host: host_of(url), after: self.options.total });
            }
            match response.read(&mut chunk) {
                Ok(0) => return Ok(body),
                Ok(len) => body.extend_from_slice(&chunk[..len]),
                Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
                Err(error) if error.kind() == std::io::ErrorKind::TimedOut => {
                    return Err(FetchError::Late { host: host_of(url), after: self.options.total });
                }
                Err(error) => return Err(FetchError::Body(causes(&error))),
            }
            if body.len() > limit {
                return Err(FetchError::TooLarge(limit));
            }
        }
    }

    /// Finds the host's addresses, drops those that are not public, and pins the rest for the connection.
    fn check_address(&self, url: &Url) -> Result<(), FetchError> {
        let allowed = |address: IpAddr| self.options.allow_private || address::is_public(address);
        let host = match url.host() {
            Some(Host::Ipv4(address)) if allowed(address.into()) => return Ok(()),
            Some(Host::Ipv6(address)) if allowed(address.into()) => return Ok(()),
            Some(Host::Ipv4(_) | Host::Ipv6(_)) => return Err(FetchError::Private(host_of(url))),
            Some(Host::Domain(host)) => host.to_owned(),
            None => return Err(FetchError::BadUrl(url.to_string())),
        };
        if self.options.proxy.is_some() {
            return Ok(());
        }
        let port = url.port_or_known_default().unwrap_or(80);
        let (send, receive) = mpsc::sync_channel(1);
        let name = host.clone();
        // The system's resolver cannot be told when to stop, so it is asked on a thread of its own.
        thread::Builder::new()
            .name("dns".into())
            .spawn(move || send.send((name.as_str(), port).to_socket_addrs().map(Vec::from_iter)).is_ok())
            .map_err(|error| FetchError::Here(error.to_string()))?;
        let found = match receive.recv_timeout(self.options.connect) {
            Ok(Ok(found)) => found,
            Ok(Err(error)) => return Err(FetchError::Dns { host, what: error.to_string() }),
            Err(_) => return Err(FetchError::Dns { host, what: "no answer in time".into() }),
        };
        if found.is_empty() {
            return Err(FetchError::Dns { host, what: "it has no address".into() });
        }
        let public: Vec<SocketAddr> = found.into_iter().filter(|address| allowed(address.ip())).collect();
        if public.is_empty() {
            return Err(FetchError::Private(host));
        }
        lock(&self.pinned.0).insert(host, public);
        Ok(())
    }

    /// Waits until the host may be asked, and takes the turn.
    fn wait_for_turn(&self, url: &Url, deadline: &mut Deadline) {
        let host = host_of(url);
        let asked =
            lock(&self.robots).get(&url.origin().ascii_serialization()).and_then(|(_, robots)| robots.delay);
        let delay = asked.unwrap_or_default().max(self.options.host_delay);
        let wait = {
            let mut turns = lock(&self.turns);
            let now = Instant::now();
            turns.retain(|_, turn| *turn > now);
            let turn = turns.get(&host).copied().unwrap_or(now);
            turns.insert(host, turn + delay);
            turn.saturating_duration_since(now)
        };
        thread::sleep(wait);
        deadline.put_off(wait);
    }

    /// Asks the site's robots.txt, where that was not done today.
    fn ask_robots(&self, url: &Url, deadline: &mut Deadline) -> Result<(), FetchError> {
        let origin = url.origin().ascii_serialization();
        let known = lock(&self.robots)
            .get(&origin)
            .filter(|(at, _)| at.elapsed() < ROBOTS_FRESH)
            .map(|(_, robots)| robots.clone());
        let robots = match known {
            Some(robots) => robots,
            None => {
                let robots = self.fetch_robots(url, deadline)?;
                lock(&self.robots).insert(origin, (Instant::now(), robots.clone()));
                robots
            }
        };
        let path = &url[url::Position::BeforePath..url::Position::AfterQuery];
        if robots.allows(path) { Ok(()) } else { Err(FetchError::Robots(url.as_str().to_owned())) }
    }

    /// Fetches a robots.txt. Without one everything is allowed; where the server fails, nothing is (RFC 9309 §2.3.1).
    fn fetch_robots(&self, url: &Url, deadline: &Deadline) -> Result<Robots, FetchError> {
        let mut url = url.join("/robots.txt").map_err(|_| FetchError::BadUrl(url.to_string()))?;
        const MOST_HOPS: usize = 5;
        for _ in 0..=MOST_HOPS {
            // A host that cannot be reached is told as that, not as a wish of its owner.
            let response = self.send(&url, Want::Feed, None, deadline)?;
            match response.status().as_u16() {
                200 => {
                    let codings = response
                        .headers()
                        .get(header::CONTENT_ENCODING)
                        .and_then(|value| value.to_str().ok())
                        .unwrap_or_default()
                        .to_owned();
                    let body = match self.body(response, &url, 4 * robots::LONGEST, deadline) {
                        Ok(body) => coding::decode(&codings, body, 4 * robots::LONGEST).unwrap_or_default(),
                        Err(FetchError::TooLarge(_)) => return Ok(Robots::open()),
                        Err(error) => return Err(error),
                    };
                    return Ok(Robots::parse(&body, TOKEN));
                }
                301 | 302 | 303 | 307 | 308 => match next_hop(&url, response.headers()) {
                    Ok(next) => url = next,
                    Err(_) => return Ok(Robots::open()),
                },
                429 | 500..=599 => return Ok(Robots::closed()),
                _ => return Ok(Robots::open()),
            }
        }
        Ok(Robots::open())
    }

    /// What a failed request means.
    fn failure(&self, error: &reqwest::Error, url: &Url) -> FetchError {
        let (host, what) = (host_of(url), causes(error));
        let is_tls = ["certificate", "tls", "handshake", "invalid peer"]
            .iter()
            .any(|word| what.to_lowercase().contains(word));
        if error.is_timeout() {
            let after = if error.is_connect() { self.options.connect } else { self.options.total };
            FetchError::Late { host, after }
        } else if is_tls {
            FetchError::Tls { host, what }
        } else if error.is_connect() || error.is_request() {
            FetchError::Connect { host, what }
        } else {
            FetchError::Body(what)
        }
    }
}

/// The time left for a request; waiting for the host's turn does not count.
struct Deadline(Instant);

impl Deadline {
    fn new(total: Duration) -> Self {
        Self(Instant::now() + total)
    }

    fn left(&self) -> Duration {
        self.0.saturating_duration_since(Instant::now())
    }

    fn put_off(&mut self, wait: Duration) {
        self.0 += wait;
    }
}

fn parse(text: &str) -> Result<Url, FetchError> {
    let bad = || FetchError::BadUrl(text.chars().take(200).collect());
    let url = Url::parse(text.trim()).map_err(|_| bad())?;
    if matches!(url.scheme(), "http" | "https") && url.has_host() { Ok(url) } else { Err(bad()) }
}

/// Where a redirect leads.
fn next_hop(url: &Url, headers: &HeaderMap) -> Result<Url, FetchError> {
    let location =
        headers.get(header::LOCATION).map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned());
    let location = location.ok_or_else(|| FetchError::Redirect("to nowhere".into()))?;
    let mut next = url
        .join(location.trim())
        .map_err(|_| FetchError::Redirect(format!("to `{location}`, which is no URL")))?;
    if !matches!(next.scheme(), "http" | "https") || !next.has_host() {
        return Err(FetchError::Redirect(format!("to `{location}`, which is no http or https URL")));
    }
    if next.fragment().is_none() {
        next.set_fragment(url.fragment());
    }
    Ok(next)
}

fn host_of(url: &Url) -> String {
    url.host_str().unwrap_or_default().to_owned()
}

/// The last of an error's causes, which says most.
fn causes(error: &dyn std::error::Error) -> String {
    let mut last = error;
    while let Some(cause) = last.source() {
        last = cause;
    }
    last.to_string()
}

/// The value of `Retry-After`: seconds, or a date.
fn wait(value: &str) -> Option<Duration> {
    let seconds = match value.trim().parse::<u64>() {
        Ok(seconds) => seconds,
        Err(_) => u64::try_from(parse_date(value)?.seconds - now().seconds).unwrap_or(0),
    };
    Some(Duration::from_secs(seconds))
}

fn max_age(value: &str) -> Option<u64> {
    let mut directives = value.split(',').map(str::trim);
    directives.find_map(|directive| {
        directive.to_ascii_lowercase().strip_prefix("max-age=")?.trim_matches('"').parse().ok()
    })
}

fn now() -> When {
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    When::from_seconds(since.as_secs() as i64)
}
