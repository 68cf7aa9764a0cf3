//! What formulas look at, and the parts they are made of.

use crate::model::{Binder, Expr, ExprKind, KindId, Slot, VariableId};

/// A thing that a formula looks at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Name {
    Variable(VariableId),
    /// An attribute of the formula's own entity.
    Own(Slot),
    /// An attribute of every entity of a kind.
    Each(KindId, Slot),
    /// Which entities a kind has.
    Kind(KindId),
}

/// Looks at every name in a formula.
pub fn names(expr: &Expr, mut see: impl FnMut(Name)) {
    let mut kinds: Vec<(Binder, KindId)> = Vec::new();
    let mut open = vec![expr];
    while let Some(expr) = open.pop() {
        match &expr.kind {
            ExprKind::Variable(variable) => see(Name::Variable(*variable)),
            ExprKind::Own(slot) => see(Name::Own(*slot)),
            ExprKind::Member { members, .. } => {
                members.iter().for_each(|(_, variable)| see(Name::Variable(*variable)));
            }
            ExprKind::Bound { binder, slot } => {
                let kind = kinds.iter().rev().find(|(other, _)| other == binder);
                kind.into_iter().for_each(|(_, kind)| see(Name::Each(*kind, *slot)));
            }
            ExprKind::Aggregate(aggregate) => {
                kinds.push((aggregate.binder, aggregate.kind));
                see(Name::Kind(aggregate.kind));
            }
            _ => {}
        }
        open.extend(operands(expr));
    }
}

/// Whether a formula looks at other cases.
pub fn crosses(expr: &Expr) -> bool {
    let mut open = vec![expr];
    while let Some(expr) = open.pop() {
        let crosses = match &expr.kind {
            ExprKind::Under { .. } | ExprKind::Expected(_) => true,
            ExprKind::Call { builtin, .. } => *builtin == crate::builtin::Builtin::Expected,
            _ => false,
        };
        if crosses {
            return true;
        }
        open.extend(operands(expr));
    }
    false
}

/// The expressions right below a node.
pub fn operands(expr: &Expr) -> Vec<&Expr> {
    let mut below = Vec::new();
    crate::model::operands(expr, |operand| below.push(operand));
    below
}
