//! Sentences that must be true: claims of the book, and predicates written in a template.

use std::sync::Arc;

use crate::check::Given;
use crate::eval::{Cell, Side, compared, is_literal, unit_of};
use crate::model::{CaseId, Formula, Hole, VariableId};
use crate::units::Unit;
use crate::word::yes_no;

use super::desk::Desk;
use super::error::ReportError;
use super::filters::refuse_other_dimension;
use super::look::Look;
use super::number::Number;
use super::pattern::Pattern;
use super::subject::Subject;

/// The sentence of a claim with its holes filled, or which sides make it false.
pub fn sentence(desk: &Arc<Desk>, name: &str) -> Result<String, ReportError> {
    let at = claim_named(desk, name)?;
    let claim = &desk.model.claims[at];
    let holds = desk.results.cell(claim.case, claim.condition, None);
    if holds != Cell::YesNo(true) {
        let formula = condition(desk, claim.condition);
        let values = formula.map(|formula| sides(desk, claim.case, &formula, &[], 0)).unwrap_or_default();
        return Err(ReportError::ClaimFalse { predicate: claim.text.to_string(), values: values_or(values, &holds) });
    }
    let mut sentence = claim.sentence.to_string();
    for hole in &claim.holes {
        sentence = sentence.replace(&format!("{{{}}}", hole.name), &filled(desk, claim.case, hole)?);
    }
    Ok(sentence)
}

/// Nothing if a predicate of the language is true; else which sides make it false.
pub fn must_hold(desk: &Arc<Desk>, text: &str, given: Vec<Given>) -> Result<(), ReportError> {
    let asked = desk.ask(text, given)?;
    let cells = desk.results.formula(&desk.model, desk.case, &asked.formula, None);
    let Some((index, cell)) = untrue(&cells) else { return Ok(()) };
    let values = values_or(sides(desk, desk.case, &asked.formula, &asked.given, index), cell);
    Err(ReportError::ClaimFalse { predicate: text.to_string(), values })
}

/// The first cell that is not yes; a series may have periods in which there is nothing to say, but not all of them.
fn untrue(cells: &[Cell]) -> Option<(usize, &Cell)> {
    let mut said = cells.iter().enumerate().filter(|(_, cell)| !cell.is_missing()).peekable();
    match said.peek() {
        Some(_) => said.find(|(_, cell)| **cell != Cell::YesNo(true)),
        None => cells.first().map(|cell| (0, cell)),
    }
}

fn filled(desk: &Arc<Desk>, case: CaseId, hole: &Hole) -> Result<String, ReportError> {
    let value = Number::read(desk, &Subject::Variable(hole.value), case, None);
    let Some(number) = value.downcast_object_ref::<Number>() else { return Ok(value.to_string()) };
    let Some(format) = &hole.format else { return Ok(number.display()) };
    let mut pattern = Pattern::read(format, &desk.model.units)?;
    if let Some(unit) = &pattern.unit {
        refuse_other_dimension(&value, unit, &desk.model.units)?;
    }
    // A year is a plain number and stays whole.
    pattern.grouped |= pattern.unit.is_some() || !number.shown_unit().symbol.is_empty();
    Ok(number.looking(|look| look.take(pattern)).to_string())
}

fn condition(desk: &Desk, id: VariableId) -> Option<Arc<Formula>> {
    desk.model.variable(id).definition.pieces.first().map(|piece| piece.formula.clone())
}

fn values_or(values: String, holds: &Cell) -> String {
    match holds {
        Cell::Missing { code: missing, reason } => {
            format!("it is {} ({})", missing.word(), reason.as_deref().unwrap_or("something it reads is missing"))
        }
        _ if values.is_empty() => "it is no longer so".to_string(),
        _ => values,
    }
}

/// Both sides of every comparison in a predicate: `` `co.value` is 98 CNY, `co.price` is 112 CNY ``.
fn sides(desk: &Desk, case: CaseId, formula: &Formula, given: &[Given], index: usize) -> String {
    let said =
        compared(&formula.expr, case).into_iter().filter_map(|side| said(desk, case, formula, &side, given, index));
    said.collect::<Vec<_>>().join(", ")
}

fn said(desk: &Desk, case: CaseId, formula: &Formula, side: &Side, given: &[Given], index: usize) -> Option<String> {
    let text = side.expr.span.of(&formula.text);
    let given = given.iter().find(|given| *given.name == *text);
    if is_literal(&side.expr) && given.is_none() || text.is_empty() {
        return None;
    }
    let cell = desk.results.side(&desk.model, side, &formula.text, None, Some(index))?;
    let unit = given.map_or_else(|| unit_of(&desk.model, &side.expr, None), |given| given.unit.clone());
    Some(format!("`{text}`{} is {}", side.elsewhere(&desk.model, case), shown(desk, &cell, &unit)))
}

fn shown(desk: &Desk, cell: &Cell, unit: &Unit) -> String {
    match cell {
        Cell::Number(base) => Look::default().write(*base, unit, &desk.model.units),
        Cell::Text(text) => format!("\"{text}\""),
        Cell::YesNo(yes) => yes_no(*yes).to_string(),
        Cell::Missing { code: missing, .. } => missing.word().to_string(),
    }
}

/// The claim's index in the model, or what name it could have been.
pub fn claim_named(desk: &Desk, name: &str) -> Result<usize, ReportError> {
    desk.model.claims.iter().position(|claim| &*claim.name == name).ok_or_else(|| ReportError::UnknownClaim {
        name: name.to_string(),
        nearest: desk.nearest(name, desk.model.claims.iter().map(|claim| &*claim.name)),
    })
}
