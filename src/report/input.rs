//! The inputs of an entity or of the book as a template sees them: what is assumed or given, by whom, and why.

use std::sync::Arc;

use minijinja::value::Value;

use crate::eval::Cell;
use crate::model::{CaseId, Definition, EntityId, Expr, Formula, Interpolation, Ranged, Role, Variable, VariableId};

use super::desk::Desk;
use super::look::Look;
use super::origin::why;
use super::series::view;
use super::source::SourceView;
use super::subject::Subject;

/// Every input of an entity, or of the whole book, in the order of the file.
pub fn inputs(desk: &Arc<Desk>, entity: Option<EntityId>, case: CaseId) -> Value {
    let wanted = |variable: &Variable| !variable.hidden && (entity.is_none() || variable.entity == entity);
    let all = desk.model.variables.iter().enumerate().filter(|(_, variable)| wanted(variable));
    let all = all.filter(|(_, variable)| role(&variable.definition) != Role::Derived);
    all.map(|(at, _)| input(desk, VariableId(at as u32), case)).collect()
}

/// The role of the first piece that is an input; a formula has none.
fn role(definition: &Definition) -> Role {
    definition.pieces.iter().map(|piece| piece.role).find(|role| *role != Role::Derived).unwrap_or(Role::Derived)
}

fn input(desk: &Arc<Desk>, id: VariableId, case: CaseId) -> Value {
    let variable = desk.model.variable(id);
    let piece = variable.definition.pieces.iter().find(|piece| piece.role != Role::Derived);
    let provenance = piece.map(|piece| piece.provenance.clone()).unwrap_or_default();
    let text = |text: &Option<Arc<str>>| text.clone().map_or(Value::from(()), Value::from);
    let source = provenance
        .citation
        .clone()
        .map_or(Value::from(()), |citation| Value::from_object(SourceView { desk: desk.clone(), citation }));
    let range = range(desk, variable, case);
    let subject = Subject::Variable(id);
    Value::from_pairs([
        ("path", Value::from(variable.path.clone())),
        ("name", Value::from(variable.name.clone())),
        ("label", Value::from(desk.label(&subject))),
        ("entity", Value::from(variable.entity.map_or("", |entity| &*desk.model.entity(entity).label))),
        ("unit", Value::from(variable.unit.symbol.clone())),
        ("role", Value::from(role(&variable.definition).word())),
        ("written", Value::from(written(desk, variable))),
        ("is_series", Value::from(variable.time.is_some())),
        ("value", view(desk, &subject, case)),
        ("owner", text(&provenance.owner)),
        ("because", text(&why(&desk.model, &provenance))),
        ("source", source),
        ("range", range.map_or(Value::from(()), Value::from)),
        ("place", Value::from(desk.locate(variable.place))),
    ])
}

/// What is given or assumed in a definition, as it was written: `2026E 26% | 2037E 17% linear`.
fn written(desk: &Desk, variable: &Variable) -> String {
    let line = variable.time.and_then(|frequency| desk.model.timelines.get(frequency));
    let period = |index: usize| line.and_then(|line| line.period(index)).map(|period| period.to_string());
    let piece = |piece: &crate::model::Piece| match (period(piece.window.first), period(piece.window.last)) {
        (Some(first), Some(last)) if first == last => format!("{first} {}", piece.formula.text),
        (Some(first), Some(last)) => format!("{first}..{last} {}", piece.formula.text),
        (Some(first), None) => format!("{first}.. {}", piece.formula.text),
        _ => piece.formula.text.to_string(),
    };
    let inputs = variable.definition.pieces.iter().filter(|piece| piece.role != Role::Derived);
    let pieces: Vec<_> = inputs.map(piece).collect();
    let shape = match variable.definition.interpolation {
        Some(Interpolation::Linear) => " linear",
        Some(Interpolation::Geometric) => " geometric",
        Some(Interpolation::Step) => " step",
        None => "",
    };
    format!("{}{shape}", pieces.join(" | "))
}

fn range(desk: &Desk, variable: &Variable, case: CaseId) -> Option<String> {
    let end = |ranged: &Ranged, expr: &Expr, bare: bool| {
        let formula = Formula { expr: expr.clone(), text: "".into() };
        let cells = desk.results.formula(&desk.model, case, &formula, variable.entity);
        let at = if cells.len() > 1 { ranged.window.first } else { 0 };
        let number = cells.get(at).and_then(Cell::number);
        number.map_or_else(
            || "?".to_string(),
            |base| Look { bare, ..Look::default() }.write(base, &variable.unit, &desk.model.units),
        )
    };
    let text = |ranged: &Ranged| match ranged.spread.stated() {
        Some((low, high)) => format!("{} to {}", end(ranged, low, true), end(ranged, high, false)),
        None => ranged.spread.text.to_string(),
    };
    let is_one = variable.definition.pieces.len() < 2;
    let with_periods = |ranged: &Ranged| match desk.model.periods_of(variable, ranged.window).filter(|_| !is_one) {
        Some(periods) => format!("{periods} {}", text(ranged)),
        None => text(ranged),
    };
    let texts: Vec<String> = variable.ranges.iter().map(with_periods).collect();
    (!texts.is_empty()).then(|| texts.join(", "))
}
