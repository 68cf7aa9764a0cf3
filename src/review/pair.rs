//! `Pairs`: which thing of the baseline is which of the current model.

use std::collections::BTreeMap;

use crate::model::{CaseId, Entity, EntityId, KindId, Model, Type, Variable, VariableId};

/// For every thing of the baseline its counterpart of the current model, if it has one.
#[derive(Debug, Clone, Default)]
pub struct Pairs {
    pub variables: Vec<Option<VariableId>>,
    pub entities: Vec<Option<EntityId>>,
    pub kinds: Vec<Option<KindId>>,
    pub cases: Vec<Option<CaseId>>,
    /// The baseline's variable of each current one.
    pub back: Vec<Option<VariableId>>,
    /// What has another name now, as baseline and current name.
    pub renamed_entities: Vec<(EntityId, EntityId)>,
    pub renamed_variables: Vec<(VariableId, VariableId)>,
}

impl Pairs {
    /// Pairs whatever has the same name, and what is declared to be renamed.
    pub fn by_name(baseline: &Model, current: &Model, declared: &[(String, String)]) -> Pairs {
        let new_name = |name: &str| -> String {
            let found = declared.iter().find(|(old, _)| old == name);
            found.map_or(name, |(_, new)| new).to_string()
        };
        let mut pairs = Pairs { back: vec![None; current.variables.len()], ..Pairs::default() };
        pairs.variables = vec![None; baseline.variables.len()];
        pairs.cases = baseline.cases.iter().map(|case| current.case_named(&new_name(&case.name))).collect();
        pairs.kinds = baseline.kinds.iter().map(|kind| current.kind_named(&new_name(&kind.name))).collect();
        let entities: BTreeMap<&str, EntityId> = named(&current.entities);
        for (at, old) in baseline.entities.iter().enumerate() {
            let name = new_name(&old.name);
            let found = entities.get(&*name).copied();
            let same_kind = |new: &EntityId| pairs.kinds[old.kind.0 as usize] == Some(current.entity(*new).kind);
            let found = found.filter(same_kind);
            pairs.entities.push(found);
            if let Some(new) = found.filter(|_| *name != *old.name) {
                pairs.renamed_entities.push((EntityId(at as u32), new));
            }
        }
        pairs.pair_variables(baseline, current, &new_name);
        pairs
    }

    /// Pairs the variables that have the same entity, index and name.
    fn pair_variables(&mut self, baseline: &Model, current: &Model, new_name: &dyn Fn(&str) -> String) {
        let mut by_key: BTreeMap<(Option<EntityId>, Option<EntityId>, &str), VariableId> = BTreeMap::new();
        for (at, variable) in current.variables.iter().enumerate().filter(|(_, variable)| !variable.hidden) {
            by_key.insert((variable.entity, variable.index, key_name(variable)), VariableId(at as u32));
        }
        for (at, old) in baseline.variables.iter().enumerate().filter(|(_, variable)| !variable.hidden) {
            let Some((entity, index)) = self.place_of(old) else { continue };
            let declared = new_name(&old.path);
            let name = match declared == *old.path {
                true => key_name(old).to_string(),
                false => declared.rsplit_once('.').map_or(declared.as_str(), |(_, name)| name).to_string(),
            };
            let Some(new) = by_key.get(&(entity, index, name.as_str())).copied() else { continue };
            let old_id = VariableId(at as u32);
            self.pair(old_id, new);
            if declared != *old.path {
                self.renamed_variables.push((old_id, new));
            }
        }
    }

    /// The current entity and index of a baseline variable; nothing if one of them has no counterpart.
    pub fn place_of(&self, old: &Variable) -> Option<(Option<EntityId>, Option<EntityId>)> {
        let of = |entity: Option<EntityId>| match entity {
            Some(entity) => self.entities[entity.0 as usize].map(Some),
            None => Some(None),
        };
        Some((of(old.entity)?, of(old.index)?))
    }

    /// Old and new paths of whatever was renamed, as they stand in texts.
    pub fn names(&self, baseline: &Model, current: &Model) -> Vec<(String, String)> {
        let entities = self
            .renamed_entities
            .iter()
            .map(|(old, new)| (format!("{}.", baseline.entity(*old).name), format!("{}.", current.entity(*new).name)));
        let variables = self
            .renamed_variables
            .iter()
            .map(|(old, new)| (baseline.variable(*old).path.to_string(), current.variable(*new).path.to_string()));
        entities.chain(variables).collect()
    }

    /// Makes two variables counterparts.
    pub fn pair(&mut self, old: VariableId, new: VariableId) {
        self.variables[old.0 as usize] = Some(new);
        self.back[new.0 as usize] = Some(old);
    }

    /// Pairs an entity that has another name now, and what it holds under the same names.
    pub fn rename_entity(&mut self, baseline: &Model, current: &Model, old: EntityId, new: EntityId) {
        self.entities[old.0 as usize] = Some(new);
        self.renamed_entities.push((old, new));
        self.pair_variables(baseline, current, &|name| name.to_string());
    }
}

/// Whether one variable can stand in the place of the other: values of the same sort, along the same time.
pub fn are_alike(old: &Variable, new: &Variable) -> bool {
    let same_sort = std::mem::discriminant::<Type>(&old.ty) == std::mem::discriminant::<Type>(&new.ty);
    same_sort && old.time == new.time
}

/// What tells a variable from the others of its entity and index; a top-level name has a space before it.
fn key_name(variable: &Variable) -> &str {
    match variable.entity.is_none() && variable.index.is_none() {
        true => &variable.path,
        false => &variable.name,
    }
}

fn named(entities: &[Entity]) -> BTreeMap<&str, EntityId> {
    entities.iter().enumerate().map(|(at, entity)| (&*entity.name, EntityId(at as u32))).collect()
}
