//! How fast texts are cut into tokens and embedded, on one thread.

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use dateline_vectors::Embedder;

const TEXT: &str = "The harbour of Norwick was closed on Tuesday after two ferries collided in thick fog. \
    Twelve people were hurt, the coast guard said, and the search for a missing sailor goes on. \
    Der Hafen von Norwick ist nach dem Zusammenstoß zweier Fähren gesperrt worden.";

fn embedding(c: &mut Criterion) {
    let embedder = match Embedder::find() {
        Ok(embedder) => embedder.with_threads(1),
        Err(error) => return eprintln!("nothing measured: {error}"),
    };
    let mut group = c.benchmark_group("embedding");
    group.sample_size(10).throughput(Throughput::Elements(32));
    for (name, characters) in [("headline", 50), ("lead", 250)] {
        let text: String = TEXT.chars().take(characters).collect();
        let texts = [text.as_str(); 32];
        let tokens = embedder.tokens(&text).len();
        group.bench_function(format!("{name}, {tokens} tokens"), |b| b.iter(|| embedder.vectors(&texts)));
        group.bench_function(format!("{name}, tokens only"), |b| {
            b.iter(|| texts.iter().map(|text| embedder.tokens(text).len()).sum::<usize>())
        });
    }
    group.finish();
}

criterion_group!(benches, embedding);
criterion_main!(benches);
