//! A line says the same wherever it stands: the same values where it is accepted, the same refusal where it is not.

#[path = "support/doors.rs"]
mod doors;
#[path = "support/line.rs"]
mod line;
#[path = "support/memory.rs"]
mod memory;

use std::cell::Cell;

use proptest::prelude::*;
use proptest::sample::select;
use proptest::test_runner::TestRunner;

use doors::{Codes, said};
use line::{Input, Spot, Value};

/// Where a value may go: what the kind asks for, and a value of that sort.
const SPOTS: &[Spot] = &[
    Spot::number("kg", "3 kg"),
    Spot::number("EUR", "4 EUR"),
    Spot::number("mn EUR", "4 mn EUR"),
    Spot::number("USD", "5 USD"),
    Spot::number("EUR/kg", "6 EUR/kg"),
    Spot::number("ratio", "0.5"),
    Spot::number("%", "50%"),
    Spot::number("bps", "50 bps"),
    Spot { unit: "text", base: "\"other\"" },
    Spot { unit: "yes/no", base: "no" },
];

const UNITS: &[&str] =
    &["kg", "g", "k kg", "EUR", "mn EUR", "k EUR", "USD", "mn USD", "EUR/kg", "USD/kg", "%", "bps", "pp", "x"];

fn spots(keep: impl Fn(&Spot) -> bool) -> impl Strategy<Value = Spot> {
    select(SPOTS.iter().filter(|spot| keep(spot)).copied().collect::<Vec<Spot>>())
}

fn number() -> impl Strategy<Value = String> {
    (1..100_000i64, 0..4u32, any::<bool>()).prop_map(|(digits, decimals, negative)| {
        let scale = 10i64.pow(decimals);
        let sign = if negative { "-" } else { "" };
        match decimals {
            0 => format!("{sign}{digits}"),
            // Three places behind the point may be thousands in a file, which asks back: `1.000`.
            3 => format!("{sign}{}.{:03}5", digits / scale, digits % scale),
            _ => format!("{sign}{}.{:0width$}", digits / scale, digits % scale, width = decimals as usize),
        }
    })
}

/// A value that says its unit, a text, yes or no, or why there is none.
fn value() -> impl Strategy<Value = Value> {
    prop_oneof![
        8 => (number(), select(UNITS)).prop_map(|(digits, unit)| Value::Number { digits, unit }),
        1 => select(&["abc", "x y"][..]).prop_map(Value::Text),
        1 => any::<bool>().prop_map(Value::YesNo),
        1 => select(&["NM", "NA", "ND", "X"][..]).prop_map(Value::Missing),
    ]
}

/// One value that the place takes; more often than by chance alone.
fn fitting(spot: Spot) -> BoxedStrategy<Value> {
    let units: &[&str] = match spot.unit {
        "kg" => &["kg", "g", "k kg"],
        "EUR" | "mn EUR" => &["EUR", "mn EUR", "k EUR"],
        "USD" => &["USD", "mn USD"],
        "EUR/kg" => &["EUR/kg"],
        "ratio" | "%" | "bps" => &["%", "bps", "pp", "x"],
        _ => return value().boxed(),
    };
    (number(), select(units)).prop_map(|(digits, unit)| Value::Number { digits, unit }).boxed()
}

fn input() -> impl Strategy<Value = Input> {
    let series = select(&["", "", "flow ", "stock ", "price ", "ratio ", "rate "][..]);
    let shape = select(&[0usize, 0, 1, 2, 3][..]);
    (select(SPOTS), series, shape).prop_flat_map(|(spot, series, pieces)| {
        let series = if spot.is_number() { series } else { "" };
        // Values over time for a place that has none are tried too, now and then.
        let one = prop_oneof![3 => fitting(spot), 1 => value()];
        prop::collection::vec(one, pieces.max(1)).prop_map(move |values| Input {
            spot,
            series,
            values,
            over_time: pieces > 0,
        })
    })
}

/// Codes that say one thing at two doors: a file's cell, a column's head, a case and the command line have words of their own.
const ALIKE: &[(&str, &str)] = &[
    ("data::not_a_number", "units::declared"),
    ("data::not_yes_no", "units::declared"),
    // What is over time where the kind has one value: a line has a series that the kind has not, a case no periods.
    ("series::no_time", "series::kind"),
];

/// Whether two refusals are one. A line may be wrong in two ways, and a door may stop at the first.
fn is_one(found: &Codes, expected: &Codes) -> bool {
    match (found.len(), expected.len()) {
        (1, 1) => {
            let (one, other) = (found.first().expect("one"), expected.first().expect("one"));
            let is_pair = |pair: &(&str, &str)| *pair == (one, other) || *pair == (other, one);
            one == other || ALIKE.iter().any(is_pair)
        }
        _ => !doors::areas(found).is_disjoint(&doors::areas(expected)),
    }
}

/// Every door says what the entity's own line says; gives back whether that is a refusal.
fn agree(input: &Input) -> Result<bool, TestCaseError> {
    let all = said(input);
    let (_, expected) = &all[0];
    for (door, found) in &all {
        let is_same = match (found, expected) {
            (Err(found), Err(expected)) => is_one(found, expected),
            _ => found == expected,
        };
        let shown = || doors::shown(input, *door);
        prop_assert!(is_same, "{door:?}: {found:?}\n{:?}: {expected:?}\n{}", all[0].0, shown());
    }
    Ok(expected.is_err())
}

/// Holds lines of a sort at every door; how many of them are accepted.
fn accepted(inputs: impl Strategy<Value = Input>) -> u32 {
    let accepted = Cell::new(0);
    let config =
        ProptestConfig { cases: CASES, max_shrink_iters: 200, failure_persistence: None, ..Default::default() };
    let held = TestRunner::new(config).run(&inputs, |input| {
        let is_refused = agree(&input)?;
        accepted.set(accepted.get() + u32::from(!is_refused));
        Ok(())
    });
    held.unwrap_or_else(|failure| panic!("{failure}"));
    accepted.get()
}

const CASES: u32 = 512;

/// A number without a unit.
fn bare(spots: impl Strategy<Value = Spot>) -> impl Strategy<Value = Input> {
    let one = |digits| vec![Value::Number { digits, unit: "" }];
    (number(), spots).prop_map(move |(digits, spot)| Input { spot, series: "", values: one(digits), over_time: false })
}

#[test]
fn a_line_says_the_same_at_every_door() {
    let accepted = accepted(input());
    assert!(accepted > CASES / 4, "only {accepted} of {CASES} lines were accepted");
}

#[test]
fn a_bare_number_says_the_same_at_every_door() {
    let accepted = accepted(bare(spots(|spot| !spot.is_share() && spot.is_number())));
    assert!(accepted > CASES / 10, "only {accepted} of {CASES} lines were accepted");
}

#[test]
fn a_bare_number_is_refused_at_every_door_where_a_percentage_is_meant() {
    assert_eq!(accepted(bare(spots(Spot::is_share))), 0);
}
