//! `Findings`: what a model is held against and how it stands: checks, published figures, claims.

mod checks;
mod claims;
mod error;
mod figures;
mod sides;

use crate::diagnostic::Problem;
use crate::model::{CaseId, Model, Tolerance};
use crate::units::Unit;
use crate::word::yes_no;

use super::{Cell, Results};

pub use error::FindingError;
pub use sides::{Side, compared, is_literal, unit_of};

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
    /// In base units.
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
    /// It does not reconcile, or it does although it is disputed.
    Failed,
    /// It is printed, but there is nothing to hold against it.
    Missing,
}

/// How a claim stands.
#[derive(Debug, Clone)]
pub struct ClaimOutcome {
    /// The index in `Model::claims`.
    pub claim: usize,
    /// Yes, no or missing.
    pub holds: Cell,
    /// The values of its holes, in order.
    pub holes: Vec<Cell>,
}

/// Holds a model's results against its checks, published figures and claims.
pub fn findings(model: &Model, results: &Results) -> Findings {
    let mut findings = Findings::default();
    checks::hold(model, results, &mut findings);
    figures::hold(model, results, &mut findings);
    claims::hold(model, results, &mut findings);
    findings
}

/// A problem with the place where what it misses should have been given.
fn rooted(
    model: &Model,
    results: &Results,
    problem: Problem,
    cell: &Cell,
    (case, variable): (crate::model::CaseId, crate::model::VariableId),
) -> Problem {
    if !cell.is_missing() {
        return problem;
    }
    match super::missing_root(model, results, case, variable, None) {
        Some((name, place)) => problem.with(place, format!("`{name}` is not there, and it is needed")),
        None => problem,
    }
}

/// Comparisons forgive this share of a tolerance, or of the numbers themselves where none is given.
const SLACK: f64 = 1e-9;

/// How far from `expected` is near enough.
fn reach(tolerance: Tolerance, expected: f64) -> f64 {
    let reach = match tolerance {
        Tolerance::AsPrinted(half) => half,
        Tolerance::Absolute(most) => most,
        Tolerance::Relative(share) => share * expected.abs(),
    };
    reach * (1.0 + SLACK)
}

/// A cell in a unit, or why it is missing.
fn cell_in_unit(cell: &Cell, unit: &Unit) -> String {
    match cell {
        Cell::Number(number) => unit.shown(*number),
        Cell::Text(text) => text.to_string(),
        Cell::YesNo(holds) => yes_no(*holds).to_string(),
        Cell::Missing { code, reason: None } => code.word().to_string(),
        Cell::Missing { code, reason: Some(reason) } => format!("{} ({reason})", code.word()),
    }
}
