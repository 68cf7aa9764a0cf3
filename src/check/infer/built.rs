//! `Built`: a checked node and what is known of it beyond its type.

use crate::calendar::Frequency;
use crate::model::{Expr, ExprKind, SeriesKind, Type};
use crate::text::Span;
use crate::units::{Dimension, Unit};

/// A checked node.
#[derive(Debug, Clone)]
pub struct Built {
    pub expr: Expr,
    /// Whether its type is known; if not, the reason is reported elsewhere.
    pub known: bool,
    /// A bare `0` or a missing value, which goes with anything.
    pub any: bool,
    /// How it would add up over time.
    pub series: Option<SeriesKind>,
    /// The unit its reader would expect.
    pub unit: Option<Unit>,
}

impl Built {
    /// A node of a known type.
    pub fn new(kind: ExprKind, ty: Type, time: Option<Frequency>, span: Span) -> Built {
        Built { expr: Expr { kind, ty, time, span }, known: true, any: false, series: None, unit: None }
    }

    /// What stands for a value that is not known.
    pub fn unknown() -> Built {
        let kind = ExprKind::Missing { code: crate::model::MissingCode::Na, reason: None };
        let built = Built::new(kind, Type::Number(Dimension::RATIO), None, Span::default());
        Built { known: false, ..built }
    }

    /// Its dimension, if it is a number whose unit is known.
    pub fn dimension(&self) -> Option<&Dimension> {
        match &self.expr.ty {
            Type::Number(dimension) if self.known => Some(dimension),
            _ => None,
        }
    }

    /// Says how it adds up.
    pub fn adding(mut self, series: Option<SeriesKind>) -> Built {
        self.series = series;
        self
    }

    /// Says how it is shown.
    pub fn shown(mut self, unit: Option<Unit>) -> Built {
        self.unit = unit;
        self
    }

    /// The constant it is, if it is one.
    pub fn constant(&self) -> Option<f64> {
        constant(&self.expr)
    }
}

/// The value of an expression of literals only.
pub fn constant(expr: &Expr) -> Option<f64> {
    use crate::model::BinaryOp;
    match &expr.kind {
        ExprKind::Number(number) => Some(*number),
        ExprKind::Unary { op: crate::model::UnaryOp::Minus, operand } => Some(-constant(operand)?),
        ExprKind::Binary { op, left, right } => {
            let (left, right) = (constant(left)?, constant(right)?);
            match op {
                BinaryOp::Plus => Some(left + right),
                BinaryOp::Minus => Some(left - right),
                BinaryOp::Times => Some(left * right),
                BinaryOp::Over => Some(left / right),
                BinaryOp::Power | BinaryOp::And | BinaryOp::Or => None,
            }
        }
        _ => None,
    }
}
