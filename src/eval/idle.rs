//! Overrides that change nothing.

use crate::diagnostic::Problem;
use crate::model::{CaseId, Change, Definition, ExprKind, Formula, Model, Override, Role, VariableId};

use super::Results;
use super::error::EvalError;

/// A warning for every line of a case that leaves its values as they were.
pub(super) fn overrides(model: &Model, results: &Results) -> Vec<Problem> {
    let cases = (0..model.cases.len() as u32).map(CaseId);
    cases.flat_map(|case| of_case(model, results, case)).collect()
}

fn of_case(model: &Model, results: &Results, case: CaseId) -> Vec<Problem> {
    let overrides = &model.case(case).overrides;
    let mut idle: Vec<&Override> = overrides.iter().filter(|change| is_idle(model, results, case, change)).collect();
    idle.dedup_by_key(|change| change.place);
    // A line for a whole kind is one override for each entity: it is idle if all of them are.
    idle.retain(|change| {
        overrides.iter().all(|other| other.place != change.place || is_idle(model, results, case, other))
    });
    let problem = |change: &Override| {
        let error = EvalError::NoEffect {
            text: change.text.to_string(),
            case: model.case(case).name.to_string(),
            span: change.place.span,
        };
        Problem::new(change.place.source, &error)
    };
    idle.into_iter().map(problem).collect()
}

fn is_idle(model: &Model, results: &Results, case: CaseId, change: &Override) -> bool {
    match &change.change {
        Change::Shift(amount) => is_number(amount, 0.0),
        Change::Scale(amount) => is_number(amount, 1.0),
        Change::Set(definition) => {
            let is_only_line =
                model.case(case).overrides.iter().filter(|other| other.variable == change.variable).count() == 1;
            is_only_line
                && is_input(definition)
                && is_input(&model.variable(change.variable).definition)
                && is_as_before(model, results, case, change.variable)
        }
    }
}

fn is_number(amount: &Formula, number: f64) -> bool {
    matches!(amount.expr.kind, ExprKind::Number(stated) if stated == number)
}

fn is_input(definition: &Definition) -> bool {
    definition.pieces.iter().all(|piece| piece.role != Role::Derived)
}

/// Whether every cell is what it is in the case that this one builds on.
fn is_as_before(model: &Model, results: &Results, case: CaseId, variable: VariableId) -> bool {
    let Some(before) = model.case(case).extends else { return false };
    let periods = results.store.layout.periods(variable);
    (0..periods).all(|index| {
        let (now, then) = (results.store.get(case, variable, index), results.store.get(before, variable, index));
        now.zip(then).is_some_and(|(now, then)| now.same_as(then))
    })
}
