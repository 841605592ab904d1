//! What the reader finds in one version of one article.

use serde::{Deserialize, Serialize};

use crate::{Lang, Part, Span};

/// What kind of word a term is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TermKind {
    /// An ordinary word.
    Word,
    /// A word that is capitalised wherever the grammar leaves the choice: part of a name.
    Name,
    /// A number.
    Number,
}

/// A word stem an article uses, with how often it stands in each field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Term {
    /// Hash of the stem.
    pub hash: u32,
    /// Occurrences in the headline.
    pub title: u8,
    /// Occurrences in the lead, the first words of the text.
    pub lead: u8,
    /// Occurrences in the whole text, lead included, headline not.
    pub body: u16,
    /// What kind of word it is.
    pub kind: TermKind,
    /// Where it first occurs.
    pub first: Span,
    /// Which part `first` lies in.
    pub part: Part,
}

/// How a number is hedged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Hedge {
    /// Stated as it is.
    Exact,
    /// "about", "some", "nearly"
    About,
    /// "at least", "more than", "over"
    AtLeast,
    /// "up to", "fewer than", "no more than"
    AtMost,
}

/// A number with what it counts.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Figure {
    /// The number with its hedge and unit: "at least 1,000 U.S. troops".
    pub span: Span,
    /// The lowest value it states.
    pub low: f64,
    /// The highest value it states; the same as `low` but for ranges.
    pub high: f64,
    /// How it is hedged.
    pub hedge: Hedge,
    /// What it counts, or its unit: "U.S. troops", "percent", "$".
    pub unit: Span,
}

/// How an article credits another newsroom.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CreditKind {
    /// The article is the wire's: "NIAMEY (Reuters) –", "AFP" as byline or last line.
    Carried,
    /// The newsroom used the wire's material: "with agency input", "AP contributed to this report".
    Contributed,
    /// A claim is taken from another newsroom: "told Reuters", "Reuters reported", "citing AFP".
    Cited,
}

/// A place where an article credits another newsroom.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Credit {
    /// How.
    pub kind: CreditKind,
    /// The credited outlet's domain; `None` where the words name an outlet the registry does not know.
    pub outlet: Option<String>,
    /// The outlet as printed.
    pub name: String,
    /// The words that say so.
    pub span: Span,
    /// Where they stand.
    pub part: Part,
}

/// Who speaks in an attribution.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SpeakerKind {
    /// A person by name.
    Named,
    /// An office or organisation that speaks for itself: "the Pentagon", "the foreign ministry".
    Office,
    /// A person without a name: "a senior U.S. defense official".
    Unnamed,
    /// Several persons without names: "two officials".
    UnnamedGroup,
    /// People by what they are, of whom nobody keeps a name back: "residents", "forecasters".
    People,
    /// A document or data: "the report", "court papers".
    Document,
    /// A poll or survey: "a Quinnipiac poll".
    Poll,
    /// Another newsroom: "the New York Times reported".
    Outlet,
}

impl SpeakerKind {
    /// True where somebody answers for the words under their own name.
    pub fn is_on_record(self) -> bool {
        matches!(self, Self::Named | Self::Office | Self::Document | Self::Poll)
    }

    /// True where persons speak whose names the newsroom knows and keeps back.
    pub fn is_withheld(self) -> bool {
        matches!(self, Self::Unnamed | Self::UnnamedGroup)
    }
}

/// How strongly a cue puts what was said, from the weakest to the strongest, then the other kinds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CueClass {
    /// "suggested", "hinted", "believes"
    Suggest,
    /// "said", "told", "according to", "added"
    Say,
    /// "stated", "announced", "declared"
    State,
    /// "confirmed", "verified"
    Confirm,
    /// "admitted", "acknowledged", "conceded"
    Admit,
    /// "denied", "rejected", "dismissed"
    Deny,
    /// "claimed", "alleged", "insisted": the author keeps a distance
    Claim,
    /// "predicted", "warned", "expects"
    Predict,
    /// "vowed", "plans", "pledged", "threatened"
    Intend,
}

/// On what occasion something was said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OccasionKind {
    /// "in an interview with", "by telephone"
    Interview,
    /// "at a news conference", "told reporters"
    NewsConference,
    /// "in a statement", "in a news release"
    Statement,
    /// "on X", "in a Facebook post", "tweeted"
    Post,
    /// "in court papers", "the lawsuit says"
    CourtFiling,
    /// "in testimony", "told lawmakers", "at a hearing"
    Testimony,
    /// "in a speech", "at a rally", "addressing"
    Speech,
    /// "in a letter", "in an email"
    Letter,
}

/// An occasion with the words that state it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Occasion {
    /// What kind.
    pub kind: OccasionKind,
    /// "at a news conference in Niamey"
    pub span: Span,
}

/// What the author of a content, as printed, holds of it: from its modal verbs and adverbs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Certainty {
    /// Put as a fact.
    #[default]
    Certain,
    /// "likely", "should", "probably"
    Probable,
    /// "may", "could", "might", "possibly"
    Possible,
}

/// How an origin characterises a source that it does not name. Each slot is a span of the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Anonymity {
    /// "senior"
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub rank: Option<Span>,
    /// The side or organisation: "defense", "Pentagon", "opposition".
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub side: Option<Span>,
    /// "U.S.", "French"
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub country: Option<Span>,
    /// "two", "several"; absent for one person.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub number: Option<Span>,
    /// How they would know: "familiar with the matter", "briefed on the talks".
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub access: Option<Span>,
    /// "on condition of anonymity to discuss sensitive deployments"
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub reason: Option<Span>,
}

/// Who says what, as one sentence has it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attribution {
    /// The sentence it stands in, in the text.
    pub sentence: Span,
    /// The words that name the speaker; of an earlier sentence where this one has a pronoun.
    pub source: Span,
    /// What kind of speaker it is.
    pub speaker: SpeakerKind,
    /// The words that say that they said it: "told Reuters", "according to".
    pub cue: Span,
    /// What was said, as far as this sentence has it; where it only points at it ("Das bestätigte die Polizei."), what the
    /// sentence before has.
    pub content: Span,
    /// True where the content stands in quotation marks.
    pub direct: bool,
    /// The outlet that obtained it, as printed: "told Reuters".
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub via: Option<Span>,
    /// The reason for anonymity, as printed: "on condition of anonymity".
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub anonymity: Option<Span>,
    /// What only a deep reading finds.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub deep: Option<Box<DeepAttribution>>,
}

impl Attribution {
    /// Every span it names, those of its deep reading included.
    pub fn spans(&self) -> Vec<Span> {
        let mut all = vec![self.sentence, self.source, self.cue, self.content];
        all.extend([self.via, self.anonymity].into_iter().flatten());
        if let Some(deep) = &self.deep {
            all.extend([deep.introduced, deep.role, deep.addressee].into_iter().flatten());
            all.extend(deep.occasion.map(|occasion| occasion.span));
            all.extend(deep.continued.iter().chain(&deep.chain));
            if let Some(slots) = &deep.slots {
                let Anonymity { rank, side, country, number, access, reason } = *slots;
                all.extend([rank, side, country, number, access, reason].into_iter().flatten());
            }
        }
        all
    }

    /// True where every span lies in a text, on character boundaries: the attribution can be one of its.
    pub fn fits(&self, text: &str) -> bool {
        self.spans().into_iter().all(|span| span.of(text).is_some())
    }
}

/// What a deep reading finds of an attribution beyond its words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeepAttribution {
    /// Where the text names or describes the speaker most fully, where `source` leans on it: for "he" or "the
    /// official", the passage that introduces them.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub introduced: Option<Span>,
    /// The speaker's position, as printed: "Defense Secretary".
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub role: Option<Span>,
    /// How strongly the cue puts it.
    pub class: CueClass,
    /// True where the cue itself is negated: "did not say", "declined to say".
    pub cue_negated: bool,
    /// How certain the content is put.
    pub certainty: Certainty,
    /// True where the content's main verb is negated.
    pub negated: bool,
    /// Passages in which the statement goes on, after `content`.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub continued: Vec<Span>,
    /// Who obtained or passed it on, the nearest first: "A, citing B, reported that C said".
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub chain: Vec<Span>,
    /// To whom it was said: "reporters", "lawmakers".
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub addressee: Option<Span>,
    /// On what occasion.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub occasion: Option<Occasion>,
    /// How a source without a name is characterised; present exactly where the speaker is unnamed.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub slots: Option<Anonymity>,
}

/// What the light path finds in every article. Offsets lie in the version's parts.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Reading {
    /// Language as read.
    pub lang: Option<Lang>,
    /// Word stems with their counts, in order of first occurrence; stop words left out.
    pub terms: Vec<Term>,
    /// Sampled hashes of five-word shingles of the text, each once, in its order.
    pub shingles: Vec<u32>,
    /// Where it credits other newsrooms.
    pub credits: Vec<Credit>,
    /// True where somebody named, an office or a document is quoted.
    pub on_record: bool,
    /// Words in the text.
    pub words: u32,
}
