//! `Results`: the value of every variable in every case, cell by cell.

use std::sync::Arc;

use crate::diagnostic::Problem;
use crate::model::{CaseId, EntityId, Formula, MissingCode, Model, VariableId};

use super::Settings;

/// One value; numbers are in base units.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    Number(f64),
    Text(Arc<str>),
    YesNo(bool),
    Missing { code: MissingCode, reason: Option<Arc<str>> },
}

impl Cell {
    /// The number, if it is one.
    pub fn number(&self) -> Option<f64> {
        match self {
            Cell::Number(number) => Some(*number),
            _ => None,
        }
    }

    /// Whether there is no value.
    pub fn is_missing(&self) -> bool {
        matches!(self, Cell::Missing { .. })
    }
}

/// The value of every variable in every case.
#[derive(Debug, Clone)]
pub struct Results {
    /// Cycles, members that do not exist, overrides without effect.
    pub problems: Vec<Problem>,
    /// What the run was asked for.
    pub settings: Settings,
}

impl Results {
    pub(super) fn empty(_model: &Model, settings: &Settings) -> Results {
        Results { problems: Vec::new(), settings: settings.clone() }
    }

    /// The value of a variable in a case, at an index of its timeline; a value without time takes any index.
    pub fn cell(&self, _case: CaseId, _variable: VariableId, _index: Option<usize>) -> Cell {
        Cell::Missing { code: MissingCode::Na, reason: None }
    }

    /// The value of an expression that is not in the model: one cell, or one for each period of its timeline.
    pub fn formula(&self, _model: &Model, _case: CaseId, _formula: &Formula, _entity: Option<EntityId>) -> Vec<Cell> {
        vec![Cell::Missing { code: MissingCode::Na, reason: None }]
    }
}
