//! `Plan`: the groups of one case, what leads where, and what must be computed anew.

use std::rc::Rc;

use crate::model::VariableId;

use super::group::{Group, Grouping, Read};
use super::layout::Layout;
use super::scc::components;

/// The groups of one case. Groups that a case replaces stay in their place, without lanes to compute.
#[derive(Clone)]
pub(super) struct Plan<'m> {
    pub groups: Vec<Rc<Group<'m>>>,
    /// The group of every variable.
    group_of: Vec<u32>,
    /// The groups of every block.
    in_block: Vec<Rc<[u32]>>,
    /// The groups that look at a block, also those that were replaced.
    readers: Vec<Rc<Vec<u32>>>,
}

/// Groups to be computed together: one, or several that need each other in other periods.
pub(super) struct Component {
    pub groups: Vec<u32>,
    pub is_recursive: bool,
}

impl<'m> Plan<'m> {
    /// Groups every block; as far as it makes sense where levels turn out to be needed and are not known.
    pub fn of(grouping: &mut Grouping<'_, 'm>, layout: &Layout) -> Plan<'m> {
        let mut plan = Plan {
            groups: Vec::new(),
            group_of: vec![0; layout.homes.len()],
            in_block: vec![Rc::default(); layout.blocks.len()],
            readers: vec![Rc::default(); layout.blocks.len()],
        };
        for block in 0..layout.blocks.len() {
            if !grouping.needs_levels() {
                plan.regroup(grouping, layout, block);
            }
        }
        plan
    }

    /// The plan of a case in which the recipes of some variables are others.
    pub fn with(&self, grouping: &mut Grouping<'_, 'm>, layout: &Layout, touched: &[VariableId]) -> Plan<'m> {
        let mut plan = self.clone();
        let mut blocks: Vec<usize> = touched.iter().map(|variable| layout.home(*variable).block).collect();
        blocks.sort_unstable();
        blocks.dedup();
        for block in blocks {
            plan.regroup(grouping, layout, block);
        }
        plan
    }

    fn regroup(&mut self, grouping: &mut Grouping<'_, 'm>, layout: &Layout, block: usize) {
        let lanes = &layout.blocks[block].lanes;
        let first = self.groups.len() as u32;
        for group in grouping.groups(block, 0..lanes.len()) {
            let at = self.groups.len() as u32;
            group.lanes.iter().for_each(|lane| self.group_of[lanes[*lane].0 as usize] = at);
            group.reads.iter().for_each(|read| Rc::make_mut(&mut self.readers[read.block]).push(at));
            self.groups.push(Rc::new(group));
        }
        self.in_block[block] = (first..self.groups.len() as u32).collect();
    }

    /// The group of a variable.
    pub fn group_of(&self, variable: VariableId) -> u32 {
        self.group_of[variable.0 as usize]
    }

    /// Every group that has lanes, in the order of the blocks.
    pub fn live(&self) -> impl Iterator<Item = u32> {
        self.in_block.iter().flat_map(|groups| groups.iter().copied())
    }

    /// Which groups the groups look at; nothing for those that `open` leaves out.
    pub fn edges(&self, layout: &Layout, open: impl Fn(u32) -> bool) -> Vec<Vec<u32>> {
        let mut edges = vec![Vec::new(); self.groups.len()];
        for group in self.live().filter(|group| open(*group)) {
            let targets: &mut Vec<u32> = &mut edges[group as usize];
            for read in &self.groups[group as usize].reads {
                self.targets(layout, read, targets);
            }
            targets.sort_unstable();
            targets.dedup();
        }
        edges
    }

    fn targets(&self, layout: &Layout, read: &Read, targets: &mut Vec<u32>) {
        let groups = &self.in_block[read.block];
        match &read.lanes {
            Some(lanes) if groups.len() > 1 => {
                targets.extend(lanes.iter().map(|lane| self.group_of(layout.blocks[read.block].lanes[*lane])));
            }
            _ => targets.extend(&groups[..]),
        }
    }

    /// The groups that hold one of the variables, and all that look at them, directly or not.
    pub fn reach(&self, layout: &Layout, touched: &[VariableId]) -> Vec<bool> {
        let mut reached = vec![false; self.groups.len()];
        let mut open: Vec<u32> = touched.iter().map(|variable| self.group_of(*variable)).collect();
        while let Some(group) = open.pop() {
            if !std::mem::replace(&mut reached[group as usize], true) {
                let readers = self.readers[self.groups[group as usize].block].iter();
                open.extend(
                    readers.filter(|reader| !reached[**reader as usize] && self.looks_at(layout, **reader, group)),
                );
            }
        }
        reached
    }

    /// Whether a group is in use and looks at another one.
    fn looks_at(&self, layout: &Layout, reader: u32, group: u32) -> bool {
        let block = self.groups[group as usize].block;
        let reads = self.groups[reader as usize].reads.iter().filter(|read| read.block == block);
        let is_target = |read: &Read| match &read.lanes {
            Some(lanes) if self.in_block[block].len() > 1 => {
                lanes.iter().any(|lane| self.group_of(layout.blocks[block].lanes[*lane]) == group)
            }
            _ => true,
        };
        !self.is_dead(layout, reader) && reads.into_iter().any(is_target)
    }

    /// What is to be computed, each after what it looks at.
    pub fn components(&self, layout: &Layout, open: impl Fn(u32) -> bool + Copy) -> Vec<Component> {
        let edges = self.edges(layout, open);
        let found = components(&edges, |group| open(group) && !self.is_dead(layout, group));
        let component = |groups: Vec<u32>| Component {
            is_recursive: groups.len() > 1 || edges[groups[0] as usize].contains(&groups[0]),
            groups,
        };
        found.into_iter().map(component).collect()
    }

    fn is_dead(&self, layout: &Layout, group: u32) -> bool {
        let Group { block, lanes, .. } = &*self.groups[group as usize];
        self.group_of(layout.blocks[*block].lanes[lanes[0]]) != group
    }
}
