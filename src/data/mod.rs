//! Tables from outside: what a `data` item names, read strictly.

mod csv;
mod error;
mod look;
mod number;
mod settings;
mod total;
mod yaml;
mod yaml_line;
mod yaml_number;

use crate::text::{Span, fault_of_number};
use crate::word::MissingCode;
use crate::word::yes_no;

pub use error::DataError;
pub use look::Look;
pub use number::DecimalMark;
pub use settings::settings;
pub use total::is_total;

/// The rows of one file, all with the same columns.
#[derive(Debug, Clone, Default)]
pub struct Table {
    pub columns: Vec<String>,
    pub rows: Vec<Row>,
    /// The decimal mark that the data item states.
    pub decimal: Option<DecimalMark>,
    /// Of each column, whether a number in it settles that points stand before fractions.
    settled: Vec<bool>,
    /// The file, where its rows do not tell their lines.
    written: Option<std::sync::Arc<yaml::Written>>,
}

/// One record.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// The key of a YAML map of maps, which is the column `key` as well.
    pub key: Option<String>,
    /// One cell for each column of the table.
    pub cells: Vec<Raw>,
    /// The line of the file it begins on, where the format tells.
    pub line: Option<usize>,
    /// Where each cell stands in the file, where the format tells.
    pub spans: Vec<Span>,
}

/// A cell as it was written; what it may stand for is decided by the column it is mapped to.
#[derive(Debug, Clone, PartialEq)]
pub enum Raw {
    /// A number and its text.
    Number(f64, Box<str>),
    Text(Box<str>),
    YesNo(bool),
    Empty,
}

/// A cell of a number column.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Reading {
    Number(f64),
    Missing(MissingCode),
    Empty,
}

/// Reads a table of a format (`yaml` or `csv`); `rows` is the key under which a YAML file's rows stand.
pub fn read(format: &str, bytes: &[u8], rows: Option<&str>, decimal: Option<DecimalMark>) -> Result<Table, DataError> {
    let text = text(bytes)?;
    let marked = (bytes.len() - text.len()) as u32;
    let table = match format {
        "yaml" => yaml::read(text, rows),
        "csv" if rows.is_some() => Err(DataError::RowsOfCsv),
        "csv" => csv::read(text).map(|table| table.moved(marked)),
        other => Err(DataError::Unreadable { reason: format!("`{other}` is neither yaml nor csv") }),
    };
    let table = table?;
    let settled = (0..table.columns.len()).map(|column| table.settles(column)).collect();
    Ok(Table { decimal, settled, ..table })
}

/// Bytes as text, without the mark that some programs put before it.
fn text(bytes: &[u8]) -> Result<&str, DataError> {
    if bytes.starts_with(b"PK\x03\x04") {
        return Err(DataError::Unreadable { reason: "it is a workbook or an archive, not text".to_string() });
    }
    let text = std::str::from_utf8(bytes)
        .map_err(|error| DataError::Unreadable { reason: format!("byte {} is not UTF-8 text", error.valid_up_to()) })?;
    Ok(text.strip_prefix('\u{feff}').unwrap_or(text))
}

impl Table {
    /// The same in a file with some bytes before it.
    fn moved(mut self, by: u32) -> Table {
        for span in self.rows.iter_mut().flat_map(|row| &mut row.spans) {
            *span = Span::new((span.start + by) as usize, (span.end + by) as usize);
        }
        self
    }

    /// Where a cell stands in the file, if the format tells.
    pub fn span(&self, row: usize, column: usize) -> Option<Span> {
        self.rows.get(row)?.spans.get(column).copied()
    }

    /// Where a column stands.
    pub fn column(&self, name: &str) -> Option<usize> {
        self.columns.iter().position(|column| column == name)
    }

    /// A cell as a number; percent signs, units, and grouped digits where no decimal mark is stated are refused.
    pub fn number(&self, row: usize, column: usize) -> Result<Reading, DataError> {
        let (number, text) = match self.cell(row, column) {
            Raw::Empty => return Ok(Reading::Empty),
            Raw::YesNo(yes) => return Err(self.not_a_number(row, column, yes_no(*yes))),
            Raw::Number(number, text) => (Some(*number), text),
            Raw::Text(text) => (None, text),
        };
        if let Some(code) = MissingCode::named(text) {
            return Ok(Reading::Missing(code));
        }
        let plain = number.filter(|_| !text.contains('.'));
        let read = match (plain, self.decimal) {
            (Some(number), _) => Some(number),
            (None, Some(mark)) => mark.read(text).or(number.filter(|_| mark == DecimalMark::Point)),
            (None, None) => number.filter(|_| !self.is_ambiguous(column, text)),
        };
        let number = read.ok_or_else(|| self.not_a_number(row, column, text))?;
        match fault_of_number(number, text) {
            None => Ok(Reading::Number(number)),
            Some(fault) => {
                let (row, column) = (self.place_name(row, column), self.column_name(column));
                Err(DataError::Number { row, column, text: text.to_string(), fault })
            }
        }
    }

    /// Whether the point of a number may group its digits: nothing else in its column is written with a fraction.
    fn is_ambiguous(&self, column: usize, text: &str) -> bool {
        number::may_be_grouped(text) && !self.settled.get(column).copied().unwrap_or(false)
    }

    fn settles(&self, column: usize) -> bool {
        let settles = |row: &Row| match row.cells.get(column) {
            Some(Raw::Number(_, text)) => number::has_a_fraction(text),
            Some(Raw::Text(_) | Raw::YesNo(_) | Raw::Empty) | None => false,
        };
        self.rows.iter().any(settles)
    }

    /// A cell as text; nothing if it is empty.
    pub fn text(&self, row: usize, column: usize) -> Option<String> {
        match self.cell(row, column) {
            Raw::Number(_, text) | Raw::Text(text) => Some(text.to_string()),
            Raw::YesNo(yes) => Some(yes_no(*yes).to_string()),
            Raw::Empty => None,
        }
    }

    /// A cell as yes or no; nothing if it is empty.
    pub fn yes_no(&self, row: usize, column: usize) -> Result<Option<bool>, DataError> {
        match self.cell(row, column) {
            Raw::YesNo(yes) => Ok(Some(*yes)),
            Raw::Empty => Ok(None),
            Raw::Number(_, text) | Raw::Text(text) => {
                let (at, column) = (self.place_name(row, column), self.column_name(column));
                Err(DataError::NotYesNo { row: at, column, text: text.to_string() })
            }
        }
    }

    /// What a row is called: by its key, else its line, else its number.
    pub fn row_name(&self, row: usize) -> String {
        let found = self.rows.get(row);
        match found.map(|row| (&row.key, row.line)) {
            Some((Some(key), _)) => format!("row `{key}`"),
            Some((None, Some(line))) => format!("line {line}"),
            _ => format!("row {}", row + 1),
        }
    }

    /// How messages name the row of a cell: with the line of the cell, which may have to be looked for in the file.
    pub fn place_name(&self, row: usize, column: usize) -> String {
        let line = || self.written.as_ref()?.line(row, &self.column_name(column));
        match line() {
            Some(line) => format!("{}, line {line}", self.row_name(row)),
            None => self.row_name(row),
        }
    }

    fn cell(&self, row: usize, column: usize) -> &Raw {
        self.rows.get(row).and_then(|row| row.cells.get(column)).unwrap_or(&Raw::Empty)
    }

    fn column_name(&self, column: usize) -> String {
        self.columns.get(column).cloned().unwrap_or_default()
    }

    fn not_a_number(&self, row: usize, column: usize, text: &str) -> DataError {
        let (at, column, text) = (self.place_name(row, column), self.column_name(column), text.to_string());
        if number::is_percent(&text) {
            return DataError::Percent { row: at, column, text };
        }
        if self.decimal.is_none() && number::is_grouped(&text) {
            let (problem, help) = number::doubt(&text);
            return DataError::Grouped { row: at, column, text, problem, help };
        }
        let help = match self.decimal.filter(|_| number::is_grouped(&text)) {
            Some(mark) => number::against(mark, &text),
            None => number::advice(&text),
        };
        DataError::NotANumber { row: at, column, text, help }
    }
}
