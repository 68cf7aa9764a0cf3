//! `Trace`: why one cell has its value: the tree of its formula with the value of every node.

mod missing;
mod step;

use std::cell::RefCell;
use std::sync::Arc;

use crate::calendar::Frequency;
use crate::model::{CaseId, Model, Type, VariableId};

use super::found::Found;
use super::walk::{Scope, Walk};
use super::writes::recipe;
use super::{Cell, Results, Write, writes};

pub use missing::missing_root;
use step::Tracer;

/// Why one cell has its value.
#[derive(Debug, Clone)]
pub struct Trace {
    pub variable: VariableId,
    pub case: CaseId,
    pub index: Option<usize>,
    pub value: Cell,
    /// What was written to the cell, the file's line first; the last one holds unless it shifts or scales.
    pub writes: Vec<Write>,
    /// The formula that holds; nothing for a cell that nothing is said about.
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
    let words = RefCell::new(results.words.clone());
    let no_members = RefCell::default();
    let mut found = Found { store: &results.store, words: &words, no_members: &no_members };
    let walk = Walk::new(model, &words, &mut found);
    let scope = Scope::new(case, model.variable(variable).entity);
    let recipe = recipe(model, &results.settings, case, variable);
    Trace {
        variable,
        case,
        index,
        value: results.cell(case, variable, index),
        writes: writes(model, &results.settings, case, variable, index),
        root: Tracer { walk, formula: "".into() }.root(&recipe, variable, scope, index.unwrap_or(0)),
    }
}
