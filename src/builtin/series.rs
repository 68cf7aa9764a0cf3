//! Functions of several numbers in order: totals, middles, growth, curves.

use super::math::{Outcome, finite, over};

/// The sum, from the first to the last.
pub fn sum(numbers: &[f64]) -> Outcome {
    finite(numbers.iter().fold(0.0, |sum, number| sum + number), "the sum is too large")
}

/// The product, from the first to the last.
pub fn product(numbers: &[f64]) -> Outcome {
    finite(numbers.iter().fold(1.0, |product, number| product * number), "the product is too large")
}

/// The arithmetic mean.
pub fn mean(numbers: &[f64]) -> Outcome {
    if numbers.is_empty() { Err("the mean of nothing") } else { over(sum(numbers)?, numbers.len() as f64) }
}

/// The middle one, or the mean of the middle two.
pub fn median(numbers: &[f64]) -> Outcome {
    if numbers.is_empty() {
        return Err("the median of nothing");
    }
    let mut sorted = numbers.to_vec();
    sorted.sort_by(f64::total_cmp);
    let half = sorted.len() / 2;
    if sorted.len() % 2 == 1 { Ok(sorted[half]) } else { mean(&sorted[half - 1..=half]) }
}

/// The smallest.
pub fn smallest(numbers: &[f64]) -> Outcome {
    numbers.iter().copied().reduce(super::math::min).ok_or("the smallest of nothing")
}

/// The largest.
pub fn largest(numbers: &[f64]) -> Outcome {
    numbers.iter().copied().reduce(super::math::max).ok_or("the largest of nothing")
}

/// Growth from one period to the next: `now / before - 1`.
pub fn growth(before: f64, now: f64) -> Outcome {
    if before <= 0.0 { Err("growth on a base that is not positive") } else { Ok(over(now, before)? - 1.0) }
}

/// Growth a year over several years: `(now / before) ^ (1 / years) - 1`.
pub fn compound_growth(before: f64, now: f64, years: f64) -> Outcome {
    match (before <= 0.0, now < 0.0, years == 0.0) {
        (true, _, _) => Err("growth on a base that is not positive"),
        (_, true, _) => Err("growth to a negative number"),
        (_, _, true) => Err("growth over no time"),
        _ => finite(libm::pow(over(now, before)?, 1.0 / years) - 1.0, "the growth is too large"),
    }
}

/// The height at `x` of straight lines through the points, flat before the first and after the last.
pub fn interpolated(x: f64, points: &[(f64, f64)]) -> Outcome {
    if points.windows(2).any(|pair| pair[0].0 >= pair[1].0) {
        return Err("the points of a line do not ascend");
    }
    let Some(after) = points.iter().position(|(at, _)| *at >= x) else {
        return points.last().map(|(_, height)| *height).ok_or("a curve without points");
    };
    if after == 0 || points[after].0 == x {
        return Ok(points[after].1);
    }
    let ((left, low), (right, high)) = (points[after - 1], points[after]);
    Ok(low + (high - low) * over(x - left, right - left)?)
}

/// Between two anchors on a straight line, `part` of the way.
pub fn linear(from: f64, to: f64, part: f64) -> Outcome {
    finite(from + (to - from) * part, "the interpolated number is too large")
}

/// Between two anchors at constant growth, `part` of the way.
pub fn geometric(from: f64, to: f64, part: f64) -> Outcome {
    if from == 0.0 || to == 0.0 || (from < 0.0) != (to < 0.0) {
        return Err("constant growth needs two anchors of one sign");
    }
    finite(from * libm::pow(to / from, part), "the interpolated number is too large")
}
