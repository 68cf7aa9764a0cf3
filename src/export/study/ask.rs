//! What a study asks, in words: one line for a list, and everything it sets for `scn explain`.

use crate::eval::Cell;
use crate::model::{Asked, Axis, CaseId, Factor, Levels, Model, Sampling, Simulate, Study, StudyKind, Target, Vary};
use crate::units::{Unit, grouped, percent, shown};

use super::super::display;

/// What a study asks, in one line.
pub fn question(model: &Model, study: &Study) -> String {
    match &study.kind {
        StudyKind::Grid(grid) => {
            let counts: Vec<String> = grid.axes.iter().map(|axis| counted(axis.levels.len())).collect();
            format!("{} over {} levels of {}", asked(&grid.outputs), counts.join(" × "), axes(&grid.axes))
        }
        StudyKind::Tornado(tornado) if tornado.over.is_empty() => {
            format!("{} over every range that reaches it", asked(&tornado.outputs))
        }
        StudyKind::Tornado(tornado) => format!("{} over {}", asked(&tornado.outputs), factors(&tornado.over)),
        StudyKind::Simulate(simulate) => {
            format!("{} in {} draws", asked(&simulate.outputs), counted(simulate.draws))
        }
        StudyKind::Calibrate(calibrate) => {
            let free: Vec<&str> = calibrate.free.iter().map(|free| &*free.factor.text).collect();
            let targets: Vec<String> = calibrate.targets.iter().map(target).collect();
            format!("{} so that {}", free.join(", "), targets.join(" and "))
        }
        StudyKind::Bridge(bridge) => {
            let (from, to) = (&model.case(bridge.from).name, &model.case(bridge.to).name);
            format!("{} from {from} to {to}", asked(&bridge.outputs))
        }
        StudyKind::Discover(discover) => format!("where {}", discover.predicate.text),
    }
}

/// Everything a study sets, a line for each thing.
pub fn settings(model: &Model, study: &Study) -> Vec<String> {
    let mut lines = Vec::new();
    match &study.kind {
        StudyKind::Grid(grid) => {
            lines.push(reads(model, &grid.outputs, &[study.case]));
            lines.extend(grid.axes.iter().map(axis));
            let points = grid.axes.iter().fold(1u64, |points, axis| points.saturating_mul(axis.levels.len()));
            lines.push(format!("comes to {} points", counted(points)));
        }
        StudyKind::Tornado(tornado) => {
            lines.push(reads(model, &tornado.outputs, &[study.case]));
            lines.push(match tornado.over.is_empty() {
                true => "swings every assumption with a range that reaches an output".to_string(),
                false => format!("swings {}", factors(&tornado.over)),
            });
        }
        StudyKind::Simulate(simulate) => {
            lines.push(reads(model, &simulate.outputs, &simulate.cases));
            lines.push(drawn(simulate.draws, simulate.sampling, simulate.seed));
            lines.extend(simulate.vary.iter().map(vary));
            lines.extend(pinned(&simulate.pin));
            for pair in &simulate.correlations {
                let (left, right) = (&model.variable(pair.left).path, &model.variable(pair.right).path);
                lines.push(format!("moves {left} and {right} together by {}", shown(pair.rho)));
            }
            lines.push(format!("says {}", said(simulate).join(", ")));
        }
        StudyKind::Calibrate(calibrate) => {
            lines.push(format!("starts from case {}", model.case(study.case).name));
            for free in &calibrate.free {
                let unit = &model.variable(free.factor.variable).unit;
                let (low, high) = (number(free.low, unit), number(free.high, unit));
                lines.push(format!("moves {} between {low} and {high}", free.factor.text));
            }
            for aim in &calibrate.targets {
                let near = number(aim.tolerance, &aim.output.unit);
                lines.push(format!("aims at {} within {near}", target(aim)));
            }
        }
        StudyKind::Bridge(bridge) => {
            let (from, to) = (&model.case(bridge.from).name, &model.case(bridge.to).name);
            lines.push(format!("reads {} in case {from} and in case {to}", asked(&bridge.outputs)));
            lines.push("shares the difference among the lines of both".to_string());
        }
        StudyKind::Discover(discover) => {
            lines.push(format!("reads {} in case {}", discover.predicate.text, model.case(study.case).name));
            lines.push(drawn(discover.draws, discover.sampling, discover.seed));
            lines.extend(discover.vary.iter().map(vary));
            lines.extend(pinned(&discover.pin));
            lines.push(format!("looks for regions that hold {} of the draws or more", percent(discover.support)));
        }
    }
    lines
}

fn reads(model: &Model, outputs: &[Asked], cases: &[CaseId]) -> String {
    let names: Vec<&str> = cases.iter().map(|case| &*model.case(*case).name).collect();
    let word = if names.len() == 1 { "case" } else { "cases" };
    format!("reads {} in {word} {}", asked(outputs), names.join(", "))
}

fn axis(axis: &Axis) -> String {
    let level = |at: u64| number(axis.levels.at(at), &axis.unit);
    let count = axis.levels.len();
    let levels: Vec<String> = match &axis.levels {
        Levels::List(list) => list.iter().map(|level| number(*level, &axis.unit)).collect(),
        _ if count <= 7 => (0..count).map(level).collect(),
        _ => vec![level(0), level(1), "…".to_string(), level(count - 1)],
    };
    format!("sets {} to {} ({} levels)", axis.factor.text, levels.join(", "), counted(count))
}

fn drawn(draws: u64, sampling: Sampling, seed: u64) -> String {
    let how = match sampling {
        Sampling::Plain => "plain draws",
        Sampling::Latin => "draws of a latin hypercube",
        Sampling::Sobol => "scrambled sobol points",
    };
    format!("takes {} {how} of seed {seed}", counted(draws))
}

fn vary(vary: &Vary) -> String {
    let stream = vary.stream.map(|stream| format!(", from stream {stream}")).unwrap_or_default();
    format!("draws {} as {}{stream}", vary.factor.text, vary.text)
}

fn pinned(pin: &[Factor]) -> Option<String> {
    (!pin.is_empty()).then(|| format!("leaves {} as it is", factors(pin)))
}

fn said(simulate: &Simulate) -> Vec<String> {
    let mut said: Vec<String> = simulate.report.iter().map(|statistic| statistic.word()).collect();
    said.extend(simulate.predicates.iter().map(|predicate| format!("how often {}", predicate.text)));
    said.extend(simulate.importance.then(|| "which inputs matter".to_string()));
    said.extend(simulate.indices.then(|| "how much of the spread each explains".to_string()));
    said
}

fn target(target: &Target) -> String {
    format!("{} = {}", target.output.text, number(target.value, &target.output.unit))
}

fn asked(outputs: &[Asked]) -> String {
    outputs.iter().map(|output| &*output.text).collect::<Vec<_>>().join(", ")
}

fn factors(factors: &[Factor]) -> String {
    factors.iter().map(|factor| &*factor.text).collect::<Vec<_>>().join(", ")
}

fn axes(axes: &[Axis]) -> String {
    axes.iter().map(|axis| &*axis.factor.text).collect::<Vec<_>>().join(", ")
}

fn number(base: f64, unit: &Unit) -> String {
    display(&Cell::Number(base), unit)
}

fn counted(number: u64) -> String {
    grouped(number as f64, 0)
}
