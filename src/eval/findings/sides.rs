//! The sides of a condition: what it compares, so that whoever reads that it does not hold sees the numbers.

use crate::builtin::Builtin;
use crate::eval::Results;
use crate::model::{
    Argument, Binder, CaseId, EntityId, Expr, ExprKind, Formula, KindId, Model, Type, UnaryOp, VariableId,
};
use crate::units::Unit;

/// What a condition is made of that can be looked at by itself, and the case in which it looks at it.
#[derive(Debug, Clone, PartialEq)]
pub struct Side {
    pub expr: Expr,
    pub case: CaseId,
}

/// Every operand of every comparison in a condition that is asked in a case; of what compares out of sight, itself.
pub fn compared(condition: &Expr, case: CaseId) -> Vec<Side> {
    let mut found = Vec::new();
    collect(condition, case, &|expr| expr, &mut found);
    found
}

/// Puts a part into what looks at it in another period.
type Within<'w> = &'w dyn Fn(Expr) -> Expr;

fn collect(expr: &Expr, case: CaseId, within: Within, found: &mut Vec<Side>) {
    if !matches!(expr.ty, Type::YesNo) {
        return add(expr, case, within, found);
    }
    match &expr.kind {
        ExprKind::Compare { operands: sides, .. } => sides.iter().for_each(|side| collect(side, case, within, found)),
        ExprKind::Under { operand, case } => collect(operand, *case, within, found),
        ExprKind::At { operand, .. } | ExprKind::Shift { operand, .. } => {
            collect(operand, case, &|part| within(around(expr, part)), found);
        }
        ExprKind::Call { .. } if looks_over_time(expr) => add(expr, case, within, found),
        ExprKind::Unary { .. } | ExprKind::Binary { .. } | ExprKind::If { .. } | ExprKind::Call { .. } => {
            let mut parts = Vec::new();
            expr.each_child(|part| parts.push(part));
            parts.into_iter().for_each(|part| collect(part, case, within, found));
        }
        // What a function or an aggregate compares has no words in the condition, and its names no value outside of it.
        ExprKind::Inlined { .. }
        | ExprKind::Let { .. }
        | ExprKind::Local(_)
        | ExprKind::Aggregate(_)
        | ExprKind::Expected(_)
        | ExprKind::RollUp { .. }
        | ExprKind::Variable(_)
        | ExprKind::Own(_)
        | ExprKind::Bound { .. }
        | ExprKind::Member { .. } => add(expr, case, within, found),
        ExprKind::Number(_)
        | ExprKind::Text(_)
        | ExprKind::YesNo(_)
        | ExprKind::Missing { .. }
        | ExprKind::Entity { .. } => {}
    }
}

/// Whether a function is given a series and gives one value.
fn looks_over_time(call: &Expr) -> bool {
    let mut found = false;
    call.each_child(|part| found |= part.time.is_some() && call.time.is_none());
    found
}

/// A side that is not there yet.
fn add(expr: &Expr, case: CaseId, within: Within, found: &mut Vec<Side>) {
    let side = Side { expr: within(expr.clone()), case };
    let is_same = |other: &Side| other.case == case && without_places(&other.expr) == without_places(&side.expr);
    if is_literal(expr) || !found.iter().any(is_same) {
        found.push(side);
    }
}

/// A name where it stands is the same name elsewhere.
fn without_places(expr: &Expr) -> Expr {
    Expr { span: crate::text::Span::default(), ..expr.clone() }
}

/// A part of what looks at another period, looked at in that period.
fn around(outer: &Expr, part: Expr) -> Expr {
    let (ty, span, time) = (part.ty.clone(), part.span, part.time);
    match &outer.kind {
        ExprKind::At { index, .. } if time.is_some() => {
            Expr { kind: ExprKind::At { operand: Box::new(part), index: *index }, ty, time: None, span }
        }
        ExprKind::Shift { periods, .. } if time.is_some() => {
            Expr { kind: ExprKind::Shift { operand: Box::new(part), periods: *periods }, ty, time, span }
        }
        _ => part,
    }
}

/// Whether an expression is written out, so that its value says nothing new.
pub fn is_literal(expr: &Expr) -> bool {
    match &expr.kind {
        ExprKind::Number(_) | ExprKind::Text(_) | ExprKind::YesNo(_) => true,
        ExprKind::Unary { op: UnaryOp::Minus, operand } => is_literal(operand),
        _ => false,
    }
}

/// The unit a side would be shown in: that of the first name of its dimension that it is made of, else base units.
pub fn unit_of(model: &Model, expr: &Expr, entity: Option<EntityId>) -> Unit {
    let Type::Number(dimension) = &expr.ty else { return Unit::ratio() };
    let named = Names { model, entity, wanted: &expr.ty }.unit(expr, &mut Vec::new());
    named.unwrap_or_else(|| model.units.canonical(dimension))
}

struct Names<'m> {
    model: &'m Model,
    entity: Option<EntityId>,
    wanted: &'m Type,
}

impl Names<'_> {
    fn unit(&self, expr: &Expr, binders: &mut Vec<(Binder, KindId)>) -> Option<Unit> {
        let of = |id: VariableId| Some(self.model.variable(id).unit.clone()).filter(|_| expr.ty == *self.wanted);
        match &expr.kind {
            ExprKind::Variable(id) => of(*id),
            ExprKind::Own(slot) => of(*self.model.entity(self.entity?).slots.get(slot.0 as usize)?),
            ExprKind::Member { members, .. } => of(members.first()?.1),
            ExprKind::Bound { binder, slot } => {
                let (_, kind) = binders.iter().find(|(other, _)| other == binder)?;
                let attribute = self.model.kind(*kind).attributes.get(slot.0 as usize)?;
                Some(attribute.unit.clone()).filter(|_| expr.ty == *self.wanted)
            }
            ExprKind::Aggregate(aggregate) => {
                binders.push((aggregate.binder, aggregate.kind));
                let unit = is_of_its_values(aggregate.builtin).then(|| self.unit(&aggregate.body, binders));
                binders.pop();
                unit.flatten()
            }
            ExprKind::If { then, otherwise, .. } => self.unit(then, binders).or_else(|| self.unit(otherwise, binders)),
            ExprKind::Call { builtin, arguments } if is_of_its_values(*builtin) => {
                arguments.iter().find_map(|argument| match argument {
                    Argument::Expr(value) | Argument::Slice { operand: value, .. } => self.unit(value, binders),
                    Argument::Period { .. } => None,
                })
            }
            ExprKind::Binary { left, right, .. } => self.unit(left, binders).or_else(|| self.unit(right, binders)),
            ExprKind::Let { value, body, .. } => self.unit(body, binders).or_else(|| self.unit(value, binders)),
            ExprKind::Unary { operand, .. }
            | ExprKind::At { operand, .. }
            | ExprKind::Shift { operand, .. }
            | ExprKind::RollUp { operand, .. }
            | ExprKind::Under { operand, .. }
            | ExprKind::Expected(operand)
            | ExprKind::Inlined { body: operand, .. } => self.unit(operand, binders),
            ExprKind::Call { .. }
            | ExprKind::Compare { .. }
            | ExprKind::Local(_)
            | ExprKind::Number(_)
            | ExprKind::Text(_)
            | ExprKind::YesNo(_)
            | ExprKind::Missing { .. }
            | ExprKind::Entity { .. } => None,
        }
    }
}

/// Whether what a function gives is of the sort of what it is given.
fn is_of_its_values(builtin: Builtin) -> bool {
    use Builtin::*;
    matches!(
        builtin,
        Abs | Floor
            | Ceil
            | Round
            | Sum
            | Mean
            | Median
            | Min
            | Max
            | OrElse
            | Average
            | Cumulative
            | Annual
            | Half
            | Quarter
            | Pv
            | Npv
    )
}

/// `` `co.value` is 98 CNY, `co.price` in case bull is 112 CNY ``, at an index of a series; nothing if nothing is compared.
pub(super) fn said(
    model: &Model,
    results: &Results,
    (case, condition, entity): (CaseId, VariableId, Option<EntityId>),
    index: Option<usize>,
) -> String {
    let Some(piece) = model.variable(condition).definition.pieces.first() else { return String::new() };
    let formula = &piece.formula;
    let one = |side: Side| {
        let text = side.expr.span.of(&formula.text);
        if is_literal(&side.expr) || text.is_empty() {
            return None;
        }
        let cell = results.side(model, &side, &formula.text, entity, index)?;
        let shown = super::cell_in_unit(&cell, &unit_of(model, &side.expr, entity));
        Some(format!("`{text}`{} is {shown}", side.elsewhere(model, case)))
    };
    compared(&formula.expr, case).into_iter().filter_map(one).collect::<Vec<_>>().join(", ")
}

impl Side {
    /// ` in case bull`, if it is looked at in another case than the whole.
    pub fn elsewhere(&self, model: &Model, case: CaseId) -> String {
        match self.case == case {
            true => String::new(),
            false => format!(" in case {}", model.case(self.case).name),
        }
    }
}

impl Results {
    /// What a side comes to, at an index if it is a series.
    pub fn side(
        &self,
        model: &Model,
        side: &Side,
        text: &std::sync::Arc<str>,
        entity: Option<EntityId>,
        index: Option<usize>,
    ) -> Option<super::Cell> {
        let alone = Formula { expr: side.expr.clone(), text: text.clone() };
        let mut cells = self.formula(model, side.case, &alone, entity);
        let at = if cells.len() > 1 { index.unwrap_or(0) } else { 0 };
        (at < cells.len()).then(|| cells.swap_remove(at))
    }
}
