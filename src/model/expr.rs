//! `Expr`: a formula with ids for names and a type on every node.
//!
//! All numbers are in base units, so unit conversions are gone; a currency conversion is a product with a rate variable.

use std::sync::Arc;

use crate::builtin::{Builtin, MissingCode};
use crate::calendar::Frequency;
use crate::text::Span;
use crate::units::Dimension;

use super::{CaseId, EntityId, KindId, Slot, VariableId, Window};

pub use crate::word::{BinaryOp, CompareOp, UnaryOp};

/// A node: what it is, its type, whether it varies over time, and where it stands in its formula's text.
#[derive(Debug, Clone, PartialEq)]
pub struct Expr {
    pub kind: ExprKind,
    pub ty: Type,
    /// The frequency along which it varies; nothing if it is one value.
    pub time: Option<Frequency>,
    pub span: Span,
}

impl Expr {
    /// The number that it is, with its sign.
    pub fn constant(&self) -> Option<f64> {
        match &self.kind {
            ExprKind::Number(number) => Some(*number),
            ExprKind::Unary { op: UnaryOp::Minus, operand } => operand.constant().map(|number| -number),
            _ => None,
        }
    }
}

/// What a value is.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Type {
    Number(Dimension),
    Text,
    YesNo,
}

/// Which name bound by an aggregate; unique within a formula.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Binder(pub u32);

/// Which name bound by a `let` or a function's parameter; unique within a formula.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LocalId(pub u32);

/// What a node is.
#[derive(Debug, Clone, PartialEq)]
pub enum ExprKind {
    Number(f64),
    Text(Arc<str>),
    YesNo(bool),
    Missing {
        code: MissingCode,
        reason: Option<Arc<str>>,
    },
    /// An attribute of the entity the formula belongs to.
    Own(Slot),
    Variable(VariableId),
    /// An attribute of the entity an aggregate has in hand.
    Bound {
        binder: Binder,
        slot: Slot,
    },
    /// `units[c]`: one member of an indexed name; an entity without a member is an error of evaluation.
    Member {
        members: Arc<[(EntityId, VariableId)]>,
        of: EntityRef,
    },
    /// The `name` or `label` of an entity, as text.
    Entity {
        of: EntityRef,
        text: EntityText,
    },
    Local(LocalId),
    /// `let local = value in body`. The value is not evaluated first: `body` may look at it in other periods.
    Let {
        local: LocalId,
        value: Box<Expr>,
        body: Box<Expr>,
    },
    /// A call of a user or library function, already written out in `body`.
    Inlined {
        function: Arc<str>,
        body: Box<Expr>,
    },
    /// The operand so many periods later (negative: earlier); outside the timeline it is missing.
    Shift {
        operand: Box<Expr>,
        periods: i32,
    },
    /// The operand at one index of its own timeline: a value without time.
    At {
        operand: Box<Expr>,
        index: usize,
    },
    /// The operand summed, averaged, … into a longer period, as its series kind says; varies along `Expr::time`.
    RollUp {
        operand: Box<Expr>,
        how: super::SeriesKind,
    },
    Unary {
        op: UnaryOp,
        operand: Box<Expr>,
    },
    /// Numbers: `+ - * / ^`; yes/no: `and or`.
    Binary {
        op: BinaryOp,
        left: Box<Expr>,
        right: Box<Expr>,
    },
    /// `a <= b < c` is yes if every neighbour pair is.
    Compare {
        operands: Vec<Expr>,
        ops: Vec<CompareOp>,
    },
    If {
        condition: Box<Expr>,
        then: Box<Expr>,
        otherwise: Box<Expr>,
    },
    Call {
        builtin: Builtin,
        arguments: Vec<Argument>,
    },
    Aggregate(Box<Aggregate>),
    /// The operand as it is in another case.
    Under {
        operand: Box<Expr>,
        case: CaseId,
    },
    /// The operand weighted by the probabilities of the cases that have one.
    Expected(Box<Expr>),
}

/// An entity known by name, in hand, or the formula's own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum EntityRef {
    This,
    Bound(Binder),
    Fixed(EntityId),
}

/// Which text of an entity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum EntityText {
    Name,
    Label,
}

/// What a built-in function is given.
#[derive(Debug, Clone, PartialEq)]
pub enum Argument {
    Expr(Expr),
    /// A slice of a series, on the series' own timeline: `ri[2027E..2036E]`.
    Slice {
        operand: Expr,
        window: Window,
    },
    /// A period, as an index on the timeline of that frequency.
    Period {
        frequency: Frequency,
        index: usize,
    },
}

/// `sum(c in chip where … skip NM: body)`, `rank(of, c in chip: body)`
#[derive(Debug, Clone, PartialEq)]
pub struct Aggregate {
    pub builtin: Builtin,
    /// The value that is ranked.
    pub of: Option<Expr>,
    pub binder: Binder,
    pub kind: KindId,
    pub filter: Option<Expr>,
    pub skip: Skip,
    pub body: Expr,
    /// Rank 1 is the lowest.
    pub lowest: bool,
}

/// Which missing elements an aggregate leaves out; any other makes the whole missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Skip {
    Nothing,
    Code(MissingCode),
    Missing,
}
