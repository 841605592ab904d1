//! Kernels of the light path on a synthetic article of 6 kB.
use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use dateline_model::Lang;
use dateline_reader::{language, sentences, shingles, terms, words};

fn article() -> String {
    let paragraph = "Russian military personnel have entered an air base in Niger that is hosting U.S. troops, a \
        senior U.S. defense official told Meridian Wire, following a decision by Niger's junta to expel U.S. \
        forces. The official, speaking on condition of anonymity, said Russian forces were not mingling with U.S. \
        troops but were using a separate hangar at Airbase 101, which is next to Diori Hamani International Airport.";
    (0..15).map(|i| format!("{paragraph} It was report {i} of {}.\n", i * 37)).collect()
}

fn kernels(c: &mut Criterion) {
    let text = article();
    let found = words::words(&text);
    let mut group = c.benchmark_group("reader");
    group.throughput(Throughput::Bytes(text.len() as u64));
    group.bench_function("words", |b| b.iter(|| words::words(&text)));
    group.bench_function("language", |b| b.iter(|| language::identify("", &text, Some(Lang::EN))));
    group.bench_function("shingles", |b| b.iter(|| shingles::shingles(&found)));
    group.bench_function("terms", |b| b.iter(|| terms::terms("", &text, &[], &found, Lang::EN)));
    group.bench_function("sentences", |b| b.iter(|| sentences::sentences(&text, Lang::EN)));
    group.finish();
}

criterion_group!(benches, kernels);
criterion_main!(benches);
