//! `Refusal`: what of a study has no text that every engine understands.

use thiserror::Error;

/// Why a study is not written as SQL.
#[derive(Debug, Clone, PartialEq, Error)]
pub enum Refusal {
    #[error("its sampling is {sampling}; engines draw plainly only")]
    Sampling { sampling: &'static str },
    #[error("two correlated inputs need shapes that are made of a normal: normal, lognormal, p5p95 or pert")]
    CorrelatedShape,
    #[error("the formulas use {what}, for which engines have no common text")]
    Operation { what: String },
    #[error("the formulas cannot be written as one statement: {why}")]
    Formulas { why: String },
}
