//! `Pair`: which correlation of two normals gives two marginals the rank correlation that is asked for.
//!
//! Equal values share the mean of their ranks, so the rank of a value is the probability of a lower one and half that of
//! the value itself. That is a sum of steps for a discrete marginal; the covariance of two steps of correlated normals is
//! an integral over their correlation (Plackett, 1954).

use std::f64::consts::{FRAC_1_SQRT_2, FRAC_PI_2, PI};

use super::super::marginal::Marginal;
use super::super::normal;

/// Two marginals, by their ranks.
#[derive(Debug, Clone)]
pub struct Pair {
    left: Ranks,
    right: Ranks,
}

/// The ranks of a marginal as steps over a standard normal.
#[derive(Debug, Clone)]
struct Ranks {
    steps: Vec<Step>,
    /// How much of the normal counts: the ranks of continuous values are one step of it and as much noise.
    share: f64,
    variance: f64,
}

#[derive(Debug, Clone, Copy)]
struct Step {
    /// The probability of a value below the step, and the normal there.
    below: f64,
    z: f64,
    height: f64,
}

impl Pair {
    /// The ranks of two marginals.
    pub fn new(left: &Marginal, right: &Marginal) -> Pair {
        Pair { left: Ranks::of(left), right: Ranks::of(right) }
    }

    /// The correlation of the normals that gives the ranks this one, or comes nearest to it.
    pub fn normals(&self, rho: f64) -> f64 {
        if self.is_plain() {
            return if rho.abs() >= 1.0 { rho.signum() } else { 2.0 * libm::sin(PI / 6.0 * rho) };
        }
        let (mut low, mut high) = (-FRAC_PI_2, FRAC_PI_2);
        match rho {
            _ if rho == 0.0 || !self.varies() => return 0.0,
            _ if rho >= self.ranks(1.0) => return 1.0,
            _ if rho <= self.ranks(-1.0) => return -1.0,
            _ => {}
        }
        for _ in 0..48 {
            let middle = (low + high) / 2.0;
            let end = if self.ranks(libm::sin(middle)) < rho { &mut low } else { &mut high };
            *end = middle;
        }
        libm::sin((low + high) / 2.0)
    }

    /// The rank correlation of normals with this correlation.
    pub fn ranks(&self, r: f64) -> f64 {
        let r = r.clamp(-1.0, 1.0);
        if self.is_plain() {
            return 6.0 / PI * libm::asin(r / 2.0);
        }
        if !self.varies() {
            return 0.0;
        }
        let r = r * self.left.share * self.right.share;
        let both = self.left.steps.iter().flat_map(|left| self.right.steps.iter().map(move |right| (left, right)));
        let covariance: f64 = both.map(|(left, right)| left.height * right.height * covariance(left, right, r)).sum();
        covariance / (self.left.variance * self.right.variance).sqrt()
    }

    /// Whether no value of either comes twice.
    fn is_plain(&self) -> bool {
        self.left.share < 1.0 && self.right.share < 1.0
    }

    fn varies(&self) -> bool {
        self.left.variance > 0.0 && self.right.variance > 0.0
    }
}

impl Ranks {
    fn of(marginal: &Marginal) -> Ranks {
        let Marginal::Discrete(values) = marginal else {
            let step = Step { below: 0.5, z: 0.0, height: 1.0 };
            return Ranks { steps: vec![step], share: FRAC_1_SQRT_2, variance: 1.0 / 12.0 };
        };
        let mut upto: Vec<f64> = Vec::new();
        for (at, (value, below)) in values.iter().enumerate() {
            match at.checked_sub(1).is_some_and(|before| values[before].0 == *value) {
                true => upto.last_mut().into_iter().for_each(|last| *last = *below),
                false => upto.push(*below),
            }
        }
        let before = |at: usize| at.checked_sub(1).map_or(0.0, |at| upto[at]);
        let rank = |at: usize| (before(at) + upto[at]) / 2.0;
        let steps = (1..upto.len()).filter(|at| (f64::MIN_POSITIVE..1.0).contains(&before(*at))).map(|at| Step {
            below: before(at),
            z: normal::quantile(before(at)),
            height: rank(at) - rank(at - 1),
        });
        let squares: f64 = (0..upto.len()).map(|at| (upto[at] - before(at)) * rank(at) * rank(at)).sum();
        Ranks { steps: steps.collect(), share: 1.0, variance: (squares - 0.25).max(0.0) }
    }
}

/// The covariance of being above two steps, for normals with a correlation.
fn covariance(left: &Step, right: &Step, r: f64) -> f64 {
    let (p, q) = (left.below, right.below);
    match r {
        1.0 => p.min(q) - p * q,
        -1.0 => (1.0 - p - q).max(0.0) - (1.0 - p) * (1.0 - q),
        _ => integral(left.z, right.z, libm::asin(r)),
    }
}

/// Nodes and weights of Gauss and Legendre for five points.
const NODES: [(f64, f64); 5] = [
    (-0.906_179_845_938_664, 0.236_926_885_056_189_1),
    (-0.538_469_310_105_683_1, 0.478_628_670_499_366_5),
    (0.0, 0.568_888_888_888_888_9),
    (0.538_469_310_105_683_1, 0.478_628_670_499_366_5),
    (0.906_179_845_938_664, 0.236_926_885_056_189_1),
];

const PANELS: u32 = 24;

fn integral(h: f64, k: f64, angle: f64) -> f64 {
    let density = |theta: f64| {
        let (sine, cosine) = (libm::sin(theta), libm::cos(theta));
        libm::exp(-(h * h - 2.0 * h * k * sine + k * k) / (2.0 * cosine * cosine))
    };
    let half = angle / f64::from(PANELS) / 2.0;
    let panel = |at: u32| {
        let middle = half * f64::from(2 * at + 1);
        NODES.iter().map(|(node, weight)| weight * density(middle + half * node)).sum::<f64>()
    };
    (0..PANELS).map(panel).sum::<f64>() * half / (2.0 * PI)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn discrete(values: &[(f64, f64)]) -> Marginal {
        Marginal::discrete(values).expect("a distribution")
    }

    #[test]
    fn two_halves_have_a_known_correlation() {
        // P(both above) of normals is 1/4 + asin(r) / 2 pi, so the correlation of two fair coins is 2 asin(r) / pi.
        let coin = discrete(&[(0.0, 0.5), (1.0, 0.5)]);
        let pair = Pair::new(&coin, &coin);
        for r in [-0.9, -0.3, 0.2, 0.5, 0.95] {
            assert!((pair.ranks(r) - 2.0 / PI * libm::asin(r)).abs() < 1e-12, "{r}");
        }
        assert!((pair.normals(0.6) - libm::sin(PI * 0.3)).abs() < 1e-12);
        assert_eq!((pair.ranks(1.0), pair.ranks(-1.0)), (1.0, -1.0));
    }

    #[test]
    fn a_coin_and_a_continuous_value_have_a_known_correlation() {
        // Ranks of 1/4 and 3/4: the covariance is asin(r / sqrt 2) / 4 pi, the standard deviations are 1/4 and 1 / sqrt 12.
        let pair = Pair::new(&discrete(&[(0.0, 0.5), (1.0, 0.5)]), &Marginal::uniform(0.0, 1.0).expect("uniform"));
        let known = |r: f64| libm::asin(r * FRAC_1_SQRT_2) / PI * 12_f64.sqrt();
        assert!((pair.ranks(0.7) - known(0.7)).abs() < 1e-12);
        // The most is the square root of three quarters.
        assert!((pair.ranks(1.0) - 0.75_f64.sqrt()).abs() < 1e-12);
        assert_eq!(pair.normals(0.9), 1.0);
    }

    #[test]
    fn what_is_solved_for_is_met_up_to_what_can_be_had() {
        let rare = discrete(&[(0.15, 0.8), (0.25, 0.2)]);
        let four = discrete(&[(1.0, 0.1), (2.0, 0.4), (2.0, 0.2), (9.0, 0.3)]);
        let pert = Marginal::pert(0.0, 1.0, 3.0).expect("pert");
        for (left, right) in [(&rare, &four), (&four, &pert), (&rare, &rare), (&pert, &rare)] {
            let pair = Pair::new(left, right);
            let (least, most) = (pair.ranks(-1.0), pair.ranks(1.0));
            for step in 1..40 {
                let rho = least + (most - least) * f64::from(step) / 40.0;
                assert!((pair.ranks(pair.normals(rho)) - rho).abs() < 1e-9, "{left:?} {right:?} {rho}");
            }
            assert!(pair.ranks(0.99) < most + 1e-6 && pair.ranks(-0.99) > least - 1e-6);
        }
    }
}
