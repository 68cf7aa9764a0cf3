//! `Distribution`: how an uncertain input varies, and the two ends that this gives it.

use std::sync::Arc;

use crate::chance::{Marginal, MarginalError};

use super::{Expr, Window};

/// How one piece of a variable varies; a value without time has one piece.
#[derive(Debug, Clone, PartialEq)]
pub struct Ranged {
    pub window: Window,
    pub spread: Distribution,
}

/// How an uncertain input varies; numbers in base units, evaluated among the values of its case.
#[derive(Debug, Clone, PartialEq)]
pub struct Distribution {
    pub spread: Spread,
    /// Nothing is drawn outside of these.
    pub within: Option<(Arc<Expr>, Arc<Expr>)>,
    /// As written: `9..14 pert`.
    pub text: Arc<str>,
}

/// Where the numbers of a distribution come from.
pub trait Numbers {
    /// What an expression of the distribution comes to.
    fn read(&self, expr: &Arc<Expr>) -> Result<f64, MarginalError>;

    /// The value of the input, where nothing is drawn.
    fn point(&self) -> Result<f64, MarginalError>;
}

impl Distribution {
    /// The distribution as numbers.
    pub fn marginal(&self, numbers: &impl Numbers) -> Result<Marginal, MarginalError> {
        let read = |expr| numbers.read(expr);
        let whole = match &self.spread {
            Spread::Between { low, high, shape, mode } => {
                let mode = || mode.as_ref().map_or_else(|| numbers.point(), read);
                let (low, high) = (read(low)?, read(high)?);
                match shape {
                    Shape::Pert => Marginal::pert(low, mode()?, high),
                    Shape::Triangular => Marginal::triangular(low, mode()?, high),
                    Shape::Uniform => Marginal::uniform(low, high),
                    Shape::Normal => Marginal::normal_between(low, high),
                    Shape::Lognormal => Marginal::lognormal_between(low, high),
                    Shape::P5P95 => Marginal::split(low, mode()?, high),
                }
            }
            Spread::Normal { mean, sd } => {
                let mean = mean.as_ref().map_or_else(|| numbers.point(), read)?;
                Marginal::normal(mean, read(sd)?)
            }
            Spread::Lognormal { mu, sigma } => Marginal::lognormal(read(mu)?, read(sigma)?),
            Spread::Discrete(values) => {
                let values = values.iter().map(|(value, p)| Ok((read(value)?, *p)));
                Marginal::discrete(&values.collect::<Result<Vec<_>, MarginalError>>()?)
            }
        }?;
        match &self.within {
            Some((low, high)) => whole.within(read(low)?, read(high)?),
            None => Ok(whole),
        }
    }

    /// The two ends: the least and the largest value if the spread states them, otherwise where one in twenty lies beyond.
    pub fn ends(&self, numbers: &impl Numbers) -> Result<(f64, f64), MarginalError> {
        let (low, high) = match self.stated() {
            Some((low, high)) => (numbers.read(low)?, numbers.read(high)?),
            None => match (&self.spread, &self.within) {
                (Spread::Between { low, high, shape, .. }, Some((least, most))) if shape.is_closed() => {
                    let (low, high) = (numbers.read(low)?, numbers.read(high)?);
                    let (least, most) = (low.max(numbers.read(least)?), high.min(numbers.read(most)?));
                    if low <= high && least > most {
                        return Err(MarginalError::NothingWithin);
                    }
                    (least, most)
                }
                _ => self.marginal(numbers)?.ends(),
            },
        };
        if low <= high { Ok((low, high)) } else { Err(MarginalError::EmptyRange) }
    }

    /// The two ends as they are written, if nothing is to be worked out.
    pub fn stated(&self) -> Option<(&Arc<Expr>, &Arc<Expr>)> {
        match (&self.spread, &self.within) {
            (Spread::Between { low, high, .. }, None) => Some((low, high)),
            _ => None,
        }
    }

    /// Whether it needs the value of the input: for its mode, its median or its mean.
    pub fn needs_point(&self) -> bool {
        match &self.spread {
            Spread::Between { shape: Shape::Pert | Shape::Triangular | Shape::P5P95, mode, .. } => mode.is_none(),
            Spread::Between { .. } | Spread::Lognormal { .. } | Spread::Discrete(_) => false,
            Spread::Normal { mean, .. } => mean.is_none(),
        }
    }

    /// Whether it says how far values lie from that of the input, and not where they lie.
    pub fn is_around(&self) -> bool {
        matches!(self.spread, Spread::Normal { mean: None, .. })
    }

    /// Where its values end below.
    pub fn floor(&self, constant: impl Fn(&Expr) -> Option<f64>) -> Floor {
        let cut = self.within.as_ref().map(|(low, _)| constant(low));
        let own = match &self.spread {
            Spread::Between { low, shape, .. } if shape.is_closed() => Some(constant(low)),
            Spread::Between { shape: Shape::Lognormal, .. } | Spread::Lognormal { .. } => Some(Some(f64::MIN_POSITIVE)),
            Spread::Between { .. } | Spread::Normal { .. } => None,
            Spread::Discrete(values) => {
                let drawn = values.iter().filter(|(_, share)| *share > 0.0).map(|(value, _)| constant(value));
                let is_left = |value: &f64| cut.flatten().is_none_or(|least| least <= *value);
                let drawn: Option<Vec<f64>> = drawn.collect();
                Some(drawn.and_then(|drawn| drawn.into_iter().filter(is_left).reduce(f64::min)))
            }
        };
        match (own, cut) {
            (None, None) => Floor::Open,
            (Some(Some(one)), Some(Some(other))) => Floor::At(one.max(other)),
            (Some(Some(one)), None) | (None, Some(Some(one))) => Floor::At(one),
            (Some(_), _) | (_, Some(_)) => Floor::Computed,
        }
    }

    /// Every expression in it.
    pub fn exprs(&self) -> Vec<&Arc<Expr>> {
        let mut all: Vec<&Arc<Expr>> = match &self.spread {
            Spread::Between { low, high, mode, .. } => [low, high].into_iter().chain(mode).collect(),
            Spread::Normal { mean, sd } => mean.iter().chain([sd]).collect(),
            Spread::Lognormal { mu, sigma } => vec![mu, sigma],
            Spread::Discrete(values) => values.iter().map(|(value, _)| value).collect(),
        };
        all.extend(self.within.iter().flat_map(|(low, high)| [low, high]));
        all
    }

    /// Whether a number of it differs from period to period.
    pub fn moves(&self) -> bool {
        self.exprs().into_iter().any(|expr| expr.time.is_some())
    }
}

/// The end below of what may be drawn.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Floor {
    At(f64),
    /// It is known when the model is evaluated.
    Computed,
    /// However small, a smaller value may be drawn.
    Open,
}

/// What values an input takes, and how often.
#[derive(Debug, Clone, PartialEq)]
pub enum Spread {
    /// Between two ends; what they mean depends on the shape.
    Between {
        low: Arc<Expr>,
        high: Arc<Expr>,
        shape: Shape,
        /// The likeliest value; the value of the input if nothing is said.
        mode: Option<Arc<Expr>>,
    },
    Normal {
        /// The value of the input if nothing is said.
        mean: Option<Arc<Expr>>,
        sd: Arc<Expr>,
    },
    /// `mu` and `sigma` are of the logarithm of the number in base units.
    Lognormal { mu: Arc<Expr>, sigma: Arc<Expr> },
    /// Values and the probability of each.
    Discrete(Vec<(Arc<Expr>, f64)>),
}

/// The shape of a spread between its ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// The ends are the least and the largest value.
    Pert,
    /// The ends are the least and the largest value.
    Triangular,
    /// The ends are the quantiles of 5% and 95%.
    Normal,
    /// The ends are the quantiles of 5% and 95%.
    Lognormal,
    /// The ends are the least and the largest value.
    Uniform,
    /// Half a normal on either side of the value; the ends are the quantiles of 5% and 95%.
    P5P95,
}

impl Shape {
    /// Whether no value lies beyond the ends.
    pub fn is_closed(self) -> bool {
        matches!(self, Shape::Pert | Shape::Triangular | Shape::Uniform)
    }
}
