//! `Algebra`: what a walk computes with. With numbers a formula gives its value; with the steps of a graph, how to compute it.

use std::sync::Arc;

use crate::eval::op::{Many, One, Two};
use crate::model::{CaseId, EntityId, Formula, MissingCode, VariableId};

/// Values, and the operations on them. Operands are looked at in order: the first missing one is the result.
pub(in crate::eval) trait Algebra {
    type Value: Copy;
    /// Why a walk cannot go on; numbers always can.
    type Stop;

    /// The value of a variable in a case; a value without time takes any index.
    fn read(&mut self, case: CaseId, variable: VariableId, index: usize) -> Result<Self::Value, Self::Stop>;

    /// An indexed name was asked for an entity it has no member for.
    fn no_member(&mut self, members: &[(EntityId, VariableId)], entity: EntityId);

    /// What stands for the result of a whole formula, if that is set from outside.
    fn set(&mut self, formula: &Formula) -> Option<Self::Value>;

    /// A number.
    fn number(&mut self, number: f64) -> Self::Value;

    /// The number that stands for a text.
    fn text(&mut self, text: &Arc<str>) -> f64;

    /// No value, and why.
    fn missing(&mut self, code: MissingCode, reason: Option<&Arc<str>>) -> Self::Value;

    /// What a value is, if that is certain: a number or missing.
    fn known(&self, value: Self::Value) -> Option<Known>;

    /// Whether a value is missing for this reason.
    fn is_missing_for(&mut self, value: Self::Value, code: MissingCode) -> Self::Value;

    fn one(&mut self, op: One, x: Self::Value) -> Self::Value;

    fn two(&mut self, op: Two, left: Self::Value, right: Self::Value) -> Self::Value;

    /// The second if the first is yes, the third if it is no.
    fn choose(&mut self, condition: Self::Value, then: Self::Value, otherwise: Self::Value) -> Self::Value;

    fn many(&mut self, op: Many, operands: &[Self::Value]) -> Self::Value;
}

/// What a value is for certain.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in crate::eval) enum Known {
    Number(f64),
    Missing,
}
