//! `Translator`: formulas of either model in the ids of their union, in one canonical form, so that they can be compared and mixed.
//!
//! Places are dropped, bound names are numbered in the order they appear, and an indexed name lists the members of both.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::calendar::Frequency;
use crate::model::{
    Aggregate, Argument, Binder, CaseId, Definition, EntityId, EntityRef, Expr, ExprKind, Formula, KindId, LocalId,
    Piece, Slot, Type, VariableId, Window,
};
use crate::text::Span;
use crate::units::Dimension;

/// The members of an indexed name, in the ids of the union.
pub type Members = Arc<[(EntityId, VariableId)]>;

/// Where the ids of one model are in the union.
#[derive(Debug, Clone, Default)]
pub struct Ids {
    pub variables: Vec<VariableId>,
    pub entities: Vec<EntityId>,
    pub kinds: Vec<KindId>,
    pub cases: Vec<CaseId>,
    /// For each kind of the model, its attributes.
    pub of_kind: Vec<Vec<Slot>>,
    /// For each entity of the model, all its slots.
    pub of_entity: Vec<Vec<Slot>>,
    /// How many periods later the same period is on the union's timeline.
    pub shifts: BTreeMap<Frequency, Shift>,
    /// All members of the indexed name that a variable of the union belongs to.
    pub families: BTreeMap<VariableId, Members>,
}

/// From one timeline to another of the same frequency.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shift {
    pub by: i64,
    pub old_len: usize,
    pub new_len: usize,
}

impl Shift {
    /// Where an index is; far outside if it is not on the other line.
    pub fn index(self, index: usize) -> usize {
        if index == usize::MAX {
            return index;
        }
        usize::try_from(index as i64 + self.by).unwrap_or(usize::MAX)
    }

    /// Where the whole of the one timeline is on the other.
    pub fn own(&self) -> Window {
        let end = (self.by + self.old_len as i64 - 1).max(0);
        Window { first: self.by.max(0) as usize, last: end as usize }
    }

    /// Where the part of a series is that a formula looks at; all of it stays all of it.
    fn slice(self, window: Window) -> Window {
        if window.first == 0 && window.last.saturating_add(1) >= self.old_len {
            return Window { first: 0, last: self.new_len - 1 };
        }
        let edge = |index: usize| self.index(index).min(self.new_len - 1);
        Window { first: edge(window.first), last: edge(window.last) }
    }

    /// Where a window is; one that reaches an end of its line still does. Nothing if none of it is left.
    pub fn window(self, window: Window) -> Option<Window> {
        if window == Window::WHOLE {
            return Some(window);
        }
        let first = if window.first == 0 { 0 } else { (window.first as i64 + self.by).max(0) };
        let reaches_end = window.last.saturating_add(1) >= self.old_len;
        let last = if reaches_end { self.new_len as i64 - 1 } else { window.last as i64 + self.by };
        let last = last.min(self.new_len as i64 - 1);
        (first <= last).then_some(Window { first: first as usize, last: last as usize })
    }
}

impl Ids {
    /// A definition in the union's ids, for the lines of an entity (or of none).
    pub fn definition(&self, definition: &Definition, entity: Option<EntityId>, time: Option<Frequency>) -> Definition {
        let pieces = definition.pieces.iter().filter_map(|piece| self.piece(piece, entity, time));
        Definition { pieces: pieces.collect(), interpolation: definition.interpolation }
    }

    fn piece(&self, piece: &Piece, entity: Option<EntityId>, time: Option<Frequency>) -> Option<Piece> {
        let window = self.window(piece.window, time)?;
        Some(Piece { window, formula: self.formula(&piece.formula, entity), ..piece.clone() })
    }

    /// A window of a timeline on the union's.
    pub fn window(&self, window: Window, time: Option<Frequency>) -> Option<Window> {
        match time.and_then(|time| self.shifts.get(&time)) {
            Some(shift) => shift.window(window),
            None => Some(window),
        }
    }

    /// A formula in the union's ids.
    pub fn formula(&self, formula: &Formula, entity: Option<EntityId>) -> Arc<Formula> {
        Arc::new(Formula { expr: self.expr(&formula.expr, entity), text: formula.text.clone() })
    }

    /// An expression in the union's ids.
    pub fn expr(&self, expr: &Expr, entity: Option<EntityId>) -> Expr {
        Translator { ids: self, entity, binders: BTreeMap::new(), locals: BTreeMap::new() }.expr(expr)
    }
}

struct Translator<'a> {
    ids: &'a Ids,
    entity: Option<EntityId>,
    /// The new number and the kind of every bound name met so far.
    binders: BTreeMap<Binder, (Binder, KindId)>,
    locals: BTreeMap<LocalId, LocalId>,
}

impl Translator<'_> {
    fn expr(&mut self, expr: &Expr) -> Expr {
        let deep =
            || Expr { kind: self.kind(&expr.kind, expr), ty: sort(&expr.ty), time: expr.time, span: Span::default() };
        stacker::maybe_grow(64 << 10, 1 << 20, deep)
    }

    fn boxed(&mut self, expr: &Expr) -> Box<Expr> {
        Box::new(self.expr(expr))
    }

    fn kind(&mut self, kind: &ExprKind, whole: &Expr) -> ExprKind {
        match kind {
            ExprKind::Number(_) | ExprKind::Text(_) | ExprKind::YesNo(_) | ExprKind::Missing { .. } => kind.clone(),
            ExprKind::Own(slot) => ExprKind::Own(self.own(*slot)),
            ExprKind::Variable(id) => ExprKind::Variable(self.ids.variables[id.0 as usize]),
            ExprKind::Bound { binder, slot } => self.bound(*binder, *slot),
            ExprKind::Member { members, of } => {
                ExprKind::Member { members: self.members(members), of: self.entity_ref(*of) }
            }
            ExprKind::Entity { of, text } => ExprKind::Entity { of: self.entity_ref(*of), text: *text },
            ExprKind::Local(local) => ExprKind::Local(self.local(*local)),
            ExprKind::Let { local, value, body } => {
                let local = self.local(*local);
                ExprKind::Let { local, value: self.boxed(value), body: self.boxed(body) }
            }
            ExprKind::Inlined { function, body } => {
                ExprKind::Inlined { function: function.clone(), body: self.boxed(body) }
            }
            ExprKind::Shift { operand, periods } => ExprKind::Shift { operand: self.boxed(operand), periods: *periods },
            ExprKind::At { operand, index } => {
                let index = self.index(operand.time, *index);
                ExprKind::At { operand: self.boxed(operand), index }
            }
            ExprKind::RollUp { operand, how } => ExprKind::RollUp { operand: self.boxed(operand), how: *how },
            ExprKind::Under { operand, case } => {
                ExprKind::Under { operand: self.boxed(operand), case: self.ids.cases[case.0 as usize] }
            }
            ExprKind::Expected(operand) => ExprKind::Expected(self.boxed(operand)),
            _ => self.operator(kind, whole),
        }
    }

    fn operator(&mut self, kind: &ExprKind, whole: &Expr) -> ExprKind {
        match kind {
            ExprKind::Unary { op, operand } => ExprKind::Unary { op: *op, operand: self.boxed(operand) },
            ExprKind::Binary { op, left, right } => {
                ExprKind::Binary { op: *op, left: self.boxed(left), right: self.boxed(right) }
            }
            ExprKind::Compare { operands, ops } => ExprKind::Compare {
                operands: operands.iter().map(|operand| self.expr(operand)).collect(),
                ops: ops.clone(),
            },
            ExprKind::If { condition, then, otherwise } => ExprKind::If {
                condition: self.boxed(condition),
                then: self.boxed(then),
                otherwise: self.boxed(otherwise),
            },
            ExprKind::Call { builtin, arguments } => ExprKind::Call {
                builtin: *builtin,
                arguments: arguments.iter().map(|argument| self.argument(argument)).collect(),
            },
            ExprKind::Aggregate(aggregate) => ExprKind::Aggregate(Box::new(self.aggregate(aggregate))),
            _ => whole.kind.clone(),
        }
    }

    fn aggregate(&mut self, aggregate: &Aggregate) -> Aggregate {
        let binder = Binder(self.binders.len() as u32);
        self.binders.insert(aggregate.binder, (binder, aggregate.kind));
        Aggregate {
            builtin: aggregate.builtin,
            of: aggregate.of.as_ref().map(|of| self.expr(of)),
            binder,
            kind: self.ids.kinds[aggregate.kind.0 as usize],
            filter: aggregate.filter.as_ref().map(|filter| self.expr(filter)),
            skip: aggregate.skip,
            body: self.expr(&aggregate.body),
            lowest: aggregate.lowest,
        }
    }

    fn argument(&mut self, argument: &Argument) -> Argument {
        match argument {
            Argument::Expr(expr) => Argument::Expr(self.expr(expr)),
            Argument::Slice { operand, window } => {
                let moved = operand.time.and_then(|time| self.ids.shifts.get(&time));
                let window = moved.map_or(*window, |shift| shift.slice(*window));
                Argument::Slice { operand: self.expr(operand), window }
            }
            Argument::Period { frequency, index } => {
                Argument::Period { frequency: *frequency, index: self.index(Some(*frequency), *index) }
            }
        }
    }

    fn own(&self, slot: Slot) -> Slot {
        let slots = self.entity.map(|entity| &self.ids.of_entity[entity.0 as usize]);
        slots.and_then(|slots| slots.get(slot.0 as usize)).copied().unwrap_or(slot)
    }

    fn bound(&self, binder: Binder, slot: Slot) -> ExprKind {
        let (binder, kind) = self.binders.get(&binder).copied().unwrap_or((binder, KindId(u32::MAX)));
        let slots = self.ids.of_kind.get(kind.0 as usize);
        ExprKind::Bound { binder, slot: slots.and_then(|slots| slots.get(slot.0 as usize)).copied().unwrap_or(slot) }
    }

    fn members(&self, members: &Members) -> Members {
        let moved = |(entity, variable): &(EntityId, VariableId)| {
            (self.ids.entities[entity.0 as usize], self.ids.variables[variable.0 as usize])
        };
        let first = members.first().map(moved);
        match first.and_then(|(_, variable)| self.ids.families.get(&variable)) {
            Some(family) => family.clone(),
            None => members.iter().map(moved).collect(),
        }
    }

    fn entity_ref(&self, of: EntityRef) -> EntityRef {
        match of {
            EntityRef::This => of,
            EntityRef::Fixed(entity) => EntityRef::Fixed(self.ids.entities[entity.0 as usize]),
            EntityRef::Bound(binder) => {
                EntityRef::Bound(self.binders.get(&binder).map_or(binder, |(binder, _)| *binder))
            }
        }
    }

    fn local(&mut self, local: LocalId) -> LocalId {
        let next = LocalId(self.locals.len() as u32);
        *self.locals.entry(local).or_insert(next)
    }

    fn index(&self, time: Option<Frequency>, index: usize) -> usize {
        time.and_then(|time| self.ids.shifts.get(&time)).map_or(index, |shift| shift.index(index))
    }
}

/// What sort of value it is; base units have other numbers in other models.
fn sort(ty: &Type) -> Type {
    match ty {
        Type::Number(_) => Type::Number(Dimension::RATIO),
        other => other.clone(),
    }
}
