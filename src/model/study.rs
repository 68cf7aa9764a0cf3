//! `Study`: a question asked of a model, as changes of paths and what is read then.
//!
//! All numbers are in base units.

use std::sync::Arc;

use crate::text::Place;
use crate::text::decimal::{shifted, to_digits};
use crate::units::{Unit, significant};

use super::{CaseId, Provenance, Ranged, VariableId, Window};

/// Which study of a model.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StudyId(pub u32);

/// A question, its name and the case it starts from.
#[derive(Debug, Clone)]
pub struct Study {
    pub name: Arc<str>,
    pub title: Option<Arc<str>>,
    pub kind: StudyKind,
    /// What holds where the study changes nothing.
    pub case: CaseId,
    pub provenance: Arc<Provenance>,
    pub place: Place,
}

/// What is asked.
#[derive(Debug, Clone)]
pub enum StudyKind {
    Grid(Grid),
    Tornado(Tornado),
    Simulate(Simulate),
    Calibrate(Calibrate),
    Bridge(Bridge),
    Discover(Discover),
}

impl StudyKind {
    /// The word that begins such a study.
    pub fn word(&self) -> &'static str {
        match self {
            StudyKind::Grid(_) => "grid",
            StudyKind::Tornado(_) => "tornado",
            StudyKind::Simulate(_) => "simulate",
            StudyKind::Calibrate(_) => "calibrate",
            StudyKind::Bridge(_) => "bridge",
            StudyKind::Discover(_) => "discover",
        }
    }
}

/// What is read: a variable (a hidden one for an expression), a series at one index of its timeline.
#[derive(Debug, Clone)]
pub struct Asked {
    pub variable: VariableId,
    pub index: Option<usize>,
    /// As written.
    pub text: Arc<str>,
    /// How it is shown.
    pub unit: Unit,
}

/// What is varied: a variable, in some periods of its timeline.
#[derive(Debug, Clone)]
pub struct Factor {
    pub variable: VariableId,
    /// All periods if nothing is said.
    pub window: Option<Window>,
    /// The path as written.
    pub text: Arc<str>,
    pub place: Place,
}

/// Outputs over the product of some axes.
#[derive(Debug, Clone)]
pub struct Grid {
    pub outputs: Vec<Asked>,
    /// The first is the outermost.
    pub axes: Vec<Axis>,
}

/// The levels that one factor takes.
#[derive(Debug, Clone)]
pub struct Axis {
    pub factor: Factor,
    pub levels: Levels,
    /// How a level is shown.
    pub unit: Unit,
}

/// Levels, as a list or as a rule.
#[derive(Debug, Clone, PartialEq)]
pub enum Levels {
    List(Vec<f64>),
    /// From `first` in steps up to `last`, which is met only if a step falls on it.
    Steps {
        first: f64,
        last: f64,
        step: f64,
    },
    /// So many levels at equal distances, both ends included.
    Count {
        first: f64,
        last: f64,
        count: u64,
    },
}

impl Levels {
    /// How many levels there are, without making them.
    pub fn len(&self) -> u64 {
        match self {
            Levels::List(list) => list.len() as u64,
            Levels::Steps { first, last, step } => {
                let steps = (last - first) / step;
                if steps.is_finite() && steps >= 0.0 { (steps + 1e-9) as u64 + 1 } else { 0 }
            }
            Levels::Count { count, .. } => *count,
        }
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The level at a place; a place beyond the last has the last.
    pub fn at(&self, place: u64) -> f64 {
        match self {
            Levels::List(list) => list.get(place as usize).or(list.last()).copied().unwrap_or(f64::NAN),
            Levels::Steps { first, last, step } => {
                let level = to_digits(first + step * place as f64, 15);
                if (level - last).abs() <= step.abs() * 1e-9 { *last } else { level }
            }
            Levels::Count { first, count: 1, .. } => *first,
            Levels::Count { last, count, .. } if place + 1 >= *count => *last,
            Levels::Count { first, last, count } => first + (last - first) * (place as f64 / (count - 1) as f64),
        }
    }
}

/// How far an output moves when one input goes to either end of its range.
#[derive(Debug, Clone)]
pub struct Tornado {
    pub outputs: Vec<Asked>,
    /// Every assumption with a range that reaches an output, if nothing is said.
    pub over: Vec<Factor>,
}

/// What outputs look like when inputs are drawn.
#[derive(Debug, Clone)]
pub struct Simulate {
    pub outputs: Vec<Asked>,
    /// Each is given the same draws.
    pub cases: Vec<CaseId>,
    pub draws: u64,
    pub seed: u64,
    pub sampling: Sampling,
    /// Spreads of this study; any other input is drawn from its own range.
    pub vary: Vec<Vary>,
    /// Inputs that stay at their value.
    pub pin: Vec<Factor>,
    pub correlations: Vec<Correlation>,
    pub report: Vec<Statistic>,
    /// Conditions whose probability is asked for; each variable is of type yes/no.
    pub predicates: Vec<Asked>,
    /// Rank correlation of each input with each output.
    pub importance: bool,
    /// Sobol indices with bootstrap intervals.
    pub indices: bool,
}

/// How points are spread over the inputs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Sampling {
    #[default]
    Plain,
    Latin,
    Sobol,
}

/// An input and its spread for one study.
#[derive(Debug, Clone)]
pub struct Vary {
    pub factor: Factor,
    /// How each of its pieces varies.
    pub ranges: Vec<Ranged>,
    /// The spread as written.
    pub text: Arc<str>,
    /// The numbered stream it draws from; the one of its path if nothing is said.
    pub stream: Option<u32>,
}

/// Two inputs that move together.
#[derive(Debug, Clone)]
pub struct Correlation {
    pub left: VariableId,
    pub right: VariableId,
    /// Of their ranks, from -1 to 1.
    pub rho: f64,
    pub place: Place,
}

/// What is said of the draws of an output.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Statistic {
    Mean,
    Sd,
    Min,
    Max,
    /// At a share from 0 to 1.
    Quantile(f64),
}

impl Statistic {
    /// The word it is asked for by: `mean`, `q95`, `q99.995`.
    pub fn word(self) -> String {
        match self {
            Statistic::Mean => "mean".to_string(),
            Statistic::Sd => "sd".to_string(),
            Statistic::Min => "min".to_string(),
            Statistic::Max => "max".to_string(),
            Statistic::Quantile(share) => format!("q{}", significant(shifted(share, 2), DIGITS)),
        }
    }
}

/// Two quantiles that are not the same have two words.
const DIGITS: usize = 15;

/// Which values of some inputs bring some outputs to their targets.
#[derive(Debug, Clone)]
pub struct Calibrate {
    pub free: Vec<Free>,
    pub targets: Vec<Target>,
}

/// An input to be found, and where it is looked for.
#[derive(Debug, Clone)]
pub struct Free {
    pub factor: Factor,
    pub low: f64,
    pub high: f64,
}

/// What an output shall be, and how near is near enough.
#[derive(Debug, Clone)]
pub struct Target {
    pub output: Asked,
    pub value: f64,
    pub tolerance: f64,
}

/// What each change between two cases does to an output.
#[derive(Debug, Clone)]
pub struct Bridge {
    pub outputs: Vec<Asked>,
    pub from: CaseId,
    pub to: CaseId,
}

/// Where in the space of the inputs a condition holds.
#[derive(Debug, Clone)]
pub struct Discover {
    /// Its variable is of type yes/no.
    pub predicate: Asked,
    pub draws: u64,
    pub seed: u64,
    pub sampling: Sampling,
    /// Spreads of this study; any other input is drawn from its own range.
    pub vary: Vec<Vary>,
    /// Inputs that stay at their value.
    pub pin: Vec<Factor>,
    pub correlations: Vec<Correlation>,
    /// The least share of the draws that a region shall hold.
    pub support: f64,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_include_both_ends_where_they_fall_on_them() {
        let levels = Levels::Steps { first: 0.05, last: 0.2, step: 0.05 };
        let all: Vec<f64> = (0..levels.len()).map(|at| levels.at(at)).collect();
        assert_eq!(all.len(), 4);
        assert_eq!(all[3], 0.2);
        assert_eq!(Levels::Steps { first: 6.0, last: 14.0, step: 3.0 }.len(), 3);
        assert_eq!(Levels::Steps { first: 0.0, last: 1.0, step: f64::NAN }.len(), 0);
    }

    #[test]
    fn quantiles_that_differ_have_other_words() {
        let words = [0.05, 0.975, 0.999_95, 0.999_96, 0.999_999_9].map(|share| Statistic::Quantile(share).word());
        assert_eq!(words, ["q5", "q97.5", "q99.995", "q99.996", "q99.99999"]);
    }

    #[test]
    fn a_number_of_levels_ends_on_its_end() {
        let levels = Levels::Count { first: 1.0, last: 3.0, count: 5 };
        let all: Vec<f64> = (0..levels.len()).map(|at| levels.at(at)).collect();
        assert_eq!(all, [1.0, 1.5, 2.0, 2.5, 3.0]);
        assert_eq!(Levels::Count { first: 7.0, last: 9.0, count: 1 }.at(0), 7.0);
    }
}
