//! Formulas over whole columns: all lanes of a group at once, or all periods of a single lane.

mod kernel;
mod lower;
mod pool;
mod tile;
mod values;

use crate::builtin::Builtin;
use crate::model::{Aggregate, BinaryOp, CompareOp, Expr, LocalId, UnaryOp, Window};

pub(super) use lower::program;
pub(super) use pool::Pool;
pub(super) use tile::{Span, Tile};
use values::Values;

/// The formulas of a group, ready for columns.
#[derive(Debug)]
pub(super) struct Program<'m> {
    pub pieces: Vec<PieceProgram<'m>>,
}

/// One stretch of time of a program.
#[derive(Debug)]
pub(super) struct PieceProgram<'m> {
    pub window: Window,
    pub node: Node<'m>,
    /// Whether it scales (or else shifts), and by what.
    pub posts: Vec<(bool, Node<'m>)>,
}

/// A node of a formula, as far as columns know it.
#[derive(Debug)]
pub(super) enum Node<'m> {
    /// A leaf of the group, by its number.
    Leaf(usize),
    Local(LocalId),
    Let {
        local: LocalId,
        value: Box<Node<'m>>,
        body: Box<Node<'m>>,
    },
    /// In a series, `periods` later; `len` is the length of its timeline.
    Shift {
        operand: Box<Node<'m>>,
        periods: i32,
        len: usize,
    },
    At {
        operand: Box<Node<'m>>,
        index: usize,
    },
    Unary(UnaryOp, Box<Node<'m>>),
    Binary(BinaryOp, Box<Node<'m>>, Box<Node<'m>>),
    Compare(Vec<Node<'m>>, Vec<CompareOp>),
    If(Box<[Node<'m>; 3]>),
    Elementary(Builtin, Box<Node<'m>>),
    Extreme(Builtin, Vec<Node<'m>>),
    Round(Box<[Node<'m>; 2]>),
    IsMissing(Box<Node<'m>>),
    OrElse(Box<[Node<'m>; 2]>),
    /// The place of each lane among others that are the same for all lanes.
    Rank {
        of: Box<Node<'m>>,
        aggregate: &'m Aggregate,
        is_series: bool,
    },
    /// Anything else, cell by cell: one expression for all lanes that share it, or one for each.
    Cells {
        exprs: Vec<&'m Expr>,
        differs: bool,
    },
}
