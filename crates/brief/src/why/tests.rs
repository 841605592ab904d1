use super::*;
use crate::why::told::Names;
use dateline_model::{
    ArticleId, Cause, Counts, Genre, Item, Join, Kinship, Lang, Member, Part, SharedWord, StoryHead, When,
};

const OTHER: StoryId = StoryId([2; 10]);

/// An article of a made-up story, with the words that spoke for it.
struct Made<'a> {
    text: &'a str,
    probability: f32,
    names: &'a [&'a str],
    words: &'a [&'a str],
}

fn id(n: usize) -> ArticleId {
    ArticleId([n as u8; 10])
}

fn version(n: usize, text: &str) -> Version {
    let url = Some(format!("https://gazette.example/{n}"));
    let item = Item { title: format!("Report {n}"), text: text.into(), url, ..Item::default() };
    Version { article: id(n), ..Version::of(item, 1, Cause::First, Lang::EN, When::from_seconds(0)) }
}

/// The story that the first article founded.
fn here() -> StoryId {
    StoryId::founded_by(id(1))
}

/// Where words first stand in a text.
fn stands(text: &str, words: &str) -> Evidence {
    let start = text.find(words).unwrap_or_else(|| panic!("{words} is not in {text}")) as u32;
    Evidence { version: 1, part: Part::Text, span: Span { start, end: start + words.len() as u32 } }
}

fn placed(n: usize, made: &Made<'_>) -> Membership {
    let evidence = |words: &[&str]| words.iter().map(|words| stands(made.text, words)).collect();
    Membership {
        article: id(n),
        story: here(),
        relation: Relation::Own,
        origin: Some("gazette.example".into()),
        kinship: Kinship::default(),
        join: Join {
            probability: made.probability,
            founder: n == 1,
            terms: evidence(made.words),
            names: evidence(made.names),
            about: None,
            alternative: Some((OTHER, 0.05)),
        },
    }
}

fn dossier(made: &[Made<'_>]) -> Dossier {
    let member = |n: usize| Member {
        article: id(n),
        url: None,
        external_id: None,
        outlet: Some("gazette.example".into()),
        title: format!("Report {n}"),
        reported: None,
        lang: Lang::EN,
        genre: Genre::News,
        relation: Relation::Own,
        origin: Some("gazette.example".into()),
        of: None,
        manner: None,
        on_record: false,
        editions: 1,
        version: 1,
    };
    let numbered = || made.iter().enumerate().map(|(at, made)| (at + 1, made));
    Dossier {
        head: StoryHead {
            story: here(),
            title: "Report 1".into(),
            first: None,
            last: None,
            counts: Counts::default(),
            langs: vec![Lang::EN],
            flags: vec![],
        },
        members: numbered().map(|(n, _)| member(n)).collect(),
        memberships: numbered().map(|(n, made)| placed(n, made)).collect(),
        versions: numbered().map(|(n, made)| (id(n), vec![version(n, made.text)])).collect(),
        said: BTreeMap::new(),
        corrected: 0,
        by_hand: BTreeMap::new(),
        neighbours: [(OTHER, (OTHER, "Hangar fire shuts base in Cyprus".to_owned()))].into(),
        storyline: None,
        clock: None,
    }
}

/// Four articles on the airbase; the third says least of it.
const AIRBASE: [Made<'static>; 4] = [
    Made {
        text: "Russian troops use a hangar at Airbase 101 beside Diori Hamani airport in Niamey, an official said. \
               Some 60 are there.",
        probability: 1.0,
        names: &[],
        words: &[],
    },
    Made {
        text: "The Russians sleep in hangars at Airbase 101, next to Diori Hamani airport. About 60 came to Niamey.",
        probability: 0.91,
        names: &["Diori", "Niamey", "Hamani", "Russians"],
        words: &["hangars", "101", "60", "airport"],
    },
    Made {
        text: "In Niamey a taxi driver counts 60 Russians. He has the hangars in view, and the melons in his boot.",
        probability: 0.57,
        names: &["Russians", "Niamey"],
        words: &["hangars", "60"],
    },
    Made {
        text: "The ministry denied that anybody but Niger uses Airbase 101 or Diori Hamani airport in Niamey.",
        probability: 0.88,
        names: &["Hamani", "Diori", "Niamey"],
        words: &["101", "airport", "ministry"],
    },
];

fn word(word: &str, articles: u32) -> SharedWord {
    SharedWord { word: word.into(), articles }
}

fn told(why: &Why) -> Vec<told::Fact> {
    let names = Names {
        story: here(),
        article: &|id| format!("[{}]", id.0[0]),
        other: &|story| if story == OTHER { "s2".into() } else { "s?".into() },
        headline: &|id| format!("Report {}", id.0[0]),
        outlet: &|domain| domain.to_owned(),
    };
    let of_articles = why.articles.iter().flat_map(|grounds| told::article(grounds, &names));
    told::story(why, &names).into_iter().chain(of_articles).collect()
}

fn says(facts: &[told::Fact], label: &str, text: &str) -> bool {
    facts.iter().any(|fact| *fact == (label, text.to_owned()))
}

#[test]
fn what_most_articles_share_is_counted_in_all_of_them() {
    let why = why(&dossier(&AIRBASE));
    // The founder has all of them, though nothing spoke for it; "Russian" and "Russians" are one.
    assert_eq!(why.names, [word("Niamey", 4), word("Diori Hamani", 3), word("Russians", 3)]);
    // 60 is a piece of a number as likely as a number, and one in four has the ministry.
    assert_eq!(why.words, [word("101", 3), word("airport", 3), word("hangars", 3)]);
    let facts = told(&why);
    assert!(
        says(&facts, "shared names", "“Niamey” in 4 of 4, “Diori Hamani” in 3, “Russians” in 3"),
        "{facts:?}"
    );
}

#[test]
fn the_weakest_article_is_told_with_what_it_shares_and_where_else_it_might_be() {
    let why = why(&dossier(&AIRBASE));
    assert_eq!(why.weakest, Some(id(3)));
    assert_eq!(why.articles[1].names, ["Diori Hamani", "Niamey", "Russians"]);
    let facts = told(&why);
    assert!(says(&facts, "weakest", "[3], 57 % sure: Report 3"), "{facts:?}");
    assert!(says(&facts, "it shares", "“Russians”, “Niamey”, “hangars”, “60”"), "{facts:?}");
    assert!(says(&facts, "its next best", "5 %: Hangar fire shuts base in Cyprus (s2)"), "{facts:?}");
}

#[test]
fn what_a_headline_is_about_is_told_where_it_was_asked() {
    let mut dossier = dossier(&AIRBASE);
    dossier.memberships[2].join.about = Some(0.574);
    let facts = told(&why(&dossier));
    assert!(says(&facts, "headline", "57 % like the story's in what it is about"), "{facts:?}");
    assert_eq!(facts.iter().filter(|(label, _)| *label == "headline").count(), 1);
    dossier.by_hand.insert(id(3), 7);
    assert!(!told(&why(&dossier)).iter().any(|(label, _)| *label == "headline"), "a hand put it there");
}

#[test]
fn articles_without_a_word_in_common_say_so() {
    let mut apart = AIRBASE;
    apart[1].text = "A budget vote was put off in the capital.";
    apart[2].text = "The cup final ends in a draw.";
    apart[3].text = "Rain is due by the evening.";
    for made in &mut apart {
        (made.names, made.words) = (&[], &[]);
    }
    let facts = told(&why(&dossier(&apart)));
    assert_eq!(facts[0], ("shared", "no rare word or name stands in half of the articles".to_owned()));
    assert!(says(&facts, "it shares", "no rare word"), "{facts:?}");
    let alone = why(&dossier(&AIRBASE[..1]));
    assert_eq!((alone.names.len(), alone.weakest), (0, None));
    let facts = told(&alone);
    assert_eq!(facts[0], ("placed", "founded the story".to_owned()), "nothing holds one article together");
}

#[test]
fn where_a_hand_decided_nothing_else_is_given_as_the_reason() {
    let mut dossier = dossier(&AIRBASE);
    dossier.by_hand.insert(id(3), 7);
    let why = why(&dossier);
    let grounds = &why.articles[2];
    assert_eq!(grounds.placing, Placing::Hand { correction: 7 });
    assert_eq!((&grounds.names[..], &grounds.words[..], &grounds.nearest), (&[][..], &[][..], &None));
    assert_eq!(why.weakest, Some(id(4)), "the hand is sure");
    assert!(says(&told(&why), "placed", "put here by hand: correction 7"));
}

#[test]
fn a_neighbour_goes_by_what_became_of_it() {
    let mut dossier = dossier(&AIRBASE);
    dossier.neighbours.insert(OTHER, (here(), "Report 1".into()));
    let facts = told(&why(&dossier));
    assert!(says(&facts, "next best", "5 %: a story that was put into this one since"), "{facts:?}");
    dossier.memberships[1].join.alternative = Some((OTHER, 0.004));
    dossier.neighbours.clear();
    let facts = told(&why(&dossier));
    assert!(says(&facts, "next best", "no other story reached 1 %"), "{facts:?}");
    assert!(says(&facts, "next best", "5 %: s2"), "a headline that is not known is left out: {facts:?}");
}

#[test]
fn copies_are_counted_by_their_origin() {
    let mut dossier = dossier(&AIRBASE);
    let mut copy = |at: usize, relation: Relation, origin: &str, share: f32| {
        let membership = &mut dossier.memberships[at];
        (membership.relation, membership.origin) = (relation, Some(origin.into()));
        membership.kinship = Kinship { of: Some(id(1)), containment: Some(share), ..Kinship::default() };
        membership.join.probability = 1.0;
    };
    copy(1, Relation::Edited, "wire.example", 0.684);
    copy(2, Relation::Verbatim, "wire.example", 0.996);
    copy(3, Relation::Citing, "other.example", 0.1);
    let why = why(&dossier);
    assert_eq!(why.copies, [Copies { origin: Some("wire.example".into()), articles: 2 }]);
    assert_eq!((why.articles[2].placing, why.weakest), (Placing::Copy, None));
    let facts = told(&why);
    assert!(says(&facts, "copies", "2 of 4: 2 of wire.example"), "{facts:?}");
    assert!(says(&facts, "copy of", "[1], 68 % of the shorter text shared"), "{facts:?}");
    assert!(says(&facts, "copy of", "[1], over 99 % of the shorter text shared"), "{facts:?}");
    assert!(says(&facts, "rests on", "[1], 10 % of the shorter text shared"), "{facts:?}");
}

#[test]
fn names_that_stand_side_by_side_are_one() {
    let text = "Guinea-Bissau and the Red Sea, and Sea World; Bissau, Red.";
    let versions = [version(1, text)];
    let names = ["Bissau", "Sea", "Red", "Guinea", "World"].map(|name| stands(text, name));
    assert_eq!(quoted(&whole_names(&names, &versions), &versions), ["Guinea-Bissau", "Red Sea", "World"]);
}

#[test]
fn foreign_words_are_cleaned_and_keep_their_direction_to_themselves() {
    let mut why = why(&dossier(&AIRBASE));
    why.articles[1].names = vec!["نيامي".into(), "\u{1b}[31mNia\u{202E}mey".into()];
    let facts = told(&why);
    assert!(says(&facts, "names", "“نيامي”\u{200E}, “[31mNiamey”"), "{facts:?}");
}

#[test]
fn shares_near_the_ends_are_no_certainties() {
    let told: Vec<String> = [0.0, 0.004, 0.01, 0.574, 0.996, 1.0].map(told::per_cent).into();
    assert_eq!(told, ["0 %", "under 1 %", "1 %", "57 %", "over 99 %", "100 %"]);
}
