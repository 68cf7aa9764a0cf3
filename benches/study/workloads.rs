//! The contestants of each workload.

use std::hint::black_box;

use scn::eval::{Knob, Probe, Settings, Sweep, evaluate};
use scn::model::{CaseId, Model, StudyId};
use scn::resolve::Loader;
use scn::study::{Answer, Options, run};
use scn::workspace::open;

use super::book::{Form, book};
use super::{Race, chance, firms, hand, summary};

struct Text(String);

impl Loader for Text {
    fn read(&self, _path: &str) -> Result<Vec<u8>, String> {
        Ok(self.0.clone().into_bytes())
    }
}

struct Folder(&'static str);

impl Loader for Folder {
    fn read(&self, path: &str) -> Result<Vec<u8>, String> {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/benches/books/");
        std::fs::read(format!("{folder}{}/{path}", self.0)).map_err(|error| error.to_string())
    }
}

fn model(book: &'static str) -> Model {
    let checked = open("book.scn", &Folder(book), None);
    assert!(checked.is_sound(), "{book} is sound");
    checked.model.clone()
}

fn knobs(model: &Model, paths: &[&str]) -> Vec<Knob> {
    let knob = |path: &&str| model.variable_at(path).map(|variable| Knob { variable, window: None });
    paths.iter().filter_map(knob).collect()
}

fn value(model: &Model) -> Vec<Probe> {
    model.variable_at("value").into_iter().map(|variable| Probe { variable, index: None }).collect()
}

/// W1: prescribed draws to values.
pub fn prescribed(n: usize) {
    let model = model("w1");
    let knobs = knobs(&model, &["beta", "rf", "erp", "g", "pay", "mult"]);
    let sweep = Sweep::new(&model, &Settings::default(), CaseId::BASE, &knobs, &value(&model));
    println!("W1 takes {} steps", sweep.cost());
    let columns = draws(n);
    let columns: [&[f64]; 6] = columns.each_ref().map(Vec::as_slice);
    let (mut ours, mut theirs) = (vec![vec![0.0; n]], vec![0.0; n]);
    let mut plain = vec![0.0; n];
    sweep.run(&columns, &mut ours);
    hand::eval_plain(columns, &mut theirs);
    let worst = ours[0].iter().zip(&theirs).map(|(a, b)| ((a - b) / b).abs()).fold(0.0, f64::max);
    assert!(worst < 1e-12, "ours and by hand differ by {worst:e}");
    let half = n / 2;
    let mut halves = [vec![vec![0.0; half]], vec![vec![0.0; half]]];
    let race = Race::run(
        7,
        &mut [
            ("by hand, blocked, 1 thread", &mut || hand::eval_blocked(columns, &mut theirs)),
            ("by hand, plain, 1 thread", &mut || hand::eval_plain(columns, &mut plain)),
            ("scn, 1 thread", &mut || sweep.run(&columns, &mut ours)),
            ("scn, 2 threads", &mut || {
                std::thread::scope(|scope| {
                    for (at, out) in halves.iter_mut().enumerate() {
                        let part = columns.map(|column| &column[at * half..(at + 1) * half]);
                        let sweep = &sweep;
                        scope.spawn(move || sweep.run(&part, out));
                    }
                });
            }),
        ],
    );
    race.print("W1, prescribed draws to values, 1e6", n as f64);
}

fn draws(n: usize) -> [Vec<f64>; 6] {
    let mut all: [Vec<f64>; 6] = Default::default();
    let mut block = chance::Draws::default();
    for first in (0..n).step_by(chance::BLOCK) {
        chance::draw(first as u64, &mut block);
        let columns = [&block.beta, &block.rf, &block.erp, &block.g, &block.pay, &block.mult];
        for (all, column) in all.iter_mut().zip(columns) {
            all.extend_from_slice(&column[..chance::BLOCK.min(n - first)]);
        }
    }
    all
}

/// W2: a grid of a thousand by a thousand.
pub fn grid() {
    let model = model("w2");
    let knobs = knobs(&model, &["coe", "g_term"]);
    let sweep = Sweep::new(&model, &Settings::default(), CaseId::BASE, &knobs, &value(&model));
    let levels = |from: f64, width: f64| (0..1000).map(|at| from + at as f64 * (width / 999.0)).collect::<Vec<f64>>();
    let (coes, growths) = (levels(0.070, 0.030), levels(0.030, 0.035));
    let mut theirs = vec![0.0; 1_000_000];
    let mut ours = vec![vec![0.0; 1_000_000]];
    let mut parts = theirs.clone();
    sweep.grid(&[&coes, &growths], 2, &mut ours);
    println!("\nW2 sum {:.4}, corners {:.9} {:.9}", ours[0].iter().sum::<f64>(), ours[0][0], ours[0][999_999]);
    let mut second = ours.clone();
    let race = Race::run(
        15,
        &mut [
            ("by hand, hoisted, 2 threads", &mut || {
                let (upper, lower) = parts.split_at_mut(500_000);
                std::thread::scope(|scope| {
                    scope.spawn(|| hand::grid(&coes[..500], &growths, upper));
                    hand::grid(&coes[500..], &growths, lower);
                });
            }),
            ("by hand, hoisted, 1 thread", &mut || hand::grid(&coes, &growths, &mut theirs)),
            ("scn, 1 thread", &mut || sweep.grid(&[&coes, &growths], 1, &mut ours)),
            ("scn, 2 threads", &mut || sweep.grid(&[&coes, &growths], 2, &mut second)),
        ],
    );
    race.print("W2, 1000 x 1000 cells", 1e6);
}

/// W1: draws, values and their summary.
pub fn simulated(n: usize) {
    let model = model("w1");
    let quantiles = [0.05, 0.5, 0.95];
    let mut values = vec![0.0; n];
    hand::full(0, &mut values);
    println!("\nW1 by hand: scenario 12345 is {:.12}; {:?}", values[12_345], summary::summary(&values, 2, &quantiles));
    let answer = |threads: usize| {
        let options = Options { draws: Some(n as u64), threads, ..Options::default() };
        run(&model, StudyId(0), &options)
    };
    if let Ok(Answer::Simulate(answer)) = answer(2) {
        let figures = &answer.cases[0].outputs[0].statistics;
        println!("W1 by scn: {:?}", figures.iter().filter_map(|figure| figure.value).collect::<Vec<f64>>());
    }
    let mut single = vec![0.0; n];
    let mut by_hand = || {
        let half = values.len() / 2 / chance::BLOCK * chance::BLOCK;
        let (left, right) = values.split_at_mut(half);
        std::thread::scope(|scope| {
            scope.spawn(|| hand::full(half as u64, right));
            hand::full(0, left);
        });
        black_box(summary::summary(&values, 2, &quantiles));
    };
    let race = Race::run(
        4,
        &mut [
            ("by hand, 2 threads", &mut by_hand),
            ("by hand, 1 thread", &mut || {
                hand::full(0, &mut single);
                black_box(summary::summary(&single, 1, &quantiles));
            }),
            ("scn, 2 threads", &mut || drop(black_box(answer(2)))),
            ("scn, 1 thread", &mut || drop(black_box(answer(1)))),
        ],
    );
    race.print("W1, draws to summary, 1e7", n as f64);
}

/// W3: a big book, from text to every cell of every case.
pub fn big() {
    let text = book(1_000, Form::Kind);
    let cells = 1_000.0 * 20.0 * 40.0 * 5.0;
    let whole = || open("book.scn", &Text(text.clone()), None);
    let checked = whole();
    let settings = Settings::default();
    let firms = firms::drawn(1_000);
    let total: f64 = firms::CASES.iter().map(|case| firms::values(&firms, case).iter().sum::<f64>()).sum();
    println!("\nW3 by hand: the values of all companies and cases add up to {total:.6}");
    let race = Race::run(
        5,
        &mut [
            ("by hand, formulas in Rust, evaluation only", &mut || {
                firms::CASES.iter().for_each(|case| drop(black_box(firms::values(&firms, case))));
            }),
            ("scn, evaluation only", &mut || drop(black_box(evaluate(&checked.model, &settings)))),
            ("scn, text to every cell", &mut || drop(black_box(whole().evaluate(&settings)))),
        ],
    );
    race.print("W3, a thousand companies in five cases", cells);
}
