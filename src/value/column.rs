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
        let values = values.into_iter();
        let mut column = Column { numbers: Vec::with_capacity(values.size_hint().0), missing: None };
        for value in values {
            if !value.is_present() && column.missing.is_none() {
                column.missing = Some(vec![Reason::PRESENT; column.numbers.len()]);
            }
            column.numbers.push(value.number);
            if let Some(missing) = &mut column.missing {
                missing.push(value.missing);
            }
        }
        column
    }
}
