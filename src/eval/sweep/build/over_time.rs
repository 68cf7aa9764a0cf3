//! Functions of stretches of time, as steps.

use crate::builtin::Builtin;
use crate::calendar::{Frequency, Period, Timeline};
use crate::model::{Argument, CompareOp, Expr};

use super::super::super::walk::{series_of, years_between};
use super::super::node::{Id, Many, Two};
use super::{Builder, Said, Scope, Unsayable};

/// Flows, each with its years.
type Flows = Vec<(Id, f64)>;

impl<'b> Builder<'b> {
    pub(super) fn over_time(
        &mut self,
        builtin: Builtin,
        arguments: &[Argument],
        expr: &Expr,
        scope: Scope<'_>,
        index: usize,
    ) -> Said {
        match (builtin, arguments) {
            (Builtin::Pv, [flows, Argument::Expr(rate), Argument::Period { frequency, index: at }]) => {
                self.present_value(flows, rate, Some((*frequency, *at)), scope, index)
            }
            (Builtin::Npv, [flows, Argument::Expr(rate)]) => self.present_value(flows, rate, None, scope, index),
            (Builtin::Irr, [flows]) => self.internal_rate(flows, scope),
            (Builtin::Yoy, [Argument::Expr(x)]) => self.growth(x, scope, index),
            (Builtin::Cagr, [Argument::Expr(x), from, to]) => self.compound_growth(x, from, to, scope),
            (Builtin::Average, [Argument::Expr(x)]) => {
                let (now, before) = (self.eval(x, scope, index)?, self.shift(x, -1, scope, index)?);
                let (sum, two) = (self.graph.two(Two::Plus, now, before), self.graph.number(2.0));
                Ok(self.graph.two(Two::Over, sum, two))
            }
            (Builtin::Cumulative, [Argument::Expr(x)]) => self.sum(x, scope, 0..index + 1),
            (Builtin::YearsSince, [Argument::Period { frequency, index: since }]) => {
                let (since, here) = (self.period(Some(*frequency), *since), self.period(expr.time, index));
                Ok(match (since, here) {
                    (None, _) => self.unavailable(),
                    (_, None) => self.meaningless(),
                    (Some(since), Some(here)) => self.graph.number(years_between(since, here)),
                })
            }
            (Builtin::Days, []) => {
                let days = self.period(expr.time, index).and_then(|(line, period)| line.days(period));
                Ok(match days {
                    Some(days) => self.graph.number(days),
                    None => self.meaningless(),
                })
            }
            (Builtin::Interpolate, [Argument::Expr(x), points @ ..]) => self.curve(x, points, scope, index),
            (_, [series]) => self.total(builtin, series, scope),
            _ => Ok(self.meaningless()),
        }
    }

    fn present_value(
        &mut self,
        flows: &Argument,
        rate: &Expr,
        at: Option<(Frequency, usize)>,
        scope: Scope<'_>,
        index: usize,
    ) -> Said {
        let rate = self.eval(rate, scope, index)?;
        let flows = match self.flows(flows, at, scope)? {
            Ok(flows) => flows,
            Err(missing) => return Ok(missing),
        };
        let (none, one) = (self.graph.number(0.0), self.graph.number(1.0));
        let factor = self.graph.two(Two::Plus, one, rate);
        let mut total = none;
        let mut all = none;
        for (flow, years) in &flows {
            let years = self.graph.number(*years);
            let growth = self.graph.two(Two::Power, factor, years);
            let worth = self.graph.two(Two::Over, *flow, growth);
            all = self.graph.two(Two::After, all, *flow);
            total = self.graph.two(Two::Plus, total, worth);
        }
        if flows.is_empty() {
            return Ok(self.graph.two(Two::After, rate, none));
        }
        let is_deep = self.graph.compare(CompareOp::LessEqual, factor, none);
        let meaningless = self.meaningless();
        let worth = self.graph.choose(is_deep, meaningless, total);
        let worth = self.graph.two(Two::After, rate, worth);
        Ok(self.graph.two(Two::After, all, worth))
    }

    fn internal_rate(&mut self, flows: &Argument, scope: Scope<'_>) -> Said {
        Ok(match self.flows(flows, None, scope)? {
            Err(missing) => missing,
            Ok(flows) => {
                let years = flows.iter().map(|(_, years)| years.to_bits()).collect();
                self.graph.many(Many::InternalRate(years), flows.into_iter().map(|(flow, _)| flow).collect())
            }
        })
    }

    /// Flows and their years since a period, or since the first of them; of a whole series only those after the period.
    fn flows(
        &mut self,
        argument: &Argument,
        since: Option<(Frequency, usize)>,
        scope: Scope<'_>,
    ) -> Result<Result<Flows, Id>, Unsayable> {
        let Some((operand, window)) = series_of(argument) else { return Ok(Err(self.meaningless())) };
        let Some(line) = self.line(operand.time) else { return Ok(Err(self.meaningless())) };
        let indexes = self.indexes(operand, window);
        let only_after = since.is_some() && matches!(argument, Argument::Expr(_));
        let since = match since {
            Some((frequency, at)) => self.period(Some(frequency), at),
            None => line.period(indexes.start).map(|period| (line, period)),
        };
        let Some(since) = since else { return Ok(Err(self.meaningless())) };
        let mut flows = Vec::with_capacity(indexes.len());
        for index in indexes {
            let Some(period) = line.period(index) else { continue };
            let years = years_between(since, (line, period));
            if !only_after || years > 0.0 {
                flows.push((self.eval(operand, scope, index)?, years));
            }
        }
        Ok(Ok(flows))
    }

    fn growth(&mut self, x: &Expr, scope: Scope<'_>, index: usize) -> Said {
        let Some(line) = self.line(x.time) else { return Ok(self.meaningless()) };
        let before = self.shift(x, -line.frequency.per_year(), scope, index)?;
        let now = self.eval(x, scope, index)?;
        let (none, one) = (self.graph.number(0.0), self.graph.number(1.0));
        let is_low = self.graph.compare(CompareOp::LessEqual, before, none);
        let times = self.graph.two(Two::Over, now, before);
        let growth = self.graph.two(Two::Minus, times, one);
        let low = self.meaningless();
        let low = self.graph.two(Two::After, now, low);
        Ok(self.graph.choose(is_low, low, growth))
    }

    fn compound_growth(&mut self, x: &Expr, from: &Argument, to: &Argument, scope: Scope<'_>) -> Said {
        let (Some(from), Some(to)) = (place(x, from), place(x, to)) else { return Ok(self.meaningless()) };
        let Some(line) = self.line(x.time) else { return Ok(self.meaningless()) };
        let (Some(first), Some(last)) = (line.period(from), line.period(to)) else { return Ok(self.unavailable()) };
        let years = years_between((line, first), (line, last));
        let (before, now) = (self.eval(x, scope, from)?, self.eval(x, scope, to)?);
        Ok(self.graph.many(Many::Growth(years.to_bits()), vec![before, now]))
    }

    fn curve(&mut self, x: &Expr, points: &[Argument], scope: Scope<'_>, index: usize) -> Said {
        let mut numbers = vec![self.eval(x, scope, index)?];
        for point in points {
            let Argument::Expr(point) = point else { return Ok(self.meaningless()) };
            numbers.push(self.eval(point, scope, index)?);
        }
        Ok(self.graph.many(Many::Curve, numbers))
    }

    fn period(&self, frequency: Option<Frequency>, index: usize) -> Option<(&'b Timeline, Period)> {
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
