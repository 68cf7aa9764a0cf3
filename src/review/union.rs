//! `Union`: one model that holds what either revision holds, so that any mixture of the two can be computed.
//!
//! It is the current model with the same ids; what only the baseline has stands behind it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::model::{
    Attribute, Case, CaseId, Change, Definition, Entity, EntityId, Kind, KindId, Model, Name, Override, Slot, Variable,
    VariableId,
};

use super::family::families;
use super::pair::{Pairs, are_alike};
use super::span::Spans;
use super::translate::Ids;

/// Both models in one, and where the ids of each are in it.
#[derive(Debug, Clone)]
pub struct Union {
    /// The current model with what only the baseline has; nothing that it is held against.
    pub model: Model,
    pub baseline: Ids,
    pub current: Ids,
    /// Its own calendar has the periods of both.
    pub spans: Spans,
}

impl Union {
    /// Lays two models over each other.
    pub fn of(baseline: &Model, current: &Model, pairs: &Pairs) -> Union {
        let spans = Spans::of(baseline, current);
        let (from_baseline, from_current) = spans.ways();
        let ids = Ids { shifts: from_baseline, ..ids(baseline, current, pairs) };
        let model = Model { timelines: spans.whole.clone(), ..bare(current) };
        let mut building = Building { baseline, current, pairs, ids, model };
        building.kinds();
        building.variables();
        building.slots();
        building.cases();
        let Building { model, mut ids, .. } = building;
        let mut own = Ids { shifts: from_current, ..own_ids(current) };
        ids.families = families(&model);
        own.families = ids.families.clone();
        let mut union = Union { model, baseline: ids, current: own, spans };
        union.define(baseline, current);
        union
    }

    /// Gives every variable its definition: the current one, or the baseline's if there is no current one.
    fn define(&mut self, baseline: &Model, current: &Model) {
        let (old_shared, new_shared) = (&mut Shared::default(), &mut Shared::default());
        let mut all: BTreeMap<usize, Arc<Definition>> = BTreeMap::new();
        for (at, old) in baseline.variables.iter().enumerate().filter(|(_, old)| !old.hidden) {
            let id = self.baseline.variables[at].0 as usize;
            if id >= self.current.variables.len() {
                all.insert(id, self.baseline_definition(baseline, old, old_shared));
            }
        }
        for (at, new) in current.variables.iter().enumerate() {
            all.insert(at, new_shared.moved(&self.current, current, new));
        }
        for (at, definition) in all {
            self.model.variables[at].definition = definition;
        }
        for case in 0..current.cases.len() {
            let overrides = current.cases[case].overrides.iter();
            self.model.cases[case].overrides =
                overrides.filter_map(|line| moved(line, &self.current, current)).collect();
        }
    }

    /// A baseline variable's definition in the union's ids; entities that share one go on sharing it.
    pub fn baseline_definition(&self, baseline: &Model, old: &Variable, shared: &mut Shared) -> Arc<Definition> {
        shared.moved(&self.baseline, baseline, old)
    }
}

/// An override in the ids of the union; nothing if its periods are outside of the union's timeline.
pub fn moved(line: &Override, ids: &Ids, model: &Model) -> Option<Override> {
    let time = model.variable(line.variable).time;
    let window = match line.window {
        Some(window) => Some(ids.window(window, time)?),
        None => None,
    };
    let change = match &line.change {
        Change::Set(definition) => Change::Set(ids.definition(definition, None, time)),
        Change::Shift(amount) => Change::Shift(ids.formula(amount, None)),
        Change::Scale(amount) => Change::Scale(ids.formula(amount, None)),
    };
    Some(Override { variable: ids.variables[line.variable.0 as usize], window, change, ..line.clone() })
}

/// Definitions that were moved into the union already.
#[derive(Debug, Default)]
pub struct Shared {
    moved: BTreeMap<(usize, Option<EntityId>), Arc<Definition>>,
    /// Whether a definition looks at attributes that the kind of its entity does not have.
    own: BTreeMap<usize, bool>,
}

impl Shared {
    /// A definition in the union's ids. A kind's formula looks at attributes of the kind only, so all entities share it.
    fn moved(&mut self, ids: &Ids, model: &Model, variable: &Variable) -> Arc<Definition> {
        let address = Arc::as_ptr(&variable.definition) as usize;
        let width = variable.entity.map_or(0, |entity| model.kind(model.entity(entity).kind).attributes.len());
        let is_own = *self.own.entry(address).or_insert_with(|| looks_beyond(&variable.definition, width));
        let key = (address, variable.entity.filter(|_| is_own));
        let made = || Arc::new(ids.definition(&variable.definition, variable.entity, variable.time));
        self.moved.entry(key).or_insert_with(made).clone()
    }
}

fn looks_beyond(definition: &Definition, width: usize) -> bool {
    let mut beyond = false;
    for piece in &definition.pieces {
        let own_beyond = |name| matches!(name, Name::Own(slot) if slot.0 as usize >= width);
        piece.formula.expr.names(|name, _| beyond |= own_beyond(name));
    }
    beyond
}

/// The current model without what it is held against; outputs stay.
fn bare(current: &Model) -> Model {
    Model {
        checks: Vec::new(),
        reconciles: Vec::new(),
        claims: Vec::new(),
        reports: Vec::new(),
        studies: Vec::new(),
        ..current.clone()
    }
}

fn ids(baseline: &Model, current: &Model, pairs: &Pairs) -> Ids {
    let next = |len: usize, taken: &mut u32| {
        let id = len as u32 + *taken;
        *taken += 1;
        id
    };
    let (mut variables, mut entities, mut kinds, mut cases) = (0, 0, 0, 0);
    let alike = |at: usize, new: &VariableId| are_alike(&baseline.variables[at], current.variable(*new));
    Ids {
        variables: (pairs.variables.iter().enumerate())
            .map(|(at, new)| new.filter(|new| alike(at, new)))
            .map(|new| new.unwrap_or_else(|| VariableId(next(current.variables.len(), &mut variables))))
            .collect(),
        entities: (pairs.entities.iter())
            .map(|new| new.unwrap_or_else(|| EntityId(next(current.entities.len(), &mut entities))))
            .collect(),
        kinds: (pairs.kinds.iter())
            .map(|new| new.unwrap_or_else(|| KindId(next(current.kinds.len(), &mut kinds))))
            .collect(),
        cases: (pairs.cases.iter())
            .map(|new| new.unwrap_or_else(|| CaseId(next(current.cases.len(), &mut cases))))
            .collect(),
        ..Ids::default()
    }
}

/// The ids of the current model in the union: its own.
fn own_ids(current: &Model) -> Ids {
    let slots = |count: usize| (0..count as u32).map(Slot).collect::<Vec<_>>();
    Ids {
        variables: (0..current.variables.len() as u32).map(VariableId).collect(),
        entities: (0..current.entities.len() as u32).map(EntityId).collect(),
        kinds: (0..current.kinds.len() as u32).map(KindId).collect(),
        cases: (0..current.cases.len() as u32).map(CaseId).collect(),
        of_kind: current.kinds.iter().map(|kind| slots(kind.attributes.len())).collect(),
        of_entity: current.entities.iter().map(|entity| slots(entity.slots.len())).collect(),
        ..Ids::default()
    }
}

struct Building<'a> {
    baseline: &'a Model,
    current: &'a Model,
    pairs: &'a Pairs,
    ids: Ids,
    model: Model,
}

impl Building<'_> {
    /// Adds the baseline's own kinds, entities and the attributes that kinds have lost.
    fn kinds(&mut self) {
        for (at, old) in self.baseline.kinds.iter().enumerate() {
            if self.pairs.kinds[at].is_none() {
                self.model.kinds.push(Kind { entities: Vec::new(), ..old.clone() });
            }
        }
        for (at, old) in self.baseline.entities.iter().enumerate() {
            if self.pairs.entities[at].is_some() {
                continue;
            }
            let id = self.ids.entities[at];
            let kind = self.ids.kinds[old.kind.0 as usize];
            let like = old.like.map(|like| self.ids.entities[like.0 as usize]);
            self.model.entities.push(Entity { kind, like, slots: Vec::new(), ..old.clone() });
            let before = self.before(old.kind, EntityId(at as u32));
            let entities = &mut self.model.kinds[kind.0 as usize].entities;
            let place = before.and_then(|before| entities.iter().position(|entity| *entity == before));
            entities.insert(place.map_or(entities.len(), |place| place + 1), id);
        }
    }

    /// The entity that stands before one in the baseline's kind.
    fn before(&self, kind: KindId, entity: EntityId) -> Option<EntityId> {
        let entities = &self.baseline.kind(kind).entities;
        let at = entities.iter().position(|other| *other == entity)?;
        entities.get(at.checked_sub(1)?).map(|before| self.ids.entities[before.0 as usize])
    }

    /// Adds the baseline's own variables, without definitions yet.
    fn variables(&mut self) {
        for (at, old) in self.baseline.variables.iter().enumerate() {
            if (self.ids.variables[at].0 as usize) < self.current.variables.len() {
                continue;
            }
            let of = |entity: Option<EntityId>| entity.map(|entity| self.ids.entities[entity.0 as usize]);
            let (entity, index) = (of(old.entity), of(old.index));
            self.model.variables.push(Variable {
                entity,
                index,
                definition: Arc::new(EMPTY),
                ranges: Vec::new(),
                candidates: Vec::new(),
                ..old.clone()
            });
        }
    }

    /// Gives every entity a slot for each attribute of either model.
    fn slots(&mut self) {
        self.ids.of_kind = self.baseline.kinds.iter().map(|kind| vec![Slot(0); kind.attributes.len()]).collect();
        self.ids.of_entity = self.baseline.entities.iter().map(|entity| vec![Slot(0); entity.slots.len()]).collect();
        for at in 0..self.model.kinds.len() {
            self.slots_of_kind(KindId(at as u32));
        }
    }

    fn slots_of_kind(&mut self, kind: KindId) {
        let old_kind = self.ids.kinds.iter().position(|id| *id == kind);
        let kept: Vec<Attribute> =
            self.current.kinds.get(kind.0 as usize).map_or(Vec::new(), |kind| kind.attributes.clone());
        let old: Vec<Attribute> = old_kind.map_or(Vec::new(), |at| self.baseline.kinds[at].attributes.clone());
        let lost: Vec<Attribute> = old.iter().filter(|old| !self.is_kept(old_kind, old, &kept)).cloned().collect();
        let members: Vec<EntityId> = self.of_kind(kind);
        let width =
            |entity: &EntityId| self.current.entities.get(entity.0 as usize).map_or(0, |entity| entity.slots.len());
        let width = members.iter().map(width).max().unwrap_or(0).max(kept.len());
        for entity in &members {
            self.fill(*entity, &kept, &lost, width);
        }
        let Some(old_kind) = old_kind else { return };
        let slot_of = |at: usize, attribute: &Attribute| match lost.iter().position(|lost| lost.name == attribute.name)
        {
            Some(lost) => Slot((width + lost) as u32),
            None => self.kept_slot(old_kind, at, &kept),
        };
        self.ids.of_kind[old_kind] = old.iter().enumerate().map(|(at, attribute)| slot_of(at, attribute)).collect();
        for (at, entity) in self.baseline.entities.iter().enumerate().filter(|(_, old)| old.kind.0 as usize == old_kind)
        {
            let slots = &self.model.entities[self.ids.entities[at].0 as usize].slots;
            let find =
                |variable: &VariableId| slots.iter().position(|slot| *slot == self.ids.variables[variable.0 as usize]);
            let of_kind = &self.ids.of_kind[old_kind];
            let slots = entity.slots.iter().enumerate().map(|(slot, variable)| match of_kind.get(slot) {
                Some(known) => *known,
                None => Slot(find(variable).unwrap_or(0) as u32),
            });
            self.ids.of_entity[at] = slots.collect();
        }
    }

    /// Whether the current kind has an attribute that stands for one of the baseline.
    fn is_kept(&self, old_kind: Option<usize>, old: &Attribute, kept: &[Attribute]) -> bool {
        let Some(old_kind) = old_kind else { return false };
        let attributes = &self.baseline.kinds[old_kind].attributes;
        let at = attributes.iter().position(|attribute| attribute.name == old.name);
        at.is_some_and(|at| self.kept_at(old_kind, at, kept).is_some())
    }

    fn kept_slot(&self, old_kind: usize, at: usize, kept: &[Attribute]) -> Slot {
        Slot(self.kept_at(old_kind, at, kept).unwrap_or(0) as u32)
    }

    /// The current attribute of a baseline one: where the variables of an entity that both have went, else of the same name.
    fn kept_at(&self, old_kind: usize, at: usize, kept: &[Attribute]) -> Option<usize> {
        let entities = self.baseline.kinds[old_kind].entities.iter();
        let moved = entities.clone().find_map(|old| {
            let new = self.pairs.entities[old.0 as usize]?;
            let variable = self.ids.variables[self.baseline.entity(*old).slots.get(at)?.0 as usize];
            Some(self.current.entity(new).slots.iter().position(|slot| *slot == variable))
        });
        let by_name = || kept.iter().position(|new| new.name == self.baseline.kinds[old_kind].attributes[at].name);
        moved.unwrap_or_else(by_name).filter(|slot| *slot < kept.len())
    }

    fn of_kind(&self, kind: KindId) -> Vec<EntityId> {
        let ids = (0..self.model.entities.len() as u32).map(EntityId);
        ids.filter(|id| self.model.entity(*id).kind == kind).collect()
    }

    /// The slots of one entity: those of the current model, room up to `width`, then what only the baseline has.
    fn fill(&mut self, entity: EntityId, kept: &[Attribute], lost: &[Attribute], width: usize) {
        let old = self.ids.entities.iter().position(|id| *id == entity);
        let old_variables: Vec<VariableId> = old.map_or(Vec::new(), |at| {
            self.baseline.entities[at].slots.iter().map(|slot| self.ids.variables[slot.0 as usize]).collect()
        });
        let mut slots = self.current.entities.get(entity.0 as usize).map_or(Vec::new(), |entity| entity.slots.clone());
        let named = |model: &Model, name: &str| {
            old_variables
                .iter()
                .copied()
                .find(|id| &*model.variable(*id).name == name && model.variable(*id).index.is_none())
        };
        for attribute in kept.iter().skip(slots.len()) {
            let id = named(&self.model, &attribute.name).unwrap_or_else(|| self.absent(entity, attribute));
            slots.push(id);
        }
        while slots.len() < width {
            slots.push(slots.first().copied().unwrap_or(VariableId(0)));
        }
        for attribute in lost {
            let id = named(&self.model, &attribute.name).unwrap_or_else(|| self.absent(entity, attribute));
            slots.push(id);
        }
        let taken: BTreeSet<VariableId> = slots.iter().copied().collect();
        slots.extend(old_variables.into_iter().filter(|id| !taken.contains(id)));
        self.model.entities[entity.0 as usize].slots = slots;
    }

    /// A variable for an attribute that an entity never had: it is as others of its kind define it, or missing.
    fn absent(&mut self, entity: EntityId, attribute: &Attribute) -> VariableId {
        let id = VariableId(self.model.variables.len() as u32);
        let holder = &self.model.entities[entity.0 as usize];
        let others = self.model.variables.iter().filter(|other| other.name == attribute.name && other.index.is_none());
        let sibling =
            others.clone().find(|other| other.entity.is_some_and(|of| self.model.entity(of).kind == holder.kind));
        let formula = sibling.filter(|sibling| Arc::strong_count(&sibling.definition) > 2);
        let variable = Variable {
            path: format!("{}.{}", holder.name, attribute.name).into(),
            name: attribute.name.clone(),
            label: None,
            entity: Some(entity),
            index: None,
            ty: attribute.ty.clone(),
            time: sibling.and_then(|sibling| sibling.time),
            series: attribute.series,
            unit: attribute.unit.clone(),
            definition: formula.map_or_else(|| Arc::new(EMPTY), |sibling| sibling.definition.clone()),
            ranges: Vec::new(),
            candidates: Vec::new(),
            hidden: true,
            place: attribute.place,
        };
        self.model.variables.push(variable);
        id
    }

    fn cases(&mut self) {
        for (at, old) in self.baseline.cases.iter().enumerate() {
            if self.pairs.cases[at].is_none() {
                let extends = old.extends.map(|parent| self.ids.cases[parent.0 as usize]);
                self.model.cases.push(Case { extends, probability: None, overrides: Vec::new(), ..old.clone() });
            }
        }
    }
}

/// Nothing in any period.
const EMPTY: Definition = Definition { pieces: Vec::new(), interpolation: None };
