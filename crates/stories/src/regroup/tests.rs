use std::sync::Arc;

use dateline_model::{
    CorrectionKind, Genre, Lang, Link, Membership, Reading, Registry, When, in_force, links, put_by_hand,
};
use dateline_reader::{Copy, Reader};
use proptest::prelude::*;

use super::*;
use crate::Placement;
use crate::correct::{Ask, Before, Refused, Stories, plan};
use crate::origins::source_of;

/// Three events, of which two share words, so that an article may join one or the other.
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
        "Ferry capsizes off Safaga, nine people missing",
        "A ferry with sixty people on board capsized off Safaga in the Red Sea on Tuesday night, and nine of them are \
         missing, the Egyptian ministry of transport said after divers had searched the wreck until morning.",
    ),
];
const OUTLETS: [&str; 4] =
    ["meridian-wire.example", "sahel-courier.example", "lagos-lantern.example", "harbor-times.example"];

fn registry() -> Arc<Registry> {
    let rows = "meridian-wire.example\tMeridian Wire\tGB\ten\twire\tMeridian\tindependent\tinvented\n\
                sahel-courier.example\tSahel Courier\tNE\ten\tnewspaper\t\tindependent\tinvented\n\
                lagos-lantern.example\tLagos Lantern\tNG\ten\tnewspaper\t\tindependent\tinvented\n\
                harbor-times.example\tHarbor Times\tGB\ten\tnewspaper\t\tindependent\tinvented\n";
    Arc::new(Registry::parse(rows).0)
}

/// An article as it is stored, in one version or, with the headline first, in two.
struct Report {
    article: ArticleId,
    outlet: &'static str,
    at: i64,
    genre: Genre,
    readings: Vec<Reading>,
}

impl Report {
    fn new(reader: &Reader, n: u8, event: usize, kind: u8, outlet: usize) -> Self {
        let (title, text) = EVENTS[event];
        let wording = match kind % 4 {
            0 => text.to_owned(),
            1 => format!("NIAMEY (Meridian Wire) – {text}"),
            2 => format!("As Meridian Wire reported, more is to come. {title}."),
            _ => text
                .replace(" said", " told the press")
                .replace("troops", "soldiers")
                .replace("people", "passengers"),
        };
        let copy = |text| Copy { title, text, lang: Some(Lang::EN), ..Copy::default() };
        let mut readings = vec![reader.read(copy(&wording))];
        if kind >= 6 {
            readings.insert(0, reader.read(copy("")));
        }
        let genre = if kind == 4 { Genre::Correction } else { Genre::News };
        Self {
            article: ArticleId([n; 10]),
            outlet: OUTLETS[outlet],
            at: i64::from(n) * 3_600,
            genre,
            readings,
        }
    }

    fn arrival(&self, version: usize) -> Arrival<'_> {
        Arrival {
            article: self.article,
            version: version as u32 + 1,
            outlet: Some(self.outlet),
            genre: self.genre,
            at: Some(self.at),
            reading: &self.readings[version],
        }
    }
}

/// A folder in memory: versions in the order they came in, the places of the articles, the corrections.
#[derive(Default)]
struct Memory {
    reports: Vec<Report>,
    /// Report and version.
    versions: Vec<(usize, usize)>,
    places: BTreeMap<ArticleId, Membership>,
    log: Vec<Correction>,
}

impl Memory {
    fn store(&mut self, placement: Placement) {
        self.places.insert(placement.membership.article, placement.membership);
        placement.revisions.into_iter().for_each(|revision| self.revise(revision));
    }

    fn revise(&mut self, revision: crate::Revision) {
        let place = self.places.get_mut(&revision.article).unwrap();
        (place.relation, place.origin, place.kinship) =
            (revision.relation, revision.origin, revision.kinship);
    }

    fn stories(&self) -> Stories {
        let mut stories = Stories::new();
        for report in &self.reports {
            let place = &self.places[&report.article];
            stories.entry(place.story).or_default().push(place.clone());
        }
        stories
    }

    fn texts(&self, articles: &[ArticleId], after: i64) -> Vec<Text<'_>> {
        let all =
            self.versions[..after as usize].iter().map(|&(report, version)| (&self.reports[report], version));
        all.filter(|(report, _)| articles.contains(&report.article))
            .map(|(report, version)| Text { arrival: report.arrival(version), fuller: version > 0 })
            .collect()
    }

    fn correct(&mut self, stream: &mut Stream, ask: &Ask) -> Result<(), Refused> {
        let after = self.versions.len() as i64;
        let correction = plan(ask, &self.log, &self.stories(), When::from_seconds(0), after)?;
        for article in &correction.moved {
            self.places.get_mut(article).unwrap().story = correction.to;
        }
        for (article, _) in &correction.loosened {
            self.places.get_mut(article).unwrap().kinship.of = None;
        }
        for (article, of) in &correction.tied {
            self.places.get_mut(article).unwrap().kinship.of = Some(*of);
        }
        let texts = self.texts(&stream.articles_of(&correction), after);
        stream.correct(&correction, &texts);
        self.log.push(correction);
        Ok(())
    }

    /// The stream after all of this, taken in again from what is stored.
    fn resumed(&self) -> Stream {
        let mut stream = Stream::new(registry());
        let before = Before::new(&self.log);
        let mut log = self.log.iter().peekable();
        for at in 0..=self.versions.len() {
            while let Some(correction) = log.next_if(|correction| correction.after == at as i64) {
                let texts = self.texts(&stream.articles_of(correction), at as i64);
                stream.correct(correction, &texts);
            }
            let Some(&(report, version)) = self.versions.get(at) else { break };
            let arrival = self.reports[report].arrival(version);
            match version {
                0 => _ = stream.restore(arrival, &before.place(&self.places[&arrival.article]), || None),
                _ => stream.restore_deeper(arrival),
            }
        }
        stream
    }
}

/// What somebody does, with numbers that stand for whatever story or article there is.
#[derive(Debug, Clone)]
enum Deed {
    Arrive { event: usize, kind: u8, outlet: usize },
    Merge(usize, usize),
    Split(usize, u16),
    Move(usize, usize),
    Undo(u32),
    Restart,
}

fn deed() -> impl Strategy<Value = Deed> {
    prop_oneof![
        6 => (0..3usize, 0..8u8, 0..4usize).prop_map(|(event, kind, outlet)| Deed::Arrive { event, kind, outlet }),
        1 => (0..9usize, 0..9usize).prop_map(|(a, b)| Deed::Merge(a, b)),
        2 => (0..9usize, any::<u16>()).prop_map(|(story, which)| Deed::Split(story, which)),
        2 => (0..20usize, 0..9usize).prop_map(|(article, story)| Deed::Move(article, story)),
        2 => (1..8u32).prop_map(Deed::Undo),
        1 => Just(Deed::Restart),
    ]
}

fn ask(deed: &Deed, memory: &Memory) -> Option<Ask> {
    let stories = memory.stories();
    let ids: Vec<StoryId> = stories.keys().copied().collect();
    let story = |n: usize| (!ids.is_empty()).then(|| ids[n % ids.len()]);
    Some(match deed {
        Deed::Merge(a, b) => Ask::Merge { story: story(*a)?, into: story(*b)? },
        Deed::Split(a, which) => {
            let of = story(*a)?;
            let chosen = stories[&of].iter().enumerate().filter(|(at, _)| which >> (at % 16) & 1 == 1);
            Ask::Split { story: of, articles: chosen.map(|(_, place)| place.article).collect() }
        }
        Deed::Move(article, to) => {
            let article = memory.reports.get(article % memory.reports.len().max(1))?.article;
            Ask::Move { article, to: story(*to)? }
        }
        Deed::Undo(number) => Ask::Undo(*number),
        Deed::Arrive { .. } | Deed::Restart => return None,
    })
}

fn assert_same(one: &Stream, other: &Stream) {
    assert_eq!(one.stories, other.stories);
    assert_eq!(one.members, other.members);
    assert_eq!(one.live, other.live);
    assert_eq!(one.copies, other.copies);
    let told = |stream: &Stream| -> Vec<_> {
        let mut known: Vec<_> = stream.known.iter().collect();
        known.sort_by_key(|(seq, _)| **seq);
        let told = |(seq, known): (&crate::copies::Seq, &crate::origins::Known)| {
            // By which steps the root of a text is found makes no difference.
            let root = source_of(*seq, &|seq| stream.known.get(&seq));
            (*seq, crate::origins::Known { root, ..known.clone() })
        };
        known.into_iter().map(told).collect()
    };
    assert_eq!(told(one), told(other));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(160))]
    #[test]
    fn corrections_hold_whatever_comes_after_and_a_restart_changes_nothing(
        deeds in proptest::collection::vec(deed(), 1..60)
    ) {
        let reader = Reader::new(&registry());
        let mut memory = Memory::default();
        let mut stream = Stream::new(registry());
        for deed in &deeds {
            match deed {
                Deed::Arrive { event, kind, outlet } => {
                    let n = memory.reports.len();
                    memory.reports.push(Report::new(&reader, n as u8 + 1, *event, *kind, *outlet));
                    let versions = memory.reports[n].readings.len();
                    for version in 0..versions {
                        memory.versions.push((n, version));
                        let arrival = memory.reports[n].arrival(version);
                        if version == 0 {
                            let placement = stream.place(arrival);
                            memory.store(placement);
                        } else if let Some(revision) = stream.deepen(arrival) {
                            memory.revise(revision);
                        }
                    }
                }
                Deed::Restart => {
                    let resumed = memory.resumed();
                    assert_same(&stream, &resumed);
                    stream = Stream::from_snapshot(&resumed.to_snapshot().unwrap(), registry()).unwrap();
                    assert_same(&stream, &resumed);
                }
                _ => {
                    let before = memory.stories();
                    match ask(deed, &memory).map(|ask| memory.correct(&mut stream, &ask)) {
                        Some(Ok(())) => {
                            let after = memory.stories();
                            let last = memory.log.last().unwrap();
                            prop_assert!(after.get(&last.to).is_some_and(|to| !to.is_empty()));
                            prop_assert_eq!(after.contains_key(&last.from), !last.left.is_empty());
                        }
                        _ => prop_assert_eq!(before, memory.stories(), "what is refused changes nothing"),
                    }
                }
            }
            // Every pair that somebody has spoken of is as the last word on it says.
            for ((a, b), link) in links(&memory.log) {
                let together = memory.places[&a].story == memory.places[&b].story;
                prop_assert_eq!(together, link == Link::Together, "{:?} {:?} by {:#?}", a, b, &memory.log);
            }
            let by_hand = put_by_hand(&memory.log);
            for correction in in_force(&memory.log) {
                for article in correction.moved.iter().filter(|article| by_hand[*article] == correction.number) {
                    prop_assert_eq!(memory.places[article].story, correction.to);
                }
            }
            // What the places say and what the stream thinks is the same.
            for (story, strands) in &stream.stories {
                for seq in strands.iter().flat_map(|key| &stream.members[key]) {
                    prop_assert_eq!(memory.places[&stream.known[seq].article].story, *story);
                }
            }
        }
        assert_same(&stream, &memory.resumed());
        // Undone from the newest to the oldest, all corrections leave the stories as the articles founded and joined them.
        let newest_first: Vec<u32> = in_force(&memory.log).map(|correction| correction.number).collect();
        for number in newest_first.into_iter().rev() {
            prop_assert_eq!(memory.correct(&mut stream, &Ask::Undo(number)), Ok(()));
        }
        prop_assert!(links(&memory.log).is_empty());
        assert_same(&stream, &memory.resumed());
    }
}

#[test]
fn an_article_that_would_have_joined_a_merged_story_joins_its_successor() {
    let reader = Reader::new(&registry());
    let mut memory = Memory::default();
    let mut stream = Stream::new(registry());
    let arrive = |memory: &mut Memory, stream: &mut Stream, event| {
        let n = memory.reports.len();
        memory.reports.push(Report::new(&reader, n as u8 + 1, event, 3, n % 4));
        memory.versions.push((n, 0));
        let placement = stream.place(memory.reports[n].arrival(0));
        let story = placement.membership.story;
        memory.store(placement);
        story
    };
    let base = arrive(&mut memory, &mut stream, 0);
    let ferry = arrive(&mut memory, &mut stream, 2);
    assert_ne!(base, ferry);
    assert_eq!(arrive(&mut memory, &mut stream, 0), base);
    memory.correct(&mut stream, &Ask::Merge { story: base, into: ferry }).unwrap();
    assert_eq!(arrive(&mut memory, &mut stream, 0), ferry, "what would have joined one joins the other");
    assert_eq!(arrive(&mut memory, &mut stream, 2), ferry);
    assert_eq!(memory.log[0].kind, CorrectionKind::Merge);

    // Undone, both take what is theirs again; what came in between stays.
    memory.correct(&mut stream, &Ask::Undo(1)).unwrap();
    let stories = memory.stories();
    assert_eq!((stories[&base].len(), stories[&ferry].len()), (2, 3));
    assert_eq!(arrive(&mut memory, &mut stream, 2), ferry);
}

#[test]
fn what_a_story_that_has_expired_held_stays_forgotten() {
    let reader = Reader::new(&registry());
    let mut stream = Stream::new(registry());
    let reports = [0, 2].map(|event| Report::new(&reader, event as u8 + 1, event, 0, event));
    let old = stream.place(reports[0].arrival(0)).membership;
    let mut live = old.clone();
    // So many arrivals a season later that nothing can join the first story any more.
    for n in 0..2_560u32 {
        let mut id = [9; 10];
        id[..4].copy_from_slice(&n.to_be_bytes());
        let later =
            Arrival { article: ArticleId(id), at: Some(90 * dateline_model::DAY), ..reports[1].arrival(0) };
        live = stream.place(later).membership;
    }
    assert!(!stream.stories.contains_key(&old.story) && stream.stories.contains_key(&live.story));
    let stories: Stories =
        [&old, &live].map(|place| (place.story, vec![place.clone()])).into_iter().collect();
    let planned =
        |ask: Ask, log: &[Correction]| plan(&ask, log, &stories, When::from_seconds(0), 2_561).unwrap();

    let before = stream.clone();
    let merge = planned(Ask::Merge { story: old.story, into: live.story }, &[]);
    let texts = [Text { arrival: reports[1].arrival(0), fuller: false }];
    stream.correct(&merge, &texts);
    assert_eq!(stream.members, before.members);

    // An article that is moved to it opens it again, by itself.
    let moved = planned(Ask::Move { article: live.article, to: old.story }, &[]);
    assert!(stream.articles_of(&moved).contains(&live.article));
    let arrival = Arrival { article: live.article, ..reports[1].arrival(0) };
    stream.correct(&moved, &[Text { arrival, fuller: false }]);
    let key = stream.stories[&old.story][0];
    assert_eq!((stream.members[&key].len(), stream.live.get(key).unwrap().size), (1, 1));
}
