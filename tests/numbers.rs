//! What holds of any number: rounding, internal rates.

use proptest::prelude::*;

use scn::builtin::{finance, math};
use scn::text::decimal;
use scn::units::{Unit, grouped};

/// `digits` times a power of ten, as a text to read and, rounded to places, as the text that long division makes of it.
fn rounded_by_hand(digits: i64, power: i32, places: u32) -> String {
    let shift = power + places as i32;
    let size = i128::from(digits.unsigned_abs());
    let units = match u32::try_from(shift) {
        Ok(up) => size * 10i128.pow(up),
        Err(_) => {
            let by = 10i128.pow(shift.unsigned_abs());
            (size + by / 2) / by
        }
    };
    let text = format!("{units:0width$}", width = places as usize + 1);
    let (whole, fraction) = text.split_at(text.len() - places as usize);
    let sign = if digits < 0 && units > 0 { "-" } else { "" };
    let point = if places > 0 { "." } else { "" };
    format!("{sign}{whole}{point}{fraction}")
}

/// A decimal that a double keeps: 15 digits at most, and often a half at some place.
fn digits() -> impl Strategy<Value = i64> {
    let half = (-9_999_999i64..=9_999_999).prop_map(|number| number * 10 + 5);
    prop_oneof![-999_999_999_999_999i64..=999_999_999_999_999, -99_999i64..=99_999, half]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn rounding_is_what_long_division_gives(digits in digits(), power in -18i32..=4, places in 0u32..=9) {
        let number: f64 = format!("{digits}e{power}").parse().unwrap();
        let by_hand = rounded_by_hand(digits, power, places);
        prop_assert_eq!(decimal::fixed(number, places as usize), by_hand.clone());
        prop_assert_eq!(grouped(number, places as usize).replace(',', ""), by_hand.clone());
        let rounded = math::round(number, f64::from(places)).unwrap();
        prop_assert_eq!(rounded.to_bits(), (by_hand.parse::<f64>().unwrap() + 0.0).to_bits(), "round {}", number);
    }

    #[test]
    fn rounding_is_the_same_on_both_sides_of_zero(number in any::<f64>(), places in -9i32..=12) {
        prop_assume!(number.is_finite());
        let (up, down) = (decimal::to_places(number, places), decimal::to_places(-number, places));
        prop_assert_eq!(up, 0.0 - down);
        prop_assert_eq!(decimal::to_places(up, places), up, "rounding twice changes nothing");
    }

    #[test]
    fn what_is_written_in_a_unit_comes_back(digits in digits(), power in -9i32..=0, scale in 0usize..8) {
        let factor = [0.01, 1e-4, 1e6, 1e9, 3_600_000.0, 86_400.0, 25.4, 1.0 / 31_536_000.0][scale];
        let (unit, number) = (Unit { factor, ..Unit::ratio() }, format!("{digits}e{power}").parse::<f64>().unwrap());
        prop_assert_eq!(unit.from_base(unit.to_base(number)), number);
    }
}

/// Yearly flows that are worth nothing at some rates and, but for -100% and below, at no other.
fn flows_of(rates: &[f64]) -> Vec<(f64, f64)> {
    let mut flows = vec![1.0];
    for rate in rates {
        let mut next = vec![0.0; flows.len() + 1];
        for (at, flow) in flows.iter().enumerate() {
            next[at] += flow;
            next[at + 1] -= flow * (1.0 + rate);
        }
        flows = next;
    }
    flows.into_iter().zip((0..).map(f64::from)).collect()
}

/// Rates at which the worth changes its sign, looked for in small steps.
fn scanned(flows: &[(f64, f64)]) -> Vec<f64> {
    let worth = |rate: f64| finance::present_value(flows, rate).unwrap();
    let rates: Vec<f64> = (0..2_000).map(|at| f64::from(at) * 0.003 - 0.99).collect();
    let crosses = |pair: &&[f64]| worth(pair[0]) * worth(pair[1]) < 0.0;
    rates.windows(2).filter(crosses).map(|pair| pair[0]).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 100, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_rate_of_flows_is_found(steps in prop::collection::vec(1u32..40, 1..6), by in 1.0..1e9f64) {
        let known: Vec<f64> = steps.iter().scan(-60, |at, step| { *at += *step as i32; Some(f64::from(*at) / 100.0) }).collect();
        let flows: Vec<(f64, f64)> = flows_of(&known).into_iter().map(|(flow, years)| (flow * by, years)).collect();
        let reach = 1e-3;
        for rate in &known {
            let found = finance::nearest_rate(&flows, *rate).unwrap();
            prop_assert!((found - rate).abs() < reach, "{} is not {} of {:?}", found, rate, known);
        }
        match known.len() {
            1 => prop_assert!((finance::internal_rate(&flows).unwrap() - known[0]).abs() < reach),
            _ => prop_assert!(finance::internal_rate(&flows).is_err() && finance::several(&flows).is_some()),
        }
    }

    #[test]
    fn what_is_found_is_worth_nothing_and_what_a_scan_finds_is_found(
        flows in prop::collection::vec(-100i32..100, 2..14),
        step in prop::sample::select(vec![1.0, 0.5, 0.25, 1.0 / 12.0]),
    ) {
        let flows: Vec<(f64, f64)> =
            flows.iter().zip((0..).map(f64::from)).map(|(flow, at)| (f64::from(*flow), at * step)).collect();
        let near = |rate: f64| finance::nearest_rate(&flows, rate).ok();
        for seen in scanned(&flows) {
            let found = near(seen);
            prop_assert!(found.is_some_and(|found| (found - seen).abs() < 0.004), "{} was seen, {:?} found", seen, found);
        }
        if let Some(found) = near(0.1).filter(|found| *found > -0.999) {
            let size: f64 = flows.iter().map(|(flow, at)| flow.abs() / libm::pow(1.0 + found, *at)).sum();
            prop_assert!(finance::present_value(&flows, found).unwrap().abs() <= 1e-9 * size, "npv at {}", found);
        }
        let ups = flows.iter().any(|flow| flow.0 > 0.0) && flows.iter().any(|flow| flow.0 < 0.0);
        prop_assert!(ups || near(0.1).is_none());
    }
}
