//! Invented sentences, and what spaCy itself finds in them (`models/build/english_sentences.py`).

use dateline_grammar::{English, NameKind};
use serde::Deserialize;

#[derive(Deserialize)]
struct Row {
    text: String,
    tokens: Vec<(u32, u32, String, u32, String, bool)>,
    names: Vec<(u32, u32, String)>,
}

fn rows() -> Vec<Row> {
    let lines = include_str!("sentences.jsonl").lines();
    lines.map(|line| serde_json::from_str(line).expect("a row")).collect()
}

#[test]
fn reads_tokens_and_trees_as_spacy_does() {
    for row in rows() {
        let parse = English::embedded().read(&row.text);
        let found = parse.tokens.iter().map(|token| {
            let (tag, label) = (token.tag.to_owned(), token.label.to_owned());
            (token.span.start, token.span.end, tag, token.head, label, token.starts_sentence)
        });
        assert_eq!(found.collect::<Vec<_>>(), row.tokens, "{}", row.text);
    }
}

#[test]
fn finds_names_as_spacy_does() {
    for row in rows() {
        let parse = English::embedded().read(&row.text);
        let kind = |name: &str| match name {
            "PERSON" => NameKind::Person,
            "NORP" => NameKind::Norp,
            "FAC" => NameKind::Facility,
            "ORG" => NameKind::Organization,
            "GPE" => NameKind::Gpe,
            "LOC" => NameKind::Location,
            "PRODUCT" => NameKind::Product,
            "WORK_OF_ART" => NameKind::WorkOfArt,
            "DATE" => NameKind::Date,
            "TIME" => NameKind::Time,
            "PERCENT" => NameKind::Percent,
            "MONEY" => NameKind::Money,
            "QUANTITY" => NameKind::Quantity,
            "ORDINAL" => NameKind::Ordinal,
            "CARDINAL" => NameKind::Cardinal,
            other => panic!("{other} occurs in no sentence"),
        };
        let found: Vec<_> = parse.names.iter().map(|name| (name.start, name.end, name.kind)).collect();
        let expected: Vec<_> =
            row.names.iter().map(|(start, end, name)| (*start, *end, kind(name))).collect();
        assert_eq!(found, expected, "{}", row.text);
    }
}

/// What was read before changes nothing, nor does reading on several threads.
#[test]
fn reads_the_same_again() {
    let rows = rows();
    let read = || rows.iter().map(|row| English::embedded().read(&row.text)).collect::<Vec<_>>();
    let first = read();
    std::thread::scope(|scope| {
        let threads: Vec<_> = (0..3).map(|_| scope.spawn(read)).collect();
        for thread in threads {
            assert!(thread.join().expect("no panic") == first);
        }
    });
}
