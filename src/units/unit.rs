//! `Unit`: how something is measured: a symbol, a factor to base units, a dimension.

use std::sync::Arc;

use crate::text::decimal::{shifted, to_digits};

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

    /// A number of this unit in base units. Where the factor is a power of ten only the point moves: 1.005% is 0.01005.
    pub fn to_base(&self, number: f64) -> f64 {
        match self.power() {
            Some(power) => shifted(number, power),
            None => number * self.factor,
        }
    }

    /// A number of base units in this unit: the shortest decimal that reads back to it, so that what was written as 14.5% or
    /// 16.8 kWh is that again; else the quotient.
    pub fn from_base(&self, number: f64) -> f64 {
        // There is one zero, and it has no sign.
        if self.factor == 1.0 || number == 0.0 {
            return number + 0.0;
        }
        let quotient = number / self.factor;
        let exact = |digits| Some(to_digits(quotient, digits)).filter(|found| self.to_base(*found) == number);
        exact(15).or_else(|| exact(16)).unwrap_or(quotient)
    }

    /// Which power of ten the factor is.
    fn power(&self) -> Option<i32> {
        POWERS.iter().position(|power| *power == self.factor).map(|at| at as i32 + LEAST)
    }
}

/// The powers of ten that scale words, `%` and prefixes make, from 10^`LEAST` on.
const LEAST: i32 = -12;
const POWERS: [f64; 31] = [
    1e-12, 1e-11, 1e-10, 1e-9, 1e-8, 1e-7, 1e-6, 1e-5, 1e-4, 1e-3, 1e-2, 1e-1, 1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7,
    1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18,
];

#[cfg(test)]
mod tests {
    use super::Unit;

    #[test]
    fn what_was_written_comes_back() {
        for factor in [0.01, 1e-4, 1e6, 1e9, 3_600_000.0, 86_400.0, 25.4, 1.0 / 3600.0, 0.01 / 31_536_000.0] {
            let unit = Unit { factor, ..Unit::ratio() };
            for number in (-2_000..2_000).map(|at| f64::from(at) / 1000.0) {
                assert_eq!(unit.from_base(unit.to_base(number)), number, "{number} of {factor}");
            }
        }
    }

    #[test]
    fn only_the_point_moves() {
        let percent = Unit { factor: 0.01, ..Unit::ratio() };
        assert_eq!((percent.from_base(0.145), percent.to_base(1.005)), (14.5, 0.01005));
        assert_eq!(percent.from_base(0.1 + 0.2), 30.000_000_000_000_004);
    }
}
