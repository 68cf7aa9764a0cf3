//! `Move`: what a value was and is, and how far that is.

use crate::eval::Cell;
use crate::units::Unit;

/// One value then and now.
#[derive(Debug, Clone)]
pub struct Move {
    pub unit: Unit,
    /// Nothing if the baseline does not ask for it.
    pub old: Option<Cell>,
    pub new: Option<Cell>,
    /// In base units; nothing if one of them is no number.
    pub difference: Option<f64>,
    /// As a share of the size of what it was.
    pub relative: Option<f64>,
    /// Whether it is more than what is worth a line.
    pub material: bool,
}

impl Move {
    /// From one value to another; a share of its size below `materiality` is not worth a line.
    pub fn between(unit: Unit, old: Option<Cell>, new: Option<Cell>, materiality: f64) -> Move {
        let numbers = old.as_ref().and_then(Cell::number).zip(new.as_ref().and_then(Cell::number));
        let difference = numbers.map(|(old, new)| new - old);
        let relative = numbers.map(|(old, new)| (new - old) / old.abs()).filter(|share| share.is_finite());
        let mut moved = Move { unit, old, new, difference, relative, material: false };
        moved.material = moved.has_changed() && relative.is_none_or(|share| share.abs() >= materiality);
        moved
    }

    /// Whether anything is different at all.
    pub fn has_changed(&self) -> bool {
        match (&self.old, &self.new) {
            (Some(old), Some(new)) => !same(old, new),
            (None, None) => false,
            _ => true,
        }
    }
}

/// Whether two cells are the same value; why something is missing does not count.
fn same(old: &Cell, new: &Cell) -> bool {
    match (old, new) {
        (Cell::Missing { code, .. }, Cell::Missing { code: other, .. }) => code == other,
        (Cell::Number(old), Cell::Number(new)) => (old - new).abs() <= 1e-12 * old.abs().max(new.abs()),
        _ => old == new,
    }
}
