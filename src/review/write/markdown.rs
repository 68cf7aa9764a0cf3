//! A review as the comment of a pull request: the answer first, then what moved, why, and every change.

use crate::diagnostic::render::counted;
use crate::text::{markdown, shortened};

use super::super::view::{ChangeView, EffectView, View, WhyView, percent};
use super::mermaid::mermaid;

/// Forges refuse comments that are longer than this.
const LONGEST: usize = 65_000;

/// How much of each part is shown.
#[derive(Clone, Copy)]
struct Room {
    effects: usize,
    whys: usize,
    shares: usize,
    changes: usize,
    flags: usize,
    text: usize,
}

/// The review as Markdown; `reproduce` is the command that makes it.
pub fn markdown(view: &View, reproduce: &str) -> String {
    let mut room = Room { effects: 40, whys: 5, shares: 24, changes: 300, flags: 40, text: 240 };
    loop {
        let text = written(view, reproduce, room);
        if text.len() <= LONGEST || room.changes == 0 {
            return text;
        }
        let half = |size: usize| size / 2;
        room = Room {
            effects: half(room.effects).max(5),
            whys: half(room.whys).max(1),
            shares: half(room.shares).max(6),
            changes: half(room.changes),
            flags: half(room.flags).max(5),
            text: half(room.text).max(60),
        };
    }
}

fn written(view: &View, reproduce: &str, room: Room) -> String {
    let mut text = format!("**{}**\n", escaped(&view.summary, 1000));
    text += &flags(view, room);
    text += &effects(view, room);
    let chosen = chosen(view);
    for why in chosen.iter().take(room.whys) {
        text += &self::why(view, why, room);
    }
    text += &super::answer::markdown(view, room.effects, room.text);
    text += &mermaid(view, &chosen);
    text += &changes(view, room);
    text += &format!("\nMade from `{}` and `{}` with\n\n```console\n$ {reproduce}\n```\n", view.baseline, view.current);
    text
}

fn flags(view: &View, room: Room) -> String {
    if view.flags.is_empty() {
        return String::new();
    }
    let mut text = format!("\n**{} to look at**\n\n", counted(view.flags.len(), "thing"));
    for flag in view.flags.iter().take(room.flags) {
        let place = flag.place.as_ref().map(|place| format!(" ({place})")).unwrap_or_default();
        text += &format!("- `{}` {}{place}\n", flag.code, escaped(&flag.message, room.text));
    }
    text + &rest(view.flags.len(), room.flags)
}

/// The rows that moved by more than what is worth a line.
fn effects(view: &View, room: Room) -> String {
    let small = view.effects.iter().filter(|effect| !effect.material).count();
    let material = effect_rows(view);
    let mut text = String::new();
    if !material.is_empty() {
        text += "\n| output | case | before | after | move | |\n| --- | --- | ---: | ---: | ---: | ---: |\n";
    }
    for cells in material.iter().take(room.effects) {
        text += &format!("| {} |\n", cells.clone().map(|cell| escaped(&cell, room.text)).join(" | "));
    }
    text += &rest(material.len(), room.effects);
    match still(view.unchanged, small) {
        said if said.is_empty() => text,
        said => format!("{text}\n{said}.\n"),
    }
}

/// How many values did not move, or by too little for a line; nothing if there are none.
pub fn still(unchanged: usize, small: usize) -> String {
    let unchanged = (unchanged > 0).then(|| format!("{} did not change", counted(unchanged, "value")));
    let small = (small > 0).then(|| format!("{} moved by less than is worth a line", counted(small, "value")));
    unchanged.into_iter().chain(small).collect::<Vec<_>>().join(", ")
}

/// A row for each output that moved by more than what is worth a line; cases that moved alike share one.
///
/// Output, case, before, after, move, share.
pub fn effect_rows(view: &View) -> Vec<[String; 6]> {
    let mut rows: Vec<[String; 6]> = Vec::new();
    for effect in view.effects.iter().filter(|effect| effect.material) {
        let cells = effect_cells(effect);
        let alike = |row: &&mut [String; 6]| row[0] == cells[0] && row[2..] == cells[2..];
        match rows.iter_mut().rev().find(alike) {
            Some(row) => row[1] += &format!(", {}", effect.case),
            None => rows.push(cells),
        }
    }
    rows
}

fn effect_cells(effect: &EffectView) -> [String; 6] {
    let display = |amount: &Option<super::super::view::Amount>| {
        amount.as_ref().map_or(String::new(), |amount| amount.display.clone())
    };
    let period = effect.period.as_ref().map(|period| format!("[{period}]")).unwrap_or_default();
    let was = effect.was.as_ref().map(|was| format!(" (was {was})")).unwrap_or_default();
    let name = effect.label.as_ref().map(|label| format!("{label}, ")).unwrap_or_default();
    [
        format!("{name}{}{period}{was}", effect.path),
        effect.case.clone(),
        display(&effect.old),
        display(&effect.new),
        display(&effect.difference),
        effect.relative.map(percent).unwrap_or_default(),
    ]
}

/// One explanation for each output: in the base case if it is there, in the period that moved the most.
pub fn chosen(view: &View) -> Vec<&WhyView> {
    let effect = |why: &WhyView| view.effects.iter().find(|effect| effect.id == why.effect);
    let mut best: Vec<(&str, &WhyView, (bool, f64))> = Vec::new();
    for why in &view.why {
        let Some(of) = effect(why) else { continue };
        let rank = (of.case == "base", of.relative.unwrap_or(0.0).abs());
        match best.iter_mut().find(|(path, _, _)| *path == of.path) {
            Some(known) if rank > known.2 => *known = (&of.path, why, rank),
            Some(_) => {}
            None => best.push((&of.path, why, rank)),
        }
    }
    best.into_iter().map(|(_, why, _)| why).collect()
}

fn why(view: &View, why: &WhyView, room: Room) -> String {
    let mut text = format!("\n**Why {} moved from {} to {}**\n\n", why.effect.replace('@', " in "), why.from, why.to);
    if let Some(note) = &why.note {
        return text + &format!("{note}.\n");
    }
    text += "| change | from | to | effect | who | because |\n| --- | --- | --- | ---: | --- | --- |\n";
    for row in rows(view, why).iter().take(room.shares) {
        text += &format!("| {} |\n", row.clone().map(|cell| escaped(&cell, room.text)).join(" | "));
    }
    text += &rest(why.shares.len(), room.shares);
    text += &format!("| **all** | {} | {} | **{}** | | |\n", why.from, why.to, why.difference);
    for pair in &why.together {
        let [first, second] = &pair.labels;
        text += &format!("\nOf this, {} is what {first} and {second} do only together.\n", pair.effect.display);
    }
    if !why.exact {
        text += "\nThe parts are estimated from drawn orders of the changes; they add up all the same.\n";
    }
    text
}

/// Change, from, to, effect, who, because: for each share, and for what no change is charged with.
pub fn rows(view: &View, why: &WhyView) -> Vec<[String; 6]> {
    let mut rows: Vec<[String; 6]> = Vec::new();
    for share in &why.shares {
        let error = share.error.map(|error| format!(" (±{})", crate::units::significant(error, 2))).unwrap_or_default();
        let effect = format!("{}{error}", share.effect.display);
        let first = share.changes.first().and_then(|id| view.changes.get(id - 1));
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        rows.push(match (first, share.changes.len()) {
            (Some(change), 1) => [
                share.label.clone(),
                text(&change.old),
                text(&change.new),
                effect,
                text(&change.by),
                change
                    .because
                    .clone()
                    .or(change.new_source.as_ref().map(|source| format!("from {source}")))
                    .unwrap_or_default(),
            ],
            _ => [
                share.label.clone(),
                counted(share.changes.len(), "change"),
                String::new(),
                effect,
                String::new(),
                String::new(),
            ],
        });
    }
    if let Some(rest) = &why.rest {
        let name = "not charged to one change".to_string();
        rows.push([name, String::new(), String::new(), rest.display.clone(), String::new(), String::new()]);
    }
    rows
}

fn changes(view: &View, room: Room) -> String {
    if view.changes.is_empty() {
        return String::new();
    }
    let (listed, counts) = view.listed();
    let mut text = format!("\n<details>\n<summary>{}</summary>\n\n", counted(view.changes.len(), "change"));
    if room.changes > 0 {
        text += "```diff\n";
        for change in listed.iter().take(room.changes) {
            text += &one_change(change, room);
        }
        text += "```\n";
    }
    let counts: String = counts.iter().map(|count| format!("\n{count}.\n")).collect();
    text + &rest(listed.len(), room.changes) + &counts + "\n</details>\n"
}

fn one_change(change: &ChangeView, room: Room) -> String {
    let line = |text: &str| shortened(&text.replace('\n', " ").replace("```", "'''"), room.text);
    let place =
        change.new_place.as_ref().or(change.old_place.as_ref()).map(|place| format!("  {place}")).unwrap_or_default();
    let also = match change.also.is_empty() {
        true => String::new(),
        false => format!(", {}", change.also.join(", ")),
    };
    let mut text = format!("@@ {} ({}{also}){place}\n", line(&change.title()), change.kind);
    for (sign, side) in [("-", &change.old), ("+", &change.new)] {
        text += &side.as_ref().map(|side| signed(sign, side, change.kind, room)).unwrap_or_default();
    }
    let who = change.by.as_ref().map(|by| format!("by {by}")).into_iter();
    let said: Vec<String> =
        who.chain(change.because.as_ref().map(|because| format!("because \"{because}\""))).collect();
    if !said.is_empty() {
        text += &format!("  {}\n", line(&said.join(" ")));
    }
    text
}

/// One side of a change behind its sign; a formula or a function is shown line by line.
fn signed(sign: &str, side: &str, kind: &str, room: Room) -> String {
    let plain = side.replace("```", "'''");
    if kind != "formula" {
        return format!("{sign} {}\n", shortened(&plain.replace('\n', " "), room.text));
    }
    let whole = shortened(&plain, room.text * FORMULA);
    whole.lines().map(|line| format!("{sign} {line}\n")).collect()
}

/// Formulas may be this much longer than other texts.
const FORMULA: usize = 8;

/// How many of a list are not shown.
fn rest(all: usize, shown: usize) -> String {
    match all.saturating_sub(shown) {
        0 => String::new(),
        more => format!("\nand {more} more, which are not shown here.\n"),
    }
}

/// A text in a cell of a table, no longer than is good.
pub(super) fn escaped(text: &str, most: usize) -> String {
    markdown::escaped(&shortened(text, most))
}
