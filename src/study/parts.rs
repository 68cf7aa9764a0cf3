//! Parts of an input: each stretch of it that is set to one number. They all move together.

use std::sync::Arc;

use crate::chance::{Marginal, MarginalError};
use crate::eval::{Cell, Knob, Results};
use crate::model::{CaseId, Expr, Formula, Model, Numbers, Ranged, Variable, VariableId, Window};

/// The stretches of a variable that vary by themselves: the pieces with a range, and each of their periods where a
/// number of the range, or the value beside it, moves with time.
pub(super) fn parts(model: &Model, id: VariableId, ranges: &[Ranged], window: Option<Window>) -> Vec<Ranged> {
    let (variable, all) = (model.variable(id), window.unwrap_or(Window::WHOLE));
    let line = variable.time.and_then(|time| model.timelines.get(time));
    let mut parts = Vec::new();
    for ranged in ranges {
        let Some(window) = ranged.window.common(all) else { continue };
        let last = line.map_or(window.last, |line| window.last.min(line.len - 1));
        let moves = ranged.spread.moves() || (ranged.spread.needs_point() && is_several(variable, window));
        match line {
            Some(_) if moves => parts.extend(
                (window.first..=last)
                    .map(|at| Ranged { window: Window { first: at, last: at }, spread: ranged.spread.clone() }),
            ),
            _ => parts.push(Ranged { window: Window { last, ..window }, spread: ranged.spread.clone() }),
        }
    }
    parts
}

/// Whether a variable is not one number in all of a window.
fn is_several(variable: &Variable, window: Window) -> bool {
    let is_flat =
        |piece: &crate::model::Piece| piece.formula.expr.time.is_none() && piece.window.common(window) == Some(window);
    !variable.definition.pieces.iter().any(is_flat)
}

/// What turns a part.
pub(super) fn knob_of(model: &Model, id: VariableId, part: &Ranged) -> Knob {
    Knob { variable: id, window: model.variable(id).time.map(|_| part.window) }
}

/// A name for one part of an input: with its periods, if the input has several.
pub(super) fn name_of(model: &Model, id: VariableId, text: &Arc<str>, part: &Ranged, count: usize) -> Arc<str> {
    let variable = model.variable(id);
    match model.periods_of(variable, part.window).filter(|_| count > 1) {
        Some(periods) => format!("{}[{periods}]", variable.path).into(),
        None => text.clone(),
    }
}

/// The numbers of a part in a case.
pub(super) struct PartNumbers<'a> {
    pub model: &'a Model,
    pub results: &'a Results,
    pub case: CaseId,
    pub variable: VariableId,
    pub window: Window,
}

impl PartNumbers<'_> {
    /// The value of the part without any draw; for several periods only if they have the same.
    pub fn value(&self) -> Option<f64> {
        let cells = self.results.cells(self.case, self.variable);
        let mut numbers = (0..cells.len()).filter(|at| self.window.holds(*at)).map(|at| cells[at].number());
        let first = numbers.next()??;
        numbers.all(|number| number == Some(first)).then_some(first)
    }

    /// How the part is distributed.
    pub fn marginal(&self, part: &Ranged) -> Result<Marginal, MarginalError> {
        part.spread.marginal(self)
    }
}

impl Numbers for PartNumbers<'_> {
    /// The number of an expression, in the first period of the part if it moves with time: then there is no other.
    fn read(&self, expr: &Arc<Expr>) -> Result<f64, MarginalError> {
        let formula = Formula { expr: (**expr).clone(), text: Arc::from("") };
        let entity = self.model.variable(self.variable).entity;
        let cells = self.results.formula(self.model, self.case, &formula, entity);
        let at = if cells.len() > 1 { self.window.first } else { 0 };
        cells.get(at).and_then(Cell::number).ok_or(MarginalError::Missing)
    }

    fn point(&self) -> Result<f64, MarginalError> {
        self.value().ok_or(MarginalError::Missing)
    }
}
