//! `Variable`: one path of the model, its type, its unit and its definition.

use std::sync::Arc;

use crate::calendar::Frequency;
use crate::text::Place;
use crate::units::Unit;

use super::{Candidate, Definition, EntityId, Expr, Type};

pub use crate::word::SeriesKind;

/// Which variable of a model.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct VariableId(pub u32);

/// One path: an attribute of an entity, a top-level name, one member of an indexed name, or a hidden expression of a
/// check, a reconcile, a claim or a report.
#[derive(Debug, Clone)]
pub struct Variable {
    /// `co.revenue`, `co.units[c1]`, `rf`; for hidden ones the text of the expression.
    pub path: Arc<str>,
    /// The last part of the path without an index.
    pub name: Arc<str>,
    pub label: Option<Arc<str>>,
    pub entity: Option<EntityId>,
    /// The entity in brackets of an indexed name.
    pub index: Option<EntityId>,
    pub ty: Type,
    /// The frequency of a series; nothing for a value without time.
    pub time: Option<Frequency>,
    pub series: Option<SeriesKind>,
    /// How it is shown.
    pub unit: Unit,
    /// Shared by all entities of a kind that use the kind's formula, or a `like` entity's line.
    pub definition: Arc<Definition>,
    /// `range 9..14 pert`
    pub distribution: Option<Distribution>,
    /// Values of other sources that were not chosen.
    pub candidates: Vec<Candidate>,
    pub hidden: bool,
    pub place: Place,
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

impl Distribution {
    /// The two ends that `low` and `high` of a case stand for, if it has some.
    pub fn ends(&self) -> Option<(&Arc<Expr>, &Arc<Expr>)> {
        match &self.spread {
            Spread::Between { low, high, .. } => Some((low, high)),
            _ => self.within.as_ref().map(|(low, high)| (low, high)),
        }
    }
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
