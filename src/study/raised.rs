//! `Raised`: what a value moves by when one input behind it is a little more, all others as they are.

use std::sync::Arc;

use crate::eval::{Cell, Results};
use crate::model::{Asked, CaseId, Change, ExprKind, Formula, Model, Override, Piece, Role, Type, VariableId, Window};

use super::points::{Point, cells};

/// What one input does to a value.
#[derive(Debug, Clone)]
pub struct Raised {
    pub input: VariableId,
    /// In base units of the value.
    pub difference: f64,
    /// As a share of the value; nothing where that is 0.
    pub share: Option<f64>,
}

/// What each of some inputs does to a number when it is larger by a share, the strongest first; those that do nothing
/// are left out.
pub fn raised(
    model: &Model,
    results: &Results,
    case: CaseId,
    (value, index): (VariableId, Option<usize>),
    inputs: &[VariableId],
    by: f64,
) -> Vec<Raised> {
    let Cell::Number(base) = results.cell(case, value, index) else { return Vec::new() };
    let stated: Vec<(VariableId, Vec<Override>)> = inputs.iter().filter_map(|id| larger(model, *id, by)).collect();
    let variable = model.variable(value);
    let asked = Asked { variable: value, index, text: variable.path.clone(), unit: variable.unit.clone() };
    let points: Vec<Point> =
        stated.iter().map(|(_, lines)| Point { lines: lines.clone(), ..Point::default() }).collect();
    let moved = cells(model, &results.settings, case, &points, &[asked]);
    let mut all: Vec<Raised> = stated
        .iter()
        .zip(moved)
        .filter_map(|((input, _), cells)| {
            let difference = cells.first()?.number()? - base;
            let share = (base != 0.0).then(|| difference / base.abs());
            (difference.abs() > base.abs() * NOTHING).then_some(Raised { input: *input, difference, share })
        })
        .collect();
    all.sort_by(|one, two| two.difference.abs().total_cmp(&one.difference.abs()).then(one.input.cmp(&two.input)));
    all
}

/// A move that is less than this share of the value is the rounding of a computer's arithmetic.
const NOTHING: f64 = 1e-12;

/// An input with what is typed in it larger by a share; what it computes is left to its formulas.
fn larger(model: &Model, id: VariableId, by: f64) -> Option<(VariableId, Vec<Override>)> {
    let variable = model.variable(id);
    let typed = |piece: &&Piece| piece.role != Role::Derived && matches!(piece.formula.expr.ty, Type::Number(_));
    let pieces = variable.definition.pieces.iter().filter(typed);
    let line = |piece: &Piece| {
        let window = variable.time.map(|_| piece.window).filter(|window| *window != Window::WHOLE);
        let change = Change::Scale(Arc::new(Formula::literal(ExprKind::Number(1.0 + by))));
        let (provenance, place) = (piece.provenance.clone(), piece.place);
        Override { variable: id, window, change, provenance, text: Arc::from(""), place }
    };
    let lines: Vec<Override> = pieces.map(line).collect();
    (!variable.hidden && !lines.is_empty()).then_some((id, lines))
}
