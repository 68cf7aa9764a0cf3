//! Rows as comma-separated text: the one place where it is written.

use crate::text::guarded;

/// How texts are written that a spreadsheet would take for formulas.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Formulas {
    /// With a `'` before them, so that they are texts there too.
    Guarded,
    /// Letter for letter, for programs.
    AsWritten,
}

/// Rows as text, the head among them; they need not be of one length.
pub fn csv<R: AsRef<[String]>>(rows: impl IntoIterator<Item = R>, formulas: Formulas) -> String {
    let mut writer = ::csv::WriterBuilder::new().flexible(true).from_writer(Vec::new());
    let cell = |text: &String| match formulas {
        Formulas::Guarded => guarded(text).into_owned(),
        Formulas::AsWritten => text.clone(),
    };
    let row = |row: &[String]| row.iter().map(cell).collect::<Vec<_>>();
    let written = rows.into_iter().try_for_each(|cells| writer.write_record(row(cells.as_ref())));
    let bytes = written.ok().and_then(|()| writer.into_inner().ok()).unwrap_or_default();
    String::from_utf8(bytes).unwrap_or_default()
}
