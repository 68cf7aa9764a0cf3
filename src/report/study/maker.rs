//! `Maker`: makes the numbers of a study's answer.

use std::sync::Arc;

use minijinja::value::Value;

use crate::eval::Cell;
use crate::model::{Asked, CaseId, Factor, VariableId};
use crate::study::Reading;
use crate::units::Unit;

use super::super::desk::Desk;
use super::super::number::Number;
use super::super::subject::Subject;

/// Makes numbers that are read in the case of a study.
pub(super) struct Maker<'d> {
    pub desk: &'d Arc<Desk>,
    pub case: CaseId,
}

impl Maker<'_> {
    /// A value of an output.
    pub fn output(&self, asked: &Asked, cell: Cell) -> Value {
        let mut number = self.number(asked.variable, asked.index, cell);
        number.unit = asked.unit.clone();
        Value::from_object(number)
    }

    /// How far two values of an output are apart; shares are points apart.
    pub fn apart(&self, asked: &Asked, base: Option<f64>) -> Value {
        let mut number = self.number(asked.variable, asked.index, cell_of(base));
        number.unit = self.distance(&asked.unit);
        Value::from_object(number)
    }

    /// A share of the draws, in a unit of shares.
    pub fn share(&self, asked: &Asked, share: Option<f64>, unit: &str) -> Value {
        let mut number = self.number(asked.variable, asked.index, cell_of(share));
        number.unit = self.desk.model.units.parse(unit).unwrap_or(number.unit);
        Value::from_object(number)
    }

    /// A value of an input.
    pub fn input(&self, factor: &Factor, base: Option<f64>) -> Value {
        let index = factor.window.map(|window| window.first);
        Value::from_object(self.number(factor.variable, index, cell_of(base)))
    }

    /// A value of the input of a path.
    pub fn named(&self, path: &str, base: Option<f64>) -> Value {
        let model = &self.desk.model;
        let whole = || model.variable_at(path.rsplit_once('[')?.0);
        match model.variable_at(path).or_else(whole) {
            Some(variable) => Value::from_object(self.number(variable, None, cell_of(base))),
            None => Value::from(()),
        }
    }

    /// How far an input may move.
    pub fn slack(&self, factor: &Factor, base: Option<f64>) -> Value {
        let mut number = self.number(factor.variable, factor.window.map(|window| window.first), cell_of(base));
        number.unit = self.distance(&number.unit);
        Value::from_object(number)
    }

    fn distance(&self, unit: &Unit) -> Unit {
        unit.of_difference()
    }

    fn number(&self, variable: VariableId, index: Option<usize>, cell: Cell) -> Number {
        let value = match cell {
            Cell::Number(number) => Ok(number),
            Cell::Missing { code, reason } => Err((code, reason)),
            Cell::Text(_) | Cell::YesNo(_) => Err((crate::model::MissingCode::Na, None)),
        };
        Number::new(self.desk, &Subject::Variable(variable), self.case, index, value)
    }
}

/// A number that may not be there.
pub(super) fn cell_of(base: Option<f64>) -> Cell {
    let none =
        Cell::Missing { code: crate::model::MissingCode::Nm, reason: Some("the study has no number here".into()) };
    base.map_or(none, Cell::Number)
}

/// A text under the name `output`, and its value where the study changes nothing.
pub(super) fn text(reading: &Reading) -> (&'static str, Value) {
    ("output", Value::from(reading.text.clone()))
}
