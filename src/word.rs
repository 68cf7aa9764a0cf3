//! The closed sets of words that the language and the model share: operators, series kinds, codes for what is missing.

use serde::Serialize;

/// How a series adds up over time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum SeriesKind {
    Flow,
    Stock,
    Ratio,
    Rate,
    Price,
}

impl SeriesKind {
    /// The word before a name.
    pub fn word(self) -> &'static str {
        match self {
            SeriesKind::Flow => "flow",
            SeriesKind::Stock => "stock",
            SeriesKind::Ratio => "ratio",
            SeriesKind::Rate => "rate",
            SeriesKind::Price => "price",
        }
    }
}

/// How the periods between anchors are filled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
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

impl UnaryOp {
    /// The operator as a file writes it.
    pub fn word(self) -> &'static str {
        match self {
            UnaryOp::Minus => "-",
            UnaryOp::Not => "not",
        }
    }
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

impl BinaryOp {
    /// The operator as a file writes it.
    pub fn word(self) -> &'static str {
        match self {
            BinaryOp::Plus => "+",
            BinaryOp::Minus => "-",
            BinaryOp::Times => "*",
            BinaryOp::Over => "/",
            BinaryOp::Power => "^",
            BinaryOp::And => "and",
            BinaryOp::Or => "or",
        }
    }
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

impl CompareOp {
    /// The comparison as a file writes it.
    pub fn word(self) -> &'static str {
        match self {
            CompareOp::Equal => "==",
            CompareOp::NotEqual => "!=",
            CompareOp::Less => "<",
            CompareOp::LessEqual => "<=",
            CompareOp::Greater => ">",
            CompareOp::GreaterEqual => ">=",
        }
    }
}

/// Who stands behind a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verb {
    Given,
    Assume,
    Derive,
}

/// The word of a condition that holds or does not.
pub fn yes_no(holds: bool) -> &'static str {
    if holds { "yes" } else { "no" }
}
