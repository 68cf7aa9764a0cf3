//! A formula for one cell, in any algebra: with numbers it gives a value, with steps it gives what a sweep computes.

mod aggregate;
mod algebra;
mod call;
mod made;
mod numbers;
mod over_time;
mod scope;
mod time;

use std::sync::Arc;

use crate::calendar::{Frequency, Timeline};
use crate::model::{
    CompareOp, EntityId, EntityRef, EntityText, Expr, ExprKind, LocalId, MissingCode, Model, Slot, VariableId,
};

use super::op::{One, Two};

pub(super) use algebra::{Algebra, Known};
pub(super) use numbers::{Cells, Numbers};
pub(super) use scope::{Held, Scope};

/// A walk over formulas, cell by cell.
pub(super) struct Walk<'w, A> {
    pub model: &'w Model,
    pub algebra: A,
    depth: u32,
}

/// What a walk in an algebra comes to: a value, or why it cannot go on.
type Answer<A> = Result<<A as Algebra>::Value, <A as Algebra>::Stop>;

/// What names mean to a walk in an algebra.
type ScopeOf<'a, A> = Scope<'a, <A as Algebra>::Value>;

/// How many nested nodes may pass before the stack is looked at.
const NESTED: u32 = 16;
const RED_ZONE: usize = 128 * 1024;
const STACK: usize = 2 * 1024 * 1024;

/// Runs something that may nest deeply on a stack that grows.
pub(super) fn on_a_growing_stack<T>(run: impl FnOnce() -> T) -> T {
    stacker::maybe_grow(RED_ZONE, STACK, run)
}

impl<'w, A: Algebra> Walk<'w, A> {
    /// A walk in an algebra.
    pub fn over(model: &'w Model, algebra: A) -> Walk<'w, A> {
        Walk { model, algebra, depth: 0 }
    }

    /// An expression at an index of its timeline.
    pub fn eval(&mut self, expr: &Expr, scope: ScopeOf<'_, A>, index: usize) -> Answer<A> {
        self.depth += 1;
        let value = if self.depth.is_multiple_of(NESTED) {
            on_a_growing_stack(|| self.node(expr, scope, index))
        } else {
            self.node(expr, scope, index)
        };
        self.depth -= 1;
        value
    }

    fn node(&mut self, expr: &Expr, scope: ScopeOf<'_, A>, index: usize) -> Answer<A> {
        match &expr.kind {
            ExprKind::Number(number) => Ok(self.algebra.number(*number)),
            ExprKind::YesNo(holds) => Ok(self.yes_no(*holds)),
            ExprKind::Own(slot) => self.attribute(scope.entity, *slot, scope, index),
            ExprKind::Variable(variable) => self.algebra.read(scope.case, *variable, index),
            ExprKind::Bound { binder, slot } => self.attribute(scope.bound(*binder), *slot, scope, index),
            ExprKind::Unary { op, operand } => {
                let x = self.eval(operand, scope, index)?;
                Ok(self.algebra.one(One::from(*op), x))
            }
            ExprKind::Binary { op, left, right } => {
                let (left, right) = (self.eval(left, scope, index)?, self.eval(right, scope, index)?);
                Ok(self.algebra.two(Two::from(*op), left, right))
            }
            ExprKind::If { condition, then, otherwise } => self.either(condition, then, otherwise, scope, index),
            ExprKind::Shift { operand, periods } => self.shift(operand, *periods, scope, index),
            ExprKind::At { operand, index } => self.at(operand, scope, *index),
            ExprKind::Local(local) => self.local(*local, scope, index),
            ExprKind::Let { local, value, body } => {
                let held = Held::new(*local, value, scope);
                self.eval(body, scope.with_local(&held), index)
            }
            ExprKind::Inlined { body, .. } => self.eval(body, scope, index),
            ExprKind::Call { builtin, arguments } => self.call(*builtin, arguments, expr, scope, index),
            ExprKind::Text(_)
            | ExprKind::Missing { .. }
            | ExprKind::Member { .. }
            | ExprKind::Entity { .. }
            | ExprKind::Compare { .. }
            | ExprKind::RollUp { .. }
            | ExprKind::Aggregate(_)
            | ExprKind::Under { .. }
            | ExprKind::Expected(_) => self.rare(expr, scope, index),
        }
    }

    fn rare(&mut self, expr: &Expr, scope: ScopeOf<'_, A>, index: usize) -> Answer<A> {
        match &expr.kind {
            ExprKind::Text(text) => Ok(self.text(text)),
            ExprKind::Missing { code, reason } => Ok(self.algebra.missing(*code, reason.as_ref())),
            ExprKind::Member { members, of } => self.member(members, *of, scope, index),
            ExprKind::Entity { of, text } => Ok(self.entity_text(*of, *text, scope)),
            ExprKind::Compare { operands, ops } => self.compare(operands, ops, scope, index),
            ExprKind::RollUp { operand, how } => self.roll_up(operand, *how, expr.time, scope, index),
            ExprKind::Aggregate(aggregate) => self.aggregate(aggregate, scope, index),
            ExprKind::Under { operand, case } => self.eval(operand, scope.in_case(*case), index),
            ExprKind::Expected(operand) => self.expected(operand, scope, index),
            ExprKind::Number(_)
            | ExprKind::YesNo(_)
            | ExprKind::Own(_)
            | ExprKind::Variable(_)
            | ExprKind::Bound { .. }
            | ExprKind::Unary { .. }
            | ExprKind::Binary { .. }
            | ExprKind::If { .. }
            | ExprKind::Shift { .. }
            | ExprKind::At { .. }
            | ExprKind::Local(_)
            | ExprKind::Let { .. }
            | ExprKind::Inlined { .. }
            // `node` knows these by itself and brings none of them here.
            | ExprKind::Call { .. } => self.node(expr, scope, index),
        }
    }

    /// A choice; of one that is known already, only what is chosen is looked at.
    fn either(
        &mut self,
        condition: &Expr,
        then: &Expr,
        otherwise: &Expr,
        scope: ScopeOf<'_, A>,
        index: usize,
    ) -> Answer<A> {
        let condition = self.eval(condition, scope, index)?;
        match self.algebra.known(condition) {
            Some(Known::Missing) => Ok(condition),
            Some(Known::Number(0.0)) => self.eval(otherwise, scope, index),
            Some(Known::Number(_)) => self.eval(then, scope, index),
            None => {
                let (then, otherwise) = (self.eval(then, scope, index)?, self.eval(otherwise, scope, index)?);
                Ok(self.algebra.choose(condition, then, otherwise))
            }
        }
    }

    fn attribute(&mut self, entity: Option<EntityId>, slot: Slot, scope: ScopeOf<'_, A>, index: usize) -> Answer<A> {
        match entity {
            Some(entity) => self.algebra.read(scope.case, self.model.entity(entity).variable(slot), index),
            None => Ok(self.meaningless("no entity in hand")),
        }
    }

    fn local(&mut self, local: LocalId, scope: ScopeOf<'_, A>, index: usize) -> Answer<A> {
        let Some(held) = scope.held(local) else { return Ok(self.meaningless("no such local")) };
        let index = if held.value.time.is_some() { index } else { 0 };
        if let Some(known) = held.known(scope.case, index) {
            return Ok(known);
        }
        let value = self.eval(held.value, held.scope.in_case(scope.case), index)?;
        held.keep(scope.case, index, value);
        Ok(value)
    }

    fn member(
        &mut self,
        members: &[(EntityId, VariableId)],
        of: EntityRef,
        scope: ScopeOf<'_, A>,
        index: usize,
    ) -> Answer<A> {
        let Some(entity) = scope.entity_of(of) else { return Ok(self.meaningless("no entity in hand")) };
        match members.iter().find(|(member, _)| *member == entity) {
            Some((_, variable)) => self.algebra.read(scope.case, *variable, index),
            None => {
                self.algebra.no_member(members, entity);
                Ok(self.unavailable(&format!("nothing is said for {}", self.model.entity(entity).name)))
            }
        }
    }

    fn entity_text(&mut self, of: EntityRef, text: EntityText, scope: ScopeOf<'_, A>) -> A::Value {
        let Some(entity) = scope.entity_of(of) else { return self.meaningless("no entity in hand") };
        let entity = self.model.entity(entity);
        match text {
            EntityText::Name => self.text(&entity.name),
            EntityText::Label => self.text(&entity.label),
        }
    }

    /// Every pair of neighbours; nothing is looked at after an operand that is surely missing.
    fn compare(&mut self, operands: &[Expr], ops: &[CompareOp], scope: ScopeOf<'_, A>, index: usize) -> Answer<A> {
        let mut holds = self.yes_no(true);
        let mut left: Option<A::Value> = None;
        for (at, operand) in operands.iter().enumerate() {
            let right = self.eval(operand, scope, index)?;
            let next = match (left, at.checked_sub(1).and_then(|at| ops.get(at))) {
                (Some(left), Some(op)) => self.algebra.two(Two::Compare(*op), left, right),
                _ => right,
            };
            holds = if at < 2 { next } else { self.algebra.two(Two::Least, holds, next) };
            if self.is_surely_missing(holds) {
                break;
            }
            left = Some(right);
        }
        Ok(holds)
    }

    fn yes_no(&mut self, holds: bool) -> A::Value {
        self.algebra.number(f64::from(u8::from(holds)))
    }

    fn text(&mut self, text: &Arc<str>) -> A::Value {
        let number = self.algebra.text(text);
        self.algebra.number(number)
    }

    /// A result without meaning.
    fn meaningless(&mut self, reason: &str) -> A::Value {
        self.algebra.missing(MissingCode::Nm, Some(&reason.into()))
    }

    /// A value that nobody gives.
    fn unavailable(&mut self, reason: &str) -> A::Value {
        self.algebra.missing(MissingCode::Na, Some(&reason.into()))
    }

    fn is_surely_missing(&self, value: A::Value) -> bool {
        self.algebra.known(value) == Some(Known::Missing)
    }

    fn line(&self, frequency: Option<Frequency>) -> Option<&'w Timeline> {
        self.model.timelines.get(frequency?)
    }
}
