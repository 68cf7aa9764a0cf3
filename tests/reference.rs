//! Statistics held against SciPy and SALib, where Python has them; `REFERENCE=1` installs them below `target/`.

#[path = "support/python.rs"]
mod python;

use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use scn::chance::indices::Design;
use scn::chance::summary::Summary;
use scn::chance::{Draws, Marginal, Sampling, Sobol, Stream, normal, rank_correlation};
use serde_json::{Value, json};

use python::python;

#[test]
fn scipy_and_salib_say_the_same() {
    let Some(python) = python("reference", &["scipy", "SALib"], "REFERENCE") else {
        println!("skipped: python3 has no SciPy and SALib; `REFERENCE=1 cargo test --test reference` installs them");
        return;
    };
    let found = json!({
        "normal": probabilities().map(|p| json!([p, normal::quantile(p)])).collect::<Vec<_>>(),
        "marginals": marginals(),
        "sobol": sobol(),
        "ranks": ranks(),
        "indices": [indices("ishigami", 3), indices("g", 6)],
        "summary": summary(),
    });
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/reference/compare.py");
    let mut child = Command::new(python)
        .arg(script)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("python starts");
    child.stdin.take().expect("a pipe").write_all(found.to_string().as_bytes()).expect("python reads");
    let output = child.wait_with_output().expect("python ends");
    let said = String::from_utf8_lossy(&output.stdout);
    println!("{said}");
    assert!(output.status.success(), "{said}{}", String::from_utf8_lossy(&output.stderr));
}

fn probabilities() -> impl Iterator<Item = f64> {
    let inner = (1..400).map(|step| f64::from(step) / 400.0);
    inner.chain([1e-15, 1e-9, 1e-4, 0.024_999, 0.075, 0.925, 0.999_9, 1.0 - 1e-12])
}

/// Each distribution by name and numbers, with some of its quantiles.
fn marginals() -> Vec<Value> {
    let normal = |mean, sd| Marginal::normal(mean, sd);
    let made = [
        ("uniform", vec![-2.0, 5.0], Marginal::uniform(-2.0, 5.0)),
        ("triangular", vec![1.0, 2.0, 5.0], Marginal::triangular(1.0, 2.0, 5.0)),
        ("pert", vec![9.0, 10.0, 14.0], Marginal::pert(9.0, 10.0, 14.0)),
        ("pert", vec![0.0, 0.0, 1.0], Marginal::pert(0.0, 0.0, 1.0)),
        ("pert", vec![-1.0, 0.98, 1.0], Marginal::pert(-1.0, 0.98, 1.0)),
        ("normal", vec![1.06, 0.05], normal(1.06, 0.05)),
        ("lognormal", vec![-0.02, 0.2], Marginal::lognormal(-0.02, 0.2)),
        ("truncnorm", vec![1.0, 0.4, 0.5, 1.2], normal(1.0, 0.4).and_then(|whole| whole.within(0.5, 1.2))),
    ];
    let all = made.into_iter().map(|(name, numbers, made)| {
        let marginal = made.expect("a distribution");
        let points: Vec<Value> = probabilities().map(|p| json!([p, marginal.quantile(p)])).collect();
        json!({ "name": name, "numbers": numbers, "points": points })
    });
    all.collect()
}

/// The first 1,024 points in 256 dimensions, every 17th dimension of them.
fn sobol() -> Value {
    let column = |dimension: usize| -> Vec<f64> {
        let sobol = Sobol::dimension(dimension).expect("in the table");
        (0..1024).map(|place| sobol.plain(place)).collect()
    };
    (0..256).step_by(17).map(|dimension| json!({ "dimension": dimension, "points": column(dimension) })).collect()
}

fn uniforms(inputs: u32, draws: usize, sampling: Sampling) -> Vec<Vec<f64>> {
    let streams: Vec<Stream> = (0..inputs).map(Stream::Numbered).collect();
    let mut columns = vec![vec![0.0; draws]; inputs as usize];
    let draws = Draws::new(11, sampling, draws as u64, &streams).expect("few inputs");
    draws.uniforms(0, &mut columns.iter_mut().map(Vec::as_mut_slice).collect::<Vec<_>>());
    columns
}

fn ranks() -> Value {
    let columns = uniforms(2, 500, Sampling::Plain);
    let rounded: Vec<f64> = columns[0].iter().zip(&columns[1]).map(|(a, b)| ((a + b) * 10.0).round()).collect();
    json!({ "left": columns[0], "right": rounded, "correlation": rank_correlation(&columns[0], &rounded) })
}

/// The values of a known function in the order that SALib reads them, and our indices.
fn indices(name: &str, inputs: usize) -> Value {
    let columns = uniforms(2 * inputs as u32, 2048, Sampling::Sobol);
    let pi = std::f64::consts::PI;
    let value = |point: Vec<f64>| match name {
        "ishigami" => {
            let x: Vec<f64> = point.iter().map(|u| (2.0 * u - 1.0) * pi).collect();
            let (second, square) = (libm::sin(x[1]), x[2] * x[2]);
            libm::sin(x[0]) + 7.0 * second * second + 0.1 * square * square * libm::sin(x[0])
        }
        _ => {
            let weights = [0.0, 1.0, 4.5, 9.0, 99.0, 99.0];
            point.iter().zip(weights).map(|(x, a): (&f64, f64)| ((4.0 * x - 2.0).abs() + a) / (1.0 + a)).product()
        }
    };
    let at = |set: usize, row: usize| -> f64 {
        let second = |input: usize| set == inputs + 1 || set == input + 1;
        value((0..inputs).map(|input| columns[if second(input) { inputs + input } else { input }][row]).collect())
    };
    let column = |set: usize| -> Vec<f64> { (0..2048).map(|row| at(set, row)).collect() };
    let design = Design { first: column(0), second: column(inputs + 1), swapped: (1..=inputs).map(column).collect() };
    let found = design.indices(1).expect("it varies");
    let in_order: Vec<f64> =
        (0..2048).flat_map(|row| (0..inputs + 2).map(move |set| (set, row))).map(|(set, row)| at(set, row)).collect();
    json!({
        "name": name,
        "inputs": inputs,
        "values": in_order,
        "first": found.iter().map(|pair| pair.0.value).collect::<Vec<_>>(),
        "total": found.iter().map(|pair| pair.1.value).collect::<Vec<_>>(),
    })
}

/// Statistics of many values in little memory.
fn summary() -> Value {
    let mut values = uniforms(1, 150_000, Sampling::Plain).remove(0);
    Marginal::lognormal(1.0, 0.7).expect("a distribution").quantiles(&mut values);
    let quantiles = [0.05, 0.5, 0.975];
    let mut summary = Summary::new(Some(2.0), &quantiles);
    for (chunk, block) in values.chunks(2048).enumerate() {
        let lens = summary.lens();
        summary.take(chunk as u64, lens.look(block));
        summary.settle(8.0);
    }
    let found: Vec<f64> = (0..3).map(|place| summary.quantile(place).expect("inside of its bracket").value).collect();
    let moments = summary.moments();
    json!({
        "values": values,
        "quantiles": quantiles.iter().zip(found).collect::<Vec<_>>(),
        "mean": moments.mean,
        "sd": moments.sd(),
        "below": summary.percentile().map(|share| share.value),
        "sd_error": moments.sd_error(),
    })
}
