//! A bare number where per cents are meant: every door refuses it, offers two readings, and takes either of them.

#[path = "support/memory.rs"]
mod memory;

use proptest::prelude::*;
use scn::diagnostic::{Problem, Severity};
use scn::model::{Levels, StudyKind};

use memory::{opened, opened_with};

/// A book in which `ke`, `m` and the yields of banks are shown in the unit `U`.
const BOOK: &str = r#"scn 1
model m { currency CNY, as_of 2026-06-30, owner t }
calendar fy = annual 2025A..2025A, 2026E..2030E ending Dec
source s "S" = file "s.pdf" dated 2026-03-28
source other "T" = file "t.pdf" dated 2026-03-28
kind bank { in y: U }
bank one { given y = 5U from s p 1 }
assume ke = 5U range 0..9_000_000U by t because "so"
assume kd = 5U range 0..9_000_000U by t because "so"
assume ratio m = 2026E 5U | 2027E 6U by t because "so"
derive out = (ke + kd) * 100 CNY
derive plain = out / 1 CNY
check kd == 0 or out == 0 CNY or plain == 0 or one.y == 0 or m[2026E] == 0
"#;

/// Doors for a value `V`, in a file of the book.
const VALUES: &[&str] = &[
    "assume a: U = V by t because \"so\"",
    "given a: U = V from s p 1",
    "bank two { given y = V from s p 1 }",
    "bank two like one { given y = V from s p 1 }",
    "bank two {\n  given y = 5U from s p 1\n  also given y = V from other\n}",
    "kind fund {\n  assume g: U = V by t because \"so\"\n}\nfund f {}",
    "kind fund {\n  assume g = 5U by t because \"so\"\n}\nfund f { assume g = V by t because \"so\" }",
    "kind fund { in y: ratio }\ntable fund from s {\n  columns a | b\n  given y = V | 6U\n}",
    "kind fund { in y: ratio }\ntable fund from s {\n  rows given y\n  a = 6U\n  b = V\n}",
    "table bank from s {\n  columns a | b\n  given y = 6U | V\n}",
    "table from s {\n  columns 2026E | 2027E\n  given ratio r = 6U | V\n}",
    "assume ratio r = 2026E 5U | 2027E V by t because \"so\"",
    "assume ratio r = 2026E V | 2027E 5U by t because \"so\"",
    "assume ratio r: U = 2026E V | 2027E.. r[prev] by t because \"so\"",
    "derive a: U = if out > 0 then V else 0",
    "derive a: U = max(plain, V)",
    "case bull from base by t because \"so\" { ke = V }",
    "case bull from base by t because \"so\" { ke = if out > 0 then V else 0 }",
    "case bull from base by t because \"so\" { bank.y = V }",
    "case bull from base by t because \"so\" { m[2026E] = V }",
    "case bull from base by t because \"so\" { m = 2026E V | 2027E 7U }",
    "assume r = 5U range 0..V by t because \"so\"",
    "assume r = 5U range normal mean V sd 1U by t because \"so\"",
    "assume r = 5U range normal sd V by t because \"so\"",
    "assume r = 5U range normal sd 1U within 0..V by t because \"so\"",
    "assume r: ratio = 0.1 range normal mean 10U sd V by t because \"so\"",
    "assume r = 5U range discrete 0 at 50%, V at 50% by t because \"so\"",
    "grid g of out { ke = V }",
    "grid g of out { ke = 0, V }",
    "grid g of out { ke = 0..V step V }",
    "grid g of out { ke = 0..V in 3 levels }",
    "simulate g of out { vary ke 0..V uniform }",
    "simulate g of out { vary ke 0..V p5p95 }",
    "simulate g of out { vary ke normal mean V sd 1U }",
    "simulate g of out { vary ke normal sd V }",
    "simulate g of out { vary ke normal sd 1U within 0..V }",
    "simulate g of out { vary ke discrete 0 at 50%, V at 50% }",
    "simulate g of out { probability ke > V }",
    "discover g of ke > V { draws 100 }",
    "calibrate c {\n  out = 5 CNY\n  free ke in 0..V\n}",
    "calibrate c {\n  ke = V\n  free kd in 0..9U\n}",
    "check ke > V",
    "check 0 < ke < V",
    "reconcile ke ~ V within 500% from s p 1",
    "reconcile ke ~ 0..V from s p 1",
    "table from s {\n  columns case base\n  reconcile ke ~ V within 500%\n}",
    "claim c \"so\" when ke > V",
    "derive a = V in U",
    "derive a = ke > V",
    "derive a = V < ke",
    "derive a = ke == V",
    "derive a = ke != -V",
    "derive a = ke in 0..V",
    "derive a = not (ke <= V and kd > 0)",
    "derive a = ke + V",
    "derive a = V - ke",
    "derive ratio a = m + V",
    "derive a = if out > 0 then V else 30U",
    "derive a = if out > 0 then ke else V",
    "derive a = if out > 0 then (if kd > 0 then V else 0) else ke",
    "derive a = max(ke, V)",
    "derive a = min(V, kd, ke)",
    "derive a = or_else(ke, V)",
    "derive a = interpolate(plain, 0, V, 2, 9U)",
    "derive a = interpolate(ke, V, 1 CNY, 9_000_000U, 2 CNY)",
    "derive a = count(b in bank where b.y > V: b.y)",
    "derive a = rank(V, b in bank: b.y)",
    "fn f(g: U) = g * 2\nderive a = f(V)",
    "fn f(g: U) = if g > V then 1 else 0\nderive a = f(5U)",
    "fn f(g: CNY): U = if g > 0 CNY then V else 0\nderive a = f(5 CNY)",
    "fn f(g: CNY) {\n  let h = 5U\n  if g > 0 CNY then h else V\n}\nderive a = f(5 CNY)",
];

/// Doors for a distance `V`, which is in points where the value is in per cent.
const MOVES: &[&str] = &[
    "case bull from base by t because \"so\" { ke + V }",
    "case bull from base by t because \"so\" { ke - V }",
    "case bull from base by t because \"so\" { m[2026E] + V }",
    "check ke == 5U within V",
    "check b in bank: b.y == 5U within V",
    "reconcile ke ~ 5U within V from s p 1",
    "reconcile plain ~ 5U within V from s p 1",
    "table from s {\n  columns case base\n  reconcile plain: U ~ 5 within V\n}",
    "calibrate c {\n  plain = 7U within V\n  free kd in 0..9U\n}",
    "calibrate c {\n  ke = 7U within V\n  free kd in 0..9U\n}",
];

const UNITS: &[&str] = &["%", " pp", " bps"];

/// What reads a text of the command line or of a report.
type Reads<'r> = dyn Fn(&str) -> Result<(), Vec<Problem>> + 'r;

/// The book with a door, `U` and `V` filled in; what stands after a colon has no blank of its own.
fn filled(door: &str, unit: &str, value: &str) -> String {
    let declared = format!(": {}", unit.trim());
    let text = format!("{BOOK}{door}\n").replace(": U", &declared);
    let marked = |text: &str, mark: char, by: &str| {
        let mut out = String::new();
        let letters: Vec<char> = text.chars().collect();
        for (at, letter) in letters.iter().enumerate() {
            let before = at.checked_sub(1).and_then(|at| letters.get(at));
            let after = letters.get(at + 1);
            let word = |letter: Option<&char>, digits: bool| {
                letter.is_some_and(|letter| letter.is_ascii_alphabetic() || (!digits && letter.is_ascii_digit()))
            };
            match *letter == mark && !word(before, mark == 'U') && !word(after, false) {
                true => out.push_str(by),
                false => out.push(*letter),
            }
        }
        out
    };
    marked(&marked(&text, 'V', value), 'U', unit)
}

fn errors<'p>(problems: impl IntoIterator<Item = &'p Problem>) -> Vec<(String, String)> {
    let errors = problems.into_iter().filter(|problem| problem.severity == Severity::Error);
    errors.map(|problem| (problem.code.clone(), problem.help.clone().unwrap_or_default())).collect()
}

/// What is wrong with the book with a value at a door.
fn wrong(door: &str, unit: &str, value: &str) -> Vec<(String, String)> {
    errors(opened(&filled(door, unit, value)).problems.iter())
}

/// The readings that the help offers.
fn readings(help: &str) -> Vec<String> {
    help.split('`').skip(1).step_by(2).take(2).map(str::to_string).collect()
}

/// A bare number at a door is refused, and each of its readings is taken, as is the number with its unit.
fn holds(door: &str, unit: &str, points: &str, number: &str) {
    let refused = wrong(door, unit, number);
    let codes: Vec<&str> = refused.iter().map(|(code, _)| code.as_str()).collect();
    assert_eq!(codes, ["units::bare"], "{number} in{unit} at {door}: {refused:?}");
    let written = readings(&refused[0].1);
    assert_eq!(written.len(), 2, "{refused:?}");
    let same = |text: &str| text.trim_start_matches('-') == format!("{number}{points}") || door.contains("-V");
    assert!(same(&written[0]), "{written:?} for {number}{points} at {door}");
    for reading in &written {
        let reading = if door.contains("-V") { reading.trim_start_matches('-') } else { reading };
        assert_eq!(wrong(door, unit, reading), [], "{reading} at {door}");
    }
}

/// A plain zero is zero in any unit; a width of zero or a step of it is refused for what it is.
fn takes_zero(door: &str, unit: &str) {
    let zero = wrong(door, unit, "0");
    assert!(zero.iter().all(|(code, _)| code != "units::bare"), "0 at {door}: {zero:?}");
}

fn points_of(unit: &str) -> &str {
    if unit == "%" { " pp" } else { unit }
}

#[test]
fn every_door_refuses_a_bare_value_and_takes_its_readings() {
    for unit in UNITS {
        VALUES.iter().for_each(|door| holds(door, unit, unit, "17"));
        MOVES.iter().for_each(|door| holds(door, unit, points_of(unit), "3"));
        VALUES.iter().chain(MOVES).for_each(|door| takes_zero(door, unit));
    }
}

#[test]
fn multiples_are_the_same_with_and_without_their_x() {
    for door in VALUES.iter().chain(MOVES) {
        for value in ["17", "17x", "0.5"] {
            assert_eq!(wrong(door, "x", value), [], "{value} at {door}");
        }
    }
}

#[test]
fn thousands_are_a_unit_of_a_place_and_a_scale_of_a_number() {
    let heads = "assume heads = 12 k range 10 k..14 k by t because \"so\"\nderive all = heads * 1 CNY\n";
    let taken = [
        "derive more = heads > 500",
        "derive more = heads + 500",
        "derive more = max(heads, 20)",
        "assume more: k = 3 k by t because \"so\"",
        "assume ratio r = 2026E 12 k | 2027E 13 k by t because \"so\"",
        "case bull from base by t because \"so\" { heads = 13 k }",
        "case bull from base by t because \"so\" { heads + 1 k }",
        "grid g of all { heads = 11, 12, 13 k }",
        "simulate g of all { vary heads normal sd 1 k within 5..20 k }",
        "check heads == 12 k within 1 k",
        "reconcile heads ~ 12 k within 1 k from s p 1",
    ];
    for door in taken {
        assert_eq!(wrong(&format!("{heads}{door}"), "%", ""), [], "{door}");
    }
    let refused = [
        "assume more: k = 3 by t because \"so\"",
        "assume ratio r = 2026E 12 k | 2027E 13 by t because \"so\"",
        "case bull from base by t because \"so\" { heads = 13 }",
        "case bull from base by t because \"so\" { heads + 1 }",
        "grid g of all { heads = 11, 12, 13 }",
        "check heads == 12 k within 1",
        "reconcile heads ~ 12 within 1 k from s p 1",
        "check ke == 5U within 1 k",
        "check ke > 1 k",
        "case bull from base by t because \"so\" { ke = 13 k }",
    ];
    for door in refused {
        let codes: Vec<String> = wrong(&format!("{heads}{door}"), "%", "").into_iter().map(|(code, _)| code).collect();
        assert_eq!(codes, ["units::bare"], "{door}");
    }
}

#[test]
fn the_command_line_refuses_as_the_book_does() {
    for unit in UNITS {
        let book = opened(&filled("", unit, ""));
        assert!(book.is_sound(), "{:?}", errors(book.problems.iter()));
        let set = |text: &str| scn::check::overrides(&book.model, &book.symbols, text).map(|_| ());
        let laid = |text: &str| {
            let source = scn::text::SourceId(0);
            scn::check::layer(&book.model, &book.symbols, (source, "with.scn", text)).map(|_| ())
        };
        let asked = |text: &str| scn::check::expression(&book.symbols, text, &[]).map(|_| ());
        let (value, points) = (format!("17{unit}"), format!("17{}", points_of(unit)));
        let doors: [(&str, &Reads, &str); 8] = [
            ("ke=V", &set, &value),
            ("bank.y=V", &set, &value),
            ("m[2026E]=V", &set, &value),
            ("ke = V", &laid, &value),
            ("ke + V", &laid, &points),
            ("m = 2026E V", &laid, &value),
            ("ke > V", &asked, &value),
            ("max(ke, V)", &asked, &value),
        ];
        for (door, read, written) in doors {
            let refused = read(&door.replace('V', "17")).expect_err(door);
            assert_eq!(errors(&refused).iter().map(|(code, _)| code.as_str()).collect::<Vec<_>>(), ["units::bare"]);
            assert!(read(&door.replace('V', written)).is_ok(), "{written} at {door}");
        }
    }
}

#[test]
fn a_column_of_a_file_without_a_unit_is_refused() {
    for unit in UNITS {
        let with = |column: &str, data: &str| {
            let door = format!(
                "bank two {{}}\ndata rows = csv \"rows.csv\" for bank by \"id\" from s {{\n  given y{column} = \"y\"\n}}"
            );
            let rows = format!("id,y\ntwo,{data}\n");
            let book = opened_with(&filled(&door, unit, ""), &[("rows.csv", &rows)]);
            errors(book.problems.iter()).into_iter().map(|(code, _)| code).collect::<Vec<_>>()
        };
        assert_eq!(with("", "17"), ["units::bare"]);
        assert_eq!(with("", "0"), [""; 0]);
        assert_eq!(with(": U", "17"), [""; 0]);
        assert_eq!(with(": ratio", "0.17"), [""; 0]);
    }
}

/// The levels of the only axis of a grid, or what is wrong.
fn levels(path: &str, unit: &str, list: &str) -> Result<Vec<f64>, Vec<(String, String)>> {
    let book = opened(&filled(
        &format!(
            "assume sales = 2 bn CNY by t because \"so\"\nderive all = sales + out\ngrid g of all {{ {path} = {list} }}"
        ),
        unit,
        "",
    ));
    let wrong = errors(book.problems.iter());
    if !wrong.is_empty() {
        return Err(wrong);
    }
    match &book.model.studies[0].kind {
        StudyKind::Grid(grid) => Ok(match &grid.axes[0].levels {
            Levels::List(list) => list.clone(),
            Levels::Steps { first, last, step } => vec![*first, *last, *step],
            Levels::Count { first, last, .. } => vec![*first, *last],
        }),
        _ => Ok(Vec::new()),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 100, ..ProptestConfig::default() })]

    #[test]
    fn any_bare_number_is_refused_at_any_door(
        at in 0..VALUES.len() + MOVES.len(),
        unit in proptest::sample::select(UNITS),
        number in prop_oneof!["[2-9]", "[1-9][0-9]{1,3}", "0\\.[0-9]{0,2}[1-9]", "[1-9]_[0-9]{3}\\.[0-9]", "[1-9][0-9]?\\.5"],
    ) {
        match VALUES.get(at) {
            Some(door) => holds(door, unit, unit, &number),
            None => holds(MOVES[at - VALUES.len()], unit, points_of(unit), &number),
        }
    }

    #[test]
    fn the_one_unit_of_a_list_holds_for_all_of_it(
        numbers in proptest::collection::vec(1_u32..500, 2..6),
        place in 0_usize..6,
        door in proptest::sample::select(vec![("ke", "%"), ("ke", " pp"), ("ke", " bps"), ("sales", " bn CNY"), ("sales", " mn CNY")]),
        negative in any::<bool>(),
    ) {
        let (path, unit) = door;
        let shown = if path == "ke" { unit } else { "%" };
        let sign = if negative { "-" } else { "" };
        let with = |has_unit: &dyn Fn(usize) -> bool, between: &str| {
            let each = numbers.iter().enumerate();
            let each = each.map(|(at, number)| format!("{sign}{number}{}", if has_unit(at) { unit } else { "" }));
            each.collect::<Vec<_>>().join(between)
        };
        let (all, one) = (with(&|_| true, ", "), with(&|at| at == place % numbers.len(), ", "));
        prop_assert_eq!(levels(path, shown, &one), levels(path, shown, &all), "{} and {}", one, all);
        let (first, by) = (i64::from(numbers[0]), i64::from(numbers[1]));
        let steps = [format!("{first}"), format!("{}", first + 5 * by), format!("{by}")];
        let stepped = |has_unit: &dyn Fn(usize) -> bool| {
            let [low, high, step] = [0, 1, 2].map(|at| format!("{}{}", steps[at], if has_unit(at) { unit } else { "" }));
            levels(path, shown, &format!("{low}..{high} step {step}"))
        };
        let found = stepped(&|at| at == place % 3);
        prop_assert!(found.is_ok(), "{:?}", found);
        prop_assert_eq!(found, stepped(&|_| true));
    }

    #[test]
    fn two_units_leave_a_bare_number_of_a_list_open(number in 2_u32..500, turned in 0_usize..3) {
        let mut list = [format!("{number}"), "9%".to_string(), "1300 bps".to_string()];
        list.rotate_left(turned);
        let refused = levels("ke", "%", &list.join(", ")).expect_err("two readings");
        prop_assert_eq!(&refused[0].0, "units::bare");
        prop_assert_eq!(refused.len(), 1);
        list.iter_mut().filter(|text| !text.contains(['%', 'b'])).for_each(|text| *text = "0".to_string());
        prop_assert!(levels("ke", "%", &list.join(", ")).is_ok());
    }
}
