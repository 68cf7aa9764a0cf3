//! Answers of studies in documents: a table for each study that was asked for.

use super::super::view::{AnswerView, View};
use super::html::text;
use super::markdown::escaped;

/// Every answer as Markdown, with at most so many rows each and so many letters in a cell.
pub fn markdown(view: &View, rows: usize, letters: usize) -> String {
    let one = |answer: &AnswerView| {
        let mut text = format!("\n**{}**\n", escaped(&answer.heading(), letters));
        if !answer.rows.is_empty() {
            text += "\n| of | | case | before | after | move | |\n| --- | --- | --- | ---: | ---: | ---: | ---: |\n";
        }
        for cells in answer.cells().iter().take(rows) {
            text += &format!("| {} |\n", cells.clone().map(|cell| escaped(&cell, letters)).join(" | "));
        }
        if answer.rows.len() > rows {
            text += &format!("\nand {} more, which are not shown here.\n", answer.rows.len() - rows);
        }
        let notes: Vec<String> = answer.notes().iter().map(|note| escaped(note, letters)).collect();
        if notes.is_empty() { text } else { format!("{text}\n{}.\n", notes.join(", ")) }
    };
    view.studies.iter().map(one).collect()
}

/// Every answer as a part of a page.
pub fn html(view: &View) -> String {
    let one = |answer: &AnswerView| {
        let mut rows = String::new();
        for cells in answer.cells() {
            let (names, numbers) = cells.split_at(3);
            let names: String = names.iter().map(|cell| format!("<td>{}</td>", text(cell))).collect();
            let numbers: String = numbers.iter().map(|cell| format!("<td class=\"n\">{}</td>", text(cell))).collect();
            rows += &format!("<tr>{names}{numbers}</tr>\n");
        }
        let head = "<tr><th>of</th><th></th><th>case</th><th class=\"n\">before</th><th class=\"n\">after</th><th class=\"n\">move</th><th></th></tr>\n";
        let table = if rows.is_empty() { String::new() } else { format!("<table>\n{head}{rows}</table>\n") };
        let notes = text(&answer.notes().join(", "));
        format!("<h2>{}</h2>\n{table}<p>{notes}</p>\n", text(&answer.heading()))
    };
    view.studies.iter().map(one).collect()
}
