//! The words of a brief that are not a source's: counts, labels, who answers for a sentence, and the
//! method. They stand here once, so that every face says the same.

use dateline_model::{
    BlockKind, Brief, CoverageArticle, Inputs, OriginGroup, Precision, Relation, SpeakerKind, Turn, Voice,
    When,
};

use super::clean::clean;

/// One of the five numbers with the words around it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Number {
    /// Words before the number, such as `at least`; may be empty.
    pub(super) lead: &'static str,
    /// The number, or `nothing`.
    pub(super) count: String,
    /// What is counted.
    pub(super) what: &'static str,
}

impl Number {
    /// `at least 2 independent origins`
    pub(super) fn phrase(&self) -> String {
        let lead = if self.lead.is_empty() { String::new() } else { format!("{} ", self.lead) };
        format!("{lead}{} {}", self.count, self.what)
    }
}

fn plural(count: u32, one: &'static str, many: &'static str) -> &'static str {
    if count == 1 { one } else { many }
}

fn counted(count: u32, one: &'static str, many: &'static str) -> String {
    format!("{count} {}", plural(count, one, many))
}

/// The five numbers, largest first.
pub(super) fn numbers(brief: &Brief) -> Vec<Number> {
    let counts = brief.counts;
    let number =
        |count: u32, one, many| Number { lead: "", count: count.to_string(), what: plural(count, one, many) };
    vec![
        number(counts.articles, "article", "articles"),
        number(counts.outlets, "outlet", "outlets"),
        number(counts.families, "publisher", "publishers"),
        // Independence that is not known is not counted, so the true number may be higher (rule C3).
        Number { lead: "at least", ..number(counts.origins, "independent origin", "independent origins") },
        match counts.on_record {
            0 => Number { lead: "", count: "nothing".into(), what: "on record" },
            origins => number(origins, "on record", "on record"),
        },
    ]
}

/// When another story on the storyline was told, how often, by how many for themselves, and its id.
pub(super) fn turn_facts(turn: &Turn) -> Vec<String> {
    let day = |when: When| When { precision: Precision::Day, offset: Some(0), ..when }.display();
    let days = match (turn.first.map(day), turn.last.map(day)) {
        (Some(first), Some(last)) if first != last => format!("{first} – {last}"),
        (Some(day), _) | (None, Some(day)) => day,
        (None, None) => "undated".into(),
    };
    vec![
        days,
        counted(turn.counts.articles, "article", "articles"),
        format!("at least {}", counted(turn.counts.origins, "independent origin", "independent origins")),
        format!("story {}", turn.story),
    ]
}

/// A time in UTC, or `undated`.
pub(super) fn time(when: Option<When>) -> String {
    when.map_or_else(|| "undated".into(), When::display_utc)
}

/// What the brief is, when, and by what: label and value, in reading order (rules H1, H3, H4).
pub(super) fn meta(brief: &Brief) -> Vec<(&'static str, String)> {
    let mut meta = vec![("Story", brief.story.to_string()), ("Version", brief.version.to_string())];
    let mut dated = |label, when: Option<When>| meta.push((label, time(when)));
    dated("As of", brief.as_of);
    if let Some(written) = brief.generated_at {
        dated("Desk’s clock", Some(written));
    }
    if let (Some(since), Some(as_of)) = (brief.since, brief.as_of) {
        let (first, last) = (since.display_utc(), as_of.display_utc());
        meta.push(("Covers", if first == last { first } else { format!("{first} – {last}") }));
    }
    meta.push(("Engine", clean(&brief.engine)));
    meta.push(("Read", inputs(&brief.inputs)));
    meta
}

/// How much of the articles was at hand (rule H3).
fn inputs(inputs: &Inputs) -> String {
    let Inputs { full, summary, headline, undated } = *inputs;
    let extents =
        [(full, "in full"), (summary, "as a summary"), (headline, "as a headline"), (undated, "undated")];
    let read: Vec<String> = (extents.iter())
        .filter(|(count, _)| *count > 0)
        .map(|(count, extent)| format!("{count} {extent}"))
        .collect();
    if read.is_empty() { "nothing".into() } else { read.join(", ") }
}

/// Who answers for a sentence, in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Said {
    /// The speaker as the origin has them; for a speaker it does not describe, that it does not.
    pub(super) speaker: Option<String>,
    /// The flag of a speaker without a name (rule A1).
    pub(super) flag: Option<&'static str>,
    /// What else is known of the speaker: on the record, a document, the reason for anonymity.
    pub(super) standing: Option<String>,
    /// The newsroom that obtained it: `to Meridian Wire`.
    pub(super) origin: String,
    /// True where a state owns or directs that newsroom (rule S15).
    pub(super) state_controlled: bool,
    /// When it was reported.
    pub(super) reported: Option<When>,
    /// `carried by 4 other outlets`
    pub(super) carried: Option<String>,
}

impl Said {
    /// A voice in words, heard in a block of this kind. `None` where nothing is known of who answers.
    pub(super) fn of(voice: &Voice, kind: BlockKind, state_controlled: bool) -> Option<Self> {
        if *voice == Voice::default() {
            return None;
        }
        let origin_name = voice.origin_name.as_deref().or(voice.origin.as_deref()).map(clean);
        let flag = match voice.kind {
            Some(SpeakerKind::Unnamed) => Some("unnamed source"),
            Some(SpeakerKind::UnnamedGroup) => Some("unnamed sources"),
            _ => None,
        };
        let speaker = voice.speaker.as_deref().map(clean).filter(|name| !name.is_empty());
        let speaker = match (speaker, flag) {
            // A bare "source" says nothing, and that is said (rule A2).
            (Some(name), Some(_)) if is_bare(&name, voice) => {
                Some(undescribed(&name, origin_name.as_deref()))
            }
            (None, Some(_)) => Some(undescribed("a source", origin_name.as_deref())),
            (speaker, _) => speaker,
        };
        let named = voice.role.as_deref().map(clean).filter(|role| !role.is_empty());
        Some(Self {
            origin: match (&origin_name, &speaker, flag) {
                (None, ..) => "origin not known".to_owned(),
                // Who asks not to be named spoke to the newsroom that agreed to it (rule A3). Who speaks
                // under their own name may have spoken to everybody: no more is said than who reports it.
                (Some(origin), _, Some(_)) => match voice.told.as_deref().map(clean) {
                    Some(told) => format!("to {told}, reported by {origin}"),
                    None => format!("to {origin}"),
                },
                (Some(origin), ..) if kind == BlockKind::Opinion => format!("in {origin}"),
                (Some(origin), ..) => format!("reported by {origin}"),
            },
            standing: match voice.kind {
                // The author of an opinion answers for a view, not for a fact (rule S13).
                Some(SpeakerKind::Named | SpeakerKind::Office) if kind == BlockKind::Opinion => None,
                Some(SpeakerKind::Named | SpeakerKind::Office) => Some("on the record".into()),
                Some(SpeakerKind::Document | SpeakerKind::Poll) => Some("document".into()),
                _ => told_beside(voice, speaker.as_deref().unwrap_or_default()),
            },
            speaker: speaker.map(|speaker| match named {
                Some(role) => format!("{speaker}, {role}"),
                None => speaker,
            }),
            flag,
            state_controlled: state_controlled && origin_name.is_some(),
            reported: voice.reported,
            carried: match voice.carriers.len() {
                0 => None,
                1 => Some("carried by 1 other outlet".into()),
                many => Some(format!("carried by {many} other outlets")),
            },
        })
    }

    /// The speaker with flag and standing: `a senior defense official (unnamed source, “…”)`.
    pub(super) fn speaker_phrase(&self) -> Option<String> {
        let speaker = self.speaker.as_ref()?;
        let notes: Vec<&str> = self.flag.into_iter().chain(self.standing.as_deref()).collect();
        Some(if notes.is_empty() { speaker.clone() } else { format!("{speaker} ({})", notes.join(", ")) })
    }

    /// The newsroom, when it reported it if `dated`, and how many repeat it:
    /// `to Meridian Wire, 2 May 2024, 19:01 UTC; carried by 4 other outlets`.
    pub(super) fn origin_phrase(&self, dated: bool) -> String {
        let label = if self.state_controlled { " (state-controlled)" } else { "" };
        let reported = self.reported.filter(|_| dated).map(|when| format!(", {}", when.display_utc()));
        let carried = self.carried.as_ref().map(|carried| format!("; {carried}"));
        format!("{}{label}{}{}", self.origin, reported.unwrap_or_default(), carried.unwrap_or_default())
    }
}

/// True where a speaker is called a source and no more is told of them.
fn is_bare(name: &str, voice: &Voice) -> bool {
    const BARE: [&str; 6] = ["a source", "sources", "the source", "one source", "source", "the sources"];
    let told = |described: &dateline_model::Described| described.slots().next().is_some();
    BARE.contains(&name.to_lowercase().as_str()) && !voice.described.as_ref().is_some_and(told)
}

fn undescribed(name: &str, origin: Option<&str>) -> String {
    match origin {
        Some(origin) => format!("{name} (not described by {origin})"),
        None => format!("{name} (not described)"),
    }
}

/// What the origin tells of a speaker without a name beyond the words they are called by (rule A2).
fn told_beside(voice: &Voice, speaker: &str) -> Option<String> {
    let described = voice.described.clone().unwrap_or_default();
    let slots = [&described.rank, &described.side, &described.country, &described.number, &described.access];
    let mut told: Vec<String> = slots
        .into_iter()
        .filter_map(|slot| slot.as_deref().map(clean))
        .filter(|slot| !slot.is_empty() && !speaker.contains(slot.as_str()))
        .collect();
    told.extend(described.reason.as_ref().or(voice.anonymity.as_ref()).map(|reason| clean(reason)));
    let told: Vec<String> =
        told.iter().filter(|told| !told.is_empty()).map(|told| format!("“{told}”")).collect();
    (!told.is_empty()).then(|| told.join(", "))
}

/// How the articles of an origin relate to it, and how far it can be judged: `1 own reporting, 3 verbatim
/// copies · on record`.
pub(super) fn group_facts(group: &OriginGroup) -> Vec<String> {
    let tally: Vec<String> = Relation::ALL
        .into_iter()
        .filter_map(|relation| {
            let count = group.articles.iter().filter(|article| article.relation == relation).count() as u32;
            let (one, many) = match relation {
                Relation::Own => ("own reporting", "own reporting"),
                Relation::Update => ("update", "updates"),
                Relation::Verbatim => ("verbatim copy", "verbatim copies"),
                Relation::Edited => ("edited copy", "edited copies"),
                Relation::Citing => ("citing", "citing"),
            };
            (count > 0).then(|| counted(count, one, many))
        })
        .collect();
    let mut facts = vec![counted(group.articles.len() as u32, "article", "articles"), tally.join(", ")];
    facts.push(if group.on_record { "on record" } else { "nothing on record" }.to_owned());
    if !group.known {
        facts.push("independence not known".to_owned());
    }
    facts
}

/// What must be known of an article before it is believed (rules S13, S15), and how often it changed.
pub(super) fn labels(article: &CoverageArticle) -> Vec<String> {
    let mut labels = Vec::new();
    if article.state_controlled {
        labels.push("state-controlled".to_owned());
    }
    if article.opinion {
        labels.push("opinion".to_owned());
    }
    if article.versions > 1 {
        labels.push(format!("{} versions", article.versions));
    }
    labels
}

/// How the brief was made and what its numbers mean.
pub(super) fn method(brief: &Brief) -> Vec<String> {
    let engine = clean(&brief.engine);
    let made = if engine.starts_with("extractive") {
        "The sentences are taken from the cited articles by fixed rules; no language model wrote or changed \
         them. What a rule could not support was withheld."
    } else {
        "Each sentence was checked against the passages it cites; what they do not support was withheld."
    };
    vec![
        format!("Engine: {engine}. {made}"),
        "A number in brackets, such as [1], is the article of that number under Expanded Coverage.".into(),
        "An independent origin is a newsroom with reporting of its own. Copies, articles that cite another \
         newsroom, and outlets of one publisher add none. Where independence is not known it is not \
         assumed, so the number of origins is a lower bound. “On record” counts the origins that quote \
         somebody by name, an office or a document."
            .into(),
        "That no article reports something is not evidence that it did not happen.".into(),
        "Times are in UTC. Where a source gives only the day, the day is as the source gives it. “As of” is \
         the newest article used, the desk’s clock the newest report of any story at the time of writing."
            .into(),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn heard(voice: &Voice) -> Option<Said> {
        Said::of(voice, BlockKind::WhoSaysWhat, false)
    }

    #[test]
    fn an_unnamed_source_is_flagged_and_goes_with_its_newsroom() {
        let voice = Voice {
            speaker: Some("a senior U.S. defense official".into()),
            kind: Some(SpeakerKind::Unnamed),
            anonymity: Some("on condition of anonymity".into()),
            origin: Some("meridian-wire.example".into()),
            origin_name: Some("Meridian Wire".into()),
            reported: None,
            role: None,
            described: None,
            told: None,
            carriers: vec!["harbour-gazette.example".into(), "accra-beacon.example".into()],
        };
        let said = heard(&voice).unwrap();
        assert_eq!(
            said.speaker_phrase().unwrap(),
            "a senior U.S. defense official (unnamed source, “on condition of anonymity”)"
        );
        assert_eq!(said.origin_phrase(true), "to Meridian Wire; carried by 2 other outlets");

        let bare = heard(&Voice { speaker: None, anonymity: None, ..voice.clone() }).unwrap();
        assert_eq!(
            bare.speaker_phrase().unwrap(),
            "a source (not described by Meridian Wire) (unnamed source)"
        );
        let elsewhere =
            heard(&Voice { told: Some("Sahel Courier".into()), carriers: Vec::new(), ..voice.clone() });
        assert_eq!(elsewhere.unwrap().origin_phrase(true), "to Sahel Courier, reported by Meridian Wire");
        let nowhere = heard(&Voice { origin: None, origin_name: None, ..voice }).unwrap();
        assert_eq!(nowhere.origin, "origin not known");
    }

    #[test]
    fn who_speaks_by_name_is_not_said_to_have_told_one_newsroom() {
        let voice = Voice {
            speaker: Some("Halima Souley".into()),
            kind: Some(SpeakerKind::Named),
            origin_name: Some("Meridian Wire".into()),
            ..Voice::default()
        };
        assert_eq!(heard(&voice).unwrap().origin, "reported by Meridian Wire");
        assert_eq!(heard(&voice).unwrap().speaker_phrase().unwrap(), "Halima Souley (on the record)");
        let own = heard(&Voice { speaker: None, kind: None, ..voice }).unwrap();
        assert_eq!((own.speaker_phrase(), own.origin.as_str()), (None, "reported by Meridian Wire"));
        assert_eq!(heard(&Voice::default()), None);
    }

    #[test]
    fn an_author_answers_for_an_opinion_and_a_state_for_its_outlet() {
        let voice = Voice {
            speaker: Some("Ines Farrow".into()),
            kind: Some(SpeakerKind::Named),
            origin_name: Some("Télé Tarka".into()),
            ..Voice::default()
        };
        let opinion = Said::of(&voice, BlockKind::Opinion, true).unwrap();
        assert_eq!(opinion.speaker_phrase().unwrap(), "Ines Farrow");
        assert_eq!(opinion.origin_phrase(false), "in Télé Tarka (state-controlled)");
    }
}
