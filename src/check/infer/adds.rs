//! How a formula adds up into longer periods, as far as its own amounts and signs say it; where they say it in two ways, it is
//! asked back.
//!
//! A sum of flows is a flow, also times or over what does not move. A quotient of two amounts is made again from its parts, and
//! with it whatever it stands in. What is left has no one reading: `1 + growth` of quarters, a flow less a stock, the larger of
//! two amounts.

use crate::builtin::Builtin;
use crate::model::{Aggregate, Argument, BinaryOp, Expr, ExprKind, LocalId, SeriesKind};

use super::Infer;
use super::rollup::{Whose, is_pointwise};

/// How a formula adds up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Adds {
    /// It does not move over time.
    Steady,
    /// As one series of this kind.
    As(SeriesKind),
    /// It is worked out again from what its names come to in the longer period.
    ByParts,
    Unclear,
}

use Adds::{As, ByParts, Steady, Unclear};
use SeriesKind::{Flow, Price, Rate, Ratio, Stock};

impl Infer<'_, '_> {
    /// How an expression that moves over time adds up.
    pub(super) fn adds(&mut self, expr: &Expr) -> Adds {
        self.adds_among(expr, &mut Vec::new())
    }

    fn adds_among(&mut self, expr: &Expr, locals: &mut Vec<(LocalId, Adds)>) -> Adds {
        if expr.time.is_none() {
            return Steady;
        }
        match &expr.kind {
            ExprKind::Variable(_) | ExprKind::Own(_) | ExprKind::Bound { .. } | ExprKind::Member { .. } => {
                self.leaf_signature(expr, Whose::Same).and_then(|signature| signature.series).map_or(Unclear, As)
            }
            ExprKind::Local(local) => self.adds_as_held(*local, locals),
            ExprKind::Let { local, value, body } => {
                let value = self.adds_among(value, locals);
                locals.push((*local, value));
                let adds = self.adds_among(body, locals);
                locals.pop();
                adds
            }
            ExprKind::Inlined { body: inner, .. }
            | ExprKind::Unary { operand: inner, .. }
            | ExprKind::Shift { operand: inner, .. }
            | ExprKind::Under { operand: inner, .. }
            | ExprKind::Expected(inner) => self.adds_among(inner, locals),
            ExprKind::RollUp { how, .. } => As(*how),
            ExprKind::Binary { op, left, right } => self.adds_as_pair(*op, left, right, locals),
            ExprKind::If { condition, then, otherwise } => {
                let (then, otherwise) = (self.adds_among(then, locals), self.adds_among(otherwise, locals));
                // What holds in each quarter need not hold of their year.
                if condition.time.is_none() { like(then, otherwise) } else { Unclear }
            }
            ExprKind::Call { builtin, arguments } => self.adds_as_call(*builtin, arguments, locals),
            ExprKind::Aggregate(aggregate) => self.adds_as_sum(aggregate, locals),
            _ => Unclear,
        }
    }

    fn adds_as_held(&mut self, local: LocalId, locals: &[(LocalId, Adds)]) -> Adds {
        if let Some((_, adds)) = locals.iter().rev().find(|(other, _)| *other == local) {
            return *adds;
        }
        let held = self.held.iter().rev().find(|(other, ..)| *other == local).map(|(.., value)| value.clone());
        held.map_or(Unclear, |value| self.adds(&value))
    }

    fn adds_as_pair(&mut self, op: BinaryOp, left: &Expr, right: &Expr, locals: &mut Vec<(LocalId, Adds)>) -> Adds {
        if self.is_exchange_rate(right) && matches!(op, BinaryOp::Times | BinaryOp::Over) {
            return self.adds_among(left, locals);
        }
        let is_zero = |expr: &Expr| matches!(expr.kind, ExprKind::Number(number) if number == 0.0);
        let is_one = |expr: &Expr| matches!(expr.kind, ExprKind::Number(number) if number == 1.0);
        let (one, two) = (self.adds_among(left, locals), self.adds_among(right, locals));
        match op {
            BinaryOp::Plus | BinaryOp::Minus if is_zero(left) => two,
            BinaryOp::Plus | BinaryOp::Minus if is_zero(right) => one,
            BinaryOp::Plus | BinaryOp::Minus => like(one, two),
            BinaryOp::Times => product(one, two),
            BinaryOp::Over => quotient(one, two),
            BinaryOp::Power if is_one(right) => one,
            BinaryOp::Power if is_made_again(one) && (two == Steady || is_made_again(two)) => ByParts,
            BinaryOp::Power | BinaryOp::And | BinaryOp::Or => Unclear,
        }
    }

    fn adds_as_call(&mut self, builtin: Builtin, arguments: &[Argument], locals: &mut Vec<(LocalId, Adds)>) -> Adds {
        let mut each = arguments.iter().map(|argument| match argument {
            Argument::Expr(expr) => self.adds_among(expr, locals),
            _ => Steady,
        });
        match builtin {
            // They are counted again in the longer period, as a part is; so are the opening and the closing of a balance.
            Builtin::Days | Builtin::YearsSince => ByParts,
            Builtin::Average if each.all(|adds| adds == As(Stock)) => ByParts,
            Builtin::Cumulative if each.all(|adds| adds == As(Flow)) => As(Stock),
            Builtin::OrElse => each.reduce(like).unwrap_or(Unclear),
            builtin if is_pointwise(builtin) && each.all(|adds| adds == Steady || is_made_again(adds)) => ByParts,
            _ => Unclear,
        }
    }

    fn adds_as_sum(&mut self, aggregate: &Aggregate, locals: &mut Vec<(LocalId, Adds)>) -> Adds {
        let is_linear = matches!(aggregate.builtin, Builtin::Sum | Builtin::Mean);
        match self.adds_among(&aggregate.body, locals) {
            As(kind @ (Flow | Stock | Price)) if is_linear => As(kind),
            _ => Unclear,
        }
    }

    fn is_exchange_rate(&self, expr: &Expr) -> bool {
        let ExprKind::Variable(variable) = &expr.kind else { return false };
        self.checker.symbols.rates.iter().any(|rate| rate.variable == *variable)
    }
}

/// Whether it is a ratio: a series that says so, or a quotient.
fn is_made_again(adds: Adds) -> bool {
    matches!(adds, ByParts | As(Ratio))
}

/// A sum, a difference or a choice.
fn like(one: Adds, two: Adds) -> Adds {
    match (one, two) {
        (As(a @ (Flow | Stock | Price)), As(b)) if a == b => As(a),
        (Steady, Steady) => Steady,
        (one, two) if is_made_again(one) && (two == Steady || is_made_again(two)) => ByParts,
        (Steady, two) if is_made_again(two) => ByParts,
        _ => Unclear,
    }
}

/// An amount times a series of ratios is an amount, as a line of its own would be; times a quotient it has two readings.
fn product(one: Adds, two: Adds) -> Adds {
    match (one, two) {
        (Steady, As(Rate)) | (As(Rate), Steady) => Unclear,
        (Steady, other) | (other, Steady) => other,
        (As(Flow), As(Price)) | (As(Price), As(Flow)) => As(Flow),
        (As(kind @ (Flow | Price)), As(Ratio)) | (As(Ratio), As(kind @ (Flow | Price))) => As(kind),
        (one, two) if is_made_again(one) && is_made_again(two) => ByParts,
        _ => Unclear,
    }
}

fn quotient(one: Adds, two: Adds) -> Adds {
    match (one, two) {
        (Unclear, _) | (_, Unclear) | (As(Rate), _) | (_, As(Rate)) | (As(Stock), As(Price)) => Unclear,
        (other, Steady) => other,
        (As(Flow), As(Price)) => As(Flow),
        (As(kind @ (Flow | Price)), As(Ratio)) => As(kind),
        (Steady | ByParts | As(_), ByParts | As(_)) => ByParts,
    }
}
