//! Parts of an answer as text of fixed width.

use std::io::IsTerminal;

use crate::export::study::{Part, Table};

use super::super::super::sheet::Sheet;
use super::super::super::terminal::width;

/// Parts one below the other; on a terminal, tables are split where they are too wide for it.
pub fn text(parts: &[Part], to_screen: bool) -> String {
    let width = (to_screen && std::io::stdout().is_terminal()).then(width);
    let mut out = String::new();
    for (at, part) in parts.iter().enumerate() {
        let apart = at > 0 && !(is_line(part) && is_line(&parts[at - 1]));
        if apart {
            out.push('\n');
        }
        out += &one(part, width);
    }
    out
}

fn is_line(part: &Part) -> bool {
    matches!(part, Part::Line(_) | Part::Title(_))
}

fn one(part: &Part, width: Option<usize>) -> String {
    match part {
        Part::Title(text) | Part::Line(text) => format!("{text}\n"),
        Part::Drawing(drawing) => format!("{}\n", drawing.trim_end()),
        Part::Table(table) => sheet(table, width),
    }
}

fn sheet(table: &Table, width: Option<usize>) -> String {
    let caption = table.caption.as_ref().map(|caption| format!("{caption}\n")).unwrap_or_default();
    let sheet = Sheet { head: table.head.clone(), labels: table.labels, trailing: 0, rows: table.rows.clone() };
    caption + &sheet.text(width)
}
