//! `Mixer`: models in which some changes are made and the others are not, with nothing in them that is not needed.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::calendar::Frequency;
use crate::model::{CaseId, Definition, EntityId, Model, Override, Slot, Type, Variable, VariableId};
use crate::units::Dimension;

use super::change::Swap;
use super::span::Calendar;
use super::translate::Ids;
use super::union::moved;

/// Makes models out of the union of two.
pub struct Mixer {
    /// The union with the needed variables only.
    model: Model,
    ids: Ids,
    /// For each player, what takes its changes back.
    players: Vec<Vec<Swap>>,
}

impl Mixer {
    /// Keeps of a union what is needed, which must hold everything that it looks at, and puts it on a calendar.
    pub fn new(union: &Model, players: &[Vec<&Swap>], needed: &BTreeSet<VariableId>, calendar: &Calendar) -> Mixer {
        let ids = Ids { shifts: calendar.shifts.clone(), ..ids(union, needed) };
        let mut shared = Shared::new();
        let variables = needed.iter().map(|id| {
            let variable = union.variable(*id);
            let definition = packed(&ids, &variable.definition, variable.time, &mut shared);
            Variable { definition, ranges: Vec::new(), candidates: Vec::new(), ..variable.clone() }
        });
        let mut model = Model {
            variables: variables.chain([nothing(union)]).collect(),
            outputs: Vec::new(),
            sources: Vec::new(),
            timelines: calendar.timelines.clone(),
            ..union.clone()
        };
        for entity in &mut model.entities {
            entity.slots.iter_mut().for_each(|slot| *slot = ids.variables[slot.0 as usize]);
        }
        let lines = |lines: &[Override]| -> Vec<Override> {
            let needed = lines.iter().filter(|line| needed.contains(&line.variable));
            needed.filter_map(|line| moved(line, &ids, union)).collect()
        };
        for case in &mut model.cases {
            case.overrides = lines(&case.overrides);
        }
        let mut swap = |swap: &Swap| match swap {
            Swap::Define(id, definition) => {
                let wanted =
                    needed.contains(id).then(|| packed(&ids, definition, union.variable(*id).time, &mut shared));
                wanted.map(|definition| Swap::Define(ids.variables[id.0 as usize], definition))
            }
            Swap::Lines(case, id, before) => {
                needed.contains(id).then(|| Swap::Lines(*case, ids.variables[id.0 as usize], lines(before)))
            }
            other => Some(other.clone()),
        };
        let players = players.iter().map(|swaps| swaps.iter().filter_map(|one| swap(one)).collect()).collect();
        Mixer { model, ids, players }
    }

    /// Where a needed variable is in the models.
    pub fn variable(&self, id: VariableId) -> VariableId {
        self.ids.variables[id.0 as usize]
    }

    /// The model in which the players that `plays` names have made their changes.
    pub fn model(&self, plays: impl Fn(usize) -> bool) -> Model {
        let mut model = self.model.clone();
        let mut gone: BTreeSet<EntityId> = BTreeSet::new();
        let mut lines: BTreeMap<CaseId, BTreeMap<VariableId, &[Override]>> = BTreeMap::new();
        for (at, swaps) in self.players.iter().enumerate() {
            let played = plays(at);
            for swap in swaps {
                match swap {
                    Swap::Present(entity) if played => {
                        gone.insert(*entity);
                    }
                    Swap::Absent(entity) if !played => {
                        gone.insert(*entity);
                    }
                    Swap::Define(id, definition) if !played => {
                        model.variables[id.0 as usize].definition = definition.clone();
                    }
                    Swap::Lines(case, id, before) if !played => {
                        lines.entry(*case).or_default().insert(*id, before);
                    }
                    Swap::Case(case, extends, probability) if !played => {
                        let case = &mut model.cases[case.0 as usize];
                        (case.extends, case.probability) = (*extends, *probability);
                    }
                    _ => {}
                }
            }
        }
        for (case, swapped) in lines {
            let overrides = &mut model.cases[case.0 as usize].overrides;
            overrides.retain(|line| !swapped.contains_key(&line.variable));
            overrides.extend(swapped.into_values().flatten().cloned());
        }
        for kind in &mut model.kinds {
            kind.entities.retain(|entity| !gone.contains(entity));
        }
        model
    }
}

/// The new numbers of the needed variables; every other is one that is missing.
fn ids(union: &Model, needed: &BTreeSet<VariableId>) -> Ids {
    let mut variables = vec![VariableId(needed.len() as u32); union.variables.len()];
    for (at, id) in needed.iter().enumerate() {
        variables[id.0 as usize] = VariableId(at as u32);
    }
    let slots = |count: usize| (0..count as u32).map(Slot).collect::<Vec<_>>();
    let width = |kind: usize| {
        let entities = union.entities.iter().filter(|entity| entity.kind.0 as usize == kind);
        entities.map(|entity| entity.slots.len()).max().unwrap_or(0)
    };
    Ids {
        variables,
        entities: (0..union.entities.len() as u32).map(EntityId).collect(),
        kinds: (0..union.kinds.len() as u32).map(crate::model::KindId).collect(),
        cases: (0..union.cases.len() as u32).map(CaseId).collect(),
        of_kind: (0..union.kinds.len()).map(|kind| slots(width(kind))).collect(),
        of_entity: union.entities.iter().map(|entity| slots(entity.slots.len())).collect(),
        ..Ids::default()
    }
}

/// Definitions by where they were and the time they are over.
type Shared = BTreeMap<(usize, Option<Frequency>), Arc<Definition>>;

/// A definition with the new numbers; lines that shared one go on sharing it.
fn packed(ids: &Ids, definition: &Arc<Definition>, time: Option<Frequency>, shared: &mut Shared) -> Arc<Definition> {
    let made = || Arc::new(ids.definition(definition, None, time));
    shared.entry((Arc::as_ptr(definition) as usize, time)).or_insert_with(made).clone()
}

fn nothing(union: &Model) -> Variable {
    Variable {
        path: "".into(),
        name: "".into(),
        label: None,
        entity: None,
        index: None,
        ty: Type::Number(Dimension::RATIO),
        time: None,
        series: None,
        unit: crate::units::Unit::ratio(),
        definition: Arc::new(Definition { pieces: Vec::new(), interpolation: None }),
        ranges: Vec::new(),
        candidates: Vec::new(),
        hidden: true,
        place: union.variables.first().map_or_else(nowhere, |variable| variable.place),
    }
}

fn nowhere() -> crate::text::Place {
    crate::text::Span::default().at(crate::text::SourceId(0))
}
