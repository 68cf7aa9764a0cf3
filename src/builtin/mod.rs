//! The built-in functions: name, signature, sentence, example.

pub mod finance;
pub mod math;
mod rates;
pub mod series;
mod table;

pub use crate::word::MissingCode;
pub use table::{EXAMPLE_BOOK, Entry, TABLE};

/// A function that the engine itself holds; libraries are written in the language on top of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Builtin {
    Abs,
    Sqrt,
    Exp,
    Ln,
    Log10,
    Floor,
    Ceil,
    Round,
    Min,
    Max,
    Sum,
    Mean,
    Median,
    Count,
    Product,
    Any,
    All,
    ArgMax,
    ArgMin,
    Rank,
    Pv,
    Npv,
    Irr,
    Yoy,
    Cagr,
    Average,
    Cumulative,
    YearsSince,
    Days,
    Interpolate,
    IsMissing,
    OrElse,
    Expected,
    Annual,
    Half,
    Quarter,
}

impl Builtin {
    /// The built-in of a name.
    pub fn named(name: &str) -> Option<Builtin> {
        TABLE.iter().find(|entry| entry.name == name).map(|entry| entry.builtin)
    }

    /// The name in the language.
    pub fn name(self) -> &'static str {
        self.entry().map_or("", |entry| entry.name)
    }

    /// Its place in the reference.
    pub fn entry(self) -> Option<&'static Entry> {
        TABLE.iter().find(|entry| entry.builtin == self)
    }

    /// Every built-in, in the order of the reference.
    pub fn all() -> impl Iterator<Item = Builtin> {
        TABLE.iter().map(|entry| entry.builtin)
    }
}
