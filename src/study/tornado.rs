//! Tornado: how far outputs move when one input at a time goes to either end of its range.

use std::sync::Arc;

use crate::diagnostic::Problem;
use crate::eval::{Cell, Knob, Results};
use crate::model::{CaseId, Factor, Model, Ranged, Study, Tornado, VariableId};
use crate::units::Unit;

use super::answer::case;
use super::error::StudyError;
use super::parts::{PartNumbers, knob_of, parts};
use super::points::{Point, cells, probes};
use super::{Head, Options, Reading};

/// How far outputs move with each input.
#[derive(Debug, Clone)]
pub struct TornadoAnswer {
    pub head: Head,
    pub swings: Vec<Swing>,
    /// Inputs with a range that reach no output, or leave all of them as they are.
    pub idle: Vec<Arc<str>>,
}

/// How far one output moves with each input, the widest first.
#[derive(Debug, Clone)]
pub struct Swing {
    pub output: Reading,
    pub base: Cell,
    pub bars: Vec<Bar>,
}

/// One input at both ends of its range and half-way, all others as they are.
#[derive(Debug, Clone)]
pub struct Bar {
    pub input: Arc<str>,
    /// The unit of the input.
    pub unit: Unit,
    /// One for each stretch that is swung; they go to their ends together.
    pub ends: Vec<Ends>,
    /// Its value where nothing is swung; nothing for a series that is no single number.
    pub point: Option<f64>,
    pub at_low: Cell,
    pub at_middle: Cell,
    pub at_high: Cell,
    /// From the lowest to the highest of both ends and the base.
    pub width: Option<f64>,
    /// `f(low) + f(high) - 2 f(middle)`: 0 if the output follows the input on a straight line.
    pub curvature: Option<f64>,
}

/// The two ends of one stretch of an input.
#[derive(Debug, Clone, PartialEq)]
pub struct Ends {
    /// Its periods, if the input is swung in several stretches.
    pub periods: Option<Arc<str>>,
    pub low: f64,
    pub high: f64,
}

impl Bar {
    /// The end that it is swung to, if it is one number.
    pub fn end(&self, high: bool) -> Option<f64> {
        match self.ends.as_slice() {
            [one] => Some(if high { one.high } else { one.low }),
            _ => None,
        }
    }
}

/// An input, what is turned to swing it, and the two ends of each.
struct Swung {
    factor: Factor,
    knobs: Vec<Knob>,
    ends: Vec<Ends>,
    point: Option<f64>,
}

/// Swings every input.
pub(super) fn run(
    model: &Model,
    study: &Study,
    tornado: &Tornado,
    options: &Options,
) -> Result<TornadoAnswer, Vec<Problem>> {
    let case = case(study, options);
    let is_named = !tornado.over.is_empty();
    let factors = if is_named { tornado.over.clone() } else { ranged(model, study) };
    let turned = |factor: &Factor| {
        let of = parts(model, factor.variable, &model.variable(factor.variable).ranges, factor.window);
        of.into_iter().map(|part| (knob_of(model, factor.variable, &part), part)).collect::<Vec<_>>()
    };
    let turned: Vec<Vec<(Knob, Ranged)>> = factors.iter().map(turned).collect();
    let knobs: Vec<Knob> = turned.iter().flatten().map(|(knob, _)| *knob).collect();
    let sweep = options.sweep(model, case, &knobs, &probes(&tornado.outputs));
    let mut reached = sweep.reached().into_iter();
    let (mut ends, mut idle) = (Vec::new(), Vec::new());
    for (factor, turned) in factors.into_iter().zip(turned) {
        match reached.by_ref().take(turned.len()).fold(false, |any, one| any | one) || is_named {
            true => ends.push(swung_to(model, study, sweep.base(), case, factor, &turned).map_err(|one| vec![one])?),
            false => idle.push(factor.text),
        }
    }
    let found = swung(model, tornado, &ends, case, options).ok_or_else(Vec::new)?;
    let base = |asked: &crate::model::Asked| sweep.base().cell(case, asked.variable, asked.index);
    let swings = tornado.outputs.iter().enumerate().map(|(at, asked)| {
        let base = base(asked);
        let bars = ends.iter().zip(&found);
        let bars = bars.map(|(ends, found)| bar(model, ends, &base, found.each_ref().map(|all| &all[at])));
        let mut bars: Vec<Bar> = bars.collect();
        bars.sort_by(|a, b| b.width.unwrap_or(-1.0).total_cmp(&a.width.unwrap_or(-1.0)));
        Swing { output: Reading { text: asked.text.clone(), unit: asked.unit.clone() }, base, bars }
    });
    let mut answer = TornadoAnswer { head: Head::of(model, study, case), swings: swings.collect(), idle };
    if !is_named {
        answer.drop_idle();
    }
    answer.refuse_empty(study).map(|()| answer)
}

/// Every input with a range.
fn ranged(model: &Model, study: &Study) -> Vec<Factor> {
    let variables = model.variables.iter().enumerate();
    variables
        .filter(|(_, variable)| !variable.ranges.is_empty() && !variable.hidden)
        .map(|(at, variable)| Factor {
            variable: VariableId(at as u32),
            window: None,
            text: variable.path.clone(),
            place: study.place,
        })
        .collect()
}

/// What is read for each input at its low end, half-way, and at its high end; nothing if it was stopped.
fn swung(
    model: &Model,
    tornado: &Tornado,
    ends: &[Swung],
    case: CaseId,
    options: &Options,
) -> Option<Vec<[Vec<Cell>; 3]>> {
    let point = |one: &Swung, at: fn(&Ends) -> f64| {
        let over = one.knobs.iter().zip(&one.ends).map(|(knob, ends)| knob.set_to(at(ends)));
        Point { over: over.collect(), ..Point::default() }
    };
    let middle: fn(&Ends) -> f64 = |ends| (ends.low + ends.high) / 2.0;
    let mut found = Vec::new();
    for some in ends.chunks(10) {
        if options.is_stopped() {
            return None;
        }
        let three = |one: &Swung| [point(one, |ends| ends.low), point(one, middle), point(one, |ends| ends.high)];
        let points: Vec<Point> = some.iter().flat_map(three).collect();
        let cells = cells(model, &options.settings, case, &points, &tornado.outputs);
        found.extend(cells.chunks_exact(3).map(|three| [three[0].clone(), three[1].clone(), three[2].clone()]));
        options.tell(found.len() as u64, ends.len() as u64);
    }
    Some(found)
}

fn bar(model: &Model, swung: &Swung, at_base: &Cell, found: [&Cell; 3]) -> Bar {
    let [low, middle, high] = found.map(Cell::number);
    let numbers = low.zip(high).zip(at_base.number());
    Bar {
        input: swung.factor.text.clone(),
        unit: model.variable(swung.factor.variable).unit.clone(),
        ends: swung.ends.clone(),
        point: swung.point,
        at_low: found[0].clone(),
        at_middle: found[1].clone(),
        at_high: found[2].clone(),
        width: numbers.map(|((low, high), base)| low.max(high).max(base) - low.min(high).min(base)),
        curvature: low.zip(high).zip(middle).map(|((low, high), middle)| low + high - 2.0 * middle),
    }
}

impl TornadoAnswer {
    /// Leaves out inputs that move no output.
    fn drop_idle(&mut self) {
        let moves = |bar: &Bar| bar.width.is_none_or(|width| width > 0.0);
        let all: Vec<Arc<str>> =
            self.swings.iter().flat_map(|swing| &swing.bars).map(|bar| bar.input.clone()).collect();
        for input in all {
            let mut bars = self.swings.iter().flat_map(|swing| &swing.bars).filter(|bar| bar.input == input).peekable();
            if bars.peek().is_some() && !bars.any(moves) {
                self.swings.iter_mut().for_each(|swing| swing.bars.retain(|bar| bar.input != input));
                self.idle.push(input);
            }
        }
    }

    fn refuse_empty(&self, study: &Study) -> Result<(), Vec<Problem>> {
        if self.swings.iter().any(|swing| !swing.bars.is_empty()) {
            return Ok(());
        }
        let names: Vec<String> = self.swings.iter().map(|swing| format!("`{}`", swing.output.text)).collect();
        let help = match self.idle.is_empty() {
            true => "give assumptions a range: `assume ke = 11% range 10%..12.5%`".to_string(),
            false => format!("these have one and do not reach it: {}", self.idle.join(", ")),
        };
        let error = StudyError::NothingMoves { what: names.join(" or "), help, span: study.place.span };
        Err(vec![Problem::new(study.place.source, &error)])
    }
}

/// What an input is swung to: the two ends of each of its parts.
fn swung_to(
    model: &Model,
    study: &Study,
    results: &Results,
    case: CaseId,
    factor: Factor,
    turned: &[(Knob, Ranged)],
) -> Result<Swung, Problem> {
    let variable = model.variable(factor.variable);
    let mut ends = Vec::new();
    let mut point = None;
    for (_, part) in turned {
        let numbers = PartNumbers { model, results, case, variable: factor.variable, window: part.window };
        let (low, high) = part.spread.ends(&numbers).map_err(|why| {
            let (path, help) = (factor.text.to_string(), why.help());
            let error = StudyError::NoEnds { path, why: why.to_string(), help, span: factor.place.span };
            Problem::new(study.place.source, &error)
        })?;
        let periods = model.periods_of(variable, part.window).filter(|_| turned.len() > 1);
        ends.push(Ends { periods: periods.map(Arc::from), low, high });
        point = numbers.value();
    }
    let knobs = turned.iter().map(|(knob, _)| *knob).collect();
    Ok(Swung { factor, knobs, point: point.filter(|_| ends.len() == 1), ends })
}
