//! Trees to a model: the type of every expression, or why there is none.

use crate::diagnostic::Problem;
use crate::model::{Formula, Model, Override};
use crate::resolve::{Loaded, Symbols};
use crate::units::Unit;

/// Checks a whole book; the model holds what is sound, and the problems decide whether it may be evaluated.
pub fn check(_loaded: &Loaded, _symbols: &Symbols) -> (Model, Vec<Problem>) {
    (Model::default(), Vec::new())
}

/// Reads an expression about a model, for `scn eval`; the unit is how its value is shown.
pub fn expression(_model: &Model, _symbols: &Symbols, _text: &str) -> Result<(Formula, Unit), Vec<Problem>> {
    Err(Vec::new())
}

/// Reads one `path=value` of the command line.
pub fn overrides(_model: &Model, _symbols: &Symbols, _text: &str) -> Result<Vec<Override>, Vec<Problem>> {
    Err(Vec::new())
}
