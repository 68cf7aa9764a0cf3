//! Other periods, longer periods, other cases, as steps.

use std::ops::Range;

use crate::calendar::{Frequency, Timeline};
use crate::model::{CaseId, Expr, SeriesKind, Window};

use super::super::node::{Id, Two};
use super::{Builder, Said, Scope, Unsayable};

impl<'b> Builder<'b> {
    pub(super) fn shift(&mut self, operand: &Expr, periods: i32, scope: Scope<'_>, index: usize) -> Said {
        let Some(line) = self.line(operand.time) else { return self.eval(operand, scope, index) };
        match usize::try_from(index as i64 + i64::from(periods)) {
            Ok(at) if at < line.len => self.eval(operand, scope, at),
            _ => Ok(self.unavailable()),
        }
    }

    pub(super) fn at(&mut self, operand: &Expr, scope: Scope<'_>, index: usize) -> Said {
        match self.line(operand.time) {
            Some(line) if index >= line.len => Ok(self.unavailable()),
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
    ) -> Said {
        let (Some(fine), Some(coarse)) = (self.line(operand.time), self.line(into)) else {
            return self.eval(operand, scope, index);
        };
        if fine.frequency == coarse.frequency {
            return self.eval(operand, scope, index);
        }
        let parts = coarse.period(index).and_then(|period| self.model.timelines.parts(period, fine.frequency));
        match parts {
            Some(parts) => self.rolled(operand, how, scope, parts),
            None => Ok(self.unavailable()),
        }
    }

    fn rolled(&mut self, operand: &Expr, how: SeriesKind, scope: Scope<'_>, parts: Range<usize>) -> Said {
        let count = parts.len() as f64;
        match how {
            SeriesKind::Flow => self.sum(operand, scope, parts),
            SeriesKind::Price => {
                let (sum, count) = (self.sum(operand, scope, parts)?, self.graph.number(count));
                Ok(self.graph.two(Two::Over, sum, count))
            }
            SeriesKind::Stock if parts.is_empty() => Ok(self.meaningless()),
            SeriesKind::Stock => {
                let first = self.graph.number(0.0);
                self.folded(operand, scope, parts, first, |builder, last, next| {
                    builder.graph.two(Two::After, last, next)
                })
            }
            SeriesKind::Rate => {
                let one = self.graph.number(1.0);
                let product = self.folded(operand, scope, parts, one, |builder, product, rate| {
                    let factor = builder.graph.two(Two::Plus, one, rate);
                    builder.graph.two(Two::Times, product, factor)
                })?;
                Ok(self.graph.two(Two::Minus, product, one))
            }
            SeriesKind::Ratio => {
                let (sum, none) = (self.sum(operand, scope, parts)?, self.meaningless());
                Ok(self.graph.two(Two::After, sum, none))
            }
        }
    }

    /// The values of a series one after the other, each joined to what is there.
    pub(super) fn folded(
        &mut self,
        operand: &Expr,
        scope: Scope<'_>,
        indexes: Range<usize>,
        first: Id,
        join: impl Fn(&mut Self, Id, Id) -> Id,
    ) -> Said {
        let mut so_far = first;
        for index in indexes {
            let next = self.eval(operand, scope, index)?;
            so_far = join(self, so_far, next);
        }
        Ok(so_far)
    }

    pub(super) fn sum(&mut self, operand: &Expr, scope: Scope<'_>, indexes: Range<usize>) -> Said {
        let none = self.graph.number(0.0);
        self.folded(operand, scope, indexes, none, |builder, sum, next| builder.graph.two(Two::Plus, sum, next))
    }

    /// The values of a series at indexes.
    pub(super) fn numbers(
        &mut self,
        operand: &Expr,
        scope: Scope<'_>,
        indexes: Range<usize>,
    ) -> Result<Vec<Id>, Unsayable> {
        indexes.map(|index| self.eval(operand, scope, index)).collect()
    }

    pub(super) fn indexes(&self, operand: &Expr, window: Window) -> Range<usize> {
        match self.line(operand.time) {
            Some(line) => window.first.min(line.len)..window.last.saturating_add(1).min(line.len),
            None => 0..1,
        }
    }

    pub(super) fn expected(&mut self, operand: &Expr, scope: Scope<'_>, index: usize) -> Said {
        let mut total = self.graph.number(0.0);
        let mut any = false;
        for (at, case) in self.model.cases.iter().enumerate() {
            let Some(probability) = case.probability else { continue };
            let value = self.eval(operand, scope.in_case(CaseId(at as u32)), index)?;
            let probability = self.graph.number(probability);
            let weighted = self.graph.two(Two::Times, value, probability);
            total = self.graph.two(Two::Plus, total, weighted);
            any = true;
        }
        Ok(if any { total } else { self.meaningless() })
    }

    pub(super) fn line(&self, frequency: Option<Frequency>) -> Option<&'b Timeline> {
        self.model.timelines.get(frequency?)
    }
}
