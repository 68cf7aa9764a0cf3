//! `Pool`: memory of columns that are done with, for the next ones.

use std::cell::RefCell;

use super::values::Values;

/// Memory of columns that are done with.
#[derive(Debug, Default)]
pub(in crate::eval) struct Pool {
    free: RefCell<Vec<Vec<f64>>>,
}

impl Pool {
    /// An empty column, with the room of an earlier one if there is one.
    pub fn take(&self) -> Vec<f64> {
        self.free.borrow_mut().pop().unwrap_or_default()
    }

    /// Keeps the room of a column.
    pub fn give(&self, mut numbers: Vec<f64>) {
        numbers.clear();
        self.free.borrow_mut().push(numbers);
    }

    /// Keeps the room of a column in hand, if it has its own.
    pub fn recycle(&self, values: Values<'_>) {
        if let Values::Own(column) = values {
            self.give(column.numbers);
        }
    }
}
