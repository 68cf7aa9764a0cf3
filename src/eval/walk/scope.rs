//! `Scope`: what names mean where a formula is being looked at.

use std::cell::RefCell;

use crate::model::{Binder, CaseId, EntityId, EntityRef, Expr, LocalId};
use crate::value::Scalar;

/// The case, the entity, and the names that aggregates and lets have bound.
///
/// `V` is what a let is known to be: a value, or a step of a sweep.
#[derive(Clone, Copy)]
pub(in crate::eval) struct Scope<'a, V = Scalar> {
    pub case: CaseId,
    pub entity: Option<EntityId>,
    bound: Option<&'a Bound<'a>>,
    locals: Option<&'a Held<'a, V>>,
}

/// An entity that an aggregate has in hand.
pub(in crate::eval) struct Bound<'a> {
    pub binder: Binder,
    pub entity: EntityId,
    outer: Option<&'a Bound<'a>>,
}

/// A let's expression, where it was written, and the values it is known to have.
pub(in crate::eval) struct Held<'a, V = Scalar> {
    local: LocalId,
    pub value: &'a Expr,
    pub scope: Scope<'a, V>,
    known: RefCell<Vec<(CaseId, usize, V)>>,
}

impl<'a, V: Copy> Scope<'a, V> {
    /// The scope of a formula that belongs to an entity, or to none.
    pub fn new(case: CaseId, entity: Option<EntityId>) -> Scope<'a, V> {
        Scope { case, entity, bound: None, locals: None }
    }

    /// The same names in another case.
    pub fn in_case(self, case: CaseId) -> Scope<'a, V> {
        Scope { case, ..self }
    }

    /// An entity taken in hand.
    pub fn bind(self, binder: Binder, entity: EntityId) -> Bound<'a> {
        Bound { binder, entity, outer: self.bound }
    }

    /// This scope with an entity in hand.
    pub fn with_bound<'b>(self, bound: &'b Bound<'b>) -> Scope<'b, V>
    where
        'a: 'b,
    {
        Scope { case: self.case, entity: self.entity, bound: Some(bound), locals: self.locals }
    }

    /// This scope with one more local.
    pub fn with_local<'b>(self, held: &'b Held<'b, V>) -> Scope<'b, V>
    where
        'a: 'b,
    {
        Scope { case: self.case, entity: self.entity, bound: self.bound, locals: Some(held) }
    }

    /// The entity a binder has in hand.
    pub fn bound(&self, binder: Binder) -> Option<EntityId> {
        let mut next = self.bound;
        while let Some(bound) = next {
            if bound.binder == binder {
                return Some(bound.entity);
            }
            next = bound.outer;
        }
        None
    }

    /// The entity that is meant.
    pub fn entity_of(&self, of: EntityRef) -> Option<EntityId> {
        match of {
            EntityRef::This => self.entity,
            EntityRef::Bound(binder) => self.bound(binder),
            EntityRef::Fixed(entity) => Some(entity),
        }
    }

    /// What a local stands for.
    pub fn held(&self, local: LocalId) -> Option<&'a Held<'a, V>> {
        let mut next = self.locals;
        while let Some(held) = next {
            if held.local == local {
                return Some(held);
            }
            next = held.scope.locals;
        }
        None
    }
}

impl<'a, V: Copy> Held<'a, V> {
    /// An expression under a local name, not looked at yet.
    pub fn new(local: LocalId, value: &'a Expr, scope: Scope<'a, V>) -> Held<'a, V> {
        Held { local, value, scope, known: RefCell::new(Vec::new()) }
    }

    /// The value in a case at an index, if it was looked at before.
    pub fn known(&self, case: CaseId, index: usize) -> Option<V> {
        let known = self.known.borrow();
        known.iter().rev().find(|(at, period, _)| (*at, *period) == (case, index)).map(|(_, _, value)| *value)
    }

    /// Remembers a value.
    pub fn keep(&self, case: CaseId, index: usize, value: V) {
        self.known.borrow_mut().push((case, index, value));
    }
}
