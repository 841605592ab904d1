//! Who can speak: whether a phrase without a name calls somebody at all.
//!
//! The tagger was taught by hands that marked opinions too, and takes for a source whatever stands where one stands: "much of
//! this suggests", "habits that threaten a harbour", "4 euros per guest". A source without a name is
//! flagged as one, so it has to be somebody: a person, people, a body, or some of them.

use super::lexicon::LEXICON;
use super::names::is_agent_noun;
use super::speaker::{Speaker, is_ordinal};
use super::tree::Tree;

/// True where the phrase of a speaker without a name, whom nothing else introduces, calls somebody.
pub fn can_speak(tree: &Tree<'_>, speaker: &Speaker) -> bool {
    let word = tree.lower(speaker.head);
    if speaker.pronoun {
        // "You can see this", "the best we can say", "…, who say": the reader, the writer, or whoever is meant.
        return !matches!(
            word,
            "you" | "we" | "us" | "i" | "it" | "who" | "whom" | "which" | "that" | "what" | "this"
        );
    }
    if tree.tag(speaker.head) == "POS" {
        return false;
    }
    // "A third said": one more.
    let some = !tree.is_noun(speaker.head) || LEXICON.number.contains(word) || is_ordinal(word);
    if some && speaker.noun == speaker.head {
        // "Several said", "One, a midwife, said"
        return !matches!(word, "this" | "that" | "what" | "much" | "such");
    }
    is_somebody(tree, speaker.noun)
}

/// True where a speaker that was taken for an office is a thing by the noun it turns on: "the voice says", "the screen
/// shows". A body with a name, and one that its noun calls so, is none.
pub fn is_thing(tree: &Tree<'_>, speaker: &Speaker) -> bool {
    let proper = speaker.name.is_some() || tree.tag(speaker.noun).starts_with("NNP");
    !proper && !speaker.pronoun && matches!(tree.tag(speaker.noun), "NN" | "NNS") && {
        let word = tree.lower(speaker.noun);
        THINGS.contains(&word)
    }
}

/// Nouns that only seem to speak: what is said by or through them is somebody's.
const THINGS: [&str; 18] = [
    "voice",
    "screen",
    "sign",
    "signs",
    "camera",
    "cameras",
    "history",
    "experience",
    "reality",
    "life",
    "fact",
    "facts",
    "move",
    "decision",
    "result",
    "results",
    "case",
    "incident",
];

/// True for a noun or a pronoun that calls persons or a body of them.
fn is_somebody(tree: &Tree<'_>, noun: usize) -> bool {
    let word = tree.lower(noun);
    let one = word.strip_suffix("es").or_else(|| word.strip_suffix('s')).unwrap_or(word);
    let lexicon = &*LEXICON;
    let called =
        |word: &str| lexicon.calls_somebody(word) || lexicon.office.contains(word) || is_agent_noun(word);
    matches!(tree.tag(noun), "NNP" | "NNPS" | "CD")
        || matches!(word, "them" | "whom" | "us" | "those" | "these" | "others" | "side" | "sides")
        // People by what they believe, whom no list of persons has.
        || matches!(word, "evangelicals" | "progressives" | "centrists" | "justices" | "couples" | "elites")
        || called(word)
        || called(one)
        || word.strip_suffix('s').is_some_and(called)
        || one.ends_with("mate")
}

/// "Funding per pupil", "$4 per gallon": a rate, where "per" has a bare noun in the singular behind it.
pub fn is_rate(tree: &Tree<'_>, cue: &[usize], noun: usize) -> bool {
    let per = matches!(cue, [at] if tree.lower(*at) == "per");
    let bare = !tree
        .children(noun)
        .any(|child| child < noun && matches!(tree.label(child), "det" | "poss" | "nummod"));
    per && bare && tree.tag(noun) == "NN"
}

#[cfg(test)]
mod tests {
    use dateline_model::{Registry, SpeakerKind};

    use crate::{Outlets, deep};

    fn sources(text: &str) -> Vec<&str> {
        let all = deep(text, 0, &Outlets::new(&[], Registry::builtin()));
        all.iter().filter_map(|one| one.source.of(text)).collect()
    }

    #[test]
    fn what_calls_nobody_is_no_source_without_a_name() {
        for text in [
            "Much of this suggests that the valves were never tested.",
            "You could say that the ferry had been sold twice.",
            "We know that the harbour office has asked the ministry for the money.",
            "The canteen costs 4 euros, per guest, and the town pays the rest.",
            "\"Stand clear of the quay,\" the voice says.",
            "Residents of the delta rejected a dyke that would have cut off their wells.",
            "The crews are saying that from the first day.",
            "Dash cameras show that the lorry had stopped at the gate.",
        ] {
            assert_eq!(sources(text), Vec::<&str>::new(), "{text}");
        }
    }

    #[test]
    fn nobody_who_is_named_is_a_source_without_a_name() {
        for (text, kind) in [
            (
                "Customs Officer in Command Richard Delorme said that the crates may have held batteries.",
                SpeakerKind::Named,
            ),
            ("A friend of Richard Delorme said that he had left.", SpeakerKind::Unnamed),
            ("An agent close to Barbara Wills said that she had signed.", SpeakerKind::Unnamed),
        ] {
            let all = deep(text, 0, &Outlets::new(&[], Registry::builtin()));
            assert_eq!(all.first().map(|one| one.speaker), Some(kind), "{text}");
        }
    }

    #[test]
    fn what_was_done_to_somebody_is_not_what_they_are() {
        let text = "Prosecutor Robert Milner announced Monday night that a grand jury declined to indict officer Daniel \
                    Wells, 28, for firing six shots in August. Wells told the panel that he had feared for his life.";
        let all = deep(text, 0, &Outlets::new(&[], Registry::builtin()));
        let told = all.last().and_then(|said| said.deep.as_deref()).unwrap();
        assert_eq!(told.introduced.and_then(|span| span.of(text)), Some("officer Daniel Wells, 28"));
        assert_eq!(told.role.and_then(|span| span.of(text)), Some("officer"));
    }

    #[test]
    fn whoever_calls_somebody_speaks() {
        for (text, source) in [
            ("Many said they had never been asked.", "Many"),
            ("Another of the three said the door had been open.", "Another of the three"),
            ("Two former roommates said the man had kept to himself.", "Two former roommates"),
            (
                "All but one of the 12 inspectors said the valves were worn.",
                "All but one of the 12 inspectors",
            ),
            ("Fares rose by a tenth, per two clerks at the terminal.", "two clerks at the terminal"),
        ] {
            assert_eq!(sources(text), [source], "{text}");
        }
    }
}
