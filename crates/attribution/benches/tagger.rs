//! How fast texts are tagged once they are parsed: a screen of invented news, over and over.

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use dateline_attribution::Tagger;
use dateline_grammar::English;

const NEWS: &str = "The regional fire service said on Monday that the blast at the harbor of Norden had injured two \
    workers. “We lost the whole cargo within an hour,” said Mara Olsen, the harbor master, adding that the pier would \
    stay closed until May.\n\nA senior official, who spoke on condition of anonymity, told the Meridian Wire that the \
    ministry had been warned in March. The company did not say how many jobs would be cut. It is owned by three \
    builders from the coast, and has paid no dividend since 2019.\n\n";

fn tagger(criterion: &mut Criterion) {
    let text = NEWS.repeat(8);
    let parse = English::embedded().read(&text);
    let tagger = Tagger::embedded();
    let mut group = criterion.benchmark_group("tagger");
    group.throughput(Throughput::Elements(parse.tokens.len() as u64));
    group.bench_function("find", |bencher| bencher.iter(|| tagger.find(&text, &parse)));
    group.finish();
}

criterion_group!(benches, tagger);
criterion_main!(benches);
