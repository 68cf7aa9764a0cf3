//! Calls of the built-in functions.

use crate::builtin::Builtin;
use crate::eval::op::{Many, One, Two, elementary};
use crate::model::{Argument, Expr, ExprKind, Model, SeriesKind, Window};

use super::{Algebra, Answer, Known, Scope, ScopeOf, Walk};

impl<A: Algebra> Walk<'_, A> {
    pub(super) fn call(
        &mut self,
        builtin: Builtin,
        arguments: &[Argument],
        expr: &Expr,
        scope: ScopeOf<'_, A>,
        index: usize,
    ) -> Answer<A> {
        match (builtin, arguments) {
            (Builtin::IsMissing, [Argument::Expr(x)]) => {
                let x = self.eval(x, scope, index)?;
                Ok(self.algebra.one(One::IsMissing, x))
            }
            (Builtin::OrElse, [Argument::Expr(x), Argument::Expr(y)]) => self.or_else(x, y, scope, index),
            (Builtin::Expected, [Argument::Expr(x)]) => self.expected(x, scope, index),
            (Builtin::Min | Builtin::Max, _) if !is_over_time(arguments, expr) => {
                self.extreme_of(builtin, arguments, scope, index)
            }
            (Builtin::Annual | Builtin::Half | Builtin::Quarter, [Argument::Expr(x)]) => {
                self.roll_up(x, kind_of(self.model, x, scope), expr.time, scope, index)
            }
            (_, [Argument::Expr(x)]) if elementary(builtin, 0.0).is_some() => {
                let x = self.eval(x, scope, index)?;
                Ok(self.algebra.one(One::Elementary(builtin), x))
            }
            (Builtin::Round, [Argument::Expr(x), Argument::Expr(digits)]) => {
                let (x, digits) = (self.eval(x, scope, index)?, self.eval(digits, scope, index)?);
                Ok(self.algebra.two(Two::Round, x, digits))
            }
            (Builtin::Interpolate, [Argument::Expr(x), points @ ..]) => self.curve(x, points, scope, index),
            _ => self.over_time(builtin, arguments, expr, scope, index),
        }
    }

    fn or_else(&mut self, x: &Expr, y: &Expr, scope: ScopeOf<'_, A>, index: usize) -> Answer<A> {
        let x = self.eval(x, scope, index)?;
        if let Some(Known::Number(_)) = self.algebra.known(x) {
            return Ok(x);
        }
        let y = self.eval(y, scope, index)?;
        Ok(self.algebra.two(Two::OrElse, x, y))
    }

    fn extreme_of(
        &mut self,
        builtin: Builtin,
        arguments: &[Argument],
        scope: ScopeOf<'_, A>,
        index: usize,
    ) -> Answer<A> {
        let op = if builtin == Builtin::Min { Two::Least } else { Two::Most };
        let mut best: Option<A::Value> = None;
        for argument in arguments {
            let Argument::Expr(x) = argument else { return Ok(self.no_such_call()) };
            let value = self.eval(x, scope, index)?;
            let next = best.map_or(value, |best| self.algebra.two(op, best, value));
            if self.is_surely_missing(next) {
                return Ok(next);
            }
            best = Some(next);
        }
        Ok(best.unwrap_or_else(|| self.meaningless("the best of nothing")))
    }

    fn curve(&mut self, x: &Expr, points: &[Argument], scope: ScopeOf<'_, A>, index: usize) -> Answer<A> {
        let mut numbers = vec![self.eval(x, scope, index)?];
        for point in points {
            let Argument::Expr(point) = point else { return Ok(self.no_such_call()) };
            numbers.push(self.eval(point, scope, index)?);
        }
        Ok(self.algebra.many(Many::Curve, &numbers))
    }

    /// A total of a stretch of time.
    pub(super) fn total(&mut self, builtin: Builtin, series: &Argument, scope: ScopeOf<'_, A>) -> Answer<A> {
        let Some((operand, window)) = series_of(series) else { return Ok(self.no_such_call()) };
        let indexes = self.indexes(operand, window);
        if builtin == Builtin::Sum {
            return self.sum(operand, scope, indexes);
        }
        let numbers = self.numbers(operand, scope, indexes)?;
        Ok(self.total_of(builtin, &numbers))
    }

    /// A total of values of which none is left out.
    pub(super) fn total_of(&mut self, builtin: Builtin, numbers: &[A::Value]) -> A::Value {
        match builtin {
            Builtin::Sum => self.joined(Two::Plus, 0.0, numbers),
            Builtin::Product => self.joined(Two::Times, 1.0, numbers),
            Builtin::Min if !numbers.is_empty() => self.best_of(Two::Least, numbers),
            Builtin::Max if !numbers.is_empty() => self.best_of(Two::Most, numbers),
            Builtin::Mean if !numbers.is_empty() => {
                let sum = self.joined(Two::Plus, 0.0, numbers);
                let count = self.algebra.number(numbers.len() as f64);
                self.algebra.two(Two::Over, sum, count)
            }
            Builtin::Count => {
                let (all, count) = (self.joined(Two::After, 0.0, numbers), self.algebra.number(numbers.len() as f64));
                self.algebra.two(Two::After, all, count)
            }
            _ => self.algebra.many(Many::Total(builtin), numbers),
        }
    }

    fn joined(&mut self, op: Two, first: f64, numbers: &[A::Value]) -> A::Value {
        let first = self.algebra.number(first);
        numbers.iter().fold(first, |so_far, next| self.algebra.two(op, so_far, *next))
    }

    fn best_of(&mut self, op: Two, numbers: &[A::Value]) -> A::Value {
        let best = numbers.iter().copied().reduce(|best, next| self.algebra.two(op, best, next));
        best.unwrap_or_else(|| self.meaningless("the best of nothing"))
    }

    pub(super) fn no_such_call(&mut self) -> A::Value {
        self.meaningless("no such call")
    }
}

/// Whether a call takes one stretch of time as its argument and gives one value.
fn is_over_time(arguments: &[Argument], expr: &Expr) -> bool {
    match arguments {
        [Argument::Slice { .. }] => true,
        [Argument::Expr(x)] => x.time.is_some() && expr.time.is_none(),
        _ => false,
    }
}

/// The series of an argument, and the part of it that is meant.
pub(super) fn series_of(argument: &Argument) -> Option<(&Expr, Window)> {
    match argument {
        Argument::Expr(operand) => Some((operand, Window::WHOLE)),
        Argument::Slice { operand, window } => Some((operand, *window)),
        Argument::Period { .. } => None,
    }
}

/// How a series adds up, as far as it can be seen from its expression.
fn kind_of<V: Copy>(model: &Model, x: &Expr, scope: Scope<'_, V>) -> SeriesKind {
    let variable = match &x.kind {
        ExprKind::Variable(variable) => Some(*variable),
        ExprKind::Own(slot) => scope.entity.map(|entity| model.entity(entity).variable(*slot)),
        ExprKind::Bound { binder, slot } => scope.bound(*binder).map(|of| model.entity(of).variable(*slot)),
        ExprKind::Member { members, .. } => members.first().map(|(_, variable)| *variable),
        _ => None,
    };
    variable.and_then(|variable| model.variable(variable).series).unwrap_or(SeriesKind::Ratio)
}
