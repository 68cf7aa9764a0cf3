//! Answers of studies as parts that people read, as JSON and as CSV.
//!
//! Each kind of study says in a file of its own what its answer is for people and machines ([`Told`]); how that is drawn
//! is the same for all of them.

mod ask;
mod bridge;
mod calibrate;
mod chart;
mod discover;
mod drawn;
mod grid;
#[cfg(feature = "parquet")]
mod parquet;
mod part;
mod rewrite;
mod row;
mod simulate;
mod tornado;

use serde_json::{Value, json};

use crate::study::{Answer, Head};

pub use ask::{question, settings};
pub use chart::charts;
#[cfg(feature = "parquet")]
pub use parquet::parquet;
pub use part::{Part, Table, markdown};
pub use rewrite::{Rewrite, rewrites};

/// What an answer is, for people and for machines.
pub trait Told {
    /// Sentences, tables and drawings below the title.
    fn parts(&self) -> Vec<Part>;
    /// Everything that was found; numbers in the unit that stands beside them.
    fn json(&self) -> Value;
    /// Rows of equal length, the first of them the head.
    fn records(&self) -> Vec<Vec<String>>;
}

impl Answer {
    /// What it says, for people and for machines.
    pub fn told(&self) -> &dyn Told {
        match self {
            Answer::Grid(answer) => answer,
            Answer::Tornado(answer) => answer,
            Answer::Calibrate(answer) => answer,
            Answer::Bridge(answer) => answer,
            Answer::Simulate(answer) => answer,
            Answer::Discover(answer) => answer,
        }
    }
}

/// An answer for people: its title, then its parts.
pub fn parts(answer: &Answer) -> Vec<Part> {
    let title = Part::Title(title(answer.head()));
    std::iter::once(title).chain(answer.told().parts()).collect()
}

/// An answer as JSON, under the study that it answers.
pub fn json(answer: &Answer) -> String {
    let head = answer.head();
    let mut whole = json!({
        "schema_version": 1,
        "study": &*head.name,
        "kind": head.kind,
        "title": head.title.as_deref(),
        "case": &*head.case,
    });
    if let (Some(whole), Value::Object(found)) = (whole.as_object_mut(), answer.told().json()) {
        whole.extend(found);
    }
    format!("{whole:#}\n")
}

/// What an answer is about: its title, or its name, and the case if it is not `base`.
fn title(head: &Head) -> String {
    let title = head.title.as_ref().unwrap_or(&head.name);
    if &*head.case == "base" || head.kind == "bridge" { title.to_string() } else { format!("{title} ({})", head.case) }
}
