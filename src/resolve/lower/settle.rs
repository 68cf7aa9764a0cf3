//! Gathered lines to entries: attributes of kinds, entities with what they inherit, top-level names.

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use crate::model::{EntityId, KindId, MissingCode, Provenance, Role, Slot, VariableId};
use crate::text::Place;

use super::super::Resolver;
use super::super::error::ResolveError;
use super::super::names::listed;
use super::super::symbols::{Content, EntityDef, Entry, Line, Literal, Named, Own, Owner, Piece};
use super::Key;

/// A line and the candidates beside it.
type Settled = (Arc<Line>, Vec<Arc<Line>>);

impl<'a> Resolver<'a> {
    /// Makes an entry for every top-level name and every attribute of every entity.
    pub(in super::super) fn settle(&mut self) {
        let own = self.own_keys();
        let attributes = |entity: &EntityDef| self.symbols.kind(entity.kind).attributes.len();
        let entries: usize = self.symbols.entities.iter().map(attributes).sum();
        if let Some(last) = self.symbols.entities.last().map(|entity| entity.place).filter(|_| entries > self.values)
            && !self.counts(entries - self.values, last)
        {
            return;
        }
        self.symbols.entries.reserve(entries);
        self.top_level();
        for kind in 0..self.symbols.kinds.len() {
            self.kind_lines(KindId(kind as u32));
        }
        for entity in self.parents_first() {
            let keys = own.get(&entity).map_or(&[][..], |keys| keys);
            self.entity(entity, keys);
        }
        self.shared_names();
    }

    fn shared_names(&mut self) {
        let of_kinds = self.symbols.kinds.iter().flat_map(|kind| kind.named.keys());
        let own = self.symbols.entities.iter().flat_map(|entity| entity.own.keys());
        let inner: HashSet<&Arc<str>> = of_kinds.chain(own).collect();
        let last = |name: &str| name.rsplit('.').next().unwrap_or(name).into();
        let top = self.symbols.names.keys().map(|name| last(name));
        self.symbols.shared = top.filter(|name: &Arc<str>| inner.contains(name)).collect();
    }

    fn own_keys(&self) -> BTreeMap<EntityId, Vec<Key>> {
        let mut own: BTreeMap<EntityId, Vec<Key>> = BTreeMap::new();
        for key in self.gathered.keys() {
            if let Owner::Entity(entity) = key.0 {
                own.entry(entity).or_default().push(key.clone());
            }
        }
        own
    }

    fn top_level(&mut self) {
        let keys: Vec<Key> = self.gathered.keys().filter(|key| key.0 == Owner::Book).cloned().collect();
        for key in keys {
            let Some((line, candidates)) = self.take(&key) else { continue };
            let (_, name, index) = key;
            let id = VariableId(self.symbols.entries.len() as u32);
            let named = match (index, self.symbols.names.get_mut(&*name)) {
                (Some(index), Some(Named::Family(members))) => {
                    members.push((index, id));
                    true
                }
                (Some(index), _) => self.name(name.to_string(), line.place, Named::Family(vec![(index, id)])),
                (None, _) => self.name(name.to_string(), line.place, Named::Value(id)),
            };
            if named {
                self.entry(name, None, index, None, (line, candidates));
            }
        }
    }

    /// The one line of a key; one that has only `also` lines is reported.
    fn take(&mut self, key: &Key) -> Option<Settled> {
        self.take_or(key, None)
    }

    /// The one line of a key, or what stands below it: the line of the entity it is like, or the kind's default.
    /// `also` lines alone add candidates to what stands below.
    fn take_or(&mut self, key: &Key, below: Option<Settled>) -> Option<Settled> {
        let Some(lines) = self.gathered.take(key) else { return below };
        let (line, candidates) = self.settled(&key.1, lines);
        if line.is_none()
            && let Some((line, mut others)) = below
        {
            others.extend(candidates.into_iter().map(Arc::new));
            return Some((line, others));
        }
        if line.is_none()
            && let Some(first) = candidates.first()
        {
            let what = "main definition of".to_string();
            let help = "drop `also` from one of its lines".to_string();
            let error = ResolveError::Unknown { what, name: key.1.to_string(), help, span: first.place.span };
            self.report(first.place.source, &error);
        }
        Some((Arc::new(line?), candidates.into_iter().map(Arc::new).collect()))
    }

    fn kind_lines(&mut self, kind: KindId) {
        for at in 0..self.symbols.kind(kind).attributes.len() {
            let name = self.symbols.kind(kind).attributes[at].name.clone();
            let line = self.take(&(Owner::Kind(kind), name.clone(), None)).map(|(line, _)| line);
            let of_entities = || {
                let entities = self.symbols.kind(kind).entities.iter();
                let mut lines = entities.filter_map(|entity| {
                    let lines = self.gathered.get(&(Owner::Entity(*entity), name.clone(), None))?;
                    lines.lines.iter().find_map(|line| line.frequency)
                });
                lines.next()
            };
            // What one entity says of its own line is not said of the kind's, which the others take over.
            let frequency = match &line {
                Some(line) => line.frequency,
                None => of_entities(),
            };
            let attribute = &mut self.symbols.kinds[kind.0 as usize].attributes[at];
            attribute.frequency = frequency;
            if let Some(line) = line {
                attribute.series = attribute.series.or(line.series);
                if attribute.holds == super::super::symbols::Holds::Anything
                    && let (Some(unit), Some(_)) = (&line.unit, line.pinned)
                {
                    attribute.holds = super::super::symbols::Holds::Number(unit.clone());
                }
                attribute.line = Some(line);
            }
        }
    }

    /// Entities in an order in which each comes after the one it is like; a ring is reported and cut.
    fn parents_first(&mut self) -> Vec<EntityId> {
        let count = self.symbols.entities.len();
        let mut order = Vec::with_capacity(count);
        let mut placed = vec![false; count];
        let mut in_chain = vec![false; count];
        for start in 0..count {
            let mut chain = Vec::new();
            let mut next = Some(EntityId(start as u32));
            while let Some(entity) = next.filter(|entity| !placed[entity.0 as usize]) {
                if in_chain[entity.0 as usize] {
                    let from = chain.iter().position(|other| *other == entity).unwrap_or(0);
                    self.like_ring(&chain[from..]);
                    break;
                }
                in_chain[entity.0 as usize] = true;
                chain.push(entity);
                next = self.symbols.entity(entity).like;
            }
            for entity in chain.into_iter().rev() {
                placed[entity.0 as usize] = true;
                order.push(entity);
            }
        }
        order
    }

    fn like_ring(&mut self, ring: &[EntityId]) {
        let names: Vec<String> =
            ring.iter().chain(&ring[..1]).map(|id| self.symbols.entity(*id).name.to_string()).collect();
        let (name, chain) = (names[0].clone(), names.join(" like "));
        let place = self.symbols.entity(ring[0]).place;
        self.report(place.source, &ResolveError::LikeCycle { name, chain, span: place.span });
        let last = ring[ring.len() - 1];
        self.symbols.entities[last.0 as usize].like = None;
    }

    fn entity(&mut self, entity: EntityId, keys: &[Key]) {
        let def = self.symbols.entity(entity);
        let (kind, like, place) = (def.kind, def.like, def.place);
        let parent: Vec<VariableId> = like.map_or(Vec::new(), |like| self.symbols.entity(like).slots.clone());
        let mut lacking = Vec::new();
        for at in 0..self.symbols.kind(kind).attributes.len() {
            let attribute = &self.symbols.kind(kind).attributes[at];
            let (name, optional, default) = (attribute.name.clone(), attribute.optional, attribute.line.clone());
            let inherited = parent.get(at).map(|id| self.symbols.entries[id.0 as usize].clone());
            let of_parent = inherited.map(|entry| (entry.line, entry.candidates));
            let below = of_parent.or(default.map(|line| (line, Vec::new())));
            let settled = self.take_or(&(Owner::Entity(entity), name.clone(), None), below).unwrap_or_else(|| {
                if !optional {
                    lacking.push(Slot(at as u32));
                }
                (Arc::new(left_out(entity, place, optional)), Vec::new())
            });
            self.slot(entity, name, None, settled);
        }
        self.lacking(entity, &lacking);
        self.own_names(entity, &parent, keys);
    }

    /// Names that the kind does not have: the parent's, then the entity's own.
    fn own_names(&mut self, entity: EntityId, parent: &[VariableId], keys: &[Key]) {
        let kind = self.symbols.entity(entity).kind;
        let shared = self.symbols.kind(kind).attributes.len();
        for id in parent.iter().skip(shared) {
            let entry = self.symbols.entries[id.0 as usize].clone();
            let below = Some((entry.line, entry.candidates));
            let Some(settled) = self.take_or(&(Owner::Entity(entity), entry.name.clone(), entry.index), below) else {
                continue;
            };
            self.slot(entity, entry.name, entry.index, settled);
        }
        for key in keys {
            let clash = key.2.is_some() && self.symbols.attribute(kind, &key.1).is_some();
            let Some(settled) = self.take(key) else { continue };
            if clash {
                let first = self.symbols.kind(kind).place;
                let help = "the kind has an attribute of this name without an index: rename one of the two";
                self.duplicate(&key.1.clone(), settled.0.place, first, help);
                continue;
            }
            self.slot(entity, key.1.clone(), key.2, settled);
        }
    }

    fn slot(&mut self, entity: EntityId, name: Arc<str>, index: Option<EntityId>, settled: Settled) {
        let slot = Slot(self.symbols.entity(entity).slots.len() as u32);
        let is_own = slot.0 as usize >= self.symbols.kind(self.symbols.entity(entity).kind).attributes.len();
        if is_own && !self.own_name(entity, &name, index, slot, settled.0.place) {
            return;
        }
        let id = self.entry(name, Some(entity), index, Some(slot), settled);
        self.symbols.entities[entity.0 as usize].slots.push(id);
    }

    fn own_name(
        &mut self,
        entity: EntityId,
        name: &Arc<str>,
        index: Option<EntityId>,
        slot: Slot,
        place: Place,
    ) -> bool {
        let own = &mut self.symbols.entities[entity.0 as usize].own;
        match (own.get_mut(name), index) {
            (None, None) => own.insert(name.clone(), Own::Slot(slot)).is_none(),
            (None, Some(index)) => own.insert(name.clone(), Own::Family(vec![(index, slot)])).is_none(),
            (Some(Own::Family(members)), Some(index)) => {
                members.push((index, slot));
                true
            }
            (Some(_), _) => {
                let first = self.symbols.entity(entity).place;
                let help = "a name has an index in all its lines or in none";
                self.duplicate(&name.clone(), place, first, help);
                false
            }
        }
    }

    fn entry(
        &mut self,
        name: Arc<str>,
        entity: Option<EntityId>,
        index: Option<EntityId>,
        slot: Option<Slot>,
        (line, candidates): Settled,
    ) -> VariableId {
        let id = VariableId(self.symbols.entries.len() as u32);
        let path = self.path(&name, entity, index);
        let place = line.place;
        self.symbols.entries.push(Entry { path, name, entity, index, slot, line, candidates, place });
        id
    }

    /// `co.units[c1]`
    fn path(&self, name: &Arc<str>, entity: Option<EntityId>, index: Option<EntityId>) -> Arc<str> {
        let of = |entity: EntityId| &*self.symbols.entity(entity).name;
        match (entity.map(of), index.map(of)) {
            (None, None) => name.clone(),
            (Some(entity), None) => [entity, ".", name].concat().into(),
            (None, Some(index)) => [name, "[", index, "]"].concat().into(),
            (Some(entity), Some(index)) => [entity, ".", name, "[", index, "]"].concat().into(),
        }
    }

    /// Reports what an entity lacks, except what a line seems to give that could not be read.
    fn lacking(&mut self, entity: EntityId, lacking: &[Slot]) {
        let def = self.symbols.entity(entity);
        let kind = self.symbols.kind(def.kind);
        let attributes = lacking.iter().map(|slot| &kind.attributes[slot.0 as usize]);
        let attributes: Vec<_> = attributes.filter(|attribute| !self.symbols.is_broken(&attribute.name)).collect();
        if attributes.is_empty() || self.orphans.contains(&entity) {
            return;
        }
        let names: Vec<Arc<str>> = attributes.iter().map(|attribute| attribute.name.clone()).collect();
        let asked: Vec<_> = attributes
            .iter()
            .map(|attribute| (attribute.place, format!("`{}` is asked for here", attribute.name)))
            .collect();
        let place = def.place;
        let error = ResolveError::MissingInputs {
            entity: def.name.to_string(),
            names: listed(&names),
            missing: names.iter().map(|name| name.to_string()).collect(),
            span: place.span,
            kind: kind.name.to_string(),
        };
        let problem = self.report(place.source, &error);
        problem.labels.extend(asked.into_iter().map(|(place, text)| crate::diagnostic::Label { place, text }));
    }
}

/// What stands for an input that an instance leaves out.
fn left_out(entity: EntityId, place: Place, optional: bool) -> Line {
    let reason = if optional { "not stated" } else { "not given" };
    let value = Literal::Missing(MissingCode::Na, Some(reason.into()));
    let piece = Piece {
        window: None,
        content: Content::Literal { value, text: "NA".into(), place },
        role: Role::Given,
        provenance: Arc::new(Provenance::default()),
        range: None,
        place,
    };
    Line {
        owner: Owner::Entity(entity),
        series: None,
        unit: None,
        pinned: None,
        frequency: None,
        pieces: vec![piece],
        interpolation: None,
        place,
    }
}
