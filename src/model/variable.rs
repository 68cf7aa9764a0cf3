//! `Variable`: one path of the model, its type, its unit and its definition.

use std::sync::Arc;

use crate::calendar::Frequency;
use crate::text::Place;
use crate::units::Unit;

use super::{Candidate, Definition, EntityId, Ranged, Type};

pub use crate::word::SeriesKind;

/// Which variable of a model.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct VariableId(pub u32);

/// One path: an attribute of an entity, a top-level name, one member of an indexed name, or a hidden expression of a
/// check, a reconcile, a claim or a report.
#[derive(Debug, Clone)]
pub struct Variable {
    /// `co.revenue`, `co.units[c1]`, `rf`; for hidden ones the text of the expression.
    pub path: Arc<str>,
    /// The last part of the path without an index.
    pub name: Arc<str>,
    pub label: Option<Arc<str>>,
    pub entity: Option<EntityId>,
    /// The entity in brackets of an indexed name.
    pub index: Option<EntityId>,
    pub ty: Type,
    /// The frequency of a series; nothing for a value without time.
    pub time: Option<Frequency>,
    pub series: Option<SeriesKind>,
    /// How it is shown.
    pub unit: Unit,
    /// Shared by all entities of a kind that use the kind's formula, or a `like` entity's line.
    pub definition: Arc<Definition>,
    /// How its pieces vary, in the order of time: `range 9..14 pert`.
    pub ranges: Vec<Ranged>,
    /// Values of other sources that were not chosen.
    pub candidates: Vec<Candidate>,
    pub hidden: bool,
    pub place: Place,
}
