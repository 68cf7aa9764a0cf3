//! A line means the same alone as among others, whose shapes are known when it comes.

use scn::syntax::ast::ItemKind;
use scn::syntax::outline::OutlineKind;
use scn::syntax::{outline, parse};

use crate::invariants::same;
use crate::tree;

/// Reads every line alone; it must say the same as among the others, whose shapes are known when it comes.
pub fn alone(text: &str) -> Result<(), String> {
    let parsed = parse(text);
    if parsed.has_errors() {
        return Ok(());
    }
    for (item, outline) in parsed.file.items.iter().zip(outline(text)) {
        let among = lines_of(&item.kind, text);
        let lines = outline.block.map(|block| block.lines).unwrap_or_default();
        let head = outline.head.span.of(text);
        let columns = lines.first().filter(|_| outline.kind == OutlineKind::Table).map(|line| line.span.of(text));
        let rows = lines.iter().skip(usize::from(columns.is_some())).map(|line| line.span.of(text));
        let mut rows: Vec<String> =
            rows.map(|row| format!("{head} {{\n{}\n  {row}\n}}", columns.unwrap_or(""))).collect();
        if rows.is_empty() {
            rows.push(head.to_string());
        }
        for (among, row) in among.iter().zip(rows) {
            let file = format!("scn 1\n{row}\n");
            let read = parse(&file);
            let lines = read.file.items.get(1).map(|item| lines_of(&item.kind, &file)).unwrap_or_default();
            same("a line alone", among, lines.first().map_or("", String::as_str))?;
        }
    }
    Ok(())
}

/// The lines of an item's block, each as it is shown.
fn lines_of(kind: &ItemKind, text: &str) -> Vec<String> {
    let shown: Vec<String> = match kind {
        ItemKind::Kind(kind) => kind.lines.iter().map(|line| format!("{line:?}")).collect(),
        ItemKind::Entity(entity) => entity.lines.iter().map(|line| format!("{line:?}")).collect(),
        ItemKind::Case(case) => case.overrides.iter().map(|line| format!("{line:?}")).collect(),
        ItemKind::Table(table) => table.rows.iter().map(|line| format!("{line:?}")).collect(),
        ItemKind::Line(line) => vec![format!("{line:?}")],
        _ => vec![],
    };
    shown.iter().map(|line| tree::words(line, text)).collect()
}
