//! What is a statement: what the tagger takes for one may be something that somebody does, undergoes or asks for.

use dateline_model::CueClass;

use super::chains::Item;
use super::lexicon::LEXICON;
use super::reason::Reason;
use super::tree::Tree;

/// False for what the tagger takes for a statement and is none: "who would discuss the episode only in exchange for
/// anonymity", "All told, 212 homes lost their roofs", "two people privy to the deliberations".
pub fn states(tree: &Tree<'_>, item: &Item, reasons: &[Reason]) -> bool {
    let asks = matches!(tree.tag(item.head), "WP" | "WDT")
        && item.content.iter().any(|span| reasons.iter().any(|reason| reason.whole.overlaps(*span)));
    let told = matches!(tree.lower(item.head), "all")
        && item.cue.first().is_some_and(|&cue| tree.lower(cue) == "told");
    let verbless = item.cue.iter().all(|&at| {
        matches!(tree.tag(at), "JJ" | "IN" | "TO")
            && !matches!(tree.lower(at), "according" | "per" | "in" | "of" | "to" | "as" | "for")
            || matches!(tree.lower(at), "to" | "with" | "of" | "about" | "for") && item.cue.len() > 1
    });
    let verb = item.cue.iter().copied().find(|&at| tree.is_verb(at) && !tree.label(at).starts_with("aux"));
    // "The official, later identified as …", "The negotiator, asked again, said": what was done to them.
    let undergoes = verb.is_some_and(|at| {
        let noun = tree.head(at).filter(|noun| item.source.contains(noun) && tree.label(*noun) != "ROOT");
        let alleged =
            |noun: usize| super::places::closes(tree, noun, at) || tree.child(at, &["agent"]).is_some();
        tree.tag(at) == "VBN" && tree.label(at) == "acl" && noun.is_some_and(|noun| !alleged(noun))
    });
    // "said a person who has read the draft": reading it says nothing.
    let aside = verb.is_some_and(|at| {
        let reach = tree.reach(at);
        tree.label(at) == "relcl"
            && tree.child(at, &["agent"]).is_none()
            && super::places::between(tree, at).is_none()
            && !item.runs(tree).into_iter().flatten().any(|token| reach.contains(&token))
    });
    // "The diamond, said to be cursed": nobody is said to say it.
    let hearsay = item.cue.last().is_some_and(|&at| {
        let is = |at: usize, words: &[&str]| at < tree.len() && words.contains(&tree.lower(at));
        is(at, &["said", "reported", "rumored", "thought", "believed"])
            && is(at + 1, &["to"])
            && is(at + 2, &["be", "have"])
            && item.cue.len() == 1
    });
    // "The crews have said this for weeks": what is said stands elsewhere.
    let mut said = item.runs(tree).into_iter().flatten();
    let elsewhere = said.next().is_some_and(|first| {
        matches!(tree.lower(first), "that" | "this" | "these" | "those")
            && !tree.quoted(first)
            && said.all(|at| !tree.is_verb(at) && !tree.is_noun(at) || tree.label(at) == "pobj")
    });
    // "The levy – or as the cabinet calls it, the shared rules – was put on hold": a name for a thing says nothing of it.
    let names = verb.is_some_and(|at| {
        matches!(tree.lower(at), "call" | "calls" | "called")
            && tree.children(at).any(|child| child < at && tree.lower(child) == "as")
    });
    let reportedly = item.cue.iter().any(|&at| matches!(tree.lower(at), "reportedly" | "allegedly"));
    !(undergoes
        || aside
        || hearsay
        || reportedly
        || elsewhere
        || names
        || verb.is_some_and(|at| turns_down(tree, at))
        || does_more(tree, item, verb)
        || asks
        || told
        || verbless && item.cue.iter().any(|&at| tree.tag(at) == "JJ"))
}

/// "A caretaker found the door locked", "The tenant pleaded guilty to two counts": a verb that says something in some of
/// its uses only, and here says neither a clause nor a quotation.
fn does_more(tree: &Tree<'_>, item: &Item, verb: Option<usize>) -> bool {
    const NAMES: [&str; 14] = [
        "called",
        "calls",
        "describe",
        "describes",
        "described",
        "put",
        "puts",
        "cited",
        "citing",
        "quoted",
        "quoting",
        "welcomed",
        "condemned",
        "criticized",
    ];
    let lexicon = &*LEXICON;
    let Some(verb) = verb else { return false };
    let word = tree.lower(verb);
    let plain = item.cue.iter().any(|&at| lexicon.cues.get(tree.lower(at)).is_some_and(|cue| cue.plain));
    let held = item.cue.iter().any(|&at| lexicon.withholding.contains(tree.lower(at)));
    if matches!(
        word,
        "shouted" | "shouts" | "yelled" | "asked" | "asks" | "issued" | "whispered" | "exchanged"
    ) && is_thing(tree, item, verb)
    {
        return true;
    }
    if plain || held || NAMES.contains(&word) {
        return false;
    }
    let quoted = || item.runs(tree).into_iter().flatten().any(|at| tree.quoted(at));
    let any = |fits: &dyn Fn(usize) -> bool| item.runs(tree).into_iter().flatten().any(fits);
    // What somebody finds is said where a clause says it: "found that the door was locked", not "found the door locked".
    if matches!(word, "found" | "find" | "finds") {
        return !quoted() && !any(&|at| matches!(tree.tag(at), "VBD" | "VBZ" | "VBP" | "MD"));
    }
    let negated = tree.child(verb, &["neg"]).is_some();
    // Rulings, denials, hopes and intentions are put in plain objects.
    let puts =
        |class| matches!(class, CueClass::Deny | CueClass::Intend | CueClass::State | CueClass::Suggest);
    let other = lexicon.cues.get(word).is_none_or(|cue| !puts(cue.class));
    let clause = tree.child(verb, &["ccomp"]).is_some();
    // A quotation, or a clause with a subject of its own.
    let subject = |at: usize| {
        let relative = tree.head(at).is_some_and(|head| matches!(tree.label(head), "relcl" | "acl"));
        matches!(tree.label(at), "nsubj" | "nsubjpass") && !relative
    };
    let says = || clause || quoted() || any(&subject);
    other && !negated && !says()
}

/// "The council rejected the budget", "The court dismissed the appeal": what is turned down is no claim, and nothing is said.
fn turns_down(tree: &Tree<'_>, verb: usize) -> bool {
    const CLAIMS: [&str; 39] = [
        "concern",
        "concerns",
        "fears",
        "complaint",
        "complaints",
        "questions",
        "comparisons",
        "claim",
        "claims",
        "allegation",
        "allegations",
        "accusation",
        "accusations",
        "charge",
        "charges",
        "suggestion",
        "suggestions",
        "notion",
        "idea",
        "ideas",
        "criticism",
        "criticisms",
        "report",
        "reports",
        "assertion",
        "assertions",
        "argument",
        "arguments",
        "characterization",
        "contention",
        "theory",
        "theories",
        "version",
        "account",
        "accounts",
        "rumors",
        "rumours",
        "talk",
        "speculation",
    ];
    matches!(
        tree.lower(verb),
        "rejected" | "rejects" | "reject" | "dismissed" | "dismisses" | "dismiss" | "refused"
    ) && tree
        .child(verb, &["dobj"])
        .is_some_and(|object| object > verb && !tree.quoted(object) && !CLAIMS.contains(&tree.lower(object)))
        && tree.child(verb, &["ccomp", "prep"]).is_none_or(|other| tree.lower(other) != "as")
}

/// "Reporters shouted questions", "the palace issued a denial": what is uttered is named, and not told.
fn is_thing(tree: &Tree<'_>, item: &Item, verb: usize) -> bool {
    let object = tree.child(verb, &["dobj"]).is_some_and(|object| object > verb);
    let mut words = item.runs(tree).into_iter().flatten();
    object && words.all(|at| !tree.quoted(at) && !tree.is_verb(at))
}

/// "Nobody expected the verdict", "No official would say": what nobody says is no statement.
pub fn is_nobody(tree: &Tree<'_>, head: usize) -> bool {
    matches!(tree.lower(head), "nobody" | "none")
        || tree
            .children(head)
            // "No fewer than seven traders" are some.
            .any(|child| {
                let counts = || matches!(tree.lower(child + 1), "fewer" | "less" | "more");
                child < head && tree.label(child) == "det" && tree.lower(child) == "no" && !counts()
            })
}
