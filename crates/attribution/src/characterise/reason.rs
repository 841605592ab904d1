//! Why a source has no name: the words that ask for anonymity, and about whom they are.
//!
//! A reason must be about somebody who speaks. "An official said the plant was not authorized to operate" gives none,
//! nor does "the bodies were not identified": so the words are sought by their grammar, and the subject of their clause
//! is asked whether it is a person.

use std::ops::Range;

use dateline_model::Span;

use super::lexicon::LEXICON;
use super::tree::Tree;

/// A reason for anonymity as it stands: the phrase that asks for it, and the whole with its explanation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reason {
    /// Where it begins.
    pub token: usize,
    /// "on condition of anonymity"
    pub phrase: Span,
    /// "on condition of anonymity because the talks are private"
    pub whole: Span,
    /// The noun it is about, where the tree tells.
    pub about: Option<usize>,
}

/// Words between a verb of asking and the word of naming: "asked that the newspaper use only her first name".
const FAR: usize = 9;

/// All reasons for anonymity of a text, in order. Linear in the text.
pub fn reasons(tree: &Tree<'_>) -> Vec<Reason> {
    let mut all = Vec::new();
    let mut at = 0;
    while at < tree.len() {
        let sentence = tree.sentence(tree.sentence_of(at));
        let found = (!tree.quoted(at)).then(|| phrase(tree, at, sentence.end)).flatten();
        let Some((phrase, about)) = found.and_then(|phrase| Some((phrase.clone(), about(tree, &phrase)?)))
        else {
            at += 1;
            continue;
        };
        let mut to = phrase.end;
        let whole = loop {
            let mut stop = clause_end(tree, to, sentence.end);
            // "identified only by her first name, Salma, because she feared dismissal"
            if to == phrase.end
                && let Some(comma) = behind_name(tree, stop, sentence.end)
            {
                stop = comma;
            }
            // "on condition of anonymity, citing …": the explanation may stand behind a comma.
            let explains = stop + 1 < sentence.end
                && tree.word(stop) == ","
                && matches!(tree.lower(stop + 1), "citing" | "because" | "given" | "fearing" | "for" | "due")
                && to == phrase.end;
            if !explains {
                break stop;
            }
            to = stop + 1;
        };
        let start = by_rule(tree, phrase.start, sentence.start);
        all.push(Reason {
            token: phrase.start,
            phrase: tree.span(phrase.clone()),
            whole: tree.span(start..whole),
            about,
        });
        at = whole.max(phrase.end);
    }
    all
}

/// The comma behind the one name that a source has given, where an explanation follows.
fn behind_name(tree: &Tree<'_>, comma: usize, end: usize) -> Option<usize> {
    /// Tokens of "R.K." or "Anna Maria".
    const NAME: usize = 4;
    if comma + 2 >= end || tree.word(comma) != "," {
        return None;
    }
    let close = (comma + 1..end.min(comma + 2 + NAME)).find(|&at| tree.word(at) == ",")?;
    let name = (comma + 1..close).all(|at| tree.is_capitalised(at));
    let explains =
        close + 1 < end && matches!(tree.lower(close + 1), "because" | "for" | "out" | "citing" | "fearing");
    (name && close > comma + 1 && explains).then_some(close)
}

/// The words of anonymity that begin at a token.
fn phrase(tree: &Tree<'_>, at: usize, end: usize) -> Option<Range<usize>> {
    // "would not give his name", "did not want his name published": the negation opens the words.
    let opens = matches!(tree.lower(at), "would" | "did" | "do" | "does" | "could")
        && is(tree, at + 1, end, &["not", "n't"])
        && at + 2 < end;
    if opens && let Some(to) = asks(tree, at + 2, end) {
        return Some(at..to);
    }
    let to = tree
        .phrase(at, &LEXICON.reason, end)
        .or_else(|| on_condition(tree, at, end))
        .or_else(|| asks(tree, at, end))
        .or_else(|| without_leave(tree, at, end))
        .or_else(|| not_named(tree, at, end))
        .or_else(|| whose_name(tree, at, end))
        .or_else(|| bound(tree, at, end))?;
    // "who is not being identified": the verb of the clause is no part of the words.
    let copula = matches!(tree.lower(at), "was" | "were" | "is" | "are") && tree.lower(at + 1) == "not";
    Some(at + usize::from(copula)..to)
}

fn is(tree: &Tree<'_>, at: usize, end: usize, words: &[&str]) -> bool {
    at < end && words.contains(&tree.lower(at))
}

/// The end of the first word of a list from a token on, in the same clause.
fn first_of(
    tree: &Tree<'_>,
    from: usize,
    end: usize,
    list: &rustc_hash::FxHashSet<&'static str>,
) -> Option<usize> {
    let clause = (from..end.min(from + FAR)).take_while(|&at| !tree.is_mark(at) || tree.word(at) == "-");
    clause.into_iter().find(|&at| list.contains(tree.lower(at))).map(|at| at + 1)
}

/// "on the condition that her name not be used"
fn on_condition(tree: &Tree<'_>, at: usize, end: usize) -> Option<usize> {
    let the = at + 1 + usize::from(is(tree, at + 1, end, &["the"]));
    let opens = is(tree, at, end, &["on", "under"]) && is(tree, the, end, &["condition", "conditions"]);
    opens.then(|| first_of(tree, the + 1, end, &LEXICON.naming)).flatten()
}

/// "asked not to be identified", "declined to give his last name", "gave his name only as Bako".
fn asks(tree: &Tree<'_>, at: usize, end: usize) -> Option<usize> {
    let word = tree.lower(at);
    let (asking, keeping) = (LEXICON.asking.contains(word), LEXICON.keeping.contains(word));
    if !(asking || keeping) || !tree.is_verb(at) {
        return None;
    }
    let to = first_of(tree, at + 1, end, &LEXICON.naming)?;
    // "not to be identified", "be identified only by his first name", "that her name not be used"
    let clause = to..end.min(to + 5);
    let open = clause.clone().find(|&at| tree.is_mark(at) && tree.word(at) != "-").unwrap_or(clause.end);
    let between = || at + 1..open;
    let says_no = between().any(|at| {
        matches!(
            tree.lower(at),
            "not"
                | "n't"
                | "only"
                | "withheld"
                | "anonymous"
                | "anonymity"
                | "without"
                | "unidentified"
                | "unnamed"
                | "out"
                | "off"
        )
    });
    let holds = matches!(
        word,
        "declined"
            | "decline"
            | "declines"
            | "declining"
            | "refused"
            | "refuse"
            | "refuses"
            | "refusing"
            | "withheld"
            | "withhold"
            | "withholding"
    );
    // "would not give his name"
    let negated = tree.child(at, &["neg"]).is_some();
    // "gave his name as Bako" keeps nothing back; "declined to give the name of the victim" keeps another's.
    let own = (at + 1..to).all(|at| !matches!(tree.lower(at), "the" | "any" | "suspects" | "victims"))
        || matches!(tree.lower(to - 1), "anonymity" | "named" | "identified" | "quoted");
    // "gave only her first name" gives one; "gave his name only as Bako" keeps the other back.
    let partly = || is(tree, to, end, &["only", "as"]);
    if !own
        || !(says_no && (asking || !negated && (holds || partly()))
            || (keeping && (holds || negated))
            || (asking && negated))
    {
        return None;
    }
    // "identified only by her first name", "be used", "be published"
    let mut more = to..open;
    let used = more.clone().find(|&at| {
        matches!(
            tree.lower(at),
            "used" | "published" | "printed" | "disclosed" | "withheld" | "out" | "appear"
        )
    });
    let named = is(tree, to, end, &["only", "by", "solely"])
        .then(|| more.find(|&at| matches!(tree.lower(at), "name" | "initials" | "initial")))
        .flatten();
    Some(used.or(named).map_or(to, |last| last + 1))
}

/// "not authorized to speak publicly", "barred from talking to reporters", "without permission to discuss it".
fn without_leave(tree: &Tree<'_>, at: usize, end: usize) -> Option<usize> {
    let word = tree.lower(at);
    let after = match word {
        // "were n't authorized"
        "was" | "were" | "is" | "are" | "had" | "has" | "have" if is(tree, at + 1, end, &["n't"]) => {
            Some(at + 2)
        }
        "not" | "never" => Some(at + 1),
        _ => None,
    };
    let leave = if let Some(mut after) = after {
        while is(tree, after, end, &["been", "being", "yet", "formally", "officially"]) {
            after += 1;
        }
        (after < end && LEXICON.permission.contains(tree.lower(after))).then_some(after + 1)
    } else {
        match word {
            "unauthorized" | "unauthorised" => Some(at + 1),
            "barred" | "forbidden" | "prohibited" | "banned" if is(tree, at + 1, end, &["from", "to"]) => {
                Some(at + 1)
            }
            // "forbidden by protocol to speak on the record"
            "barred" | "forbidden" | "prohibited" | "banned" if is(tree, at + 1, end, &["by"]) => {
                (at + 2..end.min(at + 6)).find(|&to| is(tree, to, end, &["from", "to"]))
            }
            "lack" | "lacks" | "lacked" | "lacking" | "without"
                if is(
                    tree,
                    at + 1,
                    end,
                    &["authorization", "authorisation", "authority", "permission", "clearance"],
                ) =>
            {
                Some(at + 2)
            }
            _ => None,
        }
    }?;
    let mut to = first_of(tree, leave, end, &LEXICON.speaking)?;
    if is(tree, to, end, &["publicly", "openly"]) {
        to += 1;
    }
    Some(to)
}

/// "could not be named", "who was not identified", "would not be quoted by name".
fn not_named(tree: &Tree<'_>, at: usize, end: usize) -> Option<usize> {
    let modal = matches!(tree.lower(at), "could" | "can" | "may" | "must" | "would" | "should");
    let was = matches!(tree.lower(at), "was" | "were" | "is" | "are");
    let not = at + 1 < end && matches!(tree.lower(at + 1), "not" | "n't");
    let verb = at + 2 + usize::from(is(tree, at + 2, end, &["be", "being"]));
    let named = is(tree, verb, end, &["named", "identified", "quoted"]) && (!modal || verb > at + 2);
    // Police who do not identify a man keep his name back; "who was not identified" is said of a source.
    let relative = || at > 0 && matches!(tree.lower(at - 1), "who");
    let cannot = tree.lower(at) == "cannot"
        && is(tree, at + 1, end, &["be"])
        && is(tree, at + 2, end, &["named", "identified"]);
    if cannot {
        return Some(at + 3);
    }
    (not && named && (modal || was && relative())).then_some(verb + 1)
}

/// "bound by a confidentiality agreement"
fn bound(tree: &Tree<'_>, at: usize, end: usize) -> Option<usize> {
    if !(tree.lower(at) == "bound" && is(tree, at + 1, end, &["by"])) {
        return None;
    }
    let secret = |at: &usize| {
        matches!(
            tree.lower(*at),
            "confidentiality"
                | "nondisclosure"
                | "disclosure"
                | "secrecy"
                | "privilege"
                | "silence"
                | "privacy"
        )
    };
    let word = (at + 2..end.min(at + 8)).find(secret)?;
    let noun = is(tree, word + 1, end, &["agreement", "agreements", "rules", "order", "clause", "laws"]);
    Some(word + 1 + usize::from(noun))
}

/// "whose name is being withheld", "whose names were changed"
fn whose_name(tree: &Tree<'_>, at: usize, end: usize) -> Option<usize> {
    let opens = tree.lower(at) == "whose"
        && is(tree, at + 1, end, &["name", "names", "identity", "identities", "surname"]);
    let ends = (at + 2..end.min(at + 8)).find(|&at| {
        matches!(
            tree.lower(at),
            "withheld" | "withholding" | "changed" | "known" | "used" | "protected" | "disclosed"
        )
    });
    let known = |to: &usize| {
        tree.lower(*to) != "known" || (at..*to).any(|at| matches!(tree.lower(at), "only" | "not"))
    };
    opens.then_some(ends).flatten().filter(known).map(|to| to + 1)
}

/// "who **under army rules** could not be named": the rule right before the words is part of the reason.
fn by_rule(tree: &Tree<'_>, at: usize, first: usize) -> usize {
    let open = (first.max(at.saturating_sub(FAR))..at)
        .rev()
        .take_while(|&at| !tree.is_mark(at) && !matches!(tree.lower(at), "who" | "and" | "that"))
        .last();
    let rule = |open: &usize| {
        tree.lower(*open) == "under"
            || tree.lower(*open) == "in" && is(tree, open + 1, at, &["line", "accordance", "keeping"])
    };
    open.filter(rule).unwrap_or(at)
}

fn is_person(tree: &Tree<'_>, at: usize) -> bool {
    let word = tree.lower(at);
    let lexicon = &*LEXICON;
    lexicon.calls_somebody(word)
        || lexicon.number.contains(word)
        || super::names::is_agent_noun(word)
        || tree.tag(at).starts_with("NNP")
        || matches!(tree.tag(at), "CD" | "DT" | "WP")
}

/// About whom words of anonymity are: `Some(None)` where the tree leaves it open, `None` where it is nobody who could
/// speak here.
fn about(tree: &Tree<'_>, phrase: &Range<usize>) -> Option<Option<usize>> {
    /// Steps up the tree.
    const STEPS: usize = 10;
    let mut at = phrase
        .clone()
        .find(|&at| !phrase.contains(&tree.head(at).unwrap_or(at)) || tree.head(at).is_none())?;
    for _ in 0..STEPS {
        let subject = tree.child(at, &["nsubj", "nsubjpass"]).filter(|subject| !phrase.contains(subject));
        if let Some(subject) = subject {
            if matches!(tree.tag(subject), "WP" | "WDT" | "WP$") {
                return Some(antecedent(tree, at, phrase.start));
            }
            // "two welders, both of whom requested anonymity"
            let whom = tree.children(subject).filter(|&child| tree.lower(child) == "of");
            let mut whom = whom.filter_map(|of| tree.child(of, &["pobj"]));
            if whom.any(|at| tree.lower(at) == "whom") {
                return Some(antecedent(tree, at, phrase.start));
            }
            // "said he was not authorized": of himself.
            if matches!(tree.lower(subject), "he" | "she" | "they" | "who" | "all" | "both" | "neither")
                && tree.tag(subject) != "CD"
            {
                return Some(if tree.tag(subject) == "DT" { Some(subject) } else { None });
            }
            let told = tree.label(at) == "ccomp"
                && tree.head(at).is_some_and(|verb| tree.child(verb, &["nsubj", "nsubjpass"]).is_some());
            return (is_person(tree, subject) && !told).then_some(Some(subject));
        }
        match tree.label(at) {
            "relcl" => return Some(antecedent(tree, at, phrase.start)),
            "acl" => {
                let noun = tree.head(at)?;
                return if is_person(tree, noun) {
                    Some(Some(noun))
                } else {
                    Some(antecedent(tree, at, phrase.start))
                };
            }
            _ => match tree.head(at) {
                Some(head) => at = head,
                None => return Some(None),
            },
        }
    }
    Some(None)
}

/// The person a clause is about: the noun it hangs on, or the person that noun hangs on: "a teacher at the academy,
/// who asked".
fn antecedent(tree: &Tree<'_>, verb: usize, before: usize) -> Option<usize> {
    /// Steps up the tree.
    const STEPS: usize = 6;
    let mut at = verb;
    for _ in 0..STEPS {
        at = tree.head(at)?;
        if tree.is_noun(at) && at < before && is_person(tree, at) && !tree.tag(at).starts_with("NNP") {
            return Some(at);
        }
    }
    None
}

fn clause_end(tree: &Tree<'_>, from: usize, end: usize) -> usize {
    let stops = |at: &usize| {
        let word = tree.word(*at);
        matches!(word, "," | ";" | ":" | "." | "—" | "–" | "--" | "(" | ")" | "“" | "”" | "\"" | "!" | "?")
            || word.contains('\n')
            || (matches!(
                tree.lower(*at),
                "said"
                    | "told"
                    | "says"
                    | "confirmed"
                    | "added"
                    | "described"
                    | "wrote"
                    | "warned"
                    | "acknowledged"
            ) && (tree.tag(*at) == "VBD" || tree.tag(*at) == "VBZ"))
    };
    (from..end).find(stops).unwrap_or(end)
}
