//! `Layout`: where the cells of every variable stand; `Store`: the cells of every case.

use std::collections::HashMap;
use std::sync::Arc;

use crate::calendar::Frequency;
use crate::model::{CaseId, KindId, Model, Variable, VariableId};
use crate::value::{Block, Scalar};

use super::mix::Mixing;

/// Where the cells of every variable stand.
///
/// Attributes of the entities of one kind that have the same name and the same timeline share a block, one lane for each
/// entity; every other variable has a block of its own.
#[derive(Debug, Clone, Default)]
pub(super) struct Layout {
    pub homes: Vec<Home>,
    pub blocks: Vec<Shape>,
}

/// The block and lane of a variable.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Home {
    pub block: usize,
    pub lane: usize,
}

/// Which variables stand in a block.
#[derive(Debug, Clone)]
pub(super) struct Shape {
    pub lanes: Vec<VariableId>,
    pub periods: usize,
}

impl Layout {
    /// Finds a place for every variable of a model.
    pub fn of(model: &Model) -> Layout {
        let mut layout = Layout::default();
        let mut shared: HashMap<(KindId, &str, Option<Frequency>), usize, Mixing> = HashMap::default();
        for (at, variable) in model.variables.iter().enumerate() {
            let kind = variable.entity.filter(|_| variable.index.is_none() && !variable.hidden);
            let block = match kind {
                Some(entity) => *shared
                    .entry((model.entity(entity).kind, &variable.name, variable.time))
                    .or_insert_with(|| layout.add(model, variable)),
                None => layout.add(model, variable),
            };
            let lanes = &mut layout.blocks[block].lanes;
            layout.homes.push(Home { block, lane: lanes.len() });
            lanes.push(VariableId(at as u32));
        }
        layout
    }

    fn add(&mut self, model: &Model, variable: &Variable) -> usize {
        let line = variable.time.and_then(|frequency| model.timelines.get(frequency));
        self.blocks.push(Shape { lanes: Vec::new(), periods: line.map_or(1, |line| line.len) });
        self.blocks.len() - 1
    }

    /// The block and lane of a variable.
    pub fn home(&self, variable: VariableId) -> Home {
        self.homes[variable.0 as usize]
    }

    /// How many periods a variable has; one without time.
    pub fn periods(&self, variable: VariableId) -> usize {
        self.blocks[self.home(variable).block].periods
    }

    /// Blocks of zeros for one case.
    pub fn blank(&self) -> Vec<Arc<Block>> {
        self.blocks.iter().map(|shape| Arc::new(Block::new(shape.lanes.len(), shape.periods))).collect()
    }
}

/// The cells of every case; cases share the blocks that do not differ.
#[derive(Debug, Clone, Default)]
pub(super) struct Store {
    pub layout: Arc<Layout>,
    pub cases: Vec<Vec<Arc<Block>>>,
}

impl Store {
    /// A value; nothing outside the timeline. A value without time takes any index.
    pub fn get(&self, case: CaseId, variable: VariableId, index: usize) -> Option<Scalar> {
        let home = self.layout.home(variable);
        let block = &self.cases[case.0 as usize][home.block];
        block.get(if block.periods == 1 { 0 } else { index }, home.lane)
    }

    /// Writes a value.
    pub fn set(&mut self, case: CaseId, variable: VariableId, index: usize, value: Scalar) {
        let home = self.layout.home(variable);
        Arc::make_mut(&mut self.cases[case.0 as usize][home.block]).set(index, home.lane, value);
    }
}
