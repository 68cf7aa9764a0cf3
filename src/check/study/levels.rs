//! Levels and bounds: constants in the unit of what they are levels of.

use crate::check::bare::Holder;
use crate::check::error::CheckError;
use crate::check::infer::{Infer, adopt, fits};
use crate::model::{Levels, Type, VariableId};
use crate::resolve::{Owner, Written, is_literal};
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
        let found = self.levels_of(levels, of)?;
        let numbers = match &found {
            Levels::List(list) => list.clone(),
            Levels::Steps { first, last, .. } | Levels::Count { first, last, .. } => vec![*first, *last],
        };
        let written = match levels {
            ast::Levels::List(list) => list.iter().collect(),
            ast::Levels::Steps { first, last, .. } | ast::Levels::Count { first, last, .. } => vec![first, last],
        };
        self.above_zero(of, &numbers, &written).then_some(found)
    }

    /// Refuses what no exchange rate can be, where it is written.
    pub(super) fn above_zero(&mut self, of: VariableId, numbers: &[f64], written: &[&ast::Expr]) -> bool {
        let source = self.def.source;
        let mut each = numbers.iter().zip(written);
        each.all(|(number, expr)| self.checker.above_zero(of, *number, expr.span.at(source)))
    }

    fn levels_of(&mut self, levels: &ast::Levels, of: VariableId) -> Option<Levels> {
        match levels {
            ast::Levels::List(list) => {
                let numbers = self.constants(&list.iter().collect::<Vec<_>>(), of)?;
                for (at, number) in numbers.iter().enumerate() {
                    if let Some(before) = numbers[..at].iter().position(|other| other == number) {
                        self.twice(list[at].tree.text.to_string(), list[at].span, list[before].span);
                    }
                }
                Some(Levels::List(numbers))
            }
            ast::Levels::Steps { first, last, step } => {
                let ends = self.constants_beside((&[first, last], &[step]), of)?;
                let [from, to] = <[f64; 2]>::try_from(ends).ok()?;
                let by = *self.constants_beside((&[step], &[first, last]), of)?.first()?;
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

    /// Constants of the type of a variable.
    pub(super) fn constants(&mut self, exprs: &[&ast::Expr], of: VariableId) -> Option<Vec<f64>> {
        self.constants_beside((exprs, &[]), of)
    }

    /// Constants of the type of a variable; bare ones take the unit that holds for all, of their own list or else of what
    /// stands beside it: `12..15 bn CNY`.
    fn constants_beside(
        &mut self,
        (exprs, beside): (&[&ast::Expr], &[&ast::Expr]),
        of: VariableId,
    ) -> Option<Vec<f64>> {
        let variable = self.reader.model.variable(of);
        let (ty, name, shown) = (variable.ty.clone(), variable.path.clone(), variable.unit.clone());
        let [list, beside] =
            [exprs, beside].map(|exprs| exprs.iter().map(|expr| self.written(expr)).collect::<Vec<_>>());
        let holder = Holder::new(&name, Some(&shown));
        let lists = (&*list.iter().collect::<Vec<_>>(), &*beside.iter().collect::<Vec<_>>());
        let unit = match self.checker.unit_of_list(lists, &holder) {
            Ok(unit) => unit,
            Err(problems) => {
                self.checker.problems.extend(problems);
                return None;
            }
        };
        list.iter().map(|written| self.constant(written, &ty, unit.as_ref(), &name)).collect()
    }

    fn written(&self, expr: &ast::Expr) -> Written {
        Written { expr: expr.clone(), source: self.def.source }
    }

    fn constant(&mut self, written: &Written, ty: &Type, unit: Option<&Unit>, name: &str) -> Option<f64> {
        let cell = unit.filter(|_| is_literal(&written.expr)).cloned();
        let mut infer = Infer::new(self.checker, written, Owner::Book, None).with_cell(cell);
        let mut built = infer.root(Some(ty));
        let (problems, unsound) = (std::mem::take(&mut infer.problems), infer.unsound);
        self.checker.problems.extend(problems);
        if unsound || !built.known {
            return None;
        }
        if fits(&built, ty) {
            adopt(&mut built, ty);
        }
        let span = written.expr.span;
        let Some(number) = built.constant() else {
            let message = "only constants are levels and bounds";
            return self.no_levels(span, message, "write a number, or let the formula stand in the book");
        };
        if built.expr.ty == *ty {
            return Some(number);
        }
        let (declared, found) = (self.checker.words(ty), self.checker.words(&built.expr.ty));
        let help = "write its levels and bounds with its unit".to_string();
        let name = name.to_string();
        self.say(&CheckError::Declared { name, declared, found, help, span })
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
        self.constant(&self.written(expr), &ratio, None, "this share")
    }
}
