//! Arithmetic over whole columns: plain loops that the compiler turns into vector code, then a look for what went wrong.

use crate::builtin::math;
use crate::model::{BinaryOp, CompareOp};
use crate::value::{Column, Reason, Scalar};

use super::pool::Pool;
use super::values::{Numbers, Values};
use crate::eval::op::compares;

/// What kernels need: a reason for words, and memory.
pub(super) struct Tools<'k> {
    pub explain: &'k dyn Fn(&'static str) -> Reason,
    pub pool: &'k Pool,
}

/// Two columns and an operator.
pub(super) fn binary<'a>(
    op: BinaryOp,
    left: Values<'a>,
    right: Values<'a>,
    len: usize,
    tools: &Tools<'_>,
) -> Values<'a> {
    let missing = both_missing(&left, &right, len);
    let column = match op {
        BinaryOp::Plus => Column { numbers: zip(left, right, len, tools, |a, b| a + b), missing },
        BinaryOp::Minus => Column { numbers: zip(left, right, len, tools, |a, b| a - b), missing },
        BinaryOp::Times => Column { numbers: zip(left, right, len, tools, |a, b| a * b), missing },
        BinaryOp::And => Column { numbers: zip(left, right, len, tools, math::min), missing },
        BinaryOp::Or => Column { numbers: zip(left, right, len, tools, math::max), missing },
        BinaryOp::Over => return over(left, right, len, missing, tools),
        BinaryOp::Power => return each(left, right, len, missing, math::power, tools),
    };
    let reason = match op {
        BinaryOp::Plus => "the sum is too large",
        BinaryOp::Minus => "the difference is too large",
        _ => "the product is too large",
    };
    Values::Own(settled(column, |_| reason, tools))
}

/// One comparison; both sides are there wherever the result is.
pub(super) fn compare<'a>(op: CompareOp, left: &Values<'a>, right: &Values<'a>, len: usize) -> Vec<f64> {
    let (left, right) = (left.numbers(), right.numbers());
    (0..len).map(|at| f64::from(u8::from(compares(op, left.get(at), right.get(at))))).collect()
}

fn over<'a>(
    left: Values<'a>,
    right: Values<'a>,
    len: usize,
    missing: Option<Vec<Reason>>,
    tools: &Tools<'_>,
) -> Values<'a> {
    let numbers = zip_left(left, &right, len, tools, |a, b| a / b);
    let divisors = right.numbers();
    let reason = |at: usize| if divisors.get(at) == 0.0 { "division by zero" } else { "the quotient is too large" };
    let column = settled(Column { numbers, missing }, reason, tools);
    tools.pool.recycle(right);
    Values::Own(column)
}

/// One by one, where a kernel may refuse.
pub(super) fn each<'a>(
    left: Values<'a>,
    right: Values<'a>,
    len: usize,
    missing: Option<Vec<Reason>>,
    kernel: impl Fn(f64, f64) -> math::Outcome,
    tools: &Tools<'_>,
) -> Values<'a> {
    let (left, right) = (left.numbers(), right.numbers());
    let value = |at: usize| match missing.as_ref().map_or(Reason::PRESENT, |missing| missing[at]) {
        Reason::PRESENT => match kernel(left.get(at), right.get(at)) {
            Ok(number) => Scalar::number(number),
            Err(reason) => Scalar::missing((tools.explain)(reason)),
        },
        reason => Scalar::missing(reason),
    };
    Values::Own((0..len).map(value).collect())
}

/// Why each pair is missing: the left one first.
pub(super) fn both_missing(left: &Values<'_>, right: &Values<'_>, len: usize) -> Option<Vec<Reason>> {
    if left.is_present() && right.is_present() {
        return None;
    }
    let reason = |at: usize| match left.get(at).missing {
        Reason::PRESENT => right.get(at).missing,
        reason => reason,
    };
    Some((0..len).map(reason).collect())
}

/// Combines two columns in the memory of one of them, if one of them has its own.
pub(super) fn zip<'a>(
    left: Values<'a>,
    right: Values<'a>,
    len: usize,
    tools: &Tools<'_>,
    f: impl Fn(f64, f64) -> f64,
) -> Vec<f64> {
    match (left, right) {
        (left @ (Values::Uniform(_) | Values::View(..)), Values::Own(mut column)) => {
            match left.numbers() {
                Numbers::Same(left) => column.numbers.iter_mut().for_each(|right| *right = f(left, *right)),
                Numbers::Each(left) => {
                    column.numbers.iter_mut().zip(left).for_each(|(right, left)| *right = f(*left, *right));
                }
            }
            column.numbers
        }
        (left, right) => {
            let numbers = zip_left(left, &right, len, tools, f);
            tools.pool.recycle(right);
            numbers
        }
    }
}

fn zip_left<'a>(
    left: Values<'a>,
    right: &Values<'a>,
    len: usize,
    tools: &Tools<'_>,
    f: impl Fn(f64, f64) -> f64,
) -> Vec<f64> {
    match (left, right.numbers()) {
        (Values::Own(mut column), Numbers::Same(right)) => {
            column.numbers.iter_mut().for_each(|left| *left = f(*left, right));
            column.numbers
        }
        (Values::Own(mut column), Numbers::Each(right)) => {
            column.numbers.iter_mut().zip(right).for_each(|(left, right)| *left = f(*left, *right));
            column.numbers
        }
        (left, right) => {
            let mut numbers = tools.pool.take();
            match (left.numbers(), right) {
                (Numbers::Same(left), Numbers::Same(right)) => numbers.resize(len, f(left, right)),
                (Numbers::Same(left), Numbers::Each(right)) => {
                    numbers.extend(right.iter().map(|right| f(left, *right)))
                }
                (Numbers::Each(left), Numbers::Same(right)) => numbers.extend(left.iter().map(|left| f(*left, right))),
                (Numbers::Each(left), Numbers::Each(right)) => {
                    numbers.extend(left.iter().zip(right).map(|(left, right)| f(*left, *right)));
                }
            }
            numbers
        }
    }
}

/// Zeroes what is missing, and gives a reason to what is not finite.
pub(super) fn settled(mut column: Column, reason: impl Fn(usize) -> &'static str, tools: &Tools<'_>) -> Column {
    if column.missing.is_none() && all_finite(&column.numbers) {
        return column;
    }
    let mut missing = column.missing.take().unwrap_or_else(|| vec![Reason::PRESENT; column.numbers.len()]);
    for (at, number) in column.numbers.iter_mut().enumerate() {
        if missing[at] == Reason::PRESENT && !number.is_finite() {
            missing[at] = (tools.explain)(reason(at));
        }
        if missing[at] != Reason::PRESENT {
            *number = 0.0;
        }
    }
    Column { numbers: column.numbers, missing: Some(missing) }
}

/// Whether no number is infinite or none at all: zero times any other is not zero then.
fn all_finite(numbers: &[f64]) -> bool {
    let (eights, rest) = numbers.as_chunks::<8>();
    let mut sums = [0.0f64; 8];
    for eight in eights {
        for (sum, number) in sums.iter_mut().zip(eight) {
            *sum += number * 0.0;
        }
    }
    sums.iter().sum::<f64>() == 0.0 && rest.iter().all(|number| number.is_finite())
}
