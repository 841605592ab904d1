use dateline_model::{
    Article, Cause, Item, Join, Kinship, Lang, Membership, Registry, Relation, StoryId, Version, When,
};

use super::*;

fn stored(seq: i64, number: u32, outlet: &str, lang: Lang, day: &str, title: &str, text: &str) -> Stored {
    let mut item = Item {
        url: Some(format!("https://{outlet}/{}", title.len())),
        outlet: Some(outlet.into()),
        title: title.into(),
        text: text.into(),
        ..Item::default()
    };
    item.dates.published = day.parse().ok();
    let article = Article {
        id: item.article_id(),
        url: item.url.clone(),
        outlet: item.outlet.clone(),
        external_ids: Vec::new(),
    };
    let membership = Membership {
        article: article.id,
        story: StoryId([1; 10]),
        relation: Relation::Own,
        origin: Some(outlet.into()),
        kinship: Kinship::default(),
        join: Join::default(),
    };
    let now: When = "2024-06-01".parse().unwrap();
    Stored { seq, article, version: Version::of(item, number, Cause::First, lang, now), membership }
}

fn desk(dir: &Path) -> SearchIndex {
    let index = SearchIndex::create(dir).unwrap();
    let mut writer = index.writer().unwrap();
    for article in [
        stored(
            1,
            1,
            "meridian-wire.example",
            Lang::EN,
            "2024-05-01",
            "Troops share base",
            "Russian forces use a separate hangar at Airbase 101.",
        ),
        stored(
            2,
            1,
            "rives.example",
            Lang::FR,
            "2024-05-02",
            "Deux armées, une base",
            "Les militaires russes utilisent un hangar séparé.",
        ),
        stored(
            3,
            1,
            "cierzo.example",
            Lang::ES,
            "2024-04-28",
            "Incendio en un hangar",
            "El fuego destruyó el techo del hangar.",
        ),
    ] {
        writer.add(&article, &Speech::default()).unwrap();
    }
    writer.finish().unwrap();
    index.refresh().unwrap();
    index
}

fn count(index: &SearchIndex, query: &str) -> usize {
    let search = parse(query, Registry::builtin()).unwrap();
    index.find(&search, Ranking::Relevance, 10).unwrap().total
}

#[test]
fn searches_understand_inflection_phrases_and_filters() {
    let dir = tempfile::tempdir().unwrap();
    let index = desk(dir.path());
    for (query, expected) in [
        ("hangar", 3),
        ("hangars", 2),
        ("militaire", 1),
        ("\"separate hangar\"", 1),
        ("\"base share\"", 0),
        ("hangar -incendio", 2),
        ("airbase OR incendio", 2),
        ("hangar lang:fr", 1),
        ("hangar outlet:\"Meridian Wire\"", 1),
        ("hangar date:2024-05", 2),
        ("date:2024-05-02", 1),
        ("-lang:es", 2),
        ("until:2024-04", 1),
        ("nothing", 0),
    ] {
        assert_eq!(count(&index, query), expected, "{query}");
    }
}

#[test]
fn newest_first_where_asked_for() {
    let dir = tempfile::tempdir().unwrap();
    let index = desk(dir.path());
    let search = parse("hangar", Registry::builtin()).unwrap();
    let hits = index.find(&search, Ranking::Newest, 1).unwrap();
    assert_eq!((hits.total, hits.hits.len()), (3, 1));
    let french = stored(2, 1, "rives.example", Lang::FR, "2024-05-02", "Deux armées, une base", "");
    assert_eq!(hits.hits[0].article, french.article.id);
}

#[test]
fn a_new_version_replaces_the_old_one() {
    let dir = tempfile::tempdir().unwrap();
    let index = desk(dir.path());
    let mut writer = index.writer().unwrap();
    let edit = stored(
        4,
        2,
        "meridian-wire.example",
        Lang::EN,
        "2024-05-01",
        "Troops share base",
        "They left the airfield.",
    );
    writer.add(&edit, &Speech::default()).unwrap();
    writer.finish().unwrap();
    index.refresh().unwrap();
    assert_eq!(count(&index, "\"separate hangar\""), 0);
    assert_eq!(count(&index, "airfield"), 1);
    assert_eq!(index.articles(), 3);
}

#[test]
fn an_index_knows_how_far_it_has_come() {
    let dir = tempfile::tempdir().unwrap();
    let index = desk(dir.path());
    assert_eq!(index.indexed_up_to(), 3);
    drop(index);
    let reopened = SearchIndex::open(dir.path()).unwrap().unwrap();
    assert_eq!(reopened.indexed_up_to(), 3);
    std::fs::write(dir.path().join("meta.json"), "{ torn").unwrap();
    assert!(SearchIndex::open(dir.path()).unwrap().is_none(), "a torn index is no index");
    assert_eq!(SearchIndex::create(dir.path()).unwrap().indexed_up_to(), 0);
}

#[test]
fn speakers_are_found_once_an_article_was_read_for_them() {
    let dir = tempfile::tempdir().unwrap();
    let index = desk(dir.path());
    assert_eq!(count(&index, "anon:yes"), 0);
    let words = |all: &[&str]| all.iter().map(|one| (*one).to_owned()).collect();
    let speech = Speech {
        speakers: words(&["A senior U.S. defense official", "Pentagon"]),
        unnamed: words(&["A senior U.S. defense official", "familiar with the matter"]),
        via: words(&["the wire"]),
        via_outlets: words(&["meridian-wire.example"]),
    };
    let read = stored(
        0,
        1,
        "meridian-wire.example",
        Lang::EN,
        "2024-05-01",
        "Troops share base",
        "Russian forces use a separate hangar at Airbase 101.",
    );
    let mut writer = index.writer().unwrap();
    writer.replace(&read, &speech).unwrap();
    writer.has_read(7);
    writer.finish().unwrap();
    index.refresh().unwrap();
    assert_eq!((index.articles(), index.indexed_up_to(), index.read_up_to()), (3, 3, 7));
    for (query, expected) in [
        ("anon:yes", 1),
        ("anon:no", 2),
        ("anon:\"defence official\"", 0),
        ("anon:\"defense officials\"", 1),
        ("anon:pentagon", 0),
        ("speaker:pentagon hangar", 1),
        ("speaker:\"official Pentagon\"", 0),
        ("-speaker:pentagon hangar", 2),
        ("via:\"Meridian Wire\"", 1),
        ("via:wire", 1),
        ("via:bakery", 0),
    ] {
        assert_eq!(count(&index, query), expected, "{query}");
    }
}
