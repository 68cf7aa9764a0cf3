//! Single numbers of an answer for machines and for people.

use std::sync::Arc;

use serde_json::{Value, json};

use crate::eval::Cell;
use crate::export::{display, in_unit, value};
use crate::units::Unit;

/// A number of base units as a number of a unit, with all its digits.
pub(super) fn number_of(base: f64, unit: &Unit) -> String {
    in_unit(&Cell::Number(base), unit).map_or(String::new(), |number| json!(number).to_string())
}

/// Why a cell is missing.
pub(super) fn missing_of(cell: &Cell) -> Option<(&'static str, Option<&str>)> {
    match cell {
        Cell::Missing { code, reason } => Some((code.word(), reason.as_deref())),
        _ => None,
    }
}

/// `{ "value": 12, "display": "12 CNY", "unit": "CNY" }`
pub(super) fn amount(cell: &Cell, unit: &Unit) -> Value {
    json!({ "value": value(cell, unit), "display": display(cell, unit), "unit": &*unit.symbol })
}

/// The same for a number of base units that may be none.
pub(super) fn amount_of(base: Option<f64>, unit: &Unit) -> Value {
    base.map_or(Value::Null, |base| amount(&Cell::Number(base), unit))
}

/// A distance between two values: shares are points apart, not percent.
pub(super) fn distance(base: f64, unit: &Unit) -> String {
    unit.shown_apart(base)
}

/// A change with its sign: `+1.2 CNY/share`, `-3 pp`.
pub(super) fn change(base: f64, unit: &Unit) -> String {
    let text = distance(base, unit);
    if base > 0.0 { format!("+{text}") } else { text }
}

/// What a column is of: `ps`, `revenue[2027E], bn CNY`
pub(super) fn named(text: &str, unit: &Unit) -> String {
    unit.of_column().map_or_else(|| text.to_string(), |symbol| format!("{text}, {symbol}"))
}

/// Names one after the other; beyond a few, how many more.
pub(super) fn listed(names: &[Arc<str>]) -> String {
    const FEW: usize = 6;
    let mut all: Vec<String> = names.iter().take(FEW).map(|name| format!("`{name}`")).collect();
    if names.len() > FEW {
        all.push(format!("and {} more", names.len() - FEW));
    }
    all.join(", ")
}

/// A row of records.
pub(super) fn texts<const N: usize>(row: [&str; N]) -> Vec<String> {
    row.map(str::to_string).to_vec()
}
