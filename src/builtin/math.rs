//! Arithmetic and elementary functions on single numbers: a number, or why it has no meaning. The same bits on every machine.

use crate::text::decimal::to_places;

/// A number, or in a few words why there is none.
pub type Outcome = Result<f64, &'static str>;

/// The number, unless it is too large for one.
pub fn finite(number: f64, otherwise: &'static str) -> Outcome {
    if number.is_finite() { Ok(number) } else { Err(otherwise) }
}

/// `left / right`
pub fn over(left: f64, right: f64) -> Outcome {
    if right == 0.0 { Err("division by zero") } else { finite(left / right, "the quotient is too large") }
}

/// `left + right`
pub fn plus(left: f64, right: f64) -> Outcome {
    finite(left + right, "the sum is too large")
}

/// `left - right`
pub fn minus(left: f64, right: f64) -> Outcome {
    finite(left - right, "the difference is too large")
}

/// `left * right`
pub fn times(left: f64, right: f64) -> Outcome {
    finite(left * right, "the product is too large")
}

/// `base ^ exponent`; small whole exponents are products, so that `x ^ 2` is `x * x`.
pub fn power(base: f64, exponent: f64) -> Outcome {
    if base == 0.0 && exponent < 0.0 {
        return Err("a negative power of zero");
    }
    if base < 0.0 && libm::trunc(exponent) != exponent {
        return Err("a broken power of a negative number");
    }
    let number = match small_whole(exponent) {
        Some(times) if times < 0 => 1.0 / product_of(base, -times),
        Some(times) => product_of(base, times),
        None => libm::pow(base, exponent),
    };
    finite(number, "the power is too large")
}

fn small_whole(exponent: f64) -> Option<i32> {
    (libm::trunc(exponent) == exponent && (-4.0..=4.0).contains(&exponent)).then_some(exponent as i32)
}

fn product_of(base: f64, times: i32) -> f64 {
    (0..times).fold(1.0, |product, _| product * base)
}

/// `sqrt(x)`
pub fn sqrt(x: f64) -> Outcome {
    if x < 0.0 { Err("square root of a negative number") } else { Ok(libm::sqrt(x)) }
}

/// `exp(x)`
pub fn exp(x: f64) -> Outcome {
    finite(libm::exp(x), "the exponential is too large")
}

/// `ln(x)`
pub fn ln(x: f64) -> Outcome {
    if x > 0.0 { Ok(libm::log(x)) } else { Err("logarithm of a number that is not positive") }
}

/// `log10(x)`
pub fn log10(x: f64) -> Outcome {
    if x > 0.0 { Ok(libm::log10(x)) } else { Err("logarithm of a number that is not positive") }
}

/// `round(x, digits)`: the shortest decimal that reads back to `x`, rounded, halves away from zero.
pub fn round(x: f64, digits: f64) -> Outcome {
    if libm::trunc(digits) != digits {
        return Err("rounding to a broken number of digits");
    }
    let places = libm::trunc(digits.clamp(-400.0, 400.0)) as i32;
    let rounded = clearly_rounded(x, places).unwrap_or_else(|| to_places(x, places));
    finite(rounded, "the rounded number is too large")
}

/// The same where no half is near, without making text of the number.
fn clearly_rounded(x: f64, places: i32) -> Option<f64> {
    const SCALES: [f64; 10] = [1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9];
    let scale = SCALES.get(usize::try_from(places).ok()?)?;
    let scaled = x * scale;
    let from_half = (scaled - libm::trunc(scaled)).abs() - 0.5;
    let is_clear = scaled.abs() < 1e12 && from_half.abs() > 1e-3;
    is_clear.then(|| libm::round(scaled) / scale + 0.0)
}

/// The smaller one.
pub fn min(left: f64, right: f64) -> f64 {
    if right < left { right } else { left }
}

/// The larger one.
pub fn max(left: f64, right: f64) -> f64 {
    if right > left { right } else { left }
}
