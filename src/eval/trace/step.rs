//! Formulas to trees of steps.

use std::sync::Arc;

use crate::eval::Cell;
use crate::eval::faults::spelled;
use crate::eval::found::Found;
use crate::eval::recipe::{Make, Post, Recipe};
use crate::eval::results::Form;
use crate::eval::walk::{Cells, Held, Numbers, Scope, Walk, on_a_growing_stack};
use crate::model::{Aggregate, Argument, CaseId, Expr, ExprKind, LocalId, SeriesKind, VariableId, Window};
use crate::value::Scalar;

use super::Step;

/// A walk that remembers what it sees.
pub(super) struct Tracer<'w, 'r> {
    pub walk: Walk<'w, Numbers<'w, Found<'r>>>,
    /// The text that spans are ranges of.
    pub formula: Arc<str>,
}

impl Tracer<'_, '_> {
    /// The tree of one cell of a variable.
    pub fn root(&mut self, recipe: &Recipe<'_>, variable: VariableId, scope: Scope<'_>, index: usize) -> Option<Step> {
        match recipe.make(index) {
            Make::Nothing => None,
            Make::Formula(formula, posts) => {
                self.formula = formula.text.clone();
                let step = self.step(&formula.expr, scope, index);
                let step = Step { text: formula.text.clone(), ..step };
                Some(posts.iter().fold(step, |step, post| self.posted(step, post, scope, index)))
            }
            Make::Between { left, right, posts, .. } => {
                let value = self.walk.cell(recipe, scope.case, variable, index);
                let children = vec![self.variable(variable, scope, left), self.variable(variable, scope, right)];
                let step =
                    Step { value: self.cell_of(variable, value), children, ..self.variable(variable, scope, index) };
                let step = Step { text: "between its neighbours".into(), variable: None, ..step };
                Some(posts.iter().fold(step, |step, post| Step {
                    children: [step.children, self.amount(post, scope, index)].concat(),
                    ..step
                }))
            }
        }
    }

    fn amount(&mut self, post: &Post<'_>, scope: Scope<'_>, index: usize) -> Vec<Step> {
        self.formula = post.amount.text.clone();
        vec![self.step(&post.amount.expr, scope, index)]
    }

    fn posted(&mut self, inner: Step, post: &Post<'_>, scope: Scope<'_>, index: usize) -> Step {
        let sign = if post.scales { "*" } else { "+" };
        let text = format!("({}) {sign} {}", inner.text, post.amount.text).into();
        let amount = self.amount(post, scope, index);
        let value = match (&inner.value, amount.first().map(|step| &step.value)) {
            (Cell::Number(inner), Some(Cell::Number(amount))) if post.scales => Cell::Number(inner * amount),
            (Cell::Number(inner), Some(Cell::Number(amount))) => Cell::Number(inner + amount),
            (_, Some(missing)) if !inner.value.is_missing() => missing.clone(),
            _ => inner.value.clone(),
        };
        let (ty, at, case) = (inner.ty.clone(), inner.at, inner.case);
        Step { text, value, ty, at, variable: None, case, children: std::iter::once(inner).chain(amount).collect() }
    }

    /// One node with its value and its operands.
    pub fn step(&mut self, expr: &Expr, scope: Scope<'_>, index: usize) -> Step {
        on_a_growing_stack(|| self.node(expr, scope, index))
    }

    fn node(&mut self, expr: &Expr, scope: Scope<'_>, index: usize) -> Step {
        if let Some(variable) = self.named(expr, scope) {
            return self.variable(variable, scope, index);
        }
        let value = self.walk.value(expr, scope, index);
        let value = Form::of(&expr.ty).cell(value, &self.walk.algebra.words.borrow());
        Step {
            text: expr.span.of(&self.formula).into(),
            value,
            ty: expr.ty.clone(),
            at: expr.time.map(|frequency| (frequency, index)),
            variable: None,
            case: scope.case,
            children: self.children(expr, scope, index),
        }
    }

    fn variable(&mut self, variable: VariableId, scope: Scope<'_>, index: usize) -> Step {
        let model = self.walk.model;
        let value = Cells::read(self.walk.algebra.cells, scope.case, variable, index);
        let known = model.variable(variable);
        Step {
            text: spelled(model, (scope.case, variable, index)).into(),
            value: self.cell_of(variable, value),
            ty: known.ty.clone(),
            at: known.time.map(|frequency| (frequency, index)),
            variable: Some(variable),
            case: scope.case,
            children: Vec::new(),
        }
    }

    fn cell_of(&self, variable: VariableId, value: Scalar) -> Cell {
        Form::of(&self.walk.model.variable(variable).ty).cell(value, &self.walk.algebra.words.borrow())
    }

    /// The variable that a name stands for here.
    fn named(&self, expr: &Expr, scope: Scope<'_>) -> Option<VariableId> {
        let model = self.walk.model;
        match &expr.kind {
            ExprKind::Variable(variable) => Some(*variable),
            ExprKind::Own(slot) => scope.entity.map(|entity| model.entity(entity).variable(*slot)),
            ExprKind::Bound { binder, slot } => scope.bound(*binder).map(|of| model.entity(of).variable(*slot)),
            ExprKind::Member { members, of } => {
                let entity = scope.entity_of(*of)?;
                members.iter().find(|(member, _)| *member == entity).map(|(_, variable)| *variable)
            }
            _ => None,
        }
    }

    fn children(&mut self, expr: &Expr, scope: Scope<'_>, index: usize) -> Vec<Step> {
        match &expr.kind {
            ExprKind::Let { local, value, body } => {
                let held = Held::new(*local, value, scope);
                vec![self.step(body, scope.with_local(&held), index)]
            }
            ExprKind::Local(local) => self.local(*local, scope, index),
            ExprKind::Inlined { body, .. } => self.call(expr, body, scope, index),
            ExprKind::Unary { operand, .. } => vec![self.step(operand, scope, index)],
            ExprKind::Shift { operand, periods } => {
                let at = index as i64 + i64::from(*periods);
                usize::try_from(at).map(|at| vec![self.step(operand, scope, at)]).unwrap_or_default()
            }
            ExprKind::At { operand, index } => vec![self.step(operand, scope, *index)],
            ExprKind::RollUp { operand, how } => self.parts((expr, *how), operand, scope, index),
            ExprKind::Binary { left, right, .. } => vec![self.step(left, scope, index), self.step(right, scope, index)],
            ExprKind::Compare { operands, .. } => {
                operands.iter().map(|operand| self.step(operand, scope, index)).collect()
            }
            ExprKind::If { condition, then, otherwise } => {
                let taken = if self.walk.value(condition, scope, index).is_yes() { then } else { otherwise };
                vec![self.step(condition, scope, index), self.step(taken, scope, index)]
            }
            ExprKind::Call { arguments, .. } => {
                let at = expr.time.map(|_| index);
                arguments.iter().flat_map(|argument| self.argument(argument, scope, at)).collect()
            }
            ExprKind::Aggregate(aggregate) => self.elements(aggregate, scope, index),
            ExprKind::Under { operand, case } => vec![self.step(operand, scope.in_case(*case), index)],
            ExprKind::Expected(operand) => self.weighted(operand, scope, index),
            _ => Vec::new(),
        }
    }

    /// The arguments of a function that is written out: the function sees nothing else.
    fn call(&mut self, call: &Expr, body: &Expr, scope: Scope<'_>, index: usize) -> Vec<Step> {
        let ExprKind::Let { local, value, body } = &body.kind else { return Vec::new() };
        let mut steps = Vec::new();
        if value.span != call.span {
            let indexes = if value.time.is_none() { vec![index] } else { looked_at(body, *local, index) };
            steps.extend(indexes.into_iter().map(|index| self.step(value, scope, index)));
        }
        let held = Held::new(*local, value, scope);
        steps.extend(self.call(call, body, scope.with_local(&held), index));
        steps
    }

    fn local(&mut self, local: LocalId, scope: Scope<'_>, index: usize) -> Vec<Step> {
        let Some(held) = scope.held(local) else { return Vec::new() };
        vec![self.step(held.value, held.scope.in_case(scope.case), index)]
    }

    fn parts(
        &mut self,
        (whole, how): (&Expr, SeriesKind),
        operand: &Expr,
        scope: Scope<'_>,
        index: usize,
    ) -> Vec<Step> {
        let timelines = &self.walk.model.timelines;
        let period = whole.time.and_then(|frequency| timelines.get(frequency)?.period(index));
        let parts = period.zip(operand.time).and_then(|(period, fine)| timelines.rolled_parts(period, fine, how));
        parts.into_iter().flatten().map(|part| self.step(operand, scope, part)).collect()
    }

    /// A call without time sees a series whole; the periods in which it has a value are shown.
    fn argument(&mut self, argument: &Argument, scope: Scope<'_>, at: Option<usize>) -> Vec<Step> {
        match argument {
            Argument::Expr(operand) if at.is_none() && operand.time.is_some() => {
                let indexes = self.walk.indexes(operand, Window::WHOLE);
                indexes.map(|index| self.step(operand, scope, index)).filter(|step| !step.value.is_missing()).collect()
            }
            Argument::Expr(operand) => vec![self.step(operand, scope, at.unwrap_or(0))],
            Argument::Slice { operand, window } => {
                let indexes = self.walk.indexes(operand, *window);
                indexes.map(|index| self.step(operand, scope, index)).collect()
            }
            Argument::Period { .. } => Vec::new(),
        }
    }

    fn elements(&mut self, aggregate: &Aggregate, scope: Scope<'_>, index: usize) -> Vec<Step> {
        let mut steps: Vec<Step> = aggregate.of.iter().map(|of| self.step(of, scope, index)).collect();
        for entity in &self.walk.model.kind(aggregate.kind).entities {
            let bound = scope.bind(aggregate.binder, *entity);
            let scope = scope.with_bound(&bound);
            let filter = aggregate.filter.as_ref();
            if filter.is_none_or(|filter| self.walk.value(filter, scope, index).is_yes()) {
                let body = self.step(&aggregate.body, scope, index);
                let name = &self.walk.model.entity(*entity).name;
                steps.push(Step { text: format!("{name}: {}", body.text).into(), ..body });
            }
        }
        steps
    }

    fn weighted(&mut self, operand: &Expr, scope: Scope<'_>, index: usize) -> Vec<Step> {
        let cases = self.walk.model.cases.iter().enumerate().filter(|(_, case)| case.probability.is_some());
        let cases: Vec<CaseId> = cases.map(|(at, _)| CaseId(at as u32)).collect();
        cases.into_iter().map(|case| self.step(operand, scope.in_case(case), index)).collect()
    }
}

/// At which indexes the body of a function looks at an argument when it is computed at one.
fn looked_at(body: &Expr, local: LocalId, index: usize) -> Vec<usize> {
    let mut indexes = Vec::new();
    let mut open = vec![(body, index as i64)];
    while let Some((expr, at)) = open.pop() {
        match &expr.kind {
            ExprKind::Local(other) if *other == local => indexes.extend(usize::try_from(at).ok()),
            ExprKind::Shift { operand, periods } => open.push((operand, at + i64::from(*periods))),
            _ => expr.each_child(|operand| open.push((operand, at))),
        }
    }
    indexes.sort_unstable();
    indexes.dedup();
    indexes
}
