//! What holds of any series whose pieces vary: each piece by its own range, and what lies between or follows, follows.

#[path = "support/memory.rs"]
mod memory;

use proptest::prelude::*;

use scn::eval::{Cell, Results, Settings};
use scn::model::{CaseId, Statistic};
use scn::study::{Answer, Options, run};
use scn::workspace::Checked;

use memory::opened;

/// A number of a series: its value, and how far its range reaches below and above, if it has one.
#[derive(Debug, Clone)]
struct Anchor {
    year: u32,
    value: f64,
    range: Option<(f64, f64, &'static str)>,
}

impl Anchor {
    fn low(&self) -> f64 {
        self.range.map_or(self.value, |(below, _, _)| self.value - below)
    }

    fn high(&self) -> f64 {
        self.range.map_or(self.value, |(_, above, _)| self.value + above)
    }

    fn ranged(&self) -> String {
        let range = self.range.map(|(_, _, shape)| format!(" range {}..{} {shape}", self.low(), self.high()));
        format!("{}E {}{}", self.year, self.value, range.unwrap_or_default())
    }
}

/// How the rest of a series follows from its anchors: a word that fills it, or a formula from 2030E on.
const REST: [&str; 4] = ["linear", "step", "geometric", "prev"];

fn line(name: &str, anchors: &[Anchor], rest: &str, piece: impl Fn(&Anchor) -> String) -> String {
    let piece = |anchor: &Anchor| format!("{} by li.wei because \"x\"", piece(anchor));
    let pieces = anchors.iter().map(piece).collect::<Vec<_>>().join(" | ");
    match rest {
        "prev" => format!("price {name} = {pieces} | 2030E.. {name}[prev] * 1.1 + 1\n"),
        word => format!("price {name} = {pieces} {word}\n"),
    }
}

/// The series `s`, the same at its ends as `l` and `h`, and a sum that they are read through.
fn book(anchors: &[Anchor], rest: &str) -> Checked {
    let written = |end: fn(&Anchor) -> f64| move |anchor: &Anchor| format!("{}E {}", anchor.year, end(anchor));
    let (first, last) = (anchors[0].year, anchors[anchors.len() - 1].year);
    let text = format!(
        "scn 1\nmodel m \"M\" {{ currency CNY, as_of 2026-03-31, owner li.wei }}\n\
         calendar fy = annual 2025A..2032E ending Dec\n{}{}{}\
         derive all = s[{first}E] + s[{}E] + s[{}E]\n\
         case lowest from base by li.wei because \"x\" {{ s = low }}\n\
         case highest from base by li.wei because \"x\" {{ s = high }}\n\
         tornado swung of all {{ over s }}\n\
         simulate drawn of {} {{\n  draws 300\n  report min, max\n}}\n",
        line("s", anchors, rest, Anchor::ranged),
        line("l", anchors, rest, written(Anchor::low)),
        line("h", anchors, rest, written(Anchor::high)),
        (first + last) / 2,
        if rest == "linear" || rest == "geometric" { last } else { 2032 },
        years().map(|year| format!("s[{year}E]")).collect::<Vec<_>>().join(", "),
    );
    let book = opened(&text);
    let problems: Vec<String> = book.problems.iter().map(|problem| problem.message.clone()).collect();
    assert!(book.is_sound(), "{problems:?}\n{text}");
    book
}

fn years() -> std::ops::RangeInclusive<u32> {
    2026..=2032
}

fn of(book: &Checked, results: &Results, case: &str, path: &str) -> Vec<Cell> {
    let case = book.model.case_named(case).unwrap_or(CaseId::BASE);
    results.cells(case, book.model.variable_at(path).expect("a path"))
}

fn anchors() -> impl Strategy<Value = Vec<Anchor>> {
    let shape = prop::sample::select(vec!["pert", "uniform", "triangular"]);
    let range = prop::option::of((1_u32..5, 1_u32..9, shape));
    let one = (20_u32..90, range).prop_map(|(value, range)| {
        let range = range.map(|(below, above, shape)| (f64::from(below), f64::from(above), shape));
        (f64::from(value), range)
    });
    let years = prop::sample::subsequence((2026..=2029).collect::<Vec<u32>>(), 1..=4);
    (years, prop::collection::vec(one, 4)).prop_map(|(years, numbers)| {
        let anchor = |(year, (value, range)): (u32, (f64, _))| Anchor { year, value, range };
        let mut anchors: Vec<Anchor> = years.into_iter().zip(numbers).map(anchor).collect();
        // A formula from 2030E on looks at 2029E.
        anchors.last_mut().unwrap().year = 2029;
        if anchors.iter().all(|anchor| anchor.range.is_none()) {
            anchors[0].range = Some((2.0, 3.0, "pert"));
        }
        anchors
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    /// `low` and `high` of a series are its numbers at their ends, written by hand.
    #[test]
    fn ends_are_written_by_hand(anchors in anchors(), rest in prop::sample::select(REST.to_vec())) {
        let book = book(&anchors, rest);
        let results = book.evaluate(&Settings::default()).results;
        prop_assert_eq!(of(&book, &results, "lowest", "s"), of(&book, &results, "base", "l"));
        prop_assert_eq!(of(&book, &results, "highest", "s"), of(&book, &results, "base", "h"));
    }

    /// A tornado swings to what the cases `low` and `high` come to.
    #[test]
    fn swings_are_the_cases(anchors in anchors(), rest in prop::sample::select(REST.to_vec())) {
        let book = book(&anchors, rest);
        let results = book.evaluate(&Settings::default()).results;
        let study = book.model.study_named("swung").expect("a study");
        let Ok(Answer::Tornado(tornado)) = run(&book.model, study, &Options::default()) else { panic!("a tornado") };
        let bar = &tornado.swings[0].bars[0];
        prop_assert_eq!(&of(&book, &results, "lowest", "all")[0], &bar.at_low);
        prop_assert_eq!(&of(&book, &results, "highest", "all")[0], &bar.at_high);
    }

    /// Every draw lies between the ends in every period, and a period that follows no range stays.
    #[test]
    fn draws_lie_between_their_ends(anchors in anchors(), rest in prop::sample::select(REST.to_vec())) {
        let book = book(&anchors, rest);
        let results = book.evaluate(&Settings::default()).results;
        let (low, high) = (of(&book, &results, "lowest", "s"), of(&book, &results, "highest", "s"));
        let study = book.model.study_named("drawn").expect("a study");
        let Ok(Answer::Simulate(drawn)) = run(&book.model, study, &Options::default()) else { panic!("draws") };
        for (at, output) in drawn.cases[0].outputs.iter().enumerate() {
            let told = |statistic| output.statistics.iter().find(|one| one.statistic == statistic)?.value;
            let (Cell::Number(low), Cell::Number(high)) = (&low[at + 1], &high[at + 1]) else {
                prop_assert!(output.count == 0);
                continue;
            };
            let (least, most) = (told(Statistic::Min).unwrap(), told(Statistic::Max).unwrap());
            prop_assert!(low - 1e-9 <= least && most <= high + 1e-9, "{} {low} {least} {most} {high}", output.output.text);
            prop_assert!((low == high) == (least == most), "{}", output.output.text);
        }
    }
}

/// Two numbers of one series are at the same quantile in each draw; a case that sets one of them leaves the other drawn.
#[test]
fn numbers_of_one_series_move_together() {
    let text = "scn 1\nmodel m \"M\" { currency CNY, as_of 2026-03-31, owner li.wei }\n\
        calendar fy = annual 2025A..2030E ending Dec\n\
        assume price s = 2026E 10 range 8..12 uniform | 2030E 20 range 14..26 uniform linear by li.wei because \"x\"\n\
        derive apart = (s[2030E] - 14) / 12 - (s[2026E] - 8) / 4\n\
        derive middle = s[2028E]\n\
        case set from base by li.wei because \"x\" { s[2026E] = 9 }\n\
        simulate both of apart, middle {\n  draws 500\n  report min, max\n  cases base, set\n}\n";
    let book = opened(text);
    let study = book.model.study_named("both").expect("a study");
    let Ok(Answer::Simulate(answer)) = run(&book.model, study, &Options::default()) else { panic!("draws") };
    let ends = |case: usize, output: usize| {
        let told = &answer.cases[case].outputs[output].statistics;
        (told[0].value.unwrap(), told[1].value.unwrap())
    };
    let (least, most) = ends(0, 0);
    assert!(least.abs() < 1e-12 && most.abs() < 1e-12, "{least} {most}");
    let (least, most) = ends(1, 1);
    assert!(least >= 11.5 && most <= 17.5 && most - least > 5.5, "{least} {most}");
    assert_eq!(answer.cases[1].pinned[0].input.as_ref(), "s[2026E]");
}
