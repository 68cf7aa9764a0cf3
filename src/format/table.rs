//! Tables: cells under one another.

use super::line::joined;
use crate::syntax::outline::{OutlineBlock, OutlineLine, Token, TokenKind};
use crate::text::{columns_of, padded};

/// A row cut into what is aligned.
struct Row {
    head: String,
    sign: String,
    cells: Vec<String>,
    tail: String,
}

/// The rows of a table's block, each on one line; nothing for a row with comments inside, which is set like any line.
pub(super) fn aligned(text: &str, block: &OutlineBlock) -> Vec<Option<String>> {
    let rows: Vec<Option<Row>> = block.lines.iter().map(|line| row(text, line)).collect();
    let head = widest(rows.iter().flatten().map(|row| &row.head));
    let columns = rows.iter().flatten().map(|row| row.cells.len()).max().unwrap_or(0);
    let widths: Vec<usize> =
        (0..columns).map(|at| widest(rows.iter().flatten().filter_map(|row| row.cells.get(at)))).collect();
    rows.iter().map(|row| row.as_ref().map(|row| set(row, head, &widths))).collect()
}

fn set(row: &Row, head: usize, widths: &[usize]) -> String {
    let cells: Vec<String> = row.cells.iter().zip(widths).map(|(cell, width)| padded(cell, *width)).collect();
    let sign = padded(&row.sign, 1);
    let line = format!("{} {sign} {} {}", padded(&row.head, head), cells.join(" | "), row.tail);
    line.trim_end().to_string()
}

fn row(text: &str, line: &OutlineLine) -> Option<Row> {
    let tokens = line.tokens.as_slice();
    if tokens.iter().any(|token| token.kind == TokenKind::Comment) {
        return None;
    }
    let sign = tokens.iter().position(|token| token.kind == TokenKind::Sign);
    let (head, rest) = match sign {
        Some(sign) => (&tokens[..sign], &tokens[sign + 1..]),
        None => tokens.split_at(head_length(text, tokens)),
    };
    let tail = rest.iter().position(|token| token.begins_clause).unwrap_or(rest.len());
    let cells = rest[..tail].split(|token| token.kind == TokenKind::Bar);
    Some(Row {
        head: joined(text, head),
        sign: sign.map_or(String::new(), |sign| tokens[sign].span.of(text).to_string()),
        cells: cells.map(|cell| joined(text, cell)).collect(),
        tail: joined(text, &rest[tail..]),
    })
}

/// `columns`, `columns case` or `rows`.
fn head_length(text: &str, tokens: &[Token]) -> usize {
    1 + usize::from(tokens.get(1).is_some_and(|token| token.span.of(text) == "case"))
}

fn widest<'s>(texts: impl Iterator<Item = &'s String>) -> usize {
    texts.map(|text| columns_of(text)).max().unwrap_or(0)
}
