//! Two frequencies in one formula: the finer one is rolled up, and `days()` follows what it stands beside.

use crate::builtin::Builtin;
use crate::calendar::Frequency;
use crate::model::{Argument, Expr, ExprKind};
use crate::syntax::ast::NodeId;

use super::super::error::CheckError;
use super::{Built, Infer};

impl Infer<'_, '_> {
    /// The frequency of two values together; a finer series is rolled up to a coarser one beside it.
    pub(super) fn same_time(
        &mut self,
        (left, left_id): (&mut Built, NodeId),
        (right, right_id): (&mut Built, NodeId),
    ) -> Option<Frequency> {
        let (Some(one), Some(two)) = (left.expr.time, right.expr.time) else {
            return left.expr.time.or(right.expr.time);
        };
        if one != two && !retime(left, two) && !retime(right, one) {
            let (finer, id, coarse) = if one < two { (left, left_id, two) } else { (right, right_id, one) };
            self.lift(id, finer, coarse);
            return Some(coarse);
        }
        left.expr.time
    }

    /// The frequency of several values together: that of the coarsest, which the others are rolled up to.
    pub(super) fn one_timeline(&mut self, all: &mut [(&mut Built, NodeId)]) -> Option<Frequency> {
        let coarsest = all.iter().filter_map(|(built, _)| built.expr.time).max()?;
        if all.iter().all(|(built, _)| built.expr.time.is_none_or(|time| time == coarsest)) {
            return Some(coarsest);
        }
        let firm = all.iter().filter(|(built, _)| !follows(&built.expr));
        let to = firm.filter_map(|(built, _)| built.expr.time).max().unwrap_or(coarsest);
        for (built, id) in all {
            self.lift(*id, built, to);
        }
        Some(to)
    }

    /// Rolls a series up to a coarser timeline, if it is not on it.
    pub(super) fn lift(&mut self, id: NodeId, built: &mut Built, to: Frequency) {
        let Some(time) = built.expr.time.filter(|time| *time != to && built.known) else { return };
        if retime(built, to) || time > to {
            return;
        }
        let taken = std::mem::replace(built, Built::unknown());
        *built = if looks_around(&taken.expr) {
            self.two_readings(id, time, to)
        } else {
            self.part_rolled_up(id, taken, to)
        };
        built.expr.time = Some(to);
    }

    /// `x[prev]` in longer periods: the longer period before, or each shorter one's?
    pub(super) fn two_readings(&mut self, id: NodeId, time: Frequency, to: Frequency) -> Built {
        let (what, function) = (self.text_of(id).to_string(), roll_up_function(to));
        let (left, right) = (time.word().to_string(), to.word().to_string());
        let help = format!(
            "`{function}({what})` rolls up the {left} values it looks at; `{function}(…)[prev]` is the {right} value \
             before"
        );
        let span = self.at(id);
        self.fail(&CheckError::Frequency { left, right, help, left_span: span, right_span: None })
    }
}

/// The function that rolls up to a frequency.
pub fn roll_up_function(to: Frequency) -> &'static str {
    match to {
        Frequency::Annual => "annual",
        Frequency::Half => "half",
        _ => "quarter",
    }
}

/// Puts what only counts days or years on another timeline; whether it could.
pub(super) fn retime(built: &mut Built, to: Frequency) -> bool {
    if !built.known || !counts_time(&built.expr) {
        return false;
    }
    let mut expr = built.expr.clone();
    let is_done = retimed(&mut expr, to);
    if is_done {
        built.expr = expr;
    }
    is_done
}

/// Whether an expression is small and of `days()` and `years_since(…)`, which are the same on every timeline.
pub(super) fn follows(expr: &Expr) -> bool {
    is_small(expr) && expr.time.is_some_and(|time| retimed(&mut expr.clone(), time))
}

fn is_small(expr: &Expr) -> bool {
    let (mut open, mut nodes) = (vec![expr], 0);
    while let Some(expr) = open.pop().filter(|_| nodes <= 16) {
        nodes += 1;
        expr.each_child(|operand| open.push(operand));
    }
    nodes <= 16
}

/// A quick look that spares most expressions a copy.
fn counts_time(expr: &Expr) -> bool {
    match &expr.kind {
        ExprKind::Call { builtin: Builtin::Days | Builtin::YearsSince, .. } => true,
        ExprKind::Binary { left, right, .. } => counts_time(left) || counts_time(right),
        ExprKind::Unary { operand, .. } | ExprKind::Shift { operand, .. } => counts_time(operand),
        ExprKind::Let { value, body, .. } => counts_time(value) || counts_time(body),
        ExprKind::Inlined { body, .. } => counts_time(body),
        ExprKind::If { condition, then, otherwise } => {
            counts_time(condition) || counts_time(then) || counts_time(otherwise)
        }
        ExprKind::Compare { operands, .. } => operands.iter().any(counts_time),
        ExprKind::Call { arguments, .. } => arguments.iter().any(|argument| match argument {
            Argument::Expr(expr) => counts_time(expr),
            _ => false,
        }),
        _ => false,
    }
}

fn retimed(expr: &mut Expr, to: Frequency) -> bool {
    if expr.time.is_none() {
        return true;
    }
    expr.time = Some(to);
    match &mut expr.kind {
        ExprKind::Call { builtin: Builtin::Days | Builtin::YearsSince, .. } => true,
        ExprKind::Variable(_)
        | ExprKind::Own(_)
        | ExprKind::Bound { .. }
        | ExprKind::Member { .. }
        | ExprKind::Local(_)
        | ExprKind::Shift { .. }
        | ExprKind::RollUp { .. } => false,
        kind => {
            let mut all = true;
            kind.each_child_mut(|child| all = all && retimed(child, to));
            all
        }
    }
}

/// Whether an expression looks at other periods of its own timeline by `[prev]` or `[next]`.
pub(super) fn looks_around(expr: &Expr) -> bool {
    let mut open = vec![expr];
    while let Some(expr) = open.pop() {
        if expr.time.is_none() || matches!(expr.kind, ExprKind::RollUp { .. }) {
            continue;
        }
        if matches!(expr.kind, ExprKind::Shift { .. }) {
            return true;
        }
        expr.each_child(|operand| open.push(operand));
    }
    false
}
