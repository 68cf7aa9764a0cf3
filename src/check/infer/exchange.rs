//! An expression in another currency: times the rate of its period, inside of what looks at other periods or cases.

use crate::calendar::Frequency;
use crate::model::{BinaryOp, Expr, ExprKind, SeriesKind, Type};
use crate::resolve::RateBasis;
use crate::text::Span;
use crate::units::{Base, Dimension};

use super::super::error::CheckError;
use super::dated::{Clash, Dated, Decides, When};
use super::pushed::Known;
use super::{Infer, LARGEST_FORMULA};

/// A conversion between two currencies.
#[derive(Clone, Copy)]
pub(super) struct Exchange {
    pub from: Base,
    pub to: Base,
    pub on: Option<RateBasis>,
    /// Where to report that there is no rate.
    pub span: Span,
}

/// Which rate is taken, and of which period.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Taken {
    pub basis: RateBasis,
    pub when: Option<When>,
}

impl Infer<'_, '_> {
    /// The expression in the other currency.
    pub(super) fn exchanged(&mut self, expr: &Expr, exchange: Exchange) -> Option<Expr> {
        let held = self.held.clone();
        let mut known = Known::new(exchange, held.iter().map(|(local, _, value)| (*local, &**value)));
        self.forget_dates();
        let whole = self.exchanged_part(&mut known, expr, None);
        self.forget_dates();
        Some(known.bound(whole?))
    }

    pub(super) fn exchanged_part<'e>(
        &mut self,
        known: &mut Known<'e>,
        expr: &'e Expr,
        beside: Option<Taken>,
    ) -> Option<Expr> {
        self.steps += 1;
        if self.steps > LARGEST_FORMULA {
            self.too_much(known.exchange.span, LARGEST_FORMULA);
            return None;
        }
        stacker::maybe_grow(64 * 1024, 1024 * 1024, || self.exchanged_node(known, expr, beside))
    }

    fn exchanged_node<'e>(&mut self, known: &mut Known<'e>, expr: &'e Expr, beside: Option<Taken>) -> Option<Expr> {
        let exchange = known.exchange;
        let dated = self.dated(expr, exchange);
        let taken = self.taken(dated, exchange, beside)?;
        let several = dated.series.is_some_and(|series| series.when.is_several());
        let looks_up = matches!(expr.kind, ExprKind::Shift { .. } | ExprKind::At { .. });
        if !several && !looks_up && !dated.inside {
            return self.times_rate(expr, exchange, taken);
        }
        self.pushed(known, expr, taken)
    }

    /// The rate that decides here; two readings are refused.
    fn taken(&mut self, dated: Dated, exchange: Exchange, beside: Option<Taken>) -> Option<Taken> {
        if let Some(basis) = exchange.on {
            return Some(Taken { basis, when: None });
        }
        if let Some(clash) = dated.clash {
            return self.clash(clash, exchange);
        }
        let Some(series) = dated.series else {
            return Some(beside.unwrap_or(Taken { basis: RateBasis::Fixed, when: None }));
        };
        let (loose, several) = (dated.loose, series.when.is_several());
        if let Some(span) = loose.filter(|_| several) {
            return self.clash(Clash::Loose(span, series), exchange);
        }
        let has_fixed = self.rate(exchange, RateBasis::Fixed).is_some();
        if let Some(span) = loose.filter(|_| has_fixed) {
            return self.fixed_or_dated(span, series, exchange);
        }
        Some(Taken { basis: basis(series), when: Some(series.when) })
    }

    /// Whether the rates are of the longer periods that a series is rolled up to, and not of its own.
    pub(super) fn has_rate_for(
        &mut self,
        time: Option<Frequency>,
        of_parts: Option<Frequency>,
        parts: Dated,
        exchange: Exchange,
    ) -> bool {
        let basis = exchange.on.or(parts.series.map(basis)).unwrap_or(RateBasis::Average);
        let Some((rate, _)) = self.rate(exchange, basis) else { return false };
        let of_rate = self.checker.entry(rate).time;
        of_rate.is_some() && of_rate != of_parts && of_rate == time
    }

    fn rate(&self, exchange: Exchange, basis: RateBasis) -> Option<(crate::model::VariableId, bool)> {
        let symbols = self.checker.symbols;
        let found = symbols.rate(self.frame.source, exchange.from, exchange.to, basis)?;
        Some((found.0.variable, found.1))
    }

    pub(super) fn holds_currency(&self, expr: &Expr, currency: Base) -> bool {
        let Type::Number(dimension) = &expr.ty else { return false };
        let units = &self.checker.symbols.units;
        units.currency_of(dimension) == Some(currency) || units.currency_of(&dimension.inverse()) == Some(currency)
    }

    pub(super) fn in_other(&self, ty: &Type, exchange: Exchange) -> Type {
        let Type::Number(dimension) = ty else { return ty.clone() };
        let change = Dimension::base(exchange.to).over(&Dimension::base(exchange.from));
        let upright = self.checker.symbols.units.currency_of(dimension).is_some();
        Type::Number(if upright { dimension.times(&change) } else { dimension.over(&change) })
    }

    /// A product with the rate's variable, or a quotient where the rate is of the inverse pair.
    pub(super) fn times_rate(&mut self, expr: &Expr, exchange: Exchange, taken: Taken) -> Option<Expr> {
        let ty = self.in_other(&expr.ty, exchange);
        if matches!(expr.kind, ExprKind::Number(number) if number == 0.0) {
            return Some(Expr { ty, ..expr.clone() });
        }
        let basis = taken.basis;
        let Some((variable, inverse)) = self.rate(exchange, basis) else {
            let help = match (basis, expr.time) {
                (RateBasis::Fixed, Some(_)) => {
                    "or give the formula a line of its own, whose word decides: `derive flow NAME = …`"
                }
                (RateBasis::Fixed, None) => "a value without periods needs a fixed rate, or `on DATE`",
                _ => "flows and prices take the average, stocks the closing rate",
            };
            return self.no_rate(exchange, basis, help);
        };
        self.checker.used_rate(variable);
        let signature = self.checker.entry(variable);
        let Some(rate_ty) = signature.ty else {
            self.unsound = true;
            return None;
        };
        let wanted = match taken.when {
            Some(When::Here { frequency, .. } | When::There { frequency, .. }) => Some(frequency),
            _ => expr.time,
        };
        if signature.time.is_some() && signature.time != wanted {
            return self.no_rate(exchange, basis, "the rate there is has periods of another length");
        }
        let upright = match &expr.ty {
            Type::Number(dimension) => self.checker.symbols.units.currency_of(dimension).is_some(),
            _ => true,
        };
        let span = expr.span;
        let rate = Expr { kind: ExprKind::Variable(variable), ty: rate_ty, time: signature.time, span };
        let rate = in_period(rate, taken.when);
        let time = expr.time.or(rate.time);
        let op = if inverse == upright { BinaryOp::Over } else { BinaryOp::Times };
        let kind = ExprKind::Binary { op, left: Box::new(expr.clone()), right: Box::new(rate) };
        Some(Expr { kind, ty, time, span })
    }

    fn no_rate<T>(&mut self, exchange: Exchange, basis: RateBasis, help: &str) -> Option<T> {
        let (from, to) = self.pair(exchange);
        let (basis, word) = match basis {
            RateBasis::Fixed => ("for values without periods".to_string(), String::new()),
            RateBasis::Average => ("for the average of a period".to_string(), " average".to_string()),
            RateBasis::Closing => ("for the end of a period".to_string(), " closing".to_string()),
            RateBasis::On(date) => (format!("on {date}"), format!(" on {date}")),
        };
        let help = if word.starts_with(" on") { "each date has its own rate" } else { help };
        let error = CheckError::NoRate { from, to, basis, word, help: help.to_string(), span: exchange.span };
        if !self.problems.iter().any(|problem| problem.message == error.to_string()) {
            self.report(&error);
        }
        self.unsound = true;
        None
    }

    /// The rates that a refused conversion might have taken are not reported as unused beside it.
    fn pair_is_used(&mut self, exchange: Exchange) {
        for basis in [RateBasis::Average, RateBasis::Closing, RateBasis::Fixed] {
            if let Some((rate, _)) = self.rate(exchange, basis) {
                self.checker.used_rate(rate);
            }
        }
    }

    fn pair(&self, exchange: Exchange) -> (String, String) {
        let units = &self.checker.symbols.units;
        (units.symbol(exchange.from).to_string(), units.symbol(exchange.to).to_string())
    }

    /// A part of the formula in its own words.
    fn words_at(&self, span: Span) -> String {
        let text = &self.frame.tree.text;
        let found = if self.outer.is_none() { text.get(span.start as usize..span.end as usize) } else { None };
        found.filter(|text| text.len() <= 40 && !text.contains('\n')).unwrap_or("…").to_string()
    }

    fn clash<T>(&mut self, clash: Clash, exchange: Exchange) -> Option<T> {
        let to = self.pair(exchange).1;
        let (one, left, two, right, help) = match clash {
            Clash::Kinds(one, two) => {
                let part = self.words_at(one.span);
                let help = format!(
                    "give it a line of its own and convert that, since its word decides: `derive flow NAME = …`; or \
                     convert one part, as in `({part} in {to})`"
                );
                (one.span, rate_of(one), two.span, rate_of(two), help)
            }
            Clash::Periods(one, two) => {
                let part = self.words_at(one.span);
                let help = format!(
                    "convert what is looked up, as in `({part} in {to})`, or give the formula a line of its own and \
                     convert that: `derive flow NAME = …`"
                );
                (one.span, "an amount of other periods".to_string(), two.span, "of this period".to_string(), help)
            }
            Clash::Loose(span, series) => {
                let help = format!("convert each part: `({} in {to})`", self.words_at(series.span));
                (span, "without periods".to_string(), series.span, "of several periods".to_string(), help)
            }
            Clash::Function(span) => {
                let help = format!("convert inside of it: each amount `in {to}`");
                (span, "amounts of several periods or cases".to_string(), span, String::new(), help)
            }
        };
        self.which_rate(exchange, (one, left), (two, right), help)
    }

    fn fixed_or_dated<T>(&mut self, span: Span, series: Decides, exchange: Exchange) -> Option<T> {
        let to = self.pair(exchange).1;
        let help = format!(
            "convert each part, as in `({} in {to})`, or make it a series as well: `assume {} NAME = …`",
            self.words_at(span),
            if series.is_closing() { "stock" } else { "flow" }
        );
        self.which_rate(exchange, (span, "the fixed rate".to_string()), (series.span, rate_of(series)), help)
    }

    fn which_rate<T>(
        &mut self,
        exchange: Exchange,
        (one, left): (Span, String),
        (two, right): (Span, String),
        help: String,
    ) -> Option<T> {
        self.pair_is_used(exchange);
        let (from, to) = self.pair(exchange);
        let (left_span, right_span) = (self.at_span(one), Some(self.at_span(two)));
        let right_span = right_span.filter(|span| *span != left_span);
        let left = if right_span.is_none() && !right.is_empty() { format!("{left}; {right}") } else { left };
        self.report(&CheckError::WhichRate { from, to, left, right, help, left_span, right_span });
        self.unsound = true;
        None
    }
}

/// Which rate a series takes: at the average of its period, or at its end.
fn basis(series: Decides) -> RateBasis {
    if series.is_closing() { RateBasis::Closing } else { RateBasis::Average }
}

fn rate_of(series: Decides) -> String {
    let kind = match series.kind {
        SeriesKind::Stock => return "a stock: the closing rate".to_string(),
        SeriesKind::Flow => "a flow",
        SeriesKind::Price => "a price",
        SeriesKind::Rate => "a rate",
        SeriesKind::Ratio => "a ratio",
    };
    format!("{kind}: the average rate")
}

/// A rate as it is in the period of an amount.
fn in_period(rate: Expr, when: Option<When>) -> Expr {
    let (ty, time, span) = (rate.ty.clone(), rate.time, rate.span);
    let by = |periods: i32, rate: Expr| match periods {
        0 => rate,
        _ => Expr { kind: ExprKind::Shift { operand: Box::new(rate), periods }, ty: ty.clone(), time, span },
    };
    match when.filter(|_| time.is_some()) {
        Some(When::Here { periods, .. }) => by(periods, rate),
        Some(When::There { index, periods, .. }) => {
            let operand = Box::new(by(periods, rate));
            Expr { kind: ExprKind::At { operand, index }, ty: ty.clone(), time: None, span }
        }
        _ => rate,
    }
}
