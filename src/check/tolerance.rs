//! How near is near enough: a distance, or a share of the value.

use crate::diagnostic::Problem;
use crate::model::{EntityId, Expr, ExprKind, Tolerance, Type};
use crate::syntax::ast::{self, NodeKind};
use crate::units::Unit;

use super::bare;
use super::checker::Checker;
use super::error::CheckError;
use super::findings::Reader;

impl Checker<'_> {
    /// `within T`: a percentage is relative to the right side, anything else a distance.
    pub(super) fn within(
        &mut self,
        reader: &Reader,
        tolerance: &ast::Expr,
        (of, shown): (&Expr, Option<&Unit>),
        bound: Option<(&str, EntityId)>,
    ) -> Option<Tolerance> {
        let value = match &of.kind {
            ExprKind::Compare { operands, ops } if ops.len() == 1 => &operands[1].ty,
            ExprKind::Compare { .. } => return self.no_tolerance(reader, tolerance, "a chain of comparisons"),
            _ if of.ty == Type::YesNo => return self.no_tolerance(reader, tolerance, "a condition"),
            _ => &of.ty,
        };
        let value = value.clone();
        let built = self.looked_at(reader, tolerance, bound)?;
        self.no_bare_distance(reader, tolerance, shown)?;
        let is_percent = matches!(&tolerance.tree.node(tolerance.tree.root).kind,
            NodeKind::Quantity(quantity) if quantity.mark == Some(ast::Mark::Percent));
        let Some(number) = built.constant().filter(|number| *number >= 0.0) else {
            return self.bad_tolerance(reader, tolerance, "a tolerance is a constant".to_string());
        };
        if is_percent {
            return Some(Tolerance::Relative(number));
        }
        if built.expr.ty == value || built.any {
            return Some(Tolerance::Absolute(number));
        }
        let (wanted, found) = (self.words(&value), self.words(&built.expr.ty));
        self.bad_tolerance(reader, tolerance, format!("the tolerance is {found}, and the value {wanted}"))
    }

    /// A distance between values in per cent is in points.
    fn no_bare_distance(&mut self, reader: &Reader, tolerance: &ast::Expr, shown: Option<&Unit>) -> Option<()> {
        let tree = &tolerance.tree;
        let (Some(unit), Some(bare)) = (shown, bare::literal(tree, tree.root)) else { return Some(()) };
        if !bare.is_open(unit) {
            return Some(());
        }
        let message = format!("the values are in {}, and `{}` is a bare number", unit.symbol, bare.text);
        let help = format!("{}; `{}%` is a share of the value", bare::both(&bare, &unit.of_difference()), bare.text);
        let error = CheckError::Bare { message, help, span: tolerance.span };
        self.problems.push(Problem::new(reader.source, &error));
        None
    }

    fn no_tolerance(&mut self, reader: &Reader, tolerance: &ast::Expr, what: &str) -> Option<Tolerance> {
        self.bad_tolerance(reader, tolerance, format!("{what} has no tolerance"))
    }

    fn bad_tolerance(&mut self, reader: &Reader, tolerance: &ast::Expr, message: String) -> Option<Tolerance> {
        let help = "say `within 3%` for a share of the value, or `within 1 mn CNY` for a distance".to_string();
        let error = CheckError::Figure { message, help, span: tolerance.span };
        self.problems.push(Problem::new(reader.source, &error));
        None
    }
}
