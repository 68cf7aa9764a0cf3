//! `Found`: cells that are computed already, for a walk to look at.

use std::cell::RefCell;
use std::collections::BTreeSet;

use crate::model::{CaseId, EntityId, MissingCode, VariableId};
use crate::value::{Scalar, Words};

use super::layout::Store;
use super::walk::Cells;

/// Cells that are computed already.
#[derive(Clone, Copy)]
pub(super) struct Found<'r> {
    pub store: &'r Store,
    pub words: &'r RefCell<Words>,
    pub no_members: &'r RefCell<NoMembers>,
}

/// One member of an indexed name, and an entity it was asked for in vain.
pub(super) type NoMembers = BTreeSet<(VariableId, EntityId)>;

impl Cells for Found<'_> {
    fn read(&mut self, case: CaseId, variable: VariableId, index: usize) -> Scalar {
        self.store.get(case, variable, index).unwrap_or_else(|| outside(self.words))
    }

    fn no_member(&mut self, members: &[(EntityId, VariableId)], entity: EntityId) {
        if let Some((_, variable)) = members.first() {
            self.no_members.borrow_mut().insert((*variable, entity));
        }
    }
}

/// Why there is no cell beyond the last period.
pub(super) fn outside(words: &RefCell<Words>) -> Scalar {
    let reason = "after the calendar ends".into();
    Scalar::missing(words.borrow_mut().reason(MissingCode::Na, Some(&reason)))
}
