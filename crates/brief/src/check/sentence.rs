//! Rules of sentences.

use dateline_model::{BlockKind, Genre, Lang, Part, Relation, SpeakerKind};
use dateline_reader::words::fold;

use super::speech::{unflagged, without_opening};
use super::wording::{folded, line, names, numbers_of, quoted, stands_in};
use super::{Asked, Level, SentenceRule};
use crate::vocabulary::hedges_barely;

/// The rules, in their order.
pub(super) const RULES: &[SentenceRule] = &[
    SentenceRule { id: "S1", title: "Every sentence has a citation", level: Level::Blocks, wrong: s1 },
    SentenceRule {
        id: "S2",
        title: "Every citation resolves, and its hash is that of the cited text",
        level: Level::Blocks,
        wrong: s2,
    },
    SentenceRule {
        id: "S3",
        title: "Every name and number stands in the cited passages",
        level: Level::Blocks,
        wrong: s3,
    },
    SentenceRule {
        id: "S4",
        title: "Quotation marks enclose only words of the source",
        level: Level::Blocks,
        wrong: s4,
    },
    SentenceRule {
        id: "S6",
        title: "Statements are attributed to their origin, not to who reprints it",
        level: Level::Blocks,
        wrong: s6,
    },
    SentenceRule {
        id: "S7",
        title: "Who credits another newsroom is cited as carrying it, not as confirming it",
        level: Level::Blocks,
        wrong: s7,
    },
    SentenceRule {
        id: "S9",
        title: "Sources in the plural only where the origin has the plural",
        level: Level::Blocks,
        wrong: s9,
    },
    SentenceRule {
        id: "S13",
        title: "Opinion is cited only as the opinion of its author",
        level: Level::Blocks,
        wrong: s13,
    },
    SentenceRule {
        id: "S14",
        title: "A headline is no evidence where the body is at hand",
        level: Level::Warns,
        wrong: s14,
    },
    SentenceRule {
        id: "A1",
        title: "A statement whose only speaker is unnamed is flagged",
        level: Level::Blocks,
        wrong: a1,
    },
    SentenceRule {
        id: "T1", title: "No bare “reportedly”: say who reports", level: Level::Warns, wrong: t1
    },
];

fn s1(asked: &Asked<'_>) -> Option<String> {
    asked.sentence.citations.is_empty().then(|| "no citation".to_owned())
}

fn s2(asked: &Asked<'_>) -> Option<String> {
    let broken = asked.sentence.citations.iter().find(|citation| {
        let version = asked.dossier.version(citation.article, citation.version);
        version.and_then(|version| citation.resolve(version)).is_none()
    })?;
    let place =
        format!("{} version {}, bytes {}–{}", broken.article, broken.version, broken.start, broken.end);
    Some(match asked.dossier.version(broken.article, broken.version) {
        None => format!("{place}: the story has no such article or version"),
        Some(_) => format!("{place}: the text there is not the text that was cited"),
    })
}

/// Names of cited outlets are facts of the registry, and the one thing a sentence may add.
fn s3(asked: &Asked<'_>) -> Option<String> {
    let sentence = asked.sentence;
    let first = asked.passages.first().copied().unwrap_or_default();
    let known = folded(asked.passages.iter().copied());
    let outlets: Vec<&str> = sentence
        .citations
        .iter()
        .filter_map(|citation| asked.dossier.members.iter().find(|member| member.article == citation.article))
        .filter_map(|member| member.outlet.as_deref())
        .map(|outlet| asked.registry.name(outlet))
        .collect();
    let outlets = folded(outlets);
    if line(first) != line(&sentence.text) {
        let lang = sentence.lang;
        let told = without_opening(asked);
        let strange = names(told, lang).into_iter().find(|name| {
            let name = fold(name);
            !known.contains(&name) && !outlets.contains(&name)
        });
        if let Some(name) = strange {
            return Some(format!("“{name}” stands in no cited passage"));
        }
        let held: std::collections::HashSet<u64> =
            asked.passages.iter().flat_map(|passage| numbers_of(passage, lang)).collect();
        if let Some(number) = numbers_of(told, lang).into_iter().find(|number| !held.contains(number)) {
            return Some(format!("the number {} stands in no cited passage", f64::from_bits(number)));
        }
    }
    // An author is named by the byline, not in the text.
    let speaker = sentence.attribution.as_ref().and_then(|voice| voice.speaker.as_deref())?;
    let by_author = asked.kind == BlockKind::Opinion
        && sentence.citations.first().is_some_and(|citation| {
            asked
                .dossier
                .version(citation.article, citation.version)
                .is_some_and(|version| stands_in(speaker, &version.byline))
        });
    let said = asked.passages.iter().any(|passage| stands_in(speaker, passage));
    (!by_author && !said).then(|| format!("the speaker “{speaker}” stands in no cited passage"))
}

fn s4(asked: &Asked<'_>) -> Option<String> {
    quoted(&asked.sentence.text)
        .into_iter()
        .find(|quoted| !asked.passages.iter().any(|passage| stands_in(quoted, passage)))
        .map(|quoted| format!("“{quoted}” does not stand so in a cited passage"))
}

/// The membership of the article a sentence is taken from.
fn place<'a>(asked: &Asked<'a>) -> Option<&'a dateline_model::Membership> {
    let first = asked.sentence.citations.first()?;
    asked.dossier.memberships.iter().find(|membership| membership.article == first.article)
}

fn s6(asked: &Asked<'_>) -> Option<String> {
    let voice = asked.sentence.attribution.as_ref()?;
    let membership = place(asked)?;
    if asked.kind == BlockKind::Opinion || asked.kind == BlockKind::Changes {
        return None;
    }
    let origin = membership.origin.as_deref()?;
    let named = voice.origin.as_deref().unwrap_or("nobody");
    if asked.registry.family(named) != asked.registry.family(origin) {
        return Some(format!("attributed to {named}, but {} has it from {origin}", membership.article));
    }
    told_another(asked, named).map(|other| format!("attributed to {named}, but {other} was told it"))
}

/// Another newsroom of the story that the sentence says was told: "told Meridian Wire".
fn told_another<'a>(asked: &Asked<'a>, named: &str) -> Option<&'a str> {
    let family = asked.registry.family(named);
    let members = asked.dossier.members.iter();
    let newsrooms = members.flat_map(|member| [member.outlet.as_deref(), member.origin.as_deref()]);
    newsrooms.flatten().filter(|domain| asked.registry.family(domain) != family).find(|domain| {
        let outlet = asked.registry.by_domain(domain);
        let mut names = outlet.iter().flat_map(|outlet| outlet.names.iter());
        names.any(|name| stands_in(&format!("told {name}"), &asked.sentence.text))
    })
}

fn s7(asked: &Asked<'_>) -> Option<String> {
    let voice = asked.sentence.attribution.as_ref()?;
    let origin = voice.origin.as_deref()?;
    if asked.kind == BlockKind::Opinion || asked.kind == BlockKind::Changes {
        return None;
    }
    if voice.carriers.iter().any(|carrier| carrier == origin) {
        return Some(format!("{origin} is named as carrying its own reporting"));
    }
    // Whoever has it from the origin carries it; cited and not named so, it would pass for another source.
    asked.sentence.citations.iter().find_map(|citation| {
        let member = asked.dossier.members.iter().find(|member| member.article == citation.article)?;
        let (outlet, from) = (member.outlet.as_deref()?, member.origin.as_deref()?);
        let has_it_from = asked.registry.family(from) == asked.registry.family(origin);
        let is_named = outlet == origin || voice.carriers.iter().any(|carrier| carrier == outlet);
        (has_it_from && !is_named).then(|| format!("{outlet} has it from {origin}, and is cited beside it"))
    })
}

/// Nouns for unnamed sources in the plural, with their singular.
const PLURALS: [(&str, &str); 12] = [
    ("officials", "official"),
    ("sources", "source"),
    ("diplomats", "diplomat"),
    ("aides", "aide"),
    ("witnesses", "witness"),
    ("officers", "officer"),
    ("responsables", "responsable"),
    ("diplomates", "diplomate"),
    ("funcionarios", "funcionario"),
    ("fuentes", "fuente"),
    ("diplomáticos", "diplomático"),
    ("чиновники", "чиновник"),
];

fn s9(asked: &Asked<'_>) -> Option<String> {
    let said = folded([asked.sentence.text.as_str()]);
    let speaker = asked.sentence.attribution.as_ref().and_then(|voice| voice.speaker.as_deref());
    let said_by = folded(speaker);
    let held = folded(asked.passages.first().copied());
    // The article a sentence is taken from may be a copy: then its origin's text decides, if it is at hand.
    let origin =
        place(asked).filter(|membership| membership.relation != Relation::Own).and_then(|membership| {
            let of = membership.kinship.of?;
            Some(folded([asked.dossier.newest(of)?.text.as_str()]))
        });
    PLURALS.iter().find_map(|(plural, singular)| {
        let (plural, singular) = (fold(plural), fold(singular));
        let printed = said.contains(&plural) || said_by.contains(&plural);
        let invented = printed
            && !held.contains(&plural)
            && !asked.passages.iter().any(|p| folded([*p]).contains(&plural));
        let multiplied = printed
            && origin.as_ref().is_some_and(|origin| !origin.contains(&plural) && origin.contains(&singular));
        (invented || multiplied).then(|| format!("“{plural}” where the origin has “{singular}”"))
    })
}

fn s13(asked: &Asked<'_>) -> Option<String> {
    let opinion = |article| {
        asked.dossier.members.iter().any(|member| member.article == article && member.genre == Genre::Opinion)
    };
    let cited = asked.sentence.citations.iter().find(|citation| opinion(citation.article));
    match (asked.kind, cited) {
        (BlockKind::Opinion, None) => Some("no opinion piece is cited".into()),
        (BlockKind::Opinion, Some(_)) => None,
        (_, Some(citation)) => Some(format!("{} is an opinion piece", citation.article)),
        (_, None) => None,
    }
}

fn s14(asked: &Asked<'_>) -> Option<String> {
    let citation = asked.sentence.citations.iter().find(|citation| citation.part == Part::Title)?;
    let version = asked.dossier.version(citation.article, citation.version)?;
    (!version.text.trim().is_empty()).then(|| format!("the headline of {} is cited", citation.article))
}

fn a1(asked: &Asked<'_>) -> Option<String> {
    if let Some(hidden) = unflagged(asked) {
        return Some(hidden);
    }
    let voice = asked.sentence.attribution.as_ref()?;
    let speaker = voice.speaker.as_deref()?;
    let flagged =
        voice.kind.is_some_and(|kind| matches!(kind, SpeakerKind::Unnamed | SpeakerKind::UnnamedGroup));
    let nameless = voice.kind.is_none() && asked.kind != BlockKind::Opinion;
    (nameless && !flagged).then(|| format!("it is not said what kind of speaker “{speaker}” is"))
}

fn t1(asked: &Asked<'_>) -> Option<String> {
    let lang = if asked.sentence.lang.is_known() { asked.sentence.lang } else { Lang::EN };
    hedges_barely(&asked.sentence.text, lang).then(|| "it is hedged without saying who reports".to_owned())
}
