//! What went wrong in a run, as problems with places.

use std::collections::BTreeSet;

use crate::diagnostic::Problem;
use crate::model::{CaseId, Model, VariableId};
use crate::text::Place;

use super::demand::{Circle, Spot};
use super::error::EvalError;
use super::found::NoMembers;
use super::{Results, idle};

/// What went wrong in a run.
#[derive(Debug, Default)]
pub(super) struct Faults {
    pub circles: Vec<Circle>,
    /// Variables that look at themselves in another case, by way of one another.
    pub case_circles: Vec<Vec<VariableId>>,
    pub no_members: NoMembers,
}

/// How many steps of a circle a message names.
const NAMED: usize = 8;

/// Cycles, members that do not exist, overrides without effect.
pub(super) fn problems(model: &Model, results: &Results, faults: &Faults) -> Vec<Problem> {
    let mut seen = BTreeSet::new();
    let circles = faults.circles.iter().filter(|circle| seen.insert(variables(circle)));
    let mut problems: Vec<Problem> = circles.map(|circle| around(model, circle)).collect();
    problems.extend(faults.case_circles.iter().map(|circle| across(model, circle)));
    problems.extend(faults.no_members.iter().map(|(variable, entity)| {
        let variable = model.variable(*variable);
        let (name, entity) = (variable.name.to_string(), model.entity(*entity).name.to_string());
        let span = variable.place.span;
        Problem::new(variable.place.source, &EvalError::NoMember { name, entity, span })
    }));
    problems.extend(idle::overrides(model, results));
    problems
}

fn variables(circle: &[Spot]) -> Vec<VariableId> {
    let mut variables: Vec<VariableId> = circle.iter().map(|(_, variable, _)| *variable).collect();
    variables.sort_unstable();
    variables.dedup();
    variables
}

fn around(model: &Model, circle: &[Spot]) -> Problem {
    let from = (0..circle.len()).min_by_key(|at| circle[*at]).unwrap_or(0);
    let turned: Vec<Spot> = circle[from..].iter().chain(&circle[..from]).copied().collect();
    let names: Vec<String> = turned.iter().take(NAMED).map(|spot| spelled(model, *spot)).collect();
    let case = match turned[0].0 {
        CaseId::BASE => String::new(),
        case => format!(" in case {}", model.case(case).name),
    };
    let place = place_of(model, turned[0]);
    let path = path(&names, turned.len());
    let error = EvalError::Cycle { first: names[0].clone(), path, case, span: place.span };
    let rest = turned.iter().zip(&names).skip(1);
    rest.fold(Problem::new(place.source, &error), |problem, (spot, name)| {
        problem.with(place_of(model, *spot), format!("{name} is defined here"))
    })
}

fn across(model: &Model, circle: &[VariableId]) -> Problem {
    let names: Vec<String> = circle.iter().take(NAMED).map(|id| model.variable(*id).path.to_string()).collect();
    let place = model.variable(circle[0]).place;
    let path = path(&names, circle.len());
    Problem::new(place.source, &EvalError::CaseCycle { first: names[0].clone(), path, span: place.span })
}

/// `a → b → a`
fn path(names: &[String], len: usize) -> String {
    let more = (len > names.len()).then(|| format!("{} more", len - names.len()));
    names.iter().cloned().chain(more).chain(names.first().cloned()).collect::<Vec<_>>().join(" → ")
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

pub(super) fn place_of(model: &Model, (_, variable, index): Spot) -> Place {
    let variable = model.variable(variable);
    let piece = variable.definition.pieces.iter().find(|piece| piece.window.holds(index));
    piece.map_or(variable.place, |piece| piece.place)
}
