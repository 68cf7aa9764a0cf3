//! Calibrations: which values of some inputs bring some outputs to their targets.

mod implied;
mod solve;
mod words;

use std::sync::Arc;

use crate::diagnostic::Problem;
use crate::eval::{Probe, Sweep, Verdict, findings, trace};
use crate::model::{Calibrate, CaseId, Factor, Model, Study, VariableId};
use crate::units::Unit;

use super::answer::case;
use super::error::StudyError;
use super::grid::{cut_from, knob};
use super::points::probes;
use super::{Head, Options, Reading};

pub use implied::implied;

/// Which values bring the targets.
#[derive(Debug, Clone)]
pub struct CalibrateAnswer {
    pub head: Head,
    pub free: Vec<Implied>,
    pub targets: Vec<Hit>,
    /// For one input every value in its bracket; for several those that were found. The one nearest to the recorded
    /// values is first.
    pub solutions: Vec<Solution>,
    /// Places in the bracket where the target jumps over what is wanted.
    pub jumps: Vec<f64>,
}

/// An input that is solved for.
#[derive(Debug, Clone)]
pub struct Implied {
    pub factor: Factor,
    pub unit: Unit,
    pub low: f64,
    pub high: f64,
    /// The value that the book has now.
    pub recorded: Option<f64>,
    /// The formula it is cut from, if it is derived.
    pub cut_from: Option<Arc<str>>,
}

/// An output and what it shall be.
#[derive(Debug, Clone)]
pub struct Hit {
    pub output: Reading,
    pub wanted: f64,
    pub tolerance: f64,
    /// What it is with the recorded values.
    pub recorded: Option<f64>,
}

/// Values that bring the targets.
#[derive(Debug, Clone)]
pub struct Solution {
    /// One for each free input.
    pub values: Vec<f64>,
    /// What each target is there.
    pub hits: Vec<f64>,
    /// How far each input alone can move before a target leaves its tolerance; nothing if none ever does.
    pub slack: Vec<Option<f64>>,
    /// Moves of all inputs together that no target notices.
    pub free: Vec<Vec<f64>>,
}

impl Implied {
    /// The index of the one period that is solved for; nothing without time.
    fn index(&self) -> Option<usize> {
        self.factor.window.map(|window| window.first)
    }
}

/// Solves for the free inputs.
pub(super) fn run(
    model: &Model,
    study: &Study,
    calibrate: &Calibrate,
    options: &Options,
) -> Result<CalibrateAnswer, Vec<Problem>> {
    let case = case(study, options);
    let knobs: Vec<_> = calibrate.free.iter().map(|free| knob(&free.factor)).collect();
    let outputs: Vec<_> = calibrate.targets.iter().map(|target| target.output.clone()).collect();
    let sweep = options.sweep(model, case, &knobs, &probes(&outputs));
    unreconciled(model, study, calibrate, &sweep, (case, options))?;
    let base = sweep.base();
    let free = calibrate.free.iter().map(|free| {
        let mut implied = Implied {
            factor: free.factor.clone(),
            unit: model.variable(free.factor.variable).unit.clone(),
            low: free.low,
            high: free.high,
            recorded: None,
            cut_from: cut_from(model, &options.settings, case, &free.factor),
        };
        implied.recorded = base.cell(case, free.factor.variable, implied.index()).number();
        implied
    });
    let targets = calibrate.targets.iter().map(|target| Hit {
        output: Reading { text: target.output.text.clone(), unit: target.output.unit.clone() },
        wanted: target.value,
        tolerance: target.tolerance,
        recorded: base.cell(case, target.output.variable, target.output.index).number(),
    });
    let mut answer = CalibrateAnswer {
        head: Head::of(model, study, case),
        free: free.collect(),
        targets: targets.collect(),
        solutions: Vec::new(),
        jumps: Vec::new(),
    };
    solve::solve(&mut answer, &sweep, study).map_err(|error| vec![Problem::new(study.place.source, &*error)])?;
    Ok(answer)
}

/// Refuses to solve on top of a failed figure that a target is made of and that the free inputs cannot mend.
fn unreconciled(
    model: &Model,
    study: &Study,
    calibrate: &Calibrate,
    sweep: &Sweep,
    (case, options): (CaseId, &Options),
) -> Result<(), Vec<Problem>> {
    let chain = model.chain(case);
    let failed = findings(model, sweep.base()).reconciles;
    let failed = failed.iter().filter(|figure| figure.verdict == Verdict::Failed);
    for figure in failed.map(|figure| &model.reconciles[figure.reconcile]).filter(|figure| chain.contains(&figure.case))
    {
        let own = Probe { variable: figure.computed, index: None };
        let free: Vec<_> = calibrate.free.iter().map(|free| knob(&free.factor)).collect();
        let reaches =
            |knobs: &[_], probes: &[Probe]| options.sweep(model, case, knobs, probes).reached().contains(&true);
        let parts: Vec<_> = named(model, sweep, figure.case, figure.computed)
            .into_iter()
            .map(|variable| crate::eval::Knob { variable, window: None })
            .collect();
        let outputs: Vec<_> = calibrate.targets.iter().map(|target| target.output.clone()).collect();
        if !reaches(&free, &[own]) && reaches(&parts, &probes(&outputs)) {
            let (name, path) = (study.name.to_string(), figure.path.to_string());
            let error = StudyError::Unreconciled { name, path, span: study.place.span };
            let problem = Problem::new(study.place.source, &error).with(figure.place, "this figure");
            return Err(vec![problem]);
        }
    }
    Ok(())
}

/// The variables that a formula names; itself, if it names none.
fn named(model: &Model, sweep: &Sweep, case: CaseId, variable: VariableId) -> Vec<VariableId> {
    let mut open: Vec<_> = trace(model, sweep.base(), case, variable, None).root.into_iter().collect();
    let mut found = Vec::new();
    while let Some(step) = open.pop() {
        match step.variable {
            Some(named) if named != variable => found.push(named),
            _ => open.extend(step.children),
        }
    }
    if found.is_empty() { vec![variable] } else { found }
}
