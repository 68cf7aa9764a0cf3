//! `Column`: values side by side, and why some are missing.

use super::{Reason, Scalar};

/// Values side by side; a missing one is zero.
#[derive(Debug, Clone, Default)]
pub struct Column {
    pub numbers: Vec<f64>,
    /// Nothing if every value is there.
    pub missing: Option<Vec<Reason>>,
}

impl Column {
    /// The value at a place.
    pub fn get(&self, at: usize) -> Scalar {
        let missing = self.missing.as_ref().map_or(Reason::PRESENT, |missing| missing[at]);
        Scalar { number: self.numbers[at], missing }
    }
}

impl FromIterator<Scalar> for Column {
    fn from_iter<I: IntoIterator<Item = Scalar>>(values: I) -> Column {
        let (numbers, missing): (Vec<f64>, Vec<Reason>) =
            values.into_iter().map(|value| (value.number, value.missing)).unzip();
        let missing = missing.iter().any(|reason| *reason != Reason::PRESENT).then_some(missing);
        Column { numbers, missing }
    }
}
