//! `Answer`: what a study found, as plain data in base units.

use std::sync::Arc;

use crate::diagnostic::Problem;
use crate::model::{Asked, CaseId, Model, Study};
use crate::units::Unit;

use super::{BridgeAnswer, CalibrateAnswer, DiscoverAnswer, GridAnswer, Options, SimulateAnswer, TornadoAnswer};

/// What a study found.
#[derive(Debug, Clone)]
pub enum Answer {
    Grid(GridAnswer),
    Tornado(TornadoAnswer),
    Simulate(SimulateAnswer),
    Discover(DiscoverAnswer),
    Calibrate(CalibrateAnswer),
    Bridge(BridgeAnswer),
}

impl Answer {
    /// Which study it answers.
    pub fn head(&self) -> &Head {
        match self {
            Answer::Grid(answer) => &answer.head,
            Answer::Tornado(answer) => &answer.head,
            Answer::Simulate(answer) => &answer.head,
            Answer::Discover(answer) => &answer.head,
            Answer::Calibrate(answer) => &answer.head,
            Answer::Bridge(answer) => &answer.head,
        }
    }

    /// Warnings about how it was found.
    pub fn notes(&self) -> &[Problem] {
        match self {
            Answer::Simulate(answer) => &answer.notes,
            Answer::Discover(answer) => &answer.notes,
            _ => &[],
        }
    }
}

/// Which study an answer is of.
#[derive(Debug, Clone, PartialEq)]
pub struct Head {
    /// The word that begins it: `grid`, `tornado`.
    pub kind: &'static str,
    pub name: Arc<str>,
    pub title: Option<Arc<str>>,
    /// The case it starts from.
    pub case: Arc<str>,
}

impl Head {
    /// The head of a study that is run in a case.
    pub(super) fn of(model: &Model, study: &Study, case: CaseId) -> Head {
        Head {
            kind: study.kind.word(),
            name: study.name.clone(),
            title: study.title.clone(),
            case: model.case(case).name.clone(),
        }
    }
}

/// What was read at each point: its text and how it is shown.
#[derive(Debug, Clone, PartialEq)]
pub struct Reading {
    pub text: Arc<str>,
    pub unit: Unit,
}

impl Reading {
    /// One for each output of a study.
    pub(super) fn of(outputs: &[Asked]) -> Vec<Reading> {
        outputs.iter().map(|asked| Reading { text: asked.text.clone(), unit: asked.unit.clone() }).collect()
    }
}

/// The case a study is run in.
pub(super) fn case(study: &Study, options: &Options) -> CaseId {
    options.case.unwrap_or(study.case)
}
