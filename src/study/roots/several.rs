//! Several unknowns: damped least squares inside their ranges, from several starts.

use super::eigen::{eigen, solved};

/// An unknown: where it may be, and where to look first.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Unknown {
    pub low: f64,
    pub high: f64,
    pub start: f64,
}

/// Values of the unknowns that bring the misses down as far as they go from one start.
#[derive(Debug, Clone, PartialEq)]
pub struct Fit {
    pub at: Vec<f64>,
    /// How far each target is missed, in tolerances; near enough is 1 and less.
    pub misses: Vec<f64>,
    /// Directions in which the unknowns can move together without any target moving by a tolerance: the share of each
    /// unknown's range in such a move.
    pub free: Vec<Vec<f64>>,
}

impl Fit {
    /// Whether every target is met.
    pub fn is_near(&self) -> bool {
        self.misses.iter().all(|miss| miss.abs() <= 1.0)
    }

    fn size(&self) -> f64 {
        squares(&self.misses)
    }
}

/// Starts beside the given one.
const STARTS: u64 = 24;

/// The misses at each of some points, in tolerances.
pub type Misses<'a> = dyn FnMut(&[Vec<f64>]) -> Vec<Vec<f64>> + 'a;

/// Steps from one start.
const STEPS: usize = 60;

/// Finds values inside the ranges at which the misses (in tolerances) vanish, or are as small as they get.
///
/// Where the targets leave a direction free, the values nearest to the starts are taken: the ranges are what is known
/// beforehand. All solutions that the starts lead to come back, the one nearest to the given start first; if there is none,
/// the nearest miss.
pub fn least_squares(unknowns: &[Unknown], misses: &mut Misses) -> Vec<Fit> {
    let mut search = Search { unknowns, misses };
    let first: Vec<f64> = unknowns.iter().map(|unknown| unknown.share(unknown.start)).collect();
    let starts = [first, vec![0.5; unknowns.len()]].into_iter().chain((1..STARTS).map(|at| spread(unknowns.len(), at)));
    let mut fits: Vec<(Vec<f64>, Fit)> = Vec::new();
    for start in starts {
        let Some((share, fit)) = search.from(start) else { continue };
        let is_new = fits.iter().all(|(other, _)| apart(other, &share) > 1e-4);
        if is_new && (fit.free.is_empty() || fits.iter().all(|(_, fit)| !fit.is_near())) {
            fits.push((share, fit));
        }
    }
    let mut fits: Vec<Fit> = fits.into_iter().map(|(_, fit)| fit).collect();
    if fits.iter().any(Fit::is_near) {
        fits.retain(Fit::is_near);
    } else {
        fits.sort_by(|a, b| a.size().total_cmp(&b.size()));
        fits.truncate(1);
    }
    fits
}

impl Unknown {
    fn share(&self, value: f64) -> f64 {
        ((value - self.low) / (self.high - self.low)).clamp(0.0, 1.0)
    }

    fn value(&self, share: f64) -> f64 {
        self.low + (self.high - self.low) * share
    }
}

struct Search<'a> {
    unknowns: &'a [Unknown],
    misses: &'a mut Misses<'a>,
}

impl Search<'_> {
    /// Walks down from a start, in shares of the ranges; nothing if the start has no value.
    fn from(&mut self, start: Vec<f64>) -> Option<(Vec<f64>, Fit)> {
        let (mut at, mut miss) = (start.clone(), self.one(&start)?);
        let mut damping = 1e-3;
        for _ in 0..STEPS {
            let Some(slopes) = self.slopes(&at, &miss) else { break };
            let Some(step) = step(&slopes, &miss, &at, damping) else { break };
            let next: Vec<f64> = at.iter().zip(&step).map(|(at, step)| (at + step).clamp(0.0, 1.0)).collect();
            let moved = apart(&next, &at);
            match self.one(&next).filter(|found| squares(found) < squares(&miss)) {
                Some(found) => {
                    (at, miss, damping) = (next, found, (damping / 8.0).max(1e-12));
                }
                None => damping *= 8.0,
            }
            if moved < 1e-14 || squares(&miss) < 1e-24 || damping > 1e12 {
                break;
            }
        }
        let free = self.slopes(&at, &miss).map(|slopes| free(&slopes)).unwrap_or_default();
        let values = at.iter().zip(self.unknowns).map(|(share, unknown)| unknown.value(*share)).collect();
        Some((at, Fit { at: values, misses: miss, free }))
    }

    fn one(&mut self, shares: &[f64]) -> Option<Vec<f64>> {
        let found = self.many(&[shares.to_vec()]).pop()?;
        found.iter().all(|miss| miss.is_finite()).then_some(found)
    }

    fn many(&mut self, shares: &[Vec<f64>]) -> Vec<Vec<f64>> {
        let values = |shares: &Vec<f64>| {
            shares.iter().zip(self.unknowns).map(|(share, unknown)| unknown.value(*share)).collect()
        };
        let points: Vec<Vec<f64>> = shares.iter().map(values).collect();
        (self.misses)(&points)
    }

    /// How fast each miss moves with each unknown's share, by steps to both sides.
    fn slopes(&mut self, at: &[f64], miss: &[f64]) -> Option<Vec<Vec<f64>>> {
        const STEP: f64 = 1e-5;
        let mut points = Vec::new();
        for unknown in 0..at.len() {
            for side in [(at[unknown] - STEP).max(0.0), (at[unknown] + STEP).min(1.0)] {
                let mut point = at.to_vec();
                point[unknown] = side;
                points.push(point);
            }
        }
        let found = self.many(&points);
        let slope = |row: usize, unknown: usize| {
            let (low, high) = (2 * unknown, 2 * unknown + 1);
            (found[high][row] - found[low][row]) / (points[high][unknown] - points[low][unknown])
        };
        let slopes: Vec<Vec<f64>> =
            (0..miss.len()).map(|row| (0..at.len()).map(|unknown| slope(row, unknown)).collect()).collect();
        slopes.iter().flatten().all(|slope| slope.is_finite()).then_some(slopes)
    }
}

/// The damped step; an unknown at the end of its range stays if the step leads out of it.
fn step(slopes: &[Vec<f64>], miss: &[f64], at: &[f64], damping: f64) -> Option<Vec<f64>> {
    let mut held = vec![false; at.len()];
    loop {
        let moving: Vec<usize> = (0..at.len()).filter(|unknown| !held[*unknown]).collect();
        let product = |a: usize, b: usize| slopes.iter().map(|row| row[a] * row[b]).sum::<f64>();
        let most = moving.iter().map(|at| product(*at, *at)).fold(0.0, f64::max);
        let matrix: Vec<Vec<f64>> = moving
            .iter()
            .map(|a| moving.iter().map(|b| product(*a, *b) + if a == b { damping * most } else { 0.0 }).collect())
            .collect();
        let right: Vec<f64> =
            moving.iter().map(|at| -slopes.iter().zip(miss).map(|(row, miss)| row[*at] * miss).sum::<f64>()).collect();
        let found = solved(&matrix, &right)?;
        let leads_out =
            |unknown: usize, step: f64| at[unknown] <= 0.0 && step < 0.0 || at[unknown] >= 1.0 && step > 0.0;
        let stuck: Vec<usize> =
            moving.iter().zip(&found).filter(|(at, step)| leads_out(**at, **step)).map(|(at, _)| *at).collect();
        if stuck.is_empty() {
            let mut whole = vec![0.0; at.len()];
            moving.iter().zip(found).for_each(|(at, step)| whole[*at] = step);
            return Some(whole);
        }
        stuck.into_iter().for_each(|unknown| held[unknown] = true);
    }
}

/// Directions in which nothing moves: so much less than in the fastest direction, or than a tolerance, that none could tell.
fn free(slopes: &[Vec<f64>]) -> Vec<Vec<f64>> {
    let size = slopes.first().map_or(0, Vec::len);
    let product = |a: usize, b: usize| slopes.iter().map(|row| row[a] * row[b]).sum::<f64>();
    let matrix: Vec<Vec<f64>> = (0..size).map(|a| (0..size).map(|b| product(a, b)).collect()).collect();
    let found = eigen(&matrix);
    let most = found.last().map_or(0.0, |(value, _)| *value);
    let is_free = |value: f64| value <= 1e-10 * most || value < 1.0;
    found.into_iter().filter(|(value, _)| is_free(*value)).map(|(_, direction)| direction).collect()
}

/// The `at`-th point of a sequence that fills the unit cube evenly (radical inverses to the first primes).
fn spread(size: usize, at: u64) -> Vec<f64> {
    const PRIMES: [u64; 12] = [2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37];
    let inverse = |prime: u64| {
        let (mut rest, mut share, mut value) = (at, 1.0 / prime as f64, 0.0);
        while rest > 0 {
            value += share * (rest % prime) as f64;
            (rest, share) = (rest / prime, share / prime as f64);
        }
        value
    };
    (0..size).map(|axis| inverse(PRIMES[axis % PRIMES.len()])).collect()
}

fn squares(misses: &[f64]) -> f64 {
    misses.iter().map(|miss| miss * miss).sum()
}

fn apart(left: &[f64], right: &[f64]) -> f64 {
    left.iter().zip(right).map(|(left, right)| (left - right).abs()).fold(0.0, f64::max)
}
