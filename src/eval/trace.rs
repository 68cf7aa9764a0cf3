//! `Trace`: why one cell has its value: the tree of its formula with the value of every node.

use std::sync::Arc;

use crate::calendar::Frequency;
use crate::model::{CaseId, Model, Type, VariableId};

use super::{Cell, Results, Write, writes};

/// Why one cell has its value.
#[derive(Debug, Clone)]
pub struct Trace {
    pub variable: VariableId,
    pub case: CaseId,
    pub index: Option<usize>,
    pub value: Cell,
    /// What was written to the cell, the data first; the last one holds unless a formula was shifted or scaled.
    pub writes: Vec<Write>,
    /// The formula that holds, if it is more than a literal.
    pub root: Option<Step>,
}

/// A node of a formula and its value.
#[derive(Debug, Clone)]
pub struct Step {
    /// As written; for a name, its full path.
    pub text: Arc<str>,
    pub value: Cell,
    pub ty: Type,
    /// Where in time it was looked at; nothing for a value without time.
    pub at: Option<(Frequency, usize)>,
    /// The variable, if the node is a name.
    pub variable: Option<VariableId>,
    /// The case it was looked at in.
    pub case: CaseId,
    pub children: Vec<Step>,
}

/// Explains one cell.
pub fn trace(model: &Model, results: &Results, case: CaseId, variable: VariableId, index: Option<usize>) -> Trace {
    let value = results.cell(case, variable, index);
    let writes = writes(model, &results.settings, case, variable, index);
    Trace { variable, case, index, value, writes, root: None }
}
