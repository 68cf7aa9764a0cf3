//! `Numbers`: walks that give values: the reference that the column engine must agree with, bit by bit.

use std::cell::RefCell;
use std::convert::Infallible;
use std::sync::Arc;

use crate::builtin::math::Outcome;
use crate::eval::op::{Many, One, Two};
use crate::eval::recipe::Recipe;
use crate::model::{Aggregate, CaseId, EntityId, Expr, Formula, MissingCode, Model, Skip, VariableId};
use crate::value::{Scalar, Words};

use super::algebra::{Algebra, Known};
use super::{Scope, Walk};

/// Where a formula finds the values of other variables.
pub(in crate::eval) trait Cells {
    /// The value of a variable in a case; a value without time takes any index.
    fn read(&mut self, case: CaseId, variable: VariableId, index: usize) -> Scalar;

    /// An indexed name was asked for an entity it has no member for.
    fn no_member(&mut self, members: &[(EntityId, VariableId)], entity: EntityId);
}

/// Values as they are, found in cells.
pub(in crate::eval) struct Numbers<'w, C> {
    pub words: &'w RefCell<Words>,
    pub cells: &'w mut C,
}

impl<'w, C: Cells> Walk<'w, Numbers<'w, C>> {
    /// A walk that finds other variables in `cells`.
    pub fn new(model: &'w Model, words: &'w RefCell<Words>, cells: &'w mut C) -> Walk<'w, Numbers<'w, C>> {
        Walk::over(model, Numbers { words, cells })
    }

    /// The value of an expression at an index of its timeline.
    pub fn value(&mut self, expr: &Expr, scope: Scope<'_>, index: usize) -> Scalar {
        let Ok(value) = self.eval(expr, scope, index);
        value
    }

    /// The value that a variable's recipe gives at an index.
    pub fn cell(&mut self, recipe: &Recipe<'_>, case: CaseId, variable: VariableId, index: usize) -> Scalar {
        let Ok(value) = self.made(recipe, case, variable, index);
        value
    }

    /// The numbers that a rank is a place among, in order, missing ones left out.
    pub fn others(&mut self, aggregate: &Aggregate, scope: Scope<'_>, index: usize) -> Vec<f64> {
        let Ok(elements) = self.elements(aggregate, Skip::Missing, scope, index);
        let mut numbers: Vec<f64> = elements.iter().map(|element| element.value.number).collect();
        numbers.sort_by(f64::total_cmp);
        numbers
    }
}

impl<C> Numbers<'_, C> {
    fn outcome(&mut self, outcome: Outcome) -> Scalar {
        match outcome {
            Ok(number) => Scalar::number(number),
            Err(reason) => self.meaningless(reason),
        }
    }

    fn meaningless(&mut self, reason: &str) -> Scalar {
        Scalar::missing(self.words.borrow_mut().reason(MissingCode::Nm, Some(&reason.into())))
    }
}

impl<C: Cells> Algebra for Numbers<'_, C> {
    type Value = Scalar;
    type Stop = Infallible;

    fn read(&mut self, case: CaseId, variable: VariableId, index: usize) -> Result<Scalar, Infallible> {
        Ok(self.cells.read(case, variable, index))
    }

    fn no_member(&mut self, members: &[(EntityId, VariableId)], entity: EntityId) {
        self.cells.no_member(members, entity);
    }

    fn set(&mut self, _: &Formula) -> Option<Scalar> {
        None
    }

    fn number(&mut self, number: f64) -> Scalar {
        Scalar::number(number)
    }

    fn text(&mut self, text: &Arc<str>) -> f64 {
        self.words.borrow_mut().text(text)
    }

    fn missing(&mut self, code: MissingCode, reason: Option<&Arc<str>>) -> Scalar {
        Scalar::missing(self.words.borrow_mut().reason(code, reason))
    }

    fn known(&self, value: Scalar) -> Option<Known> {
        Some(if value.is_present() { Known::Number(value.number) } else { Known::Missing })
    }

    fn is_missing_for(&mut self, value: Scalar, code: MissingCode) -> Scalar {
        let why = self.words.borrow().explain(value.missing);
        Scalar::yes_no(why.is_some_and(|(stated, _)| stated == code))
    }

    fn one(&mut self, op: One, x: Scalar) -> Scalar {
        match x.is_present() {
            _ if op == One::IsMissing => Scalar::yes_no(!x.is_present()),
            true => self.outcome(op.outcome(x.number)),
            false => x,
        }
    }

    fn two(&mut self, op: Two, left: Scalar, right: Scalar) -> Scalar {
        match (left.is_present(), right.is_present()) {
            (true, true) => self.outcome(op.outcome(left.number, right.number)),
            (false, _) => {
                if op == Two::OrElse {
                    right
                } else {
                    left
                }
            }
            (true, false) => match op {
                Two::OrElse => left,
                Two::Mark if left.number == 0.0 => Scalar::number(f64::INFINITY),
                _ => right,
            },
        }
    }

    fn choose(&mut self, condition: Scalar, then: Scalar, otherwise: Scalar) -> Scalar {
        match condition.is_present() {
            false => condition,
            true => {
                if condition.is_yes() {
                    then
                } else {
                    otherwise
                }
            }
        }
    }

    fn many(&mut self, op: Many, operands: &[Scalar]) -> Scalar {
        match operands.iter().find(|operand| !operand.is_present()) {
            Some(missing) => *missing,
            None => {
                let numbers: Vec<f64> = operands.iter().map(|operand| operand.number).collect();
                match op.outcome(&numbers, &mut Vec::new()) {
                    Err(reason) => self.meaningless(&op.reason(&numbers).unwrap_or_else(|| reason.to_string())),
                    outcome => self.outcome(outcome),
                }
            }
        }
    }
}
