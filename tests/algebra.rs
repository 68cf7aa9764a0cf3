//! What no rewriting of a formula may change: ones, units, the place of a conversion, where a series is cut.
//!
//! Each test writes random formulas in two ways into one book. What is refused in one way is refused in the other, and
//! what is accepted has one value.

#[path = "support/chance.rs"]
mod chance;
#[path = "support/formula.rs"]
mod formula;
#[path = "support/memory.rs"]
mod memory;

use chance::Chance;
use formula::{Formula, Style};
use memory::{errors, opened};
use scn::eval::{Results, Settings};
use scn::model::{CaseId, Model, VariableId};

/// Books of each test, and formulas in a book: some thousand cases a test.
const BOOKS: u64 = 45;
const LINES: usize = 40;

/// Numbers that a test compares at least: one for each formula that it writes.
const FLOOR: usize = BOOKS as usize * LINES;

/// Each way adds and multiplies some numbers of one sign in another order. A step rounds by half a unit of the last place, 2^-53
/// or 1.1e-16, and no formula here has more than some hundred steps.
const TOLERANCE: f64 = 1e-12;

const HEAD: &str = "scn 1
model m \"M\" { currency CNY, as_of 2026-03-31, owner me }
calendar fy = annual 2022A..2027E ending Dec
calendar qy = quarter 1Q22A..4Q27E ending Dec
source s \"S\" = document \"d\" dated 2026-03-01
fn twice(x) = x + x
fn with_before(x) = x * 2 + x[prev]
";

/// Two lines that say the same.
struct Pair {
    one: String,
    two: String,
}

#[test]
fn a_one_of_any_unit_changes_nothing() {
    let (accepted, numbers) = agree(true, |chance| {
        let formula = Formula::amount(chance, 4);
        let (plain, ones) = (formula.written(Style::Plain, chance), formula.written(Style::Ones, chance));
        let unit = if chance.one_in(2) { " in EUR" } else { "" };
        let wrap = chance.pick(&["({})", "({})", "sum(({})[2023A..2026E])", "({})[2025A]", "mean(({})[2023A..2025A])"]);
        pair(formula.kind(), [plain, ones].map(|text| format!("{}{unit}", wrap.replace("{}", &text))), wrap)
    });
    held(accepted, numbers);
}

#[test]
fn converting_before_or_after_a_linear_formula_agrees() {
    let (accepted, numbers) = agree(false, |chance| {
        let formula = Formula::linear(chance, 4);
        let (after, before) = (formula.written(Style::Plain, chance), formula.written(Style::Converted, chance));
        let wrap = chance.pick(&["({})", "({})", "sum(({})[2023A..2026E])", "({})[2025A]", "pv(({}), 5%, 2022A)"]);
        let after = format!("{} in EUR", wrap.replace("{}", &after));
        pair(formula.kind(), [after, wrap.replace("{}", &before)], wrap)
    });
    held(accepted, numbers);
}

#[test]
fn converting_before_or_after_a_roll_up_agrees() {
    let (accepted, numbers) = agree(false, |chance| {
        let formula = Formula::quarterly(chance, 3);
        let (after, before) = (formula.written(Style::Plain, chance), formula.written(Style::Converted, chance));
        let wrap = chance.pick(&["annual({})", "({})[2025A]", "annual({})[2024A]", "half_sum"]);
        let wrap = if wrap == "half_sum" { "sum(({})[1Q24A..4Q25A])" } else { wrap };
        let after = format!("{} in USD", wrap.replace("{}", &after));
        pair(formula.kind(), [after, wrap.replace("{}", &before)], wrap)
    });
    held(accepted, numbers);
}

#[test]
fn a_quantity_in_any_unit_of_its_dimension_is_the_same() {
    let (accepted, numbers) = agree(true, |chance| {
        let formula = Formula::measured(chance, 4);
        let (one, two) = (formula.written(Style::Plain, chance), formula.written(Style::Units, chance));
        Pair { one: format!("derive NAME = {one}"), two: format!("derive NAME = {two}") }
    });
    assert_eq!([accepted, numbers], [BOOKS as usize * LINES; 2], "quantities of one dimension add");
}

#[test]
fn a_series_cut_at_any_period_is_the_same() {
    let (accepted, numbers) = agree(true, |chance| cut(chance, false));
    held(accepted, numbers);
    // What names its own period before has a first period to start from.
    let (accepted, numbers) = agree(true, |chance| cut(chance, true));
    held(accepted, numbers);
}

/// A series in one piece and in several; with `own`, each period names the one before it.
fn cut(chance: &mut Chance, own: bool) -> Pair {
    const PERIODS: [&str; 6] = ["2022A", "2023A", "2024A", "2025A", "2026E", "2027E"];
    let formula = Formula::amount(chance, 3);
    let (kind, text) = (formula.kind(), formula.written(Style::Plain, chance));
    let (start, first, text) = match own {
        true => ("2022A 5 PLN from s | ", 1, format!("({text}) * 2 - NAME[prev] / 2")),
        false => ("", 0, text),
    };
    let cuts: Vec<usize> = (first + 1..PERIODS.len()).filter(|_| chance.one_in(2)).collect();
    let starts: Vec<usize> = std::iter::once(first).chain(cuts).collect();
    let ends = starts.iter().skip(1).map(|next| next - 1).chain([PERIODS.len() - 1]);
    let pieces = starts.iter().zip(ends).map(|(from, to)| match to {
        5 if chance.one_in(2) => format!("{}.. {text}", PERIODS[*from]),
        to if to == *from => format!("{} {text}", PERIODS[*from]),
        to => format!("{}..{} {text}", PERIODS[*from], PERIODS[to]),
    });
    let pieces: Vec<String> = pieces.collect();
    Pair {
        one: format!("{kind} NAME = {start}{}.. {text}", PERIODS[first]),
        two: format!("{kind} NAME = {start}{}", pieces.join(" | ")),
    }
}

/// Two lines of a formula; one without periods has no series kind.
fn pair(kind: &str, [one, two]: [String; 2], wrap: &str) -> Pair {
    let has_periods = wrap == "({})" || wrap == "annual({})";
    let kind = if has_periods { kind } else { "" };
    Pair { one: format!("derive {kind} NAME = {one}"), two: format!("derive {kind} NAME = {two}") }
}

/// Asserts that enough formulas were accepted, and that they have numbers.
fn held(accepted: usize, numbers: usize) {
    assert!(accepted > BOOKS as usize * LINES / 3, "only {accepted} formulas were accepted");
    assert!(numbers >= FLOOR, "only {numbers} numbers were compared, of {accepted} formulas");
}

/// Holds pairs against each other; how many were accepted, and how many numbers of them were compared. With `alike`, both lines
/// of a pair are accepted or neither.
fn agree(alike: bool, mut make: impl FnMut(&mut Chance) -> Pair) -> (usize, usize) {
    let (mut accepted, mut numbers) = (0, 0);
    for book in 0..BOOKS {
        let mut chance = Chance::new(book);
        let head = format!("{HEAD}{}", formula::inputs(&mut chance));
        let pairs: Vec<Pair> = (0..LINES).map(|_| make(&mut chance)).collect();
        let lines: Vec<[String; 2]> = pairs.iter().enumerate().map(|(at, pair)| named(pair, at)).collect();
        let refused = refused(&head, &lines);
        let mut sound = Vec::new();
        for (pair, refused) in lines.iter().zip(&refused) {
            let is_alike = refused[0] == refused[1];
            assert!(is_alike || !alike, "book {book}: one is refused ({refused:?}):\n{}\n{}\n{head}", pair[0], pair[1]);
            if !refused[0] && !refused[1] {
                sound.push(pair);
            }
        }
        accepted += sound.len();
        let text =
            format!("{head}{}", sound.iter().map(|pair| format!("{}\n{}\n", pair[0], pair[1])).collect::<String>());
        let checked = opened(&text);
        let results = checked.evaluate(&Settings::default()).results;
        numbers += sound.iter().map(|pair| same(&checked.model, &results, pair, book)).sum::<usize>();
    }
    (accepted, numbers)
}

fn named(pair: &Pair, at: usize) -> [String; 2] {
    [pair.one.replace("NAME", &format!("one{at}")), pair.two.replace("NAME", &format!("two{at}"))]
}

/// Which lines are refused.
fn refused(head: &str, lines: &[[String; 2]]) -> Vec<[bool; 2]> {
    let text = format!("{head}{}", lines.iter().flatten().map(|line| format!("{line}\n")).collect::<String>());
    let checked = opened(&text);
    let first = head.lines().count();
    let mut refused = vec![[false; 2]; lines.len()];
    for problem in errors(&checked) {
        let at = problem.place().map_or(0, |place| text[..place.span.start as usize].matches('\n').count());
        assert!(at >= first, "the inputs are refused: {}\n{head}", problem.message);
        refused[(at - first) / 2][(at - first) % 2] = true;
    }
    refused
}

/// Both lines of a pair have one value in every period; how many of these are numbers.
fn same(model: &Model, results: &Results, pair: &[String; 2], book: u64) -> usize {
    let mut numbers = 0;
    let variable = |line: &String| -> VariableId {
        let name = line.split(" =").next().and_then(|head| head.split_whitespace().last()).expect("a line has a name");
        model.variable_at(name).unwrap_or_else(|| panic!("book {book}: no variable of `{line}`"))
    };
    let (one, two) = (variable(&pair[0]), variable(&pair[1]));
    let line = model.variable(one).time.and_then(|time| model.timelines.get(time));
    for index in 0..line.map_or(1, |line| line.len) {
        let at = line.map(|_| index);
        let number = |variable| results.cell(CaseId::BASE, variable, at).number();
        match (number(one), number(two)) {
            (Some(a), Some(b)) => {
                numbers += 1;
                let scale = a.abs().max(b.abs()).max(1e-3);
                assert!(
                    (a - b).abs() <= TOLERANCE * scale,
                    "book {book}: {a} and {b} at {at:?}\n{}\n{}",
                    pair[0],
                    pair[1]
                );
            }
            (a, b) => assert_eq!(a, b, "book {book}: at {at:?}\n{}\n{}", pair[0], pair[1]),
        }
    }
    numbers
}
