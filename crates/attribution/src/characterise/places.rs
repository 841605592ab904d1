//! Who speaks and what is said by the places of the words, where the tree has it otherwise.
//!
//! News puts the speaker behind the words, between them, or in the middle of a sentence between two commas, and a parser
//! of other print hangs such a speaker anywhere. Commas, the order of the words and a noun that calls a person are
//! enough to tell: each rule names its pattern.

use std::ops::Range;

use dateline_model::CueClass;

use super::lexicon::LEXICON;
use super::plain::is_telling;
use super::tree::Tree;

/// "Russian personnel have moved into an airbase in Niger, a senior official told Meridian Wire, putting …": the clause
/// before the comma and the source, which the tree joins to the verb of saying, or the verb to it, as if "and" stood there.
pub fn follows(tree: &Tree<'_>, verb: usize, source: &Range<usize>) -> Option<Range<usize>> {
    let sentence = tree.sentence(tree.sentence_of(verb));
    let comma = source.start.checked_sub(1).filter(|&at| at > sentence.start && tree.word(at) == ",")?;
    let plain = LEXICON.cues.get(tree.lower(verb)).is_some_and(|cue| cue.plain);
    let head = tree.head(verb).filter(|&head| tree.label(verb) == "conj" && head < comma);
    let joined = head
        .is_some_and(|head| tree.children(head).any(|at| at > head && at < verb && tree.label(at) == "cc"));
    let before = sentence.start..comma;
    let closed = sentence.end.checked_sub(1).is_some_and(|last| tree.word(last) == ".");
    // A participle may be a finite verb taken for one; a headline may have an infinitive for it: "Plant to Close, …".
    let finite = |at: usize| {
        !tree.quoted(at)
            && (matches!(tree.tag(at), "VBD" | "VBZ" | "VBP" | "MD" | "VBN")
                || tree.tag(at) == "TO" && !closed)
    };
    // "When the gates opened, a guard shouted": when it was, and not what he shouted.
    let opens = before.clone().find(|&at| !tree.is_mark(at))?;
    let when = matches!(
        tree.lower(opens),
        "when"
            | "after"
            | "before"
            | "as"
            | "while"
            | "although"
            | "though"
            | "because"
            | "since"
            | "asked"
            | "once"
    ) || matches!(tree.tag(opens), "VBG" | "VBN" | "IN" | "TO")
        && !before.clone().any(|at| tree.label(at) == "nsubj");
    let object = tree.children(verb).any(|at| {
        at > verb && matches!(tree.label(at), "dobj" | "ccomp" | "xcomp") && !is_telling(tree, verb)
    });
    // "A said it was over, B said": the second says it of the first's words only where the verb ends its clause.
    (plain && !joined && !when && !object && source.end == verb && before.clone().any(finite))
        .then_some(before)
}

/// "The tapes, said an official at the ministry, show nothing": what is said stands on both sides.
pub fn around(tree: &Tree<'_>, verb: usize, source: &Range<usize>) -> Option<(Range<usize>, Range<usize>)> {
    let sentence = tree.sentence(tree.sentence_of(verb));
    let comma = verb.checked_sub(1).filter(|&at| at > sentence.start && tree.word(at) == ",")?;
    let plain = LEXICON.cues.get(tree.lower(verb)).is_some_and(|cue| cue.plain);
    let close = (source.end..sentence.end).find(|&at| tree.word(at) == ",");
    let inverted = source.start == verb + 1 && plain && !tree.quoted(comma);
    match close.filter(|&close| close == source.end || close == source.end + 1) {
        Some(close)
            if inverted && (close + 1..sentence.end).any(|at| tree.is_verb(at) && tree.tag(at) != "VBG") =>
        {
            Some((sentence.start..comma, close + 1..sentence.end))
        }
        _ if inverted && (sentence.start..comma).any(|at| tree.is_verb(at)) => {
            Some((sentence.start..comma, comma..comma))
        }
        _ => None,
    }
}

/// "The bridge was closed, two engineers who inspected it said, after a crack was found": a person and a verb of saying
/// between two commas, where the tree has another subject for the verb. The person, and what stands around the two.
pub fn between(tree: &Tree<'_>, verb: usize) -> Option<(usize, [Range<usize>; 2])> {
    /// Tokens from the comma to the verb.
    const FAR: usize = 16;
    let sentence = tree.sentence(tree.sentence_of(verb));
    let closed = verb + 2 < sentence.end && tree.word(verb + 1) == ",";
    if !closed || !puts_words(tree, verb) || tree.quoted(verb) {
        return None;
    }
    let from = sentence.start.max(verb.saturating_sub(FAR));
    let comma = (from..verb).rev().find(|&at| tree.word(at) == ",").filter(|&at| at > sentence.start)?;
    let noun = somebody(tree, comma + 1..verb)?;
    let finite = |at: usize| matches!(tree.tag(at), "VBD" | "VBZ" | "VBP" | "MD");
    // Of the finite verbs between the two, each is in a clause about the person.
    let about = noun + 1 == verb || !finite(noun + 1);
    let quoted = (comma + 1..verb).any(|at| tree.quoted(at));
    (about && !quoted).then(|| (noun, [sentence.start..comma, verb + 2..sentence.end]))
}

/// The person of a noun phrase that begins a run: "two **engineers**", "another".
fn somebody(tree: &Tree<'_>, run: Range<usize>) -> Option<usize> {
    let alone = |at: usize| matches!(tree.lower(at), "one" | "another" | "others");
    let ends = |at: usize| at >= run.end || !tree.is_noun(at) && !matches!(tree.tag(at), "JJ" | "CD" | "POS");
    if !run.is_empty() && alone(run.start) && ends(run.start + 1) {
        return Some(run.start);
    }
    let noun = run.clone().find(|&at| {
        tree.is_noun(at) && (at + 1 >= run.end || !tree.is_noun(at + 1) && tree.tag(at + 1) != "POS")
    })?;
    let modifies = |at: usize| {
        matches!(
            tree.tag(at),
            "DT" | "JJ" | "JJR" | "JJS" | "CD" | "NN" | "NNP" | "NNS" | "PRP$" | "POS" | "HYPH"
        ) || tree.word(at) == "-"
            || matches!(tree.lower(at), "and" | "at" | "least" | "more" | "than")
    };
    (LEXICON.calls_somebody(tree.lower(noun)) && (run.start..noun).all(modifies)).then_some(noun)
}

/// True for a finite verb by which words are put that stand around it.
fn puts_words(tree: &Tree<'_>, verb: usize) -> bool {
    matches!(tree.tag(verb), "VBD" | "VBZ" | "VBP")
        && !is_telling(tree, verb)
        && LEXICON.cues.get(tree.lower(verb)).is_some_and(|cue| {
            cue.plain && !matches!(cue.class, CueClass::Deny | CueClass::Intend | CueClass::Suggest)
        })
}

/// "The museum, said a curator who asked not to be named, has known since June": a person right behind a verb of saying
/// that stands behind a comma or a quotation. Whatever the tree makes of it, they speak.
pub fn behind(tree: &Tree<'_>, verb: usize) -> Option<usize> {
    /// Words before the noun.
    const MODIFIERS: usize = 8;
    let parted = verb.checked_sub(1).is_some_and(|at| matches!(tree.word(at), "," | "”" | "\""));
    if !parted || !puts_words(tree, verb) || tree.quoted(verb) {
        return None;
    }
    let end = tree.sentence(tree.sentence_of(verb)).end.min(verb + 1 + MODIFIERS);
    let noun = somebody(tree, verb + 1..end)?;
    // "One, a midwife, said the guards kept a list": who does what is said, unless a comma parts them from the verb.
    let reach = tree.reach(noun);
    let acts = matches!(tree.label(noun), "nsubj" | "nsubjpass")
        && tree.head(noun).is_some_and(|head| head > noun && tree.tag(head) != "VBG");
    let comma = |at: usize| at < tree.len() && tree.word(at) == ",";
    let free = !acts || comma(noun + 1) || comma(reach.end - 1) || comma(reach.end);
    free.then_some(noun)
}

/// "…, a keeper alleged": a person behind a comma, parted from what the tree hangs it on by a verb, with the cue right
/// behind.
pub fn closes(tree: &Tree<'_>, noun: usize, verb: usize) -> bool {
    let plain = LEXICON.cues.get(tree.lower(verb)).is_some_and(|cue| cue.plain);
    let start = tree.reach(noun).start;
    let comma = start.checked_sub(1).is_some_and(|at| tree.word(at) == ",");
    let far = tree.head(noun).is_some_and(|head| {
        head < start && (head..start).any(|at| matches!(tree.tag(at), "VBD" | "VBZ" | "VBP" | "MD" | "VBN"))
    });
    plain && comma && far && verb == noun + 1 && LEXICON.calls_somebody(tree.lower(noun))
}

/// The noun phrase right before a verb that has no subject in the tree: it was hung on what a comma or a quotation
/// mark parts it from, as in "Speaking on condition of anonymity, a top adviser said".
pub fn before(tree: &Tree<'_>, verb: usize) -> Option<usize> {
    /// Steps up the tree.
    const STEPS: usize = 12;
    if !matches!(tree.tag(verb), "VBD" | "VBZ" | "VBP") {
        return None;
    }
    let first = tree.sentence(tree.sentence_of(verb)).start;
    let mut at = (first..verb).rev().find(|&at| !tree.is_mark(at))?;
    for _ in 0..STEPS {
        let head = tree.head(at)?;
        if tree.quoted(at) || head >= verb || head < first {
            return None;
        }
        let from = tree.reach(at).start.max(head + 1);
        let parted = tree.quoted(head) || (head < at && (head + 1..from).any(|mark| tree.word(mark) == ","));
        if parted && tree.is_noun(at) {
            return Some(at);
        }
        at = head;
    }
    None
}

/// "An official briefed on the raid confirmed": the noun before the verb cannot speak, the one it hangs on can.
pub fn able_to_speak(tree: &Tree<'_>, noun: usize) -> Option<usize> {
    /// Steps up the tree.
    const STEPS: usize = 6;
    let lexicon = &*LEXICON;
    let person = |at: usize| lexicon.calls_somebody(tree.lower(at));
    let body = |at: usize| {
        let word = tree.lower(at);
        tree.tag(at).starts_with("NNP") || lexicon.office.contains(word) || lexicon.newsroom.contains(word)
    };
    let mut at = noun;
    for _ in 0..STEPS {
        if tree.is_noun(at) && (person(at) || at == noun && body(at)) {
            return Some(at);
        }
        at = tree.head(at)?;
    }
    None
}

/// "“…,” warned an engineer": behind a quotation, whom the tree takes for the object is who says it.
pub fn inverted(tree: &Tree<'_>, verb: usize) -> Option<usize> {
    let closed = verb.checked_sub(1).is_some_and(|mark| {
        matches!(tree.word(mark), "”" | "\"" | "''" | "»")
            || tree.word(mark) == "," && mark > 0 && tree.quoted(mark - 1)
    });
    let comma = verb.checked_sub(1).is_some_and(|mark| tree.word(mark) == ",");
    let object = tree.child(verb, &["dobj", "attr", "oprd"])?;
    let word = tree.lower(object);
    // ", said a paramedic": a person right behind the verb.
    let person = comma
        && matches!(tree.lower(verb), "said" | "says" | "added" | "recalled" | "explained")
        && LEXICON.calls_somebody(word);
    if !(closed || person) {
        return None;
    }
    (tree.reach(object).start == verb + 1 && tree.is_noun(object)).then_some(object)
}

/// "The vote was, as a party official admitted, bought with cement": the sentence without the clause of "as".
pub fn as_said(tree: &Tree<'_>, verb: usize) -> Option<[Range<usize>; 2]> {
    let own = tree.reach(verb);
    let sentence = tree.sentence(tree.sentence_of(verb));
    let plain = LEXICON.cues.get(tree.lower(verb)).is_some_and(|cue| cue.plain);
    let as_clause = tree.label(verb) == "advcl" && tree.lower(own.start) == "as";
    let object =
        tree.children(verb).any(|at| at > verb && matches!(tree.label(at), "dobj" | "ccomp" | "xcomp"));
    let opens = own.start == sentence.start || tree.word(own.start - 1) == ",";
    let closes = own.end < sentence.end && (tree.word(own.end) == "," || tree.word(own.end - 1) == ",");
    // "The Russians have arrived and, as the agency reported, they have …": what it reported is behind "and".
    let joined = own.start >= 2 && tree.tag(own.start - 2) == "CC";
    let before = if joined { own.start..own.start } else { sentence.start..own.start };
    (plain && as_clause && !object && opens && closes && own.end + 2 < sentence.end)
        .then_some([before, own.end..sentence.end])
}

/// "The visit, which was confirmed by two diplomats", "described by two tutors as “bored rather than cruel”": what is
/// confirmed or denied, or as what somebody is described.
pub fn of_passive(tree: &Tree<'_>, verb: usize) -> Option<Range<usize>> {
    let agent = tree.child(verb, &["agent"])?;
    if matches!(tree.lower(verb), "described" | "depicted" | "portrayed") {
        let named = |at: &usize| tree.label(*at) == "prep" && tree.lower(*at) == "as" && *at > agent;
        let by = tree.child(agent, &["pobj"])?;
        let r#as = tree.children(verb).chain(tree.children(by)).find(named)?;
        return Some(tree.reach(r#as));
    }
    let class = LEXICON.cues.get(tree.lower(verb))?.class;
    let which = tree.child(verb, &["nsubjpass"]).filter(|&at| tree.lower(at) == "which")?;
    let noun =
        tree.head(verb).filter(|&noun| tree.label(verb) == "relcl" && tree.is_noun(noun) && noun < which)?;
    matches!(class, CueClass::Confirm | CueClass::Deny).then(|| tree.reach(noun).start..noun + 1)
}

/// "put it at more than 40 million euros": what is put at something, with what it is put at.
pub fn put_at(tree: &Tree<'_>, verb: usize) -> Option<Range<usize>> {
    if !matches!(tree.lower(verb), "put" | "puts") {
        return None;
    }
    let object = tree.child(verb, &["dobj"]).filter(|&object| object > verb)?;
    let inside = |noun: usize| tree.children(noun).find(|&child| child > noun && tree.lower(child) == "at");
    let at = tree
        .children(verb)
        .find(|&child| child > object && tree.lower(child) == "at")
        .or_else(|| inside(object))?;
    Some(tree.reach(object).start.max(verb + 1)..tree.reach(at).end)
}

#[cfg(test)]
mod tests {
    use dateline_model::Registry;

    use super::super::Outlets;

    /// Who is found to say something in a text, with the longest piece of what they say.
    fn said(text: &str) -> Vec<(&str, &str)> {
        let found = crate::deep(text, 0, &Outlets::new(&[], Registry::builtin()));
        found.iter().map(|one| (one.source.of(text).unwrap(), one.content.of(text).unwrap())).collect()
    }

    #[test]
    fn who_stands_behind_the_verb_speaks() {
        assert_eq!(
            said("The vault, said a clerk who had counted it twice, has been empty since May."),
            [("a clerk who had counted it twice", "has been empty since May")]
        );
        assert_eq!(
            said(
                "Not a single crate has arrived since June, complained one quartermaster, who was not allowed to give his name."
            ),
            [(
                "one quartermaster, who was not allowed to give his name",
                "Not a single crate has arrived since June"
            )]
        );
        // Who does what is said is no speaker.
        let all = said("The widow, who was there, said the guards had locked the gate.");
        assert_eq!(all, [("The widow", "the guards had locked the gate")]);
    }

    #[test]
    fn who_stands_between_two_commas_speaks() {
        let text = "The tunnel was closed on Monday, two inspectors who walked it said, after a crack was found in the roof.";
        assert_eq!(said(text), [("two inspectors who walked it", "after a crack was found in the roof")]);
    }

    #[test]
    fn who_ends_the_sentence_speaks() {
        for (text, source, content) in [
            (
                "The boilers were never tested, a former keeper alleged in a complaint filed last week.",
                "a former keeper",
                "The boilers were never tested",
            ),
            (
                "The club is considering a sale of its stadium before the summer, a source in the chairman's office said on Sunday.",
                "a source in the chairman's office",
                "The club is considering a sale of its stadium before the summer",
            ),
            ("Mill to Close in May, Union Says", "Union", "Mill to Close in May"),
        ] {
            assert!(said(text).contains(&(source, content)), "{text}: {:?}", said(text));
        }
    }

    #[test]
    fn what_is_told_without_that_is_told() {
        for (text, source, content) in [
            (
                "Police said the cyclist told officers he had swerved to miss a cat.",
                "the cyclist",
                "he had swerved to miss a cat",
            ),
            (
                "A solicitor for the crew said her client had been told by stewards that the doors were locked for the night.",
                "stewards",
                "that the doors were locked for the night",
            ),
            (
                "The teachers' union said its members had reported being followed home by men in vans.",
                "its members",
                "being followed home by men in vans",
            ),
            (
                "A Kurdish commander told a local radio station that his forces had withdrawn.",
                "A Kurdish commander",
                "that his forces had withdrawn",
            ),
            (
                "The pension fund has been told by three former brokers that the shares were never bought.",
                "three former brokers",
                "that the shares were never bought",
            ),
        ] {
            assert!(said(text).contains(&(source, content)), "{text}: {:?}", said(text));
        }
    }

    #[test]
    fn passives_and_asides_have_a_speaker() {
        for (text, source, content) in [
            (
                "The meeting, which was confirmed by two envoys who asked not to be named, lasted an hour.",
                "two envoys who asked not to be named",
                "The meeting",
            ),
            (
                "The vote was, as a veteran party official admitted, bought with flour.",
                "a veteran party official",
                "bought with flour",
            ),
            (
                "On the tape a man identified as the caretaker can be heard saying that the safe is empty.",
                "a man identified as the caretaker",
                "that the safe is empty",
            ),
        ] {
            assert!(said(text).contains(&(source, content)), "{text}: {:?}", said(text));
        }
        assert_eq!(said("The diamond, said to be cursed, sold for four million."), []);
    }
}
