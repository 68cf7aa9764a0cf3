//! `Pert`: a beta distribution between two ends, weighted towards its mode; its quantiles come from a table.

use super::beta::Beta;
use crate::chance::normal;
use crate::chance::wide::wide;

/// A beta distribution between two ends whose mode counts four times in its mean.
#[derive(Debug, Clone, PartialEq)]
pub struct Pert {
    pub low: f64,
    pub mode: f64,
    pub high: f64,
    beta: Beta,
    /// The quantile as a function of the standard normal's, which is smooth to the very ends: a polynomial for each cell.
    cells: Vec<[f64; 6]>,
}

/// Cells per unit of the standard normal, and how far the table reaches: beyond the smallest uniform number.
const PER_UNIT: f64 = 32.0;
const REACH: f64 = 8.5;
const HALF: usize = 272;

impl Pert {
    /// The distribution of two ends and a mode between them.
    pub fn new(low: f64, mode: f64, high: f64) -> Pert {
        let share = (mode - low) / (high - low);
        let beta = Beta::new(1.0 + 4.0 * share, 1.0 + 4.0 * (1.0 - share));
        Pert { low, mode, high, beta, cells: cells(&beta) }
    }

    /// The table from the standard normal to the share of the way between the ends: a polynomial of six terms, lowest
    /// first, for each of so many cells per unit, from minus [`Pert::REACH`] on.
    pub fn cells(&self) -> &[[f64; 6]] {
        &self.cells
    }

    /// How far the table reaches on either side.
    pub const REACH: f64 = REACH;
    /// Cells per unit of the standard normal.
    pub const PER_UNIT: f64 = PER_UNIT;

    /// The probability of staying below `x`.
    pub fn below(&self, x: f64) -> f64 {
        self.beta.below((x - self.low) / (self.high - self.low))
    }

    /// The quantile at a quantile of the standard normal.
    pub fn at(&self, z: f64) -> f64 {
        value(&self.cells, z, self.low, self.high - self.low)
    }

    /// Turns probabilities into quantiles.
    pub fn quantiles(&self, values: &mut [f64]) {
        normal::quantiles(values);
        look_up(&self.cells, self.low, self.high - self.low, values);
    }
}

wide! {
    fn look_up(cells: &[[f64; 6]], low: f64, width: f64, values: &mut [f64]) {
        for z in values.iter_mut() {
            *z = value(cells, *z, low, width);
        }
    }
}

#[inline(always)]
fn value(cells: &[[f64; 6]], z: f64, low: f64, width: f64) -> f64 {
    let place = (z + REACH).clamp(0.0, 2.0 * REACH - 1e-9) * PER_UNIT;
    let cell = &cells[(place as usize).min(cells.len() - 1)];
    let t = place - place.floor();
    let share = crate::chance::elementary::horner(cell, t);
    low + width * share.clamp(0.0, 1.0)
}

/// Both halves are solved from their own end, where the numbers are small and exact.
fn cells(beta: &Beta) -> Vec<[f64; 6]> {
    let lower = nodes(beta);
    let upper = nodes(&Beta::new(beta.b, beta.a));
    let mirrored = upper[..HALF].iter().rev().map(|[x, first, second]| [1.0 - x, *first, -second]);
    let all: Vec<[f64; 3]> = lower.into_iter().chain(mirrored).collect();
    all.windows(2).map(|pair| quintic(pair[0], pair[1])).collect()
}

/// The quantile and its first two derivatives at the nodes from the far end to the median.
fn nodes(beta: &Beta) -> Vec<[f64; 3]> {
    let mut guess = libm::log(beta.near_zero(normal::below(-REACH)).min(0.5));
    (0..=HALF)
        .map(|node| {
            let z = node as f64 / PER_UNIT - REACH;
            let (x, density) = solve(beta, normal::below(z), guess);
            let first = normal::density(z) / density;
            let bend = (beta.a - 1.0) / x - (beta.b - 1.0) / (1.0 - x);
            guess = libm::log(x) + first / x / PER_UNIT;
            [x, first, first * (-z - first * bend)]
        })
        .collect()
}

/// Newton's method on the logarithms, in which the function is nearly a line.
fn solve(beta: &Beta, p: f64, guess: f64) -> (f64, f64) {
    let mut y = guess.min(-1e-12);
    for _ in 0..60 {
        let x = libm::exp(y);
        let (density, below) = beta.density_and_below(x);
        let step = (libm::log(below) - libm::log(p)) * below / (x * density);
        y = (y - step).min(0.5 * y);
        if step.abs() < 1e-15 * y.abs().max(0.1) {
            break;
        }
    }
    let x = libm::exp(y);
    (x, beta.density_and_below(x).0)
}

/// The polynomial between two nodes that has their values and both derivatives.
fn quintic(left: [f64; 3], right: [f64; 3]) -> [f64; 6] {
    let rise = right[0] - left[0];
    let [s0, s1] = [left[1], right[1]].map(|slope| slope / PER_UNIT);
    let [q0, q1] = [left[2], right[2]].map(|bend| bend / (2.0 * PER_UNIT * PER_UNIT));
    [
        left[0],
        s0,
        q0,
        10.0 * rise - 6.0 * s0 - 4.0 * s1 - 3.0 * q0 + q1,
        -15.0 * rise + 8.0 * s0 + 7.0 * s1 + 3.0 * q0 - 2.0 * q1,
        6.0 * rise - 3.0 * s0 - 3.0 * s1 - q0 + q1,
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_give_back_their_probability() {
        for mode in [0.0, 0.01, 0.25, 0.5, 0.77, 1.0] {
            let pert = Pert::new(0.0, mode, 1.0);
            for step in 1..1_000 {
                let p = f64::from(step) / 1_000.0;
                let x = pert.at(normal::quantile(p));
                assert!((pert.below(x) - p).abs() < 2e-13, "mode {mode}: {p} gives {x}, {}", pert.below(x));
            }
        }
    }

    #[test]
    fn known_quantiles_are_met() {
        // Of SciPy's beta.ppf, scaled.
        let pert = Pert::new(9.0, 10.0, 14.0);
        for (p, x) in [
            (1e-6, 9.000_675_359_496_345),
            (0.05, 9.294_886_938_059_086),
            (0.5, 10.383_361_296_962_594),
            (0.95, 12.106_383_620_080_951),
            (0.999_999, 13.865_088_674_671_874),
        ] {
            let got = pert.at(normal::quantile(p));
            assert!((got - x).abs() < 1e-12, "{p}: {got}");
        }
    }
}
