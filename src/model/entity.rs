//! `Kind`: what entities of a sort have in common; `Entity`: one of them.

use std::sync::Arc;

use crate::text::Place;
use crate::units::Unit;

use super::{SeriesKind, Type, VariableId};

/// Which kind of a model.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct KindId(pub u32);

/// Which entity of a model.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EntityId(pub u32);

/// Which attribute of an entity: first those of its kind, in the kind's order, then its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Slot(pub u32);

/// A kind, its attributes and its entities.
#[derive(Debug, Clone)]
pub struct Kind {
    pub name: Arc<str>,
    pub label: Arc<str>,
    pub attributes: Vec<Attribute>,
    pub entities: Vec<EntityId>,
    pub place: Place,
}

/// What every entity of a kind has.
#[derive(Debug, Clone)]
pub struct Attribute {
    pub name: Arc<str>,
    pub ty: Type,
    pub series: Option<SeriesKind>,
    pub unit: Unit,
    pub place: Place,
}

/// One entity; `slots` holds a variable for every attribute of its kind, then for its own names.
#[derive(Debug, Clone)]
pub struct Entity {
    pub name: Arc<str>,
    pub label: Arc<str>,
    pub kind: KindId,
    pub like: Option<EntityId>,
    pub slots: Vec<VariableId>,
    pub place: Place,
}

impl Entity {
    /// The variable of an attribute.
    pub fn variable(&self, slot: Slot) -> VariableId {
        self.slots[slot.0 as usize]
    }
}
