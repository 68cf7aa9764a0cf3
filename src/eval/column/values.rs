//! `Values`: a column in hand: one value for all places, a view of a block, or numbers of its own.

use crate::value::{Column, Reason, Scalar};

/// A column in hand.
#[derive(Debug)]
pub(in crate::eval) enum Values<'a> {
    Uniform(Scalar),
    View(&'a [f64], Option<&'a [Reason]>),
    Own(Column),
}

/// The numbers of a column in hand.
#[derive(Clone, Copy)]
pub(in crate::eval) enum Numbers<'a> {
    Same(f64),
    Each(&'a [f64]),
}

impl<'a> Values<'a> {
    /// A view; forgets reasons if every value is there.
    pub fn view(numbers: &'a [f64], missing: Option<&'a [Reason]>) -> Values<'a> {
        let missing = missing.filter(|missing| missing.iter().any(|reason| *reason != Reason::PRESENT));
        Values::View(numbers, missing)
    }

    /// The value at a place.
    pub fn get(&self, at: usize) -> Scalar {
        match self {
            Values::Uniform(value) => *value,
            Values::View(numbers, missing) => {
                Scalar { number: numbers[at], missing: missing.map_or(Reason::PRESENT, |missing| missing[at]) }
            }
            Values::Own(column) => column.get(at),
        }
    }

    /// Whether every value is there.
    pub fn is_present(&self) -> bool {
        match self {
            Values::Uniform(value) => value.is_present(),
            Values::View(_, missing) => missing.is_none(),
            Values::Own(column) => column.missing.is_none(),
        }
    }

    /// The numbers, zero where they are missing.
    pub fn numbers(&self) -> Numbers<'_> {
        match self {
            Values::Uniform(value) => Numbers::Same(value.number),
            Values::View(numbers, _) => Numbers::Each(numbers),
            Values::Own(column) => Numbers::Each(&column.numbers),
        }
    }

    /// As a column of `len` places.
    pub fn into_column(self, len: usize) -> Column {
        match self {
            Values::Uniform(value) => Column {
                numbers: vec![value.number; len],
                missing: (!value.is_present()).then(|| vec![value.missing; len]),
            },
            Values::View(numbers, missing) => {
                Column { numbers: numbers.to_vec(), missing: missing.map(<[Reason]>::to_vec) }
            }
            Values::Own(column) => column,
        }
    }

    /// The same values without a hold on this one's memory.
    pub fn to_own(&self, len: usize) -> Values<'static> {
        match self {
            Values::Uniform(value) => Values::Uniform(*value),
            Values::View(..) => Values::Own(Values::view_of(self).into_column(len)),
            Values::Own(column) => Values::Own(column.clone()),
        }
    }

    fn view_of<'b>(values: &'b Values<'_>) -> Values<'b> {
        match values {
            Values::Uniform(value) => Values::Uniform(*value),
            Values::View(numbers, missing) => Values::View(numbers, *missing),
            Values::Own(column) => Values::View(&column.numbers, column.missing.as_deref()),
        }
    }
}

impl Numbers<'_> {
    /// The number at a place.
    pub fn get(&self, at: usize) -> f64 {
        match self {
            Numbers::Same(number) => *number,
            Numbers::Each(numbers) => numbers[at],
        }
    }
}
