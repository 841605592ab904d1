//! Rules of briefs as a whole.

use std::collections::BTreeMap;

use dateline_model::heads::{counts, is_known_origin};
use dateline_model::{ArticleId, BlockKind, Brief, Registry};

use super::{BriefRule, Level};
use crate::Dossier;
use crate::select::length;

/// The rules, in their order.
pub(super) const RULES: &[BriefRule] = &[
    BriefRule {
        id: "H1",
        title: "Story, version, clock, as-of and period are given and agree",
        level: Level::Blocks,
        wrong: h1,
    },
    BriefRule {
        id: "H2",
        title: "Articles ≥ outlets ≥ publishers ≥ origins ≥ on record, as the articles have it",
        level: Level::Blocks,
        wrong: h2,
    },
    BriefRule { id: "H3", title: "The state of the inputs is given", level: Level::Warns, wrong: h3 },
    BriefRule { id: "H4", title: "It is said what wrote the text", level: Level::Blocks, wrong: h4 },
    BriefRule {
        id: "H6",
        title: "The situation has 3 to 6 sentences and at most 250 words",
        level: Level::Warns,
        wrong: h6,
    },
    BriefRule {
        id: "C2",
        title: "One publisher family, or copies of one report, are one origin",
        level: Level::Blocks,
        wrong: c2,
    },
    BriefRule {
        id: "C3",
        title: "Outlets of unknown independence add no origin",
        level: Level::Blocks,
        wrong: c3,
    },
    BriefRule {
        id: "D6",
        title: "The absence of reports is not written as absence of events",
        level: Level::Blocks,
        wrong: d6,
    },
    BriefRule {
        id: "E1",
        title: "Expanded Coverage lists every article of the story exactly once",
        level: Level::Blocks,
        wrong: e1,
    },
    BriefRule { id: "E2", title: "Expanded Coverage is never empty", level: Level::Blocks, wrong: e2 },
    BriefRule {
        id: "A7",
        title: "A story of one unnamed source and one newsroom says so",
        level: Level::Blocks,
        wrong: a7,
    },
];

fn h1(brief: &Brief, dossier: &Dossier, _: &Registry) -> Vec<String> {
    let mut wrong = Vec::new();
    let mut note = |holds: bool, what: String| {
        if !holds {
            wrong.push(what);
        }
    };
    note(
        brief.story == dossier.head.story,
        format!("it is of {}, not of {}", brief.story, dossier.head.story),
    );
    note(brief.version >= 1, "it has no version".into());
    let dated = dossier.members.iter().filter_map(|member| member.reported);
    let (first, last) = (dated.clone().min(), dated.max());
    note(brief.as_of == last, "as-of is not the time of the newest article".into());
    note(brief.since == first, "the period does not begin with the first article".into());
    note(brief.generated_at >= brief.as_of, "it is dated before its newest article".into());
    wrong
}

fn h2(brief: &Brief, dossier: &Dossier, registry: &Registry) -> Vec<String> {
    let mut wrong = Vec::new();
    if !brief.counts.agree() {
        wrong.push(format!("the numbers disagree: {:?}", brief.counts));
    }
    let counted = counts(&dossier.members, registry);
    if brief.counts != counted {
        wrong.push(format!("the articles give {counted:?}, the brief says {:?}", brief.counts));
    }
    wrong
}

fn h3(brief: &Brief, _: &Dossier, _: &Registry) -> Vec<String> {
    let read = brief.inputs.full + brief.inputs.summary + brief.inputs.headline;
    if read == brief.counts.articles {
        return Vec::new();
    }
    vec![format!("{read} articles are accounted for, {} are counted", brief.counts.articles)]
}

fn h4(brief: &Brief, _: &Dossier, _: &Registry) -> Vec<String> {
    if brief.engine.trim().is_empty() { vec!["no engine is named".into()] } else { Vec::new() }
}

fn h6(brief: &Brief, _: &Dossier, _: &Registry) -> Vec<String> {
    let Some(situation) = brief.block(BlockKind::Situation) else {
        return vec!["there is no sentence that could be printed".into()];
    };
    let (sentences, words): (usize, usize) =
        (situation.sentences.len(), situation.sentences.iter().map(|sentence| length(&sentence.text)).sum());
    let mut wrong = Vec::new();
    if !(3..=6).contains(&sentences) {
        wrong.push(format!("{sentences} sentences"));
    }
    if words > 250 {
        wrong.push(format!("{words} words"));
    }
    wrong
}

fn c2(brief: &Brief, _: &Dossier, registry: &Registry) -> Vec<String> {
    let mut families: BTreeMap<&str, u32> = BTreeMap::new();
    for group in brief.coverage.iter().filter(|group| group.known) {
        if let Some(origin) = &group.origin {
            *families.entry(registry.family(origin)).or_default() += 1;
        }
    }
    let most = families.len().max(1) as u32;
    if brief.counts.origins <= most {
        return Vec::new();
    }
    vec![format!("{} origins are counted, the coverage shows {most}", brief.counts.origins)]
}

fn c3(brief: &Brief, _: &Dossier, registry: &Registry) -> Vec<String> {
    let wrong = brief.coverage.iter().filter(|group| {
        group.known != group.origin.as_deref().is_some_and(|origin| is_known_origin(origin, registry))
    });
    wrong.map(|group| format!("the independence of {} is not as the registry has it", group.name)).collect()
}

fn d6(brief: &Brief, _: &Dossier, _: &Registry) -> Vec<String> {
    const NOTHING: [&str; 6] =
        ["nothing happened", "no incident", "no casualties", "nobody was", "no events", "no attack"];
    let written = brief.gaps.iter().map(|gap| &gap.note).chain(&brief.banners);
    written
        .filter(|text| NOTHING.iter().any(|nothing| text.to_lowercase().contains(nothing)))
        .map(|text| format!("“{text}”"))
        .collect()
}

fn e1(brief: &Brief, dossier: &Dossier, _: &Registry) -> Vec<String> {
    let mut listed: BTreeMap<ArticleId, u32> = BTreeMap::new();
    for article in brief.articles() {
        *listed.entry(article.article).or_default() += 1;
    }
    let mut wrong = Vec::new();
    for member in &dossier.members {
        match listed.remove(&member.article) {
            Some(1) => {}
            Some(times) => wrong.push(format!("{} is listed {times} times", member.article)),
            None => wrong.push(format!("{} is not listed", member.article)),
        }
    }
    wrong.extend(listed.keys().map(|article| format!("{article} is listed and not in the story")));
    wrong
}

fn e2(brief: &Brief, _: &Dossier, _: &Registry) -> Vec<String> {
    if brief.articles().next().is_some() { Vec::new() } else { vec!["no article is listed".into()] }
}

fn a7(brief: &Brief, _: &Dossier, _: &Registry) -> Vec<String> {
    let kinds: Vec<_> =
        brief.sentences().filter_map(|sentence| sentence.attribution.as_ref()?.kind).collect();
    let unnamed = kinds.iter().any(|kind| kind.is_withheld());
    let named = kinds.iter().any(|kind| kind.is_on_record());
    let alone = brief.counts.origins == 1 && brief.counts.on_record == 0 && unnamed && !named;
    let says_so = brief.banners.iter().any(|banner| banner.contains("unnamed"));
    if alone && !says_so { vec!["no banner says so".into()] } else { Vec::new() }
}
