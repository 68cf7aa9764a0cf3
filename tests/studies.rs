//! What holds of any study: a grid is plain runs, swings are plain runs, solved inputs hit, bridges add up.

use proptest::prelude::*;

use scn::eval::{Cell, Settings};
use scn::model::{CaseId, Model, StudyId};
use scn::resolve::Loader;
use scn::study::{Answer, Options, run};
use scn::workspace::{Checked, open};

struct Single(String);

impl Loader for Single {
    fn read(&self, _: &str) -> Result<Vec<u8>, String> {
        Ok(self.0.clone().into_bytes())
    }
}

/// A small book with numbers of its own, and some studies.
fn book(numbers: &[f64; 4], studies: &str) -> Checked {
    let [a, b, g, k] = numbers;
    let text = format!(
        "scn 1
model m \"M\" {{ currency CNY, as_of 2026-03-31, owner li.wei }}
calendar fy = annual 2025A..2030E ending Dec
assume a: CNY = {a:.3} CNY range {:.3}..{:.3} by li.wei because \"a guess\"
assume b: CNY = {b:.3} CNY range {:.3}..{:.3} by li.wei because \"a guess\"
assume g: % = {g:.2}% range 0%..20% by li.wei because \"a guess\"
assume k: % = {k:.2}% range 5%..30% by li.wei because \"a guess\"
flow sales: CNY = 2025A 100 CNY by li.wei because \"start\" | 2026E.. sales[prev] * (1 + g) + a
derive value: CNY = sales[2030E] / k + max(a, b) * b / a
derive scarce: CNY = if value > 900 CNY then value else NM \"too little\"
case up \"Up\" from base by li.wei because \"more of all\" {{
  a * 110%
  g + 1 pp
  k = high
}}
case down \"Down\" from base by li.wei because \"less of all\" {{
  a * 90%
  b = low
  sales[2027E] * 80%
}}
case deep \"Deeper\" from down by li.wei because \"still less\" {{
  g - 1 pp
}}
{studies}",
        a / 2.0,
        a * 2.0,
        b / 2.0,
        b * 2.0,
    );
    let checked = open("book.scn", &Single(text), None);
    assert!(checked.is_sound(), "{:#?}", checked.problems);
    checked
}

fn answer(checked: &Checked, name: &str) -> Answer {
    let study = checked.model.study_named(name).expect("a study of that name");
    run(&checked.model, study, &Options::default()).unwrap_or_else(|problems| panic!("{problems:#?}"))
}

/// What a path is in a case when values are set as with `--set`.
fn plain(checked: &Checked, case: CaseId, sets: &[String], path: &str) -> Cell {
    let read = |text: &String| scn::check::overrides(&checked.model, &checked.symbols, text).expect("an override");
    let settings = Settings { sets: sets.iter().flat_map(read).collect(), ..Settings::default() };
    let variable = checked.model.variable_at(path).expect("a path");
    checked.evaluate(&settings).results.cell(case, variable, None)
}

fn numbers() -> impl Strategy<Value = [f64; 4]> {
    [5.0..50.0, 5.0..50.0, 1.0..15.0, 6.0..25.0]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    /// Every cell of a grid is what a run with these values set gives, missing values with their reason.
    #[test]
    fn a_grid_is_plain_runs(numbers in numbers(), level in 1.0..60.0f64, other in 1.0..19.0f64) {
        let (level, other) = (format!("{level:.2} CNY"), format!("{other:.2}%"));
        let studies = format!("grid g1 of value, scarce {{\n  a = {level}\n  g = {other}, 5%\n  case up\n}}\n");
        let checked = book(&numbers, &studies);
        let Answer::Grid(grid) = answer(&checked, "g1") else { panic!("a grid") };
        let up = checked.model.case_named("up").unwrap();
        for (point, g) in [other.as_str(), "5%"].iter().enumerate() {
            let sets = [format!("a={level}"), format!("g={g}")];
            for (output, path) in ["value", "scarce"].iter().enumerate() {
                prop_assert_eq!(grid.cell(output, point), plain(&checked, up, &sets, path));
            }
        }
    }

    /// Both ends of each swing are plain runs, and the bars come by width.
    #[test]
    fn swings_are_plain_runs(numbers in numbers()) {
        let checked = book(&numbers, "tornado t of value\n");
        let Answer::Tornado(tornado) = answer(&checked, "t") else { panic!("a tornado") };
        let swing = &tornado.swings[0];
        for bar in &swing.bars {
            for (end, at) in [("low", &bar.at_low), ("high", &bar.at_high)] {
                let sets = [format!("{}={end}", bar.input)];
                prop_assert_eq!(at, &plain(&checked, CaseId::BASE, &sets, "value"));
            }
        }
        prop_assert!(swing.bars.is_sorted_by(|a, b| a.width >= b.width));
        prop_assert_eq!(swing.bars.len(), 4);
    }

    /// What was solved for brings the target, to far less than its tolerance.
    #[test]
    fn solved_inputs_hit(numbers in numbers(), wanted in 0.7..1.3f64) {
        let now = match plain(&book(&numbers, ""), CaseId::BASE, &[], "value") {
            Cell::Number(now) => now,
            other => panic!("{other:?}"),
        };
        let wanted = now * wanted;
        let studies = format!(
            "calibrate c1 {{\n  value = {wanted:.3} CNY within 0.1%\n  free k in 1%..80%\n}}\n\
             calibrate c2 {{\n  value = {wanted:.3} CNY within 0.1%\n  a = {:.3} CNY within 1%\n  free k in 1%..80%\n  free a in {:.3}..{:.3} CNY\n}}\n",
            numbers[0] * 1.1, numbers[0] / 2.0, numbers[0] * 2.0,
        );
        let checked = book(&numbers, &studies);
        let Answer::Calibrate(one) = answer(&checked, "c1") else { panic!("a calibration") };
        for solution in &one.solutions {
            let k = format!("k={:.17}x", solution.values[0]);
            let Cell::Number(value) = plain(&checked, CaseId::BASE, &[k], "value") else { panic!("a number") };
            prop_assert!((value - wanted).abs() < 1e-3 * wanted * 1e-2 + 1e-3);
        }
        let Answer::Calibrate(two) = answer(&checked, "c2") else { panic!("a calibration") };
        for found in &two.solutions {
            let near = found.hits.iter().zip(&two.targets).all(|(hit, target)| (hit - target.wanted).abs() <= target.tolerance);
            prop_assert!(near, "{:?}", found);
        }
    }

    /// The steps of a bridge add up to the difference of two plain runs, whatever the cases.
    #[test]
    fn bridges_add_up(numbers in numbers(), from in 0..4u32, to in 0..4u32) {
        prop_assume!(from != to);
        let name = |case: u32| ["base", "up", "down", "deep"][case as usize];
        let checked = book(&numbers, &format!("bridge b1 of value from {} to {}\n", name(from), name(to)));
        let Answer::Bridge(bridge) = answer(&checked, "b1") else { panic!("a bridge") };
        let lift = &bridge.lifts[0];
        let end = |case: u32| plain(&checked, CaseId(case), &[], "value");
        prop_assert_eq!(&lift.from, &end(from));
        prop_assert_eq!(&lift.to, &end(to));
        let sum: f64 = lift.steps.iter().filter_map(|step| step.size.number()).sum();
        let (from, to) = (lift.from.number().unwrap(), lift.to.number().unwrap());
        prop_assert!((sum - (to - from)).abs() <= 1e-12 * from.abs().max(to.abs()));
    }
}

/// A stopped study has neither an answer nor a problem.
#[test]
fn a_stopped_study_says_nothing() {
    let studies = "grid g1 of value {\n  a = 1..50 CNY in 300 levels\n  b = 1..50 CNY in 300 levels\n}\ntornado t of value\nbridge b1 of value from base to up\n";
    let checked = book(&[10.0, 20.0, 5.0, 10.0], studies);
    let stop = std::sync::atomic::AtomicBool::new(true);
    let options = Options { stop: Some(&stop), ..Options::default() };
    let model: &Model = &checked.model;
    for study in 0..3 {
        assert!(run(model, StudyId(study), &options).is_err_and(|problems| problems.is_empty()));
    }
}

/// A change that is a formula and reaches nothing of what is read has no part in a bridge, and one that does has.
#[test]
fn changes_that_cannot_reach_the_output_have_no_part_in_a_bridge() {
    let lines: String = (0..14).map(|at| format!("assume x{at} = {at} CNY by li.wei because \"x\"\n")).collect();
    let changed: String = (0..14).map(|at| format!("  x{at} = a * {at} because \"up\"\n")).collect();
    let text = format!(
        "scn 1\nmodel m \"M\" {{ currency CNY, as_of 2026-03-31, owner li.wei }}\n\
         assume a = 2 CNY by li.wei because \"a\"\nassume b = 3 CNY by li.wei because \"b\"\n{lines}\
         derive rest = x0 + x1\nderive value = a + b\n\
         case up \"Up\" from base by li.wei {{\n{changed}  b = a * 4 because \"formula\"\n  a = 5 CNY because \"number\"\n}}\n\
         bridge lift of value from base to up\noutput value \"Value\"\n"
    );
    let checked = scn::workspace::open("book.scn", &Single(text), None);
    assert!(checked.is_sound(), "{:?}", checked.problems.iter().map(|problem| &problem.message).collect::<Vec<_>>());
    let id = checked.model.study_named("lift").expect("a study");
    let answer = scn::study::run(&checked.model, id, &scn::study::Options::default()).expect("an answer");
    let scn::study::Answer::Bridge(bridge) = answer else { panic!("a bridge") };
    assert_eq!((bridge.lifts[0].steps.len(), bridge.idle.len()), (2, 14));
    assert!(bridge.orders.is_none(), "two players are computed in every combination");
}
