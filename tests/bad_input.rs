//! Hostile and broken books: each ends in a clear problem, in bounded time and memory, and never in a panic.

use std::collections::BTreeMap;
use std::fmt::Write;

use proptest::prelude::*;
use scn::diagnostic::Severity;
use scn::eval::Settings;
use scn::resolve::Loader;
use scn::study::{self, Answer, Options, Shard};
use scn::workspace::open;

/// A book in memory.
struct Book(BTreeMap<String, Vec<u8>>);

impl Loader for Book {
    fn read(&self, path: &str) -> Result<Vec<u8>, String> {
        self.0.get(path).cloned().ok_or_else(|| "there is no such file".to_string())
    }
}

const HEAD: &str = "scn 1\nmodel m \"M\" { currency CNY, as_of 2026-03-31, owner a }\n\
                    calendar fy = annual 2024A..2030E ending Dec\nsource s \"S\" = document \"d\" dated 2026-01-01\n";

/// The codes of everything that is wrong with a book of one file, each once.
fn codes(text: impl Into<Vec<u8>>) -> Vec<String> {
    codes_of([("book.scn", text.into())])
}

/// The codes of the errors of a book, each once.
fn codes_of<const N: usize>(files: [(&str, Vec<u8>); N]) -> Vec<String> {
    let book = Book(files.into_iter().map(|(path, bytes)| (path.to_string(), bytes)).collect());
    let checked = open("book.scn", &book, None);
    let mut problems: Vec<_> = checked.problems.iter().cloned().collect();
    if checked.is_sound() {
        problems.extend(checked.evaluate(&Settings::default()).problems().cloned());
    }
    problems.retain(|problem| problem.severity == Severity::Error);
    let mut codes: Vec<String> = problems.into_iter().map(|problem| problem.code).collect();
    codes.sort();
    codes.dedup();
    codes
}

fn lines(head: &str, count: usize, line: impl Fn(usize) -> String) -> String {
    (0..count).fold(head.to_string(), |mut text, at| {
        let _ = writeln!(text, "{}", line(at));
        text
    })
}

#[test]
fn a_file_that_is_no_text() {
    assert_eq!(codes(vec![0xff, 0xfe, 0x00, 0x80]), ["resolve::unreadable"]);
    assert_eq!(codes(Vec::new()), Vec::<String>::new());
    assert_eq!(codes("\u{0}"), ["syntax::unknown_item"]);
}

#[test]
fn a_file_of_a_hundred_megabytes() {
    let mut text = HEAD.as_bytes().to_vec();
    text.resize(100 << 20, b'#');
    assert_eq!(codes(text), ["syntax::too_large"]);
}

#[test]
fn brackets_a_hundred_thousand_deep() {
    let deep =
        |open: &str, close: &str| format!("{HEAD}derive x = {}1{}\n", open.repeat(100_000), close.repeat(100_000));
    assert_eq!(codes(deep("(", ")")), ["syntax::too_deep"]);
    assert_eq!(codes(format!("{HEAD}derive x = {}\n", "if yes then ".repeat(80_000))), ["syntax::too_deep"]);
    assert_eq!(codes(deep("(", "")), ["syntax::too_deep"]);
    assert_eq!(codes(format!("{HEAD}derive x = {}1\n", "-".repeat(100_000))), ["check::too_large"]);
}

#[test]
fn a_line_that_is_very_long() {
    let sum = format!("{HEAD}derive x = 1{}\n", " + 1".repeat(50_000));
    assert_eq!(codes(sum), ["check::too_large"]);
    let endless = format!("{HEAD}derive x = 1{}\n", " + 1".repeat(500_000));
    assert_eq!(codes(endless), ["syntax::too_long"]);
    let sum = format!("{HEAD}derive x = 1{}\n", " + 1".repeat(2_000));
    assert_eq!(codes(sum), Vec::<String>::new());
}

#[test]
fn a_calendar_of_ten_thousand_years() {
    let text = HEAD.replace("2024A..2030E", "0001A..9999E");
    let series = "assume flow x = 0001A 1 by a because \"b\"\nderive flow y = 0002A.. y[prev] + x[0001A]\n";
    assert_eq!(codes(text + series), Vec::<String>::new());
    let text = HEAD.replace("annual 2024A..2030E", "month Jan0001A..Dec9999E");
    assert_eq!(codes(text), ["syntax::expected"]);
}

#[test]
fn a_circle_of_ten_thousand_formulas() {
    let text = lines(HEAD, 10_000, |at| format!("derive x{at} = x{} + 1", (at + 1) % 10_000));
    assert_eq!(codes(text), ["eval::cycle"]);
}

#[test]
fn a_chain_of_ten_thousand_formulas() {
    let text = lines(&format!("{HEAD}derive x10000 = 1\n"), 10_000, |at| format!("derive x{at} = x{} + 1", at + 1));
    assert_eq!(codes(text), Vec::<String>::new());
}

#[test]
fn files_that_use_each_other() {
    let root = format!("{HEAD}use \"a.scn\"\n").into_bytes();
    let a = b"scn 1\nuse \"b.scn\"\n".to_vec();
    let b = b"scn 1\nuse \"a.scn\"\n".to_vec();
    assert_eq!(codes_of([("book.scn", root), ("a.scn", a), ("b.scn", b)]), ["resolve::recursive_use"]);
    assert_eq!(codes(format!("{HEAD}use \"book.scn\"\n")), ["resolve::recursive_use"]);
}

#[test]
fn a_file_outside_the_book_or_nowhere() {
    assert_eq!(codes(format!("{HEAD}use \"gone.scn\"\n")), ["resolve::unreadable"]);
    assert_eq!(codes(format!("{HEAD}use \"../../etc/passwd\"\n")), ["resolve::unreadable"]);
}

#[test]
fn functions_that_double_forty_times() {
    let text = lines(&format!("{HEAD}fn f0(x) = x + 1\n"), 40, |at| format!("fn f{}(x) = f{at}(x) + f{at}(x)", at + 1));
    assert_eq!(codes(text + "derive y = f40(1)\n"), ["check::too_large"]);
}

#[test]
fn functions_that_call_each_other() {
    assert_eq!(
        codes(format!("{HEAD}fn f(x) = g(x)\nfn g(x) = f(x)\nderive y = f(1)\n")),
        ["resolve::recursive_function"]
    );
}

#[test]
fn sums_inside_sums_of_a_billion_terms() {
    let head = format!("{HEAD}kind k {{\n  in v: ratio\n}}\n");
    let text = lines(&head, 1_000, |at| format!("k e{at} {{ assume v = 1 by a because \"b\" }}"));
    let sum = "derive s = sum(a in k: sum(b in k: sum(c in k: a.v * b.v * c.v)))\n";
    assert_eq!(codes(text + sum), ["check::too_large"]);
}

#[test]
fn cases_and_entities_in_circles() {
    let cases = "case a from b because \"c\" { x = 2 }\ncase b from a because \"c\" { x = 3 }\n";
    assert_eq!(codes(format!("{HEAD}assume x = 1 by a because \"b\"\n{cases}")), ["cases::cycle"]);
    let chips = "kind k {\n  assume v = 1 by a because \"b\"\n}\nk p like q {\n}\nk q like p {\n}\n";
    assert_eq!(codes(format!("{HEAD}{chips}")), ["resolve::like_cycle"]);
}

#[test]
fn long_chains_of_entities_and_cases() {
    let head = format!("{HEAD}kind k {{\n  in v: ratio\n}}\nk e0 {{ assume v = 1 by a because \"b\" }}\n");
    let text = lines(&head, 2_000, |at| format!("k e{} like e{at} {{\n}}", at + 1));
    assert_eq!(codes(text), Vec::<String>::new());
    let head = format!("{HEAD}assume v = 1 by a because \"b\"\ncase c0 from base {{ v = 2 because \"b\" }}\n");
    let text = lines(&head, 200, |at| format!("case c{} from c{at} {{ v + 1 because \"b\" }}", at + 1));
    assert_eq!(codes(text), Vec::<String>::new());
}

#[test]
fn numbers_beyond_all_bounds() {
    assert_eq!(codes(format!("{HEAD}derive x = 1e999\n")), ["syntax::number"]);
    assert_eq!(codes(format!("{HEAD}derive x = 1e200 * 1e200\nderive y = x + 1\n")), Vec::<String>::new());
    assert_eq!(codes(format!("{HEAD}derive x = (2 mm) ^ 1_000_000\n")), ["units::power"]);
}

#[test]
fn data_files_that_are_none() {
    let root = |path: &str| {
        let item = format!("kind k {{\n  in v: ratio\n}}\ndata d = yaml \"{path}\" for k by \"id\" from s {{\n");
        format!("{HEAD}{item}  given v = \"v\"\n}}\n").into_bytes()
    };
    let bomb = b"a: &a [x, x, x, x, x, x, x, x, x]\nb: &b [*a, *a, *a, *a, *a, *a, *a, *a, *a]\n\
                 c: &c [*b, *b, *b, *b, *b, *b, *b, *b, *b]\nd: &d [*c, *c, *c, *c, *c, *c, *c, *c, *c]\n\
                 e: &e [*d, *d, *d, *d, *d, *d, *d, *d, *d]\nf: &f [*e, *e, *e, *e, *e, *e, *e, *e, *e]\n\
                 g: &g [*f, *f, *f, *f, *f, *f, *f, *f, *f]\nh: &h [*g, *g, *g, *g, *g, *g, *g, *g, *g]\n";
    assert_eq!(codes_of([("book.scn", root("x.yaml")), ("x.yaml", bomb.to_vec())]), ["data::unreadable"]);
    assert_eq!(codes_of([("book.scn", root("x.yaml")), ("x.yaml", vec![0xff, 0x00])]), ["data::unreadable"]);
    assert_eq!(codes_of([("book.scn", root("gone.yaml"))]), ["resolve::unreadable"]);
}

#[test]
fn simulations_beyond_all_bounds() {
    let many = lines(HEAD, 300, |at| format!("assume a{at} = 1 range 0..2 by a because \"x\""));
    let sum: Vec<String> = (0..300).map(|at| format!("a{at}")).collect();
    let text = format!(
        "{many}derive all = {}\nsimulate even of all {{ draws 50, sampling sobol }}\n\
         simulate latin of all {{ draws 50, sampling latin }}\nsimulate endless of all {{ draws 999_999_999_999 }}\n",
        sum.join(" + ")
    );
    let book = Book([("book.scn".to_string(), text.into_bytes())].into());
    let checked = open("book.scn", &book, None);
    let answered = |name: &str, options: &Options| {
        let study = checked.model.study_named(name).expect("a study of the book");
        study::run(&checked.model, study, options).map_err(|problems| problems[0].code.clone())
    };
    assert_eq!(answered("even", &Options::default()).err(), Some("chance::sobol".to_string()));
    assert_eq!(answered("endless", &Options::default()).err(), Some("study::draws".to_string()));
    let shard = Some(Shard { number: 1, of: 2 });
    let Ok(Answer::Simulate(part)) = answered("latin", &Options { shard, ..Options::default() }) else {
        panic!("no part of the run")
    };
    let study = checked.model.study_named("latin").expect("a study of the book");
    let alone = study::merge(&checked.model, study, &Options::default(), part.part.into_iter().collect());
    assert_eq!(alone.map_err(|problems| problems[0].code.clone()).err(), Some("study::parts".to_string()));
}

#[test]
fn a_report_that_cannot_be_written() {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("file"), "").expect("a file");
    let scn = |arguments: &[&str]| {
        let command =
            std::process::Command::new(env!("CARGO_BIN_EXE_scn")).args(arguments).current_dir(folder.path()).output();
        command.expect("the command runs")
    };
    assert!(scn(&["new", "book"]).status.success());
    let output = scn(&["report", "book", "-o", "file/reports"]);
    assert_eq!(output.status.code(), Some(2), "{output:?}");
    assert!(String::from_utf8_lossy(&output.stderr).contains("file/reports"), "{output:?}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn any_bytes_end_in_problems(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        codes(bytes);
    }

    /// Pieces of the language in any order; most of it is wrong, none of it may end the process.
    #[test]
    fn any_words_end_in_problems(words in proptest::collection::vec(proptest::sample::select(WORDS), 0..60)) {
        codes(format!("{HEAD}{}", words.join(" ")));
    }

    /// A book that was fine, with some of its words in the place of others.
    #[test]
    fn any_slips_in_a_book_end_in_problems(slips in proptest::collection::vec((any::<u16>(), any::<u16>()), 1..8)) {
        let mut words: Vec<&str> = TOUR.split_inclusive([' ', '\n', '(', ')', '[', ']']).collect();
        for (at, from) in slips {
            let (at, from) = (at as usize % words.len(), from as usize % words.len());
            words[at] = words[from];
        }
        codes(words.concat());
    }
}

const TOUR: &str = include_str!("../scenarios/tour/book.scn");

const WORDS: &[&str] = &[
    "\n",
    "\n",
    "\n",
    "\n  ",
    "{",
    "}",
    "(",
    ")",
    "[",
    "]",
    "=",
    "~",
    "|",
    ":",
    ",",
    ".",
    "..",
    "\"",
    "\"text\"",
    "#",
    "given",
    "assume",
    "derive",
    "flow",
    "stock",
    "ratio",
    "kind",
    "k",
    "x",
    "y",
    "in",
    "table",
    "columns",
    "rows",
    "case",
    "base",
    "check",
    "reconcile",
    "claim",
    "when",
    "with",
    "within",
    "as printed",
    "from",
    "s",
    "by",
    "because",
    "p 4",
    "2026E",
    "2025A",
    "2026E..",
    "1H26E",
    "1",
    "5%",
    "3x",
    "9_500 USD/wafer",
    "mn CNY",
    "USD",
    "1 / 0",
    "sum(c in k: c.x)",
    "x[prev]",
    "if",
    "then",
    "else",
    "and",
    "not",
    "-",
    "+",
    "*",
    "^",
    "NM",
    "NA \"n\"",
    "fn",
    "f(x)",
    "let",
    "like",
    "report",
    "template",
    "to",
    "use",
    "std.valuation",
    "fx USD/CNY",
    "unit",
    "data",
    "yaml",
    "pv(x, 10%, 2025A)",
    "?",
    "range 1..2",
];

#[test]
fn sixty_calls_inside_one_another_are_converted_and_rolled_up_once_each() {
    let nested = |inner: &str| format!("{}{inner}{}", "f(".repeat(60), ")".repeat(60));
    let head = format!("{HEAD}calendar qy = quarter 1Q24A..4Q30E ending Dec\n");
    let rate = "fx USD/CNY average = 2024A.. 7 by a because \"r\"\nassume flow x = 2024A.. 1 USD by a because \"r\"\n";
    let whole = format!("fn f(p: USD) = p + p\nderive flow y = ({}) in CNY\noutput y\n", nested("x[prev] + x"));
    assert_eq!(codes(format!("{head}{rate}{whole}")), Vec::<String>::new());
    let inside =
        format!("fn f(p) = (p + p) * 1\nfn g(p) = p in CNY\nderive flow y = g({})\noutput y\n", nested("x[prev] + x"));
    assert_eq!(codes(format!("{head}{rate}{inside}")), Vec::<String>::new());
    let stock =
        "assume stock x = 1Q24A.. 1 CNY by a because \"r\"\nderive stock h = average(x)\nfn f(p: CNY) = p + p\n";
    let balance = format!("derive y = annual({})[2026E]\noutput y\n", nested("h * 1"));
    assert_eq!(codes(format!("{head}{stock}{balance}")), Vec::<String>::new());
}

#[test]
fn more_cells_and_values_than_a_book_holds() {
    let kind = format!("{HEAD}kind k {{\n  in a: CNY\n}}\n");
    let data = format!("{kind}data d = csv \"d.csv\" for k by \"id\" from s {{\n  given a: CNY = \"a\"\n}}\n");
    let cells = format!("id,a\n{}", ",\n".repeat(4_000_001));
    assert_eq!(codes_of([("book.scn", data.into_bytes()), ("d.csv", cells.into_bytes())]), ["data::too_large"]);
    let head = lines(&format!("{HEAD}kind k {{\n"), 1_100, |at| format!("  derive a{at} = {at}"));
    let text = lines(&format!("{head}}}\n"), 1_000, |at| format!("k e{at} {{}}"));
    assert_eq!(codes(text), ["resolve::too_many"]);
}
