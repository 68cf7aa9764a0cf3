//! `MarginalError`: why numbers make no distribution; has no places.

use thiserror::Error;

/// Why numbers make no distribution.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum MarginalError {
    /// A number is missing or has no end.
    #[error("one of the numbers of the spread is missing")]
    Missing,
    /// The low end is not below the high end.
    #[error("the range is empty")]
    EmptyRange,
    /// The likeliest value lies outside of the range.
    #[error("the likeliest value lies outside of the range")]
    ModeOutside,
    /// A standard deviation that is zero or negative.
    #[error("the standard deviation is not above zero")]
    NoSpread,
    /// A lognormal with an end that has no logarithm.
    #[error("a lognormal takes positive values only, and the range reaches below them")]
    NotPositive,
    /// Probabilities that are negative or do not add up to one.
    #[error("the probabilities do not add up to 100%")]
    Probabilities,
    /// The window holds next to nothing of the distribution.
    #[error("less than a millionth of the spread lies within these ends")]
    NothingWithin,
}

impl MarginalError {
    /// What the reader can do.
    pub fn help(self) -> &'static str {
        match self {
            MarginalError::Missing => "give the value it rests on, or pin the input",
            MarginalError::EmptyRange => "write the smaller end first; to leave an input at its value, pin it",
            MarginalError::ModeOutside => "widen the range so that it holds the value, or say where its `mode` is",
            MarginalError::NoSpread => "give a number above zero; to leave an input at its value, pin it",
            MarginalError::NotPositive => "use `normal` or `pert`, or move the range above zero",
            MarginalError::Probabilities => "let the probabilities of the values add up to 100%",
            MarginalError::NothingWithin => "move the ends to where the values are",
        }
    }
}
