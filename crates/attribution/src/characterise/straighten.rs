//! Attributions that the tagger tied together wrongly, set right by the tree.
//!
//! The tagger links cues, sources and contents by likelihood. Two of its rare mistakes make a false statement of
//! true words, and the tree knows better: the direction of "according to", and a verb that governs its own clause.

use std::ops::Range;

use dateline_grammar::Parse;

use super::places;
use super::plain;
use super::tree::Tree;
use super::verbless;
use crate::Found;

/// Sets right what the tagger tied together wrongly. Linear in the text.
pub fn straighten(text: &str, parse: &Parse, found: &mut [Found]) {
    let tree = Tree::new(text, parse);
    for one in found {
        inserted(&tree, one);
        as_saying(&tree, one);
        up_to_its_quotation(&tree, one);
        let cue: Vec<usize> = one.cue.iter().flat_map(|span| tree.tokens_in(*span)).collect();
        if let Some(stated) = cue.iter().find_map(|&at| verbless::according(&tree, at)) {
            // Who is told of stands behind "according to", always.
            let named = tree.span(stated.source_run.clone());
            if !one.source.iter().any(|span| span.overlaps(named)) {
                *one = stated.found(&tree);
            } else if let Some(whole) = cut_short(&tree, one, &stated).or_else(|| in_two(&tree, one, &stated))
            {
                one.content = whole;
                one.source = vec![named];
            }
        } else if let Some(stated) = cue.iter().find_map(|&at| mistaken(&tree, at, one)) {
            *one = stated.found(&tree);
        } else if let Some(own) = own_clause(&tree, &cue, one) {
            one.content = vec![own];
        } else if let Some(stated) = cue.iter().find_map(|&at| plain::said(&tree, at)).filter(|stated| {
            let aside = |at: usize| tree.label(at) == "parataxis";
            stated.is_sure(&tree) || stated.cue.clone().any(aside)
        }) {
            if passed_over(&tree, one, &stated) || by_means(&tree, one, &stated) {
                *one = stated.found(&tree);
            } else if let Some(whole) =
                cut_short(&tree, one, &stated).or_else(|| stopped_short(&tree, one, &stated))
            {
                one.content = whole;
            }
        }
    }
}

/// "The second vote, a delegate from Ghana said, was held with the lights off": between two commas the noun before the
/// verb speaks, and none before the first comma.
fn inserted(tree: &Tree<'_>, found: &mut Found) {
    let ([source], [cue]) = (&found.source[..], &found.cue[..]) else { return };
    let (run, verb) = (tree.tokens_in(*source), tree.tokens_in(*cue));
    let after = tree.parse.tokens.get(verb.end).map(|_| tree.word(verb.end));
    if run.end != verb.start || after != Some(",") || tree.label(verb.start) != "parataxis" {
        return;
    }
    let comma = run.clone().rfind(|&at| tree.word(at) == ",");
    let speaks = |at: &usize| tree.label(*at) == "appos" && tree.is_noun(*at);
    if let Some(comma) = comma.filter(|&comma| (comma + 1..run.end).any(|at| speaks(&at))) {
        let sentence = tree.sentence(tree.sentence_of(verb.start));
        let before = tree.span(sentence.start..comma);
        found.source = vec![tree.span(comma + 1..run.end)];
        if !found.content.iter().any(|span| span.overlaps(before)) {
            found.content.insert(0, before);
        }
    }
}

/// "One of them called it “a parking ticket”": what is called so, with what it is called.
fn up_to_its_quotation(tree: &Tree<'_>, found: &mut Found) {
    let [content] = &mut found.content[..] else { return };
    let run = tree.tokens_in(*content);
    let sentence = tree.sentence(tree.sentence_of(run.start.min(tree.len().saturating_sub(1))));
    let called = found.cue.iter().flat_map(|span| tree.tokens_in(*span)).any(|at| {
        matches!(tree.lower(at), "called" | "calls" | "described" | "describes" | "dubbed" | "labeled")
    });
    let plain = !run.clone().any(|at| tree.quoted(at));
    if !called || !plain || run.is_empty() || run.end >= sentence.end || !tree.quoted(run.end) {
        return;
    }
    let end = (run.end..tree.len()).find(|&at| !tree.quoted(at)).unwrap_or(tree.len());
    *content = tree.span(run.start..end);
}

/// "The agency quoted the official as saying that …": whom a newsroom quotes speaks; the newsroom is how it came.
fn as_saying(tree: &Tree<'_>, found: &mut Found) {
    let quotes = |at: usize| {
        matches!(tree.lower(at), "quoted" | "quotes" | "quoting" | "quote" | "cited" | "citing" | "cites")
    };
    if !found.cue.iter().flat_map(|span| tree.tokens_in(*span)).any(quotes) {
        return;
    }
    let saying = found.content.iter().flat_map(|span| tree.tokens_in(*span)).find(|&at| {
        let r#as = |at: usize| at > 0 && tree.lower(at - 1) == "as";
        tree.lower(at) == "saying" && r#as(at)
            || matches!(tree.lower(at), "said" | "told")
                && at > 0
                && tree.lower(at - 1) == "having"
                && r#as(at - 1)
    });
    let stated = saying.and_then(|saying| plain::said(tree, saying));
    // "Officials were quoted by the agency as saying"
    let passive = |stated: &plain::Stated| tree.label(stated.source) == "nsubjpass";
    if let Some(stated) = stated.filter(|stated| {
        passive(stated) || found.content.iter().any(|span| span.overlaps(tree.token(stated.source).span))
    }) {
        *found = stated.found(tree);
    }
}

/// "Tehran denied …, but an Iranian official told the Ledger that the invoices were genuine": between a source and a
/// verb of saying, the verb's own subject speaks.
fn passed_over(tree: &Tree<'_>, found: &Found, stated: &plain::Stated) -> bool {
    let own = tree.span(stated.source_run.clone());
    let verb = tree.token(stated.cue.start).span;
    let before = found.source.iter().all(|span| span.end <= own.start);
    let noun = tree.is_noun(stated.source) && own.end <= verb.start;
    // A name behind a comma, or the first of two that are joined, is the same subject.
    let same = found
        .source
        .iter()
        .flat_map(|span| tree.tokens_in(*span))
        .any(|at| tree.reach(at).contains(&stated.source) || tree.reach(stated.source).contains(&at));
    !found.source.is_empty() && before && noun && !same
}

/// "… said the tape", "said … his locker on Tuesday": a content that is a piece of the clause its verb governs, and has
/// not that clause's verb, is half a sentence.
fn cut_short(tree: &Tree<'_>, found: &Found, stated: &plain::Stated) -> Option<Vec<dateline_model::Span>> {
    let [content] = found.content[..] else { return None };
    let run = tree.tokens_in(content);
    // "The cuts could be announced as soon as next week, one of the people said": of two pieces the one it is of.
    let inside =
        |whole: &&Range<usize>| whole.start <= run.start && run.end <= whole.end && run.len() < whole.len();
    let whole = stated.content.iter().find(inside)?;
    let head = whole.clone().find(|&at| tree.head(at).is_none_or(|head| !whole.contains(&head)))?;
    let quoted = run.clone().any(|at| tree.quoted(at));
    let cut = !quoted && tree.is_verb(head) && !run.contains(&head);
    cut.then(|| vec![tree.span(whole.clone())])
}

/// "The museum, said a curator who asked not to be named, has known since June": who stands right behind the verb speaks,
/// and none before it.
fn mistaken(tree: &Tree<'_>, verb: usize, found: &Found) -> Option<plain::Stated> {
    let noun = places::behind(tree, verb).or_else(|| Some(places::between(tree, verb)?.0))?;
    let stated = plain::said(tree, verb).filter(|stated| stated.source == noun)?;
    let own = tree.span(noun..noun + 1);
    (!found.source.iter().any(|span| span.overlaps(own))).then_some(stated)
}

/// "Deckhands said by text message that …": by what means is no source.
fn by_means(tree: &Tree<'_>, found: &Found, stated: &plain::Stated) -> bool {
    let [source] = found.source[..] else { return false };
    let run = tree.tokens_in(source);
    let own = tree.span(stated.source_run.clone());
    run.start < run.end && tree.lower(run.start) == "by" && own.end <= source.start
}

/// "The ransom, according to an official, was paid in two parts": a clause in two pieces, of which only one was found.
fn in_two(tree: &Tree<'_>, found: &Found, stated: &plain::Stated) -> Option<Vec<dateline_model::Span>> {
    let [before, after] = &stated.content[..] else { return None };
    let (before, after) = (tree.span(before.clone()), tree.span(after.clone()));
    let lost = |piece: dateline_model::Span| !found.content.iter().any(|span| span.overlaps(piece));
    (lost(before) || lost(after)).then(|| vec![before, after])
}

/// "said the director had apologized **and promised that nobody would be dismissed**": a second verb of one subject, joined
/// to what was said, is said as well.
fn stopped_short(
    tree: &Tree<'_>,
    found: &Found,
    stated: &plain::Stated,
) -> Option<Vec<dateline_model::Span>> {
    let ([content], [whole]) = (&found.content[..], &stated.content[..]) else { return None };
    let run = tree.tokens_in(*content);
    if run.is_empty() || run.start < whole.start || run.start > whole.start + 1 || run.end >= whole.end {
        return None;
    }
    let head = run.clone().find(|&at| tree.head(at).is_none_or(|head| !whole.contains(&head)))?;
    let second =
        tree.children(head).find(|&at| at >= run.end && tree.label(at) == "conj" && tree.is_verb(at))?;
    let comma = usize::from(tree.word(run.end) == ",");
    let joined = run.end + comma < whole.end && tree.tag(run.end + comma) == "CC";
    let own = tree.child(second, &["nsubj", "nsubjpass"]).is_some();
    let plain = tree.is_verb(head) && !run.clone().any(|at| tree.quoted(at));
    (plain && joined && !own).then(|| vec![tree.span(run.start..tree.reach(second).end.min(whole.end))])
}

/// "X said that …; the owners have since acknowledged missing a payroll": what a verb governs behind it is its
/// content, and no clause before it that is somebody else's.
fn own_clause(tree: &Tree<'_>, cue: &[usize], found: &Found) -> Option<dateline_model::Span> {
    let main = |at: &usize| tree.is_verb(*at) && !matches!(tree.label(*at), "aux" | "auxpass");
    let verb = cue.iter().copied().find(main)?;
    let first = tree.span(*cue.first()?..cue.last()? + 1).start;
    let before = !found.content.is_empty() && found.content.iter().all(|span| span.end <= first);
    let quoted = found.content.iter().flat_map(|span| tree.tokens_in(*span)).any(|at| tree.quoted(at));
    if !before || quoted {
        return None;
    }
    let own = tree.children(verb).find(|&child| plain::is_object(tree, verb, child))?;
    // What stands before the verb is its own where it hangs on it, and no semicolon parts them.
    let parted = found
        .content
        .iter()
        .map(|span| span.end)
        .max()
        .and_then(|end| tree.text.get(end as usize..first as usize));
    let governs = !parted.is_some_and(|between| between.contains(';'))
        && found
            .content
            .iter()
            .flat_map(|span| tree.tokens_in(*span))
            .any(|at| tree.head(at) == Some(verb) && matches!(tree.label(at), "ccomp" | "parataxis"));
    (!governs).then(|| tree.span(plain::trim(tree, tree.reach(own))))
}

#[cfg(test)]
mod tests {
    use dateline_grammar::English;
    use dateline_model::Span;

    use super::*;

    fn spans(text: &str, words: &[&str]) -> Vec<Span> {
        words
            .iter()
            .map(|words| {
                let at = text.find(words).unwrap();
                Span::new(at, at + words.len())
            })
            .collect()
    }

    fn straightened(text: &str, source: &str, cue: &str, content: &str) -> Found {
        let parse = English::embedded().read(text);
        let mut found = [Found {
            source: spans(text, &[source]),
            cue: spans(text, &[cue]),
            content: spans(text, &[content]),
        }];
        straighten(text, &parse, &mut found);
        let [found] = found;
        found
    }

    #[test]
    fn who_is_told_of_stands_behind_according_to() {
        let text = "Chadian mediators have asked both delegations to stay in the capital, according to two officials \
                    involved in the talks.";
        let found =
            straightened(text, "Chadian mediators", "according to", "two officials involved in the talks");
        assert_eq!(found.source, spans(text, &["two officials involved in the talks"]));
        assert_eq!(
            found.content,
            spans(text, &["Chadian mediators have asked both delegations to stay in the capital"])
        );
        // What is right stays as it is, also where the content is cut otherwise than the tree has it.
        let right = straightened(text, "two officials", "according to", "Chadian mediators have asked");
        assert_eq!(right.content, spans(text, &["Chadian mediators have asked"]));
    }

    #[test]
    fn a_verb_says_what_it_governs() {
        let text = "The Harbor Times said last month that the yard was insolvent; the owners have since acknowledged \
                    missing a payroll.";
        let found = straightened(
            text,
            "the owners",
            "have since acknowledged",
            "The Harbor Times said last month that the yard was insolvent",
        );
        assert_eq!(found.content, spans(text, &["missing a payroll"]));
        // "…, officials said" governs what stands before it.
        let text = "The yard was insolvent and the port was closed, port officials said on Friday.";
        let before = "The yard was insolvent and the port was closed";
        let found = straightened(text, "port officials", "said", before);
        assert_eq!(found.content, spans(text, &[before]));
    }

    #[test]
    fn the_verbs_own_subject_speaks() {
        let text = "Tehran denied on Thursday that it had supplied the engines, but an Iranian trade official told the Harbor \
                    Times that the invoices were genuine.";
        let found = straightened(text, "Tehran", "told", "that the invoices were genuine");
        assert_eq!(found.source, spans(text, &["an Iranian trade official"]));
        let text = "The second vote, a delegate from Ghana said, was held with the lights off.";
        let found = straightened(
            text,
            "The second vote, a delegate from Ghana",
            "said",
            "was held with the lights off",
        );
        assert_eq!(found.source, spans(text, &["a delegate from Ghana"]));
        assert_eq!(found.content, spans(text, &["The second vote", "was held with the lights off"]));
    }

    #[test]
    fn half_a_sentence_is_made_whole() {
        let text = "A league official with knowledge of the inquiry said the tape lasted eleven seconds.";
        let found = straightened(text, "A league official with knowledge of the inquiry", "said", "the tape");
        assert_eq!(found.content, spans(text, &["the tape lasted eleven seconds"]));
    }

    #[test]
    fn a_second_verb_of_what_is_said_is_said_too() {
        let text = "A man who was in the meeting said the director had apologized to the staff and promised that nobody would be \
                    dismissed.";
        let found = straightened(
            text,
            "A man who was in the meeting",
            "said",
            "the director had apologized to the staff",
        );
        assert_eq!(
            found.content,
            spans(
                text,
                &["the director had apologized to the staff and promised that nobody would be dismissed"]
            )
        );
    }

    #[test]
    fn by_what_means_is_no_source() {
        let text = "About a dozen deckhands said by text message that they had not been paid since Lent.";
        let found = straightened(text, "by text message", "said", "that they had not been paid since Lent");
        assert_eq!(found.source, spans(text, &["About a dozen deckhands"]));
    }

    #[test]
    fn whom_a_newsroom_quotes_speaks() {
        let text = "The agency quoted the official as saying that Washington had warned Niamey.";
        let found = straightened(
            text,
            "The agency",
            "quoted",
            "the official as saying that Washington had warned Niamey",
        );
        assert_eq!(found.source, spans(text, &["the official"]));
        assert_eq!(found.content, spans(text, &["that Washington had warned Niamey"]));
        let text = "Hospital officials were quoted by the Delta Monitor as saying that the morgue was full.";
        let found =
            straightened(text, "the Delta Monitor", "were quoted", "as saying that the morgue was full");
        assert_eq!(found.source, spans(text, &["Hospital officials"]));
        assert_eq!(found.content, spans(text, &["that the morgue was full"]));
    }
}
