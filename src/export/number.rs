//! One value as a number of its unit and as the text people read.

use crate::eval::Cell;
use crate::units::{Unit, grouped, shown};

/// A cell's number in a unit, without the noise of the last two digits.
pub fn in_unit(cell: &Cell, unit: &Unit) -> Option<f64> {
    cell.number().map(|number| clean(unit.from_base(number)))
}

/// A cell as people read it: `7.1 bn CNY`, `26%`, `6x`, `HBM3`, `yes`, `NM`.
pub fn display(cell: &Cell, unit: &Unit) -> String {
    match cell {
        Cell::Number(number) => with_unit(&shown(clean(unit.from_base(*number))), unit),
        Cell::Text(text) => text.to_string(),
        Cell::YesNo(yes) => (if *yes { "yes" } else { "no" }).to_string(),
        Cell::Missing { code, .. } => code.word().to_string(),
    }
}

/// The cells of one row without their unit, all with the same number of decimals.
pub fn aligned(cells: &[Cell], unit: &Unit) -> Vec<String> {
    let numbers = || cells.iter().filter_map(|cell| in_unit(cell, unit));
    let largest = numbers().map(f64::abs).fold(0.0, f64::max);
    let most = decimals(largest);
    let needed = numbers().map(|number| decimals(round(number, most))).max().unwrap_or(0).min(most);
    let text = |cell: &Cell| match in_unit(cell, unit) {
        Some(number) => grouped(number, needed),
        None => display(cell, unit),
    };
    cells.iter().map(text).collect()
}

/// A number of a unit as people read it: a sign sticks to it, a word stands after a blank.
pub fn with_unit(number: &str, unit: &Unit) -> String {
    match &*unit.symbol {
        "" => number.to_string(),
        "%" | "x" => format!("{number}{}", unit.symbol),
        symbol => format!("{number} {symbol}"),
    }
}

/// How many decimals a number has when it is shown alone.
fn decimals(number: f64) -> usize {
    shown(number).split_once('.').map_or(0, |(_, fraction)| fraction.len())
}

fn round(number: f64, decimals: usize) -> f64 {
    format!("{number:.decimals$}").parse().unwrap_or(number)
}

fn clean(number: f64) -> f64 {
    format!("{number:.14e}").parse().unwrap_or(number)
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
    }

    #[test]
    fn a_percentage_has_no_noise() {
        let unit = Units::default().parse("%").unwrap();
        assert_eq!(in_unit(&Cell::Number(0.07), &unit), Some(7.0));
        assert_eq!(display(&Cell::Number(0.155), &unit), "15.5%");
    }
}
