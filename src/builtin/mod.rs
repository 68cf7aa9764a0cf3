//! The built-in functions: name, signature, sentence, example.

pub use crate::word::MissingCode;

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
    /// Every built-in with its name in the language.
    pub const NAMES: &'static [(&'static str, Builtin)] = &[
        ("abs", Builtin::Abs),
        ("sqrt", Builtin::Sqrt),
        ("exp", Builtin::Exp),
        ("ln", Builtin::Ln),
        ("log10", Builtin::Log10),
        ("floor", Builtin::Floor),
        ("ceil", Builtin::Ceil),
        ("round", Builtin::Round),
        ("min", Builtin::Min),
        ("max", Builtin::Max),
        ("sum", Builtin::Sum),
        ("mean", Builtin::Mean),
        ("median", Builtin::Median),
        ("count", Builtin::Count),
        ("product", Builtin::Product),
        ("any", Builtin::Any),
        ("all", Builtin::All),
        ("argmax", Builtin::ArgMax),
        ("argmin", Builtin::ArgMin),
        ("rank", Builtin::Rank),
        ("pv", Builtin::Pv),
        ("npv", Builtin::Npv),
        ("irr", Builtin::Irr),
        ("yoy", Builtin::Yoy),
        ("cagr", Builtin::Cagr),
        ("average", Builtin::Average),
        ("cumulative", Builtin::Cumulative),
        ("years_since", Builtin::YearsSince),
        ("days", Builtin::Days),
        ("interpolate", Builtin::Interpolate),
        ("is_missing", Builtin::IsMissing),
        ("or_else", Builtin::OrElse),
        ("expected", Builtin::Expected),
        ("annual", Builtin::Annual),
        ("half", Builtin::Half),
        ("quarter", Builtin::Quarter),
    ];

    /// The built-in of a name.
    pub fn named(name: &str) -> Option<Builtin> {
        Builtin::NAMES.iter().find(|(other, _)| *other == name).map(|(_, builtin)| *builtin)
    }

    /// The name in the language.
    pub fn name(self) -> &'static str {
        Builtin::NAMES.iter().find(|(_, other)| *other == self).map_or("", |(name, _)| name)
    }
}
