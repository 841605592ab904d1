use dateline_model::{
    Article, ArticleId, Attribution, Cause, Continuation, Correction, CorrectionKind, Counts, Item, Join,
    Kinship, Lang, Member, Membership, Relation, Span, SpeakerKind, StoryHead, StoryId, StorylineId, Version,
    When,
};

use super::*;
use crate::Store;
use crate::records::{Arrived, Backlog, Batch, DeepReading, Entry, HeadFilter, Read, Revised, Subscribed};

fn item(n: u32, text: &str) -> Item {
    let mut item = Item {
        url: Some(format!("https://sahel-courier.example/{n}")),
        outlet: Some("sahel-courier.example".into()),
        external_id: Some(format!("row-{n}")),
        title: format!("Report {n}"),
        text: text.into(),
        ..Item::default()
    };
    item.dates.published = "2024-05-02T10:00:00Z".parse().ok();
    item.extra.insert("desk".into(), "Niamey".into());
    item
}

fn read(item: Item, number: u32, cause: Cause) -> Read {
    let now: When = "2024-05-03T00:00:00Z".parse().unwrap();
    let version = Version::of(item, number, cause, Lang::EN, now);
    Read { version, material: i64::from(number), on_record: true }
}

fn head(story: StoryId, articles: u32) -> StoryHead {
    StoryHead {
        story,
        title: "Troops share base".into(),
        first: "2024-05-02T10:00:00Z".parse().ok(),
        last: "2024-05-02T10:00:00Z".parse().ok(),
        counts: Counts { articles, outlets: 1, families: 1, origins: 1, on_record: 1 },
        langs: vec![Lang::EN],
        flags: vec![],
    }
}

fn counted(story: StoryId, members: &[Member]) -> StoryHead {
    head(story, members.len() as u32)
}

fn arrived(n: u32, story: StoryId) -> Arrived {
    let item = item(n, &format!("Russian forces use a separate hangar, report {n}."));
    let id = item.article_id();
    Arrived {
        article: Article {
            id,
            url: item.url.clone(),
            outlet: item.outlet.clone(),
            external_ids: item.external_id.clone().into_iter().collect(),
        },
        read: read(item, 1, Cause::First),
        membership: Membership {
            article: id,
            story,
            relation: Relation::Own,
            origin: Some("sahel-courier.example".into()),
            kinship: Kinship::default(),
            join: Join { probability: 1.0, founder: true, ..Join::default() },
        },
    }
}

fn store() -> (tempfile::TempDir, SqliteStore) {
    let dir = tempfile::tempdir().unwrap();
    let store = SqliteStore::open(&dir.path().join("dateline.db")).unwrap();
    (dir, store)
}

const STORY: StoryId = StoryId([7; 10]);

fn two_articles(store: &mut SqliteStore) -> (Arrived, Arrived) {
    let (a, b) = (arrived(1, STORY), arrived(2, STORY));
    let entries = vec![Entry::Arrived(Box::new(a.clone())), Entry::Arrived(Box::new(b.clone()))];
    assert_eq!(store.write(&Batch { entries, ..Batch::default() }, &counted).unwrap(), [1, 2]);
    (a, b)
}

#[test]
fn what_goes_in_comes_out() {
    let (_dir, mut store) = store();
    let (a, b) = two_articles(&mut store);
    let (article, membership, versions) = store.article(a.article.id).unwrap().unwrap();
    assert_eq!(
        (article, membership, versions),
        (a.article.clone(), a.membership.clone(), vec![a.read.version.clone()])
    );

    let story = store.story(STORY).unwrap().unwrap();
    assert_eq!(story.head, head(STORY, 2));
    assert_eq!(story.members.len(), 2);
    assert_eq!(story.members[1].article, b.article.id);
    assert_eq!(story.members[0].external_id.as_deref(), Some("row-1"));
    assert_eq!(story.members[0].reported, a.read.version.dates.published);
    assert_eq!(store.memberships(STORY).unwrap(), [a.membership, b.membership]);
    let headlines = store.headlines(&[StoryId([1; 10]), STORY]).unwrap();
    assert_eq!(headlines, [(STORY, head(STORY, 2).title)].into());

    assert_eq!(store.heads(&HeadFilter::default()).unwrap().len(), 1);
    let later = HeadFilter { since: "2024-06-01".parse().ok(), ..HeadFilter::default() };
    assert!(store.heads(&later).unwrap().is_empty());
    let french = HeadFilter { lang: Some(Lang::FR), ..HeadFilter::default() };
    assert!(store.heads(&french).unwrap().is_empty());
    assert_eq!(store.newest_report().unwrap(), "2024-05-02T10:00:00Z".parse().ok());
    assert_eq!(store.examine().unwrap(), Vec::<String>::new());
}

#[test]
fn versions_ids_and_revisions_of_known_articles() {
    let (_dir, mut store) = store();
    let (a, b) = two_articles(&mut store);
    let edit = read(item(1, "Russian forces use two hangars."), 2, Cause::Edit);
    let revised = Revised {
        article: b.article.id,
        relation: Relation::Verbatim,
        origin: Some("meridian-wire.example".into()),
        kinship: Kinship { of: Some(a.article.id), containment: Some(0.9), ..Kinship::default() },
    };
    let batch = Batch {
        entries: vec![Entry::Changed(Box::new(edit.clone()))],
        also_called: vec![(a.article.id, "row-9".into())],
        revised: vec![revised],
        ..Batch::default()
    };
    store.write(&batch, &counted).unwrap();

    let latest = &store.latest(&[a.article.id, b.article.id]).unwrap();
    assert_eq!((latest[&a.article.id].version, &latest[&a.article.id].materials[..]), (2, &[1, 2][..]));
    assert_eq!(latest[&a.article.id].external_ids, ["row-1", "row-9"]);
    let versions = &store.versions(&[a.article.id]).unwrap()[&a.article.id];
    assert_eq!(versions.len(), 2);
    assert_eq!(versions[0].text, a.read.version.text, "the first version is what it was");
    let members = &store.members(&[STORY]).unwrap()[&STORY];
    assert_eq!((members[0].editions, members[0].version), (2, 2));
    assert_eq!((members[1].relation, members[1].of), (Relation::Verbatim, Some(a.article.id)));
    assert_eq!(store.after(2, 10).unwrap()[0].version, edit.version);
}

#[test]
fn a_batch_is_stored_whole_or_not_at_all() {
    let (_dir, mut store) = store();
    two_articles(&mut store);
    let before = store.totals().unwrap();
    // The second article is there already: the whole batch is refused.
    let batch = Batch {
        entries: vec![
            Entry::Arrived(Box::new(arrived(3, STORY))),
            Entry::Arrived(Box::new(arrived(2, STORY))),
        ],
        ..Batch::default()
    };
    assert!(store.write(&batch, &counted).is_err());
    assert_eq!(store.totals().unwrap(), before);
    assert_eq!(store.story(STORY).unwrap().unwrap().head.counts.articles, 2);
}

#[test]
fn ids_are_found_by_their_first_characters() {
    let (_dir, mut store) = store();
    let (a, _) = two_articles(&mut store);
    let id = a.article.id.to_string();
    for length in [2, 3, 7, 17] {
        assert!(store.articles_like(&id[..length], 10).unwrap().contains(&a.article.id), "{length}");
    }
    assert_eq!(store.stories_like(&STORY.to_string()[..6], 10).unwrap(), [STORY]);
    for nonsense in ["", "s", "x12", "a!", "s000000000000000000000"] {
        assert!(store.articles_like(nonsense, 10).unwrap().is_empty(), "{nonsense}");
    }
}

#[test]
fn readers_look_on_while_the_writer_writes() {
    let (dir, mut store) = store();
    let reader = SqliteStore::open_read_only(&dir.path().join("dateline.db")).unwrap();
    assert_eq!(reader.totals().unwrap().articles, 0);
    two_articles(&mut store);
    assert_eq!(reader.totals().unwrap().articles, 2);
    let mut reader = reader;
    assert!(reader.write(&Batch::default(), &counted).is_err());
}

#[test]
fn a_newer_layout_is_left_alone() {
    let (dir, store) = store();
    store.connection.pragma_update(None, "user_version", 99).unwrap();
    drop(store);
    let path = dir.path().join("dateline.db");
    for error in [SqliteStore::open(&path).err().unwrap(), SqliteStore::open_read_only(&path).err().unwrap()]
    {
        assert!(error.to_string().contains("newer dateline"), "{error}");
    }
}

#[test]
fn damage_is_found() {
    let (_dir, mut store) = store();
    two_articles(&mut store);
    store.connection.execute("UPDATE version SET sha256 = zeroblob(32) WHERE seq = 1", []).unwrap();
    let wrong = store.examine().unwrap();
    assert!(wrong[0].contains("is not the text it was"), "{wrong:?}");
}

#[test]
fn subscriptions_are_kept_once() {
    let (_dir, mut store) = store();
    let feed = Subscribed {
        feed: "https://sahel-courier.example/feed".into(),
        site: None,
        title: Some("Sahel Courier".into()),
        folders: vec!["Africa".into()],
    };
    let batch = Batch { subscribed: vec![feed.clone(), feed.clone()], ..Batch::default() };
    store.write(&batch, &counted).unwrap();
    assert_eq!(store.subscriptions().unwrap(), [feed]);
}

const READER: &str = "reader 1";

/// "Russian forces" as the speaker of a text, by a reader.
fn reading(version: u32, reader: &str) -> DeepReading {
    let said = Attribution {
        sentence: Span::new(0, 20),
        source: Span::new(0, 14),
        speaker: SpeakerKind::Unnamed,
        cue: Span::new(15, 18),
        content: Span::new(19, 20),
        direct: false,
        via: None,
        anonymity: None,
        deep: None,
    };
    DeepReading { version, reader: reader.into(), said: vec![said] }
}

fn unread(store: &SqliteStore, reader: &str) -> Vec<ArticleId> {
    store.unread(reader, &[Lang::EN], 10).unwrap()
}

#[test]
fn readings_come_back_and_take_the_place_of_earlier_ones() {
    let (_dir, mut store) = store();
    let (a, b) = two_articles(&mut store);
    let (a, b) = (a.article.id, b.article.id);
    assert_eq!(unread(&store, READER), [a, b]);
    assert!(store.unread(READER, &[Lang::FR], 10).unwrap().is_empty());
    assert_eq!(store.backlog(READER, &[Lang::EN]).unwrap(), Backlog { read: 0, waiting: 2 });

    store.save_readings(&[(a, reading(1, READER))]).unwrap();
    assert_eq!(store.readings(&[a, b]).unwrap(), [(a, vec![reading(1, READER)])].into());
    assert_eq!(unread(&store, READER), [b]);
    assert_eq!(store.backlog(READER, &[Lang::EN]).unwrap(), Backlog { read: 1, waiting: 1 });
    assert_eq!(store.read_after(0, 10).unwrap(), [(1, a)]);

    // Another reader reads everything anew, and every reading gets a mark of its own.
    assert_eq!(unread(&store, "reader 2"), [a, b]);
    store.save_readings(&[(a, reading(1, "reader 2"))]).unwrap();
    assert_eq!(store.readings(&[a]).unwrap()[&a], [reading(1, "reader 2")]);
    assert_eq!((store.read_after(1, 10).unwrap(), store.newest_mark().unwrap()), (vec![(2, a)], 2));
    assert_eq!(store.examine().unwrap(), Vec::<String>::new());

    // A new version waits; the reading of the old one stays.
    let edit = read(item(1, "Russian forces use two hangars."), 2, Cause::Edit);
    let entries = vec![Entry::Changed(Box::new(edit))];
    store.write(&Batch { entries, ..Batch::default() }, &counted).unwrap();
    assert_eq!(unread(&store, "reader 2"), [a, b]);
    store.save_readings(&[(a, reading(2, READER))]).unwrap();
    assert_eq!(store.readings(&[a]).unwrap()[&a], [reading(1, "reader 2"), reading(2, READER)]);
}

#[test]
fn readings_are_stored_all_or_none() {
    let (dir, mut store) = store();
    let (a, _) = two_articles(&mut store);
    let a = a.article.id;
    assert!(store.save_readings(&[(a, reading(1, READER)), (a, reading(9, READER))]).is_err());
    assert!(store.readings(&[a]).unwrap().is_empty());
    let mut looking = SqliteStore::open_read_only(&dir.path().join("dateline.db")).unwrap();
    assert!(looking.save_readings(&[(a, reading(1, READER))]).is_err());
}

#[test]
fn the_largest_stories_of_the_newest_day_are_read_first() {
    let (_dir, mut store) = store();
    let other = StoryId([8; 10]);
    let small = arrived(1, other);
    let large = [arrived(2, STORY), arrived(3, STORY)];
    let entries =
        [&small, &large[0], &large[1]].map(|arrived| Entry::Arrived(Box::new(arrived.clone()))).to_vec();
    store.write(&Batch { entries, ..Batch::default() }, &counted).unwrap();
    let [small, first, second] = [&small, &large[0], &large[1]].map(|arrived| arrived.article.id);
    assert_eq!(unread(&store, READER), [first, second, small]);
    // Another day beats any size.
    store.connection.execute("UPDATE story SET last = last + 86400 WHERE id = ?1", [other.0]).unwrap();
    assert_eq!(unread(&store, READER), [small, first, second]);
    assert_eq!(store.unread(READER, &[Lang::EN], 1).unwrap(), [small]);
}

#[test]
fn a_reading_that_does_not_fit_its_text_is_found() {
    let (_dir, mut store) = store();
    let (a, b) = two_articles(&mut store);
    let mut outside = reading(1, READER);
    outside.said[0].content = Span::new(19, 4_000);
    store.save_readings(&[(a.article.id, outside), (b.article.id, reading(1, READER))]).unwrap();
    let wrong = store.examine().unwrap();
    assert_eq!(wrong.len(), 1, "{wrong:?}");
    assert!(wrong[0].contains("does not fit its text"), "{wrong:?}");
    store.connection.execute("UPDATE reading SET said = zeroblob(9) WHERE mark = 2", []).unwrap();
    assert_eq!(store.examine().unwrap().len(), 2);
    assert!(!store.readings(&[b.article.id]).unwrap().contains_key(&b.article.id), "it can be read again");
}

/// A correction that takes `moved` from one story to another.
fn correction(number: u32, kind: CorrectionKind, [from, to]: [StoryId; 2], moved: &[&Arrived]) -> Correction {
    Correction {
        number,
        kind,
        at: "2024-05-03T08:00:00Z".parse().unwrap(),
        after: 2,
        from,
        to,
        moved: moved.iter().map(|arrived| arrived.article.id).collect(),
        versions: moved.len() as u32,
        left: vec![],
        joined: vec![],
        probability: None,
        loosened: vec![],
        tied: vec![],
    }
}

#[test]
fn a_correction_moves_articles_counts_anew_and_is_kept() {
    let (_dir, mut store) = store();
    let (a, b) = two_articles(&mut store);
    let new = StoryId([9; 10]);
    let split =
        Correction { left: vec![a.article.id], ..correction(1, CorrectionKind::Split, [STORY, new], &[&b]) };
    store.correct(&split, &counted).unwrap();
    assert_eq!(store.story(STORY).unwrap().unwrap().head.counts.articles, 1);
    assert_eq!(store.memberships(new).unwrap()[0].article, b.article.id);
    assert_eq!(store.corrections().unwrap(), std::slice::from_ref(&split));
    assert_eq!(store.newest_correction().unwrap(), 1);
    assert_eq!(store.examine().unwrap(), Vec::<String>::new());

    // Undone, the new story has ended, and its id leads to the one its article came from.
    let undo = Correction {
        joined: vec![a.article.id],
        ..correction(2, CorrectionKind::Undo(1), [new, STORY], &[&b])
    };
    store.correct(&undo, &counted).unwrap();
    assert_eq!(store.story(STORY).unwrap().unwrap().head.counts.articles, 2);
    assert!(store.story(new).unwrap().is_none());
    assert_eq!((store.living(new).unwrap(), store.living(STORY).unwrap()), (Some(STORY), Some(STORY)));
    assert_eq!(store.living(StoryId([1; 10])).unwrap(), None);
    let log = [split, undo];
    assert_eq!(store.corrections().unwrap(), log);
    assert_eq!(store.corrections_of(STORY).unwrap(), log);
    assert!(store.corrections_of(StoryId([1; 10])).unwrap().is_empty());
    assert_eq!(store.examine().unwrap(), Vec::<String>::new());
}

#[test]
fn ids_of_ended_stories_lead_on_until_their_story_is_back() {
    let (_dir, mut store) = store();
    let ids: [StoryId; 3] = [StoryId([21; 10]), StoryId([87; 10]), StoryId([200; 10])];
    let [a, b, c] = [1, 2, 3].map(|n| arrived(n, ids[n as usize - 1]));
    let entries = [&a, &b, &c].map(|arrived| Entry::Arrived(Box::new(arrived.clone()))).to_vec();
    store.write(&Batch { entries, ..Batch::default() }, &counted).unwrap();
    let merge = |number, from: usize, to: usize, moved: &[&Arrived]| {
        correction(number, CorrectionKind::Merge, [ids[from], ids[to]], moved)
    };
    store.correct(&merge(1, 0, 1, &[&a]), &counted).unwrap();
    store.correct(&merge(2, 1, 2, &[&a, &b]), &counted).unwrap();
    for id in ids {
        assert_eq!(store.living(id).unwrap(), Some(ids[2]));
        assert_eq!(store.stories_like(&id.to_string()[..7], 2).unwrap(), [ids[2]]);
    }
    assert_eq!(store.stories_like("s", 9).unwrap(), [ids[2]], "each story once");
    assert_eq!(store.ended_like(&ids[0].to_string()[..7], 9).unwrap(), [(ids[0], ids[2])]);
    assert!(store.ended_like(&ids[2].to_string(), 9).unwrap().is_empty());

    let back = Correction {
        left: vec![c.article.id],
        ..correction(3, CorrectionKind::Undo(2), [ids[2], ids[1]], &[&a, &b])
    };
    store.correct(&back, &counted).unwrap();
    assert_eq!((store.living(ids[0]).unwrap(), store.living(ids[1]).unwrap()), (Some(ids[1]), Some(ids[1])));
    assert!(store.ended_like(&ids[1].to_string(), 9).unwrap().is_empty());
    assert_eq!(store.examine().unwrap(), Vec::<String>::new());
}

#[test]
fn what_rested_on_an_article_is_loosened_and_tied_again() {
    let (_dir, mut store) = store();
    let (a, b) = two_articles(&mut store);
    let kinship = Kinship { of: Some(a.article.id), ..Kinship::default() };
    let origin = Some("meridian-wire.example".into());
    let cites =
        Revised { article: b.article.id, relation: Relation::Citing, origin, kinship: kinship.clone() };
    store.write(&Batch { revised: vec![cites], ..Batch::default() }, &counted).unwrap();
    let pair = (b.article.id, a.article.id);
    let new = StoryId([9; 10]);
    let split = Correction {
        left: vec![a.article.id],
        loosened: vec![pair],
        ..correction(1, CorrectionKind::Split, [STORY, new], &[&b])
    };
    store.correct(&split, &counted).unwrap();
    let loose = &store.memberships(new).unwrap()[0];
    assert_eq!((&loose.kinship, loose.relation), (&Kinship::default(), Relation::Citing));
    assert_eq!(store.members(&[new]).unwrap()[&new][0].of, None);
    let undo = Correction { tied: vec![pair], ..correction(2, CorrectionKind::Undo(1), [new, STORY], &[&b]) };
    store.correct(&undo, &counted).unwrap();
    assert_eq!(store.memberships(STORY).unwrap()[1].kinship, kinship);
    assert_eq!(store.members(&[STORY]).unwrap()[&STORY][1].of, Some(a.article.id));
}

#[test]
fn a_correction_is_made_whole_or_not_at_all() {
    let (dir, mut store) = store();
    let (a, b) = two_articles(&mut store);
    let stranger = arrived(7, STORY);
    let new = StoryId([9; 10]);
    let wrong = Correction {
        left: vec![a.article.id],
        ..correction(1, CorrectionKind::Split, [STORY, new], &[&b, &stranger])
    };
    assert!(store.correct(&wrong, &counted).is_err());
    assert!(store.corrections().unwrap().is_empty() && store.story(new).unwrap().is_none());
    assert_eq!(store.story(STORY).unwrap().unwrap().members.len(), 2);
    let mut looking = SqliteStore::open_read_only(&dir.path().join("dateline.db")).unwrap();
    assert!(looking.correct(&wrong, &counted).is_err());
}

#[test]
fn articles_that_are_not_where_they_were_put_are_found() {
    let (_dir, mut store) = store();
    let (a, b) = two_articles(&mut store);
    let split = Correction {
        left: vec![a.article.id],
        ..correction(1, CorrectionKind::Split, [STORY, StoryId([9; 10])], &[&b])
    };
    store.correct(&split, &counted).unwrap();
    store.connection.execute("UPDATE member SET story = 1", []).unwrap();
    let wrong = store.examine().unwrap();
    assert!(wrong.iter().any(|line| line.contains("not where the last correction put them")), "{wrong:?}");
    store.connection.execute("INSERT INTO successor VALUES (?1, zeroblob(10))", [STORY.0]).unwrap();
    let wrong = store.examine().unwrap();
    assert!(wrong.iter().any(|line| line.contains("lead nowhere")), "{wrong:?}");
    assert!(wrong.iter().any(|line| line.contains("ended by a correction and have articles")), "{wrong:?}");
}

#[test]
fn texts_are_those_that_had_come_in_by_then() {
    let (_dir, mut store) = store();
    let (a, b) = two_articles(&mut store);
    let edit = read(item(1, "Russian forces use two hangars."), 2, Cause::Edit);
    let entries = vec![Entry::Changed(Box::new(edit))];
    store.write(&Batch { entries, ..Batch::default() }, &counted).unwrap();
    let texts = |until| -> Vec<(ArticleId, u32)> {
        let stored = store.texts(&[b.article.id, a.article.id], until).unwrap();
        stored.iter().map(|stored| (stored.article.id, stored.version.number)).collect()
    };
    let (a, b) = (a.article.id, b.article.id);
    assert_eq!(texts(1), [(a, 1)]);
    assert_eq!(texts(2), [(a, 1), (b, 1)]);
    assert_eq!(texts(3), [(a, 1), (b, 1), (a, 2)]);
}

#[test]
fn a_folder_of_the_layout_before_is_looked_at_and_brought_up_to_date() {
    let (dir, mut store) = store();
    let (a, _) = two_articles(&mut store);
    // The first layout knew no readings, and no corrections.
    let first = "DROP TABLE reading; DROP TABLE corrected; DROP TABLE correction; DROP TABLE successor;
                 DROP TABLE continuation; PRAGMA user_version = 1";
    store.connection.execute_batch(first).unwrap();
    drop(store);
    let path = dir.path().join("dateline.db");
    let old = SqliteStore::open_read_only(&path).unwrap();
    assert!(old.readings(&[a.article.id]).unwrap().is_empty());
    assert_eq!(old.backlog(READER, &[Lang::EN]).unwrap(), Backlog { read: 0, waiting: 2 });
    assert_eq!((old.newest_mark().unwrap(), old.read_after(0, 9).unwrap()), (0, vec![]));
    assert_eq!(old.examine().unwrap(), Vec::<String>::new());

    assert_eq!((old.corrections().unwrap(), old.newest_correction().unwrap()), (vec![], 0));
    assert_eq!(old.living(STORY).unwrap(), Some(STORY));
    assert_eq!((old.storyline(STORY).unwrap(), old.storylines(&[STORY]).unwrap().len()), (None, 0));
    assert_eq!(old.stories_like(&STORY.to_string(), 2).unwrap(), [STORY]);

    let mut new = SqliteStore::open(&path).unwrap();
    assert_eq!(new.totals().unwrap().articles, 2, "nothing is lost");
    assert_eq!(old.corrections().unwrap(), []);
    new.save_readings(&[(a.article.id, reading(1, READER))]).unwrap();
    assert_eq!(old.readings(&[a.article.id]).unwrap()[&a.article.id], [reading(1, READER)]);
}

#[test]
fn stories_of_a_storyline_are_found_whatever_becomes_of_them() {
    let (_dir, mut store) = store();
    let [first, second, alone] = [1, 2, 3].map(|n| StoryId([n; 10]));
    let line = StorylineId::started_by(first);
    let batch = Batch {
        entries: [first, second, alone]
            .iter()
            .zip(1..)
            .map(|(story, n)| Entry::Arrived(Box::new(arrived(n, *story))))
            .collect(),
        continued: vec![Continuation { story: second, line }],
        ..Batch::default()
    };
    store.write(&batch, &counted).unwrap();
    let of = |store: &SqliteStore, story| {
        let storyline = store.storyline(story).unwrap()?;
        let stories: Vec<StoryId> = storyline.stories.iter().map(|head| head.story).collect();
        assert!(stories.contains(&story));
        Some((storyline.line, stories))
    };
    let both = Some((line, vec![first, second]));
    assert_eq!((of(&store, first), of(&store, second), of(&store, alone)), (both.clone(), both, None));
    let counted_lines = store.storylines(&[first, second, alone]).unwrap();
    assert_eq!(counted_lines, [(first, (line, 2)), (second, (line, 2))].into());
    let known = [Continuation { story: second, line }];
    for story in [first, second] {
        assert_eq!(store.continuations(&[story]).unwrap(), known);
    }

    // Put into a story that stands alone, the first leaves it its storyline, under the old name.
    let Entry::Arrived(of_first) = &batch.entries[0] else { unreachable!() };
    store.correct(&correction(1, CorrectionKind::Merge, [first, alone], &[of_first]), &counted).unwrap();
    assert_eq!(of(&store, alone).unwrap().0, line);
    assert_eq!(store.storylines(&[second]).unwrap(), [(second, (line, 2))].into());
    // Taken back, all three are on it: what a story once continued it keeps to.
    let back = correction(2, CorrectionKind::Undo(1), [alone, first], &[of_first]);
    let Entry::Arrived(of_alone) = &batch.entries[2] else { unreachable!() };
    store.correct(&Correction { left: vec![of_alone.article.id], ..back }, &counted).unwrap();
    assert_eq!(store.storylines(&[first]).unwrap(), [(first, (line, 3))].into());
}

#[test]
fn a_database_without_tables_is_nothing_to_look_at() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("dateline.db");
    std::fs::write(&path, []).unwrap();
    assert!(matches!(SqliteStore::open_read_only(&path), Err(StoreError::Missing(_))));
    SqliteStore::open(&path).unwrap();
    assert!(SqliteStore::open_read_only(&path).is_ok());
}
