//! Rules about who says what: that a statement goes to its speaker, as strong as the source has it and no stronger.
//!
//! They read the cited articles anew, as the composer does, and compare; a brief is not believed about itself.

use std::collections::HashSet;

use dateline_model::{Attribution, BlockKind, Brief, CueClass, Lang, Registry, Sentence, SpeakerKind, Voice};
use dateline_reader::attributions::attributions;
use dateline_reader::words::{fold, words};

use super::wording::{line, quoted, stands_in};
use super::{Asked, BriefRule, Level, SentenceRule};
use crate::Dossier;
use crate::heard::{Heard, heard, occasion, surname};
use crate::on_record::on_record;
use crate::vocabulary::{cue, denies};

/// The rules of sentences, in their order.
pub(super) const OF_SENTENCES: &[SentenceRule] = &[
    SentenceRule {
        id: "S5",
        title: "The attribution stands in the same sentence as the claim",
        level: Level::Blocks,
        wrong: s5,
    },
    SentenceRule {
        id: "S10",
        title: "No verb is stronger than the source’s",
        level: Level::Blocks,
        wrong: s10,
    },
    SentenceRule { id: "S11", title: "Modality and negation survive", level: Level::Blocks, wrong: s11 },
    SentenceRule {
        id: "A2",
        title: "A source without a name is characterised as fully as the origin does",
        level: Level::Blocks,
        wrong: a2,
    },
    SentenceRule {
        id: "A3",
        title: "The outlet that granted anonymity is named",
        level: Level::Blocks,
        wrong: a3,
    },
];

/// The rules of briefs, in their order.
pub(super) const OF_BRIEFS: &[BriefRule] = &[
    BriefRule {
        id: "S8",
        title: "A speaker is named with their position at first mention",
        level: Level::Warns,
        wrong: s8,
    },
    BriefRule {
        id: "A4",
        title: "Reprints never raise the number of unnamed sources",
        level: Level::Blocks,
        wrong: a4,
    },
    BriefRule {
        id: "A6",
        title: "What went on the record is said to, and what is denied on the record is disputed",
        level: Level::Blocks,
        wrong: a6,
    },
    BriefRule {
        id: "C4",
        title: "One speaker at one occasion is one speaker, however many outlets quote them",
        level: Level::Blocks,
        wrong: c4,
    },
];

/// Who says the passage a sentence is taken from; `None` where its article was not read deeply.
pub(super) fn heard_in<'d>(sentence: &Sentence, dossier: &'d Dossier) -> Option<Heard<'d>> {
    let first = sentence.citations.first()?;
    let newest = dossier.newest(first.article)?;
    let said = dossier.said.get(&first.article)?;
    (newest.number == first.version && first.part == dateline_model::Part::Text)
        .then(|| heard(&newest.text, first.span(), said))
}

fn text_of<'d>(sentence: &Sentence, dossier: &'d Dossier) -> &'d str {
    let first = sentence.citations.first();
    first.and_then(|first| dossier.newest(first.article)).map_or("", |version| version.text.as_str())
}

/// Blocks whose sentences are a source's own, from the first passage cited.
fn is_taken_over(kind: BlockKind) -> bool {
    !matches!(kind, BlockKind::Changes | BlockKind::Opinion)
}

fn s5(asked: &Asked<'_>) -> Option<String> {
    let speaker = asked.sentence.attribution.as_ref()?.speaker.as_deref()?;
    if asked.sentence.lang != Lang::EN || !is_taken_over(asked.kind) {
        return None;
    }
    let text = text_of(asked.sentence, asked.dossier);
    if let Some(Heard::One(said)) = heard_in(asked.sentence, asked.dossier) {
        let parts = [said.source, said.cue];
        let missing =
            parts.iter().filter_map(|span| span.of(text)).find(|part| !stands_in(part, &asked.sentence.text));
        return missing.map(|part| format!("“{part}”, by which the source attributes it, is not in it"));
    }
    let sentence = asked.sentence.text.as_str();
    let whole = dateline_model::Span::new(0, sentence.len());
    attributions(sentence, &words(sentence), &[whole], Lang::EN, &[])
        .is_empty()
        .then(|| format!("nothing in it says that “{speaker}” said so"))
}

/// How strongly a text puts what it reports, from 0 for a hint to 4 for an admission; plain saying where it has no cue.
fn strength(text: &str) -> u8 {
    let classes = words(text).into_iter().filter_map(|word| cue(word.span.of(text)?));
    let strengths = classes.filter_map(|class| match class {
        CueClass::Suggest => Some(0),
        CueClass::Say => Some(1),
        CueClass::State => Some(2),
        CueClass::Confirm => Some(3),
        CueClass::Admit => Some(4),
        CueClass::Deny | CueClass::Claim | CueClass::Predict | CueClass::Intend => None,
    });
    strengths.max().unwrap_or(1)
}

/// True where a sentence is the passage word for word.
fn is_verbatim(asked: &Asked<'_>) -> bool {
    asked.passages.first().is_some_and(|passage| line(passage) == line(&asked.sentence.text))
}

fn s10(asked: &Asked<'_>) -> Option<String> {
    if asked.sentence.lang != Lang::EN || is_verbatim(asked) {
        return None;
    }
    let held = asked.passages.iter().map(|passage| strength(passage)).max()?;
    if strength(&asked.sentence.text) > held {
        return Some("it is put more strongly than in any passage it cites".into());
    }
    // "alleged" is not "is": the distance of an author is kept.
    let distant = |text: &str| {
        let all = words(text);
        all.into_iter().any(|word| word.span.of(text).and_then(cue) == Some(CueClass::Claim))
    };
    let told = asked.passages.first().copied().unwrap_or_default();
    (distant(told) && !distant(&asked.sentence.text)).then(|| "the source only claims it".to_owned())
}

/// Words that say that something may be, is meant to be, or is not.
const MODAL: [&str; 26] = [
    "not",
    "no",
    "never",
    "nobody",
    "none",
    "nothing",
    "neither",
    "nor",
    "denied",
    "denies",
    "may",
    "might",
    "could",
    "would",
    "should",
    "plans",
    "planned",
    "likely",
    "possibly",
    "probably",
    "allegedly",
    "expected",
    "if",
    "unless",
    "without",
    "cannot",
];

fn modal(text: &str) -> Vec<String> {
    let mut found: Vec<String> = words(text)
        .into_iter()
        .filter_map(|word| word.span.of(text))
        // The month.
        .filter(|word| *word != "May")
        .map(fold)
        .filter(|word| MODAL.contains(&word.as_str()) || word.ends_with("n't") || word.ends_with("n’t"))
        .collect();
    found.sort_unstable();
    found
}

fn s11(asked: &Asked<'_>) -> Option<String> {
    /// Share of a passage's words that stand in a sentence that tells it.
    const TOLD: f64 = 0.6;
    if asked.sentence.lang != Lang::EN || is_verbatim(asked) {
        return None;
    }
    let printed: HashSet<String> = line(&asked.sentence.text).split(' ').map(str::to_owned).collect();
    let own = modal(&asked.sentence.text);
    let count = |all: &[String], word: &str| all.iter().filter(|other| *other == word).count();
    for passage in &asked.passages {
        let all = line(passage);
        let all: Vec<&str> = all.split_whitespace().collect();
        let told = all.iter().filter(|word| printed.contains(**word)).count();
        if (told as f64) < TOLD * all.len() as f64 {
            continue;
        }
        let held = modal(passage);
        if let Some(lost) = held.iter().find(|word| count(&own, word) < count(&held, word)) {
            return Some(format!("“{lost}” of the source is lost"));
        }
    }
    let held: Vec<String> = asked.passages.iter().flat_map(|passage| modal(passage)).collect();
    // "without a name" is the brief's own, in the sentence about what went on the record.
    let own_words = asked.kind == BlockKind::Changes;
    own.iter()
        .find(|word| count(&own, word) > count(&held, word) + usize::from(own_words && *word == "without"))
        .map(|word| format!("“{word}” is not in the source"))
}

/// The rule A1, as far as the deep reading sees who speaks.
pub(super) fn unflagged(asked: &Asked<'_>) -> Option<String> {
    if asked.kind == BlockKind::Changes {
        return None;
    }
    let kind = asked.sentence.attribution.as_ref().and_then(|voice| voice.kind);
    let flagged = kind.is_some_and(SpeakerKind::is_withheld);
    let text = text_of(asked.sentence, asked.dossier);
    let who = |said: &Attribution| said.source.of(text).unwrap_or_default().to_owned();
    match heard_in(asked.sentence, asked.dossier)? {
        Heard::One(said) if keeps_back(said) && !flagged => {
            Some(format!("“{}” is not named, and not flagged", who(said)))
        }
        Heard::Mixed(all) => {
            let hidden = all.into_iter().find(|said| keeps_back(said) && !flagged)?;
            Some(format!("“{}” is not named, and speaks for a part of it without a flag", who(hidden)))
        }
        _ => None,
    }
}

/// True where a name is kept back for certain: one person without a name, or several that are told apart.
fn keeps_back(said: &Attribution) -> bool {
    let slots = said.deep.as_ref().and_then(|deep| deep.slots).unwrap_or_default();
    match said.speaker {
        SpeakerKind::Unnamed => true,
        SpeakerKind::UnnamedGroup => {
            said.anonymity.is_some()
                || slots.reason.is_some()
                || slots.access.is_some()
                || slots.rank.is_some()
        }
        _ => false,
    }
}

fn a2(asked: &Asked<'_>) -> Option<String> {
    let voice = asked.sentence.attribution.as_ref().filter(|voice| voice.is_anonymous())?;
    let Some(Heard::One(said)) =
        heard_in(asked.sentence, asked.dossier).filter(|_| is_taken_over(asked.kind))
    else {
        return None;
    };
    let slots = said.deep.as_ref()?.slots?;
    let text = text_of(asked.sentence, asked.dossier);
    let told = |slot: &str| {
        voice.speaker.as_deref().is_some_and(|speaker| stands_in(slot, speaker))
            || voice
                .described
                .as_ref()
                .is_some_and(|described| described.slots().any(|other| stands_in(slot, other)))
    };
    [slots.rank, slots.side, slots.country, slots.number, slots.access, slots.reason]
        .into_iter()
        .filter_map(|slot| slot?.of(text))
        .find(|slot| !told(slot))
        .map(|slot| format!("the origin also says “{slot}”"))
}

fn a3(asked: &Asked<'_>) -> Option<String> {
    let voice = asked.sentence.attribution.as_ref().filter(|voice| voice.is_anonymous())?;
    match (voice.origin.as_deref(), voice.origin_name.as_deref().filter(|name| !name.trim().is_empty())) {
        (Some(origin), Some(name)) if asked.registry.name(origin) == name => None,
        (Some(origin), Some(name)) => Some(format!("it names {name}, but {origin} knows who it is")),
        _ => Some("it is not said which outlet knows who it is".into()),
    }
}

/// The sentences of a brief with their voices, in reading order, opinion left out.
fn voices(brief: &Brief) -> impl Iterator<Item = (BlockKind, &Sentence, &Voice)> {
    let blocks = brief.blocks.iter().filter(|block| block.kind != BlockKind::Opinion);
    let sentences = blocks.flat_map(|block| block.sentences.iter().map(|sentence| (block.kind, sentence)));
    sentences.filter_map(|(kind, sentence)| Some((kind, sentence, sentence.attribution.as_ref()?)))
}

fn s8(brief: &Brief, dossier: &Dossier, _: &Registry) -> Vec<String> {
    let mut known: HashSet<String> = HashSet::new();
    let mut wrong = Vec::new();
    for (_, sentence, voice) in voices(brief).filter(|(_, _, voice)| voice.kind == Some(SpeakerKind::Named)) {
        let Some(speaker) = voice.speaker.as_deref() else { continue };
        if surname(speaker).is_none_or(|surname| !known.insert(surname)) {
            continue;
        }
        let Some(Heard::One(said)) = heard_in(sentence, dossier) else { continue };
        let role = said.deep.as_ref().and_then(|deep| deep.role?.of(text_of(sentence, dossier)));
        let told = |role: &str| {
            stands_in(role, speaker) || voice.role.as_deref().is_some_and(|own| stands_in(role, own))
        };
        if let Some(role) = role.filter(|role| !told(role)) {
            wrong.push(format!("“{speaker}” is first named without “{role}”"));
        }
    }
    wrong
}

fn a4(brief: &Brief, dossier: &Dossier, _: &Registry) -> Vec<String> {
    let mut seen: HashSet<String> = HashSet::new();
    let mut wrong = Vec::new();
    for (_, sentence, voice) in
        voices(brief).filter(|(kind, _, voice)| voice.is_anonymous() && is_taken_over(*kind))
    {
        if !seen.insert(line(&sentence.text)) {
            wrong.push(format!("“{}” is printed as the statement of two unnamed sources", sentence.text));
        }
        // A copy may have made "officials" of one: how many there are, the origin's own text says.
        let number = voice.described.as_ref().and_then(|described| described.number.as_deref());
        let from = sentence.citations.first().and_then(|first| {
            let placed = dossier.memberships.iter().find(|membership| membership.article == first.article)?;
            dossier.newest(placed.kinship.of.unwrap_or(first.article))
        });
        if let (Some(number), Some(from)) = (number, from)
            && from.lang == sentence.lang
            && !stands_in(number, &from.text)
        {
            wrong.push(format!("the origin does not say “{number}” of its sources"));
        }
    }
    wrong
}

fn a6(brief: &Brief, dossier: &Dossier, _: &Registry) -> Vec<String> {
    let changes = || brief.block(BlockKind::Changes).into_iter().flat_map(|block| &block.sentences);
    let mut wrong = Vec::new();
    for confirmed in on_record(dossier) {
        let told = |sentence: &Sentence| {
            let cites = |stated: &crate::on_record::Stated<'_>| {
                let mut cited = sentence.citations.iter();
                cited.any(|cited| cited.article == stated.article && cited.span() == stated.sentence)
            };
            sentence.text.starts_with(&confirmed.opening())
                && cites(&confirmed.before)
                && cites(&confirmed.since)
        };
        if !changes().any(told) {
            let since = confirmed.since.sentence.of(&confirmed.since.version.text).unwrap_or_default();
            wrong.push(format!("“{since}” puts on the record what a source without a name said before"));
        }
    }
    for (kind, sentence, voice) in voices(brief) {
        let denied =
            voice.kind.is_some_and(SpeakerKind::is_on_record) && denies(&sentence.text, sentence.lang);
        let block = matches!(kind, BlockKind::Situation | BlockKind::WhoSaysWhat);
        if let Some(Heard::One(said)) = heard_in(sentence, dossier).filter(|_| denied && block)
            && said.deep.as_ref().is_some_and(|deep| deep.class == CueClass::Deny)
        {
            wrong.push(format!("“{}” is a denial, and not under “Disputed”", sentence.text));
        }
    }
    wrong
}

fn c4(brief: &Brief, dossier: &Dossier, registry: &Registry) -> Vec<String> {
    let mut heard_at: Vec<((String, String, i64), &str)> = Vec::new();
    let mut wrong = Vec::new();
    for (_, sentence, voice) in voices(brief) {
        let (Some(speaker), Some(origin)) = (voice.speaker.as_deref(), voice.origin.as_deref()) else {
            continue;
        };
        let Some(Heard::One(said)) = heard_in(sentence, dossier) else { continue };
        let Some(at) = occasion(said, speaker, voice.reported) else { continue };
        let family = registry.family(origin);
        if heard_at.iter().any(|(other, first)| *other == at && *first != family) {
            wrong.push(format!("“{speaker}” at one occasion is printed as two sources"));
        }
        heard_at.push((at, family));
    }
    wrong
}

/// A sentence without the words that tell since when a statement is on the record, where these are right: the time is
/// that of the article it cites first, and stands in no passage.
pub(super) fn without_opening<'a>(asked: &'a Asked<'_>) -> &'a str {
    let text = asked.sentence.text.as_str();
    let first = asked.sentence.citations.first();
    let member =
        first.and_then(|first| asked.dossier.members.iter().find(|member| member.article == first.article));
    let opening = member.and_then(|member| member.reported).map(crate::on_record::opening);
    let rest = opening.and_then(|opening| text.strip_prefix(opening.as_str()));
    rest.filter(|rest| asked.kind == BlockKind::Changes && !quoted(rest).is_empty()).unwrap_or(text)
}
