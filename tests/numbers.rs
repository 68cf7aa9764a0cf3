//! What holds of any number: rounding.

use proptest::prelude::*;

use scn::builtin::math;
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
