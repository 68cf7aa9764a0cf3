//! One value as a number of its unit and as the text people read.

use crate::eval::Cell;
use crate::text::decimal::fixed;
use crate::units::{Unit, decimals_for, grouped};
use crate::word::yes_no;

/// A cell's number in a unit, to its last bit: what formulas call unequal is not written alike.
pub fn in_unit(cell: &Cell, unit: &Unit) -> Option<f64> {
    cell.number().map(|number| unit.from_base(number))
}

/// A cell as people read it: `7.1 bn CNY`, `26%`, `6x`, `HBM3`, `yes`, `NM`.
pub fn display(cell: &Cell, unit: &Unit) -> String {
    match cell {
        Cell::Number(number) => unit.shown(*number),
        Cell::Text(text) => text.to_string(),
        Cell::YesNo(yes) => yes_no(*yes).to_string(),
        Cell::Missing { code, .. } => code.word().to_string(),
    }
}

/// The cells of one row without their unit, all with the same number of decimals.
pub fn aligned(cells: &[Cell], unit: &Unit) -> Vec<String> {
    let numbers = || cells.iter().filter_map(|cell| in_unit(cell, unit));
    let most = room(numbers().map(f64::abs).fold(0.0, f64::max));
    let needed = numbers().map(|number| decimals(number, most)).max().unwrap_or(0);
    let text = |cell: &Cell| match in_unit(cell, unit) {
        Some(number) => grouped(number, needed),
        None => display(cell, unit),
    };
    cells.iter().map(text).collect()
}

/// How many decimals there is room for beside the largest number of a row: four digits in all.
fn room(largest: f64) -> usize {
    decimals_for(largest, 4).min(9)
}

/// How many of the decimals that there is room for a number needs.
fn decimals(number: f64, room: usize) -> usize {
    let text = fixed(number, room);
    text.split_once('.').map_or(0, |(_, fraction)| fraction.trim_end_matches('0').len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::units::Units;

    #[test]
    fn a_row_has_one_number_of_decimals() {
        let unit = Units::default().parse("bn CNY").unwrap();
        let cells = [Cell::Number(7.1e9), Cell::Number(10.25e9), Cell::Number(12e9)];
        assert_eq!(aligned(&cells, &unit), ["7.10", "10.25", "12.00"]);
        assert_eq!(display(&cells[0], &unit), "7.1 bn CNY");
        assert_eq!(aligned(&[Cell::Number(0.7e9), Cell::Number(0.45e9)], &unit), ["0.70", "0.45"]);
        assert_eq!(aligned(&[Cell::Number(2e12), Cell::Number(0.45e9)], &unit), ["2,000", "0"]);
    }

    #[test]
    fn a_percentage_has_no_noise() {
        let unit = Units::default().parse("%").unwrap();
        assert_eq!(in_unit(&Cell::Number(0.07), &unit), Some(7.0));
        assert_eq!(display(&Cell::Number(0.155), &unit), "15.5%");
    }
}
