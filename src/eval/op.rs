//! The operations that formulas are made of, and what each gives for single numbers.

use crate::builtin::math::{self, Outcome};
use crate::builtin::{Builtin, finance, series};
use crate::model::{BinaryOp, CompareOp, UnaryOp};

/// An operation on one value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum One {
    Minus,
    Not,
    IsMissing,
    /// A function of one number.
    Elementary(Builtin),
}

/// An operation on two values.
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

/// An operation on any number of values.
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
    /// Of several internal rates the one nearest to the first operand; the others are flows, whose years have these bits.
    NearestRate(Box<[u64]>),
    /// A curve: `x`, then pairs of a place and a height.
    Curve,
    /// Yearly growth over so many years.
    Growth(u64),
    /// Part of the way from one anchor to the other at constant growth.
    Geometric(u64),
}

/// A number, or NaN if there is none.
pub(super) fn or_nan(outcome: Outcome) -> f64 {
    outcome.unwrap_or(f64::NAN)
}

impl From<UnaryOp> for One {
    fn from(op: UnaryOp) -> One {
        match op {
            UnaryOp::Minus => One::Minus,
            UnaryOp::Not => One::Not,
        }
    }
}

impl From<BinaryOp> for Two {
    fn from(op: BinaryOp) -> Two {
        match op {
            BinaryOp::Plus => Two::Plus,
            BinaryOp::Minus => Two::Minus,
            BinaryOp::Times => Two::Times,
            BinaryOp::Over => Two::Over,
            BinaryOp::Power => Two::Power,
            BinaryOp::And => Two::Least,
            BinaryOp::Or => Two::Most,
        }
    }
}

impl One {
    /// The result for a number that is there.
    pub fn outcome(self, x: f64) -> Outcome {
        match self {
            One::Minus => Ok(-x),
            One::Not => Ok(yes_no(x == 0.0)),
            One::IsMissing => Ok(0.0),
            One::Elementary(builtin) => elementary(builtin, x).unwrap_or(Err("no such call")),
        }
    }

    /// The result for a number; missing is NaN.
    pub fn of(self, x: f64) -> f64 {
        match (self, x.is_nan()) {
            (One::IsMissing, is_missing) => yes_no(is_missing),
            (_, true) => f64::NAN,
            _ => or_nan(self.outcome(x)),
        }
    }
}

impl Two {
    /// The result for two numbers that are there.
    pub fn outcome(self, left: f64, right: f64) -> Outcome {
        match self {
            Two::Plus => math::plus(left, right),
            Two::Minus => math::minus(left, right),
            Two::Times => math::times(left, right),
            Two::Over => math::over(left, right),
            Two::Power => math::power(left, right),
            Two::Round => math::round(left, right),
            Two::Least => Ok(math::min(left, right)),
            Two::Most => Ok(math::max(left, right)),
            Two::Compare(op) => Ok(yes_no(compares(op, left, right))),
            Two::OrElse => Ok(left),
            Two::Mark if left == 0.0 => Ok(f64::INFINITY),
            Two::After | Two::Mark => Ok(right),
        }
    }

    /// The result for two numbers; missing is NaN.
    pub fn of(self, left: f64, right: f64) -> f64 {
        match self {
            Two::OrElse if left.is_nan() => right,
            Two::OrElse => left,
            Two::Mark if left == 0.0 => f64::INFINITY,
            _ if left.is_nan() || right.is_nan() => f64::NAN,
            _ => or_nan(self.outcome(left, right)),
        }
    }

    /// Whether it is one of the four operations.
    pub fn is_arithmetic(self) -> bool {
        matches!(self, Two::Plus | Two::Minus | Two::Times | Two::Over)
    }
}

impl Many {
    /// The result for numbers that are there; infinity is an element that is left out, and `kept` is room to work in.
    pub fn outcome(&self, numbers: &[f64], kept: &mut Vec<f64>) -> Outcome {
        kept.clear();
        let is_in = |number: &f64| number.is_finite();
        match self {
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
            Many::InternalRate(years) => finance::internal_rate(&dated(numbers, years)),
            Many::NearestRate(years) => finance::nearest_rate(&dated(&numbers[1..], years), numbers[0]),
            Many::Curve => {
                let points: Vec<(f64, f64)> = numbers[1..].chunks_exact(2).map(|pair| (pair[0], pair[1])).collect();
                series::interpolated(numbers[0], &points)
            }
            Many::Growth(years) => series::compound_growth(numbers[0], numbers[1], f64::from_bits(*years)),
            Many::Geometric(part) => series::geometric(numbers[0], numbers[1], f64::from_bits(*part)),
        }
    }

    /// Why there is no result, where that depends on the numbers.
    pub fn reason(&self, numbers: &[f64]) -> Option<String> {
        match self {
            Many::InternalRate(years) => finance::several(&dated(numbers, years)),
            _ => None,
        }
    }

    /// The result for some numbers; missing is NaN.
    pub fn of(&self, numbers: &[f64], kept: &mut Vec<f64>) -> f64 {
        match numbers.iter().any(|number| number.is_nan()) {
            true => f64::NAN,
            false => or_nan(self.outcome(numbers, kept)),
        }
    }
}

/// Flows with their years.
fn dated(flows: &[f64], years: &[u64]) -> Vec<(f64, f64)> {
    flows.iter().copied().zip(years.iter().map(|years| f64::from_bits(*years))).collect()
}

fn yes_no(holds: bool) -> f64 {
    f64::from(u8::from(holds))
}

/// A function of one number.
pub(super) fn elementary(builtin: Builtin, x: f64) -> Option<Outcome> {
    Some(match builtin {
        Builtin::Abs => Ok(x.abs()),
        Builtin::Sqrt => math::sqrt(x),
        Builtin::Exp => math::exp(x),
        Builtin::Ln => math::ln(x),
        Builtin::Log10 => math::log10(x),
        Builtin::Floor => Ok(libm::floor(x)),
        Builtin::Ceil => Ok(libm::ceil(x)),
        Builtin::Round => math::round(x, 0.0),
        _ => return None,
    })
}

/// Whether two numbers stand as a comparison says.
pub(super) fn compares(op: CompareOp, left: f64, right: f64) -> bool {
    match op {
        CompareOp::Equal => left == right,
        CompareOp::NotEqual => left != right,
        CompareOp::Less => left < right,
        CompareOp::LessEqual => left <= right,
        CompareOp::Greater => left > right,
        CompareOp::GreaterEqual => left >= right,
    }
}

/// One more than how many of the `others`, which are in order, are better.
pub(super) fn place(own: f64, others: &[f64], lowest: bool) -> f64 {
    let better = match lowest {
        true => others.partition_point(|other| *other < own),
        false => others.len() - others.partition_point(|other| *other <= own),
    };
    1.0 + better as f64
}

/// One number of many: a total, a middle, an extreme.
fn of_numbers(builtin: Builtin, numbers: &[f64]) -> Outcome {
    match builtin {
        Builtin::Sum => series::sum(numbers),
        Builtin::Mean => series::mean(numbers),
        Builtin::Median => series::median(numbers),
        Builtin::Min => series::smallest(numbers),
        Builtin::Max => series::largest(numbers),
        Builtin::Count => Ok(numbers.len() as f64),
        Builtin::Product => series::product(numbers),
        Builtin::Any => Ok(yes_no(numbers.iter().any(|number| *number != 0.0))),
        Builtin::All => Ok(yes_no(numbers.iter().all(|number| *number != 0.0))),
        _ => Err("no such total"),
    }
}
