//! How strongly a cue puts what was said, and how certain the content is put.

use dateline_model::{Certainty, CueClass};

use super::lexicon::LEXICON;
use super::tree::Tree;

/// How a cue puts it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Put {
    /// The verb that does.
    pub verb: Option<usize>,
    /// How strongly.
    pub class: CueClass,
    /// True where the cue is negated.
    pub negated: bool,
}

/// Reads the cue that stands in these tokens.
pub fn put(tree: &Tree<'_>, cue: &[usize]) -> Put {
    let lexicon = &*LEXICON;
    let says = Put { verb: None, class: CueClass::Say, negated: false };
    let verbs = || cue.iter().copied().filter(|&at| tree.is_verb(at) || tree.label(at) == "ROOT");
    let known = |at: &usize| {
        lexicon.cues.contains_key(tree.lower(*at)) || lexicon.withholding.contains(tree.lower(*at))
    };
    // The verb the others hang on.
    let depth = |at: usize| {
        let (mut at, mut depth) = (at, 0);
        while let Some(head) = tree.head(at).filter(|head| cue.contains(head) && depth < 20) {
            (at, depth) = (head, depth + 1);
        }
        depth
    };
    let top = verbs().filter(known).min_by_key(|&at| (depth(at), at));
    let Some(verb) = top.or_else(|| verbs().min_by_key(|&at| (depth(at), at))) else {
        let class = cue.iter().find_map(|&at| noun_class(tree.lower(at)));
        return Put { class: class.unwrap_or(CueClass::Say), ..says };
    };
    let word = tree.lower(verb);
    let mut negated = is_negated(tree, verb);
    let mut main = verb;
    if lexicon.withholding.contains(word) {
        negated = true;
        // "declined to confirm": what was kept back is the class.
        if let Some(inner) =
            tree.child(verb, &["xcomp", "ccomp"]).filter(|&at| lexicon.cues.contains_key(tree.lower(at)))
        {
            main = inner;
        }
    }
    // "neither confirms nor denies": the first of the two verbs, negated as both are.
    let joined = tree
        .head(main)
        .filter(|&head| tree.label(main) == "conj" && lexicon.cues.contains_key(tree.lower(head)));
    if let Some(first) = joined.filter(|&head| tree.children(head).any(|at| tree.lower(at) == "neither")) {
        (main, negated) = (first, true);
    }
    let found = lexicon.cues.get(tree.lower(main)).map(|cue| cue.class);
    // "admitted" of a hospital, "expected" of a train: a verb that is no cue here says no more than "said".
    let class = found.unwrap_or(CueClass::Say);
    Put { verb: Some(verb), class, negated }
}

/// What a noun that stands as a cue says: "in his denial", "her warning that".
fn noun_class(word: &str) -> Option<CueClass> {
    Some(match word {
        "denial" | "denials" => CueClass::Deny,
        "claim" | "claims" | "allegation" | "allegations" | "accusation" | "accusations" => CueClass::Claim,
        "warning" | "warnings" | "prediction" | "forecast" | "expectation" | "expectations" => {
            CueClass::Predict
        }
        "plan" | "plans" | "vow" | "pledge" | "promise" | "threat" | "threats" | "intention" => {
            CueClass::Intend
        }
        "admission" => CueClass::Admit,
        "confirmation" => CueClass::Confirm,
        "announcement" | "declaration" | "finding" | "findings" | "decision" | "ruling" => CueClass::State,
        "belief" | "suggestion" | "suspicion" | "fear" | "fears" | "view" | "views" | "opinion" => {
            CueClass::Suggest
        }
        _ => return None,
    })
}

/// True where a verb is negated: by itself, its auxiliary, or its subject ("nobody", "neither side").
pub fn is_negated(tree: &Tree<'_>, verb: usize) -> bool {
    tree.children(verb).any(|child| {
        let word = tree.lower(child);
        match tree.label(child) {
            // "not" in the words that are said is theirs.
            "neg" => tree.quoted(child) == tree.quoted(verb),
            "nsubj" | "nsubjpass" => {
                matches!(word, "nobody" | "none" | "nothing" | "neither" | "no")
                    || tree.children(child).any(|det| {
                        let counts = || matches!(tree.lower(det + 1), "fewer" | "less" | "more");
                        det < child && matches!(tree.lower(det), "no" | "neither") && !counts()
                    })
            }
            // "had no plans", "said nothing"
            "dobj" | "attr" => {
                matches!(word, "nothing" | "none" | "nobody")
                    || tree.children(child).any(|det| det < child && tree.lower(det) == "no")
            }
            "expl" | "advmod" | "preconj" | "cc" => matches!(word, "never" | "neither" | "nor" | "hardly"),
            _ => false,
        }
    })
}

/// How certain a content is put, and whether its main verb is negated.
pub fn content(tree: &Tree<'_>, content: std::ops::Range<usize>) -> (Certainty, bool) {
    // The token that the others hang on, and the verb it is of.
    let outside = |at: &usize| tree.head(*at).is_none_or(|head| !content.contains(&head));
    let heads: Vec<usize> = content.clone().filter(outside).filter(|&at| !tree.is_mark(at)).take(8).collect();
    let verb_in = |at: usize| tree.is_verb(at) || matches!(tree.tag(at), "MD");
    // "It should be … " opens the content; a later sentence of it does not speak for it.
    let Some(main) = heads.iter().copied().find(|&at| verb_in(at)).or_else(|| heads.first().copied()) else {
        return (Certainty::Certain, false);
    };
    let lexicon = &*LEXICON;
    let mut certainty = Certainty::Certain;
    let mut see = |word: &str| {
        if lexicon.possible.contains(word) {
            certainty = Certainty::Possible;
        } else if lexicon.probable.contains(word) && certainty == Certainty::Certain {
            certainty = Certainty::Probable;
        }
    };
    see_hedge(tree, main, &mut see);
    for child in tree.children(main) {
        let word = tree.lower(child);
        match tree.label(child) {
            "aux" | "advmod" => {
                // "can" of ability is no doubt; "must" of duty neither, but "must have been" is a guess.
                let duty = matches!(word, "must" | "should" | "can" | "could");
                let perfect = tree
                    .children(main)
                    .any(|other| tree.lower(other) == "have" && tree.label(other) == "aux");
                match word {
                    "must" if perfect => see("must have"),
                    "should" | "must" | "can" => {}
                    _ if duty || tree.label(child) == "aux" || tree.label(child) == "advmod" => see(word),
                    _ => {}
                }
            }
            "acomp" if matches!(word, "likely" | "unlikely" | "possible" | "probable") => {
                see(if word == "possible" { "possibly" } else { "likely" });
            }
            "attr" | "prep" => {
                for inner in tree.children(child).filter(|&inner| tree.label(inner) == "advmod") {
                    see(tree.lower(inner));
                }
            }
            _ => {}
        }
    }
    let negated = is_negated(tree, main);
    (certainty, negated)
}

/// "appears to", "seems": the main verb itself hedges; of "is expected to", somebody expects.
fn see_hedge(tree: &Tree<'_>, main: usize, see: &mut impl FnMut(&str)) {
    match tree.lower(main) {
        "appears" | "appeared" | "seems" | "seemed" | "appear" | "seem" => see("appears"),
        "likely" | "unlikely" => see("likely"),
        "expected" if tree.child(main, &["auxpass"]).is_some() => see("expected"),
        _ => {}
    }
}
