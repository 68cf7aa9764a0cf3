//! `Rounding`: numbers of one move with as many decimals as its move needs, so that what is printed adds up.

use serde_json::json;

use crate::eval::Cell;
use crate::export::{display, value};
use crate::text::decimal::{fixed, shifted};
use crate::units::{Unit, decimals_for, grouped};

use super::super::Move;
use super::Amount;

/// How many decimals the numbers of a move have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rounding {
    decimals: usize,
}

impl Rounding {
    /// Three digits of the move, and whole numbers where that would cut them.
    pub fn of(moved: &Move) -> Rounding {
        let size = moved.difference.map(|difference| moved.unit.from_base(difference).abs()).filter(|size| *size > 0.0);
        let side = moved.new.as_ref().or(moved.old.as_ref()).and_then(Cell::number);
        let size = size.or(side.map(|number| moved.unit.from_base(number).abs())).unwrap_or(1.0);
        Rounding { decimals: decimals_for(size, 3).min(9) }
    }

    /// One side of a move.
    pub fn cell(self, cell: &Cell, unit: &Unit) -> Amount {
        let display = match cell.number() {
            Some(number) => unit.written(&grouped(unit.from_base(number), self.decimals)),
            None => display(cell, unit),
        };
        Amount { value: value(cell, unit), display }
    }

    /// A move, with its sign; shares move by points.
    pub fn move_of(self, difference: f64, unit: &Unit) -> Amount {
        self.moved(unit.from_base(difference), self.units(unit.from_base(difference)), unit)
    }

    /// The move between the two sides as they are printed.
    pub fn total(self, moved: &Move) -> Amount {
        let difference = moved.unit.from_base(moved.difference.unwrap_or(0.0));
        self.moved(difference, self.total_units(moved), &moved.unit)
    }

    /// The parts of a move, rounded so that they add up to the move as it is printed.
    pub fn parts(self, moved: &Move, parts: &[f64]) -> Vec<Amount> {
        let scaled = |part: &f64| shifted(moved.unit.from_base(*part), self.decimals as i32);
        let exact: Vec<f64> = parts.iter().map(scaled).collect();
        let mut units: Vec<i64> = exact.iter().map(|part| libm::floor(*part) as i64).collect();
        let short = self.total_units(moved) - units.iter().sum::<i64>();
        let mut order: Vec<usize> = (0..parts.len()).collect();
        let fraction = |at: usize| exact[at] - libm::floor(exact[at]);
        order.sort_by(|a, b| fraction(*b).total_cmp(&fraction(*a)).then(a.cmp(b)));
        if short >= 0 {
            order.iter().cycle().take((short as usize).min(order.len() * 2)).for_each(|at| units[*at] += 1);
        } else {
            let least = order.iter().rev().cycle().take((short.unsigned_abs() as usize).min(order.len() * 2));
            least.for_each(|at| units[*at] -= 1);
        }
        let amount = |(part, units): (&f64, i64)| self.moved(moved.unit.from_base(*part), units, &moved.unit);
        parts.iter().zip(units).map(amount).collect()
    }

    fn total_units(self, moved: &Move) -> i64 {
        let side = |cell: &Option<Cell>| {
            let number = cell.as_ref().and_then(Cell::number).unwrap_or(0.0);
            self.units(moved.unit.from_base(number))
        };
        side(&moved.new) - side(&moved.old)
    }

    /// A number in units of the last decimal, as it is printed.
    fn units(self, number: f64) -> i64 {
        let text = fixed(number, self.decimals).replace('.', "");
        text.parse().unwrap_or(0)
    }

    fn moved(self, number: f64, units: i64, unit: &Unit) -> Amount {
        let sign = if units > 0 { "+" } else { "" };
        let text = format!("{sign}{}", grouped(shifted(units as f64, -(self.decimals as i32)), self.decimals));
        let display = unit.apart(&text);
        Amount { value: json!(super::clean(number)), display }
    }
}
