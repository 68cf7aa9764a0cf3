//! Answers of discoveries: the region as a sentence, and what each of its limits is worth.

use serde_json::{Value, json};

use crate::eval::Cell;
use crate::export::display;
use crate::study::{DiscoverAnswer, Limit};
use crate::units::grouped;

use super::drawn::{drawn, holds, idle_json, inputs_json, percent, pinned_json, still, warned, warnings_json};
use super::row::{amount_of, number_of, texts};
use super::simulate::sampling;
use super::{Part, Table, Told};

impl Told for DiscoverAnswer {
    fn parts(&self) -> Vec<Part> {
        let mut lines = vec![sentence(self), often(self)];
        lines.extend(warned(&self.notes));
        let mut parts: Vec<Part> = lines.into_iter().map(Part::Line).collect();
        if !self.limits.is_empty() {
            parts.push(Part::Table(table(self)));
        }
        parts.push(Part::Line(drawn(self.draws, self.sampling, self.seed, &self.inputs)));
        parts.extend(still(&self.pinned, &self.idle).into_iter().map(Part::Line));
        parts
    }

    fn json(&self) -> Value {
        let limit = |limit: &Limit| {
            json!({
                "input": &*limit.input,
                "low": amount_of(limit.low, &limit.unit),
                "high": amount_of(limit.high, &limit.unit),
                "density_without": limit.without,
                "by_chance": limit.by_chance,
            })
        };
        json!({
            "condition": &*self.condition,
            "says": sentence(self),
            "draws": self.draws,
            "seed": self.seed,
            "sampling": sampling(self.sampling),
            "without_draws": holds(&self.point),
            "known": self.known,
            "hits": self.hits,
            "missing": self.missing,
            "inside": self.inside,
            "inside_hits": self.inside_hits,
            "density": self.density(),
            "coverage": self.coverage(),
            "limits": self.limits.iter().map(limit).collect::<Vec<_>>(),
            "inputs": inputs_json(&self.inputs),
            "pinned": pinned_json(&self.pinned),
            "idle": idle_json(&self.idle),
            "warnings": warnings_json(&self.notes),
        })
    }

    fn records(&self) -> Vec<Vec<String>> {
        let mut rows = vec![texts(["id", "condition", "input", "low", "high", "unit", "density without", "by chance"])];
        for limit in &self.limits {
            let number = |base: Option<f64>| base.map_or(String::new(), |base| number_of(base, &limit.unit));
            rows.push(texts([
                &format!("{}@{}{{{}}}", self.condition, self.head.case, limit.input),
                &self.condition,
                &limit.input,
                &number(limit.low),
                &number(limit.high),
                &limit.unit.symbol,
                &json!(limit.without).to_string(),
                &json!(limit.by_chance).to_string(),
            ]));
        }
        rows
    }
}

/// The region in one sentence.
fn sentence(answer: &DiscoverAnswer) -> String {
    if answer.limits.is_empty() {
        let share = percent(answer.hits as f64 / answer.known.max(1) as f64);
        return format!("`{}` holds in {share} of the worlds, and no input tells which.", answer.condition);
    }
    let limits: Vec<String> = answer.limits.iter().map(limit).collect();
    let limits = match limits.as_slice() {
        [init @ .., last] if !init.is_empty() => format!("{} and {last}", init.join(", ")),
        _ => limits.concat(),
    };
    let (density, coverage) = (percent(answer.density()), percent(answer.coverage()));
    format!(
        "`{}` holds in {density} of the worlds where {limits}; that covers {coverage} of the worlds in which it holds.",
        answer.condition
    )
}

/// `ke` is below 9.1%
fn limit(limit: &Limit) -> String {
    let text = |bound: f64| display(&Cell::Number(bound), &limit.unit);
    match (limit.low, limit.high) {
        (Some(low), Some(high)) => format!("`{}` is between {} and {}", limit.input, text(low), text(high)),
        (Some(low), None) => format!("`{}` is above {}", limit.input, text(low)),
        (None, Some(high)) => format!("`{}` is below {}", limit.input, text(high)),
        (None, None) => format!("`{}` is anything", limit.input),
    }
}

/// How often it holds anywhere.
fn often(answer: &DiscoverAnswer) -> String {
    let share = percent(answer.hits as f64 / answer.known.max(1) as f64);
    let of = grouped(answer.known as f64, 0);
    let region = percent(answer.inside as f64 / answer.known.max(1) as f64);
    let unknown = match answer.missing {
        0 => String::new(),
        missing => format!(", and in {} draws it is not known", grouped(missing as f64, 0)),
    };
    match answer.limits.is_empty() {
        true => format!("There are {of} worlds{unknown}."),
        false => format!("It holds in {share} of all {of} worlds{unknown}; the region is {region} of them."),
    }
}

fn table(answer: &DiscoverAnswer) -> Table {
    let row = |limit: &Limit| {
        let text = |bound: Option<f64>| bound.map_or(String::new(), |bound| display(&Cell::Number(bound), &limit.unit));
        let chance = if limit.by_chance < 0.001 { "under 0.1%".to_string() } else { percent(limit.by_chance) };
        vec![limit.input.to_string(), text(limit.low), text(limit.high), percent(limit.without), chance]
    };
    let head = ["limit", "above", "below", "holds without it", "worth nothing by chance"];
    Table { caption: None, head: texts(head), labels: 1, rows: answer.limits.iter().map(row).collect() }
}
