//! Items, blocks, and what stands between them: blank lines and comments.

use super::{WIDTH, line, table};
use crate::syntax::Comment;
use crate::syntax::outline::{OutlineBlock, OutlineItem, OutlineKind, OutlineLine, TokenKind};
use crate::text::{Span, columns_of};

/// Blanks before the lines of a block.
const INDENT: usize = 2;

/// Writes a file from top to bottom.
pub(super) struct Printer<'t> {
    text: &'t str,
    comments: &'t [Comment],
    /// Up to here the text is written.
    at: usize,
    indent: usize,
    /// Whether a block has just been opened, or nothing is written yet: no blank line follows.
    fresh: bool,
    out: String,
}

impl<'t> Printer<'t> {
    /// Begins with nothing written.
    pub fn new(text: &'t str, comments: &'t [Comment]) -> Printer<'t> {
        Printer { text, comments, at: 0, indent: 0, fresh: true, out: String::new() }
    }

    /// The whole text, with its last comments.
    pub fn finish(mut self) -> String {
        self.comments_until(self.text.len());
        if !self.out.is_empty() {
            self.out.push('\n');
        }
        self.out
    }

    /// Comments and at most one blank line up to `start`; then a new line begins.
    pub fn gap(&mut self, start: u32) {
        self.comments_until(start as usize);
        let blank = self.newlines(start as usize) > 1;
        self.new_line(blank);
        self.at = start as usize;
    }

    /// An item as it is written.
    pub fn verbatim(&mut self, span: Span) {
        self.out.push_str(span.of(self.text));
        self.done(span);
    }

    /// An item: its head, and its block on one line if it is written so.
    pub fn item(&mut self, item: &OutlineItem) {
        let Some(block) = &item.block else {
            return self.lines(line::set(self.text, &item.head, 0, 0), item.span);
        };
        let head = line::set(self.text, &item.head, 0, " {".len());
        if let Some(one_line) = self.on_one_line(&head, block) {
            return self.lines(vec![one_line], item.span);
        }
        self.lines(head, item.head.span);
        self.out.push_str(" {");
        self.at = block.span.start as usize + 1;
        self.block(block, item.kind == OutlineKind::Table);
        self.done(item.span);
    }

    fn block(&mut self, block: &OutlineBlock, is_table: bool) {
        self.indent = INDENT;
        self.fresh = true;
        let aligned = if is_table { table::aligned(self.text, block) } else { vec![] };
        for (at, row) in block.lines.iter().enumerate() {
            self.gap(row.span.start);
            match aligned.get(at).cloned().flatten() {
                Some(row) => {
                    self.out.push_str(&" ".repeat(INDENT));
                    self.out.push_str(&row);
                    self.done(block.lines[at].span);
                }
                None => self.lines(line::set(self.text, row, INDENT, 0), row.span),
            }
        }
        self.comments_until(block.span.end as usize - 1);
        self.indent = 0;
        self.fresh = true;
        self.new_line(false);
        self.out.push('}');
    }

    /// A block that is written on one line, without comments, and fits.
    fn on_one_line(&self, head: &[String], block: &OutlineBlock) -> Option<String> {
        let [head] = head else { return None };
        let inside = block.span.of(self.text);
        let empty = block.lines.is_empty() && !self.has_comment(block.span);
        let [line] = block.lines.as_slice() else {
            return empty.then(|| format!("{head} {{}}"));
        };
        let plain = !inside.contains('\n') && !has_comment(line);
        let whole = format!("{head} {{ {} }}", line::joined(self.text, &line.tokens));
        (plain && columns_of(&whole) <= WIDTH).then_some(whole)
    }

    fn has_comment(&self, span: Span) -> bool {
        self.comments.first().is_some_and(|comment| comment.span.start < span.end)
    }

    fn lines(&mut self, lines: Vec<String>, span: Span) {
        self.out.push_str(&lines.join("\n"));
        self.done(span);
    }

    /// What a span holds is written, its comments too.
    fn done(&mut self, span: Span) {
        self.at = span.end as usize;
        self.fresh = false;
        while self.comments.first().is_some_and(|comment| comment.span.start < span.end) {
            self.comments = &self.comments[1..];
        }
    }

    /// Comments before `end`: behind what is written on their line, or on lines of their own.
    fn comments_until(&mut self, end: usize) {
        while let Some(comment) = self.comments.first().filter(|comment| (comment.span.start as usize) < end) {
            let newlines = self.newlines(comment.span.start as usize);
            if newlines == 0 && !self.out.is_empty() {
                self.out.push_str("  ");
            } else {
                self.new_line(newlines > 1);
                self.out.push_str(&" ".repeat(self.indent));
                self.fresh = false;
            }
            self.out.push_str(comment.span.of(self.text));
            self.at = comment.span.end as usize;
            self.comments = &self.comments[1..];
        }
    }

    fn new_line(&mut self, blank: bool) {
        if !self.out.is_empty() {
            self.out.push_str(if blank && !self.fresh { "\n\n" } else { "\n" });
        }
    }

    fn newlines(&self, end: usize) -> usize {
        self.text.get(self.at..end).map_or(0, |between| between.bytes().filter(|byte| *byte == b'\n').count())
    }
}

fn has_comment(line: &OutlineLine) -> bool {
    line.tokens.iter().any(|token| token.kind == TokenKind::Comment)
}
