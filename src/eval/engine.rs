//! `Engine`: computes the groups of a case, each after what it looks at.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::Arc;

use crate::model::{CaseId, MissingCode, Model, VariableId, Window};
use crate::value::{Column, Scalar, Words};

use super::column::{Pool, Program, Span, Tile, program};
use super::demand::{AllProgress, Circle, Demand, Progress};
use super::found::{Found, NoMembers};
use super::group::{Group, Grouping};
use super::layout::Store;
use super::plan::{Component, Plan};
use super::recipe::Recipe;
use super::scc::components;
use super::schedule::{self, Step};
use super::shape::Shaper;
use super::walk::{Cells, Walk};

/// A run in progress.
pub(super) struct Engine<'r, 'm> {
    pub model: &'m Model,
    pub recipes: &'r [Vec<Recipe<'m>>],
    pub plans: &'r [Plan<'m>],
    pub words: RefCell<Words>,
    pub pool: Pool,
    /// Orders that cases share, by the groups they are for.
    pub orders: BTreeMap<Vec<u32>, Option<Rc<Vec<Step>>>>,
    pub store: Store,
    pub circles: Vec<Circle>,
    pub no_members: RefCell<NoMembers>,
}

/// Groups of fewer places are computed cell by cell.
const FEW: usize = 4;

impl<'r, 'm> Engine<'r, 'm> {
    /// Computes the groups of a case that are `open`; all others are computed already.
    pub fn compute(&mut self, case: CaseId, open: impl Fn(u32) -> bool + Copy) {
        let plan = &self.plans[case.0 as usize];
        self.freshen(case, open);
        for component in plan.components(&self.store.layout, open) {
            self.component(case, plan, &component);
        }
    }

    /// Makes cells that will be written anew independent of the case they were taken from, without copying them.
    fn freshen(&mut self, case: CaseId, open: impl Fn(u32) -> bool) {
        let plan = &self.plans[case.0 as usize];
        let layout = self.store.layout.clone();
        for group in plan.live().filter(|group| open(*group)) {
            let group = &plan.groups[group as usize];
            let is_shared = Arc::strong_count(&self.store.cases[case.0 as usize][group.block]) > 1;
            if group.is_whole && is_shared {
                let shape = &layout.blocks[group.block];
                let block = crate::value::Block::new(shape.lanes.len(), shape.periods);
                self.store.cases[case.0 as usize][group.block] = Arc::new(block);
            }
        }
    }

    fn component(&mut self, case: CaseId, plan: &Plan<'m>, component: &Component) {
        let groups: Vec<&Group<'m>> = component.groups.iter().map(|group| &*plan.groups[*group as usize]).collect();
        match groups.as_slice() {
            [group] if !component.is_recursive => self.whole(case, group),
            groups => {
                let order = self.order(case, component, groups);
                self.recursive(case, groups, order);
            }
        }
    }

    /// The order of a component; kept if all of its groups are those of the first case too.
    fn order(&mut self, case: CaseId, component: &Component, groups: &[&Group<'m>]) -> Option<Rc<Vec<Step>>> {
        let first = &self.plans[0].groups;
        let is_shared = component.groups.iter().all(|group| (*group as usize) < first.len());
        if let Some(order) = self.orders.get(&component.groups).filter(|_| is_shared) {
            return order.clone();
        }
        let order = self.ordered(case, groups);
        if is_shared {
            self.orders.insert(component.groups.clone(), order.clone());
        }
        order
    }

    fn ordered(&self, case: CaseId, groups: &[&Group<'m>]) -> Option<Rc<Vec<Step>>> {
        let recipes = &self.recipes[case.0 as usize];
        schedule::order(self.model, &self.store.layout, recipes, groups).map(Rc::new)
    }

    /// A group that needs none of its own cells: every piece at once.
    fn whole(&mut self, case: CaseId, group: &Group<'m>) {
        let periods = self.store.layout.blocks[group.block].periods;
        if group.lanes.len() * periods < FEW {
            (0..periods).for_each(|period| self.cells(case, group, period));
            return;
        }
        let mut is_done = vec![false; periods];
        let windows: Vec<Window> = self.program(case, group).pieces.iter().map(|piece| piece.window).collect();
        for (at, window) in windows.into_iter().enumerate() {
            let span = Span { from: window.first.min(periods), to: window.last.saturating_add(1).min(periods) };
            is_done[span.from..span.to].fill(true);
            self.piece(case, group, at, span);
        }
        (0..periods).filter(|period| !is_done[*period]).for_each(|period| self.cells(case, group, period));
    }

    /// Groups that need each other: period by period, in an order that serves all of them.
    fn recursive(&mut self, case: CaseId, groups: &[&Group<'m>], order: Option<Rc<Vec<Step>>>) {
        match order {
            Some(order) => order.iter().for_each(|(group, period)| self.step(case, groups[*group], *period)),
            None if groups.iter().all(|group| group.lanes.len() == 1) => self.on_demand(case, groups),
            None => self.one_by_one(case, groups),
        }
    }

    fn step(&mut self, case: CaseId, group: &Group<'m>, period: usize) {
        if group.lanes.len() < FEW {
            return self.cells(case, group, period);
        }
        match self.program(case, group).pieces.iter().position(|piece| piece.window.holds(period)) {
            Some(piece) => self.piece(case, group, piece, Span { from: period, to: period + 1 }),
            None => self.cells(case, group, period),
        }
    }

    fn program<'g>(&self, case: CaseId, group: &'g Group<'m>) -> &'g Program<'m> {
        let recipes = || (0..group.lanes.len()).map(|at| self.recipe(case, group, at)).collect::<Vec<_>>();
        group.program.get_or_init(|| program(self.model, &recipes()))
    }

    fn recipe(&self, case: CaseId, group: &Group<'m>, at: usize) -> &'r Recipe<'m> {
        let variable = self.variable(group, at);
        &self.recipes[case.0 as usize][variable.0 as usize]
    }

    fn variable(&self, group: &Group<'m>, at: usize) -> VariableId {
        self.store.layout.blocks[group.block].lanes[group.lanes[at]]
    }

    /// One piece of a group over a span: all periods at once for a single lane, else period by period.
    fn piece(&mut self, case: CaseId, group: &Group<'m>, piece: usize, span: Span) {
        let program = self.program(case, group);
        let spans: Vec<Span> = match group.lanes.len() {
            1 if span.from < span.to => vec![span],
            _ => (span.from..span.to).map(|period| Span { from: period, to: period + 1 }).collect(),
        };
        for span in spans {
            let tile = Tile { model: self.model, found: self.found(), pool: &self.pool, case, group };
            let len = tile.len(span);
            let column = tile.piece(&program.pieces[piece], span).into_column(len);
            self.write(case, group, span, column);
        }
    }

    fn found(&self) -> Found<'_> {
        Found { store: &self.store, words: &self.words, no_members: &self.no_members }
    }

    fn write(&mut self, case: CaseId, group: &Group<'m>, span: Span, column: Column) {
        let block = Arc::make_mut(&mut self.store.cases[case.0 as usize][group.block]);
        if group.is_whole {
            block.fill(span.from, &column.numbers, column.missing.as_deref());
            return self.pool.give(column.numbers);
        }
        let places = (span.from..span.to).flat_map(|period| group.lanes.iter().map(move |lane| (period, *lane)));
        for (at, (period, lane)) in places.enumerate() {
            block.set(period, lane, column.get(at));
        }
    }

    /// One period of a group, lane by lane.
    fn cells(&mut self, case: CaseId, group: &Group<'m>, period: usize) {
        for at in 0..group.lanes.len() {
            let (variable, recipe) = (self.variable(group, at), self.recipe(case, group, at));
            let mut found = self.found();
            let value = Walk::new(self.model, &self.words, &mut found).cell(recipe, case, variable, period);
            self.store.set(case, variable, period, value);
        }
    }

    /// Groups that cannot be computed side by side, each lane for itself.
    fn one_by_one(&mut self, case: CaseId, groups: &[&Group<'m>]) {
        let layout = self.store.layout.clone();
        let recipes = &self.recipes[case.0 as usize];
        let mut singles: Vec<Group<'m>> = Vec::new();
        for group in groups {
            for lane in &group.lanes {
                let shaper =
                    Shaper { model: self.model, layout: &layout, words: &mut self.words.borrow_mut(), crosses: false };
                let mut grouping = Grouping { shaper, model: self.model, recipes, levels: &[] };
                singles.extend(grouping.groups(group.block, std::iter::once(*lane)));
            }
        }
        let edges = edges(&singles);
        for component in components(&edges, |_| true) {
            let groups: Vec<&Group<'m>> = component.iter().map(|at| &singles[*at as usize]).collect();
            let is_recursive = groups.len() > 1 || edges[component[0] as usize].contains(&component[0]);
            let order = if is_recursive { self.ordered(case, &groups) } else { None };
            if is_recursive { self.recursive(case, &groups, order) } else { self.whole(case, groups[0]) }
        }
    }

    /// Single lanes whose formulas go in a circle: computed as they are asked for, so that only a true circle remains one.
    fn on_demand(&mut self, case: CaseId, groups: &[&Group<'m>]) {
        let variables: Vec<VariableId> = groups.iter().map(|group| self.variable(group, 0)).collect();
        let progress = self.progress(case, groups);
        let (words, no_members) = (&self.words, &self.no_members);
        let mut demand = Demand {
            model: self.model,
            words,
            recipes: self.recipes,
            store: &mut self.store,
            circles: &mut self.circles,
            no_members,
            progress,
            path: Vec::new(),
        };
        for variable in variables {
            for index in 0..demand.store.layout.periods(variable) {
                demand.read(case, variable, index);
            }
        }
    }

    fn progress(&self, case: CaseId, groups: &[&Group<'m>]) -> AllProgress {
        let layout = &self.store.layout;
        let mut progress: AllProgress = vec![Vec::new(); self.model.cases.len()];
        progress[case.0 as usize] = vec![None; layout.blocks.len()];
        for group in groups {
            let shape = &layout.blocks[group.block];
            let cells = progress[case.0 as usize][group.block]
                .get_or_insert_with(|| vec![Progress::Done; shape.lanes.len() * shape.periods]);
            for period in 0..shape.periods {
                cells[period * shape.lanes.len() + group.lanes[0]] = Progress::Open;
            }
        }
        progress
    }

    /// Blanks a case, and writes off the variables that can never be computed.
    pub fn begin(&mut self, case: CaseId, circles: impl Iterator<Item = VariableId>) {
        self.store.cases[case.0 as usize] = self.store.layout.blank();
        let reason = "it looks at itself in another case".into();
        let value = Scalar::missing(self.words.borrow_mut().reason(MissingCode::Nm, Some(&reason)));
        for variable in circles {
            for index in 0..self.store.layout.periods(variable) {
                self.store.set(case, variable, index, value);
            }
        }
    }

    /// Takes what a case does not change from the case it builds on, as far as that is computed in this round.
    pub fn take_over(&mut self, case: CaseId, parent: CaseId, round: u32, reached: &[bool]) {
        let plan = &self.plans[case.0 as usize];
        let layout = self.store.layout.clone();
        let is_kept = |group: &u32| !reached[*group as usize] && plan.groups[*group as usize].level == round;
        for group in plan.live().filter(is_kept) {
            let group = &plan.groups[group as usize];
            if group.is_whole {
                let block = self.store.cases[parent.0 as usize][group.block].clone();
                self.store.cases[case.0 as usize][group.block] = block;
                continue;
            }
            let shape = &layout.blocks[group.block];
            for (lane, period) in
                group.lanes.iter().flat_map(|lane| (0..shape.periods).map(move |period| (lane, period)))
            {
                let value = self.store.cases[parent.0 as usize][group.block].get(period, *lane);
                value.into_iter().for_each(|value| self.store.set(case, shape.lanes[*lane], period, value));
            }
        }
    }
}

/// Which single lanes look at which.
fn edges(singles: &[Group<'_>]) -> Vec<Vec<u32>> {
    let mut at = BTreeMap::new();
    for (number, single) in singles.iter().enumerate() {
        at.entry(single.block).or_insert_with(BTreeMap::new).insert(single.lanes[0], number as u32);
    }
    let targets = |single: &Group<'_>| {
        let mut targets = Vec::new();
        for read in &single.reads {
            let Some(lanes) = at.get(&read.block) else { continue };
            match &read.lanes {
                None => targets.extend(lanes.values()),
                Some(read) => targets.extend(read.iter().filter_map(|lane| lanes.get(lane))),
            }
        }
        targets
    };
    singles.iter().map(targets).collect()
}
