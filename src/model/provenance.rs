//! `Provenance`: who says so, where, and why.

use std::sync::Arc;

use jiff::civil::Date;
use serde::Serialize;

use crate::text::Place;

use super::Formula;

/// Whether a value is a fact, a judgement or a result.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    Given,
    Assumed,
    Derived,
}

impl Role {
    /// What a value of it is.
    pub fn word(self) -> &'static str {
        match self {
            Role::Given => "given",
            Role::Assumed => "assumed",
            Role::Derived => "derived",
        }
    }

    /// The word before the name in a file.
    pub fn verb(self) -> &'static str {
        match self {
            Role::Given => "given",
            Role::Assumed => "assume",
            Role::Derived => "derive",
        }
    }
}

/// Which source of a model.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SourceRef(pub u32);

/// A `source` item.
#[derive(Debug, Clone, PartialEq)]
pub struct Source {
    pub name: Arc<str>,
    pub title: Arc<str>,
    /// `file`, `url` or `document`.
    pub medium: Arc<str>,
    pub target: Arc<str>,
    pub dated: Option<Date>,
    pub accessed: Option<Date>,
    pub stale_after_days: Option<u32>,
    pub place: Place,
}

/// Where in a source.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Citation {
    pub source: SourceRef,
    /// As written: `ex 21 p 14`.
    pub locator: Option<Arc<str>>,
}

/// The clauses of a value.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Provenance {
    pub citation: Option<Citation>,
    pub owner: Option<Arc<str>>,
    pub reason: Option<Arc<str>>,
    /// The calibration that the value was solved by.
    pub implied: Option<Arc<str>>,
}

impl Provenance {
    /// What a line of a case is: given if it cites a source, and a judgement otherwise.
    pub fn role(&self) -> Role {
        if self.citation.is_some() { Role::Given } else { Role::Assumed }
    }
}

/// A value of another source that was kept and not chosen.
#[derive(Debug, Clone, PartialEq)]
pub struct Candidate {
    pub pieces: Vec<(super::Window, Arc<Formula>)>,
    pub provenance: Arc<Provenance>,
    pub place: Place,
}
