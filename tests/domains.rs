//! What holds of the library: inside its domains a number in its range, outside of them no number, and a reason.

#[path = "support/chance.rs"]
mod chance;
#[path = "support/memory.rs"]
mod memory;

use std::collections::BTreeSet;
use std::path::PathBuf;

use scn::check::expression;
use scn::eval::{Cell, Knob, Probe, Settings, Sweep};
use scn::model::{CaseId, MissingCode};
use scn::workspace::{Checked, Evaluated};

use chance::Chance;
use memory::opened;

const MODULES: [&str; 7] = ["inference", "market", "scoring", "semiconductor", "statements", "tco", "valuation"];

/// A function of a module as it is declared.
struct Function {
    module: &'static str,
    name: String,
    comment: String,
    /// Each parameter with its unit, if it has one.
    parameters: Vec<(String, String)>,
    body: String,
}

fn functions(module: &'static str) -> Vec<Function> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(format!("src/resolve/prelude/{module}.scn"));
    let text = std::fs::read_to_string(path).unwrap();
    let blocks = text.split("\n\n").filter(|block| block.contains("\nfn "));
    blocks.map(|block| function(module, block)).collect()
}

fn function(module: &'static str, block: &str) -> Function {
    let (comment, code) = block.split_at(block.find("\nfn ").unwrap());
    let code = code.trim_start().trim_start_matches("fn ");
    let (name, rest) = code.split_once('(').unwrap();
    let (parameters, body) = rest.split_once(')').unwrap();
    let parameter = |text: &str| {
        let (name, unit) = text.split_once(':').unwrap_or((text, ""));
        (name.trim().to_string(), unit.trim().to_string())
    };
    let parameters = parameters.split(',').filter(|text| !text.trim().is_empty()).map(parameter).collect();
    Function { module, name: name.to_string(), comment: comment.to_string(), parameters, body: body.to_string() }
}

#[test]
fn what_may_have_no_meaning_says_where() {
    for function in MODULES.into_iter().flat_map(functions) {
        let says = function.comment.contains("ot meaningful");
        assert!(
            says || !function.body.contains("NM \""),
            "std.{} {} does not say its domain",
            function.module,
            function.name
        );
    }
}

/// Calls of each function, and how many of them have a meaning at least.
const CALLS: usize = 200;
const KNOWN: usize = 15;

/// What each function gives at least and at most where it has a meaning.
const RANGES: [(&str, f64, f64); 48] = [
    ("price_to_earnings", 0.0, f64::MAX),
    ("price_to_sales", 0.0, f64::MAX),
    ("ev_to_sales", 0.0, f64::MAX),
    ("gross_dies", 0.0, f64::MAX),
    ("defects_per_die", 0.0, f64::MAX),
    ("yield_poisson", 0.0, 1.0),
    ("yield_murphy", 0.0, 1.0),
    ("yield_seeds", 0.0, 1.0),
    ("yield_bose_einstein", 0.0, 1.0),
    ("yield_clustered", 0.0, 1.0),
    ("cost_of_dies", 0.0, f64::MAX),
    ("cost_of_memory", 0.0, f64::MAX),
    ("cost_of_packaging", 0.0, f64::MAX),
    ("chips_from_wafers", 0.0, f64::MAX),
    ("turnover_days", 0.0, f64::MAX),
    ("closing_days", 0.0, f64::MAX),
    ("adoption", 0.0, 1.0),
    ("self_sufficiency", 0.0, f64::MAX),
    ("market_value", 0.0, f64::MAX),
    ("touched", 0.0, 1.0),
    ("fan_out", 0.0, f64::MAX),
    ("one_way", 0.0, f64::MAX),
    ("matrix_work", 0.0, f64::MAX),
    ("attention_work", 0.0, f64::MAX),
    ("weights_read", 0.0, f64::MAX),
    ("kept", 0.0, f64::MAX),
    ("exchanged", 0.0, f64::MAX),
    ("time_to_compute", 0.0, f64::MAX),
    ("time_to_move", 0.0, f64::MAX),
    ("in_series", 0.0, f64::MAX),
    ("by_roofline", 0.0, f64::MAX),
    ("overlapped", 0.0, f64::MAX),
    ("composed", 0.0, f64::MAX),
    ("prefill_time", 0.0, f64::MAX),
    ("decode_time", 0.0, f64::MAX),
    ("output_speed", 0.0, f64::MAX),
    ("utilisation_for", 0.0, f64::MAX),
    ("requests_that_fit", 0.0, f64::MAX),
    ("chips_needed", 0.0, f64::MAX),
    ("break_even_utilisation", 0.0, f64::MAX),
    ("annuity", 0.0, f64::MAX),
    ("scaled", 0.0, 1.0),
    ("both_strong", 0.0, f64::MAX),
    ("pi", 3.0, 4.0),
    ("return_on_average", -1e9, 1e9),
    ("wacc", -1e9, 1e9),
    ("tax_rate", -1e9, 1e9),
    ("stake_value", -1e9, 1e9),
];

/// The functions that give any number.
const ANY: [&str; 23] = [
    "break_even_price",
    "capm",
    "cash_conversion",
    "clean_surplus",
    "cost_of_output",
    "dcf_equity",
    "discounted",
    "dupont",
    "energy_cost",
    "fading_value",
    "free_cash_flow",
    "gordon_value",
    "grown",
    "growth_of",
    "implied_payout",
    "margin_of",
    "ownership_cost",
    "per_ads",
    "residual_income",
    "residual_income_on_average",
    "upside_to",
    "weighted_four",
    "weighted_two",
];

/// Numbers at and about the edges of domains.
const NUMBERS: [f64; 14] = [-250.0, -1.1, -1.0, -0.5, 0.0, 0.03, 0.1, 0.4, 0.9, 1.0, 1.1, 2.0, 12.0, 3_000.0];

/// A book with every module, and a flow and a stock for each two numbers.
fn book() -> Checked {
    let mut text = "scn 1\nmodel m \"Domains\" { as_of 2026-03-31, owner me }\n".to_string();
    text += "calendar fy = annual 2025A..2026E ending Dec\n";
    MODULES.iter().for_each(|module| text += &format!("use std.{module}\n"));
    for (first, before) in NUMBERS.iter().enumerate() {
        for (second, now) in NUMBERS.iter().enumerate() {
            for kind in ["flow", "stock"] {
                text += &format!(
                    "assume {kind} {kind}_{first}_{second} = 2025A {before} EUR | 2026E {now} EUR by me because \"a test\"\n"
                );
            }
        }
    }
    text += "case base prob 100%\n";
    let checked = opened(&text);
    assert!(checked.is_sound(), "{:#?}", checked.problems);
    checked
}

/// What a parameter may be given: any of the numbers, in its unit.
fn argument(chance: &mut Chance, function: &str, name: &str, unit: &str) -> String {
    let (first, second) = (chance.below(NUMBERS.len()), chance.below(NUMBERS.len()));
    match (function, name, unit) {
        ("composed", "rule", _) => {
            ["\"serial\"", "\"roofline\"", "\"overlap\"", "\"other\""][chance.below(4)].to_string()
        }
        (_, "book" | "balance", _) => format!("stock_{first}_{second}"),
        (_, "ni" | "income" | "turnover" | "line", "") => format!("flow_{first}_{second}"),
        (_, _, "ratio") => NUMBERS[first].to_string(),
        ("price_to_sales" | "price_to_earnings" | "upside_to", "quote" | "eps" | "target", _) => {
            format!("{} EUR/share", NUMBERS[first])
        }
        ("ownership_cost", "energy", _) | ("break_even_price", "cost" | "allowed", _) => {
            format!("{} EUR/year", NUMBERS[first])
        }
        (_, _, "") => format!("{} EUR", NUMBERS[first]),
        (_, _, unit) if unit.starts_with("1/") => format!("{} / 1 {}", NUMBERS[first], &unit[2..]),
        (_, _, unit) => format!("{} {unit}", NUMBERS[first]),
    }
}

fn value(checked: &Checked, evaluated: &Evaluated, text: &str) -> Cell {
    let formula = expression(&checked.symbols, text, &[]);
    let (formula, _) = formula.unwrap_or_else(|problems| panic!("{text}: {problems:#?}"));
    evaluated.results.formula(&checked.model, CaseId::BASE, &formula, None).pop().unwrap()
}

#[test]
fn every_function_has_a_range_or_is_said_to_give_any_number() {
    let named: Vec<&str> = RANGES.iter().map(|range| range.0).chain(ANY).collect();
    let listed: BTreeSet<&str> = named.iter().copied().collect();
    assert_eq!(listed.len(), named.len(), "a function stands in RANGES and ANY once");
    let all: Vec<Function> = MODULES.into_iter().flat_map(functions).collect();
    let known: BTreeSet<&str> = all.iter().map(|function| function.name.as_str()).collect();
    assert_eq!(known, listed, "place each function in RANGES or in ANY, and nothing else");
}

#[test]
fn every_function_keeps_its_range_or_has_no_meaning() {
    let checked = book();
    let evaluated = checked.evaluate(&Settings::default());
    let mut chance = Chance::new(2026);
    for function in MODULES.into_iter().flat_map(functions) {
        let name = &function.name;
        let (_, low, high) = *RANGES.iter().find(|range| range.0 == name).unwrap_or(&("", f64::MIN, f64::MAX));
        let mut known = 0;
        for _ in 0..CALLS {
            let one = |(parameter, unit): &(String, String)| argument(&mut chance, name, parameter, unit);
            let arguments: Vec<String> = function.parameters.iter().map(one).collect();
            let text = format!("{name}({})", arguments.join(", "));
            match value(&checked, &evaluated, &text) {
                Cell::Number(number) => {
                    known += 1;
                    assert!(low <= number && number <= high, "{text} is {number}");
                }
                Cell::Missing { code: MissingCode::Nm, reason: Some(_) } => {}
                other => panic!("{text} is {other:?}"),
            }
        }
        assert!(known >= KNOWN, "{name} had a meaning in {known} of {CALLS} calls");
    }
}

#[test]
fn outside_of_a_domain_the_reason_is_said() {
    let checked = book();
    let evaluated = checked.evaluate(&Settings::default());
    let said = [
        ("gordon_value(20, 9%, 10%)", "growth is not below the rate"),
        ("gordon_value(20, 9%, 9%)", "growth is not below the rate"),
        ("gordon_value(20, 9%, -120%)", "growth of minus 100% or less"),
        ("fading_value(20, 9%, 110%)", "the persistence is not from 0 to 100%"),
        ("fading_value(20, -20%, 90%)", "the persistence is not below 1 plus the rate"),
        ("tax_rate(-100, -110)", "no positive income before tax"),
        ("price_to_sales(3 EUR/share, 2 share, -1 EUR)", "no positive sales"),
        ("ev_to_sales(3 EUR, 0 EUR, -1 EUR)", "no positive sales"),
        ("return_on_average(flow_0_12, stock_0_0)[2026E]", "the mean balance is not positive"),
        ("turnover_days(stock_12_12, flow_0_0)[2026E]", "no positive turnover"),
        ("yield_poisson(-5 mm2, 1 / 1 cm2)", "the area is negative"),
        ("scaled(3, 2, 2)", "the worst is the best"),
        ("weighted_two(1, -1, 1, 2)", "a weight is negative"),
        ("annuity(5%, 0 year)", "no positive life"),
        ("interpolate(2, 3 + 0, 1, 1, 5)", "the points of a line do not ascend"),
        ("interpolate(2, 1 + 0, 1, 1, 5)", "the points of a line do not ascend"),
        ("round(2, 0.5)", "rounding to a broken number of digits"),
        ("pv(flow_12_12[2026E..2026E], -100%, 2025A)", "discounting at minus 100% or less"),
        ("npv(flow_12_12[2025A..2026E], -150%)", "discounting at minus 100% or less"),
        ("irr(flow_12_12[2025A..2026E])", "flows that do not change their sign are worth nothing at no rate"),
        ("irr(flow_4_4[2025A..2026E])", "flows that are all zero are worth nothing at any rate"),
        ("cagr(flow_0_12, 2025A, 2026E)", "growth on a base that is not positive"),
        ("(-2)^0.5", "a broken power of a negative number"),
    ];
    for (text, wanted) in said {
        match value(&checked, &evaluated, text) {
            Cell::Missing { code: MissingCode::Nm, reason: Some(reason) } => assert_eq!(&*reason, wanted, "{text}"),
            other => panic!("{text} is {other:?}"),
        }
    }
    for (text, wanted) in [
        ("annuity(0%, 4 year) * 1 year", 0.25),
        ("yield_murphy(0 mm2, 1 / 1 cm2)", 1.0),
        ("chips_needed(512 GB, 1 GB/chip, 100%, 1 chip) / 1 chip", 512.0),
    ] {
        assert_eq!(value(&checked, &evaluated, text), Cell::Number(wanted), "{text}");
    }
}

#[test]
fn a_sweep_has_no_value_where_a_whole_evaluation_has_none() {
    let text = "scn 1\nmodel m \"Sweep\" { as_of 2026-03-31, owner me }\ncalendar fy = annual 2025A..2027E ending Dec\n\
        use std.valuation\nassume g: % = 4% by me because \"a test\"\nassume last: EUR = -1561.6 EUR by me because \"a test\"\n\
        derive worth = gordon_value(20 EUR, 9%, g)\n\
        flow pit: EUR = 2025A -1000 EUR by me because \"a test\" | 2026E 2500 EUR by me because \"a test\" | 2027E last\n\
        derive one = irr(pit[2025A..2027E])\nderive near = irr(pit[2025A..2027E], 20%)\ncase base prob 100%\n";
    let checked = opened(text);
    assert!(checked.is_sound(), "{:#?}", checked.problems);
    let at = |path: &str| checked.model.variable_at(path).unwrap();
    let knobs = ["g", "last"].map(|path| Knob { variable: at(path), window: None });
    let probes = ["worth", "one", "near"].map(|path| Probe { variable: at(path), index: None });
    let columns: [&[f64]; 2] = [&[-1.5, 0.04, 0.09, 0.2], &[-1561.6, 200.0, -1562.5, -1600.0]];
    let sweep = Sweep::new(&checked.model, &Settings::default(), CaseId::BASE, &knobs, &probes);
    let mut out = vec![Vec::new(); probes.len()];
    sweep.run(&columns, &mut out);
    for point in 0..4 {
        let turned = knobs.iter().zip(columns).map(|(knob, column)| knob.set_to(column[point])).collect();
        let results = checked.evaluate(&Settings { layers: vec![turned], ..Settings::default() }).results;
        for (probe, out) in probes.iter().zip(&out) {
            let whole = results.cell(CaseId::BASE, probe.variable, None).number().unwrap_or(f64::NAN);
            assert_eq!(whole.is_nan(), out[point].is_nan(), "point {point}: {whole} and {}", out[point]);
            assert!(
                whole.is_nan() || whole.to_bits() == out[point].to_bits(),
                "point {point}: {whole} and {}",
                out[point]
            );
        }
    }
    assert!(out[0][0].is_nan() && out[0][1] > 0.0 && out[0][2].is_nan() && out[0][3].is_nan(), "{out:?}");
    assert!(
        out[1][0].is_nan() && out[1][1] > 0.0 && out[1][3].is_nan() && out[2][0] == 0.22 && out[2][2] == 0.25,
        "{out:?}"
    );
}
