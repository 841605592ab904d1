//! Who says what in an article: one entry a statement.

use std::io::{self, Write as _};

use dateline_brief::faces::clean;
use dateline_ingest::Problem;
use dateline_model::{
    Anonymity, Attribution, CueClass, DeepAttribution, Item, Lang, Registry, Span, SpeakerKind,
};
use serde_json::{Value, json};

use super::{Page, thousands, time};

/// Problems named; further ones are counted.
const NAMED: u64 = 20;

/// An article with what is said in it.
pub struct Said<'a> {
    /// The article.
    pub item: &'a Item,
    /// Domain of its outlet.
    pub outlet: Option<&'a str>,
    /// Its language as read.
    pub lang: Lang,
    /// True where it was read deeply.
    pub deep: bool,
    /// Who says what.
    pub attributions: Vec<Attribution>,
}

impl Said<'_> {
    fn words(&self, span: Span) -> &str {
        span.of(&self.item.text).unwrap_or_default()
    }
}

/// What could not be read, named on standard error as it comes.
#[derive(Debug, Default)]
pub struct Problems {
    count: u64,
}

impl Problems {
    /// Names a problem, where there were not too many yet.
    pub fn name(&mut self, problem: &Problem) {
        self.count += 1;
        if self.count <= NAMED {
            // The exit code tells of problems even where standard error is closed.
            let _ = writeln!(io::stderr(), "{}", clean(&problem.to_string()));
        }
    }

    /// Says how many more there were, and gives their number.
    pub fn end(self) -> u64 {
        if self.count > NAMED {
            let _ = writeln!(io::stderr(), "and {} more", thousands(self.count - NAMED));
        }
        self.count
    }
}

/// Prints an article's statements for people.
pub fn said(page: &mut Page, said: &Said<'_>, registry: &Registry) -> io::Result<()> {
    let title = clean(&said.item.title);
    let title = if title.is_empty() { "(no headline)".to_owned() } else { page.bold(&title) };
    page.wrapped(&title, "", "")?;
    let outlet = said.outlet.map(|outlet| registry.name(outlet));
    let when = said.item.dates.reported().map(|when| time(Some(when)).trim_end().to_owned());
    let mut facts: Vec<String> = outlet.map(clean).into_iter().chain(when).collect();
    if !said.deep {
        facts.push(format!("{}: plain forms only", said.lang.name()));
    }
    if !facts.is_empty() {
        page.line(page.dim(&facts.join(" · ")))?;
    }
    page.line("")?;
    if said.attributions.is_empty() {
        page.line("  (nobody is quoted)")?;
        page.line("")?;
    }
    for attribution in &said.attributions {
        page.wrapped(&head(said, attribution), "  ", "    ")?;
        let slots = attribution.deep.as_ref().and_then(|deep| deep.slots).unwrap_or_default();
        let slots = anonymity(said, &slots);
        if slots.is_empty() {
            // The light reading knows only the words that ask not to be named.
            if let Some(reason) = attribution.anonymity {
                page.wrapped(&clean(said.words(reason)), "    ", "    ")?;
            }
        } else {
            page.wrapped(&slots, "    ", "    ")?;
        }
        let content: Vec<String> = std::iter::once(attribution.content)
            .chain(attribution.deep.iter().flat_map(|deep| deep.continued.iter().copied()))
            .map(|span| clean(said.words(span)))
            .collect();
        page.wrapped(&content.join(" … "), "      ", "      ")?;
        page.line("")?;
    }
    Ok(())
}

/// Who speaks, what kind of speaker that is, to whom, how and when.
fn head(said: &Said<'_>, attribution: &Attribution) -> String {
    let deep = attribution.deep.as_deref();
    let speaker = deep.and_then(|deep| deep.introduced).unwrap_or(attribution.source);
    let mut parts = vec![clean(said.words(speaker)), kind(attribution.speaker).to_owned()];
    parts.extend(attribution.via.map(|via| format!("to {}", clean(said.words(via)))));
    if let Some(deep) = deep {
        if deep.cue_negated {
            parts.push(format!("not said: “{}”", clean(said.words(attribution.cue))));
        } else {
            parts.extend(manner(deep.class).map(str::to_owned));
        }
        parts.extend(deep.occasion.map(|occasion| clean(said.words(occasion.span))));
        parts.extend(passed_on(said, attribution, deep));
    }
    parts.join(" · ")
}

/// Those who passed it on, beside the one it was said to.
fn passed_on(said: &Said<'_>, attribution: &Attribution, deep: &DeepAttribution) -> Option<String> {
    let others: Vec<String> = deep
        .chain
        .iter()
        .filter(|link| Some(**link) != attribution.via)
        .map(|link| clean(said.words(*link)))
        .collect();
    (!others.is_empty()).then(|| format!("passed on by {}", others.join(", ")))
}

fn kind(speaker: SpeakerKind) -> &'static str {
    match speaker {
        SpeakerKind::Named | SpeakerKind::Office => "on the record",
        SpeakerKind::Unnamed => "unnamed source",
        SpeakerKind::UnnamedGroup => "unnamed sources",
        SpeakerKind::People => "people",
        SpeakerKind::Document => "document",
        SpeakerKind::Poll => "poll",
        SpeakerKind::Outlet => "another outlet",
    }
}

/// How it is put, where it is more or less than said.
fn manner(class: CueClass) -> Option<&'static str> {
    Some(match class {
        CueClass::Say => return None,
        CueClass::Suggest => "suggests",
        CueClass::State => "states",
        CueClass::Confirm => "confirms",
        CueClass::Admit => "admits",
        CueClass::Deny => "denies",
        CueClass::Claim => "claims",
        CueClass::Predict => "predicts",
        CueClass::Intend => "intends",
    })
}

/// All that the origin tells of a source it does not name.
fn anonymity(said: &Said<'_>, slots: &Anonymity) -> String {
    let told = [
        ("rank", slots.rank),
        ("side", slots.side),
        ("country", slots.country),
        ("number", slots.number),
        ("access", slots.access),
        ("reason", slots.reason),
    ];
    let told = told.into_iter().filter_map(|(label, span)| Some((label, span?)));
    told.map(|(label, span)| format!("{label}: {}", clean(said.words(span)))).collect::<Vec<_>>().join(" · ")
}

/// An article's statements for programs: every span also with its words.
pub fn said_json(said: &Said<'_>) -> Value {
    let attributions: Vec<Value> = said
        .attributions
        .iter()
        .map(|attribution| {
            let mut value = json!(attribution);
            value["source_text"] = json!(said.words(attribution.source));
            value["cue_text"] = json!(said.words(attribution.cue));
            value["content_text"] = json!(said.words(attribution.content));
            if let Some(via) = attribution.via {
                value["via_text"] = json!(said.words(via));
            }
            if let Some(deep) = &attribution.deep {
                if let Some(introduced) = deep.introduced {
                    value["introduced_text"] = json!(said.words(introduced));
                }
                if !deep.continued.is_empty() {
                    let passages: Vec<&str> = deep.continued.iter().map(|span| said.words(*span)).collect();
                    value["continued_text"] = json!(passages);
                }
            }
            value
        })
        .collect();
    json!({
        "article": said.item.article_id(),
        "url": said.item.url,
        "outlet": said.outlet,
        "published": said.item.dates.reported(),
        "lang": said.lang,
        "title": said.item.title,
        "depth": if said.deep { "deep" } else { "light" },
        "attributions": attributions,
    })
}
