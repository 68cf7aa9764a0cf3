//! How a value is spread: the ends of its range, or the numbers of a distribution, in the unit of the value.

use std::sync::Arc;

use crate::diagnostic::Problem;
use crate::model::{self, BinaryOp, Distribution, Expr, ExprKind, Shape, Spread, Type};
use crate::resolve::{Content, Piece, SpreadDef, Written, is_literal};
use crate::syntax::ast;
use crate::text::Place;
use crate::text::decimal::shifted;
use crate::units::{Dimension, Unit};

use super::define::Work;
use super::error::CheckError;
use super::infer::{Built, Infer, constant};

impl Work<'_, '_> {
    /// How the value beside a range varies; a study's spread stands beside none.
    pub fn distribution(&mut self, ty: Option<&Type>, built: Option<&Built>) -> Option<Distribution> {
        let def = self.range.clone()?;
        let spread = match &def.spread.kind {
            ast::SpreadKind::Between { low, high, mode } => {
                self.between(&def, (low, high, mode.as_ref()), ty, built)?
            }
            ast::SpreadKind::Normal { mean, sd } => self.normal(&def, mean.as_ref(), sd, ty)?,
            ast::SpreadKind::Lognormal { mu, sigma } => self.lognormal(&def, mu, sigma)?,
            ast::SpreadKind::Discrete(values) => self.discrete(&def, values, ty)?,
        };
        let within = match &def.spread.within {
            Some((low, high)) => Some(self.ordered(&def, (low, high), ty)?),
            None => None,
        };
        Some(Distribution { spread, within, text: def.text.clone() })
    }

    fn between(
        &mut self,
        def: &SpreadDef,
        (low, high, mode): (&ast::Expr, &ast::Expr, Option<&ast::Expr>),
        ty: Option<&Type>,
        built: Option<&Built>,
    ) -> Option<Spread> {
        let shape = def.shape.as_deref().map_or(Shape::Pert, shape_of);
        let place = low.span.to(high.span).at(def.source);
        let (low, high) = self.ordered(def, (low, high), ty)?;
        let ends = constant(&low).zip(constant(&high));
        let point = built.and_then(Built::constant);
        if let Some((low, high)) = ends {
            self.holds((low, high), point, place);
            if shape == Shape::Lognormal && low <= 0.0 {
                return self.no_spread(
                    place,
                    "a lognormal value is above zero, and this range is not",
                    "raise its lower end",
                );
            }
        }
        let mode = match mode {
            Some(mode) => Some(self.mode(def, mode, ends, shape, ty)?),
            None => None,
        };
        Some(Spread::Between { low, high, shape, mode })
    }

    fn mode(
        &mut self,
        def: &SpreadDef,
        mode: &ast::Expr,
        ends: Option<(f64, f64)>,
        shape: Shape,
        ty: Option<&Type>,
    ) -> Option<Arc<Expr>> {
        let place = mode.span.at(def.source);
        if !matches!(shape, Shape::Pert | Shape::Triangular) {
            let message = "only triangular and pert have a mode of their own";
            return self.no_spread(place, message, "drop the mode, or say triangular");
        }
        let mode = self.number(def, mode, ty)?;
        let outside = |(low, high): (f64, f64)| constant(&mode).is_some_and(|mode| mode < low || mode > high);
        if ends.is_some_and(outside) {
            return self.no_spread(place, "the mode lies outside the range", "name a mode between the two ends");
        }
        Some(Arc::new(mode))
    }

    fn normal(
        &mut self,
        def: &SpreadDef,
        mean: Option<&ast::Expr>,
        sd: &ast::Expr,
        ty: Option<&Type>,
    ) -> Option<Spread> {
        let mean = match mean {
            Some(mean) => Some(Arc::new(self.number(def, mean, ty)?)),
            None => None,
        };
        Some(Spread::Normal { mean, sd: self.above_zero(def, sd, ty)? })
    }

    /// `mu` is of the logarithm of the number in the value's unit, and the model counts in base units.
    fn lognormal(&mut self, def: &SpreadDef, mu: &ast::Expr, sigma: &ast::Expr) -> Option<Spread> {
        let (plain, def) = (Type::Number(Dimension::RATIO), &bare(def));
        let mut mu = self.number(def, mu, Some(&plain))?;
        let unit = self.value_unit().or(self.line.unit.clone()).filter(|unit| !unit.dimension.is_ratio());
        if let Some(unit) = unit.filter(|unit| unit.factor != 1.0) {
            let node = |kind| Expr { kind, ty: plain.clone(), time: mu.time, span: mu.span };
            let factor = node(ExprKind::Number(libm::log(unit.factor)));
            let (left, right) = (Box::new(mu.clone()), Box::new(factor));
            mu = node(ExprKind::Binary { op: BinaryOp::Plus, left, right });
        }
        let sigma = self.above_zero(def, sigma, Some(&plain))?;
        Some(Spread::Lognormal { mu: Arc::new(mu), sigma })
    }

    fn discrete(&mut self, def: &SpreadDef, values: &[(ast::Expr, ast::Expr)], ty: Option<&Type>) -> Option<Spread> {
        let (plain, bare) = (Type::Number(Dimension::RATIO), bare(def));
        let mut chances = Vec::new();
        for (value, probability) in values {
            let place = probability.span.at(def.source);
            let value = self.number(def, value, ty)?;
            let probability = constant(&self.number(&bare, probability, Some(&plain))?);
            let Some(probability) = probability.filter(|share| (0.0..=1.0).contains(share)) else {
                let message = "a probability is a constant between 0% and 100%";
                return self.no_spread(place, message, "write it as a percentage: `at 25%`");
            };
            chances.push((Arc::new(value), probability));
        }
        let total: f64 = chances.iter().map(|(_, share)| share).sum();
        if (total - 1.0).abs() > 1e-9 {
            let message = format!("these probabilities add up to {}%", crate::units::significant(shifted(total, 2), 6));
            return self.no_spread(def.spread.span.at(def.source), &message, "let them add up to 100%");
        }
        Some(Spread::Discrete(chances))
    }

    /// Two ends, the lower one first.
    fn ordered(
        &mut self,
        def: &SpreadDef,
        (low, high): (&ast::Expr, &ast::Expr),
        ty: Option<&Type>,
    ) -> Option<(Arc<Expr>, Arc<Expr>)> {
        let place = low.span.to(high.span).at(def.source);
        let (low, high) = (self.number(def, low, ty)?, self.number(def, high, ty)?);
        if constant(&low).zip(constant(&high)).is_some_and(|(low, high)| low > high) {
            return self.no_spread(place, "the upper end lies below the lower one", "write the lower end first");
        }
        Some((Arc::new(low), Arc::new(high)))
    }

    fn above_zero(&mut self, def: &SpreadDef, expr: &ast::Expr, ty: Option<&Type>) -> Option<Arc<Expr>> {
        let number = self.number(def, expr, ty)?;
        if constant(&number).is_some_and(|number| number <= 0.0) {
            let place = expr.span.at(def.source);
            return self.no_spread(place, "a width is above zero", "say how far values usually lie from the middle");
        }
        Some(Arc::new(number))
    }

    fn no_spread<T>(&mut self, place: Place, message: &str, help: &str) -> Option<T> {
        let error = CheckError::Spread { message: message.to_string(), help: help.to_string(), span: place.span };
        self.say(place, &error);
        None
    }

    /// Warns of a value outside of where it may be.
    pub fn holds(&mut self, (low, high): (f64, f64), point: Option<f64>, place: Place) {
        if point.is_none_or(|point| low <= point && point <= high) {
            return;
        }
        let (name, help) = (self.site.name.to_string(), "widen the range, or mend the value".to_string());
        let error = CheckError::Range { name, help, span: place.span };
        self.problems.push(Problem::new(place.source, &error));
    }

    /// A number of a spread, of the type of the value.
    fn number(&mut self, def: &SpreadDef, expr: &ast::Expr, ty: Option<&Type>) -> Option<Expr> {
        let written = Written { expr: expr.clone(), source: def.source };
        let place = written.place();
        let content = Content::Written { written: written.clone(), cell: def.cell.clone() };
        let piece =
            Piece { window: None, content, role: model::Role::Assumed, provenance: Arc::default(), range: None, place };
        let mut built = self.piece(&piece, ty, None);
        let ty = ty?;
        if !built.known {
            return None;
        }
        if super::infer::fits(&built, ty) {
            super::infer::adopt(&mut built, ty);
        }
        if built.expr.ty != *ty {
            built = self.of_the_value(built, ty, &written)?;
        }
        Some(built.expr)
    }

    /// A bare number is in the unit of the value: `9_500 USD range 9_000..10_500`.
    fn of_the_value(&mut self, mut built: Built, ty: &Type, written: &Written) -> Option<Built> {
        match (self.value_unit(), &built.expr.kind) {
            (Some(unit), ExprKind::Number(number))
                if built.unit.is_none() && Type::Number(unit.dimension.clone()) == *ty =>
            {
                built.expr.kind = ExprKind::Number(unit.to_base(*number));
                built.expr.ty = ty.clone();
                Some(built)
            }
            _ => {
                let (declared, found) = (self.checker.words(ty), self.checker.words(&built.expr.ty));
                let name = format!("range of {}", self.site.name);
                let help = "write the unit after each number of the range".to_string();
                let place = written.place();
                self.say(place, &CheckError::Declared { name, declared, found, help, span: place.span });
                None
            }
        }
    }

    /// The unit that the value is written in; without a value, that of the last number of the spread: `12..15 bn CNY`.
    fn value_unit(&mut self) -> Option<Unit> {
        let Some(piece) = self.beside else {
            let def = self.range.as_ref()?;
            let written = Written { expr: last_of(&def.spread.kind)?.clone(), source: def.source };
            return Infer::new(self.checker, &written, self.site.owner, None).root(None).unit;
        };
        match &piece.content {
            Content::Written { written, cell } if is_literal(&written.expr) => {
                let mut infer = Infer::new(self.checker, written, self.site.owner, None).with_cell(cell.clone());
                infer.root(None).unit
            }
            _ => None,
        }
    }
}

fn last_of(spread: &ast::SpreadKind) -> Option<&ast::Expr> {
    match spread {
        ast::SpreadKind::Between { high, .. } => Some(high),
        ast::SpreadKind::Normal { sd, .. } => Some(sd),
        ast::SpreadKind::Discrete(values) => values.last().map(|(value, _)| value),
        ast::SpreadKind::Lognormal { .. } => None,
    }
}

/// The same, for numbers that have no unit whatever the value's unit is.
fn bare(def: &SpreadDef) -> SpreadDef {
    SpreadDef { cell: None, ..def.clone() }
}

fn shape_of(word: &str) -> Shape {
    match word {
        "triangular" => Shape::Triangular,
        "normal" => Shape::Normal,
        "lognormal" => Shape::Lognormal,
        "uniform" => Shape::Uniform,
        "p5p95" => Shape::P5P95,
        _ => Shape::Pert,
    }
}
