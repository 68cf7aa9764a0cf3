//! A cell made by its recipe.

use crate::eval::op::{Many, Two};
use crate::eval::recipe::{Make, Post, Recipe};
use crate::model::{CaseId, Formula, Interpolation, VariableId};

use super::{Algebra, Answer, Scope, ScopeOf, Walk};

impl<A: Algebra> Walk<'_, A> {
    /// What a variable's recipe gives at an index.
    pub fn made(&mut self, recipe: &Recipe<'_>, case: CaseId, variable: VariableId, index: usize) -> Answer<A> {
        let scope = Scope::new(case, self.model.variable(variable).entity);
        match recipe.make(index) {
            Make::Formula(formula, posts) => {
                let value = self.formula(formula, scope, index)?;
                self.posted(value, posts, scope, index)
            }
            Make::Between { how, left, right, part, posts } => {
                let left = self.algebra.read(case, variable, left)?;
                let value = self.between(how, left, (case, variable, right), part)?;
                self.posted(value, &posts, scope, index)
            }
            Make::Nothing => Ok(self.unavailable("no value is given for this period")),
        }
    }

    fn formula(&mut self, formula: &Formula, scope: ScopeOf<'_, A>, index: usize) -> Answer<A> {
        match self.algebra.set(formula) {
            Some(value) => Ok(value),
            None => self.eval(&formula.expr, scope, index),
        }
    }

    /// A result after the shifts and scalings of a case.
    fn posted(&mut self, value: A::Value, posts: &[Post<'_>], scope: ScopeOf<'_, A>, index: usize) -> Answer<A> {
        posts.iter().try_fold(value, |value, post| {
            let amount = self.eval(&post.amount.expr, scope, index)?;
            Ok(self.algebra.two(if post.scales { Two::Times } else { Two::Plus }, value, amount))
        })
    }

    /// A value between two anchors, `part` of the way.
    fn between(
        &mut self,
        how: Interpolation,
        left: A::Value,
        (case, variable, right): (CaseId, VariableId, usize),
        part: f64,
    ) -> Answer<A> {
        if how == Interpolation::Step || self.is_surely_missing(left) {
            return Ok(left);
        }
        let right = self.algebra.read(case, variable, right)?;
        if how == Interpolation::Geometric {
            return Ok(self.algebra.many(Many::Geometric(part.to_bits()), &[left, right]));
        }
        let (rise, part) = (self.algebra.two(Two::Minus, right, left), self.algebra.number(part));
        let risen = self.algebra.two(Two::Times, rise, part);
        Ok(self.algebra.two(Two::Plus, left, risen))
    }
}
