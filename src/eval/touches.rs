//! Which periods of which names a formula looks at when it is computed in one period.

use crate::builtin::Builtin;
use crate::calendar::Frequency;
use crate::model::{Argument, Expr, ExprKind, KindId, Model, Name, SeriesKind, Window};

/// Which names a formula looks at in its own case when it is computed at one index, and at which indexes.
pub(super) struct Touches<'t, F> {
    pub model: &'t Model,
    pub see: F,
    kinds: Vec<(crate::model::Binder, KindId)>,
    locals: Vec<(crate::model::LocalId, &'t Expr)>,
    looked: Vec<(crate::model::LocalId, usize)>,
}

impl<'t, F: FnMut(Name, std::ops::RangeInclusive<usize>)> Touches<'t, F> {
    /// Reports what formulas touch to `see`.
    pub fn new(model: &'t Model, see: F) -> Touches<'t, F> {
        Touches { model, see, kinds: Vec::new(), locals: Vec::new(), looked: Vec::new() }
    }

    /// Looks at one formula at one index.
    pub fn formula(&mut self, expr: &'t Expr, index: usize) {
        self.looked.clear();
        let mut open = vec![(expr, index)];
        while let Some((expr, index)) = open.pop() {
            self.node(expr, index, &mut open);
        }
    }

    fn node(&mut self, expr: &'t Expr, index: usize, open: &mut Vec<(&'t Expr, usize)>) {
        match &expr.kind {
            ExprKind::Variable(variable) => (self.see)(Name::Variable(*variable), index..=index),
            ExprKind::Own(slot) => (self.see)(Name::Own(*slot), index..=index),
            ExprKind::Member { members, .. } => {
                members.iter().for_each(|(_, variable)| (self.see)(Name::Member(*variable), index..=index));
            }
            ExprKind::Bound { binder, slot } => {
                if let Some((_, kind)) = self.kinds.iter().find(|(other, _)| other == binder) {
                    (self.see)(Name::Each(*kind, *slot), index..=index);
                }
            }
            ExprKind::Local(local) => self.local(*local, index, open),
            ExprKind::Let { local, value, body } => {
                self.locals.push((*local, value));
                open.push((body, index));
            }
            ExprKind::Shift { operand, periods } => self.shifted(operand, index, *periods, open),
            ExprKind::At { operand, index } => open.push((operand, *index)),
            ExprKind::RollUp { operand, how } => self.parts((expr, *how), operand, index, open),
            ExprKind::Call { builtin, arguments } => self.call(*builtin, arguments, expr, index, open),
            ExprKind::Under { .. } | ExprKind::Expected(_) => {}
            ExprKind::Aggregate(aggregate) => {
                self.kinds.push((aggregate.binder, aggregate.kind));
                expr.each_child(|child| open.push((child, index)));
            }
            _ => expr.each_child(|child| open.push((child, index))),
        }
    }

    fn local(&mut self, local: crate::model::LocalId, index: usize, open: &mut Vec<(&'t Expr, usize)>) {
        if self.looked.contains(&(local, index)) {
            return;
        }
        self.looked.push((local, index));
        if let Some((_, value)) = self.locals.iter().find(|(other, _)| *other == local) {
            open.push((value, index));
        }
    }

    fn shifted(&self, operand: &'t Expr, index: usize, periods: i32, open: &mut Vec<(&'t Expr, usize)>) {
        let len = self.len(operand.time);
        let at = if operand.time.is_some() { index as i64 + i64::from(periods) } else { index as i64 };
        if let Some(at) = usize::try_from(at).ok().filter(|at| *at < len || operand.time.is_none()) {
            open.push((operand, at));
        }
    }

    fn parts(
        &self,
        (whole, how): (&Expr, SeriesKind),
        operand: &'t Expr,
        index: usize,
        open: &mut Vec<(&'t Expr, usize)>,
    ) {
        let timelines = &self.model.timelines;
        let period = whole.time.and_then(|frequency| timelines.get(frequency)?.period(index));
        match (period, operand.time) {
            (Some(period), Some(fine)) if period.frequency != fine => {
                let parts = timelines.rolled_parts(period, fine, how);
                open.extend(parts.into_iter().flatten().map(|part| (operand, part)));
            }
            _ => open.push((operand, index)),
        }
    }

    fn call(
        &mut self,
        builtin: Builtin,
        arguments: &'t [Argument],
        call: &'t Expr,
        index: usize,
        open: &mut Vec<(&'t Expr, usize)>,
    ) {
        for argument in arguments {
            match (builtin, argument) {
                (Builtin::Expected, _) | (_, Argument::Period { .. }) => {}
                (_, Argument::Slice { operand, window }) => self.stretch(operand, *window, open),
                (Builtin::Average, Argument::Expr(x)) => {
                    open.push((x, index));
                    self.shifted(x, index, -1, open);
                }
                (Builtin::Yoy, Argument::Expr(x)) => {
                    open.push((x, index));
                    self.shifted(x, index, -x.time.map_or(1, Frequency::per_year), open);
                }
                (Builtin::Cumulative, Argument::Expr(x)) => {
                    self.stretch(x, Window { first: 0, last: index }, open);
                }
                (_, Argument::Expr(x)) if x.time.is_some() && (call.time.is_none() || sums(builtin)) => {
                    self.stretch(x, Window::WHOLE, open);
                }
                (_, Argument::Expr(x)) => open.push((x, index)),
            }
        }
    }

    fn stretch(&self, operand: &'t Expr, window: Window, open: &mut Vec<(&'t Expr, usize)>) {
        let end = window.last.saturating_add(1).min(self.len(operand.time));
        open.extend((window.first..end).map(|index| (operand, index)));
    }

    fn len(&self, time: Option<Frequency>) -> usize {
        time.and_then(|frequency| self.model.timelines.get(frequency)).map_or(1, |line| line.len)
    }
}

/// Whether a built-in looks at all periods of a plain series.
fn sums(builtin: Builtin) -> bool {
    matches!(builtin, Builtin::Pv | Builtin::Npv | Builtin::Irr | Builtin::Cagr)
}
