//! In which order the cells of groups that need each other can be computed, if there is one.

use std::collections::BTreeMap;

use crate::model::{EntityId, Model, Name};

use super::group::Group;
use super::layout::Layout;
use super::recipe::{Make, Recipe};
use super::touches::Touches;

/// A group of a component and one of its periods.
pub(super) type Step = (usize, usize);

/// The steps of a component in an order in which each finds what it needs; nothing if some need each other in one period.
pub(super) fn order<'m>(
    model: &Model,
    layout: &Layout,
    recipes: &[Recipe<'m>],
    groups: &[&Group<'m>],
) -> Option<Vec<Step>> {
    let mut starts = Vec::with_capacity(groups.len());
    let mut steps = 0;
    let mut in_block: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (at, group) in groups.iter().enumerate() {
        starts.push(steps);
        steps += layout.blocks[group.block].periods;
        in_block.entry(group.block).or_default().push(at);
    }
    let needs = Needs { model, layout, recipes, groups, in_block };
    Search { needs, starts, states: vec![State::New; steps], order: Vec::with_capacity(steps) }.run()
}

struct Needs<'s, 'm> {
    model: &'s Model,
    layout: &'s Layout,
    recipes: &'s [Recipe<'m>],
    groups: &'s [&'s Group<'m>],
    in_block: BTreeMap<usize, Vec<usize>>,
}

impl Needs<'_, '_> {
    /// The steps of the component that one step looks at.
    fn of(&self, (group, period): Step) -> Vec<Step> {
        let first = self.layout.blocks[self.groups[group].block].lanes[self.groups[group].lanes[0]];
        let recipe = &self.recipes[first.0 as usize];
        let entity = self.model.variable(first).entity;
        let mut needs = Vec::new();
        let see = |name: Name, indexes: std::ops::RangeInclusive<usize>| {
            let Some(block) = self.block(name, entity) else { return };
            for other in self.in_block.get(&block).into_iter().flatten() {
                let last = self.layout.blocks[block].periods - 1;
                needs.extend(indexes.clone().map(|index| (*other, index.min(last))));
            }
        };
        let mut touches = Touches::new(self.model, see);
        match recipe.make(period) {
            Make::Formula(formula, posts) => {
                touches.formula(&formula.expr, period);
                posts.iter().for_each(|post| touches.formula(&post.amount.expr, period));
            }
            Make::Between { left, right, posts, .. } => {
                posts.iter().for_each(|post| touches.formula(&post.amount.expr, period));
                needs.extend([(group, left), (group, right)]);
            }
            Make::Nothing => {}
        }
        needs
    }

    fn block(&self, name: Name, entity: Option<EntityId>) -> Option<usize> {
        let variable = match name {
            Name::Variable(variable) | Name::Member(variable) => variable,
            Name::Own(slot) => self.model.entity(entity?).variable(slot),
            Name::Each(kind, slot) => self.model.entity(*self.model.kind(kind).entities.first()?).variable(slot),
            Name::Kind(_) => return None,
        };
        Some(self.layout.home(variable).block)
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    New,
    Open,
    Done,
}

struct Search<'s, 'm> {
    needs: Needs<'s, 'm>,
    /// The number of the first step of each group.
    starts: Vec<usize>,
    states: Vec<State>,
    order: Vec<Step>,
}

impl Search<'_, '_> {
    fn run(mut self) -> Option<Vec<Step>> {
        let periods = |group: &&Group<'_>| self.needs.layout.blocks[group.block].periods;
        let most = self.needs.groups.iter().map(periods).max().unwrap_or(0);
        for period in 0..most {
            for group in 0..self.needs.groups.len() {
                if period < self.needs.layout.blocks[self.needs.groups[group].block].periods {
                    self.visit((group, period))?;
                }
            }
        }
        Some(self.order)
    }

    fn state(&mut self, (group, period): Step) -> &mut State {
        &mut self.states[self.starts[group] + period]
    }

    fn visit(&mut self, step: Step) -> Option<()> {
        if *self.state(step) != State::New {
            return Some(());
        }
        let mut path = vec![(step, self.open(step))];
        while let Some((step, needs)) = path.last_mut() {
            let step = *step;
            match needs.pop() {
                None => {
                    path.pop();
                    *self.state(step) = State::Done;
                    self.order.push(step);
                }
                Some(next) => match *self.state(next) {
                    State::Done => {}
                    State::Open => return None,
                    State::New => {
                        let needs = self.open(next);
                        path.push((next, needs));
                    }
                },
            }
        }
        Some(())
    }

    fn open(&mut self, step: Step) -> Vec<Step> {
        *self.state(step) = State::Open;
        self.needs.of(step)
    }
}
