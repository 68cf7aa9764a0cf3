//! Comments, kept beside the tree for the formatter.

use crate::text::Span;

/// A comment from its `#` to the end of the line, without trailing blanks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Comment {
    pub span: Span,
    /// Whether nothing else stands on its line.
    pub own_line: bool,
}
