//! Entities and kinds with what they hold.

use serde::Serialize;

use crate::model::{self, Model, Type};
use crate::text::{Location, Sources};

/// An entity and its values.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Entity {
    pub name: String,
    pub label: String,
    /// The name of its kind.
    pub kind: String,
    /// The entity that it takes its lines from.
    pub like: Option<String>,
    pub place: Option<Location>,
    /// By their paths.
    pub values: Vec<Attribute>,
}

/// A kind, what every entity of it has, and which there are.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Kind {
    pub name: String,
    pub label: String,
    pub place: Option<Location>,
    /// By their names.
    pub attributes: Vec<Attribute>,
    pub entities: Vec<String>,
}

/// One value of an entity or a kind.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Attribute {
    pub name: String,
    /// Its unit, or in words what it is if it has none: `text`, `yes/no`, `a pure number`.
    pub measure: String,
}

impl Entity {
    pub(super) fn named(model: &Model, sources: &Sources, word: &str) -> Option<Entity> {
        let entity = model.entity(model.entity_named(word)?);
        let values = entity.slots.iter().map(|id| model.variable(*id));
        Some(Entity {
            name: entity.name.to_string(),
            label: entity.label.to_string(),
            kind: model.kind(entity.kind).name.to_string(),
            like: entity.like.map(|other| model.entity(other).name.to_string()),
            place: sources.location(entity.place),
            values: values.map(|one| Attribute::of(model, &one.path, &one.ty, &one.unit.symbol)).collect(),
        })
    }
}

impl Kind {
    pub(super) fn named(model: &Model, sources: &Sources, word: &str) -> Option<Kind> {
        let kind = model.kind(model.kind_named(word)?);
        let attribute = |one: &model::Attribute| Attribute::of(model, &one.name, &one.ty, &one.unit.symbol);
        Some(Kind {
            name: kind.name.to_string(),
            label: kind.label.to_string(),
            place: sources.location(kind.place),
            attributes: kind.attributes.iter().map(attribute).collect(),
            entities: kind.entities.iter().map(|id| model.entity(*id).name.to_string()).collect(),
        })
    }
}

impl Attribute {
    fn of(model: &Model, name: &str, ty: &Type, symbol: &str) -> Attribute {
        let measure = match ty {
            Type::Text => "text".to_string(),
            Type::YesNo => "yes/no".to_string(),
            Type::Number(dimension) if symbol.is_empty() => model.units.describe(dimension),
            Type::Number(_) => symbol.to_string(),
        };
        Attribute { name: name.to_string(), measure }
    }
}
