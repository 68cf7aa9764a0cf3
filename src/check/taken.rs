//! Lines that an entity takes over, from the entity it is like or from its kind: with whose values each is typed.
//!
//! Most are shared as they were typed where they are written. A line that reads a value which is something else here
//! (of another unit, kind of series or calendar) is typed again with the values of the entity that takes it over.

use std::collections::HashMap;
use std::rc::Rc;
use std::sync::Arc;

use crate::diagnostic::{Label, Problem};
use crate::model::{EntityId, SeriesKind, Slot};
use crate::resolve::{Content, Entry, Line, Own, Owner};
use crate::syntax::ast::{ExprTree, NodeKind, SpreadKind};

use super::checker::{Checker, Outcome};
use super::define::is_constant;

/// What is known of lines that are taken over.
#[derive(Default)]
pub(super) struct Taken {
    /// The names in the formulas of a line, by its address.
    names: HashMap<usize, Rc<[Arc<str>]>>,
    /// For an entity and the one whose lines it has: which slots are something else than there.
    others: HashMap<(EntityId, EntityId), Rc<[bool]>>,
    /// Problems of lines that were typed again.
    problems: Vec<Problem>,
}

impl Checker<'_> {
    /// With whose values a variable's line is typed.
    pub fn typed_for(&mut self, entry: &Entry) -> Owner {
        let (Some(entity), Some(slot)) = (entry.entity, entry.slot) else { return entry.line.owner };
        match entry.line.owner {
            Owner::Entity(writer) if writer != entity => {
                let others = self.others(entity, writer);
                let is_other = others.get(slot.0 as usize).is_none_or(|is_other| *is_other);
                if is_other { Owner::Entity(entity) } else { entry.line.owner }
            }
            Owner::Kind(_) => Owner::Entity(entity),
            owner => owner,
        }
    }

    /// Whether an outcome of a kind's line looked into a formula that an entity has a line of its own for.
    pub fn has_own_parts(&self, outcome: &Outcome, entity: EntityId) -> bool {
        outcome.opened.iter().any(|slot| self.has_own_line(entity, *slot))
    }

    /// Whether an entity has another line for an attribute than its kind.
    pub fn has_own_line(&self, entity: EntityId, slot: Slot) -> bool {
        let def = self.symbols.entity(entity);
        let Some(variable) = def.slots.get(slot.0 as usize) else { return false };
        let of_kind = self.symbols.kind(def.kind).attributes[slot.0 as usize].line.as_ref();
        of_kind.is_none_or(|line| !Arc::ptr_eq(line, &self.symbols.entries[variable.0 as usize].line))
    }

    /// Which slots of an entity are something else than those of the one whose lines it has: by a line of its own, or by
    /// a formula that reads such a slot.
    fn others(&mut self, entity: EntityId, writer: EntityId) -> Rc<[bool]> {
        if let Some(known) = self.taken.others.get(&(entity, writer)) {
            return known.clone();
        }
        let symbols = self.symbols;
        let entries = |of: EntityId| symbols.entity(of).slots.iter().map(|id| &symbols.entries[id.0 as usize]);
        let mut others = vec![false; symbols.entity(entity).slots.len()];
        let mut readers: Vec<Vec<usize>> = vec![Vec::new(); others.len()];
        let mut open = Vec::new();
        for (at, (here, there)) in entries(entity).zip(entries(writer)).enumerate() {
            let is_other = match Arc::ptr_eq(&here.line, &there.line) {
                true => self.reads(&here.line, (entity, writer), |slot| readers[slot.0 as usize].push(at)),
                false => !self.alike(here, there),
            };
            others[at] = is_other;
            open.extend(is_other.then_some(at));
        }
        while let Some(at) = open.pop() {
            for reader in &readers[at] {
                if !std::mem::replace(&mut others[*reader], true) {
                    open.push(*reader);
                }
            }
        }
        let others: Rc<[bool]> = others.into();
        self.taken.others.insert((entity, writer), others.clone());
        others
    }

    /// Names every slot that a line reads; whether one of its names is not the same thing in both entities.
    fn reads(&mut self, line: &Arc<Line>, (here, there): (EntityId, EntityId), mut read: impl FnMut(Slot)) -> bool {
        let names = self.names_in(line);
        let owner = if let Owner::Kind(_) = line.owner { line.owner } else { Owner::Entity(here) };
        let mut is_other = false;
        for name in names.iter() {
            match self.symbols.own(owner, name) {
                Some(Own::Slot(slot)) => read(slot),
                Some(Own::Family(members)) => members.iter().for_each(|(_, slot)| read(*slot)),
                None => continue,
            }
            is_other |= owner == Owner::Entity(here)
                && self.symbols.own(owner, name) != self.symbols.own(Owner::Entity(there), name);
        }
        is_other
    }

    /// Whether two lines are the same to whoever reads them, as far as can be told without their formulas.
    fn alike(&mut self, here: &Entry, there: &Entry) -> bool {
        let is_stated = |entry: &Entry| entry.line.pieces.iter().all(is_constant);
        let are_stated = is_stated(here) && is_stated(there);
        let (one, two) = match self.attribute_of(here) {
            Some((kind, slot)) => {
                let of_kind = (self.attribute(kind, slot), true);
                (of_kind.clone(), of_kind)
            }
            None => (self.quick_of(here), self.quick_of(there)),
        };
        // Of a ratio, and of a stock that may be an average, the formula is written out where it is rolled up.
        let has_parts = matches!(one.0.series, Some(SeriesKind::Ratio | SeriesKind::Stock)) && !are_stated;
        one.1 && two.1 && one.0 == two.0 && !has_parts
    }

    /// The names in a line's formulas, its range included.
    fn names_in(&mut self, line: &Arc<Line>) -> Rc<[Arc<str>]> {
        let address = Arc::as_ptr(line) as usize;
        self.taken.names.entry(address).or_insert_with(|| names_of(line).into()).clone()
    }

    /// Keeps the problems of a line that was typed again, each with who takes it over and what is its own there.
    pub fn retyped(&mut self, line: &Arc<Line>, entity: EntityId, problems: Vec<Problem>) {
        if problems.is_empty() {
            return;
        }
        let def = self.symbols.entity(entity);
        let mut labels =
            vec![Label { place: def.place, text: format!("`{}` takes it over, with its own values", def.name) }];
        for name in self.names_in(line).iter() {
            let Some(Own::Slot(slot)) = self.symbols.own(Owner::Entity(entity), name) else { continue };
            let Some(variable) = def.slots.get(slot.0 as usize) else { continue };
            let own = &self.symbols.entries[variable.0 as usize].line;
            if own.owner == Owner::Entity(entity) {
                labels.push(Label { place: own.place, text: format!("its `{name}`") });
            }
        }
        for mut problem in problems {
            problem.labels.extend(labels.iter().cloned());
            self.taken.problems.push(problem);
        }
    }

    /// Reports what is wrong with lines that were typed again, but for what is wrong with them everywhere.
    pub fn report_retyped(&mut self) {
        for problem in std::mem::take(&mut self.taken.problems) {
            let same = |other: &Problem| {
                other.code == problem.code && other.message == problem.message && other.place() == problem.place()
            };
            if !self.problems.iter().any(same) {
                self.problems.push(problem);
            }
        }
    }
}

fn names_of(line: &Line) -> Vec<Arc<str>> {
    let mut names = Vec::new();
    let mut add = |tree: &ExprTree| {
        for node in &tree.nodes {
            if let NodeKind::Name(span) = node.kind
                && !names.iter().any(|name: &Arc<str>| **name == *tree.slice(span))
            {
                names.push(tree.slice(span).into());
            }
        }
    };
    for piece in &line.pieces {
        if let Content::Written { written, .. } = &piece.content {
            add(&written.expr.tree);
        }
        let Some(def) = &piece.range else { continue };
        let within = def.spread.within.iter().flat_map(|(low, high)| [low, high]);
        let numbers: Vec<_> = match &def.spread.kind {
            SpreadKind::Between { low, high, mode } => [low, high].into_iter().chain(mode).collect(),
            SpreadKind::Normal { mean, sd } => mean.iter().chain([sd]).collect(),
            SpreadKind::Lognormal { mu, sigma } => vec![mu, sigma],
            SpreadKind::Discrete(values) => values.iter().map(|(value, _)| value).collect(),
        };
        numbers.into_iter().chain(within).for_each(|expr| add(&expr.tree));
    }
    names
}
