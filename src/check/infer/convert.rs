//! `x in UNIT`: another unit of the same dimension, or another currency at a dated rate.

use crate::model::{ExprKind, Type};
use crate::resolve::{RateBasis, ResolveError};
use crate::syntax::ast::NodeId;
use crate::text::Span;
use crate::units::{Dimension, Unit};

use super::super::error::CheckError;
use super::exchange::Exchange;
use super::{Built, Infer};

impl<'c, 'a> Infer<'c, 'a> {
    pub(super) fn convert(&mut self, id: NodeId, operand: NodeId, unit: Span, on: Option<Span>) -> Built {
        let built = self.build(operand, None);
        let built = self.number(operand, built);
        let text = self.frame.tree.slice(unit).to_string();
        let Some(unit) = self.unit_text(id, &text) else { return self.unknown() };
        let on = match on.map(|on| self.date(id, on)) {
            Some(None) => return self.unknown(),
            Some(Some(date)) => Some(RateBasis::On(date)),
            None => None,
        };
        let Some(dimension) = built.dimension().cloned() else { return self.unknown() };
        if dimension == unit.dimension {
            self.no_bare_shown(&unit, operand);
            return built.shown(Some(unit));
        }
        if built.any {
            let mut built = built;
            super::operator::adopt(&mut built, &Type::Number(unit.dimension.clone()));
            return built.shown(Some(unit));
        }
        let Some((exchange, result)) = self.exchange(id, &dimension, &unit, on) else {
            return self.no_conversion(operand, &built, &unit);
        };
        if exchange.from == exchange.to {
            return built;
        }
        let series = built.series;
        let Some(expr) = self.exchanged(&built.expr, exchange) else { return self.unknown() };
        let shown = (result == unit.dimension).then(|| as_large(unit, built.unit.as_ref()));
        let (ty, time) = (expr.ty.clone(), expr.time);
        Built { expr, ..Built::new(ExprKind::YesNo(true), ty, time, self.span(id)).adding(series).shown(shown) }
    }

    fn date(&mut self, id: NodeId, span: Span) -> Option<jiff::civil::Date> {
        let text = self.frame.tree.slice(span).to_string();
        let date = text.parse().ok();
        if date.is_none() {
            let span = self.at(id);
            self.fail(&ResolveError::Date { text, span });
        }
        date
    }

    /// Which currencies are exchanged, and the dimension after it.
    fn exchange(
        &self,
        id: NodeId,
        from: &Dimension,
        unit: &Unit,
        on: Option<RateBasis>,
    ) -> Option<(Exchange, Dimension)> {
        let units = &self.checker.symbols.units;
        let (base, upside_down) = match units.currency_of(from) {
            Some(base) => (base, false),
            None => (units.currency_of(&from.inverse())?, true),
        };
        let target = if upside_down { units.currency_of(&unit.dimension.inverse()) } else { None };
        let to = target.or_else(|| units.currency_of(&unit.dimension))?;
        let change = Dimension::base(to).over(&Dimension::base(base));
        let result = if upside_down { from.over(&change) } else { from.times(&change) };
        let is_bare = unit.dimension == Dimension::base(to);
        (is_bare || result == unit.dimension).then(|| (Exchange { from: base, to, on, span: self.at(id) }, result))
    }

    fn no_conversion(&mut self, operand: NodeId, built: &Built, unit: &Unit) -> Built {
        let (from, to) = (self.words(&built.expr.ty), unit.symbol.to_string());
        let help = "`in` takes a unit of the same dimension, or another currency".to_string();
        self.fail(&CheckError::Conversion { from, to, help, span: self.at(operand) })
    }
}

/// A bare currency in the scale of what is converted: millions stay millions.
fn as_large(unit: Unit, before: Option<&Unit>) -> Unit {
    let is_bare = unit.factor == 1.0 && !unit.symbol.contains(['/', '·']);
    let scale = before.and_then(|before| before.symbol.split_once(' ').map(|(scale, _)| (scale, before.factor)));
    match scale {
        Some((scale, factor)) if is_bare => Unit { symbol: format!("{scale} {}", unit.symbol).into(), factor, ..unit },
        _ => unit,
    }
}
