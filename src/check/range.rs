//! The range of a line: its ends in the unit of the value, and its shape.

use std::sync::Arc;

use crate::diagnostic::Problem;
use crate::model::{self, Distribution, Expr, ExprKind, Shape, Spread, Type};
use crate::resolve::{Content, Piece, is_literal};
use crate::text::Place;

use super::define::Work;
use super::error::CheckError;
use super::infer::{Built, Infer, constant};

impl Work<'_, '_> {
    pub fn distribution(&mut self, ty: Option<&Type>, built: &[Built]) -> Option<Distribution> {
        let (low, high) = self.line.range.as_ref()?;
        let shape = self.shape()?;
        let (low_place, high_place) = (place_of(low), place_of(high));
        let text = format!("{}..{} {}", text_of(low), text_of(high), word_of(shape)).into();
        let (low, high) = (self.end(low, ty)?, self.end(high, ty)?);
        if let (Some(a), Some(b)) = (constant(&low), constant(&high)) {
            let point = match built {
                [one] => one.constant(),
                _ => None,
            };
            let place = Place { source: low_place.source, span: low_place.span.to(high_place.span) };
            self.holds((a, b), point, place);
        }
        let spread = Spread::Between { low: Arc::new(low), high: Arc::new(high), shape, mode: None };
        Some(Distribution { spread, within: None, text })
    }

    fn holds(&mut self, (low, high): (f64, f64), point: Option<f64>, place: Place) {
        let inside = point.is_none_or(|point| low <= point && point <= high);
        if low <= high && inside {
            return;
        }
        let help = match low <= high {
            true => "widen the range, or mend the value",
            false => "write the lower end first",
        };
        let name = self.site.name.to_string();
        let error = CheckError::Range { name, help: help.to_string(), span: place.span };
        self.problems.push(Problem::new(place.source, &error));
    }

    fn end(&mut self, content: &Content, ty: Option<&Type>) -> Option<Expr> {
        let Content::Written { written, .. } = content else { return None };
        let piece = Piece {
            window: None,
            content: content.clone(),
            role: model::Role::Assumed,
            provenance: Arc::default(),
            place: written.place(),
        };
        let mut built = self.piece(&piece, ty, None);
        let ty = ty?;
        if !built.known {
            return None;
        }
        if super::infer::fits(&built, ty) {
            super::infer::adopt(&mut built, ty);
        }
        if built.expr.ty != *ty {
            built = self.of_the_value(built, ty, written)?;
        }
        Some(built.expr)
    }

    /// A bare end of a range is in the unit of the value: `9_500 USD range 9_000..10_500`.
    fn of_the_value(&mut self, mut built: Built, ty: &Type, written: &crate::resolve::Written) -> Option<Built> {
        let value_unit = self.line.pieces.first().and_then(|piece| match &piece.content {
            Content::Written { written, cell } if is_literal(&written.expr) => {
                let mut infer = Infer::new(self.checker, written, self.site.owner, None).with_cell(cell.clone());
                infer.root(None).unit
            }
            _ => None,
        });
        match (value_unit, &built.expr.kind) {
            (Some(unit), ExprKind::Number(number))
                if built.unit.is_none() && Type::Number(unit.dimension.clone()) == *ty =>
            {
                built.expr.kind = ExprKind::Number(number * unit.factor);
                built.expr.ty = ty.clone();
                Some(built)
            }
            _ => {
                let (declared, found) = (self.checker.words(ty), self.checker.words(&built.expr.ty));
                let name = format!("range of {}", self.site.name);
                let help = "write the unit after each end of the range".to_string();
                let place = written.place();
                self.say(place, &CheckError::Declared { name, declared, found, help, span: place.span });
                None
            }
        }
    }

    fn shape(&mut self) -> Option<Shape> {
        let Some((word, place)) = self.line.shape.clone() else { return Some(Shape::Pert) };
        let shape = match &*word {
            "pert" => Shape::Pert,
            "triangular" => Shape::Triangular,
            "normal" => Shape::Normal,
            "lognormal" => Shape::Lognormal,
            "uniform" => Shape::Uniform,
            "p5p95" => Shape::P5P95,
            _ => {
                let message = format!("`{word}` is not a shape of this version");
                let help = "say pert, triangular, normal, lognormal, uniform or p5p95".to_string();
                let label = "not a shape".to_string();
                self.say(place, &CheckError::WrongKind { message, help, span: place.span, label });
                return None;
            }
        };
        Some(shape)
    }
}

fn place_of(content: &Content) -> Place {
    match content {
        Content::Written { written, .. } => written.place(),
        Content::Literal { place, .. } => *place,
    }
}

fn text_of(content: &Content) -> &str {
    match content {
        Content::Written { written, .. } => &written.expr.tree.text,
        Content::Literal { text, .. } => text,
    }
}

fn word_of(shape: Shape) -> &'static str {
    match shape {
        Shape::Pert => "pert",
        Shape::Triangular => "triangular",
        Shape::Normal => "normal",
        Shape::Lognormal => "lognormal",
        Shape::Uniform => "uniform",
        Shape::P5P95 => "p5p95",
    }
}
