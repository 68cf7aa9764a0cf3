//! `Node`: one step of what is computed for a point, and what it gives for single numbers; missing is NaN.

use crate::builtin::{Builtin, finance, math, series};
use crate::model::{CompareOp, MissingCode};

use super::super::walk::{compares, elementary, of_numbers, place};

/// Which node of a graph; operands have smaller numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Id(pub u32);

/// One step. Numbers that are there are finite; operands are looked at in their order, and the first missing one decides
/// why the result is missing.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Node {
    /// A number, by its bits.
    Number(u64),
    Missing(MissingCode),
    Knob(u32),
    One(One, Id),
    Two(Two, Id, Id),
    /// The second if the first is yes, the third if it is no.
    Choose(Id, Id, Id),
    Many(Many, Box<[Id]>),
}

/// A step with one operand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum One {
    Minus,
    Not,
    IsMissing,
    /// A function of one number.
    Elementary(Builtin),
}

/// A step with two operands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Two {
    Plus,
    Minus,
    Times,
    Over,
    Power,
    Round,
    /// The smaller one; also `and`.
    Least,
    /// The larger one; also `or`.
    Most,
    Compare(CompareOp),
    /// The first, or the second if the first is missing.
    OrElse,
    /// The second, if the first is there.
    After,
    /// The second if the first is yes, infinity if it is no: an element that is left out.
    Mark,
}

/// A step with any number of operands.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Many {
    /// A total of the elements that are not left out.
    Total(Builtin),
    /// The place of the first among the others; the flag says whether rank 1 is the lowest.
    Place(bool),
    /// The largest or the smallest of the elements that are not left out: the text that stands for it, by its bits.
    Best(Builtin, Box<[u64]>),
    /// The internal rate of flows, whose years have these bits.
    InternalRate(Box<[u64]>),
    /// A curve: `x`, then pairs of a place and a height.
    Curve,
    /// Yearly growth over so many years.
    Growth(u64),
    /// Part of the way from one anchor to the other at constant growth.
    Geometric(u64),
}

/// A number, or NaN if there is none.
pub(super) fn or_nan(outcome: math::Outcome) -> f64 {
    outcome.unwrap_or(f64::NAN)
}

impl Node {
    /// What it looks at, in order.
    pub fn operands(&self) -> impl Iterator<Item = Id> {
        let (some, many): ([Option<Id>; 3], &[Id]) = match self {
            Node::Number(_) | Node::Missing(_) | Node::Knob(_) => ([None; 3], &[]),
            Node::One(_, x) => ([Some(*x), None, None], &[]),
            Node::Two(_, left, right) => ([Some(*left), Some(*right), None], &[]),
            Node::Choose(condition, then, otherwise) => ([Some(*condition), Some(*then), Some(*otherwise)], &[]),
            Node::Many(_, operands) => ([None; 3], operands),
        };
        some.into_iter().flatten().chain(many.iter().copied())
    }
}

impl One {
    /// The result for one number.
    pub fn of(self, x: f64) -> f64 {
        match self {
            One::IsMissing => f64::from(u8::from(x.is_nan())),
            _ if x.is_nan() => f64::NAN,
            One::Minus => -x,
            One::Not => f64::from(u8::from(x == 0.0)),
            One::Elementary(builtin) => elementary(builtin, x).map_or(f64::NAN, or_nan),
        }
    }
}

impl Two {
    /// The result for two numbers.
    pub fn of(self, left: f64, right: f64) -> f64 {
        match self {
            Two::OrElse if left.is_nan() => right,
            Two::OrElse => left,
            Two::Mark if left == 0.0 => f64::INFINITY,
            _ if left.is_nan() || right.is_nan() => f64::NAN,
            Two::Plus => or_nan(math::plus(left, right)),
            Two::Minus => or_nan(math::minus(left, right)),
            Two::Times => or_nan(math::times(left, right)),
            Two::Over => or_nan(math::over(left, right)),
            Two::Power => or_nan(math::power(left, right)),
            Two::Round => or_nan(math::round(left, right)),
            Two::Least => math::min(left, right),
            Two::Most => math::max(left, right),
            Two::Compare(op) => f64::from(u8::from(compares(op, left, right))),
            Two::After | Two::Mark => right,
        }
    }

    /// Whether it is one of the four operations.
    pub fn is_arithmetic(self) -> bool {
        matches!(self, Two::Plus | Two::Minus | Two::Times | Two::Over)
    }
}

impl Many {
    /// The result for some numbers; `kept` is room to work in.
    pub fn of(&self, numbers: &[f64], kept: &mut Vec<f64>) -> f64 {
        if numbers.iter().any(|number| number.is_nan()) {
            return f64::NAN;
        }
        kept.clear();
        let is_in = |number: &f64| number.is_finite();
        or_nan(match self {
            Many::Total(builtin) => {
                kept.extend(numbers.iter().copied().filter(is_in));
                of_numbers(*builtin, kept)
            }
            Many::Place(lowest) => {
                kept.extend(numbers.iter().skip(1).copied().filter(is_in));
                kept.sort_by(f64::total_cmp);
                Ok(place(numbers[0], kept, *lowest))
            }
            Many::Best(builtin, texts) => {
                let elements = numbers.iter().zip(texts).filter(|(number, _)| is_in(number));
                let is_better =
                    |next: f64, best: f64| if *builtin == Builtin::ArgMax { next > best } else { next < best };
                let best = elements.reduce(|best, next| if is_better(*next.0, *best.0) { next } else { best });
                best.map(|(_, text)| f64::from_bits(*text)).ok_or("the best of nothing")
            }
            Many::InternalRate(years) => {
                let years = years.iter().map(|years| f64::from_bits(*years));
                finance::internal_rate(&numbers.iter().copied().zip(years).collect::<Vec<_>>())
            }
            Many::Curve => {
                let points: Vec<(f64, f64)> = numbers[1..].chunks_exact(2).map(|pair| (pair[0], pair[1])).collect();
                series::interpolated(numbers[0], &points)
            }
            Many::Growth(years) => series::compound_growth(numbers[0], numbers[1], f64::from_bits(*years)),
            Many::Geometric(part) => series::geometric(numbers[0], numbers[1], f64::from_bits(*part)),
        })
    }
}
