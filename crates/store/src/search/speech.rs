//! Who speaks in an article, as far as a search can ask for it: `speaker:`, `anon:`, `via:`.

use std::collections::BTreeSet;

use dateline_model::{Attribution, Registry, Span, SpeakerKind};

/// The speakers of an article, in the words of its text.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Speech {
    /// Passages that name or describe a speaker: who they are, how they are introduced, their position.
    pub speakers: BTreeSet<String>,
    /// Passages that describe a speaker without a name, with all that is told of them.
    pub unnamed: BTreeSet<String>,
    /// Outlets that a statement was made to, as printed.
    pub via: BTreeSet<String>,
    /// The domains of those outlets, as far as the registry knows them.
    pub via_outlets: BTreeSet<String>,
}

impl Speech {
    /// The speakers of a text, by its attributions. Spans outside of the text are passed over.
    ///
    /// Who declines to comment says nothing, and is a speaker all the same.
    pub fn of(text: &str, said: &[Attribution], registry: &Registry) -> Self {
        let words = |span: Option<Span>| span?.of(text).map(str::trim).filter(|words| !words.is_empty());
        let mut speech = Self::default();
        for one in said {
            let deep = one.deep.as_deref();
            let who =
                [Some(one.source), deep.and_then(|deep| deep.introduced), deep.and_then(|deep| deep.role)];
            let mut passages: Vec<&str> = who.into_iter().filter_map(words).collect();
            speech.speakers.extend(passages.iter().map(|&words| words.to_owned()));
            if matches!(one.speaker, SpeakerKind::Unnamed | SpeakerKind::UnnamedGroup) {
                let slots = deep.and_then(|deep| deep.slots).unwrap_or_default();
                let told = [slots.rank, slots.side, slots.country, slots.access, slots.reason, one.anonymity];
                passages.extend(told.into_iter().filter_map(words));
                speech.unnamed.extend(passages.into_iter().map(str::to_owned));
            }
            if let Some(via) = words(one.via) {
                let bare = via.strip_prefix("the ").or_else(|| via.strip_prefix("The ")).unwrap_or(via);
                let outlet = registry.by_credit(via).or_else(|| registry.by_credit(bare));
                speech.via_outlets.extend(outlet.map(|outlet| outlet.domain.clone()));
                speech.via.insert(via.to_owned());
            }
        }
        speech
    }
}

#[cfg(test)]
mod tests {
    use dateline_model::{Anonymity, Certainty, CueClass, DeepAttribution};

    use super::*;

    const TEXT: &str = "A senior U.S. defense official told Meridian Wire on condition of anonymity that Russian forces use the base.";

    fn span(words: &str) -> Span {
        let start = TEXT.find(words).unwrap();
        Span::new(start, start + words.len())
    }

    #[test]
    fn an_unnamed_official_is_found_by_what_is_told_of_them() {
        let slots =
            Anonymity { rank: Some(span("senior")), side: Some(span("defense")), ..Anonymity::default() };
        let said = Attribution {
            sentence: Span::new(0, TEXT.len()),
            source: span("A senior U.S. defense official"),
            speaker: SpeakerKind::Unnamed,
            cue: span("told Meridian Wire"),
            content: span("Russian forces use the base"),
            direct: false,
            via: Some(span("Meridian Wire")),
            anonymity: Some(span("on condition of anonymity")),
            deep: Some(Box::new(DeepAttribution {
                introduced: None,
                role: None,
                class: CueClass::Say,
                cue_negated: false,
                certainty: Certainty::default(),
                negated: false,
                continued: Vec::new(),
                chain: Vec::new(),
                addressee: None,
                occasion: None,
                slots: Some(slots),
            })),
        };
        let speech = Speech::of(TEXT, std::slice::from_ref(&said), Registry::builtin());
        assert_eq!(Vec::from_iter(&speech.speakers), ["A senior U.S. defense official"]);
        assert!(speech.unnamed.contains("on condition of anonymity") && speech.unnamed.contains("senior"));
        assert_eq!(Vec::from_iter(&speech.via_outlets), ["meridian-wire.example"]);

        let named = Attribution { speaker: SpeakerKind::Named, ..said };
        assert!(Speech::of(TEXT, std::slice::from_ref(&named), Registry::builtin()).unnamed.is_empty());
        assert_eq!(Speech::of("Short.", &[named], Registry::builtin()), Speech::default(), "of another text");
    }
}
