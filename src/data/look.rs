//! `Look`: what a column of a file holds, as its cells are written.

use super::number::{is_grouped, is_percent, slip};
use super::{DataError, Raw, Table};
use crate::word::MissingCode;
use crate::word::yes_no;

/// What the cells of a column are read as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Look {
    Numbers,
    YesNo,
    Texts,
}

impl Table {
    /// What a column holds of which nothing else tells: one for all its cells, so that none is read in another way than
    /// its neighbour. One number makes it a column of numbers, and codes for missing values alone do too.
    pub fn look(&self, column: usize) -> Look {
        let cells = || self.rows.iter().filter_map(|row| row.cells.get(column));
        let is_text = |cell: &Raw| matches!(cell, Raw::Text(text) if MissingCode::named(text).is_none());
        match () {
            () if cells().any(|cell| self.is_number(cell)) => Look::Numbers,
            () if cells().any(|cell| matches!(cell, Raw::YesNo(_))) => Look::YesNo,
            () if cells().any(is_text) => Look::Texts,
            () => Look::Numbers,
        }
    }

    /// Why a cell does not fit its column, if only the other cells say what that is: one that makes it so is named. What is a
    /// number in another way of writing has an answer of its own.
    pub fn misfit(&self, row: usize, column: usize) -> Option<DataError> {
        let cell = self.cell(row, column);
        let text = match cell {
            Raw::Text(text) if !self.is_number(cell) && slip(text).is_none() => &**text,
            Raw::YesNo(yes) => yes_no(*yes),
            Raw::Text(_) | Raw::Number(..) | Raw::Empty => return None,
        };
        let look = self.look(column);
        let settles = |at: &usize| match look {
            Look::Numbers => self.is_number(self.cell(*at, column)),
            Look::YesNo => matches!(self.cell(*at, column), Raw::YesNo(_)),
            Look::Texts => false,
        };
        let other = (0..self.rows.len()).find(settles)?;
        let (row, other_row) = (self.place_name(row, column), self.place_name(other, column));
        let other = self.text(other, column)?;
        Some(DataError::Mixed { text: text.to_string(), row, column: self.column_name(column), other, other_row })
    }

    /// Whether a cell is a number in whatever way, even in one that is refused: grouped, or with a per cent sign.
    fn is_number(&self, cell: &Raw) -> bool {
        match cell {
            Raw::Number(..) => true,
            Raw::Text(text) => {
                self.decimal.is_some_and(|mark| mark.read(text).is_some()) || is_grouped(text) || is_percent(text)
            }
            Raw::YesNo(_) | Raw::Empty => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{DecimalMark, read};
    use super::*;

    #[test]
    fn one_number_makes_a_column_of_numbers() {
        let look = |cells: &str, decimal| {
            let file = format!("id;a;z\n{}", cells.split(' ').map(|cell| format!("x;{cell};1\n")).collect::<String>());
            read("csv", file.as_bytes(), None, decimal).unwrap().look(1)
        };
        let (none, comma) = (None, Some(DecimalMark::Comma));
        for (cells, decimal, expected) in [
            ("0,5", comma, Look::Numbers),
            ("0.5", comma, Look::Numbers),
            ("0,5", none, Look::Numbers),
            ("1.5 NA", none, Look::Numbers),
            ("NA NM", none, Look::Numbers),
            ("7nm 5", none, Look::Numbers),
            ("5% 6%", none, Look::Numbers),
            ("7nm NA", none, Look::Texts),
            ("yes NA", none, Look::YesNo),
            ("yes partly", none, Look::YesNo),
            ("no 1", none, Look::Numbers),
        ] {
            assert_eq!(look(cells, decimal), expected, "{cells} {decimal:?}");
        }
    }
}
