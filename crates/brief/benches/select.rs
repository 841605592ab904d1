//! Selection on synthetic clusters: 25 articles of 30 sentences, and 500 of them.
use criterion::{Criterion, criterion_group, criterion_main};
use dateline_brief::select::{Budget, Candidate, Document, Told, select};
use dateline_model::Lang;

const WHO: &[&str] =
    &["The army", "The ministry", "A U.S. official", "The junta", "The governor", "An aid agency"];
const DID: &[&str] = &["confirmed", "denied", "reported", "announced", "criticised", "postponed", "demanded"];
const WHAT: &[&str] = &[
    "the withdrawal of troops",
    "the closure of the air base",
    "an attack on a convoy",
    "the expulsion of diplomats",
    "new flights to the capital",
    "a ceasefire in the north",
    "the arrival of Russian soldiers",
    "talks on fuel prices",
];
const WHERE: &[&str] =
    &["near Niamey", "in Agadez", "at the border with Mali", "in the Tillabéri region", "along the river"];

/// Sentences of a small grammar, so that articles share many concepts, as real ones do.
fn sentences(articles: usize, each: usize) -> Vec<Vec<String>> {
    let mut state = 1_u64;
    let mut pick = move |list: &[&'static str]| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        list[(state >> 33) as usize % list.len()]
    };
    (0..articles)
        .map(|article| {
            (0..each)
                .map(|at| {
                    let (who, did, what, place) = (pick(WHO), pick(DID), pick(WHAT), pick(WHERE));
                    let (second, then) = (pick(WHAT), pick(WHERE));
                    format!(
                        "{who} {did} {what} {place}, after report {at} of desk {article} on {second} {then}."
                    )
                })
                .collect()
        })
        .collect()
}

fn clusters(c: &mut Criterion) {
    let mut group = c.benchmark_group("select");
    group.sample_size(10);
    for (articles, each) in [(3, 20), (25, 30), (500, 30)] {
        let texts = sentences(articles, each);
        let documents: Vec<Document> = (0..)
            .zip(&texts)
            .map(|(origin, texts)| Document {
                lang: Lang::EN,
                origin,
                sentences: texts.iter().map(|text| Candidate { text, eligible: true }).collect(),
            })
            .collect();
        group.bench_function(format!("{articles} articles of {each} sentences"), |b| {
            b.iter(|| {
                select(&documents, Some("Russian soldiers in Niamey"), &Told::default(), &Budget::words(250))
            })
        });
    }
    group.finish();
}

criterion_group!(benches, clusters);
criterion_main!(benches);
