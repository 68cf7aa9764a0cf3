//! `Row`: one number of a study's answer, by what it is of.

use crate::eval::Cell;
use crate::model::{MissingCode, Model};
use crate::study::{
    Answer, BridgeAnswer, CalibrateAnswer, CaseAnswer, DiscoverAnswer, GridAnswer, OutputAnswer, SimulateAnswer,
    TornadoAnswer,
};
use crate::units::Unit;

/// What tells a number of an answer from the others: its case, what it is of, and what it says of that.
pub type Key = (String, String, String);

/// One number of an answer.
#[derive(Debug, Clone)]
pub struct Row {
    pub key: Key,
    pub unit: Unit,
    pub cell: Cell,
    /// Whether it is worth a line though others moved more: a corner of a grid, one of a tornado's first bars.
    pub first: bool,
}

/// The first bars of a tornado are its summary.
const BARS: usize = 5;

/// What an answer comes to, in the order in which it is told.
pub fn rows(answer: &Answer, model: &Model) -> Vec<Row> {
    let percent = model.units.parse("%").unwrap_or_else(|_| Unit::ratio());
    match answer {
        Answer::Simulate(answer) => simulation(answer, &percent),
        Answer::Tornado(answer) => tornado(answer),
        Answer::Calibrate(answer) => calibration(answer),
        Answer::Grid(answer) => grid(answer),
        Answer::Bridge(answer) => bridge(answer),
        Answer::Discover(answer) => discovery(answer, &percent),
    }
}

fn row(case: &str, of: &str, says: impl Into<String>, unit: &Unit, cell: Cell) -> Row {
    Row { key: (case.to_string(), of.to_string(), says.into()), unit: unit.clone(), cell, first: true }
}

fn cell(number: Option<f64>) -> Cell {
    number.map_or(Cell::Missing { code: MissingCode::Nm, reason: None }, Cell::Number)
}

fn simulation(answer: &SimulateAnswer, percent: &Unit) -> Vec<Row> {
    let of_case = |case: &CaseAnswer| -> Vec<Row> {
        let figures = case.outputs.iter().flat_map(|output| figures(&case.case, output)).collect::<Vec<_>>();
        let likely = case.predicates.iter().map(|one| {
            let share = one.probability.map(|share| share.value);
            row(&case.case, &one.condition, "probability", percent, cell(share))
        });
        figures.into_iter().chain(likely).collect()
    };
    answer.cases.iter().flat_map(of_case).collect()
}

fn figures(case: &str, output: &OutputAnswer) -> Vec<Row> {
    let (text, unit) = (&*output.output.text, &output.output.unit);
    let figures = output.statistics.iter();
    let mut rows: Vec<Row> =
        figures.map(|figure| row(case, text, figure.statistic.word(), unit, cell(figure.value))).collect();
    if output.missing > 0 {
        rows.push(row(case, text, "draws without a value", &Unit::ratio(), Cell::Number(output.missing as f64)));
    }
    rows
}

fn tornado(answer: &TornadoAnswer) -> Vec<Row> {
    let mut rows = Vec::new();
    for swing in &answer.swings {
        for (at, bar) in swing.bars.iter().enumerate() {
            for (end, cell) in [("low", &bar.at_low), ("high", &bar.at_high)] {
                let says = format!("{} {end}", bar.input);
                let row = row(&answer.head.case, &swing.output.text, says, &swing.output.unit, cell.clone());
                rows.push(Row { first: at < BARS, ..row });
            }
        }
    }
    rows
}

fn calibration(answer: &CalibrateAnswer) -> Vec<Row> {
    let solved = answer.solutions.first();
    let one = |(at, free): (usize, &crate::study::Implied)| {
        let value = solved.and_then(|solved| solved.values.get(at)).copied();
        row(&answer.head.case, &free.factor.text, "solved", &free.unit, cell(value))
    };
    answer.free.iter().enumerate().map(one).collect()
}

fn grid(answer: &GridAnswer) -> Vec<Row> {
    let ends: Vec<usize> = answer.axes.iter().map(|axis| axis.levels.len().saturating_sub(1)).collect();
    let mut rows = Vec::new();
    for (at, output) in answer.outputs.iter().enumerate() {
        for point in 0..answer.len() {
            let places = answer.places(point);
            let level = |(axis, place): (&crate::study::AxisAnswer, &usize)| {
                let level = Cell::Number(axis.levels[*place]);
                format!("{} = {}", axis.text, crate::export::display(&level, &axis.unit))
            };
            let says: Vec<String> = answer.axes.iter().zip(&places).map(level).collect();
            let is_corner = places.iter().zip(&ends).all(|(place, end)| *place == 0 || place == end);
            let row = row(&answer.head.case, &output.text, says.join(", "), &output.unit, answer.cell(at, point));
            rows.push(Row { first: is_corner, ..row });
        }
    }
    rows
}

fn bridge(answer: &BridgeAnswer) -> Vec<Row> {
    let mut rows = Vec::new();
    for lift in &answer.lifts {
        let case = format!("{} to {}", answer.head.case, answer.to);
        let own = |says: &str, cell: &Cell| row(&case, &lift.output.text, says, &lift.output.unit, cell.clone());
        rows.extend([own("from", &lift.from), own("to", &lift.to)]);
        rows.extend(lift.steps.iter().map(|step| own(&step.text, &step.size)));
    }
    rows
}

fn discovery(answer: &DiscoverAnswer, percent: &Unit) -> Vec<Row> {
    let share = |part: u64, whole: u64| cell((whole > 0).then(|| part as f64 / whole as f64));
    let own = |says: &str, cell| row(&answer.head.case, &answer.condition, says, percent, cell);
    let mut rows = vec![
        own("probability", share(answer.hits, answer.known)),
        own("probability in the region", share(answer.inside_hits, answer.inside)),
        own("share that is in the region", share(answer.inside_hits, answer.hits)),
    ];
    for limit in &answer.limits {
        for (end, bound) in [("at least", limit.low), ("at most", limit.high)] {
            let bound = bound.map(Cell::Number);
            rows.extend(bound.map(|bound| row(&answer.head.case, &limit.input, end, &limit.unit, bound)));
        }
    }
    rows
}
