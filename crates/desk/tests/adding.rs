//! What adding promises: the same articles in the same order give the same stories, however they came in.

use std::path::{Path, PathBuf};

use dateline_brief::{compose, faces};
use dateline_desk::{AddOptions, AddReport, Desk, add};
use dateline_reader::Reader;
use dateline_store::{Folder, HeadFilter, Store};

fn demo(part: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../demo").join(part);
    path.canonicalize().unwrap().display().to_string()
}

fn options(threads: usize) -> AddOptions {
    AddOptions { threads, now: "2024-05-11T00:00:00Z".parse().ok(), ..AddOptions::default() }
}

fn run(dir: &Path, inputs: &[String], threads: usize) -> AddReport {
    add(&Folder::at(dir), inputs, &options(threads)).unwrap()
}

/// Everything the store and the briefs say of all stories, but for the file and line an article came from.
fn told(dir: &Path) -> String {
    let desk = Desk::open(Folder::at(dir)).unwrap();
    let heads = desk.stories(&HeadFilter::default()).unwrap();
    assert!(!heads.is_empty());
    assert_eq!(desk.store().examine().unwrap(), Vec::<String>::new());
    let reader = Reader::new(desk.registry());
    let mut told = String::new();
    for head in heads {
        let mut dossier = desk.dossier(head.story).unwrap();
        let composed = compose(&dossier, desk.registry(), &reader);
        told.push_str(&faces::json(&composed.brief));
        told.push_str(&faces::markdown(&composed.brief, &composed.passages));
        dossier.versions.values_mut().flatten().for_each(|version| version.source = Default::default());
        told.push_str(&format!("{dossier:#?}\n"));
    }
    told
}

/// The demo's articles as lines of a file, in the order in which they arrived.
fn as_lines(dir: &Path, to: &Path) -> Vec<PathBuf> {
    let desk = Desk::open(Folder::at(dir)).unwrap();
    let mut lines: Vec<String> = Vec::new();
    for stored in desk.store().after(0, 10_000).unwrap() {
        let version = &stored.version;
        lines.push(
            serde_json::json!({
                "url": stored.article.url, "title": version.title, "text": version.text, "lang": version.lang.code(),
                "published": version.dates.published.or(version.dates.feed).map(|when| when.to_string()),
                "byline": version.byline, "id": format!("row-{}", stored.seq),
            })
            .to_string(),
        );
    }
    let half = lines.len() / 2;
    [("all", &lines[..]), ("first", &lines[..half]), ("second", &lines[half..])]
        .map(|(name, lines)| {
            let path = to.join(format!("{name}.jsonl"));
            std::fs::write(&path, lines.join("\n")).unwrap();
            path
        })
        .to_vec()
}

#[test]
fn one_go_two_halves_and_any_number_of_threads_give_the_same_stories() {
    let dir = tempfile::tempdir().unwrap();
    let at = |name: &str| dir.path().join(name);
    run(&at("demo"), &[demo("feeds"), demo("pages")], 2);
    let files: Vec<String> =
        as_lines(&at("demo"), dir.path()).iter().map(|path| path.display().to_string()).collect();
    let [all, first, second] = &files[..] else { unreachable!() };

    run(&at("one-go"), std::slice::from_ref(all), 2);
    let expected = told(&at("one-go"));
    run(&at("one-thread"), std::slice::from_ref(all), 1);
    assert!(told(&at("one-thread")) == expected, "threads make a difference");
    run(&at("halves"), std::slice::from_ref(first), 2);
    run(&at("halves"), std::slice::from_ref(second), 2);
    let halves = told(&at("halves"));
    if let Some((half, one)) = halves.lines().zip(expected.lines()).find(|(half, one)| half != one) {
        panic!("halves make a difference: {half} instead of {one}");
    }
    assert_eq!(halves.len(), expected.len());

    let again = run(&at("one-go"), std::slice::from_ref(all), 2);
    assert_eq!((again.arrived, again.edited, again.fuller), (0, 0, 0), "{again:?}");
    assert!(told(&at("one-go")) == expected, "adding again makes a difference");
}

#[test]
fn pages_follow_their_feeds_and_later_states_are_versions() {
    let dir = tempfile::tempdir().unwrap();
    let first = run(dir.path(), &[demo("feeds"), demo("pages")], 2);
    assert_eq!((first.arrived, first.edited), (122, 0), "{first:?}");
    assert_eq!(first.problem_count, 0, "{:?}", first.problems);
    let again = run(dir.path(), &[demo("pages"), demo("feeds")], 2);
    assert_eq!((again.arrived, again.edited, again.fuller), (0, 0, 0), "{again:?}");
    let later = run(dir.path(), &[demo("later/pages")], 2);
    assert_eq!((later.arrived, later.edited, later.unchanged), (0, 2, 1), "{later:?}");
    let again = run(dir.path(), &[demo("pages"), demo("later/pages")], 2);
    assert_eq!((again.arrived, again.edited, again.fuller), (0, 0, 0), "{again:?}");
}
