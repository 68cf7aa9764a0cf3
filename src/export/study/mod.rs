//! Answers of studies as parts that people read, as JSON and as CSV.
//!
//! Each kind of study says in a file of its own what its answer is: `parts` for people, `json` and `records` for
//! machines. How parts are drawn is the same for all of them.

mod ask;
mod part;

pub use ask::{question, settings};
pub use part::{Part, Table, markdown};
