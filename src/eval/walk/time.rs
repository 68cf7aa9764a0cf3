//! Other periods, longer periods, other cases.

use crate::builtin::series;
use crate::calendar::{Frequency, Period, Timeline};
use crate::model::{CaseId, Expr, SeriesKind, Window};
use crate::value::Scalar;

use super::{Cells, Scope, Walk};

impl<C: Cells> Walk<'_, C> {
    pub(super) fn shift(&mut self, operand: &Expr, periods: i32, scope: Scope<'_>, index: usize) -> Scalar {
        let Some(line) = self.line(operand.time) else { return self.eval(operand, scope, index) };
        match index as i64 + i64::from(periods) {
            before if before < 0 => self.unavailable("before the calendar starts"),
            after if after >= line.len as i64 => self.unavailable("after the calendar ends"),
            at => self.eval(operand, scope, at as usize),
        }
    }

    pub(super) fn at(&mut self, operand: &Expr, scope: Scope<'_>, index: usize) -> Scalar {
        match self.line(operand.time) {
            Some(line) if index >= line.len => self.unavailable("after the calendar ends"),
            _ => self.eval(operand, scope, index),
        }
    }

    pub(super) fn roll_up(
        &mut self,
        operand: &Expr,
        how: SeriesKind,
        into: Option<Frequency>,
        scope: Scope<'_>,
        index: usize,
    ) -> Scalar {
        let (Some(fine), Some(coarse)) = (self.line(operand.time), self.line(into)) else {
            return self.eval(operand, scope, index);
        };
        if fine.frequency == coarse.frequency {
            return self.eval(operand, scope, index);
        }
        let Some(period) = coarse.period(index) else { return self.unavailable("after the calendar ends") };
        match self.model.timelines.parts(period, fine.frequency) {
            Some(parts) => self.rolled(operand, how, scope, parts),
            None => {
                let reason = format!("the {} calendar does not cover {period}", fine.frequency.word());
                self.unavailable(&reason)
            }
        }
    }

    fn rolled(&mut self, operand: &Expr, how: SeriesKind, scope: Scope<'_>, parts: std::ops::Range<usize>) -> Scalar {
        let numbers = match self.numbers(operand, scope, parts) {
            Ok(numbers) => numbers,
            Err(missing) => return missing,
        };
        match how {
            SeriesKind::Flow => self.outcome(series::sum(&numbers)),
            SeriesKind::Stock => numbers.last().map_or_else(|| self.missing("no parts"), |last| Scalar::number(*last)),
            SeriesKind::Price => self.outcome(series::mean(&numbers)),
            SeriesKind::Rate => self.outcome(series::compounded(&numbers)),
            SeriesKind::Ratio => self.missing("a ratio is made of its parts, not of shorter ratios"),
        }
    }

    /// The values of a series at indexes; the first missing one if any is.
    pub(super) fn numbers(
        &mut self,
        operand: &Expr,
        scope: Scope<'_>,
        indexes: std::ops::Range<usize>,
    ) -> Result<Vec<f64>, Scalar> {
        let mut numbers = Vec::with_capacity(indexes.len());
        for index in indexes {
            let value = self.eval(operand, scope, index);
            if !value.is_present() {
                return Err(value);
            }
            numbers.push(value.number);
        }
        Ok(numbers)
    }

    /// The indexes of a window on the timeline of an expression; one index if it has none.
    pub fn indexes(&self, operand: &Expr, window: Window) -> std::ops::Range<usize> {
        match self.line(operand.time) {
            Some(line) => window.first.min(line.len)..window.last.saturating_add(1).min(line.len),
            None => 0..1,
        }
    }

    /// The sum over the cases that have a probability of the value in each, times the probability.
    pub(super) fn expected(&mut self, operand: &Expr, scope: Scope<'_>, index: usize) -> Scalar {
        let mut total = 0.0;
        let mut any = false;
        for (at, case) in self.model.cases.iter().enumerate() {
            let Some(probability) = case.probability else { continue };
            let value = self.eval(operand, scope.in_case(CaseId(at as u32)), index);
            if !value.is_present() {
                return value;
            }
            any = true;
            total += value.number * probability;
        }
        if any { Scalar::number(total) } else { self.missing("no case has a probability") }
    }
}

/// The years from the end of one period to the end of another, each on its own timeline.
pub(in crate::eval) fn years_between(from: (&Timeline, Period), to: (&Timeline, Period)) -> f64 {
    f64::from(end_month(to) - end_month(from)) / 12.0
}

fn end_month((line, period): (&Timeline, Period)) -> i32 {
    match period.frequency {
        Frequency::Month => period.ordinal,
        frequency => {
            let length = 12 / frequency.per_year();
            period.year() * 12 + i32::from(line.ending_month) - 12 + (period.part() + 1) * length - 1
        }
    }
}
