//! Every place and expression of a line, in the order they are kept, to be moved with the line.

use super::ast::{
    Cell, Change, Check, Claim, Clauses, Definition, Expr, From, InputType, LineKind, Override, Periods, Printed,
    Reconcile, RowHead, RowKind, SpreadKind, TableRow, TableRowHead, Tolerance, Value,
};
use crate::text::Span;

/// A place or an expression of a line.
pub(super) enum Part<'a> {
    Place(&'a mut Span),
    Expr(&'a mut Expr),
    /// An expression that may be nothing but a value as it is written.
    Literal(&'a mut Expr),
}

/// Has places in a file's text.
pub(super) trait Places {
    /// Calls `see` with each of them.
    fn each(&mut self, see: &mut dyn FnMut(Part));
}

impl Places for Span {
    fn each(&mut self, see: &mut dyn FnMut(Part)) {
        see(Part::Place(self));
    }
}

impl Places for Expr {
    fn each(&mut self, see: &mut dyn FnMut(Part)) {
        see(Part::Expr(self));
    }
}

impl<T: Places> Places for Option<T> {
    fn each(&mut self, see: &mut dyn FnMut(Part)) {
        if let Some(part) = self {
            part.each(see);
        }
    }
}

impl<T: Places> Places for Vec<T> {
    fn each(&mut self, see: &mut dyn FnMut(Part)) {
        for part in self {
            part.each(see);
        }
    }
}

impl<A: Places, B: Places> Places for (A, B) {
    fn each(&mut self, see: &mut dyn FnMut(Part)) {
        self.0.each(see);
        self.1.each(see);
    }
}

/// Writes [`Places`] for a struct whose parts all have places.
macro_rules! places {
    ($($name:ty { $($field:ident),* })*) => {
        $(impl Places for $name {
            fn each(&mut self, see: &mut dyn FnMut(Part)) {
                $(self.$field.each(see);)*
            }
        })*
    };
}

places! {
    From { source, locator }
    Definition { name, index, unit, value, clauses }
    super::ast::Piece { periods, value, clauses }
    super::ast::ClauseSet { range, from, by, because, implied, allow }
    super::ast::Allow { codes, because }
    super::ast::Spread { span, kind, shape, within }
    super::ast::InputLine { name, ty }
    super::ast::Binder { name, kind, filter }
    Check { binder, condition, tolerance, case, message }
    Reconcile { what, printed, tolerance, case, disputed, clauses }
    Claim { name, sentence, condition, case, holes }
    super::ast::Hole { name, value, format }
    super::ast::OutputLine { what, label }
    TableRow { span, head, cells, tolerance, case, disputed, clauses }
    RowHead { span, what, unit }
    Cell { span, value }
    Override { span, path, change, clauses }
}

impl Places for Clauses {
    fn each(&mut self, see: &mut dyn FnMut(Part)) {
        if let Some(set) = &mut self.0 {
            set.each(see);
        }
    }
}

impl Places for SpreadKind {
    fn each(&mut self, see: &mut dyn FnMut(Part)) {
        match self {
            SpreadKind::Between { low, high, mode } => {
                low.each(see);
                high.each(see);
                mode.each(see);
            }
            SpreadKind::Normal { mean, sd } => {
                mean.each(see);
                sd.each(see);
            }
            SpreadKind::Lognormal { mu, sigma } => {
                mu.each(see);
                sigma.each(see);
            }
            SpreadKind::Discrete(values) => values.each(see),
        }
    }
}

impl Places for LineKind {
    fn each(&mut self, see: &mut dyn FnMut(Part)) {
        match self {
            LineKind::Inputs(inputs) => inputs.each(see),
            LineKind::Definition(definition) => definition.each(see),
            LineKind::Check(check) => check.each(see),
            LineKind::Reconcile(reconcile) => reconcile.each(see),
            LineKind::Claim(claim) => claim.each(see),
            LineKind::Output(outputs) => outputs.each(see),
            LineKind::Broken => {}
        }
    }
}

impl Places for InputType {
    fn each(&mut self, see: &mut dyn FnMut(Part)) {
        if let InputType::Unit(unit) = self {
            unit.each(see);
        }
    }
}

impl Places for Value {
    fn each(&mut self, see: &mut dyn FnMut(Part)) {
        match self {
            Value::Scalar(value) => value.each(see),
            Value::Series { pieces, .. } => pieces.each(see),
        }
    }
}

impl Places for Periods {
    fn each(&mut self, see: &mut dyn FnMut(Part)) {
        match self {
            Periods::One(period) | Periods::From(period) => period.each(see),
            Periods::Range(from, to) => {
                from.each(see);
                to.each(see);
            }
        }
    }
}

impl Places for Printed {
    fn each(&mut self, see: &mut dyn FnMut(Part)) {
        match self {
            Printed::One(figure) => figure.each(see),
            Printed::Range { low, high } => {
                low.iter_mut().chain(high).for_each(|end| see(Part::Literal(end)));
            }
        }
    }
}

impl Places for Tolerance {
    fn each(&mut self, see: &mut dyn FnMut(Part)) {
        match self {
            Tolerance::AsPrinted(words) => words.each(see),
            Tolerance::Within(tolerance) => tolerance.each(see),
        }
    }
}

impl Places for TableRowHead {
    fn each(&mut self, see: &mut dyn FnMut(Part)) {
        match self {
            TableRowHead::Row(head) => head.each(see),
            TableRowHead::Entity(name) => name.each(see),
        }
    }
}

impl Places for RowKind {
    fn each(&mut self, see: &mut dyn FnMut(Part)) {
        match self {
            RowKind::Define { name, index, .. } => {
                name.each(see);
                index.each(see);
            }
            RowKind::Reconcile { what } => what.each(see),
        }
    }
}

impl Places for Change {
    fn each(&mut self, see: &mut dyn FnMut(Part)) {
        match self {
            Change::Set(value) => value.each(see),
            Change::Candidate(from) => from.each(see),
            Change::Plus(value) | Change::Minus(value) | Change::Times(value) => value.each(see),
            Change::Low | Change::High | Change::Broken => {}
        }
    }
}
