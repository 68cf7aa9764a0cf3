//! What an expression is made of: the expressions right below it, and the names that it looks at.

use crate::builtin::Builtin;

use super::{Argument, Binder, Expr, ExprKind, KindId, LocalId, Slot, VariableId};

/// Shows `$see` every expression right below a node, in the order in which they are written. It is a macro so that looking
/// and changing are one list: a new kind of expression is added here, and nowhere else can forget its children.
macro_rules! each_below {
    ($kind:expr, $see:expr, $iter:ident $(, $mutable:tt)?) => {
        match $kind {
            ExprKind::Let { value, body, .. } => {
                $see(value);
                $see(body);
            }
            ExprKind::Inlined { body: operand, .. }
            | ExprKind::Shift { operand, .. }
            | ExprKind::At { operand, .. }
            | ExprKind::RollUp { operand, .. }
            | ExprKind::Unary { operand, .. }
            | ExprKind::Under { operand, .. }
            | ExprKind::Expected(operand) => $see(operand),
            ExprKind::Binary { left, right, .. } => {
                $see(left);
                $see(right);
            }
            ExprKind::Compare { operands, .. } => operands.$iter().for_each($see),
            ExprKind::If { condition, then, otherwise } => {
                $see(condition);
                $see(then);
                $see(otherwise);
            }
            ExprKind::Call { arguments, .. } => {
                for argument in arguments {
                    match argument {
                        Argument::Expr(operand) | Argument::Slice { operand, .. } => $see(operand),
                        Argument::Period { .. } => {}
                    }
                }
            }
            ExprKind::Aggregate(aggregate) => {
                aggregate.of.$iter().for_each(&mut $see);
                aggregate.filter.$iter().for_each(&mut $see);
                $see(&$($mutable)? aggregate.body);
            }
            ExprKind::Number(_)
            | ExprKind::Text(_)
            | ExprKind::YesNo(_)
            | ExprKind::Missing { .. }
            | ExprKind::Own(_)
            | ExprKind::Variable(_)
            | ExprKind::Bound { .. }
            | ExprKind::Member { .. }
            | ExprKind::Entity { .. }
            | ExprKind::Local(_) => {}
        }
    };
}

/// A thing that a formula looks at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Name {
    Variable(VariableId),
    /// One of the members of an indexed name.
    Member(VariableId),
    /// An attribute of the formula's own entity.
    Own(Slot),
    /// An attribute of every entity of a kind.
    Each(KindId, Slot),
    /// Which entities a kind has.
    Kind(KindId),
}

impl Expr {
    /// Looks at the expressions right below it, in the order in which they are written.
    pub fn each_child<'e>(&'e self, mut see: impl FnMut(&'e Expr)) {
        each_below!(&self.kind, see, iter);
    }

    /// Changes the expressions right below it, in the order in which they are written.
    pub fn each_child_mut(&mut self, see: impl FnMut(&mut Expr)) {
        self.kind.each_child_mut(see);
    }

    /// The expressions right below it, in the order in which they are written.
    pub fn children(&self) -> Vec<&Expr> {
        let mut below = Vec::new();
        self.each_child(|child| below.push(child));
        below
    }

    /// Whether it looks at another case by itself.
    pub fn is_crossing(&self) -> bool {
        match &self.kind {
            ExprKind::Under { .. } | ExprKind::Expected(_) => true,
            ExprKind::Call { builtin, .. } => *builtin == Builtin::Expected,
            _ => false,
        }
    }

    /// Whether anything in it looks at another case.
    pub fn crosses(&self) -> bool {
        let mut open = vec![self];
        while let Some(expr) = open.pop() {
            if expr.is_crossing() {
                return true;
            }
            expr.each_child(|child| open.push(child));
        }
        false
    }

    /// Looks at every name in it, and whether that is looked at in another case.
    pub fn names(&self, mut see: impl FnMut(Name, bool)) {
        let mut bound = Bound::default();
        let mut open = vec![(self, false)];
        while let Some((expr, crossing)) = open.pop() {
            match &expr.kind {
                ExprKind::Variable(variable) => see(Name::Variable(*variable), crossing),
                ExprKind::Own(slot) => see(Name::Own(*slot), crossing),
                ExprKind::Member { members, .. } => {
                    members.iter().for_each(|(_, variable)| see(Name::Member(*variable), crossing));
                }
                ExprKind::Bound { binder, slot } => {
                    bound.kind(*binder).into_iter().for_each(|kind| see(Name::Each(kind, *slot), crossing));
                }
                ExprKind::Aggregate(aggregate) => {
                    bound.kinds.push((aggregate.binder, aggregate.kind));
                    see(Name::Kind(aggregate.kind), crossing);
                }
                ExprKind::Let { local, value, .. } => bound.locals.push((*local, &**value)),
                // A let's value is looked at where its local stands, which may be in another case.
                ExprKind::Local(local) if crossing => open.extend(bound.take(*local).map(|value| (value, true))),
                _ => {}
            }
            let crossing = crossing || expr.is_crossing();
            expr.each_child(|child| open.push((child, crossing)));
        }
    }
}

impl ExprKind {
    /// Changes the expressions right below a node of this kind, in the order in which they are written.
    pub fn each_child_mut(&mut self, mut see: impl FnMut(&mut Expr)) {
        each_below!(self, see, iter_mut, mut);
    }
}

/// What the binders and locals of a formula stand for, as far as it was looked at.
#[derive(Default)]
struct Bound<'e> {
    kinds: Vec<(Binder, KindId)>,
    locals: Vec<(LocalId, &'e Expr)>,
}

impl<'e> Bound<'e> {
    fn kind(&self, binder: Binder) -> Option<KindId> {
        self.kinds.iter().find(|(other, _)| *other == binder).map(|(_, kind)| *kind)
    }

    /// The value of a local; once, since looking at it again would show nothing new.
    fn take(&mut self, local: LocalId) -> Option<&'e Expr> {
        let at = self.locals.iter().position(|(other, _)| *other == local)?;
        Some(self.locals.swap_remove(at).1)
    }
}
