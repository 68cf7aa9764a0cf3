//! `Axis`: where numbers stand along a line, with round numbers for its ticks.

use crate::text::decimal::scientific;
use crate::units::grouped;
use crate::units::sticks;

/// A scale with its ticks.
#[derive(Debug, Clone, PartialEq)]
pub struct Axis {
    low: f64,
    high: f64,
    log: bool,
    pub ticks: Vec<Tick>,
    /// The unit of the ticks: a scale word may have joined it.
    pub unit: String,
}

/// A round number on an axis.
#[derive(Debug, Clone, PartialEq)]
pub struct Tick {
    pub at: f64,
    pub label: String,
}

/// Scale words, each a thousand times the one before.
const WORDS: [&str; 5] = ["", "k", "mn", "bn", "tn"];

impl Axis {
    /// An axis that holds all numbers, and zero where bars stand on it; `wanted` is about how many ticks.
    pub fn over(numbers: &[f64], unit: &str, from_zero: bool, wanted: usize) -> Axis {
        let (low, high) = span(numbers, from_zero);
        let step = step(low, high, wanted.max(1));
        let (first, last) = (libm::floor(low / step + 1e-9), libm::ceil(high / step - 1e-9));
        let stops: Vec<f64> = (0..=(last - first) as usize).map(|at| (first + at as f64) * step).collect();
        let (divisor, unit) = scaled(stops.iter().fold(0.0, |most: f64, stop| most.max(stop.abs())), unit);
        let decimals = decimals(step / divisor);
        let label = |at: f64| written(at / divisor, decimals, &unit);
        let ticks = stops.iter().map(|at| Tick { at: *at, label: label(*at) }).collect();
        Axis { low: first * step, high: last * step, log: false, ticks, unit }
    }

    /// An axis on which equal distances are equal ratios; every number is above zero.
    pub fn ratios(numbers: &[f64], unit: &str) -> Axis {
        let low = numbers.iter().copied().fold(f64::INFINITY, f64::min) / 1.15;
        let high = numbers.iter().copied().fold(0.0, f64::max) * 1.15;
        let (from, to) = (libm::floor(libm::log10(low)) as i32, libm::ceil(libm::log10(high)) as i32);
        let factors: &[f64] = match high / low {
            ..8.0 => &[1.0, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 8.0],
            ..300.0 => &[1.0, 2.0, 5.0],
            ..30_000.0 => &[1.0, 3.0],
            _ => &[1.0],
        };
        let every = ((to - from) / 8).max(1) as usize;
        let decades = (from..=to).step_by(every);
        let all = decades.flat_map(|power| factors.iter().map(move |factor| factor * ten_to(power)));
        let inside: Vec<f64> = all.filter(|at| (low..=high).contains(at)).collect();
        let tick = |at: f64| Tick { at, label: written(at, decimals(at), unit) };
        Axis { low, high, log: true, ticks: inside.into_iter().map(tick).collect(), unit: unit.to_string() }
    }

    /// Where a number stands, from 0 at the low end to 1 at the high one.
    pub fn share(&self, number: f64) -> f64 {
        let share = match self.log {
            true => (libm::log(number) - libm::log(self.low)) / (libm::log(self.high) - libm::log(self.low)),
            false => (number - self.low) / (self.high - self.low),
        };
        share.clamp(0.0, 1.0)
    }

    /// The unit, unless every number has it behind itself.
    pub fn unit_apart(&self) -> &str {
        if sticks(&self.unit) { "" } else { &self.unit }
    }
}

/// A number with the digits of its size, for what has no text of its own: `1,234`, `0.052`.
pub fn short(number: f64, unit: &str) -> String {
    let size = number.abs();
    let decimals = if size >= 100.0 || size == 0.0 { 0 } else { decimals(size).max(1) + 1 - usize::from(size >= 1.0) };
    written(number, decimals, unit)
}

/// From the lowest to the highest, never empty.
fn span(numbers: &[f64], from_zero: bool) -> (f64, f64) {
    let start = if from_zero { (0.0, 0.0) } else { (f64::INFINITY, f64::NEG_INFINITY) };
    let (low, high) = numbers.iter().fold(start, |(low, high), number| (low.min(*number), high.max(*number)));
    let size = low.abs().max(high.abs());
    if !size.is_finite() || size == 0.0 {
        return (0.0, 1.0);
    }
    let least = size * 1e-6;
    if high - low >= least { (low, high) } else { (low - least, high + least) }
}

/// A round step, so that about `wanted` of them cover the span.
fn step(low: f64, high: f64, wanted: usize) -> f64 {
    let rough = (high - low) / wanted as f64;
    let power = ten_to(libm::floor(libm::log10(rough)) as i32);
    let factor = [1.0, 2.0, 2.5, 5.0, 10.0].into_iter().find(|factor| factor * power >= rough * 0.999);
    factor.unwrap_or(10.0) * power
}

/// A power of ten, exactly rounded.
fn ten_to(power: i32) -> f64 {
    format!("1e{power}").parse().unwrap_or(1.0)
}

/// How many decimals a step needs.
fn decimals(step: f64) -> usize {
    (0..12).find(|at| is_whole(step * ten_to(*at))).unwrap_or(12) as usize
}

fn is_whole(number: f64) -> bool {
    (number - libm::round(number)).abs() < 1e-6 * number.abs().max(1.0) && number.abs() > 0.5
}

/// What numbers of a size are divided by, and the unit they then have.
fn scaled(size: f64, unit: &str) -> (f64, String) {
    let (word, rest) = unit.split_once(' ').unwrap_or(("", unit));
    let known = WORDS.iter().position(|known| *known == word).filter(|at| *at > 0);
    let (at, rest) = match known {
        Some(at) => (at, rest),
        None => (0, unit),
    };
    if size < 1e6 || sticks(unit) {
        return (1.0, unit.to_string());
    }
    let more = if size >= 1e12 {
        4
    } else if size >= 1e9 {
        3
    } else {
        2
    };
    let more = more.min(WORDS.len() - 1 - at);
    (ten_to(3 * more as i32), format!("{} {rest}", WORDS[at + more]).trim().to_string())
}

fn written(number: f64, decimals: usize, unit: &str) -> String {
    let size = number.abs();
    let digits = match size >= 1e12 || (size > 0.0 && size < 1e-8) {
        true => scientific(number, 2).replace(".00e", "e"),
        false => grouped(number, decimals),
    };
    if sticks(unit) { crate::units::written(&digits, unit) } else { digits }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn labels(numbers: &[f64], unit: &str) -> (Vec<String>, String) {
        let axis = Axis::over(numbers, unit, false, 5);
        (axis.ticks.iter().map(|tick| tick.label.clone()).collect(), axis.unit)
    }

    #[test]
    fn ticks_are_round() {
        assert_eq!(labels(&[0.0, 44_256.0], "mn CNY").0, ["0", "10,000", "20,000", "30,000", "40,000", "50,000"]);
        assert_eq!(labels(&[-0.31, 0.42], "").0, ["-0.4", "-0.2", "0.0", "0.2", "0.4", "0.6"]);
        assert_eq!(labels(&[12.0, 41.0], "%").0, ["10%", "20%", "30%", "40%", "50%"]);
        assert_eq!(
            labels(&[0.0, 12.0e9], "CNY"),
            (
                ["0", "2.5", "5", "7.5", "10", "12.5"]
                    .map(|text| match text {
                        "0" | "5" | "10" => format!("{text}.0"),
                        other => other.to_string(),
                    })
                    .to_vec(),
                "bn CNY".to_string()
            )
        );
        assert_eq!(labels(&[7.0, 7.0], "").0.len(), 5);
    }

    #[test]
    fn hostile_numbers_have_an_axis() {
        for numbers in [&[][..], &[0.0], &[1e99, -1e99], &[1e-90, 2e-90], &[1e15, 1e15 + 1.0]] {
            let axis = Axis::over(numbers, "CNY", false, 5);
            assert!(axis.ticks.len() < 20 && axis.ticks.iter().all(|tick| !tick.label.contains("NaN")), "{axis:?}");
        }
        assert!(Axis::ratios(&[1e-9, 1e9], "").ticks.len() > 2);
    }
}
