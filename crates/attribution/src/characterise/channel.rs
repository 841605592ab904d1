//! Through whom a statement came, to whom it was made, and on what occasion.

use std::ops::Range;

use dateline_model::{Occasion, OccasionKind, Span};

use super::Outlets;
use super::lexicon::LEXICON;
use super::names::name_run;
use super::tree::Tree;

/// Who was told.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Told {
    /// The newsroom that obtained it.
    pub outlet: Option<Span>,
    /// Somebody else: "reporters".
    pub addressee: Option<(usize, Span)>,
}

/// Verbs whose object is told something.
const TELLS: [&str; 14] = [
    "told",
    "tell",
    "tells",
    "telling",
    "informed",
    "assured",
    "warned",
    "advised",
    "notified",
    "briefed",
    "reminded",
    "promised",
    "asked",
    "addressed",
];

/// The newsroom that the noun phrase on a token names, by its bytes.
pub fn outlet_at(tree: &Tree<'_>, outlets: &Outlets<'_>, noun: usize) -> Option<Span> {
    let lexicon = &*LEXICON;
    if !tree.is_noun(noun) {
        return None;
    }
    let name = name_run(tree, noun);
    if !tree.is_capitalised(noun) {
        // "the broadcaster Radio Vesna"; a newsroom without its name is none that can be credited.
        let appos = tree.child(noun, &["appos"]).filter(|_| lexicon.newsroom.contains(tree.lower(noun)))?;
        return tree.is_capitalised(appos).then(|| tree.span(name_run(tree, appos)));
    }
    // "the newspaper Al-Manara", "The Swiss newspaper Der Anzeiger"
    let called = (name.start.saturating_sub(2)..name.start)
        .any(|at| lexicon.newsroom.contains(tree.lower(at)))
        || tree.children(noun).any(|child| child < noun && lexicon.newsroom.contains(tree.lower(child)));
    let written = |run: Range<usize>| tree.span(run).of(tree.text).unwrap_or_default();
    // The longest part of the run that the registry knows: "Thursday Reuters" may stand together.
    if let Some(start) = name.clone().find(|&at| {
        outlets.knows(written(at..name.end))
            || (at > 0 && tree.lower(at - 1) == "the" && outlets.knows(written(at - 1..name.end)))
    }) {
        return Some(tree.span(start..name.end));
    }
    let start = if called {
        let noun = name.clone().rev().find(|&at| {
            lexicon.newsroom.contains(tree.lower(at)) && at + 1 < name.end && !tree.is_capitalised(at)
        });
        noun.map_or(name.start, |at| at + 1)
    } else {
        name.start
    };
    let words = (start..name.end).filter(|&at| !tree.is_mark(at)).count();
    let last = tree.lower(name.end - 1);
    let first = tree.lower(start);
    let newsroom = lexicon.newsroom_name.contains(last)
        || matches!(first, "radio" | "channel" | "tv")
        || (start..name.end).any(|at| matches!(tree.lower(at), "news" | "radio" | "tv" | "times" | "herald"));
    let person = lexicon.forenames.contains_key(first) && words > 1;
    // "told The Sideline": a capital "The" inside a sentence belongs to a title, as papers' names have it.
    let titled = start > 0
        && tree.word(start - 1) == "The"
        && start - 1 > tree.sentence(tree.sentence_of(noun)).start
        && !lexicon.office.contains(last)
        && !tree.is_capitalised(start.saturating_sub(2));
    (titled || called || (words >= 2 && newsroom && !person)).then(|| tree.span(start..name.end))
}

/// Who was told, by the objects of a cue verb: "told Reuters", "confirmed the arrest to Radio Vesna", "told reporters".
pub fn told(tree: &Tree<'_>, outlets: &Outlets<'_>, verb: usize) -> Told {
    let mut told = Told::default();
    let mut see = |noun: usize, direct: bool| {
        if let Some(outlet) = outlet_at(tree, outlets, noun) {
            told.outlet = told.outlet.or(Some(outlet));
        } else if direct && told.addressee.is_none() && (tree.is_noun(noun)) {
            told.addressee = Some((noun, tree.span(with_article(tree, noun)..noun + 1)));
        }
    };
    let tells = TELLS.contains(&tree.lower(verb));
    let to = |at: usize| {
        let to = tree.children(at).find(|&inner| tree.lower(inner) == "to")?;
        tree.child(to, &["pobj"])
    };
    for child in tree.children(verb) {
        match tree.label(child) {
            "dobj" | "dative" | "npadvmod" | "oprd" if child > verb && tree.is_noun(child) => {
                see(child, tells && tree.label(child) != "npadvmod");
                // "confirmed the arrest to Radio Vesna" with "to" hung on the arrest
                if let Some(object) = to(child).filter(|_| !tells) {
                    see(object, false);
                }
            }
            // "told Meridian Wire the chairman plans …": the outlet may be taken for the next clause's subject.
            "ccomp" if tells => {
                let subject = tree.child(child, &["nsubj", "nsubjpass"]);
                if let Some(subject) = subject.filter(|&subject| tree.reach(subject).start == verb + 1) {
                    see(subject, false);
                }
            }
            "prep" | "dative" => {
                let Some(object) = tree.child(child, &["pobj"]) else { continue };
                let word = tree.lower(object);
                // "In a letter to the board"
                if let Some(addressee) = to(object).filter(|_| LEXICON.occasions["letter"].contains(word)) {
                    see(addressee, true);
                } else if matches!(tree.lower(child), "to" | "with") {
                    let person = LEXICON.person.contains(word) || LEXICON.people.contains(word);
                    see(object, person && tree.lower(child) == "to");
                }
            }
            // "Speaking to reporters in Geneva"
            "advcl" if matches!(tree.lower(child), "speaking" | "talking" | "writing") => {
                if let Some(object) = to(child) {
                    see(object, true);
                }
            }
            // "was told by": those who were told stand as the subject.
            "nsubjpass" if tells && tree.child(verb, &["agent"]).is_some() => see(child, true),
            _ => {}
        }
    }
    // The words right behind "told" where the tree does not say whose they are.
    if tells && told.outlet.is_none() {
        let sentence = tree.sentence(tree.sentence_of(verb));
        let mut end = verb + 1;
        if end < sentence.end && tree.lower(end) == "the" {
            end += 1;
        }
        let start = end;
        while end < sentence.end && tree.is_capitalised(end) && end - start < 6 {
            end += 1;
        }
        if end > start {
            let found = (start + 1..=end).rev().find_map(|end| outlet_at(tree, outlets, end - 1));
            told.outlet = found;
        }
    }
    let outlet = told.outlet;
    told.addressee = told.addressee.filter(|(_, span)| {
        // "Channel 9 News" is one name, however it hangs in the tree.
        outlet.is_none_or(|outlet| !outlet.overlaps(*span) && span.end + 1 != outlet.start)
    });
    told
}

fn with_article(tree: &Tree<'_>, noun: usize) -> usize {
    tree.reach(noun).start.max(noun.saturating_sub(6))
}

/// An outlet that stands with the source or its verb: "in an interview with X", "documents seen by X".
pub fn obtained_by(tree: &Tree<'_>, outlets: &Outlets<'_>, within: Range<usize>) -> Option<Span> {
    const VERBS: [&str; 14] = [
        "seen",
        "obtained",
        "reviewed",
        "polled",
        "interviewed",
        "quoted",
        "cited",
        "surveyed",
        "viewed",
        "examined",
        "contacted",
        "reached",
        "shared",
        "conducted",
    ];
    for at in within.clone() {
        let word = tree.lower(at);
        if VERBS.contains(&word)
            && let Some(by) = tree.children(at).find(|&child| {
                matches!(tree.label(child), "agent" | "prep") && matches!(tree.lower(child), "by" | "with")
            })
            && let Some(object) = tree.child(by, &["pobj"])
            && let Some(outlet) = outlet_at(tree, outlets, object)
        {
            return Some(outlet);
        }
        if matches!(
            word,
            "interview"
                | "interviews"
                | "statement"
                | "email"
                | "remarks"
                | "comments"
                | "call"
                | "conversation"
                | "message"
                | "spoke"
                | "speaking"
                | "talked"
                | "appearing"
                | "letter"
        ) && let Some(outlet) = tree
            .children(at)
            .filter(|&child| matches!(tree.lower(child), "with" | "to" | "on" | "for"))
            .find_map(|with| outlet_at(tree, outlets, tree.child(with, &["pobj"])?))
        {
            return Some(outlet);
        }
    }
    None
}

const KINDS: [(OccasionKind, &str); 8] = [
    (OccasionKind::Interview, "interview"),
    (OccasionKind::NewsConference, "news_conference"),
    (OccasionKind::Statement, "statement"),
    (OccasionKind::Post, "post"),
    (OccasionKind::CourtFiling, "court_filing"),
    (OccasionKind::Testimony, "testimony"),
    (OccasionKind::Speech, "speech"),
    (OccasionKind::Letter, "letter"),
];

fn kind_of(word: &str) -> Option<OccasionKind> {
    KINDS
        .iter()
        .find(|(_, name)| LEXICON.occasions.get(name).is_some_and(|words| words.contains(word)))
        .map(|(kind, _)| *kind)
}

/// The occasion of a statement: what hangs on its cue verb as a preposition, the verb itself, or who was told.
pub fn occasion(
    tree: &Tree<'_>,
    verb: Option<usize>,
    told: &Told,
    source: &Range<usize>,
) -> Option<Occasion> {
    let found = |kind, run: Range<usize>| Some(Occasion { kind, span: tree.span(run) });
    let verb = verb?;
    let preps = |of: usize| {
        tree.children(of).filter(|&child| tree.label(child) == "prep" || tree.label(child) == "pcomp")
    };
    let mut all: Vec<usize> = preps(verb).collect();
    // "wrote in a post on X", "said, speaking at a rally", "spoke on television"
    for child in tree.children(verb) {
        if matches!(tree.label(child), "advcl" | "dobj" | "xcomp" | "acl" | "npadvmod" | "attr")
            && !source.contains(&child)
            && child.abs_diff(verb) < 40
            && (tree.is_noun(child) || matches!(tree.tag(child), "VBG"))
        {
            all.extend(preps(child));
        }
    }
    for prep in all {
        if !matches!(tree.lower(prep), "in" | "at" | "on" | "by" | "during" | "through" | "via" | "over") {
            continue;
        }
        let Some(object) = tree.child(prep, &["pobj"]) else { continue };
        let word = tree.lower(object);
        let before = (object > 0).then(|| format!("{} {word}", tree.lower(object - 1)));
        let kind = before.as_deref().and_then(kind_of).or_else(|| {
            // "on X" is the network only as a name, "on background" none.
            let name =
                matches!(word, "x" | "threads" | "post") && !(tree.is_capitalised(object) || word == "post");
            kind_of(word).filter(|_| !name)
        });
        if let Some(kind) = kind {
            // "at a news conference in Niamey"; a relative clause about it goes too far.
            let mut end = object + 1;
            for child in tree.children(object).filter(|&child| child > object) {
                if !matches!(tree.label(child), "prep") {
                    break;
                }
                end = tree.reach(child).end;
            }
            while end > object + 1 && tree.is_mark(end - 1) {
                end -= 1;
            }
            return found(kind, prep..end);
        }
    }
    let word = tree.lower(verb);
    if matches!(word, "tweeted" | "tweets" | "retweeted" | "posted" | "posts" | "tweet") {
        return found(OccasionKind::Post, verb..verb + 1);
    }
    if matches!(word, "testified" | "testifies" | "testify") {
        return found(OccasionKind::Testimony, verb..verb + 1);
    }
    if let Some((noun, _)) = told.addressee {
        let kind = match tree.lower(noun) {
            "reporters" | "journalists" | "briefing" | "conference" => Some(OccasionKind::NewsConference),
            "lawmakers" | "senators" | "legislators" | "court" | "judge" | "jurors" | "jury"
            | "parliament" | "congress" | "committee" | "deputies" | "tribunal" | "inquiry" => {
                Some(OccasionKind::Testimony)
            }
            "supporters" | "rally" | "crowd" | "audience" | "delegates" => Some(OccasionKind::Speech),
            _ => None,
        };
        if let Some(kind) = kind {
            return found(kind, verb.min(noun)..verb.max(noun) + 1);
        }
    }
    // "Speaking to reporters in Geneva"
    for child in tree.children(verb).filter(|&child| {
        tree.label(child) == "advcl"
            && matches!(tree.lower(child), "speaking" | "addressing" | "talking" | "testifying")
    }) {
        let object = tree.children(child).find_map(|inner| match tree.label(inner) {
            "prep" => tree.child(inner, &["pobj"]),
            "dobj" => Some(inner),
            _ => None,
        });
        let kind = object.map(|object| tree.lower(object)).map(|word| match word {
            "reporters" | "journalists" => OccasionKind::NewsConference,
            "lawmakers" | "court" | "parliament" | "committee" => OccasionKind::Testimony,
            _ => OccasionKind::Speech,
        });
        if let Some(kind) = kind
            && (kind != OccasionKind::Speech || tree.lower(child) == "addressing")
        {
            let end = tree.reach(child).end;
            return found(kind, child..trim_marks(tree, child, end));
        }
    }
    // "the indictment says"
    let document = source.clone().find(|&at| {
        matches!(
            tree.lower(at),
            "indictment" | "lawsuit" | "complaint" | "affidavit" | "filing" | "filings" | "suit"
        )
    });
    if let Some(at) = document {
        return found(OccasionKind::CourtFiling, with_article(tree, at)..at + 1);
    }
    None
}

fn trim_marks(tree: &Tree<'_>, from: usize, mut end: usize) -> usize {
    while end > from + 1 && tree.is_mark(end - 1) {
        end -= 1;
    }
    end
}
