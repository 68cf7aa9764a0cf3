//! A review for people at a terminal.

use crate::diagnostic::render::counted;
use crate::review::view::{ChangeView, View};
use crate::review::write::{chosen, effect_rows, rows, still};

use super::super::super::sheet::Sheet;

/// How much of a text stands in a cell.
const MOST: usize = 48;

/// So many rows of a list are shown.
const ROWS: usize = 60;

/// The answer, what moved, why, what to look at, and every change.
pub fn human(view: &View) -> String {
    let mut text = format!("{}\n", view.summary);
    let material = effect_rows(view);
    if !material.is_empty() {
        let cells = material.iter().take(ROWS).map(|row| row.to_vec()).collect();
        text += &format!("\n{}", sheet(&["", "", "before", "after", "move", ""], 2, 0, cells));
        text += &more(material.len());
    }
    let still = still(view.unchanged, view.effects.iter().filter(|effect| !effect.material).count());
    if !still.is_empty() && !view.changes.is_empty() {
        text += &format!("{still}\n");
    }
    for why in chosen(view).into_iter().take(5) {
        text += &format!("\nwhy {} moved from {} to {}\n", why.effect.replace('@', " in "), why.from, why.to);
        if let Some(note) = &why.note {
            text += &format!("  {note}\n");
            continue;
        }
        let order = |row: [String; 6]| {
            let [change, from, to, effect, who, because] = row;
            vec![cut(&change), cut(&from), cut(&to), effect, who, cut(&because)]
        };
        let mut cells: Vec<Vec<String>> = rows(view, why).into_iter().map(order).collect();
        cells.push(vec![
            "all".into(),
            why.from.clone(),
            why.to.clone(),
            why.difference.clone(),
            String::new(),
            String::new(),
        ]);
        text += &sheet(&["", "from", "to", "effect", "who", "because"], 3, 2, cells);
        for pair in &why.together {
            let [first, second] = &pair.labels;
            text += &format!("of this, {} is what {first} and {second} do only together\n", pair.effect.display);
        }
        if !why.exact {
            text += "the parts are estimated from drawn orders of the changes\n";
        }
    }
    text + &answers(view) + &flags(view) + &changes(view) + &formulas(view)
}

fn answers(view: &View) -> String {
    let mut text = String::new();
    for answer in &view.studies {
        text += &format!("\n{}\n", answer.heading());
        let cells: Vec<Vec<String>> = answer.cells().iter().take(ROWS).map(|row| row.to_vec()).collect();
        if !cells.is_empty() {
            text += &sheet(&["", "", "", "before", "after", "move", ""], 3, 0, cells);
        }
        text += &more(answer.rows.len());
        text += &answer.notes().iter().map(|note| format!("{note}\n")).collect::<String>();
    }
    text
}

/// Formulas and functions that are too long for a cell, whole.
fn formulas(view: &View) -> String {
    let is_long =
        |side: &Option<String>| side.as_ref().is_some_and(|side| side.contains('\n') || side.chars().count() > MOST);
    let long =
        view.changes.iter().filter(|change| change.kind == "formula" && (is_long(&change.old) || is_long(&change.new)));
    let mut text = String::new();
    for change in long.take(FORMULAS) {
        text += &format!("\n{}\n", change.title());
        for (sign, side) in [("-", &change.old), ("+", &change.new)] {
            let side = side.as_deref().unwrap_or("");
            text += &side.lines().map(|line| format!("  {sign} {line}\n")).collect::<String>();
        }
    }
    text
}

/// So many formulas are shown whole.
const FORMULAS: usize = 20;

fn flags(view: &View) -> String {
    if view.flags.is_empty() {
        return String::new();
    }
    let mut text = format!("\n{} to look at\n", counted(view.flags.len(), "thing"));
    for flag in view.flags.iter().take(ROWS) {
        text += &format!("  {}: {}\n", flag.code, flag.message);
    }
    text + &more(view.flags.len())
}

fn changes(view: &View) -> String {
    if view.changes.is_empty() {
        return String::new();
    }
    let row = |change: &ChangeView| {
        let text = |text: &Option<String>| text.as_deref().map(cut).unwrap_or_default();
        let place = change.new_place.as_ref().or(change.old_place.as_ref()).cloned().unwrap_or_default();
        vec![change.kind.to_string(), cut(&change.title()), text(&change.old), text(&change.new), place]
    };
    let (listed, counts) = view.listed();
    let cells = listed.iter().take(ROWS).map(|change| row(change)).collect();
    let table = sheet(&["", "", "from", "to", "where"], 4, 1, cells);
    let counts: String = counts.iter().map(|count| format!("{count}\n")).collect();
    format!("\n{}\n{table}{}{counts}", counted(view.changes.len(), "change"), more(listed.len()))
}

fn sheet(head: &[&str], labels: usize, trailing: usize, rows: Vec<Vec<String>>) -> String {
    let head = head.iter().map(|name| name.to_string()).collect();
    Sheet { head, labels, trailing, rows }.text(None)
}

fn more(all: usize) -> String {
    match all.saturating_sub(ROWS) {
        0 => String::new(),
        more => format!("and {more} more\n"),
    }
}

fn cut(text: &str) -> String {
    crate::text::shortened(&text.split_whitespace().collect::<Vec<_>>().join(" "), MOST)
}
