//! Simulations as SQL: the text for every engine, and what engines make of it where Python has them.
//!
//! `ENGINES=1 cargo test --test sql` installs DuckDB, DataFusion, Spark and sqlglot below `target/`; Spark also wants Java.

#[path = "support/python.rs"]
mod python;

use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use scn::export::sql::{Dialect, Rows, sql};
use scn::model::{Model, Statistic};
use scn::resolve::Loader;
use scn::study::{Answer, Options, plan, run};
use serde_json::{Value, json};

use python::python;

/// Every shape, streams by number and by name, correlations, missing values, aggregates, recursion over years.
const BOOK: &str = "\
scn 1
model many \"Everything that is written as SQL\" { currency CNY, as_of 2026-07-14, owner tests }
calendar fy = annual 2025A..2037E ending Dec
assume rf = 2% range 1.8%..2.2% triangular by tests because \"t\"
assume beta = 1.06 range normal sd 0.05 by tests because \"t\"
assume erp = 6% range 5.5%..6.5% by tests because \"t\"
assume g = 16% range 12%..21% p5p95 by tests because \"t\"
assume pay = 26% range 15%..40% uniform by tests because \"t\"
assume mult = 1 range lognormal mu -0.02 sigma 0.20 within 0.6..1.7 by tests because \"t\"
assume kick = 1 range discrete 0 at 5%, 1 at 65%, 1.1 at 30% by tests because \"t\"
kind chip { in units: ratio }
chip a by tests because \"t\" { assume units = 3 range 1..4 }
chip b by tests because \"t\" { assume units = 2 range 1..4 uniform }
derive coe = rf + beta * erp
flow ni: mn CNY = 2026E 6_156 mn CNY * mult | 2027E.. ni[prev] * (1 + g)
derive early: mn CNY = sum(ni[2026E..2029E])
derive late: mn CNY = max(ni[2037E], 20 bn CNY)
derive large = sum(c in chip where c.units > 2: c.units)
derive value: mn CNY = if kick > 1 then early * (1 - pay) / (1 + coe) ^ 3 else late / (1 + coe) ^ 2.5
derive odds = value / early / kick
derive rounded = round(ln(value / 1 mn CNY) + sqrt(large) - exp(-g), 2)
simulate mc \"Everything\" of value, odds, rounded {
  draws 20_000
  seed 20260714
  vary beta normal sd 0.05 stream 0
  vary rf 1.8%..2.2% triangular stream 1
  correlate g, erp at 0.5
  report mean, sd, min, max, q5, q50, q95
  probability value > 9 bn CNY
}
simulate spread \"Stratified\" of value {
  draws 1_000
  sampling latin
}
";

const DIALECTS: [Dialect; 6] =
    [Dialect::DuckDb, Dialect::DataFusion, Dialect::Spark, Dialect::Postgres, Dialect::BigQuery, Dialect::Snowflake];

struct Memory;

impl Loader for Memory {
    fn read(&self, _: &str) -> Result<Vec<u8>, String> {
        Ok(BOOK.as_bytes().to_vec())
    }
}

fn model() -> Model {
    let book = scn::workspace::open("book.scn", &Memory, None);
    assert!(book.is_sound(), "{:?}", book.problems);
    book.model
}

/// The statement of the first simulation.
fn statement(model: &Model, dialect: Dialect, study: &str) -> Result<String, String> {
    let options = Options::default();
    let study = model.study_named(study).expect("a study");
    let plan = plan(model, study, &options).expect("a simulation").expect("it can be drawn");
    sql(&plan, Rows { first: 0, count: plan.draws }, dialect).map_err(|refusal| refusal.to_string())
}

#[test]
fn every_engine_has_a_text_without_anything_that_is_no_number() {
    let model = model();
    for dialect in DIALECTS {
        let text = statement(&model, dialect, "mc").expect("a statement");
        assert!(!text.contains("NaN") && !text.contains("inf"), "{dialect:?}");
        assert_eq!(text, statement(&model, dialect, "mc").expect("a statement"), "{dialect:?}");
    }
}

#[test]
fn what_has_no_text_is_refused_in_words() {
    let refusal = statement(&model(), Dialect::Spark, "spread").expect_err("no engine stratifies");
    assert_eq!(refusal, "its sampling is latin; engines draw plainly only");
}

#[test]
fn engines_find_what_the_native_run_finds() {
    let Some(python) = python("engines", &["duckdb", "datafusion", "pyspark", "sqlglot"], "ENGINES") else {
        println!("skipped: python3 has no DuckDB; `ENGINES=1 cargo test --test sql` installs engines");
        return;
    };
    let model = model();
    let statements: Value = DIALECTS
        .iter()
        .map(|dialect| (dialect.name().to_string(), json!(statement(&model, *dialect, "mc").ok())))
        .collect();
    let question = json!({ "statements": statements, "expected": native(&model) });
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/sql/engines.py");
    let mut child = Command::new(python)
        .arg(script)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("python starts");
    child.stdin.take().expect("a pipe").write_all(question.to_string().as_bytes()).expect("python reads");
    let output = child.wait_with_output().expect("python ends");
    let said = String::from_utf8_lossy(&output.stdout);
    println!("{said}");
    assert!(output.status.success(), "{said}{}", String::from_utf8_lossy(&output.stderr));
}

/// A row for each output and condition, as the statement has them.
fn native(model: &Model) -> Vec<Value> {
    let study = model.study_named("mc").expect("a study");
    let Ok(Answer::Simulate(answer)) = run(model, study, &Options { threads: 2, ..Options::default() }) else {
        panic!("no answer");
    };
    let case = &answer.cases[0];
    let outputs = case.outputs.iter().map(|output| {
        let mut row = json!({ "draws": output.count, "missing": output.missing });
        for figure in &output.statistics {
            let name = match figure.statistic {
                Statistic::Mean => "mean".to_string(),
                Statistic::Sd => "sd".to_string(),
                Statistic::Min => "least".to_string(),
                Statistic::Max => "most".to_string(),
                Statistic::Quantile(p) => format!("q{}", (p * 100.0).round()),
            };
            row[name] = json!(figure.value);
        }
        row
    });
    let conditions = case.predicates.iter().map(|predicate| {
        json!({ "missing": predicate.missing, "mean": predicate.probability.map(|estimate| estimate.value) })
    });
    outputs.chain(conditions).collect()
}
