//! Present values and internal rates of return.

use super::math::{Outcome, finite, over, power};

/// `flow / (1 + rate) ^ years`
pub fn discounted(flow: f64, rate: f64, years: f64) -> Outcome {
    if 1.0 + rate <= 0.0 { Err("discounting at minus 100% or less") } else { over(flow, power(1.0 + rate, years)?) }
}

/// The sum of flows, each discounted over its years.
pub fn present_value(flows: &[(f64, f64)], rate: f64) -> Outcome {
    let mut total = 0.0;
    for (flow, years) in flows {
        total += discounted(*flow, rate, *years)?;
    }
    finite(total, "the present value is too large")
}

/// The rate a year at which the flows, each with its years, are worth nothing today.
///
/// A bracket is sought upwards from just above -100% and then halved, so the lowest root is found.
pub fn internal_rate(flows: &[(f64, f64)]) -> Outcome {
    let worth = |rate: f64| present_value(flows, rate);
    let mut low = RATES[0];
    for high in &RATES[1..] {
        let (at_low, at_high) = (worth(low), worth(*high));
        if let (Ok(at_low), Ok(at_high)) = (at_low, at_high)
            && (at_low <= 0.0) != (at_high <= 0.0)
        {
            return halved(low, *high, at_low <= 0.0, worth);
        }
        low = *high;
    }
    Err("no rate makes these flows worth nothing")
}

/// Where a change of sign is sought.
const RATES: [f64; 22] = [
    -0.99, -0.9, -0.75, -0.5, -0.3, -0.2, -0.1, -0.05, 0.0, 0.05, 0.1, 0.15, 0.2, 0.3, 0.5, 0.75, 1.0, 2.0, 5.0, 10.0,
    100.0, 1000.0,
];

fn halved(mut low: f64, mut high: f64, rising: bool, worth: impl Fn(f64) -> Outcome) -> Outcome {
    for _ in 0..200 {
        let middle = low + (high - low) / 2.0;
        if middle <= low || middle >= high {
            break;
        }
        if (worth(middle)? <= 0.0) == rising { low = middle } else { high = middle }
    }
    Ok(low + (high - low) / 2.0)
}
