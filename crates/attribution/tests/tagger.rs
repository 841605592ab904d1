//! The tagger with the model that ships, on sentences in the style of news; all invented.

use dateline_attribution::{Found, Tagger};
use dateline_grammar::{English, Parse, Token};
use dateline_model::Span;
use proptest::prelude::*;

/// An attribution in words: source, cue, content; pieces joined by " | ".
type Said = (String, String, String);

fn said(text: &str) -> Vec<Said> {
    let words = |spans: &[Span]| {
        let pieces: Vec<&str> = spans.iter().map(|span| span.of(text).unwrap()).collect();
        pieces.join(" | ")
    };
    let found = Tagger::embedded().find(text, &English::embedded().read(text));
    found.iter().map(|f| (words(&f.source), words(&f.cue), words(&f.content))).collect()
}

#[track_caller]
fn assert_said(text: &str, expected: (&str, &str, &str)) {
    let found = said(text);
    let agrees = |(source, cue, content): &Said| {
        (source.as_str(), cue.as_str(), content.trim_matches(['.', ',', '“', '”', '"', '\'']))
            == (expected.0, expected.1, expected.2)
    };
    assert!(found.iter().any(agrees), "{expected:?} is not among {found:#?}");
}

#[test]
fn a_direct_quotation_before_its_speaker() {
    assert_said(
        "The ferry sank in minutes. “We lost the whole cargo within an hour,” said Mara Olsen, the harbor master.",
        ("Mara Olsen, the harbor master", "said", "We lost the whole cargo within an hour"),
    );
}

#[test]
fn two_apostrophes_open_and_close() {
    assert_said(
        "''We lost the whole cargo within an hour,'' Mr. Olsen said on Monday.",
        ("Mr. Olsen", "said", "We lost the whole cargo within an hour"),
    );
}

#[test]
fn a_quotation_in_two_pieces_is_one_attribution() {
    let found = said("“We will rebuild the pier,” Ms. Olsen said, “and we will do it before winter.”");
    assert_eq!(found.len(), 1, "{found:#?}");
    assert!(found[0].2.contains("rebuild the pier") && found[0].2.contains("before winter"), "{found:#?}");
}

#[test]
fn a_clause_with_a_quoted_part() {
    assert_said(
        "The minister said that the deal was “a disaster for the coast” and that talks would resume in March.",
        (
            "The minister",
            "said",
            "that the deal was “a disaster for the coast” and that talks would resume in March",
        ),
    );
}

#[test]
fn an_indirect_statement_before_according_to() {
    assert_said(
        "Two workers were injured in the blast, according to the regional fire service.",
        ("the regional fire service", "according to", "Two workers were injured in the blast"),
    );
}

#[test]
fn a_source_without_a_name() {
    assert_said(
        "A senior defense official said the troops were using a separate hangar.",
        ("A senior defense official", "said", "the troops were using a separate hangar"),
    );
}

#[test]
fn a_belief_is_an_attribution_too() {
    assert_said(
        "Many residents believe that the mayor knew about the leak.",
        ("Many residents", "believe", "that the mayor knew about the leak"),
    );
}

#[test]
fn a_negated_cue_takes_its_negation_along() {
    assert_said(
        "The company did not say how many jobs would be cut.",
        ("The company", "did not say", "how many jobs would be cut"),
    );
}

#[test]
fn a_passive_cue_leaves_the_source_open() {
    let found = said("The former governor was accused of taking bribes from three builders.");
    assert!(
        found.iter().any(|(source, cue, content)| source.is_empty()
            && cue.contains("accused")
            && content.contains("taking bribes")),
        "{found:#?}"
    );
}

#[test]
fn a_quotation_goes_on_in_the_next_paragraph() {
    let found = said(
        "“The storm took the roof off the school in a few seconds,” said Ilse Brandt, a teacher in Norden. “We ran \
         into the cellar with thirty children.\n\n“Nobody was hurt, and that is all that counts today.”\n\nThe \
         school will stay closed until May.",
    );
    let teacher: Vec<_> = found.iter().filter(|(source, ..)| source.contains("Ilse Brandt")).collect();
    assert_eq!(teacher.len(), 1, "{found:#?}");
    assert!(teacher[0].2.contains("thirty children"), "{found:#?}");
    assert!(teacher[0].2.contains("Nobody was hurt"), "{found:#?}");
}

#[test]
fn a_quotation_that_is_never_closed_ends_with_its_paragraph() {
    let found = said(
        "“The storm took the roof off the school, said Ilse Brandt, a teacher in Norden.\n\nThe school will stay \
         closed until May.",
    );
    assert!(found.iter().all(|(.., content)| !content.contains("closed until May")), "{found:#?}");
}

#[test]
fn plain_facts_are_no_attributions() {
    assert_eq!(said("The bridge was opened in 1932. It is 400 meters long."), []);
    assert_eq!(said(""), []);
    assert_eq!(said(" \n\n "), []);
}

fn well_formed(text: &str, found: &[Found]) {
    for attribution in found {
        assert!(!attribution.cue.is_empty() && !attribution.content.is_empty());
        for spans in [&attribution.source, &attribution.cue, &attribution.content] {
            assert!(spans.iter().all(|span| span.of(text).is_some_and(|words| !words.is_empty())));
            assert!(spans.windows(2).all(|pair| pair[0].end <= pair[1].start));
        }
    }
}

#[test]
fn very_long_sentences_and_deep_quotations_are_read() {
    let tagger = Tagger::embedded();
    let chain = |words: &[&str], count: usize, head: &dyn Fn(usize) -> u32| {
        let mut text = String::new();
        let mut tokens = Vec::new();
        for at in 0..count {
            let start = text.len();
            text += words[at % words.len()];
            tokens.push(Token {
                span: Span::new(start, text.len()),
                head: head(at),
                tag: ["NNP", "VBD", "DT", "NN"][at % 4],
                label: ["nsubj", "ccomp", "det", "dobj"][at % 4],
                starts_sentence: at == 0,
            });
            text.push(' ');
        }
        (text, Parse { tokens, names: Vec::new() })
    };
    // A chain of heads as long as the sentence, a star, and heads that go round in a circle.
    for head in
        [&|at: usize| at.saturating_sub(1) as u32, &|_: usize| 0, &|at: usize| ((at + 1) % 20_000) as u32]
            as [&dyn Fn(usize) -> u32; 3]
    {
        let (text, parse) = chain(&["Olsen", "said", "the", "harbor"], 20_000, head);
        well_formed(&text, &tagger.find(&text, &parse));
    }
    let (text, parse) = chain(&["“", "said", "“", "harbor"], 20_000, &|at| at.saturating_sub(1) as u32);
    well_formed(&text, &tagger.find(&text, &parse));
}

const FORMS: [&str; 14] =
    ["Olsen", "said", "that", "“", "”", "''", "\"", "the", "harbor", ",", ".", "\n\n", "Größe", "according"];
const TAGS: [&str; 8] = ["NNP", "VBD", "IN", "``", "''", "DT", "_SP", "?"];
const LABELS: [&str; 8] = ["nsubj", "ROOT", "ccomp", "conj", "punct", "prep", "relcl", "?"];

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn any_tree_over_any_text_gives_spans_in_order(
        tokens in prop::collection::vec((0..FORMS.len(), 0u32..60, 0..TAGS.len(), 0..LABELS.len(), any::<bool>()), 0..60)
    ) {
        let mut text = String::new();
        let mut parse = Parse::default();
        for (form, head, tag, label, starts_sentence) in tokens {
            let start = text.len();
            text += FORMS[form];
            parse.tokens.push(Token {
                span: Span::new(start, text.len()),
                head,
                tag: TAGS[tag],
                label: LABELS[label],
                starts_sentence,
            });
            text.push(' ');
        }
        well_formed(&text, &Tagger::embedded().find(&text, &parse));
    }

    #[test]
    fn any_text_is_read(text in "\\PC{0,300}") {
        well_formed(&text, &Tagger::embedded().find(&text, &English::embedded().read(&text)));
    }

    #[test]
    fn no_bytes_panic_as_a_model(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let mut model = b"dlattr02".to_vec();
        model.extend(&bytes);
        prop_assert!(Tagger::from_bytes(&model).is_err());
        prop_assert!(Tagger::from_bytes(&bytes).is_err());
    }
}
