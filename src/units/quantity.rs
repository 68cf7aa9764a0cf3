//! `Quantity`: a number and its unit; arithmetic that may refuse.

use super::{Unit, UnitError};

/// A number of units.
#[derive(Debug, Clone, PartialEq)]
pub struct Quantity {
    pub number: f64,
    pub unit: Unit,
}

impl Quantity {
    /// The same quantity in another unit of the same dimension.
    pub fn to(&self, unit: &Unit) -> Result<Quantity, UnitError> {
        if !self.unit.measures_like(unit) {
            return Err(UnitError::Mismatch { left: self.unit.symbol.to_string(), right: unit.symbol.to_string() });
        }
        Ok(Quantity { number: unit.from_base(self.unit.to_base(self.number)), unit: unit.clone() })
    }

    /// Adds a quantity of the same dimension; the sum is in the unit of `self`.
    pub fn plus(&self, other: &Quantity) -> Result<Quantity, UnitError> {
        let other = other.to(&self.unit)?;
        Ok(Quantity { number: self.number + other.number, unit: other.unit })
    }
}
