//! The sides of a condition: what it compares, so that whoever reads that it does not hold sees the numbers.

use crate::eval::Results;
use crate::model::{CaseId, EntityId, Expr, ExprKind, Formula, Model, Type, VariableId};
use crate::units::Unit;

/// Every operand of every comparison in a condition.
pub fn compared(expr: &Expr) -> Vec<&Expr> {
    let mut found = Vec::new();
    collect(expr, &mut found);
    found
}

fn collect<'e>(expr: &'e Expr, found: &mut Vec<&'e Expr>) {
    match &expr.kind {
        ExprKind::Compare { operands, .. } => found.extend(operands),
        ExprKind::Binary { left, right, .. } => {
            collect(left, found);
            collect(right, found);
        }
        ExprKind::Unary { operand, .. } | ExprKind::Under { operand, .. } => collect(operand, found),
        ExprKind::Inlined { body, .. } | ExprKind::Let { body, .. } => collect(body, found),
        _ => {}
    }
}

/// The unit an operand would be shown in: that of the name it looks at, else base units.
pub fn unit_of(model: &Model, expr: &Expr) -> Unit {
    match &expr.kind {
        ExprKind::Variable(id) => model.variable(*id).unit.clone(),
        ExprKind::At { operand, .. }
        | ExprKind::Shift { operand, .. }
        | ExprKind::RollUp { operand, .. }
        | ExprKind::Unary { operand, .. }
        | ExprKind::Under { operand, .. } => unit_of(model, operand),
        _ => match &expr.ty {
            Type::Number(dimension) => model.units.canonical(dimension),
            _ => Unit::ratio(),
        },
    }
}

/// `` `co.value` is 98 CNY, `co.price` is 112 CNY ``, at an index of a series; nothing if nothing is compared.
pub(super) fn said(
    model: &Model,
    results: &Results,
    (case, condition, entity): (CaseId, VariableId, Option<EntityId>),
    index: Option<usize>,
) -> String {
    let Some(piece) = model.variable(condition).definition.pieces.first() else { return String::new() };
    let formula = &piece.formula;
    let one = |operand: &Expr| {
        let text = operand.span.of(&formula.text);
        if matches!(operand.kind, ExprKind::Number(_) | ExprKind::Text(_)) || text.is_empty() {
            return None;
        }
        let alone = Formula { expr: operand.clone(), text: formula.text.clone() };
        let cells = results.formula(model, case, &alone, entity);
        let cell = cells.get(if cells.len() > 1 { index.unwrap_or(0) } else { 0 })?;
        Some(format!("`{text}` is {}", super::cell_in_unit(cell, &unit_of(model, operand))))
    };
    compared(&formula.expr).into_iter().filter_map(one).collect::<Vec<_>>().join(", ")
}
