//! `scn stale`: the sources that are past their age, and who relies on them.

use serde_json::json;

use crate::diagnostic::render::counted;
use crate::export::{Age, ages, csv};

use super::super::Outcome;
use super::super::args::{StaleArgs, ValueFormat};
use super::super::book::Book;
use super::super::config::Config;
use super::super::failure::Failure;
use super::super::sheet::Sheet;
use super::super::terminal::Terminal;

/// Prints the sources that are stale, or will be within some days; a stale one is a finding.
pub fn run(args: &StaleArgs, terminal: &Terminal, config: &Config) -> Result<Outcome, Failure> {
    let book = Book::open(&args.book, &args.strictness, config)?;
    if !book.checked.is_sound() {
        book.say(&book.judged([]), terminal);
        return Ok(Outcome::Findings);
    }
    if book.checked.model.as_of.is_none() {
        return Err(Failure::asked("the book has no date", "say `as_of 2026-03-31` in its model, or `--as-of DATE`"));
    }
    let all = ages(&book.checked.model);
    let shown: Vec<&Age> = all.iter().filter(|age| args.all || age.is_stale_within(args.within)).collect();
    let stale = all.iter().filter(|age| age.is_stale_within(0)).count();
    let text = match args.format {
        ValueFormat::Human => human(&shown),
        ValueFormat::Json => format!("{:#}\n", json!({ "schema_version": 1, "sources": shown })),
        ValueFormat::Csv => csv(records(&shown), args.csv.formulas()),
    };
    terminal.either(args.format == ValueFormat::Human, args.output.as_deref(), &text)?;
    let undated = all.iter().filter(|age| age.cited > 0 && age.left_days.is_none()).count();
    terminal.summary(&summary(all.len(), stale, undated));
    Ok(Outcome::findings(stale > 0))
}

const HEAD: [&str; 7] = ["source", "dated", "age", "stale after", "left", "cited", "owners"];

fn human(ages: &[&Age]) -> String {
    if ages.is_empty() {
        return String::new();
    }
    let head = HEAD.map(str::to_string).to_vec();
    Sheet { head, labels: 1, trailing: 1, rows: ages.iter().map(|age| row(age, " d")).collect() }.text(None)
}

fn records(ages: &[&Age]) -> Vec<Vec<String>> {
    let head = HEAD.map(|name| name.replace(' ', "_")).to_vec();
    std::iter::once(head).chain(ages.iter().map(|age| row(age, ""))).collect()
}

fn row(age: &Age, unit: &str) -> Vec<String> {
    let days = |days: Option<i64>| days.map(|days| format!("{days}{unit}")).unwrap_or_default();
    vec![
        age.source.clone(),
        age.dated.clone().unwrap_or_default(),
        days(age.days),
        days(age.stale_after_days.map(i64::from)),
        days(age.left_days),
        age.cited.to_string(),
        age.owners.join(" "),
    ]
}

fn summary(all: usize, stale: usize, undated: usize) -> String {
    let silent = if undated > 0 { format!(", {undated} cited without a date or an age") } else { String::new() };
    format!("{stale} stale of {}{silent}", counted(all, "source"))
}
