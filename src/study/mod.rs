//! Studies: questions asked of a model, answered by evaluating it at many points.

mod answer;
mod answers;
mod bridge;
mod calibrate;
mod chance_error;
mod discover;
mod drawn;
mod error;
mod grid;
mod options;
mod parts;
mod points;
mod raised;
pub mod roots;
pub mod shapley;
mod simulate;
mod tornado;

use crate::diagnostic::Problem;
use crate::model::{Model, Study, StudyId, StudyKind};

pub use answer::{Answer, Head, Reading};
pub use answers::Answers;
pub use bridge::{BridgeAnswer, Lift, Step, Together};
pub use calibrate::{CalibrateAnswer, Hit, Implied, Solution, implied};
pub use chance_error::ChanceError;
pub use discover::{DiscoverAnswer, Limit};
pub use drawn::{Input, Pinned};
pub use error::StudyError;
pub use grid::{AxisAnswer, GridAnswer};
pub use options::{Options, Shard};
pub use raised::{Raised, raised};
pub use simulate::{
    CaseAnswer, CasePart, DrawnInput, Figure, Histogram, OutputAnswer, OutputPart, Part, Plan, PredicatePart,
    Probability, Rank, Settled, Shares, SimulateAnswer,
};
pub use tornado::{Bar, Ends, Swing, TornadoAnswer};

/// Answers a study of a sound model; no answer and no problem if it was stopped.
pub fn run(model: &Model, study: StudyId, options: &Options) -> Result<Answer, Vec<Problem>> {
    let study = &model.studies[study.0 as usize];
    if options.shard.is_some() && !matches!(study.kind, StudyKind::Simulate(_)) {
        return Err(no_parts(study));
    }
    match &study.kind {
        StudyKind::Grid(grid) => grid::run(model, study, grid, options).map(Answer::Grid),
        StudyKind::Tornado(tornado) => tornado::run(model, study, tornado, options).map(Answer::Tornado),
        StudyKind::Calibrate(calibrate) => calibrate::run(model, study, calibrate, options).map(Answer::Calibrate),
        StudyKind::Bridge(bridge) => bridge::run(model, study, bridge, options).map(Answer::Bridge),
        StudyKind::Simulate(simulate) => simulate::run(model, study, simulate, options).map(Answer::Simulate),
        StudyKind::Discover(discover) => discover::run(model, study, discover, options).map(Answer::Discover),
    }
}

/// What a simulation would do in its first case, for an engine that does it elsewhere; nothing for another kind of study.
pub fn plan<'m>(model: &'m Model, study: StudyId, options: &'m Options<'m>) -> Option<Result<Plan<'m>, Vec<Problem>>> {
    let study = &model.studies[study.0 as usize];
    match &study.kind {
        StudyKind::Simulate(simulate) => Some(simulate::plan(model, study, simulate, options)),
        _ => None,
    }
}

/// Puts the parts of a simulation together that were run by themselves.
pub fn merge(model: &Model, study: StudyId, options: &Options, parts: Vec<Part>) -> Result<Answer, Vec<Problem>> {
    let study = &model.studies[study.0 as usize];
    match &study.kind {
        StudyKind::Simulate(simulate) => simulate::merge(model, study, simulate, options, parts).map(Answer::Simulate),
        _ => Err(no_parts(study)),
    }
}

fn no_parts(study: &Study) -> Vec<Problem> {
    let why = format!("only simulations are run in parts, and this is a {}", study.kind.word());
    let error = ChanceError::Parts { study: study.name.to_string(), why, span: study.place.span };
    vec![Problem::new(study.place.source, &error)]
}
