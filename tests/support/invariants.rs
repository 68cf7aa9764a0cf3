//! What holds of any text: it reads without a panic, nothing of it is lost, and setting it changes no meaning.

use scn::format::format;
use scn::syntax::{Parsed, parse};

use crate::tree;

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

fn comments(parsed: &Parsed, text: &str) -> String {
    parsed.comments.iter().map(|comment| comment.span.of(text).to_string() + "\n").collect()
}

/// Says where two texts first differ.
pub fn same(what: &str, one: &str, other: &str) -> Result<(), String> {
    if one == other {
        return Ok(());
    }
    let differs = one.lines().zip(other.lines()).find(|(one, other)| one != other);
    Err(format!("{what} changed: {:?}", differs.unwrap_or((one, other))))
}
