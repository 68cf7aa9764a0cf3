//! Formulas as hints read them: which variable a name is, what a sum adds up, which numbers are written out.

use crate::model::{BinaryOp, EntityRef, Expr, ExprKind, Formula, Model, Piece, Role, Variable, VariableId};

/// The variable that a leaf names, in a formula of an owner.
pub fn named(model: &Model, owner: &Variable, expr: &Expr) -> Option<VariableId> {
    match &expr.kind {
        ExprKind::Variable(id) => Some(*id),
        ExprKind::Own(slot) => Some(model.entity(owner.entity?).variable(*slot)),
        ExprKind::Member { members, of: EntityRef::Fixed(entity) } => {
            members.iter().find(|(member, _)| member == entity).map(|(_, id)| *id)
        }
        _ => None,
    }
}

/// The terms of a sum, from the left; one term if it is none.
pub fn terms(expr: &Expr) -> Vec<&Expr> {
    operands_of(expr, BinaryOp::Plus)
}

/// The factors of a product, from the left.
pub fn factors(expr: &Expr) -> Vec<&Expr> {
    operands_of(expr, BinaryOp::Times)
}

fn operands_of(expr: &Expr, wanted: BinaryOp) -> Vec<&Expr> {
    let (mut found, mut open) = (Vec::new(), vec![expr]);
    while let Some(expr) = open.pop() {
        match &expr.kind {
            ExprKind::Binary { op, left, right } if *op == wanted => open.extend([&**right, &**left]),
            _ => found.push(expr),
        }
    }
    found
}

/// Every node of a formula as it is written, without what the functions it calls are made of.
pub fn nodes(formula: &Formula) -> Vec<&Expr> {
    let (mut found, mut open) = (Vec::new(), vec![&formula.expr]);
    while let Some(expr) = open.pop() {
        found.push(expr);
        if !matches!(expr.kind, ExprKind::Inlined { .. }) {
            expr.each_child(|operand| open.push(operand));
        }
    }
    found
}

/// The nodes of a formula that are calculated with; the bounds of a comparison are not.
pub fn calculated(formula: &Formula) -> Vec<&Expr> {
    let (mut found, mut open) = (Vec::new(), vec![&formula.expr]);
    while let Some(expr) = open.pop() {
        found.push(expr);
        if !matches!(expr.kind, ExprKind::Inlined { .. } | ExprKind::Compare { .. }) {
            expr.each_child(|operand| open.push(operand));
        }
    }
    found
}

/// The pieces of a variable that are formulas.
pub fn formulas(variable: &Variable) -> impl Iterator<Item = &Piece> {
    variable.definition.pieces.iter().filter(|piece| piece.role == Role::Derived)
}
