//! `Builder`: writes the cells that probes need and knobs reach as the steps of a graph, with the rules of the walk.

mod aggregate;
mod call;
mod expr;
mod over_time;
mod reach;
mod time;

use std::collections::HashMap;

use crate::model::{CaseId, Formula, Interpolation, Model, VariableId};
use crate::value::{Scalar, Words};

use super::super::mix::Mixing;
use super::super::recipe::{Make, Recipe};
use super::super::results::Results;
use super::super::walk::{self, on_a_growing_stack};
use super::graph::Graph;
use super::node::{Id, Many, Two};

pub(super) use reach::reached;

/// What a name is bound to while formulas are written out.
type Scope<'a> = walk::Scope<'a, Id>;
type Held<'a> = walk::Held<'a, Id>;

/// A model that a graph cannot say: cells that need themselves, or far too many steps.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Unsayable;

type Said = Result<Id, Unsayable>;

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
    pub depth: u32,
}

/// How many steps a graph may have.
const MOST: usize = 2_000_000;

impl<'b> Builder<'b> {
    /// The value of a variable in a case; a value without time takes any index.
    pub fn cell(&mut self, case: CaseId, variable: VariableId, index: usize) -> Said {
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

    fn made(&mut self, case: CaseId, variable: VariableId, index: usize) -> Said {
        let recipe = &self.recipes[case.0 as usize][variable.0 as usize];
        let scope = Scope::new(case, self.model.variable(variable).entity);
        let (value, posts) = match recipe.make(index) {
            Make::Formula(formula, posts) => (self.formula(formula, scope, index)?, posts.to_vec()),
            Make::Between { how, left, right, part, posts } => {
                let left = self.cell(case, variable, left)?;
                (self.between(how, left, (case, variable, right), part)?, posts)
            }
            Make::Nothing => return Ok(self.unavailable()),
        };
        posts.iter().try_fold(value, |value, post| {
            let amount = self.eval(&post.amount.expr, scope, index)?;
            Ok(self.graph.two(if post.scales { Two::Times } else { Two::Plus }, value, amount))
        })
    }

    fn formula(&mut self, formula: &Formula, scope: Scope<'_>, index: usize) -> Said {
        match self.knobs.iter().position(|knob| std::ptr::eq(*knob, formula)) {
            Some(knob) => Ok(self.graph.knob(knob as u32)),
            None => self.eval(&formula.expr, scope, index),
        }
    }

    fn between(&mut self, how: Interpolation, left: Id, right: (CaseId, VariableId, usize), part: f64) -> Said {
        if how == Interpolation::Step {
            return Ok(left);
        }
        let right = self.cell(right.0, right.1, right.2)?;
        if how == Interpolation::Geometric {
            return Ok(self.graph.many(Many::Geometric(part.to_bits()), vec![left, right]));
        }
        let rise = self.graph.two(Two::Minus, right, left);
        let part = self.graph.number(part);
        let risen = self.graph.two(Two::Times, rise, part);
        Ok(self.graph.two(Two::Plus, left, risen))
    }

    /// A result without meaning.
    fn meaningless(&mut self) -> Id {
        self.graph.missing(crate::model::MissingCode::Nm)
    }

    /// A value that nobody gives.
    fn unavailable(&mut self) -> Id {
        self.graph.missing(crate::model::MissingCode::Na)
    }
}
