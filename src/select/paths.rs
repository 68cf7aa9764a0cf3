//! Paths with a period in brackets.

use crate::calendar::Period;
use crate::model::{Model, VariableId};

/// The value of a path and the period in its last bracket, if there is one: `co.revenue[2027E]`; nothing for another word.
pub fn path_and_period<'w>(model: &Model, word: &'w str) -> Option<(VariableId, Option<&'w str>)> {
    if let Some(id) = model.variable_at(word) {
        return Some((id, None));
    }
    let (path, period) = word.strip_suffix(']')?.rsplit_once('[')?;
    let id = model.variable_at(path)?;
    Period::parse(period).ok().map(|_| (id, Some(period)))
}
