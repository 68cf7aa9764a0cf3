//! `Mixer`: models in which some changes are made and the others are not.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::model::{CaseId, Definition, EntityId, Model, VariableId};

use super::change::Swap;

/// Makes models out of the union of two.
pub struct Mixer<'a> {
    union: Model,
    /// For each player, what takes its changes back.
    players: Vec<Vec<&'a Swap>>,
}

impl<'a> Mixer<'a> {
    /// Keeps of a union what is needed.
    pub fn new(union: &Model, players: Vec<Vec<&'a Swap>>, needed: &BTreeSet<VariableId>) -> Mixer<'a> {
        let mut union = union.clone();
        let nothing = Arc::new(Definition { pieces: Vec::new(), interpolation: None });
        for (at, variable) in union.variables.iter_mut().enumerate() {
            if !needed.contains(&VariableId(at as u32)) {
                variable.definition = nothing.clone();
            }
            variable.distribution = None;
            variable.candidates = Vec::new();
        }
        for case in &mut union.cases {
            case.overrides.retain(|change| needed.contains(&change.variable));
        }
        Mixer { union, players }
    }

    /// The model in which the players that `plays` names have made their changes.
    pub fn model(&self, plays: impl Fn(usize) -> bool) -> Model {
        let mut model = self.union.clone();
        let mut gone: BTreeSet<EntityId> = BTreeSet::new();
        let mut lines: BTreeMap<CaseId, BTreeMap<VariableId, &Swap>> = BTreeMap::new();
        for (at, swaps) in self.players.iter().enumerate() {
            let played = plays(at);
            for swap in swaps {
                match swap {
                    Swap::Present(entity) if played => drop(gone.insert(*entity)),
                    Swap::Absent(entity) if !played => drop(gone.insert(*entity)),
                    Swap::Define(id, definition) if !played => {
                        model.variables[id.0 as usize].definition = definition.clone();
                    }
                    Swap::Lines(case, id, _) if !played => drop(lines.entry(*case).or_default().insert(*id, swap)),
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
            for swap in swapped.into_values() {
                if let Swap::Lines(_, _, before) = swap {
                    overrides.extend(before.iter().cloned());
                }
            }
        }
        for kind in &mut model.kinds {
            kind.entities.retain(|entity| !gone.contains(entity));
        }
        model
    }
}
