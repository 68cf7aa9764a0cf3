//! Present values and internal rates of return.

use crate::text::decimal::shifted;
use crate::units::significant;

use super::math::{Outcome, finite, over, power};
use super::rates::rates;

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

/// The rate a year at which the flows, each with its years, are worth nothing today, if there is one and no other.
pub fn internal_rate(flows: &[(f64, f64)]) -> Outcome {
    match rates(flows)[..] {
        [rate] => Ok(rate),
        [] => Err(none(flows)),
        _ => Err("several rates make these flows worth nothing"),
    }
}

/// Of all rates at which the flows are worth nothing, the one nearest to another, the lower of two that are as near.
pub fn nearest_rate(flows: &[(f64, f64)], near: f64) -> Outcome {
    let distance = |rate: &f64| (rate - near).abs();
    let nearest = rates(flows).into_iter().min_by(|a, b| distance(a).total_cmp(&distance(b)));
    nearest.ok_or_else(|| none(flows))
}

/// Why there is no single rate, where there are several: `22% and 28% both make these flows worth nothing`.
pub fn several(flows: &[(f64, f64)]) -> Option<String> {
    const NAMED: usize = 4;
    let rates = rates(flows);
    let name = |rate: &f64| format!("{}%", significant(shifted(*rate, 2), 6));
    let mut names: Vec<String> = rates.iter().take(NAMED).map(name).collect();
    let first = names.first().cloned().unwrap_or_default();
    let last = match rates.len() {
        0 | 1 => return None,
        count if count > NAMED => format!("{} others", count - NAMED),
        _ => names.pop().unwrap_or_default(),
    };
    let all = if rates.len() == 2 { "both" } else { "all" };
    let names = names.join(", ");
    Some(format!(
        "{names} and {last} {all} make these flows worth nothing; `irr(x, {first})` takes the one nearest to {first}"
    ))
}

/// Why no rate makes flows worth nothing.
fn none(flows: &[(f64, f64)]) -> &'static str {
    let (up, down) = (flows.iter().any(|flow| flow.0 > 0.0), flows.iter().any(|flow| flow.0 < 0.0));
    match (up, down) {
        (true, true) => "at no rate are these flows worth nothing, although they change their sign",
        (false, false) => "flows that are all zero are worth nothing at any rate",
        _ => "flows that do not change their sign are worth nothing at no rate",
    }
}
