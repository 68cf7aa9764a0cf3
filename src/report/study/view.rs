//! The words of a study in a template, kind by kind.

use std::sync::Arc;

use minijinja::value::Value;

use crate::eval::Cell;
use crate::model::{Asked, Calibrate, CaseId, Factor, Grid, StudyKind, Tornado, VariableId};
use crate::study::{
    Answer, Bar, BridgeAnswer, CalibrateAnswer, GridAnswer, Lift, Reading, Solution, Step, Swing, TornadoAnswer,
};
use crate::units::Unit;

use super::super::desk::{Desk, Subject};
use super::super::number::Number;
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

/// Makes numbers that are read in the case of a study.
pub(super) struct Maker<'d> {
    pub desk: &'d Arc<Desk>,
    pub case: CaseId,
}

impl Maker<'_> {
    /// A value of an output.
    pub fn output(&self, asked: &Asked, cell: Cell) -> Value {
        let mut number = self.number(asked.variable, asked.index, cell);
        number.unit = asked.unit.clone();
        Value::from_object(number)
    }

    /// How far two values of an output are apart; shares are points apart.
    pub fn apart(&self, asked: &Asked, base: Option<f64>) -> Value {
        let mut number = self.number(asked.variable, asked.index, cell_of(base));
        number.unit = self.distance(&asked.unit);
        Value::from_object(number)
    }

    /// A share of the draws, in a unit of shares.
    pub fn share(&self, asked: &Asked, share: Option<f64>, unit: &str) -> Value {
        let mut number = self.number(asked.variable, asked.index, cell_of(share));
        number.unit = self.desk.model.units.parse(unit).unwrap_or(number.unit);
        Value::from_object(number)
    }

    fn input(&self, factor: &Factor, base: Option<f64>) -> Value {
        let index = factor.window.map(|window| window.first);
        Value::from_object(self.number(factor.variable, index, cell_of(base)))
    }

    /// A value of the input of a path.
    pub fn named(&self, path: &str, base: Option<f64>) -> Value {
        let model = &self.desk.model;
        let whole = || model.variable_at(path.rsplit_once('[')?.0);
        match model.variable_at(path).or_else(whole) {
            Some(variable) => Value::from_object(self.number(variable, None, cell_of(base))),
            None => Value::from(()),
        }
    }

    fn slack(&self, factor: &Factor, base: Option<f64>) -> Value {
        let mut number = self.number(factor.variable, factor.window.map(|window| window.first), cell_of(base));
        number.unit = self.distance(&number.unit);
        Value::from_object(number)
    }

    fn distance(&self, unit: &Unit) -> Unit {
        let points = (&*unit.symbol == "%").then(|| self.desk.model.units.parse("pp").ok()).flatten();
        points.unwrap_or_else(|| unit.clone())
    }

    fn number(&self, variable: VariableId, index: Option<usize>, cell: Cell) -> Number {
        let value = match cell {
            Cell::Number(number) => Ok(number),
            Cell::Missing { code, reason } => Err((code, reason)),
            Cell::Text(_) | Cell::YesNo(_) => Err((crate::model::MissingCode::Na, None)),
        };
        Number::new(self.desk, &Subject::Variable(variable), self.case, index, value)
    }
}

/// A number that may not be there.
pub(super) fn cell_of(base: Option<f64>) -> Cell {
    let none =
        Cell::Missing { code: crate::model::MissingCode::Nm, reason: Some("the study has no number here".into()) };
    base.map_or(none, Cell::Number)
}

/// A text under the name `output`, and its value where the study changes nothing.
pub(super) fn text(reading: &Reading) -> (&'static str, Value) {
    ("output", Value::from(reading.text.clone()))
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
        Value::from_pairs([
            ("input", Value::from(bar.input.clone())),
            ("low", input(Some(bar.low))),
            ("point", input(bar.point)),
            ("high", input(Some(bar.high))),
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
