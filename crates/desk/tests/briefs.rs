//! Briefs of the demo wire, from its feeds and pages to the checked brief.

use std::path::Path;
use std::sync::OnceLock;

use dateline_brief::check::{check, passes};
use dateline_brief::{Composed, Dossier, compose, faces};
use dateline_desk::{AddOptions, Desk, add};
use dateline_model::{BlockKind, Brief, Registry, Relation, SpeakerKind};
use dateline_reader::Reader;
use dateline_store::{Folder, HeadFilter};

struct Demo {
    _dir: tempfile::TempDir,
    written: Vec<(Dossier, Composed)>,
    registry: Registry,
}

/// The demo wire, read once: feeds and pages first, then the later states of three pages.
fn demo() -> &'static Demo {
    static DEMO: OnceLock<Demo> = OnceLock::new();
    DEMO.get_or_init(|| {
        let dir = tempfile::tempdir().unwrap();
        let at = |part: &str| {
            Path::new(env!("CARGO_MANIFEST_DIR")).join("../../demo").join(part).display().to_string()
        };
        let options = AddOptions { now: "2024-05-11".parse().ok(), ..AddOptions::default() };
        for inputs in [vec![at("feeds"), at("pages")], vec![at("later/pages")]] {
            add(&Folder::at(dir.path()), &inputs, &options).unwrap();
        }
        let desk = Desk::open(Folder::at(dir.path())).unwrap();
        let registry = Registry::clone(desk.registry());
        let reader = Reader::new(&registry);
        let written = desk
            .stories(&HeadFilter::default())
            .unwrap()
            .iter()
            .map(|head| {
                let dossier = desk.dossier(head.story).unwrap();
                let composed = compose(&dossier, &registry, &reader);
                (dossier, composed)
            })
            .collect();
        Demo { _dir: dir, written, registry }
    })
}

fn airbase() -> &'static (Dossier, Composed) {
    let fits = |(_, composed): &&(Dossier, Composed)| composed.brief.title.contains("share airbase in Niger");
    demo().written.iter().find(fits).unwrap()
}

#[test]
fn no_brief_of_the_demo_breaks_a_rule_that_blocks() {
    assert!(demo().written.len() >= 10);
    for (dossier, composed) in &demo().written {
        let outcomes = check(&composed.brief, dossier, &demo().registry);
        assert!(passes(&outcomes), "{}: {outcomes:#?}", composed.brief.title);
        assert!(outcomes.len() >= 20, "every rule is checked");
    }
}

#[test]
fn every_sentence_stands_so_in_a_source_or_around_words_that_do() {
    for (dossier, composed) in &demo().written {
        for block in composed.brief.blocks.iter().filter(|block| block.kind != BlockKind::Changes) {
            for sentence in &block.sentences {
                let first = &sentence.citations[0];
                let version = dossier.version(first.article, first.version).unwrap();
                assert_eq!(first.resolve(version), Some(sentence.text.as_str()));
            }
        }
    }
}

#[test]
fn the_airbase_story_is_told_with_its_sources() {
    let (dossier, Composed { brief, passages }) = airbase();
    let markdown = faces::markdown(brief, passages);
    let situation = brief.block(BlockKind::Situation).unwrap();
    assert!(situation.sentences[0].text.starts_with("The Pentagon confirmed on Friday"), "{markdown}");
    let says = brief.block(BlockKind::WhoSaysWhat).unwrap();
    let official = says
        .sentences
        .iter()
        .filter_map(|sentence| sentence.attribution.as_ref())
        .find(|voice| voice.speaker.as_deref() == Some("a senior U.S. defense official"));
    let official = official.expect("who is called “the official” is introduced in full");
    assert_eq!(official.kind, Some(SpeakerKind::Unnamed));
    assert_eq!(official.origin.as_deref(), Some("meridian-wire.example"));
    assert!(official.anonymity.is_some() && !official.carriers.is_empty());
    let changes = &brief.block(BlockKind::Changes).unwrap().sentences;
    let [erratum, record, changed] = &changes[..] else { panic!("{changes:?}") };
    assert!(erratum.text.contains("El Estuario tradujo mal un pasaje"), "{}", erratum.text);
    let record = &record.text;
    assert!(record.starts_with("On record since 3 May 2024, 17:32 UTC: “The Pentagon confirmed"), "{record}");
    assert!(record.contains("a senior U.S. defense official told Meridian Wire"), "{record}");
    let changed = &changed.text;
    assert!(changed.contains("58 Russians") && changed.contains("about 30 Russians"), "{changed}");
    // The look-alikes of the story are other stories.
    for stranger in ["Misrata", "Zaragoza", "Cargo plane", "Chad"] {
        assert!(!brief.articles().any(|article| article.title.contains(stranger)), "{stranger}");
    }
    assert!(brief.articles().any(|article| article.relation == Relation::Verbatim));
    assert_eq!(brief.articles().count(), dossier.members.len());
}

#[test]
fn a_retold_statement_is_left_to_who_was_told() {
    let (_, composed) = airbase();
    for sentence in composed.brief.sentences() {
        let voice = sentence.attribution.as_ref().unwrap();
        if sentence.text.contains("told Meridian Wire") {
            assert_eq!(voice.origin.as_deref(), Some("meridian-wire.example"), "{}", sentence.text);
        }
    }
}

/// The line that says since when the account is on record.
fn on_record_since(brief: &mut Brief) -> &mut dateline_model::Sentence {
    let changes = brief.blocks.iter_mut().find(|block| block.kind == BlockKind::Changes).unwrap();
    changes.sentences.iter_mut().find(|line| line.text.starts_with("On record since")).unwrap()
}

/// A brief that somebody changed must not pass: one change a rule.
#[test]
fn tampering_is_found() {
    let (dossier, composed) = airbase();
    let broken = |rule: &str, change: &dyn Fn(&mut Brief)| {
        let mut brief = composed.brief.clone();
        change(&mut brief);
        let outcomes = check(&brief, dossier, &demo().registry);
        let outcome = outcomes.iter().find(|outcome| outcome.rule == rule).unwrap();
        assert!(!outcome.findings.is_empty(), "{rule} was not found broken");
    };
    broken("H1", &|brief| brief.as_of = "2024-05-09".parse().ok());
    broken("H2", &|brief| brief.counts.origins += 1);
    broken("H2", &|brief| brief.counts.families = brief.counts.outlets + 1);
    broken("H3", &|brief| brief.inputs.full -= 1);
    broken("H4", &|brief| brief.engine.clear());
    broken("H6", &|brief| brief.blocks[0].sentences.truncate(1));
    broken("S1", &|brief| brief.blocks[0].sentences[0].citations.clear());
    broken("S2", &|brief| brief.blocks[0].sentences[0].citations[0].start += 1);
    broken("S2", &|brief| brief.blocks[0].sentences[0].citations[0].version = 9);
    broken("S3", &|brief| {
        let text = &mut brief.blocks[0].sentences[0].text;
        *text = text.replace("Niger", "Mali");
    });
    broken("S3", &|brief| {
        let sentences = brief.blocks.iter_mut().flat_map(|block| &mut block.sentences);
        let sixty = sentences.filter(|sentence| sentence.text.contains("60")).last();
        let text = &mut sixty.unwrap().text;
        *text = text.replace("60", "600");
    });
    broken("S4", &|brief| {
        let mut sentences = brief.blocks.iter_mut().flat_map(|block| &mut block.sentences);
        let quoted =
            sentences.find(|sentence| sentence.text.contains("there are Russian forces at Airbase 101"));
        let text = &mut quoted.unwrap().text;
        *text = text.replace("there are Russian forces", "there were Russian forces");
    });
    broken("S6", &|brief| {
        let voice = brief.blocks[0].sentences[0].attribution.as_mut().unwrap();
        voice.origin = Some("harbour-gazette.example".into());
    });
    broken("S7", &|brief| {
        brief.blocks[0].sentences[0].attribution.as_mut().unwrap().carriers.clear();
    });
    broken("S9", &|brief| {
        let text = &mut brief.blocks[0].sentences[0].text;
        *text = text.replace("official", "officials");
    });
    broken("A1", &|brief| {
        let voices = brief.blocks.iter_mut().flat_map(|block| &mut block.sentences);
        let voice =
            voices.filter_map(|sentence| sentence.attribution.as_mut()).find(|voice| voice.speaker.is_some());
        voice.unwrap().kind = None;
    });
    let voices = |brief: &mut Brief, change: &dyn Fn(&mut dateline_model::Voice)| {
        let sentences = brief.blocks.iter_mut().flat_map(|block| &mut block.sentences);
        sentences.filter_map(|sentence| sentence.attribution.as_mut()).for_each(change);
    };
    broken("S5", &|brief| {
        let mut said = brief.blocks.iter_mut().flat_map(|block| &mut block.sentences);
        let said = said.find(|said| said.text.contains("Kiari said")).unwrap();
        said.text = said.text.replace(" Kiari said", "");
    });
    broken("S8", &|brief| {
        voices(brief, &|voice| {
            if voice.speaker.as_deref().is_some_and(|speaker| speaker.contains("Whitcombe")) {
                voice.speaker = Some("Whitcombe".into());
            }
        });
    });
    broken("S10", &|brief| {
        let said =
            brief.blocks[1].sentences.iter_mut().find(|said| said.text.contains("Trowbridge")).unwrap();
        said.text = said.text.replace("said", "confirmed");
    });
    broken("S11", &|brief| {
        let said =
            brief.blocks[1].sentences.iter_mut().find(|said| said.text.contains("not mingling")).unwrap();
        said.text = said.text.replace("were not mingling", "were mingling");
    });
    broken("S11", &|brief| {
        let said =
            brief.blocks[1].sentences.iter_mut().find(|said| said.text.contains("not mingling")).unwrap();
        said.text = said.text.replace("were using", "were never using");
    });
    broken("A1", &|brief| {
        voices(brief, &|voice| {
            if voice.is_anonymous() {
                (voice.speaker, voice.kind) = (None, None);
            }
        });
    });
    broken("A2", &|brief| voices(brief, &|voice| voice.described = None));
    broken("A2", &|brief| {
        voices(brief, &|voice| {
            if voice.is_anonymous() {
                voice.speaker = Some("The official".into());
                voice.described.iter_mut().for_each(|described| described.rank = None);
            }
        });
    });
    broken("A3", &|brief| voices(brief, &|voice| voice.origin_name = None));
    broken("A3", &|brief| voices(brief, &|voice| voice.origin_name = Some("Accra Beacon".into())));
    broken("A4", &|brief| {
        let said =
            brief.blocks[1].sentences.iter().find(|said| said.attribution.as_ref().unwrap().is_anonymous());
        let mut again = said.unwrap().clone();
        again.attribution.as_mut().unwrap().origin = Some("accra-beacon.example".into());
        brief.blocks[1].sentences.push(again);
    });
    broken("A4", &|brief| {
        voices(brief, &|voice| {
            voice.described.iter_mut().for_each(|described| described.number = Some("seventeen".into()));
        });
    });
    broken("A6", &|brief| brief.blocks.retain(|block| block.kind != BlockKind::Changes));
    broken("A6", &|brief| {
        let line = on_record_since(brief);
        line.text = line.text.replace("3 May", "2 May");
    });
    broken("S3", &|brief| {
        let line = on_record_since(brief);
        line.text = line.text.replace("17:32", "19:32");
    });
    broken("C4", &|brief| {
        let said = brief.blocks[0].sentences.iter().find(|said| said.text.contains("told a news briefing"));
        let mut again = said.unwrap().clone();
        again.attribution.as_mut().unwrap().origin = Some("potomac-ledger.example".into());
        brief.blocks[1].sentences.push(again);
    });
    broken("C3", &|brief| brief.coverage[0].known = false);
    broken("D6", &|brief| brief.banners.push("Nothing happened on Friday.".into()));
    broken("E1", &|brief| {
        brief.coverage[0].articles.pop();
    });
    broken("E1", &|brief| {
        let twice = brief.coverage[0].articles[0].clone();
        brief.coverage[0].articles.push(twice);
    });
    broken("E2", &|brief| brief.coverage.clear());
    broken("T1", &|brief| brief.blocks[0].sentences[0].text.push_str(" Reportedly."));
}

/// Rules that the airbase story gives no occasion to break.
#[test]
fn tampering_with_a_denial_or_a_lone_unnamed_source_is_found() {
    let (dossier, composed) =
        demo().written.iter().find(|(_, composed)| composed.brief.title.contains("Cargo plane")).unwrap();
    let mut brief = composed.brief.clone();
    let disputed = brief.blocks.iter_mut().find(|block| block.kind == BlockKind::Disputed).unwrap();
    let denial =
        disputed.sentences.iter().find(|said| said.text.contains("army general staff denied")).unwrap();
    assert_eq!(denial.attribution.as_ref().unwrap().kind, Some(SpeakerKind::Office));
    disputed.kind = BlockKind::WhoSaysWhat;
    let findings = |rule: &str, brief: &Brief| {
        let outcomes = check(brief, dossier, &demo().registry);
        outcomes.into_iter().find(|outcome| outcome.rule == rule).unwrap().findings
    };
    assert!(!findings("A6", &brief).is_empty(), "a denial that is not under Disputed");

    // As it were with one newsroom and nobody on the record.
    let mut brief = composed.brief.clone();
    (brief.counts.origins, brief.counts.on_record) = (1, 0);
    let voices = brief.blocks.iter_mut().flat_map(|block| &mut block.sentences);
    for voice in voices.filter_map(|sentence| sentence.attribution.as_mut()) {
        voice.kind = Some(SpeakerKind::Unnamed);
    }
    assert!(!findings("A7", &brief).is_empty(), "no banner says that the only sources are unnamed");
    brief.banners.push("All articles rest on one newsroom, and its sources are unnamed.".into());
    assert!(findings("A7", &brief).is_empty());
}

#[test]
fn every_claim_goes_to_one_speaker_or_to_none() {
    let mut flagged = 0;
    for (_, composed) in &demo().written {
        for sentence in composed.brief.sentences() {
            let voice = sentence.attribution.as_ref().unwrap();
            let speaker = voice.speaker.as_deref().unwrap_or_default();
            flagged += usize::from(voice.is_anonymous());
            // Two speak in it: the minister denies, the diplomats say otherwise.
            assert!(!sentence.text.contains("while two Western diplomats said"), "{}", sentence.text);
            assert!(
                !["authorities", "Forecasters", "shop owners"].contains(&speaker) || !voice.is_anonymous()
            );
            if sentence.text.contains("Whitcombe said") {
                assert!(speaker.starts_with("Brig. Gen. Dale Whitcombe"), "{speaker}");
            }
        }
    }
    assert!(flagged >= 10, "{flagged}");
}

#[test]
fn opinion_is_told_as_opinion_and_nowhere_else() {
    for (dossier, composed) in &demo().written {
        for block in &composed.brief.blocks {
            for sentence in &block.sentences {
                let opinion = sentence.citations.iter().any(|citation| {
                    dossier.newest(citation.article).unwrap().genre == dateline_model::Genre::Opinion
                });
                assert_eq!(opinion, block.kind == BlockKind::Opinion, "{}", sentence.text);
            }
        }
    }
}

/// The demo has stories of a column alone: it carries a date as a report does.
#[test]
fn no_gap_denies_what_an_article_has() {
    let mut columns = 0;
    for (dossier, composed) in &demo().written {
        let dated = dossier.members.iter().any(|member| member.reported.is_some());
        let says = composed.brief.gaps.iter().any(|gap| gap.slot == "when");
        assert_eq!(says, !dated, "{}", composed.brief.title);
        columns +=
            usize::from(dossier.members.iter().all(|member| member.genre == dateline_model::Genre::Opinion));
    }
    assert!(columns > 0);
}

#[test]
fn what_an_article_that_argues_says_of_itself_is_no_situation() {
    let counts = |(dossier, _): &&(Dossier, Composed)| {
        dossier.members.iter().any(|member| member.title.contains("we counted tents"))
    };
    let (dossier, composed) = demo().written.iter().find(counts).unwrap();
    let counted = dossier.members.iter().find(|member| member.title.contains("we counted tents")).unwrap();
    let situation = composed.brief.block(BlockKind::Situation).unwrap();
    let of_itself = situation.sentences.iter().filter(|sentence| sentence.attribution.is_none());
    let mut cited = of_itself.flat_map(|sentence| &sentence.citations).map(|citation| citation.article);
    assert!(!cited.any(|article| article == counted.article));
    // It is read, and what others say in it is told.
    let said = composed.brief.block(BlockKind::WhoSaysWhat).unwrap().sentences.iter();
    assert!(
        said.flat_map(|sentence| &sentence.citations).any(|citation| citation.article == counted.article)
    );
}

#[test]
fn a_correction_is_shown_and_what_it_corrects_is_silent() {
    let corrected = demo().written.iter().find(|(_, composed)| composed.brief.title.contains("Cargo plane"));
    let brief = &corrected.unwrap().1.brief;
    let changes = brief.block(BlockKind::Changes).unwrap();
    let voice = changes.sentences[0].attribution.as_ref().unwrap();
    assert_eq!(voice.origin.as_deref(), Some("harbour-gazette.example"));
    assert!(brief.banners.iter().any(|banner| banner.contains("corrected")));
    assert!(
        !brief
            .block(BlockKind::Situation)
            .unwrap()
            .sentences
            .iter()
            .any(|s| s.text.contains("passenger plane"))
    );
}
