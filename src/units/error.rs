//! `UnitError`: why units do not go together; has no places.

use thiserror::Error;

/// Why a unit is none, or two units do not go together.
#[derive(Debug, Clone, PartialEq, Error)]
pub enum UnitError {
    /// The text names something that is no unit.
    #[error("`{name}` is not a unit")]
    Unknown { name: String, nearest: Option<String> },
    /// The two sides measure different things.
    #[error("{left} and {right} do not go together")]
    Mismatch { left: String, right: String },
    /// The unit exists already.
    #[error("`{name}` is a unit already")]
    Taken { name: String },
}
