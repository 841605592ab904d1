//! Selection on small clusters in real language.

use super::*;

fn document(origin: u32, lang: Lang, sentences: &[&'static str]) -> Document<'static> {
    let sentences = sentences.iter().map(|text| Candidate { text, eligible: true }).collect();
    Document { lang, origin, sentences }
}

fn niger() -> Vec<Document<'static>> {
    vec![
        document(
            0,
            Lang::EN,
            &[
                "Russian troops have entered an air base in Niger that hosts U.S. troops, a U.S. official said.",
                "The river rose by two metres in the rainy season of last year.",
            ],
        ),
        document(
            1,
            Lang::EN,
            &[
                "A U.S. official said Russian troops have entered an air base in Niger that hosts U.S. troops.",
                "Niger’s junta told the United States in March to withdraw nearly 1,000 troops.",
            ],
        ),
        document(
            2,
            Lang::EN,
            &[
                "Niger’s junta in March told the United States to withdraw nearly 1,000 troops from the country.",
                "Camels are raced near Agadez on holidays, when families meet in the desert.",
            ],
        ),
        document(3, Lang::FR, &["Des soldats russes sont entrés dans une base aérienne du Niger."]),
    ]
}

fn places(choices: &[Choice]) -> Vec<(usize, usize)> {
    choices.iter().map(|choice| (choice.document, choice.sentence)).collect()
}

#[test]
fn what_several_tell_is_told_once() {
    let documents = niger();
    let chosen = select(&documents, None, &Told::default(), &Budget::words(34));
    let chosen = places(&chosen);
    assert_eq!(chosen.len(), 2, "{chosen:?}");
    assert!(chosen.contains(&(0, 0)) != chosen.contains(&(1, 0)), "{chosen:?}");
    assert!(chosen.contains(&(1, 1)) != chosen.contains(&(2, 0)), "{chosen:?}");
}

#[test]
fn who_says_the_same_is_named() {
    let documents = niger();
    for choice in select(&documents, None, &Told::default(), &Budget::words(34)) {
        match (choice.document, choice.sentence) {
            (0, 0) => assert_eq!(choice.also, [(1, 0)]),
            (1, 0) => assert_eq!(choice.also, [(0, 0)]),
            (1, 1) => assert_eq!(choice.also, [(2, 0)]),
            (2, 0) => {}
            other => panic!("{other:?}"),
        }
    }
}

#[test]
fn another_number_a_negation_or_another_name_is_not_the_same() {
    let of = "The army said on Friday that 40 soldiers were killed near the village of Banibangou.";
    for (other, same) in [
        (
            "On Friday the army said that 40 soldiers were killed near the village of Banibangou in Tillabéri.",
            true,
        ),
        ("The army said on Friday that 14 soldiers were killed near the village of Banibangou.", false),
        ("The army said on Friday that 40 soldiers were not killed near the village of Banibangou.", false),
        ("The army said on Friday that 40 soldiers were killed near the village of Tondikiwindi.", false),
    ] {
        let documents = [
            document(0, Lang::EN, &[of]),
            Document {
                sentences: vec![Candidate { text: other, eligible: false }],
                ..document(1, Lang::EN, &[])
            },
        ];
        let chosen = select(&documents, None, &Told::default(), &Budget::words(50));
        assert_eq!(chosen[0].also, if same { vec![(1, 0)] } else { vec![] }, "{other}");
    }
}

#[test]
fn only_what_is_eligible_is_chosen() {
    let mut documents = niger();
    documents[0].sentences[0].eligible = false;
    documents[1].sentences[0].eligible = false;
    let chosen = select(&documents, None, &Told::default(), &Budget::words(100));
    assert!(!chosen.is_empty());
    assert!(places(&chosen).iter().all(|&(d, s)| documents[d].sentences[s].eligible));
}

#[test]
fn a_query_draws_its_sentences() {
    let documents = niger();
    let chosen =
        select(&documents[..3], Some("camel races near Agadez"), &Told::default(), &Budget::words(14));
    assert_eq!(places(&chosen), [(2, 1)]);
}

#[test]
fn what_was_told_gives_way() {
    let documents = niger();
    let before = select(&documents, None, &Told::default(), &Budget::words(19));
    let mut told = Told::default();
    for &(d, s) in &places(&before) {
        told.add(documents[d].sentences[s].text, documents[d].lang);
    }
    let after = select(&documents, None, &told, &Budget::words(19));
    assert!(!after.is_empty());
    assert_ne!(places(&before), places(&after));
    assert!(after[0].also != places(&before), "the same news in another paper's words");
}

#[test]
fn the_budget_holds() {
    let documents = niger();
    for words in [0, 5, 15, 20, 40, 200] {
        let chosen = select(&documents, None, &Told::default(), &Budget::words(words));
        let spent: usize = places(&chosen).iter().map(|&(d, s)| length(documents[d].sentences[s].text)).sum();
        assert!(spent <= words);
    }
    let bounded = |sentences| {
        select(&documents, None, &Told::default(), &Budget { words: 200, sentences: Some(sentences) })
    };
    assert_eq!(bounded(1..=2).len(), 2);
    assert!(bounded(3..=6).len() >= 3);
}

#[test]
fn small_clusters() {
    let none = select(&[], None, &Told::default(), &Budget::words(100));
    assert!(none.is_empty());
    let headline = [document(0, Lang::EN, &["Russian troops enter base in Niger"])];
    assert_eq!(places(&select(&headline, None, &Told::default(), &Budget::words(100))), [(0, 0)]);
    let empty = [document(0, Lang::EN, &[""]), document(1, Lang::AR, &[])];
    assert!(select(&empty, Some("base"), &Told::default(), &Budget::words(100)).is_empty());
    let chinese = [document(0, Lang::ZH, &["俄罗斯军人进入尼日尔的一个空军基地。", "河水上涨。"])];
    assert_eq!(select(&chinese, None, &Told::default(), &Budget::words(100)).len(), 2);
}

#[test]
fn copies_count_as_one_origin() {
    let river = "The river rose by two metres in the rainy season of last year.";
    let base = "Russian troops have entered an air base in Niger that hosts soldiers.";
    let mut documents: Vec<_> = (0..5).map(|_| document(0, Lang::EN, &[river])).collect();
    documents.extend((1..5).map(|origin| document(origin, Lang::EN, &[base])));
    let chosen = select(&documents, None, &Told::default(), &Budget::words(13));
    assert_eq!(places(&chosen), [(5, 0)]);
}

#[test]
fn the_same_documents_give_the_same_choices() {
    let documents = niger();
    let once = select(&documents, Some("troops"), &Told::default(), &Budget::words(60));
    for _ in 0..5 {
        assert_eq!(select(&documents, Some("troops"), &Told::default(), &Budget::words(60)), once);
    }
}
