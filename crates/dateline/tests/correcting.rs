//! What `dateline story` promises: corrections by hand that stay.

mod common;

use common::{Bench, demo, invented};
use serde_json::Value;

/// A folder with the demo's feeds in it.
/// The demo's feeds, each language by itself: what the desk finds out across languages is in the same log.
fn with_feeds() -> Bench {
    let bench = Bench::by_words();
    let added = bench.run(&["add", &demo("feeds"), "-q"]);
    assert_eq!(added.code, Some(0), "{}", added.err);
    bench
}

/// The ids of a story's articles.
fn articles(bench: &Bench, story: &str) -> Vec<String> {
    let shown = bench.json(&["show", story, "--json"]);
    let all = shown["articles"].as_array().unwrap();
    all.iter().map(|article| article["article"]["article"].as_str().unwrap().to_owned()).collect()
}

/// The ids of two stories with several articles.
fn two_stories(bench: &Bench) -> [String; 2] {
    let desk = bench.json(&["stories", "--limit", "0", "--json"]);
    let several = desk["stories"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|story| (3..12).contains(&story["counts"]["articles"].as_u64().unwrap()));
    let ids: Vec<String> = several.map(|story| story["story"].as_str().unwrap().to_owned()).collect();
    [ids[0].clone(), ids[1].clone()]
}

fn is_sound(bench: &Bench) {
    let doctor = bench.run(&["doctor", "--json"]);
    assert_eq!(doctor.code, Some(0), "{}", doctor.out);
    assert_eq!(doctor.json()["search"]["behind"], 0, "{}", doctor.out);
}

#[test]
fn the_next_best_story_goes_by_what_a_hand_made_of_it() {
    let bench = with_feeds();
    let desk = bench.json(&["stories", "--limit", "0", "--json"]);
    let ids: Vec<&str> =
        desk["stories"].as_array().unwrap().iter().map(|story| story["story"].as_str().unwrap()).collect();
    let next_best = |story: &str| {
        let shown = bench.json(&["show", story, "--json"]);
        let nearest = shown["articles"][0]["why"]["nearest"].clone();
        (nearest["probability"].as_f64() >= Some(0.1)).then_some(nearest)
    };
    let (story, nearest) = ids.iter().find_map(|story| Some((*story, next_best(story)?))).unwrap();
    let beside = nearest["story"].as_str().unwrap();
    let far = ids.iter().find(|id| ![story, beside].contains(id)).unwrap();

    // Put into a third story, it is that one now; put into this one, it is no other story at all.
    let merged = bench.run(&["story", "merge", beside, far, "-q"]);
    assert_eq!(merged.code, Some(0), "{}", merged.err);
    let shown = bench.json(&["show", far, "--json"]);
    let now = next_best(story).unwrap();
    assert_eq!((&now["story"], &now["title"]), (&shown["story"]["story"], &shown["story"]["title"]));
    assert_eq!(now["probability"], nearest["probability"]);
    let merged = bench.run(&["story", "merge", far, story, "-q"]);
    assert_eq!(merged.code, Some(0), "{}", merged.err);
    let shown = bench.run(&["show", story]).out;
    assert!(shown.contains("%: a story that was put into this one since"), "{shown}");
    assert!(shown.contains("placed        put here by hand: correction 2"), "{shown}");
}

#[test]
fn a_merged_story_is_found_under_both_ids_and_says_so() {
    let bench = with_feeds();
    let [a, b] = two_stories(&bench);
    let sum = articles(&bench, &a).len() + articles(&bench, &b).len();
    let title = |story: &str| bench.json(&["show", story, "--json"])["story"]["title"].clone();

    let merged = bench.run(&["story", "merge", &a[..9], &b]);
    assert_eq!(merged.code, Some(0), "{}", merged.err);
    assert!(merged.out.starts_with("correction 1: merged story "), "{}", merged.out);
    assert!(merged.out.contains(&format!("{sum} articles")), "{}", merged.out);
    assert!(merged.err.contains("dateline story undo 1"), "{}", merged.err);
    for command in ["show", "brief"] {
        let old = bench.run(&[command, &a]);
        assert_eq!(old.code, Some(0), "{}", old.err);
        assert!(old.err.contains(&format!("story {a} was put into story")), "{}", old.err);
        let new = bench.run(&[command, &b]);
        assert_eq!((old.out, new.err.as_str()), (new.out, ""), "{command}");
    }
    assert!(bench.run(&["show", &a]).out.contains("put here by hand: correction 1"));
    assert_eq!(title(&a), title(&b));
    assert_eq!(articles(&bench, &a).len(), sum);
    for id in [&a, &b] {
        let found = bench.json(&["search", &format!("story:{id}"), "--limit", "100", "--json"]);
        assert_eq!(found["total"], sum);
        assert_eq!(found["hits"][0]["story"], b.as_str());
    }
    is_sound(&bench);
    let checked = bench.run(&["check", &b]);
    assert!(matches!(checked.code, Some(0 | 4)), "{}", checked.err);

    // Taken back, everything is as it was.
    let undone = bench.run(&["story", "undo", "1"]);
    assert_eq!(undone.code, Some(0), "{}", undone.err);
    assert!(undone.out.starts_with("correction 2: undid correction 1: "), "{}", undone.out);
    assert_eq!(bench.stories("desk"), with_feeds().stories("desk"));
    assert!(!bench.run(&["show", &a]).err.contains("put into"));
    let log = bench.run(&["story", "corrections"]);
    assert_eq!(log.out.lines().filter(|line| line.contains("(undone by")).count(), 1, "{}", log.out);
    is_sound(&bench);
}

#[test]
fn articles_are_split_off_and_moved() {
    let bench = with_feeds();
    let [a, b] = two_stories(&bench);
    let of_a = articles(&bench, &a);
    let split = bench.json(&["story", "split", &a, &of_a[0], &of_a[2], "--json"]);
    assert_eq!(split["correction"]["kind"], "split");
    assert_eq!(split["correction"]["moved"], Value::from(vec![of_a[0].as_str(), of_a[2].as_str()]));
    let new = split["correction"]["to"].as_str().unwrap().to_owned();
    assert_eq!(articles(&bench, &new), [of_a[0].clone(), of_a[2].clone()]);
    assert_eq!(articles(&bench, &a).len(), of_a.len() - 2);
    assert_eq!(split["stories"][1]["counts"]["articles"], 2);
    assert_eq!(split["index_behind"], Value::Null);

    // An article by its URL; and the last one of a story leaves its id behind.
    let url = bench.json(&["show", &of_a[0], "--json"])["article"]["url"].as_str().unwrap().to_owned();
    assert_eq!(bench.json(&["story", "move", &url, &b, "--json"])["correction"]["ended"], false);
    let last = bench.run(&["story", "move", &of_a[2], &b]);
    assert!(last.out.contains(" leads to "), "{}", last.out);
    assert_eq!(articles(&bench, &new), articles(&bench, &b));
    let shown = bench.json(&["show", &of_a[2], "--json"]);
    assert_eq!((&shown["membership"]["story"], &shown["by_hand"]), (&b.as_str().into(), &3.into()));
    is_sound(&bench);

    let log = bench.json(&["story", "corrections", "--json"]);
    let kinds: Vec<&str> =
        log["corrections"].as_array().unwrap().iter().map(|one| one["kind"].as_str().unwrap()).collect();
    assert_eq!(kinds, ["split", "move", "move"]);
    for number in ["3", "2", "1"] {
        let undone = bench.run(&["story", "undo", number]);
        assert_eq!(undone.code, Some(0), "{}", undone.err);
    }
    assert_eq!(bench.stories("desk"), with_feeds().stories("desk"));
}

#[test]
fn what_cannot_be_corrected_is_said_with_the_way_out() {
    let bench = with_feeds();
    let [a, b] = two_stories(&bench);
    let (of_a, of_b) = (articles(&bench, &a), articles(&bench, &b));
    let before = bench.stories("desk");
    let all: Vec<&str> =
        ["story", "split", a.as_str()].into_iter().chain(of_a.iter().map(String::as_str)).collect();
    for (arguments, code, says) in [
        (&["story", "merge", &a, &a][..], 1, "name two stories"),
        (&["story", "merge", &a, "s0000000"], 1, "no story has the id"),
        (&["story", "merge", &a, "airbase"], 1, "no story has the id"),
        (&["story", "merge", &a], 2, "INTO"),
        (&["story", "split", &a], 2, "ARTICLE"),
        (&all[..], 1, "nothing to split them from"),
        (&["story", "split", &a, &of_b[0]], 1, "is not in story"),
        (&["story", "move", &of_a[0], &a], 1, "already"),
        (&["story", "move", "a0000000", &a], 1, "no article"),
        (&["story", "undo", "1"], 1, "dateline story corrections"),
        (&["story", "undo", "x"], 2, "N"),
    ] {
        let ran = bench.run(arguments);
        assert_eq!(ran.code, Some(code), "{arguments:?}: {}", ran.err);
        assert!(ran.err.starts_with("error: ") && ran.err.contains(says), "{arguments:?}: {}", ran.err);
        assert_eq!(ran.out, "", "{arguments:?}");
    }
    assert_eq!(bench.stories("desk"), before);
    let none = bench.run(&["story", "corrections"]);
    assert_eq!((none.code, none.out.as_str()), (Some(0), ""));
    assert!(none.err.contains("no corrections"), "{}", none.err);

    bench.json(&["story", "merge", &a, &b, "--json"]);
    let again = bench.run(&["story", "merge", &a, &b, "-q"]);
    assert!(again.err.contains("name two stories"), "{}", again.err);
    bench.json(&["story", "split", &b, &of_b[0], "--json"]);
    let buried = bench.run(&["story", "undo", "1"]);
    assert!(buried.err.contains("dateline story undo 2"), "{}", buried.err);
    let missing = bench.run(&["story", "corrections", "--dir", "nowhere"]);
    assert!(missing.code == Some(1) && missing.err.contains("add something first"), "{}", missing.err);
}

#[test]
fn corrections_hold_for_what_comes_in_later_with_and_without_the_snapshot() {
    // Enough for a snapshot at the end of the first run.
    let lines = invented(640);
    let lines: Vec<&str> = lines.lines().collect();
    let bench = Bench::new();
    // Half of the articles of each event come first, so that the rest has a story to join.
    let part = |odd: bool| -> String {
        let of_part = lines.iter().enumerate().filter(|(at, _)| (at % 4 >= 3) == odd);
        of_part.map(|(_, line)| format!("{line}\n")).collect()
    };
    let more: String = invented(1_240).lines().skip(640).map(|line| format!("{line}\n")).collect();
    let first = bench.file("first.jsonl", part(false) + &more);
    let second = bench.file("second.jsonl", part(true));
    for dir in ["kept", "lost"] {
        let added = bench.run(&["add", &first, "--dir", dir, "-q"]);
        assert_eq!(added.code, Some(0), "{}", added.err);
        assert!(bench.path(dir).join("stories.snapshot").exists());
        let stories = bench.json(&["stories", "--limit", "0", "--json", "--dir", dir]);
        let mut ids: Vec<&str> = stories["stories"]
            .as_array()
            .unwrap()
            .iter()
            .map(|story| story["story"].as_str().unwrap())
            .collect();
        ids.sort_unstable();
        for pair in ids.chunks_exact(2).take(5) {
            let merged = bench.run(&["story", "merge", pair[0], pair[1], "--dir", dir, "-q"]);
            assert_eq!(merged.code, Some(0), "{}", merged.err);
        }
        for story in &ids[20..24] {
            let shown = bench.json(&["show", story, "--json", "--dir", dir]);
            let Some(article) = shown["articles"].get(1) else { continue };
            let id = article["article"]["article"].as_str().unwrap();
            let split = bench.run(&["story", "split", story, id, "--dir", dir, "-q"]);
            assert_eq!(split.code, Some(0), "{}", split.err);
        }
        if dir == "lost" {
            std::fs::remove_file(bench.path(dir).join("stories.snapshot")).unwrap();
        }
        let added = bench.json(&["add", &second, "--dir", dir, "--json"]);
        assert_eq!(added["articles"]["new"], 160);
        for merged in ids.chunks_exact(2).take(5) {
            let shown = bench.json(&["show", merged[0], "--json", "--dir", dir]);
            assert_eq!(shown["story"]["story"], merged[1]);
        }
    }
    assert_eq!(bench.stories("kept"), bench.stories("lost"));
}
