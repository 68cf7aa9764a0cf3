//! Which variables depend on others, in any case.

use std::collections::BTreeMap;

use crate::model::{EntityId, KindId, Model, Slot, VariableId};

use super::super::super::operands::{Name, names};
use super::super::super::recipe::Recipe;

/// The variables that some are read by, directly or not, and these themselves.
pub(in crate::eval::sweep) fn reached(
    model: &Model,
    recipes: &[Vec<Recipe<'_>>],
    from: impl Iterator<Item = VariableId>,
) -> Vec<bool> {
    let mut readers = Readers { of: vec![Vec::new(); model.variables.len()], attributes: BTreeMap::new() };
    for (case, recipes) in recipes.iter().enumerate() {
        for (at, recipe) in recipes.iter().enumerate() {
            if case == 0 || recipe.origin().is_none() {
                readers.add(model, at as u32, recipe);
            }
        }
    }
    let mut reached = vec![false; readers.of.len()];
    let mut open: Vec<u32> = from.map(|variable| variable.0).collect();
    while let Some(node) = open.pop() {
        if !std::mem::replace(&mut reached[node as usize], true) {
            open.extend(&readers.of[node as usize]);
        }
    }
    reached.truncate(model.variables.len());
    reached
}

/// Who reads every variable, then every attribute of a kind that an aggregate looks at.
struct Readers {
    of: Vec<Vec<u32>>,
    attributes: BTreeMap<(KindId, Slot), u32>,
}

impl Readers {
    fn add(&mut self, model: &Model, reader: u32, recipe: &Recipe<'_>) {
        let entity = model.variables[reader as usize].entity;
        recipe.each_formula(|formula| {
            names(&formula.expr, |name, _| {
                if let Some(node) = self.node(model, name, entity) {
                    self.of[node as usize].push(reader);
                }
            });
        });
    }

    fn node(&mut self, model: &Model, name: Name, entity: Option<EntityId>) -> Option<u32> {
        match name {
            Name::Variable(variable) | Name::Member(variable) => Some(variable.0),
            Name::Own(slot) => entity.map(|entity| model.entity(entity).variable(slot).0),
            Name::Each(kind, slot) => Some(self.attribute(model, kind, slot)),
        }
    }

    fn attribute(&mut self, model: &Model, kind: KindId, slot: Slot) -> u32 {
        let next = self.of.len() as u32;
        let node = *self.attributes.entry((kind, slot)).or_insert(next);
        if node == next {
            self.of.push(Vec::new());
            for entity in &model.kind(kind).entities {
                self.of[model.entity(*entity).variable(slot).0 as usize].push(node);
            }
        }
        node
    }
}
