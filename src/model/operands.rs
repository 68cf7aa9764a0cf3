//! The expressions right below a node.

use super::{Argument, Expr, ExprKind};

/// Looks at the expressions right below a node, in the order in which they are written.
pub fn operands<'e>(expr: &'e Expr, mut see: impl FnMut(&'e Expr)) {
    match &expr.kind {
        ExprKind::Let { value, body, .. } => {
            see(value);
            see(body);
        }
        ExprKind::Inlined { body: operand, .. }
        | ExprKind::Shift { operand, .. }
        | ExprKind::At { operand, .. }
        | ExprKind::RollUp { operand, .. }
        | ExprKind::Unary { operand, .. }
        | ExprKind::Under { operand, .. }
        | ExprKind::Expected(operand) => see(operand),
        ExprKind::Binary { left, right, .. } => {
            see(left);
            see(right);
        }
        ExprKind::Compare { operands, .. } => operands.iter().for_each(see),
        ExprKind::If { condition, then, otherwise } => {
            see(condition);
            see(then);
            see(otherwise);
        }
        ExprKind::Call { arguments, .. } => arguments.iter().filter_map(argument).for_each(see),
        ExprKind::Aggregate(aggregate) => {
            aggregate.of.iter().for_each(&mut see);
            aggregate.filter.iter().for_each(&mut see);
            see(&aggregate.body);
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

fn argument(argument: &Argument) -> Option<&Expr> {
    match argument {
        Argument::Expr(operand) | Argument::Slice { operand, .. } => Some(operand),
        Argument::Period { .. } => None,
    }
}
