//! Answers of calibrations: the values found, what the targets are there, and what cannot be told apart.

use serde_json::{Value, json};

use crate::eval::Cell;
use crate::export::{display, value};
use crate::study::{CalibrateAnswer, Hit, Implied, Solution};
use crate::units::{Unit, significant};

use super::row::{amount_of, change, distance, number_of, texts};
use super::{Part, Table, Told};

impl Told for CalibrateAnswer {
    fn parts(&self) -> Vec<Part> {
        let mut parts: Vec<Part> = self.free.iter().filter_map(cut).map(Part::Line).collect();
        parts.extend(count(self).map(Part::Line));
        parts.push(Part::Table(found(self)));
        parts.push(Part::Table(targets(self)));
        parts.extend(warnings(self).into_iter().map(Part::Line));
        parts
    }

    fn json(&self) -> Value {
        let free = |free: &Implied| {
            json!({
                "path": &*free.factor.text,
                "low": amount_of(Some(free.low), &free.unit),
                "high": amount_of(Some(free.high), &free.unit),
                "recorded": amount_of(free.recorded, &free.unit),
                "cut_from": free.cut_from.as_deref(),
            })
        };
        let target = |hit: &Hit| {
            json!({
                "output": &*hit.output.text,
                "wanted": amount_of(Some(hit.wanted), &hit.output.unit),
                "tolerance": value(&Cell::Number(hit.tolerance), &hit.output.unit),
                "recorded": amount_of(hit.recorded, &hit.output.unit),
            })
        };
        json!({
            "free": self.free.iter().map(free).collect::<Vec<_>>(),
            "targets": self.targets.iter().map(target).collect::<Vec<_>>(),
            "rows": rows(self),
            "solutions": self.solutions.len(),
            "warnings": warnings(self),
        })
    }

    fn records(&self) -> Vec<Vec<String>> {
        let mut rows = vec![texts(["id", "solution", "path", "value", "unit", "slack", "recorded"])];
        for (at, solution) in self.solutions.iter().enumerate() {
            for (input, free) in self.free.iter().enumerate() {
                let number = |base: Option<f64>| base.map_or(String::new(), |base| number_of(base, &free.unit));
                rows.push(texts([
                    &id(self, at, free),
                    &(at + 1).to_string(),
                    &free.factor.text,
                    &number_of(solution.values[input], &free.unit),
                    &free.unit.symbol,
                    &number(solution.slack[input]),
                    &number(free.recorded),
                ]));
            }
        }
        rows
    }
}

fn cut(free: &Implied) -> Option<String> {
    let formula = free.cut_from.as_ref()?;
    Some(format!("`{}` is solved for here, and not computed as `{formula}`.", free.factor.text))
}

fn count(answer: &CalibrateAnswer) -> Option<String> {
    let several = answer.solutions.len();
    (several > 1).then(|| format!("{several} solutions; the one nearest to the recorded value is first."))
}

/// A value as it would be written down: six digits.
fn precise(base: f64, unit: &Unit) -> String {
    unit.written(&significant(unit.from_base(base), 6))
}

fn found(answer: &CalibrateAnswer) -> Table {
    let mut rows = Vec::new();
    for solution in &answer.solutions {
        for (at, free) in answer.free.iter().enumerate() {
            let recorded = free.recorded.map_or(String::new(), |value| precise(value, &free.unit));
            let slack = solution.slack[at].map_or("any".to_string(), |slack| distance(slack, &free.unit));
            rows.push(vec![free.factor.text.to_string(), precise(solution.values[at], &free.unit), slack, recorded]);
        }
    }
    Table { caption: None, head: texts(["input", "implied", "±", "recorded"]), labels: 1, rows }
}

fn targets(answer: &CalibrateAnswer) -> Table {
    let first = answer.solutions.first();
    let row = |(at, hit): (usize, &Hit)| {
        let unit = &hit.output.unit;
        let number = |base: Option<f64>| base.map_or("NM".to_string(), |base| display(&Cell::Number(base), unit));
        vec![
            hit.output.text.to_string(),
            number(Some(hit.wanted)),
            distance(hit.tolerance, unit),
            number(first.map(|solution| solution.hits[at])),
            number(hit.recorded),
        ]
    };
    Table {
        caption: None,
        head: texts(["target", "wanted", "±", "reached", "as recorded"]),
        labels: 1,
        rows: answer.targets.iter().enumerate().map(row).collect(),
    }
}

/// What the targets cannot tell, and where they jump.
fn warnings(answer: &CalibrateAnswer) -> Vec<String> {
    let mut all = Vec::new();
    if let Some(solution) = answer.solutions.first() {
        all.extend(solution.free.iter().map(|direction| free_direction(answer, direction)));
        all.extend(loose(answer, solution));
    }
    all.extend(answer.jumps.iter().map(|jump| {
        let free = &answer.free[0];
        format!("The target jumps at `{}` = {}; that is no solution.", free.factor.text, precise(*jump, &free.unit))
    }));
    all
}

/// Inputs that the targets leave free: moved together, nothing notices.
fn free_direction(answer: &CalibrateAnswer, direction: &[f64]) -> String {
    let largest = direction.iter().map(|part| part.abs()).fold(0.0, f64::max);
    let moves = answer.free.iter().zip(direction).filter(|(_, part)| part.abs() > 1e-3 * largest);
    let moves: Vec<String> = moves
        .map(|(free, part)| {
            let by = part / largest * (free.high - free.low) / 10.0;
            format!("`{}` by {}", free.factor.text, change(by, &free.unit))
        })
        .collect();
    format!(
        "The targets do not settle this: moving {} leaves them where they are. The values nearest to the recorded ones are given; \
         add a target, or free less.",
        moves.join(" and ")
    )
}

/// An input that may be anything in its bracket.
fn loose(answer: &CalibrateAnswer, solution: &Solution) -> Option<String> {
    let is_loose = |(free, slack): &(&Implied, &Option<f64>)| slack.is_none_or(|slack| slack >= free.high - free.low);
    let names: Vec<String> = answer
        .free
        .iter()
        .zip(&solution.slack)
        .filter(is_loose)
        .map(|(free, _)| format!("`{}`", free.factor.text))
        .collect();
    let single = solution.free.is_empty() && !names.is_empty();
    single
        .then(|| format!("The targets hardly notice {}: any value in its bracket is near enough.", names.join(" and ")))
}

fn id(answer: &CalibrateAnswer, solution: usize, free: &Implied) -> String {
    format!("{}@{}{{{}}}", free.factor.text, answer.head.case, solution + 1)
}

fn rows(answer: &CalibrateAnswer) -> Vec<Value> {
    let mut rows = Vec::new();
    for (at, solution) in answer.solutions.iter().enumerate() {
        for (input, free) in answer.free.iter().enumerate() {
            let found = solution.values[input];
            rows.push(json!({
                "id": id(answer, at, free),
                "solution": at + 1,
                "path": &*free.factor.text,
                "value": value(&Cell::Number(found), &free.unit),
                "display": precise(found, &free.unit),
                "unit": &*free.unit.symbol,
                "slack": solution.slack[input].map(|slack| value(&Cell::Number(slack), &free.unit)),
            }));
        }
    }
    rows
}
