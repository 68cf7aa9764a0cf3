//! What a book is held against: published figures, checks, claims.

use std::collections::BTreeMap;

use crate::format::wording;
use crate::model::{Check, Claim, Condition, Model, Reconcile, Tolerance};
use crate::units::{Unit, shown};

use super::super::change::{Change, ChangeKind};
use super::Compare;

impl Compare<'_> {
    /// Compares published figures, checks and claims.
    pub(super) fn findings(&mut self) {
        self.figures();
        self.checks();
        self.claims();
    }

    fn figures(&mut self) {
        let new_name = self.pairs.names(self.baseline, self.current);
        let id = |figure: &Reconcile| new_name.iter().fold(known_by(figure), |id, (old, new)| id.replace(old, new));
        let mut open: BTreeMap<String, &Reconcile> =
            self.baseline.reconciles.iter().map(|figure| (id(figure), figure)).collect();
        for new in &self.current.reconciles {
            match open.remove(&known_by(new)) {
                Some(old) => self.figure(old, new),
                None => {
                    let change = Change::of(ChangeKind::Added, format!("reconcile {}", new.id));
                    let change = change.saying(None, Some(new.printed.text.to_string())).at(None, Some(new.place));
                    self.changes.push(change.by(None, Some(&new.provenance)));
                }
            }
        }
        for old in open.into_values() {
            let change = Change::of(ChangeKind::Removed, format!("reconcile {}", old.id));
            let change = change.saying(Some(old.printed.text.to_string()), None).at(Some(old.place), None);
            self.changes.push(change.by(Some(&old.provenance), None));
        }
    }

    fn figure(&mut self, old: &Reconcile, new: &Reconcile) {
        let path = format!("reconcile {}", new.id);
        let mut say = |kind, before: String, after: String| {
            let change = Change::of(kind, &*path).saying(Some(before), Some(after));
            self.changes
                .push(change.at(Some(old.place), Some(new.place)).by(Some(&old.provenance), Some(&new.provenance)));
        };
        if old.printed.value != new.printed.value {
            say(ChangeKind::Published, old.printed.text.to_string(), new.printed.text.to_string());
        }
        let near = |figure: &Reconcile| tolerance(Some(figure.tolerance), &figure.printed.unit);
        let as_printed = |figure: &Reconcile| matches!(figure.tolerance, Tolerance::AsPrinted(_));
        if near(old) != near(new) && !(as_printed(old) && as_printed(new)) {
            say(ChangeKind::Tolerance, near(old), near(new));
        }
        let dispute = |figure: &Reconcile| figure.disputed.as_deref().unwrap_or("not disputed").to_string();
        if old.disputed != new.disputed {
            say(ChangeKind::Dispute, dispute(old), dispute(new));
        }
    }

    fn checks(&mut self) {
        let new_name = self.pairs.names(self.baseline, self.current);
        let renamed = |((what, number), check): ((String, usize), _)| {
            let what = new_name.iter().fold(what, |what, (old, new)| what.replace(old, new));
            ((what, number), check)
        };
        let mut open: BTreeMap<(String, usize), &Check> = numbered(self.baseline).map(renamed).collect();
        for (key, new) in numbered(self.current) {
            let path = format!("check {}", key.0);
            match open.remove(&key) {
                Some(old) => {
                    let said = |check: &Check| if check.alert { "alert" } else { "check" }.to_string();
                    let near = |check: &Check| match &check.condition {
                        Condition::Compare { tolerance: within, .. } => tolerance(*within, &Unit::ratio()),
                        Condition::Holds(_) => String::new(),
                    };
                    let (before, after) = (near(old), near(new));
                    let places = (Some(old.place), Some(new.place));
                    if before != after {
                        let change = Change::of(ChangeKind::Tolerance, &*path).saying(Some(before), Some(after));
                        self.changes.push(change.at(places.0, places.1));
                    } else if said(old) != said(new) {
                        let change = Change::of(ChangeKind::Check, &*path).saying(Some(said(old)), Some(said(new)));
                        self.changes.push(change.at(places.0, places.1));
                    }
                }
                None => {
                    let change = Change::of(ChangeKind::Added, path).saying(None, Some(new.text.to_string()));
                    self.changes.push(change.at(None, Some(new.place)));
                }
            }
        }
        for (key, old) in open {
            let change = Change::of(ChangeKind::Removed, format!("check {}", key.0));
            self.changes.push(change.saying(Some(old.text.to_string()), None).at(Some(old.place), None));
        }
    }

    fn claims(&mut self) {
        let said = |claim: &Claim| format!("\"{}\" when {}", claim.sentence, wording(&claim.text));
        for new in &self.current.claims {
            let old = self.baseline.claims.iter().find(|old| old.name == new.name);
            if old.is_some_and(|old| said(old) == said(new)) {
                continue;
            }
            let kind = if old.is_some() { ChangeKind::Claim } else { ChangeKind::Added };
            let change = Change::of(kind, format!("claim {}", new.name)).saying(old.map(said), Some(said(new)));
            self.changes.push(change.at(old.map(|old| old.place), Some(new.place)));
        }
        for old in self.baseline.claims.iter().filter(|old| self.current.claims.iter().all(|new| new.name != old.name))
        {
            let change = Change::of(ChangeKind::Removed, format!("claim {}", old.name)).saying(Some(said(old)), None);
            self.changes.push(change.at(Some(old.place), None));
        }
    }
}

/// What a figure is known by, in the wording of what is computed.
fn known_by(figure: &Reconcile) -> String {
    match figure.id.strip_prefix(&*figure.path) {
        Some(rest) => wording(&figure.path) + rest,
        None => figure.id.to_string(),
    }
}

/// Every check by its two sides (or its text) and the entity it is about; the same one again has a number.
fn numbered(model: &Model) -> impl Iterator<Item = ((String, usize), &Check)> {
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    model.checks.iter().map(move |check| {
        let of = check.entity.map(|entity| format!(" of {}", model.entity(entity).name)).unwrap_or_default();
        let what = match &check.condition {
            Condition::Compare { left, op, right, .. } => {
                let path = |id: crate::model::VariableId| wording(&model.variable(id).path);
                format!("{} {} {}{of}", path(*left), op.word(), path(*right))
            }
            Condition::Holds(_) => format!("{}{of}", wording(&check.text)),
        };
        let number = seen.entry(what.clone()).or_default();
        *number += 1;
        ((what, *number), check)
    })
}

/// How near is near enough, in words.
fn tolerance(tolerance: Option<Tolerance>, unit: &Unit) -> String {
    match tolerance {
        None => "exactly".to_string(),
        Some(Tolerance::AsPrinted(_)) => "as printed".to_string(),
        Some(Tolerance::Absolute(base)) => {
            format!("within {}", unit.written(&shown(unit.from_base(base))))
        }
        Some(Tolerance::Relative(share)) => format!("within {}", crate::units::percent(share)),
    }
}
