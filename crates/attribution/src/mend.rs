//! Two mistakes of the grammar that cost a source, set right before anything is read from the tree.
//!
//! The grammar was learnt from print in which persons seldom stand where news puts them: "a shop steward said" has for it
//! no noun, and "a commander boasted by telephone that …" no verb. Both are told from their words and their place alone.

use dateline_grammar::Parse;

use crate::characterise::lexicon::LEXICON;

/// Sets right what the grammar takes for something else where a person speaks. Linear in the text.
pub fn mend(text: &str, parse: &mut Parse) {
    for at in 0..parse.tokens.len() {
        person(text, parse, at);
    }
    for at in 0..parse.tokens.len() {
        speech(text, parse, at);
    }
}

fn lower(text: &str, parse: &Parse, at: usize) -> String {
    parse.tokens[at].span.of(text).unwrap_or_default().to_lowercase()
}

fn is_subject(label: &str) -> bool {
    matches!(label, "nsubj" | "nsubjpass" | "dobj" | "pobj" | "appos" | "conj" | "ROOT")
}

/// "A shop **steward** said", "an **official** close to the inquiry": a person with an article, in a noun's place.
fn person(text: &str, parse: &mut Parse, at: usize) {
    /// Words from the article to the noun.
    const NEAR: usize = 4;
    let token = &parse.tokens[at];
    let known = |word: &str| LEXICON.person.contains(word) || LEXICON.persons.contains(word);
    if !matches!(token.tag, "JJ" | "RB") || !known(&lower(text, parse, at)) {
        return;
    }
    let article = |from: &usize| matches!(lower(text, parse, *from).as_str(), "a" | "an" | "one" | "another");
    let opened = (at.saturating_sub(NEAR)..at).rev().find(article);
    let whole = opened.is_some_and(|open| {
        (open + 1..at).all(|at| matches!(parse.tokens[at].tag, "JJ" | "NN" | "NNP" | "HYPH"))
    });
    // "an usher volunteered that": taken for a word before a noun where a verb follows.
    let verb = parse.tokens.get(at + 1).is_some_and(|next| matches!(next.tag, "VBD" | "VBZ"));
    let speaks = verb
        && LEXICON.cues.get(lower(text, parse, at + 1).as_str()).is_some_and(|cue| cue.plain)
        && token.head as usize == at + 1;
    if whole && speaks && !is_subject(token.label) {
        parse.tokens[at].label = "nsubj";
    }
    if whole && is_subject(parse.tokens[at].label) {
        parse.tokens[at].tag = "NN";
    }
}

/// "A commander **boasted** by telephone that …": a sentence without a verb, in which a participle of saying stands right
/// behind its person.
fn speech(text: &str, parse: &mut Parse, at: usize) {
    let Some(noun) = at.checked_sub(1) else { return };
    let verb = &parse.tokens[at];
    if verb.tag != "VBN" || verb.label != "acl" || verb.head as usize != noun {
        return;
    }
    // "One of the three called it …": what they are one of hangs on it.
    let head = |at: usize| (parse.tokens[at].head as usize).min(parse.tokens.len() - 1);
    let counted = parse.tokens[head(head(noun))].tag == "CD" && parse.tokens[noun].label == "pobj";
    let top = if counted { head(head(noun)) } else { noun };
    let root = head(top) == top;
    let word = lower(text, parse, at);
    let says = LEXICON.cues.get(word.as_str()).is_some_and(|cue| cue.plain) || word == "called";
    let person = counted || LEXICON.calls_somebody(&lower(text, parse, noun));
    if !root || !says || !person {
        return;
    }
    // What hangs on the person behind the verb is the verb's.
    for other in at + 1..parse.tokens.len() {
        if parse.tokens[other].starts_sentence {
            break;
        }
        if parse.tokens[other].head as usize == top {
            parse.tokens[other].head = at as u32;
            if matches!(parse.tokens[other].label, "relcl" | "acl") {
                parse.tokens[other].label = "ccomp";
            }
        }
    }
    parse.tokens[top].head = at as u32;
    parse.tokens[top].label = "nsubj";
    parse.tokens[at].head = at as u32;
    (parse.tokens[at].label, parse.tokens[at].tag) = ("ROOT", "VBD");
}

#[cfg(test)]
mod tests {
    use dateline_model::{Registry, SpeakerKind};

    use crate::{Outlets, deep};

    #[test]
    fn persons_and_verbs_of_saying_are_what_they_are() {
        for (text, source) in [
            ("A shop steward said the ballots were counted in a locked room.", "A shop steward"),
            (
                "A Taliban commander boasted by telephone that his men had taken the post without a shot.",
                "A Taliban commander",
            ),
            ("One of the three called it \"a parking ticket.\"", "One of the three"),
        ] {
            let all = deep(text, 0, &Outlets::new(&[], Registry::builtin()));
            assert_eq!(all.first().and_then(|one| one.source.of(text)), Some(source), "{text}");
            assert_eq!(all[0].speaker, SpeakerKind::Unnamed, "{text}");
        }
    }
}
