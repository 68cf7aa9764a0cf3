//! Levels and bounds: constants in the unit of what they are levels of.

use crate::check::error::CheckError;
use crate::check::infer::{Infer, adopt, fits};
use crate::model::{ExprKind, Levels, Type, VariableId};
use crate::resolve::{Owner, Written};
use crate::syntax::ast;
use crate::text::Span;
use crate::units::Unit;

use super::Asking;
use super::error::StudyError;

/// The most levels that a list made by a rule may have on one axis.
const MOST: f64 = 1e15;

impl Asking<'_, '_, '_> {
    /// The levels of an axis.
    pub(super) fn levels(&mut self, levels: &ast::Levels, of: VariableId) -> Option<Levels> {
        let levels = self.levels_of(levels, of)?;
        let ends = match &levels {
            Levels::List(list) => list.clone(),
            Levels::Steps { first, last, .. } | Levels::Count { first, last, .. } => vec![*first, *last],
        };
        let place = self.def.place;
        ends.iter().all(|number| self.checker.above_zero(of, *number, place)).then_some(levels)
    }

    fn levels_of(&mut self, levels: &ast::Levels, of: VariableId) -> Option<Levels> {
        match levels {
            ast::Levels::List(list) => {
                let list = self.constants(&list.iter().collect::<Vec<_>>(), of)?;
                Some(Levels::List(list))
            }
            ast::Levels::Steps { first, last, step } => {
                let numbers = self.constants(&[first, last, step], of)?;
                let [from, to, by] = <[f64; 3]>::try_from(numbers).ok()?;
                if by == 0.0 {
                    return self.no_levels(step.span, "a step of nothing never arrives", "name a step above zero");
                }
                if (to - from) * by < 0.0 {
                    let message = "these steps lead away from the upper end";
                    return self.no_levels(
                        first.span.to(step.span),
                        message,
                        "write FIRST..LAST step DISTANCE, upwards",
                    );
                }
                if (to - from) / by > MOST {
                    return self.no_levels(step.span, "so small a step makes too many levels", "name a larger step");
                }
                Some(Levels::Steps { first: from, last: to, step: by })
            }
            ast::Levels::Count { first, last, count } => {
                let numbers = self.constants(&[first, last], of)?;
                let [from, to] = <[f64; 2]>::try_from(numbers).ok()?;
                let count_of = self.whole(*count)?;
                if count_of < 2 {
                    return self.no_levels(*count, "two ends need at least two levels", "say `in 2 levels`, or more");
                }
                if from == to {
                    let message = "there is nothing between these two ends";
                    return self.no_levels(first.span.to(last.span), message, "name two different ends");
                }
                Some(Levels::Count { first: from, last: to, count: count_of })
            }
        }
    }

    pub(super) fn no_levels<T>(&mut self, span: Span, message: &str, help: &str) -> Option<T> {
        let (message, help) = (message.to_string(), help.to_string());
        self.say(&StudyError::Levels { message, help, span })
    }

    /// Constants of the type of a variable; one without a unit takes that of the next that has one: `12..15 bn CNY`.
    pub(super) fn constants(&mut self, exprs: &[&ast::Expr], of: VariableId) -> Option<Vec<f64>> {
        let ty = self.reader.model.variable(of).ty.clone();
        let name = self.reader.model.variable(of).path.to_string();
        let mut numbers = Vec::with_capacity(exprs.len());
        let mut unit: Option<Unit> = None;
        for expr in exprs.iter().rev() {
            let (number, own) = self.constant(expr, &ty, unit.as_ref(), &name)?;
            unit = own.or(unit);
            numbers.push(number);
        }
        numbers.reverse();
        Some(numbers)
    }

    fn constant(
        &mut self,
        expr: &ast::Expr,
        ty: &Type,
        unit: Option<&Unit>,
        name: &str,
    ) -> Option<(f64, Option<Unit>)> {
        let written = Written { expr: expr.clone(), source: self.def.source };
        let mut infer = Infer::new(self.checker, &written, Owner::Book, None);
        let mut built = infer.root(Some(ty));
        let (problems, unsound) = (std::mem::take(&mut infer.problems), infer.unsound);
        self.checker.problems.extend(problems);
        if unsound || !built.known {
            return None;
        }
        if fits(&built, ty) {
            adopt(&mut built, ty);
        }
        let Some(number) = built.constant() else {
            let message = "only constants are levels and bounds";
            return self.no_levels(expr.span, message, "write a number, or let the formula stand in the book");
        };
        if built.expr.ty == *ty {
            return Some((number, built.unit));
        }
        let is_bare = built.unit.is_none() && matches!(built.expr.kind, ExprKind::Number(_));
        if let Some(unit) = unit.filter(|unit| is_bare && Type::Number(unit.dimension.clone()) == *ty) {
            return Some((unit.to_base(number), None));
        }
        let (declared, found) = (self.checker.words(ty), self.checker.words(&built.expr.ty));
        let help = "write its levels and bounds with its unit".to_string();
        let name = name.to_string();
        self.say(&CheckError::Declared { name, declared, found, help, span: expr.span })
    }

    /// A whole number as written.
    pub(super) fn whole(&mut self, span: Span) -> Option<u64> {
        let text = self.reader.text(span).replace('_', "");
        let number = text.parse::<u64>().ok();
        if number.is_none() {
            let message = "this number is too large".to_string();
            let help = "the largest is 18_446_744_073_709_551_615".to_string();
            return self.say(&StudyError::Setting { message, help, span });
        }
        number
    }

    /// A share between 0 and 1.
    pub(super) fn share(&mut self, expr: &ast::Expr) -> Option<f64> {
        let ratio = Type::Number(crate::units::Dimension::RATIO);
        let (number, _) = self.constant(expr, &ratio, None, "this share")?;
        Some(number)
    }
}
