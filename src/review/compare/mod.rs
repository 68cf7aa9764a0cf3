//! Two models to the changes between them, typed by what they mean.

mod book;
mod case;
mod definition;
mod finding;
mod presence;
mod shown;

use std::collections::BTreeMap;

use crate::model::{Model, VariableId};

use super::cause::Cause;
use super::change::{Change, ChangeKind, Swap};
use super::pair::Pairs;
use super::union::{Shared, Union};

/// Every change between two models, in the order of the current model's files as far as it has them.
pub(super) fn changes(baseline: &Model, current: &Model, pairs: &Pairs, union: &Union) -> Vec<Change> {
    let mut compare = Compare {
        baseline,
        current,
        pairs,
        union,
        shared: Shared::default(),
        changes: Vec::new(),
        by_variable: BTreeMap::new(),
        consequences: Vec::new(),
    };
    compare.book();
    compare.renames();
    compare.definitions();
    compare.presence();
    compare.cases();
    compare.findings();
    compare.attach();
    compare.changes
}

/// A comparison in progress.
struct Compare<'a> {
    baseline: &'a Model,
    current: &'a Model,
    pairs: &'a Pairs,
    union: &'a Union,
    shared: Shared,
    changes: Vec<Change>,
    /// The change that a line of a variable of the union belongs to.
    by_variable: BTreeMap<VariableId, usize>,
    /// What follows from changes that stand elsewhere.
    consequences: Vec<(Cause, Swap)>,
}

impl Compare<'_> {
    fn models(&self) -> (&Model, &Model) {
        (self.baseline, self.current)
    }

    /// Gives what follows from another change to it; what has no change to follow from is one of its own.
    fn attach(&mut self) {
        for (cause, swap) in std::mem::take(&mut self.consequences) {
            let at = match &cause {
                Cause::Variable(variable) => self.by_variable.get(variable).copied(),
                _ => None,
            };
            let at = at.unwrap_or_else(|| self.elsewhere(&cause));
            self.changes[at].swaps.push(swap);
        }
    }

    /// The change of something that is not in the model by itself.
    fn elsewhere(&mut self, cause: &Cause) -> usize {
        let (path, new) = match cause {
            Cause::Function(name) => (format!("fn {name}"), "rewritten"),
            Cause::Unit => ("units".to_string(), "defined differently"),
            Cause::Variable(_) | Cause::Unknown => ("names".to_string(), "the same words mean something else"),
        };
        let known = self.changes.iter().position(|change| change.path == path && change.kind == ChangeKind::Formula);
        known.unwrap_or_else(|| {
            let change = Change::of(ChangeKind::Formula, path).saying(None, Some(new.to_string()));
            self.changes.push(change);
            self.changes.len() - 1
        })
    }
}
