//! The words of a study in a template, kind by kind.

use minijinja::value::Value;

use crate::eval::Cell;
use crate::model::{Asked, Calibrate, Grid, StudyKind, Tornado};
use crate::study::{
    Answer, Bar, BridgeAnswer, CalibrateAnswer, Ends, GridAnswer, Lift, Solution, Step, Swing, TornadoAnswer,
};

use super::maker::{Maker, cell_of, text};
use super::{StudyView, drawn, region};

/// What an answer has under a name.
pub(super) fn field(view: &StudyView, name: &str) -> Option<Value> {
    let maker = Maker { desk: &view.desk, case: view.case() };
    match (&*view.answer, &view.study.kind) {
        (Answer::Grid(answer), StudyKind::Grid(grid)) => of_grid(&maker, answer, grid, name),
        (Answer::Tornado(answer), StudyKind::Tornado(tornado)) => of_tornado(&maker, answer, tornado, name),
        (Answer::Bridge(answer), StudyKind::Bridge(bridge)) => of_bridge(&maker, answer, &bridge.outputs, name),
        (Answer::Calibrate(answer), StudyKind::Calibrate(calibrate)) => of_calibrate(&maker, answer, calibrate, name),
        (Answer::Simulate(answer), StudyKind::Simulate(simulate)) => drawn::of_simulate(&maker, answer, simulate, name),
        (Answer::Discover(answer), StudyKind::Discover(discover)) => {
            region::of_discover(&maker, answer, discover, name)
        }
        _ => None,
    }
}

fn of_grid(maker: &Maker, answer: &GridAnswer, grid: &Grid, name: &str) -> Option<Value> {
    let level = |axis: usize, place: usize| maker.input(&grid.axes[axis].factor, Some(answer.axes[axis].levels[place]));
    let axis = |at: usize| {
        let axis = &answer.axes[at];
        Value::from_pairs([
            ("path", Value::from(axis.text.clone())),
            ("levels", (0..axis.levels.len()).map(|place| level(at, place)).collect()),
            ("base", maker.input(&grid.axes[at].factor, axis.base)),
            ("cut_from", axis.cut_from.clone().map_or(Value::from(()), Value::from)),
        ])
    };
    let output = |at: usize| {
        let base = maker.output(&grid.outputs[at], answer.base[at].clone());
        Value::from_pairs([text(&answer.outputs[at]), ("base", base)])
    };
    let row = |point: usize| {
        let at = answer.places(point).into_iter().enumerate().map(|(axis, place)| level(axis, place));
        let values = grid.outputs.iter().enumerate().map(|(at, asked)| maker.output(asked, answer.cell(at, point)));
        Value::from_pairs([("at", at.collect::<Value>()), ("values", values.collect())])
    };
    Some(match name {
        "axes" => (0..answer.axes.len()).map(axis).collect(),
        "outputs" => (0..answer.outputs.len()).map(output).collect(),
        "rows" => (0..answer.len()).map(row).collect(),
        _ => return None,
    })
}

fn of_tornado(maker: &Maker, answer: &TornadoAnswer, tornado: &Tornado, name: &str) -> Option<Value> {
    let bar = |asked: &Asked, bar: &Bar| {
        let input = |base: Option<f64>| maker.named(&bar.input, base);
        let ends = |ends: &Ends| {
            let periods = ends.periods.clone().map_or(Value::from(()), Value::from);
            Value::from_pairs([("periods", periods), ("low", input(Some(ends.low))), ("high", input(Some(ends.high)))])
        };
        Value::from_pairs([
            ("input", Value::from(bar.input.clone())),
            ("low", input(bar.end(false))),
            ("point", input(bar.point)),
            ("high", input(bar.end(true))),
            ("ends", bar.ends.iter().map(ends).collect()),
            ("at_low", maker.output(asked, bar.at_low.clone())),
            ("at_middle", maker.output(asked, bar.at_middle.clone())),
            ("at_high", maker.output(asked, bar.at_high.clone())),
            ("width", maker.apart(asked, bar.width)),
            ("curvature", maker.apart(asked, bar.curvature)),
        ])
    };
    let swing = |(swing, asked): (&Swing, &Asked)| {
        let bars = swing.bars.iter().map(|one| bar(asked, one)).collect::<Value>();
        Value::from_pairs([text(&swing.output), ("base", maker.output(asked, swing.base.clone())), ("bars", bars)])
    };
    let first = || answer.swings.iter().zip(&tornado.outputs).map(swing);
    Some(match name {
        "swings" => first().collect(),
        "bars" | "base" => first().next()?.get_attr(name).ok()?,
        "idle" => answer.idle.iter().cloned().map(Value::from).collect(),
        _ => return None,
    })
}

fn of_bridge(maker: &Maker, answer: &BridgeAnswer, outputs: &[Asked], name: &str) -> Option<Value> {
    let step = |asked: &Asked, step: &Step| {
        Value::from_pairs([
            ("change", Value::from(step.text.clone())),
            ("size", maker.apart(asked, step.size.number())),
            ("error", step.error.map_or(Value::from(()), |error| maker.apart(asked, Some(error)))),
        ])
    };
    let lift = |(lift, asked): (&Lift, &Asked)| {
        let together = lift.together.iter().map(|pair| {
            Value::from_pairs([
                ("first", Value::from(pair.first.clone())),
                ("second", Value::from(pair.second.clone())),
                ("size", maker.apart(asked, Some(pair.size))),
            ])
        });
        Value::from_pairs([
            text(&lift.output),
            ("from", maker.output(asked, lift.from.clone())),
            ("to", maker.output(asked, lift.to.clone())),
            ("steps", lift.steps.iter().map(|one| step(asked, one)).collect()),
            ("together", together.collect()),
        ])
    };
    let all = || answer.lifts.iter().zip(outputs).map(lift);
    Some(match name {
        "lifts" => all().collect(),
        "to_case" => Value::from(answer.to.clone()),
        "from" | "to" | "steps" | "together" => all().next()?.get_attr(name).ok()?,
        _ => return None,
    })
}

fn of_calibrate(maker: &Maker, answer: &CalibrateAnswer, calibrate: &Calibrate, name: &str) -> Option<Value> {
    let value = |solution: &Solution, at: usize| {
        let free = &answer.free[at];
        Value::from_pairs([
            ("path", Value::from(free.factor.text.clone())),
            ("value", maker.input(&free.factor, Some(solution.values[at]))),
            ("recorded", maker.input(&free.factor, free.recorded)),
            ("slack", maker.slack(&free.factor, solution.slack[at])),
        ])
    };
    let target = |(at, target): (usize, &crate::model::Target)| {
        let hit = &answer.targets[at];
        let reached = answer.solutions.first().map(|solution| solution.hits[at]);
        Value::from_pairs([
            text(&hit.output),
            ("wanted", maker.output(&target.output, Cell::Number(hit.wanted))),
            ("reached", maker.output(&target.output, cell_of(reached))),
            ("recorded", maker.output(&target.output, cell_of(hit.recorded))),
        ])
    };
    let solution = |solution: &Solution| (0..answer.free.len()).map(|at| value(solution, at)).collect::<Value>();
    Some(match name {
        "solutions" => answer.solutions.iter().map(solution).collect(),
        "values" => solution(answer.solutions.first()?),
        "targets" => calibrate.targets.iter().enumerate().map(target).collect(),
        _ => return None,
    })
}
