//! `Definition`: what gives a variable its value, piece by piece of time.

use std::sync::Arc;

use crate::text::{Place, Span};
use crate::units::Dimension;

use super::{Expr, ExprKind, Provenance, Role, Type};

pub use crate::word::Interpolation;

/// The pieces of a variable, in the order of time, without overlap; one whole piece for a value without time.
///
/// With an interpolation, single-period constant pieces are anchors, and the periods between them are filled.
#[derive(Debug, Clone, PartialEq)]
pub struct Definition {
    pub pieces: Vec<Piece>,
    pub interpolation: Option<Interpolation>,
}

/// One stretch of time and what holds in it.
#[derive(Debug, Clone, PartialEq)]
pub struct Piece {
    pub window: Window,
    pub formula: Arc<Formula>,
    pub role: Role,
    pub provenance: Arc<Provenance>,
    /// Where this piece is written.
    pub place: Place,
}

/// Indexes on the variable's timeline, both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Window {
    pub first: usize,
    pub last: usize,
}

impl Window {
    /// The window of a value without time.
    pub const WHOLE: Window = Window { first: 0, last: usize::MAX };

    /// Whether an index is in it.
    pub fn holds(self, index: usize) -> bool {
        self.first <= index && index <= self.last
    }

    /// What lies in both.
    pub fn common(self, other: Window) -> Option<Window> {
        let both = Window { first: self.first.max(other.first), last: self.last.min(other.last) };
        (both.first <= both.last).then_some(both)
    }

    /// What of it lies before and behind another.
    pub fn without(self, other: Window) -> Vec<Window> {
        let Some(both) = self.common(other) else { return vec![self] };
        let before = both.first.checked_sub(1).map(|last| Window { first: self.first, last });
        let behind = both.last.checked_add(1).map(|first| Window { first, last: self.last });
        [before, behind].into_iter().flatten().filter(|part| part.first <= part.last).collect()
    }

    /// Whether it is one period.
    pub fn is_one(self) -> bool {
        self.first == self.last
    }
}

/// A checked expression and the text it was read from; spans in `expr` are relative to `text`.
#[derive(Debug, Clone, PartialEq)]
pub struct Formula {
    pub expr: Expr,
    pub text: Arc<str>,
}

impl Formula {
    /// One number or missing value without a unit and without time, that nobody wrote.
    pub fn literal(kind: ExprKind) -> Formula {
        let expr = Expr { kind, ty: Type::Number(Dimension::RATIO), time: None, span: Span::default() };
        Formula { expr, text: "".into() }
    }
}
