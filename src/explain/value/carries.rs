//! How much of a value each input behind it carries: what it moves by when that input alone is a little more.

use serde::Serialize;

use crate::eval::Cell;
use crate::export::in_unit;
use crate::model::{Variable, VariableId};
use crate::review::rests_on;
use crate::study::{Raised, raised};

use super::Asker;

/// As many inputs are listed.
const MOST: usize = 10;

/// What the inputs behind a value do to it.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Carries {
    /// By what share each input is raised, alone.
    pub raised: f64,
    /// The strongest first.
    pub inputs: Vec<Carried>,
    /// How many more inputs move the value.
    pub more: usize,
    /// The share of the value that each of those moves at most.
    pub at_most: Option<f64>,
}

/// What one input does to a value.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Carried {
    pub path: String,
    /// What the value moves by as a share of it; nothing where it is 0.
    pub share: Option<f64>,
    /// The same in the value's unit.
    pub difference: f64,
    /// The same as people read it, with its sign; a move of a per cent in points.
    pub display: String,
}

impl Asker<'_> {
    /// The inputs that move a number most, with what they do to it; nothing for what is typed itself.
    pub(super) fn carries(&self, id: VariableId, index: Option<usize>) -> Option<Carries> {
        if self.raise == 0.0 {
            return None;
        }
        let behind: Vec<VariableId> =
            rests_on(self.model(), id).into_iter().filter(|input| *input != id || index.is_some()).collect();
        if behind.is_empty() {
            return None;
        }
        let moves = raised(self.model(), self.results, self.case, (id, index), &behind, self.raise);
        let is_itself = matches!(moves.as_slice(), [only] if only.input == id);
        if moves.is_empty() || is_itself {
            return None;
        }
        let variable = self.variable(id);
        Some(Carries {
            raised: self.raise,
            inputs: moves.iter().take(MOST).map(|one| self.carried(variable, one)).collect(),
            more: moves.len().saturating_sub(MOST),
            at_most: moves.get(MOST).and_then(|next| next.share).map(f64::abs),
        })
    }

    fn carried(&self, variable: &Variable, one: &Raised) -> Carried {
        let unit = &variable.unit;
        let size = unit.shown_apart(one.difference.abs());
        Carried {
            path: self.variable(one.input).path.to_string(),
            share: one.share,
            difference: in_unit(&Cell::Number(one.difference), unit).unwrap_or(one.difference),
            display: format!("{}{size}", if one.difference < 0.0 { '-' } else { '+' }),
        }
    }
}
