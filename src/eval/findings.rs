//! `Findings`: what a model is held against and how it stands: checks, published figures, claims.

use crate::diagnostic::Problem;
use crate::model::{CaseId, Model};

use super::{Cell, Results};

/// How every check, figure and claim of a model stands.
#[derive(Debug, Clone, Default)]
pub struct Findings {
    /// One for every check and case it is checked in.
    pub checks: Vec<CheckOutcome>,
    /// One for every `reconcile`, in the model's order.
    pub reconciles: Vec<Figure>,
    /// One for every claim, in the model's order.
    pub claims: Vec<ClaimOutcome>,
    pub problems: Vec<Problem>,
}

/// How a check stands in one case.
#[derive(Debug, Clone)]
pub struct CheckOutcome {
    /// The index in `Model::checks`.
    pub check: usize,
    pub case: CaseId,
    pub state: CheckState,
}

/// Whether a check holds.
#[derive(Debug, Clone, PartialEq)]
pub enum CheckState {
    Holds,
    /// Nothing to hold: one side is missing everywhere.
    Missing,
    /// The periods (or nothing, without time) where it does not hold, with both sides if it compares.
    Fails(Vec<Breach>),
}

/// One period in which a check does not hold.
#[derive(Debug, Clone, PartialEq)]
pub struct Breach {
    pub index: Option<usize>,
    pub sides: Option<(f64, f64)>,
}

/// How a published figure stands.
#[derive(Debug, Clone)]
pub struct Figure {
    /// The index in `Model::reconciles`.
    pub reconcile: usize,
    pub computed: Cell,
    /// Computed less printed, in base units.
    pub difference: Option<f64>,
    pub verdict: Verdict,
}

/// What became of a published figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    Reconciled,
    /// It does not reconcile, and the file says why.
    Disputed,
    Failed,
    /// It is printed, but there is nothing to hold against it.
    Missing,
}

/// How a claim stands.
#[derive(Debug, Clone)]
pub struct ClaimOutcome {
    /// The index in `Model::claims`.
    pub claim: usize,
    pub holds: Cell,
    /// The values of its holes, in order.
    pub holes: Vec<Cell>,
}

/// Holds a model's results against its checks, published figures and claims.
pub fn findings(_model: &Model, _results: &Results) -> Findings {
    Findings::default()
}
