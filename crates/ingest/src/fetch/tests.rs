//! Against a server on loopback that each test starts itself.

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::TcpListener;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::*;

/// A server that answers each request by `answer(path, headers)`, and counts them.
struct Server {
    port: u16,
    asked: Arc<AtomicUsize>,
}

impl Server {
    fn start(answer: impl Fn(&str, &str) -> Vec<u8> + Send + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let asked = Arc::new(AtomicUsize::new(0));
        let count = Arc::clone(&asked);
        // Ends with the test process.
        thread::spawn(move || {
            for stream in listener.incoming().take(100) {
                let Ok(mut stream) = stream else { return };
                let _ = stream.set_read_timeout(Some(Duration::from_secs(5)));
                let mut head = String::new();
                let mut reader = BufReader::new(stream.try_clone().unwrap());
                while reader.read_line(&mut head).is_ok_and(|len| len > 2) {}
                let path = head.split(' ').nth(1).unwrap_or_default().to_owned();
                count.fetch_add(1, Ordering::SeqCst);
                let _ = stream.write_all(&answer(&path, &head));
            }
        });
        Self { port, asked }
    }

    fn url(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.port)
    }

    fn asked(&self) -> usize {
        self.asked.load(Ordering::SeqCst)
    }
}

fn ok(headers: &str, body: &[u8]) -> Vec<u8> {
    let head =
        format!("HTTP/1.1 200 OK\r\nConnection: close\r\n{headers}Content-Length: {}\r\n\r\n", body.len());
    [head.as_bytes(), body].concat()
}

fn status(line: &str) -> Vec<u8> {
    format!("HTTP/1.1 {line}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n").into_bytes()
}

fn options() -> FetchOptions {
    FetchOptions {
        allow_private: true,
        host_delay: Duration::from_millis(1),
        connect: Duration::from_secs(2),
        total: Duration::from_secs(3),
        ..FetchOptions::default()
    }
}

fn get(server: &Server, path: &str) -> Result<Fetched, FetchError> {
    Fetcher::new(&options()).get(&server.url(path), Want::Feed, None)
}

#[test]
fn a_page_comes_with_what_is_known_of_it() {
    let server = Server::start(|_, head| {
        let head = head.to_ascii_lowercase();
        assert!(
            head.contains("user-agent: dateline/")
                && head.contains("accept-encoding: gzip, deflate, br, zstd")
        );
        assert!(!head.contains("cookie") && !head.contains("referer"));
        ok("Content-Type: text/html\r\nETag: \"a1\"\r\nCache-Control: public, max-age=600\r\n", b"<p>x")
    });
    let fetched = get(&server, "/x").unwrap();
    assert_eq!(
        (fetched.bytes.as_slice(), fetched.content_type.as_deref()),
        (b"<p>x".as_slice(), Some("text/html"))
    );
    assert_eq!((fetched.validators.etag.as_deref(), fetched.max_age), (Some("\"a1\""), Some(600)));
    assert_eq!((fetched.moved, fetched.unchanged), (false, false));
}

#[test]
fn unchanged_feeds_cost_no_body() {
    let server = Server::start(|_, head| {
        if head.to_ascii_lowercase().contains("if-none-match: \"a1\"") {
            status("304 Not Modified")
        } else {
            ok("ETag: \"a1\"\r\n", b"feed")
        }
    });
    let fetcher = Fetcher::new(&options());
    let first = fetcher.get(&server.url("/feed"), Want::Feed, None).unwrap();
    let second = fetcher.get(&server.url("/feed"), Want::Feed, Some(&first.validators)).unwrap();
    assert!(second.unchanged && second.bytes.is_empty());
    assert_eq!(second.validators, first.validators);
}

#[test]
fn bodies_are_decompressed_under_a_limit() {
    let body = zstd::encode_all(&b"troops ".repeat(1000)[..], 3).unwrap();
    let bomb = zstd::encode_all(&vec![0; 40 << 20][..], 3).unwrap();
    let server = Server::start(move |path, _| match path {
        "/bomb" => ok("Content-Encoding: zstd\r\n", &bomb),
        "/long" => ok("", &vec![b'x'; 16 << 20]),
        _ => ok("Content-Encoding: zstd\r\n", &body),
    });
    assert_eq!(get(&server, "/x").unwrap().bytes.len(), 7000);
    assert_eq!(get(&server, "/bomb"), Err(FetchError::TooLarge(15 << 20)));
    assert_eq!(get(&server, "/long"), Err(FetchError::TooLarge(15 << 20)));
}

#[test]
fn redirects_are_followed_and_counted() {
    let server = Server::start(|path, _| {
        match path {
        "/moved" => b"HTTP/1.1 301 x\r\nLocation: /new\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".to_vec(),
        "/maybe" => b"HTTP/1.1 302 x\r\nLocation: /moved\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".to_vec(),
        "/loop" => b"HTTP/1.1 302 x\r\nLocation: /loop\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".to_vec(),
        "/file" => b"HTTP/1.1 302 x\r\nLocation: file:///etc/passwd\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".to_vec(),
        _ => ok("", b"new"),
    }
    });
    let moved = get(&server, "/moved").unwrap();
    assert_eq!((moved.url, moved.moved), (server.url("/new"), true));
    assert!(!get(&server, "/maybe").unwrap().moved, "one hop was for now only");
    assert_eq!(get(&server, "/loop"), Err(FetchError::Redirect("more than 10 times".into())));
    assert!(matches!(get(&server, "/file"), Err(FetchError::Redirect(_))));
}

#[test]
fn errors_say_what_and_what_to_do() {
    let server = Server::start(|path, _| match path {
        "/busy" => {
            b"HTTP/1.1 429 x\r\nRetry-After: 120\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".to_vec()
        }
        "/challenge" => {
            b"HTTP/1.1 403 x\r\nCf-Mitigated: challenge\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
                .to_vec()
        }
        "/cut" => b"HTTP/1.1 200 x\r\nContent-Length: 100\r\nConnection: close\r\n\r\nhalf".to_vec(),
        "/noise" => b"noise\r\n\r\n".to_vec(),
        _ => status("404 Not Found"),
    });
    let busy = get(&server, "/busy").unwrap_err();
    assert_eq!(busy.retry_after(), Some(Duration::from_secs(120)));
    let source = dateline_model::Source { input: server.url("/x"), position: None };
    let problem = get(&server, "/x").unwrap_err().problem(&source).to_string();
    assert!(
        problem.contains("the server answered 404 (not found) (look for the article's new URL)"),
        "{problem}"
    );
    assert_eq!(get(&server, "/challenge"), Err(FetchError::Challenge));
    assert!(matches!(get(&server, "/cut"), Err(FetchError::Body(_))), "half a page is no page");
    assert!(get(&server, "/noise").is_err());
    let fetcher = Fetcher::new(&options());
    assert!(matches!(fetcher.get("ftp://a.example/", Want::Feed, None), Err(FetchError::BadUrl(_))));
    assert!(matches!(
        fetcher.get("https://no-such-host.invalid/", Want::Feed, None),
        Err(FetchError::Dns { .. })
    ));
    let closed = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let refused = fetcher.get(&format!("http://127.0.0.1:{closed}/"), Want::Feed, None);
    assert!(matches!(refused, Err(FetchError::Connect { .. })), "{refused:?}");
}

#[test]
fn a_server_that_speaks_no_tls_is_no_safe_connection() {
    let server = Server::start(|_, _| ok("", b"plain"));
    let url = server.url("/").replace("http:", "https:");
    let error = Fetcher::new(&options()).get(&url, Want::Feed, None).unwrap_err();
    assert!(matches!(error, FetchError::Tls { .. } | FetchError::Connect { .. }), "{error:?}");
}

#[test]
fn slow_servers_are_left() {
    let server = Server::start(|_, _| {
        thread::sleep(Duration::from_millis(1500));
        ok("", b"late")
    });
    let options = FetchOptions { total: Duration::from_millis(300), ..options() };
    let start = Instant::now();
    let late = Fetcher::new(&options).get(&server.url("/"), Want::Feed, None);
    assert!(matches!(late, Err(FetchError::Late { .. })), "{late:?}");
    assert!(start.elapsed() < Duration::from_millis(1400));
}

#[test]
fn private_networks_are_not_entered_by_any_door() {
    let server = Server::start(|_, _| ok("", b"secret"));
    let fetcher = Fetcher::new(&FetchOptions { allow_private: false, ..options() });
    let port = server.port;
    for url in [
        format!("http://127.0.0.1:{port}/"),
        format!("http://localhost:{port}/"),
        format!("http://[::1]:{port}/"),
        format!("http://[::ffff:127.0.0.1]:{port}/"),
        format!("http://2130706433:{port}/"),
        format!("http://0x7f.1:{port}/"),
        "http://169.254.169.254/latest/meta-data/".into(),
    ] {
        assert!(matches!(fetcher.get(&url, Want::Feed, None), Err(FetchError::Private(_))), "{url}");
    }
    assert_eq!(server.asked(), 0);
}

#[test]
fn a_redirect_into_a_private_network_is_not_followed() {
    // 127.0.0.1 is let through by its literal here, as a public host would be; the next hop is not.
    let inner = Server::start(|_, _| ok("", b"secret"));
    let url = Url::parse(&inner.url("/")).unwrap();
    let fetcher = Fetcher::new(&FetchOptions { allow_private: false, ..options() });
    let mut headers = HeaderMap::new();
    headers.insert(header::LOCATION, inner.url("/secret").parse().unwrap());
    let hop = next_hop(&Url::parse("https://a.example/").unwrap(), &headers).unwrap();
    assert_eq!(hop.host_str(), url.host_str());
    assert!(matches!(
        fetcher.send(&hop, Want::Page, None, &Deadline::new(Duration::from_secs(1))),
        Err(FetchError::Private(_))
    ));
    assert_eq!(inner.asked(), 0);
}

#[test]
fn robots_txt_is_asked_once_and_for_pages_only() {
    let server = Server::start(|path, _| match path {
        "/robots.txt" => ok("", b"User-agent: *\nDisallow: /private"),
        _ => ok("", b"page"),
    });
    let fetcher = Fetcher::new(&options());
    assert!(fetcher.get(&server.url("/open"), Want::Page, None).is_ok());
    let refused = fetcher.get(&server.url("/private/x"), Want::Page, None);
    assert_eq!(refused, Err(FetchError::Robots(server.url("/private/x"))));
    assert!(fetcher.get(&server.url("/private/feed"), Want::Feed, None).is_ok());
    assert_eq!(server.asked(), 3);
    let failing =
        Server::start(|path, _| if path == "/robots.txt" { status("500 x") } else { ok("", b"page") });
    assert!(matches!(
        Fetcher::new(&options()).get(&failing.url("/x"), Want::Page, None),
        Err(FetchError::Robots(_))
    ));
}

#[test]
fn one_host_is_asked_once_in_its_time() {
    let server = Server::start(|_, _| ok("", b"x"));
    let fetcher = Fetcher::new(&FetchOptions { host_delay: Duration::from_millis(200), ..options() });
    let start = Instant::now();
    for _ in 0..3 {
        fetcher.get(&server.url("/"), Want::Feed, None).unwrap();
    }
    assert!(start.elapsed() >= Duration::from_millis(400));
    assert!(FetchOptions::default().host_delay >= Duration::from_secs(1));
}

#[test]
fn values_of_headers_are_read() {
    assert_eq!(wait("30"), Some(Duration::from_secs(30)));
    assert_eq!(wait("2001-01-01T00:00:00Z"), Some(Duration::ZERO));
    assert_eq!(wait("soon"), None);
    assert_eq!(max_age("public, Max-Age=60"), Some(60));
    assert_eq!(max_age("no-store"), None);
}
