//! Values that are recorded as implied by a calibration, and whether they still are.

use std::collections::BTreeSet;

use crate::diagnostic::Problem;
use crate::eval::Results;
use crate::model::{Calibrate, Model, Provenance, Study, StudyKind, VariableId};
use crate::study::error::StudyError;
use crate::study::{Options, Reading};
use crate::text::Place;

use super::solve::missed;
use super::words::nearest;
use super::{Hit, run};

/// Holds every value that is implied by a calibration against its targets.
pub fn implied(model: &Model, results: &Results) -> Vec<Problem> {
    let mut problems = Vec::new();
    for (study, calibrate, values) in recorded(model) {
        problems.extend(one(model, results, study, calibrate, &values));
    }
    problems
}

/// Values that are implied by a calibration, and where they are written.
type Values = Vec<(VariableId, Place)>;

/// The calibrations that values of the book are implied by, and these values.
fn recorded(model: &Model) -> Vec<(&Study, &Calibrate, Values)> {
    let calibrations = model.studies.iter().filter_map(|study| match &study.kind {
        StudyKind::Calibrate(calibrate) => Some((study, calibrate)),
        _ => None,
    });
    let values = |study: &Study| -> Values {
        let names = |provenance: &Provenance| provenance.implied.as_ref() == Some(&study.name);
        let defined = model.variables.iter().enumerate().flat_map(|(at, variable)| {
            let pieces = variable.definition.pieces.iter().filter(|piece| names(&piece.provenance));
            pieces.map(move |piece| (VariableId(at as u32), piece.place))
        });
        let lines = model.cases.iter().flat_map(|case| &case.overrides).filter(|line| names(&line.provenance));
        let mut found: Vec<_> = defined.chain(lines.map(|line| (line.variable, line.place))).collect();
        found.sort();
        found.dedup();
        found
    };
    let found = calibrations.map(|(study, calibrate)| (study, calibrate, values(study)));
    found.filter(|(_, _, values)| !values.is_empty()).collect()
}

fn one(
    model: &Model,
    results: &Results,
    study: &Study,
    calibrate: &Calibrate,
    values: &[(VariableId, Place)],
) -> Vec<Problem> {
    let free: BTreeSet<VariableId> = calibrate.free.iter().map(|free| free.factor.variable).collect();
    if let Some((variable, place)) = values.iter().find(|(variable, _)| !free.contains(variable)) {
        let misses = "it is not free there".to_string();
        let help = format!("let `{}` leave it free, or drop `implied by`", study.name);
        return vec![problem(model, study, *variable, *place, (misses, help))];
    }
    let targets: Vec<Hit> = calibrate
        .targets
        .iter()
        .map(|target| Hit {
            output: Reading { text: target.output.text.clone(), unit: target.output.unit.clone() },
            wanted: target.value,
            tolerance: target.tolerance,
            recorded: results.cell(study.case, target.output.variable, target.output.index).number(),
        })
        .collect();
    let missed = missed(&targets);
    if missed.is_empty() {
        return Vec::new();
    }
    let help = match run(model, study, calibrate, &Options::default()) {
        Ok(answer) => {
            let values = answer.solutions.first().map(|solution| nearest(&answer.free, &solution.values));
            let values = values.unwrap_or_default();
            format!("{values} brings it; `scn study {} --write` writes that into the file", study.name)
        }
        Err(problems) => {
            let why = problems.first().map_or("", |problem| problem.message.as_str());
            format!("nothing brings it any more: {why}")
        }
    };
    let problem = |(variable, place): &(VariableId, Place)| {
        problem(model, study, *variable, *place, (missed.join("; "), help.clone()))
    };
    values.iter().map(problem).collect()
}

fn problem(model: &Model, study: &Study, variable: VariableId, place: Place, said: (String, String)) -> Problem {
    let (misses, help) = said;
    let path = model.variable(variable).path.to_string();
    let error = StudyError::Implied { path, study: study.name.to_string(), misses, help, span: place.span };
    Problem::new(place.source, &error)
}
