//! `Builder`: writes the cells that probes need and knobs reach as the steps of a graph, by walking their formulas.

use std::collections::HashMap;
use std::sync::Arc;

use crate::model::{CaseId, EntityId, Formula, MissingCode, Model, VariableId};
use crate::value::{Scalar, Words};

use super::super::mix::Mixing;
use super::super::op::{Many, One, Two};
use super::super::recipe::Recipe;
use super::super::results::Results;
use super::super::walk::{Algebra, Known, Walk, on_a_growing_stack};
use super::graph::Graph;
use super::node::Id;

/// A model that a graph cannot say: cells that need themselves, or far too many steps.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Unsayable;

/// Writes cells as steps.
pub(super) struct Builder<'b> {
    pub model: &'b Model,
    /// The model without any knob turned.
    pub base: &'b Results,
    /// For every case, the recipe of every variable, with the knobs laid over it.
    pub recipes: &'b [Vec<Recipe<'b>>],
    /// The formulas that stand for the knobs.
    pub knobs: Vec<&'b Formula>,
    /// Which variables depend on a knob.
    pub reached: Vec<bool>,
    pub words: Words,
    pub graph: Graph,
    /// The cells that are written; nothing for those that are being written.
    pub cells: HashMap<(u32, u32, usize), Option<Id>, Mixing>,
}

/// How many steps a graph may have.
const MOST: usize = 2_000_000;

impl<'b> Builder<'b> {
    /// The value of a variable in a case; a value without time takes any index.
    pub fn cell(&mut self, case: CaseId, variable: VariableId, index: usize) -> Result<Id, Unsayable> {
        let periods = self.base.store.layout.periods(variable);
        let index = if periods == 1 { 0 } else { index };
        if !self.reached[variable.0 as usize] || index >= periods {
            return Ok(self.constant(case, variable, index));
        }
        let key = (case.0, variable.0, index);
        if let Some(known) = self.cells.get(&key) {
            return known.ok_or(Unsayable);
        }
        if self.graph.nodes.len() > MOST {
            return Err(Unsayable);
        }
        self.cells.insert(key, None);
        let id = on_a_growing_stack(|| self.made(case, variable, index))?;
        self.cells.insert(key, Some(id));
        Ok(id)
    }

    fn constant(&mut self, case: CaseId, variable: VariableId, index: usize) -> Id {
        match self.base.store.get(case, variable, index) {
            Some(value) => self.scalar(value),
            None => self.unavailable(),
        }
    }

    fn scalar(&mut self, value: Scalar) -> Id {
        match self.words.explain(value.missing) {
            Some((code, _)) => self.graph.missing(code),
            None => self.graph.number(value.number),
        }
    }

    fn made(&mut self, case: CaseId, variable: VariableId, index: usize) -> Result<Id, Unsayable> {
        let (model, recipe) = (self.model, &self.recipes[case.0 as usize][variable.0 as usize]);
        Walk::over(model, self).made(recipe, case, variable, index)
    }

    /// A value that nobody gives.
    fn unavailable(&mut self) -> Id {
        self.graph.missing(MissingCode::Na)
    }
}

impl Algebra for &mut Builder<'_> {
    type Value = Id;
    type Stop = Unsayable;

    fn read(&mut self, case: CaseId, variable: VariableId, index: usize) -> Result<Id, Unsayable> {
        self.cell(case, variable, index)
    }

    fn no_member(&mut self, _: &[(EntityId, VariableId)], _: EntityId) {}

    fn set(&mut self, formula: &Formula) -> Option<Id> {
        let knob = self.knobs.iter().position(|knob| std::ptr::eq(*knob, formula))?;
        Some(self.graph.knob(knob as u32))
    }

    fn number(&mut self, number: f64) -> Id {
        self.graph.number(number)
    }

    fn text(&mut self, text: &Arc<str>) -> f64 {
        self.words.text(text)
    }

    fn missing(&mut self, code: MissingCode, _: Option<&Arc<str>>) -> Id {
        self.graph.missing(code)
    }

    fn known(&self, value: Id) -> Option<Known> {
        Some(self.graph.known(value)?.map_or(Known::Missing, Known::Number))
    }

    fn is_missing_for(&mut self, value: Id, code: MissingCode) -> Id {
        self.graph.is_missing_for(value, code)
    }

    fn one(&mut self, op: One, x: Id) -> Id {
        self.graph.one(op, x)
    }

    fn two(&mut self, op: Two, left: Id, right: Id) -> Id {
        self.graph.two(op, left, right)
    }

    fn choose(&mut self, condition: Id, then: Id, otherwise: Id) -> Id {
        self.graph.choose(condition, then, otherwise)
    }

    fn many(&mut self, op: Many, operands: &[Id]) -> Id {
        self.graph.many(op, operands)
    }
}
