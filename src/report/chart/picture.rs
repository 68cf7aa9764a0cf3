//! A chart of a report, kept as a file beside its page.

use crate::chart::{ChartSpec, described, svg};

use super::super::desk::Desk;
use super::super::error::ReportError;
use super::super::picture::Picture;

/// Draws a chart, keeps it for the page, and gives the line that shows it.
pub fn kept(desk: &Desk, name: &str, chart: &ChartSpec) -> Result<String, ReportError> {
    let is_plain = |letter: char| letter.is_ascii_lowercase() || letter.is_ascii_digit() || "_-".contains(letter);
    if name.is_empty() || !name.chars().all(is_plain) {
        return Err(misuse(format!("the name `{name}`"), "a name of a chart has small letters, digits, `_` and `-`"));
    }
    let file = format!("{}{name}.svg", Picture::prefix(&desk.page));
    let svg = svg(chart)? + &Picture::mark(&desk.report);
    let mut notes = desk.notes();
    if notes.pictures.iter().any(|other| other.file == file) {
        return Err(misuse(format!("the name `{name}` twice"), "give each chart of a page its own name"));
    }
    notes.pictures.push(Picture { file: file.clone(), svg });
    Ok(format!("![{}]({})", alternative(chart), target(&file)))
}

/// The title, and what kind of picture it is: what is said where the picture is not seen.
fn alternative(chart: &ChartSpec) -> String {
    let described = described(chart);
    let kind = described.split_once(". ").map_or(described.as_str(), |(kind, _)| kind);
    let mut out = String::new();
    let (first, rest) = kind.split_at(kind.chars().next().map_or(0, char::len_utf8));
    for letter in format!("{}: {}{rest}", chart.title, first.to_lowercase()).chars() {
        match letter {
            '[' | ']' | '\\' | '|' | '*' | '_' | '<' | '`' => out.extend(['\\', letter]),
            control if control.is_control() => out.push(' '),
            other => out.push(other),
        }
    }
    out
}

/// A file name as the target of a link; in angle brackets where blanks or parentheses would end it.
fn target(file: &str) -> String {
    match file.contains([' ', '(', ')']) {
        true => format!("<{file}>"),
        false => file.to_string(),
    }
}

fn misuse(given: String, help: &str) -> ReportError {
    ReportError::Misuse { what: "a chart".to_string(), given, help: help.to_string() }
}
