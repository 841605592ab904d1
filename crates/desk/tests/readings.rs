//! Deep readings that are kept: they tell what fresh ones tell, and what cannot be used is read again.

use std::path::Path;
use std::sync::atomic::AtomicU64;

use dateline_desk::{AddOptions, Desk, add, read_backlog};
use dateline_model::{ArticleId, Span, StoryId};
use dateline_store::search::Ranking;
use dateline_store::{DeepReading, Folder, HeadFilter, Store};

/// A folder with the demo's feeds.
fn desk_of_feeds() -> (tempfile::TempDir, Folder) {
    let dir = tempfile::tempdir().unwrap();
    let folder = Folder::at(dir.path().join("desk"));
    let feeds = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../demo/feeds").display().to_string();
    let options = AddOptions { now: "2024-05-11".parse().ok(), ..AddOptions::default() };
    add(&folder, &[feeds], &options).unwrap();
    (dir, folder)
}

fn open(folder: &Folder) -> Desk {
    Desk::open(folder.clone()).unwrap()
}

/// The story with the most articles that are read deeply.
fn largest(folder: &Folder) -> StoryId {
    let heads = open(folder).stories(&HeadFilter::default()).unwrap();
    heads.iter().max_by_key(|head| head.counts.articles).unwrap().story
}

fn kept(folder: &Folder, story: StoryId) -> Vec<(ArticleId, DeepReading)> {
    let desk = open(folder);
    let members = desk.store().story(story).unwrap().unwrap().members;
    let articles: Vec<ArticleId> = members.iter().map(|member| member.article).collect();
    let kept = desk.store().readings(&articles).unwrap();
    kept.into_iter().flat_map(|(article, all)| all.into_iter().map(move |one| (article, one))).collect()
}

#[test]
fn the_second_dossier_reads_nothing_and_is_the_same() {
    let (_dir, folder) = desk_of_feeds();
    let story = largest(&folder);
    let first = open(&folder);
    let fresh = first.dossier(story).unwrap();
    assert!(first.deeply_read() > 2 && fresh.said.values().any(|said| !said.is_empty()));
    let second = open(&folder);
    assert_eq!(second.dossier(story).unwrap(), fresh);
    assert_eq!(second.deeply_read(), 0);
}

#[test]
fn a_desk_that_cannot_write_reads_all_the_same() {
    let (_dir, folder) = desk_of_feeds();
    let story = largest(&folder);
    let lock = folder.lock().unwrap();
    let desk = open(&folder);
    let fresh = desk.dossier(story).unwrap();
    assert!(desk.deeply_read() > 0);
    assert!(kept(&folder, story).is_empty(), "somebody else was writing");
    drop(lock);
    assert_eq!(open(&folder).dossier(story).unwrap(), fresh);
    assert!(!kept(&folder, story).is_empty());
}

#[test]
fn readings_of_others_of_other_versions_and_damaged_ones_are_made_again() {
    let (_dir, folder) = desk_of_feeds();
    let story = largest(&folder);
    let fresh = open(&folder).dossier(story).unwrap();
    let damage: [fn(&mut DeepReading); 2] = [
        |reading| {
            reading.reader = "another reader".into();
            reading.said.clear();
        },
        // Behind the end of every text.
        |reading| reading.said.iter_mut().for_each(|said| said.content = Span { start: 0, end: u32::MAX }),
    ];
    for spoil in damage {
        let mut readings = kept(&folder, story);
        readings.retain(|(_, reading)| !reading.said.is_empty());
        assert!(!readings.is_empty());
        readings.iter_mut().for_each(|(_, reading)| spoil(reading));
        let lock = folder.lock().unwrap();
        folder.open_store(&lock).unwrap().save_readings(&readings).unwrap();
        drop(lock);
        let desk = open(&folder);
        assert_eq!(desk.dossier(story).unwrap(), fresh);
        assert_eq!(desk.deeply_read(), readings.len() as u64);
        assert_eq!(open(&folder).dossier(story).unwrap(), fresh);
        assert_eq!(open(&folder).store().examine().unwrap(), Vec::<String>::new(), "healed");
    }
}

#[test]
fn an_article_that_was_edited_is_read_again() {
    let (_dir, folder) = desk_of_feeds();
    let stories = |desk: &Desk| desk.stories(&HeadFilter::default()).unwrap();
    let desk = open(&folder);
    stories(&desk).iter().for_each(|head| drop(desk.dossier(head.story).unwrap()));
    let at = |part: &str| {
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../../demo").join(part).display().to_string()
    };
    let options = AddOptions { now: "2024-05-11".parse().ok(), ..AddOptions::default() };
    add(&folder, &[at("pages")], &options).unwrap();
    add(&folder, &[at("later/pages")], &options).unwrap();
    let desk = open(&folder);
    let mut edited = 0;
    for head in stories(&desk) {
        let dossier = desk.dossier(head.story).unwrap();
        for (article, said) in &dossier.said {
            let newest = dossier.newest(*article).unwrap();
            edited += usize::from(newest.number > 1);
            let fresh = dateline_desk::read_attributions(
                &newest.title,
                &newest.text,
                &newest.byline,
                newest.lang,
                desk.reader(),
                desk.registry(),
            );
            assert_eq!(said, &fresh);
        }
    }
    assert!(edited > 0);
}

/// How many articles fit a search.
fn found(desk: &mut Desk, query: &str) -> usize {
    desk.search(query, Ranking::Relevance, 1).unwrap().0
}

#[test]
fn the_backlog_is_read_once_and_then_speakers_are_found() {
    let (_dir, folder) = desk_of_feeds();
    let before = open(&folder).backlog().unwrap();
    assert!(before.read == 0 && before.waiting > 10, "{before:?}");
    assert_eq!(found(&mut open(&folder), "anon:yes"), 0);
    let done = AtomicU64::new(0);
    assert_eq!(read_backlog(&folder, &done).unwrap(), before.waiting);
    assert_eq!((done.into_inner(), read_backlog(&folder, &AtomicU64::new(0)).unwrap()), (before.waiting, 0));
    let mut desk = open(&folder);
    let after = desk.backlog().unwrap();
    assert_eq!((after.read, after.waiting), (before.waiting, 0));

    let all = found(&mut desk, "airbase");
    let unnamed = found(&mut desk, "anon:\"defense official\" airbase");
    assert!(0 < unnamed && unnamed < all, "{unnamed} of {all}");
    assert!(found(&mut desk, "via:\"Meridian Wire\" anon:yes") > 0);
    assert!(found(&mut desk, "speaker:pentagon") > 0);
    assert!(found(&mut desk, "lang:fr speaker:\"haut responsable\"") > 0, "in its plain forms");
    // An index made anew holds the same.
    let counts: Vec<usize> = ["anon:yes", "speaker:pentagon"].map(|query| found(&mut desk, query)).into();
    drop(desk);
    std::fs::remove_dir_all(folder.search_path()).unwrap();
    let mut desk = open(&folder);
    assert_eq!(["anon:yes", "speaker:pentagon"].map(|query| found(&mut desk, query)).to_vec(), counts);
}

#[test]
fn the_index_follows_what_a_dossier_had_to_read() {
    let (_dir, folder) = desk_of_feeds();
    let mut desk = open(&folder);
    let story = desk.find_story("Airbase 101 hangar Niamey").unwrap().story;
    assert_eq!(found(&mut desk, "anon:yes"), 0);
    desk.dossier(story).unwrap();
    let mut desk = open(&folder);
    let (all, here) = (found(&mut desk, "anon:yes"), found(&mut desk, &format!("anon:yes story:{story}")));
    assert!(all > 0 && all == here, "{all}, {here} in the story");
}
