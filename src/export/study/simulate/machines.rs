//! A simulation for machines: everything that was found, case by case, and as rows.

use serde_json::{Map, Value, json};

use crate::chance::indices::Index;
use crate::chance::summary::Estimate;
use crate::eval::Cell;
use crate::export::display;
use crate::study::{CaseAnswer, OutputAnswer, SimulateAnswer};
use crate::units::Unit;

use super::super::drawn::{holds, idle_json, inputs_json, pinned_json, warnings_json};
use super::super::row::{amount, number_of, texts};
use super::sampling;

pub fn json(answer: &SimulateAnswer) -> Value {
    let mut whole = json!({
        "draws": answer.draws,
        "seed": answer.seed,
        "sampling": sampling(answer.sampling),
        "inputs": inputs_json(&answer.inputs),
        "linked": answer.is_linked,
        "pinned": pinned_json(&answer.pinned),
        "idle": idle_json(&answer.idle),
        "warnings": warnings_json(&answer.notes),
    });
    match &answer.part {
        Some(part) => whole["part"] = serde_json::to_value(part).unwrap_or_default(),
        None => whole["cases"] = answer.cases.iter().map(case).collect(),
    }
    whole
}

fn case(case: &CaseAnswer) -> Value {
    let probability = |one: &crate::study::Probability| {
        json!({
            "id": format!("{}@{}{{probability}}", one.condition, case.case),
            "condition": &*one.condition,
            "without_draws": holds(&one.point),
            "value": one.probability.map(|share| share.value),
            "error": one.probability.map(|share| share.error),
            "missing": one.missing,
        })
    };
    json!({
        "case": &*case.case,
        "pinned": pinned_json(&case.pinned),
        "outputs": case.outputs.iter().map(|one| output(case, one)).collect::<Vec<_>>(),
        "probabilities": case.predicates.iter().map(probability).collect::<Vec<_>>(),
    })
}

fn output(case: &CaseAnswer, one: &OutputAnswer) -> Value {
    let unit = &one.output.unit;
    let mut statistics = Map::new();
    for figure in &one.statistics {
        let number = |base: Option<f64>| base.map_or(Value::Null, |base| number(base, unit));
        let shown = figure.value.map(|value| display(&Cell::Number(value), unit));
        let found = json!({ "value": number(figure.value), "error": number(figure.error), "display": shown });
        statistics.insert(figure.statistic.word(), found);
    }
    let missing = one.first_missing.as_ref().map(|(draw, why)| json!({ "draw": draw, "reason": why }));
    let settled = one.convergence.iter().map(
        |one| json!({ "draws": one.draws, "mean": number(one.mean, unit), "half_width": number(one.half_width, unit) }),
    );
    let ranks = one.importance.iter().map(
        |rank| json!({ "input": &*rank.input, "correlation": rank.correlation.value, "error": rank.correlation.error }),
    );
    let shares = one
        .indices
        .iter()
        .map(|shares| json!({ "input": &*shares.input, "first": index(&shares.first), "total": index(&shares.total) }));
    json!({
        "id": format!("{}@{}", one.output.text, case.case),
        "output": &*one.output.text,
        "unit": &*unit.symbol,
        "without_draws": amount(&one.point, unit),
        "percentile": one.percentile.map(|share| json!({ "value": share.value, "error": share.error })),
        "count": one.count,
        "missing": one.missing,
        "first_missing": missing,
        "statistics": statistics,
        "convergence": settled.collect::<Vec<_>>(),
        "histogram": histogram(one),
        "importance": ranks.collect::<Vec<_>>(),
        "indices": shares.collect::<Vec<_>>(),
        "index_points": one.index_points,
    })
}

fn histogram(one: &OutputAnswer) -> Value {
    let unit = &one.output.unit;
    one.histogram.as_ref().map_or(Value::Null, |found| {
        json!({
            "low": number(found.low, unit),
            "width": number(found.width, unit),
            "counts": found.counts,
            "below": found.below,
            "above": found.above,
        })
    })
}

fn index(index: &Index) -> Value {
    json!({ "value": index.value, "low": index.low, "high": index.high, "separable": index.is_separable() })
}

fn number(base: f64, unit: &Unit) -> Value {
    serde_json::from_str(&number_of(base, unit)).unwrap_or_default()
}

const HEAD: [&str; 10] = ["id", "case", "output", "what", "input", "value", "error", "low", "high", "unit"];

/// A row for each number: statistics, probabilities, rank correlations, indices, and how the mean settled.
pub fn records(answer: &SimulateAnswer) -> Vec<Vec<String>> {
    let mut rows = vec![texts(HEAD)];
    for case in &answer.cases {
        for one in &case.outputs {
            rows.extend(of_output(case, one));
        }
        for one in &case.predicates {
            let found = estimate(one.probability);
            rows.push(row(case, &one.condition, "probability", "", [&found.0, &found.1, "", ""], ""));
        }
    }
    rows
}

fn of_output(case: &CaseAnswer, one: &OutputAnswer) -> Vec<Vec<String>> {
    let (text, unit) = (&*one.output.text, &one.output.unit);
    let number = |base: Option<f64>| base.map_or(String::new(), |base| number_of(base, unit));
    let mut rows = vec![row(case, text, "without draws", "", [&number(one.point.number()), "", "", ""], &unit.symbol)];
    let below = estimate(one.percentile);
    rows.push(row(case, text, "draws below that", "", [&below.0, &below.1, "", ""], ""));
    for figure in &one.statistics {
        let (value, error) = (number(figure.value), number(figure.error));
        rows.push(row(case, text, &figure.statistic.word(), "", [&value, &error, "", ""], &unit.symbol));
    }
    rows.push(row(case, text, "count", "", [&one.count.to_string(), "", "", ""], ""));
    rows.push(row(case, text, "missing", "", [&one.missing.to_string(), "", "", ""], ""));
    for rank in &one.importance {
        let found = estimate(Some(rank.correlation));
        rows.push(row(case, text, "rank correlation", &rank.input, [&found.0, &found.1, "", ""], ""));
    }
    for shares in &one.indices {
        for (what, index) in [("first index", &shares.first), ("total index", &shares.total)] {
            let [value, low, high] = [index.value, index.low, index.high].map(|number| json!(number).to_string());
            rows.push(row(case, text, what, &shares.input, [&value, "", &low, &high], ""));
        }
    }
    for settled in &one.convergence {
        let what = format!("mean of {}", settled.draws);
        let bound = |sign: f64| number(Some(settled.mean + sign * settled.half_width));
        rows.push(row(
            case,
            text,
            &what,
            "",
            [&number(Some(settled.mean)), "", &bound(-1.0), &bound(1.0)],
            &unit.symbol,
        ));
    }
    rows
}

fn estimate(found: Option<Estimate>) -> (String, String) {
    found.map_or_else(Default::default, |found| (json!(found.value).to_string(), json!(found.error).to_string()))
}

fn row(case: &CaseAnswer, output: &str, what: &str, input: &str, numbers: [&str; 4], unit: &str) -> Vec<String> {
    let of = if input.is_empty() { what.to_string() } else { format!("{what}, {input}") };
    let id = format!("{output}@{}{{{of}}}", case.case);
    let [value, error, low, high] = numbers;
    texts([&id, &case.case, output, what, input, value, error, low, high, unit])
}
