//! Expressions as steps.

use crate::model::{
    BinaryOp, CompareOp, EntityId, EntityRef, EntityText, Expr, ExprKind, LocalId, UnaryOp, VariableId,
};

use super::super::node::{Id, One, Two};
use super::{Builder, Held, Said, Scope, on_a_growing_stack};

/// How many nested nodes may pass before the stack is looked at.
const NESTED: u32 = 16;

impl Builder<'_> {
    /// The value of an expression at an index of its timeline.
    pub fn eval(&mut self, expr: &Expr, scope: Scope<'_>, index: usize) -> Said {
        self.depth += 1;
        let said = if self.depth.is_multiple_of(NESTED) {
            on_a_growing_stack(|| self.node(expr, scope, index))
        } else {
            self.node(expr, scope, index)
        };
        self.depth -= 1;
        said
    }

    fn node(&mut self, expr: &Expr, scope: Scope<'_>, index: usize) -> Said {
        match &expr.kind {
            ExprKind::Number(number) => Ok(self.graph.number(*number)),
            ExprKind::YesNo(holds) => Ok(self.graph.number(f64::from(u8::from(*holds)))),
            ExprKind::Own(slot) => match scope.entity {
                Some(entity) => self.cell(scope.case, self.model.entity(entity).variable(*slot), index),
                None => Ok(self.meaningless()),
            },
            ExprKind::Variable(variable) => self.cell(scope.case, *variable, index),
            ExprKind::Bound { binder, slot } => match scope.bound(*binder) {
                Some(entity) => self.cell(scope.case, self.model.entity(entity).variable(*slot), index),
                None => Ok(self.meaningless()),
            },
            ExprKind::Unary { op, operand } => {
                let x = self.eval(operand, scope, index)?;
                Ok(self.graph.one(if *op == UnaryOp::Minus { One::Minus } else { One::Not }, x))
            }
            ExprKind::Binary { op, left, right } => {
                let (left, right) = (self.eval(left, scope, index)?, self.eval(right, scope, index)?);
                Ok(self.graph.two(two(*op), left, right))
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
            _ => self.rare(expr, scope, index),
        }
    }

    fn rare(&mut self, expr: &Expr, scope: Scope<'_>, index: usize) -> Said {
        match &expr.kind {
            ExprKind::Text(text) => {
                let text = self.words.text(text);
                Ok(self.graph.number(text))
            }
            ExprKind::Missing { code, .. } => Ok(self.graph.missing(*code)),
            ExprKind::Member { members, of } => self.member(members, *of, scope, index),
            ExprKind::Entity { of, text } => Ok(self.entity_text(*of, *text, scope)),
            ExprKind::Compare { operands, ops } => self.compare(operands, ops, scope, index),
            ExprKind::RollUp { operand, how } => self.roll_up(operand, *how, expr.time, scope, index),
            ExprKind::Aggregate(aggregate) => self.aggregate(aggregate, scope, index),
            ExprKind::Under { operand, case } => self.eval(operand, scope.in_case(*case), index),
            ExprKind::Expected(operand) => self.expected(operand, scope, index),
            _ => Ok(self.meaningless()),
        }
    }

    /// A choice; of one that is known already, only what is chosen is looked at.
    fn either(&mut self, condition: &Expr, then: &Expr, otherwise: &Expr, scope: Scope<'_>, index: usize) -> Said {
        let condition = self.eval(condition, scope, index)?;
        match self.graph.known(condition) {
            Some(Err(_)) => Ok(condition),
            Some(Ok(0.0)) => self.eval(otherwise, scope, index),
            Some(Ok(_)) => self.eval(then, scope, index),
            None => {
                let (then, otherwise) = (self.eval(then, scope, index)?, self.eval(otherwise, scope, index)?);
                Ok(self.graph.choose(condition, then, otherwise))
            }
        }
    }

    fn local(&mut self, local: LocalId, scope: Scope<'_>, index: usize) -> Said {
        let Some(held) = scope.held(local) else { return Ok(self.meaningless()) };
        let index = if held.value.time.is_some() { index } else { 0 };
        if let Some(known) = held.known(scope.case, index) {
            return Ok(known);
        }
        let id = self.eval(held.value, held.scope.in_case(scope.case), index)?;
        held.keep(scope.case, index, id);
        Ok(id)
    }

    fn member(&mut self, members: &[(EntityId, VariableId)], of: EntityRef, scope: Scope<'_>, index: usize) -> Said {
        let Some(entity) = scope.entity_of(of) else { return Ok(self.meaningless()) };
        match members.iter().find(|(member, _)| *member == entity) {
            Some((_, variable)) => self.cell(scope.case, *variable, index),
            None => Ok(self.unavailable()),
        }
    }

    fn entity_text(&mut self, of: EntityRef, text: EntityText, scope: Scope<'_>) -> Id {
        let Some(entity) = scope.entity_of(of) else { return self.meaningless() };
        let entity = self.model.entity(entity);
        let text = match text {
            EntityText::Name => &entity.name,
            EntityText::Label => &entity.label,
        };
        let text = self.words.text(text);
        self.graph.number(text)
    }

    fn compare(&mut self, operands: &[Expr], ops: &[CompareOp], scope: Scope<'_>, index: usize) -> Said {
        let mut holds = self.graph.number(1.0);
        let mut left: Option<Id> = None;
        for (at, operand) in operands.iter().enumerate() {
            let right = self.eval(operand, scope, index)?;
            if let (Some(left), Some(op)) = (left, at.checked_sub(1).and_then(|at| ops.get(at))) {
                let pair = self.graph.compare(*op, left, right);
                holds = if at == 1 { pair } else { self.graph.two(Two::Least, holds, pair) };
            }
            left = Some(right);
        }
        Ok(holds)
    }
}

fn two(op: BinaryOp) -> Two {
    match op {
        BinaryOp::Plus => Two::Plus,
        BinaryOp::Minus => Two::Minus,
        BinaryOp::Times => Two::Times,
        BinaryOp::Over => Two::Over,
        BinaryOp::Power => Two::Power,
        BinaryOp::And => Two::Least,
        BinaryOp::Or => Two::Most,
    }
}
