//! Reading the grammar of an article, words known and unknown. Text synthetic.

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use dateline_grammar::English;

const PARAGRAPHS: [&str; 4] = [
    "The harbour office in Veldhaven denied on Tuesday that two ferries had collided in fog off the coast, saying \
     that \u{201c}no vessel under our care was lost\u{201d} and that all 214 passengers were safe.",
    "Marta Lindqvist, who has run the port since 2019, told reporters that a pilot boat had scraped a pier at about \
     10:30 p.m. Nobody was hurt, she said, though repairs would cost some $1.2 million.",
    "According to three officials who asked not to be named because they were not allowed to speak, the Ministry of \
     Transport had warned the company twice about its radar, most recently in September.",
    "Analysts had expected freight prices to rise by 2.9% this year; they rose 3.5% in the first quarter alone, and \
     insurers in Norrby and Ostrava said they would review every policy that covers the strait.",
];

fn benches(criterion: &mut Criterion) {
    let english = English::embedded();
    let article = PARAGRAPHS.repeat(4).join("\n\n");
    let tokens = english.read(&article).tokens.len() as u64;
    let mut group = criterion.benchmark_group("grammar");
    group.throughput(Throughput::Elements(tokens));
    group.bench_function("an article, in tokens", |bencher| bencher.iter(|| english.read(&article)));
    group.finish();
    criterion.bench_function("unpacking the model", |bencher| {
        let bytes = include_bytes!("../../../models/english.bin");
        bencher.iter(|| English::from_bytes(bytes));
    });
}

criterion_group!(all, benches);
criterion_main!(all);
