//! Renames: what is defined as something was that is there no more, under a name much like it.

use std::collections::{BTreeMap, BTreeSet};

use crate::format::wording;
use crate::model::{EntityId, Model, Provenance, Role, Variable, VariableId};
use crate::text::nearest;

use super::pair::{Pairs, are_alike};

/// Finds renamed entities, then renamed values, until no more are found.
pub fn detect(baseline: &Model, current: &Model, pairs: &mut Pairs) {
    for _ in 0..ROUNDS {
        let found = entities(baseline, current, pairs) + variables(baseline, current, pairs);
        if found == 0 {
            break;
        }
    }
}

const ROUNDS: usize = 5;

/// More pairs than this are not looked at.
const MOST_PAIRS: usize = 40_000;

/// An entity was renamed if most of its lines are those of one that is gone.
fn entities(baseline: &Model, current: &Model, pairs: &mut Pairs) -> usize {
    let taken: BTreeSet<EntityId> = pairs.entities.iter().flatten().copied().collect();
    let gone: Vec<EntityId> = ids(baseline).filter(|id| pairs.entities[id.0 as usize].is_none()).collect();
    let come: Vec<EntityId> = ids(current).filter(|id| !taken.contains(id)).collect();
    if gone.len() * come.len() > MOST_PAIRS {
        return 0;
    }
    let lines = |model: &Model, id: EntityId| -> BTreeSet<(String, String)> {
        let of = |variable: &&VariableId| model.variable(**variable).entity == Some(id);
        let slots = model.entity(id).slots.iter().filter(of).map(|variable| model.variable(*variable));
        slots.map(|variable| (variable.name.to_string(), signature(variable, &[]))).collect()
    };
    let new_lines: Vec<_> = come.iter().map(|id| lines(current, *id)).collect();
    let mut scored: Vec<(u64, EntityId, EntityId)> = Vec::new();
    for old in &gone {
        let (entity, old_lines) = (baseline.entity(*old), lines(baseline, *old));
        for (new, new_lines) in come.iter().zip(&new_lines) {
            let other = current.entity(*new);
            if pairs.kinds[entity.kind.0 as usize] == Some(other.kind) {
                let same_label = entity.label == other.label && !entity.label.is_empty();
                let score = likeness(&old_lines, new_lines, same_label, &entity.name, &other.name);
                scored.extend(score.map(|score| (score, *old, *new)));
            }
        }
    }
    scored.sort_by(|a, b| b.cmp(a));
    let (mut from, mut to) = (BTreeSet::new(), BTreeSet::new());
    for (_, old, new) in scored {
        if from.insert(old) && to.insert(new) {
            pairs.rename_entity(baseline, current, old, new);
        }
    }
    from.len().min(to.len())
}

/// In thousandths, how much of two entities is the same; nothing if too little.
fn likeness(
    old: &BTreeSet<(String, String)>,
    new: &BTreeSet<(String, String)>,
    same_label: bool,
    old_name: &str,
    new_name: &str,
) -> Option<u64> {
    let (same, all) = (old.intersection(new).count(), old.union(new).count().max(1));
    let share = (same * 1000 / all) as u64;
    let (least, bonus) = match (same_label, similar(old_name, new_name)) {
        (true, _) => (300, 300),
        (false, true) => (500, 100),
        (false, false) => (700, 0),
    };
    (share >= least && same > 0).then_some(share + bonus)
}

/// A value was renamed if it stands where one is gone that was defined in the same words.
fn variables(baseline: &Model, current: &Model, pairs: &mut Pairs) -> usize {
    type Key = (Option<EntityId>, Option<EntityId>, String);
    let renamed = renamed_names(baseline, current, pairs);
    let mut come: BTreeMap<Key, Vec<VariableId>> = BTreeMap::new();
    for (at, new) in current.variables.iter().enumerate() {
        if pairs.back[at].is_none() && !new.hidden {
            come.entry((new.entity, new.index, signature(new, &[]))).or_default().push(VariableId(at as u32));
        }
    }
    if come.is_empty() {
        return 0;
    }
    let mut found = 0;
    for (at, old) in baseline.variables.iter().enumerate() {
        if pairs.variables[at].is_some() || old.hidden {
            continue;
        }
        let Some((entity, index)) = pairs.place_of(old) else { continue };
        let Some(candidates) = come.get_mut(&(entity, index, signature(old, &renamed))) else { continue };
        let alone = candidates.len() == 1;
        let fits = |id: &VariableId| is_renamed(old, current.variable(*id), alone);
        let Some(place) = candidates.iter().position(fits) else { continue };
        let new = candidates.remove(place);
        pairs.pair(VariableId(at as u32), new);
        pairs.renamed_variables.push((VariableId(at as u32), new));
        found += 1;
    }
    found
}

fn is_renamed(old: &Variable, new: &Variable, alone: bool) -> bool {
    let first = |variable: &Variable| variable.definition.pieces.first().cloned();
    let (Some(before), Some(after)) = (first(old), first(new)) else { return false };
    let is_formula = before.role == Role::Derived && before.formula.text.chars().any(char::is_alphabetic);
    let said = |provenance: &Provenance| (provenance.owner.clone(), provenance.reason.clone());
    let same_words = before.provenance.reason.is_some() && said(&before.provenance) == said(&after.provenance);
    are_alike(old, new) && (similar(&old.name, &new.name) || alone && (is_formula || same_words))
}

/// Old and new last names of whatever was renamed so far.
fn renamed_names(baseline: &Model, current: &Model, pairs: &Pairs) -> Vec<(String, String)> {
    let entities =
        pairs.renamed_entities.iter().map(|(old, new)| (&baseline.entity(*old).name, &current.entity(*new).name));
    let variables =
        pairs.renamed_variables.iter().map(|(old, new)| (&baseline.variable(*old).name, &current.variable(*new).name));
    let mut names: Vec<(String, String)> =
        entities.chain(variables).map(|(old, new)| (old.to_string(), new.to_string())).collect();
    names.sort();
    names.dedup();
    names
}

/// What defines a variable, in words, with its own name left open.
fn signature(variable: &Variable, renamed: &[(String, String)]) -> String {
    let mut text = String::new();
    for piece in &variable.definition.pieces {
        text += &format!("{}..{}: {} | ", piece.window.first, piece.window.last, wording(&piece.formula.text));
    }
    let mut text = replaced(&text, &variable.name, "\u{a7}");
    for (old, new) in renamed {
        text = replaced(&text, old, new);
    }
    format!("{}{:?}{:?}", text, variable.time, variable.series)
}

/// A text with every whole word `old` as `new`.
fn replaced(text: &str, old: &str, new: &str) -> String {
    if old.is_empty() || !text.contains(old) {
        return text.to_string();
    }
    let is_letter = |letter: Option<char>| letter.is_some_and(|letter| letter.is_alphanumeric() || letter == '_');
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find(old) {
        let (before, after) = (&rest[..at], &rest[at + old.len()..]);
        let whole = !is_letter(before.chars().next_back()) && !is_letter(after.chars().next());
        out += before;
        out += if whole { new } else { old };
        rest = after;
    }
    out + rest
}

/// Whether one name is a slip, a part or an extension of the other.
fn similar(old: &str, new: &str) -> bool {
    let part = |long: &str, short: &str| short.len() >= 3 && long.contains(short);
    part(old, new) || part(new, old) || nearest(old, [new]).is_some()
}

fn ids(model: &Model) -> impl Iterator<Item = EntityId> + use<> {
    (0..model.entities.len() as u32).map(EntityId)
}
