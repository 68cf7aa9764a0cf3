//! What is new, what is gone, and what has another name.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{EntityId, KindId, Model, Variable, VariableId};

use super::super::change::{Change, ChangeKind, Swap};
use super::super::diff::Spot;
use super::definition::path_of;
use super::{Compare, shown};

/// Variables of the baseline and what they are now.
type Renamed = Vec<(VariableId, VariableId)>;

impl Compare<'_> {
    /// Entities and values that have another name; those of a renamed entity follow from it.
    pub(super) fn renames(&mut self) {
        for (old, new) in &self.pairs.renamed_entities {
            let (old, new) = (self.baseline.entity(*old), self.current.entity(*new));
            let mut change = Change::of(ChangeKind::Renamed, &*new.name).at(Some(old.place), Some(new.place));
            change = change.saying(Some(old.name.to_string()), Some(new.name.to_string()));
            change.was = Some(old.name.to_string());
            change.entity = Some(new.name.to_string());
            self.changes.push(change);
        }
        self.labels();
        let mut lines: BTreeMap<(Option<KindId>, String, String), Renamed> = BTreeMap::new();
        for (old, new) in &self.pairs.renamed_variables {
            let (before, after) = (self.baseline.variable(*old), self.current.variable(*new));
            let kind = after.entity.map(|entity| self.current.entity(entity).kind);
            let alone = kind.is_none().then(|| after.path.to_string());
            let name = alone.unwrap_or_else(|| after.name.to_string());
            lines.entry((kind, before.name.to_string(), name)).or_default().push((*old, *new));
        }
        for ids in lines.into_values() {
            let (old, new): (Vec<VariableId>, Vec<VariableId>) = ids.iter().copied().unzip();
            let (before, after) = (path_of(self.baseline, &old), path_of(self.current, &new));
            let places = (self.baseline.variable(old[0]).place, self.current.variable(new[0]).place);
            let mut change = Change::of(ChangeKind::Renamed, after.clone()).at(Some(places.0), Some(places.1));
            change = change.saying(Some(before.clone()), Some(after));
            change.was = Some(before);
            change.variables = ids.iter().map(|(old, new)| (Some(*old), Some(*new))).collect();
            self.changes.push(change);
        }
    }

    /// Entities that are called differently in words.
    fn labels(&mut self) {
        for (at, new) in self.pairs.entities.iter().enumerate() {
            let Some(new) = new.map(|new| self.current.entity(new)) else { continue };
            let old = &self.baseline.entities[at];
            if old.label != new.label {
                let change = Change::of(ChangeKind::Words, &*new.name).at(Some(old.place), Some(new.place));
                let mut change = change.saying(Some(old.label.to_string()), Some(new.label.to_string()));
                change.entity = Some(new.name.to_string());
                self.changes.push(change);
            }
        }
    }

    /// Entities, attributes and values that only one model has.
    pub(super) fn presence(&mut self) {
        let taken: BTreeSet<EntityId> = self.pairs.entities.iter().flatten().copied().collect();
        for at in 0..self.current.entities.len() {
            let id = EntityId(at as u32);
            if !taken.contains(&id) {
                self.entity(self.current, id, id, true);
            }
        }
        for at in 0..self.baseline.entities.len() {
            if self.pairs.entities[at].is_none() {
                self.entity(self.baseline, EntityId(at as u32), self.union.baseline.entities[at], false);
            }
        }
        let is_new = |at: usize| self.pairs.back[at].is_none() && !self.current.variables[at].hidden;
        let new: Vec<VariableId> = of_kept(self.current, is_new, |entity| taken.contains(&entity));
        let is_gone = |at: usize| self.pairs.variables[at].is_none() && !self.baseline.variables[at].hidden;
        let kept = |entity: EntityId| self.pairs.entities[entity.0 as usize].is_some();
        let gone: Vec<VariableId> = of_kept(self.baseline, is_gone, kept);
        self.values(self.current, &new, true);
        self.values(self.baseline, &gone, false);
    }

    fn entity(&mut self, model: &Model, id: EntityId, in_union: EntityId, is_new: bool) {
        let entity = model.entity(id);
        let kind = if is_new { ChangeKind::Added } else { ChangeKind::Removed };
        let said = Some(format!("{} \"{}\"", model.kind(entity.kind).name, entity.label));
        let place = Some(entity.place);
        let first = entity.slots.iter().map(|slot| model.variable(*slot));
        let behind = first
            .filter_map(|variable| variable.definition.pieces.first())
            .map(|piece| piece.provenance.clone())
            .next();
        let change = Change::of(kind, &*entity.name);
        let mut change = match is_new {
            true => change.saying(None, said).at(None, place).by(None, behind.as_deref()),
            false => change.saying(said, None).at(place, None).by(behind.as_deref(), None),
        };
        change.because = None;
        change.entity = Some(entity.name.to_string());
        change.swaps = vec![if is_new { Swap::Absent(in_union) } else { Swap::Present(in_union) }];
        let ids = (0..model.variables.len() as u32).map(VariableId);
        let own =
            ids.filter(|variable| model.variable(*variable).entity == Some(id) && !model.variable(*variable).hidden);
        change.variables = own.map(|id| if is_new { (None, Some(id)) } else { (Some(id), None) }).collect();
        self.changes.push(change);
    }

    /// Values of entities that both have; an attribute of a whole kind is one change.
    fn values(&mut self, model: &Model, ids: &[VariableId], is_new: bool) {
        let mut lines: BTreeMap<(u32, String), Vec<VariableId>> = BTreeMap::new();
        for id in ids {
            let variable = model.variable(*id);
            let kind = variable.entity.map_or(u32::MAX, |entity| model.entity(entity).kind.0);
            let whole = variable.entity.is_some_and(|entity| {
                let attributes = &model.kind(model.entity(entity).kind).attributes;
                variable.index.is_none() && attributes.iter().any(|attribute| attribute.name == variable.name)
            });
            let name = if whole { &variable.name } else { &variable.path };
            lines.entry((kind, name.to_string())).or_default().push(*id);
        }
        let mut lines: Vec<Vec<VariableId>> = lines.into_values().collect();
        lines.sort_by_key(|line| line[0]);
        for line in lines {
            let change = self.presence_of(model, &line, is_new);
            let at = self.changes.len();
            for id in &line {
                let in_union = if is_new { *id } else { self.union.baseline.variables[id.0 as usize] };
                self.by_variable.insert(in_union, at);
            }
            self.changes.push(change);
        }
    }

    fn presence_of(&self, model: &Model, line: &[VariableId], is_new: bool) -> Change {
        let variable = model.variable(line[0]);
        let said = stated(variable, model);
        let piece = variable.definition.pieces.first();
        let behind = piece.map(|piece| &*piece.provenance);
        let place = Some(piece.map_or(variable.place, |piece| piece.place));
        let source = behind.and_then(|behind| behind.cited(model));
        let path = path_of(model, line);
        let mut change = match is_new {
            true => Change::of(ChangeKind::Added, path).saying(None, said).at(None, place).by(None, behind),
            false => Change::of(ChangeKind::Removed, path).saying(said, None).at(place, None).by(behind, None),
        };
        change.sources = if is_new { (None, source) } else { (source, None) };
        change.entity = variable.entity.map(|entity| model.entity(entity).name.to_string());
        change.variables = line.iter().map(|id| if is_new { (None, Some(*id)) } else { (Some(*id), None) }).collect();
        change
    }
}

/// The variables that only one model has, of entities that both have.
fn of_kept(model: &Model, only: impl Fn(usize) -> bool, kept: impl Fn(EntityId) -> bool) -> Vec<VariableId> {
    let ids = (0..model.variables.len()).filter(|at| only(*at)).map(|at| VariableId(at as u32));
    ids.filter(|id| model.variable(*id).entity.is_none_or(&kept)).collect()
}

/// All of a definition as one side of a change.
fn stated(variable: &Variable, model: &Model) -> Option<String> {
    let spot = |piece: &crate::model::Piece| Spot { window: piece.window, old: Some(piece.clone()), new: None };
    let spots: Vec<Spot> = variable.definition.pieces.iter().map(spot).collect();
    shown::side(&spots, variable, model, true)
}
