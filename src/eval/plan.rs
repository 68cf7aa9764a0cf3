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
    in_block: Vec<Vec<u32>>,
}

/// Groups to be computed together: one, or several that need each other in other periods.
pub(super) struct Component {
    pub groups: Vec<u32>,
    pub is_recursive: bool,
}

impl<'m> Plan<'m> {
    /// Groups every block.
    pub fn of(grouping: &mut Grouping<'_, 'm>, layout: &Layout) -> Plan<'m> {
        let mut plan = Plan {
            groups: Vec::new(),
            group_of: vec![0; layout.homes.len()],
            in_block: vec![Vec::new(); layout.blocks.len()],
        };
        for block in 0..layout.blocks.len() {
            plan.regroup(grouping, layout, block);
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
        self.in_block[block].clear();
        for group in grouping.groups(block, 0..lanes.len()) {
            let at = self.groups.len() as u32;
            group.lanes.iter().for_each(|lane| self.group_of[lanes[*lane].0 as usize] = at);
            self.in_block[block].push(at);
            self.groups.push(Rc::new(group));
        }
    }

    /// The group of a variable.
    pub fn group_of(&self, variable: VariableId) -> u32 {
        self.group_of[variable.0 as usize]
    }

    /// Every group that has lanes, in the order of the blocks.
    pub fn live(&self) -> impl Iterator<Item = u32> {
        self.in_block.iter().flatten().copied()
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
            _ => targets.extend(groups),
        }
    }

    /// The groups that hold one of the variables, and all that look at them, directly or not.
    pub fn reach(&self, layout: &Layout, touched: &[VariableId]) -> Vec<bool> {
        let edges = self.edges(layout, |_| true);
        let mut readers: Vec<Vec<u32>> = vec![Vec::new(); self.groups.len()];
        for (group, targets) in edges.iter().enumerate() {
            targets.iter().for_each(|target| readers[*target as usize].push(group as u32));
        }
        let mut reached = vec![false; self.groups.len()];
        let mut open: Vec<u32> = touched.iter().map(|variable| self.group_of(*variable)).collect();
        while let Some(group) = open.pop() {
            if !std::mem::replace(&mut reached[group as usize], true) {
                open.extend(&readers[group as usize]);
            }
        }
        reached
    }

    /// What is to be computed, each after what it looks at.
    pub fn components(&self, layout: &Layout, open: impl Fn(u32) -> bool + Copy) -> Vec<Component> {
        let edges = self.edges(layout, open);
        let found = components(&edges, |group| open(group) && !self.is_dead(group));
        let component = |groups: Vec<u32>| Component {
            is_recursive: groups.len() > 1 || edges[groups[0] as usize].contains(&groups[0]),
            groups,
        };
        found.into_iter().map(component).collect()
    }

    fn is_dead(&self, group: u32) -> bool {
        !self.in_block[self.groups[group as usize].block].contains(&group)
    }
}
