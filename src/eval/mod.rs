//! A model and settings to results: every variable in every case, why it is so, and what does not hold.

#[cfg(test)]
mod agreement;
mod column;
mod demand;
mod engine;
mod error;
mod faults;
mod findings;
mod found;
mod group;
mod idle;
mod layout;
mod levels;
mod mix;
pub mod op;
mod plan;
mod readers;
mod recipe;
mod results;
mod run;
#[cfg(test)]
mod sample;
mod scc;
mod schedule;
mod shape;
mod sweep;
mod touches;
mod trace;
mod walk;
mod writes;

use std::collections::BTreeMap;

use crate::model::{CaseId, Model, Override};

pub use error::EvalError;
pub use findings::{
    Breach, CheckOutcome, CheckState, ClaimOutcome, Figure, FindingError, Findings, Side, Verdict, compared, findings,
    is_literal, unit_of,
};
pub use results::{Cell, Results};
pub use sweep::{CHUNK, Columns, Knob, Probe, Sweep, graph, node};
pub use trace::{Step, Trace, missing_root, trace};
pub use writes::{Layer, Write, writes};

/// What a run is asked for beyond the model itself.
#[derive(Debug, Clone, Default)]
pub struct Settings {
    /// What is laid over every case, bottom first: files of overrides, calibrated values, a point of a study.
    pub layers: Vec<Vec<Override>>,
    /// What is laid over one case only, above the layers; over one that no other builds on.
    pub own: BTreeMap<CaseId, Vec<Override>>,
    /// The last layer of every case, as from `--set path=value`.
    pub sets: Vec<Override>,
}

impl Settings {
    /// Every override of every layer, in the order in which they are laid.
    pub fn overrides(&self) -> impl Iterator<Item = &Override> {
        self.layers.iter().flatten().chain(&self.sets)
    }

    /// Every override laid over a case, in order.
    pub(crate) fn over(&self, case: CaseId) -> impl Iterator<Item = &Override> {
        self.layers.iter().flatten().chain(self.own.get(&case).into_iter().flatten()).chain(&self.sets)
    }
}

/// Computes every variable in every case; never fails: what has no value is missing, and `Results::problems` says why.
pub fn evaluate(model: &Model, settings: &Settings) -> Results {
    run::run(model, settings)
}
