//! Attributions without a verb of saying: "according to", a headline's colon, a noun of saying.

use std::ops::Range;

use super::lexicon::LEXICON;
use super::plain::{Stated, trim};
use super::tree::Tree;

/// "ex-wife": the noun at the end of what hyphens tie together.
pub fn hyphenated(tree: &Tree<'_>, noun: usize) -> usize {
    let tied = |at: usize| tree.token(at).span.end == tree.token(at + 1).span.start;
    let mut last = noun;
    while last + 2 < tree.len()
        && tree.word(last + 1) == "-"
        && tied(last)
        && tied(last + 1)
        && tree.is_noun(last + 2)
    {
        last += 2;
    }
    last
}

/// "according to X, …", with what stands before and behind where both make one clause: "The ransom, according to X, was
/// paid in two parts".
pub fn according(tree: &Tree<'_>, at: usize) -> Option<Stated> {
    if tree.quoted(at) {
        return None;
    }
    let object = |prep: usize| tree.child(prep, &["pobj"]).map(|noun| hyphenated(tree, noun));
    let mut whose = None;
    let (to, source) = match tree.lower(at) {
        "according" => {
            let to = tree.children(at).find(|&child| tree.lower(child) == "to")?;
            (to, object(to)?)
        }
        // "Per a source close to the situation, …"; "per cent" and "per day" hand nothing on.
        "per" => (at, object(at).filter(|&noun| LEXICON.calls_somebody(tree.lower(noun)))?),
        // "in the words of one negotiator", "in the view of a Finnish mediator", "by one police official's account"
        "in" | "by" => {
            let view = object(at).filter(|&noun| noun > at).filter(|&noun| {
                matches!(
                    tree.lower(noun),
                    "words"
                        | "view"
                        | "opinion"
                        | "telling"
                        | "account"
                        | "assessment"
                        | "estimate"
                        | "reckoning"
                )
            })?;
            match tree.children(view).find(|&child| child > view && tree.lower(child) == "of") {
                Some(of) => (of, object(of)?),
                None => {
                    whose = Some(view);
                    (view - 1, tree.child(view, &["poss"]).filter(|&noun| tree.is_noun(noun))?)
                }
            }
        }
        _ => return None,
    };
    let mut source_run = trim(tree, tree.reach(source));
    while source_run.start > to + 1
        && tree.token(source_run.start - 1).span.end == tree.token(source_run.start).span.start
    {
        source_run.start -= 1;
    }
    // "in the words of one ranger, “a bathtub”": a quotation is no part of who is quoted.
    if let Some(mark) = source_run.clone().find(|&mark| mark > source && tree.quoted(mark)) {
        source_run = trim(tree, source_run.start..mark);
    }
    let mut cue = at..to + 1;
    let mut end = source_run.end;
    if let Some(view) = whose {
        // "one official's": the noun of saying behind it is the cue.
        source_run.end = (source + 1).min(source_run.end);
        (cue, end) = (view..view + 1, view + 1);
    }
    let sentence = tree.sentence(tree.sentence_of(at));
    let (before, after) = (trim(tree, sentence.start..at), trim(tree, end..sentence.end));
    // "According to a person who attended, and who asked for anonymity, …": more about the source.
    let mut after = after;
    if after.len() > 4
        && tree.tag(after.start) == "CC"
        && matches!(tree.lower(after.start + 1), "who" | "whose")
    {
        let comma = after.clone().find(|&at| tree.word(at) == ",")?;
        after = trim(tree, comma + 1..after.end);
    }
    let finite =
        |run: &Range<usize>| run.clone().any(|at| matches!(tree.tag(at), "VBD" | "VBZ" | "VBP" | "MD"));
    // "The minister had offered to resign, according to two advisers, but …": what "but" adds is the author's.
    let joins = |run: &Range<usize>| run.clone().next_back().is_some_and(|at| tree.tag(at) == "CC");
    let quote = !after.is_empty() && after.clone().all(|at| tree.quoted(at));
    let parted = !before.is_empty() && tree.word(at - 1) == "," && after.len() >= 2;
    let content = if parted && (quote || !finite(&before) && finite(&after)) {
        vec![before, after]
    } else if parted
        && finite(&before)
        && !joins(&before)
        && (!after.is_empty() && joins(&(after.start..after.start + 1)))
        || before.len() >= after.len()
        || after.len() < 3
    {
        vec![before]
    } else {
        vec![after]
    };
    // "According to plan" and "according to tradition" nobody says anything.
    let plainly = LEXICON.calls_somebody(tree.lower(source));
    let words: usize = content.iter().map(ExactSizeIterator::len).sum();
    (words >= 2).then_some(Stated { source, source_run, cue, content, plainly })
}

/// "Dam Inspectors Ignored Cracks for Years: Sources", "Police: Driver Was Shot Twice", "Avalanche kills three skiers -
/// police": a headline's colon or dash that hands the rest to a source.
pub fn colon(tree: &Tree<'_>, at: usize) -> Option<Stated> {
    /// Words of such a source.
    const SOURCE: usize = 4;
    // A dash between blanks; a hyphen joins words.
    let dash = || {
        let parted = |at: usize| tree.token(at).span.end < tree.token(at + 1).span.start;
        let inside = at > 0 && at + 1 < tree.len();
        matches!(tree.word(at), "-" | "–" | "—") && inside && parted(at - 1) && parted(at)
    };
    let mark = tree.word(at) == ":";
    if !(mark || dash()) || tree.quoted(at) {
        return None;
    }
    let mut sentence = tree.sentence(tree.sentence_of(at));
    // The grammar may end a sentence at the mark, or begin one with it.
    if sentence.end == at + 1 && sentence.end < tree.len() {
        sentence.end = tree.sentence(tree.sentence_of(at + 1)).end;
    }
    if sentence.start == at && at > 0 {
        sentence.start = tree.sentence(tree.sentence_of(at - 1)).start;
    }
    let (before, after) = (trim(tree, sentence.start..at), trim(tree, at + 1..sentence.end));
    let speaks = |run: &Range<usize>| {
        let word = tree.lower(run.end.checked_sub(1)?);
        let can = LEXICON.calls_somebody(word)
            || LEXICON.poll.contains(word)
            || matches!(
                word,
                "police"
                    | "report"
                    | "reports"
                    | "study"
                    | "audit"
                    | "memo"
                    | "review"
                    | "inquiry"
                    | "ministry"
                    | "military"
                    | "army"
                    | "pentagon"
                    | "government"
                    | "union"
                    | "court"
                    | "watchdog"
                    | "regulator"
                    | "museum"
                    | "hospital"
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
        (Some(source), _) if mark && headline && clause(&after) => (source, before, after),
        _ => return None,
    };
    Some(Stated { source, source_run, cue: at..at + 1, content: vec![content], plainly: true })
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
    let of = |noun: usize| {
        tree.children(noun).find(|&child| child > noun && matches!(tree.lower(child), "by" | "from" | "of"))
    };
    // "The account, given by a ship's cook"
    let given = || tree.child(at, &["acl"]).filter(|&verb| tree.tag(verb) == "VBN");
    let by = of(at).or_else(|| of(given()?))?;
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
    let Some(clause) = [at, source].into_iter().flat_map(|noun| tree.children(noun)).find(that) else {
        let content = is_that(tree, at)?;
        let end = tree.reach(source).end.min(if content.start > at { content.start } else { tree.len() });
        let source_run = trim(tree, tree.reach(source).start..end);
        return Some(Stated { source, source_run, cue: at..by + 1, content: vec![content], plainly: true });
    };
    let content = tree.reach(clause);
    let source_run = trim(tree, tree.reach(source).start..content.start);
    Some(Stated { source, source_run, cue: at..by + 1, content: vec![content], plainly: true })
}

/// "The view of one banker **is that** …", "The dam will not hold: **that is** the assessment of two engineers": what
/// the noun of saying is said to be.
fn is_that(tree: &Tree<'_>, noun: usize) -> Option<Range<usize>> {
    let is = tree.head(noun).filter(|&at| matches!(tree.lower(at), "is" | "was"))?;
    let sentence = tree.sentence(tree.sentence_of(is));
    match tree.label(noun) {
        "nsubj" if is + 2 < sentence.end && tree.lower(is + 1) == "that" => {
            Some(trim(tree, is + 2..sentence.end))
        }
        "attr" => {
            let that = tree.child(is, &["nsubj"]).filter(|&at| tree.lower(at) == "that" && at + 1 == is)?;
            let colon = that.checked_sub(1).filter(|&at| tree.word(at) == ":" && at > sentence.start + 2)?;
            Some(sentence.start..colon)
        }
        _ => None,
    }
}
