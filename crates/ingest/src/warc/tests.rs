use std::io::Write;

use super::*;
use proptest::prelude::*;

const PAGE: &str = "<title>Troops share base</title><p>Text.</p>";

fn response(url: &str, body: &str) -> String {
    let http =
        format!("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: {}\r\n\r\n{body}", body.len());
    record("response", url, "application/http; msgtype=response", &http)
}

fn record(kind: &str, url: &str, content_type: &str, block: &str) -> String {
    format!(
        "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2024-05-02T19:01:00Z\r\n\
         Content-Type: {content_type}\r\nContent-Length: {}\r\n\r\n{block}\r\n\r\n",
        block.len()
    )
}

fn gzip(text: &str) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(text.as_bytes()).unwrap();
    encoder.finish().unwrap()
}

/// URLs of the captures, and the problems in words.
fn read(bytes: impl Into<Vec<u8>>) -> (Vec<String>, Vec<String>) {
    let mut urls = Vec::new();
    let mut problems = Vec::new();
    for capture in Captures(Records::of(bytes.into(), "x.warc")) {
        match capture {
            Ok(capture) => {
                urls.push(format!("{} {}", capture.url.unwrap(), String::from_utf8_lossy(&capture.bytes)))
            }
            Err(problem) => problems.push(problem.to_string()),
        }
    }
    (urls, problems)
}

fn two() -> (String, String, String) {
    let info = record("warcinfo", "", "application/warc-fields", "software: x\r\n");
    (info, response("http://a.example/1", PAGE), response("http://a.example/2", PAGE))
}

#[test]
fn records_are_read_plain_gzipped_and_in_zstd() {
    let (info, one, two) = two();
    let urls = vec![format!("http://a.example/1 {PAGE}"), format!("http://a.example/2 {PAGE}")];
    let plain = [&*info, &*one, &*two].concat();
    assert_eq!(read(plain.clone()), (urls.clone(), vec![]));
    assert_eq!(read([gzip(&info), gzip(&one), gzip(&two)].concat()), (urls.clone(), vec![]));
    assert_eq!(read(gzip(&plain)), (urls.clone(), vec![]), "all in one member");
    let zstd: Vec<u8> =
        [&info, &one, &two].iter().flat_map(|text| zstd::encode_all(text.as_bytes(), 3).unwrap()).collect();
    assert_eq!(read(zstd), (urls.clone(), vec![]));
    for version in ["WARC/0.17", "WARC/0.18", "WARC/1.1"] {
        assert_eq!(read(plain.replace("WARC/1.0", version)).0, urls);
    }
}

#[test]
fn a_zstd_archive_may_begin_with_its_dictionary() {
    let (_, one, _) = two();
    let dictionary = one.repeat(20).into_bytes();
    let mut encoder = zstd::Encoder::with_dictionary(Vec::new(), 3, &dictionary).unwrap();
    encoder.write_all(one.as_bytes()).unwrap();
    let frame = encoder.finish().unwrap();
    let head = [[0x5d, 0x2a, 0x4d, 0x18], (dictionary.len() as u32).to_le_bytes()].concat();
    let (urls, problems) = read([head, dictionary, frame].concat());
    assert_eq!((urls.len(), problems), (1, vec![]));
}

#[test]
fn only_pages_that_were_served_become_captures() {
    let missing = record(
        "response",
        "http://a.example/404",
        "application/http",
        "HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\n\r\nx",
    );
    let picture = record(
        "response",
        "http://a.example/p",
        "application/http",
        "HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\nx",
    );
    let request = record("request", "http://a.example/1", "application/http", "GET / HTTP/1.1\r\n\r\n");
    let resource = record("resource", "http://a.example/r", "text/html", PAGE);
    let file = record("resource", "file:///etc/passwd", "text/html", PAGE);
    let text = record("conversion", "http://a.example/t", "text/plain", "Troops share base\nText.");
    let (urls, problems) = read([missing, picture, request, resource, file, text].concat());
    assert_eq!(
        urls,
        [format!("http://a.example/r {PAGE}"), "http://a.example/t Troops share base\nText.".into()]
    );
    assert_eq!(problems, Vec::<String>::new());
}

#[test]
fn a_damaged_member_costs_its_own_record_only() {
    let (info, one, two) = two();
    let mut broken = gzip(&one);
    let middle = broken.len() / 2;
    broken[middle..middle + 6].fill(0xff);
    let (urls, problems) = read([gzip(&info), broken, gzip(&two)].concat());
    assert_eq!(urls, [format!("http://a.example/2 {PAGE}")]);
    assert_eq!(problems.len(), 1, "{problems:?}");
    let cut = gzip(&one);
    let (urls, problems) = read([gzip(&info), cut[..cut.len() - 20].to_vec(), gzip(&two)].concat());
    assert_eq!((urls.len(), problems.len()), (1, 1), "{problems:?}");
    let (urls, problems) = read([gzip(&two), cut[..cut.len() - 20].to_vec()].concat());
    assert_eq!(urls.len(), 1);
    assert!(problems[0].contains("ends in the middle"), "{problems:?}");
}

#[test]
fn wrong_lengths_are_found_out() {
    let (_, one, two) = two();
    let length = |text: &str, by: i64| {
        let at = text.find("\r\nContent-Length: ").unwrap() + 18;
        let end = at + text[at..].find('\r').unwrap();
        let value: i64 = text[at..end].parse().unwrap();
        format!("{}{}{}", &text[..at], value + by, &text[end..])
    };
    for by in [-7, 60, 5000] {
        let broken = length(&one, by);
        for packed in
            [[broken.clone(), two.clone()].concat().into_bytes(), [gzip(&broken), gzip(&two)].concat()]
        {
            let (urls, problems) = read(packed);
            assert_eq!((urls.len(), problems.len()), (1, 1), "{by}: {urls:?} {problems:?}");
        }
    }
}

#[test]
fn a_block_that_is_not_what_its_digest_says_is_not_used() {
    let (_, one, _) = two();
    let digest =
        |digest: &str| one.replace("WARC-Type", &format!("WARC-Block-Digest: {digest}\r\nWARC-Type"));
    let block = one.split("\r\n\r\n").skip(1).collect::<Vec<_>>().join("\r\n\r\n");
    let block = block.strip_suffix("\r\n\r\n").unwrap();
    use sha1::Digest as _;
    let sum: String = sha1::Sha1::digest(block.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect();
    assert_eq!(read(digest(&format!("sha1:{sum}"))).1, Vec::<String>::new());
    let (urls, problems) = read(digest("sha1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"));
    assert_eq!(urls.len(), 0);
    assert!(problems[0].contains("digest"), "{problems:?}");
    assert_eq!(read(digest("md5:xyz")).0.len(), 1);
}

#[test]
fn noise_headers_without_end_and_missing_lengths_are_reported() {
    let (_, one, two) = two();
    let (urls, problems) = read([&*one, "noise\nmore noise\n", &*two].concat());
    assert_eq!((urls.len(), problems.len()), (1, 1), "{problems:?}");
    let no_length = one.replacen("Content-Length", "X-Length", 1);
    let (urls, problems) = read([no_length, two.clone()].concat());
    assert_eq!(urls.len(), 1);
    assert!(problems[0].contains("Content-Length"), "{problems:?}");
    let endless = format!("WARC/1.0\r\n{}\r\n", "X-Header: x\r\n".repeat(10_000));
    let (urls, problems) = read([endless, two].concat());
    assert_eq!((urls.len(), problems.len()), (1, 1), "{problems:?}");
    let (urls, problems) = read(&one.as_bytes()[..one.len() - 30]);
    assert_eq!(urls.len(), 0);
    assert!(problems[0].contains("the archive ends"), "{problems:?}");
}

#[test]
fn arc_files_are_read_too() {
    let http = format!("HTTP/1.1 200 OK\nContent-Type: text/html\n\n{PAGE}");
    let head = "1 0 Test\nURL IP-address Archive-date Content-type Archive-length\n";
    let arc = format!(
        "filedesc://x.arc 0.0.0.0 20240502190100 text/plain {}\n{head}\nhttp://a.example/with blank 192.0.2.1 20240502190100 text/html {}\n{http}\n\
         http://a.example/bad 192.0.2.1 20240502190100 text/html -1\n\nhttp://a.example/2 192.0.2.1 20240502190100 text/html {}\n{http}\n",
        head.len(),
        http.len(),
        http.len()
    );
    let (urls, problems) = read(arc);
    assert_eq!(urls, [format!("http://a.example/with blank {PAGE}"), format!("http://a.example/2 {PAGE}")]);
    assert_eq!(problems.len(), 1, "{problems:?}");
}

proptest! {
    #[test]
    fn foreign_bytes_end(bytes in proptest::collection::vec(any::<u8>(), 0..200), cut in 0usize..400) {
        read([b"WARC/1.0\r\nContent-Length: 9\r\n\r\n".as_slice(), &bytes].concat());
        let (_, one, two) = two();
        let mut packed = [gzip(&one), gzip(&two)].concat();
        packed.truncate(cut);
        packed.extend(bytes);
        read(packed);
    }
}
