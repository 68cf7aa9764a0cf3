//! Arithmetic: sums of like things, products of any, powers with constant exponents.

use crate::model::{BinaryOp, ExprKind, SeriesKind, Type, UnaryOp};
use crate::syntax::ast::NodeId;
use crate::units::{Dimension, Unit};

use super::super::error::CheckError;
use super::{Built, Infer, together};

impl<'c, 'a> Infer<'c, 'a> {
    pub(super) fn minus(&mut self, id: NodeId, operand: NodeId, want: Option<&Type>) -> Built {
        let built = self.build(operand, want);
        let built = self.number(operand, built);
        let Built { expr, known, any, series, unit } = built;
        let (ty, time) = (expr.ty.clone(), expr.time);
        let kind = ExprKind::Unary { op: UnaryOp::Minus, operand: Box::new(expr) };
        Built { known, any, ..Built::new(kind, ty, time, self.span(id)).adding(series).shown(unit) }
    }

    pub(super) fn binary(
        &mut self,
        id: NodeId,
        op: BinaryOp,
        left: NodeId,
        right: NodeId,
        want: Option<&Type>,
    ) -> Built {
        match op {
            BinaryOp::And | BinaryOp::Or => self.logic(id, op, left, right),
            _ => {
                let (one, two) = self.sides(op, left, right, want);
                let (one, two) = (self.number(left, one), self.number(right, two));
                match op {
                    BinaryOp::Plus | BinaryOp::Minus => self.sum(id, op, (one, left), (two, right)),
                    BinaryOp::Power => self.power(id, (one, left), (two, right)),
                    _ => self.product(id, op, (one, left), (two, right)),
                }
            }
        }
    }

    /// Both sides; a hole on one of them learns from the other what it would have to be.
    fn sides(&mut self, op: BinaryOp, left: NodeId, right: NodeId, want: Option<&Type>) -> (Built, Built) {
        let sum = matches!(op, BinaryOp::Plus | BinaryOp::Minus);
        let pass = if sum { want } else { None };
        if self.is_hole(left) && !self.is_hole(right) {
            let two = self.build(right, pass);
            let needed = needed(op, want, &two, true);
            return (self.build(left, needed.as_ref()), two);
        }
        let one = self.build(left, pass);
        let needed = if self.is_hole(right) { needed(op, want, &one, false) } else { pass.cloned() };
        let two = self.build(right, needed.as_ref());
        (one, two)
    }

    /// A value that must be a number.
    pub(super) fn number(&mut self, id: NodeId, built: Built) -> Built {
        if !built.known || matches!(built.expr.ty, Type::Number(_)) {
            return built;
        }
        let what = self.words(&built.expr.ty);
        let message = format!("{what} cannot be calculated with");
        let help = "numbers only; `if … then … else …` makes a number of a condition".to_string();
        self.fail(&CheckError::WrongKind { message, help, span: self.at(id), label: what })
    }

    fn sum(
        &mut self,
        id: NodeId,
        op: BinaryOp,
        (mut one, left): (Built, NodeId),
        (mut two, right): (Built, NodeId),
    ) -> Built {
        let before = self.problems.len();
        let ty = self.agree((&mut one, left), (&mut two, right));
        if ty.is_none() && self.problems.len() > before {
            self.ratio_added((&one, left), (&two, right), before);
        }
        let time = self.same_time((&mut one, left), (&mut two, right));
        let series = together(one.series, two.series);
        let unit = one.unit.clone().or_else(|| two.unit.clone());
        let any = one.any && two.any;
        let Some(ty) = ty else {
            let mut unknown = self.unknown();
            unknown.expr.time = time;
            return unknown;
        };
        let kind = ExprKind::Binary { op, left: Box::new(one.expr), right: Box::new(two.expr) };
        let built = Built::new(kind, ty, time, self.span(id)).adding(series).shown(unit);
        Built { any, ..built }
    }

    /// The type of two values that must be alike; a bare zero and a missing value go with anything.
    pub(super) fn agree(
        &mut self,
        (one, left): (&mut Built, NodeId),
        (two, right): (&mut Built, NodeId),
    ) -> Option<Type> {
        match (one.known, two.known) {
            (false, false) => return None,
            (true, false) => return (!one.any).then(|| one.expr.ty.clone()),
            (false, true) => return (!two.any).then(|| two.expr.ty.clone()),
            (true, true) => {}
        }
        if one.expr.ty == two.expr.ty {
            return Some(one.expr.ty.clone());
        }
        if fits(one, &two.expr.ty) {
            adopt(one, &two.expr.ty);
            return Some(two.expr.ty.clone());
        }
        if fits(two, &one.expr.ty) {
            adopt(two, &one.expr.ty);
            return Some(one.expr.ty.clone());
        }
        self.unlike((one, left), (two, right));
        None
    }

    fn unlike(&mut self, (one, left): (&Built, NodeId), (two, right): (&Built, NodeId)) {
        let (left_words, right_words) = (self.words(&one.expr.ty), self.words(&two.expr.ty));
        let (left_span, right_span) = (self.at(left), self.at(right));
        self.unsound = true;
        let (Some(a), Some(b)) = (one.dimension(), two.dimension()) else {
            let help = "text, yes/no and numbers do not mix".to_string();
            let error = CheckError::Mismatch { left: left_words, right: right_words, help, left_span, right_span };
            self.report(&error);
            return;
        };
        if let Some(into) = self.only_currency(a, b) {
            let error = CheckError::Currency { left: left_words, right: right_words, into, left_span, right_span };
            self.report(&error);
            return;
        }
        let help = match a.is_ratio() || b.is_ratio() {
            _ if self.checker.is_per_time(a, b) => PER_TIME.to_string(),
            true => "write the unit after the number, or divide by one of it".to_string(),
            false => "convert one side, or multiply by what relates them".to_string(),
        };
        self.report(&CheckError::Mismatch { left: left_words, right: right_words, help, left_span, right_span });
    }

    /// A sum of an amount and a ratio is said to be one, in place of what the sum's two sides were reported as.
    fn ratio_added(&mut self, (one, left): (&Built, NodeId), (two, right): (&Built, NodeId), before: usize) {
        let (Some(a), Some(b)) = (one.dimension(), two.dimension()) else { return };
        if !a.is_ratio() && !b.is_ratio() {
            return;
        }
        self.problems.truncate(before);
        let (whole, ratio) = if b.is_ratio() { (left, right) } else { (right, left) };
        let instead = format!("{} * (1 + {})", short(self.text_of(whole)), short(self.text_of(ratio)));
        let what = self.words(if b.is_ratio() { &one.expr.ty } else { &two.expr.ty });
        let (span, ratio) = (self.at(whole), self.at(ratio));
        self.report(&CheckError::RatioAdded { what, instead, span, ratio });
    }

    /// The left side's currency, if the two differ in nothing but that.
    fn only_currency(&self, a: &Dimension, b: &Dimension) -> Option<String> {
        let units = &self.checker.symbols.units;
        let (from, into) = (units.currency_of(b)?, units.currency_of(a)?);
        let converted = b.over(&Dimension::base(from)).times(&Dimension::base(into));
        (converted == *a).then(|| units.symbol(into).to_string())
    }

    fn product(
        &mut self,
        id: NodeId,
        op: BinaryOp,
        (mut one, left): (Built, NodeId),
        (mut two, right): (Built, NodeId),
    ) -> Built {
        let time = self.same_time((&mut one, left), (&mut two, right));
        let (Some(a), Some(b)) = (one.dimension(), two.dimension()) else {
            let mut unknown = self.unknown();
            unknown.expr.time = time;
            return unknown;
        };
        let times = op == BinaryOp::Times;
        let dimension = if times { a.times(b) } else { a.over(b) };
        let unit = if times { unit_of_product(&one, &two) } else { unit_of_quotient(&one, &two) };
        let series = if times { of_product(one.series, two.series) } else { of_quotient(&one, &two, &dimension) };
        let any = is_missing(&one) || is_missing(&two);
        let kind = ExprKind::Binary { op, left: Box::new(one.expr), right: Box::new(two.expr) };
        let built = Built::new(kind, Type::Number(dimension), time, self.span(id)).adding(series).shown(unit);
        Built { any, ..built }
    }

    fn power(
        &mut self,
        id: NodeId,
        (mut base, left): (Built, NodeId),
        (mut exponent, right): (Built, NodeId),
    ) -> Built {
        let time = self.same_time((&mut base, left), (&mut exponent, right));
        let (Some(of), Some(by)) = (base.dimension(), exponent.dimension()) else { return self.unknown() };
        let of_words = self.words(&base.expr.ty);
        if !by.is_ratio() {
            let what = self.words(&exponent.expr.ty);
            return self.fail(&CheckError::Power { base: of_words, span: self.at(right), what });
        }
        let dimension = match of.is_ratio() {
            true => Some(Dimension::RATIO),
            false => exponent.constant().and_then(rational).and_then(|(top, bottom)| of.power(top, bottom)),
        };
        let Some(dimension) = dimension else {
            let what = if exponent.constant().is_some() { "no simple fraction" } else { "not a constant" };
            return self.fail(&CheckError::Power { base: of_words, span: self.at(right), what: what.to_string() });
        };
        let series = match exponent.constant() {
            Some(1.0) => base.series,
            _ => base.series.or(exponent.series).map(|_| SeriesKind::Ratio),
        };
        let kind = ExprKind::Binary { op: BinaryOp::Power, left: Box::new(base.expr), right: Box::new(exponent.expr) };
        Built::new(kind, Type::Number(dimension), time, self.span(id)).adding(series)
    }
}

/// What to do about an amount a year where an amount is wanted.
pub const PER_TIME: &str = "one is per time, as in `CNY/year`, and the other is not: multiply by `1 year`";

/// Whether a value goes with a type because it is a bare zero or missing.
pub fn fits(built: &Built, ty: &Type) -> bool {
    built.any && (matches!(ty, Type::Number(_)) || is_missing(built))
}

/// Takes a type on, throughout.
pub fn adopt(built: &mut Built, ty: &Type) {
    fn walk(expr: &mut crate::model::Expr, ty: &Type) {
        expr.ty = ty.clone();
        if let ExprKind::Unary { operand, .. } = &mut expr.kind {
            walk(operand, ty);
        }
    }
    walk(&mut built.expr, ty);
    built.any = false;
}

fn is_missing(built: &Built) -> bool {
    matches!(built.expr.kind, ExprKind::Missing { .. })
}

/// What a hole beside a known value would have to be.
fn needed(op: BinaryOp, want: Option<&Type>, other: &Built, hole_is_left: bool) -> Option<Type> {
    let other = other.dimension()?;
    let want = match want {
        Some(Type::Number(want)) => Some(want),
        _ => None,
    };
    Some(Type::Number(match (op, hole_is_left) {
        (BinaryOp::Times, _) => want?.over(other),
        (BinaryOp::Over, true) => want?.times(other),
        (BinaryOp::Over, false) => other.over(want?),
        (BinaryOp::Power, false) => Dimension::RATIO,
        (BinaryOp::Power, true) => return None,
        _ => other.clone(),
    }))
}

fn unit_of_product(one: &Built, two: &Built) -> Option<Unit> {
    let is_ratio = |built: &Built| built.dimension().is_some_and(Dimension::is_ratio);
    match (is_ratio(one), is_ratio(two)) {
        (_, true) => one.unit.clone().or_else(|| two.unit.clone().filter(|_| is_ratio(one))),
        (true, false) => two.unit.clone(),
        (false, false) => None,
    }
}

fn unit_of_quotient(one: &Built, two: &Built) -> Option<Unit> {
    let by_ratio = two.dimension().is_some_and(Dimension::is_ratio);
    let both = by_ratio && one.dimension().is_some_and(Dimension::is_ratio) && two.unit.is_some();
    one.unit.clone().filter(|_| by_ratio && !both)
}

fn of_product(one: Option<SeriesKind>, two: Option<SeriesKind>) -> Option<SeriesKind> {
    use SeriesKind::{Flow, Price, Rate, Ratio, Stock};
    match (one, two) {
        (None, other) | (other, None) => other,
        (Some(Flow), _) | (_, Some(Flow)) => Some(Flow),
        (Some(Stock), _) | (_, Some(Stock)) => Some(Stock),
        (Some(Price), _) | (_, Some(Price)) => Some(Price),
        (Some(Rate | Ratio), Some(Rate | Ratio)) => Some(Ratio),
    }
}

fn of_quotient(one: &Built, two: &Built, dimension: &Dimension) -> Option<SeriesKind> {
    use SeriesKind::{Flow, Price, Ratio};
    match (one.series, two.series) {
        (None, None) => None,
        (Some(kind), None) => Some(kind),
        _ if dimension.is_ratio() => Some(Ratio),
        (Some(Flow), Some(Flow)) => Some(Price),
        (Some(kind), Some(_)) => Some(kind),
        (None, Some(_)) => Some(Ratio),
    }
}

/// A constant as a fraction of small whole numbers.
fn rational(number: f64) -> Option<(i32, i32)> {
    [1, 2, 3, 6].into_iter().find_map(|bottom| {
        let top = number * f64::from(bottom);
        let whole = libm::round(top);
        ((top - whole).abs() < 1e-9 && whole.abs() < 1000.0).then_some((whole as i32, bottom))
    })
}

fn short(text: &str) -> &str {
    if text.len() > 40 || text.contains('\n') { "…" } else { text }
}
