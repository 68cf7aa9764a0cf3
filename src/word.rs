//! The closed sets of words that the language and the model share: operators, series kinds, codes for what is missing.

/// How a series adds up over time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SeriesKind {
    Flow,
    Stock,
    Ratio,
    Rate,
    Price,
}

/// How the periods between anchors are filled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Interpolation {
    Linear,
    Geometric,
    Step,
}

impl Interpolation {
    /// The word a file writes.
    pub fn word(self) -> &'static str {
        match self {
            Interpolation::Linear => "linear",
            Interpolation::Geometric => "geometric",
            Interpolation::Step => "step",
        }
    }
}

/// A scale word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scale {
    K,
    Mn,
    Bn,
    Tn,
}

/// Why there is no number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MissingCode {
    /// Not meaningful.
    Nm,
    /// Not available.
    Na,
    /// Not disclosed.
    Nd,
    /// Not applicable, or not supported.
    X,
}

impl MissingCode {
    /// The code as a file writes it.
    pub fn word(self) -> &'static str {
        match self {
            MissingCode::Nm => "NM",
            MissingCode::Na => "NA",
            MissingCode::Nd => "ND",
            MissingCode::X => "X",
        }
    }

    /// The code of a word.
    pub fn named(word: &str) -> Option<MissingCode> {
        use MissingCode::{Na, Nd, Nm, X};
        [Nm, Na, Nd, X].into_iter().find(|code| code.word() == word)
    }
}

/// An operator before its operand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum UnaryOp {
    Minus,
    Not,
}

/// An operator between two operands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum BinaryOp {
    Plus,
    Minus,
    Times,
    Over,
    Power,
    And,
    Or,
}

/// A comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CompareOp {
    Equal,
    NotEqual,
    Less,
    LessEqual,
    Greater,
    GreaterEqual,
}

/// Who stands behind a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verb {
    Given,
    Assume,
    Derive,
}
