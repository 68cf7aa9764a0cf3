//! Templates with a few things wrong, with everything called with anything, and made to fill the memory: each ends in a page or in
//! a clear problem.

use std::sync::Arc;

use scn::eval::Settings;
use scn::report::{CHARTS, FILTERS, FUNCTIONS, LIBRARY};
use scn::workspace::open;

use crate::book::{Memory, put, with_texts};
use crate::chance::Chance;
use crate::mutate::mutated;
use crate::reports::written;
use crate::run::scn_under;
use crate::surface::Surface;
use crate::{files, oracle};

/// Templates that would fill the memory or never end, each run with no more than 4 GB of addresses.
const BOMBS: [(&str, &str); 30] = [
    (
        "a text that doubles",
        "{% set ns = namespace(x=\"xxxxxxxx\") %}{% for i in range(60) %}{% set ns.x = ns.x ~ ns.x %}{% endfor %}",
    ),
    ("a text times a number", "{{ \"x\" * 4000000000 }}"),
    (
        "a list that doubles",
        "{% set ns = namespace(x=[1]) %}{% for i in range(60) %}{% set ns.x = ns.x + ns.x %}{% endfor %}",
    ),
    ("a list times a number", "{% set x = [1, 2, 3] * 4000000000 %}{{ x | length }}"),
    (
        "a list in a list",
        "{% set ns = namespace(x=[1]) %}{% for i in range(99999) %}{% set ns.x = [ns.x] %}{% endfor %}{{ ns.x }}",
    ),
    (
        "a list twice in a list",
        "{% set ns = namespace(x=[1]) %}{% for i in range(60) %}{% set ns.x = [ns.x, ns.x] %}{% endfor %}{{ ns.x }}",
    ),
    (
        "a list twice in a list, compared",
        "{% set ns = namespace(x=[1], y=[1]) %}{% for i in range(60) %}{% set ns.x = [ns.x, ns.x] %}{% set ns.y = [ns.y, ns.y] %}{% endfor %}{{ ns.x == ns.y }}",
    ),
    ("a long range", "{% for i in range(9999999999) %}{% endfor %}"),
    ("a range as a list", "{{ range(99999999) | list | length }}"),
    ("ranges in ranges", "{% for i in range(99999) %}{% for j in range(99999) %}{{ i }}{% endfor %}{% endfor %}"),
    ("a macro that calls itself", "{% macro m(x) %}{{ m(x) }}{% endmacro %}{{ m(1) }}"),
    ("a macro that calls itself twice", "{% macro m(x) %}{{ m(x ~ x) }}{{ m(x ~ x) }}{% endmacro %}{{ m(\"xx\") }}"),
    ("macros in turn", "{% macro a() %}{{ b() }}{% endmacro %}{% macro b() %}{{ a() }}{% endmacro %}{{ a() }}"),
    ("a template that includes itself", "{% include \"t.md.j2\" %}"),
    ("a template that includes itself twice", "{% include \"t.md.j2\" %}{% include \"t.md.j2\" %}"),
    ("a template that extends itself", "{% extends \"t.md.j2\" %}"),
    ("a template that imports itself", "{% import \"t.md.j2\" as t %}{{ t }}"),
    ("a loop that recurses", "{% for x in [[1]] recursive %}{{ loop([[1]]) }}{% endfor %}"),
    (
        "replacing makes it longer",
        "{% set ns = namespace(x=\"aa\") %}{% for i in range(60) %}{% set ns.x = ns.x | replace(\"a\", \"aaaa\") %}{% endfor %}",
    ),
    (
        "joining makes it longer",
        "{% set ns = namespace(x=\"aa\") %}{% for i in range(60) %}{% set ns.x = ns.x | join(ns.x) %}{% endfor %}",
    ),
    ("indenting by much", "{{ \"a\\nb\" | indent(4000000000) }}"),
    ("a batch that is filled up", "{{ [1] | batch(4000000000, 0) }}"),
    ("slices without end", "{{ [1] | slice(4000000000) }}"),
    ("a zip of long ranges", "{{ range(99999) | zip(range(99999), range(99999)) | list | map(\"join\") | join }}"),
    (
        "a chain of long ranges",
        "{% set ns = namespace(x=range(99999)) %}{% for i in range(60) %}{% set ns.x = ns.x | chain(ns.x) | list %}{% endfor %}",
    ),
    ("much is printed", "{% set x = \"x\" * 1000000 %}{% for i in range(99999) %}{{ x }}{% endfor %}"),
    ("much is set aside", "{% set x %}{% for i in range(99999) %}{{ \"x\" * 100000 }}{% endfor %}{% endset %}"),
    (
        "escapes of escapes",
        "{% set ns = namespace(x=\"**\") %}{% for i in range(60) %}{% set ns.x = ns.x | md | urlencode %}{% endfor %}",
    ),
    ("nesting of the text itself", "NESTED"),
    (
        "bars and periods without end",
        "{% for i in range(99999) %}{{ bars([[\"x\" * 9999, co.value]], width=80) }}{% endfor %}",
    ),
];

/// Templates of the repository, changed, and calls of everything.
pub fn attack(surface: &mut Surface) {
    let texts = texts();
    surface.rounds(260, |surface, chance| {
        let text = match chance.below(2) {
            0 => mutated(&texts[chance.below(texts.len())], &texts[chance.below(texts.len())], chance),
            _ => (0..1 + chance.below(3)).map(|_| called(chance)).collect(),
        };
        surface.input(text.as_bytes(), || replay(text.as_bytes()));
    });
}

/// What must hold of any template: the answer is its first problem, or that there is a page, whose pictures are sound.
pub fn replay(bytes: &[u8]) -> Result<String, String> {
    let Memory(mut files) = with_texts(|at| format!("text {at}"));
    let slight =
        String::from_utf8_lossy(&files["book.scn"]).replace("check co.value > 1_000 CNY/share \"text 27\"\n", "");
    files.insert("book.scn".to_string(), slight.into_bytes());
    files.insert("templates/page.md.j2".to_string(), bytes.to_vec());
    let book = Memory(files);
    let checked = open("book.scn", &book, None);
    if !checked.is_sound() {
        return Err("the book is not sound".to_string());
    }
    let evaluated = checked.evaluate(&Settings::default());
    let written = written(&checked, &evaluated, Arc::new(book));
    for picture in &written.pictures {
        oracle::svg(&picture.svg)?;
        if picture.file.contains(['/', '\\', '\0']) || !picture.file.ends_with(".svg") || picture.file.starts_with('.')
        {
            return Err(format!("a picture would be called {:?}", picture.file));
        }
    }
    let first = written.problems.first();
    if first.is_some_and(|problem| problem.message.len() > 20_000) {
        return Err(format!("a message has {} bytes", first.map_or(0, |problem| problem.message.len())));
    }
    Ok(first.map_or("a page".to_string(), |problem| problem.code.clone()))
}

/// Each bomb, in a process of its own that may have no more than 4 GB.
pub fn bombs(surface: &mut Surface) {
    for (name, template) in BOMBS {
        let folder = tempfile::tempdir().expect("a folder");
        with_texts(|at| format!("text {at}")).write(&folder.path().join("b"));
        let nested = format!("{{{{ {}1{} }}}}{}", "(".repeat(50_000), ")".repeat(50_000), "{% if 1 %}".repeat(20_000));
        let template = if template == "NESTED" { nested } else { template.to_string() };
        put(folder.path(), "b/templates/page.md.j2", &template);
        put(folder.path(), "b/templates/t.md.j2", &template);
        let ran = scn_under("ulimit -v 4194304", folder.path(), &["report", "b", "--output", "-"]);
        surface.ran(name, &ran);
    }
}

/// Every template of the repository.
fn texts() -> Vec<String> {
    let folders = ["fixtures", "../scenarios"].map(files::tests);
    let paths = folders.iter().flat_map(|folder| files::files(folder));
    let paths = paths.filter(|path| path.extension().is_some_and(|extension| extension == "j2"));
    let mut texts: Vec<String> = paths.filter_map(|path| std::fs::read_to_string(path).ok()).collect();
    texts.extend(LIBRARY.iter().map(|(_, text)| text.to_string()));
    texts.push(String::from_utf8_lossy(&with_texts(|_| String::new()).0["templates/page.md.j2"]).into_owned());
    texts
}

/// A filter, function, chart, test or attribute with arguments by chance.
fn called(chance: &mut Chance) -> String {
    let name = |form: &str| form.split(['(', ' ']).next().unwrap_or(form).to_string();
    let value = value(chance, 2);
    match chance.below(6) {
        0 => {
            let own: Vec<&str> = FILTERS.iter().filter_map(|(form, _)| form.split(" | ").nth(1)).collect();
            let own = own.iter().map(|form| name(form)).collect::<Vec<_>>();
            let filter =
                if chance.one_in(2) { own[chance.below(own.len())].clone() } else { chance.pick(&ENGINE).to_string() };
            format!("{{{{ {value} | {filter}{} }}}}\n", arguments(chance))
        }
        1 => format!("{{{{ {}{} }}}}\n", name(FUNCTIONS[chance.below(FUNCTIONS.len())].0), arguments(chance)),
        2 => format!("{{{{ {}{} }}}}\n", name(CHARTS[chance.below(CHARTS.len())].0), arguments(chance)),
        3 => format!("{{{{ {value} is {} }}}}\n", chance.pick(&TESTS)),
        4 => format!(
            "{{{{ {value}.{}{} }}}}\n",
            chance.pick(&ATTRIBUTES),
            if chance.one_in(2) { arguments(chance) } else { String::new() }
        ),
        _ => format!(
            "{{% for x in {value} %}}{{{{ x }}}}{{{{ x.{} }}}}{{% else %}}none{{% endfor %}}\n",
            chance.pick(&ATTRIBUTES)
        ),
    }
}

fn arguments(chance: &mut Chance) -> String {
    let many = chance.below(4);
    let argument = |chance: &mut Chance| {
        let named = chance.one_in(3).then(|| format!("{}=", chance.pick(&NAMES)));
        named.unwrap_or_default() + &value(chance, 2)
    };
    let all: Vec<String> = (0..many).map(|_| argument(chance)).collect();
    format!("({})", all.join(", "))
}

fn value(chance: &mut Chance, depth: usize) -> String {
    if depth == 0 || chance.one_in(2) {
        return chance.pick(&VALUES).to_string();
    }
    let inner = value(chance, depth - 1);
    match chance.below(6) {
        0 => format!("[{inner}, {}]", value(chance, depth - 1)),
        1 => format!("{{\"a\": {inner}}}"),
        2 => format!("{inner}[{}]", value(chance, 0)),
        3 => format!("{inner}.{}", chance.pick(&ATTRIBUTES)),
        4 => format!("({inner} ~ {})", value(chance, 0)),
        _ => format!("({inner} | {})", chance.pick(&ENGINE)),
    }
}

const VALUES: [&str; 44] = [
    "co",
    "co.value",
    "co.profit",
    "co.payout",
    "co.price",
    "co.motto",
    "chip",
    "c1.asp",
    "model",
    "model.inputs",
    "model.figures",
    "model.cases",
    "title",
    "chart",
    "loop",
    "self",
    "study(\"swings\")",
    "study(\"by_ke\")",
    "study(\"lift\")",
    "study(\"back\")",
    "1",
    "-1",
    "0",
    "2.5",
    "1e300",
    "50",
    "none",
    "true",
    "\"\"",
    "\"co.value\"",
    "\"x\"",
    "\"\\u0000\"",
    "\"../x\"",
    "\"2026E\"",
    "\"bull\"",
    "\"swings\"",
    "\"0.0%\"",
    "\"mn CNY\"",
    "[]",
    "{}",
    "[[\"a\", co.value]]",
    "[[\"a\", co.value, co.value]]",
    "undefined_name",
    "range(30)",
];
const NAMES: [&str; 24] = [
    "title",
    "note",
    "first",
    "last",
    "case",
    "x",
    "y",
    "group",
    "log",
    "bins",
    "lines",
    "bands",
    "names",
    "base",
    "width",
    "sorted",
    "unit",
    "attribute",
    "reverse",
    "label",
    "down",
    "across",
    "like",
    "of",
];
const ENGINE: [&str; 41] = [
    "safe",
    "escape",
    "lower",
    "upper",
    "title",
    "length",
    "items",
    "trim",
    "join",
    "split",
    "lines",
    "default",
    "round",
    "abs",
    "int",
    "float",
    "attr",
    "first",
    "last",
    "min",
    "max",
    "sort",
    "list",
    "string",
    "bool",
    "batch",
    "slice",
    "sum",
    "select",
    "reject",
    "map",
    "unique",
    "zip",
    "format",
    "urlencode",
    "tojson",
    "indent",
    "groupby",
    "dictsort",
    "replace",
    "selectattr(\"x\")",
];
const TESTS: [&str; 16] = [
    "defined",
    "none",
    "odd",
    "number",
    "string",
    "sequence",
    "mapping",
    "sameas(1)",
    "eq(1)",
    "lt(co)",
    "in([co])",
    "missing",
    "series",
    "value",
    "filter",
    "divisibleby(0)",
];
const ATTRIBUTES: [&str; 34] = [
    "value",
    "unit",
    "label",
    "path",
    "periods",
    "values",
    "first",
    "last",
    "known",
    "source",
    "because",
    "owner",
    "place",
    "under",
    "at",
    "between",
    "get",
    "inputs",
    "attributes",
    "name",
    "kind",
    "text",
    "case",
    "bars",
    "rows",
    "axes",
    "steps",
    "outputs",
    "drawn",
    "__class__",
    "items",
    "keys",
    "0",
    "study",
];
