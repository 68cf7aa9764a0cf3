//! `Unit`: how something is measured: a symbol, a factor to base units, a dimension.

use std::sync::Arc;

use super::Dimension;

/// A unit; one of it is `factor` base units of its dimension.
///
/// Base units are chosen so that common factors are whole numbers (`mm`, `byte`, `s`, `J`), hence exact.
#[derive(Debug, Clone, PartialEq)]
pub struct Unit {
    pub symbol: Arc<str>,
    pub factor: f64,
    pub dimension: Dimension,
}

impl Unit {
    /// The unit of a pure number, shown as nothing.
    pub fn ratio() -> Unit {
        Unit { symbol: "".into(), factor: 1.0, dimension: Dimension::RATIO }
    }

    /// Whether both measure the same thing.
    pub fn measures_like(&self, other: &Unit) -> bool {
        self.dimension == other.dimension
    }

    /// A number of this unit in base units.
    pub fn to_base(&self, number: f64) -> f64 {
        number * self.factor
    }

    /// A number of base units in this unit.
    pub fn from_base(&self, number: f64) -> f64 {
        number / self.factor
    }
}
