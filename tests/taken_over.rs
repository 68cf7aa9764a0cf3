//! What an entity takes over is what it would be if the lines were written in it.

#[path = "support/chance.rs"]
mod chance;
#[path = "support/memory.rs"]
mod memory;

use std::collections::{BTreeMap, BTreeSet};

use scn::eval::Settings;
use scn::model::{CaseId, VariableId};
use scn::workspace::Checked;

use chance::Chance;
use memory::{bits, error_codes, opened};

/// Families of each test.
const FAMILIES: u64 = 400;

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
const SORTS: &[Sort] = &[
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

/// Lines of values, and formulas that take them.
type Sort = (&'static [&'static str], &'static [&'static str]);

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

fn formula(chance: &mut Chance, shapes: &[&str], name: &str, names: &[&'static str]) -> String {
    let (shape, a, b) = (chance.pick(shapes), chance.pick(names), chance.pick(names));
    filled(shape, name, [a, b])
}

/// All lines of an entity that stands alone: values of one sort, then formulas of names before them.
fn alone(chance: &mut Chance, (stated, formulas): Sort) -> Lines {
    let lines = NAMES.iter().enumerate().map(|(at, name)| match at < STATED {
        true => (*name, filled(chance.pick(stated), name, ["", ""])),
        false => (*name, formula(chance, formulas, name, &NAMES[..at])),
    });
    lines.collect()
}

/// Lines for some names, most of them values where values are; of one sort, or each of any.
fn otherwise(chance: &mut Chance, sort: Option<Sort>, most: usize) -> Lines {
    let count = chance.below(most + 1);
    let lines = (0..count).map(|_| {
        let name = if chance.one_in(4) { chance.pick(&NAMES[STATED..]) } else { chance.pick(&NAMES[..STATED]) };
        let (stated, formulas) = sort.unwrap_or_else(|| chance.pick(SORTS));
        let others: Vec<&str> = NAMES.iter().filter(|other| **other != name).copied().collect();
        match chance.one_in(if NAMES[..STATED].contains(&name) { 10 } else { 2 }) {
            true => (name, formula(chance, formulas, name, &others)),
            false => (name, filled(chance.pick(stated), name, ["", ""])),
        }
    });
    lines.collect()
}

/// Lines that stand for themselves, and what two others say otherwise: mostly of the same sort.
fn family(chance: &mut Chance, sound: impl Fn(&Lines) -> bool) -> [Lines; 3] {
    let sort = chance.pick(SORTS);
    let first = std::iter::repeat_with(|| alone(chance, sort)).take(200).find(sound).expect("a family that reads");
    let of = if chance.one_in(8) { None } else { Some(sort) };
    [first, otherwise(chance, of, 2), otherwise(chance, of, 2)]
}

fn block(head: &str, lines: &Lines) -> String {
    let lines: String = lines.values().map(|line| format!("  {line}\n")).collect();
    format!("{head} {{\n{lines}}}\n")
}

fn over(below: &Lines, above: &Lines) -> Lines {
    below.iter().chain(above).map(|(name, line)| (*name, line.clone())).collect()
}

fn read(text: &str) -> Checked {
    opened(&format!("{HEAD}{text}"))
}

/// Every value of an entity by its path, with what it measures.
fn values(checked: &Checked, entity: &str) -> BTreeMap<String, String> {
    let results = checked.evaluate(&Settings::default()).results;
    let of_entity = own(checked, entity).into_iter().map(|(path, id)| {
        let variable = checked.model.variable(id);
        let cells: String = results.cells(CaseId::BASE, id).iter().map(bits).collect();
        let ends: String = variable.ranges.iter().map(|ranged| ranged.spread.text.to_string()).collect();
        (path, format!("{:?} {:?} {:?} {ends}{cells}", variable.ty, variable.time, variable.series))
    });
    of_entity.collect()
}

/// The variables of an entity that have a name.
fn own(checked: &Checked, entity: &str) -> Vec<(String, VariableId)> {
    let ids = (0..checked.model.variables.len() as u32).map(VariableId);
    let named = ids.filter_map(|id| {
        let variable = checked.model.variable(id);
        let name = variable.path.strip_prefix(entity)?.strip_prefix('.')?;
        (!variable.hidden).then(|| (name.to_string(), id))
    });
    named.collect()
}

/// The names whose values stand on another calendar.
fn on_other_calendars(one: &Checked, other: &Checked, entity: &str) -> BTreeSet<String> {
    let of = |checked: &Checked| -> BTreeMap<String, _> {
        own(checked, entity).into_iter().map(|(name, id)| (name, checked.model.variable(id).time)).collect()
    };
    let (one, other) = (of(one), of(other));
    one.into_iter().filter(|(name, time)| other.get(name) != Some(time)).map(|(name, _)| name).collect()
}

#[test]
fn an_entity_like_another_is_what_it_would_be_if_the_lines_were_copied() {
    let (mut compared, mut refused) = (0, 0);
    for seed in 0..FAMILIES {
        let mut chance = Chance::new(seed);
        let sound = |lines: &Lines| read(&block("box a", &with_v(lines.clone()))).is_sound();
        let [of_a, of_b, of_c] = family(&mut chance, sound);
        let of_a = with_v(of_a);
        let like = [block("box a", &of_a), block("box b like a", &of_b), block("box c like b", &of_c)].concat();
        let (all_b, all_c) = (over(&of_a, &of_b), over(&over(&of_a, &of_b), &of_c));
        let copied = [block("box a", &of_a), block("box b", &all_b), block("box c", &all_c)].concat();
        let (like_read, copied_read) = (read(&like), read(&copied));
        assert_eq!(error_codes(&like_read), error_codes(&copied_read), "\n{like}\n{copied}");
        if !like_read.is_sound() {
            refused += 1;
            continue;
        }
        for entity in ["a", "b", "c"] {
            assert_eq!(values(&like_read, entity), values(&copied_read, entity), "{entity}\n{like}\n{copied}");
        }
        compared += of_b.len() + of_c.len();
    }
    assert!(
        compared > FAMILIES as usize,
        "{compared} lines written over were compared, and {refused} families refused"
    );
    assert!(refused > FAMILIES as usize / 10, "only {refused} families were refused");
}

/// What a kind refuses in the lines of its entities beyond what they are refused for alone: it holds them to one unit, one sort
/// of series and one calendar.
const HELD_BY_A_KIND: [&str; 9] = [
    "series::frequency",
    "series::kind",
    "series::periods",
    "series::roll_up",
    "units::bare",
    "units::conversion",
    "units::declared",
    "units::mismatch",
    "units::ratio_added",
];

#[test]
fn an_entity_of_a_kind_is_what_it_would_be_if_the_lines_were_copied() {
    let (mut compared, mut refused, mut why) = (0, 0, BTreeMap::new());
    for seed in 0..FAMILIES {
        let mut chance = Chance::new(seed);
        let whole = |lines: &Lines| with_v(plain(lines.clone()));
        let sound = |lines: &Lines| read(&format!("{}jar a {{}}\n", block("kind jar", &whole(lines)))).is_sound();
        let [of_kind, of_a, of_b] = family(&mut chance, sound);
        let of_kind = whole(&of_kind);
        let (of_a, of_b) = (alike(&of_kind, plain(of_a)), alike(&of_kind, plain(of_b)));
        let taken = [block("kind jar", &of_kind), block("jar a", &of_a), block("jar b", &of_b)].concat();
        let taken_read = read(&taken);
        let codes = error_codes(&taken_read);
        if !codes.is_empty() {
            refused += 1;
            // What the lines are refused for wherever they stand is no more than that.
            let alone = |own: &Lines| error_codes(&read(&block("box a", &over(&of_kind, own))));
            let copied: BTreeSet<String> = alone(&of_a).into_iter().chain(alone(&of_b)).collect();
            codes.difference(&copied).for_each(|code| _ = why.entry(code.clone()).or_insert_with(|| taken.clone()));
            continue;
        }
        for (entity, own) in [("a", &of_a), ("b", &of_b)] {
            let all = over(&of_kind, own);
            if copied_agrees(&taken_read, entity, &all, own, &taken) {
                compared += own.len();
            }
        }
    }
    why.retain(|code, _| !HELD_BY_A_KIND.contains(&code.as_str()));
    assert!(why.is_empty(), "{why:#?}");
    assert!(
        compared > FAMILIES as usize / 2,
        "{compared} lines written over were compared, and {refused} families refused"
    );
    assert!(refused > FAMILIES as usize / 20, "only {refused} families were refused");
}

/// Holds an entity of a kind against one with all the lines; whether they could be compared.
fn copied_agrees(taken: &Checked, entity: &str, all: &Lines, own: &Lines, text: &str) -> bool {
    let copied = block(&format!("box {entity}"), all);
    let copied_read = read(&copied);
    let found = error_codes(&copied_read);
    if !found.is_empty() {
        // A ring is found among an entity's own lines, and only when it is computed through a kind's.
        let is_ring = found.iter().all(|code| code == "units::circular");
        assert!(is_ring && has_ring(all), "{found:?}\n{text}\n{copied}");
        return false;
    }
    // An entity's own formula stands on the calendar of its kind's, and alone on that of what it names.
    let moved = on_other_calendars(taken, &copied_read, entity);
    let may_move = reached(all, own.keys().map(|name| name.to_string()).collect());
    assert!(moved.is_subset(&may_move), "{moved:?} stand on other calendars\n{text}\n{copied}");
    let follows = reached(all, moved);
    let (mut one, mut other) = (values(taken, entity), values(&copied_read, entity));
    one.retain(|name, _| !follows.contains(name));
    other.retain(|name, _| !follows.contains(name));
    assert_eq!(one, other, "{entity}\n{text}\n{copied}");
    own.keys().all(|name| !follows.contains(*name))
}

/// The words of what a line says, its names among them; `p` behind a source is a page, and one's own past no ring.
fn reads(name: &str, line: &str) -> BTreeSet<String> {
    let said = line.split_once(" = ").map_or(line, |(_, said)| said).split(" from ").next().unwrap_or("");
    let said = said.replace(&format!("{name}[prev]"), "");
    said.split(|letter: char| !letter.is_ascii_alphanumeric() && letter != '_').map(str::to_string).collect()
}

/// Some names, and all whose lines read one of them.
fn reached(lines: &Lines, mut names: BTreeSet<String>) -> BTreeSet<String> {
    loop {
        let more = lines.iter().filter(|(name, line)| !reads(name, line).is_disjoint(&names));
        let more: Vec<String> = more.map(|(name, _)| name.to_string()).filter(|name| !names.contains(name)).collect();
        if more.is_empty() {
            return names;
        }
        names.extend(more);
    }
}

/// Whether some name reads itself through others.
fn has_ring(lines: &Lines) -> bool {
    let returns = |name: &str, line: &str| {
        let through = reached(lines, BTreeSet::from([name.to_string()]));
        !reads(name, line).is_disjoint(&through)
    };
    lines.iter().any(|(name, line)| returns(name, line))
}

/// Without indexes, which a kind has not.
fn plain(lines: Lines) -> Lines {
    let text = |text: &str| text.replace("u[m]", "um").replace("u[n]", "un").replace("u[e]", "p");
    let name = |name| match name {
        "u[m]" => "um",
        "u[n]" => "un",
        other => other,
    };
    lines.into_iter().map(|(called, line)| (name(called), text(&line))).collect()
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
