//! What is no item, and what is kept unread.

use super::{Layout, RawItem, RawKind, RawLine, Where};
use crate::syntax::error::SyntaxError;
use crate::text::Span;

impl Layout<'_> {
    /// Indented lines outside any block, up to column 0.
    pub(super) fn indented(&mut self) -> RawItem {
        let start = self.at;
        let mut end = start;
        while self.byte().is_some() && !self.in_column_zero(self.at) {
            let line = self.line(Where::Block);
            end = line.span.end as usize;
            if self.byte() == Some(b'}') {
                self.at += 1;
                end = self.at;
            }
            self.gap();
        }
        self.problems.push(SyntaxError::Indented { span: Span::new(start, end) });
        stray(Span::new(start, end))
    }

    pub(super) fn stray_brace(&mut self) -> RawItem {
        let span = Span::new(self.at, self.at + 1);
        self.problems.push(SyntaxError::StrayBrace { span });
        self.at += 1;
        self.after_block();
        stray(Span::new(span.start as usize, self.after))
    }

    /// An item of a kept word: to the end of its line, or to the brace that closes its block.
    pub(super) fn kept(&mut self) -> RawItem {
        let start = self.at;
        let head = self.line(Where::Top);
        let mut end = head.span.end as usize;
        if self.byte() == Some(b'{') {
            end = self.kept_block();
        }
        let span = Span::new(start, end);
        RawItem { span, head: RawLine { span, broken: head.broken }, block: None, kind: RawKind::Kept, depth: 0 }
    }

    pub(super) fn kept_block(&mut self) -> usize {
        let open = self.at;
        let mut depth = 0usize;
        let mut end = open;
        while let Some(byte) = self.byte() {
            match byte {
                b'#' => self.comment(),
                b'"' => _ = self.string(),
                b'{' => depth += 1,
                b'}' => depth -= 1,
                _ if self.in_column_zero(self.at) && self.begins_item(self.at, true) => break,
                _ => {}
            }
            if !matches!(byte, b'#' | b'"') {
                self.at += 1;
            }
            if !byte.is_ascii_whitespace() {
                end = self.at;
            }
            if depth == 0 {
                self.after_block();
                return self.after.max(end);
            }
        }
        self.problems.push(SyntaxError::UnclosedBlock { open: Span::new(open, open + 1) });
        end
    }
}

/// What stands where an item should.
pub(super) fn stray(span: Span) -> RawItem {
    RawItem { span, head: RawLine { span, broken: true }, block: None, kind: RawKind::Stray, depth: 0 }
}
