//! The model that ships, against what others make of the same weights.
//!
//! Without the model files these tests pass and say that they have tested nothing.

use dateline_model::Lang;
use dateline_vectors::{Embedder, TOKENS, VectorError};
use proptest::prelude::*;

/// Sentences with the unit vectors that SentencePiece and ONNX Runtime give them, by `models/build/e5_parity.py`.
const REFERENCE: &str = include_str!("reference.tsv");

fn embedder() -> Option<Embedder> {
    match Embedder::find() {
        Ok(embedder) => Some(embedder),
        Err(missing @ VectorError::Missing { .. }) => {
            eprintln!("NOT TESTED: {missing}");
            None
        }
        Err(error) => panic!("{error}"),
    }
}

fn reference() -> Vec<(&'static str, Vec<f32>)> {
    let vector = |fields: std::str::Split<'_, char>| fields.map(|field| field.parse().unwrap()).collect();
    let line = |line: &'static str| {
        let mut fields = line.split('\t');
        (fields.next().unwrap(), vector(fields))
    };
    REFERENCE.lines().map(line).collect()
}

fn cosine(a: &[f32], b: &[f32]) -> f32 {
    let dot = |a: &[f32], b: &[f32]| a.iter().zip(b).map(|(a, b)| a * b).sum::<f32>();
    dot(a, b) / (dot(a, a) * dot(b, b)).sqrt()
}

#[test]
fn vectors_are_those_of_the_original() {
    let Some(embedder) = embedder() else { return };
    let reference = reference();
    let texts: Vec<&str> = reference.iter().map(|(text, _)| *text).collect();
    for ((text, theirs), ours) in reference.iter().zip(embedder.vectors(&texts)) {
        let cosine = cosine(&ours, theirs);
        // A word whose piece was left out is spelled by two others, and moves its sentence by less than this.
        assert!(cosine > 0.99, "{cosine}: {text}");
    }
}

#[test]
fn company_and_threads_change_nothing() {
    let Some(embedder) = embedder() else { return };
    let reference = reference();
    let texts: Vec<&str> = reference.iter().map(|(text, _)| *text).collect();
    let together = embedder.vectors(&texts);
    let twice: Vec<&str> = texts.iter().flat_map(|text| [*text; 3]).collect();
    let alone = embedder.with_threads(1);
    for (index, text) in texts.iter().enumerate() {
        assert_eq!(alone.vectors(&[text])[0], together[index], "{text}");
    }
    assert_eq!(alone.vectors(&twice)[5], together[1]);
}

#[test]
fn one_event_in_several_languages_is_one_direction() {
    let Some(embedder) = embedder() else { return };
    let ferry = [
        (Lang::EN, "Ferry with 240 people on board sinks off Norwick"),
        (Lang::DE, "Fähre mit 240 Menschen an Bord vor Norwick gesunken"),
        (Lang::RU, "У берегов Норвика затонул паром с 240 пассажирами"),
        (Lang::AR, "غرق عبّارة على متنها 240 شخصاً قبالة نورويك"),
    ];
    let bank = (Lang::EN, "Central bank of Tarland cuts key rate to 3.75 percent");
    let embeddings = embedder.embed(&[&ferry[..], &[bank]].concat());
    let (bank, ferry) = embeddings.split_last().unwrap();
    for other in &ferry[1..] {
        let (same, apart) = (ferry[0].cosine(other), bank.cosine(other));
        assert!(same > apart + 0.3, "{same} against {apart}");
    }
}

#[test]
fn odd_texts_have_an_embedding_too() {
    let Some(embedder) = embedder() else { return };
    let long = "ferry ".repeat(1_000_000);
    let odd = ["", " ", "\0", "</s><s><mask>", "\u{10ffff}\u{fffd}", "🛳️🌫️", "\u{0301}\u{0301}", &long];
    assert_eq!(embedder.embed(&odd.map(|text| (Lang::UNKNOWN, text))).len(), odd.len());
    assert_eq!(embedder.tokens(&long).len(), TOKENS);
    assert!(embedder.embed(&[]).is_empty());
}

#[test]
fn a_folder_without_the_model_says_what_to_do() {
    let Err(error) = Embedder::open(std::path::Path::new("/nowhere")) else { panic!("opened nothing") };
    assert!(matches!(error, VectorError::Missing { .. }));
    for word in ["DATELINE_MODELS", "e5.onnx", "/nowhere"] {
        assert!(error.to_string().contains(word), "{error}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]
    #[test]
    fn no_text_panics(text: String) {
        use std::sync::OnceLock;
        static EMBEDDER: OnceLock<Option<Embedder>> = OnceLock::new();
        if let Some(embedder) = EMBEDDER.get_or_init(embedder) {
            prop_assert_eq!(embedder.embed(&[(Lang::UNKNOWN, &text)]).len(), 1);
        }
    }
}
