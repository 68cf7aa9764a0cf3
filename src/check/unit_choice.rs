//! How a value is shown whose line states no unit.

use crate::units::{Dimension, Unit, Units};

/// A named unit that is one base unit of the dimension, else the dimension spelled out.
pub(super) fn unit_of(units: &Units, dimension: &Dimension) -> Unit {
    if dimension.is_ratio() {
        return Unit::ratio();
    }
    let named = units.names().filter_map(|name| units.get(name));
    let mut exact = named.filter(|unit| unit.factor == 1.0 && unit.dimension == *dimension);
    exact.next().cloned().unwrap_or_else(|| units.canonical(dimension))
}
