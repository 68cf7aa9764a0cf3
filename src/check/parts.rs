//! The formulas of definitions, for those that write them out: a ratio is rolled up by its parts.

use std::sync::Arc;

use crate::model::{Formula, KindId, Role, Slot, VariableId};
use crate::resolve::{Entry, Owner};

use super::checker::{Checker, Outcome};

impl Checker<'_> {
    /// The formulas of a variable's pieces, and whether each is derived.
    pub fn formulas(&mut self, id: VariableId) -> Vec<(Arc<Formula>, bool)> {
        let entry = &self.symbols.entries[id.0 as usize];
        if self.is_busy(entry) { Vec::new() } else { pieces(&self.outcome(entry)) }
    }

    /// The formulas of a kind's attribute.
    pub fn kind_formulas(&mut self, kind: KindId, slot: Slot) -> Vec<(Arc<Formula>, bool)> {
        let site = self.kind_site(kind, slot);
        let line = self.symbols.kind(kind).attributes[slot.0 as usize].line.as_ref();
        if line.is_some_and(|line| self.is_busy_for(line, site.owner)) {
            return Vec::new();
        }
        self.kind_outcome(kind, slot).map_or(Vec::new(), |outcome| pieces(&outcome))
    }

    /// Whether a variable's line names members of its own entity.
    pub fn is_specific(&mut self, id: VariableId) -> bool {
        let entry = &self.symbols.entries[id.0 as usize];
        !self.is_busy(entry) && self.outcome(entry).specific
    }

    /// Whether a variable's line is being checked, with whosever values.
    fn is_busy(&mut self, entry: &Entry) -> bool {
        let owners = [Some(self.typed_for(entry)), Some(entry.line.owner), entry.entity.map(Owner::Entity)];
        owners.into_iter().flatten().any(|owner| self.is_busy_for(&entry.line, owner))
    }
}

fn pieces(outcome: &Outcome) -> Vec<(Arc<Formula>, bool)> {
    let pieces = outcome.definition.pieces.iter();
    pieces.map(|piece| (piece.formula.clone(), piece.role == Role::Derived)).collect()
}
