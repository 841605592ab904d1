//! A rich brief built by hand, with everything a face must cope with: every block, three languages,
//! hostile texts. The outlets are invented; the story follows that of Airbase 101.

use dateline_brief::faces::Passages;
use dateline_model::{
    ArticleId, Block, BlockKind, Brief, Citation, Copies, Counts, CoverageArticle, Gap, Grounds, Inputs,
    Lang, Nearest, OriginGroup, Part, Placing, Relation, Sentence, Sha, SharedWord, SpeakerKind, StoryId,
    StorylineId, Turn, Turns, Voice, When, Why, Withheld,
};

/// A brief with the passages it cites.
pub struct Sample {
    /// The brief.
    pub brief: Brief,
    /// The passages.
    pub passages: Passages,
}

fn id(number: u32) -> ArticleId {
    ArticleId::derive(&[b"sample", &number.to_le_bytes()])
}

fn at(time: &str) -> Option<When> {
    Some(time.parse().expect("a time of the sample"))
}

/// Cites words of an article, and keeps them as its passage.
fn cite(passages: &mut Passages, number: u32, start: u32, words: &str) -> Citation {
    let citation = Citation {
        article: id(number),
        version: 1,
        part: Part::Text,
        start,
        end: start + words.len() as u32,
        sha256: Sha::of(words),
    };
    assert!(passages.insert(&citation, words.into()));
    citation
}

struct Writer {
    passages: Passages,
    offset: u32,
}

impl Writer {
    /// A sentence taken from the first of the articles, and carried in the same words by the others.
    fn sentence(&mut self, text: &str, articles: &[u32]) -> Sentence {
        let citations = articles
            .iter()
            .map(|&number| {
                self.offset += 640;
                cite(&mut self.passages, number, self.offset, text)
            })
            .collect();
        Sentence { text: text.into(), lang: Lang::EN, citations, attribution: None }
    }

    /// Adds a passage that says the same in other words.
    fn also(&mut self, mut sentence: Sentence, number: u32, words: &str) -> Sentence {
        self.offset += 640;
        sentence.citations.push(cite(&mut self.passages, number, self.offset, words));
        sentence
    }
}

fn said(sentence: Sentence, voice: Voice) -> Sentence {
    Sentence { attribution: Some(voice), ..sentence }
}

fn meridian() -> Voice {
    Voice {
        origin: Some("meridian-wire.example".into()),
        origin_name: Some("Meridian Wire".into()),
        reported: at("2024-05-02T19:01:00Z"),
        ..Voice::default()
    }
}

fn official() -> Voice {
    Voice {
        speaker: Some("a senior U.S. defense official".into()),
        kind: Some(SpeakerKind::Unnamed),
        anonymity: Some("on condition of anonymity".into()),
        carriers: ["harbour-gazette.example", "accra-beacon.example", "cascade-tribune.example"]
            .map(String::from)
            .into(),
        ..meridian()
    }
}

fn named(speaker: &str, kind: SpeakerKind, domain: &str, name: &str, time: &str) -> Voice {
    Voice {
        speaker: Some(speaker.into()),
        kind: Some(kind),
        origin: Some(domain.into()),
        origin_name: Some(name.into()),
        reported: at(time),
        ..Voice::default()
    }
}

fn article(number: u32, domain: &str, outlet: &str, title: &str, relation: Relation) -> CoverageArticle {
    CoverageArticle {
        article: id(number),
        number,
        title: title.into(),
        url: Some(format!("https://{domain}/2024/05/airbase-101-{number}")),
        outlet: Some(domain.into()),
        outlet_name: outlet.into(),
        country: "GB".into(),
        state_controlled: false,
        lang: Lang::EN,
        published: at("2024-05-03T06:30:00Z"),
        relation,
        manner: None,
        opinion: false,
        versions: 1,
    }
}

/// The Arabic sentence of the sample.
pub const ARABIC: &str = "وقال شهود إن مركبات روسية دخلت القاعدة الجوية 101 قرب مطار نيامي.";
/// A headline that tries to run.
pub const SCRIPT: &str = "<script>alert('101')</script> Troops & \"trainers\" share <b>one</b> airfield";
/// A sentence full of the signs of Markdown.
pub const SIGNS: &str =
    "The memo, marked *draft_2* [v1] | #101, lists \"60 <trainers>\" & two `Il-76` flights.";

/// Builds the sample.
pub fn sample() -> Sample {
    let mut w = Writer { passages: Passages::new(), offset: 0 };
    let blocks = blocks(&mut w);
    let brief = Brief {
        story: StoryId::derive(&[b"sample"]),
        version: 3,
        title: "Russian troops enter base housing U.S. military in Niger".into(),
        title_article: id(1),
        generated_at: at("2024-05-04T09:15:00Z"),
        as_of: at("2024-05-04T08:40:00Z"),
        since: at("2024-05-02T19:01:00Z"),
        engine: "extractive, no model".into(),
        counts: Counts { articles: 11, outlets: 10, families: 9, origins: 3, on_record: 2 },
        banners: vec![
            "The hangar arrangement rests on one unnamed source of one newsroom; reprints add none.".into(),
        ],
        blocks,
        gaps: vec![Gap {
            slot: "how_many".into(),
            note: "How many Russian troops are at the base: no article gives a number on the record.".into(),
        }],
        coverage: coverage(),
        withheld: vec![
            Withheld {
                text: "Russian forces now control <img src=x onerror=alert(1)> the whole airfield.".into(),
                rule: "S3".into(),
                reason: "“whole airfield” stands in none of the cited passages.".into(),
            },
            Withheld {
                text: "The withdrawal will destabilise the Sahel.".into(),
                rule: "J1".into(),
                reason: "a forecast without a speaker.".into(),
            },
        ],
        inputs: Inputs { full: 8, summary: 2, headline: 1, undated: 1 },
        why: why(),
        storyline: Some(turns()),
    };
    Sample { brief, passages: w.passages }
}

/// More turns before than a page shows, one of them with a headline that is no markup.
fn turns() -> Turns {
    let turn = |title: &str, day: &str, articles: u32| Turn {
        story: StoryId::derive(&[title.as_bytes()]),
        title: title.into(),
        first: at(&format!("{day}T06:00:00Z")),
        last: at(&format!("{day}T18:30:00Z")),
        counts: Counts {
            articles,
            outlets: articles,
            families: articles,
            origins: 1 + articles / 4,
            on_record: 0,
        },
    };
    Turns {
        line: StorylineId::started_by(StoryId::derive(&[b"Niger ends accord"])),
        before: vec![
            turn("Niger suspends military accord with the United States", "2024-03-16", 14),
            turn("Envoys leave Niamey without a date for talks", "2024-03-19", 3),
            turn("Hundreds march in Niamey for the departure of U.S. troops", "2024-04-13", 6),
            turn("Russian instructors land in Niger with air defence system", "2024-04-12", 9),
            turn("واشنطن توافق على سحب قواتها من النيجر", "2024-04-19", 8),
            turn("Talks on <b>orderly</b> withdrawal begin", "2024-04-25", 1),
        ],
        after: vec![turn("U.S. to complete withdrawal from Niger by mid-September", "2024-05-19", 7)],
    }
}

fn blocks(w: &mut Writer) -> Vec<Block> {
    let hangar = w.sentence(
        "Russian forces are using a separate hangar at Airbase 101 and are not mingling with U.S. troops, \
         a senior U.S. defense official told Meridian Wire.",
        &[1, 2, 3, 4],
    );
    let hangar = w.also(hangar, 6, "Moscow’s men sleep in a hangar of their own, apart from the Americans.");
    let arabic = w.sentence(ARABIC, &[8]);
    let situation = vec![
        w.sentence(
            "Russian military personnel have entered Airbase 101, next to Diori Hamani International Airport \
             in Niamey, where U.S. troops are stationed.",
            &[1, 2, 3],
        ),
        said(hangar, official()),
        Sentence { lang: Lang::AR, ..arabic },
        w.sentence(
            "Niger’s junta told the United States in March to withdraw its nearly 1,000 personnel.",
            &[5, 1],
        ),
        w.sentence(SIGNS, &[5]),
    ];
    let who = vec![
        said(
            w.sentence(
                "“The situation is not great but in the short-term manageable,” the official said.",
                &[1, 2],
            ),
            official(),
        ),
        said(
            w.sentence("The provincial council was told of the move on Tuesday, Halima Souley said.", &[5]),
            named(
                "Halima Souley, spokeswoman of the provincial council",
                SpeakerKind::Named,
                "sahel-courier.example",
                "Sahel Courier",
                "2024-05-03T11:20:00Z",
            ),
        ),
        said(
            Sentence {
                lang: Lang::FR,
                ..w.sentence("Les deux contingents ne partagent aucun bâtiment, selon deux officiers.", &[7])
            },
            Voice {
                speaker: Some("deux officiers".into()),
                kind: Some(SpeakerKind::UnnamedGroup),
                origin: None,
                ..Voice::default()
            },
        ),
    ];
    let disputed = vec![
        said(
            Sentence {
                lang: Lang::FR,
                ..w.sentence(
                    "Les instructeurs russes logent dans le périmètre américain, affirme la chaîne.",
                    &[9],
                )
            },
            Voice {
                origin: Some("tele-tarka.example".into()),
                origin_name: Some("Télé Tarka".into()),
                reported: at("2024-05-03"),
                ..Voice::default()
            },
        ),
        said(
            w.sentence("The defense ministry denied that foreign troops share any facility.", &[11]),
            named(
                "The defense ministry",
                SpeakerKind::Office,
                "sahel-courier.example",
                "Sahel Courier",
                "2024-05-04T08:40:00Z",
            ),
        ),
    ];
    let numbers = vec![
        said(
            w.sentence("The official said around 60 Russian military personnel would be in Niger.", &[1, 3]),
            official(),
        ),
        said(
            w.sentence("A cargo manifest | annex B lists 114 passengers.", &[5]),
            named(
                "a cargo manifest | annex B",
                SpeakerKind::Document,
                "sahel-courier.example",
                "Sahel Courier",
                "2024-05-03T11:20:00Z",
            ),
        ),
    ];
    let changes = vec![w.sentence("Correction: an earlier version gave the wrong date of the talks.", &[4])];
    let unknown =
        vec![w.sentence("It was not clear how long the Russians would stay, the agency wrote.", &[1])];
    let opinion = vec![said(
        w.sentence("Washington has only itself to blame for losing Niamey.", &[10]),
        named(
            "Ines Farrow",
            SpeakerKind::Named,
            "northgate-standard.example",
            "Northgate Standard",
            "2024-05-04T05:00:00Z",
        ),
    )];
    [
        (BlockKind::Situation, situation),
        (BlockKind::WhoSaysWhat, who),
        (BlockKind::Disputed, disputed),
        (BlockKind::Numbers, numbers),
        (BlockKind::Changes, changes),
        (BlockKind::NotKnown, unknown),
        (BlockKind::Opinion, opinion),
    ]
    .map(|(kind, sentences)| Block { kind, sentences })
    .into()
}

fn coverage() -> Vec<OriginGroup> {
    use Relation::{Citing, Edited, Own, Update, Verbatim};
    let first = CoverageArticle {
        published: at("2024-05-02T19:01:00Z"),
        versions: 3,
        ..article(
            1,
            "meridian-wire.example",
            "Meridian Wire",
            "Russian troops enter base housing U.S. military in Niger",
            Own,
        )
    };
    let arabic = CoverageArticle {
        lang: Lang::AR,
        country: "EG".into(),
        ..article(8, "al-mirsat.example", "المرساة اليوم", "القوات الروسية تدخل قاعدة في النيجر", Own)
    };
    let state = CoverageArticle {
        lang: Lang::FR,
        country: "NE".into(),
        state_controlled: true,
        published: at("2024-05-03"),
        ..article(
            9,
            "tele-tarka.example",
            "Télé Tarka",
            "Niamey : les instructeurs russes à la base 101",
            Own,
        )
    };
    let opinion = CoverageArticle {
        opinion: true,
        ..article(
            10,
            "northgate-standard.example",
            "Northgate Standard",
            "How Washington lost Niamey",
            Citing,
        )
    };
    let hostile = CoverageArticle {
        url: Some("javascript:alert(document.domain)".into()),
        published: None,
        country: String::new(),
        ..article(6, "globalnewsstand.example", "Global \"Newsstand\" <i>", SCRIPT, Edited)
    };
    let french = CoverageArticle {
        lang: Lang::FR,
        country: "FR".into(),
        ..article(7, "journal-des-rives.example", "Le Journal des Rives", "Deux armées, une piste", Citing)
    };
    let courier = CoverageArticle {
        country: "NE".into(),
        ..article(5, "sahel-courier.example", "Sahel Courier", "Council told of base move [updated]", Own)
    };
    let later = CoverageArticle {
        published: at("2024-05-04T08:40:00Z"),
        country: "NE".into(),
        ..article(11, "sahel-courier.example", "Sahel Courier", "Ministry denies shared base", Update)
    };
    let copies = [
        article(
            2,
            "harbour-gazette.example",
            "The Harbour Gazette",
            "Russians move into US base in Niger",
            Verbatim,
        ),
        article(3, "accra-beacon.example", "Accra Beacon", "Russian troops at Niger airbase", Verbatim),
        article(
            4,
            "cascade-tribune.example",
            "Cascade Tribune",
            "Rival armies share a runway in Niamey",
            Edited,
        ),
    ];
    let group = |origin: Option<&str>, name: &str, known, on_record, articles| OriginGroup {
        origin: origin.map(String::from),
        name: name.into(),
        known,
        on_record,
        articles,
    };
    let wire: Vec<_> = [first].into_iter().chain(copies).chain([hostile, opinion]).collect();
    vec![
        group(Some("meridian-wire.example"), "Meridian Wire", true, false, wire),
        group(Some("sahel-courier.example"), "Sahel Courier", true, true, vec![courier, later]),
        group(Some("tele-tarka.example"), "Télé Tarka", true, true, vec![state]),
        group(Some("al-mirsat.example"), "المرساة اليوم", false, false, vec![arabic]),
        group(None, "Origin not known", false, false, vec![french]),
    ]
}

/// Why these articles: one founded the story, others copied it, the rest joined; words of three scripts, and hostile ones.
fn why() -> Why {
    use Relation::{Citing, Edited, Own, Update, Verbatim};
    let texts = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>();
    let placed = |number: u32, placing: Placing, relation: Relation| Grounds {
        article: id(number),
        placing,
        nearest: None,
        names: texts(&["Russian", "Airbase 101", "Niger"]),
        words: texts(&["hangar", "troops"]),
        about: None,
        relation,
        of: None,
        containment: None,
        manner: None,
        credit: None,
    };
    let likely = |number, probability, relation| placed(number, Placing::Likeness { probability }, relation);
    let copy = |number, containment, relation| Grounds {
        of: Some(id(1)),
        containment: Some(containment),
        credit: Some("WASHINGTON, May 2 (Meridian Wire)".into()),
        ..placed(number, Placing::Copy, relation)
    };
    let nearest = |title: &str, probability| {
        Some(Nearest { story: StoryId::derive(&[b"other"]), title: Some(title.into()), probability })
    };
    let founder = Grounds {
        names: vec![],
        words: vec![],
        nearest: nearest("Hangar fire shuts base in Cyprus", 0.31),
        ..placed(1, Placing::Founding, Own)
    };
    let hostile = Grounds {
        words: texts(&["<b>hangar</b>", "\"troops\"", "\u{1b}[31mred", "desu\u{202E}nu"]),
        nearest: nearest(SCRIPT, 0.44),
        credit: Some("(with Meridian <i>Wire</i>)".into()),
        ..likely(6, 0.57, Edited)
    };
    let arabic =
        Grounds { names: texts(&["نيامي", "النيجر"]), about: Some(0.62), ..likely(8, 0.72, Own) };
    let by_hand = Grounds { names: vec![], words: vec![], ..placed(9, Placing::Hand { correction: 2 }, Own) };
    let cites = |number, probability| Grounds { of: Some(id(1)), ..likely(number, probability, Citing) };
    let shared = |word: &str, articles| SharedWord { word: word.into(), articles };
    Why {
        names: vec![shared("Niger", 11), shared("Airbase 101", 9), shared("نيامي", 6)],
        words: vec![shared("troops", 10), shared("<hangar>", 7)],
        copies: vec![
            Copies { origin: Some("meridian-wire.example".into()), articles: 4 },
            Copies { origin: None, articles: 1 },
        ],
        weakest: Some(id(6)),
        articles: vec![
            founder,
            copy(2, 1.0, Verbatim),
            copy(3, 0.97, Verbatim),
            copy(4, 0.68, Edited),
            likely(5, 0.81, Own),
            hostile,
            cites(7, 0.995_4),
            arabic,
            by_hand,
            cites(10, 0.66),
            Grounds { of: Some(id(5)), ..likely(11, 0.9, Update) },
        ],
    }
}
