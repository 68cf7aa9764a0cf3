//! What was drawn, in words and as data: the same for simulations and discoveries.

use std::sync::Arc;

use serde_json::{Value, json};

use crate::diagnostic::Problem;
use crate::eval::Cell;
use crate::model::Sampling;
use crate::study::{DrawnInput, Pinned};
use crate::units::{grouped, percent_to};

/// So many inputs are named one by one.
const NAMED: usize = 12;

/// `20,000 scrambled sobol points of seed 7. 2 inputs are drawn: …`
pub(super) fn drawn(draws: u64, sampling: Sampling, seed: u64, inputs: &[DrawnInput]) -> String {
    let how = match sampling {
        Sampling::Plain => "plain draws",
        Sampling::Latin => "draws of a latin hypercube",
        Sampling::Sobol => "scrambled sobol points",
    };
    let named: Vec<String> = inputs.iter().map(|one| format!("`{}` ({})", one.input, one.spread)).collect();
    let names = if named.len() <= NAMED { format!(": {}", named.join(", ")) } else { String::new() };
    let count = counted(inputs.len(), "input is drawn", "inputs are drawn");
    format!("{} {how} of seed {seed}; {count}{names}.", grouped(draws as f64, 0))
}

/// Which inputs stay where they are, and which move nothing.
pub(super) fn still(pinned: &[Pinned], idle: &[Arc<str>]) -> Vec<String> {
    let mut lines = Vec::new();
    if !pinned.is_empty() {
        let named: Vec<String> = pinned.iter().map(|one| format!("`{}` (by {})", one.input, one.by)).collect();
        let count = counted(pinned.len(), "input is pinned at its value", "inputs are pinned at their values");
        lines.push(format!("{count}: {}.", named.join(", ")));
    }
    if !idle.is_empty() {
        let named: Vec<String> = idle.iter().map(|name| format!("`{name}`")).collect();
        lines.push(match idle.len() {
            0..=NAMED => format!("These have a spread and move nothing here: {}.", named.join(", ")),
            many => format!("{many} inputs have a spread and move nothing here."),
        });
    }
    lines
}

/// Warnings as sentences.
pub(super) fn warned(notes: &[Problem]) -> Vec<String> {
    notes.iter().map(|note| format!("Warning ({}): {}.", note.code, note.message)).collect()
}

pub(super) fn inputs_json(inputs: &[DrawnInput]) -> Value {
    inputs
        .iter()
        .map(|one| json!({ "input": &*one.input, "spread": &*one.spread, "unit": &*one.unit.symbol }))
        .collect()
}

pub(super) fn pinned_json(pinned: &[Pinned]) -> Value {
    pinned.iter().map(|one| json!({ "input": &*one.input, "by": one.by })).collect()
}

pub(super) fn idle_json(idle: &[Arc<str>]) -> Value {
    idle.iter().map(|name| Value::from(&**name)).collect()
}

pub(super) fn warnings_json(notes: &[Problem]) -> Value {
    notes.iter().map(|note| json!({ "code": note.code, "message": note.message, "help": note.help })).collect()
}

/// Whether a condition holds; null if that is not known.
pub(super) fn holds(cell: &Cell) -> Value {
    match cell {
        Cell::YesNo(holds) => Value::from(*holds),
        _ => Value::Null,
    }
}

/// `43%`, `8.3%`, `0.02%`
pub(super) fn percent(share: f64) -> String {
    percent_to(share, if share.abs() >= 0.1 && share < 0.995 { 2 } else { 3 })
}

fn counted(count: usize, one: &str, many: &str) -> String {
    if count == 1 { format!("1 {one}") } else { format!("{count} {many}") }
}
