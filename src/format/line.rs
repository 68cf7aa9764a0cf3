//! One logical line: its tokens side by side, broken before pieces and clauses where it is too long.

use super::WIDTH;
use crate::syntax::outline::{OutlineLine, Token, TokenKind};
use crate::text::columns_of;

/// Blanks before what continues a line.
const CONTINUED: &str = "    ";

/// Sets a line: the texts of its physical lines, of which the first is indented by `indent`; `reserve` letters must stay free at the end.
pub(super) fn set(text: &str, line: &OutlineLine, indent: usize, reserve: usize) -> Vec<String> {
    let segments = segments(text, &line.tokens, indent, reserve);
    let mut lines = vec![];
    for (at, segment) in segments.iter().enumerate() {
        let margin = " ".repeat(indent) + if at == 0 { "" } else { CONTINUED };
        lines.push(margin + &joined(text, segment));
    }
    lines
}

/// Cuts a line where it must or should break.
fn segments<'l>(text: &str, tokens: &'l [Token], indent: usize, reserve: usize) -> Vec<&'l [Token]> {
    let room = WIDTH.saturating_sub(indent + reserve);
    let mut segments = vec![];
    for part in split_at_comments(text, tokens) {
        if width(text, part) <= room {
            segments.push(part);
            continue;
        }
        for piece in split_before(part, |token| matches!(token.kind, TokenKind::Bar | TokenKind::Turn)) {
            fill(text, piece, room.saturating_sub(CONTINUED.len()), &mut segments);
        }
    }
    segments
}

/// A comment ends its physical line, and one that has its own line keeps it.
fn split_at_comments<'l>(text: &str, tokens: &'l [Token]) -> Vec<&'l [Token]> {
    let mut parts = vec![];
    for part in tokens.split_inclusive(|token| token.kind == TokenKind::Comment).filter(|part| !part.is_empty()) {
        match part {
            [code @ .., last, comment] if comment.kind == TokenKind::Comment && is_break(text, last, comment) => {
                parts.push(&part[..code.len() + 1]);
                parts.push(&part[code.len() + 1..]);
            }
            _ => parts.push(part),
        }
    }
    parts
}

/// Whether a line ends between two tokens.
fn is_break(text: &str, before: &Token, next: &Token) -> bool {
    text.get(before.span.end as usize..next.span.start as usize).is_some_and(|between| between.contains('\n'))
}

fn split_before(tokens: &[Token], mut breaks: impl FnMut(&Token) -> bool) -> Vec<&[Token]> {
    let mut parts = vec![];
    let mut start = 0;
    for (at, token) in tokens.iter().enumerate() {
        if breaks(token) && at > start {
            parts.push(&tokens[start..at]);
            start = at;
        }
    }
    parts.push(&tokens[start..]);
    parts
}

/// Puts as many clauses on a line as it holds; what is still too long keeps the breaks its author gave it.
fn fill<'l>(text: &str, tokens: &'l [Token], room: usize, segments: &mut Vec<&'l [Token]>) {
    let clauses = split_before(tokens, |token| token.kind == TokenKind::Clause);
    for part in gathered(text, tokens, clauses, room) {
        keep_breaks(text, part, room, segments);
    }
}

/// As many neighbours together as fit into the room.
fn gathered<'l>(text: &str, tokens: &'l [Token], parts: Vec<&'l [Token]>, room: usize) -> Vec<&'l [Token]> {
    let (mut lines, mut start, mut end) = (vec![], 0, 0);
    for part in parts {
        let next = end + part.len();
        if end > start && width(text, &tokens[start..next]) > room {
            lines.push(&tokens[start..end]);
            start = end;
        }
        end = next;
    }
    lines.push(&tokens[start..end]);
    lines
}

/// The entries of a list; commas inside brackets part nothing.
fn split_behind_commas<'l>(text: &str, tokens: &'l [Token]) -> Vec<&'l [Token]> {
    let mut depth = 0usize;
    let mut parts = vec![];
    let mut start = 0;
    for (at, token) in tokens.iter().enumerate() {
        depth = depth_behind(text, token, depth);
        if token.span.of(text) == "," && depth == 0 && at + 1 < tokens.len() {
            parts.push(&tokens[start..=at]);
            start = at + 1;
        }
    }
    parts.push(&tokens[start..]);
    parts
}

/// What is too long keeps the breaks its author gave it, but for those behind the commas of a list, which is set anew.
fn keep_breaks<'l>(text: &str, tokens: &'l [Token], room: usize, segments: &mut Vec<&'l [Token]>) {
    let entries = split_behind_commas(text, tokens);
    for part in gathered(text, tokens, entries, room) {
        let mut start = 0;
        for at in 1..part.len() {
            if width(text, part) > room && is_break(text, &part[at - 1], &part[at]) {
                break_condition(text, &part[start..at], room, segments);
                start = at;
            }
        }
        break_condition(text, &part[start..], room, segments);
    }
}

/// The condition of a claim that is too long goes on below, before one of its `and` and `or`.
fn break_condition<'l>(text: &str, tokens: &'l [Token], room: usize, segments: &mut Vec<&'l [Token]>) {
    let is_claim = tokens.first().is_some_and(|token| token.span.of(text) == "when");
    if !is_claim || width(text, tokens) <= room {
        return segments.push(tokens);
    }
    let mut depth = 0usize;
    let parts = split_before(tokens, |token| {
        depth = depth_behind(text, token, depth);
        depth == 0 && token.kind == TokenKind::Either
    });
    segments.extend(gathered(text, tokens, parts, room));
}

/// How many brackets are open behind a token.
fn depth_behind(text: &str, token: &Token, depth: usize) -> usize {
    match token.span.of(text) {
        "(" | "[" => depth + 1,
        ")" | "]" => depth.saturating_sub(1),
        _ => depth,
    }
}

fn width(text: &str, tokens: &[Token]) -> usize {
    let code = tokens.split_last().filter(|(last, _)| last.kind == TokenKind::Comment).map_or(tokens, |(_, code)| code);
    columns_of(&joined(text, code))
}

/// Tokens on one line, with the blanks that stand between them.
pub(super) fn joined(text: &str, tokens: &[Token]) -> String {
    let mut line = String::new();
    let mut before: Option<TokenKind> = None;
    for token in tokens {
        line.push_str(blanks(before, token.kind));
        push_token(&mut line, text, token);
        before = Some(token.kind);
    }
    line
}

fn push_token(line: &mut String, text: &str, token: &Token) {
    let word = token.span.of(text);
    match token.kind {
        TokenKind::Word if word == "as_printed" => line.push_str("as printed"),
        TokenKind::Word if word.contains([' ', '\t', '\r', '\n']) => {
            line.push_str(&word.split_whitespace().collect::<Vec<_>>().join(" "));
        }
        _ => line.push_str(word),
    }
}

fn blanks(before: Option<TokenKind>, next: TokenKind) -> &'static str {
    use TokenKind::*;
    match (before, next) {
        (None, _) => "",
        (_, Comment) => "  ",
        (Some(Prefix | Joint | Open | OpenJoint), _) => "",
        (_, Suffix | Joint | OpenJoint) => "",
        _ => " ",
    }
}
