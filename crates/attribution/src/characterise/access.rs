//! How a source without a name would know: "familiar with the matter", "who attended the meeting".

use std::ops::Range;

use dateline_model::Span;

use super::lexicon::LEXICON;
use super::tree::Tree;

/// How a source would know: the first phrase of access between the source's noun and the cue.
///
/// `within` are the tokens that may speak of the source.
pub fn access(tree: &Tree<'_>, within: Range<usize>) -> Option<Span> {
    let lexicon = &*LEXICON;
    let mut at = within.start;
    while at < within.end {
        // "not involved in the study"
        let negated = at > 0 && matches!(tree.lower(at - 1), "not" | "n't" | "never");
        if negated {
            at += 1;
            continue;
        }
        if let Some(end) =
            tree.phrase(at, &lexicon.access, within.end).or_else(|| witness(tree, at, within.end))
        {
            return Some(tree.span(at..clause_end(tree, end, within.end)));
        }
        at += 1;
    }
    None
}

/// "who attended the meeting", "who had been in the hold", "whose unit took part in it", "on the negotiating team".
fn witness(tree: &Tree<'_>, at: usize, end: usize) -> Option<usize> {
    /// Words between "who" and the verb.
    const AUXILIARIES: usize = 4;
    let lexicon = &*LEXICON;
    match tree.lower(at) {
        "who" => {
            let aux = |at: &usize| {
                !lexicon.witnessing.contains(tree.lower(*at))
                    && (tree.label(*at).starts_with("aux")
                        || matches!(tree.tag(*at), "RB" | "MD")
                        || matches!(
                            tree.lower(*at),
                            "is" | "are" | "was" | "were" | "been" | "be" | "has" | "have" | "had" | "being"
                        ))
            };
            let verb = (at + 1..end.min(at + 2 + AUXILIARIES)).find(|at| !aux(at))?;
            // "who was not involved in the study" would not know.
            if (at + 1..verb).any(|at| matches!(tree.lower(at), "not" | "n't" | "never")) {
                return None;
            }
            let was = verb > at + 1 && matches!(tree.lower(verb - 1), "is" | "are" | "was" | "were" | "been");
            let inside =
                was && matches!(tree.lower(verb), "in" | "at" | "on" | "inside" | "with" | "part" | "among");
            // "who worked on the report"; "who worked the night shift" is what somebody does.
            let on = |words: &[&str]| verb + 1 < end && words.contains(&tree.lower(verb + 1));
            let worked =
                matches!(tree.lower(verb), "worked" | "work" | "works" | "served" | "flew" | "sailed")
                    && on(&["on", "with", "closely", "under", "directly", "at", "for", "in"]);
            // "who surveyed the hull", "who was walking along the canal": who did something tells how they would know;
            // not what they do, what befell them, or how they spoke.
            let does = matches!(
                tree.lower(verb),
                "worked"
                    | "lived"
                    | "said"
                    | "spoke"
                    | "asked"
                    | "declined"
                    | "requested"
                    | "gave"
                    | "insisted"
                    | "used"
                    | "called"
                    | "told"
                    | "identified"
                    | "demanded"
                    | "wanted"
                    | "refused"
                    | "wished"
                    | "preferred"
                    | "described"
                    | "lost"
                    | "fled"
                    | "asking"
                    | "speaking"
                    | "living"
                    | "working"
            );
            let walking = tree.tag(verb) == "VBG" && matches!(tree.lower(verb - 1), "was" | "were" | "been");
            let did = tree.tag(verb) == "VBD" || tree.tag(verb) == "VBN" && !was || walking;
            let close = tree.word(at - 1) != "," && did && !does;
            (lexicon.witnessing.contains(tree.lower(verb)) || inside || worked || close).then_some(verb + 1)
        }
        "whose" => (at + 1..end.min(at + 5))
            .find(|&at| tree.is_verb(at) && lexicon.witnessing.contains(tree.lower(at)))
            .map(|verb| verb + 1),
        "on" => {
            let noun = tree.child(at, &["pobj"])?;
            let among = matches!(
                tree.lower(noun),
                "team"
                    | "call"
                    | "panel"
                    | "committee"
                    | "board"
                    | "delegation"
                    | "flight"
                    | "ship"
                    | "plane"
                    | "crew"
                    | "scene"
                    | "force"
            );
            (among && noun < end && tree.tag(noun) == "NN").then_some(noun + 1)
        }
        _ => None,
    }
}

/// Where a phrase that began before `from` ends: at the next comma, dash, bracket or quotation mark, or where another
/// clause about the source begins.
fn clause_end(tree: &Tree<'_>, from: usize, end: usize) -> usize {
    let stops = |at: &usize| {
        let word = tree.word(*at);
        matches!(word, "," | ";" | ":" | "." | "—" | "–" | "--" | "(" | ")" | "“" | "”" | "\"" | "!" | "?")
            || word.contains('\n')
            || matches!(tree.lower(*at), "who" | "whose")
            || (tree.lower(*at) == "and"
                && *at + 1 < end
                && matches!(
                    tree.lower(*at + 1),
                    "who" | "spoke" | "speaking" | "asked" | "requested" | "declined" | "were" | "was"
                ))
            || (matches!(tree.lower(*at), "said" | "told" | "says" | "spoke" | "speaking"))
    };
    (from..end).find(stops).unwrap_or(end)
}
