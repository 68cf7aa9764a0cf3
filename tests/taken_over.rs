//! What an entity takes over is what it would be if the lines were written in it.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use proptest::sample::{select, subsequence};

use scn::diagnostic::Severity;
use scn::eval::{Cell, Settings};
use scn::model::{CaseId, VariableId};
use scn::resolve::Loader;
use scn::workspace::{Checked, open};

const HEAD: &str = "scn 1
model m \"Taken over\" { currency EUR, as_of 2026-03-31, owner li.wei }
calendar fy = annual 2026E..2027E ending Dec
calendar qy = quarter 1Q26E..4Q27E ending Dec
source ar \"Annual report\" = document \"report\" dated 2026-03-01
given top = 7 kg from ar p 9
fn twice(x) = x * 2
fn yearly(x) = annual(x)
fn share(part, whole) = part / whole
kind thing {}
thing m {}
thing n {}
kind box {}
";

/// The names that an entity has.
const NAMES: &[&str] = &["p", "q", "u[m]", "u[n]", "r", "s", "t"];

/// How many of them are values.
const STATED: usize = 4;

/// Values that go together, each sort with formulas that take it; `A` and `B` become other names of the entity.
const SORTS: &[(&[&str], &[&str])] = &[
    (&["given NAME = 3 kg from ar p 1", "given NAME = 500 g from ar p 1"], SINGLE),
    (
        &[
            "given NAME = 4 EUR from ar p 1",
            "given NAME = 5 mn EUR from ar p 1",
            "assume NAME = 4 EUR range 3 EUR..5 EUR by me because \"so\"",
        ],
        SINGLE,
    ),
    (&["given NAME = 5% from ar p 1", "given NAME = 6 from ar p 1"], SINGLE),
    (
        &["given flow NAME = 1Q26E 3 EUR | 2Q26E.. 4 EUR from ar p 1", "given flow NAME = 1Q26E.. 5 EUR from ar p 1"],
        SERIES,
    ),
    (
        &["given stock NAME = 1Q26E 3 EUR | 2Q26E.. 4 EUR from ar p 1", "given stock NAME = 1Q26E.. 5 EUR from ar p 1"],
        SERIES,
    ),
    (
        &[
            "given price NAME = 1Q26E 3 kg | 2Q26E.. 4 kg from ar p 1",
            "given flow NAME = 1Q26E 3 kg | 2Q26E.. 4 kg from ar p 1",
        ],
        SERIES,
    ),
];

const SINGLE: &[&str] = &[
    "derive NAME = A * 2",
    "derive NAME = A + B",
    "derive NAME = A / B",
    "derive NAME = A + 1 EUR",
    "derive NAME: EUR = A",
    "derive NAME = twice(A) + B",
    "derive NAME = A * top",
    "derive NAME = if A > B then A else B",
    "derive NAME = max(A, B)",
    "derive NAME = sum(e in thing: u[e])",
    "derive NAME = u[m] + u[n]",
    "derive NAME = v",
    "derive NAME = A in EUR",
    "derive flow NAME = A",
    "assume NAME = A range A..A * 2 by me because \"so\"",
];

const SERIES: &[&str] = &[
    "derive flow NAME = A * 2",
    "derive stock NAME = A + B",
    "derive flow NAME = A * top",
    "derive ratio NAME = A / B",
    "derive ratio NAME = share(A, B)",
    "derive ratio NAME = 1 - A / B",
    "derive ratio NAME = u[m] / u[n]",
    "derive flow NAME = annual(A)",
    "derive stock NAME = annual(A)",
    "derive ratio NAME = annual(A)",
    "derive ratio NAME = yearly(A)",
    "derive ratio NAME = yearly(A / B)",
    "derive ratio NAME = annual(share(A, B))",
    "derive flow NAME = annual(sum(e in thing: u[e]))",
    "flow NAME = 1Q26E A | 2Q26E.. NAME[prev] + A",
    "derive NAME = sum(A[1Q26E..4Q26E])",
    "derive NAME = A[2026E]",
];

/// A line for each of some names.
type Lines = BTreeMap<&'static str, String>;

/// A shape with names for its letters.
fn filled(shape: &str, name: &str, [a, b]: [&str; 2]) -> String {
    let is_letter = |letter: char| letter.is_ascii_alphanumeric() || letter == '_';
    let words = shape.split_inclusive(|letter| !is_letter(letter)).map(|word| {
        let (word, sign) = word.split_at(word.trim_end_matches(|letter| !is_letter(letter)).len());
        let word = match word {
            "NAME" => name,
            "A" => a,
            "B" => b,
            other => other,
        };
        format!("{word}{sign}")
    });
    words.collect()
}

fn formula(shapes: &'static [&'static str], name: &'static str, names: Vec<&'static str>) -> BoxedStrategy<String> {
    let names = (select(names.clone()), select(names));
    (select(shapes), names).prop_map(move |(shape, (a, b))| filled(shape, name, [a, b])).boxed()
}

/// All lines of an entity that stands alone: values of one sort, then formulas of names before them.
fn alone() -> impl Strategy<Value = Lines> {
    select(SORTS).prop_flat_map(|(stated, formulas)| {
        let lines: Vec<BoxedStrategy<String>> = NAMES
            .iter()
            .enumerate()
            .map(|(at, name)| match at < STATED {
                true => select(stated).prop_map(|shape| filled(shape, name, ["", ""])).boxed(),
                false => formula(formulas, name, NAMES[..at].to_vec()),
            })
            .collect();
        lines.prop_map(|lines| NAMES.iter().copied().zip(lines).collect())
    })
}

/// Lines for some names, of any sort.
fn otherwise(count: std::ops::Range<usize>) -> impl Strategy<Value = Lines> {
    subsequence(NAMES, count).prop_flat_map(|names| {
        let lines: Vec<_> = names.iter().map(|name| any_line(name)).collect();
        lines.prop_map(move |lines| names.iter().copied().zip(lines).collect())
    })
}

fn any_line(name: &'static str) -> BoxedStrategy<String> {
    let others: Vec<&str> = NAMES.iter().filter(|other| **other != name).copied().collect();
    let of_sort = move |(stated, formulas): (&'static [&'static str], &'static [&'static str])| {
        let stated = select(stated).prop_map(|shape| filled(shape, name, ["", ""]));
        prop_oneof![3 => stated, 1 => formula(formulas, name, others.clone())]
    };
    select(SORTS).prop_flat_map(of_sort).boxed()
}

/// Lines of an entity, and what others that are like it say otherwise.
fn family() -> impl Strategy<Value = (Lines, Lines, Lines)> {
    (alone(), otherwise(1..3), otherwise(0..2))
}

fn block(head: &str, lines: &Lines) -> String {
    let lines: String = lines.values().map(|line| format!("  {line}\n")).collect();
    format!("{head} {{\n{lines}}}\n")
}

fn over(below: &Lines, above: &Lines) -> Lines {
    below.iter().chain(above).map(|(name, line)| (*name, line.clone())).collect()
}

struct Single(String);

impl Loader for Single {
    fn read(&self, path: &str) -> Result<Vec<u8>, String> {
        if path == "book.scn" { Ok(self.0.clone().into_bytes()) } else { Err("not there".to_string()) }
    }
}

fn read(text: &str) -> Checked {
    open("book.scn", &Single(format!("{HEAD}{text}")), None)
}

fn codes(checked: &Checked) -> BTreeSet<String> {
    let errors = checked.problems.iter().filter(|problem| problem.severity == Severity::Error);
    errors.map(|problem| problem.code.to_string()).collect()
}

/// Every value of an entity, with what it measures.
fn values(checked: &Checked, entity: &str) -> Vec<String> {
    let results = checked.evaluate(&Settings::default()).results;
    let prefix = format!("{entity}.");
    let of_entity = (0..checked.model.variables.len() as u32).map(VariableId);
    let mut said: Vec<String> = of_entity
        .map(|id| (id, checked.model.variable(id)))
        .filter(|(_, variable)| variable.path.starts_with(&prefix) && !variable.hidden)
        .map(|(id, variable)| {
            let cells: String = results.cells(CaseId::BASE, id).iter().map(bits).collect();
            let ends: String = variable.ranges.iter().map(|ranged| ranged.spread.text.to_string()).collect();
            format!("{} {:?} {:?} {:?} {ends}{cells}", variable.path, variable.ty, variable.time, variable.series)
        })
        .collect();
    said.sort();
    said
}

/// The calendar of each value of an entity, by its path.
fn calendars(checked: &Checked, entity: &str) -> BTreeSet<(String, Option<scn::calendar::Frequency>)> {
    let prefix = format!("{entity}.");
    let of_entity = checked.model.variables.iter().filter(|variable| variable.path.starts_with(&prefix));
    of_entity.filter(|variable| !variable.hidden).map(|variable| (variable.path.to_string(), variable.time)).collect()
}

fn bits(cell: &Cell) -> String {
    match cell {
        Cell::Number(number) => format!(" {:016x} ({number})", number.to_bits()),
        Cell::Missing { code, .. } => format!(" {code:?}"),
        other => format!(" {other:?}"),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 768, max_shrink_iters: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn an_entity_like_another_is_what_it_would_be_if_the_lines_were_copied((of_a, of_b, of_c) in family()) {
        let (of_a, of_b, of_c) = (with_v(of_a), of_b, of_c);
        let like = [block("box a", &of_a), block("box b like a", &of_b), block("box c like b", &of_c)].concat();
        let (all_b, all_c) = (over(&of_a, &of_b), over(&over(&of_a, &of_b), &of_c));
        let copied = [block("box a", &of_a), block("box b", &all_b), block("box c", &all_c)].concat();
        let (like_read, copied_read) = (read(&like), read(&copied));
        if !like_read.is_sound() && !read(&block("box a", &of_a)).is_sound() {
            return Ok(());
        }
        prop_assert_eq!(codes(&like_read), codes(&copied_read), "\n{}\n{}", &like, &copied);
        if like_read.is_sound() {
            for entity in ["a", "b", "c"] {
                prop_assert_eq!(values(&like_read, entity), values(&copied_read, entity), "\n{}\n{}", &like, &copied);
            }
        }
    }

    #[test]
    fn an_entity_of_a_kind_is_what_it_would_be_if_the_lines_were_copied((of_kind, of_a, of_b) in family()) {
        let of_kind = with_v(plain(of_kind));
        let (of_a, of_b) = (alike(&of_kind, plain(of_a)), alike(&of_kind, plain(of_b)));
        let taken = [block("kind jar", &of_kind), block("jar a", &of_a), block("jar b", &of_b)].concat();
        let (all_a, all_b) = (over(&of_kind, &of_a), over(&of_kind, &of_b));
        let copied = [block("box a", &all_a), block("box b", &all_b)].concat();
        let taken_read = read(&taken);
        // A kind holds its entities to one unit, so it refuses more.
        if taken_read.is_sound() {
            let copied_read = read(&copied);
            // A ring is found among an entity's own lines, and only when it is computed through a kind's.
            let found = codes(&copied_read);
            prop_assert!(found.iter().all(|code| code == "units::circular"), "{:?}\n{}\n{}", found, &taken, &copied);
            if !found.is_empty() {
                return Ok(());
            }
            // An entity's own line stands on the calendar of its kind's, and alone on that of its formula.
            if ["a", "b"].iter().any(|entity| calendars(&taken_read, entity) != calendars(&copied_read, entity)) {
                return Ok(());
            }
            for entity in ["a", "b"] {
                prop_assert_eq!(values(&taken_read, entity), values(&copied_read, entity), "\n{}\n{}", &taken, &copied);
            }
        }
    }
}

/// Without indexes, which a kind has not.
fn plain(lines: Lines) -> Lines {
    let plain = |text: &str| text.replace("u[m]", "um").replace("u[n]", "un").replace("u[e]", "p");
    lines
        .into_iter()
        .map(|(name, line)| {
            (
                if name == "u[m]" {
                    "um"
                } else if name == "u[n]" {
                    "un"
                } else {
                    name
                },
                plain(&line),
            )
        })
        .collect()
}

/// Lines that are series where the kind's are: a single value would take on the kind's periods.
fn alike(of_kind: &Lines, own: Lines) -> Lines {
    let is_series = |line: &str| line.split(' ').any(|word| ["flow", "stock", "price", "ratio"].contains(&word));
    let is_alike =
        |(name, line): &(&str, String)| is_series(line) == of_kind.get(name).is_some_and(|line| is_series(line));
    own.into_iter().filter(is_alike).collect()
}

/// A name that nothing writes again.
fn with_v(mut lines: Lines) -> Lines {
    lines.insert("v", "given v = 2 kg from ar p 1".to_string());
    lines
}
