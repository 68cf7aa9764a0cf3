//! Other periods, longer periods, other cases.

use std::ops::Range;

use crate::calendar::{Frequency, Period, Timeline};
use crate::eval::op::Two;
use crate::model::{CaseId, CompareOp, Expr, SeriesKind, Window};

use super::{Algebra, Answer, ScopeOf, Walk};

impl<A: Algebra> Walk<'_, A> {
    pub(super) fn shift(&mut self, operand: &Expr, periods: i32, scope: ScopeOf<'_, A>, index: usize) -> Answer<A> {
        let Some(line) = self.line(operand.time) else { return self.eval(operand, scope, index) };
        match index as i64 + i64::from(periods) {
            before if before < 0 => Ok(self.unavailable("before the calendar starts")),
            after if after >= line.len as i64 => Ok(self.unavailable("after the calendar ends")),
            at => self.eval(operand, scope, at as usize),
        }
    }

    pub(super) fn at(&mut self, operand: &Expr, scope: ScopeOf<'_, A>, index: usize) -> Answer<A> {
        match self.line(operand.time) {
            Some(line) if index >= line.len => Ok(self.unavailable("after the calendar ends")),
            _ => self.eval(operand, scope, index),
        }
    }

    pub(super) fn roll_up(
        &mut self,
        operand: &Expr,
        how: SeriesKind,
        into: Option<Frequency>,
        scope: ScopeOf<'_, A>,
        index: usize,
    ) -> Answer<A> {
        let (Some(fine), Some(coarse)) = (self.line(operand.time), self.line(into)) else {
            return self.eval(operand, scope, index);
        };
        if fine.frequency == coarse.frequency {
            return self.eval(operand, scope, index);
        }
        let Some(period) = coarse.period(index) else { return Ok(self.unavailable("after the calendar ends")) };
        match self.model.timelines.rolled_parts(period, fine.frequency, how) {
            Some(parts) => self.rolled(operand, how, scope, parts),
            None => {
                let reason = format!("the {} calendar does not cover {period}", fine.frequency.word());
                Ok(self.unavailable(&reason))
            }
        }
    }

    fn rolled(&mut self, operand: &Expr, how: SeriesKind, scope: ScopeOf<'_, A>, parts: Range<usize>) -> Answer<A> {
        let count = parts.len() as f64;
        match how {
            SeriesKind::Flow => self.sum(operand, scope, parts),
            SeriesKind::Price => {
                let (sum, count) = (self.sum(operand, scope, parts)?, self.algebra.number(count));
                Ok(self.algebra.two(Two::Over, sum, count))
            }
            SeriesKind::Stock => match parts.last() {
                Some(last) => self.eval(operand, scope, last),
                None => Ok(self.meaningless("no parts")),
            },
            SeriesKind::Rate => {
                let (none, one) = (self.algebra.number(0.0), self.algebra.number(1.0));
                let product = self.folded(operand, scope, parts, one, |walk, product, rate| {
                    let factor = walk.algebra.two(Two::Plus, one, rate);
                    let is_low = walk.algebra.two(Two::Compare(CompareOp::Less), factor, none);
                    let factor = walk.unless(is_low, "a rate below minus 100%", factor);
                    walk.algebra.two(Two::Times, product, factor)
                })?;
                Ok(self.algebra.two(Two::Minus, product, one))
            }
            SeriesKind::Ratio => {
                let sum = self.sum(operand, scope, parts)?;
                let none = self.meaningless("a ratio is made of its parts, not of shorter ratios");
                Ok(self.algebra.two(Two::After, sum, none))
            }
        }
    }

    /// The values of a series one after the other, each joined to what is there; nothing is looked at after one that is
    /// surely missing.
    fn folded(
        &mut self,
        operand: &Expr,
        scope: ScopeOf<'_, A>,
        indexes: Range<usize>,
        first: A::Value,
        join: impl Fn(&mut Self, A::Value, A::Value) -> A::Value,
    ) -> Answer<A> {
        let mut so_far = first;
        for index in indexes {
            let next = self.eval(operand, scope, index)?;
            so_far = join(self, so_far, next);
            if self.is_surely_missing(so_far) {
                break;
            }
        }
        Ok(so_far)
    }

    pub(super) fn sum(&mut self, operand: &Expr, scope: ScopeOf<'_, A>, indexes: Range<usize>) -> Answer<A> {
        let none = self.algebra.number(0.0);
        self.folded(operand, scope, indexes, none, |walk, sum, next| walk.algebra.two(Two::Plus, sum, next))
    }

    /// The values of a series at indexes; the last of them is the first that is surely missing.
    pub(super) fn numbers(
        &mut self,
        operand: &Expr,
        scope: ScopeOf<'_, A>,
        indexes: Range<usize>,
    ) -> Result<Vec<A::Value>, A::Stop> {
        let mut numbers = Vec::with_capacity(indexes.len());
        for index in indexes {
            let value = self.eval(operand, scope, index)?;
            numbers.push(value);
            if self.is_surely_missing(value) {
                break;
            }
        }
        Ok(numbers)
    }

    /// The indexes of a window on the timeline of an expression; one index if it has none.
    pub fn indexes(&self, operand: &Expr, window: Window) -> Range<usize> {
        match self.line(operand.time) {
            Some(line) => window.first.min(line.len)..window.last.saturating_add(1).min(line.len),
            None => 0..1,
        }
    }

    /// The sum over the cases that have a probability of the value in each, times the probability.
    pub(super) fn expected(&mut self, operand: &Expr, scope: ScopeOf<'_, A>, index: usize) -> Answer<A> {
        let mut total = self.algebra.number(0.0);
        let mut any = false;
        for (at, case) in self.model.cases.iter().enumerate() {
            let Some(probability) = case.probability else { continue };
            let value = self.eval(operand, scope.in_case(CaseId(at as u32)), index)?;
            let probability = self.algebra.number(probability);
            let weighted = self.algebra.two(Two::Times, value, probability);
            total = self.algebra.two(Two::Plus, total, weighted);
            any = true;
        }
        Ok(if any { total } else { self.meaningless("no case has a probability") })
    }
}

/// The years from the end of one period to the end of another, each on its own timeline.
pub(super) fn years_between(from: (&Timeline, Period), to: (&Timeline, Period)) -> f64 {
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
