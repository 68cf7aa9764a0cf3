//! `Node`: one step of what is computed for a point; missing is NaN.

use crate::model::MissingCode;

use super::super::op::{Many, One, Two};

/// Which node of a graph; operands have smaller numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Id(pub u32);

/// One step. Numbers that are there are finite; operands are looked at in their order, and the first missing one decides
/// why the result is missing.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Node {
    /// A number, by its bits.
    Number(u64),
    Missing(MissingCode),
    Knob(u32),
    One(One, Id),
    Two(Two, Id, Id),
    /// The second if the first is yes, the third if it is no.
    Choose(Id, Id, Id),
    Many(Many, Box<[Id]>),
}

impl Node {
    /// What it looks at, in order.
    pub fn operands(&self) -> impl Iterator<Item = Id> {
        let (some, many): ([Option<Id>; 3], &[Id]) = match self {
            Node::Number(_) | Node::Missing(_) | Node::Knob(_) => ([None; 3], &[]),
            Node::One(_, x) => ([Some(*x), None, None], &[]),
            Node::Two(_, left, right) => ([Some(*left), Some(*right), None], &[]),
            Node::Choose(condition, then, otherwise) => ([Some(*condition), Some(*then), Some(*otherwise)], &[]),
            Node::Many(_, operands) => ([None; 3], operands),
        };
        some.into_iter().flatten().chain(many.iter().copied())
    }
}
