//! Conditions: comparisons of like things, `and`, `or`, `not`, `if`.

use crate::calendar::Frequency;
use crate::model::{BinaryOp, CompareOp, ExprKind, Type, UnaryOp};
use crate::syntax::ast::NodeId;

use super::super::error::CheckError;
use super::{Built, Infer, together};

impl<'c, 'a> Infer<'c, 'a> {
    /// A value that must be yes or no.
    pub(super) fn yes_no(&mut self, id: NodeId, built: Built) -> Built {
        if !built.known || built.expr.ty == Type::YesNo {
            return built;
        }
        if super::operator::fits(&built, &Type::YesNo) {
            let mut built = built;
            super::operator::adopt(&mut built, &Type::YesNo);
            return built;
        }
        let what = self.words(&built.expr.ty);
        let message = format!("a condition is wanted here, and this is {what}");
        let help = "compare it with something: `x > 0`".to_string();
        self.fail(&CheckError::WrongKind { message, help, span: self.at(id), label: what })
    }

    pub(super) fn condition(&mut self, id: NodeId) -> Built {
        let built = self.build(id, Some(&Type::YesNo));
        self.yes_no(id, built)
    }

    pub(super) fn not(&mut self, id: NodeId, operand: NodeId) -> Built {
        let built = self.condition(operand);
        let time = built.expr.time;
        let kind = ExprKind::Unary { op: UnaryOp::Not, operand: Box::new(built.expr) };
        Built::new(kind, Type::YesNo, time, self.span(id))
    }

    pub(super) fn logic(&mut self, id: NodeId, op: BinaryOp, left: NodeId, right: NodeId) -> Built {
        let (mut one, mut two) = (self.condition(left), self.condition(right));
        let time = self.same_time((&mut one, left), (&mut two, right));
        let kind = ExprKind::Binary { op, left: Box::new(one.expr), right: Box::new(two.expr) };
        Built::new(kind, Type::YesNo, time, self.span(id))
    }

    /// Neighbours must be alike; a finer series is rolled up to a coarser one beside it.
    pub(super) fn compare(&mut self, id: NodeId, operands: &[NodeId], ops: &[CompareOp]) -> Built {
        let mut built: Vec<Built> = Vec::with_capacity(operands.len());
        for (at, operand) in operands.iter().enumerate() {
            let want = built.last().filter(|built| built.known).map(|built| built.expr.ty.clone());
            let next = operands.get(at + 1).copied().filter(|_| at == 0 && self.is_hole(*operand));
            let want = want.or_else(|| {
                next.map(|next| self.build(next, None)).filter(|built| built.known).map(|built| built.expr.ty)
            });
            built.push(self.build(*operand, want.as_ref()));
        }
        let mut all: Vec<(&mut Built, NodeId)> = built.iter_mut().zip(operands.iter().copied()).collect();
        let time = self.one_timeline(&mut all);
        for at in 1..built.len() {
            let (before, after) = built.split_at_mut(at);
            let (one, two) = (&mut before[at - 1], &mut after[0]);
            if self.agree((one, operands[at - 1]), (two, operands[at])).is_some() {
                let ty = one.expr.ty.clone();
                self.ordered(operands[at], ops.get(at - 1).copied(), &ty);
            }
        }
        let operands = built.into_iter().map(|built| built.expr).collect();
        let kind = ExprKind::Compare { operands, ops: ops.to_vec() };
        Built::new(kind, Type::YesNo, time, self.span(id))
    }

    /// Only numbers have an order.
    fn ordered(&mut self, id: NodeId, op: Option<CompareOp>, ty: &Type) {
        let equality = matches!(op, Some(CompareOp::Equal | CompareOp::NotEqual) | None);
        if equality || matches!(ty, Type::Number(_)) {
            return;
        }
        let what = self.words(ty);
        let message = format!("{what} has no order");
        let help = "compare it with `==` or `!=`".to_string();
        self.fail(&CheckError::WrongKind { message, help, span: self.at(id), label: what });
    }

    pub(super) fn if_node(
        &mut self,
        id: NodeId,
        condition: NodeId,
        then: NodeId,
        otherwise: NodeId,
        want: Option<&Type>,
    ) -> Built {
        let mut test = self.condition(condition);
        let mut one = self.build(then, want);
        let other_want = if one.known && !one.any { Some(one.expr.ty.clone()) } else { want.cloned() };
        let mut two = self.build(otherwise, other_want.as_ref());
        let ty = self.agree((&mut one, then), (&mut two, otherwise));
        let time = self.same_time((&mut one, then), (&mut two, otherwise));
        let time = self.choice_time((&mut test, condition), [(&mut one, then), (&mut two, otherwise)], time);
        let (series, any) = (together(one.series, two.series), one.any && two.any);
        let unit = one.unit.clone().or_else(|| two.unit.clone());
        let Some(ty) = ty else { return self.unknown() };
        let (condition, then, otherwise) = (Box::new(test.expr), Box::new(one.expr), Box::new(two.expr));
        let kind = ExprKind::If { condition, then, otherwise };
        let built = Built::new(kind, ty, time, self.span(id)).adding(series).shown(unit);
        Built { any, ..built }
    }

    /// The frequency of a choice: a branch that is finer than its condition is rolled up; a condition cannot be.
    fn choice_time(
        &mut self,
        (test, condition): (&mut Built, NodeId),
        branches: [(&mut Built, NodeId); 2],
        time: Option<Frequency>,
    ) -> Option<Frequency> {
        let (Some(asked), Some(given)) = (test.expr.time, time) else { return test.expr.time.or(time) };
        if asked == given || super::frequency::retime(test, given) {
            return Some(given);
        }
        if given < asked {
            for (branch, id) in branches {
                self.lift(id, branch, asked);
            }
            return Some(asked);
        }
        let (left, right) = (asked.word().to_string(), given.word().to_string());
        let help = format!("ask it of the {right} values: a yes or no does not roll up");
        let (left_span, right_span) = (self.at(condition), Some(self.at(branches[0].1)));
        self.report(&super::super::error::CheckError::Frequency { left, right, help, left_span, right_span });
        self.unsound = true;
        Some(given)
    }

    pub(super) fn under(&mut self, id: NodeId, operand: NodeId, case: crate::text::Span) -> Built {
        let built = self.build(operand, None);
        let name = self.frame.tree.slice(case).to_string();
        let Some(found) = self.checker.case_named(&name) else {
            let names: Vec<&str> = self.checker.symbols.cases.iter().map(|case| &*case.name).collect();
            let help = crate::resolve::did_you_mean(&name, names, "declare it: `case NAME { … }`");
            let meaning = self.unknown_help("case", &name, case, help);
            return self.value_of(id, meaning);
        };
        if !built.known {
            return built;
        }
        let (ty, time, series, unit) = (built.expr.ty.clone(), built.expr.time, built.series, built.unit);
        let kind = ExprKind::Under { operand: Box::new(built.expr), case: found };
        Built::new(kind, ty, time, self.span(id)).adding(series).shown(unit)
    }
}
