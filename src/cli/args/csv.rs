//! `CsvStyle`: how comma-separated values are written.

use clap::Args;

use crate::export::Formulas;

/// How comma-separated values are written.
#[derive(Debug, Args)]
pub struct CsvStyle {
    /// Write CSV letter for letter, without the `'` before a text that a spreadsheet would run as a formula.
    #[arg(long)]
    no_guard: bool,
}

impl CsvStyle {
    /// What becomes of texts that a spreadsheet would take for formulas.
    pub fn formulas(&self) -> Formulas {
        if self.no_guard { Formulas::AsWritten } else { Formulas::Guarded }
    }
}
