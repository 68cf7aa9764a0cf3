//! Reading, checking and evaluating a big book, each alone, and the China book whole: `cargo bench --bench evaluate`.

#[path = "evaluate/book.rs"]
mod book;

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use scn::check::check;
use scn::eval::{Settings, evaluate};
use scn::resolve::{Loader, load, resolve};
use scn::workspace::open;

use book::{Form, book};

struct Text(String);

impl Loader for Text {
    fn read(&self, _path: &str) -> Result<Vec<u8>, String> {
        Ok(self.0.clone().into_bytes())
    }
}

fn big_book(criterion: &mut Criterion) {
    for (name, form) in [("kind", Form::Kind), ("copies", Form::Copies), ("different", Form::Different)] {
        let text = book(1_000, form);
        let mut group = criterion.benchmark_group(name);
        group.sample_size(10);
        group.bench_function("parse", |bench| bench.iter(|| black_box(scn::syntax::parse(&text))));
        let loaded = load("book.scn", &Text(text.clone()));
        group.bench_function("check", |bench| {
            bench.iter(|| {
                let (symbols, _) = resolve(&loaded);
                black_box(check(&loaded, &symbols))
            });
        });
        let (symbols, _) = resolve(&loaded);
        let (model, problems) = check(&loaded, &symbols);
        assert!(problems.is_empty(), "{}", problems[0].message);
        group.bench_function("evaluate", |bench| bench.iter(|| black_box(evaluate(&model, &Settings::default()))));
        group.finish();
    }
}

struct Folder;

impl Loader for Folder {
    fn read(&self, path: &str) -> Result<Vec<u8>, String> {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/scenarios/china_ai_accelerators/");
        std::fs::read(format!("{folder}{path}")).map_err(|error| error.to_string())
    }
}

/// From the files on disk to every value of every case and every finding, nothing kept from the run before.
fn real_book(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("china");
    group.bench_function("check", |bench| bench.iter(|| black_box(open("book.scn", &Folder, None))));
    group.bench_function("check and evaluate", |bench| {
        bench.iter(|| black_box(open("book.scn", &Folder, None).evaluate(&Settings::default())));
    });
    group.finish();
    assert!(open("book.scn", &Folder, None).is_sound());
}

criterion_group!(benches, real_book, big_book);
criterion_main!(benches);
