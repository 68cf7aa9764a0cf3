//! `scn eval`: values as tables, JSON or CSV.

use std::collections::BTreeMap;
use std::io::IsTerminal;

use crate::diagnostic::Problem;
use crate::eval::Cell;
use crate::export::{Selected, aligned, csv, display, json, records};

use super::super::Outcome;
use super::super::args::{EvalArgs, ValueFormat};
use super::super::book::{Book, split};
use super::super::config::Config;
use super::super::failure::Failure;
use super::super::sheet::Sheet;
use super::super::terminal::{Terminal, width};
use crate::select::{View, cases, periods};

/// Prints the outputs of a book, or what is named.
pub fn run(args: &EvalArgs, terminal: &Terminal, config: &Config) -> Result<Outcome, Failure> {
    let (path, words) = split(&args.words);
    let mut book = Book::open(&path, &args.strictness, config)?;
    if !book.checked.is_sound() {
        book.say(&book.judged([]), terminal);
        return Ok(Outcome::Findings);
    }
    let Some(settings) = book.settings(&args.with, &args.set, terminal)? else { return Ok(Outcome::Findings) };
    let evaluated = book.checked.evaluate(&settings);
    let found = book.say(&book.judged(worth_saying(&evaluated.results.problems, args)), terminal);
    let view = View {
        checked: &book.checked,
        results: &evaluated.results,
        cases: cases(&book.checked.model, &args.case)?,
        periods: args.periods.as_deref().map(periods).transpose()?,
    };
    let selected = match words {
        [] => view.outputs(),
        _ => words.iter().map(|word| view.word(word)).collect::<Result<Vec<_>, _>>()?.concat(),
    };
    let text = match args.format {
        ValueFormat::Human => tables(&selected, args.output.is_none()),
        ValueFormat::Json => json(&selected),
        ValueFormat::Csv => csv(records(&selected), args.csv.formulas()),
    };
    terminal.either(args.format == ValueFormat::Human, args.output.as_deref(), &text)?;
    Ok(Outcome::findings(found))
}

/// A line of a case that `--set` makes idle is not worth a word.
fn worth_saying<'a>(problems: &'a [Problem], args: &EvalArgs) -> impl Iterator<Item = &'a Problem> {
    let sets = !args.set.is_empty() || !args.with.is_empty();
    problems.iter().filter(move |problem| !(sets && problem.code == "cases::no_effect"))
}

/// Values without time first, then the series of each timeline, then why what is missing is missing.
fn tables(selected: &[Selected], to_screen: bool) -> String {
    let width = (to_screen && std::io::stdout().is_terminal()).then(width);
    let (gridded, plain): (Vec<&Selected>, Vec<&Selected>) =
        selected.iter().filter(|one| one.time.is_none()).partition(|one| one.of_kind.is_some() && one.cases.len() == 1);
    let mut parts = Vec::new();
    if !gridded.is_empty() {
        parts.push(grid(&gridded).text(width));
    }
    if !plain.is_empty() {
        parts.push(values(&plain).text(width));
    }
    let mut frequencies: Vec<_> = selected.iter().filter_map(|one| one.time).collect();
    frequencies.sort();
    frequencies.dedup();
    for frequency in frequencies.into_iter().rev() {
        let some: Vec<&Selected> = selected.iter().filter(|one| one.time == Some(frequency)).collect();
        parts.push(series(&some).text(width));
    }
    let notes = notes(selected);
    if !notes.is_empty() {
        parts.push(notes);
    }
    parts.join("\n")
}

/// One row for each path, one column for each case.
fn values(selected: &[&Selected]) -> Sheet {
    let cases: Vec<String> = selected[0].cases.iter().map(|(case, _)| case.to_string()).collect();
    let labelled = selected.iter().any(|one| one.label.is_some());
    let mut head = vec![String::new()];
    head.extend(labelled.then(String::new));
    let labels = head.len();
    head.extend(cases);
    head.push(String::new());
    let row = |one: &&Selected| {
        let cells: Vec<Cell> = one.cases.iter().filter_map(|(_, cells)| cells.first().cloned()).collect();
        let mut row = vec![one.path.to_string()];
        row.extend(labelled.then(|| one.label.as_deref().unwrap_or("").to_string()));
        row.extend(aligned(&cells, &one.unit));
        row.push(one.unit.symbol.to_string());
        row
    };
    Sheet { rows: selected.iter().map(row).collect(), labels, trailing: 1, head }
}

/// One row for each entity, one column for each attribute.
fn grid(selected: &[&Selected]) -> Sheet {
    let mut rows: Vec<Vec<String>> = Vec::new();
    let mut row_of: BTreeMap<&str, usize> = BTreeMap::new();
    let mut columns: Vec<(&str, Vec<&Selected>)> = Vec::new();
    for one in selected {
        let Some((entity, name)) = &one.of_kind else { continue };
        if !row_of.contains_key(&**entity) {
            row_of.insert(entity, rows.len());
            rows.push(vec![entity.to_string()]);
        }
        match columns.iter_mut().find(|(other, _)| *other == &**name) {
            Some((_, column)) => column.push(one),
            None => columns.push((name, vec![one])),
        }
    }
    let mut head = vec![String::new()];
    for (name, column) in columns {
        head.push(format!("{name}\n{}", column[0].unit.symbol));
        let cells: Vec<Cell> = column.iter().filter_map(|one| one.cases[0].1.first().cloned()).collect();
        let texts = aligned(&cells, &column[0].unit);
        rows.iter_mut().for_each(|row| row.push(String::new()));
        for (one, text) in column.iter().zip(texts) {
            let row = one.of_kind.as_ref().and_then(|(of, _)| row_of.get(&**of)).and_then(|at| rows.get_mut(*at));
            if let Some(cell) = row.and_then(|row| row.last_mut()) {
                *cell = text;
            }
        }
    }
    Sheet { head, labels: 1, trailing: 0, rows }
}

/// One row for each path and case, one column for each period.
fn series(selected: &[&Selected]) -> Sheet {
    let several = selected.iter().any(|one| one.cases.len() > 1);
    let mut head = vec![String::new(), String::new()];
    head.extend(several.then(String::new));
    let labels = head.len();
    head.extend(selected[0].periods.iter().cloned());
    let mut rows = Vec::new();
    for one in selected {
        for (at, (case, cells)) in one.cases.iter().enumerate() {
            let first = at == 0;
            let mut row = vec![if first { one.path.to_string() } else { String::new() }];
            row.extend(several.then(|| case.to_string()));
            row.push(if first { one.unit.symbol.to_string() } else { String::new() });
            row.extend(aligned(cells, &one.unit));
            rows.push(row);
        }
    }
    Sheet { head, labels, trailing: 0, rows }
}

/// Why what is missing is missing: each reason with the paths it is about.
fn notes(selected: &[Selected]) -> String {
    let mut notes: Vec<(String, Vec<&str>)> = Vec::new();
    for one in selected {
        for cell in one.cases.iter().flat_map(|(_, cells)| cells) {
            let Cell::Missing { reason: Some(reason), .. } = cell else { continue };
            let note = format!("{}, {reason}", display(cell, &one.unit));
            match notes.iter_mut().find(|(other, _)| *other == note) {
                Some((_, paths)) if paths.contains(&&*one.path) => {}
                Some((_, paths)) => paths.push(&one.path),
                None => notes.push((note, vec![&one.path])),
            }
        }
    }
    notes.iter().map(|(note, paths)| format!("{note}: {}\n", paths.join(", "))).collect()
}
