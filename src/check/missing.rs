//! What an error of types misses: it may only follow from a line that could not be read.

use crate::diagnostic::{Fault, Missing};

use super::error::CheckError;

impl Fault for CheckError {
    fn missing(&self) -> Vec<Missing> {
        let name = |name: &str| Missing::Name(name.to_string());
        match self {
            CheckError::NoRate { .. } => vec![name("fx")],
            CheckError::Path { missing, .. } => missing.iter().map(|part| name(part)).collect(),
            CheckError::NoCandidate { path, name: source, .. } => vec![name(path), name(source)],
            CheckError::Ambiguous { .. }
            | CheckError::Mismatch { .. }
            | CheckError::Currency { .. }
            | CheckError::RatioAdded { .. }
            | CheckError::Declared { .. }
            | CheckError::Bare { .. }
            | CheckError::WrongKind { .. }
            | CheckError::Argument { .. }
            | CheckError::Power { .. }
            | CheckError::Hole { .. }
            | CheckError::Conversion { .. }
            | CheckError::WhichRate { .. }
            | CheckError::Circular { .. }
            | CheckError::Arguments { .. }
            | CheckError::Order { .. }
            | CheckError::NotAValue { .. }
            | CheckError::NotOneValue { .. }
            | CheckError::TooLarge { .. }
            | CheckError::Range { .. }
            | CheckError::Spread { .. }
            | CheckError::NoTime { .. }
            | CheckError::Frequency { .. }
            | CheckError::Finer { .. }
            | CheckError::RollUp { .. }
            | CheckError::Actual { .. }
            | CheckError::Twice { .. }
            | CheckError::NoRange { .. }
            | CheckError::Percent { .. }
            | CheckError::Probability { .. }
            | CheckError::Page { .. }
            | CheckError::Figure { .. } => Vec::new(),
        }
    }
}
