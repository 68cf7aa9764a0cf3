//! Calls of the built-in functions, as steps.

use crate::builtin::Builtin;
use crate::model::{Argument, Expr};

use super::super::super::walk::{elementary, is_over_time, kind_of, series_of};
use super::super::node::{Id, Many, One, Two};
use super::{Builder, Said, Scope};

impl Builder<'_> {
    pub(super) fn call(
        &mut self,
        builtin: Builtin,
        arguments: &[Argument],
        expr: &Expr,
        scope: Scope<'_>,
        index: usize,
    ) -> Said {
        match (builtin, arguments) {
            (Builtin::IsMissing, [Argument::Expr(x)]) => {
                let x = self.eval(x, scope, index)?;
                Ok(self.graph.one(One::IsMissing, x))
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
                Ok(self.graph.one(One::Elementary(builtin), x))
            }
            (Builtin::Round, [Argument::Expr(x), Argument::Expr(digits)]) => {
                let (x, digits) = (self.eval(x, scope, index)?, self.eval(digits, scope, index)?);
                Ok(self.graph.two(Two::Round, x, digits))
            }
            _ => self.over_time(builtin, arguments, expr, scope, index),
        }
    }

    fn or_else(&mut self, x: &Expr, y: &Expr, scope: Scope<'_>, index: usize) -> Said {
        let x = self.eval(x, scope, index)?;
        if let Some(Ok(_)) = self.graph.known(x) {
            return Ok(x);
        }
        let y = self.eval(y, scope, index)?;
        Ok(self.graph.two(Two::OrElse, x, y))
    }

    fn extreme_of(&mut self, builtin: Builtin, arguments: &[Argument], scope: Scope<'_>, index: usize) -> Said {
        let op = if builtin == Builtin::Min { Two::Least } else { Two::Most };
        let mut best: Option<Id> = None;
        for argument in arguments {
            let Argument::Expr(x) = argument else { return Ok(self.meaningless()) };
            let value = self.eval(x, scope, index)?;
            best = Some(best.map_or(value, |best| self.graph.two(op, best, value)));
        }
        Ok(best.unwrap_or_else(|| self.meaningless()))
    }

    /// A total of a stretch of time.
    pub(super) fn total(&mut self, builtin: Builtin, series: &Argument, scope: Scope<'_>) -> Said {
        let Some((operand, window)) = series_of(series) else { return Ok(self.meaningless()) };
        let indexes = self.indexes(operand, window);
        if builtin == Builtin::Sum {
            return self.sum(operand, scope, indexes);
        }
        let numbers = self.numbers(operand, scope, indexes)?;
        Ok(self.total_of(builtin, numbers))
    }

    /// A total of numbers of which none is left out.
    pub(super) fn total_of(&mut self, builtin: Builtin, numbers: Vec<Id>) -> Id {
        let count = self.graph.number(numbers.len() as f64);
        match builtin {
            Builtin::Sum => self.joined(Two::Plus, Some(0.0), numbers),
            Builtin::Product => self.joined(Two::Times, Some(1.0), numbers),
            Builtin::Min if !numbers.is_empty() => self.joined(Two::Least, None, numbers),
            Builtin::Max if !numbers.is_empty() => self.joined(Two::Most, None, numbers),
            Builtin::Mean if !numbers.is_empty() => {
                let sum = self.joined(Two::Plus, Some(0.0), numbers);
                self.graph.two(Two::Over, sum, count)
            }
            Builtin::Count => self.joined(Two::After, Some(0.0), numbers.into_iter().chain([count]).collect()),
            _ => self.graph.many(Many::Total(builtin), numbers),
        }
    }

    fn joined(&mut self, op: Two, first: Option<f64>, numbers: Vec<Id>) -> Id {
        let first = first.map(|first| self.graph.number(first));
        let mut all = first.into_iter().chain(numbers);
        match all.next() {
            Some(first) => all.fold(first, |so_far, next| self.graph.two(op, so_far, next)),
            None => self.meaningless(),
        }
    }
}
