//! `Amount`: one value as machines and people read it, and why it is missing if it is.

use serde::Serialize;

use crate::eval::Cell;
use crate::export::{self, Missing, display};
use crate::units::Unit;

/// A value as a number of its unit and as people read it.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Amount {
    /// A number of `unit`, a text, yes or no; null if it is missing.
    pub value: serde_json::Value,
    pub display: String,
    pub unit: String,
    /// Why there is no value.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub missing: Option<Missing>,
}

impl Amount {
    /// A cell in a unit.
    pub(super) fn of(cell: &Cell, unit: &Unit) -> Amount {
        Amount {
            value: export::value(cell, unit),
            display: display(cell, unit),
            unit: unit.symbol.to_string(),
            missing: export::missing(cell),
        }
    }
}

/// One period of a series.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Timed {
    pub period: String,
    #[serde(flatten)]
    pub amount: Amount,
    /// As people read it in a row: without its unit, with as many decimals as its neighbours.
    pub short: String,
}

impl Timed {
    /// Neighbours in time, each with the name of its period.
    pub(super) fn row(named: Vec<(String, Cell)>, unit: &Unit) -> Vec<Timed> {
        let (names, cells): (Vec<String>, Vec<Cell>) = named.into_iter().unzip();
        let short = export::aligned(&cells, unit);
        let all = names.into_iter().zip(&cells).zip(short);
        all.map(|((period, cell), short)| Timed { period, amount: Amount::of(cell, unit), short }).collect()
    }
}
