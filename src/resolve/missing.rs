//! What an error of names misses: it may only follow from a line that could not be read.

use crate::diagnostic::{Fault, Missing};

use super::error::ResolveError;
use super::speech::SpeechError;

impl Fault for ResolveError {
    fn missing(&self) -> Vec<Missing> {
        let names = |names: &mut dyn Iterator<Item = &String>| names.cloned().map(Missing::Name).collect();
        match self {
            ResolveError::NoAttribute { owner, name, .. } => names(&mut [owner, name].into_iter()),
            ResolveError::Unknown { name, .. }
            | ResolveError::UnitUnknown { name, .. }
            | ResolveError::WrongKind { name, .. } => names(&mut [name].into_iter()),
            ResolveError::MissingInputs { entity, missing, .. } => names(&mut [entity].into_iter().chain(missing)),
            ResolveError::NoCalendar { .. } => vec![Missing::Name("calendar".to_string())],
            ResolveError::Unused { name, .. } => vec![Missing::Use, Missing::Name(name.clone())],
            ResolveError::Unreadable { .. }
            | ResolveError::TooMany { .. }
            | ResolveError::RecursiveUse { .. }
            | ResolveError::UsedTwice { .. }
            | ResolveError::Duplicate { .. }
            | ResolveError::Rate { .. }
            | ResolveError::Twice { .. }
            | ResolveError::LikeCycle { .. }
            | ResolveError::Model { .. }
            | ResolveError::Date { .. }
            | ResolveError::Table { .. }
            | ResolveError::SharedRange { .. }
            | ResolveError::Data { .. }
            | ResolveError::Over { .. }
            | ResolveError::RecursiveFunction { .. }
            | ResolveError::Stale { .. }
            | ResolveError::Later { .. }
            | ResolveError::Accessed { .. }
            | ResolveError::BeforeEnd { .. }
            | ResolveError::UnnamedNumber { .. }
            | ResolveError::UnitDefinition { .. }
            | ResolveError::UnitReadings { .. }
            | ResolveError::UnitTaken { .. }
            | ResolveError::Calendar { .. }
            | ResolveError::OffCalendar { .. }
            | ResolveError::Mark { .. }
            | ResolveError::Overlap { .. }
            | ResolveError::Periods { .. }
            | ResolveError::SeriesKind { .. }
            | ResolveError::CaseCycle { .. } => Vec::new(),
        }
    }
}

impl Fault for SpeechError {
    fn missing(&self) -> Vec<Missing> {
        Vec::new()
    }
}
