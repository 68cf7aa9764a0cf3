//! The average balance of a longer period: of its own opening and closing, not of the last of its parts.

use crate::builtin::Builtin;
use crate::calendar::Frequency;
use crate::model::{Argument, Expr, ExprKind, LocalId, SeriesKind};

use super::super::walk;
use super::Infer;
use super::rollup::{Whose, is_pointwise, owned};

/// A local of the formula, and what it stands for.
type Stands<'e> = (LocalId, &'e Expr);

/// How many named averages may be looked through, one behind the other.
const DEEPEST: usize = 16;

impl Infer<'_, '_> {
    /// A stock in longer periods, if there is an average balance in it.
    pub(super) fn average_balance(&mut self, expr: &Expr, to: Frequency, whose: Whose, depth: usize) -> Option<Expr> {
        let has = depth < DEEPEST && self.has_average(expr, whose, depth);
        has.then(|| self.at_end(expr, to, whose, &mut Vec::new(), depth))
    }

    fn has_average(&mut self, expr: &Expr, whose: Whose, depth: usize) -> bool {
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
        walk::children_mut(&mut expr.kind.clone(), &mut |child| found = found || self.has_average(child, whose, depth));
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

    fn at_end<'e>(
        &mut self,
        expr: &'e Expr,
        to: Frequency,
        whose: Whose,
        stands: &mut Vec<Stands<'e>>,
        depth: usize,
    ) -> Expr {
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
            _ if expr.time.is_none() => return owned(self.checker, expr, whose),
            ExprKind::Call { builtin: Builtin::Average, arguments } => {
                let inner = arguments.iter().map(|argument| match argument {
                    Argument::Expr(x) => Argument::Expr(self.at_end(x, to, whose, stands, depth)),
                    other => other.clone(),
                });
                ExprKind::Call { builtin: Builtin::Average, arguments: inner.collect() }
            }
            ExprKind::Local(local) => match stands.iter().rev().find(|(other, _)| other == local).copied() {
                Some((_, value)) => return self.at_end(value, to, whose, stands, depth),
                None => return rolled(self, expr),
            },
            ExprKind::Let { local, value, body } => {
                stands.push((*local, value));
                let body = Box::new(self.at_end(body, to, whose, stands, depth));
                ExprKind::Let { local: *local, value: Box::new(owned(self.checker, value, whose)), body }
            }
            kind if is_leaf(kind) => match self.average_behind(expr, whose, depth) {
                Some((formula, whose)) => return self.at_end(&formula, to, whose, &mut Vec::new(), depth + 1),
                None => return rolled(self, expr),
            },
            kind if is_passed_through(kind) => {
                let mut kind = kind.clone();
                let each = children(&expr.kind).into_iter().map(|child| self.at_end(child, to, whose, stands, depth));
                let mut each = each.collect::<Vec<Expr>>().into_iter();
                walk::children_mut(&mut kind, &mut |child| {
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

/// The direct children of a node that is passed through, in the order of `children_mut`.
fn children(kind: &ExprKind) -> Vec<&Expr> {
    match kind {
        ExprKind::Unary { operand, .. } => vec![operand],
        ExprKind::Inlined { body, .. } => vec![body],
        ExprKind::Binary { left, right, .. } => vec![left, right],
        ExprKind::If { condition, then, otherwise } => vec![condition, then, otherwise],
        ExprKind::Compare { operands, .. } => operands.iter().collect(),
        ExprKind::Call { arguments, .. } => arguments
            .iter()
            .filter_map(|argument| match argument {
                Argument::Expr(expr) | Argument::Slice { operand: expr, .. } => Some(expr),
                Argument::Period { .. } => None,
            })
            .collect(),
        _ => Vec::new(),
    }
}
