//! How the sides of a comparison are shown: in the unit of a value they name.

use crate::model::{BinaryOp, EntityId, Expr, ExprKind, Type};
use crate::units::Unit;

use super::checker::Checker;

impl Checker<'_> {
    /// The unit of the first value that the left side, or else the right one, passes on.
    pub(super) fn unit_of_sides(&mut self, left: &Expr, right: &Expr, entity: Option<EntityId>) -> Option<Unit> {
        self.passed_on(left, entity).or_else(|| self.passed_on(right, entity))
    }

    fn passed_on(&mut self, expr: &Expr, entity: Option<EntityId>) -> Option<Unit> {
        let unit = match &expr.kind {
            ExprKind::Variable(id) => self.entry(*id).unit,
            ExprKind::Own(slot) => self.slot(entity?, *slot).unit,
            ExprKind::Shift { operand, .. }
            | ExprKind::At { operand, .. }
            | ExprKind::RollUp { operand, .. }
            | ExprKind::Under { operand, .. }
            | ExprKind::Unary { operand, .. } => self.passed_on(operand, entity),
            ExprKind::Binary { op: BinaryOp::Plus | BinaryOp::Minus | BinaryOp::Times, left, right } => {
                self.unit_of_sides(left, right, entity)
            }
            _ => None,
        };
        let Type::Number(dimension) = &expr.ty else { return None };
        unit.filter(|unit| unit.dimension == *dimension)
    }
}
