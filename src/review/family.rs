//! Families: the members of every indexed name.

use std::collections::BTreeMap;

use crate::model::{EntityId, Model, Variable, VariableId};

use super::translate::Members;

/// The entity and the name that the members of an indexed name have in common.
type Family<'m> = (Option<EntityId>, &'m str);

/// Every indexed name with its members, by each member.
pub fn families(model: &Model) -> BTreeMap<VariableId, Members> {
    let mut groups: BTreeMap<Family<'_>, Vec<(EntityId, VariableId)>> = BTreeMap::new();
    for (at, variable) in model.variables.iter().enumerate() {
        if let Some(index) = variable.index.filter(|_| !variable.hidden) {
            groups.entry((variable.entity, family_name(variable))).or_default().push((index, VariableId(at as u32)));
        }
    }
    let mut families = BTreeMap::new();
    for group in groups.into_values() {
        let members: Members = group.into();
        families.extend(members.iter().map(|(_, variable)| (*variable, members.clone())));
    }
    families
}

/// What the members of an indexed name have in common.
fn family_name(variable: &Variable) -> &str {
    match variable.entity {
        Some(_) => &variable.name,
        None => variable.path.split_once('[').map_or(&variable.path, |(family, _)| family),
    }
}
