//! `Write`: what was written to a cell, layer by layer: the file, each case of the chain, the command line.

use std::sync::Arc;

use crate::model::{CaseId, Model, Provenance, Role, VariableId};
use crate::text::Place;

use super::Settings;

/// Who writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Layer {
    /// The line that defines the variable.
    Definition,
    Case(CaseId),
    /// `--set` on the command line.
    Settings,
}

/// One write to a cell.
#[derive(Debug, Clone)]
pub struct Write {
    pub layer: Layer,
    /// As written, without clauses.
    pub text: Arc<str>,
    pub role: Role,
    pub provenance: Arc<Provenance>,
    pub place: Place,
}

/// What was written to a cell, in the order it was written.
pub fn writes(
    _model: &Model,
    _settings: &Settings,
    _case: CaseId,
    _variable: VariableId,
    _index: Option<usize>,
) -> Vec<Write> {
    Vec::new()
}
