//! `Marginal`: how one input is distributed, as a function from a uniform number to its value.

pub(super) mod beta;
mod error;
mod fill;
mod pert;

use std::sync::Arc;

use super::normal::{self, Q95};

pub use error::MarginalError;
pub use pert::Pert;

/// The distribution of one input, by itself.
#[derive(Debug, Clone, PartialEq)]
pub enum Marginal {
    Uniform {
        low: f64,
        high: f64,
    },
    Triangular {
        low: f64,
        mode: f64,
        high: f64,
    },
    Pert(Arc<Pert>),
    Normal {
        mean: f64,
        sd: f64,
    },
    /// `mu` and `sigma` are of the logarithm.
    Lognormal {
        mu: f64,
        sigma: f64,
    },
    /// Half a normal on either side of the median.
    Split {
        median: f64,
        below: f64,
        above: f64,
    },
    /// Values in rising order, each with the probability of it or a lower one.
    Discrete(Arc<[(f64, f64)]>),
    /// What lies between two values of another, which stand for these probabilities of it.
    Within {
        whole: Arc<Marginal>,
        low: f64,
        high: f64,
        from: f64,
        share: f64,
    },
}

type Made = Result<Marginal, MarginalError>;

impl Marginal {
    /// Every value between two ends alike.
    pub fn uniform(low: f64, high: f64) -> Made {
        ordered(low, high)?;
        Ok(Marginal::Uniform { low, high })
    }

    /// A straight rise to the mode and a straight fall from it.
    pub fn triangular(low: f64, mode: f64, high: f64) -> Made {
        holds(low, mode, high)?;
        Ok(Marginal::Triangular { low, mode, high })
    }

    /// A smooth hill whose mode counts four times in its mean.
    pub fn pert(low: f64, mode: f64, high: f64) -> Made {
        holds(low, mode, high)?;
        Ok(Marginal::Pert(Arc::new(Pert::new(low, mode, high))))
    }

    /// A normal.
    pub fn normal(mean: f64, sd: f64) -> Made {
        spread(&[mean, sd], sd)?;
        Ok(Marginal::Normal { mean, sd })
    }

    /// A normal of which nine draws in ten lie between two values.
    pub fn normal_between(low: f64, high: f64) -> Made {
        ordered(low, high)?;
        Ok(Marginal::Normal { mean: low + (high - low) / 2.0, sd: (high - low) / (2.0 * Q95) })
    }

    /// A value whose logarithm is normal.
    pub fn lognormal(mu: f64, sigma: f64) -> Made {
        spread(&[mu, sigma], sigma)?;
        Ok(Marginal::Lognormal { mu, sigma })
    }

    /// A lognormal of which nine draws in ten lie between two values.
    pub fn lognormal_between(low: f64, high: f64) -> Made {
        ordered(low, high)?;
        if low <= 0.0 {
            return Err(MarginalError::NotPositive);
        }
        let (low, high) = (libm::log(low), libm::log(high));
        Marginal::lognormal(low + (high - low) / 2.0, (high - low) / (2.0 * Q95))
    }

    /// Half a normal on either side of the median, of which nine draws in ten lie between two values.
    pub fn split(low: f64, median: f64, high: f64) -> Made {
        holds(low, median, high)?;
        Ok(Marginal::Split { median, below: (median - low) / Q95, above: (high - median) / Q95 })
    }

    /// Some values, each with its probability.
    pub fn discrete(values: &[(f64, f64)]) -> Made {
        finite(&values.iter().flat_map(|(value, p)| [*value, *p]).collect::<Vec<_>>())?;
        let total: f64 = values.iter().map(|(_, p)| p).sum();
        if (total - 1.0).abs() > 1e-9 || values.iter().any(|(_, p)| *p < 0.0) {
            return Err(MarginalError::Probabilities);
        }
        Ok(Marginal::Discrete(steps(values.to_vec())))
    }

    /// One value, which may be missing.
    pub fn fixed(value: f64) -> Marginal {
        Marginal::Discrete(Arc::new([(value, 1.0)]))
    }

    /// The same distribution where it lies between two values, and nothing of it elsewhere.
    pub fn within(self, low: f64, high: f64) -> Made {
        ordered(low, high)?;
        if let Marginal::Discrete(steps) = &self {
            return discrete_within(steps, low, high);
        }
        let from = self.below(low);
        let share = self.below(high) - from;
        if share < LEAST {
            return Err(MarginalError::NothingWithin);
        }
        Ok(Marginal::Within { whole: Arc::new(self), low, high, from, share })
    }

    /// The least and the largest value, or where one in twenty lies beyond if there is none.
    pub fn ends(&self) -> (f64, f64) {
        self.limits().unwrap_or_else(|| (self.quantile(0.05), self.quantile(0.95)))
    }

    /// The least and the largest value that the distribution itself states; a window alone makes none.
    fn limits(&self) -> Option<(f64, f64)> {
        match self {
            Marginal::Uniform { low, high } | Marginal::Triangular { low, high, .. } => Some((*low, *high)),
            Marginal::Pert(pert) => Some((pert.low, pert.high)),
            Marginal::Discrete(steps) => {
                let mut likely = steps.iter().scan(0.0, |before, (value, upto)| {
                    let share = upto - std::mem::replace(before, *upto);
                    Some((*value, share))
                });
                let first = likely.find(|(_, share)| *share > 0.0)?.0;
                Some((first, likely.filter(|(_, share)| *share > 0.0).last().map_or(first, |(value, _)| value)))
            }
            Marginal::Within { whole, low, high, .. } => {
                whole.limits().map(|(least, most)| (least.max(*low), most.min(*high)))
            }
            Marginal::Normal { .. } | Marginal::Lognormal { .. } | Marginal::Split { .. } => None,
        }
    }

    /// The probability of a value below `x`; for a discrete one of `x` or lower.
    pub fn below(&self, x: f64) -> f64 {
        match self {
            Marginal::Uniform { low, high } => ((x - low) / (high - low)).clamp(0.0, 1.0),
            Marginal::Triangular { low, mode, high } => triangular_below(*low, *mode, *high, x),
            Marginal::Pert(pert) => pert.below(x),
            Marginal::Normal { mean, sd } => normal::below((x - mean) / sd),
            Marginal::Lognormal { .. } if x <= 0.0 => 0.0,
            Marginal::Lognormal { mu, sigma } => normal::below((libm::log(x) - mu) / sigma),
            Marginal::Split { median, below, above } => {
                let side = if x < *median { below } else { above };
                if x == *median { 0.5 } else { normal::below((x - median) / side) }
            }
            Marginal::Discrete(steps) => steps.iter().rev().find(|(value, _)| *value <= x).map_or(0.0, |step| step.1),
            Marginal::Within { whole, from, share, .. } => ((whole.below(x) - from) / share).clamp(0.0, 1.0),
        }
    }
}

/// The least share of a distribution that a window may leave of it.
const LEAST: f64 = 1e-6;

fn triangular_below(low: f64, mode: f64, high: f64, x: f64) -> f64 {
    match x {
        _ if x <= low => 0.0,
        _ if x >= high => 1.0,
        _ if x < mode => (x - low) * (x - low) / ((high - low) * (mode - low)),
        _ => 1.0 - (high - x) * (high - x) / ((high - low) * (high - mode)),
    }
}

fn discrete_within(steps: &[(f64, f64)], low: f64, high: f64) -> Made {
    let mut before = 0.0;
    let mut kept = Vec::new();
    for (value, upto) in steps {
        if (low..=high).contains(value) {
            kept.push((*value, upto - before));
        }
        before = *upto;
    }
    let total: f64 = kept.iter().map(|(_, p)| p).sum();
    if total < LEAST {
        return Err(MarginalError::NothingWithin);
    }
    Ok(Marginal::Discrete(self::steps(kept.into_iter().map(|(value, p)| (value, p / total)).collect())))
}

/// Probabilities added up in the order of the values, so that a larger uniform number is never a smaller value.
fn steps(mut values: Vec<(f64, f64)>) -> Arc<[(f64, f64)]> {
    values.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut upto = 0.0;
    for (_, p) in &mut values {
        upto += *p;
        *p = upto;
    }
    if let Some(last) = values.last_mut() {
        last.1 = 1.0;
    }
    values.into()
}

fn finite(numbers: &[f64]) -> Result<(), MarginalError> {
    if numbers.iter().all(|number| number.is_finite()) { Ok(()) } else { Err(MarginalError::Missing) }
}

fn ordered(low: f64, high: f64) -> Result<(), MarginalError> {
    finite(&[low, high])?;
    if low < high { Ok(()) } else { Err(MarginalError::EmptyRange) }
}

fn holds(low: f64, mode: f64, high: f64) -> Result<(), MarginalError> {
    ordered(low, high)?;
    finite(&[mode])?;
    if (low..=high).contains(&mode) { Ok(()) } else { Err(MarginalError::ModeOutside) }
}

fn spread(numbers: &[f64], sd: f64) -> Result<(), MarginalError> {
    finite(numbers)?;
    if sd > 0.0 { Ok(()) } else { Err(MarginalError::NoSpread) }
}
