//! Walks a checked expression.

use crate::model::{Argument, Expr, ExprKind};

/// Calls `visit` for every direct child of a node.
pub(super) fn children_mut(kind: &mut ExprKind, visit: &mut dyn FnMut(&mut Expr)) {
    match kind {
        ExprKind::Let { value, body, .. } => {
            visit(value);
            visit(body);
        }
        ExprKind::Inlined { body, .. } => visit(body),
        ExprKind::Shift { operand, .. }
        | ExprKind::At { operand, .. }
        | ExprKind::RollUp { operand, .. }
        | ExprKind::Unary { operand, .. }
        | ExprKind::Under { operand, .. } => visit(operand),
        ExprKind::Expected(operand) => visit(operand),
        ExprKind::Binary { left, right, .. } => {
            visit(left);
            visit(right);
        }
        ExprKind::Compare { operands, .. } => operands.iter_mut().for_each(visit),
        ExprKind::If { condition, then, otherwise } => {
            visit(condition);
            visit(then);
            visit(otherwise);
        }
        ExprKind::Call { arguments, .. } => {
            for argument in arguments {
                match argument {
                    Argument::Expr(expr) | Argument::Slice { operand: expr, .. } => visit(expr),
                    Argument::Period { .. } => {}
                }
            }
        }
        ExprKind::Aggregate(aggregate) => {
            aggregate.of.iter_mut().for_each(&mut *visit);
            aggregate.filter.iter_mut().for_each(&mut *visit);
            visit(&mut aggregate.body);
        }
        ExprKind::Number(_)
        | ExprKind::Text(_)
        | ExprKind::YesNo(_)
        | ExprKind::Missing { .. }
        | ExprKind::Own(_)
        | ExprKind::Variable(_)
        | ExprKind::Bound { .. }
        | ExprKind::Member { .. }
        | ExprKind::Entity { .. }
        | ExprKind::Local(_) => {}
    }
}
