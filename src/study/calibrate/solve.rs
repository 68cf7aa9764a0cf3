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
    Ok(())
}

fn hits(targets: &[super::Hit], misses: &[f64]) -> Vec<f64> {
    targets.iter().zip(misses).map(|(target, miss)| target.wanted + miss * target.tolerance).collect()
}

/// How far each input can move from a solution before a target leaves its tolerance, by the slope there.
fn slack(answer: &CalibrateAnswer, sweep: &Sweep, solution: &Solution) -> Vec<Option<f64>> {
    let mut points = Vec::new();
    for (at, free) in answer.free.iter().enumerate() {
        let step = (free.high - free.low) * 1e-4;
        for side in [-step, step] {
            let mut point = solution.values.clone();
            point[at] += side;
            points.push(point);
        }
    }
    let values = values(sweep, &points, answer.targets.len());
    let of = |at: usize| {
        let (low, high) = (&values[2 * at], &values[2 * at + 1]);
        let moved = points[2 * at + 1][at] - points[2 * at][at];
        let reach = answer.targets.iter().enumerate().filter_map(|(row, target)| {
            let slope = ((high[row] - low[row]) / moved).abs();
            (slope > 0.0).then(|| target.tolerance / slope)
        });
        reach.min_by(f64::total_cmp)
    };
    (0..answer.free.len()).map(of).collect()
}

/// Targets that some values of the outputs miss, in words.
pub(super) fn missed(answer_targets: &[super::Hit]) -> Vec<String> {
    let off = |target: &&super::Hit| {
        target.recorded.is_none_or(|value| (value - target.wanted).abs() > target.tolerance * (1.0 + 1e-9))
    };
    answer_targets.iter().filter(off).map(miss_words).collect()
}
