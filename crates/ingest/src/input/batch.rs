//! A batch in which nearly everything is broken: each bad file gives one problem that names it and a way out, and
//! the good ones between them are read.

use super::tests::{Folder, gzip, page, read};

fn feed(items: &str) -> String {
    format!("<rss version='2.0'><channel><title>Sahel Courier</title>{items}</channel></rss>")
}

const ENTRY: &str =
    "<item><title>Troops share base</title><link>https://sahel-courier.example/base</link></item>";

/// Entities that stand for ten of the one before them each: a thousand million letters in all.
fn bomb() -> String {
    let levels = (1..10).map(|level| {
        let inner = format!("&x{};", level - 1).repeat(10);
        format!("<!ENTITY x{level} '{inner}'>")
    });
    let entry = ENTRY.replace("<link>", "<description>Troops &x9; share a base.</description><link>");
    format!("<!DOCTYPE rss [<!ENTITY x0 'x'>{}]>{}", levels.collect::<String>(), feed(&entry))
}

#[test]
fn a_batch_goes_on_past_whatever_is_broken() {
    let folder = Folder::new();
    let long = [vec![b'x'; super::LONGEST_LINE + 1], b"\n{\"title\":\"after\"}".to_vec()].concat();
    let utf_16 = format!("<?xml version='1.0' encoding='utf-16'?>{}", feed(ENTRY));
    let utf_16: Vec<u8> = utf_16.encode_utf16().flat_map(u16::to_be_bytes).collect();
    // Name, bytes, how many articles, what the problem says; nothing for what is no problem.
    let cases: Vec<(&str, Vec<u8>, usize, &str)> = vec![
        ("a-empty.jsonl", vec![], 0, "this is empty"),
        ("b-good.jsonl", b"{\"title\":\"good\"}".to_vec(), 1, ""),
        ("c-binary.bin", vec![0, 159, 146, 150, 0, 1, 2], 0, "holds no articles"),
        (
            "d-cut.jsonl.gz",
            gzip(b"{\"title\":\"cut\"}\n")[..12].to_vec(),
            0,
            "ends in the middle of its gzip",
        ),
        ("e-line.jsonl", b"{\"title\":\"before\"}\nnoise\n{\"title\":\"after\"}".to_vec(), 2, ":2: "),
        ("f-lacking.jsonl", b"{\"url\":\"https://a.example/1\"}\n".to_vec(), 0, "`title`"),
        ("g-long.jsonl", long, 1, "this line has"),
        ("h-bomb.xml", bomb().into_bytes(), 1, "`x9` was not expanded"),
        ("i-deep.html", format!("<html>{}<p>x</p>", "<div>".repeat(200_000)).into_bytes(), 0, "article"),
        ("j-undated.xml", feed(ENTRY).into_bytes(), 1, ""),
        ("k-utf16be.xml", utf_16, 1, ""),
        ("l-cut.xml", feed(&ENTRY.repeat(2)).as_bytes()[..200].to_vec(), 1, "ends in the middle"),
        ("m-front.html", b"<html><title>Sahel Courier</title><p>Home</p></html>".to_vec(), 0, "article"),
        ("n-latin.jsonl", b"{\"title\":\"caf\xe9\"}".to_vec(), 0, "not UTF-8"),
        ("o-page.html", page("Troops share base").into_bytes(), 1, ""),
        ("p-noise.warc", b"WARC/1.0\r\nnoise".to_vec(), 0, "p-noise.warc"),
        ("z-good.jsonl", b"{\"title\":\"last\"}".to_vec(), 1, ""),
    ];
    for (name, bytes, ..) in &cases {
        folder.write(name, bytes);
    }
    let (titles, problems) = read(&folder.input());
    for (name, _, _, what) in &cases {
        let own: Vec<&String> = problems.iter().filter(|problem| problem.contains(name)).collect();
        assert_eq!(own.len(), usize::from(!what.is_empty()), "{name}: {own:?}");
        for problem in own {
            assert!(problem.contains(what), "{name}: {problem}");
            assert!(problem.ends_with(')'), "no way out of {name}: {problem}");
        }
    }
    assert_eq!(titles.len(), cases.iter().map(|(_, _, articles, _)| articles).sum::<usize>(), "{titles:?}");
    assert_eq!(titles.last().map(String::as_str), Some("last"));
}
