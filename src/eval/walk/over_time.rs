//! Functions of stretches of time: growth, present values, days.

use crate::builtin::Builtin;
use crate::calendar::{Frequency, Period, Timeline};
use crate::eval::op::{Many, Two};
use crate::model::{Argument, CompareOp, Expr};

use super::call::series_of;
use super::time::years_between;
use super::{Algebra, Answer, Known, ScopeOf, Walk};

/// Flows, each with its years; or why there are none.
type Flows<V> = Result<Vec<(V, f64)>, V>;

impl<'w, A: Algebra> Walk<'w, A> {
    pub(super) fn over_time(
        &mut self,
        builtin: Builtin,
        arguments: &[Argument],
        expr: &Expr,
        scope: ScopeOf<'_, A>,
        index: usize,
    ) -> Answer<A> {
        match (builtin, arguments) {
            (Builtin::Pv, [flows, Argument::Expr(rate), Argument::Period { frequency, index: at }]) => {
                self.present_value(flows, rate, Some((*frequency, *at)), scope, index)
            }
            (Builtin::Npv, [flows, Argument::Expr(rate)]) => self.present_value(flows, rate, None, scope, index),
            (Builtin::Irr, [flows]) => self.internal_rate(flows, None, scope, index),
            (Builtin::Irr, [flows, Argument::Expr(near)]) => self.internal_rate(flows, Some(near), scope, index),
            (Builtin::Yoy, [Argument::Expr(x)]) => self.growth(x, scope, index),
            (Builtin::Cagr, [Argument::Expr(x), from, to]) => self.compound_growth(x, from, to, scope),
            (Builtin::Average, [Argument::Expr(x)]) => {
                let (now, before) = (self.eval(x, scope, index)?, self.shift(x, -1, scope, index)?);
                let (sum, two) = (self.algebra.two(Two::Plus, now, before), self.algebra.number(2.0));
                Ok(self.algebra.two(Two::Over, sum, two))
            }
            (Builtin::Cumulative, [Argument::Expr(x)]) => self.sum(x, scope, 0..index + 1),
            (Builtin::YearsSince, [Argument::Period { frequency, index: since }]) => {
                Ok(self.years_since(*frequency, *since, expr, index))
            }
            (Builtin::Days, []) => {
                let days = self.period(expr.time, index).and_then(|(line, period)| line.days(period));
                Ok(match days {
                    Some(days) => self.algebra.number(days),
                    None => self.meaningless("days without time"),
                })
            }
            (_, [series]) => self.total(builtin, series, scope),
            _ => Ok(self.no_such_call()),
        }
    }

    /// The sum of flows, each over `(1 + rate) ^ years`.
    fn present_value(
        &mut self,
        flows: &Argument,
        rate: &Expr,
        at: Option<(Frequency, usize)>,
        scope: ScopeOf<'_, A>,
        index: usize,
    ) -> Answer<A> {
        let rate = self.eval(rate, scope, index)?;
        let flows = match self.flows(flows, at, scope)? {
            Ok(flows) => flows,
            Err(missing) => return Ok(missing),
        };
        let (none, one) = (self.algebra.number(0.0), self.algebra.number(1.0));
        let factor = self.algebra.two(Two::Plus, one, rate);
        let (mut total, mut all) = (none, none);
        for (flow, years) in &flows {
            let years = self.algebra.number(*years);
            let growth = self.algebra.two(Two::Power, factor, years);
            let worth = self.algebra.two(Two::Over, *flow, growth);
            all = self.algebra.two(Two::After, all, *flow);
            total = self.algebra.two(Two::Plus, total, worth);
        }
        if flows.is_empty() {
            return Ok(self.algebra.two(Two::After, rate, none));
        }
        let is_deep = self.algebra.two(Two::Compare(CompareOp::LessEqual), factor, none);
        let worth = self.unless(is_deep, "discounting at minus 100% or less", total);
        let worth = self.algebra.two(Two::After, rate, worth);
        Ok(self.algebra.two(Two::After, all, worth))
    }

    fn internal_rate(
        &mut self,
        flows: &Argument,
        near: Option<&Expr>,
        scope: ScopeOf<'_, A>,
        index: usize,
    ) -> Answer<A> {
        let near = near.map(|near| self.eval(near, scope, index)).transpose()?;
        Ok(match self.flows(flows, None, scope)? {
            Err(missing) => missing,
            Ok(flows) => {
                let years = flows.iter().map(|(_, years)| years.to_bits()).collect();
                let op = if near.is_some() { Many::NearestRate(years) } else { Many::InternalRate(years) };
                let operands: Vec<A::Value> = near.into_iter().chain(flows.into_iter().map(|(flow, _)| flow)).collect();
                self.algebra.many(op, &operands)
            }
        })
    }

    /// Flows and their years since a period, or since the first of them; of a whole series only those after the period.
    /// The last of them is the first that is surely missing.
    fn flows(
        &mut self,
        argument: &Argument,
        since: Option<(Frequency, usize)>,
        scope: ScopeOf<'_, A>,
    ) -> Result<Flows<A::Value>, A::Stop> {
        let Some((operand, window)) = series_of(argument) else { return Ok(Err(self.no_such_call())) };
        let Some(line) = self.line(operand.time) else { return Ok(Err(self.meaningless("flows without time"))) };
        let indexes = self.indexes(operand, window);
        let only_after = since.is_some() && matches!(argument, Argument::Expr(_));
        let since = match since {
            Some((frequency, at)) => self.period(Some(frequency), at),
            None => line.period(indexes.start).map(|period| (line, period)),
        };
        let Some(since) = since else { return Ok(Err(self.meaningless("flows without periods"))) };
        let mut flows = Vec::with_capacity(indexes.len());
        for index in indexes {
            let Some(period) = line.period(index) else { continue };
            let years = years_between(since, (line, period));
            if only_after && years <= 0.0 {
                continue;
            }
            let flow = self.eval(operand, scope, index)?;
            flows.push((flow, years));
            if self.is_surely_missing(flow) {
                break;
            }
        }
        Ok(Ok(flows))
    }

    /// Growth over a year.
    fn growth(&mut self, x: &Expr, scope: ScopeOf<'_, A>, index: usize) -> Answer<A> {
        let Some(line) = self.line(x.time) else { return Ok(self.meaningless("growth without time")) };
        let before = self.shift(x, -line.frequency.per_year(), scope, index)?;
        let now = self.eval(x, scope, index)?;
        let (none, one) = (self.algebra.number(0.0), self.algebra.number(1.0));
        let all = self.algebra.two(Two::After, before, now);
        let is_low = self.algebra.two(Two::Compare(CompareOp::LessEqual), before, none);
        let times = self.algebra.two(Two::Over, now, before);
        let growth = self.algebra.two(Two::Minus, times, one);
        let growth = self.unless(is_low, "growth on a base that is not positive", growth);
        Ok(self.algebra.two(Two::After, all, growth))
    }

    /// A value, or no meaning where a condition holds.
    pub(super) fn unless(&mut self, condition: A::Value, reason: &str, value: A::Value) -> A::Value {
        if self.algebra.known(condition) == Some(Known::Number(0.0)) {
            return value;
        }
        let meaningless = self.meaningless(reason);
        self.algebra.choose(condition, meaningless, value)
    }

    /// Growth a year between two periods.
    fn compound_growth(&mut self, x: &Expr, from: &Argument, to: &Argument, scope: ScopeOf<'_, A>) -> Answer<A> {
        let (Some(from), Some(to)) = (place(x, from), place(x, to)) else {
            return Ok(self.meaningless("growth between periods of another calendar"));
        };
        let Some(line) = self.line(x.time) else { return Ok(self.meaningless("growth without time")) };
        let (Some(first), Some(last)) = (line.period(from), line.period(to)) else {
            return Ok(self.unavailable("after the calendar ends"));
        };
        let years = years_between((line, first), (line, last));
        let (before, now) = (self.eval(x, scope, from)?, self.eval(x, scope, to)?);
        Ok(self.algebra.many(Many::Growth(years.to_bits()), &[before, now]))
    }

    fn years_since(&mut self, frequency: Frequency, since: usize, expr: &Expr, index: usize) -> A::Value {
        match (self.period(Some(frequency), since), self.period(expr.time, index)) {
            (None, _) => self.unavailable("after the calendar ends"),
            (_, None) => self.meaningless("years without time"),
            (Some(since), Some(here)) => self.algebra.number(years_between(since, here)),
        }
    }

    fn period(&self, frequency: Option<Frequency>, index: usize) -> Option<(&'w Timeline, Period)> {
        let line = self.line(frequency)?;
        Some((line, line.period(index)?))
    }
}

fn place(x: &Expr, argument: &Argument) -> Option<usize> {
    match argument {
        Argument::Period { frequency, index } if x.time == Some(*frequency) => Some(*index),
        _ => None,
    }
}
