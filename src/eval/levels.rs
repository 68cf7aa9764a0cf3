//! Levels: after how many rounds over all cases a variable can be computed, if formulas look at other cases.

use std::collections::BTreeMap;

use crate::model::{EntityId, KindId, Model, Name, Slot, VariableId};

use super::recipe::Recipe;
use super::scc::components;

/// The level of every variable, and the variables that look at themselves in another case.
#[derive(Debug, Default)]
pub(super) struct Levels {
    /// Empty if no formula looks at another case; [`Levels::NEVER`] for what looks at itself.
    pub of: Vec<u32>,
    pub circles: Vec<Vec<VariableId>>,
}

impl Levels {
    /// The level of what can never be computed.
    pub const NEVER: u32 = u32::MAX;

    /// The levels of a model whose cases have these recipes.
    pub fn of(model: &Model, recipes: &[Vec<Recipe<'_>>]) -> Levels {
        let mut graph = Graph::new(model.variables.len());
        for (case, recipes) in recipes.iter().enumerate() {
            for (at, recipe) in recipes.iter().enumerate() {
                if case == 0 || recipe.origin().is_none() {
                    graph.add(model, at as u32, recipe);
                }
            }
        }
        graph.levels()
    }

    /// How many rounds there are.
    pub fn rounds(&self) -> u32 {
        self.of.iter().filter(|level| **level != Levels::NEVER).max().map_or(1, |most| most + 1)
    }
}

struct Graph {
    variables: usize,
    /// Of every variable, then of every attribute of a kind that an aggregate looks at.
    edges: Vec<Vec<u32>>,
    crossing: Vec<Vec<u32>>,
    attributes: BTreeMap<(KindId, Slot), u32>,
}

impl Graph {
    fn new(variables: usize) -> Graph {
        let none = vec![Vec::new(); variables];
        Graph { variables, edges: none.clone(), crossing: none, attributes: BTreeMap::new() }
    }

    fn add(&mut self, model: &Model, at: u32, recipe: &Recipe<'_>) {
        let entity = model.variables[at as usize].entity;
        recipe.each_formula(|formula| formula.expr.names(|name, crosses| self.edge(model, at, entity, name, crosses)));
    }

    fn edge(&mut self, model: &Model, at: u32, entity: Option<EntityId>, name: Name, crosses: bool) {
        let Some(target) = self.node(model, name, entity) else { return };
        let edges = if crosses { &mut self.crossing } else { &mut self.edges };
        if !edges[at as usize].contains(&target) {
            edges[at as usize].push(target);
        }
    }

    fn node(&mut self, model: &Model, name: Name, entity: Option<EntityId>) -> Option<u32> {
        match name {
            Name::Variable(variable) | Name::Member(variable) => Some(variable.0),
            Name::Own(slot) => entity.map(|entity| model.entity(entity).variable(slot).0),
            Name::Each(kind, slot) => {
                let next = self.edges.len() as u32;
                let node = *self.attributes.entry((kind, slot)).or_insert(next);
                if node == next {
                    let entities = model.kind(kind).entities.iter();
                    self.edges.push(entities.map(|entity| model.entity(*entity).variable(slot).0).collect());
                    self.crossing.push(Vec::new());
                }
                Some(node)
            }
            Name::Kind(_) => None,
        }
    }

    fn levels(&self) -> Levels {
        let both: Vec<Vec<u32>> = self
            .edges
            .iter()
            .zip(&self.crossing)
            .map(|(same, crossing)| [same.as_slice(), crossing].concat())
            .collect();
        let mut of = vec![0; both.len()];
        let mut circles = Vec::new();
        for mut component in components(&both, |_| true) {
            component.sort_unstable();
            let level = component.iter().map(|node| self.level(*node, &of)).max().unwrap_or(0);
            let inside = |target: &u32| component.binary_search(target).is_ok();
            let is_circle = component.iter().any(|node| self.crossing[*node as usize].iter().any(inside));
            if is_circle {
                let variables = component.iter().filter(|node| (**node as usize) < self.variables);
                circles.push(variables.map(|node| VariableId(*node)).collect());
            }
            component.iter().for_each(|node| of[*node as usize] = if is_circle { Levels::NEVER } else { level });
        }
        of.truncate(self.variables);
        Levels { of, circles }
    }

    /// The level that what a node looks at asks for; those that are never computed are missing from the start.
    fn level(&self, node: u32, of: &[u32]) -> u32 {
        let known = |target: &u32| Some(of[*target as usize]).filter(|level| *level != Levels::NEVER);
        let same = self.edges[node as usize].iter().filter_map(known);
        let crossing = self.crossing[node as usize].iter().filter_map(known).map(|level| level + 1);
        same.chain(crossing).max().unwrap_or(0)
    }
}
