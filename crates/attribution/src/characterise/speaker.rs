//! Speakers as noun phrases: a pronoun, some of a group, or a noun that calls somebody.

use std::ops::Range;

use dateline_model::SpeakerKind;

use super::Outlets;
use super::lexicon::{Gender, LEXICON};
use super::named::stated_name;
use super::tree::Tree;

/// A noun phrase as a speaker.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Speaker {
    /// What the phrase hangs on in the tree: "One" in "One of the officials".
    pub head: usize,
    /// The noun that says what it is: "officials".
    pub noun: usize,
    /// What kind of speaker, by its own words.
    pub kind: SpeakerKind,
    /// "he", "they", "who": another phrase says who that is.
    pub pronoun: bool,
    /// True where several are meant.
    pub plural: bool,
    /// True where the name is one of several: "Tomas Greve and Anna Lind".
    pub joint: bool,
    /// "he" or "she", where a title or a given name tells.
    pub gender: Option<Gender>,
    /// True where a determiner points back: "the official".
    pub definite: bool,
    /// "One of …", "two of the …".
    pub partitive: bool,
    /// The words of the name.
    pub name: Option<Range<usize>>,
    /// The words that say what a named person is: "Defense Secretary", "The bank's chairman".
    pub role: Option<Range<usize>>,
    /// The phrase without clauses about it.
    pub phrase: Range<usize>,
}

/// The most tokens a phrase is looked at: longer ones are parsed wrongly.
pub const LONGEST: usize = 60;

/// "a third", "the fourth": one more of those told of before.
pub fn is_ordinal(word: &str) -> bool {
    matches!(
        word,
        "first"
            | "second"
            | "third"
            | "fourth"
            | "fifth"
            | "sixth"
            | "seventh"
            | "eighth"
            | "ninth"
            | "tenth"
            | "eleventh"
            | "twelfth"
    )
}

impl Speaker {
    /// Reads the phrase that hangs on a token; `None` where it is no noun phrase.
    pub fn read(tree: &Tree<'_>, outlets: &Outlets<'_>, head: usize) -> Option<Self> {
        let tag = tree.tag(head);
        let phrase = phrase(tree, head);
        let mut speaker = Self {
            head,
            noun: head,
            kind: SpeakerKind::Unnamed,
            pronoun: false,
            plural: false,
            joint: false,
            gender: None,
            definite: false,
            partitive: false,
            name: None,
            role: None,
            phrase,
        };
        if matches!(tag, "PRP" | "WP" | "WDT")
            || (tag == "DT"
                && tree.child(head, &["prep", "acl", "relcl"]).is_none()
                && matches!(tree.lower(head), "both" | "all" | "neither"))
        {
            speaker.pronoun = true;
            speaker.plural = matches!(tree.lower(head), "they" | "we" | "both" | "all" | "them" | "neither");
            speaker.gender = match tree.lower(head) {
                "he" | "him" => Some(Gender::Male),
                "she" | "her" => Some(Gender::Female),
                _ => None,
            };
            // "he and many of his supporters"
            if tree.child(head, &["conj"]).is_some_and(|other| tree.is_noun(other) || tree.tag(other) == "JJ")
            {
                speaker.plural = true;
            }
            // Whom "he" means may be left open; it is seldom somebody who has no name.
            speaker.kind = match tree.lower(head) {
                _ if speaker.plural => SpeakerKind::UnnamedGroup,
                "it" => SpeakerKind::Office,
                // The author of a column has a byline.
                "he" | "she" | "i" => SpeakerKind::Named,
                _ => SpeakerKind::Unnamed,
            };
            return Some(speaker);
        }
        // "All three spoke on condition of anonymity", "the two": those told of before.
        let counted = tree.tag(head) == "CD"
            && tree.lower(head) != "one"
            && !tree.word(head).starts_with(|c: char| c.is_ascii_digit());
        let all = tree.children(head).any(|child| {
            child < head && matches!(tree.lower(child), "all" | "the" | "both" | "these" | "those")
        });
        if counted && all && tree.child(head, &["prep", "acl", "relcl", "conj"]).is_none() {
            speaker.pronoun = true;
            speaker.plural = true;
            speaker.definite = true;
            speaker.kind = SpeakerKind::UnnamedGroup;
            return Some(speaker);
        }
        // "one of the officials", "two of the people": what they are stands behind "of". "a third said": one more.
        let ordinal = is_ordinal(tree.lower(head));
        if !tree.is_noun(head) || LEXICON.number.contains(tree.lower(head)) || ordinal {
            let of = tree.children(head).find(|&child| child > head && tree.lower(child) == "of");
            let noun = of.and_then(|of| tree.child(of, &["pobj"]));
            speaker.partitive = noun.is_some();
            if let Some(noun) = noun {
                // "dozens of officials" are not some of them.
                speaker.partitive =
                    tree.child(noun, &["det", "poss"]).is_some() || matches!(tree.tag(noun), "PRP");
                speaker.noun = noun;
            }
            // "the older of the two", "the younger"
            let compared = matches!(tag, "JJR" | "JJS")
                && !LEXICON.number.contains(tree.lower(head))
                && !matches!(tree.lower(head), "more" | "fewer" | "less" | "least")
                && tree.child(head, &["det"]).is_some();
            let one = ordinal || compared || matches!(tree.lower(head), "one" | "another" | "each" | "other");
            speaker.plural = !one
                && (noun.is_some()
                    || !matches!(tree.tag(head), "CD" | "DT" | "JJ")
                    || tree.lower(head) != "other");
            if !one && matches!(tree.lower(head), "other" | "another") {
                speaker.plural = false;
            }
            if noun.is_none() && !matches!(tag, "CD" | "DT" | "JJ" | "NN" | "NNS" | "JJR" | "JJS") {
                return None;
            }
            speaker.kind = if speaker.plural { SpeakerKind::UnnamedGroup } else { SpeakerKind::Unnamed };
            // "several of the most recent surveys", "one of the reports"
            if let Some(of) = noun.filter(|&noun| tree.is_noun(noun)) {
                let word = tree.lower(of);
                if LEXICON.poll.contains(word) {
                    speaker.kind = SpeakerKind::Poll;
                } else if LEXICON.document.contains(word) && !LEXICON.person.contains(word) {
                    speaker.kind = SpeakerKind::Document;
                }
            }
            return Some(speaker);
        }
        speaker.definite = tree.children(head).any(|child| {
            (tree.label(child) == "det"
                && matches!(tree.lower(child), "the" | "this" | "that" | "these" | "those"))
                || tree.label(child) == "poss"
        });
        let joined = tree.children(head).any(|child| {
            child > head
                && tree.label(child) == "conj"
                && speaker.phrase.contains(&child)
                && tree.is_noun(child)
        });
        let many = matches!(tag, "NNS" | "NNPS")
            || LEXICON.people.contains(tree.lower(head)) && !LEXICON.person.contains(tree.lower(head));
        // "neither side": two, in the singular.
        let each =
            tree.children(head).any(|child| child < head && matches!(tree.lower(child), "neither" | "both"));
        speaker.plural = many || joined || each;
        // "a small group of donors", "63 percent of voters": those in it.
        let crowd = matches!(
            tree.lower(head),
            "group"
                | "number"
                | "handful"
                | "couple"
                | "series"
                | "majority"
                | "minority"
                | "crowd"
                | "pair"
                | "trio"
                | "%"
                | "percent"
        );
        let of =
            tree.children(head).find(|&child| child > head && tree.lower(child) == "of").filter(|_| crowd);
        let members = of.and_then(|of| tree.child(of, &["pobj"])).filter(|&noun| {
            LEXICON.people.contains(tree.lower(noun))
                || matches!(tree.tag(noun), "NNS" | "NNPS") && !LEXICON.office.contains(tree.lower(noun))
        });
        if let Some(members) = members {
            speaker.noun = members;
            speaker.plural = true;
            speaker.definite = false;
            // Who is counted in percent was polled.
            let polled = matches!(tree.lower(head), "%" | "percent");
            speaker.kind = if polled { SpeakerKind::Poll } else { SpeakerKind::UnnamedGroup };
            return Some(speaker);
        }
        speaker.kind = speaker.kind_of(tree, outlets);
        if speaker.kind == SpeakerKind::Unnamed
            && !joined
            && let Some(name) = stated_name(tree, &speaker.phrase)
        {
            speaker.take_name(tree, name);
            speaker.kind = SpeakerKind::Named;
        }
        if joined && speaker.kind == SpeakerKind::Named {
            // Each of "Tomas Greve and Anna Lind" is one.
            speaker.plural = many;
        }
        speaker.joint = speaker.kind == SpeakerKind::Named && (joined || tree.label(head) == "conj");
        if joined && speaker.kind == SpeakerKind::Unnamed {
            speaker.kind = SpeakerKind::UnnamedGroup;
        }
        Some(speaker)
    }
}

/// The words of the phrase on a token, without the clauses about it.
pub fn phrase(tree: &Tree<'_>, head: usize) -> Range<usize> {
    let reach = tree.reach(head);
    let mut start = reach.start.max(head.saturating_sub(LONGEST));
    // What a comma or a quotation mark parts off before the noun is no part of it.
    for at in (start..head).rev() {
        if tree.is_mark(at) && !matches!(tree.word(at), "-" | "$" | "'" | "’") || tree.lower(at) == "\n" {
            start = at + 1;
            break;
        }
    }
    // "declined to indict officer Daniel Wells": a verb that the grammar takes for a part of the name.
    let according = |to: usize| to > 0 && tree.lower(to - 1) == "according";
    let infinitive = |at: usize| tree.lower(at) == "to" && !according(at);
    let behind = start.checked_sub(1).is_some_and(|at| tree.tag(at) == "MD" || infinitive(at));
    let verb = matches!(tree.tag(start), "VB" | "NN") && !LEXICON.calls_somebody(tree.lower(start));
    if start < head && behind && verb && tree.tag(head) == "NNP" {
        start += 1;
    }
    let mut end = head + 1;
    let after: Vec<usize> = tree.children(head).filter(|&child| child > head).collect();
    for (index, &child) in after.iter().enumerate() {
        let label = tree.label(child);
        let appos_next =
            after.get(index + 1).is_some_and(|&next| matches!(tree.label(next), "appos" | "conj"));
        let stays = match label {
            "punct" => appos_next && matches!(tree.word(child), "," | "-"),
            "relcl" | "advcl" | "parataxis" | "ccomp" | "nsubj" => false,
            "acl" => {
                tree.tag(child) == "VBN" || tree.tag(child) == "VBG" || tree.tag(child).starts_with("JJ")
            }
            _ => true,
        };
        if !stays {
            break;
        }
        if label != "punct" {
            end = tree.reach(child).end.min(head + LONGEST).max(end);
        }
    }
    while end > head + 1 && tree.is_mark(end - 1) {
        end -= 1;
    }
    start..end
}
