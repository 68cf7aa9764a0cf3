//! Solving: one input by every root of its bracket, several by least squares.

use crate::eval::Sweep;
use crate::model::Study;
use crate::study::error::StudyError;
use crate::study::roots::{Unknown, least_squares, roots};

use super::words::{amount, miss_words, misses, nearest, together};
use super::{CalibrateAnswer, Solution};

type Refused = Box<StudyError>;

/// Fills in the solutions, or says why there are none.
pub(super) fn solve(answer: &mut CalibrateAnswer, sweep: &Sweep, study: &Study) -> Result<(), Refused> {
    match (answer.free.len(), answer.targets.len()) {
        (1, 1) => one(answer, sweep, study)?,
        _ => several(answer, sweep, study)?,
    }
    let recorded: Vec<f64> = answer.free.iter().map(|free| free.recorded.unwrap_or(f64::NAN)).collect();
    let widths: Vec<f64> = answer.free.iter().map(|free| free.high - free.low).collect();
    let far = |solution: &Solution| {
        let apart = solution.values.iter().zip(&recorded).zip(&widths).map(|((a, b), width)| ((a - b) / width).abs());
        apart.filter(|apart| !apart.is_nan()).fold(0.0, f64::max)
    };
    answer.solutions.sort_by(|a, b| far(a).total_cmp(&far(b)));
    let slack: Vec<_> = answer.solutions.iter().map(|solution| slack(answer, sweep, solution)).collect();
    answer.solutions.iter_mut().zip(slack).for_each(|(solution, slack)| solution.slack = slack);
    Ok(())
}

/// What the targets are at some points.
fn values(sweep: &Sweep, points: &[Vec<f64>], targets: usize) -> Vec<Vec<f64>> {
    let inputs = points.first().map_or(0, Vec::len);
    let columns: Vec<Vec<f64>> = (0..inputs).map(|input| points.iter().map(|point| point[input]).collect()).collect();
    let columns: Vec<&[f64]> = columns.iter().map(Vec::as_slice).collect();
    let mut out = vec![Vec::new(); targets];
    sweep.run(&columns, &mut out);
    (0..points.len()).map(|point| out.iter().map(|values| values[point]).collect()).collect()
}

fn one(answer: &mut CalibrateAnswer, sweep: &Sweep, study: &Study) -> Result<(), Refused> {
    let (free, target) = (&answer.free[0], &answer.targets[0]);
    let mut off = |places: &[f64]| {
        let points: Vec<Vec<f64>> = places.iter().map(|place| vec![*place]).collect();
        values(sweep, &points, 1).into_iter().map(|value| value[0] - target.wanted).collect()
    };
    let found = roots(free.low, free.high, target.tolerance, &mut off);
    if found.roots.is_empty() {
        let unit = &target.output.unit;
        let at = |value: f64| amount(value + target.wanted, unit);
        let (low, high) = (amount(free.low, &free.unit), amount(free.high, &free.unit));
        let help = match (found.is_flat, found.jumps.first(), found.nearest) {
            (true, ..) => format!("`{}` does not move `{}`; free another input", free.factor.text, target.output.text),
            (_, Some(jump), _) => format!("it jumps over the target at {}", amount(*jump, &free.unit)),
            (_, _, Some(near)) => {
                format!("widen `in`; it comes nearest, {}, at {}", at(near.value), amount(near.at, &free.unit))
            }
            (_, _, None) => "it has no value anywhere between; look why with `scn explain`".to_string(),
        };
        return Err(Box::new(StudyError::NoRoot {
            free: free.factor.text.to_string(),
            ends: format!("it is {} at {low} and {} at {high}", at(found.ends.0), at(found.ends.1)),
            low,
            high,
            target: target.output.text.to_string(),
            wanted: amount(target.wanted, unit),
            help,
            span: study.place.span,
        }));
    }
    let solution = |root: &crate::study::roots::Root| Solution {
        values: vec![root.at],
        hits: vec![root.value + target.wanted],
        slack: Vec::new(),
        free: Vec::new(),
    };
    answer.solutions = found.roots.iter().map(solution).collect();
    if let (true, Some(recorded), [only]) = (found.is_flat, free.recorded, answer.solutions.as_mut_slice()) {
        only.values = vec![recorded];
    }
    answer.jumps = found.jumps;
    Ok(())
}

fn several(answer: &mut CalibrateAnswer, sweep: &Sweep, study: &Study) -> Result<(), Refused> {
    let unknowns: Vec<Unknown> = answer
        .free
        .iter()
        .map(|free| {
            let start = free.recorded.filter(|value| value.is_finite()).unwrap_or((free.low + free.high) / 2.0);
            Unknown { low: free.low, high: free.high, start }
        })
        .collect();
    let targets = &answer.targets;
    let mut off = |points: &[Vec<f64>]| -> Vec<Vec<f64>> {
        let values = values(sweep, points, targets.len());
        let miss = |values: Vec<f64>| {
            values.iter().zip(targets).map(|(value, target)| (value - target.wanted) / target.tolerance).collect()
        };
        values.into_iter().map(miss).collect()
    };
    let fits = least_squares(&unknowns, &mut off);
    if !fits.iter().any(|fit| fit.is_near()) {
        let near = fits.first();
        return Err(Box::new(StudyError::NoSolution {
            free: together(&answer.free),
            nearest: near
                .map_or("nowhere, since a target is missing".to_string(), |fit| nearest(&answer.free, &fit.at)),
            misses: near.map_or(String::new(), |fit| misses(targets, &hits(targets, &fit.misses))),
            span: study.place.span,
        }));
    }
    let solution = |fit: crate::study::roots::Fit| Solution {
        hits: hits(targets, &fit.misses),
        values: fit.at,
        slack: Vec::new(),
        free: fit.free,
    };
    answer.solutions = fits.into_iter().map(solution).collect();
    for solution in &mut answer.solutions {
        let all = solution.values.iter_mut().zip(&answer.free);
        all.filter(|(value, free)| value.abs() < 1e-12 * (free.high - free.low)).for_each(|(value, _)| *value = 0.0);
    }
    Ok(())
}

fn hits(targets: &[super::Hit], misses: &[f64]) -> Vec<f64> {
    targets.iter().zip(misses).map(|(target, miss)| target.wanted + miss * target.tolerance).collect()
}

/// How far each input can move from a solution before a target leaves its tolerance; nothing if it never does in its bracket.
fn slack(answer: &CalibrateAnswer, sweep: &Sweep, solution: &Solution) -> Vec<Option<f64>> {
    (0..answer.free.len()).map(|at| slack_of(answer, sweep, solution, at)).collect()
}

/// Halves the bracket down to where all is well, then looks between twice more, each time in 64 steps.
fn slack_of(answer: &CalibrateAnswer, sweep: &Sweep, solution: &Solution, at: usize) -> Option<f64> {
    let width = answer.free[at].high - answer.free[at].low;
    let mut steps: Vec<f64> = (0..48).rev().map(|halvings| width / (1u64 << halvings) as f64).collect();
    let mut inside = 0.0;
    for _ in 0..3 {
        let first = first_outside(answer, sweep, solution, (at, &steps))?;
        let outside = steps[first];
        inside = if first == 0 { inside } else { steps[first - 1] };
        steps = (1..=64).map(|step| inside + (outside - inside) * f64::from(step) / 64.0).collect();
    }
    Some((inside + steps[0]) / 2.0)
}

/// The first step, to either side, that brings a target out of its tolerance.
fn first_outside(
    answer: &CalibrateAnswer,
    sweep: &Sweep,
    solution: &Solution,
    (at, steps): (usize, &[f64]),
) -> Option<usize> {
    let moved = |by: f64| {
        let mut point = solution.values.clone();
        point[at] += by;
        point
    };
    let points: Vec<Vec<f64>> = steps.iter().flat_map(|step| [moved(-step), moved(*step)]).collect();
    let found = values(sweep, &points, answer.targets.len());
    let is_out = |values: &Vec<f64>| {
        let off = |(value, target): (&f64, &super::Hit)| (value - target.wanted).abs() > target.tolerance;
        values.iter().zip(&answer.targets).any(off)
    };
    found.chunks_exact(2).position(|sides| sides.iter().any(is_out))
}

/// Targets that some values of the outputs miss, in words.
pub(super) fn missed(answer_targets: &[super::Hit]) -> Vec<String> {
    let off = |target: &&super::Hit| {
        target.recorded.is_none_or(|value| (value - target.wanted).abs() > target.tolerance * (1.0 + 1e-9))
    };
    answer_targets.iter().filter(off).map(miss_words).collect()
}
