//! `Group`: variables of one block whose formulas have one shape, computed side by side.

use std::cell::OnceCell;
use std::collections::HashMap;

use crate::model::{Model, Name, VariableId};
use crate::value::{Column, Scalar};

use super::column::Program;
use super::layout::Layout;
use super::mix::Mixing;
use super::recipe::Recipe;
use super::shape::{Leaf, Shaper, Signature};

/// Variables of one block whose formulas have one shape.
#[derive(Debug)]
pub(super) struct Group<'m> {
    pub block: usize,
    /// Lanes of the block, in order.
    pub lanes: Vec<usize>,
    /// Whether these are all lanes of the block.
    pub is_whole: bool,
    /// What each leaf of the formulas is, lane by lane.
    pub leaves: Vec<LeafColumn>,
    pub reads: Vec<Read>,
    /// After how many rounds of other cases it can be computed.
    pub level: u32,
    pub program: OnceCell<Program<'m>>,
}

/// One leaf of every lane.
#[derive(Debug)]
pub(super) enum LeafColumn {
    Same(Scalar),
    Literals(Column),
    Lanes { block: usize, lanes: Lanes },
}

/// Which lanes of another block the lanes of a group look at.
#[derive(Debug)]
pub(super) enum Lanes {
    /// Each lane its own number.
    Each,
    /// All lanes the same one.
    One(usize),
    List(Vec<usize>),
}

/// What a group looks at in its own case.
#[derive(Debug)]
pub(super) struct Read {
    pub block: usize,
    /// Nothing for all lanes.
    pub lanes: Option<Vec<usize>>,
}

/// Forms the groups of blocks.
pub(super) struct Grouping<'s, 'm> {
    pub shaper: Shaper<'s>,
    pub model: &'m Model,
    pub recipes: &'s [Recipe<'m>],
    /// The level of every variable; empty if no formula looks at another case.
    pub levels: &'s [u32],
}

/// A group that is still growing.
struct Growing {
    lanes: Vec<usize>,
    leaves: Vec<GrowingLeaf>,
}

enum GrowingLeaf {
    Literals(Vec<Scalar>),
    Lanes { block: usize, lanes: Vec<usize> },
}

impl<'s, 'm> Grouping<'s, 'm> {
    /// Whether a formula looks at another case, and the levels are not known.
    pub fn needs_levels(&self) -> bool {
        self.shaper.crosses && self.levels.is_empty()
    }

    /// The groups of one block, or of some lanes of it.
    pub fn groups(&mut self, block: usize, lanes: impl Iterator<Item = usize>) -> Vec<Group<'m>> {
        let mut signature = Signature::default();
        let mut known: HashMap<Vec<u64>, usize, Mixing> = HashMap::default();
        let mut growing: Vec<Growing> = Vec::new();
        let mut last = None;
        for lane in lanes {
            let variable = self.shaper.layout.blocks[block].lanes[lane];
            let origin = self.recipes[variable.0 as usize].origin();
            if let Some((from, at)) = last
                && Some(from) == origin
                && signature.tokens.last() == Some(&self.level(variable).into())
                && self.push_alike(&mut growing[at], &signature, variable, lane)
            {
                continue;
            }
            self.sign(variable, &mut signature);
            let at = match known.get(&signature.tokens[..]) {
                Some(at) => *at,
                None => {
                    known.insert(signature.tokens.clone(), growing.len());
                    growing.push(self.begin(&signature, variable));
                    growing.len() - 1
                }
            };
            self.push_alike(&mut growing[at], &signature, variable, lane);
            last = origin.map(|origin| (origin, at));
        }
        growing.into_iter().map(|growing| self.finish(block, growing)).collect()
    }

    fn sign(&mut self, variable: VariableId, signature: &mut Signature) {
        let recipe = &self.recipes[variable.0 as usize];
        self.shaper.recipe(recipe, self.model.variable(variable).entity, signature);
        signature.tokens.push(self.level(variable).into());
    }

    fn level(&self, variable: VariableId) -> u32 {
        self.levels.get(variable.0 as usize).copied().unwrap_or(0)
    }

    fn begin(&self, signature: &Signature, variable: VariableId) -> Growing {
        let entity = self.model.variable(variable).entity;
        let leaf = |leaf: &Leaf| match leaf.variable(self.model, entity) {
            Some(variable) => GrowingLeaf::Lanes { block: self.shaper.layout.home(variable).block, lanes: Vec::new() },
            None => GrowingLeaf::Literals(Vec::new()),
        };
        Growing { lanes: Vec::new(), leaves: signature.leaves.iter().map(leaf).collect() }
    }

    /// Adds a lane whose formula is the signed one; refuses if its names lead to other blocks.
    fn push_alike(&mut self, group: &mut Growing, signature: &Signature, variable: VariableId, lane: usize) -> bool {
        let entity = self.model.variable(variable).entity;
        let home = |leaf: &Leaf| leaf.variable(self.model, entity).map(|variable| self.shaper.layout.home(variable));
        let fits = group.leaves.iter().zip(&signature.leaves).all(|(column, leaf)| match column {
            GrowingLeaf::Literals(_) => true,
            GrowingLeaf::Lanes { block, .. } => home(leaf).is_some_and(|home| home.block == *block),
        });
        if !fits {
            return false;
        }
        for (column, leaf) in group.leaves.iter_mut().zip(&signature.leaves) {
            match column {
                GrowingLeaf::Literals(values) => values.push(leaf.literal(self.model, entity, self.shaper.words)),
                GrowingLeaf::Lanes { lanes, .. } => {
                    lanes.extend(home_lane(self.shaper.layout, self.model, leaf, entity))
                }
            }
        }
        group.lanes.push(lane);
        true
    }

    fn finish(&self, block: usize, growing: Growing) -> Group<'m> {
        let layout = self.shaper.layout;
        let width = layout.blocks[block].lanes.len();
        let first = layout.blocks[block].lanes[growing.lanes[0]];
        let leaves: Vec<LeafColumn> = growing.leaves.into_iter().map(|leaf| leaf.finished(layout)).collect();
        Group {
            block,
            is_whole: growing.lanes.len() == width,
            reads: self.reads(first, &leaves),
            level: self.level(first),
            lanes: growing.lanes,
            leaves,
            program: OnceCell::new(),
        }
    }

    fn reads(&self, first: VariableId, leaves: &[LeafColumn]) -> Vec<Read> {
        let mut reads: Vec<Read> = leaves.iter().filter_map(LeafColumn::read).collect();
        self.recipes[first.0 as usize]
            .each_formula(|formula| formula.expr.names(|name, _| reads.extend(self.read(name))));
        reads
    }

    /// What an aggregate or an indexed name looks at; leaves are known already.
    fn read(&self, name: Name) -> Option<Read> {
        let layout = self.shaper.layout;
        match name {
            Name::Each(kind, slot) => {
                let first = self.model.kind(kind).entities.first()?;
                let block = layout.home(self.model.entity(*first).variable(slot)).block;
                Some(Read { block, lanes: None })
            }
            Name::Member(variable) => {
                let home = layout.home(variable);
                Some(Read { block: home.block, lanes: Some(vec![home.lane]) })
            }
            Name::Variable(_) | Name::Own(_) | Name::Kind(_) => None,
        }
    }
}

fn home_lane(layout: &Layout, model: &Model, leaf: &Leaf, entity: Option<crate::model::EntityId>) -> Option<usize> {
    leaf.variable(model, entity).map(|variable| layout.home(variable).lane)
}

impl GrowingLeaf {
    fn finished(self, layout: &Layout) -> LeafColumn {
        match self {
            GrowingLeaf::Literals(values) if values.iter().all(|value| value.same_as(values[0])) => {
                LeafColumn::Same(values.first().copied().unwrap_or(Scalar::number(0.0)))
            }
            GrowingLeaf::Literals(values) => LeafColumn::Literals(values.into_iter().collect()),
            GrowingLeaf::Lanes { block, lanes } => {
                let is_each = lanes.len() == layout.blocks[block].lanes.len()
                    && lanes.iter().enumerate().all(|(at, lane)| at == *lane);
                let lanes = match lanes.first() {
                    _ if is_each => Lanes::Each,
                    Some(first) if lanes.iter().all(|lane| lane == first) => Lanes::One(*first),
                    _ => Lanes::List(lanes),
                };
                LeafColumn::Lanes { block, lanes }
            }
        }
    }
}

impl LeafColumn {
    fn read(&self) -> Option<Read> {
        let LeafColumn::Lanes { block, lanes } = self else { return None };
        let lanes = match lanes {
            Lanes::Each => None,
            Lanes::One(lane) => Some(vec![*lane]),
            Lanes::List(lanes) => Some(lanes.clone()),
        };
        Some(Read { block: *block, lanes })
    }
}
