//! What holds of any text: it reads without a panic, nothing of it is lost, and setting it changes no meaning.

use scn::format::format;
use scn::syntax::outline::OutlineKind;
use scn::syntax::{Parsed, outline, parse};

use super::tree;

/// Reads a text; every byte must be blank, or in an item, a comment or a problem.
pub fn reads(text: &str) -> Result<Parsed, String> {
    let parsed = parse(text);
    let items = parsed.file.items.iter().map(|item| item.span);
    let comments = parsed.comments.iter().map(|comment| comment.span);
    let mut spans: Vec<_> = items.chain(comments).chain(parsed.problems.iter().map(|problem| problem.span())).collect();
    spans.sort();
    let mut covered = if text.starts_with('\u{FEFF}') { 3 } else { 0 };
    for span in spans {
        only_blanks(text, covered, span.start as usize)?;
        covered = covered.max(span.end as usize);
    }
    only_blanks(text, covered, text.len())?;
    Ok(parsed)
}

fn only_blanks(text: &str, from: usize, to: usize) -> Result<(), String> {
    match text.get(from..to.max(from)) {
        Some(between) if between.trim().is_empty() => Ok(()),
        Some(between) => Err(format!("{between:?} at {from} is in no item, comment or problem")),
        None => Err(format!("{from}..{to} cuts a letter")),
    }
}

/// Sets a text that reads well; the result must have the same tree and comments, and be its own setting.
pub fn sets(text: &str) -> Result<Option<String>, String> {
    let parsed = reads(text)?;
    if parsed.has_errors() {
        return Ok(None);
    }
    let set = format(&parsed, text).map_err(|error| error.to_string())?;
    let again = reads(&set)?;
    if again.has_errors() {
        return Err(format!("the set text does not read: {:?}\n{set}", again.problems));
    }
    let twice = format(&again, &set).map_err(|error| error.to_string())?;
    same("setting twice", &set, &twice)?;
    same("the tree", &tree::shown(&parsed, text), &tree::shown(&again, &set))?;
    same("the comments", &comments(&parsed, text), &comments(&again, &set))?;
    Ok(Some(set))
}

/// Reads every line alone; it must say the same as among the others, whose shapes are known when it comes.
pub fn alone(text: &str) -> Result<(), String> {
    let parsed = parse(text);
    if parsed.has_errors() {
        return Ok(());
    }
    for (item, outline) in parsed.file.items.iter().zip(outline(text)) {
        let among = tree::lines(&item.kind, text);
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
            let lines = read.file.items.get(1).map(|item| tree::lines(&item.kind, &file)).unwrap_or_default();
            same("a line alone", among, lines.first().map_or("", String::as_str))?;
        }
    }
    Ok(())
}

fn comments(parsed: &Parsed, text: &str) -> String {
    parsed.comments.iter().map(|comment| comment.span.of(text).to_string() + "\n").collect()
}

fn same(what: &str, one: &str, other: &str) -> Result<(), String> {
    if one == other {
        return Ok(());
    }
    let differs = one.lines().zip(other.lines()).find(|(one, other)| one != other);
    Err(format!("{what} changed: {:?}", differs.unwrap_or((one, other))))
}
