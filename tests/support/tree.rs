//! A file's tree as text, with the words in place of their places.

use std::fmt::Write;

use scn::syntax::Parsed;
use scn::text::Span;

/// One line an item and one a line of a block; absent parts are left out.
pub fn shown(parsed: &Parsed, text: &str) -> String {
    let mut all = String::new();
    for item in &parsed.file.items {
        let line = words(&format!("{:?}", item.kind), text);
        let line = line.replace(", Line {", ",\n  Line {").replace("[Line {", "[\n  Line {");
        let line = line.replace(", TableRow {", ",\n  TableRow {").replace("[TableRow {", "[\n  TableRow {");
        let line = line.replace(", Override {", ",\n  Override {").replace("[Override {", "[\n  Override {");
        let _ = writeln!(all, "{line}");
    }
    all
}

/// Replaces `@3..5` by the word there, and drops the parts that say nothing.
pub fn words(debug: &str, text: &str) -> String {
    let mut out = String::new();
    let mut rest = debug;
    while let Some(at) = rest.find('@') {
        let (before, after) = rest.split_at(at);
        out.push_str(before);
        rest = &after[1..];
        if let Some((span, length)) = place(rest) {
            out.push_str(&format!(
                "‹{}›",
                span.of(text).split_whitespace().collect::<Vec<_>>().join(" ").replace("as_printed", "as printed")
            ));
            rest = &rest[length..];
        }
    }
    out.push_str(rest);
    for nothing in [": None", "also: false", "optional: false", "over: false", "clauses: Clauses(None)"] {
        out = without(&out, nothing);
    }
    spans_dropped(&out)
}

/// Drops a part from the lists it stands in; `: None` takes the name before it along.
fn without(shown: &str, part: &str) -> String {
    let mut out = String::new();
    let mut rest = shown;
    while let Some(at) = rest.find(part) {
        out.push_str(&rest[..at]);
        if part.starts_with(':') {
            out.truncate(out.trim_end_matches(|letter: char| letter.is_ascii_alphanumeric() || letter == '_').len());
        }
        rest = &rest[at + part.len()..];
        match rest.strip_prefix(", ") {
            Some(more) => rest = more,
            None => out.truncate(out.trim_end_matches(", ").len()),
        }
    }
    out + rest
}

/// Leaves out what an item, a line or an expression spans: its parts say it.
fn spans_dropped(shown: &str) -> String {
    let mut out = String::new();
    let mut rest = shown;
    while let Some(at) = rest.find("span: ‹") {
        let (before, after) = rest.split_at(at);
        out.push_str(before);
        let end = after.find('›').map_or(after.len(), |end| end + '›'.len_utf8());
        rest = after[end..].trim_start_matches(", ");
    }
    out + rest
}

fn place(text: &str) -> Option<(Span, usize)> {
    let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    let first = digits(text);
    let second = digits(text.get(first + 2..)?);
    let start = text.get(..first)?.parse().ok()?;
    let end = text.get(first + 2..first + 2 + second)?.parse().ok()?;
    text[first..].starts_with("..").then(|| (Span { start, end }, first + 2 + second))
}
