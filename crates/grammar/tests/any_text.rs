//! What holds of every text, however foreign.

use dateline_grammar::{English, Parse};
use proptest::prelude::*;

/// Spans in order and on character boundaries, over all that is not white space; every sentence one tree or more
/// without cycles; names in order and apart.
fn check(text: &str, parse: &Parse) {
    let tokens = &parse.tokens;
    let mut at = 0;
    for token in tokens {
        let between = text.get(at as usize..token.span.start as usize).expect("spans in order");
        assert!(between.is_empty() || between == " ", "left out: {between:?}");
        assert!(!token.span.of(text).expect("on character boundaries").is_empty());
        at = token.span.end;
    }
    let rest = &text[at as usize..];
    assert!(rest.is_empty() || rest == " ", "left out: {rest:?}");

    assert!(tokens.first().is_none_or(|token| token.starts_sentence));
    let mut sentence = 0;
    let sentences: Vec<usize> = (0..tokens.len())
        .map(|i| {
            sentence += usize::from(tokens[i].starts_sentence);
            sentence
        })
        .collect();
    // 0 for not yet seen, 1 for on the way up, 2 for known to end in a root.
    let mut seen = vec![0_u8; tokens.len()];
    for i in 0..tokens.len() {
        let mut path = Vec::new();
        let mut word = i;
        while seen[word] == 0 {
            seen[word] = 1;
            path.push(word);
            let head = tokens[word].head as usize;
            assert_eq!(sentences[word], sentences[head], "a head in another sentence");
            assert!(head == word || seen[head] != 1, "a cycle at {word}");
            word = head;
        }
        path.into_iter().for_each(|word| seen[word] = 2);
    }

    let mut end = 0;
    for name in &parse.names {
        assert!(end <= name.start && name.start < name.end && name.end as usize <= tokens.len());
        end = name.end;
    }
}

fn read(text: &str) -> Parse {
    let parse = English::embedded().read(text);
    check(text, &parse);
    parse
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn any_characters(text in any::<String>()) {
        read(&text);
    }

    #[test]
    fn what_looks_like_news(text in "([A-Za-z]{1,9}|[0-9]{1,4}|['\"“”‘’(){}.,;:!?…—–-]{1,3}|[ \n\t\u{a0}]|[éßиو世\u{301}🙂]){0,60}") {
        read(&text);
    }
}

#[test]
fn nothing() {
    assert_eq!(read(""), Parse::default());
    assert_eq!(read(" ").tokens.len(), 1);
}

/// A string without an end is cut, and memory stays bounded.
#[test]
fn one_token_of_half_a_megabyte() {
    read(&"a".repeat(500_000));
    read(&"世".repeat(100_000));
    read(&".".repeat(100_000));
}

#[test]
fn nested_quotation_marks() {
    read(&"\"".repeat(10_000));
    read(&"“".repeat(10_000));
    read(&"(' ".repeat(5_000));
    read(&format!("{}x{}", "(".repeat(5_000), ")".repeat(5_000)));
}

#[test]
fn a_sentence_of_twenty_thousand_words() {
    read(&"and the ship that the port that the town built served sailed ".repeat(1_700));
}

/// A long text is read in pieces that are cut at its lines, and reads as its paragraphs do.
#[test]
fn a_long_text() {
    let paragraph = "The harbour office denied it. \u{201c}Nothing was lost,\u{201d} said Marta Lindqvist on Tuesday.\n\n";
    let parse = read(&paragraph.repeat(600));
    let alone = read(paragraph);
    assert_eq!(parse.tokens.len(), alone.tokens.len() * 600);
    let last = &parse.tokens[parse.tokens.len() - alone.tokens.len()..];
    let tags = |tokens: &[dateline_grammar::Token]| tokens.iter().map(|token| token.tag).collect::<Vec<_>>();
    assert_eq!(tags(last), tags(&alone.tokens));
}

#[test]
fn mixed_scripts_and_stray_quotes() {
    read(
        "«Нет», said 大臣 ’tis ‘“ „O\u{200b}K‟ ﷼5 +7 -_- O'Neill's' ''s 's. 10%% U.S.A.'s https://// a@b@c.example\u{2028}x",
    );
}
