//! Calls of the built-in functions.

use crate::builtin::{Builtin, finance, math, series};
use crate::calendar::{Frequency, Period, Timeline};
use crate::model::{Argument, Expr, ExprKind, Model, SeriesKind, Window};
use crate::value::Scalar;

use super::aggregate::of_numbers;
use super::time::years_between;
use super::{Cells, Scope, Walk};

impl<'w, C: Cells> Walk<'w, C> {
    pub(super) fn call(
        &mut self,
        builtin: Builtin,
        arguments: &[Argument],
        expr: &Expr,
        scope: Scope<'_>,
        index: usize,
    ) -> Scalar {
        match (builtin, arguments) {
            (Builtin::IsMissing, [Argument::Expr(x)]) => Scalar::yes_no(!self.eval(x, scope, index).is_present()),
            (Builtin::OrElse, [Argument::Expr(x), Argument::Expr(y)]) => match self.eval(x, scope, index) {
                value if value.is_present() => value,
                _ => self.eval(y, scope, index),
            },
            (Builtin::Expected, [Argument::Expr(x)]) => self.expected(x, scope, index),
            (Builtin::Min | Builtin::Max, _) if !is_over_time(arguments, expr) => {
                self.extreme_of(builtin, arguments, scope, index)
            }
            (Builtin::Annual | Builtin::Half | Builtin::Quarter, [Argument::Expr(x)]) => {
                self.roll_up(x, kind_of(self.model, x, scope), expr.time, scope, index)
            }
            (_, [Argument::Expr(x)]) if elementary(builtin, 0.0).is_some() => {
                let value = self.eval(x, scope, index);
                self.elementary(builtin, value)
            }
            (Builtin::Round, [Argument::Expr(x), Argument::Expr(digits)]) => {
                let (x, digits) = (self.eval(x, scope, index), self.eval(digits, scope, index));
                self.both(x, digits, math::round)
            }
            _ => self.over_time(builtin, arguments, expr, scope, index),
        }
    }

    fn over_time(
        &mut self,
        builtin: Builtin,
        arguments: &[Argument],
        expr: &Expr,
        scope: Scope<'_>,
        index: usize,
    ) -> Scalar {
        match (builtin, arguments) {
            (Builtin::Pv, [flows, Argument::Expr(rate), Argument::Period { frequency, index: at }]) => {
                self.present_value(flows, rate, Some((*frequency, *at)), scope, index)
            }
            (Builtin::Npv, [flows, Argument::Expr(rate)]) => self.present_value(flows, rate, None, scope, index),
            (Builtin::Irr, [flows]) => match self.flows(flows, None, scope) {
                Ok(flows) => self.outcome(finance::internal_rate(&flows)),
                Err(missing) => missing,
            },
            (Builtin::Yoy, [Argument::Expr(x)]) => self.growth(x, scope, index),
            (Builtin::Cagr, [Argument::Expr(x), from, to]) => self.compound_growth(x, from, to, scope),
            (Builtin::Average, [Argument::Expr(x)]) => self.average(x, scope, index),
            (Builtin::Cumulative, [Argument::Expr(x)]) => match self.numbers(x, scope, 0..index + 1) {
                Ok(numbers) => self.outcome(series::sum(&numbers)),
                Err(missing) => missing,
            },
            (Builtin::YearsSince, [Argument::Period { frequency, index: since }]) => {
                self.years_since(*frequency, *since, expr, index)
            }
            (Builtin::Days, []) => self.days(expr, index),
            (Builtin::Interpolate, [Argument::Expr(x), points @ ..]) => self.interpolate(x, points, scope, index),
            (_, [series]) => match self.numbers_of(series, scope) {
                Ok(numbers) => self.outcome(of_numbers(builtin, &numbers)),
                Err(missing) => missing,
            },
            _ => self.missing("no such call"),
        }
    }

    fn elementary(&mut self, builtin: Builtin, x: Scalar) -> Scalar {
        if !x.is_present() {
            return x;
        }
        let outcome = elementary(builtin, x.number).unwrap_or(Err("no such call"));
        self.outcome(outcome)
    }

    fn both(&mut self, left: Scalar, right: Scalar, kernel: impl Fn(f64, f64) -> math::Outcome) -> Scalar {
        match (left.is_present(), right.is_present()) {
            (false, _) => left,
            (_, false) => right,
            _ => self.outcome(kernel(left.number, right.number)),
        }
    }

    fn extreme_of(&mut self, builtin: Builtin, arguments: &[Argument], scope: Scope<'_>, index: usize) -> Scalar {
        let kernel = if builtin == Builtin::Min { math::min } else { math::max };
        let mut best: Option<Scalar> = None;
        for argument in arguments {
            let Argument::Expr(x) = argument else { return self.missing("no such call") };
            let value = self.eval(x, scope, index);
            if !value.is_present() {
                return value;
            }
            best = Some(best.map_or(value, |best| Scalar::number(kernel(best.number, value.number))));
        }
        best.unwrap_or_else(|| self.missing("the best of nothing"))
    }

    fn numbers_of(&mut self, argument: &Argument, scope: Scope<'_>) -> Result<Vec<f64>, Scalar> {
        match series_of(argument) {
            Some((operand, window)) => self.numbers(operand, scope, self.indexes(operand, window)),
            None => Err(self.missing("no such call")),
        }
    }

    fn present_value(
        &mut self,
        flows: &Argument,
        rate: &Expr,
        at: Option<(Frequency, usize)>,
        scope: Scope<'_>,
        index: usize,
    ) -> Scalar {
        let rate = self.eval(rate, scope, index);
        match self.flows(flows, at, scope) {
            Err(missing) => missing,
            Ok(_) if !rate.is_present() => rate,
            Ok(flows) => self.outcome(finance::present_value(&flows, rate.number)),
        }
    }

    /// Flows and their years since a period, or since the first of them; of a whole series only those after the period.
    fn flows(
        &mut self,
        argument: &Argument,
        since: Option<(Frequency, usize)>,
        scope: Scope<'_>,
    ) -> Result<Vec<(f64, f64)>, Scalar> {
        let Some((operand, window)) = series_of(argument) else { return Err(self.missing("no such call")) };
        let Some(line) = self.line(operand.time) else { return Err(self.missing("flows without time")) };
        let indexes = self.indexes(operand, window);
        let only_after = since.is_some() && matches!(argument, Argument::Expr(_));
        let since = match since {
            Some((frequency, at)) => self.period(frequency, at),
            None => line.period(indexes.start).map(|period| (line, period)),
        };
        let Some(since) = since else { return Err(self.missing("flows without periods")) };
        let mut flows = Vec::with_capacity(indexes.len());
        for index in indexes {
            let Some(period) = line.period(index) else { continue };
            let years = years_between(since, (line, period));
            if only_after && years <= 0.0 {
                continue;
            }
            let value = self.eval(operand, scope, index);
            if !value.is_present() {
                return Err(value);
            }
            flows.push((value.number, years));
        }
        Ok(flows)
    }

    fn growth(&mut self, x: &Expr, scope: Scope<'_>, index: usize) -> Scalar {
        let Some(line) = self.line(x.time) else { return self.missing("growth without time") };
        let before = self.shift(x, -line.frequency.per_year(), scope, index);
        let now = self.eval(x, scope, index);
        self.both(before, now, series::growth)
    }

    fn compound_growth(&mut self, x: &Expr, from: &Argument, to: &Argument, scope: Scope<'_>) -> Scalar {
        let (Some(from), Some(to)) = (self.place(x, from), self.place(x, to)) else {
            return self.missing("growth between periods of another calendar");
        };
        let Some(line) = self.line(x.time) else { return self.missing("growth without time") };
        let (Some(first), Some(last)) = (line.period(from), line.period(to)) else {
            return self.unavailable("after the calendar ends");
        };
        let years = years_between((line, first), (line, last));
        let (before, now) = (self.eval(x, scope, from), self.eval(x, scope, to));
        self.both(before, now, |before, now| series::compound_growth(before, now, years))
    }

    fn place(&self, x: &Expr, argument: &Argument) -> Option<usize> {
        match argument {
            Argument::Period { frequency, index } if x.time == Some(*frequency) => Some(*index),
            _ => None,
        }
    }

    fn average(&mut self, x: &Expr, scope: Scope<'_>, index: usize) -> Scalar {
        let now = self.eval(x, scope, index);
        let before = self.shift(x, -1, scope, index);
        self.both(now, before, |now, before| Ok(math::plus(now, before)? / 2.0))
    }

    fn years_since(&mut self, frequency: Frequency, since: usize, expr: &Expr, index: usize) -> Scalar {
        let Some(since) = self.period(frequency, since) else { return self.unavailable("after the calendar ends") };
        let here = expr.time.and_then(|frequency| self.period(frequency, index));
        here.map_or_else(|| self.missing("years without time"), |here| Scalar::number(years_between(since, here)))
    }

    fn days(&mut self, expr: &Expr, index: usize) -> Scalar {
        let here = expr.time.and_then(|frequency| self.period(frequency, index));
        let days = here.and_then(|(line, period)| line.days(period));
        days.map_or_else(|| self.missing("days without time"), Scalar::number)
    }

    fn period(&self, frequency: Frequency, index: usize) -> Option<(&'w Timeline, Period)> {
        let line = self.model.timelines.get(frequency)?;
        Some((line, line.period(index)?))
    }

    fn interpolate(&mut self, x: &Expr, points: &[Argument], scope: Scope<'_>, index: usize) -> Scalar {
        let x = self.eval(x, scope, index);
        if !x.is_present() {
            return x;
        }
        let mut numbers = Vec::with_capacity(points.len());
        for point in points {
            let Argument::Expr(point) = point else { return self.missing("no such call") };
            let value = self.eval(point, scope, index);
            if !value.is_present() {
                return value;
            }
            numbers.push(value.number);
        }
        let points: Vec<(f64, f64)> = numbers.chunks_exact(2).map(|pair| (pair[0], pair[1])).collect();
        self.outcome(series::interpolated(x.number, &points))
    }
}

/// Whether a call takes one stretch of time as its argument and gives one value.
pub(in crate::eval) fn is_over_time(arguments: &[Argument], expr: &Expr) -> bool {
    match arguments {
        [Argument::Slice { .. }] => true,
        [Argument::Expr(x)] => x.time.is_some() && expr.time.is_none(),
        _ => false,
    }
}

/// The series of an argument, and the part of it that is meant.
pub(in crate::eval) fn series_of(argument: &Argument) -> Option<(&Expr, Window)> {
    match argument {
        Argument::Expr(operand) => Some((operand, Window::WHOLE)),
        Argument::Slice { operand, window } => Some((operand, *window)),
        Argument::Period { .. } => None,
    }
}

/// How a series adds up, as far as it can be seen from its expression.
pub(in crate::eval) fn kind_of<V: Copy>(model: &Model, x: &Expr, scope: Scope<'_, V>) -> SeriesKind {
    let variable = match &x.kind {
        ExprKind::Variable(variable) => Some(*variable),
        ExprKind::Own(slot) => scope.entity.map(|entity| model.entity(entity).variable(*slot)),
        ExprKind::Bound { binder, slot } => scope.bound(*binder).map(|of| model.entity(of).variable(*slot)),
        ExprKind::Member { members, .. } => members.first().map(|(_, variable)| *variable),
        _ => None,
    };
    variable.and_then(|variable| model.variable(variable).series).unwrap_or(SeriesKind::Ratio)
}

/// A function of one number.
pub(in crate::eval) fn elementary(builtin: Builtin, x: f64) -> Option<math::Outcome> {
    Some(match builtin {
        Builtin::Abs => Ok(x.abs()),
        Builtin::Sqrt => math::sqrt(x),
        Builtin::Exp => math::exp(x),
        Builtin::Ln => math::ln(x),
        Builtin::Log10 => math::log10(x),
        Builtin::Floor => Ok(libm::floor(x)),
        Builtin::Ceil => Ok(libm::ceil(x)),
        Builtin::Round => math::round(x, 0.0),
        _ => return None,
    })
}
