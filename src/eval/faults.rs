//! What went wrong in a run, as problems with places.

use std::collections::BTreeSet;

use crate::diagnostic::Problem;
use crate::model::{CaseId, Model, VariableId};
use crate::text::Place;

use super::demand::{Faults, Spot};
use super::error::EvalError;

/// How many steps of a circle a message names.
const NAMED: usize = 8;

/// Cycles, members that do not exist, overrides without effect.
pub(super) fn problems(model: &Model, faults: &Faults) -> Vec<Problem> {
    let mut seen = BTreeSet::new();
    let cycles = faults.cycles.iter().filter(|cycle| seen.insert(variables(cycle)));
    let mut problems: Vec<Problem> = cycles.map(|cycle| circle(model, cycle)).collect();
    problems.extend(faults.no_members.iter().map(|(variable, entity)| {
        let variable = model.variable(*variable);
        let (name, entity) = (variable.name.to_string(), model.entity(*entity).name.to_string());
        let span = variable.place.span;
        Problem::new(variable.place.source, &EvalError::NoMember { name, entity, span })
    }));
    problems
}

fn variables(cycle: &[Spot]) -> Vec<VariableId> {
    let mut variables: Vec<VariableId> = cycle.iter().map(|(_, variable, _)| *variable).collect();
    variables.sort_unstable();
    variables.dedup();
    variables
}

fn circle(model: &Model, cycle: &[Spot]) -> Problem {
    let from = (0..cycle.len()).min_by_key(|at| cycle[*at]).unwrap_or(0);
    let turned: Vec<Spot> = cycle[from..].iter().chain(&cycle[..from]).copied().collect();
    let name = |spot: &Spot| spelled(model, *spot);
    let mut path: Vec<String> = turned.iter().take(NAMED).map(name).collect();
    if turned.len() > NAMED {
        path.push(format!("{} more", turned.len() - NAMED));
    }
    path.extend(turned.first().map(name));
    let case = match turned[0].0 {
        CaseId::BASE => String::new(),
        case => format!(" in case {}", model.case(case).name),
    };
    let place = place_of(model, turned[0]);
    let error = EvalError::Cycle { first: name(&turned[0]), path: path.join(" → "), case, span: place.span };
    let rest = turned[1..].iter().take(NAMED - 1);
    rest.fold(Problem::new(place.source, &error), |problem, spot| {
        problem.with(place_of(model, *spot), format!("{} is defined here", name(spot)))
    })
}

/// `co.revenue[2026E]`
pub(super) fn spelled(model: &Model, (_, variable, index): Spot) -> String {
    let variable = model.variable(variable);
    let line = variable.time.and_then(|frequency| model.timelines.get(frequency));
    match line.and_then(|line| line.period(index)) {
        Some(period) => format!("{}[{period}]", variable.path),
        None => variable.path.to_string(),
    }
}

fn place_of(model: &Model, (_, variable, index): Spot) -> Place {
    let variable = model.variable(variable);
    let piece = variable.definition.pieces.iter().find(|piece| piece.window.holds(index));
    piece.map_or(variable.place, |piece| piece.place)
}
