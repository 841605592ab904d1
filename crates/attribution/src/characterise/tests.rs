use dateline_grammar::{Parse, Token};
use dateline_model::{Anonymity, Certainty, CueClass, Registry, Span};

use super::*;

/// A text with its parse, from `word/TAG/label/head` apart by blanks; the first token of each line starts a sentence.
pub fn parse(written: &str) -> (String, Parse) {
    let (mut text, mut tokens) = (String::new(), Vec::new());
    for line in written.lines() {
        for (index, item) in line.split(' ').enumerate() {
            let parts: Vec<&str> = item.rsplitn(4, '/').collect();
            let [head, label, tag, word] = parts[..] else { panic!("{item}") };
            let glued = matches!(word, "," | "." | "'s" | "”");
            if !text.is_empty() && !glued {
                text.push(' ');
            }
            let start = text.len();
            text.push_str(word);
            tokens.push(Token {
                span: Span::new(start, text.len()),
                head: head.parse().unwrap(),
                tag: Box::leak(tag.to_owned().into_boxed_str()),
                label: Box::leak(label.to_owned().into_boxed_str()),
                starts_sentence: index == 0,
            });
        }
    }
    (text, Parse { tokens, names: Vec::new() })
}

/// What the rules make of a text by themselves: its grammar, and the attributions that stand plainly in the tree.
fn read(text: &str) -> Vec<Attribution> {
    let parse = dateline_grammar::English::embedded().read(text);
    let (registry, _) =
        Registry::parse("meridian-wire.example\tMeridian Wire\tGB\ten\twire\t\tindependent\tinvented\n");
    characterise(text, &parse, &find_plain(text, &parse), &Outlets::new(&["Sahel Courier"], &registry))
}

fn deep(attribution: &Attribution) -> &DeepAttribution {
    attribution.deep.as_deref().unwrap()
}

fn of(text: &str, span: Option<Span>) -> Option<&str> {
    span.and_then(|span| span.of(text))
}

#[test]
fn a_source_without_a_name_keeps_all_that_is_told_of_it() {
    let text = "A senior Chadian customs officer with direct knowledge of the seizure, who asked not to be named because \
                the case is open, told Meridian Wire that the trucks were empty.";
    let all = read(text);
    let one = &all[0];
    let slots = deep(one).slots.unwrap();
    assert_eq!((one.speaker, of(text, one.via)), (SpeakerKind::Unnamed, Some("Meridian Wire")));
    assert_eq!(of(text, slots.rank), Some("senior"));
    assert_eq!(of(text, slots.country), Some("Chadian"));
    assert_eq!(of(text, slots.side), Some("customs"));
    assert_eq!(of(text, slots.access), Some("with direct knowledge of the seizure"));
    assert_eq!(of(text, slots.reason), Some("asked not to be named because the case is open"));
    assert_eq!(of(text, one.anonymity), Some("asked not to be named"));
    assert_eq!(slots.number, None, "one person");
}

#[test]
fn kinds_of_speakers() {
    use SpeakerKind::{Document, Named, Office, Outlet, Poll, Unnamed, UnnamedGroup};
    for (who, kind) in [
        ("Harbour master Lena Vastrik", Named),
        ("A dockworker, Bram Oost,", Named),
        ("The harbour ministry", Office),
        ("A spokeswoman for the harbour", Office),
        ("A spokeswoman for the harbour who asked not to be identified", Unnamed),
        ("The governor", Office),
        ("A former governor", Unnamed),
        ("One of the pilots", Unnamed),
        ("Two of the pilots", UnnamedGroup),
        ("Pilots", UnnamedGroup),
        ("Aid groups", UnnamedGroup),
        ("The authorities", Office),
        ("Port authorities", Office),
        ("The country's army general staff", Office),
        ("The Northern Atomic Energy Agency", Office),
        ("The Northern News Agency", Outlet),
        ("The audit", Document),
        ("A Brightwater poll", Poll),
        ("The Sahel Courier", Outlet),
        ("The state news agency", Outlet),
    ] {
        let text = format!("{who} said that the channel would stay shut until Monday.");
        let found = read(&text);
        assert_eq!(found.last().map(|one| one.speaker), Some(kind), "{text}");
    }
}

#[test]
fn ranks_before_a_name_are_part_of_it() {
    let text = "\"The channel is safe,\" Brig. Gen. Tomas Greve, a harbour spokesman, told reporters. Greve said the divers were done.";
    let all = read(text);
    let who = |one: &Attribution| of(text, deep(one).introduced.or(Some(one.source)));
    assert!(!all.is_empty());
    for one in &all {
        assert!(who(one).unwrap().starts_with("Brig. Gen. Tomas Greve"), "{:?}", who(one));
    }
}

#[test]
fn two_names_introduce_neither_as_both() {
    let text = "Tomas Greve and Anna Lind said the channel was safe. The tugs waited. Greve said the divers were done. Greve and \
                Lind said the crane would stay.";
    let introduced: Vec<_> = read(text).iter().map(|one| of(text, deep(one).introduced)).collect();
    assert_eq!(introduced, [None, Some("Tomas Greve"), None]);
    let text = "President Anna Halvard condemned the raid on the dam. Halvard and Sorn both condemned the killers, while they \
                waited. “We will rebuild it,” Halvard said.";
    let last = read(text).pop().unwrap();
    assert_eq!(of(text, deep(&last).introduced), Some("President Anna Halvard"));
}

#[test]
fn what_somebody_calls_a_thing_is_no_statement() {
    let text = "The dam levy — or as the cabinet calls it, the shared water rules — was put on hold. The cabinet said on Friday that \
                the levy would return.";
    let contents: Vec<_> = read(text).iter().map(|one| one.content.of(text).unwrap()).collect();
    assert_eq!(contents, ["that the levy would return"]);
    let text = "The minister called it \"a disgrace for the harbour.\"";
    assert_eq!(read(text).len(), 1);
}

#[test]
fn newsrooms_hand_on() {
    let text =
        "The Sahel Courier, citing Meridian Wire, reported that a dockworker said the crane was rotten.";
    let all = read(text);
    let chain: Vec<_> = deep(&all[0]).chain.iter().map(|span| span.of(text).unwrap()).collect();
    assert_eq!(chain, ["Meridian Wire", "Sahel Courier"]);
    assert_eq!((all.len(), all[0].source.of(text)), (1, Some("a dockworker")));
    let text = "The Sahel Courier, citing two port officials, reported that the crane was rotten.";
    let all = read(text);
    assert_eq!(
        (all[0].source.of(text), of(text, all[0].via)),
        (Some("two port officials"), Some("Sahel Courier"))
    );
    assert!(all[0].content.of(text).unwrap().ends_with("the crane was rotten"));
}

#[test]
fn who_that_is_stands_earlier() {
    let text = "Harbour Minister Lena Vastrik said the channel was safe. She added that divers had looked at it. \
                A diver said it was not. The diver said the chain was rusty. Vastrik denied the claim.";
    let all = read(text);
    let introduced: Vec<_> = all.iter().map(|one| of(text, deep(one).introduced)).collect();
    let minister = Some("Harbour Minister Lena Vastrik");
    assert_eq!(introduced, [None, minister, None, Some("A diver"), minister]);
    assert!(all.iter().filter(|one| one.speaker == SpeakerKind::Named).all(|one| deep(one).role.is_some()));
}

#[test]
fn a_pronoun_that_may_be_two_people_is_left_open() {
    let text = "Jonas Petrus met Henrik Aal. He said the channel was safe.";
    let all = read(text);
    let introduced = of(text, deep(&all[0]).introduced);
    assert_ne!(introduced, Some("Henrik Aal"), "the subject is likelier");
    let text = "Lena Vastrik met Henrik Aal. He said the channel was safe.";
    assert_eq!(of(text, deep(&read(text)[0]).introduced), Some("Henrik Aal"));
}

#[test]
fn cues_and_contents() {
    use Certainty::{Certain, Possible, Probable};
    for (text, class, kept_back, certainty, negated) in [
        ("The ministry confirmed that the channel was shut.", CueClass::Confirm, false, Certain, false),
        ("The ministry declined to say whether the channel was shut.", CueClass::Say, true, Certain, false),
        ("The ministry did not confirm that the channel was shut.", CueClass::Confirm, true, Certain, false),
        ("The ministry warned that the channel could be shut.", CueClass::Predict, false, Possible, false),
        ("The ministry said the channel would probably reopen.", CueClass::Say, false, Probable, false),
        ("The ministry insisted that nobody was hurt.", CueClass::Claim, false, Certain, true),
        ("The ministry admitted that it had not paid the divers.", CueClass::Admit, false, Certain, true),
    ] {
        let all = read(text);
        let deep = deep(&all[0]);
        assert_eq!(
            (deep.class, deep.cue_negated, deep.certainty, deep.negated),
            (class, kept_back, certainty, negated),
            "{text}"
        );
    }
}

#[test]
fn what_is_said_of_a_source_later_holds_earlier() {
    let text = "A port official said the crane was rotten. The official spoke on condition of anonymity to discuss an open case.";
    let all = read(text);
    assert_eq!(
        of(text, deep(&all[0]).slots.unwrap().reason),
        Some("on condition of anonymity to discuss an open case")
    );
}

#[test]
fn occasions() {
    use dateline_model::OccasionKind::{Interview, Letter, NewsConference, Post, Statement, Testimony};
    for (text, kind) in [
        ("In an interview with Meridian Wire, the minister said the channel was safe.", Interview),
        ("The minister told reporters that the channel was safe.", NewsConference),
        ("The minister told a news briefing that the channel was safe.", NewsConference),
        ("In a statement, the ministry said the channel was safe.", Statement),
        ("The ministry said on Facebook the channel was safe.", Post),
        ("The minister told lawmakers that the channel was safe.", Testimony),
        ("In a letter to the board, the minister said the channel was safe.", Letter),
    ] {
        let all = read(text);
        let one = all.first().unwrap_or_else(|| panic!("nothing found in: {text}"));
        assert_eq!(deep(one).occasion.map(|occasion| occasion.kind), Some(kind), "{text}");
    }
}

#[test]
fn no_text_does_harm() {
    for text in [
        "",
        "said",
        "\"",
        "said said said.",
        "who said that",
        "According to",
        "“Said”, said said the said.",
        "—",
    ] {
        read(text);
    }
}

#[test]
fn what_nobody_says_is_no_statement() {
    assert!(read("Nobody said the ferry was safe.").is_empty());
    assert!(read("No official said that the ferry was safe.").is_empty());
    assert_eq!(read("An official said that the ferry was safe.").len(), 1);
}

#[test]
fn behind_a_quotation_the_object_is_the_speaker() {
    let text = "\"If the pumps fail, we lose the lower town,\" warned an engineer at the barrier, who asked not to be \
                named for fear of losing his job.";
    let all = read(text);
    assert!(of(text, Some(all[0].source)).unwrap().starts_with("an engineer at the barrier"), "{all:?}");
    assert_eq!(all[0].speaker, SpeakerKind::Unnamed);
    assert!(of(text, Some(all[0].content)).unwrap().contains("we lose the lower town"));
}

/// The reason for anonymity of the only source of a text.
fn reason(text: &str) -> Option<&str> {
    let all = read(text);
    of(text, deep(&all[0]).slots.and_then(|slots| slots.reason))
}

#[test]
fn what_is_said_of_others_is_no_reason() {
    for text in [
        "An official said the plant was not authorized to operate at night.",
        "One official said the bodies were not identified because the faces were burned.",
        "A resident asked that the mayor resign, and said the road was closed.",
        "A trader said the aid would go on on condition that the rebels disarm.",
    ] {
        assert_eq!(reason(text), None, "{text}");
    }
}

#[test]
fn reasons_are_told_in_many_words() {
    for (text, words) in [
        (
            "An inspector, who was not cleared to talk to the press, said the dike had given way.",
            "not cleared to talk to the press",
        ),
        (
            "A British commander, who under army rules could not be named, said the outpost was empty.",
            "under army rules could not be named",
        ),
        (
            "A clerk said the safe was empty. She asked that her name not be used because the case is open.",
            "asked that her name not be used because the case is open",
        ),
        ("\"It sounded like a piano,\" said a man who would not give his name.", "would not give his name"),
        (
            "Three former executives said the company knew. All three spoke on condition of anonymity because they had \
             signed agreements.",
            "on condition of anonymity because they had signed agreements",
        ),
    ] {
        assert_eq!(reason(text), Some(words), "{text}");
    }
}

#[test]
fn slots_are_cut_as_the_words_mean_them() {
    let slots = |text: &str| deep(&read(text)[0]).slots.unwrap();
    let text =
        "More than 30 officials at Kenya's transport ministry said the engines were bought without a tender.";
    let told = slots(text);
    assert_eq!(of(text, told.number), Some("More than 30"));
    assert_eq!((of(text, told.country), of(text, told.side)), (Some("Kenya"), Some("transport ministry")));
    let text = "Two dockworkers who had been in the hold said it carried shells.";
    assert_eq!(of(text, slots(text).access), Some("who had been in the hold"));
    // Where somebody stands, what they drive and whom they live among is nobody's side.
    for text in [
        "An engineer at the barrier said the pumps had failed.",
        "A bus driver said the tires had been shot.",
        "Residents of the valley said the river had turned orange.",
    ] {
        assert_eq!(slots(text).side, None, "{text}");
    }
    let text = "A European Commission official said the fine had been doubled.";
    let told = slots(text);
    assert_eq!((told.country, of(text, told.side)), (None, Some("European Commission")));
}

#[test]
fn headlines_hand_their_words_to_whom_the_colon_names() {
    for (text, source) in [
        ("Dam Inspectors Ignored Cracks for Years: Sources", "Sources"),
        ("Sources: Driver Was Shot Twice", "Sources"),
    ] {
        let all = crate::deep(text, 0, &Outlets::new(&[], Registry::builtin()));
        assert_eq!(all.first().and_then(|one| of(text, Some(one.source))), Some(source), "{text}");
    }
    assert!(read("Residents: 4,000 in all.").is_empty(), "a list is no statement");
}

#[test]
fn what_somebody_does_or_undergoes_is_no_statement() {
    let registry = Registry::builtin();
    for text in [
        "A caretaker found the door locked at six on the morning after the fire.",
        "The tenant pleaded guilty to two counts and was fined 300 euros.",
        "The striker reportedly asked for a boat and a house by the sea.",
        "All told, 212 homes lost their roofs in the storm.",
        "Reporters shouted questions, but the aide kept walking.",
    ] {
        assert_eq!(crate::deep(text, 0, &Outlets::new(&[], registry)), [], "{text}");
    }
}

#[test]
fn nouns_of_saying_have_a_speaker_too() {
    let text =
        "The admission by an army lawyer that the video had been cut came four hours into the hearing.";
    let all = read(text);
    assert_eq!(of(text, Some(all[0].source)), Some("an army lawyer"));
    assert_eq!(of(text, Some(all[0].content)), Some("that the video had been cut"));
    assert_eq!(deep(&all[0]).class, CueClass::Admit);
}

#[test]
fn a_capital_article_makes_a_title() {
    let text = "Several sources told The Sideline that the clause expires in June.";
    assert_eq!(of(text, read(text)[0].via), Some("Sideline"));
}

#[test]
fn a_clause_before_its_speaker_is_theirs() {
    let text = "Russian military personnel have moved into an airbase in Niger that houses U.S. troops, a senior U.S. defense \
                official told Meridian Wire, putting the forces of two rival powers within a few hundred meters.";
    let all = read(text);
    assert_eq!(of(text, Some(all[0].source)), Some("a senior U.S. defense official"));
    assert_eq!(
        of(text, Some(all[0].content)),
        Some("Russian military personnel have moved into an airbase in Niger that houses U.S. troops")
    );
    assert!(read("The ferry sank, a port official told reporters what he knew and left.").len() < 2);
}

#[test]
fn what_is_put_at_a_number_is_said() {
    let text = "Two people involved in the tender put it at more than 40 million euros.";
    let all = read(text);
    assert_eq!(of(text, Some(all[0].content)), Some("it at more than 40 million euros"));
}

#[test]
fn friends_are_on_nobodys_side() {
    let text = "Friends of the actor said he had been ill for some time.";
    assert_eq!(deep(&read(text)[0]).slots.unwrap().side, None);
    let text = "A chief executive of the club said the sale was off.";
    assert_eq!(deep(&read(text)[0]).slots.unwrap().rank, None);
}

#[test]
fn who_is_told_does_not_say() {
    let text = "Egyptian mediators have told both delegations to expect no further extensions.";
    let all = read(text);
    assert_eq!(of(text, Some(all[0].source)), Some("Egyptian mediators"));
    assert_eq!(of(text, Some(all[0].content)), Some("to expect no further extensions"));
    assert_eq!(all.len(), 1);
}

#[test]
fn statements_inside_statements_of_sources_without_names_are_found() {
    let text = "Two people close to the club said on Tuesday that the coach had already told the board that he would leave in \
                the summer.";
    let all = crate::deep(text, 0, &Outlets::new(&[], Registry::builtin()));
    let sources: Vec<_> = all.iter().filter_map(|one| of(text, Some(one.source))).collect();
    assert_eq!(sources, ["Two people close to the club", "the coach"]);
}

/// Slots of the last source of a text.
fn last_slots(text: &str) -> Anonymity {
    let all = crate::deep(text, 0, &Outlets::new(&[], Registry::builtin()));
    deep(all.last().unwrap()).slots.unwrap_or_default()
}

#[test]
fn one_of_a_group_is_not_told_of_as_the_group_is() {
    let text = "Two senior Treasury officials described the talks as tense. One of the officials said a pen was thrown; the \
                other said it was dropped.";
    let all = crate::deep(text, 0, &Outlets::new(&[], Registry::builtin()));
    let kinds: Vec<SpeakerKind> = all.iter().map(|one| one.speaker).collect();
    assert_eq!(kinds, [SpeakerKind::UnnamedGroup, SpeakerKind::Unnamed, SpeakerKind::Unnamed]);
    assert_eq!(deep(&all[1]).slots, Some(Anonymity::default()));
}

#[test]
fn whom_somebody_works_for_is_their_side() {
    for (text, side) in [
        ("An engineer at the reactor said the alarm was off.", Some("reactor")),
        ("An insider at the auction house said the vase was cracked.", Some("auction house")),
        ("The striker's agent said the transfer was off.", Some("striker")),
        ("Analysts at Pardoe & Finch said the market had expected more.", Some("Pardoe & Finch")),
        ("A miner at the back said the pumps had been sold.", None),
        ("A shop steward said the ballots were counted twice.", None),
        ("Rescue workers said forty people were trapped.", None),
        ("A ship's cook said the captain was asleep.", None),
        ("Residents of a nearby village said the river had turned red.", None),
    ] {
        assert_eq!(of(text, last_slots(text).side), side, "{text}");
    }
    for (text, country) in [
        ("A South Asian diplomat said the crossing would reopen.", "South Asian"),
        ("U.S. and Qatari officials said the buses had crossed.", "U.S. and Qatari"),
        ("The source, a former Iranian diplomat, said the letter was carried by hand.", "Iranian"),
    ] {
        assert_eq!(of(text, last_slots(text).country), Some(country), "{text}");
    }
}

#[test]
fn who_was_not_there_has_no_access() {
    let text = "A geologist who was not involved in the study said the sample was small.";
    assert_eq!(last_slots(text).access, None);
    let text = "A man who was walking his dog along the canal said the bridge shook.";
    assert_eq!(of(text, last_slots(text).access), Some("who was walking his dog along the canal"));
}

#[test]
fn half_a_name_is_a_name() {
    let text = "A bus driver who gave only his first name, Emre, said the brakes had failed.";
    assert_eq!(last_slots(text).reason, None);
    let text = "A teacher, who asked to be identified only by her first name, Salma, because she feared dismissal, said \
                exams were sold.";
    assert_eq!(
        of(text, last_slots(text).reason),
        Some("asked to be identified only by her first name, Salma, because she feared dismissal")
    );
    let text =
        "A technician, who is bound by a confidentiality agreement, said the freezers were never checked.";
    assert_eq!(of(text, last_slots(text).reason), Some("bound by a confidentiality agreement"));
}

#[test]
fn what_stands_around_according_to_is_one_clause() {
    let text = "The ransom, according to a Nigerian security official, was paid in two parts.";
    let all = crate::deep(text, 0, &Outlets::new(&[], Registry::builtin()));
    assert_eq!(of(text, Some(all[0].content)), Some("was paid in two parts"));
    assert_eq!(of(text, deep(&all[0]).continued.first().copied()), Some("The ransom"));
    for (text, source) in [
        (
            "By one senior police official's account, the man walked past the camera four times.",
            "one senior police official",
        ),
        ("The view of one Cypriot banker is that the money left on a Sunday.", "one Cypriot banker"),
        ("Avalanche kills three skiers in Tyrol - police", "police"),
        ("Report: Airline Knew of Cracks Before Crash", "Report"),
    ] {
        let all = crate::deep(text, 0, &Outlets::new(&[], Registry::builtin()));
        assert_eq!(all.first().and_then(|one| of(text, Some(one.source))), Some(source), "{text}");
    }
}

#[test]
fn an_office_of_which_there_are_many_is_somebody_unnamed_where_nobody_is_named() {
    for (text, kind) in [
        ("The prosecutor said the file was closed.", SpeakerKind::Unnamed),
        ("The defense minister said the file was closed.", SpeakerKind::Office),
        ("The president said the file was closed.", SpeakerKind::Office),
        ("The former governor of the bank said the file was closed.", SpeakerKind::Unnamed),
    ] {
        assert_eq!(read(text)[0].speaker, kind, "{text}");
    }
    let text = "Interior Minister Ilse Brandvold met the press. The minister said the file was closed.";
    assert_eq!(read(text).last().unwrap().speaker, SpeakerKind::Named);
}
