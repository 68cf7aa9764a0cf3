//! Checks and alerts, in every case and period where both sides exist.

use crate::diagnostic::Problem;
use crate::eval::op::compares;
use crate::eval::{Cell, Results};
use crate::model::{CaseId, Check, CompareOp, Condition, Model, Tolerance, VariableId};

use super::error::FindingError;
use super::{Breach, CheckOutcome, CheckState, Findings, SLACK, reach};

/// How many breaches a message names.
const NAMED: usize = 3;

/// Holds every check, case by case; a check that fails in several cases is one problem.
pub(super) fn hold(model: &Model, results: &Results, findings: &mut Findings) {
    for (at, check) in model.checks.iter().enumerate() {
        let cases = match check.case {
            Some(case) => vec![case],
            None => (0..model.cases.len() as u32).map(CaseId).collect(),
        };
        let outcomes =
            cases.into_iter().map(|case| CheckOutcome { check: at, case, state: state(model, results, check, case) });
        let outcomes: Vec<CheckOutcome> = outcomes.collect();
        findings.problems.extend(problem(model, results, check, &outcomes));
        findings.checks.extend(outcomes);
    }
}

fn state(model: &Model, results: &Results, check: &Check, case: CaseId) -> CheckState {
    let mut is_missing = true;
    let mut breaches = Vec::new();
    for index in indexes(model, results, check) {
        let Some((holds, sides)) = look(results, check, case, index) else { continue };
        is_missing = false;
        if !holds {
            breaches.push(Breach { index, sides });
        }
    }
    match breaches.is_empty() {
        true if is_missing => CheckState::Missing,
        true => CheckState::Holds,
        false => CheckState::Fails(breaches),
    }
}

fn indexes(model: &Model, results: &Results, check: &Check) -> Vec<Option<usize>> {
    let sides = match &check.condition {
        Condition::Compare { left, right, .. } => vec![*left, *right],
        Condition::Holds(variable) => vec![*variable],
    };
    match sides.into_iter().find(|side| model.variable(*side).time.is_some()) {
        Some(side) => (0..results.store.layout.periods(side)).map(Some).collect(),
        None => vec![None],
    }
}

/// Whether a check holds at an index, and both sides if it compares; nothing if one of them is missing.
fn look(results: &Results, check: &Check, case: CaseId, index: Option<usize>) -> Option<(bool, Option<(f64, f64)>)> {
    let number = |variable: VariableId| results.cell(case, variable, index).number();
    match &check.condition {
        Condition::Compare { left, op, right, tolerance } => {
            let (left, right) = (number(*left)?, number(*right)?);
            Some((near_enough(*op, left, right, *tolerance), Some((left, right))))
        }
        Condition::Holds(variable) => match results.cell(case, *variable, index) {
            Cell::YesNo(holds) => Some((holds, None)),
            _ => None,
        },
    }
}

fn near_enough(op: CompareOp, left: f64, right: f64, tolerance: Option<Tolerance>) -> bool {
    let reach = match tolerance {
        Some(tolerance) => reach(tolerance, right),
        None => SLACK * left.abs().max(right.abs()),
    };
    match op {
        CompareOp::Equal => (left - right).abs() <= reach,
        CompareOp::NotEqual => (left - right).abs() > reach,
        CompareOp::LessEqual => left - right <= reach,
        CompareOp::GreaterEqual => right - left <= reach,
        CompareOp::Less | CompareOp::Greater if tolerance.is_none() => compares(op, left, right),
        CompareOp::Less => left - right < reach,
        CompareOp::Greater => right - left < reach,
    }
}

fn problem(model: &Model, results: &Results, check: &Check, outcomes: &[CheckOutcome]) -> Option<Problem> {
    let mut breaches: Vec<(CaseId, &Breach)> = Vec::new();
    for outcome in outcomes {
        let CheckState::Fails(more) = &outcome.state else { continue };
        let new = more.iter().filter(|breach| breaches.iter().all(|(_, other)| other != breach));
        let new: Vec<&Breach> = new.collect();
        breaches.extend(new.into_iter().map(|breach| (outcome.case, breach)));
    }
    if breaches.is_empty() {
        let untold = outcomes.iter().find(|outcome| outcome.state == CheckState::Missing)?;
        let everywhere = outcomes.iter().all(|outcome| outcome.state == CheckState::Missing);
        return everywhere.then(|| missing(model, results, check, untold.case));
    }
    let mut named: Vec<String> =
        breaches.iter().take(NAMED).map(|(case, breach)| spelled(model, results, check, *case, breach)).collect();
    if breaches.len() > NAMED {
        named.push(format!("and {} more", breaches.len() - NAMED));
    }
    let (span, breaches) = (check.place.span, named.join("; "));
    let (what, message) = asked(model, check);
    let error = match check.alert {
        true => FindingError::Alert { what, message, breaches, span },
        false => FindingError::CheckFailed { what, message, breaches, span },
    };
    Some(Problem::new(check.place.source, &error))
}

/// What a check asks, and what the file says about it.
fn asked(model: &Model, check: &Check) -> (String, String) {
    let what = match check.entity {
        Some(entity) => format!("`{}` of {}", check.text, model.entity(entity).name),
        None => format!("`{}`", check.text),
    };
    (what, check.message.as_ref().map(|message| format!(": {message}")).unwrap_or_default())
}

/// A check whose sides are nowhere both there, with why the first of them is not.
fn missing(model: &Model, results: &Results, check: &Check, case: CaseId) -> Problem {
    let sides = match &check.condition {
        Condition::Compare { left, right, .. } => vec![*left, *right],
        Condition::Holds(variable) => vec![*variable],
    };
    let cells = sides.iter().map(|side| (*side, results.cells(case, *side)));
    let without = cells.filter_map(|(side, cells)| Some((side, cells.into_iter().find(Cell::is_missing)?))).next();
    let reason =
        without.map_or_else(String::new, |(side, cell)| super::cell_in_unit(&cell, &model.variable(side).unit));
    let (what, message) = asked(model, check);
    let reason = format!("it looks at {reason}");
    Problem::new(check.place.source, &FindingError::CheckMissing { what, message, reason, span: check.place.span })
}

/// `2026E in case bull: 12 mn CNY against 15 mn CNY, 3 mn CNY apart`
fn spelled(model: &Model, results: &Results, check: &Check, case: CaseId, breach: &Breach) -> String {
    let side = match &check.condition {
        Condition::Compare { left, .. } => *left,
        Condition::Holds(variable) => *variable,
    };
    let (variable, in_case) = (model.variable(side), super::error::in_case(model, case));
    let other = match &check.condition {
        Condition::Compare { right, .. } => model.variable(*right).time,
        Condition::Holds(_) => None,
    };
    let line = variable.time.or(other).and_then(|frequency| model.timelines.get(frequency));
    let period = breach.index.and_then(|index| line?.period(index)).map(|period| period.to_string());
    let place = format!("{}{in_case}", period.unwrap_or_default()).trim().to_string();
    let said = match breach.sides {
        Some((left, right)) => {
            let unit = &variable.unit;
            let apart = unit.shown_apart((left - right).abs());
            format!("{} against {}, {apart} apart", unit.shown(left), unit.shown(right))
        }
        None => {
            let said = super::sides::said(model, results, (case, side, check.entity), breach.index);
            if said.is_empty() { "it does not hold".to_string() } else { said }
        }
    };
    if place.is_empty() { said } else { format!("{place}: {said}") }
}
