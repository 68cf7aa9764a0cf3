//! Expressions: shared trees with relative places.

use std::sync::Arc;

use crate::text::Span;

use super::{BinaryOp, CompareOp, MissingCode, Scale, UnaryOp};

/// One written expression: where it stands and its tree.
#[derive(Debug, Clone, PartialEq)]
pub struct Expr {
    pub span: Span,
    pub tree: Arc<ExprTree>,
}

impl Expr {
    /// The place in the file of a node's relative span.
    pub fn place(&self, span: Span) -> Span {
        span.shifted(self.span.start)
    }
}

/// The tree of one expression text; every [`Span`] in it is relative to `text`.
#[derive(Clone, PartialEq)]
pub struct ExprTree {
    pub text: Box<str>,
    pub nodes: Vec<Node>,
    pub root: NodeId,
}

impl ExprTree {
    /// The node of an id of this tree.
    pub fn node(&self, id: NodeId) -> &Node {
        &self.nodes[id.0 as usize]
    }

    /// The text at a span of this tree.
    pub fn slice(&self, span: Span) -> &str {
        span.of(&self.text)
    }
}

/// Which node of an [`ExprTree`]; children come before their parents.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct NodeId(pub u32);

/// A node and its range in the expression's text.
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    pub span: Span,
    pub kind: NodeKind,
}

/// What a node is.
#[derive(Debug, Clone, PartialEq)]
pub enum NodeKind {
    Quantity(Quantity),
    /// A text without its quotes.
    Text(Span),
    YesNo(bool),
    Missing {
        code: MissingCode,
        reason: Option<Span>,
    },
    Date(Span),
    Period(Span),
    /// `?`
    Hole,
    Name(Span),
    Field {
        of: NodeId,
        name: Span,
    },
    Index {
        of: NodeId,
        index: Index,
    },
    Call {
        function: Span,
        arguments: Vec<NodeId>,
    },
    Aggregate(Box<Aggregate>),
    Unary {
        op: UnaryOp,
        operand: NodeId,
    },
    Binary {
        op: BinaryOp,
        left: NodeId,
        right: NodeId,
    },
    /// `a <= b < c`: one more operand than operators.
    Compare {
        operands: Vec<NodeId>,
        ops: Vec<CompareOp>,
    },
    If {
        condition: NodeId,
        then: NodeId,
        otherwise: NodeId,
    },
    /// `x in CNY on 2026-04-24`
    In {
        operand: NodeId,
        unit: Span,
        on: Option<Span>,
    },
    /// `x under bull`
    Under {
        operand: NodeId,
        case: Span,
    },
}

/// A number as it was written.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Quantity {
    /// The digits' value, before any scale, `%` or unit.
    pub number: f64,
    /// How many digits stand after the point.
    pub decimals: u8,
    pub scale: Option<Scale>,
    pub mark: Option<Mark>,
    pub unit: Option<Span>,
}

impl Quantity {
    /// Whether nothing stands behind the digits.
    pub fn is_bare(&self) -> bool {
        self.scale.is_none() && self.mark.is_none() && self.unit.is_none()
    }
}

/// What is stuck to a number: `70%`, `6x`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    Percent,
    Multiple,
}

/// What stands between `[` and `]`.
#[derive(Debug, Clone, PartialEq)]
pub enum Index {
    /// `prev`, `prev 4`
    Prev(u32),
    /// `next`, `next 2`
    Next(u32),
    /// A period, an entity, or a bound name.
    At(NodeId),
    /// `2026E..2030E`, `2026E..`, `..2030E`
    Slice { from: Option<NodeId>, to: Option<NodeId> },
}

/// `sum(c in chip where … skip NM: c.x)`, `rank(score, c in chip: c.score, lowest)`
#[derive(Debug, Clone, PartialEq)]
pub struct Aggregate {
    pub function: Span,
    /// The value that is ranked.
    pub of: Option<NodeId>,
    pub binder: Span,
    pub kind: Span,
    pub filter: Option<NodeId>,
    /// `NM`, … or `missing`.
    pub skip: Option<Span>,
    pub body: NodeId,
    /// Whether `lowest` stands after the body.
    pub lowest: bool,
}
