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
    text + &flags(view) + &changes(view)
}

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
    if text.chars().count() <= MOST {
        return text.to_string();
    }
    text.chars().take(MOST - 1).chain(['…']).collect()
}
