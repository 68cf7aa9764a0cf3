//! A currency conversion inside of what looks at other periods or cases, and of what locals stand for: each is
//! converted once, however often it is used.

use crate::builtin::Builtin;
use crate::model::{Argument, BinaryOp, Expr, ExprKind, LocalId, UnaryOp};

use super::Infer;
use super::exchange::{Exchange, Taken};

/// What is known in the course of one conversion.
pub(super) struct Known<'e> {
    pub exchange: Exchange,
    /// What locals stand for.
    stands: Vec<(LocalId, &'e Expr)>,
    /// What of them is converted.
    done: Vec<Done>,
}

/// The value of a local in the other currency, under a local of its own.
struct Done {
    of: LocalId,
    /// The rate that it takes from what it stands beside, if it has none of its own.
    beside: Option<Taken>,
    local: LocalId,
    value: Expr,
}

impl<'e> Known<'e> {
    /// A conversion within calls that hold values.
    pub fn new(exchange: Exchange, stands: impl Iterator<Item = (LocalId, &'e Expr)>) -> Known<'e> {
        Known { exchange, stands: stands.collect(), done: Vec::new() }
    }

    /// The whole, with everything that was converted on the way.
    pub fn bound(self, whole: Expr) -> Expr {
        bound(self.done, whole)
    }

    fn of(&self, local: LocalId) -> Option<&'e Expr> {
        self.stands.iter().rev().find(|(other, _)| *other == local).map(|(_, value)| *value)
    }

    /// What was converted of one local, which is left behind.
    fn taken_of(&mut self, local: LocalId) -> Vec<Done> {
        let (of, others) = std::mem::take(&mut self.done).into_iter().partition(|done| done.of == local);
        self.done = others;
        of
    }
}

/// A body with converted values around it: the first was there before the others, which may be made of it.
fn bound(done: Vec<Done>, body: Expr) -> Expr {
    done.into_iter().rev().fold(body, |body, done| held(done.local, done.value, body))
}

/// `let local = value in body`.
pub(super) fn held(local: LocalId, value: Expr, body: Expr) -> Expr {
    let (ty, time, span) = (body.ty.clone(), body.time, body.span);
    Expr { kind: ExprKind::Let { local, value: Box::new(value), body: Box::new(body) }, ty, time, span }
}

/// The same, if the body uses it.
pub(super) fn held_if_used(local: LocalId, value: impl FnOnce() -> Expr, body: Expr) -> Expr {
    if uses(&body, local) { held(local, value(), body) } else { body }
}

fn uses(expr: &Expr, local: LocalId) -> bool {
    let mut open = vec![expr];
    while let Some(expr) = open.pop() {
        if matches!(expr.kind, ExprKind::Local(other) if other == local) {
            return true;
        }
        expr.each_child(|operand| open.push(operand));
    }
    false
}

impl Infer<'_, '_> {
    /// The conversion inside of a node that is linear in its amounts.
    pub(super) fn pushed<'e>(&mut self, known: &mut Known<'e>, expr: &'e Expr, taken: Taken) -> Option<Expr> {
        let mut time = expr.time;
        let beside = taken.when.is_none_or(|when| !when.is_several()).then_some(taken);
        let from = known.exchange.from;
        let mut part = |infer: &mut Self, part: &'e Expr| {
            let part = infer.exchanged_part(known, part, beside)?;
            time = time.or(part.time);
            Some(Box::new(part))
        };
        let kind = match &expr.kind {
            ExprKind::Unary { op: UnaryOp::Minus, operand } => {
                ExprKind::Unary { op: UnaryOp::Minus, operand: part(self, operand)? }
            }
            ExprKind::Binary { op: op @ (BinaryOp::Plus | BinaryOp::Minus), left, right } => {
                ExprKind::Binary { op: *op, left: part(self, left)?, right: part(self, right)? }
            }
            ExprKind::If { condition, then, otherwise } => ExprKind::If {
                condition: condition.clone(),
                then: part(self, then)?,
                otherwise: part(self, otherwise)?,
            },
            ExprKind::Inlined { function, body } => {
                ExprKind::Inlined { function: function.clone(), body: part(self, body)? }
            }
            ExprKind::Call { builtin: Builtin::OrElse, arguments } => {
                let each = arguments.iter().map(|argument| match argument {
                    Argument::Expr(expr) => part(self, expr).map(|expr| Argument::Expr(*expr)),
                    other => Some(other.clone()),
                });
                ExprKind::Call { builtin: Builtin::OrElse, arguments: each.collect::<Option<_>>()? }
            }
            ExprKind::Under { operand, case } => ExprKind::Under { operand: part(self, operand)?, case: *case },
            ExprKind::Expected(operand) => ExprKind::Expected(part(self, operand)?),
            ExprKind::Aggregate(aggregate) => {
                let body = *part(self, &aggregate.body)?;
                let (of, filter) = (aggregate.of.clone(), aggregate.filter.clone());
                ExprKind::Aggregate(Box::new(crate::model::Aggregate { body, of, filter, ..**aggregate }))
            }
            ExprKind::Binary { op, left, right } => match self.amount_is_left(left, right, from) {
                Some(false) => ExprKind::Binary { op: *op, left: left.clone(), right: part(self, right)? },
                _ => ExprKind::Binary { op: *op, left: part(self, left)?, right: right.clone() },
            },
            _ => return self.pushed_into_time(known, expr, taken),
        };
        let ty = self.in_other(&expr.ty, known.exchange);
        Some(Expr { kind, ty, time, span: expr.span })
    }

    /// The conversion inside of a node that looks at other periods, or of a name for what does.
    fn pushed_into_time<'e>(&mut self, known: &mut Known<'e>, expr: &'e Expr, taken: Taken) -> Option<Expr> {
        let mut part = |part: &'e Expr| self.exchanged_part(known, part, None);
        let kind = match &expr.kind {
            ExprKind::Shift { operand, periods } => {
                ExprKind::Shift { operand: Box::new(part(operand)?), periods: *periods }
            }
            ExprKind::At { operand, index } => ExprKind::At { operand: Box::new(part(operand)?), index: *index },
            ExprKind::RollUp { operand, how } => ExprKind::RollUp { operand: Box::new(part(operand)?), how: *how },
            ExprKind::Call { builtin, arguments } => {
                let mut arguments = arguments.iter();
                let first = match arguments.next()? {
                    Argument::Expr(expr) => Argument::Expr(part(expr)?),
                    Argument::Slice { operand, window } => Argument::Slice { operand: part(operand)?, window: *window },
                    period @ Argument::Period { .. } => period.clone(),
                };
                let arguments = std::iter::once(first).chain(arguments.cloned()).collect();
                ExprKind::Call { builtin: *builtin, arguments }
            }
            ExprKind::Let { local, value, body } => return self.exchanged_let(known, (*local, value, body), taken),
            ExprKind::Local(local) => match known.of(*local) {
                Some(value) => return self.exchanged_local(known, (*local, value), expr, taken),
                None => return self.times_rate(expr, known.exchange, taken),
            },
            _ => return self.times_rate(expr, known.exchange, taken),
        };
        let ty = self.in_other(&expr.ty, known.exchange);
        Some(Expr { kind, ty, time: expr.time, span: expr.span })
    }

    fn exchanged_let<'e>(
        &mut self,
        known: &mut Known<'e>,
        (local, value, body): (LocalId, &'e Expr, &'e Expr),
        taken: Taken,
    ) -> Option<Expr> {
        known.stands.push((local, value));
        let beside = taken.when.is_none_or(|when| !when.is_several()).then_some(taken);
        let body = self.exchanged_part(known, body, beside);
        known.stands.pop();
        let body = bound(known.taken_of(local), body?);
        Some(held_if_used(local, || value.clone(), body))
    }

    /// A use of a local, whose value is converted when it is used for the first time.
    fn exchanged_local<'e>(
        &mut self,
        known: &mut Known<'e>,
        (of, value): (LocalId, &'e Expr),
        expr: &Expr,
        taken: Taken,
    ) -> Option<Expr> {
        let has_own = known.exchange.on.is_some() || self.dated(value, known.exchange).series.is_some();
        let beside = Some(taken).filter(|taken| taken.when.is_none() && !has_own);
        let before = known.done.iter().find(|done| done.of == of && done.beside == beside);
        let (local, ty, time) = match before {
            Some(done) => (done.local, done.value.ty.clone(), done.value.time),
            None => {
                let value = self.exchanged_part(known, value, beside)?;
                let (local, ty, time) = (self.fresh_local(), value.ty.clone(), value.time);
                known.done.push(Done { of, beside, local, value });
                (local, ty, time)
            }
        };
        Some(Expr { kind: ExprKind::Local(local), ty, time, span: expr.span })
    }
}
