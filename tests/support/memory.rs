//! Books in memory: files by their paths, what a book is refused for, and a value to the bit.

// Each test reads a book in its own way, and few need all of this.
#![allow(dead_code)]

use std::collections::{BTreeMap, BTreeSet};

use scn::diagnostic::{Problem, Severity};
use scn::eval::Cell;
use scn::resolve::Loader;
use scn::workspace::{Checked, open};

/// Files by their paths.
pub struct Memory(BTreeMap<String, String>);

impl Memory {
    /// Some files.
    pub fn of(files: &[(&str, &str)]) -> Memory {
        Memory(files.iter().map(|(path, text)| (path.to_string(), text.to_string())).collect())
    }
}

impl Loader for Memory {
    fn read(&self, path: &str) -> Result<Vec<u8>, String> {
        self.0.get(path).map(|text| text.clone().into_bytes()).ok_or_else(|| format!("`{path}` does not exist"))
    }
}

/// A book of one file.
pub fn opened(text: &str) -> Checked {
    opened_with(text, &[])
}

/// A book with files beside it.
pub fn opened_with(text: &str, beside: &[(&str, &str)]) -> Checked {
    let files: Vec<(&str, &str)> = beside.iter().copied().chain([("book.scn", text)]).collect();
    open("book.scn", &Memory::of(&files), None)
}

/// The errors of a book.
pub fn errors(checked: &Checked) -> Vec<Problem> {
    checked.problems.iter().filter(|problem| problem.severity == Severity::Error).cloned().collect()
}

/// The codes of the errors of a book.
pub fn error_codes(checked: &Checked) -> BTreeSet<String> {
    errors(checked).into_iter().map(|problem| problem.code).collect()
}

/// A value to the bit, so that `-0` is not `0`.
pub fn bits(cell: &Cell) -> String {
    match cell {
        Cell::Number(number) => format!(" {:016x} ({number})", number.to_bits()),
        Cell::Missing { code, .. } => format!(" {code:?}"),
        Cell::Text(_) | Cell::YesNo(_) => format!(" {cell:?}"),
    }
}
