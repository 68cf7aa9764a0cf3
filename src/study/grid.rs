//! Grids: outputs over the product of some axes.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::diagnostic::Problem;
use crate::eval::{Cell, Knob, Settings, Sweep, evaluate, writes};
use crate::model::{CaseId, Factor, Grid, Levels, MissingCode, Model, Role, Study};
use crate::units::{Unit, grouped};

use super::answer::case;
use super::error::StudyError;
use super::points::probes;
use super::{Head, Options, Reading};

/// The most values that a grid holds, all outputs together.
const MOST: u64 = 1_000_000;

/// Missing values whose reason is looked for.
const EXPLAINED: usize = 64;

/// Outputs over the product of some axes.
#[derive(Debug, Clone)]
pub struct GridAnswer {
    pub head: Head,
    pub outputs: Vec<Reading>,
    /// The first is the outermost.
    pub axes: Vec<AxisAnswer>,
    /// Each output where nothing is varied.
    pub base: Vec<Cell>,
    values: Vec<Vec<f64>>,
    missing: BTreeMap<(usize, usize), Cell>,
}

/// One axis of a grid.
#[derive(Debug, Clone)]
pub struct AxisAnswer {
    pub text: Arc<str>,
    pub unit: Unit,
    pub levels: Vec<f64>,
    /// The value it has where nothing is varied, if it is one.
    pub base: Option<f64>,
    /// The formula it is cut from, if it is derived.
    pub cut_from: Option<Arc<str>>,
}

impl GridAnswer {
    /// How many points there are.
    pub fn len(&self) -> usize {
        self.axes.iter().map(|axis| axis.levels.len()).product()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// An output at a point; points count with the last axis fastest.
    pub fn cell(&self, output: usize, point: usize) -> Cell {
        let value = self.values[output][point];
        if !value.is_nan() {
            return Cell::Number(value);
        }
        let unknown = || Cell::Missing { code: MissingCode::Na, reason: Some("not looked into".into()) };
        self.missing.get(&(output, point)).cloned().unwrap_or_else(unknown)
    }

    /// The place on each axis of a point.
    pub fn places(&self, point: usize) -> Vec<usize> {
        let mut rest = point;
        let mut places: Vec<usize> = self
            .axes
            .iter()
            .rev()
            .map(|axis| {
                let place = rest % axis.levels.len().max(1);
                rest /= axis.levels.len().max(1);
                place
            })
            .collect();
        places.reverse();
        places
    }
}

/// Evaluates every cell of a grid.
pub(super) fn run(model: &Model, study: &Study, grid: &Grid, options: &Options) -> Result<GridAnswer, Vec<Problem>> {
    let points = points(study, grid).map_err(|error| vec![Problem::new(study.place.source, &*error)])?;
    let case = case(study, options);
    let knobs: Vec<Knob> = grid.axes.iter().map(|axis| knob(&axis.factor)).collect();
    let sweep = options.sweep(model, case, &knobs, &probes(&grid.outputs));
    let levels: Vec<Vec<f64>> = grid.axes.iter().map(|axis| all(&axis.levels)).collect();
    let values = swept(&sweep, &levels, points, grid.outputs.len(), options).ok_or_else(Vec::new)?;
    let base = sweep.base();
    let at_base = |axis: &crate::model::Axis| {
        let variable = model.variable(axis.factor.variable);
        let index = axis.factor.window.filter(|window| window.first == window.last).map(|window| window.first);
        let is_one = variable.time.is_none() || index.is_some();
        is_one.then(|| base.cell(case, axis.factor.variable, index).number()).flatten()
    };
    let axes = grid.axes.iter().zip(&levels).map(|(axis, levels)| AxisAnswer {
        text: axis.factor.text.clone(),
        unit: axis.unit.clone(),
        levels: levels.clone(),
        base: at_base(axis),
        cut_from: cut_from(model, &options.settings, case, &axis.factor),
    });
    let mut answer = GridAnswer {
        head: Head::of(model, study, case),
        outputs: Reading::of(&grid.outputs),
        axes: axes.collect(),
        base: grid.outputs.iter().map(|asked| base.cell(case, asked.variable, asked.index)).collect(),
        values,
        missing: BTreeMap::new(),
    };
    answer.explain(model, grid, case, &options.settings);
    Ok(answer)
}

/// How many points a grid has, if they are not too many.
fn points(study: &Study, grid: &Grid) -> Result<u64, Box<StudyError>> {
    let counts: Vec<u64> = grid.axes.iter().map(|axis| axis.levels.len()).collect();
    let points = counts.iter().try_fold(1u64, |product, count| product.checked_mul(*count));
    let values = points.and_then(|points| points.checked_mul(grid.outputs.len().max(1) as u64));
    if let (Some(points), true) = (points, values.is_some_and(|values| values <= MOST)) {
        return Ok(points);
    }
    let product: f64 = counts.iter().map(|count| *count as f64).product();
    let each = grid.axes.iter().zip(&counts).map(|(axis, count)| format!("`{}` has {count}", axis.factor.text));
    Err(Box::new(StudyError::TooManyPoints {
        name: study.name.to_string(),
        cells: grouped(product * grid.outputs.len().max(1) as f64, 0),
        most: grouped(MOST as f64, 0),
        levels: each.collect::<Vec<_>>().join(", "),
        span: study.place.span,
    }))
}

fn all(levels: &Levels) -> Vec<f64> {
    (0..levels.len()).map(|place| levels.at(place)).collect()
}

/// What turns a factor.
pub(super) fn knob(factor: &Factor) -> Knob {
    Knob { variable: factor.variable, window: factor.window }
}

/// How many cells are evaluated before the run looks up.
const AT_ONCE: usize = 1 << 20;

/// Every value, output by output; nothing if it was stopped.
fn swept(sweep: &Sweep, levels: &[Vec<f64>], points: u64, outputs: usize, options: &Options) -> Option<Vec<Vec<f64>>> {
    let mut values = vec![Vec::with_capacity(points as usize); outputs];
    let levels: Vec<&[f64]> = levels.iter().map(Vec::as_slice).collect();
    let (first, rest) = levels.split_first()?;
    let inner: usize = rest.iter().map(|levels| levels.len()).product();
    let mut cells = vec![Vec::new(); outputs];
    for part in first.chunks((AT_ONCE / inner.max(1)).max(1)) {
        if options.is_stopped() {
            return None;
        }
        let axes: Vec<&[f64]> = [part].into_iter().chain(rest.iter().copied()).collect();
        sweep.grid(&axes, options.threads(), &mut cells);
        values.iter_mut().zip(&cells).for_each(|(all, more)| all.extend_from_slice(more));
        options.tell(values.first().map_or(points, |values| values.len() as u64), points);
    }
    Some(values)
}

/// The formula that a factor is cut from in a case; nothing for an input.
pub(super) fn cut_from(model: &Model, settings: &Settings, case: CaseId, factor: &Factor) -> Option<Arc<str>> {
    let index = factor.window.map(|window| window.first);
    let last = writes(model, settings, case, factor.variable, index).pop()?;
    (last.role == Role::Derived).then_some(last.text)
}

impl GridAnswer {
    /// Looks for the codes of values that are missing, by evaluating their points one by one.
    fn explain(&mut self, model: &Model, grid: &Grid, case: CaseId, settings: &Settings) {
        let is_missing = |point: &usize| self.values.iter().any(|values| values[*point].is_nan());
        let points: Vec<usize> = (0..self.len()).filter(is_missing).take(EXPLAINED).collect();
        for point in points {
            let places = self.places(point);
            let turned = grid.axes.iter().zip(&self.axes).zip(places);
            let over = turned.map(|((axis, answer), place)| knob(&axis.factor).set_to(answer.levels[place])).collect();
            let mut settings = settings.clone();
            settings.layers.push(over);
            let results = evaluate(model, &settings);
            for (output, asked) in grid.outputs.iter().enumerate() {
                let cell = results.cell(case, asked.variable, asked.index);
                self.missing.insert((output, point), cell);
            }
        }
    }
}
