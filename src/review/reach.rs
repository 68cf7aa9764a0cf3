//! `Reach`: which changes can reach which outputs, over the formulas of both models.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::model::{CaseId, Change as Effect, Definition, EntityId, Expr, KindId, Model, Name, Override, VariableId};

use super::change::{Change, Swap};

/// What every variable of the union looks at in either model.
pub struct Reach<'a> {
    model: &'a Model,
    /// For each variable, what its formulas look at; after the variables come the kinds.
    reads: Vec<BTreeSet<u32>>,
    /// Whether any formula looks at other cases.
    crosses: bool,
    seen: BTreeMap<(usize, Option<EntityId>), Vec<Name>>,
}

impl<'a> Reach<'a> {
    /// Follows every formula of the union and every one that a change took away.
    pub fn of(model: &'a Model, changes: &[Change]) -> Reach<'a> {
        let reads = vec![BTreeSet::new(); model.variables.len()];
        let mut reach = Reach { model, reads, crosses: false, seen: BTreeMap::new() };
        for (at, variable) in model.variables.iter().enumerate() {
            reach.definition(VariableId(at as u32), &variable.definition);
        }
        for case in &model.cases {
            reach.lines(&case.overrides);
        }
        for swap in changes.iter().flat_map(|change| &change.swaps) {
            match swap {
                Swap::Define(id, definition) => reach.definition(*id, definition),
                Swap::Lines(_, _, lines) => reach.lines(lines),
                _ => {}
            }
        }
        reach
    }

    /// Everything that a variable rests on, itself included; kinds stand after the variables.
    pub fn behind(&self, id: VariableId) -> BTreeSet<u32> {
        let mut found = BTreeSet::from([id.0]);
        let mut open = vec![id.0];
        while let Some(at) = open.pop() {
            for read in self.reads.get(at as usize).into_iter().flatten() {
                if found.insert(*read) {
                    open.push(*read);
                }
            }
        }
        found
    }

    /// Every variable that a variable rests on, itself included.
    pub fn variables_behind(&self, id: VariableId) -> Vec<VariableId> {
        let all = self.behind(id).into_iter();
        all.filter(|at| (*at as usize) < self.model.variables.len()).map(VariableId).collect()
    }

    /// The shortest way from each variable behind another to that one: the next variable on it.
    pub fn ways(&self, id: VariableId) -> BTreeMap<u32, u32> {
        let mut next: BTreeMap<u32, u32> = BTreeMap::new();
        let mut open = std::collections::VecDeque::from([id.0]);
        while let Some(at) = open.pop_front() {
            for read in self.reads.get(at as usize).into_iter().flatten() {
                if *read != id.0 && !next.contains_key(read) {
                    next.insert(*read, at);
                    open.push_back(*read);
                }
            }
        }
        next
    }

    /// Whether a change can move what rests on `behind` in a case of the union.
    pub fn touches(&self, change: &Change, behind: &BTreeSet<u32>, chain: &BTreeSet<CaseId>) -> bool {
        change.swaps.iter().any(|swap| match swap {
            Swap::Define(id, _) => behind.contains(&id.0),
            Swap::Lines(case, id, _) => behind.contains(&id.0) && (self.crosses || chain.contains(case)),
            Swap::Absent(entity) | Swap::Present(entity) => {
                behind.contains(&self.kind(self.model.entity(*entity).kind))
            }
            Swap::Case(case, _, _) => self.crosses || chain.contains(case),
            Swap::Calendars => self.has_time(behind),
        })
    }

    /// Whether any of the variables is a series.
    fn has_time(&self, behind: &BTreeSet<u32>) -> bool {
        behind.iter().any(|at| self.model.variables.get(*at as usize).is_some_and(|variable| variable.time.is_some()))
    }

    fn kind(&self, kind: KindId) -> u32 {
        self.model.variables.len() as u32 + kind.0
    }

    fn definition(&mut self, id: VariableId, definition: &Arc<Definition>) {
        let entity = self.model.variable(id).entity;
        let known = (Arc::as_ptr(definition) as usize, None);
        if !self.seen.contains_key(&known) {
            let mut found = Vec::new();
            for piece in &definition.pieces {
                self.crosses |= piece.formula.expr.crosses();
                piece.formula.expr.names(|name, _| found.push(name));
            }
            self.seen.insert(known, found);
        }
        let found = self.seen.get(&known).cloned().unwrap_or_default();
        self.read(id, entity, &found);
    }

    fn lines(&mut self, lines: &[Override]) {
        for line in lines {
            match &line.change {
                Effect::Set(definition) => {
                    definition.pieces.iter().for_each(|piece| self.expr(line.variable, &piece.formula.expr));
                }
                Effect::Shift(amount) | Effect::Scale(amount) => self.expr(line.variable, &amount.expr),
            }
        }
    }

    fn expr(&mut self, id: VariableId, expr: &Expr) {
        self.crosses |= expr.crosses();
        let mut found = Vec::new();
        expr.names(|name, _| found.push(name));
        self.read(id, self.model.variable(id).entity, &found);
    }

    fn read(&mut self, id: VariableId, entity: Option<EntityId>, found: &[Name]) {
        let slot = |entity: EntityId, slot: crate::model::Slot| {
            self.model.entity(entity).slots.get(slot.0 as usize).map(|variable| variable.0)
        };
        let mut read: Vec<u32> = Vec::new();
        for name in found {
            match name {
                Name::Variable(variable) | Name::Member(variable) => read.push(variable.0),
                Name::Own(own) => read.extend(entity.and_then(|entity| slot(entity, *own))),
                Name::Each(kind, each) => {
                    read.extend(self.model.kind(*kind).entities.iter().filter_map(|entity| slot(*entity, *each)));
                }
                Name::Kind(kind) => read.push(self.kind(*kind)),
            }
        }
        self.reads[id.0 as usize].extend(read);
    }
}
