//! What a word of a book stands for and why a value is what it is, as plain data that every door draws in its own way.

mod amount;
mod everywhere;
mod history;
mod name;
#[cfg(test)]
mod tests;
mod value;

use serde::Serialize;

use crate::diagnostic::Refusal;
use crate::eval::Results;
use crate::select::{case, path_and_period};
use crate::workspace::Checked;

pub use amount::{Amount, Timed};
pub use everywhere::{Builtin, Code, Module, everywhere, everywhere_names};
pub use history::{History, Moment, Point, State, earlier_name, histories, history, states};
pub use name::{Attribute, Case, CaseLine, Entity, Function, Kind, Measured, Source, Study, named, names};
pub use value::{
    Candidate, Carried, Carries, Folded, Layer, Longer, Node, Origin, Piece, Range, Series, Stretch, Value, Written,
};

/// The shape of what is written; it grows when a key goes or changes its meaning.
pub const SCHEMA_VERSION: u32 = 1;

/// What is asked: a word, and for a value in which case and how much is told.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Question<'a> {
    /// A path, with a period in its last bracket if one is meant; a name; a code, a module, a built-in function.
    pub word: &'a str,
    pub case: &'a str,
    /// How many levels of formulas are unfolded.
    pub depth: usize,
    /// By what share each input is raised to see what it does to a value; 0 leaves that out.
    pub raise: f64,
}

impl<'a> Question<'a> {
    /// What `scn explain WORD` asks.
    pub fn of(word: &'a str) -> Question<'a> {
        Question { word, case: "base", depth: 2, raise: 0.01 }
    }
}

/// What a word stands for.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "what", rename_all = "lowercase")]
#[non_exhaustive]
pub enum Explained {
    /// A value without time, or a series in one period.
    Value(Box<Value>),
    /// A series in all of its periods.
    Series(Box<Series>),
    /// A series in a period longer than its own.
    Longer(Longer),
    Entity(Entity),
    Kind(Kind),
    Case(Case),
    Study(Study),
    Source(Source),
    Function(Function),
    Unit(Measured),
    Code(Code),
    Module(Module),
    Builtin(Builtin),
}

/// What a word stands for in a book, or in every book; what every book has comes first.
pub fn explain(checked: &Checked, results: &Results, question: &Question<'_>) -> Result<Explained, Refusal> {
    if let Some(same) = everywhere(question.word) {
        return Ok(same);
    }
    let model = &checked.model;
    let Some((id, period)) = path_and_period(model, question.word) else { return named(checked, question.word) };
    let case = case(model, question.case)?;
    let (depth, raise) = (question.depth, question.raise);
    let asker = value::Asker { checked, results, case, depth, raise };
    asker.asked(id, period)
}

/// Whether a word is a value of the book, so that only a book that is sound has an answer.
pub fn is_value(checked: &Checked, word: &str) -> bool {
    path_and_period(&checked.model, word).is_some()
}
