//! Bombs: templates, files and limits that would take all memory end in a clear message, at once, and leave nothing behind.

use std::fmt::Write;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use tempfile::TempDir;

const BOOK: &str = "scn 1\nmodel m \"M\" { currency CNY, as_of 2026-03-31, owner a }\n\
                    calendar fy = annual 2024A..2030E ending Dec\nassume x = 1 by a because \"b\"\n\
                    report r \"T\" template \"bomb.md.j2\" to \"bomb.md\" {\n}\n";

/// A report whose template is this; what the command says, and what stands in the book's folder after it.
fn report(template: &str) -> (String, Option<i32>, Vec<String>) {
    let folder = TempDir::new().unwrap();
    fs::create_dir(folder.path().join("templates")).unwrap();
    fs::write(folder.path().join("templates/bomb.md.j2"), template).unwrap();
    fs::write(folder.path().join("book.scn"), BOOK).unwrap();
    let out = scn(&["report", "book.scn"], folder.path());
    (said(&out), out.status.code(), left(folder.path()))
}

/// The command, where the machine gives it no more than two gigabytes.
fn scn(arguments: &[&str], folder: &Path) -> Output {
    let command = env!("CARGO_BIN_EXE_scn");
    let script = "ulimit -v 2097152; exec \"$0\" \"$@\"";
    Command::new("sh").arg("-c").arg(script).arg(command).args(arguments).current_dir(folder).output().unwrap()
}

/// What stands on standard error, as one line however it is broken.
fn said(out: &Output) -> String {
    let text = String::from_utf8_lossy(&out.stderr);
    text.split_whitespace().filter(|word| *word != "│").collect::<Vec<_>>().join(" ")
}

fn left(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

fn doubled(first: &str, grow: &str, end: &str) -> String {
    format!("{{% set a = {first} %}}\n{}{end}", format!("{{% set a = {grow} %}}\n").repeat(60))
}

#[test]
fn lists_that_grow_end_at_their_line() {
    let bombs = [
        ("a sum", doubled("[1, 2]", "a + a", "{{ a | length }}")),
        ("a sum in round brackets", doubled("[1, 2]", "(a) + (a)", "{{ a | length }}")),
        ("a multiple", "{{ ([1, 2] * 49999999) | list | length }}".to_string()),
        ("a multiple on the left", "{{ (49999999 * [1, 2]) | list | length }}".to_string()),
        ("a list of itself", doubled("[1, 2]", "[a, a]", "{{ a ~ '' }}")),
        ("a pair of itself", doubled("[1, 2]", "(a, a)", "{{ [a] | tojson }}")),
        ("a map of itself", doubled("[1, 2]", "{'p': a, 'q': a}", "{{ a | tojson }}")),
        ("a filter that joins", doubled("[1, 2]", "a | chain(a)", "{{ a | list | length }}")),
        ("lists deep in lists", format!("{{% set ns = namespace(a=[]) %}}{}", "{% set ns.a = [ns.a] %}".repeat(2_000))),
        (
            "a name space",
            "{% set ns = namespace(a=[1]) %}{% for i in range(60) %}{% set ns.a = ns.a + ns.a %}{% endfor %}"
                .to_string(),
        ),
        ("a macro", "{% macro m(a) %}{{ m(a + a) }}{% endmacro %}{{ m([1]) }}".to_string()),
        ("a block", "{% with a = [1] * 900000 %}{% for x in a + a %}{{ x }}{% endfor %}{% endwith %}".to_string()),
        ("large texts in a list", "{% set s = 'x' * 9000000 %}{{ ([s] * 1000) | join }}".to_string()),
    ];
    for (what, bomb) in bombs {
        let (said, code, left) = report(&bomb);
        assert!(said.contains("a list, with the lists in it,") || said.contains("deep in lists"), "{what}: {said}");
        assert!(said.contains("templates/bomb.md.j2:"), "{what}: {said}");
        assert_eq!((code, left), (Some(1), vec!["book.scn".to_string(), "templates".to_string()]), "{what}");
    }
}

#[test]
fn pages_and_texts_that_grow_end() {
    let bombs = [
        ("{% set a = 'x' * 9000000 %}{% for i in range(100) %}{{ a }}{% endfor %}", "the page is longer than 64 MB"),
        ("{% for i in range(99999) %}{% for j in range(99999) %}{% endfor %}{% endfor %}", "works too long"),
        ("{% include 'bomb.md.j2' %}", "works too long"),
        ("{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}", "works too long"),
        (
            "{% set ns = namespace(a='xxxxxxxx') %}{% for i in range(60) %}{% set ns.a = ns.a ~ ns.a %}{% endfor %}",
            "works too long",
        ),
        ("{{ [1] | batch(99999999, 'x') | list | length }}", "works too long"),
        ("{{ 'x\nx' | indent(999999999) | length }}", ""),
    ];
    for (bomb, expected) in bombs {
        let (said, code, left) = report(bomb);
        assert!(said.contains(expected) && said.contains("bomb.md.j2"), "{bomb}: {said}");
        assert_eq!((code, left.len()), (Some(1), 2), "{bomb}");
    }
    let long = format!("{{{{ 1{} }}}}", " + 1".repeat(100_000));
    assert!(report(&long).0.contains("this tag is longer than 64 KB"));
    assert!(report(&"x".repeat(5 << 20)).0.contains("the template is longer than 4 MB"));
}

#[test]
fn what_is_counted_stays_what_it_is() {
    let template = "{% for a, b in [('x', 1), ('y', 2)] %}{{ a }}{{ b + 1 }}{{ (b + 1) * 2 }} {% endfor %}\n\
                    {% set c, d = 1, (2) %}{{ c + d }} {{ {'k': [c] + [d]}['k'] | join('+') }} {{ 'a' * 3 ~ 'b' }}\n\
                    {% for e in [1, 2, 3][1:] + [4] %}{{ e }}{% endfor %}\n";
    let (said, code, left) = report(template);
    assert_eq!((code, left.len()), (Some(0), 3), "{said}");
    let (said, ..) = report("{{ 'ab' ~ ([1] + [2]) | length }} {{ ['x'] + nothing }}\n");
    assert!(said.contains("`+` is written beside") && said.contains("bomb.md.j2:1:38]"), "{said}");
}

fn book_of(file: &str, format: &str, rows: &str) -> (TempDir, Output) {
    let folder = TempDir::new().unwrap();
    let book = format!(
        "scn 1\nmodel m \"M\" {{ currency CNY, as_of 2026-03-31, owner a }}\nsource s \"S\" = document \"d\" dated 2026-01-01\n\
         kind k {{\n  in a: CNY\n}}\ndata d = {format} \"{file}\" for k by \"id\" from s {{\n  given a: CNY = \"a\"\n}}\n"
    );
    fs::write(folder.path().join("book.scn"), book).unwrap();
    fs::write(folder.path().join(file), rows).unwrap();
    let out = scn(&["check", "book.scn"], folder.path());
    (folder, out)
}

#[test]
fn files_of_too_many_rows_are_refused_before_they_are_read() {
    let rows = (0..1_100_000).fold("id,a\n".to_string(), |mut text, at| {
        let _ = writeln!(text, "e{at},{at}");
        text
    });
    let (_, out) = book_of("d.csv", "csv", &rows);
    assert!(said(&out).contains("values, and 1000000 are the most"), "{}", said(&out));
    assert_eq!(out.status.code(), Some(1));
    let (_, out) = book_of("d.csv", "csv", &format!("id,a\n{}", ",\n".repeat(20 << 20)));
    assert!(said(&out).contains("and 8000000 cells are read at most"), "{}", said(&out));
    let (_, out) = book_of("d.yaml", "yaml", &"- {id: e, a: 1}\n".repeat(600_000));
    assert!(said(&out).contains("more than the 8 MB that are read of a yaml file"), "{}", said(&out));
}

#[test]
fn yaml_that_names_itself_is_refused() {
    let mut text = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n".to_string();
    for at in 1..12 {
        let names = format!("*a{}, ", at - 1).repeat(9);
        let _ = writeln!(text, "a{at}: &a{at} [{names}]");
    }
    let (_, out) = book_of("d.yaml", "yaml", &text);
    assert_eq!(out.status.code(), Some(1), "{}", said(&out));
    assert!(said(&out).contains("d.yaml"), "{}", said(&out));
}

#[test]
fn a_run_beyond_its_memory_ends_in_words() {
    let folder = TempDir::new().unwrap();
    let text = (0..150_000).fold(BOOK.replace("report r", "# report r"), |mut text, at| {
        let _ = writeln!(text, "assume x{at} = {at}.5 by a because \"b\"");
        text
    });
    fs::write(folder.path().join("book.scn"), text.replace("to \"bomb.md\" {\n}", "")).unwrap();
    let out = scn(&["check", "book.scn", "--memory", "64MB"], folder.path());
    assert!(said(&out).contains("more memory than the 64 MB that it may take"), "{}", said(&out));
    assert_eq!((out.status.code(), left(folder.path()).len()), (Some(2), 1));
    let script = "ulimit -v 160000; exec \"$0\" check book.scn";
    let out =
        Command::new("sh").args(["-c", script, env!("CARGO_BIN_EXE_scn")]).current_dir(folder.path()).output().unwrap();
    assert!(said(&out).contains("memory"), "{}", said(&out));
    assert_eq!(out.status.code(), Some(2), "{}", said(&out));
}
