//! A file as lines of tokens: what the formatter sets, without the meaning of any of it.

use crate::text::Span;

/// An item: its head and perhaps its block.
#[derive(Debug, Clone)]
pub struct OutlineItem {
    pub span: Span,
    pub head: OutlineLine,
    pub block: Option<OutlineBlock>,
    pub kind: OutlineKind,
}

/// How an item is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OutlineKind {
    Plain,
    /// Its lines have cells that stand under one another.
    Table,
    /// Kept as it is written.
    Verbatim,
}

/// The lines between `{` and `}`.
#[derive(Debug, Clone)]
pub struct OutlineBlock {
    pub span: Span,
    pub lines: Vec<OutlineLine>,
}

/// A line and all its tokens, comments inside it among them.
#[derive(Debug, Clone)]
pub struct OutlineLine {
    pub span: Span,
    pub tokens: Vec<Token>,
}

/// A word, a number, a text, a sign; how it is set beside its neighbours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Token {
    pub span: Span,
    pub kind: TokenKind,
    /// Whether a clause begins here.
    pub begins_clause: bool,
}

/// How a token is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TokenKind {
    /// A blank on either side.
    Word,
    /// A text, never changed.
    Text,
    Comment,
    /// `from`, `by`, `because`, `disputed`, `allow`: a long line may break before it.
    Clause,
    /// `of` behind the title of a study, `when` and `with` behind a claim: a long line breaks before it.
    Turn,
    /// `and`, `or`: the condition of a claim breaks before it where it is too long.
    Either,
    /// `|`: a long line may break before it.
    Bar,
    /// `=` or `~` between what a line is about and its value.
    Sign,
    /// Stuck to what follows: a minus before its operand.
    Prefix,
    /// Stuck to what it follows: `%`, `.field`, `,`, `:`, and closing brackets.
    Suffix,
    /// Stuck to both sides: `..`, `^`, the `/` of two currencies.
    Joint,
    /// A bracket that opens a group.
    Open,
    /// A bracket that opens arguments or an index: stuck to both sides.
    OpenJoint,
}
