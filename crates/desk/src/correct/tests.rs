use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use dateline_model::{Link, Membership, Registry, StoryHead, Storyline, links};
use dateline_reader::Reader;
use dateline_store::HeadFilter;
use dateline_stories::correct::Refused;
use proptest::prelude::*;

use super::*;
use crate::about::About;
use crate::resume::{Covered, keep, resume, unpack};
use crate::{AddOptions, Desk, add};

/// Three events, told in words they share.
const EVENTS: [(&str, &str); 3] = [
    (
        "U.S. and Russian troops share airbase in Niger",
        "Russian troops use a separate hangar at Airbase 101 beside Diori Hamani airport in Niamey, a senior U.S. \
         official told Meridian Wire, and the two contingents do not mingle on the apron of the base in Niger.",
    ),
    (
        "Niger orders U.S. troops to leave drone base in Agadez",
        "Niger told the United States to take its troops out of the drone base in Agadez by September, the junta's \
         spokesman said on television, and the talks in Niamey on the conditions go on next week.",
    ),
    (
        "Italian troops to stay in Niger as training mission goes on",
        "Italian troops will stay in Niger and go on training its army beside the airport in Niamey, the defence \
         minister said in Rome, two weeks after the junta told U.S. troops to leave the country.",
    ),
];

/// A line about an event: its report, a reprint, one that cites, one in other words.
fn line(n: usize, event: usize, kind: usize) -> String {
    let (title, text) = EVENTS[event];
    let text = match kind {
        0 => text.to_owned(),
        1 => format!("NIAMEY (Meridian Wire) – {text}"),
        2 => format!("As Meridian Wire reported, there is news of the troops. {title}, it said."),
        _ => format!("{} The governor of region {n} had no comment.", text.replace("troops", "soldiers")),
    };
    let outlet = ["meridian-wire", "sahel-courier", "lagos-lantern", "harbor-times"][(n + kind) % 4];
    serde_json::json!({
        "id": format!("row-{n}"), "url": format!("https://{outlet}.example/{n}"), "title": title, "text": text,
        "lang": "en", "published": format!("2024-05-{:02}T{:02}:00:00Z", 1 + n / 24, n % 24),
    })
    .to_string()
}

/// A folder, and what somebody does to it.
struct Bench {
    dir: tempfile::TempDir,
    added: usize,
}

impl Bench {
    fn new() -> Self {
        Self { dir: tempfile::tempdir().unwrap(), added: 0 }
    }

    fn folder(&self) -> Folder {
        Folder::at(self.dir.path().join("desk"))
    }

    /// Adds articles on events.
    fn add(&mut self, articles: &[(usize, usize)]) {
        let mut lines = String::new();
        for (event, kind) in articles {
            lines.push_str(&line(self.added, *event, *kind));
            lines.push('\n');
            self.added += 1;
        }
        let path = self.dir.path().join("lines.jsonl");
        std::fs::write(&path, lines).unwrap();
        let options = AddOptions { threads: 1, now: "2024-06-11".parse().ok(), ..AddOptions::default() };
        let report = add(&self.folder(), &[path.display().to_string()], &options).unwrap();
        assert_eq!(report.arrived as usize, articles.len(), "{report:?}");
    }

    fn desk(&self) -> Desk {
        Desk::open(self.folder()).unwrap()
    }

    fn stories(&self) -> BTreeMap<StoryId, Vec<ArticleId>> {
        let desk = self.desk();
        let heads = desk.stories(&HeadFilter::default()).unwrap();
        let articles = |story| -> Vec<ArticleId> {
            desk.store().memberships(story).unwrap().iter().map(|membership| membership.article).collect()
        };
        heads.iter().map(|head| (head.story, articles(head.story))).collect()
    }

    /// All places, heads and storylines, by story.
    fn told(&self) -> BTreeMap<StoryId, (StoryHead, Vec<Membership>, Option<Storyline>)> {
        let desk = self.desk();
        let heads = desk.stories(&HeadFilter::default()).unwrap();
        let places = |story| desk.store().memberships(story).unwrap();
        let line = |story| desk.store().storyline(story).unwrap();
        heads
            .into_iter()
            .map(|head| (head.story, (head.clone(), places(head.story), line(head.story))))
            .collect()
    }

    fn correct(&self, ask: &Ask) -> Result<Corrected, DeskError> {
        correct(&self.folder(), ask)
    }

    /// Keeps a snapshot of the stream as it is now.
    fn keep_snapshot(&self) {
        let folder = self.folder();
        let lock = folder.lock().unwrap();
        let store = folder.open_store(&lock).unwrap();
        let registry: Arc<Registry> = Arc::new(folder.registry().unwrap().0);
        let stream =
            resume(&folder, &store, &registry, &Reader::new(&registry), &About::default()).unwrap().0;
        let covered = Covered::all_of(&store).unwrap();
        keep(&folder, &lock, covered, &stream.to_snapshot().unwrap()).unwrap();
        let kept = unpack(&folder.read_snapshot().unwrap(), &registry).unwrap();
        assert_eq!((kept.0.arrivals(), kept.1), (stream.arrivals(), covered));
    }

    fn drop_snapshot(&self) {
        let path = self.folder().snapshot_path();
        if path.exists() {
            std::fs::remove_file(path).unwrap();
        }
    }

    /// What must hold at any time; `seen` are the ids that anybody may have written down.
    fn assert_sound(&self, seen: &mut BTreeSet<StoryId>) {
        let mut desk = self.desk();
        assert_eq!(desk.store().examine().unwrap(), Vec::<String>::new());
        let mut story_of = BTreeMap::new();
        for head in desk.stories(&HeadFilter::default()).unwrap() {
            let stored = desk.store().story(head.story).unwrap().unwrap();
            assert_eq!(head, heads::head(head.story, &stored.members, desk.registry()));
            story_of.extend(stored.members.iter().map(|member| (member.article, head.story)));
            seen.insert(head.story);
        }
        let log = desk.store().corrections().unwrap();
        for ((a, b), link) in links(&log) {
            assert_eq!(story_of[&a] == story_of[&b], link == Link::Together, "{a} and {b} by {log:#?}");
        }
        for id in seen.iter() {
            let living = desk.store().living(*id).unwrap().unwrap();
            let found = desk.find_story(&id.to_string()).unwrap();
            assert_eq!((found.story, found.ended), (living, (living != *id).then_some(*id)));
            assert_eq!(desk.dossier(*id).unwrap().head.story, living);
        }
        // Searches find articles in the stories they are in.
        let (total, hits) = desk.search("troops OR soldiers", Default::default(), 100).unwrap();
        assert_eq!(total, story_of.len());
        for hit in hits {
            let of_story = desk.search(&format!("story:{}", hit.story), Default::default(), 100).unwrap().1;
            assert!(of_story.iter().any(|other| other.member.article == hit.member.article));
            assert_eq!(hit.story, story_of[&hit.member.article]);
        }
    }
}

/// A folder with two stories: Airbase 101 with three articles, Agadez with two.
fn two_stories() -> (Bench, StoryId, StoryId) {
    let mut bench = Bench::new();
    bench.add(&[(0, 0), (0, 1), (1, 0), (0, 3), (1, 1)]);
    let stories = bench.stories();
    let with = |articles: usize| *stories.iter().find(|(_, all)| all.len() == articles).unwrap().0;
    assert_eq!(stories.len(), 2, "{stories:?}");
    (bench, with(3), with(2))
}

#[test]
fn what_would_have_joined_a_merged_story_joins_the_other_with_or_without_a_snapshot() {
    for snapshot in [true, false] {
        let (mut bench, base, drone) = two_stories();
        if snapshot {
            bench.keep_snapshot();
        }
        let merged = bench.correct(&Ask::Merge { story: base, into: drone }).unwrap();
        assert_eq!((merged.correction.number, merged.index_behind), (1, None));
        assert_eq!(merged.heads.len(), 1, "the merged story is gone");
        assert_eq!((merged.heads[0].story, merged.heads[0].counts.articles), (drone, 5));
        bench.add(&[(0, 3), (1, 3)]);
        assert_eq!(bench.stories()[&drone].len(), 7, "snapshot: {snapshot}");
        assert_eq!(bench.stories().len(), 1);
        bench.assert_sound(&mut [base, drone].into());
    }
}

#[test]
fn a_split_story_stays_split_and_both_parts_take_what_comes() {
    let (mut bench, base, _) = two_stories();
    let first = bench.stories()[&base][0];
    let split = bench.correct(&Ask::Split { story: base, articles: vec![first] }).unwrap();
    let new = split.correction.to;
    assert_eq!(split.heads.iter().map(|head| head.counts.articles).collect::<Vec<_>>(), [2, 1]);
    let mut seen = [base, new].into();
    bench.assert_sound(&mut seen);
    bench.add(&[(0, 0), (0, 3)]);
    let stories = bench.stories();
    assert_eq!(stories[&base].len() + stories[&new].len(), 5, "{stories:?}");
    let undone = bench.correct(&Ask::Undo(1)).unwrap();
    assert_eq!(undone.heads.len(), 1);
    assert_eq!(bench.stories()[&base].len(), 5, "what joined the new story comes along");
    bench.assert_sound(&mut seen);
}

#[test]
fn what_is_refused_changes_nothing() {
    let (bench, base, drone) = two_stories();
    let before = bench.told();
    let there = bench.stories()[&base][0];
    for (ask, refused) in [
        (Ask::Merge { story: base, into: base }, Refused::Same(base)),
        (Ask::Move { article: there, to: base }, Refused::There { article: there, story: base }),
        (Ask::Split { story: base, articles: bench.stories()[&base].clone() }, Refused::Whole(base)),
        (
            Ask::Split { story: drone, articles: vec![there] },
            Refused::NotInStory { article: there, story: drone },
        ),
        (Ask::Undo(1), Refused::NoCorrection(1)),
    ] {
        match bench.correct(&ask) {
            Err(DeskError::Refused(why)) => assert_eq!(why, refused),
            other => panic!("{ask:?}: {other:?}"),
        }
    }
    assert_eq!(bench.told(), before);
    assert!(bench.desk().store().corrections().unwrap().is_empty());
}

#[test]
fn a_snapshot_of_the_layout_before_is_not_read() {
    let (mut bench, base, drone) = two_stories();
    bench.keep_snapshot();
    let path = bench.folder().snapshot_path();
    let bytes = std::fs::read(&path).unwrap();
    // It began with the number of the newest version, and knew no corrections.
    std::fs::write(&path, [&5i64.to_le_bytes()[..], &bytes[20..]].concat()).unwrap();
    bench.correct(&Ask::Merge { story: base, into: drone }).unwrap();
    bench.add(&[(0, 3)]);
    assert_eq!(bench.stories()[&drone].len(), 6);
}

#[test]
fn an_index_that_a_crash_left_behind_catches_up() {
    let (bench, base, drone) = two_stories();
    // The facts are written, and nothing else: as if the program had been stopped there.
    {
        let folder = bench.folder();
        let lock = folder.lock().unwrap();
        let mut store = folder.open_store(&lock).unwrap();
        let ask = Ask::Merge { story: base, into: drone };
        let stories = in_question(&ask, &[], &store).unwrap();
        let correction =
            plan(&ask, &[], &stories, crate::clock::machine(), store.newest_seq().unwrap()).unwrap();
        let registry = folder.registry().unwrap().0;
        store.correct(&correction, &|story, members| heads::head(story, members, &registry)).unwrap();
    }
    bench.assert_sound(&mut [base, drone].into());
}

#[test]
fn a_copy_in_the_snapshot_learns_of_a_source_that_came_after_it() {
    let (mut one, mut twin) = (Bench::new(), Bench::new());
    for bench in [&mut one, &mut twin] {
        bench.add(&[(0, 0), (0, 0), (0, 0), (0, 2), (0, 0)]);
    }
    one.keep_snapshot();
    for bench in [&mut one, &mut twin] {
        bench.add(&[(0, 2), (1, 2)]);
        bench.add(&[(0, 3), (0, 2)]);
    }
    assert_eq!(one.told(), twin.told());
}

/// What somebody does, with numbers that stand for whatever story or article there is.
#[derive(Debug, Clone)]
enum Deed {
    Add(Vec<(usize, usize)>),
    Merge(usize, usize),
    Split(usize, u8),
    Move(usize, usize, usize),
    Undo(u32),
    /// A snapshot is kept, or lost; the twin folder has none.
    Snapshot(bool),
}

fn deed() -> impl Strategy<Value = Deed> {
    prop_oneof![
        3 => proptest::collection::vec((0..3usize, 0..4usize), 1..5).prop_map(Deed::Add),
        1 => (0..9usize, 0..9usize).prop_map(|(a, b)| Deed::Merge(a, b)),
        2 => (0..9usize, any::<u8>()).prop_map(|(story, which)| Deed::Split(story, which)),
        2 => (0..9usize, 0..9usize, 0..9usize).prop_map(|(from, article, to)| Deed::Move(from, article, to)),
        1 => (1..4u32).prop_map(Deed::Undo),
        2 => any::<bool>().prop_map(Deed::Snapshot),
    ]
}

fn ask(deed: &Deed, stories: &BTreeMap<StoryId, Vec<ArticleId>>) -> Option<Ask> {
    let ids: Vec<StoryId> = stories.keys().copied().collect();
    let story = |n: &usize| (!ids.is_empty()).then(|| ids[n % ids.len()]);
    Some(match deed {
        Deed::Merge(a, b) => Ask::Merge { story: story(a)?, into: story(b)? },
        Deed::Split(a, which) => {
            let of = story(a)?;
            let chosen = stories[&of].iter().enumerate().filter(|(at, _)| which >> (at % 8) & 1 == 1);
            Ask::Split { story: of, articles: chosen.map(|(_, article)| *article).collect() }
        }
        Deed::Move(from, article, to) => {
            let articles = &stories[&story(from)?];
            Ask::Move { article: articles[article % articles.len()], to: story(to)? }
        }
        Deed::Undo(number) => Ask::Undo(*number),
        Deed::Add(_) | Deed::Snapshot(_) => return None,
    })
}

proptest! {
    // Each case writes two folders with an index each. The stream by itself has many more.
    #![proptest_config(ProptestConfig { cases: 10, max_shrink_iters: 40, ..ProptestConfig::default() })]
    #[test]
    fn corrections_hold_whatever_comes_after_and_snapshots_change_nothing(
        first in proptest::collection::vec((0..3usize, 0..4usize), 4..9),
        deeds in proptest::collection::vec(deed(), 3..9),
    ) {
        let (mut one, mut twin) = (Bench::new(), Bench::new());
        let mut seen = BTreeSet::new();
        one.add(&first);
        twin.add(&first);
        for deed in &deeds {
            match deed {
                Deed::Add(articles) => {
                    one.add(articles);
                    twin.add(articles);
                }
                Deed::Snapshot(true) => one.keep_snapshot(),
                Deed::Snapshot(false) => one.drop_snapshot(),
                _ => {
                    let Some(ask) = ask(deed, &one.stories()) else { continue };
                    let made = one.correct(&ask).map(|corrected| corrected.heads);
                    let twins = twin.correct(&ask).map(|corrected| corrected.heads);
                    prop_assert_eq!(made.map_err(|error| error.to_string()), twins.map_err(|error| error.to_string()));
                }
            }
            one.assert_sound(&mut seen);
            prop_assert_eq!(one.told(), twin.told());
        }
    }
}
