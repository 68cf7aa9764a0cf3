//! Answers of studies as parts that people read, as JSON and as CSV.
//!
//! Each kind of study says in a file of its own what its answer is for people and machines ([`Told`]); how that is drawn
//! is the same for all of them.

mod ask;
mod part;

use serde_json::Value;

pub use ask::{question, settings};
pub use part::{Part, Table, markdown};

/// What an answer is, for people and for machines.
pub trait Told {
    /// Sentences, tables and drawings below the title.
    fn parts(&self) -> Vec<Part>;
    /// Everything that was found; numbers in the unit that stands beside them.
    fn json(&self) -> Value;
    /// Rows of equal length, the first of them the head.
    fn records(&self) -> Vec<Vec<String>>;
}

/// Rows as CSV.
pub fn records(rows: &[Vec<String>]) -> String {
    let mut writer = ::csv::WriterBuilder::new().flexible(true).from_writer(Vec::new());
    let written = rows.iter().try_for_each(|row| writer.write_record(row));
    let bytes = written.ok().and_then(|()| writer.into_inner().ok()).unwrap_or_default();
    String::from_utf8(bytes).unwrap_or_default()
}
