//! How fast a book of ten megabytes becomes a tree: where formulas repeat, and where every formula differs.

#[path = "support/book.rs"]
mod book;

use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};

fn parse(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("parse");
    group.sample_size(10);
    for (name, text) in [("repeated", book::repeated(10 << 20)), ("different", book::different(10 << 20))] {
        let parsed = scn::syntax::parse(&text);
        assert!(parsed.problems.is_empty(), "{:?}", parsed.problems.first());
        group.throughput(Throughput::Bytes(text.len() as u64));
        group.bench_function(name, |bencher| bencher.iter_with_large_drop(|| scn::syntax::parse(black_box(&text))));
    }
    group.finish();
}

criterion_group!(benches, parse);
criterion_main!(benches);
