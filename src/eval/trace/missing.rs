//! Where a missing value begins: the first name on the way that is missing by itself.

use crate::eval::faults::{place_of, spelled};
use crate::eval::{Cell, Results};
use crate::model::{CaseId, Model, VariableId};
use crate::text::Place;

use super::{Step, trace};

/// How many names deep a missing value is followed.
const DEEPEST: usize = 64;

/// The name that is missing by itself and makes a variable missing, as it is written with its period, and where it is defined.
///
/// Nothing if the variable is there, or is missing by itself.
pub fn missing_root(
    model: &Model,
    results: &Results,
    case: CaseId,
    variable: VariableId,
    index: Option<usize>,
) -> Option<(String, Place)> {
    let start = (case, variable, index.unwrap_or(0));
    let mut spot = start;
    for _ in 0..DEEPEST {
        let index = model.variable(spot.1).time.map(|_| spot.2);
        let root = trace(model, results, spot.0, spot.1, index).root;
        match root.as_ref().filter(|root| root.value.is_missing()).and_then(first_missing) {
            Some(next) if next != spot => spot = next,
            _ => break,
        }
    }
    let is_missing = matches!(results.cell(spot.0, spot.1, Some(spot.2)), Cell::Missing { .. });
    (spot != start && is_missing).then(|| (spelled(model, spot), place_of(model, spot)))
}

/// The first name below a step that is missing.
fn first_missing(step: &Step) -> Option<(CaseId, VariableId, usize)> {
    if let (Some(variable), true) = (step.variable, step.value.is_missing()) {
        return Some((step.case, variable, step.at.map_or(0, |(_, index)| index)));
    }
    step.children.iter().find_map(first_missing)
}
