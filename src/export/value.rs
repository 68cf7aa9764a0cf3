//! Selected values as flat rows: one for each path, case and period.

use std::sync::Arc;

use serde::Serialize;
use serde_json::json;

use crate::calendar::Frequency;
use crate::eval::Cell;
use crate::units::Unit;

use super::{display, in_unit};

/// A path or an expression and its cells, case by case.
#[derive(Debug, Clone)]
pub struct Selected {
    pub path: Arc<str>,
    pub label: Option<Arc<str>>,
    /// The entity and its attribute, if all of a kind was selected.
    pub of_kind: Option<(Arc<str>, Arc<str>)>,
    pub unit: Unit,
    /// Nothing for a value without time.
    pub time: Option<Frequency>,
    /// The names of the periods that are shown; one empty name without time.
    pub periods: Vec<String>,
    /// For each case by name, a cell for each of `periods`.
    pub cases: Vec<(Arc<str>, Vec<Cell>)>,
}

/// One value as machines read it.
#[derive(Debug, Clone, Serialize)]
pub struct Row {
    /// `co.revenue[2027E]@bull`, stable from run to run.
    pub id: String,
    pub path: String,
    pub case: String,
    pub period: Option<String>,
    /// A number of `unit`, a text, yes or no (as a boolean); nothing if it is missing.
    pub value: serde_json::Value,
    pub display: String,
    pub unit: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub missing: Option<Missing>,
}

/// Why there is no value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Missing {
    pub code: &'static str,
    pub reason: Option<String>,
}

/// Every selected value, in the order selected, then by case, then by period.
pub fn rows(selected: &[Selected]) -> Vec<Row> {
    let mut all = Vec::new();
    for one in selected {
        for (case, cells) in &one.cases {
            all.extend(one.periods.iter().zip(cells).map(|(period, cell)| row(one, case, period, cell)));
        }
    }
    all
}

/// The rows as JSON.
pub fn json(selected: &[Selected]) -> String {
    let whole = json!({ "schema_version": 1, "values": rows(selected) });
    format!("{whole:#}\n")
}

/// The rows under a head, as texts.
pub fn records(selected: &[Selected]) -> Vec<Vec<String>> {
    let head = ["id", "path", "case", "period", "value", "display", "unit", "missing", "reason"];
    let head = head.map(str::to_string).to_vec();
    std::iter::once(head).chain(rows(selected).into_iter().map(record)).collect()
}

fn record(row: Row) -> Vec<String> {
    let value = match row.value {
        serde_json::Value::Null => String::new(),
        serde_json::Value::String(text) => text,
        other => other.to_string(),
    };
    let (code, reason) = row.missing.map_or(("", None), |missing| (missing.code, missing.reason));
    let (period, reason) = (row.period.unwrap_or_default(), reason.unwrap_or_default());
    vec![row.id, row.path, row.case, period, value, row.display, row.unit, code.to_string(), reason]
}

fn row(one: &Selected, case: &Arc<str>, period: &str, cell: &Cell) -> Row {
    let period = Some(period.to_string()).filter(|period| !period.is_empty());
    let index = period.as_ref().map(|period| format!("[{period}]")).unwrap_or_default();
    Row {
        id: format!("{}{index}@{case}", one.path),
        path: one.path.to_string(),
        case: case.to_string(),
        value: value(cell, &one.unit),
        display: display(cell, &one.unit),
        unit: one.unit.symbol.to_string(),
        missing: missing(cell),
        period,
    }
}

/// A cell as JSON: a number of the unit, a text, a boolean, or null.
pub fn value(cell: &Cell, unit: &Unit) -> serde_json::Value {
    match cell {
        Cell::Number(_) => json!(in_unit(cell, unit)),
        Cell::Text(text) => json!(&**text),
        Cell::YesNo(yes) => json!(yes),
        Cell::Missing { .. } => serde_json::Value::Null,
    }
}

/// Why a cell has no value; nothing if it has one.
pub fn missing(cell: &Cell) -> Option<Missing> {
    match cell {
        Cell::Missing { code, reason } => {
            Some(Missing { code: code.word(), reason: reason.as_deref().map(str::to_string) })
        }
        _ => None,
    }
}
