//! Two models to the changes between them, typed by what they mean.

mod asked;
mod book;
mod case;
mod definition;
mod finding;
mod presence;
mod shown;
mod study;

use std::collections::BTreeMap;

use crate::model::{Model, VariableId};
use crate::text::Place;

use super::Functions;
use super::cause::Cause;
use super::change::{Change, ChangeKind, Swap};
use super::pair::Pairs;
use super::union::{Shared, Union};

/// Every change between two models, in the order of the current model's files as far as it has them.
pub(super) fn changes(
    (baseline, current): (&Model, &Model),
    pairs: &Pairs,
    union: &Union,
    functions: &(Functions, Functions),
) -> Vec<Change> {
    let mut compare = Compare {
        baseline,
        current,
        pairs,
        union,
        functions,
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
    compare.outputs();
    compare.reports();
    compare.studies();
    compare.attach();
    compare.changes
}

/// A comparison in progress.
struct Compare<'a> {
    baseline: &'a Model,
    current: &'a Model,
    pairs: &'a Pairs,
    union: &'a Union,
    functions: &'a (Functions, Functions),
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
        let change = match cause {
            Cause::Function(name) => self.function(name),
            Cause::Unit => of_formula("units", "defined differently"),
            Cause::Variable(_) | Cause::Unknown => of_formula("names", "the same words mean something else"),
        };
        let is_same = |known: &Change| known.path == change.path && known.kind == ChangeKind::Formula;
        let known = self.changes.iter().position(is_same);
        known.unwrap_or_else(|| {
            self.changes.push(change);
            self.changes.len() - 1
        })
    }

    /// A function with its old and new text, if these are known.
    fn function(&self, name: &str) -> Change {
        let path = format!("fn {name}");
        let (old, new) = (self.functions.0.get(name), self.functions.1.get(name));
        if old.is_none() && new.is_none() {
            return of_formula(&path, "rewritten");
        }
        let text = |side: Option<&(Place, String)>| side.map(|(_, text)| text.clone());
        let place = |side: Option<&(Place, String)>| side.map(|(place, _)| *place);
        Change::of(ChangeKind::Formula, path).saying(text(old), text(new)).at(place(old), place(new))
    }
}

fn of_formula(path: &str, new: &str) -> Change {
    Change::of(ChangeKind::Formula, path).saying(None, Some(new.to_string()))
}
