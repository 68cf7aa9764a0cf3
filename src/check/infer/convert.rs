//! `x in UNIT`: another unit of the same dimension, or another currency at a dated rate.
//!
//! A currency is converted where its period is known: inside `[prev]`, `[2026E]`, sums and roll-ups, so that a total
//! is the sum of its converted parts.

use crate::builtin::Builtin;
use crate::model::{BinaryOp, Expr, ExprKind, SeriesKind, Type, UnaryOp};
use crate::resolve::{RateBasis, ResolveError};
use crate::syntax::ast::NodeId;
use crate::text::Span;
use crate::units::{Base, Dimension, Unit};

use super::super::error::CheckError;
use super::{Built, Infer};

/// A conversion between two currencies.
#[derive(Clone, Copy)]
struct Exchange {
    from: Base,
    to: Base,
    on: Option<RateBasis>,
    /// Where to report that there is no rate.
    span: Span,
}

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
        let (series, time) = (built.series, built.expr.time);
        let Some(expr) = self.exchanged(built.expr, series, exchange) else { return self.unknown() };
        let shown = (result == unit.dimension).then(|| as_large(unit, built.unit.as_ref()));
        let ty = expr.ty.clone();
        debug_assert_eq!(expr.time, time);
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

    /// The expression in the other currency.
    fn exchanged(&mut self, expr: Expr, series: Option<SeriesKind>, exchange: Exchange) -> Option<Expr> {
        let Expr { kind, ty, time, span } = expr;
        let by_parts = match &kind {
            ExprKind::RollUp { operand, .. } => !self.has_rate_for(time, operand, series, exchange),
            _ => true,
        };
        let mut inner = |operand: Box<Expr>| {
            let series = self.series_of(&operand).or(series);
            self.exchanged(*operand, series, exchange).map(Box::new)
        };
        let kind = match kind {
            ExprKind::Shift { operand, periods } => ExprKind::Shift { operand: inner(operand)?, periods },
            ExprKind::At { operand, index } => ExprKind::At { operand: inner(operand)?, index },
            ExprKind::RollUp { operand, how } if by_parts => ExprKind::RollUp { operand: inner(operand)?, how },
            ExprKind::Unary { op: UnaryOp::Minus, operand } => {
                ExprKind::Unary { op: UnaryOp::Minus, operand: inner(operand)? }
            }
            ExprKind::Binary { op: op @ (BinaryOp::Plus | BinaryOp::Minus), left, right } => {
                ExprKind::Binary { op, left: inner(left)?, right: inner(right)? }
            }
            ExprKind::Binary { op: op @ (BinaryOp::Times | BinaryOp::Over), left, right }
                if time.is_none() && self.holds_currency(&left, exchange.from) =>
            {
                ExprKind::Binary { op, left: self.exchanged(*left, series, exchange).map(Box::new)?, right }
            }
            ExprKind::Binary { op: BinaryOp::Times, left, right }
                if time.is_none() && self.holds_currency(&right, exchange.from) =>
            {
                let op = BinaryOp::Times;
                ExprKind::Binary { op, left, right: self.exchanged(*right, series, exchange).map(Box::new)? }
            }
            ExprKind::Aggregate(mut aggregate) if time.is_none() && is_linear(aggregate.builtin) => {
                aggregate.body = self.exchanged(aggregate.body, series, exchange)?;
                ExprKind::Aggregate(aggregate)
            }
            kind => return self.times_rate(Expr { kind, ty, time, span }, series, exchange),
        };
        let ty = self.in_other(&ty, exchange);
        Some(Expr { kind, ty, time, span })
    }

    /// Whether the rates are of the longer periods that a series is rolled up to, and not of its own.
    fn has_rate_for(
        &mut self,
        time: Option<crate::calendar::Frequency>,
        parts: &Expr,
        series: Option<SeriesKind>,
        exchange: Exchange,
    ) -> bool {
        let basis = exchange.on.unwrap_or_else(|| basis(parts, series));
        let Some((rate, _)) = self.checker.symbols.rate(exchange.from, exchange.to, basis) else { return false };
        let variable = rate.variable;
        let of_rate = self.checker.entry(variable).time;
        of_rate.is_some() && of_rate != parts.time && of_rate == time
    }

    fn holds_currency(&self, expr: &Expr, currency: Base) -> bool {
        let Type::Number(dimension) = &expr.ty else { return false };
        let units = &self.checker.symbols.units;
        units.currency_of(dimension) == Some(currency) || units.currency_of(&dimension.inverse()) == Some(currency)
    }

    fn in_other(&self, ty: &Type, exchange: Exchange) -> Type {
        let Type::Number(dimension) = ty else { return ty.clone() };
        let change = Dimension::base(exchange.to).over(&Dimension::base(exchange.from));
        let upright = self.checker.symbols.units.currency_of(dimension).is_some();
        Type::Number(if upright { dimension.times(&change) } else { dimension.over(&change) })
    }

    /// A product with the rate's variable, or a quotient where the rate is of the inverse pair.
    fn times_rate(&mut self, expr: Expr, series: Option<SeriesKind>, exchange: Exchange) -> Option<Expr> {
        let basis = exchange.on.unwrap_or_else(|| basis(&expr, series));
        let Some((rate, inverse)) = self.checker.symbols.rate(exchange.from, exchange.to, basis) else {
            return self.no_rate(exchange, basis, "a value without periods needs a fixed rate, or `on DATE`");
        };
        let variable = rate.variable;
        self.checker.used_rate(variable);
        let signature = self.checker.entry(variable);
        let Some(rate_ty) = signature.ty else {
            self.unsound = true;
            return None;
        };
        if signature.time.is_some() && signature.time != expr.time {
            return self.no_rate(exchange, basis, "the rate there is has periods of another length");
        }
        let upright = match &expr.ty {
            Type::Number(dimension) => self.checker.symbols.units.currency_of(dimension).is_some(),
            _ => true,
        };
        let (time, span, ty) = (expr.time, expr.span, self.in_other(&expr.ty, exchange));
        let rate = Expr { kind: ExprKind::Variable(variable), ty: rate_ty, time: signature.time, span };
        let op = if inverse == upright { BinaryOp::Over } else { BinaryOp::Times };
        let kind = ExprKind::Binary { op, left: Box::new(expr), right: Box::new(rate) };
        Some(Expr { kind, ty, time, span })
    }

    fn no_rate(&mut self, exchange: Exchange, basis: RateBasis, help: &str) -> Option<Expr> {
        let units = &self.checker.symbols.units;
        let (from, to) = (units.symbol(exchange.from).to_string(), units.symbol(exchange.to).to_string());
        let (basis, word, help) = match basis {
            RateBasis::Fixed => ("for values without periods".to_string(), String::new(), help),
            RateBasis::Average => {
                ("for the average of a period".to_string(), " average".to_string(), self.rate_help(help))
            }
            RateBasis::Closing => ("for the end of a period".to_string(), " closing".to_string(), self.rate_help(help)),
            RateBasis::On(date) => (format!("on {date}"), format!(" on {date}"), "each date has its own rate"),
        };
        let error = CheckError::NoRate { from, to, basis, word, help: help.to_string(), span: exchange.span };
        if !self.problems.iter().any(|problem| problem.message == error.to_string()) {
            self.report(&error);
        }
        self.unsound = true;
        None
    }

    fn rate_help<'h>(&self, help: &'h str) -> &'h str {
        let fixed = "a value without periods needs a fixed rate, or `on DATE`";
        if help == fixed { "flows and prices take the average, stocks the closing rate" } else { help }
    }
}

/// Which rate a value takes: at the average of its period, at its end, or fixed.
fn basis(expr: &Expr, series: Option<SeriesKind>) -> RateBasis {
    match (expr.time, series) {
        (None, _) => RateBasis::Fixed,
        (Some(_), Some(SeriesKind::Stock)) => RateBasis::Closing,
        (Some(_), _) => RateBasis::Average,
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

fn is_linear(builtin: Builtin) -> bool {
    matches!(builtin, Builtin::Sum | Builtin::Mean | Builtin::Median | Builtin::Min | Builtin::Max)
}
