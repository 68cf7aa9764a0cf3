//! The average balance of a longer period: of its own opening and closing, not of the last of its parts.

use crate::builtin::Builtin;
use crate::calendar::Frequency;
use crate::model::{Argument, Expr, ExprKind, LocalId, SeriesKind};

use super::pushed::held_if_used;
use super::rollup::{Whose, is_pointwise, owned};
use super::{Infer, LARGEST_FORMULA};

/// A local of the formula, and that of its value in longer periods.
type Stands = (LocalId, LocalId);

/// How many named averages may be looked through, one behind the other.
const DEEPEST: usize = 16;

impl Infer<'_, '_> {
    /// A stock in longer periods, if there is an average balance in it.
    pub(super) fn average_balance(&mut self, expr: &Expr, to: Frequency, whose: Whose, depth: usize) -> Option<Expr> {
        let has = depth < DEEPEST && self.has_average(expr, whose, depth);
        let found = has.then(|| self.at_end(expr, to, whose, &mut Vec::new(), depth));
        if self.steps > LARGEST_FORMULA {
            self.too_much(self.at_span(expr.span), LARGEST_FORMULA);
        }
        found
    }

    fn has_average(&mut self, expr: &Expr, whose: Whose, depth: usize) -> bool {
        self.steps += 1;
        if self.steps > LARGEST_FORMULA {
            return false;
        }
        if matches!(expr.kind, ExprKind::Call { builtin: Builtin::Average, .. }) {
            return true;
        }
        if is_leaf(&expr.kind) {
            return self.average_behind(expr, whose, depth).is_some();
        }
        if !is_passed_through(&expr.kind) {
            return false;
        }
        let mut found = false;
        expr.each_child(|child| found = found || self.has_average(child, whose, depth));
        found
    }

    /// The formula behind the name of a stock that is an average balance.
    fn average_behind(&mut self, expr: &Expr, whose: Whose, depth: usize) -> Option<(Expr, Whose)> {
        let is_stock = self.leaf_signature(expr, whose)?.series == Some(SeriesKind::Stock);
        if !is_stock || depth >= DEEPEST {
            return None;
        }
        let (formula, whose) = self.ratio_formula(expr, whose).ok()?;
        self.has_average(&formula.expr, whose, depth + 1).then(|| (formula.expr.clone(), whose))
    }

    fn at_end(&mut self, expr: &Expr, to: Frequency, whose: Whose, stands: &mut Vec<Stands>, depth: usize) -> Expr {
        self.steps += 1;
        let (ty, span) = (expr.ty.clone(), expr.span);
        let rolled = |infer: &Self, expr: &Expr| {
            let operand = Box::new(owned(infer.checker, expr, whose));
            Expr {
                kind: ExprKind::RollUp { operand, how: SeriesKind::Stock },
                ty: expr.ty.clone(),
                time: Some(to),
                span,
            }
        };
        let kind = match &expr.kind {
            _ if expr.time.is_none() || self.steps > LARGEST_FORMULA => return owned(self.checker, expr, whose),
            ExprKind::Call { builtin: Builtin::Average, arguments } => {
                let inner = arguments.iter().map(|argument| match argument {
                    Argument::Expr(x) => Argument::Expr(self.at_end(x, to, whose, stands, depth)),
                    other => other.clone(),
                });
                ExprKind::Call { builtin: Builtin::Average, arguments: inner.collect() }
            }
            ExprKind::Local(local) => match stands.iter().rev().find(|(other, _)| other == local) {
                Some((_, rolled)) => ExprKind::Local(*rolled),
                None => return rolled(self, expr),
            },
            ExprKind::Let { local, value, body } => {
                let (inner, at_end) = (self.at_end(value, to, whose, stands, depth), self.fresh_local());
                stands.push((*local, at_end));
                let body = self.at_end(body, to, whose, stands, depth);
                stands.pop();
                let body = held_if_used(at_end, || inner, body);
                return held_if_used(*local, || owned(self.checker, value, whose), body);
            }
            kind if is_leaf(kind) => match self.average_behind(expr, whose, depth) {
                Some((formula, whose)) => return self.at_end(&formula, to, whose, &mut Vec::new(), depth + 1),
                None => return rolled(self, expr),
            },
            kind if is_passed_through(kind) => {
                let mut kind = kind.clone();
                let mut each = Vec::new();
                expr.each_child(|child| each.push(self.at_end(child, to, whose, stands, depth)));
                let mut each = each.into_iter();
                kind.each_child_mut(|child| {
                    if let Some(rolled) = each.next() {
                        *child = rolled;
                    }
                });
                kind
            }
            _ => return rolled(self, expr),
        };
        Expr { kind, ty, time: Some(to), span }
    }
}

fn is_leaf(kind: &ExprKind) -> bool {
    matches!(kind, ExprKind::Variable(_) | ExprKind::Own(_) | ExprKind::Bound { .. })
}

/// Whether the last of a node is the node of the last of its parts.
fn is_passed_through(kind: &ExprKind) -> bool {
    match kind {
        ExprKind::Unary { .. }
        | ExprKind::Binary { .. }
        | ExprKind::If { .. }
        | ExprKind::Compare { .. }
        | ExprKind::Let { .. }
        | ExprKind::Inlined { .. } => true,
        ExprKind::Call { builtin, .. } => is_pointwise(*builtin),
        _ => false,
    }
}
