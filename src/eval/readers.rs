//! `Readers`: which variables depend on others, in any case.

use std::collections::BTreeMap;

use crate::model::{EntityId, KindId, Model, Name, Slot, VariableId};

use super::recipe::Recipe;

/// Who reads every variable, then every attribute of a kind that an aggregate looks at.
#[derive(Debug, Clone)]
pub(super) struct Readers {
    variables: usize,
    of: Vec<Vec<u32>>,
    attributes: BTreeMap<(KindId, Slot), u32>,
}

impl Readers {
    /// The readers in a model whose cases have these recipes.
    pub fn of(model: &Model, recipes: &[Vec<Recipe<'_>>]) -> Readers {
        let variables = model.variables.len();
        let mut readers = Readers { variables, of: vec![Vec::new(); variables], attributes: BTreeMap::new() };
        for (case, recipes) in recipes.iter().enumerate() {
            for (at, recipe) in recipes.iter().enumerate() {
                if case == 0 || recipe.origin().is_none() {
                    readers.add(model, at as u32, recipe);
                }
            }
        }
        readers
    }

    /// The variables that some are read by, directly or not, and these themselves.
    pub fn reached(&self, from: impl Iterator<Item = VariableId>) -> Vec<bool> {
        let mut reached = vec![false; self.of.len()];
        let mut open: Vec<u32> = from.map(|variable| variable.0).collect();
        while let Some(node) = open.pop() {
            if !std::mem::replace(&mut reached[node as usize], true) {
                open.extend(&self.of[node as usize]);
            }
        }
        reached.truncate(self.variables);
        reached
    }

    fn add(&mut self, model: &Model, reader: u32, recipe: &Recipe<'_>) {
        let entity = model.variables[reader as usize].entity;
        recipe.each_formula(|formula| {
            formula.expr.names(|name, _| {
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
            Name::Kind(_) => None,
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
