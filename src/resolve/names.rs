//! Which definition a name means, seen from a file and a block.

use std::sync::Arc;

use crate::model::{EntityId, KindId, Slot};
use crate::text::{SourceId, nearest};

use super::symbols::{EntityDef, FunctionDef, KindDef, Named, Own, Owner, RateBasis, RateDef, Symbols};

impl Symbols {
    /// What a top-level name means in a file.
    pub fn named(&self, source: SourceId, name: &str) -> Option<&Named> {
        self.named_in(self.space(source), name)
    }

    /// What a name of another book means.
    pub fn named_in(&self, space: &str, name: &str) -> Option<&Named> {
        if space.is_empty() {
            return self.names.get(name);
        }
        self.names.get(&format!("{space}{name}"))
    }

    /// What a name of an entity or a kind means.
    pub fn own(&self, owner: Owner, name: &str) -> Option<Own> {
        match owner {
            Owner::Book => None,
            Owner::Kind(kind) => self.attribute(kind, name).map(Own::Slot),
            Owner::Entity(entity) => {
                let entity = self.entity(entity);
                self.attribute(entity.kind, name).map(Own::Slot).or_else(|| entity.own.get(name).cloned())
            }
        }
    }

    /// An attribute of a kind.
    pub fn attribute(&self, kind: KindId, name: &str) -> Option<Slot> {
        self.kind(kind).named.get(name).copied()
    }

    /// The function a call means in a file.
    pub fn function(&self, source: SourceId, name: &str) -> Option<usize> {
        let space = self.space(source);
        let here = (!space.is_empty()).then(|| self.function_names.get(&format!("{space}{name}"))).flatten();
        here.or_else(|| self.function_names.get(name)).copied()
    }

    /// The rate of a pair and a basis, as a file sees it: of its own book, of the main one, or of the only other that
    /// has one; the flag says that it is the inverse pair's.
    pub fn rate(
        &self,
        source: SourceId,
        from: crate::units::Base,
        to: crate::units::Base,
        basis: RateBasis,
    ) -> Option<(&RateDef, bool)> {
        let is_upright = |rate: &RateDef| (rate.base, rate.quote) == (from, to);
        let of_pair =
            |rate: &&RateDef| rate.basis == basis && (is_upright(rate) || (rate.quote, rate.base) == (from, to));
        let found: Vec<&RateDef> = self.rates.iter().filter(of_pair).collect();
        let of = |space: &str| found.iter().find(|rate| self.space(rate.place.source) == space);
        let only = || if let [only] = found.as_slice() { Some(only) } else { None };
        let rate = of(self.space(source)).or_else(|| of("")).or_else(only)?;
        Some((rate, !is_upright(rate)))
    }

    /// Whether a name stands at top level and in a kind or an entity too.
    pub fn is_shared(&self, name: &str) -> bool {
        self.shared.contains(name)
    }

    /// The entity of an id of this table.
    pub fn entity(&self, id: EntityId) -> &EntityDef {
        &self.entities[id.0 as usize]
    }

    /// The kind of an id of this table.
    pub fn kind(&self, id: KindId) -> &KindDef {
        &self.kinds[id.0 as usize]
    }

    /// The space of a file's names.
    pub fn space(&self, source: SourceId) -> &str {
        self.spaces.get(source.0 as usize).map_or("", |space| space)
    }

    /// Whether a line, an item or a file that could not be read seems to define a name, or a part of one with a dot or a member.
    pub fn is_broken(&self, name: &str) -> bool {
        self.unread || name.split(['.', '[', ']']).any(|part| self.broken_names.contains(part))
    }

    /// Every name that can stand unqualified in an owner's formulas.
    pub fn visible(&self, owner: Owner, source: SourceId) -> Vec<&str> {
        let space = self.space(source);
        let top = self.names.keys().filter_map(|name| name.strip_prefix(space)).filter(|name| !name.contains('.'));
        let own = match owner {
            Owner::Book => Vec::new(),
            Owner::Kind(kind) => self.attribute_names(kind),
            Owner::Entity(entity) => self.names_of(entity),
        };
        own.into_iter().chain(top).collect()
    }

    /// Every name behind an entity's dot.
    pub fn names_of(&self, entity: EntityId) -> Vec<&str> {
        let def = self.entity(entity);
        let own = def.own.keys().map(|name| &**name);
        self.attribute_names(def.kind).into_iter().chain(own).collect()
    }

    /// Every attribute of a kind.
    pub fn attribute_names(&self, kind: KindId) -> Vec<&str> {
        self.kind(kind).attributes.iter().map(|attribute| &*attribute.name).collect()
    }

    /// Every function that can be called in a file.
    pub fn function_names(&self) -> impl Iterator<Item = &str> {
        self.function_names.keys().map(String::as_str)
    }

    /// Every function with what it is called by.
    pub fn functions(&self) -> impl Iterator<Item = (&str, &FunctionDef)> {
        self.function_names.iter().map(|(name, at)| (name.as_str(), &self.functions[*at]))
    }

    /// Every top-level name and what it stands for, sorted.
    pub fn names(&self) -> impl Iterator<Item = (&str, &Named)> {
        self.names.iter().map(|(name, named)| (name.as_str(), named))
    }

    /// The slot of an entity's attribute or own name.
    pub fn slot_of(&self, entity: EntityId, name: &str) -> Option<Own> {
        self.own(Owner::Entity(entity), name)
    }
}

/// The help of an unknown name: the nearest, or what to do.
pub fn did_you_mean<'a>(name: &str, names: impl IntoIterator<Item = &'a str>, otherwise: &str) -> String {
    match nearest(name, names.into_iter().filter(|other| *other != name)) {
        Some(near) => format!("did you mean `{near}`?"),
        None => otherwise.to_string(),
    }
}

/// Names in a row: `a`, `b` and `c`.
pub fn listed(names: &[Arc<str>]) -> String {
    let quoted: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    match quoted.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} and {last}", rest.join(", ")),
        Some((last, _)) => last.clone(),
        None => String::new(),
    }
}
