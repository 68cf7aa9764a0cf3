//! `Subject`: what a number or a series is a reading of.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use crate::check::Given;
use crate::eval::Cell;
use crate::model::{CaseId, Formula, VariableId};
use crate::units::Unit;

/// What a number or a series is a reading of.
#[derive(Debug, Clone)]
pub enum Subject {
    Variable(VariableId),
    Expression(Arc<Asked>),
    /// A published figure, by its index in the model.
    Printed(usize),
}

/// An expression written in a template, checked.
#[derive(Debug)]
pub struct Asked {
    pub formula: Formula,
    pub unit: Unit,
    /// What the template has given names to in it.
    pub given: Vec<Given>,
    /// Its value in the cases it was looked at in.
    pub cells: Mutex<BTreeMap<CaseId, Arc<[Cell]>>>,
}
