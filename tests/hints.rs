//! What is allowed on purpose moves no value; hints find a slip wherever it is written, and say the same each time.

#[path = "support/memory.rs"]
mod memory;

use proptest::prelude::*;
use scn::diagnostic::Problem;
use scn::eval::Settings;
use scn::model::CaseId;
use scn::resolve::Loader;
use scn::workspace::{Checked, open};

use memory::{Memory, bits, opened};

const HEAD: &str = "scn 1
model m \"M\" { currency CNY, as_of 2026-03-31, owner li.wei }
calendar fy = annual 2020A..2025A, 2026E..2030E ending Dec
source ar \"Annual report\" = document \"ar\" dated 2026-03-01
kind chip { in price: CNY/chip }
kind maker {}
";

fn book(lines: &str) -> Checked {
    let checked = opened(&format!("{HEAD}{lines}"));
    let problems: Vec<&Problem> = checked.problems.iter().collect();
    assert!(problems.is_empty(), "{problems:#?}\n{lines}");
    checked
}

fn hints(checked: &Checked) -> Vec<Problem> {
    checked.hints(&checked.evaluate(&Settings::default()), &Memory::of(&[])).into_iter().collect()
}

fn codes(lines: &str) -> Vec<String> {
    let found = hints(&book(lines)).into_iter();
    found.map(|problem| format!("{} {}", problem.code, problem.message.split(' ').next().unwrap_or(""))).collect()
}

/// Every value of a book in base, to the bit.
fn values(checked: &Checked) -> Vec<String> {
    let results = checked.evaluate(&Settings::default()).results;
    let ids = (0..checked.model.variables.len() as u32).map(scn::model::VariableId);
    let cells = |id| results.cells(CaseId::BASE, id).iter().map(bits).collect::<String>();
    ids.map(|id| format!("{}{}", checked.model.variable(id).path, cells(id))).collect()
}

/// The same numbers on four roads: a series, the entities of a kind, a table, the members of a name.
fn roads(numbers: &[String], clause: &str) -> [String; 4] {
    let each = |line: &dyn Fn(usize, &str) -> String| -> String {
        numbers.iter().enumerate().map(|(at, number)| line(at, number)).collect()
    };
    let pieces: Vec<String> =
        numbers.iter().enumerate().map(|(at, number)| format!("{}A {number} CNY from ar", 2020 + at)).collect();
    let names: Vec<String> = (0..numbers.len()).map(|at| format!("c{at}")).collect();
    let bare = each(&|at, _| format!("chip c{at} {{}}\n"));
    let prices = each(&|at, _| format!("chip c{at} from ar {{ given price = 1 CNY/chip }}\n"));
    [
        format!("given flow stock_in = {} {clause}\n", pieces.join(" | ")),
        each(&|at, number| format!("chip c{at} from ar {{\n  given price = {number} CNY/chip {clause}\n}}\n")),
        format!(
            "{bare}table chip from ar {{\n  columns {}\n  given price: CNY/chip = {} {clause}\n}}\n",
            names.join(" | "),
            numbers.join(" | ")
        ),
        prices
            + &format!(
                "maker m from ar {{\n{}}}\n",
                each(&|at, number| format!("  given stock_in[c{at}] = {number} CNY {clause}\n"))
            ),
    ]
}

/// A slip that no other number has to do with.
const SHARE: &str = "assume die_yield = 170% by li.wei because \"second year\"\n";

fn sorted(mut codes: Vec<String>) -> Vec<String> {
    codes.sort();
    codes
}

/// Numbers that lie within a factor of one and a half, as they are written.
fn alike() -> impl Strategy<Value = Vec<f64>> {
    prop::collection::vec(10_000.0..15_000.0f64, 4..6).prop_map(|all| all.into_iter().map(f64::round).collect())
}

fn written(numbers: &[f64]) -> Vec<String> {
    numbers.iter().map(|number| format!("{number}")).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn what_lies_together_raises_nothing(numbers in alike()) {
        for road in roads(&written(&numbers), "") {
            prop_assert_eq!(codes(&road), Vec::<String>::new(), "{}", road);
        }
    }

    #[test]
    fn one_a_thousand_times_off_is_found_on_every_road(numbers in alike(), at in 0usize..3, up in any::<bool>()) {
        let mut numbers = numbers;
        numbers[at] = if up { numbers[at] * 1000.0 } else { numbers[at] / 1000.0 };
        let paths = ["stock_in[20", "c", "c", "m.stock_in[c"];
        for (road, path) in roads(&written(&numbers), "").iter().zip(paths) {
            let found = codes(road);
            prop_assert_eq!(found.len(), 1, "{}\n{:?}", road, found);
            let begins = format!("hint::thousandfold `{path}");
            prop_assert!(found[0].starts_with(&begins), "{}\n{:?}", road, found);
            prop_assert!(found[0].contains(&format!("{at}")), "{}\n{:?}", road, found);
        }
    }

    #[test]
    fn one_below_zero_is_found_on_every_road(numbers in alike(), at in 0usize..3) {
        let mut numbers = numbers;
        numbers[at] = -numbers[at];
        for road in roads(&written(&numbers), "").into_iter().skip(1).take(2) {
            let found = codes(&road);
            prop_assert_eq!(&found, &vec![format!("hint::sign `c{at}.price`")], "{}", road);
        }
    }

    #[test]
    fn a_permission_moves_no_value_and_silences_one_hint(numbers in alike(), at in 0usize..3) {
        let mut numbers = numbers;
        numbers[at] *= 1000.0;
        let clause = "allow hint::thousandfold because \"so it is\"";
        for (plain, allowed) in roads(&written(&numbers), "").iter().zip(roads(&written(&numbers), clause)) {
            // A slip of another sort stays.
            let (plain, allowed) = (book(&format!("{plain}{SHARE}")), book(&format!("{allowed}{SHARE}")));
            prop_assert_eq!(values(&plain), values(&allowed));
            let codes = |book| -> Vec<String> { hints(book).into_iter().map(|problem| problem.code).collect() };
            prop_assert_eq!(sorted(codes(&plain)), ["hint::share", "hint::thousandfold"]);
            let left: Vec<String> = codes(&allowed).into_iter().filter(|code| code != "hint::idle").collect();
            prop_assert_eq!(left, ["hint::share"]);
        }
    }

    #[test]
    fn hints_are_the_same_each_time(numbers in alike(), at in 0usize..3, off in 0.0001..5000.0f64) {
        let mut numbers = numbers;
        numbers[at] = (numbers[at] * off).round() + 1.0;
        for road in roads(&written(&numbers), "") {
            let (one, other) = (book(&road), book(&road));
            prop_assert_eq!(hints(&one), hints(&other));
            prop_assert_eq!(hints(&one), hints(&one));
        }
    }
}

#[test]
fn a_template_of_the_book_reads_what_it_names() {
    let text = format!(
        "{HEAD}assume shown = 5% by li.wei because \"so\"\nassume idle = 7% by li.wei because \"so\"
assume inner = 8% by li.wei because \"so\"\nreport r \"R\" template \"r.md.j2\" to \"r.md\" {{}}\n"
    );
    let files = Memory::of(&[
        ("books/book.scn", &text),
        ("books/templates/r.md.j2", "{{ shown }} {% include \"part.j2\" %}"),
        ("books/templates/part.j2", "{{ inner }}"),
    ]);
    let checked = open("books/book.scn", &files, None);
    let found = checked.hints(&checked.evaluate(&Settings::default()), &files);
    assert_eq!(found.iter().map(|problem| problem.message.as_str()).collect::<Vec<_>>(), ["nothing rests on `idle`"]);
}

#[test]
fn a_number_that_has_a_name_is_told_once_and_not_at_all_where_it_is_meant() {
    let told = |clause: &str| {
        let checked = opened(&format!("{HEAD}given rate = 7.13 from ar\nderive twice = 2 * 7.13{clause}\n"));
        let evaluated = checked.evaluate(&Settings::default());
        let all = checked.whole(Some(&evaluated), &Memory::of(&[])).into_iter();
        all.map(|problem| problem.code).collect::<Vec<_>>()
    };
    assert_eq!(told(""), ["hint::named_value"]);
    assert_eq!(told(" allow hint::named_value because \"another one\""), Vec::<String>::new());
    assert_eq!(told(" * 8.19"), ["hint::named_value", "resolve::unnamed_number"]);
}

#[test]
fn a_template_that_cannot_be_read_leaves_open_what_rests_on_a_name() {
    const LINES: &str = "assume rate = 7 by li.wei because \"x\"\nreport r \"R\" template \"t.j2\" to \"t.md\" {}\n";
    struct Files(&'static [u8]);
    impl Loader for Files {
        fn read(&self, path: &str) -> Result<Vec<u8>, String> {
            match path {
                "book.scn" => Ok(format!("{HEAD}{LINES}").into_bytes()),
                "templates/t.j2" => Ok(self.0.to_vec()),
                _ => Err("it does not exist".to_string()),
            }
        }
    }
    let told = |text: &'static [u8]| {
        let checked = open("book.scn", &Files(text), None);
        assert!(!checked.problems.has_errors(), "{:?}", checked.problems);
        let found = checked.hints(&checked.evaluate(&Settings::default()), &Files(text)).into_iter();
        found.map(|problem| problem.code).collect::<Vec<_>>()
    };
    assert_eq!(told(b"nothing"), ["hint::unused"]);
    assert_eq!(told(b"\xff\xfe"), Vec::<String>::new());
}
