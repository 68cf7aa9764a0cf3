//! A formula for one cell: the reference that the column engine must agree with, bit by bit.

mod aggregate;
mod call;
mod made;
mod scope;
mod time;

use std::cell::RefCell;

use crate::builtin::math::{self, Outcome};
use crate::calendar::{Frequency, Timeline};
use crate::model::{
    BinaryOp, CaseId, CompareOp, EntityId, EntityRef, EntityText, Expr, ExprKind, MissingCode, Model, UnaryOp,
    VariableId,
};
use crate::value::{Scalar, Words};

pub(super) use aggregate::{of_numbers, place};
pub(super) use call::{elementary, is_over_time, kind_of, series_of};
pub(super) use scope::{Held, Scope};
pub(super) use time::years_between;

/// Where a formula finds the values of other variables.
pub(super) trait Cells {
    /// The value of a variable in a case; a value without time takes any index.
    fn read(&mut self, case: CaseId, variable: VariableId, index: usize) -> Scalar;

    /// An indexed name was asked for an entity it has no member for.
    fn no_member(&mut self, members: &[(EntityId, VariableId)], entity: EntityId);
}

/// A walk over formulas, cell by cell.
pub(super) struct Walk<'w, C> {
    pub model: &'w Model,
    pub words: &'w RefCell<Words>,
    pub cells: &'w mut C,
    depth: u32,
}

/// How many nested nodes may pass before the stack is looked at.
const NESTED: u32 = 32;
const RED_ZONE: usize = 128 * 1024;
const STACK: usize = 2 * 1024 * 1024;

/// Runs something that may nest deeply on a stack that grows.
pub(super) fn on_a_growing_stack<T>(run: impl FnOnce() -> T) -> T {
    stacker::maybe_grow(RED_ZONE, STACK, run)
}

impl<'w, C: Cells> Walk<'w, C> {
    /// A walk that finds other variables in `cells`.
    pub fn new(model: &'w Model, words: &'w RefCell<Words>, cells: &'w mut C) -> Walk<'w, C> {
        Walk { model, words, cells, depth: 0 }
    }

    /// The value of an expression at an index of its timeline.
    pub fn eval(&mut self, expr: &Expr, scope: Scope<'_>, index: usize) -> Scalar {
        self.depth += 1;
        let value = if self.depth.is_multiple_of(NESTED) {
            on_a_growing_stack(|| self.node(expr, scope, index))
        } else {
            self.node(expr, scope, index)
        };
        self.depth -= 1;
        value
    }

    fn node(&mut self, expr: &Expr, scope: Scope<'_>, index: usize) -> Scalar {
        match &expr.kind {
            ExprKind::Number(number) => Scalar::number(*number),
            ExprKind::YesNo(holds) => Scalar::yes_no(*holds),
            ExprKind::Own(slot) => self.own(scope, *slot, index),
            ExprKind::Variable(variable) => self.cells.read(scope.case, *variable, index),
            ExprKind::Bound { binder, slot } => match scope.bound(*binder) {
                Some(entity) => self.cells.read(scope.case, self.model.entity(entity).variable(*slot), index),
                None => self.missing("nothing in hand"),
            },
            ExprKind::Unary { op, operand } => unary(*op, self.eval(operand, scope, index)),
            ExprKind::Binary { op, left, right } => {
                let (left, right) = (self.eval(left, scope, index), self.eval(right, scope, index));
                self.binary(*op, left, right)
            }
            ExprKind::If { condition, then, otherwise } => match self.eval(condition, scope, index) {
                missing if !missing.is_present() => missing,
                holds if holds.is_yes() => self.eval(then, scope, index),
                _ => self.eval(otherwise, scope, index),
            },
            ExprKind::Shift { operand, periods } => self.shift(operand, *periods, scope, index),
            ExprKind::At { operand, index } => self.at(operand, scope, *index),
            ExprKind::Local(local) => self.local(*local, scope, index),
            ExprKind::Let { local, value, body } => {
                let held = Held::new(*local, value, scope);
                self.eval(body, scope.with_local(&held), index)
            }
            ExprKind::Inlined { body, .. } => self.eval(body, scope, index),
            ExprKind::Call { builtin, arguments } => self.call(*builtin, arguments, expr, scope, index),
            _ => self.rare(expr, scope, index),
        }
    }

    fn rare(&mut self, expr: &Expr, scope: Scope<'_>, index: usize) -> Scalar {
        match &expr.kind {
            ExprKind::Text(text) => Scalar::number(self.words.borrow_mut().text(text)),
            ExprKind::Missing { code, reason } => {
                Scalar::missing(self.words.borrow_mut().reason(*code, reason.as_ref()))
            }
            ExprKind::Member { members, of } => self.member(members, *of, scope, index),
            ExprKind::Entity { of, text } => self.entity_text(*of, *text, scope),
            ExprKind::Compare { operands, ops } => self.compare(operands, ops, scope, index),
            ExprKind::RollUp { operand, how } => self.roll_up(operand, *how, expr.time, scope, index),
            ExprKind::Aggregate(aggregate) => self.aggregate(aggregate, scope, index),
            ExprKind::Under { operand, case } => self.eval(operand, scope.in_case(*case), index),
            ExprKind::Expected(operand) => self.expected(operand, scope, index),
            _ => self.missing("nothing to compute"),
        }
    }

    fn own(&mut self, scope: Scope<'_>, slot: crate::model::Slot, index: usize) -> Scalar {
        match scope.entity {
            Some(entity) => self.cells.read(scope.case, self.model.entity(entity).variable(slot), index),
            None => self.missing("no entity of its own"),
        }
    }

    fn local(&mut self, local: crate::model::LocalId, scope: Scope<'_>, index: usize) -> Scalar {
        let Some(held) = scope.held(local) else { return self.missing("no such local") };
        let index = if held.value.time.is_some() { index } else { 0 };
        if let Some(known) = held.known(scope.case, index) {
            return known;
        }
        let value = self.eval(held.value, held.scope.in_case(scope.case), index);
        held.keep(scope.case, index, value);
        value
    }

    fn member(&mut self, members: &[(EntityId, VariableId)], of: EntityRef, scope: Scope<'_>, index: usize) -> Scalar {
        let Some(entity) = scope.entity_of(of) else { return self.missing("no entity in hand") };
        match members.iter().find(|(member, _)| *member == entity) {
            Some((_, variable)) => self.cells.read(scope.case, *variable, index),
            None => {
                self.cells.no_member(members, entity);
                let reason = format!("nothing is said for {}", self.model.entity(entity).name);
                self.unavailable(&reason)
            }
        }
    }

    fn entity_text(&mut self, of: EntityRef, text: EntityText, scope: Scope<'_>) -> Scalar {
        let Some(entity) = scope.entity_of(of) else { return self.missing("no entity in hand") };
        let entity = self.model.entity(entity);
        let text = match text {
            EntityText::Name => &entity.name,
            EntityText::Label => &entity.label,
        };
        Scalar::number(self.words.borrow_mut().text(text))
    }

    /// Both operands together; the first missing one decides why there is no result.
    pub fn binary(&mut self, op: BinaryOp, left: Scalar, right: Scalar) -> Scalar {
        match (left.is_present(), right.is_present()) {
            (false, _) => left,
            (_, false) => right,
            _ => match apply(op, left.number, right.number) {
                Ok(number) => Scalar::number(number),
                Err(reason) => self.missing(reason),
            },
        }
    }

    fn compare(&mut self, operands: &[Expr], ops: &[CompareOp], scope: Scope<'_>, index: usize) -> Scalar {
        let mut holds = true;
        let mut left: Option<Scalar> = None;
        for (at, operand) in operands.iter().enumerate() {
            let right = self.eval(operand, scope, index);
            if !right.is_present() {
                return right;
            }
            if let (Some(left), Some(op)) = (left, at.checked_sub(1).and_then(|at| ops.get(at))) {
                holds &= compares(*op, left.number, right.number);
            }
            left = Some(right);
        }
        Scalar::yes_no(holds)
    }

    /// A result without meaning.
    pub fn missing(&mut self, reason: &str) -> Scalar {
        Scalar::missing(self.words.borrow_mut().reason(MissingCode::Nm, Some(&reason.into())))
    }

    /// A value that nobody gives.
    pub fn unavailable(&mut self, reason: &str) -> Scalar {
        Scalar::missing(self.words.borrow_mut().reason(MissingCode::Na, Some(&reason.into())))
    }

    /// A number or why there is none.
    pub fn outcome(&mut self, outcome: Outcome) -> Scalar {
        match outcome {
            Ok(number) => Scalar::number(number),
            Err(reason) => self.missing(reason),
        }
    }

    fn line(&self, frequency: Option<Frequency>) -> Option<&'w Timeline> {
        self.model.timelines.get(frequency?)
    }
}

/// `-x`, `not x`
pub(super) fn unary(op: UnaryOp, operand: Scalar) -> Scalar {
    match op {
        _ if !operand.is_present() => operand,
        UnaryOp::Minus => Scalar::number(-operand.number),
        UnaryOp::Not => Scalar::yes_no(operand.number == 0.0),
    }
}

/// Two numbers and an operator; yes is 1 and no is 0.
pub(super) fn apply(op: BinaryOp, left: f64, right: f64) -> Outcome {
    match op {
        BinaryOp::Plus => math::plus(left, right),
        BinaryOp::Minus => math::minus(left, right),
        BinaryOp::Times => math::times(left, right),
        BinaryOp::Over => math::over(left, right),
        BinaryOp::Power => math::power(left, right),
        BinaryOp::And => Ok(math::min(left, right)),
        BinaryOp::Or => Ok(math::max(left, right)),
    }
}

/// Whether two numbers stand as a comparison says.
pub(in crate::eval) fn compares(op: CompareOp, left: f64, right: f64) -> bool {
    match op {
        CompareOp::Equal => left == right,
        CompareOp::NotEqual => left != right,
        CompareOp::Less => left < right,
        CompareOp::LessEqual => left <= right,
        CompareOp::Greater => left > right,
        CompareOp::GreaterEqual => left >= right,
    }
}
