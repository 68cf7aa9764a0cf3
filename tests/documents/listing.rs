//! Lists that the pages take from the code: units, reserved words, the functions of a library module.

use scn::builtin::TABLE;
use scn::resolve::MODULES;
use scn::syntax::RESERVED;

use crate::Outcome;
use crate::page::Section;

/// Holds the listings of a section against the code.
pub fn hold(section: &Section, outcome: &mut Outcome) {
    for block in &section.blocks {
        let actual = match (block.language(), block.info.split_whitespace().nth(1)) {
            ("units", _) => units(),
            ("keywords", _) => wrapped(&RESERVED),
            ("builtins", _) => builtins(),
            ("library", Some(module)) => functions(module),
            ("filters", _) => forms(&scn::report::FILTERS),
            ("functions", _) => forms(&scn::report::FUNCTIONS),
            ("charts", _) => forms(&scn::report::CHARTS),
            _ => continue,
        };
        outcome.compare(block.line, &block.text, &actual);
    }
}

/// The paragraphs of `std.units`: what each is about, and its names.
fn units() -> String {
    let mut out = String::new();
    for paragraph in module("std.units").split("\n\n") {
        let lines = paragraph.lines();
        let names: Vec<&str> = lines.filter_map(|line| line.strip_prefix("unit ")?.split(' ').next()).collect();
        if let Some(about) = paragraph.lines().find_map(|line| line.strip_prefix("# ")).filter(|_| !names.is_empty()) {
            out += &format!("{about}\n{}\n", indented(&wrapped(&names)));
        }
    }
    out
}

/// The functions of a module as they are declared, each under its comment.
fn functions(name: &str) -> String {
    let mut out = String::new();
    let mut comment = String::new();
    for line in module(name).lines() {
        if line.starts_with("# ") {
            comment += &format!("{line}\n");
        } else if line.starts_with("fn ") {
            out += &format!("{comment}{}\n", head(line));
            comment.clear();
        } else {
            comment.clear();
        }
    }
    out
}

/// Every built-in: how it is called, what it gives, an example.
fn builtins() -> String {
    let entry = |entry: &scn::builtin::Entry| {
        let (call, value) = entry.example;
        format!("{}\n    {}\n    {call}    # = {value}\n", entry.signature.replace("  ", "\n"), entry.sentence)
    };
    TABLE.iter().map(entry).collect::<Vec<_>>().join("\n")
}

/// What templates may write: the form, and what it does.
fn forms(table: &[(&str, &str)]) -> String {
    table.iter().map(|(form, about)| format!("{form}\n    {about}\n")).collect()
}

fn head(line: &str) -> &str {
    let end = line.find(" = ").or_else(|| line.find(" {")).unwrap_or(line.len());
    &line[..end]
}

fn module(name: &str) -> &'static str {
    let found = MODULES.iter().find(|(module, _)| *module == name);
    found.unwrap_or_else(|| panic!("the library has no module {name}")).1
}

fn wrapped(words: &[&str]) -> String {
    let mut lines = vec![String::new()];
    for word in words {
        if lines.last().is_some_and(|line| line.len() + word.len() > 96) {
            lines.push(String::new());
        }
        if let Some(line) = lines.last_mut() {
            *line += if line.is_empty() { "" } else { " " };
            *line += word;
        }
    }
    lines.join("\n")
}

fn indented(text: &str) -> String {
    text.lines().map(|line| format!("  {line}")).collect::<Vec<_>>().join("\n")
}
