//! Rows of Markdown tables: cells with their bars escaped; how wide they are is left to the tidying at the end.

use minijinja::value::Value;
use minijinja::{Environment, Error};

use super::printable::printable;

/// Adds `header(cells)` and `row(cells)`.
pub fn add(engine: &mut Environment<'static>) {
    engine.add_function("header", |cells: Vec<Value>| header(&cells));
    engine.add_function("row", |cells: Vec<Value>| row(&cells));
}

fn header(cells: &[Value]) -> Result<String, Error> {
    let rule: String = cells.iter().map(|_| "---|").collect();
    Ok(format!("{}\n|{rule}", row(cells)?))
}

fn row(cells: &[Value]) -> Result<String, Error> {
    let mut line = String::from("|");
    for cell in cells {
        line.push_str(&format!(" {} |", celled(&printable(cell)?)));
    }
    Ok(line)
}

/// A text that stays in its cell: bars are escaped, unless they are already, and line ends are blanks.
fn celled(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut before = ' ';
    for letter in text.trim().chars() {
        match letter {
            '|' if before != '\\' => out.push_str("\\|"),
            '\n' => out.push(' '),
            other => out.push(other),
        }
        before = letter;
    }
    out
}
