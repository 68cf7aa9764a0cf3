//! Tornado: how far outputs move when one input at a time goes to either end of its range.

use std::sync::Arc;

use crate::diagnostic::Problem;
use crate::eval::{Cell, Results};
use crate::model::{CaseId, Distribution, Expr, Factor, Formula, Model, Spread, Study, Tornado, VariableId, Window};
use crate::units::Unit;

use super::answer::case;
use super::error::StudyError;
use super::grid::knob;
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
    pub low: f64,
    /// Its value where nothing is swung; nothing for a series that is no single number.
    pub point: Option<f64>,
    pub high: f64,
    pub at_low: Cell,
    pub at_middle: Cell,
    pub at_high: Cell,
    /// From the lowest to the highest of both ends and the base.
    pub width: Option<f64>,
    /// `f(low) + f(high) - 2 f(middle)`: 0 if the output follows the input on a straight line.
    pub curvature: Option<f64>,
}

/// An input and its two ends.
struct Ends {
    factor: Factor,
    low: f64,
    high: f64,
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
    let knobs: Vec<_> = factors.iter().map(knob).collect();
    let sweep = options.sweep(model, case, &knobs, &probes(&tornado.outputs));
    let (reaching, idle): (Vec<_>, Vec<_>) =
        factors.into_iter().zip(sweep.reached()).partition(|(_, reached)| *reached || is_named);
    let ends = reaching.into_iter().map(|(factor, _)| ends(model, study, sweep.base(), case, factor));
    let ends: Vec<Ends> = ends.collect::<Result<_, _>>().map_err(|problem| vec![problem])?;
    let found = swung(model, tornado, &ends, case, options).ok_or_else(Vec::new)?;
    let base = |asked: &crate::model::Asked| sweep.base().cell(case, asked.variable, asked.index);
    let swings = tornado.outputs.iter().enumerate().map(|(at, asked)| {
        let base = base(asked);
        let bars = ends.iter().zip(&found);
        let bars =
            bars.map(|(ends, found)| bar(model, sweep.base(), case, ends, &base, found.each_ref().map(|all| &all[at])));
        let mut bars: Vec<Bar> = bars.collect();
        bars.sort_by(|a, b| b.width.unwrap_or(-1.0).total_cmp(&a.width.unwrap_or(-1.0)));
        Swing { output: Reading { text: asked.text.clone(), unit: asked.unit.clone() }, base, bars }
    });
    let mut answer = TornadoAnswer {
        head: Head::of(model, study, case),
        swings: swings.collect(),
        idle: idle.into_iter().map(|(factor, _)| factor.text).collect(),
    };
    if !is_named {
        answer.drop_idle();
    }
    answer.refuse_empty(study).map(|()| answer)
}

/// Every input with a range.
fn ranged(model: &Model, study: &Study) -> Vec<Factor> {
    let variables = model.variables.iter().enumerate();
    variables
        .filter(|(_, variable)| variable.distribution.is_some() && !variable.hidden)
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
    ends: &[Ends],
    case: CaseId,
    options: &Options,
) -> Option<Vec<[Vec<Cell>; 3]>> {
    let point = |ends: &Ends, value: f64| Point { over: vec![knob(&ends.factor).set_to(value)], ..Point::default() };
    let mut found = Vec::new();
    for some in ends.chunks(10) {
        if options.is_stopped() {
            return None;
        }
        let three = |ends: &Ends| [ends.low, (ends.low + ends.high) / 2.0, ends.high].map(|value| point(ends, value));
        let points: Vec<Point> = some.iter().flat_map(three).collect();
        let cells = cells(model, &options.settings, case, &points, &tornado.outputs);
        found.extend(cells.chunks_exact(3).map(|three| [three[0].clone(), three[1].clone(), three[2].clone()]));
        options.tell(found.len() as u64, ends.len() as u64);
    }
    Some(found)
}

fn bar(model: &Model, base: &Results, case: CaseId, ends: &Ends, at_base: &Cell, found: [&Cell; 3]) -> Bar {
    let variable = model.variable(ends.factor.variable);
    let [low, middle, high] = found.map(Cell::number);
    let numbers = low.zip(high).zip(at_base.number());
    let index = ends.factor.window.filter(|window| window.first == window.last).map(|window| window.first);
    let is_one = variable.time.is_none() || index.is_some();
    Bar {
        input: ends.factor.text.clone(),
        unit: variable.unit.clone(),
        low: ends.low,
        point: is_one.then(|| base.cell(case, ends.factor.variable, index).number()).flatten(),
        high: ends.high,
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

/// The two ends of an input: those of its range, or the quantiles of 5% and 95% of a spread without ends.
fn ends(model: &Model, study: &Study, base: &Results, case: CaseId, factor: Factor) -> Result<Ends, Problem> {
    let variable = model.variable(factor.variable);
    let read = |expr: &Arc<Expr>| {
        let formula = Formula { expr: (**expr).clone(), text: Arc::from("") };
        let at = factor.window.map_or(0, |window: Window| window.first);
        let cells = base.formula(model, case, &formula, variable.entity);
        let is_one = formula.expr.time.is_none() || factor.window.is_some();
        cells.get(if cells.len() > 1 { at } else { 0 }).and_then(Cell::number).filter(|_| is_one)
    };
    let point = base.cell(case, factor.variable, factor.window.map(|window| window.first)).number();
    let found = variable.distribution.as_ref().and_then(|distribution| of(distribution, point, &read));
    match found.filter(|(low, high)| low <= high) {
        Some((low, high)) => Ok(Ends { factor, low, high }),
        None => {
            let why = "one of them is missing, or moves with time".to_string();
            let error = StudyError::NoEnds { path: factor.text.to_string(), why, span: factor.place.span };
            Err(Problem::new(study.place.source, &error))
        }
    }
}

/// The normal quantile of 95%.
const Z95: f64 = 1.644_853_626_951_472_7;

fn of(spread: &Distribution, point: Option<f64>, read: &dyn Fn(&Arc<Expr>) -> Option<f64>) -> Option<(f64, f64)> {
    let (low, high) = match &spread.spread {
        Spread::Between { low, high, .. } => (read(low)?, read(high)?),
        Spread::Normal { mean, sd } => {
            let (mean, sd) = (mean.as_ref().map_or(point, read)?, read(sd)?);
            (mean - Z95 * sd, mean + Z95 * sd)
        }
        Spread::Lognormal { mu, sigma } => {
            let (mu, sigma) = (read(mu)?, read(sigma)?);
            (libm::exp(mu - Z95 * sigma), libm::exp(mu + Z95 * sigma))
        }
        Spread::Discrete(values) => {
            let values: Vec<f64> = values.iter().map(|(value, _)| read(value)).collect::<Option<_>>()?;
            (
                values.iter().copied().fold(f64::INFINITY, f64::min),
                values.iter().copied().fold(f64::NEG_INFINITY, f64::max),
            )
        }
    };
    match &spread.within {
        Some((least, most)) => Some((low.max(read(least)?), high.min(read(most)?))),
        None => Some((low, high)),
    }
}
