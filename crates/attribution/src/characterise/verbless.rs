//! Attributions without a verb of saying: "according to", a headline's colon, a noun of saying.

use std::ops::Range;

use super::lexicon::LEXICON;
use super::plain::{Stated, trim};
use super::tree::Tree;

/// "according to X, …"
pub fn according(tree: &Tree<'_>, at: usize) -> Option<Stated> {
    if tree.quoted(at) {
        return None;
    }
    let object = |prep: usize| tree.child(prep, &["pobj"]);
    let (to, source) = match tree.lower(at) {
        "according" => {
            let to = tree.children(at).find(|&child| tree.lower(child) == "to")?;
            (to, object(to)?)
        }
        // "Per a source close to the situation, …"; "per cent" and "per day" hand nothing on.
        "per" => (at, object(at).filter(|&noun| LEXICON.calls_somebody(tree.lower(noun)))?),
        // "in the words of one negotiator", "in the view of a Finnish mediator"
        "in" => {
            let view = object(at).filter(|&noun| {
                matches!(
                    tree.lower(noun),
                    "words" | "view" | "opinion" | "telling" | "account" | "assessment"
                )
            })?;
            let of = tree.children(view).find(|&child| child > view && tree.lower(child) == "of")?;
            (of, object(of)?)
        }
        _ => return None,
    };
    let source_run = trim(tree, tree.reach(source));
    let sentence = tree.sentence(tree.sentence_of(at));
    let (before, after) = (trim(tree, sentence.start..at), trim(tree, source_run.end..sentence.end));
    let content = if before.len() >= after.len() || after.len() < 3 { before } else { after };
    (content.len() >= 2).then(|| Stated { source, source_run, cue: at..to + 1, content: vec![content] })
}

/// "Dam Inspectors Ignored Cracks for Years: Sources", "Police: Driver Was Shot Twice": a headline's colon that hands
/// the rest to a source.
pub fn colon(tree: &Tree<'_>, at: usize) -> Option<Stated> {
    /// Words of such a source.
    const SOURCE: usize = 4;
    if tree.word(at) != ":" || tree.quoted(at) {
        return None;
    }
    let mut sentence = tree.sentence(tree.sentence_of(at));
    if sentence.end == at + 1 && sentence.end < tree.len() {
        // The grammar may end a sentence at the colon.
        sentence.end = tree.sentence(tree.sentence_of(at + 1)).end;
    }
    let (before, after) = (trim(tree, sentence.start..at), trim(tree, at + 1..sentence.end));
    let speaks = |run: &Range<usize>| {
        let word = tree.lower(run.end.checked_sub(1)?);
        let can = LEXICON.calls_somebody(word)
            || LEXICON.poll.contains(word)
            || matches!(
                word,
                "police" | "report" | "reports" | "study" | "ministry" | "military" | "army" | "pentagon"
            );
        let plain =
            run.clone().all(|at| tree.is_noun(at) || matches!(tree.tag(at), "JJ" | "CD" | "IN" | "DT"));
        (can && plain && run.len() <= SOURCE).then_some(run.end - 1)
    };
    let clause = |run: &Range<usize>| run.len() >= 3 && run.clone().any(|at| tree.is_verb(at));
    // Behind the colon only a headline has its source; before it a list may follow: "Residents: 4,000".
    let headline = sentence
        .end
        .checked_sub(1)
        .is_some_and(|last| !matches!(tree.word(last), "." | "!" | "?" | "”" | "\""));
    let (source, source_run, content) = match (speaks(&before), speaks(&after)) {
        (None, Some(source)) if headline && clause(&before) => (source, after, before),
        (Some(source), _) if headline && clause(&after) => (source, before, after),
        _ => return None,
    };
    Some(Stated { source, source_run, cue: at..at + 1, content: vec![content] })
}

/// "The admission by an army lawyer that the video had been cut": a noun of saying with who says it and what.
pub fn noun_of(tree: &Tree<'_>, at: usize) -> Option<Stated> {
    let says = matches!(
        tree.lower(at),
        "admission"
            | "claim"
            | "claims"
            | "word"
            | "testimony"
            | "confirmation"
            | "assessment"
            | "view"
            | "account"
            | "allegation"
            | "allegations"
            | "warning"
            | "statement"
            | "assertion"
            | "suggestion"
            | "complaint"
            | "denial"
            | "acknowledgment"
            | "accusation"
    );
    if !says || !tree.is_noun(at) || tree.quoted(at) {
        return None;
    }
    let by =
        tree.children(at).find(|&child| child > at && matches!(tree.lower(child), "by" | "from" | "of"))?;
    let source = tree.child(by, &["pobj"])?;
    let word = tree.lower(source);
    if !LEXICON.calls_somebody(word) {
        return None;
    }
    let that = |clause: &usize| {
        *clause > source
            && matches!(tree.label(*clause), "acl" | "relcl" | "ccomp" | "appos")
            && tree.lower(tree.reach(*clause).start) == "that"
            && tree
                .child(*clause, &["nsubj", "nsubjpass"])
                .is_some_and(|subject| subject > tree.reach(*clause).start)
    };
    let clause = [at, source].into_iter().flat_map(|noun| tree.children(noun)).find(that)?;
    let content = tree.reach(clause);
    let source_run = trim(tree, tree.reach(source).start..content.start);
    Some(Stated { source, source_run, cue: at..by + 1, content: vec![content] })
}
