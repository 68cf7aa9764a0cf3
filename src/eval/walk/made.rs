//! A cell made by its recipe.

use crate::builtin::series;
use crate::eval::recipe::{Make, Post, Recipe};
use crate::model::{BinaryOp, CaseId, Interpolation, VariableId};
use crate::value::Scalar;

use super::{Cells, Scope, Walk};

impl<C: Cells> Walk<'_, C> {
    /// The value that a variable's recipe gives at an index.
    pub fn made(&mut self, recipe: &Recipe<'_>, case: CaseId, variable: VariableId, index: usize) -> Scalar {
        let scope = Scope::new(case, self.model.variable(variable).entity);
        match recipe.make(index) {
            Make::Formula(formula, posts) => {
                let value = self.eval(&formula.expr, scope, index);
                self.posted(value, posts, scope, index)
            }
            Make::Between { how, left, right, part, posts } => {
                let left = self.cells.read(case, variable, left);
                let right = self.cells.read(case, variable, right);
                let value = self.between(how, left, right, part);
                self.posted(value, &posts, scope, index)
            }
            Make::Nothing => self.unavailable("no value is given for this period"),
        }
    }

    /// A result after the shifts and scalings of a case.
    pub fn posted(&mut self, value: Scalar, posts: &[Post<'_>], scope: Scope<'_>, index: usize) -> Scalar {
        posts.iter().fold(value, |value, post| {
            let amount = self.eval(&post.amount.expr, scope, index);
            self.binary(if post.scales { BinaryOp::Times } else { BinaryOp::Plus }, value, amount)
        })
    }

    /// A value between two anchors.
    pub fn between(&mut self, how: Interpolation, left: Scalar, right: Scalar, part: f64) -> Scalar {
        match (how, left.is_present(), right.is_present()) {
            (_, false, _) | (Interpolation::Step, _, _) => left,
            (_, _, false) => right,
            (Interpolation::Linear, _, _) => self.outcome(series::linear(left.number, right.number, part)),
            (Interpolation::Geometric, _, _) => self.outcome(series::geometric(left.number, right.number, part)),
        }
    }
}
