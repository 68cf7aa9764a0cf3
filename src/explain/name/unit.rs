//! Units in base units.

use serde::Serialize;

use crate::model::Model;

/// A unit that a book may use.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Measured {
    /// As it was asked for.
    pub unit: String,
    /// What it measures, if the book or a module says it in words.
    pub label: Option<String>,
    /// One of it is so many of `base`.
    pub factor: f64,
    /// The base unit of what it measures; empty for a pure number.
    pub base: String,
}

impl Measured {
    pub(super) fn named(model: &Model, word: &str) -> Option<Measured> {
        let unit = model.units.parse(word).ok()?;
        let label = unit.dimension.single().map(|base| model.units.label(base)).filter(|label| *label != word);
        Some(Measured {
            unit: word.to_string(),
            label: label.map(|label| label.to_string()),
            factor: unit.factor,
            base: model.units.canonical(&unit.dimension).symbol.to_string(),
        })
    }
}
