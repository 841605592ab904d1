//! Inputs of all kinds, good and bad, from a folder that each test makes itself.

use std::fs;
use std::io::Write as _;
use std::path::PathBuf;
use std::sync::atomic::AtomicU32;

use super::*;
use crate::parse;

/// A folder of its own for a test, gone when the test ends.
pub(super) struct Folder(PathBuf);

impl Folder {
    pub(super) fn new() -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let path = std::env::temp_dir().join(format!("dateline-input-{}-{number}", std::process::id()));
        fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    pub(super) fn write(&self, name: &str, bytes: impl AsRef<[u8]>) -> String {
        let path = self.0.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, bytes).unwrap();
        path.display().to_string()
    }

    pub(super) fn input(&self) -> String {
        self.0.display().to_string()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// Titles of the articles, and problems, in order.
pub(super) fn read(input: &str) -> (Vec<String>, Vec<String>) {
    let (mut titles, mut problems) = (Vec::new(), Vec::new());
    for capture in captures(input, &Options::default()) {
        match capture {
            Ok(capture) => {
                let parsed = parse(&capture);
                titles.extend(parsed.items.into_iter().map(|item| item.title));
                problems.extend(parsed.problems.iter().map(ToString::to_string));
            }
            Err(problem) => problems.push(problem.to_string()),
        }
    }
    (titles, problems)
}

pub(super) fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

const LINES: &[u8] = b"{\"title\":\"One\"}\n{\"title\":\"Two\"}\n";

pub(super) fn page(title: &str) -> String {
    let paragraph = "<p>US and Russian troops are at the same air base in Niamey, a defence official said on Thursday evening.</p>";
    format!(
        "<!doctype html><html><head><title>{title} | Courier</title></head><body><article><h1>{title}</h1>{}</article></body></html>",
        paragraph.repeat(6)
    )
}

#[test]
fn files_are_read_as_what_they_are() {
    let folder = Folder::new();
    for (name, bytes) in [
        ("a.jsonl", LINES.to_vec()),
        ("b.jsonl.gz", gzip(LINES)),
        ("c.dat", zstd::encode_all(LINES, 3).unwrap()),
        ("d", [b"\xef\xbb\xbf".as_slice(), b"{\"title\":\"One\"}\r\n\r\n{\"title\":\"Two\"}"].concat()),
    ] {
        assert_eq!(read(&folder.write(name, bytes)), (vec!["One".into(), "Two".into()], vec![]), "{name}");
    }
    let html = folder.write("page.bin", page("Troops share base"));
    assert_eq!(read(&html), (vec!["Troops share base".into()], vec![]));
    let http = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n{}", page("Troops share hangar"));
    let warc = format!(
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://a.example/x\r\nContent-Type: application/http\r\nContent-Length: {}\r\n\r\n{http}\r\n\r\n",
        http.len()
    );
    let warc = folder.write("x.warc.gz", gzip(warc.as_bytes()));
    assert_eq!(read(&warc), (vec!["Troops share hangar".into()], vec![]));
}

#[test]
fn a_folder_is_read_in_the_order_of_names_without_hidden_files() {
    let folder = Folder::new();
    folder.write("b.jsonl", "{\"title\":\"B\"}");
    folder.write("a/2.jsonl", "{\"title\":\"A2\"}");
    folder.write("a/1.jsonl", "{\"title\":\"A1\"}");
    folder.write(".hidden.jsonl", "{\"title\":\"no\"}");
    folder.write(".git/x.jsonl", "{\"title\":\"no\"}");
    folder.write("c.pdf", "%PDF-1.7");
    let (titles, problems) = read(&folder.input());
    assert_eq!(titles, ["A1", "A2", "B"]);
    assert_eq!(problems.len(), 1);
    assert!(problems[0].contains("c.pdf: this is a PDF document"), "{problems:?}");
}

#[cfg(unix)]
#[test]
fn links_that_lead_back_are_entered_once() {
    let folder = Folder::new();
    folder.write("a/x.jsonl", "{\"title\":\"X\"}");
    std::os::unix::fs::symlink(&folder.0, folder.0.join("a/loop")).unwrap();
    std::os::unix::fs::symlink(folder.0.join("gone"), folder.0.join("broken")).unwrap();
    let (titles, problems) = read(&folder.input());
    assert_eq!(titles, ["X"]);
    assert!(problems[0].contains("broken: this file cannot be read"), "{problems:?}");
}

#[cfg(unix)]
#[test]
fn folders_without_permission_are_reported_and_the_rest_is_read() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = Folder::new();
    folder.write("closed/x.jsonl", "{\"title\":\"no\"}");
    folder.write("z.jsonl", "{\"title\":\"Z\"}");
    let closed = folder.0.join("closed");
    fs::set_permissions(&closed, fs::Permissions::from_mode(0o000)).unwrap();
    let is_root = fs::read_dir(&closed).is_ok(); // whom nothing is closed to
    let (titles, problems) = read(&folder.input());
    fs::set_permissions(&closed, fs::Permissions::from_mode(0o755)).unwrap();
    if !is_root {
        assert_eq!(titles, ["Z"]);
        assert!(problems[0].contains("this folder cannot be read"), "{problems:?}");
    }
}

#[test]
fn bad_inputs_are_problems_with_a_way_out() {
    let folder = Folder::new();
    for (name, bytes, what) in [
        ("empty.jsonl", b"".to_vec(), "this is empty"),
        ("blank.jsonl", b" \n\n".to_vec(), "this is empty"),
        ("binary", vec![0, 1, 2, 3, 0, 5], "no text"),
        ("list.json", b"[{\"title\":\"x\"}]".to_vec(), "not one object a line"),
        ("letter.txt", b"Dear editor,\nall is well.".to_vec(), "of a kind that dateline does not know"),
        ("empty.gz", gzip(b""), "this is empty"),
        ("cut.html.gz", gzip(page("x").as_bytes())[..60].to_vec(), "ends in the middle"),
    ] {
        let (titles, problems) = read(&folder.write(name, bytes));
        assert_eq!(titles, Vec::<String>::new());
        assert_eq!(problems.len(), 1, "{name}: {problems:?}");
        assert!(problems[0].contains(what) && problems[0].ends_with(')'), "{name}: {problems:?}");
    }
    let missing = folder.0.join("missing.jsonl").display().to_string();
    assert!(read(&missing).1[0].contains("there is no file or folder"));
    assert!(read("http://127.0.0.1:1/x").1[0].contains("private network"));
}

#[test]
fn a_bad_line_costs_itself_only() {
    let folder = Folder::new();
    let path = folder.write(
        "x.jsonl",
        b"{\"title\":\"One\"}\nnot json\n{\"id\":3}\n{\"title\":\"caf\xe9\"}\n{\"title\":\"Two\"}\n",
    );
    let (titles, problems) = read(&path);
    assert_eq!(titles, ["One", "Two"]);
    for (problem, place) in problems.iter().zip([":2: ", ":3: ", ":4: "]) {
        assert!(problem.contains(place), "{problem}");
    }
    assert!(problems[2].contains("byte 14 of this line is not UTF-8"), "{problems:?}");
}

#[test]
fn progress_counts_bytes_as_they_lie_on_disk() {
    let folder = Folder::new();
    folder.write("a.jsonl", LINES);
    folder.write("b.jsonl.gz", gzip(LINES));
    let size: u64 =
        fs::read_dir(&folder.0).unwrap().map(|entry| entry.unwrap().metadata().unwrap().len()).sum();
    let options = Options::default();
    assert_eq!(captures(&folder.input(), &options).count(), 4);
    assert_eq!(options.progress.read.load(Ordering::Relaxed), size);
    assert_eq!(options.progress.total.load(Ordering::Relaxed), size);
}

#[test]
fn a_format_that_is_given_is_believed() {
    let folder = Folder::new();
    let path = folder.write("x.txt", "Dear editor,");
    let options = Options { format: Some(Format::Jsonl), ..Options::default() };
    let capture = captures(&path, &options).next().unwrap().unwrap();
    assert_eq!((capture.format, capture.bytes.as_slice()), (Format::Jsonl, b"Dear editor,".as_slice()));
}

#[test]
fn feeds_are_told_from_pages_by_their_url() {
    for url in [
        "https://a.example/feed/",
        "https://a.example/world/rss.xml",
        "https://a.example/index.xml?x=1",
        "https://a.example/atom",
    ] {
        assert_eq!(want_of(url, None), Want::Feed, "{url}");
    }
    for url in
        ["https://feed.example/story", "https://a.example/feeding-niamey", "https://a.example/x?feed=rss"]
    {
        assert_eq!(want_of(url, None), Want::Page, "{url}");
    }
    assert_eq!(want_of("https://a.example/x", Some(Format::Feed)), Want::Feed);
    assert_eq!(want_of("https://a.example/feed", Some(Format::Html)), Want::Page);
}
